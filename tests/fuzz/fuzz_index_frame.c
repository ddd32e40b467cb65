/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "extract/pass.h"
#include "index/frame.h"
#include "index/put.h"
#include "ingest/reader.h"

static const char text[] = "Shelter\n\nSome 10,000 people were displaced in Honduras in 2014, said UNHCR.1 Another 4.5 per cent fled to México.\n\n1 UNHCR, Global Trends, p. 8.\n";

struct good {
    struct extractor *extractor;
    GByteArray *frame; /* of a document that is well */
    struct store *store;
};

static const struct good *good(void)
{
    static struct good good;
    if (good.frame)
        return &good;
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, sizeof text - 1);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free), troubles = g_ptr_array_new_with_free_func(g_free);
    struct source *source = source_new("x.txt", bytes);
    g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL), *path = g_build_filename(folder, "evidence.citable", NULL);
    CHECK(extractor_new(NULL, &good.extractor, NULL) && reader_read(source, documents, NULL) && documents->len == 1 && store_open(path, STORE_CREATE, &good.store, NULL));
    source_free(source);
    struct mentions *mentions = extractor_run(good.extractor, documents->pdata[0], troubles);
    good.frame = g_byte_array_new();
    frame_write(good.frame, documents->pdata[0], mentions);
    mentions_free(mentions);
    return &good;
}

/* A good frame with bytes changed as the input says (place, place, value …), and a tail of its own: either refused, or a document that can be stored and says the
 * same when it is written and read again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct good *g = good();
    g_autoptr(GByteArray) frame = g_byte_array_new();
    g_byte_array_append(frame, g->frame->data, g->frame->len);
    for (size_t i = 0; i + 2 < size; i += 3)
        frame->data[((unsigned)data[i] << 8 | data[i + 1]) % frame->len] = data[i + 2];
    struct document *doc;
    struct mentions *mentions;
    if (!frame_read(slice_make((const char *)frame->data, frame->len), "x.txt", &doc, &mentions, NULL))
        return 0;
    for (guint i = 0; i < doc->passages->len; i++)
        check_span(doc, DOCUMENT_AT(doc->passages, struct passage, i).span);
    g_autoptr(GByteArray) again = g_byte_array_new(), third = g_byte_array_new();
    frame_write(again, doc, mentions);
    struct document *same;
    struct mentions *same_mentions;
    CHECK(frame_read(slice_make((const char *)again->data, again->len), "x.txt", &same, &same_mentions, NULL));
    frame_write(third, same, same_mentions);
    CHECK(again->len == third->len && memcmp(again->data, third->data, again->len) == 0);
    g_autoptr(GError) error = NULL;
    CHECK(store_begin(g->store, &error));
    bool stored = store_put(g->store, doc, mentions, "fuzz", &error);
    store_rollback(g->store);
    CHECK(stored);
    document_free(doc);
    mentions_free(mentions);
    document_free(same);
    mentions_free(same_mentions);
    return 0;
}
