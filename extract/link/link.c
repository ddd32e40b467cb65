/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/link/link.h"

enum { BROKEN_BYTES = 60, BROKEN_PASSAGES = 4, SUBJECT_TOKENS = 1, MARK_FIGURES = 16, MARK_TOKENS = 80 };

static const uint32_t NOT_ASKED = NONE - 1;

struct cue_table *link_words_new(void)
{
    static const char *const classes[LINK_WORDS] = {
        [LINK_BASE] = "base",       [LINK_CONTRAST] = "contrast",         [LINK_ASIDE] = "aside", [LINK_PUBLICATION] = "publication", [LINK_RESPECTIVELY] = "respectively",
        [LINK_PLACE] = "place",     [LINK_ARTICLE] = "article",           [LINK_JOINT] = "joint", [LINK_ORIGIN] = "origin",           [LINK_DESTINATION] = "destination",
        [LINK_HOST] = "host",       [LINK_HOSTS] = "hosts",               [LINK_ANAPHOR] = "anaphor",
        [LINK_WORLD] = "world",     [LINK_BASE_OF] = "base_of", [LINK_BASE_NOUN] = "base_noun",   [LINK_BODY] = "body", [LINK_SAID] = "said", [LINK_ENDS] = "ends", [LINK_ALONE] = "alone", [LINK_THAT] = "that", [LINK_STRIKE] = "strike", [LINK_RIVER] = "river", [LINK_PART] = "part", [LINK_SPAN] = "span",   [LINK_FROM] = "value_from",               [LINK_TO] = "value_to",
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

/* Follows the headings upwards until one has an entry in `table`; NONE = none has. */
static uint32_t find_heading(const struct link_scan *s, uint32_t passage, const uint32_t *table)
{
    for (int depth = 0; passage != NONE && depth < 8; depth++) {
        passage = DOCUMENT_AT(s->doc->passages, struct passage, passage).heading;
        if (passage != NONE && table[passage] != NONE)
            return table[passage];
    }
    return NONE;
}

uint32_t link_heading(const struct link_scan *s, const uint32_t *table, uint32_t *known)
{
    if (*known == NOT_ASKED)
        *known = find_heading(s, s->passage, table);
    return *known;
}

/* What stands over the first paragraph says when the document was made, as often as what it is about: the period pass decides. */
static uint32_t first_body(const struct document *doc)
{
    uint32_t i = 0;
    while (i < doc->passages->len && DOCUMENT_AT(doc->passages, struct passage, i).zone == ZONE_HEADING)
        i++;
    return i;
}

/* "(as of 3 March)", "en date du 3 mars": what the heading stands over holds at that day; other days say when it was written. */
static bool holds_at(const struct document *doc, uint32_t at)
{
    static const char *const words[] = {"as of", "as at", "au", "date du", "al", "hasta el", "jusqu'au", "jusqu’au"};
    struct slice before = slice_trim(slice_make(doc->text->str + (at > 24 ? at - 24 : 0), MIN(at, 24u)));
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t len = strlen(words[i]);
        if (slice_ends(before, words[i]) && (before.len == len || !g_ascii_isalpha(before.ptr[before.len - len - 1])))
            return true;
    }
    return false;
}

/* The first mention of each heading and caption. */
static uint32_t *by_heading(const struct document *doc, const struct mention *mentions, uint32_t n)
{
    uint32_t body = first_body(doc);
    uint32_t *table = g_new(uint32_t, doc->passages->len + 1);
    memset(table, 0xff, (doc->passages->len + 1) * sizeof *table);
    for (uint32_t i = n; i-- > 0;) {
        uint32_t passage = mentions[i].passage;
        bool period = mentions[i].type == MENTION_PERIOD;
        enum zone zone = passage == NONE ? ZONE_BODY : DOCUMENT_AT(doc->passages, struct passage, passage).zone;
        if ((zone != ZONE_HEADING && zone != ZONE_CAPTION) || (period && (passage < body || mentions[i].period.edtf[0] == '.')))
            continue;
        bool day = period && strlen(mentions[i].period.edtf) == strlen("2025-03-05");
        if (day && !holds_at(doc, mentions[i].span.start))
            continue;
        table[passage] = i;
    }
    return table;
}

/* The country that the document speaks of more than of all others together: what it is about, where its title does not say. */
static const struct location *main_country(const struct link_scan *s)
{
    enum { MAIN_LEAST = 5 };
    uint32_t counts[26 * 26] = {0}, all = 0, most = 0;
    const struct location *country[26 * 26] = {NULL}, *main = NULL;
    for (uint32_t i = 0; i < s->n_locations; i++) {
        const struct location *l = &s->locations[i].location;
        if (!l->iso || !g_ascii_isupper(l->iso[0]) || !g_ascii_isupper(l->iso[1]))
            continue;
        uint32_t k = (uint32_t)((l->iso[0] - 'A') * 26 + l->iso[1] - 'A');
        counts[k]++;
        all++;
        if (!country[k] && g_strcmp0(l->class, "country") == 0) /* a town has its country's code, too */
            country[k] = l;
    }
    for (uint32_t k = 0; k < G_N_ELEMENTS(counts); k++)
        if (counts[k] > most) {
            most = counts[k];
            main = country[k];
        }
    return most >= MAIN_LEAST && most * 2 > all ? main : NULL;
}

/* The one place that the first headings of the document name, and whether they name several. */
static const struct location *place_of_title(const struct link_scan *s, bool *several)
{
    enum { FRONT_HEADINGS = 4, FRONT_PASSAGES = 30 };
    const struct location *own = NULL;
    *several = false;
    for (uint32_t p = 0, headings = 0; p < s->doc->passages->len && p < FRONT_PASSAGES && headings < FRONT_HEADINGS; p++) {
        const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, p);
        if (passage->zone != ZONE_HEADING)
            continue;
        headings++;
        for (uint32_t i = s->heading_place[p]; i != NONE && i < s->n_locations && s->locations[i].passage == p; i++) {
            if (g_strcmp0(s->locations[i].location.class, "water") == 0 || g_strcmp0(s->locations[i].location.class, "border") == 0)
                continue; /* "South of the Litani River": no place that all of a document is about */
            *several |= own && !g_str_equal(own->canonical, s->locations[i].location.canonical);
            own = &s->locations[i].location;
        }
        if (own)
            break;
    }
    return own;
}

static struct figure_place *find_own_place(const struct link_scan *s)
{
    bool several;
    const struct location *own = place_of_title(s, &several);
    if (several)
        return NULL;
    if (!own)
        own = main_country(s);
    if (!own)
        return NULL;
    struct figure_place *place = mentions_places(s->x->mentions, 1);
    *place = (struct figure_place){own->canonical, own->iso, own->geonames, ROLE_UNKNOWN};
    return place;
}

/* The table's caption stands right before its first row or right behind its last. */
static uint32_t caption_of(struct link_scan *s, uint32_t passage)
{
    const GArray *passages = s->doc->passages;
    if (passage < s->table_end)
        return s->caption;
    uint32_t end = passage;
    while (end < passages->len && DOCUMENT_AT(passages, struct passage, end).zone == ZONE_TABLE)
        end++;
    s->table_end = end;
    s->caption = NONE;
    if (passage > 0 && DOCUMENT_AT(passages, struct passage, passage - 1).zone == ZONE_CAPTION)
        s->caption = passage - 1;
    else if (end < passages->len && DOCUMENT_AT(passages, struct passage, end).zone == ZONE_CAPTION)
        s->caption = end;
    return s->caption;
}

static bool running_text(const struct link_scan *s, uint32_t passage)
{
    enum zone zone = passage == NONE ? ZONE_TABLE : DOCUMENT_AT(s->doc->passages, struct passage, passage).zone;
    return zone == ZONE_BODY || zone == ZONE_SUMMARY || zone == ZONE_BOX;
}

/* Was the passage broken off in the middle of a sentence, at the end of a column or page? */
static bool broken_off(const struct link_scan *s, uint32_t passage)
{
    struct slice text = slice_trim(document_slice(s->doc, DOCUMENT_AT(s->doc->passages, struct passage, passage).span));
    return text.len > BROKEN_BYTES && g_ascii_isalnum(text.ptr[text.len - 1]);
}

/* Does the paragraph go on with the sentence that the one before it broke off? Captions and boxes may stand between. */
static bool goes_on(const struct link_scan *s, uint32_t passage, uint32_t text)
{
    return running_text(s, passage) && text != NONE && passage - text <= BROKEN_PASSAGES &&
           DOCUMENT_AT(s->doc->passages, struct passage, passage).zone == DOCUMENT_AT(s->doc->passages, struct passage, text).zone && broken_off(s, text);
}

/* By passage: the first one that it may go on with; itself: none. Few are broken off. The caller frees it. */
static uint32_t *goes_on_table(const struct link_scan *s)
{
    uint32_t n = s->doc->passages->len, *table = g_new(uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        table[i] = i;
    for (uint32_t text = 0; text < n; text++)
        for (uint32_t i = text + 1; running_text(s, text) && broken_off(s, text) && i <= text + BROKEN_PASSAGES && i < n; i++)
            if (goes_on(s, i, text))
                table[i] = MIN(table[i], text);
    return table;
}

static void link_scan_init(struct link_scan *s, struct extraction *x)
{
    GArray *periods = mentions_of(x->mentions, MENTION_PERIOD), *locations = mentions_of(x->mentions, MENTION_LOCATION), *actors = mentions_of(x->mentions, MENTION_ACTOR);
    GArray *attributions = mentions_of(x->mentions, MENTION_ATTRIBUTION), *figures = mentions_of(x->mentions, MENTION_FIGURE);
    *s = (struct link_scan){
        .x = x, .doc = x->doc, .language = language_of_document(x->doc), .tokens = (const void *)x->tokens->data, .n = x->tokens->len,
        .periods = (const void *)periods->data, .n_periods = periods->len, .locations = (const void *)locations->data, .n_locations = locations->len,
        .actors = (const void *)actors->data, .n_actors = actors->len, .attributions = (const void *)attributions->data, .n_attributions = attributions->len,
        .figures = (void *)figures->data, .n_figures = figures->len, .sentence = NONE, .passage = NONE, .text = NONE, .here = {NONE, NONE, NONE, NULL, 0, false}, .credit = NONE, .open_credit = NONE, .intro_credit = NONE, .over_period = NOT_ASKED, .over_place = NOT_ASKED,
        .g = gazetteer_get(), .people = g_new0(uint8_t, MAX(x->words->len, 1)), .period_marks = g_array_new(FALSE, FALSE, sizeof(struct marker)),
        .spots = g_array_new(FALSE, FALSE, sizeof(struct spot)), .place_marks = g_array_new(FALSE, FALSE, sizeof(struct marker)),
    };
    cue_text_init(&s->cues, x->extractor->links, s->language, x->tokens, x->words);
    s->heading_period = by_heading(x->doc, s->periods, s->n_periods);
    s->heading_place = by_heading(x->doc, s->locations, s->n_locations);
    s->own_place = find_own_place(s);
    s->goes_on = goes_on_table(s);
}

static void link_scan_clear(struct link_scan *s)
{
    void *owned[] = {s->turns, s->places, s->figure_tokens, s->people, s->goes_on, s->heading_period, s->heading_place};
    GArray *arrays[] = {s->period_marks, s->spots, s->place_marks};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
        g_free(owned[i]);
    cue_text_clear(&s->cues);
}

/* Moves a range [from, to) of mentions on to those that start before `end`. */
static void take(const struct mention *mentions, uint32_t n, uint32_t end, uint32_t *from, uint32_t *to)
{
    *from = *to;
    while (*to < n && mentions[*to].span.start < end)
        (*to)++;
}

/* The passage that goes on with the one broken off, or NONE. */
static uint32_t continuation(const struct link_scan *s, uint32_t passage)
{
    if (!running_text(s, passage) || !broken_off(s, passage))
        return NONE;
    for (uint32_t i = passage + 1; i <= passage + BROKEN_PASSAGES && i < s->doc->passages->len; i++) {
        const struct passage *next = &DOCUMENT_AT(s->doc->passages, struct passage, i);
        if (next->zone == DOCUMENT_AT(s->doc->passages, struct passage, passage).zone)
            return g_ascii_islower(document_slice(s->doc, next->span).ptr[0]) ? i : NONE;
    }
    return NONE;
}

/* The items of a list go on about the paragraph before it, where that ends in a colon; any other paragraph begins anew. */
static void begin_passage(struct link_scan *s, uint32_t passage)
{
    s->over_period = s->over_place = NOT_ASKED;
    bool item = passage != NONE && DOCUMENT_AT(s->doc->passages, struct passage, passage).flags & PASSAGE_LIST, item_before = item && s->introduced;
    if (running_text(s, s->passage)) {
        s->text = s->passage;
        s->after_text = s->here;
    }
    if (goes_on(s, passage, s->text)) {
        s->passage = passage;
        s->here = s->after_text;
        return;
    }
    if (!item || !s->introduced) {
        s->introduced = item && s->passage != NONE && slice_ends(slice_trim(document_slice(s->doc, DOCUMENT_AT(s->doc->passages, struct passage, s->passage).span)), ":");
        s->intro = s->introduced ? s->here : (struct paragraph){NONE, NONE, NONE, NULL, 0, false};
    }
    s->passage = passage;
    s->here = s->intro;
    s->intro_credit = s->introduced && !item_before ? s->open_credit : s->introduced ? s->intro_credit : NONE;
    s->credit = s->open_credit = NONE;
}

/* Where a sentence's text ends: with the passage that goes on with it, where a page or column broke it off. */
static uint32_t sentence_end(const struct link_scan *s, uint32_t sentence)
{
    const struct sentence *here = &DOCUMENT_AT(s->doc->sentences, struct sentence, sentence);
    bool last = sentence + 1 == s->doc->sentences->len || here[1].passage != here->passage;
    uint32_t next = last && here->passage != NONE ? continuation(s, here->passage) : NONE;
    uint32_t i = next == NONE ? NONE : document_sentence_at(s->doc, DOCUMENT_AT(s->doc->passages, struct passage, next).span.start);
    return i == NONE ? here->span.end : DOCUMENT_AT(s->doc->sentences, struct sentence, i).span.end;
}

/* Nothing but stops between a mark and the end of the sentence: it holds for all of it. */
static bool ends_sentence(const struct link_scan *s, uint32_t at, uint32_t end)
{
    for (const char *p = s->doc->text->str + at; p < s->doc->text->str + end; p++)
        if (!strchr(".!?\"') ", *p) && (unsigned char)*p < 0x80)
            return false;
    return true;
}

static uint32_t number_end(const struct mention *figure)
{
    return figure->figure.number.end > figure->figure.number.start ? figure->figure.number.end : figure->span.end;
}

/* A mark in mid-sentence belongs to the figure it hangs on; else to those of its clause. */
static bool hangs_on(const struct link_scan *s, uint32_t i, uint32_t at)
{
    for (uint32_t k = i + 1; k < s->figure_to && k < i + MARK_FIGURES && s->figures[k].span.start < at; k++)
        if (number_end(&s->figures[k]) == at || s->figures[k].span.end == at)
            return false;
    if (number_end(&s->figures[i]) == at || s->figures[i].span.end == at)
        return true;
    uint32_t from = link_token(s, number_end(&s->figures[i])), to = link_token(s, at);
    if (to > from + MARK_TOKENS)
        return false;
    for (uint32_t k = from; k + 1 < to; k++) /* a comma right before the mark is the clause's own */
        if (s->tokens[k].class == TOKEN_SIGN && s->tokens[k].flags & TOKEN_SPACE)
            return false;
        else if (s->doc->text->str[s->tokens[k].span.start] == ',' || s->doc->text->str[s->tokens[k].span.start] == ';')
            return false;
    return true;
}

/* The mark that follows a figure in its clause, else the one at the end of its sentence. `cursor` never goes back. */
static void link_marks(struct link_scan *s, uint32_t end, uint32_t *cursor)
{
    const GArray *marks = s->doc->marks;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        uint32_t from = number_end(&s->figures[i]);
        while (*cursor < marks->len && DOCUMENT_AT(marks, struct mark, *cursor).at < from)
            (*cursor)++;
        for (uint32_t k = *cursor; k < marks->len && DOCUMENT_AT(marks, struct mark, k).at <= end; k++) {
            uint32_t at = DOCUMENT_AT(marks, struct mark, k).at;
            if (memchr(s->doc->text->str + from, '\t', at - from)) /* in another cell of the row */
                break;
            if (ends_sentence(s, at, end) || hangs_on(s, i, at)) {
                s->figures[i].figure.mark = k;
                break;
            }
        }
    }
}

/* The token behind a place that the sentence begins with, "In El Salvador alone", or its first token. */
static uint32_t behind_place(const struct link_scan *s)
{
    uint32_t i = s->first_token, at = s->location_from;
    i += link_is(s, i, LINK_PLACE);
    i += link_is(s, i, LINK_ARTICLE);
    if (at == s->location_to || i >= s->after_token || s->locations[at].span.start != s->tokens[i].span.start)
        return s->first_token;
    i = link_token(s, s->locations[at].span.end);
    i += link_is(s, i, LINK_ALONE);
    return i + (i < s->after_token && slice_is(token_text(s->doc, &s->tokens[i]), ","));
}

/* Does the sentence begin with what one of the figures before it counts: "… 300 grave violations. Violations occurred in …"? */
static bool same_thing(const struct link_scan *s)
{
    for (uint32_t i = s->figure_from; i-- > 0 && s->figure_from - i <= MARK_FIGURES && s->figures[i].sentence + 1 >= s->sentence;) {
        struct span counted = s->figures[i].figure.counted_span;
        uint32_t head = counted.end > counted.start ? link_token(s, counted.end) : 0;
        for (uint32_t k = s->first_token; head > 0 && k <= s->first_token + SUBJECT_TOKENS && k < s->after_token; k++)
            if (s->tokens[k].class == TOKEN_WORD && s->tokens[k].hash == s->tokens[head - 1].hash)
                return true;
    }
    return false;
}

/* Does the sentence only go on counting: "Of these, 300 …", "A total of 300 …", "Nineteen men …"? *words: it says so in words of its own. */
static bool counts_on(const struct link_scan *s, bool *words)
{
    const struct cue *cue = link_cue(s, s->first_token, LINK_ANAPHOR);
    *words = cue && cue->value == 1;
    if (*words)
        return true;
    if (s->figure_from == s->figure_to)
        return false;
    uint32_t first = s->tokens[MIN(behind_place(s) + SUBJECT_TOKENS, s->after_token - 1)].span.start;
    uint32_t actor = link_from(s->actors, s->n_actors, s->tokens[s->first_token].span.start);
    bool subject = actor < s->n_actors && s->actors[actor].span.start <= first;
    return !subject && (s->figures[s->figure_from].span.start <= first || same_thing(s));
}

/* The attribution of the sentence that holds for a figure, the nearest one; NONE = none does. */
static uint32_t credit_of(const struct link_scan *s, struct span figure)
{
    uint32_t best = NONE, least = UINT32_MAX;
    for (uint32_t k = s->attribution_from; k < s->attribution_to; k++) {
        struct span holds = s->attributions[k].attribution.holds, span = s->attributions[k].span;
        if (figure.start < holds.start || figure.start >= holds.end)
            continue;
        uint32_t far = figure.start >= span.end ? figure.start - span.end : span.start >= figure.end ? span.start - figure.end : 0;
        if (far <= least) {
            best = k;
            least = far;
        }
    }
    return best;
}

/* Who the sentence credits for each figure; where it credits nobody and only goes on counting, whom the sentence before credited for its last figure. In
 * the items of a list: whom the sentence that announces them credits. */
static void link_credits(struct link_scan *s)
{
    bool words = false, on = s->credit != NONE && s->attribution_from == s->attribution_to && counts_on(s, &words);
    uint32_t around = on ? s->credit : s->introduced ? s->intro_credit : NONE, last = NONE;
    for (uint32_t i = s->figure_from; i < s->figure_to; i++) {
        uint32_t credit = s->attribution_from < s->attribution_to ? credit_of(s, s->figures[i].span) : NONE;
        last = s->figures[i].figure.minor ? last : credit;
        if (credit == NONE && s->attribution_from == s->attribution_to)
            credit = around == NONE && s->figures[i].figure.quantity.kind == KIND_RANK ? s->open_credit : around; /* of the ranking just named */
        s->figures[i].figure.said_by = credit == NONE ? NULL : s->attributions[credit].attribution.source;
    }
    uint32_t end = s->tokens[s->after_token - 1].span.end;
    bool open = s->attribution_to > s->attribution_from && s->attributions[s->attribution_to - 1].attribution.holds.end >= end;
    s->open_credit = open ? s->attribution_to - 1 : NONE;
    s->credit = last != NONE ? last : on && words ? s->credit : NONE;
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
        if (s->figures[i].figure.caption == NONE)
            s->figures[i].figure.caption = caption_of(s, s->passage);
        link_period_of_cell(s, &s->figures[i], cell);
        link_places_of_cell(s, &s->figures[i], cell);
    }
}

/* The first passage that one may take something from, which stands behind passage `before`: an item of a list also from what stands right before it. */
static uint32_t takes_from(const struct link_scan *s, uint32_t passage, uint32_t before)
{
    bool item = DOCUMENT_AT(s->doc->passages, struct passage, passage).flags & PASSAGE_LIST && before != NONE;
    return MIN(item ? before : passage, s->goes_on[passage]);
}

/* The same of all passages that may go on over this one, which is a box between two columns. */
static uint32_t goes_on_over(const struct link_scan *s, uint32_t passage)
{
    uint32_t low = passage;
    for (uint32_t i = passage + 1; i < passage + BROKEN_PASSAGES && i < s->doc->passages->len; i++)
        low = MIN(low, s->goes_on[i]);
    return low;
}

/* The sentences in work: those from `from` on up to `to`, that of figure `figure`. */
struct work {
    uint32_t figure, from, to;
};

/* Of the next figure at or behind sentence `i`: its own sentence, and the first one that it may take something from, as far as `i`. What stands before that, and
 * behind the last figure, leaves nothing to anyone. */
static void next_work(const struct link_scan *s, uint32_t i, struct work *work)
{
    const struct sentence *sentences = (const void *)s->doc->sentences->data;
    uint32_t n = s->doc->sentences->len, start = s->figures[work->figure].span.start;
    for (work->to = i; work->to < n && sentences[work->to].span.end <= start;)
        work->to++;
    uint32_t from = work->to, low = from < n ? sentences[from].passage : NONE;
    low = low == NONE ? NONE : goes_on_over(s, low);
    for (; from > i && low != NONE; from--) {
        uint32_t here = sentences[from].passage, before = sentences[from - 1].passage;
        if (before != here)
            low = MIN(low, takes_from(s, here, before));
        if (before == NONE || before < low)
            break;
    }
    work->from = from;
}

/* Does the sentence speak of when or where something was? */
static bool is_dated_or_placed(const struct link_scan *s)
{
    return s->figure_from < s->figure_to || s->period_from < s->period_to || s->location_from < s->location_to;
}

/* The sentence in work. */
static void link_one(struct link_scan *s, bool table, uint32_t *mark, uint32_t *cell)
{
    if (table) {
        link_cells(s, cell);
    } else if (is_dated_or_placed(s)) {
        link_sentence(s);
        link_periods(s);
        link_places(s);
    } else {
        s->here.previous = NONE;
    }
    if (s->figure_from < s->figure_to)
        link_marks(s, sentence_end(s, s->sentence), mark);
    link_credits(s);
}

/* Whatever stands in sentence `i`. */
static void take_sentence(struct link_scan *s, uint32_t i)
{
    uint32_t end = DOCUMENT_AT(s->doc->sentences, struct sentence, i).span.end;
    s->sentence = i;
    take(s->figures, s->n_figures, end, &s->figure_from, &s->figure_to);
    take(s->periods, s->n_periods, end, &s->period_from, &s->period_to);
    take(s->locations, s->n_locations, end, &s->location_from, &s->location_to);
    take(s->attributions, s->n_attributions, end, &s->attribution_from, &s->attribution_to);
}

static bool is_table(const struct link_scan *s, const struct sentence *sentence)
{
    return sentence->passage != NONE && DOCUMENT_AT(s->doc->passages, struct passage, sentence->passage).zone == ZONE_TABLE;
}

static void go_to(struct link_scan *s, const struct sentence *sentence)
{
    s->first_token = extraction_token(s->x, sentence->span.start);
    s->after_token = extraction_token(s->x, sentence->span.end);
}

/* A sentence that was left out still says whether the rows of a table behind it are of one place: "refugees worldwide". */
static void read_world(struct link_scan *s, uint32_t sentence)
{
    go_to(s, &DOCUMENT_AT(s->doc->sentences, struct sentence, sentence));
    s->world = false;
    for (uint32_t i = s->first_token; i < s->after_token && !s->world; i++)
        s->world = link_world(s, i);
}

void extract_links(struct extraction *x)
{
    struct link_scan s;
    if (mentions_of(x->mentions, MENTION_FIGURE)->len == 0)
        return;
    link_scan_init(&s, x);
    uint32_t mark = 0, cell = 0, left_out = NONE; /* a sentence of which something else was found, since the last one in work */
    struct work work = {.figure = NONE};
    for (uint32_t i = 0; i < x->doc->sentences->len; i++) {
        const struct sentence *sentence = &DOCUMENT_AT(x->doc->sentences, struct sentence, i);
        bool table = is_table(&s, sentence);
        take_sentence(&s, i);
        if (s.figure_from == s.n_figures)
            break;
        if (work.figure != s.figure_from) {
            work.figure = s.figure_from;
            next_work(&s, i, &work);
        }
        if (i < work.from) {
            left_out = !table && is_dated_or_placed(&s) ? i : left_out;
            continue;
        }
        if (sentence->passage != s.passage)
            begin_passage(&s, sentence->passage);
        if (table && left_out != NONE)
            read_world(&s, left_out);
        go_to(&s, sentence);
        if (s.first_token >= s.after_token)
            continue;
        left_out = table || is_dated_or_placed(&s) ? NONE : left_out;
        link_one(&s, table, &mark, &cell);
    }
    link_scan_clear(&s);
}
