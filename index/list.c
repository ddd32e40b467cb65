/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/list.h"

#include "index/statement.h"

enum {
    COLUMN_MARK = 1,    /* among positions: those of another column follow */
    POSITION_LEAST = 2, /* the way from one to the next is written as so much more */
    ENTRY_BYTES = 2,    /* that a passage takes in a list, at least */
};

uint64_t bytes_take_long(struct bytes *bytes)
{
    uint64_t value = 0;
    for (unsigned n = 0; n < 9 && bytes->at < bytes->end; n++) {
        uint8_t byte = *bytes->at++;
        if (n == 8)
            return value << 8 | byte;
        value = value << 7 | (byte & 0x7f);
        if (byte < 0x80)
            return value;
    }
    bytes->sound = false;
    return 0;
}

void list_open(struct list *list)
{
    list->base = list->found.n;
    list->base_begins = list->found.begins ? list->found.begins->len : 0;
    list->next = ROWID;
    list->begun = false;
    list->among_at = 0;
    list->jumped = false;
}

bool list_close(struct list *list)
{
    entries_merge_newer(&list->found, list->base, list->base_begins);
    return list->next == ROWID;
}

/* The passage's number, where its document is not the one asked for last. */
static uint32_t other_number(struct list *list)
{
    uint32_t number = ranking_number_of_row(list->ranking, (int64_t)list->rowid);
    if (number != UINT32_MAX) {
        const struct ranked *ranked = &g_array_index(list->ranking->documents, struct ranked, list->ranking->last);
        list->known = (uint64_t)ranked->row;
        list->known_rows = ranked->n;
        list->known_first = ranked->first;
    }
    return number;
}

/* False: passages do not rise. */
static bool end_entry(struct list *list)
{
    list->next = ROWID;
    if (list->passage == UINT32_MAX)
        return true;
    if (list->found.n > list->base && list->found.all[list->found.n - 1].passage >= list->passage)
        return false;
    list->found.all[list->found.n++] = (struct entry){list->passage, list->times};
    return true;
}

static void begin_entry(struct list *list)
{
    uint64_t at = list->rowid - list->known;
    list->passage = at < list->known_rows ? list->known_first + (uint32_t)at : other_number(list); /* there is none where its document is gone */
    list->times = list->at_column = list->position = 0;
    list->marked = false;
    list->next = POSITIONS;
    if (!list->among || list->passage == UINT32_MAX)
        return;
    while (list->among_at < list->among->n && list->among->all[list->among_at].passage < list->passage)
        list->among_at++;
    if (list->among_at == list->among->n || list->among->all[list->among_at].passage != list->passage)
        list->passage = UINT32_MAX;
}

bool list_is_done(const struct list *list)
{
    return list->among && list->next == ROWID && list->among_at == list->among->n;
}

static void take_position(struct list *list, uint32_t way)
{
    list->position += way - POSITION_LEAST;
    if (!list->found.begins) {
        list->times++;
    } else if (list->position >= list->place) {
        entries_add_begin(&list->found, list->position - list->place);
        list->times++;
    }
}

/* Counts the positions of the column. */
static bool count_positions(struct list *list, struct bytes bytes)
{
    if (bytes.end - bytes.at == 1 && list->left == 1 && *bytes.at > COLUMN_MARK && *bytes.at < 0x80 && !list->found.begins && !list->marked) { /* most of them */
        list->times += list->at_column == list->column;
        return true;
    }
    while (bytes.at < bytes.end) {
        uint64_t value = bytes_take(&bytes);
        if (list->marked) {
            list->at_column = (uint32_t)value;
            list->marked = false;
        } else if (value == COLUMN_MARK) {
            list->marked = true;
            list->position = 0;
        } else if (list->at_column == list->column) {
            take_position(list, (uint32_t)value);
        }
    }
    return bytes.sound;
}

/* The rowid before which no passage of the document known is asked for. */
static uint64_t next_asked(struct list *list)
{
    const struct entries *among = list->among;
    uint32_t passage = list->known_first + (uint32_t)(list->rowid - list->known);
    while (list->among_at < among->n && among->all[list->among_at].passage <= passage)
        list->among_at++;
    uint32_t way = list->among_at < among->n ? among->all[list->among_at].passage - list->known_first : UINT32_MAX;
    return list->known + MIN(way, list->known_rows);
}

/* Passes over what stands whole on the page of passages that are not asked for; returns where a rowid stands. */
static const uint8_t *skip_others(struct list *list, struct bytes bytes)
{
    if (!list->among || list->rowid - list->known >= list->known_rows)
        return bytes.at;
    for (uint64_t end = next_asked(list), rowid = list->rowid;;) {
        const uint8_t *at = bytes.at;
        rowid += bytes_take(&bytes);
        uint64_t size = bytes_take(&bytes) >> 1;
        if (rowid >= end || !bytes.sound || size > (uint64_t)(bytes.end - bytes.at))
            return at;
        list->rowid = rowid;
        bytes.at += size;
    }
}

/* How often a passage has the word by such positions: all in one byte each. UINT32_MAX: they are others. */
static inline uint32_t plain_times(const uint8_t *at, uint32_t len, uint32_t column)
{
    uint32_t at_column = 0, times = 0;
    for (const uint8_t *end = at + len; at < end; at++) {
        bool marked = *at == COLUMN_MARK;
        if (marked && ++at < end)
            at_column = *at;
        else if (marked)
            return UINT32_MAX;
        times += !marked && at_column == column;
        if (*at >= 0x80)
            return UINT32_MAX;
    }
    return times;
}

/* Takes the passages of one document as most are, with small numbers, and whole on the page. Returns where it is otherwise. */
static const uint8_t *read_plain(struct list *list, struct bytes bytes)
{
    enum { LEAST = 3 }; /* bytes that are looked at before it is known how many there are */
    const uint8_t *at = bytes.at;
    struct entry *to = list->found.all + list->found.n;
    uint64_t place = list->rowid - list->known;
    while (bytes.end - at > LEAST) {
        uint32_t way = at[0], more = way >= 0x80;
        if (more)
            way = (way & 0x7f) << 7 | at[1];
        uint32_t size = at[1 + more];
        const uint8_t *positions = at + 2 + more;
        if ((more && at[1] >= 0x80) || size >= 0x80 || way == 0 || place + way >= list->known_rows || size >> 1 > (size_t)(bytes.end - positions))
            break;
        uint32_t times = plain_times(positions, size >> 1, list->column);
        if (times == UINT32_MAX)
            break;
        place += way;
        *to++ = (struct entry){list->known_first + (uint32_t)place, times};
        at = positions + (size >> 1);
    }
    list->rowid = list->known + place;
    list->found.n = (size_t)(to - list->found.all);
    return at;
}

bool list_read(struct list *list, const uint8_t *page, struct bytes bytes, uint32_t first)
{
    entries_reserve(&list->found, (size_t)(bytes.end - bytes.at) / ENTRY_BYTES + 1);
    entries_reserve_begins(&list->found, (size_t)(bytes.end - bytes.at));
    bool plain = !list->found.begins && !list->among;
    while (bytes.at < bytes.end) {
        bool whole = bytes.at == page + first;
        if (plain && list->next == ROWID && list->begun && !whole && list->rowid - list->known < list->known_rows && (bytes.at = read_plain(list, bytes)) == bytes.end)
            return true;
        uint64_t value;
        size_t n;
        switch (list->next) {
        case ROWID:
            if (list->begun && !whole && (bytes.at = skip_others(list, bytes)) == bytes.end)
                return true;
            value = bytes_take(&bytes);
            list->rowid = whole || !list->begun ? value : list->rowid + value;
            list->begun = true;
            list->next = SIZE;
            break;
        case SIZE:
            list->left = bytes_take(&bytes) >> 1;
            begin_entry(list);
            break;
        case POSITIONS:
            n = MIN(list->left, (size_t)(bytes.end - bytes.at));
            if (list->passage != UINT32_MAX && !count_positions(list, (struct bytes){bytes.at, bytes.at + n, true}))
                return false;
            bytes.at += n;
            list->left -= n;
            break;
        }
        if (!bytes.sound || (list->next == POSITIONS && list->left == 0 && !end_entry(list)))
            return false;
    }
    return true;
}

static uint64_t rowid_of(const struct list *list, uint32_t passage)
{
    const struct ranked *ranked = ranking_document(list->ranking, passage);
    return (uint64_t)ranked->row + (passage - ranked->first);
}

uint32_t list_page_behind(struct list *list, const GArray *jumps, guint *at, uint32_t page)
{
    list->jumped = false;
    if (!jumps || list->next != ROWID)
        return page + 1;
    const struct jump *all = (const struct jump *)(const void *)jumps->data;
    while (*at < jumps->len && all[*at].page <= page)
        ++*at;
    if (*at == jumps->len)
        return 0;
    uint64_t asked = 0;
    while (list->among_at < list->among->n && (asked = rowid_of(list, list->among->all[list->among_at].passage)) < all[*at].rowid)
        list->among_at++;
    if (list->among_at == list->among->n)
        return 0;
    while (*at + 1 < jumps->len && all[*at + 1].rowid <= asked)
        ++*at;
    list->jumped = true;
    return all[*at].page;
}
