/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "ingest/pdf/fonts.h"
#include "ingest/pdf/objects.h"
#include "ingest/pdf/poppler.h"
#include "ingest/pdf/streams.h"
#include "ingest/pdf/tokens.h"
#include "ingest/pdf/words.h"
#include "tests/unit/kept_fonts.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

/*  A PDF is made of the bytes, and read twice: by Poppler alone, and with our functions standing before its own (ingest/pdf/streams.h, tokens.h, objects.h,
 *  fonts.h). Text, boxes, fonts, attachments and what Poppler complains of must be the same. */

/* What is left of the bytes; zeros behind their end. */
struct draw {
    const uint8_t *at, *end;
};

static unsigned draw(struct draw *from)
{
    return from->at < from->end ? *from->at++ : 0;
}

/* What contents are made of, sound and not. */
static const char *const pieces[] = {
    "(12.5) Tj ", "(one) Tj ", "(3 470) Tj ", " 5 0 Td ", "0 -14 Td ", "[(3)-20(4)250(5)]TJ ", "T* ", "(7)' ", "1 2 (8)\" ", "ET BT ", "/A 12 Tf ", "/B 9 Tf ", "/C 9. Tf ", "/T 10 Tf ",
    "<3132> Tj ", "<313> Tj ", "<3 1\n32\r3> Tj ", "<31z2> Tj ", "<> Tj ", "<00410042> Tj ", "(\\101\\1020\\9\\08) Tj ", "(\\777\\400) Tj ", "(a\\\nb\\\r\nc\\\rd\re\nf) Tj ", "(a(b(c))) Tj ",
    "(\\(\\)\\\\\\q\\n) Tj ", "/X Do ", "/Y Do ", "q ", " Q ", " 1 0 0 1 ", " Tm ", " Td ", " cm ", " Tz ", " Tc ", " Tw ", " Ts ", " Tr ", " TL ", " Tf ", " Tj ", " TJ ", " rg ", " re f ",
    "--5", "+.5", "5.", "1e5", "4.-5", ".", "-", "+", "-.", "4-5", "1.2.3", "12345678901234567890", "999999999", "0000000012", "1000000000", "2147483648", "-2147483649", "0x1F", "0.1234567890123456789",
    "12345678901234567890.5", "+-3", "-0", "--.5-", "3..4", "[", "]", "<<", ">>", "<", ">", "(", ")", "{", "}", "/", "/#41", "/A#20B", "/A#4", "/A#", "/#00", "%x\n", "%(\r", "%", "\n", "\r", "\t", "\f", " ",
    "true", "false", "null", "trueish", "nul", "falsefalse", "\\", "#", "'", "\"", "*", "TjTj", "5Tj", "ET(6)Tj", "BT", "ET", "BDC ", "EMC ", "/Span<</ActualText(99)>>BDC ", "/Span<</ActualText<FEFF0039>/a[1 2[3]]/b<</c null>>>>BDC ",
    "BI /W 2 /H 2 /BPC 8 /CS /G ID \x01(2\x03 EI ", "BI /W 1 /H 1 /BPC 8 /CS /G ID\r\n9 EI", "BI/W 1/H 1/BPC 8/CS/G/F/AHx ID 39> EI ", "BI/W 1/H 1/BPC 8/CS/G/F/Fl ID x\x9c\x63 EI ", "ID ", "EI ", "BI ", "ID(", "\nEI\n",
    "BI/W 3/H 1/BPC 8/CS/G/F/A85 ID 5sdp~> EI ", "BI /W 9 /H 9 /IM true ID 12 EI ", "BI [ ID ] ID EI ", "/a 1 DP ", "BX ", "EX ", "d0 ", "500 0 d0 ", "500 0 0 0 9 9 d1 ", "gs ", "/G gs ", "W n ", "sh ", "sc ", "scn ", "/P scn ",
    "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "/aaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "(ccccccccccccccc) Tj ", "(0123456789abcdef) Tj ",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "(\\", "(\\1", "<4", "/", "0", "1", "9", "endstream ", "4 0 R ", "a", "\x80", "\xff", "\xa0",
};

/* NULs that stand where no C string can hold them. */
static void append_raw(GString *text, struct draw *from, unsigned count)
{
    for (unsigned i = 0; i < count && from->at < from->end; i++)
        g_string_append_c(text, (char)draw(from));
}

static GString *draw_content(struct draw *from, const char *begin)
{
    GString *text = g_string_new(begin);
    for (unsigned count = draw(from) % 64; count > 0 && from->at < from->end; count--) {
        unsigned kind = draw(from);
        if (kind < G_N_ELEMENTS(pieces))
            g_string_append(text, pieces[kind]);
        else
            append_raw(text, from, 1 + kind % 5);
    }
    return text;
}

static GString *pack(const GString *text, int level, int strategy)
{
    z_stream zip = {0};
    GString *out = g_string_new(NULL);
    CHECK(deflateInit2(&zip, level, Z_DEFLATED, MAX_WBITS, 8, strategy) == Z_OK);
    g_string_set_size(out, deflateBound(&zip, text->len));
    zip.next_in = (unsigned char *)text->str;
    zip.avail_in = (uInt)text->len;
    zip.next_out = (unsigned char *)out->str;
    zip.avail_out = (uInt)out->len;
    CHECK(deflate(&zip, Z_FINISH) == Z_STREAM_END);
    g_string_truncate(out, zip.total_out);
    deflateEnd(&zip);
    return out;
}

static unsigned char paeth(int left, int above, int corner)
{
    int guess = left + above - corner, a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (unsigned char)(a <= b && a <= c ? left : b <= c ? above : corner);
}

static unsigned char byte_at(const GString *text, gssize at)
{
    return at >= 0 && (gsize)at < text->len ? (unsigned char)text->str[at] : 0;
}

/* One row after the other, the way of each before it (PNG), or none (TIFF: way 0); `pixel` bytes apart. The last row may be cut short. */
static GString *predict(const GString *text, int predictor, gsize columns, gsize pixel, unsigned ways)
{
    GString *out = g_string_new(NULL);
    gsize row = columns * pixel;
    for (gsize start = 0; start < text->len; start += row) {
        unsigned way = predictor == 2 ? 1 : (unsigned)(ways + start / row) % 5;
        if (predictor >= 10)
            g_string_append_c(out, (char)way);
        for (gsize i = start; i < MIN(start + row, text->len); i++) {
            gssize at = (gssize)i;
            bool first = i - start < pixel;
            unsigned char left = first ? 0 : byte_at(text, at - (gssize)pixel), above = byte_at(text, at - (gssize)row), corner = first ? 0 : byte_at(text, at - (gssize)(row + pixel));
            unsigned char expected[] = {0, left, above, (unsigned char)((left + above) / 2), paeth(left, above, corner)};
            g_string_append_c(out, (char)(byte_at(text, at) - expected[way]));
        }
    }
    return out;
}

static void damage(GString *bytes, struct draw *from)
{
    for (unsigned count = draw(from) % 4; count > 0 && bytes->len > 0; count--) {
        gsize at = (draw(from) << 8 | draw(from)) % bytes->len;
        switch (draw(from) % 6) {
        case 0:
            bytes->str[at] = (char)(bytes->str[at] ^ (1 << draw(from) % 8));
            break;
        case 1:
            g_string_truncate(bytes, at);
            break;
        case 2:
            append_raw(bytes, from, draw(from) % 32);
            break;
        case 3:
            bytes->str[bytes->len - 1 - draw(from) % MIN(bytes->len, 4u)] ^= 0x55; /* the sum */
            break;
        case 4:
            bytes->str[draw(from) % MIN(bytes->len, 2u)] = (char)draw(from); /* the head */
            break;
        default:
            bytes->str[at] = (char)draw(from);
        }
    }
}

/* The file as it grows: where its objects begin, and those that go into a stream of objects. */
enum { OBJECTS = 40 };
struct file {
    GString *text;
    gsize starts[OBJECTS];
    GPtrArray *inner; /* of GString: objects for the stream; NULL: each stands by itself */
    unsigned numbers[OBJECTS];
    struct draw *from;
};

static void put_stream(struct file *file, unsigned number, const char *entries, const GString *text)
{
    static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE}, predictors[] = {1, 2, 10, 11, 12, 13, 14, 15};
    unsigned way = draw(file->from), level = way / 4 % 10;
    int predictor = predictors[draw(file->from) % 8];
    g_autoptr(GString) rows = NULL, packed = NULL, head = g_string_new(entries);
    if (way == 0) {
        packed = g_string_new_len(text->str, (gssize)text->len);
    } else if (way % 4 == 3) {
        gsize columns = 1 + draw(file->from) % 20, pixel = 1 + draw(file->from) % 3;
        rows = predict(text, predictor, columns, pixel, draw(file->from));
        packed = pack(predictor == 1 ? text : rows, (int)level, strategies[way / 40 % 4]);
        g_string_append_printf(head, "/Filter[/FlateDecode]/DecodeParms[<</Predictor %d/Columns %zu/Colors %zu>>]", predictor, columns, pixel);
    } else {
        packed = pack(text, (int)level, strategies[way / 40 % 4]);
        g_string_append(head, way % 4 == 2 ? "/Filter/Fl" : "/Filter/FlateDecode");
    }
    gsize length = packed->len;
    if (draw(file->from) % 8 == 7) {
        damage(packed, file->from);
        length = draw(file->from) % 2 ? packed->len : length;
    }
    file->starts[number] = file->text->len;
    g_string_append_printf(file->text, "%u 0 obj<<%s/Length %zu>>stream\n", number, head->str, length);
    g_string_append_len(file->text, packed->str, (gssize)packed->len);
    g_string_append(file->text, "\nendstream endobj\n");
}

static void put_object(struct file *file, unsigned number, const char *what)
{
    if (file->inner) {
        file->numbers[file->inner->len] = number;
        g_ptr_array_add(file->inner, g_strdup(what));
    } else {
        file->starts[number] = file->text->len;
        g_string_append_printf(file->text, "%u 0 obj%s endobj\n", number, what);
    }
}

/* Two pages of the same parts, in another order. */
enum { CATALOG = 1, PAGES, FIRST_PAGE, SECOND_PAGE, FONT_A, FONT_B, DESCENDANT, FONT_C, FONT_T, FORM_X, FORM_Y, TO_UNICODE, GLYPH, FILE_SPEC, RESOURCES, PARTS, PARTS_MOST = 5, INNER = PARTS + PARTS_MOST, TABLE };

static void put_objects(struct file *file)
{
    put_object(file, CATALOG, "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)14 0 R]>>>>>>");
    put_object(file, PAGES, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 400 300]/Resources 15 0 R>>");
    put_object(file, FIRST_PAGE, "<</Type/Page/Parent 2 0 R/Contents[16 0 R 17 0 R 18 0 R 19 0 R 20 0 R]>>");
    put_object(file, SECOND_PAGE, "<</Type/Page/Parent 2 0 R/Contents[18 0 R 16 0 R 16 0 R 12 0 R 20 0 R]>>");
    put_object(file, FONT_A, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    put_object(file, FONT_B, "<</Type/Font/Subtype/Type0/BaseFont/Times-Roman/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 12 0 R>>");
    put_object(file, DESCENDANT, "<</Type/Font/Subtype/CIDFontType2/BaseFont/Times-Roman/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>");
    put_object(file, FONT_C, "<</Type/Font/Subtype/TrueType/BaseFont/Courier/Encoding<</Differences[49/two/three 52/#66ive/a(6)7/g12]>>/ToUnicode 12 0 R>>");
    put_object(file, FONT_T, "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 900 900]/FirstChar 48/LastChar 51/Widths[500 400.5 --5 5.]"
                             "/Encoding<</Differences[48/zero/one/two/three]>>/CharProcs<</zero 13 0 R/one 13 0 R/two 10 0 R>>/Resources 15 0 R>>");
    put_object(file, FILE_SPEC, "<</Type/Filespec/F(a)/EF<</F 16 0 R>>>>");
    put_object(file, RESOURCES, "<</Font<</A 5 0 R/B 6 0 R/C 8 0 R/T 9 0 R/D 5 0 R/E<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>/XObject<</X 10 0 R/Y 11 0 R>>/ExtGState<</G<</Font[5 0 R 8]>>>>>>");
}

/* One content, cut anywhere into streams. */
static void put_content(struct file *file)
{
    g_autoptr(GString) text = draw_content(file->from, "BT /A 12 Tf 14 TL 20 250 Td (begin 1) Tj ");
    g_string_append(text, " ET Q Q BT /A 9 Tf 20 20 Td (end 2) Tj ET ");
    for (unsigned part = 0; part < PARTS_MOST; part++) {
        gsize cut = part + 1 == PARTS_MOST ? text->len : draw(file->from) * text->len / 256;
        g_autoptr(GString) first = g_string_new_len(text->str, (gssize)cut);
        put_stream(file, PARTS + part, "", first);
        g_string_erase(text, 0, (gssize)cut);
    }
}

static void put_forms(struct file *file)
{
    static const char fonts[] = "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</Font<</A 5 0 R/C 8 0 R/T 9 0 R>>/XObject<</Y 11 0 R>>>>";
    g_autoptr(GString) x = draw_content(file->from, "BT /A 12 Tf 40 230 Td (3) Tj "), y = draw_content(file->from, "BT /A 9 Tf 20 200 Td "), glyph = draw_content(file->from, "500 0 d0 ");
    g_autoptr(GString) map = draw_content(file->from, "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <30> <35> <0031> <0041> <0042> [<0043> <0044>] endbfrange "
                                                      "1 beginbfchar <37> <00380039> endbfchar ");
    g_string_append(y, " (4) Tj ET");
    g_string_append(map, " endcmap end");
    put_stream(file, FORM_X, fonts, x);
    put_stream(file, FORM_Y, fonts, y);
    put_stream(file, GLYPH, "", glyph);
    put_stream(file, TO_UNICODE, "", map);
}

static void put_inner(struct file *file)
{
    g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL);
    g_autofree char *entries = NULL;
    for (guint i = 0; i < file->inner->len; i++) {
        g_string_append_printf(head, "%u %zu ", file->numbers[i], body->len);
        g_string_append_printf(body, "%s\n", (const char *)g_ptr_array_index(file->inner, i));
    }
    entries = g_strdup_printf("/Type/ObjStm/N %u/First %zu", file->inner->len, head->len);
    g_string_append_len(head, body->str, (gssize)body->len);
    put_stream(file, INNER, entries, head);
}

static void put_table_row(GString *table, unsigned kind, gsize first, unsigned second)
{
    char row[] = {(char)kind, (char)(first >> 16), (char)(first >> 8), (char)first, (char)second};
    g_string_append_len(table, row, sizeof row);
}

/* The places of all objects, as a stream too where some are in a stream. */
static void put_table(struct file *file)
{
    g_autoptr(GString) table = g_string_new(NULL);
    gsize start = file->text->len;
    if (!file->inner) {
        g_string_append(file->text, "xref\n0 21\n0000000000 65535 f \n");
        for (unsigned i = 1; i < INNER; i++)
            g_string_append_printf(file->text, "%010zu 00000 n \n", file->starts[i]);
        g_string_append_printf(file->text, "trailer<</Root 1 0 R/Size 21>>\nstartxref\n%zu\n%%%%EOF\n", start);
        return;
    }
    file->starts[TABLE] = start;
    for (unsigned i = 0; i <= TABLE; i++) {
        unsigned place = 0;
        while (place < file->inner->len && file->numbers[place] != i)
            place++;
        if (place < file->inner->len)
            put_table_row(table, 2, INNER, place);
        else
            put_table_row(table, i > 0, file->starts[i], 0);
    }
    put_stream(file, TABLE, "/Type/XRef/Root 1 0 R/Size 23/W[1 3 1]", table);
    g_string_append_printf(file->text, "startxref\n%zu\n%%%%EOF\n", start);
}

static GBytes *make_file(struct draw *from, bool packed_objects)
{
    struct file file = {.text = g_string_new("%PDF-1.5\n"), .inner = packed_objects ? g_ptr_array_new_with_free_func(g_free) : NULL, .from = from};
    put_content(&file);
    put_forms(&file);
    put_objects(&file);
    if (file.inner)
        put_inner(&file);
    put_table(&file);
    if (file.inner)
        g_ptr_array_unref(file.inner);
    return g_string_free_to_bytes(file.text);
}

/* Complaints without where Poppler stood then, which is not the same place where a stream was inflated before. */
static ssize_t listen(void *data, const char *said, size_t size)
{
    GString *all = data;
    for (size_t i = 0; i < size; i++)
        if (!g_ascii_isdigit(said[i]))
            g_string_append_c(all, said[i]);
    return (ssize_t)size;
}

static gboolean gather(const char *bytes, gsize len, gpointer data, G_GNUC_UNUSED GError **error)
{
    g_string_append_len(data, bytes, (gssize)len);
    return TRUE;
}

static void read_page(PopplerPage *page, GString *all)
{
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    g_autofree char *text = poppler_page_get_text(page);
    g_string_append_printf(all, "\n%s", text);
    poppler_page_get_text_layout(page, &boxes, &count);
    for (guint i = 0; i < count; i++)
        g_string_append_printf(all, "|%a %a %a %a", boxes[i].x1, boxes[i].y1, boxes[i].x2, boxes[i].y2);
    GList *runs = poppler_page_get_text_attributes(page);
    for (GList *l = runs; l; l = l->next) {
        const PopplerTextAttributes *run = l->data;
        g_string_append_printf(all, "|%d-%d: %s %a %d %u %u %u", run->start_index, run->end_index, run->font_name, run->font_size, run->is_underlined, run->color.red, run->color.green, run->color.blue);
    }
    poppler_page_free_text_attributes(runs);
    g_free(boxes);
}

/* For what is complained of then: the pixels are not the same twice in Poppler either (a broken font, drawn again). */
static void draw_page(PopplerPage *page)
{
    double scale;
    cairo_surface_destroy(poppler_draw(page, 36, 200, &scale));
}

/* What the first byte asks for. */
enum { KEEPS_FONTS = 1, PACKS_OBJECTS = 4, DRAWS = 8 | 16, RAW = 0xF0 };

/* What Poppler reads of the file. Of damaged dictionaries its attachments are not asked for: Poppler's own function dies of them, and nobody here calls it. */
static GString *read_file(GBytes *file, unsigned flags)
{
    GString *all = g_string_new(NULL);
    PopplerDocument *pdf = poppler_open(file, "poppler.pdf", NULL);
    if (!pdf)
        return all;
    for (int i = 0; i < MIN(poppler_document_get_n_pages(pdf), 3); i++) {
        PopplerPage *page = poppler_document_get_page(pdf, i);
        if (page)
            read_page(page, all);
        if (page && (flags & DRAWS) == DRAWS)
            draw_page(page);
        g_clear_object(&page);
    }
    GList *attachments = flags < RAW && !(flags & PACKS_OBJECTS) ? poppler_document_get_attachments(pdf) : NULL;
    for (GList *l = attachments; l; l = l->next)
        poppler_attachment_save_to_callback(l->data, gather, all, NULL);
    g_list_free_full(attachments, g_object_unref);
    g_object_unref(pdf);
    return all;
}

/* The same, with its complaints into `heard`. */
static GString *read_heard(GBytes *file, unsigned flags, GString *heard)
{
    FILE *own = stderr, *ear = fopencookie(heard, "w", (cookie_io_functions_t){.write = listen});
    CHECK(ear != NULL);
    setvbuf(ear, NULL, _IONBF, 0);
    stderr = ear;
    GString *all = read_file(file, flags);
    stderr = own;
    fclose(ear);
    return all;
}

static void tell(const char *what, const GString *own, const GString *ours)
{
    fprintf(stderr, "%s:\n--- Poppler\n%.*s\n--- ours\n%.*s\n", what, (int)own->len, own->str, (int)ours->len, ours->str);
}

/* Fonts that are kept are complained of once, not on each page: then complaints are not compared. */
static void compare(GBytes *file, unsigned flags)
{
    bool fonts = flags & KEEPS_FONTS;
    g_autoptr(GString) heard = g_string_new(NULL), heard_by_ours = g_string_new(NULL);
    g_autoptr(GString) own = read_heard(file, flags, heard);
    if (fonts)
        fonts_begin();
    streams_begin(file);
    tokens_begin();
    objects_begin();
    words_begin();
    g_autoptr(GString) ours = read_heard(file, flags, heard_by_ours);
    words_end();
    objects_end();
    tokens_end();
    fonts_end();
    streams_end();
    bool same = g_string_equal(own, ours), same_heard = fonts || g_string_equal(heard, heard_by_ours);
    if (!same)
        tell("read", own, ours);
    if (!same_heard)
        tell("heard", heard, heard_by_ours);
    CHECK(same && same_heard);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct draw from = {data, data + size};
    unsigned flags = draw(&from);
    g_autoptr(GBytes) file = NULL;
    if (flags >= RAW) /* the rest is the file itself */
        file = g_bytes_new(from.at, (gsize)(from.end - from.at));
    else
        file = make_file(&from, flags & PACKS_OBJECTS);
    compare(file, flags);
    return 0;
}
