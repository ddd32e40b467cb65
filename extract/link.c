/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link.h"

struct cue_table *link_words_new(void)
{
    static const char *const classes[LINK_WORDS] = {
        [LINK_BASE] = "base",       [LINK_CONTRAST] = "contrast",         [LINK_ASIDE] = "aside", [LINK_PUBLICATION] = "publication", [LINK_RESPECTIVELY] = "respectively",
        [LINK_PLACE] = "place",     [LINK_ARTICLE] = "article",           [LINK_JOINT] = "joint", [LINK_ORIGIN] = "origin",           [LINK_DESTINATION] = "destination",
        [LINK_HOST] = "host",       [LINK_HOSTS] = "hosts",               [LINK_ANAPHOR] = "anaphor",
        [LINK_WORLD] = "world",     [LINK_SAID] = "said",   [LINK_FROM] = "value_from",               [LINK_TO] = "value_to",
    };
    return cue_table_new("/extract/names/link_words.tsv", classes, LINK_WORDS);
}

uint32_t link_from(const struct mention *mentions, uint32_t n, uint32_t start)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (mentions[middle].span.start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t link_heading(const struct link_scan *s, uint32_t passage, const uint32_t *table)
{
    for (int depth = 0; passage != NONE && depth < 8; depth++) {
        passage = DOCUMENT_AT(s->doc->passages, struct passage, passage).heading;
        if (passage != NONE && table[passage] != NONE)
            return table[passage];
    }
    return NONE;
}

/* The first mention of each heading and caption. */
static uint32_t *by_heading(const struct document *doc, const struct mention *mentions, uint32_t n)
{
    uint32_t *table = g_new(uint32_t, doc->passages->len + 1);
    memset(table, 0xff, (doc->passages->len + 1) * sizeof *table);
    for (uint32_t i = n; i-- > 0;) {
        uint32_t passage = mentions[i].passage;
        if (passage == NONE)
            continue;
        enum zone zone = DOCUMENT_AT(doc->passages, struct passage, passage).zone;
        if (zone == ZONE_HEADING || zone == ZONE_CAPTION)
            table[passage] = i;
    }
    return table;
}

/* The one place that the first headings of the document name: what it is about. */
static struct figure_place *find_own_place(const struct link_scan *s)
{
    enum { FRONT_HEADINGS = 4, FRONT_PASSAGES = 30 };
    const struct location *own = NULL;
    for (uint32_t p = 0, headings = 0; p < s->doc->passages->len && p < FRONT_PASSAGES && headings < FRONT_HEADINGS; p++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, p);
        if (passage->zone != ZONE_HEADING)
            continue;
        headings++;
        for (uint32_t i = s->heading_place[p]; i != NONE && i < s->n_locations && s->locations[i].passage == p; i++) {
            if (own && !g_str_equal(own->canonical, s->locations[i].location.canonical))
                return NULL;
            own = &s->locations[i].location;
        }
        if (own)
            break;
    }
    if (!own)
        return NULL;
    struct figure_place *place = mentions_places(s->x->mentions, 1);
    *place = (struct figure_place){own->canonical, own->iso, own->geonames, ROLE_UNKNOWN};
    return place;
}

static void link_scan_init(struct link_scan *s, struct extraction *x)
{
    GArray *periods = mentions_of(x->mentions, MENTION_PERIOD), *locations = mentions_of(x->mentions, MENTION_LOCATION), *actors = mentions_of(x->mentions, MENTION_ACTOR);
    GArray *attributions = mentions_of(x->mentions, MENTION_ATTRIBUTION), *figures = mentions_of(x->mentions, MENTION_FIGURE);
    *s = (struct link_scan){
        .x = x, .doc = x->doc, .words = x->extractor->links, .language = language_of_document(x->doc), .tokens = (const void *)x->tokens->data, .n = x->tokens->len,
        .periods = (const void *)periods->data, .n_periods = periods->len, .locations = (const void *)locations->data, .n_locations = locations->len,
        .actors = (const void *)actors->data, .n_actors = actors->len, .attributions = (const void *)attributions->data, .n_attributions = attributions->len,
        .figures = (void *)figures->data, .n_figures = figures->len, .sentence = NONE, .passage = NONE, .here = {NONE, NONE, NONE, NULL, 0}, .credit = NONE,
        .standings = g_array_new(FALSE, FALSE, sizeof(struct standing)), .period_marks = g_array_new(FALSE, FALSE, sizeof(struct marker)),
        .spots = g_array_new(FALSE, FALSE, sizeof(struct spot)), .place_marks = g_array_new(FALSE, FALSE, sizeof(struct marker)),
    };
    s->classes = cue_classes(s->words, s->language, x->tokens);
    s->heading_period = by_heading(x->doc, s->periods, s->n_periods);
    s->heading_place = by_heading(x->doc, s->locations, s->n_locations);
    s->own_place = find_own_place(s);
}

static void link_scan_clear(struct link_scan *s)
{
    GArray *arrays[] = {s->standings, s->period_marks, s->spots, s->place_marks};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    g_free(s->classes);
    g_free(s->heading_period);
    g_free(s->heading_place);
}

/* Moves a range [from, to) of mentions on to those that start before `end`. */
static void take(const struct mention *mentions, uint32_t n, uint32_t end, uint32_t *from, uint32_t *to)
{
    *from = *to;
    while (*to < n && mentions[*to].span.start < end)
        (*to)++;
}

/* The items of a list go on about the paragraph before it, where that ends in a colon; any other paragraph begins anew. */
static void begin_passage(struct link_scan *s, uint32_t passage)
{
    bool item = passage != NONE && DOCUMENT_AT(s->doc->passages, struct passage, passage).flags & PASSAGE_LIST;
    if (!item || !s->introduced) {
        struct slice before = s->passage == NONE ? slice_of("") : slice_trim(document_slice(s->doc, DOCUMENT_AT(s->doc->passages, struct passage, s->passage).span));
        s->introduced = item && slice_ends(before, ":");
        s->intro = s->introduced ? s->here : (struct paragraph){NONE, NONE, NONE, NULL, 0};
    }
    s->passage = passage;
    s->here = s->intro;
    s->credit = s->introduced ? s->credit : NONE;
}

/* The mark that follows a figure in its sentence; one hung on the sentence's stop belongs to it. */
static void link_marks(struct link_scan *s, uint32_t end, uint32_t *cursor)
{
    const GArray *marks = s->doc->marks;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        while (*cursor < marks->len && DOCUMENT_AT(marks, struct mark, *cursor).at < s->figures[i].span.end)
            (*cursor)++;
        if (*cursor < marks->len && DOCUMENT_AT(marks, struct mark, *cursor).at <= end)
            s->figures[i].figure.mark = *cursor;
    }
}

/* Who the sentence credits, nearest first; else whom the sentence before credited. */
static void link_credits(struct link_scan *s)
{
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        uint32_t nearest = s->credit;
        for (uint32_t k = s->attribution_from; k < s->attribution_to; k++)
            if (k == s->attribution_from || s->attributions[k].span.start < s->figures[i].span.start)
                nearest = k;
        s->figures[i].figure.said_by = nearest == NONE ? NULL : s->attributions[nearest].attribution.source;
    }
    s->credit = s->attribution_to > s->attribution_from ? s->attribution_to - 1 : NONE;
}

/* The figures of table rows; cells stand in the order of the text. */
static void link_cells(struct link_scan *s, uint32_t *cursor)
{
    const GArray *cells = s->doc->cells;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        uint32_t start = s->figures[i].span.start;
        while (*cursor < cells->len && DOCUMENT_AT(cells, struct cell, *cursor).span.end <= start)
            (*cursor)++;
        bool inside = *cursor < cells->len && DOCUMENT_AT(cells, struct cell, *cursor).span.start <= start;
        const struct cell *cell = inside ? &DOCUMENT_AT(cells, struct cell, *cursor) : NULL;
        link_period_of_cell(s, &s->figures[i], cell);
        link_places_of_cell(s, &s->figures[i], cell);
    }
}

void extract_links(struct extraction *x)
{
    struct link_scan s;
    link_scan_init(&s, x);
    uint32_t mark = 0, cell = 0;
    for (uint32_t i = 0; i < x->doc->sentences->len; i++) {
        const struct sentence *sentence = &DOCUMENT_AT(x->doc->sentences, struct sentence, i);
        if (sentence->passage != s.passage)
            begin_passage(&s, sentence->passage);
        s.sentence = i;
        take(s.figures, s.n_figures, sentence->span.end, &s.figure_from, &s.figure_to);
        take(s.periods, s.n_periods, sentence->span.end, &s.period_from, &s.period_to);
        take(s.locations, s.n_locations, sentence->span.end, &s.location_from, &s.location_to);
        take(s.attributions, s.n_attributions, sentence->span.end, &s.attribution_from, &s.attribution_to);
        bool table = sentence->passage != NONE && DOCUMENT_AT(x->doc->passages, struct passage, sentence->passage).zone == ZONE_TABLE;
        s.first_token = token_at(x->tokens, sentence->span.start);
        s.after_token = token_at(x->tokens, sentence->span.end);
        if (s.first_token >= s.after_token)
            continue;
        if (table) {
            link_cells(&s, &cell);
        } else if (s.figure_from < s.figure_to || s.period_from < s.period_to || s.location_from < s.location_to) {
            link_sentence(&s);
            link_periods(&s);
            link_places(&s);
        } else {
            s.here.previous = NONE;
        }
        link_marks(&s, sentence->span.end, &mark);
        link_credits(&s);
    }
    link_scan_clear(&s);
}
