/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/words.h"

#include "base/stemmer.h"
#include "extract/token.h"
#include "query-embedded.h"

enum {
    WORD_BYTES = 128,
    TERM_BYTES = 6,   /* of text that a term takes, about */
    FORM_WORDS = 8,
    KNOWN = 4096,     /* words that are kept with what they are: a power of two */
    KNOWN_BYTES = 26, /* of such a word, at most */
};

/* What a word is, as it stands in a text. */
struct known {
    char word[KNOWN_BYTES];
    uint8_t len;      /* 0: none */
    bool acronyms;    /* of a text in which acronyms can be told */
    uint32_t stem, plain, flags; /* as in struct term */
};

/* A form of a concept: the stems of its words. */
struct form {
    uint32_t stems[FORM_WORDS];
    uint32_t n;
    uint32_t plain;        /* of a word that must stand as it is; 0: its stem will do */
    uint32_t concept;
    bool narrow;
    bool acronym;
};

struct lexis {
    const char *language;
    struct sb_stemmer *stemmer;
    struct known *known;   /* by the hash of the word */
    GHashTable *classes;   /* stem of a word as it stands → enum term_flag */
    GHashTable *forms;     /* first stem → GArray of struct form, longest first */
    GHashTable *concepts;  /* name → id, of those it has forms for */
    GArray *examples;      /* struct concept_example */
    GHashTable *light;     /* set of ids */
    GHashTable *texts;     /* id → GPtrArray of char *, its forms as written */
    GArray *written;       /* struct written_form, those that are not in `forms` yet */
    GStringChunk *strings;
    bool has_concepts;     /* the rows of concepts were read: by the first who asks */
};

/* A form as the table has it, with its signs. */
struct written_form {
    const char *text;
    uint32_t concept;
};

static void read_rows(struct lexis *lexis, bool concepts);
static void read_forms(struct lexis *lexis);

/* The lexis with the rows of its concepts; and with their forms as stems. Both are filled in where they are first asked for. */
static const struct lexis *with_concepts(const struct lexis *lexis)
{
    if (!lexis->has_concepts)
        read_rows((struct lexis *)lexis, true);
    return lexis;
}

static const struct lexis *with_forms(const struct lexis *lexis)
{
    if (with_concepts(lexis)->written->len > 0)
        read_forms((struct lexis *)lexis);
    return lexis;
}

static uint32_t hash_bytes(const char *bytes, size_t len)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash ? hash : 1;
}

/* "IEDs", "SDGs": an acronym in the plural, which no stemmer knows. */
static bool is_plural_acronym(struct slice word)
{
    size_t capitals = 0;
    while (capitals < word.len && g_ascii_isupper(word.ptr[capitals]))
        capitals++;
    return capitals > 1 && capitals + 1 == word.len && word.ptr[capitals] == 's';
}

/* "AIDS", "WHO", "IDPs" */
static bool is_acronym(struct slice word)
{
    size_t capitals = 0;
    while (capitals < word.len && g_ascii_isupper(word.ptr[capitals]))
        capitals++;
    return capitals > 1 && (capitals == word.len || is_plural_acronym(word));
}

/* A text in capitals alone tells no acronym from a word, but for a single short one. */
static bool is_shouted(struct slice text)
{
    enum { ACRONYM_LETTERS = 5 };
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (g_ascii_islower(text.ptr[i]))
            return false;
        capitals += g_ascii_isupper(text.ptr[i]) ? 1 : 0;
    }
    return capitals > ACRONYM_LETTERS;
}

/* The folded word without a possessive ending. */
static size_t fold(struct slice word, char *folded)
{
    size_t len = token_fold(word, folded, WORD_BYTES);
    if (is_plural_acronym(word))
        return len - 1;
    if (len > 2 && folded[len - 2] == '\'' && folded[len - 1] == 's')
        len -= 2;
    while (len > 1 && folded[len - 1] == '\'')
        len--;
    return len;
}

/* hash: of the folded word. */
static uint32_t stem_folded(const struct lexis *lexis, const char *folded, size_t len, uint32_t hash)
{
    struct slice stem = stemmer_stem(lexis->stemmer, slice_make(folded, len));
    return stem.len > 0 ? hash_bytes(stem.ptr, stem.len) : hash;
}

uint32_t word_stem(const struct lexis *lexis, struct slice word)
{
    char folded[WORD_BYTES];
    size_t len = fold(word, folded);
    return stem_folded(lexis, folded, len, hash_bytes(folded, len));
}

static bool is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* hash: of the folded word. */
static uint32_t class_of(const struct lexis *lexis, uint32_t hash)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(lexis->classes, GUINT_TO_POINTER(hash)));
}

static bool is_elided(const struct lexis *lexis, struct slice word)
{
    char folded[WORD_BYTES];
    return class_of(lexis, hash_bytes(folded, fold(word, folded))) & TERM_ELIDED;
}

static gunichar char_at(const char *at)
{
    return (unsigned char)*at < 0x80 ? (gunichar)*at : g_utf8_get_char(at);
}

/* The end of a word of letters; an apostrophe between letters belongs to it, but behind "l" of "l'eau". */
static const char *letters_end(const struct lexis *lexis, const char *at, const char *end)
{
    enum { ELIDED_BYTES = 8 };
    const char *start = at;
    while (at < end) {
        gunichar c = char_at(at);
        const char *next = g_utf8_next_char(at);
        bool inner = (c == '\'' || c == 0x2019) && next < end && is_letter(char_at(next));
        if (!is_letter(c) && !inner)
            break;
        if (inner && at - start <= ELIDED_BYTES && is_elided(lexis, slice_make(start, (size_t)(at - start))))
            break;
        at = next;
    }
    return at;
}

/* The end of a number; its digits go to `digits` without separators of thousands. */
static const char *digits_end(const char *at, const char *end, char *digits, size_t *len)
{
    *len = 0;
    while (at < end) {
        if (g_ascii_isdigit(*at)) {
            if (*len < WORD_BYTES - 1)
                digits[(*len)++] = *at;
            at++;
            continue;
        }
        size_t sign = *at == ',' || *at == '.' || *at == ' ' ? 1 : (end - at > 2 && memcmp(at, "\xc2\xa0", 2) == 0) ? 2 : (end - at > 3 && memcmp(at, "\xe2\x80\xaf", 3) == 0) ? 3 : 0;
        const char *after = at + sign;
        size_t run = 0;
        while (sign && after + run < end && g_ascii_isdigit(after[run]))
            run++;
        bool decimal = sign && *at == '.' && run > 0 && run != 3;
        if (!(sign && run == 3) && !decimal)
            break;
        if (decimal && *len < WORD_BYTES - 1)
            digits[(*len)++] = '.';
        at = after;
    }
    return at;
}

static uint32_t break_flag(gunichar c)
{
    switch (c) {
    case ',': case '(': case ')': case '[': case ']': case 0x2013: case 0x2014: case '\t': return TERM_BREAK;
    case '.': case ';': case ':': case '?': case '!': case '\n': case '\f': return TERM_STOPPED;
    default: return 0;
    }
}

/* Finds out what a word is; `known` is left without the word itself. */
static void learn(const struct lexis *lexis, struct slice word, bool acronyms, struct known *known)
{
    char folded[WORD_BYTES];
    size_t len = fold(word, folded);
    bool acronym = acronyms && is_acronym(word), plural = len > 3 && folded[len - 1] == 's' && !acronym;
    uint32_t hash = hash_bytes(folded, len);
    known->stem = acronym ? hash : stem_folded(lexis, folded, len, hash); /* "AIDS" is no "aid" */
    known->plain = plural ? hash_bytes(folded, len - 1) : hash;
    known->flags = (acronym ? TERM_ACRONYM : 0) | (class_of(lexis, hash) & ~(uint32_t)TERM_ELIDED);
    gunichar first = char_at(word.ptr);
    if (first < 0x80 ? g_ascii_isupper((char)first) : g_unichar_isupper(first))
        known->flags |= TERM_CAPITAL;
}

/* The same as it was found out before: texts have few words that others do not have. */
static struct term letter_term(const struct lexis *lexis, struct slice text, bool acronyms, const char *at, const char *after)
{
    struct slice word = slice_make(at, (size_t)(after - at));
    struct known *known = &lexis->known[hash_bytes(at, word.len) & (KNOWN - 1)], other;
    if (word.len > KNOWN_BYTES)
        learn(lexis, word, acronyms, known = &other);
    else if (known->len != word.len || known->acronyms != acronyms || memcmp(known->word, word.ptr, word.len) != 0) {
        learn(lexis, word, acronyms, known);
        memcpy(known->word, word.ptr, word.len);
        known->len = (uint8_t)word.len;
        known->acronyms = acronyms;
    }
    return (struct term){(uint32_t)(at - text.ptr), (uint32_t)(after - text.ptr), known->stem, known->plain, known->flags};
}

static GArray *read_terms(const struct lexis *lexis, struct slice text, bool acronyms)
{
    GArray *terms = g_array_sized_new(FALSE, FALSE, sizeof(struct term), (guint)(text.len / TERM_BYTES) + 1);
    const char *end = slice_end(text);
    uint32_t breaks = 0;
    for (const char *at = text.ptr; at < end;) {
        gunichar c = char_at(at);
        struct term term;
        const char *after;
        if (is_letter(c)) {
            after = letters_end(lexis, at, end);
            term = letter_term(lexis, text, acronyms, at, after);
        } else if (c < 0x80 && g_ascii_isdigit((char)c)) {
            char digits[WORD_BYTES];
            size_t len;
            after = digits_end(at, end, digits, &len);
            term = (struct term){(uint32_t)(at - text.ptr), (uint32_t)(after - text.ptr), hash_bytes(digits, len), hash_bytes(digits, len), TERM_NUMBER};
        } else {
            breaks |= break_flag(c);
            at = g_utf8_next_char(at);
            continue;
        }
        term.flags |= breaks;
        breaks = 0;
        g_array_append_val(terms, term);
        at = after;
    }
    return terms;
}

static void name_concepts(const struct lexis *lexis, struct words *words)
{
    with_forms(lexis);
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    for (uint32_t i = 0; i < words->terms->len; i++) {
        const GArray *forms = g_hash_table_lookup(lexis->forms, GUINT_TO_POINTER(terms[i].stem));
        for (guint f = 0; forms && f < forms->len; f++) {
            const struct form *form = &g_array_index(forms, struct form, f);
            uint32_t n = 1;
            while (n < form->n && i + n < words->terms->len && terms[i + n].stem == form->stems[n])
                n++;
            if (n < form->n || (form->plain && terms[i].plain != form->plain) || (form->acronym && !(terms[i].flags & TERM_ACRONYM) && terms[i].flags & (TERM_STOP | TERM_WEAK))) /* "who" is no WHO */
                continue;
            struct named named = {form->concept, i, n, form->narrow};
            g_array_append_val(words->named, named);
        }
    }
}

struct words *words_new_plain(const struct lexis *lexis, struct slice text)
{
    struct words *words = g_new0(struct words, 1);
    words->terms = read_terms(lexis, text, !is_shouted(text));
    words->named = g_array_new(FALSE, FALSE, sizeof(struct named));
    for (guint i = 0; i < words->terms->len; i++) {
        const uint32_t ids[] = {term_of(words, i)->stem, term_of(words, i)->plain};
        for (size_t k = 0; k < G_N_ELEMENTS(ids); k++)
            words->held[ids[k] >> 6 & 3] |= UINT64_C(1) << (ids[k] & 63);
    }
    return words;
}

struct words *words_new(const struct lexis *lexis, struct slice text)
{
    struct words *words = words_new_plain(lexis, text);
    name_concepts(lexis, words);
    return words;
}

void words_free(struct words *words)
{
    if (!words)
        return;
    g_array_unref(words->terms);
    g_array_unref(words->named);
    g_free(words);
}

uint32_t concept_named(const struct lexis *lexis, const char *name)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(with_concepts(lexis)->concepts, name));
}

uint32_t words_name(const struct words *words, uint32_t concept, struct span terms)
{
    for (guint k = 0; concept && k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        if (named->concept == concept && named->first >= terms.start && named->first < terms.end)
            return named->first;
    }
    return NONE;
}

bool concept_light(const struct lexis *lexis, uint32_t concept)
{
    return g_hash_table_contains(with_concepts(lexis)->light, GUINT_TO_POINTER(concept));
}

const GPtrArray *concept_forms(const struct lexis *lexis, uint32_t concept)
{
    return g_hash_table_lookup(with_concepts(lexis)->texts, GUINT_TO_POINTER(concept));
}

const GArray *lexis_examples(const struct lexis *lexis)
{
    return with_concepts(lexis)->examples;
}

/* Stop words and weak words are told by the word as it stands: "were" is one, "ware" is not. */
static void add_class(struct lexis *lexis, const char *list, uint32_t flag)
{
    g_auto(GStrv) all = g_strsplit(list, " ", 0);
    for (char **word = all; *word; word++) {
        char folded[WORD_BYTES];
        gpointer key = GUINT_TO_POINTER(hash_bytes(folded, fold(slice_of(*word), folded)));
        g_hash_table_insert(lexis->classes, key, GUINT_TO_POINTER(flag | GPOINTER_TO_UINT(g_hash_table_lookup(lexis->classes, key))));
    }
}

/* The names of the months in order, those of one parted by spaces. */
static void add_months(struct lexis *lexis, const char *list)
{
    g_auto(GStrv) months = g_strsplit(list, "|", 12);
    for (uint32_t i = 0; months[i]; i++)
        add_class(lexis, g_strstrip(months[i]), (i + 1) << TERM_MONTH_SHIFT);
}

/* Classes of words, as the tables name them; 0 = none. */
static uint32_t class_flag(const char *name)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } rows[] = {{"*stop", TERM_STOP}, {"*weak", TERM_WEAK}, {"*of", TERM_OF}, {"*joint", TERM_JOINT}, {"*verb", TERM_VERB}, {"*base", TERM_BASE}, {"*tie", TERM_TIE}, {"*measured", TERM_MEASURED}, {"*cause", TERM_CAUSE}, {"*elided", TERM_ELIDED}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_str_equal(rows[i].name, name))
            return rows[i].flag;
    return 0;
}

static void add_form(struct lexis *lexis, const char *text, uint32_t concept)
{
    struct form form = {.concept = concept, .narrow = *text == '~'};
    bool exact = text[form.narrow] == '=';
    g_autoptr(GArray) terms = read_terms(lexis, slice_of(text + form.narrow + exact), true);
    if (terms->len == 0 || terms->len > FORM_WORDS || (exact && terms->len > 1))
        g_error("query/words: '%s' is no form", text);
    form.plain = exact ? g_array_index(terms, struct term, 0).plain : 0;
    form.acronym = terms->len == 1 && g_array_index(terms, struct term, 0).flags & TERM_ACRONYM;
    for (; form.n < terms->len; form.n++)
        form.stems[form.n] = g_array_index(terms, struct term, form.n).stem;
    gpointer key = GUINT_TO_POINTER(form.stems[0]);
    GArray *forms = g_hash_table_lookup(lexis->forms, key);
    if (!forms) {
        forms = g_array_new(FALSE, FALSE, sizeof(struct form));
        g_hash_table_insert(lexis->forms, key, forms);
    }
    guint at = 0;
    while (at < forms->len && g_array_index(forms, struct form, at).n >= form.n)
        at++;
    g_array_insert_val(forms, at, form);
}

static void read_forms(struct lexis *lexis)
{
    g_autoptr(GArray) written = lexis->written;
    lexis->written = g_array_new(FALSE, FALSE, sizeof(struct written_form));
    for (guint i = 0; i < written->len; i++)
        add_form(lexis, g_array_index(written, struct written_form, i).text, g_array_index(written, struct written_form, i).concept);
}

/* A concept has one id in all languages: "desplazados" are "displaced people". */
static uint32_t concept_id(const char *name)
{
    static GHashTable *ids;
    if (!ids)
        ids = g_hash_table_new(g_str_hash, g_str_equal);
    uint32_t id = GPOINTER_TO_UINT(g_hash_table_lookup(ids, name));
    if (!id) {
        id = (uint32_t)g_hash_table_size(ids) + 1;
        g_hash_table_insert(ids, g_strdup(name), GUINT_TO_POINTER(id));
    }
    return id;
}

/* "children<TAB>children | kids | ~girls<TAB>how many kids | 17 million children" */
static void add_concept(struct lexis *lexis, char **cells)
{
    bool light = *cells[0] == '.';
    char *name = g_string_chunk_insert(lexis->strings, cells[0] + light);
    uint32_t id = concept_id(name);
    if (light)
        g_hash_table_add(lexis->light, GUINT_TO_POINTER(id));
    if (!g_hash_table_insert(lexis->concepts, name, GUINT_TO_POINTER(id)))
        g_error("query/words: '%s' stands there twice", name);
    g_auto(GStrv) forms = g_strsplit(cells[1], "|", 0);
    GPtrArray *texts = g_ptr_array_new();
    g_hash_table_insert(lexis->texts, GUINT_TO_POINTER(id), texts);
    for (char **form = forms; *form; form++) {
        struct written_form written = {g_string_chunk_insert(lexis->strings, g_strstrip(*form)), id};
        g_array_append_val(lexis->written, written);
        if (*written.text != '~')
            g_ptr_array_add(texts, (char *)written.text + (*written.text == '='));
    }
    g_auto(GStrv) pair = g_strsplit(cells[2], "|", 2);
    if (!pair[0] || !pair[1])
        g_error("query/words: '%s' has no two examples", name);
    struct concept_example example = {name, g_string_chunk_insert(lexis->strings, pair[0]), g_string_chunk_insert(lexis->strings, pair[1]), id};
    g_array_append_val(lexis->examples, example);
}

/* Rows of concepts, or those of classes, which begin with a star. */
static void read_line(struct lexis *lexis, const char *line, bool concepts)
{
    if (*line == '\0' || *line == '#' || concepts == (*line == '*'))
        return;
    g_auto(GStrv) cells = g_strsplit(line, "\t", 3);
    guint n = g_strv_length(cells);
    uint32_t flag = n == 2 ? class_flag(cells[0]) : 0;
    if (flag)
        add_class(lexis, cells[1], flag);
    else if (n == 2 && g_str_equal(cells[0], "*months"))
        add_months(lexis, cells[1]);
    else if (n == 3)
        add_concept(lexis, cells);
    else
        g_error("query/words: '%s' is no row", line);
}

static void read_rows(struct lexis *lexis, bool concepts)
{
    g_autofree char *path = g_strdup_printf("/query/words/%s.tsv", lexis->language);
    struct slice bytes = embedded_bytes(query_embedded, path);
    g_autofree char *text = g_strndup(bytes.ptr, bytes.len);
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        read_line(lexis, line, concepts);
    }
    lexis->has_concepts = lexis->has_concepts || concepts;
}

static struct lexis *lexis_new(const char *language, const char *stemmer)
{
    struct lexis *lexis = g_new0(struct lexis, 1);
    lexis->language = language;
    lexis->stemmer = stemmer_new(stemmer);
    g_assert(lexis->stemmer);
    lexis->known = g_new0(struct known, KNOWN);
    lexis->classes = g_hash_table_new(NULL, NULL);
    lexis->forms = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    lexis->concepts = g_hash_table_new(g_str_hash, g_str_equal);
    lexis->examples = g_array_new(FALSE, FALSE, sizeof(struct concept_example));
    lexis->light = g_hash_table_new(NULL, NULL);
    lexis->texts = g_hash_table_new(NULL, NULL);
    lexis->written = g_array_new(FALSE, FALSE, sizeof(struct written_form));
    lexis->strings = g_string_chunk_new(4096);
    read_rows(lexis, false);
    return lexis;
}

const struct lexis *lexis_of(const char *language)
{
    static const char *const rows[][2] = {{"en", "english"}, {"es", "spanish"}, {"fr", "french"}};
    static struct lexis *made[G_N_ELEMENTS(rows)];
    size_t row = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (g_strcmp0(language, rows[i][0]) == 0)
            row = i;
    if (!made[row])
        made[row] = lexis_new(rows[row][0], rows[row][1]);
    return made[row];
}
