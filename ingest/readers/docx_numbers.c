/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/readers/docx_numbers.h"

#include "ingest/readers/docx_parts.h"

enum {
    LEVELS = 9,       /* as many as Word has */
    MOST = 32767,     /* the largest number that is counted to; what is beyond stays at MOST + 1, and is not printed */
    LONGEST = 80,     /* bytes of a label */
    LINKS = 20,       /* definitions that name one another; more is a ring */
    ROMAN_MOST = 3999,
    LETTERS_MOST = 26 * 20
};

struct level {
    char *format, *text, *style; /* as named in the file; the paragraph style that has this level, or NULL */
    unsigned start;
    int restart;                 /* begins anew behind a level above this one, from 1; 0 = never; -1 = behind any above it */
    bool legal, hidden;          /* all its numbers in Arabic digits; printed for nobody */
};

/* <w:abstractNum>: how a list is numbered, and how far it is. */
struct list {
    struct level *levels[LEVELS];
    char *link;                  /* the style whose list this is, or NULL */
    unsigned count[LEVELS];
    bool counted[LEVELS];
};

/* <w:num> */
struct number {
    char *list;
    struct level *levels[LEVELS]; /* its own, or NULL */
    int start[LEVELS];            /* where it begins anew; -1 = it goes on */
    bool begun[LEVELS];
};

struct docx_numbers {
    GHashTable *lists, *numbers; /* id → struct list, struct number */
};

static void level_free(struct level *level)
{
    if (!level)
        return;
    g_free(level->format);
    g_free(level->text);
    g_free(level->style);
    g_free(level);
}

static void list_free(struct list *list)
{
    for (size_t i = 0; i < LEVELS; i++)
        level_free(list->levels[i]);
    g_free(list->link);
    g_free(list);
}

static void number_free(struct number *number)
{
    for (size_t i = 0; i < LEVELS; i++)
        level_free(number->levels[i]);
    g_free(number->list);
    g_free(number);
}

static const char *value_of(const xmlNode *parent, const char *name)
{
    return xml_attribute(xml_child(parent, name), "val");
}

static int count_of(const char *value, int otherwise)
{
    return value ? (int)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, MOST + 1) : otherwise;
}

/* Which level a <w:lvl> or <w:lvlOverride> is of; LEVELS = none. */
static size_t depth_of(const xmlNode *node)
{
    const char *depth = xml_attribute(node, "ilvl");
    int64_t value = depth ? g_ascii_strtoll(depth, NULL, 10) : 0;
    return value >= 0 && value < LEVELS ? (size_t)value : LEVELS;
}

static struct level *read_level(const xmlNode *node)
{
    struct level *level = g_new0(struct level, 1);
    const char *format = value_of(node, "numFmt"), *text = value_of(node, "lvlText"), *restart = value_of(node, "lvlRestart");
    bool choice = xml_child(node, "AlternateContent") != NULL; /* of a format that old programs do not know */
    level->format = g_strdup(format ? format : choice ? "" : "decimal");
    level->text = g_strdup(text ? text : "");
    level->style = g_strdup(value_of(node, "pStyle"));
    level->start = (unsigned)count_of(value_of(node, "start"), 0);
    level->restart = count_of(restart, -1);
    level->legal = docx_on(node, "isLgl");
    level->hidden = docx_on(xml_child(node, "rPr"), "vanish");
    return level;
}

static void put_level(struct level *levels[LEVELS], const xmlNode *node)
{
    size_t depth = depth_of(node);
    if (depth == LEVELS)
        return;
    level_free(levels[depth]);
    levels[depth] = read_level(node);
}

static struct list *read_list(const xmlNode *node)
{
    struct list *list = g_new0(struct list, 1);
    list->link = g_strdup(value_of(node, "numStyleLink"));
    for (const xmlNode *child = node->children; child; child = child->next)
        if (xml_is(child, "lvl"))
            put_level(list->levels, child);
    return list;
}

static struct number *read_number(const xmlNode *node)
{
    struct number *number = g_new0(struct number, 1);
    number->list = g_strdup(value_of(node, "abstractNumId"));
    for (size_t i = 0; i < LEVELS; i++)
        number->start[i] = -1;
    for (const xmlNode *child = node->children; child; child = child->next) {
        size_t depth = xml_is(child, "lvlOverride") ? depth_of(child) : LEVELS;
        if (depth == LEVELS)
            continue;
        const xmlNode *own = xml_child(child, "lvl");
        number->start[depth] = count_of(value_of(child, "startOverride"), -1);
        level_free(number->levels[depth]);
        number->levels[depth] = own ? read_level(own) : NULL;
    }
    return number;
}

struct docx_numbers *docx_numbers_new(const xmlNode *root)
{
    if (!root)
        return NULL;
    struct docx_numbers *numbers = g_new0(struct docx_numbers, 1);
    numbers->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)list_free);
    numbers->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)number_free);
    for (const xmlNode *node = root->children; node; node = node->next) {
        const char *list = xml_is(node, "abstractNum") ? xml_attribute(node, "abstractNumId") : NULL, *number = xml_is(node, "num") ? xml_attribute(node, "numId") : NULL;
        if (list)
            g_hash_table_replace(numbers->lists, g_strdup(list), read_list(node));
        else if (number)
            g_hash_table_replace(numbers->numbers, g_strdup(number), read_number(node));
    }
    return numbers;
}

void docx_numbers_free(struct docx_numbers *numbers)
{
    if (!numbers)
        return;
    g_hash_table_unref(numbers->lists);
    g_hash_table_unref(numbers->numbers);
    g_free(numbers);
}

static char *roman(unsigned number)
{
    static const struct {
        unsigned value;
        const char *text;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            g_string_append(text, parts[i].text);
    return g_string_free(text, FALSE);
}

/* a … z, aa, bb …: the letter repeated, as Word counts. */
static char *letters(unsigned number)
{
    return g_strnfill((number - 1) / 26 + 1, (char)('a' + (number - 1) % 26));
}

char *docx_number_text(const char *format, unsigned number)
{
    if (strcmp(format, "decimal") == 0)
        return g_strdup_printf("%u", number);
    if (strcmp(format, "decimalZero") == 0)
        return g_strdup_printf("%02u", number);
    bool romans = strcmp(format, "lowerRoman") == 0 || strcmp(format, "upperRoman") == 0;
    bool letter = strcmp(format, "lowerLetter") == 0 || strcmp(format, "upperLetter") == 0;
    if (number == 0 || !(romans ? number <= ROMAN_MOST : letter && number <= LETTERS_MOST))
        return NULL;
    g_autofree char *lower = romans ? roman(number) : letters(number);
    return format[0] == 'u' ? g_ascii_strup(lower, -1) : g_strdup(lower);
}

/* Where a paragraph is numbered: by itself, by its style. */
struct spot {
    struct number *number;
    struct list *list;
    size_t depth;
};

/* The list behind a number; styles may stand between them. */
static struct list *find_list(const struct docx *docx, const struct number *number)
{
    for (int i = 0; number && i < LINKS; i++) {
        struct list *list = number->list ? g_hash_table_lookup(docx->numbers->lists, number->list) : NULL;
        if (!list || !list->link)
            return list;
        const struct docx_style *style = docx_style(docx, list->link);
        number = style && style->number ? g_hash_table_lookup(docx->numbers->numbers, style->number) : NULL;
    }
    return NULL;
}

static const struct level *level_at(const struct spot *spot, size_t depth)
{
    return spot->number->levels[depth] ? spot->number->levels[depth] : spot->list->levels[depth];
}

/* The level that names a style its own, or the nearest style that this one is based on. */
static size_t depth_of_style(const struct docx *docx, const struct spot *spot, const char *id)
{
    for (int i = 0; id && i < LINKS; i++) {
        for (size_t depth = 0; depth < LEVELS; depth++) {
            const struct level *level = level_at(spot, depth);
            if (level && level->style && strcmp(level->style, id) == 0)
                return depth;
        }
        const struct docx_style *style = docx_style(docx, id);
        id = style ? style->based_on : NULL;
    }
    return LEVELS;
}

static bool find_spot(const struct docx *docx, const xmlNode *properties, struct spot *ret)
{
    const xmlNode *own = xml_child(properties, "numPr");
    const char *style = value_of(properties, "pStyle"), *id = value_of(own, "numId"), *depth = value_of(own, "ilvl");
    bool named = id != NULL;
    int styled = -1;
    if (!named)
        id = docx_style_number(docx, style, &styled);
    ret->number = id && strcmp(id, "0") != 0 ? g_hash_table_lookup(docx->numbers->numbers, id) : NULL;
    ret->list = find_list(docx, ret->number);
    if (!ret->list)
        return false;
    size_t linked = !named && !depth ? depth_of_style(docx, ret, style) : LEVELS;
    ret->depth = depth ? (size_t)count_of(depth, 0) : linked < LEVELS ? linked : styled > 0 ? (size_t)styled : 0;
    return ret->depth < LEVELS && level_at(ret, ret->depth);
}

static void count(const struct spot *spot)
{
    struct list *list = spot->list;
    size_t depth = spot->depth;
    int anew = spot->number->begun[depth] ? -1 : spot->number->start[depth];
    spot->number->begun[depth] = true;
    if (anew >= 0 || !list->counted[depth])
        list->count[depth] = anew >= 0 ? (unsigned)anew : level_at(spot, depth)->start;
    else
        list->count[depth] = MIN(list->count[depth] + 1, MOST + 1u);
    list->counted[depth] = true;
    for (size_t i = depth + 1; i < LEVELS; i++) {
        const struct level *level = level_at(spot, i);
        int restart = level ? level->restart : -1;
        if (restart < 0 || (restart > 0 && depth < (size_t)restart))
            list->counted[i] = false;
    }
}

/* The number of a level above the paragraph's, or its own; NULL: the level has not begun, or is beyond what is counted to. */
static char *level_text(const struct spot *spot, size_t depth, bool legal)
{
    const struct level *level = depth <= spot->depth ? level_at(spot, depth) : NULL;
    unsigned number = spot->list->count[depth];
    if (!level || !spot->list->counted[depth] || number > MOST)
        return NULL;
    bool words = legal && (strstr(level->format, "Roman") || strstr(level->format, "Letter"));
    return docx_number_text(words ? "decimal" : level->format, number);
}

/* Does the list's own text hold a word ("Step %1.", "May.")? */
static bool has_word(const char *text)
{
    for (; *text; text++)
        if (g_ascii_isalpha(text[0]) && g_ascii_isalpha(text[1]))
            return true;
    return false;
}

/* Would no reader take the label for a part of what follows? "12.", "2.3.", "(a)", "iv)" are such; "12", "1.2", "3 –", "5º", "$3." could be amounts or
 * parts of dates, "5.m." a number and its unit, "2014." a year, "p." a page. */
static bool stands_alone(const char *label)
{
    enum { SHORT = 8 }; /* bytes */
    const char *at = label + (label[0] == '(');
    if (g_ascii_isalpha(at[0])) {
        size_t roman = strspn(at, g_ascii_isupper(at[0]) ? "IVX" : "ivx");
        at += roman > 0 ? roman : 1;
        return (at[0] == '.' || at[0] == ')') && !at[1] && at - label < SHORT && !strchr("pP", at[-1]);
    }
    for (size_t digits; (digits = strspn(at, "0123456789")) > 0; at++) {
        if (digits > 3 || (digits == 3 && at[0] >= '2'))
            return false;
        at += digits;
        if (at[0] != '.' || !at[1])
            break;
    }
    return at > label && g_ascii_isdigit(at[-1]) && (at[0] == '.' || at[0] == ')') && !at[1] && at - label < SHORT;
}

static char *label_of(const struct spot *spot)
{
    const struct level *level = level_at(spot, spot->depth);
    bool none = level->hidden || strcmp(level->format, "bullet") == 0 || has_word(level->text);
    g_autoptr(GString) label = g_string_new(NULL);
    for (const char *at = level->text; *at && !none; at++) {
        if (at[0] != '%' || at[1] < '1' || at[1] > '9') {
            g_string_append_c(label, *at);
        } else {
            g_autofree char *text = level_text(spot, (size_t)(*++at - '1'), level->legal);
            none = !text;
            g_string_append(label, text ? text : "");
        }
        none |= label->len > LONGEST;
    }
    g_strstrip(label->str);
    return none || !label->str[0] || !stands_alone(label->str) ? NULL : g_strdup(label->str);
}

char *docx_numbers_next(struct docx *docx, const xmlNode *properties)
{
    struct spot spot;
    if (!docx->numbers || !find_spot(docx, properties, &spot))
        return NULL;
    count(&spot);
    return label_of(&spot);
}
