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
    int references; /* counted atomically, as its objects may go from thread to thread */
};
G_STATIC_ASSERT(offsetof(struct array, references) == 0x20);
G_STATIC_ASSERT(sizeof(struct string) == 0x20);

enum {
    WORDS = 2048,
    WORD_ROOM = 8,
    FIRST_ROOM = 8,     /* elements of an array */
    ROOMS = 4,          /* 8, 16, 32, 64 */
    SPARE_MOST = 1024,  /* of one size */
};

/* Names and operators, each at the place that its bytes make; the first to come stays. */
static char words[WORDS][WORD_ROOM];

/* Blocks of one size that are not in use; each begins with where the next one is. Most strings and arrays live as long as one operator. */
struct spares {
    void *first;
    unsigned count;
};
static struct spares spare_strings, spare_rooms[ROOMS];

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

static void *take(struct spares *spares, size_t size)
{
    void *block = spares->first;
    if (!block)
        return own.new(size);
    memcpy(&spares->first, block, sizeof block);
    spares->count--;
    return block;
}

static void put(struct spares *spares, void *block)
{
    if (!acting || spares->count == SPARE_MOST) {
        own.delete(block);
        return;
    }
    memcpy(block, &spares->first, sizeof block);
    spares->first = block;
    spares->count++;
}

static void clear(struct spares *spares)
{
    while (spares->first)
        own.delete(take(spares, 0));
}

/* Those for elements of arrays that have room for so many; NULL: of a size that is not kept. */
static struct spares *spares_of(size_t room)
{
    for (unsigned i = 0; i < ROOMS; i++)
        if (room == (size_t)FIRST_ROOM << i)
            return &spare_rooms[i];
    return NULL;
}

char *objects_word(const unsigned char *word, size_t len)
{
    uint64_t bytes = 0, other;
    if (len > 0 && len < WORD_ROOM) {
        for (size_t i = 0; i < len; i++) /* of one or two, mostly */
            bytes |= (uint64_t)word[i] << 8 * i;
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
    struct string *string = take(&spare_strings, sizeof *string);
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

static void free_string(struct string *string)
{
    if (!string)
        return;
    if (string->start != string->bytes.here)
        own.delete(string->start);
    put(&spare_strings, string);
}

static void put_elements(struct array *array)
{
    struct spares *spares = spares_of((size_t)(array->room - array->start));
    if (spares)
        put(spares, array->start);
    else if (array->start)
        own.delete(array->start);
}

static void release(struct value *value);

/* Most are numbers, and hold nothing. */
static bool holds(const struct value *value)
{
    enum {
        HOLD = 1 << VALUE_STRING | 1 << VALUE_HEX_STRING | 1 << VALUE_NAME | 1 << VALUE_COMMAND | 1 << VALUE_ARRAY | 1 << VALUE_DICTIONARY | 1 << VALUE_STREAM
    };
    return 1u << (value->type & 31) & HOLD;
}

/* One that nobody else holds is empty when Poppler deletes it. */
static void free_array(struct value *value)
{
    struct array *array = value->is.pointer;
    if (__atomic_load_n(&array->references, __ATOMIC_ACQUIRE) == 1) {
        for (struct value *element = array->start; element < array->end; element++)
            if (holds(element))
                release(element);
        put_elements(array);
        array->start = array->end = array->room = NULL;
    }
    own.free(value);
}

G_GNUC_NO_INLINE static void release(struct value *value)
{
    if (!known) {
        find_own();
        own.free(value);
        return;
    }
    switch (value->type) {
    case VALUE_NAME:
    case VALUE_COMMAND:
        if (!is_kept(value->is.pointer))
            free(value->is.pointer);
        break;
    case VALUE_STRING:
    case VALUE_HEX_STRING:
        free_string(value->is.pointer);
        break;
    case VALUE_ARRAY:
        free_array(value);
        break;
    default:
        own.free(value);
    }
}

void objects_free(void *object)
{
    struct value *value = object;
    if (holds(value))
        release(value);
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
    size_t count = (size_t)(array->end - array->start), room = count ? count * 2 : FIRST_ROOM;
    struct spares *spares = spares_of(room);
    struct value *start = spares ? take(spares, room * sizeof *start) : own.new(room * sizeof *start);
    if (count)
        memcpy(start, array->start, count * sizeof *start);
    put_elements(array);
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
        if (string->start == string->bytes.here)
            copy->bytes = string->bytes;
        else
            memcpy(copy->bytes.here, string->start, string->len + 1);
        copy->len = string->len;
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
    clear(&spare_strings);
    for (unsigned i = 0; i < ROOMS; i++)
        clear(&spare_rooms[i]);
}

#else

void objects_begin(void)
{
}

void objects_end(void)
{
}

#endif
