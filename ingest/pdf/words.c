/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/words.h"

#include "ingest/pdf/poppler.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef CITABLE_POPPLER

enum {
    FIRST = 12,         /* characters of most words */
    SPARE_MOST = 16384, /* blocks; of a kilobyte */
};

struct matrix {
    double m[6];
};

/* TextWord. Of edges and places it has one more than of characters. */
struct word {
    char before[48];
    uint32_t *text, *code;
    double *edge;
    int *place;
    int len, room;
    void **font;
    struct matrix *matrix;
};
G_STATIC_ASSERT(offsetof(struct word, matrix) == 0x60);

/* One that is not in use. */
struct spare {
    struct spare *next;
};

static struct {
    void (*make_room)(void *, int);
    void (*clear)(void *);
} own;

static bool known;
static struct spare *spares;
static unsigned n_spares;

static void find_own(void)
{
    if (own.clear)
        return;
    known = poppler_is_known();
    poppler_own("_ZN8TextWord14ensureCapacityEi", &own.make_room);
    poppler_own("_ZN8TextWordD1Ev", &own.clear);
}

/* The arrays lie in it one behind the other, those of the larger elements first. */
static size_t block_size(size_t room)
{
    return room * (sizeof(struct matrix) + sizeof(double) + sizeof(void *) + 2 * sizeof(uint32_t) + sizeof(int)) + sizeof(double) + sizeof(uint32_t) + sizeof(int);
}

static void *take_block(int room)
{
    struct spare *spare = spares;
    if (room != FIRST || !spare)
        return g_malloc(block_size((size_t)room));
    spares = spare->next;
    n_spares--;
    return spare;
}

static void put_block(void *block, int room)
{
    if (room != FIRST || n_spares == SPARE_MOST) {
        g_free(block);
        return;
    }
    struct spare *spare = block;
    spare->next = spares;
    spares = spare;
    n_spares++;
}

static void lay_out(struct word *word, void *block, int room)
{
    word->matrix = block;
    word->edge = (double *)(void *)(word->matrix + room);
    word->font = (void **)(void *)(word->edge + room + 1);
    word->text = (uint32_t *)(void *)(word->font + room);
    word->code = word->text + room;
    word->place = (int *)(void *)(word->code + room + 1);
    word->room = room;
}

void words_make_room(void *of, int capacity)
{
    struct word *word = of;
    find_own();
    if (!known) {
        own.make_room(of, capacity);
        return;
    }
    if (capacity <= word->room)
        return;
    struct word old = *word;
    int room = old.room == 0 && capacity <= FIRST ? FIRST : MAX(capacity, MIN(old.room, INT32_MAX / 2) * 2);
    lay_out(word, take_block(room), room);
    if (old.room == 0)
        return;
    size_t count = (size_t)old.room;
    memcpy(word->matrix, old.matrix, count * sizeof *old.matrix);
    memcpy(word->edge, old.edge, (count + 1) * sizeof *old.edge);
    memcpy(word->font, old.font, count * sizeof(void *));
    memcpy(word->text, old.text, count * sizeof *old.text);
    memcpy(word->code, old.code, (count + 1) * sizeof *old.code);
    memcpy(word->place, old.place, (count + 1) * sizeof *old.place);
    put_block(old.matrix, old.room);
}

void words_clear(void *of)
{
    struct word *word = of;
    find_own();
    if (!known)
        own.clear(of);
    else if (word->room > 0)
        put_block(word->matrix, word->room);
}

void words_begin(void)
{
    find_own();
}

void words_end(void)
{
    while (spares) {
        struct spare *spare = spares;
        spares = spare->next;
        g_free(spare);
    }
    n_spares = 0;
}

#else

void words_begin(void)
{
}

void words_end(void)
{
}

#endif
