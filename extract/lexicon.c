/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/lexicon.h"

#include "extract-embedded.h"

static const char *const languages[LANGUAGES] = {"en", "es", "fr"};

struct named_value {
    const char *name;
    uint32_t value;
};

static const struct named_value word_classes[] = {
    {"stop", WORD_STOP},       {"person", WORD_PERSON}, {"household", WORD_HOUSEHOLD}, {"state", WORD_STATE}, {"minor", WORD_MINOR},
    {"time", WORD_TIME},       {"of", WORD_OF},         {"article", WORD_ARTICLE},     {"month", WORD_MONTH}, {"joint", WORD_JOINT},
    {"change", WORD_CHANGE},   {"be", WORD_BE},         {"from", WORD_FROM},     {"number", WORD_NUMBER},      {"ranking", WORD_RANKING},
    {"part", WORD_PART},       {"have", WORD_HAVE},     {"them", WORD_THEM},           {"other", WORD_OTHER},
    {"direction", WORD_DIRECTION}, {"among", WORD_AMONG},   {"compared", WORD_COMPARED},
};

static const struct named_value number_roles[] = {
    {"small", NUMBER_SMALL},     {"hundred", NUMBER_HUNDRED}, {"scale", NUMBER_SCALE},     {"score", NUMBER_SCORE},   {"dozen", NUMBER_DOZEN},
    {"joint", NUMBER_JOINT},     {"article", NUMBER_ARTICLE}, {"half", NUMBER_HALF},       {"part", NUMBER_PART},     {"ordinal", NUMBER_ORDINAL},
    {"vague", NUMBER_VAGUE},     {"suffix", NUMBER_SUFFIX},   {"minus", NUMBER_MINUS},
    {"round", NUMBER_ROUND},     {"point", NUMBER_POINT},     {"with", NUMBER_WITH},
};

static const struct named_value unit_places[] = {
    {"after", UNIT_AFTER}, {"before", UNIT_BEFORE}, {"both", UNIT_AFTER | UNIT_BEFORE}, {"glued", UNIT_GLUED}, {"case", UNIT_CASE},
    {"per", UNIT_PER},
};

/* Signs, endings and letters that do something in numbers, in every language: enum number_use, and what is printed. */
static const struct {
    uint32_t use;
    const char *signs;
} number_signs[] = {
    {NUMBER_EXPONENT, "e ^"},
    {NUMBER_TIMES, "× x · *"},
    {NUMBER_RAISED, "⁻ ⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹"},
    {NUMBER_RAISED_LETTER, "ᵃ ᵇ ᶜ ᵈ ᶠ ᵍ ⁱ ʲ ᵏ"},
    {NUMBER_ENDING, "st nd rd th º ª er ère e ème"},
    {NUMBER_VULGAR, "½ ¼ ¾ ⅓ ⅔ ⅕ ⅖ ⅗ ⅘ ⅙ ⅚ ⅛ ⅜ ⅝ ⅞"},
    {NUMBER_STROKE, "/ ⁄"},
    {NUMBER_DASH, "- − –"},
    {NUMBER_LETTER, "B M"},
    {NUMBER_POINTED, ". ,"},
};

const char *language_name(enum language language)
{
    return languages[language];
}

enum language language_of_document(const struct document *doc)
{
    for (int i = 0; i < LANGUAGES; i++)
        if (g_strcmp0(doc->metadata.language, languages[i]) == 0)
            return (enum language)i;
    return LANGUAGE_EN;
}

#define LOOK_UP(table, word, what) look_up(table, G_N_ELEMENTS(table), word, what)

static uint32_t look_up(const struct named_value *rows, size_t n, const char *word, const char *what)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, word) == 0)
            return rows[i].value;
    g_error("names: no %s '%s'", what, word);
}

/* Calls `row` for each line of a table; a language of "*" is a row of every language. */
static void table_each(struct lexicon *lexicon, const char *path, void (*row)(struct lexicon *, enum language, char **))
{
    g_auto(GStrv) lines = g_strsplit(embedded_bytes(extract_embedded, path).ptr, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (!**line || **line == '#')
            continue;
        g_auto(GStrv) columns = g_strsplit(*line, "\t", -1);
        for (int i = 0; i < LANGUAGES; i++)
            if (strcmp(columns[0], "*") == 0 || strcmp(columns[0], languages[i]) == 0)
                row(lexicon, (enum language)i, columns);
    }
}

/* language, role, value, words */
static void row_number(struct lexicon *lexicon, enum language language, char **columns)
{
    g_assert(g_strv_length(columns) >= 4);
    struct number_word word = {(enum number_role)LOOK_UP(number_roles, columns[1], "number role"), g_ascii_strtod(columns[2], NULL)};
    g_auto(GStrv) words = g_strsplit(columns[3], " ", -1);
    g_array_append_val(lexicon->number_words, word);
    for (char **w = words; *w; w++)
        if (**w)
            trigger_add(lexicon->numbers[language], token_hash(slice_of(*w)), lexicon->number_words->len - 1);
}

/* language, class, words */
static void row_word(struct lexicon *lexicon, enum language language, char **columns)
{
    g_assert(g_strv_length(columns) >= 3);
    uint32_t flag = LOOK_UP(word_classes, columns[1], "word class");
    g_auto(GStrv) words = g_strsplit(columns[2], " ", -1);
    g_array_append_val(lexicon->word_flags, flag);
    for (char **w = words; *w; w++)
        if (**w)
            trigger_add(lexicon->words[language], token_hash(slice_of(*w)), lexicon->word_flags->len - 1);
}

/* language, code, kind, places, forms parted by ";" */
static void row_unit(struct lexicon *lexicon, enum language language, char **columns)
{
    g_assert(g_strv_length(columns) >= 5);
    struct unit unit = {.code = g_string_chunk_insert_const(lexicon->strings, columns[1])};
    if (!kind_from(columns[2], &unit.kind))
        g_error("names: no kind '%s'", columns[2]);
    g_auto(GStrv) places = g_strsplit(columns[3], " ", -1), forms = g_strsplit(columns[4], ";", -1);
    for (char **place = places; *place; place++)
        unit.where |= LOOK_UP(unit_places, *place, "unit place");
    for (char **form = forms; *form; form++) {
        unit.first = lexicon->unit_hashes->len;
        token_hashes(slice_of(*form), lexicon->unit_hashes);
        unit.n = lexicon->unit_hashes->len - unit.first;
        unit.form = g_string_chunk_insert_const(lexicon->strings, *form);
        g_assert(unit.n > 0);
        g_array_append_val(lexicon->unit_rows, unit);
        trigger_add(lexicon->units[language], g_array_index(lexicon->unit_hashes, uint32_t, unit.first), lexicon->unit_rows->len - 1);
    }
}

static void add_signs(struct trigger_table *table)
{
    for (size_t i = 0; i < G_N_ELEMENTS(number_signs); i++) {
        g_auto(GStrv) signs = g_strsplit(number_signs[i].signs, " ", -1);
        for (char **sign = signs; *sign; sign++)
            trigger_add(table, token_hash(slice_of(*sign)), number_signs[i].use);
    }
    trigger_freeze(table);
}

struct lexicon *lexicon_new(void)
{
    struct lexicon *lexicon = g_new0(struct lexicon, 1);
    lexicon->number_words = g_array_new(FALSE, FALSE, sizeof(struct number_word));
    lexicon->word_flags = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lexicon->unit_rows = g_array_new(FALSE, FALSE, sizeof(struct unit));
    lexicon->unit_hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lexicon->strings = g_string_chunk_new(4096);
    for (int i = 0; i < LANGUAGES; i++) {
        lexicon->numbers[i] = trigger_new();
        lexicon->words[i] = trigger_new();
        lexicon->units[i] = trigger_new();
    }
    add_signs(lexicon->number_signs = trigger_new());
    table_each(lexicon, "/extract/names/number_words.tsv", row_number);
    table_each(lexicon, "/extract/names/figure_words.tsv", row_word);
    table_each(lexicon, "/extract/names/units.tsv", row_unit);
    for (int i = 0; i < LANGUAGES; i++) {
        trigger_freeze(lexicon->numbers[i]);
        trigger_freeze(lexicon->words[i]);
        trigger_freeze(lexicon->units[i]);
    }
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (int i = 0; i < LANGUAGES; i++) {
        trigger_free(lexicon->numbers[i]);
        trigger_free(lexicon->words[i]);
        trigger_free(lexicon->units[i]);
    }
    trigger_free(lexicon->number_signs);
    g_array_unref(lexicon->number_words);
    g_array_unref(lexicon->word_flags);
    g_array_unref(lexicon->unit_rows);
    g_array_unref(lexicon->unit_hashes);
    g_string_chunk_free(lexicon->strings);
    g_free(lexicon);
}

const struct number_word *lexicon_number(const struct lexicon *lexicon, enum language language, uint32_t hash)
{
    uint32_t n;
    const uint32_t *rows = trigger_find(lexicon->numbers[language], hash, &n);
    return n ? &g_array_index(lexicon->number_words, struct number_word, rows[0]) : NULL;
}

const struct number_word *lexicon_number_role(const struct lexicon *lexicon, enum language language, uint32_t hash, enum number_role role)
{
    uint32_t n;
    const uint32_t *rows = trigger_find(lexicon->numbers[language], hash, &n);
    for (uint32_t i = 0; i < n; i++)
        if (g_array_index(lexicon->number_words, struct number_word, rows[i]).role == role)
            return &g_array_index(lexicon->number_words, struct number_word, rows[i]);
    return NULL;
}

uint32_t *lexicon_number_uses(const struct lexicon *lexicon, enum language language, const GArray *words)
{
    uint32_t *uses = g_new(uint32_t, MAX(words->len, 1));
    const uint32_t *hashes = (const void *)words->data;
    for (guint i = 0; i < words->len; i++) {
        uint32_t n, n_signs, use = 0;
        const uint32_t *rows = trigger_find(lexicon->numbers[language], hashes[i], &n), *signs = trigger_find(lexicon->number_signs, hashes[i], &n_signs);
        for (uint32_t k = 0; k < n; k++)
            use |= number_role_bit(g_array_index(lexicon->number_words, struct number_word, rows[k]).role);
        for (uint32_t k = 0; k < n_signs; k++)
            use |= signs[k];
        uses[i] = use;
    }
    return uses;
}

static bool unit_here(const struct lexicon *lexicon, const struct unit *unit, const struct document *doc, const GArray *tokens, uint32_t first)
{
    if (first + unit->n > tokens->len)
        return false;
    const struct token *token = &g_array_index(tokens, struct token, first);
    for (uint32_t i = 0; i < unit->n; i++)
        if (token[i].hash != g_array_index(lexicon->unit_hashes, uint32_t, unit->first + i) || (i > 0 && token[i].flags & TOKEN_PASSAGE))
            return false;
    if (!(unit->where & UNIT_CASE))
        return true;
    struct span span = {token[0].span.start, token[unit->n - 1].span.end};
    return slice_is(document_slice(doc, span), unit->form);
}

const struct unit *lexicon_unit(const struct lexicon *lexicon, enum language language, const struct document *doc, const GArray *tokens, uint32_t first,
                                uint32_t where, uint32_t *after)
{
    if (first >= tokens->len)
        return NULL;
    uint32_t n;
    const uint32_t *rows = trigger_find(lexicon->units[language], g_array_index(tokens, struct token, first).hash, &n);
    const struct unit *best = NULL;
    for (uint32_t i = 0; i < n; i++) {
        const struct unit *unit = &g_array_index(lexicon->unit_rows, struct unit, rows[i]);
        if (unit->where & where && (!best || unit->n > best->n) && unit_here(lexicon, unit, doc, tokens, first))
            best = unit;
    }
    if (best)
        *after = first + best->n;
    return best;
}

const struct unit *lexicon_currency(const struct lexicon *lexicon, enum language language, struct slice text)
{
    uint32_t n;
    const uint32_t *rows = trigger_find(lexicon->units[language], token_hash(text), &n);
    for (uint32_t i = 0; i < n; i++) {
        const struct unit *unit = &g_array_index(lexicon->unit_rows, struct unit, rows[i]);
        if (unit->kind == KIND_MONEY && unit->n == 1 && slice_is(text, unit->form))
            return unit;
    }
    return NULL;
}
