/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/streams.h"

#include "base/quiet.h"
#include "ingest/pdf/inflate.h"
#include "ingest/pdf/poppler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

enum { LARGE = 17 * 1024 * 1024 };

/* Text that packs well and badly by turns. */
static GString *some_text(size_t len)
{
    GString *text = g_string_new(NULL);
    guint32 random = 1;
    while (text->len < len) {
        random = random * 1664525u + 1013904223u;
        if (random >> 30)
            g_string_append_printf(text, "%u families left the camp in the last %u days. ", random >> 16, random >> 28);
        else
            g_string_append_printf(text, "%08x", random);
    }
    return text;
}

static GString *packed(const GString *text, int level, int strategy)
{
    z_stream zip = {0};
    GString *out = g_string_new(NULL);
    assert_int_equal(deflateInit2(&zip, level, Z_DEFLATED, MAX_WBITS, 8, strategy), Z_OK);
    g_string_set_size(out, deflateBound(&zip, text->len));
    zip.next_in = (unsigned char *)text->str;
    zip.avail_in = (uInt)text->len;
    zip.next_out = (unsigned char *)out->str;
    zip.avail_out = (uInt)out->len;
    assert_int_equal(deflate(&zip, Z_FINISH), Z_STREAM_END);
    g_string_truncate(out, zip.total_out);
    deflateEnd(&zip);
    return out;
}

/* A file with these bytes as an attachment. `length`: what it says of them. */
static GBytes *file_with(const GString *stream, const char *filter, size_t length)
{
    GString *text = g_string_new("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>>>endobj\n"
                                 "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
                                 "4 0 obj<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>endobj\n");
    g_string_append_printf(text, "5 0 obj<</Type/EmbeddedFile/Length %zu%s>>stream\n", length, filter);
    g_string_append_len(text, stream->str, (gssize)stream->len);
    g_string_append(text, "\nendstream endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n");
    return g_string_free_to_bytes(text);
}

static gboolean gather(const char *bytes, gsize len, gpointer data, G_GNUC_UNUSED GError **error)
{
    g_string_append_len(data, bytes, (gssize)len);
    return TRUE;
}

/* What Poppler reads of the attachment. */
static GString *read_attachment(GBytes *file)
{
    GString *read = g_string_new(NULL);
    PopplerDocument *pdf = poppler_open(file, "streams.pdf", NULL);
    assert_non_null(pdf);
    GList *attachments = poppler_document_get_attachments(pdf);
    for (GList *l = attachments; l; l = l->next)
        assert_true(poppler_attachment_save_to_callback(l->data, gather, read, NULL));
    g_list_free_full(attachments, g_object_unref);
    g_object_unref(pdf);
    return read;
}

/* Reads it with Poppler alone and with ours: the same. *taken: what ours did. */
static GString *read_both(const GString *stream, const char *filter, size_t length, struct streams_taken *taken)
{
    g_autoptr(GBytes) file = file_with(stream, filter, length);
    GString *own = read_attachment(file);
    streams_begin(file);
    g_autoptr(GString) ours = read_attachment(file);
    *taken = streams_taken();
    streams_end();
    assert_int_equal(own->len, ours->len);
    assert_memory_equal(own->str, ours->str, own->len);
    return own;
}

#define FLATE "/Filter/FlateDecode"

static const struct stream_case {
    const char *name;
    size_t len;          /* of the text */
    int level, strategy; /* as zlib packs it */
    const char *filter;
    long cut, more;      /* bytes that are missing at the end, or too many */
    long off;            /* how much too long Length says that it is */
    bool whole;          /* it is read to its end */
    unsigned taken, given_back;
} cases[] = {
    {"short", 40, 9, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 0, true, 1, 0},
    {"empty", 0, 9, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 0, true, 1, 0},
    {"longer than the window", 300000, 6, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 0, true, 1, 0},
    {"fixed codes", 100000, 6, Z_FIXED, FLATE, 0, 0, 0, true, 1, 0},
    {"stored", 200000, 0, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 0, true, 1, 0},
    {"by a short name, in a list", 5000, 6, Z_HUFFMAN_ONLY, "/Filter[/Fl]", 0, 0, 0, true, 1, 0},
    {"without its sum", 5000, 6, Z_DEFAULT_STRATEGY, FLATE, 4, 0, 0, true, 1, 0},
    {"something behind it", 5000, 6, Z_DEFAULT_STRATEGY, FLATE, 0, 50, 0, true, 1, 0},
    {"cut short", 50000, 6, Z_DEFAULT_STRATEGY, FLATE, 1000, 0, 0, false, 1, 1},
    {"cut short, stored", 50000, 0, Z_DEFAULT_STRATEGY, FLATE, 1000, 0, 0, false, 1, 1},
    {"head alone", 50000, 6, Z_DEFAULT_STRATEGY, FLATE, -2, 0, 0, false, 1, 1},
    {"said to be longer", 5000, 6, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 300, true, 1, 0},
    {"not over the file's bytes", 5000, 6, Z_DEFAULT_STRATEGY, "/Filter[/ASCIIHexDecode/FlateDecode]", 0, 0, 0, false, 0, 0},
    {"packed twice, it says", 5000, 6, Z_DEFAULT_STRATEGY, "/Filter[/FlateDecode/FlateDecode]", 0, 0, 0, false, 1, 0},
    {"with rows over one another", 30000, 6, Z_DEFAULT_STRATEGY, FLATE "/DecodeParms<</Predictor 12/Columns 30>>", 0, 0, 0, false, 1, 0},
    {"with columns beside one another", 30000, 6, Z_DEFAULT_STRATEGY, FLATE "/DecodeParms<</Predictor 2/Columns 30>>", 0, 0, 0, false, 1, 0},
    {"with rows, cut short", 30000, 6, Z_DEFAULT_STRATEGY, FLATE "/DecodeParms<</Predictor 15/Columns 7>>", 500, 0, 0, false, 1, 1},
    {"not packed", 500, 0, Z_DEFAULT_STRATEGY, "", 0, 0, 0, false, 0, 0},
    {"very large", LARGE, 1, Z_DEFAULT_STRATEGY, FLATE, 0, 0, 0, true, 1, 1},
};

static void reads_the_same(void **state)
{
    const struct stream_case *c = *state;
    struct streams_taken taken;
    g_autoptr(GString) text = some_text(c->len);
    g_string_truncate(text, c->len);
    g_autoptr(GString) stream = packed(text, c->level, c->strategy);
    g_string_truncate(stream, c->cut < 0 ? (gsize)-c->cut : stream->len - (gsize)c->cut);
    for (long i = 0; i < c->more; i++)
        g_string_append_c(stream, (char)i);
    quiet_begin();
    g_autoptr(GString) read = read_both(stream, c->filter, (size_t)((long)stream->len + c->off), &taken);
    quiet_end();
    if (c->whole)
        assert_true(g_string_equal(read, text));
    if (poppler_is_known()) {
        assert_int_equal(taken.streams, c->taken);
        assert_int_equal(taken.given_back, c->given_back);
    }
}

/* One byte after the other is another one; what is read is what Poppler reads, sound or not. */
static void reads_damage_the_same(void **state)
{
    (void)state;
    g_autoptr(GString) text = some_text(700);
    struct streams_taken taken;
    unsigned given_back = 0;
    static const struct {
        int level, strategy;
    } ways[] = {{6, Z_DEFAULT_STRATEGY}, {6, Z_FIXED}, {0, Z_DEFAULT_STRATEGY}};
    quiet_begin();
    for (size_t way = 0; way < G_N_ELEMENTS(ways); way++) {
        g_autoptr(GString) stream = packed(text, ways[way].level, ways[way].strategy);
        for (gsize i = 0; i < stream->len; i++) {
            char was = stream->str[i];
            stream->str[i] = (char)(was ^ (1 << i % 8));
            g_string_free(read_both(stream, FLATE, stream->len, &taken), TRUE);
            given_back += taken.given_back;
            stream->str[i] = was;
        }
    }
    quiet_end();
    if (poppler_is_known())
        assert_true(given_back > 100);
}

/* Two who read one stream, and one who holds it longer than the file is kept. */
static void inflates_once(void **state)
{
    (void)state;
    g_autoptr(GString) text = some_text(3000);
    g_autoptr(GString) stream = packed(text, 6, Z_DEFAULT_STRATEGY);
    g_autoptr(GBytes) file = file_with(stream, FLATE, stream->len);
    gsize size;
    const char *start = g_bytes_get_data(file, &size), *at = memmem(start, size, stream->str, stream->len);
    assert_null(inflate_hold(at, stream->len, INFLATE_SEARCH));
    inflate_begin(file);
    assert_null(inflate_hold(at, stream->len - 10, INFLATE_SEARCH)); /* too little of it, */
    const struct inflated *first = inflate_hold(at, stream->len, INFLATE_SEARCH);
    assert_non_null(first);
    assert_null(inflate_hold(at, stream->len - 10, INFLATE_SEARCH)); /* and so it stays */
    assert_null(inflate_hold(at, size, INFLATE_SEARCH));             /* beyond the file */
    assert_null(inflate_hold(stream->str, stream->len, INFLATE_SEARCH));
    assert_ptr_equal(inflate_hold(at, stream->len + 1, INFLATE_POPPLER), first);
    assert_int_equal(inflate_kept().streams, 2);
    inflate_release(first);
    inflate_end();
    assert_int_equal(first->size, text->len);
    assert_memory_equal(first->start, text->str, text->len);
    inflate_release(first);
    inflate_release(NULL);
    inflate_end();
}

/* More than is kept: what Poppler has read goes first. */
static void makes_room(void **state)
{
    (void)state;
    enum { STREAMS = 40 };
    g_autoptr(GString) text = some_text(1024 * 1024), all = g_string_new(NULL);
    size_t starts[STREAMS + 1];
    for (int i = 0; i < STREAMS; i++) {
        text->str[0] = (char)i;
        g_autoptr(GString) stream = packed(text, 1, Z_DEFAULT_STRATEGY);
        starts[i] = all->len;
        g_string_append_len(all, stream->str, (gssize)stream->len);
    }
    starts[STREAMS] = all->len;
    g_autoptr(GBytes) file = g_bytes_new(all->str, all->len);
    const char *start = g_bytes_get_data(file, NULL);
    inflate_begin(file);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < STREAMS; i++) {
            const struct inflated *held = inflate_hold(start + starts[i], starts[i + 1] - starts[i], i < 5 ? INFLATE_SEARCH : INFLATE_POPPLER);
            assert_non_null(held);
            assert_int_equal(held->size, text->len);
            assert_int_equal(held->start[0], i);
            inflate_release(held);
        }
    assert_int_equal(inflate_kept().streams, 2 * STREAMS - 5);
    assert_int_equal(inflate_kept().again, 5);
    inflate_end();
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 3] = {cmocka_unit_test(reads_damage_the_same), cmocka_unit_test(inflates_once), cmocka_unit_test(makes_room)};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i + 3] = (struct CMUnitTest){.name = cases[i].name, .test_func = reads_the_same, .initial_state = (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
