/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/objects.h"

#include "ingest/pdf/poppler.h"
#include "ingest/pdf/tokens.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef CITABLE_POPPLER

/* Parser */
struct parser {
    char lexer[184];
    bool streams;
    struct value first, second;
    int picture; /* above 0: within one that stands in the content */
};
G_STATIC_ASSERT(offsetof(struct parser, picture) == 0xE0);

/* Array */
struct array {
    void *xref;
    struct value *start, *end, *room;
};

enum { WORDS = 2048, WORD_ROOM = 8 };

/* Names and operators, each at the place that its bytes make; the first to come stays. */
static char words[WORDS][WORD_ROOM];

static struct {
    void (*free)(void *);
    void (*shift)(void *, int);
    void (*add)(void *, void *);
    void *(*get)(void *, const void *, int, int);
    void *(*new)(size_t);
    void (*delete)(void *);
} own;

static bool known;  /* libpoppler is, and something was read: from then on objects are freed here */
static bool acting;

static void find_own(void)
{
    if (own.free)
        return;
    void *new = dlsym(RTLD_DEFAULT, "_Znwm"), *delete = dlsym(RTLD_DEFAULT, "_ZdlPv"); /* those that Poppler calls */
    memcpy(&own.new, &new, sizeof new);
    memcpy(&own.delete, &delete, sizeof delete);
    poppler_own("_ZN6Parser5shiftEi", &own.shift);
    poppler_own("_ZN5Array3addEO6Object", &own.add);
    poppler_own("_ZNK5Array3getEii", &own.get);
    poppler_own("_ZN6Object4freeEv", &own.free);
}

char *objects_word(const unsigned char *word, size_t len)
{
    uint64_t bytes = 0, other;
    if (len > 0 && len < WORD_ROOM) {
        memcpy(&bytes, word, len);
        char *place = words[bytes * 0x9E3779B97F4A7C15u >> 53];
        memcpy(&other, place, WORD_ROOM);
        if (other == 0)
            memcpy(place, &bytes, WORD_ROOM);
        if (other == 0 || other == bytes)
            return place;
    }
    char *copy = malloc(len + 1);
    if (copy) {
        memcpy(copy, word, len);
        copy[len] = '\0';
    }
    return copy;
}

static bool is_kept(const void *word)
{
    return (uintptr_t)word - (uintptr_t)words < sizeof words;
}

struct string *objects_string(struct value *ret, size_t most)
{
    struct string *string = own.new(sizeof *string);
    string->start = string->bytes.here;
    if (most >= sizeof string->bytes.here) {
        string->start = own.new(most + 1);
        string->bytes.room = most;
    }
    ret->type = VALUE_STRING;
    ret->is.pointer = string;
    return string;
}

void objects_string_end(struct string *string, const char *end)
{
    string->len = (size_t)(end - string->start);
    string->start[string->len] = '\0';
}

void objects_free(void *object)
{
    enum { FREED = 1 << VALUE_NAME | 1 << VALUE_COMMAND, HELD = 1 << VALUE_STRING | 1 << VALUE_HEX_STRING | 1 << VALUE_ARRAY | 1 << VALUE_DICTIONARY | 1 << VALUE_STREAM };
    struct value *value = object;
    unsigned type = 1u << (value->type & 31);
    if (!known || type & HELD) {
        find_own();
        own.free(object);
        return;
    }
    if (type & FREED && !is_kept(value->is.pointer))
        free(value->is.pointer);
    value->type = VALUE_NONE;
}

/* "ID": the bytes of a picture follow. */
static bool begins_picture(const struct value *value)
{
    return value->type == VALUE_COMMAND && strcmp(value->is.pointer, "ID") == 0;
}

void objects_shift(void *of, int object)
{
    struct parser *parser = of;
    if (!acting || parser->picture > 0 || begins_picture(&parser->second)) {
        find_own();
        own.shift(of, object);
        return;
    }
    struct value next;
    objects_free(&parser->first);
    parser->first = parser->second;
    parser->second.type = VALUE_MOVED;
    tokens_next(&next, parser->lexer, object);
    parser->second = next;
}

/* Room for elements: twice as many, and not one at first, but eight. */
static void grow(struct array *array)
{
    enum { FIRST = 8 };
    size_t count = (size_t)(array->end - array->start), room = count ? count * 2 : FIRST;
    struct value *start = own.new(room * sizeof *start);
    if (count)
        memcpy(start, array->start, count * sizeof *start);
    if (array->start)
        own.delete(array->start);
    array->start = start;
    array->end = start + count;
    array->room = start + room;
}

void objects_add(void *of, void *object)
{
    struct array *array = of;
    struct value *element = object;
    if (!acting) {
        find_own();
        own.add(of, object);
        return;
    }
    if (array->end == array->room)
        grow(array);
    *array->end++ = *element;
    element->type = VALUE_MOVED;
}

/* Numbers, and strings that are no longer than most, are copied here. */
void *objects_get(void *ret, const void *of, int i, int recursion)
{
    enum { PLAIN = 1 << VALUE_WHOLE | 1 << VALUE_REAL | 1 << VALUE_BOOLEAN | 1 << VALUE_NULL };
    const struct array *array = of;
    find_own();
    if (!acting || i < 0 || i >= array->end - array->start)
        return own.get(ret, of, i, recursion);
    const struct value *element = &array->start[i];
    const struct string *string = element->is.pointer;
    if (1u << (element->type & 31) & PLAIN) {
        *(struct value *)ret = *element;
    } else if (element->type == VALUE_STRING && string->len < sizeof string->bytes.here) {
        struct string *copy = objects_string(ret, string->len);
        memcpy(copy->start, string->start, string->len);
        objects_string_end(copy, copy->start + string->len);
    } else {
        return own.get(ret, of, i, recursion);
    }
    return ret;
}

void objects_begin(void)
{
    find_own();
    known = acting = own.new && own.delete && poppler_is_known();
}

void objects_end(void)
{
    acting = false;
}

#else

void objects_begin(void)
{
}

void objects_end(void)
{
}

#endif
