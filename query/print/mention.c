/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/mention.h"

#include "extract/gazetteer.h"
#include "query/print/number.h"
#include "query/print/table.h"

#include <math.h>

static json_t *slice_json(struct slice s)
{
    return json_stringn(s.ptr, s.len);
}

/* "boxes", and "box_pages" where they are not all on the mention's own page. */
static void add_boxes(json_t *object, const struct document *doc, struct span span)
{
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    document_boxes(doc, span, boxes);
    json_t *list = json_array(), *pages = json_array();
    bool apart = false;
    for (guint i = 0; i < boxes->len; i++) {
        const struct place_on_page *place = &g_array_index(boxes, struct place_on_page, i);
        json_array_append_new(list, json_pack("[f,f,f,f]", (double)place->box.x0, (double)place->box.y0, (double)place->box.x1, (double)place->box.y1));
        json_array_append_new(pages, json_integer(place->page));
        apart |= place->page != g_array_index(boxes, struct place_on_page, 0).page;
    }
    json_object_set_new(object, "boxes", list);
    if (apart)
        json_object_set(object, "box_pages", pages);
    json_decref(pages);
}

/* A zone's countries, as a list of codes. */
static void add_members(json_t *object, const char *name, const char *iso)
{
    const char *members = iso ? NULL : gazetteer_members(name);
    if (!members)
        return;
    g_auto(GStrv) codes = g_strsplit(members, " ", -1);
    json_t *list = json_array();
    for (char **code = codes; *code; code++)
        json_array_append_new(list, json_string(*code));
    json_object_set_new(object, "members", list);
}

json_t *place_json(const struct figure_place *place)
{
    json_t *object = json_pack("{s:s,s:s?,s:s}", "name", place->name, "iso", place->iso, "role", role_name(place->role));
    add_members(object, place->name, place->iso);
    return object;
}

static json_t *interval(double low, double high)
{
    return low == high ? json_value(low) : json_pack("[o,o]", json_value(low), json_value(high));
}

void figure_json(json_t *object, const struct figure_said *said)
{
    const struct quantity *q = said->quantity;
    json_object_set_new(object, "value", interval(q->low, q->high));
    if (q->ambiguous)
        json_object_set_new(object, "other_value", interval(q->other_low, q->other_high));
    json_object_set_new(object, "kind", json_string(kind_name(q->kind)));
    json_object_set_new(object, "unit", json_text(said->unit));
    json_object_set_new(object, "unit_text", said->unit_text);
    json_object_set_new(object, "qualifier", json_string(qualifier_name(q->qualifier)));
    json_object_set_new(object, "counted", json_text(said->counted));
    json_object_set_new(object, "period", json_text(said->period));
    json_object_set_new(object, "period_scope", json_string(scope_name(said->period_scope)));
    json_t *places = json_array();
    for (uint32_t i = 0; i < said->n_places; i++)
        json_array_append_new(places, place_json(&said->places[i]));
    json_object_set_new(object, "places", places);
    json_object_set_new(object, "place_scope", json_string(scope_name(said->place_scope)));
    json_object_set_new(object, "said_by", json_text(said->said_by));
    json_object_set_new(object, "note", json_text(said->note));
}

static void add_place(json_t *object, const struct document *doc, const struct mention *mention)
{
    uint32_t page = mention->type == MENTION_NOTE ? DOCUMENT_AT(doc->marks, struct mark, mention->mark).page : document_page(doc, mention->span.start);
    struct span source = mention->type == MENTION_NOTE ? DOCUMENT_AT(doc->marks, struct mark, mention->mark).source : document_source_span(doc, mention->span);
    const char *label = page != NONE && page <= doc->pages->len ? DOCUMENT_AT(doc->pages, struct page, page - 1).label : NULL;
    json_object_set_new(object, "page", page == NONE ? json_null() : json_integer(page));
    json_object_set_new(object, "label", json_text(label));
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
    const struct mark *mark = figure->mark == NONE ? NULL : &DOCUMENT_AT(doc->marks, struct mark, figure->mark);
    g_autofree char *unit_text = quantity_unit_text(doc, &figure->quantity);
    figure_json(object, &(struct figure_said){&figure->quantity, figure->quantity.unit, slice_json(slice_of(unit_text ? unit_text : "")), figure->counted, figure->period,
                                              figure->period_scope, figure->places, figure->n_places, figure->place_scope, figure->said_by, mark ? mark->label : NULL});
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
        json_object_set_new(object, "canonical", json_text(mention->actor.canonical));
        json_object_set_new(object, "class", json_text(mention->actor.class));
        json_object_set_new(object, "acronym", json_text(mention->actor.acronym));
        return;
    }
    const struct location *location = &mention->location;
    bool known = !isnan(location->lat);
    json_object_set_new(object, "canonical", json_text(location->canonical));
    json_object_set_new(object, "class", json_text(location->class));
    json_object_set_new(object, "iso", json_text(location->iso));
    add_members(object, location->canonical, location->iso);
    json_object_set_new(object, "geonames", location->geonames ? json_integer(location->geonames) : json_null());
    json_object_set_new(object, "lat", known ? json_real((double)location->lat) : json_null());
    json_object_set_new(object, "lon", known ? json_real((double)location->lon) : json_null());
    json_object_set_new(object, "score", json_real((double)location->score));
}

json_t *mention_json(const struct document *doc, const struct mention *mention)
{
    json_t *object = json_object();
    json_object_set_new(object, "type", json_string(mention_type_name(mention->type)));
    json_object_set_new(object, "file", json_text(doc->path));
    if (doc->member)
        json_object_set_new(object, "member", json_text(doc->member));
    json_object_set_new(object, "text", slice_json(document_slice(doc, mention->span)));
    add_place(object, doc, mention);
    if (mention->type != MENTION_NOTE && doc->edges->len > 0)
        add_boxes(object, doc, mention->span);
    switch (mention->type) {
    case MENTION_FIGURE: add_figure(object, doc, mention); break;
    case MENTION_NOTE: add_note(object, doc, mention); break;
    case MENTION_LOCATION:
    case MENTION_ACTOR: add_name(object, mention); break;
    case MENTION_PERIOD:
        json_object_set_new(object, "period", json_text(mention->period.edtf));
        json_object_set_new(object, "period_scope", json_string(scope_name(mention->period.scope)));
        json_object_set_new(object, "relative", json_boolean(mention->period.relative));
        break;
    case MENTION_ATTRIBUTION: json_object_set_new(object, "said_by", json_text(mention->attribution.source)); break;
    }
    json_object_set_new(object, "rule", json_text(mention->rule));
    return object;
}

const char *const mention_columns[] = {"type", "file", "page", "label", "zone", "text", "value", "other_value", "kind", "unit", "qualifier", "counted", "period", "places.name", "said_by",
                                       "note", "canonical", "iso", "note_text", "sentence", "rule", "start", "end", NULL};

enum { COLUMN_PAGE, COLUMN_TYPE, COLUMN_TEXT, COLUMN_READ, COLUMN_PERIOD, COLUMN_PLACE, COLUMN_MORE };
static const struct column columns[] = {
    {"PAGE", true, COLUMN_WHOLE}, {"TYPE", false, COLUMN_WHOLE}, {"TEXT", false, COLUMN_CUT}, {"READ AS", false, COLUMN_CUT},
    {"PERIOD", false, COLUMN_WHOLE}, {"PLACE", false, COLUMN_CUT}, {"MORE", false, COLUMN_CUT},
};

static char *places_text(const struct figure *figure)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (uint32_t i = 0; i < figure->n_places; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", figure->places[i].name);
    return g_strdup(out->str);
}

static void figure_row(struct table *table, const struct document *doc, const struct figure *figure)
{
    g_autoptr(GString) value = g_string_new(NULL), more = g_string_new(NULL);
    quantity_append(value, &figure->quantity);
    if (unit_shown(&figure->quantity))
        g_string_append_printf(value, " %s", unit_shown(&figure->quantity));
    if (figure->counted)
        g_string_append_printf(value, " %s", figure->counted);
    if (figure->said_by)
        g_string_append_printf(more, "says %s ", figure->said_by);
    if (figure->mark != NONE)
        g_string_append_printf(more, "note %s ", DOCUMENT_AT(doc->marks, struct mark, figure->mark).label);
    if (figure->minor)
        g_string_append(more, "minor");
    g_autofree char *places = places_text(figure);
    table_set(table, COLUMN_READ, value->str);
    table_set(table, COLUMN_PERIOD, figure->period);
    table_set(table, COLUMN_PLACE, places);
    table_set(table, COLUMN_MORE, g_strchomp(more->str));
}

static void mention_row(struct table *table, const struct document *doc, const struct mention *mention)
{
    g_autofree char *text = slice_dup(document_slice(doc, mention->span));
    table_set(table, COLUMN_TYPE, mention_type_name(mention->type));
    table_set(table, COLUMN_TEXT, text);
    switch (mention->type) {
    case MENTION_FIGURE: figure_row(table, doc, &mention->figure); break;
    case MENTION_NOTE: {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, mention->mark);
        g_autofree char *note = mark->note == NONE ? NULL : slice_dup(document_slice(doc, DOCUMENT_AT(doc->notes, struct note, mark->note).span));
        table_set(table, COLUMN_TEXT, mark->label);
        table_set(table, COLUMN_MORE, note);
        break;
    }
    case MENTION_LOCATION:
        table_set(table, COLUMN_READ, mention->location.canonical);
        table_set(table, COLUMN_PLACE, mention->location.iso);
        break;
    case MENTION_ACTOR:
        table_set(table, COLUMN_READ, mention->actor.canonical);
        table_set(table, COLUMN_MORE, mention->actor.class);
        break;
    case MENTION_PERIOD: table_set(table, COLUMN_PERIOD, mention->period.edtf); break;
    case MENTION_ATTRIBUTION: table_set(table, COLUMN_READ, mention->attribution.source); break;
    }
}

void mentions_print(const struct document *doc, const GPtrArray *mentions, struct terminal terminal, FILE *out)
{
    g_autofree char *path = terminal_safe(doc->path), *member = terminal_safe(doc->member);
    fprintf(out, "%s%s%s%s%s: %u %s\n", ink_on(&terminal, INK_TITLE), path, doc->member ? "!" : "", member, ink_off(&terminal, INK_TITLE), mentions->len,
            mentions->len == 1 ? "mention" : "mentions");
    if (mentions->len == 0)
        return;
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < mentions->len; i++) {
        const struct mention *mention = g_ptr_array_index(mentions, i);
        uint32_t page = document_page(doc, mention->span.start);
        g_autofree char *page_text = page == NONE ? NULL : g_strdup_printf("%u", page);
        table_row(table);
        table_set(table, COLUMN_PAGE, page_text);
        mention_row(table, doc, mention);
    }
    table_close(table, terminal, out);
    fputc('\n', out);
}
