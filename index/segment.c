/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/segment.h"

#include "index/batch.h"
#include "index/list.h"
#include "index/segment_list.h"

#include <string.h>

enum {
    PAGE_BYTES = 4050,  /* as FTS5 has them */
    PAGE_ROOM = PAGE_BYTES + 2 * SEGMENT_WORD_BYTES,
    HEADER = 4,         /* bytes of a page before its content: where its first row stands, where its words' places do */
    SEGMENT_SHIFT = 37, /* a segment's pages have ids segment << 37 and onwards */
    JUMPS_SHIFT = 36,   /* and the jumps of a list that begins on one of them so much more: 1 << 36 */
    MIN_EMPTY = 4,      /* pages on which no word begins: so many, and the list has jumps */
    WORK_PAGES = 64,    /* some merging is done each time so many pages were written, */
    FEW_SEGMENTS = 16,  /* and all that there is where a level has so many segments */
};

struct segment {
    struct store *store;
    struct segment_list list;
    bool alone;                 /* there was none before */
    struct batch *pages, *tree; /* rows of fts_data and fts_idx */
    uint32_t id;
    uint32_t number;            /* of the page that is written */
    uint8_t page[PAGE_ROOM], places[PAGE_ROOM]; /* its bytes, and the places of its words */
    size_t len, places_len, last_place;
    bool has_word, has_row;
    uint8_t word[SEGMENT_WORD_BYTES]; /* the last one */
    size_t word_len;
    uint32_t tree_page;         /* the last on which a word begins; 0: none that is not in the tree */
    uint8_t tree_word[SEGMENT_WORD_BYTES];
    size_t tree_len;
    uint32_t empty;             /* pages behind it on which none does */
    GByteArray *jumps;          /* of the last word's list */
    uint32_t jumps_page;
    int64_t jumps_row;
};

/* ---- how many rows and words there are ---- */

static bool add_total(int64_t *total, struct bytes *bytes)
{
    uint64_t before = bytes_take(bytes);
    if (!bytes->sound || before > INT64_MAX / 2)
        return false;
    *total += (int64_t)before;
    return true;
}

/* Of a full text without segments there may be none yet, which FTS5 writes as an empty blob. */
static bool write_totals(struct segment *segment, int64_t rows, int64_t words, GError **error)
{
    sqlite3_stmt *stmt = statement(segment->store, error, "doclist_totals", "");
    int code = stmt ? statement_step(segment->store, stmt, error) : SQLITE_ERROR;
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE && store_damaged(segment->store, error);
    const uint8_t *data = sqlite3_column_blob(stmt, 0);
    struct bytes bytes = {data, data ? data + sqlite3_column_bytes(stmt, 0) : NULL, data != NULL};
    bool good = !data && sqlite3_column_type(stmt, 0) == SQLITE_BLOB && segment->alone;
    good = good || (add_total(&rows, &bytes) && add_total(&words, &bytes) && bytes.at == bytes.end);
    sqlite3_reset(stmt);
    if (!good || rows < 0 || words < 0)
        return store_damaged(segment->store, error);
    g_autoptr(GByteArray) totals = g_byte_array_new();
    segment_append_number(totals, (uint64_t)rows);
    segment_append_number(totals, (uint64_t)words);
    return statement_do(segment->store, error, "segment_record", "ib", (int64_t)1, totals->data, (size_t)totals->len);
}

/* ---- pages ---- */

static int64_t page_id(const struct segment *segment, uint32_t page)
{
    return ((int64_t)segment->id << SEGMENT_SHIFT) + page;
}

static void put_16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void begin_page(struct segment *segment)
{
    memset(segment->page, 0, HEADER);
    segment->len = HEADER;
    segment->places_len = segment->last_place = 0;
    segment->has_word = segment->has_row = false;
}

static bool end_page(struct segment *segment, GError **error)
{
    put_16(segment->page + 2, segment->len);
    if (!segment->has_word) {
        if (!segment->has_row && segment->jumps->len > 0)
            segment_append_number(segment->jumps, 0);
        segment->empty++;
    }
    memcpy(segment->page + segment->len, segment->places, segment->places_len);
    bool ok = batch_add(segment->pages, error, "ib", page_id(segment, segment->number), segment->page, segment->len + segment->places_len);
    segment->number++;
    begin_page(segment);
    return ok;
}

/* The page on which the last word began is done with: into the tree, with the jumps of that word's list where they are worth it. */
static bool end_tree_page(struct segment *segment, GError **error)
{
    if (segment->tree_page == 0)
        return true;
    bool jumps = segment->jumps->len > 0 && segment->empty >= MIN_EMPTY;
    int64_t id = page_id(segment, segment->jumps_page) + ((int64_t)1 << JUMPS_SHIFT);
    bool ok = !jumps || batch_add(segment->pages, error, "ib", id, segment->jumps->data, (size_t)segment->jumps->len);
    g_byte_array_set_size(segment->jumps, 0);
    segment->empty = 0;
    ok = ok && batch_add(segment->tree, error, "iib", (int64_t)segment->id, (int64_t)segment->tree_page << 1 | jumps,
                         segment->tree_word, segment->tree_len);
    segment->tree_page = 0;
    return ok;
}

/* The first row on a page on which a list goes on. */
static void add_jump(struct segment *segment, int64_t row)
{
    if (segment->jumps->len == 0) {
        segment_append_number(segment->jumps, 0);
        segment_append_number(segment->jumps, segment->number);
        segment_append_number(segment->jumps, (uint64_t)row);
    } else {
        segment_append_number(segment->jumps, (uint64_t)(row - segment->jumps_row));
    }
    segment->jumps_row = row;
}

static size_t shared(const uint8_t *a, size_t a_len, struct slice b)
{
    size_t n = 0, most = MIN(a_len, b.len);
    while (n < most && a[n] == (uint8_t)b.ptr[n])
        n++;
    return n;
}

/* The word on the page, behind those that stand there. */
static bool add_word(struct segment *segment, struct slice word, GError **error)
{
    if (segment->len + segment->places_len + word.len + 2 >= PAGE_BYTES && segment->len > HEADER && !end_page(segment, error))
        return false;
    segment->places_len = (size_t)(segment_number(segment->places + segment->places_len, segment->len - segment->last_place) - segment->places);
    segment->last_place = segment->len;
    size_t same = shared(segment->word, segment->word_len, word);
    uint8_t *at = segment->page + segment->len;
    if (segment->has_word) {
        at = segment_number(at, same);
    } else {
        if (segment->number != 1) {
            if (!end_tree_page(segment, error))
                return false;
            segment->tree_len = segment->word_len > 0 ? same + 1 : word.len; /* enough to tell it from the word before */
            memcpy(segment->tree_word, word.ptr, segment->tree_len);
            segment->tree_page = segment->number;
        }
        same = 0;
    }
    at = segment_number(at, word.len - same);
    memcpy(at, word.ptr + same, word.len - same);
    segment->len = (size_t)(at - segment->page) + word.len - same;
    memcpy(segment->word, word.ptr, word.len);
    segment->word_len = word.len;
    segment->has_word = segment->has_row = true; /* a row that follows a word is not told of in the header */
    segment->jumps_page = segment->number;
    return true;
}

/* Bytes of whole numbers, `most` of them or as few more as the first one has. */
static size_t whole_numbers(const uint8_t *bytes, size_t len, ptrdiff_t most)
{
    size_t n = 0;
    while (n < len) {
        size_t next = n;
        while (next + 1 < len && bytes[next] & 0x80)
            next++;
        next++;
        if (n > 0 && (ptrdiff_t)next > most)
            break;
        n = next;
    }
    return n;
}

static void append(struct segment *segment, const uint8_t *bytes, size_t len)
{
    memcpy(segment->page + segment->len, bytes, len);
    segment->len += len;
}

static size_t used(const struct segment *segment)
{
    return segment->len + segment->places_len;
}

/* The places in one row, with how many bytes they are before them: over as many pages as they need. */
static bool add_places(struct segment *segment, const uint8_t *bytes, size_t len, GError **error)
{
    if (used(segment) + len <= PAGE_BYTES) {
        append(segment, bytes, len);
        return true;
    }
    while (len > 0) {
        ptrdiff_t room = (ptrdiff_t)PAGE_BYTES - (ptrdiff_t)used(segment);
        size_t n = (ptrdiff_t)len <= room ? len : whole_numbers(bytes, len, room);
        append(segment, bytes, n);
        bytes += n;
        len -= n;
        if (used(segment) >= PAGE_BYTES && !end_page(segment, error))
            return false;
    }
    return true;
}

/* A list that goes on on the next page. */
static bool add_long_list(struct segment *segment, struct slice list, GError **error)
{
    struct bytes bytes = {(const uint8_t *)list.ptr, (const uint8_t *)list.ptr + list.len, true};
    int64_t row = 0;
    while (bytes.at < bytes.end) {
        uint64_t more = bytes_take(&bytes);
        row += (int64_t)more;
        if (!segment->has_row) {
            put_16(segment->page, segment->len);
            segment->len = (size_t)(segment_number(segment->page + segment->len, (uint64_t)row) - segment->page);
            segment->has_row = true;
            add_jump(segment, row);
        } else {
            segment->len = (size_t)(segment_number(segment->page + segment->len, more) - segment->page);
        }
        const uint8_t *places = bytes.at;
        uint64_t size = bytes_take(&bytes) / 2; /* the lowest bit: the row leaves */
        bytes.at += size;
        if (!add_places(segment, places, (size_t)(bytes.at - places), error))
            return false;
    }
    return true;
}

bool segment_add(struct segment *segment, struct slice word, struct slice list, GError **error)
{
    g_assert(word.len < SEGMENT_WORD_BYTES);
    if (!add_word(segment, word, error))
        return false;
    if (used(segment) + list.len + 1 > PAGE_BYTES)
        return add_long_list(segment, list, error);
    append(segment, (const uint8_t *)list.ptr, list.len);
    return true;
}

/* ---- from its beginning to its end ---- */

static void segment_free(struct segment *segment)
{
    segment_list_clear(&segment->list);
    g_byte_array_unref(segment->jumps);
    batch_free(segment->pages);
    batch_free(segment->tree);
    g_free(segment);
}

bool segment_begin(struct store *store, struct segment **ret, GError **error)
{
    struct segment *segment = g_new0(struct segment, 1);
    segment->store = store;
    segment->jumps = g_byte_array_new();
    segment->pages = batch_new(store, "segment_page");
    segment->tree = batch_new(store, "segment_tree");
    segment->number = segment->tree_page = 1;
    begin_page(segment);
    g_autoptr(GError) problem = NULL;
    bool ok = segment_list_read(store, &segment->list, &problem) == SEGMENTS_KNOWN;
    segment->alone = ok && segment_list_count(&segment->list) == 0;
    ok = ok && (segment->id = segment_list_free_id(&segment->list)) != 0 && !segment_list_misses(store, &segment->list);
    if (problem)
        g_propagate_error(error, g_steal_pointer(&problem));
    else if (!ok)
        store_damaged(store, error);
    if (ok)
        *ret = segment;
    else
        segment_free(segment);
    return ok;
}

/* So many segments of a level FTS5 is to merge at a time: schema.sql says so, which older files of this schema do not have. */
static bool set_merging(struct store *store, GError **error)
{
    if (store->merges)
        return true;
    sqlite3_stmt *stmt = statement(store, error, "segments_setting", "");
    int code = stmt ? statement_step(store, stmt, error) : SQLITE_ERROR;
    if (code == SQLITE_ROW)
        sqlite3_reset(stmt);
    store->merges = code == SQLITE_ROW || (code == SQLITE_DONE && statement_do(store, error, "segments_set", ""));
    return store->merges;
}

/* As much work as FTS5's own automerge would do, but by its command to merge: that puts no small segment on the level of a larger one,
 * and where a level is full it goes through all levels until nothing is left to do. FTS5 then knows of the segment. */
static bool merge(struct segment *segment, uint32_t pages, GError **error)
{
    const struct segment_list *list = &segment->list;
    uint64_t before = list->written - pages;
    uint64_t work = (list->written / WORK_PAGES - before / WORK_PAGES) * WORK_PAGES * list->levels->len;
    for (guint i = 0; i < list->levels->len; i++)
        if (segment_list_level(list, i)->parts->len >= FEW_SEGMENTS)
            work = INT32_MAX;
    if (work == 0)
        return true;
    return set_merging(segment->store, error) && statement_do(segment->store, error, "segments_merge", "i", (int64_t)MIN(work, INT32_MAX));
}

bool segment_end(struct segment *segment, bool ok, int64_t rows, int64_t words, GError **error)
{
    ok = ok && (segment->len == HEADER || end_page(segment, error));
    uint32_t pages = segment->number - 1;
    ok = ok && (pages == 0 || end_tree_page(segment, error)) && batch_write(segment->pages, error) && batch_write(segment->tree, error);
    if (ok && pages > 0) {
        segment_list_add(&segment->list, &(struct segment_part){segment->id, 1, pages});
        segment->list.written += pages;
        /* What FTS5 remembers of its segments it forgets when it is asked to merge, even none: it would go on with it. */
        ok = statement_do(segment->store, error, "segments_merge", "i", (int64_t)0) && segment_list_write(segment->store, &segment->list, error);
    }
    ok = ok && write_totals(segment, rows, words, error) && (pages == 0 || merge(segment, pages, error));
    segment_free(segment);
    return ok;
}
