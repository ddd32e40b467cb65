/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/mention.h"

#include <math.h>

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

/* Whole numbers print without a fraction. */
static json_t *number(double value)
{
    if (value == floor(value) && fabs(value) < 9007199254740992.0)
        return json_integer((json_int_t)value);
    return json_real(value);
}

static json_t *interval(double low, double high)
{
    return low == high ? number(low) : json_pack("[o,o]", number(low), number(high));
}

static json_t *slice_json(struct slice s)
{
    return json_stringn(s.ptr, s.len);
}

static json_t *boxes_json(const struct document *doc, struct span span)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    document_boxes(doc, span, boxes);
    json_t *list = json_array();
    for (guint i = 0; i < boxes->len; i++) {
        struct rect box = g_array_index(boxes, struct place_on_page, i).box;
        json_array_append_new(list, json_pack("[f,f,f,f]", (double)box.x0, (double)box.y0, (double)box.x1, (double)box.y1));
    }
    return list;
}

static void add_place(json_t *object, const struct document *doc, const struct mention *mention)
{
    uint32_t page = mention->type == MENTION_NOTE ? DOCUMENT_AT(doc->marks, struct mark, mention->mark).page : document_page(doc, mention->span.start);
    struct span source = mention->type == MENTION_NOTE ? DOCUMENT_AT(doc->marks, struct mark, mention->mark).source : document_source_span(doc, mention->span);
    const char *label = page != NONE && page <= doc->pages->len ? DOCUMENT_AT(doc->pages, struct page, page - 1).label : NULL;
    json_object_set_new(object, "page", page == NONE ? json_null() : json_integer(page));
    json_object_set_new(object, "label", text_or_null(label));
    if (mention->passage != NONE)
        json_object_set_new(object, "zone", json_string(zone_name(DOCUMENT_AT(doc->passages, struct passage, mention->passage).zone)));
    json_object_set_new(object, "start", json_integer(mention->span.start));
    json_object_set_new(object, "end", json_integer(mention->span.end));
    if (source.start != NONE) {
        json_object_set_new(object, "source_start", json_integer(source.start));
        json_object_set_new(object, "source_end", json_integer(source.end));
    }
}

static void add_figure(json_t *object, const struct document *doc, const struct mention *mention)
{
    const struct figure *figure = &mention->figure;
    const struct quantity *q = &figure->quantity;
    json_object_set_new(object, "value", interval(q->low, q->high));
    if (q->ambiguous)
        json_object_set_new(object, "other_value", interval(q->other_low, q->other_high));
    json_object_set_new(object, "kind", json_string(kind_name(q->kind)));
    json_object_set_new(object, "unit", text_or_null(q->unit));
    json_object_set_new(object, "unit_text", slice_json(document_slice(doc, q->unit_text)));
    json_object_set_new(object, "qualifier", json_string(qualifier_name(q->qualifier)));
    json_object_set_new(object, "counted", text_or_null(figure->counted));
    json_object_set_new(object, "period", text_or_null(figure->period));
    json_object_set_new(object, "period_scope", json_string(scope_name(figure->period_scope)));
    json_t *places = json_array();
    for (uint32_t i = 0; i < figure->n_places; i++)
        json_array_append_new(places, json_pack("{s:s,s:s?,s:s}", "name", figure->places[i].name, "iso", figure->places[i].iso, "role", role_name(figure->places[i].role)));
    json_object_set_new(object, "places", places);
    json_object_set_new(object, "said_by", text_or_null(figure->said_by));
    const struct mark *mark = figure->mark == NONE ? NULL : &DOCUMENT_AT(doc->marks, struct mark, figure->mark);
    json_object_set_new(object, "note", text_or_null(mark ? mark->label : NULL));
    json_object_set_new(object, "minor", json_boolean(figure->minor));
    if (mention->sentence != NONE)
        json_object_set_new(object, "sentence", slice_json(document_slice(doc, DOCUMENT_AT(doc->sentences, struct sentence, mention->sentence).span)));
}

static void add_note(json_t *object, const struct document *doc, const struct mention *mention)
{
    const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, mention->mark);
    const struct note *note = mark->note == NONE ? NULL : &DOCUMENT_AT(doc->notes, struct note, mark->note);
    json_object_set_new(object, "text", json_string(mark->label));
    json_object_set_new(object, "mark", json_string(mark->label));
    json_object_set_new(object, "note_text", note ? slice_json(document_slice(doc, note->span)) : json_null());
    json_object_set_new(object, "note_page", note && note->page != NONE ? json_integer(note->page) : json_null());
}

static void add_name(json_t *object, const struct mention *mention)
{
    if (mention->type == MENTION_ACTOR) {
        json_object_set_new(object, "canonical", text_or_null(mention->actor.canonical));
        json_object_set_new(object, "class", text_or_null(mention->actor.class));
        json_object_set_new(object, "acronym", text_or_null(mention->actor.acronym));
        return;
    }
    const struct location *location = &mention->location;
    bool known = !isnan(location->lat);
    json_object_set_new(object, "canonical", text_or_null(location->canonical));
    json_object_set_new(object, "class", text_or_null(location->class));
    json_object_set_new(object, "iso", text_or_null(location->iso));
    json_object_set_new(object, "geonames", location->geonames ? json_integer(location->geonames) : json_null());
    json_object_set_new(object, "lat", known ? json_real((double)location->lat) : json_null());
    json_object_set_new(object, "lon", known ? json_real((double)location->lon) : json_null());
    json_object_set_new(object, "score", json_real((double)location->score));
}

json_t *mention_json(const struct document *doc, const struct mention *mention)
{
    json_t *object = json_object();
    json_object_set_new(object, "type", json_string(mention_type_name(mention->type)));
    json_object_set_new(object, "file", json_string(doc->path));
    if (doc->member)
        json_object_set_new(object, "member", json_string(doc->member));
    json_object_set_new(object, "text", slice_json(document_slice(doc, mention->span)));
    add_place(object, doc, mention);
    if (mention->type != MENTION_NOTE && doc->edges->len > 0)
        json_object_set_new(object, "boxes", boxes_json(doc, mention->span));
    switch (mention->type) {
    case MENTION_FIGURE: add_figure(object, doc, mention); break;
    case MENTION_NOTE: add_note(object, doc, mention); break;
    case MENTION_LOCATION:
    case MENTION_ACTOR: add_name(object, mention); break;
    case MENTION_PERIOD: json_object_set_new(object, "period", text_or_null(mention->period.edtf)); break;
    case MENTION_ATTRIBUTION: json_object_set_new(object, "said_by", text_or_null(mention->attribution.source)); break;
    }
    json_object_set_new(object, "rule", text_or_null(mention->rule));
    return object;
}
