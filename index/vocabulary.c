/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/vocabulary.h"

#include "index/segment.h"

#include <string.h>

enum { FIRST_SLOTS = 1 << 12 };

struct word {
    uint32_t at, len; /* in `letters`, with SEGMENT_WORDS before it */
    uint32_t hash;
};

/* Most words are told here from others, without a look at their letters. */
struct slot {
    uint64_t head;   /* the first eight letters, zeros behind */
    uint32_t sign;   /* how many letters it has, and of its hash what does not say where it is to be sought */
    uint32_t number; /* 0: free */
};

struct vocabulary {
    GByteArray *letters;
    GArray *words;       /* struct word; there is none at 0 */
    struct slot *slots;  /* by hash */
    uint32_t mask;
};

struct vocabulary *vocabulary_new(void)
{
    struct vocabulary *v = g_new0(struct vocabulary, 1);
    v->letters = g_byte_array_new();
    v->words = g_array_new(FALSE, FALSE, sizeof(struct word));
    v->slots = g_new0(struct slot, FIRST_SLOTS);
    v->mask = FIRST_SLOTS - 1;
    g_array_set_size(v->words, 1);
    return v;
}

void vocabulary_free(struct vocabulary *v)
{
    if (!v)
        return;
    g_byte_array_unref(v->letters);
    g_array_unref(v->words);
    g_free(v->slots);
    g_free(v);
}

static struct word *word_at(const struct vocabulary *v, uint32_t number)
{
    return &g_array_index(v->words, struct word, number);
}

/* Up to seven bytes as a number. */
static uint64_t few_bytes(const char *bytes, size_t n)
{
    uint32_t first, last;
    if (n >= sizeof first) {
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + n - sizeof last, sizeof last);
        return GUINT32_FROM_LE(first) | (uint64_t)GUINT32_FROM_LE(last) << (n - sizeof last) * 8;
    }
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++)
        all |= (uint64_t)(unsigned char)bytes[i] << i * 8;
    return all;
}

static uint64_t eight_bytes(const char *bytes)
{
    uint64_t all;
    memcpy(&all, bytes, sizeof all);
    return GUINT64_FROM_LE(all);
}

static uint64_t hash_of(struct slice word)
{
    uint64_t hash = word.len * UINT64_C(0x9e3779b97f4a7c15);
    size_t i = 0;
    for (; i + sizeof hash <= word.len; i += sizeof hash) {
        hash = (hash ^ eight_bytes(word.ptr + i)) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    hash = (hash ^ few_bytes(word.ptr + i, word.len - i)) * UINT64_C(0x9fb21c651e98df25);
    return hash ^ hash >> 32;
}

static struct slot *free_slot(const struct vocabulary *v, uint32_t hash)
{
    uint32_t at = hash & v->mask;
    while (v->slots[at].number)
        at = (at + 1) & v->mask;
    return &v->slots[at];
}

static void grow_slots(struct vocabulary *v)
{
    g_autofree struct slot *before = v->slots;
    uint32_t n = v->mask + 1;
    v->slots = g_new0(struct slot, (gsize)n * 2);
    v->mask = n * 2 - 1;
    for (uint32_t i = 0; i < n; i++)
        if (before[i].number)
            *free_slot(v, word_at(v, before[i].number)->hash) = before[i];
}

static uint32_t new_word(struct vocabulary *v, struct slice text, uint32_t hash)
{
    struct word word = {v->letters->len, (uint32_t)text.len + 1, hash};
    g_byte_array_append(v->letters, (const uint8_t[]){SEGMENT_WORDS}, 1);
    g_byte_array_append(v->letters, (const uint8_t *)text.ptr, (guint)text.len);
    g_array_append_val(v->words, word);
    return v->words->len - 1;
}

/* Of a word that is longer than a slot's head. */
static bool is_same(const struct vocabulary *v, uint32_t number, struct slice word)
{
    const struct word *known = word_at(v, number);
    return known->len == word.len + 1 && memcmp(v->letters->data + known->at + 1, word.ptr, word.len) == 0;
}

uint32_t vocabulary_number(struct vocabulary *v, struct slice word)
{
    g_assert(word.len <= SEGMENT_WORD_BYTES); /* which its sign has room for */
    uint64_t hash = hash_of(word), head = word.len >= sizeof head ? eight_bytes(word.ptr) : few_bytes(word.ptr, word.len);
    uint32_t place = (uint32_t)(hash >> 32), sign = (uint32_t)hash << 8 | (uint32_t)word.len;
    for (uint32_t at = place & v->mask; v->slots[at].number; at = (at + 1) & v->mask) {
        const struct slot *slot = &v->slots[at];
        if (slot->head == head && slot->sign == sign && (word.len <= sizeof head || is_same(v, slot->number, word)))
            return slot->number;
    }
    uint32_t number = new_word(v, word, place);
    *free_slot(v, place) = (struct slot){head, sign, number};
    if (v->words->len > v->mask / 4 * 3)
        grow_slots(v);
    return number;
}

struct slice vocabulary_word(const struct vocabulary *v, uint32_t number)
{
    const struct word *word = word_at(v, number);
    return slice_make((const char *)v->letters->data + word->at, word->len);
}

uint32_t vocabulary_count(const struct vocabulary *v)
{
    return v->words->len - 1;
}

void vocabulary_keep(struct vocabulary *v, uint32_t n)
{
    if (n >= vocabulary_count(v))
        return;
    g_autofree struct slot *before = v->slots;
    v->slots = g_new0(struct slot, (gsize)v->mask + 1);
    for (uint32_t i = 0; i <= v->mask; i++)
        if (before[i].number && before[i].number <= n)
            *free_slot(v, word_at(v, before[i].number)->hash) = before[i];
    g_byte_array_set_size(v->letters, word_at(v, n + 1)->at);
    g_array_set_size(v->words, n + 1);
}

uint32_t vocabulary_part(struct slice word, uint32_t parts)
{
    const char *stem_ends = memchr(word.ptr, STEM_ENDS, word.len);
    if (stem_ends)
        word.len = (size_t)(stem_ends - word.ptr);
    return (uint32_t)(hash_of(word) % parts);
}

/* ---- in order ---- */

/* A word by its first letters. */
struct sorted_word {
    uint64_t head; /* the eight behind SEGMENT_WORDS, so that a smaller number stands before a larger one */
    uint32_t number;
};

static struct sorted_word sorted_word(const struct vocabulary *v, uint32_t number)
{
    struct slice word = vocabulary_word(v, number);
    uint64_t head = word.len > sizeof head ? eight_bytes(word.ptr + 1) : few_bytes(word.ptr + 1, word.len - 1);
    return (struct sorted_word){GUINT64_SWAP_LE_BE(head), number};
}

static bool stands_before(const struct vocabulary *v, const struct sorted_word *a, const struct sorted_word *b)
{
    if (a->head != b->head)
        return a->head < b->head;
    struct slice x = vocabulary_word(v, a->number), y = vocabulary_word(v, b->number);
    int order = memcmp(x.ptr, y.ptr, MIN(x.len, y.len));
    return order != 0 ? order < 0 : x.len < y.len;
}

/* Merges two runs that lie one behind the other. */
static void merge_runs(const struct vocabulary *v, const struct sorted_word *from, size_t middle, size_t n, struct sorted_word *into)
{
    size_t a = 0, b = middle;
    while (a < middle && b < n)
        *into++ = stands_before(v, &from[b], &from[a]) ? from[b++] : from[a++];
    memcpy(into, from + a, (middle - a) * sizeof *from);
    memcpy(into + (middle - a), from + b, (n - b) * sizeof *from);
}

void vocabulary_sort(const struct vocabulary *v, uint32_t *numbers, size_t n)
{
    g_autofree struct sorted_word *words = g_new(struct sorted_word, n + 1), *other = g_new(struct sorted_word, n + 1);
    for (size_t i = 0; i < n; i++)
        words[i] = sorted_word(v, numbers[i]);
    struct sorted_word *from = words, *into = other;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run)
            merge_runs(v, from + i, MIN(run, n - i), MIN(2 * run, n - i), into + i);
        struct sorted_word *swap = from;
        from = into;
        into = swap;
    }
    for (size_t i = 0; i < n; i++)
        numbers[i] = from[i].number;
}
