/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/sentence_break.h"

#include "base/bytes.h"

#include <glib.h>
#include <stdbool.h>
#include <unicode/uchar.h>

/* USentenceBreak of ASCII: ICU is asked of other characters alone, and a program that asks none need not load it. */
static const uint8_t ascii[128] = {
    ['\t'] = U_SB_SP, ['\n'] = U_SB_LF, ['\v'] = U_SB_SP, ['\f'] = U_SB_SP, ['\r'] = U_SB_CR, [' '] = U_SB_SP, ['!'] = U_SB_STERM, ['?'] = U_SB_STERM, ['.'] = U_SB_ATERM,
    [','] = U_SB_SCONTINUE, ['-'] = U_SB_SCONTINUE, [':'] = U_SB_SCONTINUE, ['"'] = U_SB_CLOSE, ['\''] = U_SB_CLOSE, ['('] = U_SB_CLOSE, [')'] = U_SB_CLOSE, ['['] = U_SB_CLOSE,
    [']'] = U_SB_CLOSE, ['{'] = U_SB_CLOSE, ['}'] = U_SB_CLOSE, ['0'] = U_SB_NUMERIC, ['1'] = U_SB_NUMERIC, ['2'] = U_SB_NUMERIC, ['3'] = U_SB_NUMERIC, ['4'] = U_SB_NUMERIC,
    ['5'] = U_SB_NUMERIC, ['6'] = U_SB_NUMERIC, ['7'] = U_SB_NUMERIC, ['8'] = U_SB_NUMERIC, ['9'] = U_SB_NUMERIC,
};

static uint8_t class_of(gunichar c)
{
    if (c >= 0x80)
        return (uint8_t)u_getIntPropertyValue((UChar32)c, UCHAR_SENTENCE_BREAK);
    return g_ascii_islower((char)c) ? U_SB_LOWER : g_ascii_isupper((char)c) ? U_SB_UPPER : ascii[c];
}

static bool is_separator(uint8_t class)
{
    return class == U_SB_SEP || class == U_SB_CR || class == U_SB_LF;
}

static bool is_terminator(uint8_t class)
{
    return class == U_SB_ATERM || class == U_SB_STERM;
}

/* May a stop or separator begin with these bytes? One of few below "@", or the first byte of a character from U+0080 on, but for most Latin letters and those up to
 * the Armenian stop. */
static bytes16 may_stop(bytes16 b)
{
    bytes16 ascii_stop = (bytes16)(b == '.') | (bytes16)(b == '?') | (bytes16)(b == '!') | (bytes16)(b == '\n') | (bytes16)(b == '\r');
    return ascii_stop | (bytes16)(b == 0xC2) | bytes_within(b, 0xD6, 0x100 - 0xD6);
}

/* Where the first character from `at` on is that may be a stop or separator; `end` = there is none. */
static uint32_t find_stop(const char *text, uint32_t at, uint32_t end)
{
    enum { NEXT_LINE = 0x85, ARMENIAN_STOP = 0x589, DASHES = 0x2010, DOT_LEADER = 0x2024 }; /* the first ones that are not ASCII; none between dashes and quotes */
    while (at < end) {
        bytes16 b = {0};
        uint32_t n = MIN(end - at, (uint32_t)sizeof b);
        if (n == sizeof b)
            b = bytes_at(text + at);
        else
            memcpy(&b, text + at, n);
        for (uint64_t bits = bytes_bits(may_stop(b)); bits; bits &= bits - 1) {
            uint32_t here = at + (uint32_t)__builtin_ctzll(bits);
            gunichar c = (unsigned char)text[here] < 0x80 ? 0 : g_utf8_get_char(text + here);
            if (c == 0 || c == NEXT_LINE || (c >= ARMENIAN_STOP && (c < DASHES || c >= DOT_LEADER)))
                return here;
        }
        at += n;
    }
    return end;
}

/* A place in a text, and what stands there: a character with the marks that belong to it. */
struct cursor {
    const char *text;
    uint32_t at, next, end;
    uint8_t class; /* USentenceBreak; at the end U_SB_OTHER, which no rule asks for */
};

static gunichar decode(const char *text, uint32_t at, uint32_t *next)
{
    const char *ptr = text + at;
    *next = (uint32_t)(g_utf8_next_char(ptr) - text);
    return (unsigned char)*ptr < 0x80 ? (unsigned char)*ptr : g_utf8_get_char(ptr);
}

/* Reads what stands at `at`. */
static void read_at(struct cursor *cursor, uint32_t at)
{
    cursor->at = cursor->next = at;
    cursor->class = U_SB_OTHER;
    if (at >= cursor->end)
        return;
    cursor->class = class_of(decode(cursor->text, at, &cursor->next));
    for (uint32_t next; cursor->next < cursor->end && !is_separator(cursor->class); cursor->next = next) {
        uint8_t mark = class_of(decode(cursor->text, cursor->next, &next));
        if (mark != U_SB_EXTEND && mark != U_SB_FORMAT)
            break;
    }
}

static void step(struct cursor *cursor)
{
    read_at(cursor, cursor->next);
}

/* The class of the character before `at`, in the sentence that begins at `from`. */
static uint8_t class_before(const char *text, uint32_t from, uint32_t at)
{
    uint8_t class = U_SB_OTHER;
    while (at > from) {
        at = (uint32_t)(g_utf8_prev_char(text + at) - text);
        class = class_of(g_utf8_get_char(text + at));
        if (class != U_SB_EXTEND && class != U_SB_FORMAT)
            break;
    }
    return class;
}

/* Does a small letter follow, before any other letter or end (SB8)? */
static bool goes_on_small(struct cursor cursor)
{
    while (cursor.at < cursor.end && cursor.class != U_SB_OLETTER && cursor.class != U_SB_UPPER && cursor.class != U_SB_LOWER && !is_separator(cursor.class) && !is_terminator(cursor.class))
        step(&cursor);
    return cursor.at < cursor.end && cursor.class == U_SB_LOWER;
}

/* Behind a separator; CR and LF are one (SB3). */
static uint32_t behind_separator(struct cursor *cursor)
{
    bool cr = cursor->class == U_SB_CR;
    step(cursor);
    return cr && cursor->class == U_SB_LF ? cursor->next : cursor->at;
}

/* The cursor stands at a stop. True: the sentence ends at *ret; false: it goes on, from where the cursor stands then. */
static bool ends_at_stop(struct cursor *cursor, uint32_t from, uint32_t *ret)
{
    bool full = cursor->class == U_SB_ATERM;
    uint32_t stop = cursor->at;
    step(cursor);
    if (full && cursor->class == U_SB_NUMERIC) /* SB6 */
        return false;
    if (full && cursor->class == U_SB_UPPER) { /* SB7 */
        uint8_t before = class_before(cursor->text, from, stop);
        if (before == U_SB_UPPER || before == U_SB_LOWER)
            return false;
    }
    while (cursor->class == U_SB_CLOSE) /* SB9 */
        step(cursor);
    while (cursor->class == U_SB_SP) /* SB10 */
        step(cursor);
    if (cursor->class == U_SB_SCONTINUE || is_terminator(cursor->class)) /* SB8a */
        return false;
    if (full && goes_on_small(*cursor))
        return false;
    *ret = is_separator(cursor->class) ? behind_separator(cursor) : cursor->at; /* SB11 */
    return true;
}

uint32_t sentence_break(const char *text, uint32_t from, uint32_t end)
{
    struct cursor cursor = {.text = text, .end = end};
    for (uint32_t at = find_stop(text, from, end), ret; at < end; at = find_stop(text, at, end)) {
        read_at(&cursor, at);
        if (is_separator(cursor.class)) /* SB4 */
            return behind_separator(&cursor);
        if (!is_terminator(cursor.class))
            at = cursor.next;
        else if (ends_at_stop(&cursor, from, &ret))
            return ret;
        else
            at = cursor.at;
    }
    return end;
}
