/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/doclist.h"

#include "index/list.h"
#include "index/segment_list.h"
#include "index/statement.h"
#include "index/tokenize.h"

enum {
    SEGMENT_SHIFT = 37, /* a segment's pages have ids segment << 37 and onwards */
    INDEX_SHIFT = 36,   /* and the index of a long list that begins on one of them, so much more: 1 << 36 */
    HEADER = 4,         /* bytes of a page before its content */
    MAIN_INDEX = '0',   /* what words begin with there */
};

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static struct bytes column_bytes(sqlite3_stmt *stmt, int column)
{
    const uint8_t *data = sqlite3_column_blob(stmt, column);
    return (struct bytes){data, data ? data + sqlite3_column_bytes(stmt, column) : NULL, data != NULL};
}

/* Segments, oldest first: the deepest level holds the oldest. NULL: they are not such as are known here. */
static GArray *read_segments(struct store *store)
{
    struct segment_list list;
    GArray *segments = NULL;
    if (segment_list_read(store, &list, NULL) == SEGMENTS_KNOWN)
        segments = g_array_new(FALSE, FALSE, sizeof(struct segment_part));
    for (guint i = segments ? list.levels->len : 0; i-- > 0;) {
        const GArray *parts = segment_list_level(&list, i)->parts;
        for (guint k = 0; k < parts->len; k++)
            if (g_array_index(parts, struct segment_part, k).last > 0)
                g_array_append_vals(segments, &g_array_index(parts, struct segment_part, k), 1);
    }
    segment_list_clear(&list);
    return segments;
}

/* Where words begin on a page. */
struct footer {
    struct bytes bytes;
    uint32_t at; /* of the last that was read */
};

/* The place of the next word; `end`: there is none. */
static uint32_t next_word(struct footer *footer, uint32_t end)
{
    if (footer->bytes.at == footer->bytes.end)
        return end;
    footer->at += (uint32_t)bytes_take(&footer->bytes);
    if (footer->at < HEADER || footer->at > end)
        footer->bytes.sound = false;
    return footer->at;
}

/* A word that is looked for, and (`stem`) all words behind it that have it for their stem. */
struct key {
    GString *word; /* as it stands there, with MAIN_INDEX */
    bool stem;
};

/*  What is read of a segment for a word, in the order of the pages. The words of a stem stand one behind the other:
 *
 *    refuge   refuge|e   refuge|es … refugees   refugees|x …    each has a list of its own in every segment, some go on over many pages */
struct range {
    const GArray *keys;  /* struct key, rising */
    guint key;           /* of them, the first that is not before what was read */
    struct list form;    /* what each of the lists begins as */
    GPtrArray *lists;    /* struct word_list */
    struct list *open;   /* that may go on on the next page; NULL: none */
    GString *term;       /* the word that was read last */
};

struct word_list {
    char *term;
    struct list list;
};

static void word_list_free(void *data)
{
    struct word_list *one = data;
    entries_clear(&one->list.found);
    g_free(one->term);
    g_free(one);
}

/* The next word, from what it shares with the one before it. */
static void take_term(GString *term, struct bytes *bytes, bool first)
{
    uint64_t kept = first ? 0 : bytes_take(bytes), n = bytes_take(bytes);
    if (!bytes->sound || kept > term->len || n > (uint64_t)(bytes->end - bytes->at)) {
        bytes->sound = false;
        return;
    }
    g_string_truncate(term, kept);
    g_string_append_len(term, (const char *)bytes->at, (gssize)n);
    bytes->at += n;
}

enum place { BEFORE, WITHIN, BEHIND };

static int compare(const GString *a, const GString *b)
{
    int order = memcmp(a->str, b->str, MIN(a->len, b->len));
    return order != 0 ? order : a->len < b->len ? -1 : a->len > b->len;
}

static const struct key *key_at(const struct range *range, guint key)
{
    return key < range->keys->len ? &g_array_index(range->keys, struct key, key) : NULL;
}

static enum place place_by(const struct key *key, const GString *term)
{
    const GString *word = key->word;
    int order = memcmp(term->str, word->str, MIN(term->len, word->len));
    if (order != 0 || term->len < word->len)
        return order <= 0 ? BEFORE : BEHIND;
    return term->len == word->len || (key->stem && term->str[word->len] == STEM_ENDS) ? WITHIN : BEHIND;
}

/* Of the word that was read last: by the keys that are left. */
static enum place place_of(struct range *range)
{
    enum place place = BEHIND;
    for (const struct key *key; (key = key_at(range, range->key)) != NULL; range->key++)
        if ((place = place_by(key, range->term)) != BEHIND)
            break;
    return place;
}

static struct list *list_of(struct range *range)
{
    for (guint i = 0; i < range->lists->len; i++) {
        struct word_list *one = g_ptr_array_index(range->lists, i);
        if (strcmp(one->term, range->term->str) == 0)
            return &one->list;
    }
    struct word_list *one = g_new(struct word_list, 1);
    *one = (struct word_list){g_strdup(range->term->str), range->form};
    one->list.found = entries_new(range->form.found.begins != NULL);
    g_ptr_array_add(range->lists, one);
    return &one->list;
}

static void open_list(struct range *range)
{
    range->open = list_of(range);
    list_open(range->open);
}

/* False: it does not end where a passage ends. */
static bool close_list(struct range *range)
{
    struct list *list = range->open;
    range->open = NULL;
    return !list || list_close(list);
}

/* The words of a page. */
static bool read_terms(struct range *range, const uint8_t *page, uint32_t at, uint32_t end, struct footer *footer, bool *ended)
{
    for (bool first = true; at < end && footer->bytes.sound; first = false) {
        struct bytes bytes = {page + at, page + end, true};
        uint32_t behind = next_word(footer, end);
        take_term(range->term, &bytes, first);
        if (!bytes.sound || !footer->bytes.sound || page + behind < bytes.at || !close_list(range))
            return false;
        enum place place = place_of(range);
        *ended = place == BEHIND;
        if (*ended)
            return true;
        if (place == WITHIN) {
            open_list(range);
            if (!list_read(range->open, page, (struct bytes){bytes.at, page + behind, true}, 0))
                return false;
        }
        at = behind;
    }
    return footer->bytes.sound;
}

/* One page of a segment. `*ended`: there is nothing more of the range in the segment. */
static bool read_page(struct range *range, struct bytes page, bool *ended)
{
    uint32_t size = (uint32_t)(page.end - page.at);
    if (!page.sound || page.end - page.at < HEADER)
        return false;
    uint32_t first = big_endian(page.at), end = big_endian(page.at + 2);
    if (end < HEADER || end > size || first > end)
        return false;
    struct footer footer = {{page.at + end, page.end, true}, 0};
    uint32_t at = next_word(&footer, end), from = range->open && range->open->jumped ? first : HEADER;
    if (!footer.bytes.sound || from < HEADER || from > at || (range->open && !list_read(range->open, page.at, (struct bytes){page.at + from, page.at + at, true}, first)))
        return false;
    return read_terms(range, page.at, at, end, &footer, ended);
}

/* The page of a segment on which the word stands if the segment has it. */
static bool page_of(struct store *store, const struct segment_part *segment, const GString *word, uint32_t *ret)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_page", "ub", segment->id, word->str, word->len);
    int code = stmt ? statement_step(store, stmt, NULL) : SQLITE_ERROR;
    *ret = segment->first;
    if (code == SQLITE_ROW) {
        *ret = MAX((uint32_t)(sqlite3_column_int64(stmt, 0) >> 1), segment->first);
        sqlite3_reset(stmt);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/*  The index of a list that begins on a page, where FTS5 made one that has room on one page itself:
 *
 *    00   page  rowid   way   00 00  way …       from each page's first rowid to that of the next; 00: a page that has none */
static GArray *read_jumps(struct store *store, int64_t base, uint32_t page)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_index", "i", base + (INT64_C(1) << INDEX_SHIFT) + page);
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return NULL;
    g_autoptr(GArray) jumps = g_array_new(FALSE, FALSE, sizeof(struct jump));
    struct bytes bytes = column_bytes(stmt, 0);
    bool alone = bytes.sound && bytes_take(&bytes) == 0;
    struct jump jump = {.page = (uint32_t)bytes_take(&bytes)};
    for (; alone && bytes.sound && bytes.at < bytes.end; jump.page++) {
        uint64_t way = bytes_take(&bytes);
        jump.rowid += way;
        if (way > 0)
            g_array_append_val(jumps, jump);
    }
    sqlite3_reset(stmt);
    return alone && bytes.sound && jumps->len > 0 ? g_steal_pointer(&jumps) : NULL;
}

/* A word as pages have it. */
static GString *word_key(const char *text)
{
    GString *word = g_string_new(NULL);
    g_string_append_printf(word, "%c%s", MAIN_INDEX, text);
    return word;
}

/* Before it stand all words that have this one for their stem. */
static GString *range_end(const GString *word)
{
    GString *end = g_string_new_len(word->str, (gssize)word->len);
    return g_string_append_c(end, STEM_ENDS + 1);
}

/* The page on which words of a key begin that stand behind `from`; 0: none. The words that pages begin with are known without reading those. */
static bool next_page(struct store *store, const struct segment_part *segment, const struct key *key, const GString *from, uint32_t *ret)
{
    g_autoptr(GString) end = range_end(key->word);
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_next_page", "ubb", segment->id, from->str, from->len, end->str, end->len);
    int code = stmt ? statement_step(store, stmt, NULL) : SQLITE_ERROR;
    *ret = 0;
    if (code == SQLITE_ROW) {
        *ret = (uint32_t)(sqlite3_column_int64(stmt, 0) >> 1);
        sqlite3_reset(stmt);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* The page behind the one read on which a key may stand; 0: none. A key that would stand on that one, or on one before it, is not there; the last word read may go
 * on over many pages that nobody asks for, and words behind it that belong to its key begin on one that begins with a word. */
static bool page_behind(struct store *store, const struct segment_part *segment, struct range *range, uint32_t *page)
{
    uint32_t next = 0;
    for (const struct key *key; (key = key_at(range, range->key)) != NULL; range->key++) {
        const GString *from = compare(range->term, key->word) >= 0 ? range->term : key->word;
        if (from != range->term && !page_of(store, segment, from, &next))
            return false;
        if (next <= *page && key->stem && !next_page(store, segment, key, from, &next))
            return false;
        if (next > *page)
            break;
    }
    *page = next > *page ? next : 0;
    return true;
}

/* From a page on, as long as a list goes on of which more is asked for. `*page`: the last one read. */
static bool read_pages(struct store *store, const struct segment_part *segment, struct range *range, uint32_t *page, bool *ended)
{
    int64_t base = (int64_t)segment->id << SEGMENT_SHIFT;
    g_autoptr(GArray) jumps = NULL;
    guint jump = 0;
    const struct list *list = NULL; /* that goes on */
    sqlite3_stmt *stmt = NULL;
    bool ok = true;
    for (uint32_t next = *page; ok && next != 0 && next <= segment->last;) {
        if (!stmt || next > *page + 1)
            stmt = statement(store, NULL, "doclist_pages", "ii", base + next, base + segment->last);
        *page = next;
        ok = stmt && statement_step(store, stmt, NULL) == SQLITE_ROW && sqlite3_column_int64(stmt, 0) == base + next && read_page(range, column_bytes(stmt, 1), ended);
        struct list *open = ok && !*ended ? range->open : NULL;
        if (open && open != list && open->among) {
            g_clear_pointer(&jumps, g_array_unref);
            jumps = read_jumps(store, base, next);
            jump = 0;
        }
        list = open;
        next = open && !list_is_done(open) ? list_page_behind(open, jumps, &jump, next) : 0;
    }
    if (stmt)
        sqlite3_reset(stmt);
    return ok;
}

static bool read_segment(struct store *store, const struct segment_part *segment, struct range *range)
{
    uint32_t page;
    bool ended = false, ok = page_of(store, segment, key_at(range, 0)->word, &page);
    range->key = 0;
    g_string_truncate(range->term, 0);
    while (ok && !ended && page != 0 && page <= segment->last) {
        ok = read_pages(store, segment, range, &page, &ended);
        ok = ok && close_list(range) && (ended || page_behind(store, segment, range, &page));
    }
    range->open = NULL;
    return ok;
}

static int by_length(const void *a, const void *b)
{
    const struct word_list *x = *(const struct word_list *const *)a, *y = *(const struct word_list *const *)b;
    return x->list.found.n < y->list.found.n ? -1 : x->list.found.n > y->list.found.n;
}

/* Where any of them stands, the short ones first. */
static struct entries unite(GPtrArray *lists, bool begins)
{
    struct entries all = entries_new(begins);
    g_ptr_array_sort(lists, by_length);
    for (guint i = 0; i < lists->len; i++) {
        struct entries *found = &((struct word_list *)g_ptr_array_index(lists, i))->list.found;
        if (all.n > 0) {
            entries_unite(&all, found);
            continue;
        }
        entries_clear(&all);
        all = *found;
        *found = (struct entries){0};
    }
    return all;
}

static void key_clear(void *key)
{
    g_string_free(((struct key *)key)->word, TRUE);
}

static int by_word(const void *a, const void *b)
{
    return compare(((const struct key *)a)->word, ((const struct key *)b)->word);
}

/* Of a word of text also its other forms, and what it is the stem of (see tokenize.h). */
static GArray *keys_of(struct store *store, const char *text, const struct list *form)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(struct key));
    g_array_set_clear_func(keys, key_clear);
    g_autoptr(GPtrArray) forms = tokenizer_forms(store->tokenizer, !form->tag ? (const char *const *)form->ranking->languages : NULL, text);
    struct key key = {word_key(text), !form->tag};
    g_array_append_val(keys, key);
    for (guint i = 0; i < forms->len; i++) {
        key = (struct key){word_key(g_ptr_array_index(forms, i)), false};
        g_array_append_val(keys, key);
    }
    g_array_sort(keys, by_word);
    return keys;
}

/* A word's list in all segments. form: what its lists begin as. */
static bool read_word(struct store *store, const GArray *segments, const char *text, const struct list *form, struct entries *ret)
{
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(word_list_free);
    g_autoptr(GArray) keys = keys_of(store, text, form);
    g_autoptr(GString) term = g_string_new(NULL);
    struct range range = {.keys = keys, .form = *form, .lists = lists, .term = term};
    bool ok = true;
    for (guint i = 0; ok && i < segments->len; i++)
        ok = read_segment(store, &g_array_index(segments, struct segment_part, i), &range);
    if (ok)
        *ret = unite(lists, form->found.begins != NULL);
    return ok;
}

/* Over how many pages of a segment the lists of words from one to another go. */
static uint32_t pages_between(struct store *store, const struct segment_part *segment, const GString *from, const GString *to)
{
    uint32_t page;
    if (!page_of(store, segment, from, &page))
        return 0;
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_behind", "ub", segment->id, to->str, to->len);
    bool ok = stmt && statement_step(store, stmt, NULL) == SQLITE_ROW;
    uint32_t behind = ok && sqlite3_column_type(stmt, 0) != SQLITE_NULL ? (uint32_t)(sqlite3_column_int64(stmt, 0) >> 1) : segment->last;
    if (ok)
        sqlite3_reset(stmt);
    return behind > page ? behind - page : 0;
}

/* The same of all that read_word reads, in the first segment, which is the largest but in small files. */
static uint32_t pages_of(struct store *store, const GArray *segments, const struct ranking *ranking, const char *text)
{
    if (segments->len == 0)
        return 0;
    const struct segment_part *segment = &g_array_index(segments, struct segment_part, 0);
    g_autoptr(GPtrArray) forms = tokenizer_forms(store->tokenizer, (const char *const *)ranking->languages, text);
    g_autoptr(GString) word = word_key(text), end = range_end(word);
    uint32_t pages = pages_between(store, segment, word, end);
    for (guint i = 0; i < forms->len; i++) {
        g_autoptr(GString) form = word_key(g_ptr_array_index(forms, i));
        pages += pages_between(store, segment, form, form);
    }
    return pages;
}

/* The word that is likely the rarest of those that are left, by the pages of each; of two the longer one. NULL: none is left. */
static char **rarest(char **words, const uint32_t *pages)
{
    char **best = NULL;
    for (char **word = words; *word; word++) {
        uint32_t own = pages[word - words], least = best ? pages[best - words] : 0;
        if (**word && (!best || own < least || (own == least && strlen(*word) > strlen(*best))))
            best = word;
    }
    return best;
}

/* Words one behind the other: a rare one first, and of the others only what stands where that does. Leaves the words empty. form: what lists begin as. */
static bool read_phrase(struct store *store, const GArray *segments, char **words, struct list form, struct entries *ret)
{
    guint n = g_strv_length(words);
    g_autofree uint32_t *pages = g_new0(uint32_t, (gsize)n + 1);
    for (guint i = 0; n > 1 && i < n; i++)
        pages[i] = pages_of(store, segments, form.ranking, words[i]);
    char **word = rarest(words, pages);
    if (!word)
        return false;
    form.place = (uint32_t)(word - words);
    bool ok = read_word(store, segments, *word, &form, ret);
    for (**word = '\0'; ok && ret->n > 0 && (word = rarest(words, pages)) != NULL; **word = '\0') {
        struct entries other = {0};
        form.place = (uint32_t)(word - words);
        form.among = ret;
        ok = read_word(store, segments, *word, &form, &other);
        if (ok)
            entries_keep_common(ret, &other);
        entries_clear(&other);
    }
    return ok;
}

bool doclist_read(struct store *store, struct ranking *ranking, const char *words, uint32_t column, struct postings *postings)
{
    g_autoptr(GArray) segments = store->mode == STORE_READ ? read_segments(store) : NULL;
    bool tag = column > 0, inside = tag && !store->older; /* the text */
    g_autofree char *signed_tag = inside ? g_strdup_printf("%c%s", TAG_SIGN, words) : NULL;
    g_auto(GStrv) each = g_strsplit(inside ? signed_tag : words, " ", -1);
    struct list form = {.ranking = ranking, .column = inside ? 0 : column, .tag = tag, .found = entries_new(each[0] && each[1])};
    struct entries found = {0};
    bool ok = segments && read_phrase(store, segments, each, form, &found);
    if (ok)
        postings_add(postings, found.all, found.n);
    entries_clear(&form.found);
    entries_clear(&found);
    return ok;
}

bool doclist_totals(struct store *store, uint64_t *rows, uint64_t *tokens)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_totals", "");
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return false;
    struct bytes bytes = column_bytes(stmt, 0);
    *rows = bytes_take(&bytes);
    *tokens = bytes_take(&bytes);
    bool sound = bytes.sound;
    sqlite3_reset(stmt);
    return sound;
}
