/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/put.h"

#include "base/error.h"
#include "base/timing.h"
#include "index/batch.h"
#include "index/blob.h"
#include "index/get.h"
#include "index/inverted.h"
#include "index/known.h"
#include "index/lengths.h"
#include "index/places.h"
#include "index/ranking.h"
#include "index/row_hash.h"
#include "index/statement.h"
#include "index/tagging.h"
#include "index/words.h"

#include <math.h>

/* One document on its way into the file. */
struct put {
    struct store *store;
    const struct document *doc;
    const struct mentions *mentions;
    int64_t document;
    int64_t first_row;   /* of its first passage in the full text */
    GArray *lengths;     /* uint16_t, see lengths.h */
    GArray *boxes, *lines; /* struct place_on_page, struct stored_line; reused */
    struct batch *figures, *rest; /* rows of stored_figures and figure_rest */
    struct known *known; /* what it says that is written elsewhere */
    uint32_t *shelf, *shelved;    /* see shelve */
    const struct figure *before;  /* the figure that was written last, */
    char *places;                 /* its places, */
    uint32_t places_id;           /* and where they are written */
    GError **error;
};

/* Takes out the edition that it replaces. */
static bool make_room(struct put *put, const char *path)
{
    sqlite3_stmt *row = statement(put->store, put->error, "document_at", "ss", path, put->doc->member ? put->doc->member : "");
    int code = row ? statement_step(put->store, row, put->error) : SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        g_autofree char *earlier = column_text(row, 1);
        int64_t document = sqlite3_column_int64(row, 0);
        sqlite3_reset(row);
        return store_remove(put->store, document, put->error) && statement_do(put->store, put->error, "corrections_move", "ss", earlier, put->doc->sha256);
    }
    return code == SQLITE_DONE;
}

/* Only damage makes more of them than there is room for. */
static bool has_room(const struct put *put)
{
    bool has = put->document >= 1 && put->document <= INT32_MAX && row_fits(put->first_row);
    return has || store_damaged(put->store, put->error);
}

/* The id to write under, and where its passages stand in the full text: behind all others. */
static bool take_place(struct put *put)
{
    sqlite3_stmt *row = statement(put->store, put->error, "document_next", "");
    if (!row || statement_step(put->store, row, put->error) != SQLITE_ROW)
        return false;
    put->document = sqlite3_column_int64(row, 0);
    put->first_row = sqlite3_column_int64(row, 1);
    sqlite3_reset(row);
    ranking_forget(put->store);
    return has_room(put);
}

static bool put_pages(struct put *put)
{
    struct batch *rows = batch_new(put->store, "page_insert");
    bool ok = true;
    for (guint i = 0; ok && i < put->doc->pages->len; i++) {
        const struct page *page = &DOCUMENT_AT(put->doc->pages, struct page, i);
        ok = batch_add(rows, put->error, "iusddui", put->document, i + 1, page->label, (double)page->width, (double)page->height, page->flags,
                       row_hash_of("us", i + 1, page->label));
    }
    return batch_end(rows, ok, put->error);
}

/* Puts the printed lines of passage `passage`, from `*line` on, into `stored`; `*last` becomes the page on which it ends. */
static void take_lines(const struct document *doc, const struct passage *passage, guint *line, uint32_t *last, GArray *stored)
{
    g_array_set_size(stored, 0);
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
}

/* All that is said of passage `i`, which ends on page `last`, as passage_rows makes the hash again when it is read. */
static int64_t passage_hash(const struct put *put, guint i, uint32_t last, int64_t heading, struct span source, const GArray *lines)
{
    const struct passage *passage = &DOCUMENT_AT(put->doc->passages, struct passage, i);
    uint32_t figure = put->shelf[i], figures = put->shelf[i + 1] - figure;
    return row_hash_of("suuuuuuuuuouutb", put->doc->sha256, passage->page, last, passage->number, passage->span.start, passage->span.end, source.start, source.end,
                    (uint32_t)passage->zone, passage->flags, heading, figures ? figure : NONE, figures, document_slice(put->doc, passage->span), lines->data,
                    lines->len * sizeof(struct stored_line));
}

static bool put_passage_row(struct put *put, struct batch *rows, guint i, guint *line)
{
    const struct document *doc = put->doc;
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
    uint32_t last = passage->page, figure = put->shelf[i], figures = put->shelf[i + 1] - figure;
    const GArray *lines = put->lines;
    take_lines(doc, passage, line, &last, put->lines);
    struct span source = document_source_span(doc, passage->span);
    int64_t before = source.start == NONE ? NO_NUMBER : (int64_t)source.start - passage->span.start;
    int64_t behind = source.start == NONE ? NO_NUMBER : (int64_t)source.end - passage->span.end;
    int64_t heading = passage->heading == NONE ? NO_NUMBER : (int64_t)i - passage->heading;
    last = passage->page == NONE ? NONE : last;
    int64_t more = last == NONE ? 0 : (int64_t)last - passage->page;
    uint32_t number = passage->number == i + 1 ? 0 : passage->number;
    return batch_add(rows, put->error, "iuiuuoouuouutbi", rows_first(put->document) + i, passage->page, more, number, passage->span.start, before,
                     behind == before ? NO_NUMBER : behind, (uint32_t)passage->zone, passage->flags, heading, figures ? figure : NONE, figures,
                     document_slice(doc, passage->span), lines->data, lines->len * sizeof(struct stored_line), passage_hash(put, i, last, heading, source, lines));
}

/* The passages, and which of them say again what others do. */
static bool put_passages(struct put *put)
{
    struct batch *rows = batch_new(put->store, "passage_insert");
    guint line = 0;
    bool ok = true;
    for (guint i = 0; ok && i < put->doc->passages->len; i++) {
        uint32_t repeats = DOCUMENT_AT(put->doc->passages, struct passage, i).repeats;
        ok = put_passage_row(put, rows, i, &line) && (repeats == NONE || statement_do(put->store, put->error, "repeat_insert", "iis", rows_first(put->document) + i,
                                                                                     rows_first(put->document) + repeats, put->doc->sha256));
    }
    return batch_end(rows, ok, put->error);
}

/* What the full text is told of each passage; how many words it found there. */
static bool put_full_text(struct put *put)
{
    struct tagging *tagging = tagging_new(put->store, put->doc, put->mentions);
    tokenizer_language(put->store->tokenizer, put->doc->metadata.language);
    bool ok = true;
    for (guint i = 0; ok && i < put->doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(put->doc->passages, struct passage, i);
        uint32_t n;
        const uint32_t *tags = tagging_of(tagging, i, &n);
        ok = inverted_add(put->store, put->first_row + i, document_slice(put->doc, passage->span), tags, n, put->error);
        uint16_t word = length_word(tokenizer_count(put->store->tokenizer), passage->zone);
        g_array_append_val(put->lengths, word);
    }
    tagging_free(tagging);
    return ok;
}

static bool put_full_text_timed(struct put *put)
{
    const char *stage = timing_enter("full text");
    bool ok = put_full_text(put);
    timing_enter(stage);
    return ok;
}

/* Of the figure's places, written as before where they are the same as the figure's before it: most are. */
static bool places_id(struct put *put, const struct figure *figure, GError **error)
{
    const struct figure *before = put->before;
    put->before = figure;
    if (before && before->n_places == figure->n_places &&
        (figure->n_places == 0 || memcmp(before->places, figure->places, figure->n_places * sizeof *figure->places) == 0))
        return true;
    g_free(put->places);
    put->places = places_write(figure);
    return word_id(put->store, put->places, &put->places_id, error);
}

/* The ids of what is written elsewhere. */
struct figure_ids {
    uint32_t form, counted, said_by;
    struct written_period period;
};

static bool figure_ids(struct put *put, const struct form *form, const struct figure *figure, struct figure_ids *ids)
{
    return known_form_id(put->known, form, &ids->form, put->error) && known_word_id(put->known, figure->counted, &ids->counted, put->error) &&
           known_period_id(put->known, figure->period, &ids->period, put->error) && known_word_id(put->known, figure->said_by, &ids->said_by, put->error) &&
           places_id(put, figure, put->error);
}

/* Where the figure and its sentence lie in the passage, as stored_figures counts. */
static struct places_in {
    int64_t first, length, sentence_first, sentence_after;
} places_in(const struct document *doc, const struct mention *mention)
{
    struct span passage = DOCUMENT_AT(doc->passages, struct passage, mention->passage).span, sentence = passage;
    if (mention->sentence != NONE)
        sentence = DOCUMENT_AT(doc->sentences, struct sentence, mention->sentence).span;
    return (struct places_in){(int64_t)mention->span.start - passage.start, (int64_t)mention->span.end - mention->span.start, (int64_t)sentence.start - passage.start,
                              (int64_t)passage.end - sentence.end};
}

/* A figure as it is written. */
struct written_figure {
    const struct mention *mention;
    struct places_in in;
    struct form form;
    struct figure_ids ids;
    double high, other_low, other_high; /* NaN: none of its own */
    const char *mark;
    uint32_t note, page;
};

static struct written_figure written_figure(const struct put *put, const struct mention *mention, const char *unit_text)
{
    const struct figure *figure = &mention->figure;
    const struct quantity *q = &figure->quantity;
    const struct mark *mark = figure->mark == NONE ? NULL : &DOCUMENT_AT(put->doc->marks, struct mark, figure->mark);
    return (struct written_figure){
        .mention = mention,
        .in = places_in(put->doc, mention),
        .form = {q->kind, q->qualifier, q->unit, unit_text, figure->period_scope, figure->place_scope, mention->rule, figure->minor},
        .high = q->high != q->low ? q->high + 0.0 : (double)NAN,
        .other_low = q->ambiguous ? q->other_low + 0.0 : (double)NAN,
        .other_high = q->ambiguous ? q->other_high + 0.0 : (double)NAN,
        .mark = mark ? mark->label : NULL,
        .note = mark ? mark->note : NONE,
        .page = document_page(put->doc, mention->span.start),
    };
}

/* What few figures have. */
static bool put_figure_rest(struct put *put, uint32_t place, const struct written_figure *w)
{
    const struct figure *figure = &w->mention->figure;
    bool moved = w->page != DOCUMENT_AT(put->doc->passages, struct passage, w->mention->passage).page;
    if (figure->quantity.high == figure->quantity.low && !figure->quantity.ambiguous && figure->mark == NONE && !moved && w->ids.said_by == NONE)
        return true;
    return batch_add(put->rest, put->error, "idddusuu", rows_first(put->document) + place, w->high, w->other_low, w->other_high, w->ids.said_by, w->mark, w->note,
                        moved ? w->page == NONE ? 0 : w->page : NONE);
}

/* Of which figure of which passage this is, and all that is said of it, with the days of its period as they are written. number: in the passage, from 1. */
static int64_t figure_hash(const struct put *put, const struct written_figure *w, uint32_t number)
{
    const struct figure *figure = &w->mention->figure;
    const struct written_period *period = &w->ids.period;
    bool has_days = period->id != NONE && period->has_days;
    return row_hash_of("suuiiiidddduussssuusssuusuboo", put->doc->sha256, w->mention->passage, number, w->in.first, w->in.length, w->in.sentence_first, w->in.sentence_after,
                    figure->quantity.low + 0.0, w->high, w->other_low, w->other_high, (uint32_t)w->form.kind, (uint32_t)w->form.qualifier, w->form.unit, w->form.unit_text, figure->counted,
                    figure->period, (uint32_t)w->form.period_scope, (uint32_t)w->form.place_scope, put->places, figure->said_by, w->mark, w->note, w->page, w->form.rule,
                    (uint32_t)w->form.minor, put->boxes->data, put->boxes->len * sizeof(struct place_on_page), has_days ? period->first : NO_NUMBER,
                    has_days ? period->last : NO_NUMBER);
}

/* place: in the document, from 0; number: in the passage, from 1. */
static bool put_figure(struct put *put, uint32_t place, const struct mention *mention, uint32_t number)
{
    g_autofree char *unit_text = quantity_unit_text(put->doc, &mention->figure.quantity);
    struct written_figure w = written_figure(put, mention, unit_text);
    if (!figure_ids(put, &w.form, &mention->figure, &w.ids))
        return false;
    g_array_set_size(put->boxes, 0);
    document_boxes(put->doc, mention->span, put->boxes);
    size_t boxes = put->boxes->len * sizeof(struct place_on_page);
    blob_swap(put->boxes->data, boxes);
    return batch_add(put->figures, put->error, "iuiiiiduuuubi", rows_first(put->document) + place, mention->passage, w.in.first, w.in.length, w.in.sentence_first,
                        w.in.sentence_after, mention->figure.quantity.low + 0.0, w.ids.form, w.ids.counted, w.ids.period.id, put->places_id, put->boxes->data, boxes,
                        figure_hash(put, &w, number)) &&
           put_figure_rest(put, place, &w);
}

static bool put_figures(struct put *put, uint32_t *citable)
{
    const GArray *items = mentions_of(put->mentions, MENTION_FIGURE);
    for (guint passage = 0; passage < put->doc->passages->len; passage++)
        for (uint32_t place = put->shelf[passage]; place < put->shelf[passage + 1]; place++) {
            const struct mention *mention = &DOCUMENT_AT(items, struct mention, put->shelved[place]);
            *citable += !mention->figure.minor;
            if (!put_figure(put, place, mention, place - put->shelf[passage] + 1))
                return false;
        }
    return batch_write(put->figures, put->error) && batch_write(put->rest, put->error);
}

/* Which figures stand in which passage: of passage i, shelved[shelf[i]] … shelved[shelf[i + 1] - 1]. */
static void shelve(struct put *put)
{
    const GArray *items = mentions_of(put->mentions, MENTION_FIGURE);
    guint n = put->doc->passages->len;
    put->shelf = g_new0(uint32_t, n + 2);
    put->shelved = g_new(uint32_t, items->len + 1);
    for (guint i = 0; i < items->len; i++) {
        uint32_t passage = DOCUMENT_AT(items, struct mention, i).passage;
        if (passage != NONE)
            put->shelf[passage + 2]++;
    }
    for (guint i = 2; i < n + 2; i++)
        put->shelf[i] += put->shelf[i - 1];
    for (guint i = 0; i < items->len; i++) {
        uint32_t passage = DOCUMENT_AT(items, struct mention, i).passage;
        if (passage != NONE)
            put->shelved[put->shelf[passage + 1]++] = i;
    }
}

static struct name name_of(const struct mention *mention)
{
    struct name n = {.type = (uint32_t)mention->type, .lat = (double)NAN, .lon = (double)NAN};
    if (mention->type == MENTION_LOCATION) {
        const struct location *l = &mention->location;
        n = (struct name){n.type, l->canonical, l->class, l->iso, l->geonames, (double)l->lat, (double)l->lon};
    } else if (mention->type == MENTION_ACTOR) {
        n.name = mention->actor.canonical;
        n.class = mention->actor.class;
        n.code = mention->actor.acronym;
    } else {
        n.name = mention->type == MENTION_PERIOD ? mention->period.edtf : mention->attribution.source;
    }
    return n;
}

/* A name, and the passages that name it, as stored_mentions writes them. */
struct naming {
    int64_t name;
    uint32_t first, last;
    GString *passages;
};

static void naming_free(void *data)
{
    struct naming *naming = data;
    g_string_free(naming->passages, TRUE);
    g_free(naming);
}

static void note_passage(GPtrArray *all, GHashTable *by_name, int64_t name, uint32_t passage)
{
    struct naming *naming = g_hash_table_lookup(by_name, &name);
    if (!naming) {
        naming = g_new(struct naming, 1);
        *naming = (struct naming){name, passage, NONE, g_string_new(NULL)};
        g_hash_table_insert(by_name, &naming->name, naming);
        g_ptr_array_add(all, naming);
    }
    if (passage != naming->last) {
        g_string_append_c(naming->passages, naming->last == NONE ? '[' : ',');
        char digits[WHOLE_BYTES];
        g_string_append_len(naming->passages, digits, (gssize)whole_write(passage, digits));
    }
    naming->last = passage;
}

static int by_row(const void *a, const void *b)
{
    int64_t x = (*(const struct naming *const *)a)->name, y = (*(const struct naming *const *)b)->name;
    return (x > y) - (x < y);
}

static bool put_mentions(struct put *put)
{
    static const enum mention_type types[] = {MENTION_LOCATION, MENTION_ACTOR, MENTION_PERIOD, MENTION_ATTRIBUTION};
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(naming_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_int64_hash, g_int64_equal);
    bool ok = true;
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        const GArray *items = mentions_of(put->mentions, types[t]);
        for (guint i = 0; i < items->len; i++) {
            const struct mention *mention = &DOCUMENT_AT(items, struct mention, i);
            uint32_t name;
            if (mention->passage == NONE)
                continue;
            struct name named = name_of(mention);
            if (!known_name_id(put->known, &named, &name, put->error))
                return false;
            note_passage(all, by_name, name, mention->passage);
        }
    }
    g_ptr_array_sort(all, by_row); /* of the index, so that it is gone through once */
    struct batch *rows = batch_new(put->store, "mention_insert");
    for (guint i = 0; ok && i < all->len; i++) {
        const struct naming *naming = g_ptr_array_index(all, i);
        bool several = naming->first != naming->last;
        const char *list = several ? g_string_append_c(naming->passages, ']')->str : naming->passages->str + 1; /* without its bracket */
        ok = batch_add(rows, put->error, "iis", naming->name, put->document, list);
    }
    return batch_end(rows, ok, put->error);
}

static bool put_notes(struct put *put)
{
    const struct document *doc = put->doc;
    struct batch *rows = batch_new(put->store, "note_insert");
    bool ok = true;
    for (guint i = 0; ok && i < doc->notes->len; i++) {
        const struct note *note = &DOCUMENT_AT(doc->notes, struct note, i);
        const char *label = note->label ? note->label : "";
        struct slice text = document_slice(doc, note->span);
        ok = batch_add(rows, put->error, "iusuti", put->document, i, label, note->page, text, row_hash_of("usut", i, label, note->page, text));
    }
    return batch_end(rows, ok, put->error);
}

static bool put_marks(struct put *put)
{
    const struct document *doc = put->doc;
    struct batch *rows = batch_new(put->store, "mark_insert");
    bool ok = true;
    for (guint i = 0; ok && i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        ok = batch_add(rows, put->error, "iuusu", put->document, i, mark->at, mark->label ? mark->label : "", mark->note);
    }
    return batch_end(rows, ok, put->error);
}

static bool put_warnings(struct put *put)
{
    const struct document *doc = put->doc;
    bool ok = true;
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
    return statement_do(put->store, put->error, "document_insert", "issssisssssssssuuubi", put->document, doc->sha256, doc->file_sha256, path, doc->member ? doc->member : "",
                        (int64_t)doc->size, doc->reader, version, m->title, m->authors, m->publisher, m->date, m->url, m->language, m->period, doc->pages->len,
                        doc->passages->len, figures, lengths->data, (size_t)lengths->len, put->first_row);
}

bool store_put(struct store *store, const struct document *doc, const struct mentions *mentions, const char *version, GError **error)
{
    g_autofree char *path = store_path(store, doc->path);
    struct put put = {.store = store, .doc = doc, .mentions = mentions, .places_id = NONE, .error = error};
    put.lengths = g_array_new(FALSE, FALSE, sizeof(uint16_t));
    put.boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    put.lines = g_array_new(FALSE, FALSE, sizeof(struct stored_line));
    put.figures = batch_new(store, "figure_insert");
    put.rest = batch_new(store, "figure_rest_insert");
    put.known = known_new(store);
    shelve(&put);
    uint32_t figures = 0;
    const char *stage = timing_enter("rows");
    bool ok = make_room(&put, path) && take_place(&put) && put_pages(&put) && put_passages(&put) && put_full_text_timed(&put) &&
              put_figures(&put, &figures) && put_mentions(&put) && words_write(store, error) && put_notes(&put) &&
              put_marks(&put) && put_warnings(&put) && put_symbol(&put) && put_document(&put, path, version, figures);
    timing_enter(stage);
    g_array_unref(put.lengths);
    g_array_unref(put.boxes);
    g_array_unref(put.lines);
    batch_free(put.figures);
    batch_free(put.rest);
    known_free(put.known);
    g_free(put.shelf);
    g_free(put.shelved);
    g_free(put.places);
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
