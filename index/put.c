/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/put.h"

#include "base/error.h"
#include "base/timing.h"
#include "index/blob.h"
#include "index/get.h"
#include "index/lengths.h"
#include "index/period.h"
#include "index/rank.h"
#include "index/statement.h"
#include "index/tags.h"

#include <math.h>

/* One document on its way into the file. */
struct put {
    struct store *store;
    const struct document *doc;
    const struct mentions *mentions;
    int64_t document;
    GArray *lengths;     /* uint16_t, see lengths.h */
    GArray *boxes;       /* reused */
    GHashTable *names;   /* set of struct name: those of the document */
    GError **error;
};

/* What was remembered of all documents no longer holds. */
static void forget(struct store *store)
{
    g_hash_table_remove_all(store->ids);
    ranking_free(store->ranking);
    store->ranking = NULL;
}

/* A document cannot begin a text with the sign of the tag column. */
static struct slice indexed_text(struct slice text)
{
    return text.len > 0 && text.ptr[0] == TAGS_BEGIN ? slice_sub(text, 1, text.len) : text;
}

static bool unindex(struct store *store, int64_t document, GError **error)
{
    sqlite3_stmt *row = statement(store, error, "document_language", "i", document);
    if (!row || statement_step(store, row, error) != SQLITE_ROW)
        return false;
    tokenizer_language(store->tokenizer, (const char *)sqlite3_column_text(row, 0));
    sqlite3_reset(row);
    row = statement(store, error, "passages_to_unindex", "ii", rows_first(document), rows_first(document + 1) - 1);
    int code = row ? SQLITE_ROW : SQLITE_ERROR;
    while (row && (code = statement_step(store, row, error)) == SQLITE_ROW) {
        struct slice text = {(const char *)sqlite3_column_text(row, 1), (size_t)sqlite3_column_bytes(row, 1)};
        if (!statement_do(store, error, "fts_delete", "its", sqlite3_column_int64(row, 0), indexed_text(text), (const char *)sqlite3_column_text(row, 2)))
            return false;
    }
    return code == SQLITE_DONE;
}

bool store_remove(struct store *store, int64_t document, GError **error)
{
    static const char *const whole[] = {"delete_document", "delete_pages", "delete_notes", "delete_marks", "delete_warnings", "delete_identifiers"};
    static const char *const ranges[] = {"delete_passages", "delete_repeats", "delete_figures", "delete_places", "delete_mentions"};
    forget(store);
    bool ok = unindex(store, document, error);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(ranges); i++)
        ok = statement_do(store, error, ranges[i], "ii", rows_first(document), rows_first(document + 1) - 1);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(whole); i++)
        ok = statement_do(store, error, whole[i], "i", document);
    return ok;
}

/* The id to write under: that of the edition it replaces, else a new one. */
static bool make_room(struct put *put, const char *path)
{
    sqlite3_stmt *row = statement(put->store, put->error, "document_at", "ss", path, put->doc->member ? put->doc->member : "");
    int code = row ? statement_step(put->store, row, put->error) : SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        g_autofree char *earlier = column_text(row, 1);
        put->document = sqlite3_column_int64(row, 0);
        sqlite3_reset(row);
        return store_remove(put->store, put->document, put->error) && statement_do(put->store, put->error, "corrections_move", "ss", earlier, put->doc->sha256);
    }
    if (code != SQLITE_DONE)
        return false;
    row = statement(put->store, put->error, "document_next", "");
    if (!row || statement_step(put->store, row, put->error) != SQLITE_ROW)
        return false;
    put->document = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    forget(put->store);
    return true;
}

static bool put_pages(struct put *put)
{
    bool ok = true;
    for (guint i = 0; ok && i < put->doc->pages->len; i++) {
        const struct page *page = &DOCUMENT_AT(put->doc->pages, struct page, i);
        ok = statement_do(put->store, put->error, "page_insert", "iusddu", put->document, i + 1, page->label, (double)page->width, (double)page->height, page->flags);
    }
    return ok;
}

/* The printed lines of passage `passage`, from `*line` on; `*last` becomes the page on which it ends. */
static GArray *lines_of(const struct document *doc, const struct passage *passage, guint *line, uint32_t *last)
{
    GArray *stored = g_array_new(FALSE, FALSE, sizeof(struct stored_line));
    for (; *line < doc->lines->len; ++*line) {
        const struct line *printed = &DOCUMENT_AT(doc->lines, struct line, *line);
        if (printed->span.start >= passage->span.end)
            break;
        if (printed->span.end <= passage->span.start || printed->page == NONE)
            continue;
        *last = printed->page;
        struct stored_line item = {printed->span, {printed->page, printed->box}};
        if (printed->box.x1 > printed->box.x0)
            g_array_append_val(stored, item);
    }
    blob_swap(stored->data, stored->len * sizeof(struct stored_line));
    return stored;
}

static bool put_passage(struct put *put, guint i, guint *line, const char *tags)
{
    const struct document *doc = put->doc;
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
    uint32_t last = passage->page;
    g_autoptr(GArray) lines = lines_of(doc, passage, line, &last);
    struct span source = document_source_span(doc, passage->span);
    struct slice text = document_slice(doc, passage->span);
    int64_t id = rows_first(put->document) + i, heading = rows_first(put->document) + passage->heading;
    sqlite3_stmt *stmt = statement(put->store, put->error, "passage_insert", "iuuuuuuuuuitbss", id, passage->page, last, passage->number, passage->span.start,
                                   passage->span.end, source.start, source.end, (uint32_t)passage->zone, passage->flags, heading, text, lines->data,
                                   lines->len * sizeof(struct stored_line), tags, doc->sha256);
    if (!stmt)
        return false;
    if (passage->heading == NONE)
        sqlite3_bind_null(stmt, 11);
    if (!statement_run(put->store, stmt, put->error))
        return false;
    const char *stage = timing_enter("full text");
    bool ok = statement_do(put->store, put->error, "fts_insert", "its", id, indexed_text(text), tags);
    timing_enter(stage);
    if (!ok)
        return false;
    uint16_t word = length_word(tokenizer_count(put->store->tokenizer), passage->zone);
    g_array_append_val(put->lengths, word);
    return passage->repeats == NONE || statement_do(put->store, put->error, "repeat_insert", "iis", id, rows_first(put->document) + passage->repeats, doc->sha256);
}

static bool put_passages(struct put *put)
{
    g_autoptr(GPtrArray) tags = tags_of(put->doc, put->mentions);
    tokenizer_language(put->store->tokenizer, put->doc->metadata.language);
    guint line = 0;
    bool ok = true;
    for (guint i = 0; ok && i < put->doc->passages->len; i++)
        ok = put_passage(put, i, &line, g_ptr_array_index(tags, i));
    return ok;
}

static bool put_places(struct put *put, int64_t id, const struct figure *figure)
{
    bool ok = true;
    for (uint32_t i = 0; ok && i < figure->n_places; i++) {
        const struct figure_place *place = &figure->places[i];
        ok = statement_do(put->store, put->error, "place_insert", "iussuuu", id, i, place->name ? place->name : "", place->iso, place->geonames ? place->geonames : NONE,
                          (uint32_t)place->role, figure->n_places);
    }
    return ok;
}

static void bind_days(sqlite3_stmt *stmt, int column, const char *edtf)
{
    struct days days;
    if (edtf && days_from_edtf(edtf, &days)) {
        sqlite3_bind_int(stmt, column, days.first);
        sqlite3_bind_int(stmt, column + 1, days.last);
    }
}

/* number: its place in the passage, from 1. */
static bool put_figure(struct put *put, guint i, const struct mention *mention, uint32_t number)
{
    const struct document *doc = put->doc;
    const struct figure *figure = &mention->figure;
    const struct quantity *q = &figure->quantity;
    const struct mark *mark = figure->mark == NONE ? NULL : &DOCUMENT_AT(doc->marks, struct mark, figure->mark);
    struct span sentence = DOCUMENT_AT(doc->passages, struct passage, mention->passage).span;
    if (mention->sentence != NONE)
        sentence = DOCUMENT_AT(doc->sentences, struct sentence, mention->sentence).span;
    g_autofree char *unit_text = q->unit_text.end > q->unit_text.start ? slice_dup(document_slice(doc, q->unit_text)) : NULL;
    g_array_set_size(put->boxes, 0);
    document_boxes(doc, mention->span, put->boxes);
    blob_swap(put->boxes->data, put->boxes->len * sizeof(struct place_on_page));
    int64_t id = rows_first(put->document) + i;
    sqlite3_stmt *stmt = statement(put->store, put->error, "figure_insert", "iiuuuuudddduussssnnuussuusubs", id, rows_first(put->document) + mention->passage, number,
                                   mention->span.start, mention->span.end, sentence.start, sentence.end, q->low + 0.0, q->high + 0.0, q->other_low + 0.0, q->other_high + 0.0, (uint32_t)q->kind,
                                   (uint32_t)q->qualifier, q->unit, unit_text, figure->counted, figure->period, (uint32_t)figure->period_scope,
                                   (uint32_t)figure->place_scope, figure->said_by, mark ? mark->label : NULL, mark ? mark->note : NONE,
                                   document_page(doc, mention->span.start), mention->rule, (uint32_t)figure->minor, put->boxes->data,
                                   put->boxes->len * sizeof(struct place_on_page), doc->sha256);
    if (!stmt)
        return false;
    if (!q->ambiguous) {
        sqlite3_bind_null(stmt, 10);
        sqlite3_bind_null(stmt, 11);
    }
    bind_days(stmt, 18, figure->period);
    return statement_run(put->store, stmt, put->error) && put_places(put, id, figure);
}

static bool put_figures(struct put *put, uint32_t *citable)
{
    const GArray *items = mentions_of(put->mentions, MENTION_FIGURE);
    uint32_t passage = NONE, number = 0;
    for (guint i = 0; i < items->len; i++) {
        const struct mention *mention = &DOCUMENT_AT(items, struct mention, i);
        if (mention->passage == NONE)
            continue;
        number = mention->passage == passage ? number + 1 : 1;
        passage = mention->passage;
        *citable += !mention->figure.minor;
        if (!put_figure(put, i, mention, number))
            return false;
    }
    return true;
}

/* A name as the table of names holds it. */
struct name {
    enum mention_type type;
    const char *name, *class, *code; /* a document's strings are kept once: equal ones are one pointer */
    uint32_t geonames;
    double lat, lon;
    int64_t id;
};

static guint name_hash(const void *data)
{
    const struct name *n = data;
    guint hash = (guint)n->type;
    hash = hash * 31 + g_direct_hash(n->name);
    hash = hash * 31 + g_direct_hash(n->class);
    hash = hash * 31 + g_direct_hash(n->code);
    return hash * 31 + n->geonames;
}

static gboolean name_equal(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return x->type == y->type && x->name == y->name && x->class == y->class && x->code == y->code && x->geonames == y->geonames;
}

static struct name name_of(const struct mention *mention)
{
    struct name n = {.type = mention->type, .lat = (double)NAN, .lon = (double)NAN};
    if (mention->type == MENTION_LOCATION) {
        const struct location *l = &mention->location;
        n = (struct name){n.type, l->canonical, l->class, l->iso, l->geonames, (double)l->lat, (double)l->lon, 0};
    } else if (mention->type == MENTION_ACTOR) {
        n.name = mention->actor.canonical;
        n.class = mention->actor.class;
        n.code = mention->actor.acronym;
    } else {
        n.name = mention->type == MENTION_PERIOD ? mention->period.edtf : mention->attribution.source;
    }
    return n;
}

/* Writes a name that the table may have, and finds its id. NaN is stored as NULL. */
static bool put_name(struct put *put, struct name *n)
{
    const char *name = n->name ? n->name : "", *class = n->class ? n->class : "", *code = n->code ? n->code : "";
    if (!statement_do(put->store, put->error, "name_insert", "usssudd", (uint32_t)n->type, name, class, code, n->geonames, n->lat, n->lon))
        return false;
    if (sqlite3_changes(put->store->db) > 0) {
        n->id = sqlite3_last_insert_rowid(put->store->db);
        return true;
    }
    sqlite3_stmt *row = statement(put->store, put->error, "name_id", "usssu", (uint32_t)n->type, name, class, code, n->geonames);
    if (!row || statement_step(put->store, row, put->error) != SQLITE_ROW)
        return false;
    n->id = sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return true;
}

static bool name_id(struct put *put, const struct mention *mention, int64_t *ret)
{
    struct name n = name_of(mention);
    const struct name *known = g_hash_table_lookup(put->names, &n);
    if (!known) {
        if (!put_name(put, &n))
            return false;
        g_hash_table_add(put->names, g_memdup2(&n, sizeof n));
        known = &n;
    }
    *ret = known->id;
    return true;
}

static bool put_mentions(struct put *put)
{
    static const enum mention_type types[] = {MENTION_LOCATION, MENTION_ACTOR, MENTION_PERIOD, MENTION_ATTRIBUTION};
    int64_t id = rows_first(put->document);
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        const GArray *items = mentions_of(put->mentions, types[t]);
        for (guint i = 0; i < items->len; i++) {
            const struct mention *mention = &DOCUMENT_AT(items, struct mention, i);
            int64_t name;
            if (!name_id(put, mention, &name))
                return false;
            sqlite3_stmt *stmt = statement(put->store, put->error, "mention_insert", "iiiuu", id++, rows_first(put->document) + mention->passage, name, mention->span.start,
                                           mention->span.end);
            if (!stmt)
                return false;
            if (mention->passage == NONE)
                sqlite3_bind_null(stmt, 2);
            if (!statement_run(put->store, stmt, put->error))
                return false;
        }
    }
    return true;
}

static bool put_notes(struct put *put)
{
    const struct document *doc = put->doc;
    bool ok = true;
    for (guint i = 0; ok && i < doc->notes->len; i++) {
        const struct note *note = &DOCUMENT_AT(doc->notes, struct note, i);
        ok = statement_do(put->store, put->error, "note_insert", "iusut", put->document, i, note->label ? note->label : "", note->page, document_slice(doc, note->span));
    }
    for (guint i = 0; ok && i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        ok = statement_do(put->store, put->error, "mark_insert", "iuusu", put->document, i, mark->at, mark->label ? mark->label : "", mark->note);
    }
    for (guint i = 0; ok && i < doc->warnings->len; i++) {
        const struct warning *warning = &DOCUMENT_AT(doc->warnings, struct warning, i);
        ok = statement_do(put->store, put->error, "warning_insert", "iusus", put->document, i, warning->code, warning->page, warning->text);
    }
    return ok;
}

static bool put_symbol(struct put *put)
{
    const char *symbol = put->doc->metadata.symbol;
    return !symbol || statement_do(put->store, put->error, "identifier_insert", "iss", put->document, "symbol", symbol);
}

static bool put_document(struct put *put, const char *path, const char *version, uint32_t figures)
{
    const struct document *doc = put->doc;
    const struct metadata *m = &doc->metadata;
    g_autoptr(GByteArray) lengths = lengths_pack((const uint16_t *)(const void *)put->lengths->data, put->lengths->len);
    return statement_do(put->store, put->error, "document_insert", "issssisssssssssuuub", put->document, doc->sha256, doc->file_sha256, path, doc->member ? doc->member : "",
                        (int64_t)doc->size, doc->reader, version, m->title, m->authors, m->publisher, m->date, m->url, m->language, m->period, doc->pages->len,
                        doc->passages->len, figures, lengths->data, (size_t)lengths->len);
}

bool store_put(struct store *store, const struct document *doc, const struct mentions *mentions, const char *version, GError **error)
{
    g_autofree char *path = store_path(store, doc->path);
    struct put put = {.store = store, .doc = doc, .mentions = mentions, .error = error};
    put.lengths = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    put.boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    put.names = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);
    uint32_t figures = 0;
    const char *stage = timing_enter("rows");
    bool ok = make_room(&put, path) && put_pages(&put) && put_passages(&put) && put_figures(&put, &figures) && put_mentions(&put) && put_notes(&put) && put_symbol(&put) &&
              put_document(&put, path, version, figures);
    timing_enter(stage);
    g_array_unref(put.lengths);
    g_array_unref(put.boxes);
    g_hash_table_unref(put.names);
    return ok;
}

bool store_describe(struct store *store, const char *doc_id, const char *field, const char *value, GError **error)
{
    static const char *const fields[] = {"title", "authors", "publisher", "date", "url", "language", "symbol", NULL};
    if (!g_strv_contains(fields, field)) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "no field '%s'; there are title, authors, publisher, date, url, language and symbol", field);
        return false;
    }
    struct document_row *doc = NULL;
    if (!store_document_by_id(store, doc_id, &doc, error))
        return false;
    if (!doc) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "no document '%s'; 'citable status' lists them", doc_id);
        return false;
    }
    bool ok = value && *value ? statement_do(store, error, "correction_set", "sss", doc->sha256, field, value)
                              : statement_do(store, error, "correction_unset", "ss", doc->sha256, field);
    document_row_free(doc);
    return ok;
}
