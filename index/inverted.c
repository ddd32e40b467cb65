/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/inverted.h"

#include "index/segment.h"
#include "index/segment_list.h"
#include "index/tags.h"

#include <string.h>

#define LEAVES UINT32_MAX /* for a place: the row leaves */

enum {
    MOST_NOTES = 1 << 20, /* words of texts, before they are written: 12 bytes each, and 8 more then */
    MOST_WORDS = 1 << 18, /* different ones: when a transaction ends with more of them, all are forgotten */
    FIRST_SLOTS = 1 << 12,
};

/* A word in a row. */
struct noted {
    uint32_t word, row, place;
};

/* Where a word stands. */
struct spot {
    uint32_t row, place;
};

struct word {
    uint32_t at, len; /* in `letters`, with SEGMENT_WORDS before it */
    uint32_t hash;
};

struct inverted {
    GByteArray *letters;
    GArray *words;         /* struct word; numbered from 1 */
    uint32_t *slots, mask; /* by hash: numbers of words; 0: free */
    struct noted *notes;
    size_t n_notes, room;
    int64_t first, last;   /* rows noted, rising; a note counts from `first` */
    int64_t rows, tokens;  /* how many more there are than before */
    /* of the row that is noted */
    uint32_t row, place;
    bool begun, leaves;
    const uint32_t *tags;  /* that were not noted yet */
    uint32_t n_tags;
    GArray *tagged;        /* uint32_t, of each word: the stamp of the row that had it for a tag */
    uint32_t stamp;
};

struct inverted *inverted_new(void)
{
    struct inverted *inverted = g_new0(struct inverted, 1);
    inverted->letters = g_byte_array_new();
    inverted->words = g_array_new(FALSE, FALSE, sizeof(struct word));
    inverted->mask = FIRST_SLOTS - 1;
    inverted->slots = g_new0(uint32_t, FIRST_SLOTS);
    g_array_set_size(inverted->words, 1);
    inverted->tagged = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    return inverted;
}

void inverted_free(struct inverted *inverted)
{
    if (!inverted)
        return;
    g_byte_array_unref(inverted->letters);
    g_array_unref(inverted->words);
    g_array_unref(inverted->tagged);
    g_free(inverted->slots);
    g_free(inverted->notes);
    g_free(inverted);
}

/* ---- words and their numbers ---- */

static struct word *word_at(const struct inverted *inverted, uint32_t number)
{
    return &g_array_index(inverted->words, struct word, number);
}

static uint32_t hash_of(struct slice token)
{
    uint64_t hash = token.len * UINT64_C(0x9e3779b97f4a7c15), piece;
    size_t i = 0;
    for (; i + sizeof piece <= token.len; i += sizeof piece) {
        memcpy(&piece, token.ptr + i, sizeof piece);
        hash = (hash ^ piece) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    piece = 0;
    memcpy(&piece, token.ptr + i, token.len - i);
    hash = (hash ^ piece) * UINT64_C(0x9fb21c651e98df25);
    return (uint32_t)(hash >> 32);
}

static void grow_slots(struct inverted *inverted)
{
    uint32_t n = (inverted->mask + 1) * 2;
    g_free(inverted->slots);
    inverted->slots = g_new0(uint32_t, n);
    inverted->mask = n - 1;
    for (uint32_t number = 1; number < inverted->words->len; number++) {
        uint32_t at = word_at(inverted, number)->hash & inverted->mask;
        while (inverted->slots[at])
            at = (at + 1) & inverted->mask;
        inverted->slots[at] = number;
    }
}

static uint32_t new_word(struct inverted *inverted, struct slice token, uint32_t hash)
{
    struct word word = {inverted->letters->len, (uint32_t)token.len + 1, hash};
    g_byte_array_append(inverted->letters, (const uint8_t[]){SEGMENT_WORDS}, 1);
    g_byte_array_append(inverted->letters, (const uint8_t *)token.ptr, (guint)token.len);
    g_array_append_val(inverted->words, word);
    return inverted->words->len - 1;
}

static uint32_t number_of(struct inverted *inverted, struct slice token)
{
    uint32_t hash = hash_of(token), at = hash & inverted->mask, number;
    for (; (number = inverted->slots[at]) != 0; at = (at + 1) & inverted->mask) {
        const struct word *word = word_at(inverted, number);
        if (word->hash == hash && word->len == token.len + 1 && memcmp(inverted->letters->data + word->at + 1, token.ptr, token.len) == 0)
            return number;
    }
    number = inverted->slots[at] = new_word(inverted, token, hash);
    if (inverted->words->len * 2 > inverted->mask)
        grow_slots(inverted);
    return number;
}

/* ---- noting ---- */

static void more_room(struct inverted *inverted)
{
    size_t more = MIN(inverted->room, MOST_NOTES); /* one text may have many more than MOST_NOTES */
    inverted->room += MAX(more, (size_t)1 << 14);
    inverted->notes = g_renew(struct noted, inverted->notes, inverted->room);
}

static inline void note_word(struct inverted *inverted, uint32_t number)
{
    if (inverted->n_notes == inverted->room)
        more_room(inverted);
    inverted->notes[inverted->n_notes++] = (struct noted){number, inverted->row, inverted->leaves ? LEAVES : inverted->place};
}

/* Each once, at the place of the first word. */
static void note_tags(struct inverted *inverted)
{
    if (inverted->tagged->len < inverted->words->len)
        g_array_set_size(inverted->tagged, inverted->words->len);
    inverted->stamp++;
    for (uint32_t i = 0; i < inverted->n_tags; i++) {
        uint32_t *stamp = &g_array_index(inverted->tagged, uint32_t, inverted->tags[i]);
        if (*stamp != inverted->stamp)
            note_word(inverted, inverted->tags[i]);
        *stamp = inverted->stamp;
    }
    inverted->n_tags = 0;
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
    note_word(inverted, number);
    if (inverted->n_tags > 0)
        note_tags(inverted);
    return true;
}

/* Rows are noted rising, each once. */
static bool make_room(struct store *store, int64_t row, GError **error)
{
    const struct inverted *inverted = store->inverted;
    bool fits = inverted->n_notes == 0 || (row > inverted->last && row - inverted->first < UINT32_MAX && inverted->n_notes < MOST_NOTES);
    return fits || inverted_write(store, error);
}

static bool add_row(struct store *store, int64_t row, struct slice text, struct slice told, bool leaves, GError **error)
{
    struct inverted *inverted = store->inverted;
    if (!make_room(store, row, error))
        return false;
    if (inverted->n_notes == 0)
        inverted->first = row;
    inverted->last = row;
    inverted->row = (uint32_t)(row - inverted->first);
    inverted->place = 0;
    inverted->begun = false;
    inverted->leaves = leaves;
    tokenize_indexed(store->tokenizer, text, told, note_token, inverted);
    if (inverted->n_tags > 0) { /* of a text without words */
        inverted->begun = true;
        note_tags(inverted);
    }
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
    return number_of(store->inverted, slice_make(tag, 1 + tag_write(letter, value, tag + 1)));
}

static void forget_notes(struct inverted *inverted)
{
    inverted->n_notes = 0;
    inverted->rows = inverted->tokens = 0;
}

void inverted_end(struct store *store)
{
    struct inverted *inverted = store->inverted;
    forget_notes(inverted);
    if (inverted->words->len <= MOST_WORDS)
        return;
    g_byte_array_set_size(inverted->letters, 0);
    g_array_set_size(inverted->words, 1);
    g_array_set_size(inverted->tagged, 0);
    memset(inverted->slots, 0, (inverted->mask + 1) * sizeof *inverted->slots);
    tokenizer_forget(store->tokenizer);
}

/* ---- turning round ---- */

/* A word by its first letters. */
struct sorted_word {
    uint64_t head; /* the eight behind SEGMENT_WORDS */
    uint32_t number;
};

static struct sorted_word sorted_word(const struct inverted *inverted, uint32_t number)
{
    const struct word *word = word_at(inverted, number);
    uint64_t head = 0;
    memcpy(&head, inverted->letters->data + word->at + 1, MIN(word->len - 1, sizeof head));
    return (struct sorted_word){GUINT64_FROM_BE(head), number};
}

static bool stands_before(const struct inverted *inverted, const struct sorted_word *a, const struct sorted_word *b)
{
    if (a->head != b->head)
        return a->head < b->head;
    const struct word *x = word_at(inverted, a->number), *y = word_at(inverted, b->number);
    int order = memcmp(inverted->letters->data + x->at, inverted->letters->data + y->at, MIN(x->len, y->len));
    return order != 0 ? order < 0 : x->len < y->len;
}

/* Merges two runs that lie one behind the other. */
static void merge_runs(const struct inverted *inverted, const struct sorted_word *from, size_t middle, size_t n, struct sorted_word *into)
{
    size_t a = 0, b = middle;
    while (a < middle && b < n)
        *into++ = stands_before(inverted, &from[b], &from[a]) ? from[b++] : from[a++];
    memcpy(into, from + a, (middle - a) * sizeof *from);
    memcpy(into + (middle - a), from + b, (n - b) * sizeof *from);
}

static void sort_words(const struct inverted *inverted, struct sorted_word *words, size_t n)
{
    g_autofree struct sorted_word *other = g_new(struct sorted_word, n + 1);
    struct sorted_word *from = words, *into = other;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run)
            merge_runs(inverted, from + i, MIN(run, n - i), MIN(2 * run, n - i), into + i);
        struct sorted_word *swap = from;
        from = into;
        into = swap;
    }
    if (from != words)
        memcpy(words, from, n * sizeof *words);
}

/* The words that were noted, in order: GArray of struct sorted_word. counts: of each number. */
static GArray *noted_words(const struct inverted *inverted, uint32_t *counts)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(struct sorted_word));
    for (size_t i = 0; i < inverted->n_notes; i++)
        if (counts[inverted->notes[i].word]++ == 0) {
            struct sorted_word word = sorted_word(inverted, inverted->notes[i].word);
            g_array_append_val(words, word);
        }
    sort_words(inverted, (struct sorted_word *)(void *)words->data, words->len);
    return words;
}

/* All spots, word by word in that order. counts become where each word's spots end. The caller frees them. */
static struct spot *turn_round(const struct inverted *inverted, const GArray *words, uint32_t *counts)
{
    struct spot *spots = g_new(struct spot, inverted->n_notes + 1);
    uint32_t at = 0;
    for (guint i = 0; i < words->len; i++) {
        uint32_t *count = &counts[g_array_index(words, struct sorted_word, i).number], n = *count;
        *count = at;
        at += n;
    }
    for (size_t i = 0; i < inverted->n_notes; i++) {
        const struct noted *note = &inverted->notes[i];
        spots[counts[note->word]++] = (struct spot){note->row, note->place};
    }
    return spots;
}

/* The places in one row, from `spot` on, before them how many bytes they are, doubled, and one more where the row leaves. */
static uint8_t *write_row(uint8_t *at, const struct spot *spot, const struct spot *end)
{
    uint8_t *size = at++, head[10];
    bool leaves = spot->place == LEAVES;
    for (uint32_t place = 0; !leaves && spot < end; place = spot++->place)
        at = segment_number(at, spot->place - place + 2);
    uint64_t bytes = (uint64_t)(at - size - 1) * 2 + leaves;
    size_t more = (size_t)(segment_number(head, bytes) - head);
    if (more > 1)
        memmove(size + more, size + 1, (size_t)(at - size - 1));
    memcpy(size, head, more);
    return at + more - 1;
}

/* Room for a row: the way to it, how many bytes, and the places, of which one takes more than a byte for each 126 that it is behind the one before it. */
static uint8_t *room_for(GByteArray *into, uint8_t *at, const struct spot *spot, const struct spot *end)
{
    enum { NUMBER_BYTES = 10, NEAR = 126 };
    size_t used = into->data ? (size_t)(at - into->data) : 0, places = end[-1].place == LEAVES ? 0 : end[-1].place;
    size_t need = used + 2 * NUMBER_BYTES + (size_t)(end - spot) + places / NEAR;
    if (need > into->len)
        g_byte_array_set_size(into, (guint)MAX(need, MIN(2 * (size_t)into->len, (size_t)G_MAXINT)));
    return into->data + used;
}

/* A word's list: rows, each as far from the one before as it is, and the places in it. */
static struct slice list_of(const struct inverted *inverted, const struct spot *spot, const struct spot *end, GByteArray *into)
{
    uint8_t *at = into->data;
    int64_t before = 0;
    while (spot < end) {
        const struct spot *next = spot + 1;
        while (next < end && next->row == spot->row)
            next++;
        int64_t row = inverted->first + spot->row;
        at = room_for(into, at, spot, next);
        at = segment_number(at, (uint64_t)(row - before));
        at = write_row(at, spot, next);
        before = row;
        spot = next;
    }
    return slice_make((const char *)into->data, (size_t)(at - into->data));
}

static bool write_lists(struct store *store, struct segment *segment, GError **error)
{
    const struct inverted *inverted = store->inverted;
    g_autofree uint32_t *counts = g_new0(uint32_t, inverted->words->len);
    g_autoptr(GArray) words = noted_words(inverted, counts);
    g_autofree struct spot *spots = turn_round(inverted, words, counts);
    g_autoptr(GByteArray) list = g_byte_array_new();
    const struct spot *spot = spots;
    bool ok = true;
    for (guint i = 0; ok && i < words->len; i++) {
        uint32_t number = g_array_index(words, struct sorted_word, i).number;
        const struct spot *end = spots + counts[number];
        const struct word *word = word_at(inverted, number);
        ok = segment_add(segment, slice_make((const char *)inverted->letters->data + word->at, word->len), list_of(inverted, spot, end, list), error);
        spot = end;
    }
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
    bool ok = segment_end(segment, write_lists(store, segment, error), inverted->rows, inverted->tokens, error);
    forget_notes(inverted);
    return ok;
}
