/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/inverted.h"

#include "index/segment.h"
#include "index/tags.h"
#include "index/vocabulary.h"
#include "index/word_lists.h"

enum {
    MOST_NOTES = 1 << 20,  /* words of texts, before they are written */
    MOST_WORDS = 1 << 18,  /* different ones: when a transaction ends with more of them, all are forgotten */
    PART_BYTES = 16 << 20, /* of a text: one that is longer is gone through once for each part, */
    MOST_PARTS = 16,       /* and so many times at most: what stands in memory is no more than the text is */
};

struct inverted {
    struct vocabulary *vocabulary;
    struct word_lists *lists;
    size_t n_notes;
    int64_t last;         /* row noted, of those that rise */
    int64_t rows, tokens; /* how many more there are than before */
    /* of the row that is noted */
    int64_t row;
    uint32_t place;
    bool begun, leaves;
    const uint32_t *tags; /* that were not noted yet */
    uint32_t n_tags;
    uint32_t part, parts; /* of the words only these, see vocabulary_part */
};

struct inverted *inverted_new(void)
{
    struct inverted *inverted = g_new0(struct inverted, 1);
    inverted->vocabulary = vocabulary_new();
    inverted->lists = word_lists_new();
    inverted->parts = 1;
    return inverted;
}

void inverted_free(struct inverted *inverted)
{
    if (!inverted)
        return;
    vocabulary_free(inverted->vocabulary);
    word_lists_free(inverted->lists);
    g_free(inverted);
}

/* ---- noting ---- */

static void note_word(struct inverted *inverted, uint32_t number, uint32_t place)
{
    inverted->n_notes++;
    word_lists_note(inverted->lists, number, inverted->row, place);
}

/* At the place of the first word. */
static void note_tags(struct inverted *inverted)
{
    for (uint32_t i = 0; i < inverted->n_tags; i++)
        note_word(inverted, inverted->tags[i], PLACE_ONCE);
    inverted->n_tags = 0;
}

/* 0: it is of another part. */
static uint32_t number_of(const struct inverted *inverted, struct slice token)
{
    bool here = inverted->parts == 1 || vocabulary_part(token, inverted->parts) == inverted->part;
    return here ? vocabulary_number(inverted->vocabulary, token) : 0;
}

static bool note_token(void *data, struct slice token, bool same, uint32_t *kept)
{
    struct inverted *inverted = data;
    uint32_t number = kept ? *kept : 0;
    if (number == 0) {
        number = number_of(inverted, token);
        if (kept)
            *kept = number;
    }
    inverted->place += !same && inverted->begun;
    inverted->begun = true;
    if (number != 0)
        note_word(inverted, number, inverted->leaves ? PLACE_LEAVES : inverted->place);
    if (inverted->n_tags > 0)
        note_tags(inverted);
    return true;
}

static void note_text(struct store *store, struct slice text, struct slice told)
{
    struct inverted *inverted = store->inverted;
    inverted->place = 0;
    inverted->begun = false;
    tokenize_indexed(store->tokenizer, text, told, note_token, inverted);
    if (inverted->n_tags > 0) { /* of a text without words */
        inverted->begun = true;
        note_tags(inverted);
    }
}

/* A text of which a list for each word would take too much: it is gone through once for each part of the words, and each part is written by itself. A word that it
 * gave a number is forgotten then; tags keep theirs. */
static bool note_parts(struct store *store, struct slice text, struct slice told, GError **error)
{
    struct inverted *inverted = store->inverted;
    uint32_t known = vocabulary_count(inverted->vocabulary);
    bool ok = inverted_write(store, error);
    inverted->parts = (uint32_t)MIN(text.len / PART_BYTES + 1, MOST_PARTS);
    for (inverted->part = 0; ok && inverted->part < inverted->parts; inverted->part++) {
        tokenizer_forget(store->tokenizer);
        note_text(store, text, told);
        ok = inverted_write(store, error);
        vocabulary_keep(inverted->vocabulary, known);
    }
    tokenizer_forget(store->tokenizer);
    inverted->parts = 1;
    return ok;
}

/* Rows are noted rising, each once. */
static bool make_room(struct store *store, int64_t row, GError **error)
{
    const struct inverted *inverted = store->inverted;
    bool fits = inverted->n_notes == 0 || (row > inverted->last && inverted->n_notes < MOST_NOTES);
    return fits || inverted_write(store, error);
}

static bool add_row(struct store *store, int64_t row, struct slice text, struct slice told, bool leaves, GError **error)
{
    struct inverted *inverted = store->inverted;
    if (!make_room(store, row, error))
        return false;
    inverted->last = inverted->row = row;
    inverted->leaves = leaves;
    if (text.len <= PART_BYTES)
        note_text(store, text, told);
    else if (!note_parts(store, text, told, error))
        return false;
    int64_t tokens = inverted->begun ? (int64_t)inverted->place + 1 : 0;
    inverted->rows += leaves ? -1 : 1;
    inverted->tokens += leaves ? -tokens : tokens;
    return true;
}

bool inverted_add(struct store *store, int64_t row, struct slice text, const uint32_t *tags, uint32_t n_tags, GError **error)
{
    store->inverted->tags = tags;
    store->inverted->n_tags = n_tags;
    return add_row(store, row, text, slice_make(NULL, 0), false, error);
}

bool inverted_add_told(struct store *store, int64_t row, struct slice text, const char *tags, bool leaves, GError **error)
{
    store->inverted->n_tags = 0;
    return add_row(store, row, text, slice_of(tags), leaves, error);
}

uint32_t inverted_tag(struct store *store, char letter, struct slice value)
{
    char tag[1 + TAG_BYTES] = {TAG_SIGN};
    return vocabulary_number(store->inverted->vocabulary, slice_make(tag, 1 + tag_write(letter, value, tag + 1)));
}

static void forget_notes(struct inverted *inverted)
{
    word_lists_forget(inverted->lists);
    inverted->n_notes = 0;
    inverted->rows = inverted->tokens = 0;
}

void inverted_end(struct store *store)
{
    struct inverted *inverted = store->inverted;
    forget_notes(inverted);
    if (vocabulary_count(inverted->vocabulary) <= MOST_WORDS)
        return;
    vocabulary_keep(inverted->vocabulary, 0);
    tokenizer_forget(store->tokenizer);
}

static bool write_lists(const struct inverted *inverted, struct segment *segment, GError **error)
{
    size_t n;
    uint32_t *words = word_lists_words(inverted->lists, &n);
    bool ok = true;
    vocabulary_sort(inverted->vocabulary, words, n);
    for (size_t i = 0; ok && i < n; i++)
        ok = segment_add(segment, vocabulary_word(inverted->vocabulary, words[i]), word_lists_of(inverted->lists, words[i]), error);
    return ok;
}

bool inverted_write(struct store *store, GError **error)
{
    struct inverted *inverted = store->inverted;
    if (inverted->n_notes == 0 && inverted->rows == 0)
        return true;
    struct segment *segment;
    if (!segment_begin(store, &segment, error))
        return false;
    bool ok = segment_end(segment, write_lists(inverted, segment, error), inverted->rows, inverted->tokens, error);
    forget_notes(inverted);
    return ok;
}
