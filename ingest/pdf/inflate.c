/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/inflate.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum {
    INFLATED_MOST = 16 * 1024 * 1024, /* of one stream */
    KEPT_MOST = 12 * 1024 * 1024,     /* of those that nobody reads just now */
    UNREAD_MOST = 65536,              /* streams whose damage is remembered */
    HEAD = 2,                         /* bytes before what is deflated */
};

struct entry {
    struct inflated inflated; /* start NULL: cannot be read within `packed` bytes */
    const char *at;
    size_t packed; /* bytes that it takes in the file */
    unsigned holders;
    bool asked;    /* by Poppler */
    GList *idle;   /* its place among those that may go */
};

/* Of the one thread that reads and draws. */
static struct {
    GBytes *file;
    const char *start, *end; /* its bytes */
    GHashTable *entries;     /* by `at`; NULL: nothing is kept */
    GQueue idle;             /* those that may go, the oldest first */
    size_t size;             /* of all entries */
    struct inflate_kept counts;
    z_stream zip;
    bool ready;              /* zip is */
} kept;

struct inflate_kept inflate_kept(void)
{
    return kept.counts;
}

static bool is_deflated(const unsigned char *at, size_t len)
{
    return len > HEAD && (at[0] & 0x0F) == 8 && (at[0] << 8 | at[1]) % 31 == 0 && !(at[1] & 0x20);
}

/* One decoder for all; NULL without memory. */
static z_stream *decoder(const unsigned char *at, size_t len)
{
    kept.ready = kept.ready || inflateInit2(&kept.zip, -MAX_WBITS) == Z_OK;
    if (!kept.ready || inflateReset(&kept.zip) != Z_OK)
        return NULL;
    kept.zip.next_in = (unsigned char *)(uintptr_t)at; /* zlib does not change it */
    kept.zip.avail_in = (uInt)MIN(len, UINT32_MAX);
    return &kept.zip;
}

/* Inflates to the stream's end, into memory of its own; false: there is none. What stands behind it (a sum) nobody asks, as Poppler does not. */
static bool unpack(struct entry *entry, const unsigned char *at, size_t len)
{
    z_stream *zip = is_deflated(at, len) ? decoder(at + HEAD, len - HEAD) : NULL;
    size_t room = MIN(MAX(len, 1024u) * 4, (size_t)INFLATED_MOST), size = 0;
    char *bytes = NULL, *more;
    int result = Z_BUF_ERROR;
    while (zip && result == Z_BUF_ERROR && size < INFLATED_MOST && (more = g_try_realloc(bytes, room))) {
        bytes = more;
        zip->next_out = (unsigned char *)bytes + size;
        zip->avail_out = (uInt)(room - size);
        result = inflate(zip, Z_FINISH);
        if (result == Z_BUF_ERROR && zip->avail_out > 0)
            result = Z_DATA_ERROR; /* it is cut short */
        size = room - zip->avail_out;
        room = MIN(room * 2, (size_t)INFLATED_MOST);
    }
    if (result != Z_STREAM_END) {
        g_free(bytes);
        return false;
    }
    more = g_try_realloc(bytes, MAX(size, 1u));
    entry->inflated = (struct inflated){more ? more : bytes, size};
    entry->packed = len - zip->avail_in;
    return true;
}

static void free_entry(void *data)
{
    struct entry *entry = data;
    g_free((char *)(uintptr_t)entry->inflated.start);
    g_free(entry);
}

static void take_from_idle(struct entry *entry)
{
    if (entry->idle)
        g_queue_delete_link(&kept.idle, entry->idle);
    entry->idle = NULL;
}

static void drop(struct entry *entry)
{
    kept.size -= entry->inflated.size;
    take_from_idle(entry);
    g_hash_table_remove(kept.entries, entry->at);
}

static struct entry *make_entry(const char *at, size_t len)
{
    struct entry *entry = g_new0(struct entry, 1);
    entry->at = at;
    entry->packed = len;
    if (!unpack(entry, (const unsigned char *)at, len) && g_hash_table_size(kept.entries) >= UNREAD_MOST) {
        g_free(entry);
        return NULL;
    }
    kept.counts.streams++;
    kept.size += entry->inflated.size;
    g_hash_table_insert(kept.entries, (char *)(uintptr_t)at, entry);
    while (kept.size > KEPT_MOST && kept.idle.head)
        drop(kept.idle.head->data);
    return entry;
}

const struct inflated *inflate_hold(const char *at, size_t len, enum inflate_reader reader)
{
    if (!kept.entries || at < kept.start || at >= kept.end || len > (size_t)(kept.end - at))
        return NULL;
    struct entry *entry = g_hash_table_lookup(kept.entries, at);
    if (entry && !entry->inflated.start && entry->packed < len) { /* there was less of it then */
        drop(entry);
        entry = NULL;
    }
    kept.counts.again += entry != NULL;
    if (!entry)
        entry = make_entry(at, len);
    if (!entry || !entry->inflated.start || entry->packed > len)
        return NULL;
    entry->holders++;
    entry->asked |= reader == INFLATE_POPPLER;
    take_from_idle(entry);
    return &entry->inflated;
}

void inflate_release(const struct inflated *inflated)
{
    struct entry *entry = (struct entry *)(uintptr_t)inflated; /* whose first field it is */
    if (!entry || --entry->holders > 0)
        return;
    if (!kept.entries || g_hash_table_lookup(kept.entries, entry->at) != entry) { /* held beyond inflate_end */
        free_entry(entry);
    } else if (kept.size > KEPT_MOST) {
        drop(entry);
    } else if (entry->asked) {
        g_queue_push_tail(&kept.idle, entry);
        entry->idle = kept.idle.tail;
    }
}

void inflate_begin(GBytes *file)
{
    gsize size;
    inflate_end();
    kept.file = g_bytes_ref(file);
    kept.start = g_bytes_get_data(file, &size);
    kept.end = kept.start ? kept.start + size : NULL; /* a file of nothing is nowhere */
    kept.entries = g_hash_table_new_full(NULL, NULL, NULL, free_entry);
}

void inflate_end(void)
{
    GHashTableIter iter;
    struct entry *entry;
    if (!kept.entries)
        return;
    g_queue_clear(&kept.idle);
    g_hash_table_iter_init(&iter, kept.entries);
    while (g_hash_table_iter_next(&iter, NULL, (void **)&entry)) {
        entry->idle = NULL;
        if (entry->holders > 0)
            g_hash_table_iter_steal(&iter);
    }
    g_hash_table_unref(kept.entries);
    g_bytes_unref(kept.file);
    if (kept.ready)
        inflateEnd(&kept.zip);
    memset(&kept, 0, sizeof kept);
}
