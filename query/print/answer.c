/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/answer.h"

#include "query/print/mention.h"
#include "query/print/number.h"
#include "query/print/period.h"
#include "query/print/table.h"

enum { QUOTE_BYTES = 900, INDENT = 4 };

static json_t *page_json(uint32_t page)
{
    return page == NONE ? json_null() : json_integer(page);
}

static json_t *boxes_json(const GArray *boxes)
{
    json_t *list = json_array();
    for (guint i = 0; boxes && i < boxes->len; i++) {
        const struct place_on_page *place = &g_array_index(boxes, struct place_on_page, i);
        json_array_append_new(list, json_pack("{s:i,s:[f,f,f,f]}", "page", (int)place->page, "box", (double)place->box.x0, (double)place->box.y0, (double)place->box.x1,
                                              (double)place->box.y1));
    }
    return list;
}

static json_t *flags_json(uint32_t flags)
{
    g_autofree const char **codes = passage_flag_codes(flags);
    json_t *list = json_array();
    for (const char **code = codes; *code; code++)
        json_array_append_new(list, json_string(*code));
    return list;
}

static void add_figure(json_t *object, const struct figure_row *figure)
{
    figure_json(object, &(struct figure_said){&figure->quantity, figure->unit, json_text(figure->unit_text), figure->counted, figure->period, figure->period_scope, figure->places,
                                              figure->n_places, figure->place_scope, figure->said_by, figure->mark});
    json_object_set_new(object, "note_text", json_text(figure->note_text));
    json_object_set_new(object, "note_page", page_json(figure->note_page));
    json_object_set_new(object, "minor", json_boolean(figure->minor));
    json_object_set_new(object, "rule", json_text(figure->rule));
}

static void add_source(json_t *object, const struct answer *answer, const char *quote)
{
    const struct document_row *document = answer->document;
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *note = citation_note(&citation), *link = citation_link(&citation);
    json_object_set_new(object, "document", json_text(document->id));
    json_object_set_new(object, "sha256", json_text(document->sha256));
    json_object_set_new(object, "title", json_text(document->metadata.title));
    if (document->metadata.symbol)
        json_object_set_new(object, "symbol", json_text(document->metadata.symbol));
    json_object_set_new(object, "publisher", json_text(document->metadata.publisher));
    json_object_set_new(object, "date", json_text(document->metadata.date));
    json_object_set_new(object, "language", json_text(document->metadata.language));
    json_object_set_new(object, "citation", json_text(note));
    json_object_set_new(object, "link", json_text(link));
}

json_t *answer_json(const struct answer *answer, const GArray *matches)
{
    const struct passage_row *passage = answer->passage;
    const struct figure_row *figure = answer->figure;
    struct slice quoted = answer_quote(answer);
    g_autofree char *quote = quoted.ptr ? slice_dup(quoted) : NULL;
    struct span at = figure ? figure->span : passage->span, quote_at = answer_quote_span(answer);
    json_t *object = json_object();
    json_object_set_new(object, "type", json_string(figure ? "figure" : "passage"));
    json_object_set_new(object, "id", json_text(figure ? figure->id : passage->id));
    json_object_set_new(object, "file", json_text(answer->document->path));
    if (answer->document->member)
        json_object_set_new(object, "member", json_text(answer->document->member));
    json_object_set_new(object, "page", page_json(answer_page(answer)));
    json_object_set_new(object, "label", json_text(answer_label(answer)));
    json_object_set_new(object, "zone", json_string(zone_name(passage->zone)));
    json_object_set_new(object, "heading", json_text(passage->heading));
    json_object_set_new(object, "quote", json_text(quote));
    json_object_set_new(object, "quote_start", json_integer(quote_at.start));
    json_object_set_new(object, "quote_end", json_integer(quote_at.end));
    if (figure)
        json_object_set_new(object, "text", json_text(quote ? figure->text : NULL));
    json_object_set_new(object, "start", json_integer(at.start));
    json_object_set_new(object, "end", json_integer(at.end));
    json_object_set_new(object, "flags", flags_json(passage->flags));
    json_object_set_new(object, "damaged", json_boolean(!quote));
    if (figure && quote)
        add_figure(object, figure);
    json_object_set_new(object, "boxes", boxes_json(figure ? figure->boxes : passage->boxes));
    if (matches) {
        json_t *list = json_array();
        for (guint i = 0; quote && i < matches->len; i++) {
            const struct span *span = &g_array_index(matches, struct span, i);
            json_array_append_new(list, json_pack("[i,i]", (int)span->start, (int)span->end));
        }
        json_object_set_new(object, "matches", list);
    }
    add_source(object, answer, quote);
    if (answer->why)
        json_object_set_new(object, "why", json_text(answer->why));
    return object;
}

void answer_json_review(json_t *record, const struct answer *answer)
{
    const struct review none = {NULL, NULL}, *review = answer->review ? answer->review : &none;
    const struct review_row *verdict = review->verdict || !answer->rejected ? review->verdict : answer->rejected->verdict; /* of its passage */
    const struct {
        const char *name;
        const struct review_row *row;
    } fields[] = {{"review", verdict}, {"review_note", review->note}};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        g_autofree char *by = g_strconcat(fields[i].name, "_by", NULL), *at = g_strconcat(fields[i].name, "_at", NULL);
        json_object_set_new(record, fields[i].name, json_text(fields[i].row ? fields[i].row->value : NULL));
        json_object_set_new(record, by, json_text(fields[i].row ? fields[i].row->who : NULL));
        json_object_set_new(record, at, json_text(fields[i].row ? fields[i].row->at : NULL));
    }
}

const char *const passage_columns[] = {"id", "quote", "heading", "title", "publisher", "date", "page", "label", "zone", "flags", "file", "citation", "link", NULL};
#define FIGURE_COLUMNS                                                                                                                                  \
    "id", "value", "other_value", "kind", "unit", "qualifier", "text", "counted", "period", "period_scope", "places.name", "places.iso", "place_scope", "said_by", "note", "note_text", \
    "quote", "title", "publisher", "date", "page", "label", "zone", "flags", "file", "rule", "citation", "link"
const char *const figure_columns[] = {FIGURE_COLUMNS, NULL};
const char *const reviewed_columns[] = {FIGURE_COLUMNS, "review", "review_by", "review_at", "review_note", "review_note_by", "review_note_at", NULL};

char *places_text(const struct figure_place *places, uint32_t n)
{
    if (n == 0)
        return NULL;
    GString *out = g_string_new(NULL);
    for (uint32_t i = 0; i < n; i++) {
        g_string_append_printf(out, "%s%s", i ? ", " : "", places[i].name);
        if (places[i].role == ROLE_ORIGIN || places[i].role == ROLE_DESTINATION)
            g_string_append_printf(out, " (%s)", role_name(places[i].role));
    }
    return g_string_free(out, FALSE);
}

/* Does the text say the number in words ("one in five", "three years")? */
static bool in_words(const char *text)
{
    for (const char *c = text; *c; c = g_utf8_next_char(c))
        if (g_unichar_isdigit(g_utf8_get_char(c)))
            return false;
    return *text != '\0';
}

void figure_number_append(GString *out, const struct figure_row *figure)
{
    if (figure->text && (figure->quantity.kind == KIND_FRACTION || in_words(figure->text))) {
        g_string_append_printf(out, "“%s”", figure->text);
        return;
    }
    quantity_words_append(out, &figure->quantity);
    unit_words_append(out, &figure->quantity, figure->unit_text);
}

void figure_value_append(GString *out, const struct figure_row *figure)
{
    g_autoptr(GString) number = g_string_new(NULL);
    figure_number_append(number, figure);
    g_string_append(out, number->str);
    if (!figure->counted || strstr(number->str, figure->counted))
        return;
    bool plain = !unit_shown(&figure->quantity) && !g_str_has_prefix(number->str, "“");
    g_string_append_printf(out, plain ? " %s" : ": %s", figure->counted);
}

/* Where to cut a long text so that its first match is seen: after a sentence's end before it, else after a word's. */
static struct span window(struct slice text, const GArray *matches, size_t most)
{
    uint32_t len = (uint32_t)text.len;
    if (most == 0 || text.len <= most + most / 5)
        return (struct span){0, len};
    uint32_t match = matches && matches->len ? g_array_index(matches, struct span, 0).start : 0;
    uint32_t from = match > most / 3 ? match - (uint32_t)(most / 3) : 0, start = from;
    for (uint32_t i = from; i > 0 && i + 1 < match; i++)
        if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ') {
            start = i + 2;
            break;
        }
    while (start == from && start > 0 && start < len && text.ptr[start - 1] != ' ')
        start = ++from;
    uint32_t end = (uint32_t)MIN(text.len, start + most);
    while (end < len && text.ptr[end] != ' ')
        end++;
    return (struct span){MIN(start, end), end};
}

void quote_append(GString *out, struct terminal terminal, struct slice text, const GArray *matches, size_t most)
{
    struct span cut = window(text, matches, most);
    uint32_t at = cut.start;
    g_string_append(out, cut.start > 0 ? "[…] “" : "“");
    for (guint i = 0; matches && i < matches->len; i++) {
        const struct span *span = &g_array_index(matches, struct span, i);
        if (span->start < at || span->end > cut.end)
            continue;
        terminal_append(out, slice_sub(text, at, span->start));
        g_string_append(out, ink_on(&terminal, INK_MATCH));
        terminal_append(out, slice_sub(text, span->start, span->end));
        g_string_append(out, ink_off(&terminal, INK_MATCH));
        at = span->end;
    }
    terminal_append(out, slice_sub(text, at, cut.end));
    g_string_append(out, cut.end < text.len ? "” […]" : "”");
}

static void line_append(GString *out, struct terminal terminal, enum ink ink, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    g_autofree char *safe = terminal_safe(value);
    g_autofree char *line = g_strdup_printf("%s%s%s%s", ink_on(&terminal, ink), name, safe, ink_off(&terminal, ink));
    terminal_wrap(&terminal, out, line, INDENT);
    g_string_append_c(out, '\n');
}

/* The page as people read it: "p. 12 (PDF p. 14)". */
static char *source_line(const struct answer *answer)
{
    struct citation citation = answer_citation(answer, NULL);
    g_autoptr(GString) page = g_string_new(NULL);
    GString *line = g_string_new(citation_title(&citation));
    if (answer->document->metadata.symbol)
        g_string_append_printf(line, ", %s", answer->document->metadata.symbol);
    const char *date = answer->document->metadata.date;
    if (date) {
        bool printed = citation_date(&answer->document->metadata) != NULL;
        g_autofree char *day = g_strndup(date, printed ? strlen(date) : strlen(date) - 1);
        g_string_append(line, printed ? ", " : ", file of ");
        citation_date_append(line, day);
    }
    if (citation_page_append(page, &citation))
        g_string_append_printf(line, ", %s", page->str);
    return g_string_free(line, FALSE);
}

/* "accepted (anna, 2026-11-25)": what a person said; the caller frees it; NULL for nothing. */
static char *said_text(const struct review_row *row)
{
    return row ? g_strdup_printf("%s (%s, %.10s)", row->value, row->who, row->at) : NULL;
}

static void add_review_lines(GString *out, const struct answer *answer, struct terminal terminal)
{
    g_autofree char *verdict = answer->review ? said_text(answer->review->verdict) : NULL, *note = answer->review ? said_text(answer->review->note) : NULL;
    line_append(out, terminal, INK_TITLE, "reviewed: ", verdict);
    line_append(out, terminal, INK_TITLE, "reviewer's note: ", note);
}

void answer_review_print(const struct answer *answer, struct terminal terminal, FILE *out)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    add_review_lines(lines, answer, terminal);
    fprintf(out, "%s%s", lines->str, lines->len ? "\n" : "");
}

static void add_figure_lines(GString *out, const struct answer *answer, struct terminal terminal)
{
    const struct figure_row *figure = answer->figure;
    g_autofree char *places = places_text(figure->places, figure->n_places), *period = period_words(figure->period);
    g_autoptr(GString) facts = g_string_new(NULL);
    const struct {
        const char *name, *value;
    } rows[] = {{"period ", period}, {"place ", places}, {"says ", figure->said_by}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].value)
            g_string_append_printf(facts, "%s%s%s", facts->len ? "; " : "", rows[i].name, rows[i].value);
    line_append(out, terminal, INK_FAINT, "", facts->str);
    g_autofree char *note = figure->mark ? g_strdup_printf("%s: %s", figure->mark, figure->note_text ? figure->note_text : "its text was not found") : NULL;
    line_append(out, terminal, INK_FAINT, "note ", note);
}

void answer_print(const struct answer *answer, const GArray *matches, unsigned number, struct terminal terminal, FILE *out)
{
    g_autoptr(GString) card = g_string_new(NULL);
    g_autofree char *source = source_line(answer), *safe = terminal_safe(source);
    struct slice quote = answer_quote(answer);
    g_autofree char *head = g_strdup_printf("%s%s%s", ink_on(&terminal, INK_TITLE), safe, ink_off(&terminal, INK_TITLE));
    if (answer->figure && quote.ptr) {
        g_autoptr(GString) value = g_string_new(NULL);
        figure_value_append(value, answer->figure);
        g_autofree char *shown = terminal_safe(value->str);
        g_string_append_printf(card, "%2u. %s", number, ink_on(&terminal, INK_VALUE));
        terminal_wrap(&terminal, card, shown, INDENT);
        g_string_append_printf(card, "%s\n", ink_off(&terminal, INK_VALUE));
        line_append(card, terminal, INK_TITLE, "", source);
    } else {
        g_string_append_printf(card, "%2u. ", number);
        terminal_wrap(&terminal, card, head, INDENT);
        g_string_append_c(card, '\n');
    }
    if (g_strcmp0(answer->passage->heading, answer->document->metadata.title) != 0)
        line_append(card, terminal, INK_FAINT, "under: ", answer->passage->heading);
    if (quote.ptr) {
        g_autoptr(GString) text = g_string_new(NULL);
        quote_append(text, terminal, quote, matches, QUOTE_BYTES);
        terminal_wrap(&terminal, card, text->str, INDENT);
        g_string_append_c(card, '\n');
        if (answer->figure)
            add_figure_lines(card, answer, terminal);
    } else {
        line_append(card, terminal, INK_ALARM, "", "stored text damaged: not shown; 'citable verify' says more, a new ingest reads it again");
    }
    g_autofree const char **cautions = passage_cautions(answer->passage->flags);
    for (const char **caution = cautions; *caution; caution++)
        line_append(card, terminal, INK_ALARM, "", *caution);
    add_review_lines(card, answer, terminal);
    line_append(card, terminal, INK_FAINT, "", answer->figure ? answer->figure->id : answer->passage->id);
    fputs(card->str, out);
    fputc('\n', out);
}

enum { COLUMN_VALUE, COLUMN_COUNTED, COLUMN_PERIOD, COLUMN_PLACE, COLUMN_SAID_BY, COLUMN_SOURCE, COLUMN_PAGE, COLUMN_FLAGS, COLUMN_REVIEW, COLUMN_ID };
static const struct column columns[] = {
    {"VALUE", true, COLUMN_CUT},  {"COUNTED", false, COLUMN_CUT}, {"PERIOD", false, COLUMN_WHOLE}, {"PLACE", false, COLUMN_CUT},    {"SAID BY", false, COLUMN_CUT},
    {"SOURCE", false, COLUMN_CUT}, {"PAGE", true, COLUMN_WHOLE},  {"FLAGS", false, COLUMN_WHOLE},  {"REVIEW", false, COLUMN_WHOLE}, {"ID", false, COLUMN_WHOLE},
};

/* A title short enough for a table. */
static char *short_title(const struct answer *answer)
{
    struct citation citation = answer_citation(answer, NULL);
    const char *title = citation_title(&citation);
    if (g_utf8_strlen(title, -1) <= 60)
        return g_strdup(title);
    const char *cut = g_utf8_offset_to_pointer(title, 58);
    return g_strdup_printf("%.*s…", (int)(cut - title), title);
}

const char *review_short(const struct review *review)
{
    if (!review || (!review->verdict && !review->note))
        return NULL;
    if (!review->verdict)
        return "note";
    bool accepted = g_str_equal(review->verdict->value, "accepted");
    return review->note ? (accepted ? "accepted, note" : "rejected, note") : accepted ? "accepted" : "rejected";
}

/* Was it read from outside the figure's sentence: its paragraph, heading or document? */
static bool is_inferred(enum scope scope)
{
    return scope > SCOPE_SENTENCE;
}

char *inferred_text(const char *value, enum scope scope)
{
    return !value ? NULL : is_inferred(scope) ? g_strdup_printf("%s (from the %s)", value, scope_name(scope)) : g_strdup(value);
}

char *rejected_text(const struct answer *answer)
{
    return answer->rejected ? g_strdup_printf("rejected by %s", answer->rejected->verdict->who) : NULL;
}

/* A cell with the sign of what was inferred; *any is set where it has it. */
static char *signed_cell(const char *value, enum scope scope, bool *any)
{
    bool sign = value && is_inferred(scope);
    *any = *any || sign;
    return g_strconcat(value ? value : "", sign ? "*" : NULL, NULL);
}

void figures_print(const GPtrArray *answers, struct terminal terminal, FILE *out)
{
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));
    bool inferred = false;
    for (guint i = 0; i < answers->len; i++) {
        const struct answer *answer = g_ptr_array_index(answers, i);
        const struct figure_row *figure = answer->figure;
        g_autoptr(GString) value = g_string_new(NULL);
        figure_number_append(value, figure);
        g_autofree char *places = places_text(figure->places, figure->n_places), *title = short_title(answer);
        g_autofree char *page = figure->page == NONE ? NULL : figure->label ? g_strdup(figure->label) : g_strdup_printf("PDF %u", figure->page);
        g_autofree const char **codes = passage_flag_codes(answer->passage->flags);
        g_autofree char *flags = g_strjoinv(" ", (char **)(void *)codes);
        bool damaged = !answer_quote(answer).ptr;
        table_row(table);
        table_set(table, COLUMN_VALUE, damaged ? "damaged" : value->str);
        table_set(table, COLUMN_COUNTED, damaged ? NULL : figure->counted);
        g_autofree char *period = signed_cell(figure->period, figure->period_scope, &inferred), *place = signed_cell(places, figure->place_scope, &inferred);
        table_set(table, COLUMN_PERIOD, period);
        table_set(table, COLUMN_PLACE, place);
        table_set(table, COLUMN_SAID_BY, figure->said_by);
        table_set(table, COLUMN_SOURCE, title);
        table_set(table, COLUMN_PAGE, page);
        table_set(table, COLUMN_FLAGS, flags);
        table_set(table, COLUMN_REVIEW, review_short(answer->review ? answer->review : answer->rejected));
        table_set(table, COLUMN_ID, figure->id);
    }
    table_close(table, terminal, out);
    if (inferred)
        fputs("* not in the sentence itself: from its paragraph, heading or document; 'citable show ID' says which\n", out);
}

/* "from the sentence": what a field was read from, for people. */
static char *with_scope(const char *value, enum scope scope)
{
    if (!value)
        return NULL;
    return scope == SCOPE_NONE || scope == SCOPE_CLAUSE ? g_strdup(value) : g_strdup_printf("%s (from the %s)", value, scope_name(scope));
}

void figure_record_print(const struct answer *answer, struct terminal terminal, FILE *out)
{
    const struct figure_row *figure = answer->figure;
    g_autoptr(GString) value = g_string_new(NULL), text = g_string_new(NULL);
    quantity_words_append(value, &figure->quantity);
    g_autofree char *places = places_text(figure->places, figure->n_places), *when = period_words(figure->period);
    g_autofree char *place = with_scope(places, figure->place_scope), *period = with_scope(when, figure->period_scope);
    g_autofree char *note = figure->mark ? g_strdup_printf("%s: %s", figure->mark, figure->note_text ? figure->note_text : "its text was not found") : NULL;
    g_autofree char *verdict = answer->review ? said_text(answer->review->verdict) : NULL, *remark = answer->review ? said_text(answer->review->note) : NULL;
    const struct {
        const char *name, *value;
    } rows[] = {
        {"printed    ", figure->text},      {"value      ", value->str},   {"kind       ", kind_name(figure->quantity.kind)},
        {"unit       ", figure->unit},      {"qualifier  ", qualifier_name(figure->quantity.qualifier)},
        {"counted    ", figure->counted},   {"period     ", period},       {"places     ", place},
        {"said by    ", figure->said_by},   {"note       ", note},         {"zone       ", zone_name(figure->zone)},
        {"rule       ", figure->rule},      {"id         ", figure->id},
        {"reviewed   ", verdict},           {"remark     ", remark},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        line_append(text, terminal, INK_PLAIN, rows[i].name, rows[i].value);
    fputs(text->str, out);
    fputc('\n', out);
}
