/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_OBJECTS_H
#define CITABLE_INGEST_PDF_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

/*  Each token of a page becomes an Object of Poppler's, which is handed from lexer to parser to interpreter, and freed in each of these places, although
 *  most are numbers; each array grows by an element at a time, under a lock; and each string and array of an operator has memory of its own. The functions
 *  below have the names of libpoppler's and stand before them, as the program's own symbols: they do the same with fewer steps, between objects_begin and
 *  objects_end, in the one thread that reads. Memory of strings and arrays that are gone is used for the next ones, and given back by objects_end.
 *
 *  They act only where libpoppler is the version that they were written for, as with fonts (ingest/pdf/fonts.h). */
void objects_begin(void);
void objects_end(void);

/* What lies in an Object, as Poppler numbers it. */
enum value_type {
    VALUE_BOOLEAN = 0,
    VALUE_WHOLE = 1,
    VALUE_REAL = 2,
    VALUE_STRING = 3,
    VALUE_NAME = 4,
    VALUE_NULL = 5,
    VALUE_ARRAY = 6,
    VALUE_DICTIONARY = 7,
    VALUE_STREAM = 8,
    VALUE_COMMAND = 10,
    VALUE_NONE = 13,
    VALUE_HEX_STRING = 15,
    VALUE_MOVED = 16, /* to another Object */
};

/* Object */
struct value {
    int type;
    union {
        bool truth;
        int whole;
        double real;
        void *pointer; /* of a name and a command: from objects_word */
    } is;
};

#ifdef CITABLE_POPPLER
/* std::string, of which Poppler's GooString is made */
struct string {
    char *start;
    size_t len;
    union {
        char here[16];
        size_t room; /* without the NUL */
    } bytes;
};

/* A copy of a name or a command, for an Object: NULL without memory. Those of few bytes are kept, and not freed with it. */
char *objects_word(const unsigned char *word, size_t len);

/* An empty string with room for `most` bytes, in an Object; Poppler's to delete. Without memory Poppler's operator new ends the process. */
struct string *objects_string(struct value *ret, size_t most);

/* Its end, behind what was written. */
void objects_string_end(struct string *string, const char *end);

/* void Object::free() */
void objects_free(void *object) __asm__("_ZN6Object4freeEv");

/* void Parser::shift(int object): the second of its two tokens becomes the first, and the next is read. */
void objects_shift(void *parser, int object) __asm__("_ZN6Parser5shiftEi");

/* void Array::add(Object &&element) */
void objects_add(void *array, void *element) __asm__("_ZN5Array3addEO6Object");

/* Object Array::get(int i, int recursion) const; `ret` is where it returns it. */
void *objects_get(void *ret, const void *array, int i, int recursion) __asm__("_ZNK5Array3getEii");
#endif

#endif
