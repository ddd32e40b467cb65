/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject/parts.h"

#include "extract/gazetteer.h"

enum { FLOW_BEFORE = 3, FLOW_AFTER = 3 };

enum flow flow_at(const struct lexis *lexis, const struct words *words, uint32_t at, uint32_t after)
{
    const uint32_t up = concept_named(lexis, "increase"), down = concept_named(lexis, "decrease");
    uint32_t from = at > FLOW_BEFORE ? at - FLOW_BEFORE : 0, best = UINT32_MAX;
    enum flow flow = FLOW_NONE;
    while (from < at && term_of(words, at - 1)->start < term_of(words, from)->start)
        from++;
    for (guint i = 0; i < words->named->len; i++) {
        const struct named *named = &g_array_index(words->named, struct named, i);
        bool before = named->first >= from && named->first + named->n <= at, behind = named->first >= after && named->first < after + FLOW_AFTER;
        if (named->n != 1 || named->narrow || (named->concept != up && named->concept != down) || (!before && !behind))
            continue;
        bool parted = false; /* by a stop or a comma */
        for (uint32_t t = before ? named->first + 1 : after; t <= (before ? at : named->first) && t < words->terms->len; t++)
            parted = parted || term_of(words, t)->flags & (TERM_STOPPED | TERM_BREAK);
        uint32_t distance = before ? at - named->first : named->first - after + 1;
        if (parted || distance >= best)
            continue;
        best = distance;
        flow = named->concept == up ? FLOW_UP : FLOW_DOWN;
    }
    return flow;
}

/* The country of a draft's title, where that names one and no more. */
static bool title_place(const struct document *doc, const struct mentions *mentions, struct figure_place *ret)
{
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    const struct location *only = NULL;
    for (guint i = 0; i < locations->len; i++) {
        const struct mention *mention = &g_array_index(locations, struct mention, i);
        if (mention->passage == NONE || DOCUMENT_AT(doc->passages, struct passage, mention->passage).level != 1)
            continue;
        if (only && g_strcmp0(only->canonical, mention->location.canonical) != 0)
            return false;
        only = &mention->location;
    }
    if (!only || g_strcmp0(only->class, "country") != 0) /* "After Beijing" is where no figure is */
        return false;
    *ret = (struct figure_place){.name = only->canonical, .iso = only->iso, .geonames = only->geonames};
    return true;
}

bool main_place(const struct document *doc, const struct mentions *mentions, struct figure_place *ret)
{
    if (title_place(doc, mentions, ret))
        return true;
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    const struct gazetteer_place *best = NULL;
    guint most = 0;
    for (guint i = 0; i < locations->len; i++) {
        const char *iso = g_array_index(locations, struct mention, i).location.iso;
        guint n = 0;
        for (guint k = 0; iso && k < locations->len; k++) {
            const char *other = g_array_index(locations, struct mention, k).location.iso;
            n += other && strncmp(iso, other, 2) == 0;
        }
        if (n <= most)
            continue;
        g_autofree char *country = g_strndup(iso, 2);
        best = gazetteer_country(gazetteer_get(), country);
        most = n;
    }
    if (!best || most < 2 || most * 3 < locations->len * 2)
        return false;
    *ret = (struct figure_place){.name = gazetteer_string(gazetteer_get(), best->name), .iso = best->iso, .geonames = best->geonames};
    return true;
}

/* How near each term is to the claim's number: 1 at it, less behind commas, least at the sentence's far end. */
static double *nearness(const struct words *words, uint32_t at)
{
    double *scale = g_new(double, words->terms->len + 1);
    for (uint32_t i = 0; i <= words->terms->len; i++)
        scale[i] = 0.5;
    for (int direction = -1; direction <= 1; direction += 2) {
        double cost = 0;
        for (uint32_t i = at; i < words->terms->len; i += (uint32_t)direction) {
            scale[i] = 1 / (1 + 2 * cost);
            uint32_t flags = term_of(words, i)->flags;
            uint32_t next = i + (uint32_t)direction;
            uint32_t crossed = direction < 0 ? flags : next < words->terms->len ? term_of(words, next)->flags : 0;
            cost += 0.03 + (crossed & TERM_BREAK ? 0.2 : 0) + (crossed & TERM_STOPPED ? 0.5 : 0) + (flags & TERM_NUMBER && i != at ? 0.15 : 0);
        }
    }
    return scale;
}

/* What the extractor says is counted ("Abductions" of "Abductions fell by 20 per cent"), else the words behind the number. */
static void mark_claim_counted(struct subject *subject, const struct figure *figure, uint32_t after)
{
    struct words *counted = figure->counted ? words_new(subject->lexis, slice_of(figure->counted)) : NULL;
    for (guint i = 0; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->counted = !counted && figure->quantity.kind == KIND_COUNT && unit->first >= after && unit->first < after + 3;
        uint32_t last = term_of(subject->words, unit->first + unit->n - 1)->stem;
        for (guint t = 0; counted && t < counted->terms->len; t++)
            unit->counted = unit->counted || term_of(counted, t)->stem == last;
        unit->head = unit->counted;
        if (unit->counted && unit->weight >= 0.3)
            unit->weight *= 1.5;
    }
    words_free(counted);
}

/* Adds the words of another sentence or heading that the claim leans on. */
static void add_context(struct subject *subject, const struct document *doc, struct span span, double weight)
{
    struct words *words = words_new(subject->lexis, document_slice(doc, span));
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct span));
    guint from = subject->units->len;
    add_units(subject, words, none, NULL, weight);
    for (guint i = from; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->first = NONE; /* no term of the claim's own text */
    }
    words_free(words);
}

static struct span claim_span(const struct document *doc, const struct mention *figure)
{
    if (figure->sentence != NONE)
        return DOCUMENT_AT(doc->sentences, struct sentence, figure->sentence).span;
    return figure->passage != NONE ? DOCUMENT_AT(doc->passages, struct passage, figure->passage).span : figure->span;
}

/* Bytes [start, end) of the document as bytes of a text that begins at `base`. */
static struct span relative(struct span span, uint32_t base)
{
    return (struct span){span.start >= base ? span.start - base : 0, span.end >= base ? span.end - base : 0};
}

static uint32_t term_from(const struct words *words, uint32_t byte)
{
    uint32_t i = 0;
    while (i < words->terms->len && term_of(words, i)->end <= byte)
        i++;
    return i;
}

/* How much the sentence itself says: "7.8 million in December." leans on what stands before it. */
static double own_weight(const struct subject *subject)
{
    double sum = 0;
    for (guint i = 0; i < subject->units->len; i++)
        if (g_array_index(subject->units, struct unit, i).weight >= 0.3)
            sum += g_array_index(subject->units, struct unit, i).weight;
    return sum;
}

/* What leads in to a passage: the short line before it, "What is planned for Somalia?", else the heading over it; NONE = nothing. */
static uint32_t lead_in(const struct document *doc, uint32_t passage)
{
    enum { SHORT_BYTES = 140 };
    if (passage == NONE)
        return NONE;
    if (passage > 0) {
        struct span span = DOCUMENT_AT(doc->passages, struct passage, passage - 1).span;
        struct slice text = slice_trim(document_slice(doc, span));
        while (text.len > 0 && (text.ptr[text.len - 1] == '*' || text.ptr[text.len - 1] == '_'))
            text.len--;
        if (text.len > 0 && text.len < SHORT_BYTES && strchr("?:", text.ptr[text.len - 1]))
            return passage - 1;
    }
    return DOCUMENT_AT(doc->passages, struct passage, passage).heading;
}

/* Adds the places named in a span; returns whether there are any. */
static bool places_in(struct subject *subject, const struct mentions *mentions, struct span span)
{
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    uint32_t before = subject->n_places;
    for (guint i = 0; i < locations->len; i++) {
        const struct mention *mention = &g_array_index(locations, struct mention, i);
        const struct figure_place place = {.name = mention->location.canonical, .iso = mention->location.iso, .geonames = mention->location.geonames};
        if (mention->span.start >= span.start && mention->span.end <= span.end)
            add_place(subject, &place, slice_of(place.name));
    }
    return subject->n_places > before;
}

/* Where the claim is: as its sentence or paragraph says; else as the line that leads in says; else where the whole draft is. */
static void claim_places(struct subject *subject, const struct document *doc, const struct mentions *mentions, const struct mention *mention, const struct figure_place *main)
{
    const struct figure *figure = &mention->figure;
    uint32_t lead = lead_in(doc, mention->passage);
    bool own = figure->n_places > 0 && figure->place_scope < SCOPE_HEADING;
    subject->place_scope = own ? figure->place_scope : SCOPE_HEADING;
    bool title = lead != NONE && DOCUMENT_AT(doc->passages, struct passage, lead).level == 1; /* "After Beijing" is where no figure is */
    if (!own && lead != NONE && !title && places_in(subject, mentions, DOCUMENT_AT(doc->passages, struct passage, lead).span)) {
        keep_innermost(subject);
        return;
    }
    for (uint32_t i = 0; own && i < figure->n_places; i++)
        add_place(subject, &figure->places[i], slice_of(figure->places[i].name));
    if (!own)
        subject->place_scope = SCOPE_DOCUMENT;
    if (main && !own)
        add_place(subject, main, slice_of(""));
}

/* The words the claim leans on: the sentence before it in its passage, else the line that leads in. */
static void claim_context(struct subject *subject, const struct document *doc, const struct mention *mention)
{
    double weight = own_weight(subject) < 1.5 ? 0.7 : 0.15;
    uint32_t lead = lead_in(doc, mention->passage);
    const struct sentence *before = mention->sentence != NONE && mention->sentence > 0 ? &DOCUMENT_AT(doc->sentences, struct sentence, mention->sentence - 1) : NULL;
    if (before && before->passage == mention->passage)
        add_context(subject, doc, before->span, weight);
    if (lead != NONE)
        add_context(subject, doc, DOCUMENT_AT(doc->passages, struct passage, lead).span, weight);
}

/* The words of the claim's sentence that say when it was. */
static void claim_dated(struct subject *subject, const struct mentions *mentions, const struct figure *figure, struct span sentence)
{
    const GArray *periods = mentions_of(mentions, MENTION_PERIOD);
    for (guint i = 0; figure->period && i < periods->len; i++) {
        const struct mention *mention = &g_array_index(periods, struct mention, i);
        if (mention->span.start >= sentence.start && mention->span.end <= sentence.end && g_strcmp0(mention->period.edtf, figure->period) == 0)
            note_dated(subject, relative(mention->span, sentence.start));
    }
}

/* Does "from", "than" or the like stand right before the number? */
static bool is_base(const struct words *words, uint32_t at)
{
    bool there = at > 0 && at < words->terms->len && !(term_of(words, at)->flags & (TERM_BREAK | TERM_STOPPED));
    return there && term_of(words, at - 1)->flags & TERM_BASE;
}

static bool is_hedged(const struct subject *subject)
{
    return words_name(subject->words, concept_named(subject->lexis, "estimate"), (struct span){0, subject->words->terms->len}) != NONE;
}

/* Does nothing say where, when or whose the number is? A name, and the whole world, do. */
static bool is_unplaced(const struct subject *subject)
{
    if (!subject->anywhere || subject->n_places > 0)
        return false;
    for (guint i = 0; i < subject->words->terms->len; i++) {
        const struct term *term = term_of(subject->words, i);
        bool opens = i == 0 || term->flags & TERM_STOPPED;
        if (term->flags & TERM_ACRONYM || (term->flags & TERM_CAPITAL && !(opens || term->flags & TERM_NUMBER)))
            return false;
    }
    uint32_t world[] = {concept_named(subject->lexis, "world"), concept_named(subject->lexis, "worldwide")};
    for (guint i = 0; i < subject->words->named->len; i++) {
        uint32_t concept = g_array_index(subject->words->named, struct named, i).concept;
        if (concept == world[0] || concept == world[1])
            return false;
    }
    return true;
}

/* The age that the claim's sentence names, where it names one alone. */
static const struct quantity *claim_age(const struct mentions *mentions, const struct mention *claim)
{
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    const struct quantity *age = NULL;
    for (guint i = 0; claim->sentence != NONE && i < figures->len; i++) {
        const struct mention *mention = &g_array_index(figures, struct mention, i);
        if (mention->sentence != claim->sentence || mention == claim || mention->figure.quantity.kind != KIND_AGE)
            continue;
        if (age)
            return NULL;
        age = &mention->figure.quantity;
    }
    return age;
}

struct subject *subject_of_claim(const struct document *doc, const struct mentions *mentions, const struct mention *mention, const struct figure_place *main)
{
    const struct figure *figure = &mention->figure;
    struct span span = claim_span(doc, mention);
    struct subject *subject = subject_new(doc->metadata.language, document_slice(doc, span));
    g_autoptr(GArray) skip = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct span own[] = {relative(figure->number, span.start), relative(figure->quantity.unit_text, span.start)};
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        if (own[i].end > own[i].start)
            g_array_append_val(skip, own[i]);
    claim_places(subject, doc, mentions, mention, main);
    subject->period_scope = figure->period_scope;
    uint32_t at = term_from(subject->words, mention->span.start - span.start), after = term_from(subject->words, mention->span.end - span.start);
    g_autofree double *scale = nearness(subject->words, MIN(at, subject->words->terms->len));
    subject->kinds = kinds_alike(figure->quantity.kind);
    subject->period = g_strdup(figure->period);
    subject->main = main;
    g_autofree char *number = slice_dup(document_slice(doc, figure->number));
    subject->number = g_string_chunk_insert(subject->strings, number);
    claim_dated(subject, mentions, figure, span);
    note_months(subject);
    subject->flow = flow_at(subject->lexis, subject->words, at, after);
    add_units(subject, subject->words, skip, scale, 1);
    mark_claim_counted(subject, figure, after);
    subject->age = claim_age(mentions, mention);
    subject->base = is_base(subject->words, at);
    subject->hedged = is_hedged(subject);
    counts_read(subject->lexis, subject->text, subject->words, (struct span){0, subject->words->terms->len}, (struct span){at, after}, figure->counted, &subject->counts);
    acts_read(subject->lexis, subject->text, subject->words, (struct span){0, subject->words->terms->len}, (struct span){at, after}, &subject->acts);
    roles_read(subject->lexis, subject->text, subject->words, (struct span){0, subject->words->terms->len}, (struct span){at, after}, &subject->roles);
    const struct figure_clause clause = {subject->text, subject->words, {0, subject->words->terms->len}, {at, MAX(after, at + 1)}, NULL};
    subject->slot = clause_slot(&clause);
    subject->others = clause_has_others(&clause);
    subject->said_by = figure->said_by;
    const struct span *speaker = &subject->roles.speaker.bytes;
    if (!subject->said_by && speaker->end > speaker->start)
        subject->said_by = g_string_chunk_insert_len(subject->strings, subject->text + speaker->start, speaker->end - speaker->start);
    subject->anywhere = (subject->n_places == 0 || subject->place_scope == SCOPE_DOCUMENT) && !subject->period && !subject->months;
    subject->unplaced = is_unplaced(subject);
    claim_context(subject, doc, mention);
    return subject;
}
