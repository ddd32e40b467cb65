/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/streams.h"

#include "ingest/pdf/inflate.h"
#include "ingest/pdf/poppler.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static struct streams_taken taken;

#ifdef CITABLE_POPPLER

/* The virtual functions of a Stream, in the order of their table. */
enum slot {
    DESTROY = 0,
    DELETE,
    RESET = 3,
    GET_CHAR = 5,
    LOOK_CHAR,
    GET_RAW_CHAR,
    GET_RAW_CHARS,
    UNFILTERED_RESET = 10,
    GET_CHARS = 25,
    SLOTS,
};

/* A table of virtual functions, as the C++ ABI lays it out; objects point to its first function. */
struct class {
    const char *ignored, *name;
};
struct table {
    ptrdiff_t top;
    const struct class *class;
    void (*functions[SLOTS])(void);
};

/* A Stream over bytes in memory (BaseMemStream<const char>), */
struct memory {
    const void *functions;
    int references;
    int64_t length;
    struct {
        int type;
        void *dict;
    } dict;
    const char *bytes;
    int64_t start;
    const char *end, *at;
};

/* and one that inflates another (FlateStream). */
struct stream {
    const void *functions;
    int references;
    struct memory *from;
    void *predictor;
    struct stream_reading reading; /* the first bytes of its window of 32 kB: cleared by its constructor, and used by no function but those replaced */
};

static void *(*own_make_filter)(void *, const char *, void *, void *, int, void *);
static struct table own, plain, predicted;
static bool acting;
static const char *file_start, *file_end;

static const struct table *table_of(const void *object)
{
    const void *functions;
    memcpy(&functions, object, sizeof functions);
    return (const struct table *)(const void *)((const char *)functions - offsetof(struct table, functions));
}

static bool is_a(const void *object, const char *class)
{
    return strcmp(table_of(object)->class->name, class) == 0;
}

static void give_back(struct stream *stream)
{
    inflate_release(stream->reading.held);
    stream->reading = (struct stream_reading){0};
    stream->functions = own.functions;
}

static void reset(struct stream *stream)
{
    const struct memory *from = stream->from;
    if (!stream->reading.held) {
        const struct inflated *held = inflate_hold(from->bytes + from->start, (size_t)from->length, INFLATE_POPPLER);
        if (!held) {
            taken.given_back++;
            give_back(stream);
            ((void (*)(struct stream *))own.functions[RESET])(stream);
            return;
        }
        const unsigned char *start = (const unsigned char *)held->start;
        stream->reading = (struct stream_reading){held, start, start, start + held->size};
    }
    stream->reading.at = stream->reading.start;
}

/* Nothing is read behind it but what is packed. */
static void unfiltered_reset(struct stream *stream)
{
    stream->reading.at = stream->reading.end;
    ((void (*)(struct stream *))own.functions[UNFILTERED_RESET])(stream);
}

static int look_char(struct stream *stream)
{
    return stream->reading.at < stream->reading.end ? *stream->reading.at : EOF;
}

static int get_char(struct stream *stream)
{
    return stream->reading.at < stream->reading.end ? *stream->reading.at++ : EOF;
}

static void get_raw_chars(struct stream *stream, int count, int *ret)
{
    for (int i = 0; i < count; i++)
        ret[i] = get_char(stream);
}

static int get_chars(struct stream *stream, int count, unsigned char *ret)
{
    struct stream_reading *reading = &stream->reading;
    if (count <= 0)
        return count;
    if (reading->end - reading->at < count)
        count = (int)(reading->end - reading->at);
    if (count > 0)
        memcpy(ret, reading->at, (size_t)count);
    reading->at += count;
    return count;
}

static void destroy(struct stream *stream)
{
    give_back(stream);
    ((void (*)(struct stream *))own.functions[DESTROY])(stream);
}

static void delete(struct stream *stream)
{
    give_back(stream);
    ((void (*)(struct stream *))own.functions[DELETE])(stream);
}

/* A predictor reads raw characters, and is asked by Poppler's own functions for the others. */
static void make_tables(const struct table *table)
{
    own = predicted = *table;
    predicted.functions[DESTROY] = (void (*)(void))destroy;
    predicted.functions[DELETE] = (void (*)(void))delete;
    predicted.functions[RESET] = (void (*)(void))reset;
    predicted.functions[GET_RAW_CHAR] = (void (*)(void))get_char;
    predicted.functions[GET_RAW_CHARS] = (void (*)(void))get_raw_chars;
    predicted.functions[UNFILTERED_RESET] = (void (*)(void))unfiltered_reset;
    plain = predicted;
    plain.functions[GET_CHAR] = (void (*)(void))get_char;
    plain.functions[LOOK_CHAR] = (void (*)(void))look_char;
    plain.functions[GET_CHARS] = (void (*)(void))get_chars;
}

/* Bytes of the file, whose fields agree. */
static bool is_of_file(const struct memory *from)
{
    return is_a(from, "13BaseMemStreamIKcE") && from->bytes == file_start && from->start >= 0 && from->length >= 0 && from->start <= file_end - file_start
           && from->length <= file_end - file_start - from->start && from->bytes + from->start + from->length == from->end;
}

void *streams_make_filter(void *stream, const char *name, void *from, void *params, int recursion, void *dict)
{
    if (!own_make_filter)
        poppler_own("_ZN6Stream10makeFilterEPKcPS_P6ObjectiP4Dict", &own_make_filter);
    struct stream *made = own_make_filter(stream, name, from, params, recursion, dict);
    if (!acting || !made || made == from || !is_a(made, "11FlateStream") || made->from != from || !is_of_file(from))
        return made;
    if (!own.class)
        make_tables(table_of(made));
    taken.streams++;
    made->functions = made->predictor ? predicted.functions : plain.functions;
    return made;
}

struct stream_reading *stream_reading(void *stream)
{
    struct stream *known = stream;
    return known->functions == plain.functions && known->reading.held ? &known->reading : NULL;
}

void streams_begin(GBytes *file)
{
    gsize size;
    taken = (struct streams_taken){0};
    inflate_begin(file);
    file_start = g_bytes_get_data(file, &size);
    file_end = size > 0 ? file_start + size : file_start; /* of no bytes there is no place */
    acting = poppler_is_known();
}

void streams_end(void)
{
    acting = false;
    inflate_end();
}

#else

void streams_begin(GBytes *file)
{
    inflate_begin(file);
}

void streams_end(void)
{
    inflate_end();
}

struct stream_reading *stream_reading(G_GNUC_UNUSED void *stream)
{
    return NULL;
}

#endif

struct streams_taken streams_taken(void)
{
    return taken;
}
