/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strings.h"

/*  A text is written where the next string would stand, and stays there if there was none like it:
 *
 *    block  killed\0people\0families\0 …        at, left: what is free of the last block
 *    slots  open addressing, hash → the string */

enum { BLOCK_BYTES = 4096, FIRST_SLOTS = 1024, WORD = 8 };

struct slot {
    const char *string; /* NULL: free */
    uint32_t hash, len;
};

struct block {
    struct block *next;
    char bytes[];
};

struct strings {
    struct block *blocks;
    char *at;
    size_t left;
    struct slot *slots;
    uint32_t n, mask;
};

struct strings *strings_new(void)
{
    struct strings *strings = g_new0(struct strings, 1);
    strings->slots = g_new0(struct slot, FIRST_SLOTS);
    strings->mask = FIRST_SLOTS - 1;
    return strings;
}

void strings_free(struct strings *strings)
{
    if (!strings)
        return;
    for (struct block *next, *block = strings->blocks; block; block = next) {
        next = block->next;
        g_free(block);
    }
    g_free(strings->slots);
    g_free(strings);
}

/* Room for a text of so many bytes, its end, and zeros to hash it eight bytes at a time. */
static char *room(struct strings *strings, size_t len)
{
    size_t needed = len + 2 * WORD;
    if (strings->left < needed) {
        strings->left = MAX(needed, BLOCK_BYTES);
        struct block *block = g_malloc(sizeof *block + strings->left);
        block->next = strings->blocks;
        strings->blocks = block;
        strings->at = block->bytes;
    }
    return strings->at;
}

static uint32_t hash_of(const char *text, size_t len)
{
    uint64_t hash = len, eight;
    for (size_t i = 0; i < len; i += WORD) {
        memcpy(&eight, text + i, sizeof eight);
        hash = (hash ^ eight) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return (uint32_t)(hash ^ hash >> 15);
}

static void grow(struct strings *strings)
{
    struct slot *old = strings->slots;
    uint32_t n = strings->mask + 1;
    strings->mask = 2 * n - 1;
    strings->slots = g_new0(struct slot, 2 * (size_t)n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = old[i].hash & strings->mask;
        while (old[i].string && strings->slots[at].string)
            at = (at + 1) & strings->mask;
        if (old[i].string)
            strings->slots[at] = old[i];
    }
    g_free(old);
}

/* Keeps the `len` bytes that were written to the room. */
static const char *keep(struct strings *strings, size_t len)
{
    char *text = strings->at;
    memset(text + len, 0, WORD);
    uint32_t hash = hash_of(text, len), i = hash & strings->mask;
    for (; strings->slots[i].string; i = (i + 1) & strings->mask)
        if (strings->slots[i].hash == hash && strings->slots[i].len == len && memcmp(strings->slots[i].string, text, len) == 0)
            return strings->slots[i].string;
    strings->slots[i] = (struct slot){text, hash, (uint32_t)len};
    strings->at += len + 1;
    strings->left -= len + 1;
    if (++strings->n > strings->mask / 2)
        grow(strings);
    return text;
}

const char *strings_keep(struct strings *strings, struct slice text)
{
    g_assert(text.len < UINT32_MAX);
    char *to = room(strings, text.len);
    if (text.len > 0)
        memcpy(to, text.ptr, text.len);
    return keep(strings, text.len);
}

/* Writes a byte behind the first *len, but no white space behind white space (*before), or at the start. Without a branch: where words end is not foreseen. */
static inline void heal(char *to, size_t *len, unsigned char c, bool *before)
{
    static const uint64_t spaces = UINT64_C(1) << ' ' | 1u << '\t' | 1u << '\n' | 1u << '\f' | 1u << '\r'; /* g_ascii_isspace, as a set */
    bool space = c <= ' ' && (spaces >> (c & 63) & 1);
    to[*len] = (char)(space ? ' ' : c);
    *len += !(space && *before);
    *before = space;
}

/* Is there nothing to heal in eight bytes: no control character, no space behind another? *before: does a space end them? */
static inline bool is_whole(uint64_t eight, bool *before)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), low = 0x7f * ones;
    uint64_t printed = (eight >> 5 | eight >> 6 | eight >> 7) & ones;
    uint64_t other = eight ^ ' ' * ones, spaces = ~(((other & low) + low) | other | low); /* the high bit of each byte that is a space */
    bool doubled = spaces & (spaces << 8 | (*before ? 0x80 : 0));
    if (printed != ones || doubled)
        return false;
    *before = spaces >> 63;
    return true;
}

/* Writes a text behind the first *len bytes: eight at a time for as long as there is nothing to heal. */
static void heal_text(char *to, size_t *len, struct slice text, bool *before)
{
    size_t i = 0;
    for (uint64_t eight; i + WORD <= text.len; i += WORD) {
        memcpy(&eight, text.ptr + i, sizeof eight);
        if (!is_whole(GUINT64_FROM_LE(eight), before))
            break;
        memcpy(to + *len, &eight, sizeof eight);
        *len += WORD;
    }
    for (; i < text.len; i++)
        heal(to, len, (unsigned char)text.ptr[i], before);
}

const char *strings_keep_healed(struct strings *strings, const struct slice *texts, size_t n)
{
    size_t most = 0, len = 0;
    for (size_t i = 0; i < n; i++)
        most += texts[i].len;
    g_assert(most < UINT32_MAX);
    char *to = room(strings, most);
    bool before = true; /* white space, or nothing, stands before */
    for (size_t i = 0; i < n; i++)
        heal_text(to, &len, texts[i], &before);
    return keep(strings, len - (len > 0 && before));
}
