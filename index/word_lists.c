/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/word_lists.h"

#include "index/segment_list.h"

#include <string.h>

enum {
    FIRST_ROOM = 32,
    SIZES = 7,                 /* of rooms that are cut from blocks: 32 bytes, 64, … 2,048; larger ones malloc gives */
    BLOCK_BYTES = 1 << 18,
    NOTED = 512,               /* words that wait for their lists, */
    LISTS_AHEAD = 24,          /* of which so many ahead the processor is asked for the list, */
    BYTES_AHEAD = 12,          /* and so many for the place where it is written on */
    NOTE_BYTES = 4 + 9 + 1 + 5 /* at most: what the last row's size takes beside its byte, a row, its size, a place */
};

#define LARGEST ((uint32_t)FIRST_ROOM << (SIZES - 1))

struct list {
    uint8_t *bytes;
    int64_t row;         /* the last, */
    uint32_t place;      /* the last in it, */
    uint32_t size_at;    /* and where its size is to stand, of which one byte is there */
    uint32_t used, room; /* bytes; used 0: the word stands nowhere */
};

struct noted {
    int64_t row;
    uint32_t word, place;
};

/* Lists lie all over memory: one word at a time, each would be waited for. */
struct word_lists {
    struct noted noted[NOTED];
    unsigned n_noted;
    GArray *lists;        /* struct list, by word */
    GArray *words;        /* uint32_t: that stand somewhere */
    GPtrArray *blocks;    /* of BLOCK_BYTES */
    guint block;          /* that is cut now, */
    uint32_t cut;         /* so far */
    void *free[SIZES];    /* rooms that were left for larger ones; each begins with the address of the next */
};

struct word_lists *word_lists_new(void)
{
    struct word_lists *lists = g_new0(struct word_lists, 1);
    lists->lists = g_array_new(FALSE, TRUE, sizeof(struct list));
    lists->words = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    lists->blocks = g_ptr_array_new_with_free_func(g_free);
    return lists;
}

void word_lists_free(struct word_lists *lists)
{
    if (!lists)
        return;
    word_lists_forget(lists);
    g_array_unref(lists->lists);
    g_array_unref(lists->words);
    g_ptr_array_unref(lists->blocks);
    g_free(lists);
}

static inline struct list *list_at(const struct word_lists *lists, uint32_t word)
{
    return &g_array_index(lists->lists, struct list, word);
}

/* ---- room ---- */

/* Of FIRST_ROOM << size bytes. */
static uint8_t *take_room(struct word_lists *lists, unsigned size)
{
    uint32_t bytes = (uint32_t)FIRST_ROOM << size;
    if (lists->free[size]) {
        uint8_t *room = lists->free[size];
        memcpy(&lists->free[size], room, sizeof(void *));
        return room;
    }
    if (lists->block == lists->blocks->len || lists->cut + bytes > BLOCK_BYTES) {
        lists->block += lists->block < lists->blocks->len;
        lists->cut = 0;
        if (lists->block == lists->blocks->len)
            g_ptr_array_add(lists->blocks, g_malloc(BLOCK_BYTES));
    }
    uint8_t *room = (uint8_t *)g_ptr_array_index(lists->blocks, lists->block) + lists->cut;
    lists->cut += bytes;
    return room;
}

static void leave_room(struct word_lists *lists, uint8_t *room, unsigned size)
{
    memcpy(room, &lists->free[size], sizeof(void *));
    lists->free[size] = room;
}

static unsigned size_of(uint32_t room)
{
    return (unsigned)g_bit_storage(room / FIRST_ROOM) - 1;
}

static void grow(struct word_lists *lists, struct list *list)
{
    uint32_t room = list->room ? list->room * 2 : FIRST_ROOM;
    g_assert(room > list->room); /* no text is so long */
    if (list->room > LARGEST) {
        list->bytes = g_realloc(list->bytes, room);
    } else {
        uint8_t *bytes = room > LARGEST ? g_malloc(room) : take_room(lists, size_of(room));
        if (list->room > 0) {
            memcpy(bytes, list->bytes, list->used);
            leave_room(lists, list->bytes, size_of(list->room));
        }
        list->bytes = bytes;
    }
    list->room = room;
}

/* ---- noting ---- */

/* A size that takes more than a byte. */
static void write_long_size(struct list *list, uint32_t places)
{
    uint8_t *at = list->bytes + list->size_at, size[10];
    size_t n = (size_t)(segment_number(size, (uint64_t)places * 2) - size);
    memmove(at + n, at + 1, places);
    memcpy(at, size, n);
    list->used += (uint32_t)n - 1;
}

/* How many bytes the places in the last row are, doubled; of a row that leaves that stands there. */
static inline void end_row(struct list *list)
{
    uint32_t places = list->used - list->size_at - 1;
    if (places >= 0x40)
        write_long_size(list, places);
    else if (places > 0)
        list->bytes[list->size_at] = (uint8_t)(places * 2);
}

static inline void write_number(struct list *list, uint64_t number)
{
    if (number < 0x80)
        list->bytes[list->used++] = (uint8_t)number;
    else
        list->used = (uint32_t)(segment_number(list->bytes + list->used, number) - list->bytes);
}

static void begin_row(struct word_lists *lists, struct list *list, uint32_t word, int64_t row, bool leaves)
{
    if (list->used == 0)
        g_array_append_val(lists->words, word);
    else
        end_row(list);
    write_number(list, (uint64_t)(row - (list->used ? list->row : 0)));
    list->size_at = list->used;
    list->bytes[list->used++] = leaves;
    list->row = row;
    list->place = 0;
}

static void write_noted(struct word_lists *lists, const struct noted *noted)
{
    struct list *list = list_at(lists, noted->word);
    if (list->room - list->used < NOTE_BYTES)
        grow(lists, list);
    bool stands = list->used > 0 && list->row == noted->row;
    uint32_t place = noted->place == PLACE_ONCE ? 0 : noted->place;
    if (!stands)
        begin_row(lists, list, noted->word, noted->row, place == PLACE_LEAVES);
    if (place == PLACE_LEAVES || (stands && noted->place == PLACE_ONCE))
        return;
    write_number(list, (uint64_t)place - list->place + 2);
    list->place = place;
}

static void write_all(struct word_lists *lists)
{
    for (unsigned i = 0; i < lists->n_noted; i++) {
        if (i + LISTS_AHEAD < lists->n_noted)
            __builtin_prefetch(list_at(lists, lists->noted[i + LISTS_AHEAD].word), 1);
        if (i + BYTES_AHEAD < lists->n_noted) {
            const struct list *list = list_at(lists, lists->noted[i + BYTES_AHEAD].word);
            if (list->used > 0)
                __builtin_prefetch(list->bytes + list->used, 1);
        }
        write_noted(lists, &lists->noted[i]);
    }
    lists->n_noted = 0;
}

void word_lists_note(struct word_lists *lists, uint32_t word, int64_t row, uint32_t place)
{
    if (word >= lists->lists->len)
        g_array_set_size(lists->lists, MAX(word + 1, lists->lists->len * 2));
    lists->noted[lists->n_noted++] = (struct noted){row, word, place};
    if (lists->n_noted == NOTED)
        write_all(lists);
}

/* ---- what was noted ---- */

uint32_t *word_lists_words(struct word_lists *lists, size_t *n)
{
    write_all(lists);
    *n = lists->words->len;
    return (uint32_t *)(void *)lists->words->data;
}

struct slice word_lists_of(struct word_lists *lists, uint32_t word)
{
    struct list *list = list_at(lists, word);
    if (list->room - list->used < NOTE_BYTES)
        grow(lists, list);
    end_row(list);
    list->size_at = list->used - 1; /* it is told */
    return slice_make((const char *)list->bytes, list->used);
}

void word_lists_forget(struct word_lists *lists)
{
    lists->n_noted = 0;
    for (guint i = 0; i < lists->words->len; i++) {
        struct list *list = list_at(lists, g_array_index(lists->words, uint32_t, i));
        if (list->room > LARGEST)
            g_free(list->bytes);
        *list = (struct list){.bytes = NULL};
    }
    g_array_set_size(lists->words, 0);
    memset(lists->free, 0, sizeof lists->free);
    lists->block = lists->cut = 0;
}
