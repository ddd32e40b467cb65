/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

#include "extract/token_hash.h"

/* Latin letters with diacritics, U+00C0 … U+024F, folded once; 0 = not one base letter. */
enum { FOLD_FIRST = 0xC0, FOLD_LAST = 0x24F };
static char folds[FOLD_LAST - FOLD_FIRST + 1];

static void folds_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    for (gunichar c = FOLD_FIRST; c <= FOLD_LAST; c++) {
        gunichar parts[8];
        if (g_unichar_fully_decompose(g_unichar_tolower(c), FALSE, parts, G_N_ELEMENTS(parts)) > 1 && parts[0] >= 'a' && parts[0] <= 'z')
            folds[c - FOLD_FIRST] = (char)parts[0];
    }
    g_once_init_leave(&done, 1);
}

enum { FOLD_BYTES = 256, FOLD_ROOM = 6 }; /* longer words share the hash of their first bytes; a reader of the hash compares the text */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte)) /* the same byte eight times */

/* Eight bytes of ASCII, their capitals made small. */
static inline uint64_t lower_eight(uint64_t bytes)
{
    uint64_t capitals = (bytes + EACH(0x80 - 'A')) & ~(bytes + EACH(0x7f - 'Z')) & EACH(0x80);
    return bytes | capitals >> 2;
}

/* As many of the bytes [p, end) as are ASCII and come in eights, or are the last ones; folded has room for eight more bytes than are taken. */
static inline size_t fold_plain(const char *p, const char *end, char *folded, size_t room)
{
    size_t len = 0;
    for (size_t left = (size_t)(end - p); left > 0 && len + sizeof(uint64_t) <= room;) {
        size_t n = MIN(left, sizeof(uint64_t));
        uint64_t bytes = n == sizeof bytes ? load_eight(p + len) : load_few(p + len, n);
        if (bytes & EACH(0x80))
            break;
        bytes = GUINT64_TO_LE(lower_eight(bytes));
        memcpy(folded + len, &bytes, sizeof bytes);
        len += n;
        left -= n;
    }
    return len;
}

size_t token_fold(struct slice text, char *folded, size_t size)
{
    folds_init();
    size_t len = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end && len + FOLD_ROOM < size;) {
        size_t plain = fold_plain(p, end, folded + len, size - len - FOLD_ROOM);
        p += plain;
        len += plain;
        if (p == end || len + FOLD_ROOM >= size)
            break;
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            folded[len++] = (char)g_ascii_tolower(*p++);
            continue;
        }
        gunichar c = g_utf8_get_char(p);
        p = g_utf8_next_char(p);
        if (is_mark(c))
            continue;
        if (c == 0x2019)
            folded[len++] = '\'';
        else if (c >= FOLD_FIRST && c <= FOLD_LAST && folds[c - FOLD_FIRST])
            folded[len++] = folds[c - FOLD_FIRST];
        else
            len += (size_t)g_unichar_to_utf8(g_unichar_tolower(c), folded + len);
    }
    return len;
}

uint32_t token_hash_folded(const char *folded, size_t len)
{
    uint64_t hash = HASH_START;
    for (; len > sizeof hash; folded += sizeof hash, len -= sizeof hash)
        hash = hash_step(hash, load_eight(folded));
    return hash_end(hash_step(hash, load_few(folded, len)));
}

uint32_t token_hash(struct slice text)
{
    char folded[FOLD_BYTES];
    return token_hash_folded(folded, token_fold(text, folded, sizeof folded));
}
