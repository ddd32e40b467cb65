/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/builder.h"
#include "ingest/charset.h"
#include "ingest/reader.h"

/*  A sheet saved as text (RFC 4180): each record is a row of a table, so that a number has the heads of its row and its column.
 *
 *    Town,2019,2020            a comma, semicolon or TAB parts the fields, whichever is there most in the first records;
 *    "Brod, east","1,401",     quotation marks hold one in a field, doubled they stand for themselves */

enum { PROBE_RECORDS = 20, FIELDS_MAX = 512 };

static bool is_named(const char *path)
{
    static const char *const ends[] = {".csv", ".tsv", ".tab"};
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    for (size_t i = 0; lower && i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(lower, ends[i]))
            return true;
    return false;
}

static int probe_csv(struct slice head, const char *path)
{
    return is_named(path) && encoding_is_text(head) ? 60 : 0;
}

/* The end of the field that begins at `at`: the byte of the sign or the line end behind it. */
static size_t field_end(struct slice text, size_t at, char sign)
{
    bool quoted = at < text.len && text.ptr[at] == '"';
    for (size_t i = quoted ? at + 1 : at; i < text.len; i++) {
        if (quoted && text.ptr[i] == '"')
            quoted = false;
        else if (!quoted && text.ptr[i] == '"' && text.ptr[i - 1] == '"') /* doubled */
            quoted = true;
        else if (!quoted && (text.ptr[i] == sign || text.ptr[i] == '\n'))
            return i;
    }
    return text.len;
}

/* How many records of the first ones have the field count of the first, which is two or more; 0: this sign parts nothing. */
static unsigned evenness(struct slice text, char sign)
{
    unsigned first = 0, fields = 0, records = 0, even = 0;
    for (size_t at = 0; at < text.len && records < PROBE_RECORDS;) {
        size_t end = field_end(text, at, sign);
        fields++;
        at = end + 1;
        if (end < text.len && text.ptr[end] != '\n')
            continue;
        first = records++ == 0 ? fields : first;
        even += fields == first;
        fields = 0;
    }
    return first < 2 ? 0 : even * 8 + MIN(first, 7);
}

static char separator_of(struct slice text)
{
    static const char signs[] = {',', ';', '\t'};
    char best = ',';
    unsigned most = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        unsigned even = evenness(text, signs[i]);
        if (even > most) {
            most = even;
            best = signs[i];
        }
    }
    return best;
}

/* Bytes of the text, each with its place in the file. */
static void put(struct builder *builder, const struct encoding *encoding, size_t from, size_t to)
{
    builder_decoded(builder, encoding, (struct span){(uint32_t)from, (uint32_t)to}, false);
}

/* A field without the marks around it; of two marks in it one is text. */
static void put_field(struct builder *builder, const struct encoding *encoding, size_t from, size_t to)
{
    const char *text = encoding->text.ptr;
    if (to > from && text[to - 1] == '\r')
        to--;
    if (to > from + 1 && text[from] == '"' && text[to - 1] == '"') {
        from++;
        to--;
    }
    for (size_t i = from; i + 1 < to; i++)
        if (text[i] == '"' && text[i + 1] == '"') {
            put(builder, encoding, from, i + 1);
            from = i + 2;
            i++;
        }
    put(builder, encoding, from, to);
}

static void read_records(struct builder *builder, const struct encoding *encoding)
{
    struct slice text = encoding->text;
    char sign = separator_of(text);
    unsigned column = 0;
    builder_table(builder, NONE);
    for (size_t at = 0; at <= text.len && text.len > 0;) {
        size_t end = field_end(text, at, sign);
        if (column == 0)
            builder_row(builder);
        if (column < FIELDS_MAX) {
            builder_cell(builder, false, 1, 1);
            put_field(builder, encoding, at, end);
        }
        column = end < text.len && text.ptr[end] == sign ? column + 1 : 0;
        if (end >= text.len || (column == 0 && end + 1 >= text.len))
            break;
        at = end + 1;
    }
    builder_table_end(builder);
    builder_close(builder);
}

static bool read_sheet(const struct source *source, GPtrArray *documents, GError **error)
{
    struct encoding encoding;
    if (!charset_decode_plain(source, &encoding, error))
        return false;
    struct document *doc = document_new(source->path);
    struct builder builder;
    builder_init(&builder, doc);
    read_records(&builder, &encoding);
    builder_clear(&builder);
    if (doc->passages->len == 0)
        document_warn(doc, "no-text", NONE, "the file holds no text");
    encoding_warn(&encoding, doc);
    encoding_clear(&encoding);
    g_ptr_array_add(documents, doc);
    return true;
}

const struct reader read_csv = {"csv", probe_csv, read_sheet};
