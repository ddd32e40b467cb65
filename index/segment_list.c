/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/segment_list.h"

#include "base/error.h"
#include "index/doclist.h"
#include "index/list.h"

#include <string.h>

enum {
    MOST_SEGMENTS = 2000, /* FTS5's own limit, also of ids */
    VERSION = 4,          /* of the form */
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

void segment_append_number(GByteArray *bytes, uint64_t value)
{
    uint8_t number[10];
    g_byte_array_append(bytes, number, (guint)(segment_number(number, value) - number));
}

static void level_clear(void *data)
{
    g_array_unref(((struct segment_level *)data)->parts);
}

void segment_list_clear(struct segment_list *list)
{
    g_clear_pointer(&list->levels, g_array_unref);
}

static void add_level(struct segment_list *list)
{
    struct segment_level level = {0, g_array_new(FALSE, FALSE, sizeof(struct segment_part))};
    g_array_append_val(list->levels, level);
}

guint segment_list_count(const struct segment_list *list)
{
    guint n = 0;
    for (guint i = 0; i < list->levels->len; i++)
        n += segment_list_level(list, i)->parts->len;
    return n;
}

static bool parse_level(struct segment_level *level, struct bytes *bytes, bool *used)
{
    uint64_t merging = bytes_take(bytes), n = bytes_take(bytes);
    if (!bytes->sound || n > MOST_SEGMENTS || merging > n)
        return false;
    level->merging = (uint32_t)merging;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t id = bytes_take(bytes), first = bytes_take(bytes), last = bytes_take(bytes);
        struct segment_part part = {(uint32_t)id, (uint32_t)first, (uint32_t)last};
        if (!bytes->sound || id == 0 || id > MOST_SEGMENTS || used[id] || first > last || last > INT32_MAX || (first == 0 && last > 0))
            return false;
        used[id] = true;
        g_array_append_val(level->parts, part);
    }
    return true;
}

static enum segment_form parse(struct segment_list *list, struct bytes bytes)
{
    bool used[MOST_SEGMENTS + 1] = {false};
    if (bytes.end - bytes.at < SEGMENT_COOKIE)
        return SEGMENTS_DAMAGED;
    memcpy(list->cookie, bytes.at, SEGMENT_COOKIE);
    bytes.at += SEGMENT_COOKIE;
    uint64_t levels = bytes_take(&bytes), all = bytes_take(&bytes);
    list->written = bytes_take(&bytes);
    if (!bytes.sound || levels > MOST_SEGMENTS)
        return SEGMENTS_DAMAGED;
    for (uint64_t i = 0; i < levels; i++) {
        add_level(list);
        if (!parse_level(segment_list_level(list, (guint)i), &bytes, used))
            return SEGMENTS_DAMAGED;
    }
    if (segment_list_count(list) != all)
        return SEGMENTS_DAMAGED;
    return bytes.at == bytes.end ? SEGMENTS_KNOWN : SEGMENTS_OTHER; /* FTS5 does not look behind it */
}

enum segment_form segment_list_read(struct store *store, struct segment_list *list, GError **error)
{
    *list = (struct segment_list){.levels = g_array_new(FALSE, FALSE, sizeof(struct segment_level))};
    g_array_set_clear_func(list->levels, level_clear);
    sqlite3_stmt *stmt = statement(store, error, "doclist_segments", "");
    if (!stmt || statement_step(store, stmt, error) != SQLITE_ROW)
        return SEGMENTS_OTHER;
    const uint8_t *data = sqlite3_column_blob(stmt, 0);
    struct bytes bytes = {data, data ? data + sqlite3_column_bytes(stmt, 0) : NULL, data != NULL};
    enum segment_form form = sqlite3_column_int(stmt, 1) != VERSION ? SEGMENTS_OTHER : parse(list, bytes);
    sqlite3_reset(stmt);
    return form;
}

bool segment_list_misses(struct store *store, const struct segment_list *list)
{
    uint64_t rows, words;
    return segment_list_count(list) == 0 && doclist_totals(store, &rows, &words) && words > 0;
}

uint32_t segment_list_free_id(const struct segment_list *list)
{
    bool used[MOST_SEGMENTS + 2] = {false};
    for (guint i = 0; i < list->levels->len; i++)
        for (guint k = 0; k < segment_list_level(list, i)->parts->len; k++)
            used[g_array_index(segment_list_level(list, i)->parts, struct segment_part, k).id] = true;
    uint32_t id = 1;
    while (used[id])
        id++;
    return id <= MOST_SEGMENTS ? id : 0;
}

void segment_list_add(struct segment_list *list, const struct segment_part *part)
{
    if (list->levels->len == 0)
        add_level(list);
    g_array_append_vals(segment_list_level(list, 0)->parts, part, 1);
}

bool segment_list_write(struct store *store, const struct segment_list *list, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, list->cookie, SEGMENT_COOKIE);
    segment_append_number(bytes, list->levels->len);
    segment_append_number(bytes, segment_list_count(list));
    segment_append_number(bytes, list->written);
    for (guint i = 0; i < list->levels->len; i++) {
        const struct segment_level *level = segment_list_level(list, i);
        segment_append_number(bytes, level->merging);
        segment_append_number(bytes, level->parts->len);
        for (guint k = 0; k < level->parts->len; k++) {
            const struct segment_part *part = &g_array_index(level->parts, struct segment_part, k);
            segment_append_number(bytes, part->id);
            segment_append_number(bytes, part->first);
            segment_append_number(bytes, part->last);
        }
    }
    return statement_do(store, error, "segment_record", "ib", (int64_t)10, bytes->data, (size_t)bytes->len);
}
