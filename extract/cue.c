/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/cue.h"

#include "extract-embedded.h"

/* The hashes of a phrase's tokens, parted as the text's are. */
static struct cue add_hashes(struct cue_table *table, const char *text)
{
    struct cue cue = {.first = table->hashes->len};
    token_hashes(slice_of(text), table->hashes);
    cue.n = (uint16_t)(table->hashes->len - cue.first);
    cue.second = cue.n > 1 ? g_array_index(table->hashes, uint32_t, cue.first + 1) : 0;
    return cue;
}

static void add_row(struct cue_table *table, char **columns, const char *const *classes, size_t n)
{
    g_assert(g_strv_length(columns) == 4);
    size_t class = 0;
    g_assert(n <= 64);
    while (class < n && strcmp(classes[class], columns[1]) != 0)
        class++;
    if (class == n)
        g_error("names: no class '%s'", columns[1]);
    g_auto(GStrv) cues = g_strsplit(columns[3], ";", -1);
    for (char **text = cues; *text; text++) {
        struct cue cue = add_hashes(table, *text);
        g_assert(cue.n > 0);
        cue.class = (uint8_t)class;
        cue.value = (int16_t)g_ascii_strtoll(columns[2], NULL, 10);
        g_array_append_val(table->cues, cue);
        for (int i = 0; i < LANGUAGES; i++)
            if (strcmp(columns[0], "*") == 0 || strcmp(columns[0], language_name((enum language)i)) == 0)
                trigger_add(table->starts[i], g_array_index(table->hashes, uint32_t, cue.first), table->cues->len - 1);
    }
}

/* By class, the longest first; of equal ones the one that the table has first. */
static int by_class(const void *a, const void *b)
{
    const struct cue *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static void lay_out(struct cue_table *table, int language)
{
    struct trigger_table *starts = table->starts[language];
    trigger_freeze(starts);
    g_assert(starts->pairs->len < UINT16_MAX); /* see cue_text.rows */
    table->rows[language] = g_new(struct cue, starts->pairs->len + 1);
    table->begin[language] = g_new0(struct cue_start, starts->pairs->len + 1);
    for (guint i = 0, first = 0; i < starts->pairs->len; i++) {
        const struct cue *cue = &g_array_index(table->cues, struct cue, starts->rows[i]), *before = i > 0 ? &table->rows[language][i - 1] : NULL;
        table->rows[language][i] = *cue;
        if (before && g_array_index(table->hashes, uint32_t, before->first) != g_array_index(table->hashes, uint32_t, cue->first))
            first = i;
        struct cue_start *begin = &table->begin[language][first];
        begin->first = first;
        begin->n++;
        begin->classes |= UINT64_C(1) << cue->class;
        begin->alone |= (uint64_t)(cue->n == 1) << cue->class;
        begin->seconds |= (uint64_t)(cue->n > 1) << (cue->second & 63);
    }
    for (guint i = 0; i < starts->pairs->len; i += table->begin[language][i].n)
        qsort(table->rows[language] + i, table->begin[language][i].n, sizeof(struct cue), by_class);
}

struct cue_table *cue_table_new(const char *path, const char *const *classes, size_t n)
{
    struct cue_table *table = g_new0(struct cue_table, 1);
    table->cues = g_array_new(FALSE, FALSE, sizeof(struct cue));
    table->hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (int i = 0; i < LANGUAGES; i++)
        table->starts[i] = trigger_new();
    const char *text = embedded_bytes(extract_embedded, path).ptr;
    table->checksum = g_str_hash(text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (!**line || **line == '#')
            continue;
        g_auto(GStrv) columns = g_strsplit(*line, "\t", -1);
        add_row(table, columns, classes, n);
    }
    for (int i = 0; i < LANGUAGES; i++)
        lay_out(table, i);
    return table;
}

void cue_table_free(struct cue_table *table)
{
    if (!table)
        return;
    for (int i = 0; i < LANGUAGES; i++) {
        trigger_free(table->starts[i]);
        g_free(table->rows[i]);
        g_free(table->begin[i]);
    }
    g_array_unref(table->cues);
    g_array_unref(table->hashes);
    g_free(table);
}

/* token: where the cue's first word was found; `left` tokens from there on. */
static inline bool stands_at(const struct cue_table *table, const struct cue *cue, const struct token *token, uint32_t left)
{
    if (cue->n == 1)
        return true;
    if (cue->n > left || token[1].hash != cue->second)
        return false;
    const uint32_t *hash = &g_array_index(table->hashes, uint32_t, cue->first);
    for (uint32_t k = 1; k < cue->n; k++)
        if (token[k].hash != hash[k] || token[k].flags & TOKEN_PASSAGE)
            return false;
    return true;
}

/* The first of the cues [cues, end), which are ordered by class, that is of the class and stands at the token, `left` tokens from the end; or NULL. */
static inline const struct cue *of_class(const struct cue_table *table, const struct cue *cues, const struct cue *end, unsigned class, const struct token *token, uint32_t left)
{
    while (cues < end && cues->class < class)
        cues++;
    for (; cues < end && cues->class == class; cues++)
        if (stands_at(table, cues, token, left))
            return cues;
    return NULL;
}

/* Which of the rows begin with each word of the text; the caller frees it. */
static uint16_t *rows_of(const struct trigger_table *starts, const GArray *words)
{
    uint16_t *begin = g_new(uint16_t, MAX(words->len, 1));
    const uint32_t *hashes = (const void *)words->data;
    for (guint i = 0; i < words->len; i++) {
        uint32_t n;
        const uint32_t *rows = trigger_find(starts, hashes[i], &n);
        begin[i] = (uint16_t)(rows ? (guint)(rows - starts->rows) : starts->pairs->len);
    }
    return begin;
}

void cue_text_init(struct cue_text *text, const struct cue_table *table, enum language language, const GArray *tokens, const GArray *words)
{
    *text = (struct cue_text){.table = table, .language = language, .tokens = (const void *)tokens->data, .n = tokens->len, .words = words->len,
        .begin = table->begin[language], .rows = rows_of(table->starts[language], words)};
}

void cue_text_clear(struct cue_text *text)
{
    g_clear_pointer(&text->rows, g_free);
}

const struct cue *cue_text_find(const struct cue_text *text, uint32_t i, unsigned class)
{
    const struct token *token = &text->tokens[i];
    const struct cue_start *start = cue_text_start(text, token->word);
    const struct cue *cues = text->table->rows[text->language] + start->first;
    return of_class(text->table, cues, cues + start->n, class, token, text->n - i);
}
