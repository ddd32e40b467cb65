/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/warm.h"

#include "base/quiet.h"
#include "ingest/pdf/poppler.h"
#include "ingest/reader.h"

#include <archive.h>
#include <gmime/gmime.h>
#include <md4c.h>
#include <zip.h>
#include <zlib.h>

/* A page of two fonts, up to its content, deflated; %u: bytes of that. */
static const char page[] =
    "%%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>endobj\n"
    "4 0 obj<</Filter/FlateDecode/Length %u>>stream\n";
static const char fonts[] =
    "\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
    "6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n";

static const char content[] =
    "BT /F1 16 Tf 72 760 Td (Displacement Review 2019) Tj ET\n"
    "BT /F2 11 Tf 72 720 Td (In May 2019, an estimated 12,400 people fled the north of Honduras, according to the Red Cross.) Tj ET\n"
    "BT /F2 11 Tf 72 706 Td (More than 35 per cent of them were children; $2.5 million was needed between 2018 and 2020.) Tj ET\n";

static GBytes *make_pdf(void)
{
    enum { OBJECTS = 6 };
    GString *pdf = g_string_new(NULL);
    unsigned char packed[sizeof content + 64];
    uLong size = sizeof packed;
    g_assert(compress(packed, &size, (const unsigned char *)content, strlen(content)) == Z_OK);
    g_string_printf(pdf, page, (unsigned)size);
    g_string_append_len(pdf, (const char *)packed, (gssize)size);
    g_string_append(pdf, fonts);
    gsize table = pdf->len;
    g_string_append_printf(pdf, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (unsigned i = 1; i <= OBJECTS; i++) {
        g_autofree char *head = g_strdup_printf("\n%u 0 obj", i);
        g_string_append_printf(pdf, "%010u 00000 n \n", (unsigned)((char *)memmem(pdf->str, pdf->len, head, strlen(head)) + 1 - pdf->str));
    }
    g_string_append_printf(pdf, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%u\n%%%%EOF\n", OBJECTS + 1, (unsigned)table);
    return g_string_free_to_bytes(pdf);
}

static PopplerDocument *kept; /* what Poppler has made goes with its last document */

struct document *warm_read(void)
{
    g_autoptr(GBytes) bytes = make_pdf();
    struct source *source = source_new("", bytes);
    g_autoptr(GPtrArray) documents = g_ptr_array_new();
    if (!kept)
        kept = poppler_open(bytes, "", NULL);
    bool ok = kept && reader_read(source, documents, NULL) && documents->len == 1;
    source_free(source);
    return ok ? g_ptr_array_index(documents, 0) : NULL;
}

void warm_draw(void)
{
    enum { DPI = 18, SIDE_MAX = 1000 };
    double scale;
    PopplerPage *first = kept ? poppler_document_get_page(kept, 0) : NULL;
    if (!first)
        return;
    quiet_begin();
    cairo_surface_destroy(poppler_draw(first, DPI, SIDE_MAX, &scale));
    quiet_end();
    g_object_unref(first);
}

void warm_packed(void)
{
    zip_error_t none;
    zip_error_init(&none);
    zip_error_fini(&none);
    archive_read_free(archive_read_new());
    g_mime_init();
    md_parse("", 0, &(MD_PARSER){.abi_version = UINT_MAX}, NULL); /* of no version that it knows: nothing is read */
}
