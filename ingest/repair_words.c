/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repair_words.h"

enum { FIRST_BITS = 10 }; /* room for words at first */

struct seen {
    uint64_t hash; /* 0 = free */
    unsigned count;
};

struct repair_words {
    struct seen *seen; /* a table with open addressing, at most half full */
    unsigned bits;     /* of its size */
    size_t used;
};

struct repair_words *repair_words_new(void)
{
    struct repair_words *words = g_new0(struct repair_words, 1);
    words->bits = FIRST_BITS;
    words->seen = g_new0(struct seen, (gsize)1 << FIRST_BITS);
    return words;
}

void repair_words_free(struct repair_words *words)
{
    if (!words)
        return;
    g_free(words->seen);
    g_free(words);
}

uint64_t word_hash(const char *small, size_t len)
{
    uint64_t hash = UINT64_C(14695981039346656037), eight;
    for (;; small += 8, len -= 8) {
        memcpy(&eight, small, sizeof eight);
        eight = GUINT64_FROM_LE(eight);
        if (len <= 8)
            eight &= UINT64_MAX >> (64 - 8 * len); /* what follows is none of the word */
        hash = (hash ^ eight) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
        if (len <= 8)
            return hash;
    }
}

void word_key_add(struct word_key *key, struct slice piece)
{
    for (const char *ptr = piece.ptr, *end = slice_end(piece); ptr < end && key->len + 8 < sizeof key->bytes; ptr = g_utf8_next_char(ptr)) {
        if ((unsigned char)*ptr < 0x80)
            key->bytes[key->len++] = (char)(*ptr | (*ptr >= 'A' && *ptr <= 'Z' ? 0x20 : 0));
        else
            key->len += (size_t)g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(ptr)), key->bytes + key->len);
    }
}

uint64_t word_key_hash(const struct word_key *key)
{
    return key->len > 0 ? word_hash(key->bytes, key->len) : 0;
}

/* Where the word of a hash is, or would come. */
static struct seen *find_word(const struct repair_words *words, uint64_t hash)
{
    size_t mask = ((size_t)1 << words->bits) - 1, slot = (size_t)hash & mask;
    while ((words->seen[slot].hash != 0) & (words->seen[slot].hash != hash)) /* one branch, for no one foresees which of both holds */
        slot = (slot + 1) & mask;
    return &words->seen[slot];
}

static void make_room(struct repair_words *words)
{
    g_autofree struct seen *before = words->seen;
    size_t size = (size_t)1 << words->bits++;
    words->seen = g_new0(struct seen, 2 * size);
    for (size_t i = 0; i < size; i++)
        if (before[i].hash)
            *find_word(words, before[i].hash) = before[i];
}

void repair_words_count(struct repair_words *words, uint64_t hash)
{
    struct seen *word = find_word(words, hash);
    if (hash == 0)
        return;
    if (word->hash == 0) {
        word->hash = hash;
        if (++words->used * 2 > (size_t)1 << words->bits) {
            make_room(words);
            word = find_word(words, hash);
        }
    }
    word->count++;
}

unsigned repair_words_counted(const struct repair_words *words, uint64_t hash)
{
    return find_word(words, hash)->count;
}
