/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/tokens.h"

#include "ingest/pdf/objects.h"
#include "ingest/pdf/poppler.h"
#include "ingest/pdf/streams.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef CITABLE_POPPLER

enum { NAME_MOST = 127, DIGITS_MOST = 9 }; /* a name that Poppler does not warn of; a whole number that is surely an int */

/* Lexer */
struct lexer {
    int looked; /* a byte that was looked at, and taken from the stream; or NOT_LOOKED */
    void *streams;
    int number;
    struct value stream;
};
enum { NOT_LOOKED = -3 };

enum kind { REGULAR, SPACE, DELIMITER };
static const unsigned char kinds[256] = {
    [0] = SPACE,       ['\t'] = SPACE,    ['\n'] = SPACE,    ['\f'] = SPACE,    ['\r'] = SPACE,    [' '] = SPACE,     ['%'] = DELIMITER, ['('] = DELIMITER,
    [')'] = DELIMITER, ['/'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER, ['{'] = DELIMITER, ['}'] = DELIMITER,
};

static void *(*own_next)(void *, void *, int);
static const void *(*own_find_operator)(void *, const char *);
static bool acting;

static void find_own(void)
{
    if (own_next)
        return;
    poppler_own("_ZN3Gfx6findOpEPKc", &own_find_operator);
    poppler_own("_ZN5Lexer6getObjEi", &own_next);
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Each of the functions below reads a token that begins at `at` and returns where it ends: NULL where it is not plain or its end is not in sight. */

static const unsigned char *skip_space(const unsigned char *at, const unsigned char *end)
{
    for (; at < end; at++) {
        if (*at == '%')
            while (at < end && *at != '\r' && *at != '\n')
                at++;
        else if (kinds[*at] != SPACE)
            return at;
    }
    return NULL;
}

/* Poppler's own sums, in its order: what a number is to the last bit depends on them. */
static const unsigned char *read_number(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    bool negative = *at == '-';
    int whole = 0;
    at += *at == '-' || *at == '+';
    const unsigned char *first = at;
    for (; at < end && is_digit(*at); at++)
        if (at - first < DIGITS_MOST)
            whole = whole * 10 + (*at - '0');
    if (at >= end || at - first > DIGITS_MOST)
        return NULL;
    if (*at != '.') {
        ret->type = VALUE_WHOLE;
        ret->is.whole = negative ? -whole : whole;
        return at;
    }
    double real = whole, scale = 0.1;
    for (at++; at < end && is_digit(*at); at++) {
        real = real + scale * (*at - '0');
        scale *= 0.1;
    }
    if (at >= end || *at == '-') /* Poppler passes over a sign there, and warns */
        return NULL;
    ret->type = VALUE_REAL;
    ret->is.real = negative ? -real : real;
    return at;
}

static const unsigned char *put_word(struct value *ret, int type, const unsigned char *word, size_t len, const unsigned char *at)
{
    ret->type = type;
    ret->is.pointer = objects_word(word, len);
    return ret->is.pointer ? at : NULL;
}

static const unsigned char *word_end(const unsigned char *at, const unsigned char *end)
{
    while (at < end && kinds[*at] == REGULAR)
        at++;
    return at < end ? at : NULL;
}

static const unsigned char *read_name(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *name = at + 1, *stop = word_end(name, end);
    if (!stop || stop - name > NAME_MOST || memchr(name, '#', (size_t)(stop - name)))
        return NULL;
    return put_word(ret, VALUE_NAME, name, (size_t)(stop - name), stop);
}

static bool is(const unsigned char *word, size_t len, const char *other)
{
    return len == strlen(other) && memcmp(word, other, len) == 0;
}

static const unsigned char *read_command(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *stop = word_end(at, end);
    size_t len = stop ? (size_t)(stop - at) : 0;
    if (!stop || len > NAME_MOST - 1)
        return NULL;
    bool truth = is(at, len, "true");
    if (!truth && !is(at, len, "false") && !is(at, len, "null"))
        return put_word(ret, VALUE_COMMAND, at, len, stop);
    ret->type = *at == 'n' ? VALUE_NULL : VALUE_BOOLEAN;
    ret->is.truth = truth;
    return stop;
}

static const bool ends_run[256] = {['('] = true, [')'] = true, ['\\'] = true};

/* Behind its last bracket; *escaped: a backslash stands in it. */
static const unsigned char *string_end(const unsigned char *at, const unsigned char *end, bool *escaped)
{
    int depth = 0;
    for (; at < end; at++) {
        if (!ends_run[*at])
            continue;
        if (*at == '(') {
            depth++;
        } else if (*at == ')') {
            if (--depth == 0)
                return at + 1;
        } else {
            *escaped = true;
            at++;
        }
    }
    return NULL;
}

static bool is_octal(unsigned char c)
{
    return c >= '0' && c <= '7';
}

/* What stands behind a backslash, into `to`; both move on. A string's bracket ends it before the end of what is there. */
static const unsigned char *read_escape(const unsigned char *at, char **to)
{
    static const char letters[] = "nrtbf", controls[] = "\n\r\t\b\f";
    const char *letter;
    if (is_octal(*at)) {
        int byte = 0;
        for (int i = 0; i < 3 && is_octal(*at); i++)
            byte = byte * 8 + (*at++ - '0');
        *(*to)++ = (char)byte;
        return at;
    }
    if (*at == '\r') /* a line that goes on */
        return at + (at[1] == '\n' ? 2 : 1);
    if (*at == '\n')
        return at + 1;
    letter = *at ? strchr(letters, *at) : NULL;
    *(*to)++ = letter ? controls[letter - letters] : (char)*at;
    return at + 1;
}

static const unsigned char *read_string(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    bool escaped = false;
    const unsigned char *stop = string_end(at, end, &escaped);
    if (!stop)
        return NULL;
    struct string *string = objects_string(ret, (size_t)(stop - at));
    char *to = string->start;
    at++;
    if (!escaped && to == string->bytes.here && end - at >= (ptrdiff_t)sizeof string->bytes.here) { /* what is behind it is copied, too, and is no part of it */
        memcpy(to, at, sizeof string->bytes.here);
        to += stop - 1 - at;
        at = stop - 1;
    }
    while (at < stop - 1) {
        if (*at != '\\')
            *to++ = (char)*at++;
        else
            at = read_escape(at + 1, &to);
    }
    objects_string_end(string, to);
    return stop;
}

/* Their values and one; 0: no digit. */
static const unsigned char hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['A'] = 11,
    ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

static const unsigned char *read_hex(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    const unsigned char *stop = ++at;
    while (stop < end && (hex_digits[*stop] || kinds[*stop] == SPACE))
        stop++;
    if (stop >= end || *stop != '>')
        return NULL;
    struct string *string = objects_string(ret, (size_t)(stop - at) / 2 + 1);
    char *to = string->start;
    for (; stop - at >= 2 && hex_digits[at[0]] && hex_digits[at[1]]; at += 2)
        *to++ = (char)((hex_digits[at[0]] - 1) << 4 | (hex_digits[at[1]] - 1));
    int first = 0; /* the same, where spaces stand between them, or the last one is missing */
    for (; at < stop; at++) {
        int digit = hex_digits[*at];
        if (digit == 0)
            continue;
        if (first > 0)
            *to++ = (char)((first - 1) << 4 | (digit - 1));
        first = first > 0 ? 0 : digit;
    }
    if (first > 0)
        *to++ = (char)((first - 1) << 4);
    objects_string_end(string, to);
    return stop + 1;
}

static const unsigned char *read_token(struct value *ret, const unsigned char *at, const unsigned char *end)
{
    at = skip_space(at, end);
    if (!at || end - at < 2)
        return NULL;
    if (is_digit(*at) || *at == '-' || *at == '+' || *at == '.')
        return read_number(ret, at, end);
    switch (*at) {
    case '(':
        return read_string(ret, at, end);
    case '/':
        return read_name(ret, at, end);
    case '[':
    case ']':
        return put_word(ret, VALUE_COMMAND, at, 1, at + 1);
    case '<':
        return at[1] == '<' ? put_word(ret, VALUE_COMMAND, at, 2, at + 2) : read_hex(ret, at, end);
    case '>':
        return at[1] == '>' ? put_word(ret, VALUE_COMMAND, at, 2, at + 2) : NULL;
    case ')':
    case '{':
    case '}':
        return NULL;
    default:
        return read_command(ret, at, end);
    }
}

/* object: of the file, beyond 0, whose strings Poppler watches: they may be where another object begins. */
void *tokens_next(void *ret, void *of, int object)
{
    struct lexer *lexer = of;
    find_own();
    struct stream_reading *reading = acting && object <= 0 && lexer->stream.type == VALUE_STREAM ? stream_reading(lexer->stream.is.pointer) : NULL;
    if (!reading)
        return own_next(ret, of, object);
    const unsigned char *at = reading->at;
    if (lexer->looked != NOT_LOOKED && (at == reading->start || *--at != lexer->looked))
        return own_next(ret, of, object);
    const unsigned char *behind = read_token(ret, at, reading->end);
    if (!behind)
        return own_next(ret, of, object);
    lexer->looked = NOT_LOOKED;
    reading->at = behind;
    return ret;
}

/* They are few, and never freed: one that is in the table is the answer for ever. No two of Poppler's own have one place. */
const void *tokens_find_operator(void *gfx, const char *name)
{
    enum { PLACE_BITS = 9, LETTERS_MOST = 3 };
    static struct {
        uint32_t name;
        const void *operator;
    } table[1 << PLACE_BITS];
    uint32_t key = 0;
    unsigned len = 0;
    find_own();
    for (; len <= LETTERS_MOST && name[len] != '\0'; len++)
        key |= (uint32_t)(unsigned char)name[len] << 8 * len;
    if (!acting || len > LETTERS_MOST)
        return own_find_operator(gfx, name);
    unsigned place = key * 0x8A9A021Fu >> (32 - PLACE_BITS);
    if (!table[place].operator || table[place].name != key) {
        const void *found = own_find_operator(gfx, name);
        if (!found)
            return NULL;
        table[place].name = key;
        table[place].operator = found;
    }
    return table[place].operator;
}

void tokens_begin(void)
{
    find_own();
    objects_begin();
    acting = poppler_is_known();
}

void tokens_end(void)
{
    acting = false;
    objects_end();
}

#else

void tokens_begin(void)
{
}

void tokens_end(void)
{
}

#endif
