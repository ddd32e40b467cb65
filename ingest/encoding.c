/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/encoding.h"

#include "base/sorted.h"
#include "ingest/charset_guess.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

enum {
    DETECT_BYTES = 32 * 1024,  /* in which the zeros of UTF-16 are counted */
    CHUNK = 4096,              /* UTF-16 units converted at once */
    CONTROL_PER_MILLE = 20,    /* more control characters than this: no text */
    BROKEN_PER_CHARACTER = 2,  /* damaged UTF-8 has at least so many whole characters beyond ASCII for one broken byte; other charsets hardly have one by chance */
};

/* A control character that text does not have. Tab, line ends, form feed, backspace, substitute (an old end of file) and escape do occur. */
static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != '\b' && c != 0x1A && c != 0x1B;
}

/* Share of the zero bytes that stand at even and odd places: UTF-16 text in Western scripts has nearly all on one side. Returns "UTF-16LE", "UTF-16BE" or NULL. */
static const char *utf16_without_mark(struct slice bytes)
{
    size_t zeros[2] = {0}, n = MIN(bytes.len, DETECT_BYTES) & ~(size_t)1;
    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += bytes.ptr[i] == 0;
    if (n < 8 || bytes.len % 2 != 0)
        return NULL;
    if (zeros[1] * 10 > n * 3 && zeros[0] * 20 < zeros[1])
        return "UTF-16LE";
    return zeros[0] * 10 > n * 3 && zeros[1] * 20 < zeros[0] ? "UTF-16BE" : NULL;
}

static const struct mark_of_order {
    const char *bytes;
    size_t len;
    const char *charset;
} byte_order_marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"}, {"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"},
};

static const struct mark_of_order *byte_order_mark(struct slice bytes)
{
    for (size_t i = 0; i < G_N_ELEMENTS(byte_order_marks); i++)
        if (bytes.len >= byte_order_marks[i].len && memcmp(bytes.ptr, byte_order_marks[i].bytes, byte_order_marks[i].len) == 0)
            return &byte_order_marks[i];
    return NULL;
}

bool encoding_is_text(struct slice head)
{
    if (head.len == 0)
        return false;
    const struct mark_of_order *mark = byte_order_mark(head);
    if ((mark && strcmp(mark->charset, "UTF-8") != 0) || utf16_without_mark(slice_sub(head, 0, head.len & ~(size_t)1)))
        return true;
    size_t controls = 0;
    for (size_t i = 0; i < head.len; i++)
        controls += is_control((unsigned char)head.ptr[i]);
    return controls * 1000 <= head.len * CONTROL_PER_MILLE;
}

/* Says that byte `at` of the text stands at byte `source` of the file. */
static void place(GArray *shifts, uint32_t at, uint32_t source)
{
    const struct shift *last = shifts->len > 0 ? &DOCUMENT_AT(shifts, struct shift, shifts->len - 1) : NULL;
    if (last && last->source + (at - last->clean) == source)
        return;
    struct shift shift = {at, source};
    g_array_append_val(shifts, shift);
}

/* Appends a character made from `used` bytes at `source`. */
static void put(GString *text, GArray *shifts, gunichar c, uint32_t source, uint32_t used)
{
    char utf8[6];
    guint len = (guint)g_unichar_to_utf8(c, utf8);
    for (guint i = 0; i < len; i++)
        place(shifts, (uint32_t)text->len + i, source + MIN(i, used - 1));
    g_string_append_len(text, utf8, (gssize)len);
}

static void broken(struct encoding *ret, uint32_t at)
{
    if (ret->broken++ == 0)
        ret->broken_at = at;
}

static void take(struct encoding *ret, const char *charset, GString *text, GArray *shifts)
{
    ret->charset = g_intern_string(charset);
    ret->text = slice_make(text->str, text->len);
    ret->owned = g_string_free(text, FALSE);
    ret->shifts = shifts;
}

/* What windows-1252 reads a byte as; 0: nothing. */
static gunichar windows_1252(unsigned char c)
{
    static const gunichar upper[32] = {0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
                                       0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178};
    return c >= 0xA0 || c < 0x80 ? c : upper[c - 0x80];
}

/* UTF-8 from `start` on, in which a byte may be broken or NUL. */
static void repair_utf8(struct slice bytes, size_t start, struct encoding *ret)
{
    GString *text = g_string_sized_new(bytes.len + 16);
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(struct shift));
    for (size_t at = start; at < bytes.len;) {
        const char *end;
        g_utf8_validate(bytes.ptr + at, (gssize)(bytes.len - at), &end);
        size_t good = (size_t)(end - bytes.ptr) - at;
        if (good > 0)
            place(shifts, (uint32_t)text->len, (uint32_t)at);
        g_string_append_len(text, bytes.ptr + at, (gssize)good);
        at += good;
        if (at == bytes.len)
            break;
        unsigned char c = (unsigned char)bytes.ptr[at];
        bool alone = c >= 0x80 && (at == 0 || (unsigned char)bytes.ptr[at - 1] < 0x80) && (at + 1 == bytes.len || (unsigned char)bytes.ptr[at + 1] < 0x80);
        gunichar read = alone ? windows_1252(c) : 0;
        broken(ret, (uint32_t)at);
        put(text, shifts, read ? read : 0xFFFD, (uint32_t)at, 1);
        at++;
    }
    take(ret, "UTF-8", text, shifts);
}

/* Any charset that ICU knows, from `start` on; false when it does not know it. */
static bool convert(struct slice bytes, size_t start, const char *charset, struct encoding *ret)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &status);
    g_assert(status != U_MEMORY_ALLOCATION_ERROR); /* no other charset than it is read in else */
    if (U_FAILURE(status))
        return false;
    GString *text = g_string_sized_new(bytes.len * 5 / 4 + 16);
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(struct shift));
    const char *ptr = bytes.ptr + start, *end = bytes.ptr + bytes.len;
    UChar units[CHUNK], high = 0;
    int32_t offsets[CHUNK];
    uint32_t high_at = 0;
    do {
        const char *from = ptr;
        UChar *unit = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &unit, units + CHUNK, &ptr, end, offsets, TRUE, &status);
        size_t n = (size_t)(unit - units);
        for (size_t i = 0; i < n; i++) {
            uint32_t at = offsets[i] >= 0 ? (uint32_t)(from - bytes.ptr + offsets[i]) : high_at;
            uint32_t next = i + 1 < n && offsets[i + 1] >= 0 ? (uint32_t)(from - bytes.ptr + offsets[i + 1]) : (uint32_t)(ptr - bytes.ptr);
            gunichar c = units[i];
            if (U16_IS_LEAD(c)) {
                high = units[i];
                high_at = at;
                continue;
            }
            if (U16_IS_TRAIL(c)) {
                c = high ? (gunichar)U16_GET_SUPPLEMENTARY(high, c) : 0xFFFD;
                at = high ? high_at : at;
            }
            high = 0;
            if (c == 0 || c == 0xFFFD)
                broken(ret, at);
            put(text, shifts, c ? c : 0xFFFD, at, MAX(next, at + 1) - at);
        }
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(converter);
    take(ret, charset, text, shifts);
    return true;
}

/* Whole characters beyond ASCII, and bytes that belong to none. */
static void count_utf8(struct slice bytes, size_t *whole, size_t *bad)
{
    *whole = *bad = 0;
    for (size_t at = 0; at < bytes.len;) {
        const char *end;
        g_utf8_validate(bytes.ptr + at, (gssize)(bytes.len - at), &end);
        for (const char *ptr = bytes.ptr + at; ptr < end; ptr++)
            *whole += (unsigned char)*ptr >= 0xC0;
        at = (size_t)(end - bytes.ptr) + 1;
        *bad += (size_t)(end - bytes.ptr) < bytes.len;
    }
}

/* A declared charset that can be what the bytes are: not UTF-8, which they are not, nor one of two bytes a unit. */
static bool plausible(const char *declared)
{
    return declared && g_ascii_strncasecmp(declared, "utf", 3) != 0 && g_ascii_strncasecmp(declared, "ucs", 3) != 0;
}

bool encoding_decode(struct slice bytes, const char *declared, struct encoding *ret)
{
    *ret = (struct encoding){.charset = "UTF-8", .text = {"", 0}};
    const struct mark_of_order *mark = byte_order_mark(bytes);
    if (mark && strcmp(mark->charset, "UTF-8") != 0)
        return convert(bytes, mark->len, mark->charset, ret);
    size_t start = mark ? mark->len : 0;
    const char *utf16 = mark ? NULL : utf16_without_mark(bytes);
    if (utf16)
        return convert(bytes, 0, utf16, ret);
    if (!encoding_is_text(bytes))
        return false;
    struct slice rest = slice_sub(bytes, start, bytes.len);
    if (g_utf8_validate_len(rest.ptr, rest.len, NULL)) {
        ret->text = rest;
        if (start > 0) {
            ret->shifts = g_array_new(FALSE, FALSE, sizeof(struct shift));
            place(ret->shifts, 0, (uint32_t)start);
        }
        return true;
    }
    size_t whole, bad;
    count_utf8(rest, &whole, &bad);
    if (mark || whole >= bad * BROKEN_PER_CHARACTER || memchr(rest.ptr, 0, rest.len)) {
        repair_utf8(bytes, start, ret);
        return true;
    }
    if (plausible(declared) && convert(bytes, 0, g_ascii_strcasecmp(declared, "ISO-8859-1") == 0 ? "windows-1252" : declared, ret))
        return true;
    if (!convert(bytes, 0, charset_guess(bytes, declared), ret))
        convert(bytes, 0, "windows-1252", ret);
    return true;
}

void encoding_clear(struct encoding *encoding)
{
    g_free(encoding->owned);
    if (encoding->shifts)
        g_array_unref(encoding->shifts);
    *encoding = (struct encoding){.charset = "UTF-8", .text = {"", 0}};
}

uint32_t encoding_source(const struct encoding *encoding, uint32_t at)
{
    if (!encoding->shifts || encoding->shifts->len == 0)
        return at;
    return shift_source(encoding->shifts, at);
}

uint32_t encoding_piece(const struct encoding *encoding, uint32_t from, uint32_t to)
{
    const GArray *shifts = encoding->shifts;
    guint next = shifts ? SORTED_FROM(shifts, struct shift, clean, from + 1) : 0;
    return shifts && next < shifts->len ? MIN(to, DOCUMENT_AT(shifts, struct shift, next).clean) : to;
}

void encoding_append(const struct encoding *encoding, struct document *doc, uint32_t from, uint32_t to)
{
    while (from < to) {
        uint32_t end = encoding_piece(encoding, from, to);
        document_append(doc, slice_sub(encoding->text, from, end), encoding_source(encoding, from));
        from = end;
    }
}

void encoding_warn(const struct encoding *encoding, struct document *doc)
{
    if (encoding->broken > 0)
        document_warn(doc, "bad-utf8", NONE, "%u byte%s no %s, the first at byte %u of the file; read as the nearest character or as �", encoding->broken,
                      encoding->broken == 1 ? " is" : "s are", encoding->charset, encoding->broken_at);
    else if (!g_str_has_prefix(encoding->charset, "UTF-"))
        document_warn(doc, "charset", NONE, "is not UTF-8; read as %s", encoding->charset);
}
