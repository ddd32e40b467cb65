/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/wording.h"

#include "extract/token.h"

enum {
    RUN_WORDS = 3,         /* words that an entry of the index is made of */
    KEPT_BYTES = 32 << 20, /* of all wordings that are kept */
};

/* A passage in the folded text. */
struct folded_passage {
    uint32_t start, page, page_end;
};

/*  text    …a dam broke near the town\n40 people fled\n…      one line a passage
 *  words     ^ ^   ^     ^    ^   ^     ^  ^      ^            byte at which each begins
 *  heads   hash of "a dam broke" → the last word that begins such a run; next[word] → the one before it with that hash */
struct wording {
    GString *text;
    GArray *passages; /* struct folded_passage */
    GArray *words, *next; /* uint32_t; `next` and `heads` are made at the first question */
    uint32_t *heads, mask;
};

struct wording *wording_new(void)
{
    struct wording *wording = g_new0(struct wording, 1);
    wording->text = g_string_new("\n");
    wording->passages = g_array_new(FALSE, FALSE, sizeof(struct folded_passage));
    wording->words = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    wording->next = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return wording;
}

void wording_free(struct wording *wording)
{
    if (!wording)
        return;
    g_string_free(wording->text, TRUE);
    g_array_unref(wording->passages);
    g_array_unref(wording->words);
    g_array_unref(wording->next);
    g_free(wording->heads);
    g_free(wording);
}

/* Appends a text without case, accents and more than one space in a row, and none at its ends. */
static void append_folded(GString *out, struct slice text)
{
    size_t start = out->len, room = 2 * text.len + 16;
    g_autofree char *folded = g_malloc(room);
    size_t len = token_fold(text, folded, room);
    bool space = false;
    for (size_t i = 0; i < len;) {
        size_t n = (unsigned char)folded[i] < 0x80 ? 1 : (size_t)(g_utf8_next_char(folded + i) - (folded + i));
        if (n == 1 ? g_ascii_isspace(folded[i]) : g_unichar_isspace(g_utf8_get_char(folded + i))) {
            space = true;
        } else {
            if (space && out->len > start)
                g_string_append_c(out, ' ');
            g_string_append_len(out, folded + i, (gssize)n);
            space = false;
        }
        i += n;
    }
}

static bool in_word(const char *at)
{
    return (unsigned char)*at < 0x80 ? g_ascii_isalnum(*at) : g_unichar_isalnum(g_utf8_get_char(at));
}

/* Moves to the next word's first byte, then past its last one; false at the end of the line. */
static bool next_word(const char **at, const char **start)
{
    const char *p = *at;
    while (*p && *p != '\n' && !in_word(p))
        p = g_utf8_next_char(p);
    *start = p;
    while (*p && *p != '\n' && in_word(p))
        p = g_utf8_next_char(p);
    *at = p;
    return p > *start;
}

void wording_add(struct wording *wording, struct slice text, uint32_t page, uint32_t page_end)
{
    g_assert(!wording->heads);
    struct folded_passage passage = {(uint32_t)wording->text->len, page, page_end};
    append_folded(wording->text, text);
    g_array_append_val(wording->passages, passage);
    const char *start, *at = wording->text->str + passage.start;
    while (next_word(&at, &start)) {
        uint32_t offset = (uint32_t)(start - wording->text->str);
        g_array_append_val(wording->words, offset);
    }
    g_string_append_c(wording->text, '\n');
}

/* The hash of the run of words that begins at `at`; false where the line has fewer. */
static bool run_hash(const char *at, uint32_t *ret)
{
    const char *start, *first = NULL;
    for (int i = 0; i < RUN_WORDS; i++) {
        if (!next_word(&at, &start))
            return false;
        first = first ? first : start;
    }
    uint32_t hash = 2166136261u;
    for (const char *p = first; p < at; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    *ret = hash ^ hash >> 15;
    return true;
}

static void make_index(struct wording *wording)
{
    uint32_t size = 16;
    while (size < wording->words->len)
        size *= 2;
    wording->mask = size - 1;
    wording->heads = g_new(uint32_t, size);
    memset(wording->heads, 0xff, size * sizeof *wording->heads); /* NONE */
    g_array_set_size(wording->next, wording->words->len);
    for (uint32_t i = 0; i < wording->words->len; i++) {
        uint32_t hash;
        if (!run_hash(wording->text->str + g_array_index(wording->words, uint32_t, i), &hash))
            continue;
        g_array_index(wording->next, uint32_t, i) = wording->heads[hash & wording->mask];
        wording->heads[hash & wording->mask] = i;
    }
}

/* Nothing of a word goes on over either end. */
static bool bounded(const char *text, const char *from, size_t len)
{
    const char *before = g_utf8_find_prev_char(text, from), *last = g_utf8_find_prev_char(from, from + len);
    return !(before && in_word(before) && in_word(from)) && !(last && in_word(last) && in_word(from + len));
}

static unsigned count_in(struct slice text, struct slice letters, bool whole)
{
    unsigned n = 0;
    for (const char *at = text.ptr; letters.len > 0 && n < 2 && (at = memmem(at, text.len - (size_t)(at - text.ptr), letters.ptr, letters.len)); at++)
        n += !whole || bounded(text.ptr, at, letters.len);
    return n;
}

unsigned wording_count(struct wording *wording, struct slice words)
{
    g_autoptr(GString) wanted = g_string_new(NULL);
    append_folded(wanted, words);
    uint32_t hash;
    if (wanted->len == 0)
        return 0;
    if (!run_hash(wanted->str, &hash))
        return count_in(slice_make(wording->text->str, wording->text->len), slice_make(wanted->str, wanted->len), true);
    if (!wording->heads)
        make_index(wording);
    const char *start, *at = wanted->str;
    next_word(&at, &start);
    size_t before = (size_t)(start - wanted->str); /* signs that stand before the first word */
    unsigned n = 0;
    for (uint32_t i = wording->heads[hash & wording->mask]; i != NONE && n < 2; i = g_array_index(wording->next, uint32_t, i)) {
        size_t word = g_array_index(wording->words, uint32_t, i);
        const char *from = wording->text->str + word - before;
        n += word >= before && word - before + wanted->len <= wording->text->len && memcmp(from, wanted->str, wanted->len) == 0 &&
             bounded(wording->text->str, from, wanted->len);
    }
    return n;
}

unsigned wording_count_on_page(const struct wording *wording, uint32_t page, struct slice letters)
{
    g_autoptr(GString) wanted = g_string_new(NULL);
    append_folded(wanted, letters);
    unsigned n = 0;
    for (guint i = 0; i < wording->passages->len && n < 2; i++) {
        const struct folded_passage *passage = &g_array_index(wording->passages, struct folded_passage, i);
        if (page == NONE || passage->page == NONE || page < passage->page || page > passage->page_end)
            continue;
        size_t end = i + 1 < wording->passages->len ? g_array_index(wording->passages, struct folded_passage, i + 1).start : wording->text->len;
        n += count_in(slice_make(wording->text->str + passage->start, end - passage->start), slice_make(wanted->str, wanted->len), false);
    }
    return MIN(n, 2);
}

unsigned wording_times(struct slice text, struct slice words)
{
    g_autoptr(GString) whole = g_string_new(NULL), wanted = g_string_new(NULL);
    append_folded(whole, text);
    append_folded(wanted, words);
    return count_in(slice_make(whole->str, whole->len), slice_make(wanted->str, wanted->len), true);
}

struct entry {
    struct wording *wording;
    GArray *marks;
};

struct wordings {
    struct store *store;
    GHashTable *entries; /* rowid → struct entry */
    size_t bytes;
};

static void entry_free(void *data)
{
    struct entry *entry = data;
    wording_free(entry->wording);
    g_array_unref(entry->marks);
    g_free(entry);
}

struct wordings *wordings_new(struct store *store)
{
    struct wordings *wordings = g_new0(struct wordings, 1);
    wordings->store = store;
    wordings->entries = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, entry_free);
    return wordings;
}

void wordings_free(struct wordings *wordings)
{
    if (wordings)
        g_hash_table_unref(wordings->entries);
    g_free(wordings);
}

static void add_passage(void *data, const char *text, uint32_t page, uint32_t page_end)
{
    wording_add(data, slice_of(text), page, page_end);
}

void wordings_put(struct wordings *wordings, int64_t document, struct wording *wording, GArray *marks)
{
    struct entry *entry = g_new(struct entry, 1);
    *entry = (struct entry){wording, marks};
    if (wordings->bytes > KEPT_BYTES) {
        g_hash_table_remove_all(wordings->entries);
        wordings->bytes = 0;
    }
    wordings->bytes += wording->text->len;
    g_hash_table_insert(wordings->entries, g_memdup2(&document, sizeof document), entry);
}

bool wordings_of(struct wordings *wordings, int64_t document, struct wording **ret, const GArray **marks)
{
    struct entry *entry = g_hash_table_lookup(wordings->entries, &document);
    if (!entry) {
        struct wording *wording = wording_new();
        GArray *places = NULL;
        if (!wordings->store || !store_texts(wordings->store, document, add_passage, wording, NULL) || !store_marks(wordings->store, document, &places, NULL)) {
            wording_free(wording);
            return false;
        }
        wordings_put(wordings, document, wording, places);
        entry = g_hash_table_lookup(wordings->entries, &document);
    }
    *ret = entry->wording;
    *marks = entry->marks;
    return true;
}
