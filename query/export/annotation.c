/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"
#include "query/print/answer.h"
#include "query/print/number.h"
#include "query/print/printer.h"

/* Words before and after a quote that tell it from others like it. */
enum { CONTEXT_CHARACTERS = 32 };

/* How many bytes more than characters a document has up to the end of each of its passages; between passages there are only ASCII separators. */
struct extra {
    uint32_t end, bytes;
};

/* An export under way. */
struct annotations {
    GHashTable *extras; /* document → its GArray of struct extra */
    GChecksum *ids;     /* of the annotations: names the page */
};

static GArray *extras_of(struct export *export, const struct answer *answer, GError **error)
{
    GHashTable *cache = ((struct annotations *)export->state)->extras;
    GArray *extras = g_hash_table_lookup(cache, answer->document);
    g_autoptr(GPtrArray) rows = NULL;
    if (extras)
        return extras;
    if (!store_context(library_store(export->library), answer->passage->rowid, answer->document->passages, &rows, error))
        return NULL;
    extras = g_array_new(FALSE, FALSE, sizeof(struct extra));
    uint32_t bytes = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct passage_row *row = g_ptr_array_index(rows, i);
        bytes += (uint32_t)(strlen(row->text) - (size_t)g_utf8_strlen(row->text, -1));
        struct extra extra = {row->span.end, bytes};
        g_array_append_val(extras, extra);
    }
    g_hash_table_insert(cache, (gpointer)answer->document, extras);
    return extras;
}

/* Characters of the clean text before a byte that lies in the answer's passage. */
static uint32_t character_at(const GArray *extras, const struct answer *answer, uint32_t byte)
{
    uint32_t before = 0;
    for (guint i = 0; i < extras->len && g_array_index(extras, struct extra, i).end <= answer->passage->span.start; i++)
        before = g_array_index(extras, struct extra, i).bytes;
    uint32_t start = answer->passage->span.start;
    return start - before + (uint32_t)g_utf8_strlen(answer->passage->text, (gssize)(byte - start));
}

static json_t *quote_selector(const struct answer *answer, struct span span)
{
    const char *text = answer->passage->text, *from = text + (span.start - answer->passage->span.start), *to = text + (span.end - answer->passage->span.start);
    const char *before = from, *after = to;
    for (int i = 0; i < CONTEXT_CHARACTERS && before > text; i++)
        before = g_utf8_prev_char(before);
    for (int i = 0; i < CONTEXT_CHARACTERS && *after; i++)
        after = g_utf8_next_char(after);
    return json_pack("{s:s,s:s%,s:s%,s:s%}", "type", "TextQuoteSelector", "exact", from, (int)(to - from), "prefix", before, (int)(from - before), "suffix", to, (int)(after - to));
}

/* The value as programs have read it from the first: its form is part of the format. */
static void value_append(GString *out, const struct figure_row *figure)
{
    const char *unit = unit_shown(&figure->quantity);
    if (figure->quantity.kind == KIND_FRACTION && figure->text) {
        g_string_append(out, figure->text);
        unit = NULL;
    } else {
        quantity_append(out, &figure->quantity);
    }
    if (unit && strchr(unit, '/') && figure->unit_text && *figure->unit_text)
        unit = figure->unit_text;
    if (unit)
        g_string_append_printf(out, " %s", unit);
    if (figure->counted)
        g_string_append_printf(out, " %s", figure->counted);
}

static json_t *text_body(const char *text, const char *purpose)
{
    return json_pack("{s:s,s:o,s:s,s:s}", "type", "TextualBody", "value", json_text(text), "format", "text/plain", "purpose", purpose);
}

/* The figure; and that a person rejected it, as a body of its own. */
static json_t *body_of(const struct answer *answer)
{
    g_autoptr(GString) value = g_string_new(NULL);
    g_autofree char *rejected = rejected_text(answer);
    value_append(value, answer->figure);
    json_t *body = text_body(value->str, "describing");
    return rejected ? json_pack("[o,o]", body, text_body(rejected, "assessing")) : body;
}

void export_annotations_begin(struct export *export)
{
    struct annotations *page = g_new(struct annotations, 1);
    page->extras = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    page->ids = g_checksum_new(G_CHECKSUM_SHA256);
    export->state = page;
    fputs("{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[", export->out);
}

/* An address; of a file, its path with what no address may hold escaped. The caller frees it. */
static char *source_of(const struct document_row *document)
{
    const char *url = document->metadata.url;
    return url ? g_strdup(url) : g_uri_escape_string(document->path, "/!$&'()*+,;=:@", TRUE);
}

bool export_annotations_add(struct export *export, const struct answer *answer, GError **error)
{
    GArray *extras = extras_of(export, answer, error);
    if (!extras)
        return false;
    struct span span = answer_quote_span(answer);
    g_autofree char *id = g_strdup_printf("urn:citable:%s", answer->figure->id), *source = source_of(answer->document);
    g_checksum_update(((struct annotations *)export->state)->ids, (const guchar *)id, (gssize)strlen(id) + 1);
    json_t *selectors = json_array(), *annotation = json_object(), *target = json_object();
    json_array_append_new(selectors, quote_selector(answer, span));
    json_array_append_new(selectors, json_pack("{s:s,s:i,s:i}", "type", "TextPositionSelector", "start", (int)character_at(extras, answer, span.start), "end",
                                               (int)character_at(extras, answer, span.end)));
    if (answer_page(answer) != NONE && g_strcmp0(answer->document->reader, "pdf") == 0) {
        g_autofree char *fragment = g_strdup_printf("page=%u", answer_page(answer));
        json_array_append_new(selectors, json_pack("{s:s,s:s,s:s}", "type", "FragmentSelector", "conformsTo", "http://tools.ietf.org/rfc/rfc3778", "value", fragment));
    }
    json_object_set_new(target, "source", json_text(source));
    json_object_set_new(target, "schema:sha256", json_text(answer->document->sha256)); /* https://schema.org/sha256; the context knows the prefix */
    json_object_set_new(target, "selector", selectors);
    json_object_set_new(annotation, "id", json_text(id));
    json_object_set_new(annotation, "type", json_string("Annotation"));
    json_object_set_new(annotation, "motivation", json_string("describing"));
    json_object_set_new(annotation, "body", body_of(answer));
    json_object_set_new(annotation, "target", target);
    fputs(export->added ? ",\n" : "\n", export->out);
    json_dumpf(annotation, export->out, JSON_COMPACT);
    json_decref(annotation);
    return true;
}

void export_annotations_end(struct export *export)
{
    struct annotations *page = export->state;
    fprintf(export->out, "\n],\"id\":\"urn:citable:annotations:%s\"}\n", g_checksum_get_string(page->ids));
    g_hash_table_unref(page->extras);
    g_checksum_free(page->ids);
    g_free(page);
}
