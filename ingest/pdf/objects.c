/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/objects.h"

#include "ingest/pdf/poppler.h"
#include "ingest/pdf/tokens.h"

#include <dlfcn.h>
#include <stddef.h>
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

static struct {
    void (*free)(void *);
    void (*shift)(void *, int);
    void (*add)(void *, void *);
    void *(*new)(size_t);
    void (*delete)(void *);
} own;

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
    poppler_own("_ZN6Object4freeEv", &own.free);
}

void objects_free(void *object)
{
    enum { FREED = 1 << VALUE_NAME | 1 << VALUE_COMMAND, HELD = 1 << VALUE_STRING | 1 << VALUE_HEX_STRING | 1 << VALUE_ARRAY | 1 << VALUE_DICTIONARY | 1 << VALUE_STREAM };
    struct value *value = object;
    unsigned type = 1u << (value->type & 31);
    if (!acting || type & HELD) {
        find_own();
        own.free(object);
        return;
    }
    if (type & FREED)
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

void objects_begin(void)
{
    find_own();
    acting = own.new && own.delete && poppler_is_known();
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
