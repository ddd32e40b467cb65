/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/segment.h"

#include "base/error.h"
#include "index/batch.h"
#include "index/list.h"

#include <string.h>

enum {
    PAGE_BYTES = 4050,  /* as FTS5 has them */
    PAGE_ROOM = PAGE_BYTES + 2 * SEGMENT_WORD_BYTES,
    HEADER = 4,         /* bytes of a page before its content: where its first row stands, where its words' places do */
    SEGMENT_SHIFT = 37, /* a segment's pages have ids segment << 37 and onwards */
    JUMPS_SHIFT = 36,   /* and the jumps of a list that begins on one of them so much more: 1 << 36 */
    MIN_EMPTY = 4,      /* pages on which no word begins: so many, and the list has jumps */
    MOST_SEGMENTS = 2000,
    COOKIE = 4,         /* bytes of the list of segments that are of FTS5's settings */
    WORK_PAGES = 64,    /* some merging is done each time so many pages were written, */
    FEW_SEGMENTS = 16,  /* and all that there is where a level has so many segments */
};

struct part {
    uint32_t id, first, last; /* pages */
};

struct level {
    uint32_t merging; /* of its first segments */
    GArray *parts;
};

/* What FTS5 knows of its segments: level 0 holds the newest. */
struct parts {
    uint8_t cookie[COOKIE];
    GArray *levels;   /* struct level */
    uint64_t written; /* pages, ever */
};

struct segment {
    struct store *store;
    struct parts parts;
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

uint8_t *segment_number(uint8_t *at, uint64_t value)
{
    if (value < 0x80) {
        *at = (uint8_t)value;
        return at + 1;
    }
    uint8_t low[10];
    int n = 0;
    if (value >> 56) { /* nine bytes, the last of which is whole */
        at[8] = (uint8_t)value;
        value >>= 8;
        for (int i = 7; i >= 0; i--, value >>= 7)
            at[i] = (uint8_t)(value & 0x7f) | 0x80;
        return at + 9;
    }
    for (; value; value >>= 7)
        low[n++] = (uint8_t)(value & 0x7f) | 0x80;
    low[0] &= 0x7f;
    while (n > 0)
        *at++ = low[--n];
    return at;
}

static void append_number(GByteArray *bytes, uint64_t value)
{
    uint8_t number[10];
    g_byte_array_append(bytes, number, (guint)(segment_number(number, value) - number));
}

/* ---- which segments there are ---- */

static bool damaged(const struct store *store, GError **error)
{
    citable_error_at(error, CITABLE_ERROR_STORE, store->path, 0, "is damaged; move it away and ingest again");
    return false;
}

static void level_clear(void *data)
{
    g_array_unref(((struct level *)data)->parts);
}

static void add_level(struct parts *parts)
{
    struct level level = {0, g_array_new(FALSE, FALSE, sizeof(struct part))};
    g_array_append_val(parts->levels, level);
}

static struct level *level_at(const struct parts *parts, guint i)
{
    return &g_array_index(parts->levels, struct level, i);
}

static guint count_parts(const struct parts *parts)
{
    guint n = 0;
    for (guint i = 0; i < parts->levels->len; i++)
        n += level_at(parts, i)->parts->len;
    return n;
}

static bool parse_level(struct level *level, struct bytes *bytes)
{
    uint64_t merging = bytes_take(bytes), n = bytes_take(bytes);
    if (!bytes->sound || n > MOST_SEGMENTS || merging > n)
        return false;
    level->merging = (uint32_t)merging;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t id = bytes_take(bytes), first = bytes_take(bytes), last = bytes_take(bytes);
        struct part part = {(uint32_t)id, (uint32_t)first, (uint32_t)last};
        if (!bytes->sound || id == 0 || id > MOST_SEGMENTS || first > last || last > INT32_MAX)
            return false;
        g_array_append_val(level->parts, part);
    }
    return true;
}

static bool parse_parts(struct parts *parts, struct bytes bytes)
{
    if (bytes.end - bytes.at < COOKIE)
        return false;
    memcpy(parts->cookie, bytes.at, COOKIE);
    bytes.at += COOKIE;
    uint64_t levels = bytes_take(&bytes), all = bytes_take(&bytes);
    parts->written = bytes_take(&bytes);
    if (!bytes.sound || levels > MOST_SEGMENTS)
        return false;
    for (uint64_t i = 0; i < levels; i++) {
        add_level(parts);
        if (!parse_level(level_at(parts, (guint)i), &bytes))
            return false;
    }
    return bytes.at == bytes.end && count_parts(parts) == all;
}

static bool read_parts(struct segment *segment, GError **error)
{
    enum { VERSION = 4 };
    sqlite3_stmt *stmt = statement(segment->store, error, "doclist_segments", "");
    int code = stmt ? statement_step(segment->store, stmt, error) : SQLITE_ERROR;
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE && damaged(segment->store, error);
    const uint8_t *data = sqlite3_column_blob(stmt, 0);
    struct bytes bytes = {data, data ? data + sqlite3_column_bytes(stmt, 0) : NULL, data != NULL};
    bool good = sqlite3_column_int(stmt, 1) == VERSION && parse_parts(&segment->parts, bytes);
    sqlite3_reset(stmt);
    return good || damaged(segment->store, error);
}

/* The smallest that none has; 0: there are too many. */
static uint32_t free_id(const struct parts *parts)
{
    g_autofree bool *used = g_new0(bool, MOST_SEGMENTS + 2);
    for (guint i = 0; i < parts->levels->len; i++)
        for (guint k = 0; k < level_at(parts, i)->parts->len; k++)
            used[g_array_index(level_at(parts, i)->parts, struct part, k).id] = true;
    uint32_t id = 1;
    while (used[id])
        id++;
    return id <= MOST_SEGMENTS ? id : 0;
}

static bool write_parts(struct segment *segment, GError **error)
{
    const struct parts *parts = &segment->parts;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, parts->cookie, COOKIE);
    append_number(bytes, parts->levels->len);
    append_number(bytes, count_parts(parts));
    append_number(bytes, parts->written);
    for (guint i = 0; i < parts->levels->len; i++) {
        const struct level *level = level_at(parts, i);
        append_number(bytes, level->merging);
        append_number(bytes, level->parts->len);
        for (guint k = 0; k < level->parts->len; k++) {
            const struct part *part = &g_array_index(level->parts, struct part, k);
            append_number(bytes, part->id);
            append_number(bytes, part->first);
            append_number(bytes, part->last);
        }
    }
    return statement_do(segment->store, error, "segment_record", "ib", (int64_t)10, bytes->data, (size_t)bytes->len);
}

static bool add_total(int64_t *total, struct bytes *bytes)
{
    uint64_t before = bytes_take(bytes);
    if (!bytes->sound || before > INT64_MAX / 2)
        return false;
    *total += (int64_t)before;
    return true;
}

/* How many rows and words there are. */
static bool write_totals(struct segment *segment, int64_t rows, int64_t words, GError **error)
{
    sqlite3_stmt *stmt = statement(segment->store, error, "doclist_totals", "");
    int code = stmt ? statement_step(segment->store, stmt, error) : SQLITE_ERROR;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return false;
    const uint8_t *data = code == SQLITE_ROW ? sqlite3_column_blob(stmt, 0) : NULL;
    struct bytes bytes = {data, data ? data + sqlite3_column_bytes(stmt, 0) : NULL, data != NULL};
    bool good = !data || (add_total(&rows, &bytes) && add_total(&words, &bytes)); /* of an empty index there are none */
    sqlite3_reset(stmt);
    if (!good || rows < 0 || words < 0)
        return damaged(segment->store, error);
    g_autoptr(GByteArray) totals = g_byte_array_new();
    append_number(totals, (uint64_t)rows);
    append_number(totals, (uint64_t)words);
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
            append_number(segment->jumps, 0);
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
    bool ok = !jumps || batch_add(segment->pages, error, "ib", page_id(segment, segment->jumps_page) + ((int64_t)1 << JUMPS_SHIFT), segment->jumps->data, (size_t)segment->jumps->len);
    g_byte_array_set_size(segment->jumps, 0);
    segment->empty = 0;
    ok = ok && batch_add(segment->tree, error, "iib", (int64_t)segment->id, (int64_t)segment->tree_page << 1 | jumps, segment->tree_word, segment->tree_len);
    segment->tree_page = 0;
    return ok;
}

/* The first row on a page on which a list goes on. */
static void add_jump(struct segment *segment, int64_t row)
{
    if (segment->jumps->len == 0) {
        append_number(segment->jumps, 0);
        append_number(segment->jumps, segment->number);
        append_number(segment->jumps, (uint64_t)row);
    } else {
        append_number(segment->jumps, (uint64_t)(row - segment->jumps_row));
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
    g_array_unref(segment->parts.levels);
    g_byte_array_unref(segment->jumps);
    batch_free(segment->pages);
    batch_free(segment->tree);
    g_free(segment);
}

bool segment_begin(struct store *store, struct segment **ret, GError **error)
{
    struct segment *segment = g_new0(struct segment, 1);
    segment->store = store;
    segment->parts.levels = g_array_new(FALSE, FALSE, sizeof(struct level));
    g_array_set_clear_func(segment->parts.levels, level_clear);
    segment->jumps = g_byte_array_new();
    segment->pages = batch_new(store, "segment_page");
    segment->tree = batch_new(store, "segment_tree");
    segment->number = segment->tree_page = 1;
    begin_page(segment);
    bool ok = read_parts(segment, error);
    if (ok && (segment->id = free_id(&segment->parts)) == 0)
        ok = damaged(store, error);
    if (ok)
        *ret = segment;
    else
        segment_free(segment);
    return ok;
}

/* As much as FTS5 would, which then knows of the segment. */
static bool merge(struct segment *segment, uint32_t pages, GError **error)
{
    uint64_t before = segment->parts.written - pages;
    uint64_t work = (segment->parts.written / WORK_PAGES - before / WORK_PAGES) * WORK_PAGES * segment->parts.levels->len;
    for (guint i = 0; i < segment->parts.levels->len; i++)
        if (level_at(&segment->parts, i)->parts->len >= FEW_SEGMENTS)
            work = INT32_MAX;
    return work == 0 || (statement_do(segment->store, error, "segments_setting", "") && statement_do(segment->store, error, "segments_merge", "i", (int64_t)MIN(work, INT32_MAX)));
}

bool segment_end(struct segment *segment, bool ok, int64_t rows, int64_t words, GError **error)
{
    ok = ok && (segment->len == HEADER || end_page(segment, error));
    uint32_t pages = segment->number - 1;
    ok = ok && (pages == 0 || end_tree_page(segment, error)) && batch_write(segment->pages, error) && batch_write(segment->tree, error);
    if (ok && pages > 0) {
        if (segment->parts.levels->len == 0)
            add_level(&segment->parts);
        struct part part = {segment->id, 1, pages};
        g_array_append_val(level_at(&segment->parts, 0)->parts, part);
        segment->parts.written += pages;
        /* What FTS5 remembers of its segments it forgets when it is asked to merge, even none: it would go on with it. */
        ok = statement_do(segment->store, error, "segments_merge", "i", (int64_t)0) && write_parts(segment, error);
    }
    ok = ok && write_totals(segment, rows, words, error) && (pages == 0 || merge(segment, pages, error));
    segment_free(segment);
    return ok;
}
