/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check.h"

#include "query/reason.h"

#include <math.h>

enum { POOL_PASSAGES = 250 };

/* When is a figure with the claim's value about the same thing? The more digits the value has, the less chance there is that it only happens to be the
 * same: by number of telling digits, the least part of the claim's words that must be met, and of the best score that another value has. */
static const struct {
    double words, of_best;
} same_needs[] = {{1, 1}, {0.3, 0.65}, {0.2, 0.55}, {0.15, 0.45}, {0.1, 0.3}};

/* One sentence after another of a draft comes from the same passage or document: what is asked for there. */
static const double same_passage = 0.5, same_document = 0.85, again = 1.15;

/* Nothing with another value is as near: then fewer of the words will do. */
static const double nearest_of_all = 0.7;

/* When is a figure with another value a contradiction? When nearly all is met; or more than half, and the values look like slips of one another. */
static const double other_words = 0.62, other_counted = 0.8, kin_words = 0.35, kin_counted = 0.35;

/* Or when much is met and both are large numbers of the same size: an older edition of the same count. */
static const double near_topic = 0.55, near_counted = 0.8, near_least = 1000, near_ratio = 1.35;

static const char *const names[VERDICTS] = {"supported", "rounded", "qualifier", "context", "differs", "not_found", "not_read"};

const char *verdict_name(enum verdict verdict)
{
    g_assert(verdict < VERDICTS);
    return names[verdict];
}

bool verdict_from(const char *name, enum verdict *ret)
{
    for (int i = 0; i < VERDICTS; i++)
        if (g_str_equal(names[i], name)) {
            *ret = (enum verdict)i;
            return true;
        }
    return false;
}

void finding_free(struct finding *finding)
{
    if (!finding)
        return;
    g_free(finding->text);
    g_free(finding->sentence);
    g_free(finding->why);
    answer_free(finding->answer);
    g_free(finding);
}

enum verdict verdict_of(enum value_match value, enum relation place, enum relation period, enum flow claim_flow, enum flow source_flow)
{
    if (value == VALUE_INCOMPARABLE)
        return VERDICT_NOT_FOUND;
    bool elsewhere = place == RELATION_APART || period == RELATION_APART;
    if (value == VALUE_DIFFERS)
        return elsewhere ? VERDICT_NOT_FOUND : VERDICT_DIFFERS;
    if (elsewhere || place == RELATION_OVERLAPS) /* two towns of one region */
        return VERDICT_CONTEXT;
    if (claim_flow != FLOW_NONE && source_flow != FLOW_NONE && claim_flow != source_flow)
        return VERDICT_DIFFERS;
    return value == VALUE_SAME ? VERDICT_SUPPORTED : value == VALUE_ROUNDED ? VERDICT_ROUNDED : VERDICT_QUALIFIER;
}

struct weighed {
    const struct agreement *agreement;
    enum value_match value;
    enum flow flow;
    bool other; /* it counts something else */
};

/* The terms [at, after) of the figure. */
static struct span own_terms(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    uint32_t at = g_array_index(candidate->at, uint32_t, agreement->figure), after = at;
    uint32_t end = agreement_figure(agreement)->span.end - candidate->passage->span.start;
    while (after < candidate->words->terms->len && g_array_index(candidate->words->terms, struct term, after).start < end)
        after++;
    return (struct span){at, after};
}

/* Why the figure does not count what the claim counts, or NULL; the caller frees it. Sums and measures count nobody. */
static char *other_thing(const struct agreement *agreement, const struct subject *claim)
{
    static const uint32_t counting = 1u << KIND_COUNT | 1u << KIND_CHANGE | 1u << KIND_RATE | 1u << KIND_PERCENT | 1u << KIND_FRACTION;
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    struct counts source;
    if (!(counting >> figure->quantity.kind & 1))
        return NULL;
    struct span sentence = {g_array_index(candidate->first, uint32_t, agreement->figure), g_array_index(candidate->after, uint32_t, agreement->figure)};
    counts_read(lexis_of(candidate->document->metadata.language), candidate->passage->text, candidate->words, sentence, own_terms(agreement), figure->counted, &source);
    return counts_differ(&claim->counts, &source);
}

static bool is_other_thing(const struct agreement *agreement, const struct subject *claim)
{
    g_autofree char *other = other_thing(agreement, claim);
    return other != NULL;
}

static enum flow source_flow(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    struct span own = own_terms(agreement);
    return flow_at(lexis_of(candidate->document->metadata.language), candidate->words, own.start, own.end);
}

static bool says_value(enum value_match value)
{
    return value == VALUE_SAME || value == VALUE_ROUNDED || value == VALUE_QUALIFIER;
}

/* What a figure with the claim's value is worth that counts something else. */
static const double other_worth = 0.6;

/* A better value is worth a little: of two passages as near, the one that says the number itself. */
static double standing(const struct weighed *weighed, const struct subject *claim, const struct answer *before)
{
    double document = before && before->document->rowid == weighed->agreement->candidate->document->rowid ? again : 1;
    static const double worth[] = {[VALUE_SAME] = 1, [VALUE_ROUNDED] = 0.85, [VALUE_QUALIFIER] = 0.9, [VALUE_DIFFERS] = 1, [VALUE_INCOMPARABLE] = 0};
    double flow = claim->flow != FLOW_NONE && weighed->flow != claim->flow ? (weighed->flow == FLOW_NONE ? 0.7 : 0.85) : 1;
    return weighed->agreement->score * worth[weighed->value] * flow * document * (weighed->other ? other_worth : 1);
}

/* Values that one slip makes of one another: digits exchanged, one digit wrong, a zero lost. */
bool values_kin(double a, double b)
{
    char one[32], other[32];
    if (a <= 0 || b <= 0)
        return false;
    g_ascii_formatd(one, sizeof one, "%.6e", a);
    g_ascii_formatd(other, sizeof other, "%.6e", b);
    bool same_size = g_str_equal(one + 8, other + 8);
    unsigned wrong = 0, count[10] = {0};
    for (size_t i = 0; i < 8; i++) {
        if (i == 1)
            continue;
        wrong += one[i] != other[i];
        count[one[i] - '0']++;
        count[other[i] - '0'] += 100;
    }
    bool exchanged = true;
    for (size_t i = 0; i < G_N_ELEMENTS(count); i++)
        exchanged = exchanged && count[i] % 100 == count[i] / 100;
    unsigned digits = MIN(telling_digits(a), telling_digits(b));
    return (same_size && ((wrong <= 1 && digits >= 3) || (exchanged && digits >= 2))) || (!same_size && wrong == 0 && digits >= 2);
}

static void keep_better(struct weighed *best, const struct weighed *weighed, const struct subject *claim, const struct answer *before)
{
    if (!best->agreement || standing(weighed, claim, before) > standing(best, claim, before))
        *best = *weighed;
}

/* The numbers alone, whatever the qualifiers. */
static bool same_value(const struct quantity *a, const struct quantity *b)
{
    double factor;
    return units_compare(a, b, &factor) && same_number(a->low, b->low * factor) && same_number(a->high, b->high * factor);
}

/* "Millions of people" is no figure that a claim could be held against. */
static bool is_vague(const struct quantity *source)
{
    return source->high > 4 * source->low && source->low > 0;
}

/* The best figures that say the very number, that say it rounded, that say another one, and whose number looks like a slip. */
struct evidence {
    struct weighed exact, rounded, other, kin;
};

static struct evidence weigh(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const struct answer *before)
{
    const struct weighed none = {NULL, VALUE_INCOMPARABLE, FLOW_NONE, false};
    struct evidence evidence = {none, none, none, none};
    for (guint i = 0; i < agreements->len; i++) {
        struct weighed weighed = {&g_array_index(agreements, struct agreement, i), VALUE_INCOMPARABLE, FLOW_NONE, false};
        weighed.value = match_value(quantity, &agreement_figure(weighed.agreement)->quantity);
        if (weighed.value == VALUE_INCOMPARABLE || is_vague(&agreement_figure(weighed.agreement)->quantity))
            continue;
        enum figure_kind kind = agreement_figure(weighed.agreement)->quantity.kind;
        if (weighed.value == VALUE_DIFFERS && (kind == KIND_RATE) != (quantity->kind == KIND_RATE))
            continue; /* so many, and so many a day: only the same number says that they are one */
        weighed.flow = source_flow(weighed.agreement);
        weighed.other = says_value(weighed.value) && is_other_thing(weighed.agreement, claim);
        const struct quantity *source = &agreement_figure(weighed.agreement)->quantity;
        bool exact = weighed.value == VALUE_SAME || (weighed.value == VALUE_QUALIFIER && same_value(quantity, source));
        keep_better(exact ? &evidence.exact : says_value(weighed.value) ? &evidence.rounded : &evidence.other, &weighed, claim, before);
        if (weighed.value == VALUE_DIFFERS && values_kin(quantity->low, source->low))
            keep_better(&evidence.kin, &weighed, claim, before);
    }
    return evidence;
}

static bool take_answer(struct pool *pool, const struct weighed *weighed, struct finding *finding, GError **error)
{
    struct figure_row *figure = NULL;
    if (!store_figure_by_id(library_store(pool_library(pool)), agreement_figure(weighed->agreement)->id, &figure, error))
        return false;
    return !figure || answer_of_figure(pool_library(pool), figure, &finding->answer, error);
}

/* before: what decided on the claim before this one, or NULL. */
static bool is_same_thing(const struct weighed *same, const struct weighed *other, const struct quantity *quantity, const struct answer *before)
{
    if (!same->agreement)
        return false;
    unsigned digits = same->value == VALUE_SAME || same->value == VALUE_QUALIFIER ? telling_digits(quantity->low) : MIN(telling_digits(quantity->low) + 1, 3);
    digits = MIN(digits, (unsigned)G_N_ELEMENTS(same_needs) - 1);
    double best = other->agreement ? other->agreement->topic : 0;
    double lenient = 1;
    if (before && before->passage->rowid == same->agreement->candidate->rowid)
        lenient = same_passage;
    else if (before && before->document->rowid == same->agreement->candidate->document->rowid)
        lenient = same_document;
    if (same->agreement->topic >= best)
        lenient *= nearest_of_all;
    return same->agreement->words >= lenient * same_needs[digits].words && same->agreement->topic >= lenient * same_needs[digits].of_best * best;
}

static bool contradicts(const struct weighed *other, const struct quantity *quantity)
{
    if (!other->agreement || other->agreement->place < 0.5 || other->agreement->period < 0.3)
        return false;
    double value = agreement_figure(other->agreement)->quantity.low;
    bool kin = values_kin(quantity->low, value);
    bool near = quantity->low >= near_least && value >= near_least && fmax(value, quantity->low) <= near_ratio * fmin(value, quantity->low);
    if (near && other->agreement->topic >= near_topic && other->agreement->counted >= near_counted)
        return true;
    return other->agreement->words >= (kin ? kin_words : other_words) && other->agreement->counted >= (kin ? kin_counted : other_counted);
}

static bool are_countries(const struct figure_place *places, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!places[i].iso || strlen(places[i].iso) != 2)
            return false;
    return n > 0;
}

/* "Worldwide, …": a figure that names no place of its own, for a draft that names one. */
static bool counts_the_world(const struct agreement *agreement, const struct subject *claim)
{
    const struct candidate *candidate = agreement->candidate;
    const struct figure_row *figure = agreement_figure(agreement);
    bool own = figure->n_places > 0 && figure->place_scope <= SCOPE_SENTENCE;
    uint32_t world = concept_named(lexis_of(candidate->document->metadata.language), "world");
    if (own || !world || claim->n_places == 0 || claim->place_scope > SCOPE_SENTENCE || agreement->place_named)
        return false;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (guint i = 0; i < candidate->words->named->len; i++) {
        const struct named *named = &g_array_index(candidate->words->named, struct named, i);
        if (named->concept != world || named->narrow || named->first < first || named->first >= after)
            continue;
        bool name = named->first > first && g_array_index(candidate->words->terms, struct term, named->first).flags & TERM_CAPITAL; /* "the World Bank" */
        if (!name)
            return true;
    }
    return false;
}

/* Where the source names the draft's place near by, or the place was read from afar, nobody can say that it is another one. */
static enum relation sure_place(const struct agreement *agreement, const struct subject *claim)
{
    const struct figure_row *figure = agreement_figure(agreement);
    enum relation main = claim->main ? places_relation(claim->main, 1, figure->places, figure->n_places) : RELATION_UNKNOWN;
    bool as_draft = claim->place_scope > SCOPE_SENTENCE && (main == RELATION_SAME || main == RELATION_WITHIN);
    bool beside = agreement->place_named && figure->place_scope != SCOPE_CLAUSE && are_countries(claim->places, claim->n_places) && are_countries(figure->places, figure->n_places);
    bool far = figure->place_scope > SCOPE_SENTENCE && agreement->place >= 0.5 && are_countries(claim->places, claim->n_places);
    if (agreement->place_relation != RELATION_SAME && counts_the_world(agreement, claim))
        return RELATION_APART;
    /* Its own sentence names another place, and not the draft's. A town that was taken for one of its name elsewhere may lie in the source's country. */
    bool alike = are_countries(claim->places, claim->n_places) == are_countries(figure->places, figure->n_places);
    bool given = alike && (claim->place_scope <= SCOPE_SENTENCE || are_countries(claim->places, claim->n_places));
    bool sure = given && figure->place_scope <= SCOPE_SENTENCE && !agreement->place_named;
    bool unsure = agreement->place_relation == RELATION_APART && !sure && (agreement->place >= 0.6 || claim->place_scope == SCOPE_DOCUMENT || as_draft || beside || far);
    return unsure ? RELATION_UNKNOWN : agreement->place_relation;
}

/* "A 26 per cent increase from 2024": the year is what is compared with, not when it was. */
static bool is_baseline(const struct agreement *agreement)
{
    const struct candidate *candidate = agreement->candidate;
    const char *period = agreement_figure(agreement)->period, *text = candidate->passage->text;
    uint32_t first = g_array_index(candidate->first, uint32_t, agreement->figure), after = g_array_index(candidate->after, uint32_t, agreement->figure);
    for (uint32_t i = first + 1; period && i < after; i++) {
        const struct term *term = &g_array_index(candidate->words->terms, struct term, i);
        if (!(term->flags & TERM_NUMBER) || term->end - term->start != 4 || strncmp(text + term->start, period, 4) != 0)
            continue;
        bool farther = term[-1].flags & TERM_STOP && i > first + 1 && term[-2].flags & TERM_BASE; /* "than in 2024" */
        if (term[-1].flags & (TERM_BASE | TERM_TIE) || farther)
            return true;
    }
    return false;
}

static enum relation sure_period(const struct agreement *agreement, const struct subject *claim)
{
    if (agreement->period_relation == RELATION_APART && claim->flow != FLOW_NONE && is_baseline(agreement))
        return RELATION_UNKNOWN;
    bool near = agreement_figure(agreement)->period_scope <= SCOPE_SENTENCE;
    bool unsure = agreement->period_relation == RELATION_APART && (claim->period_scope > SCOPE_SENTENCE || (!near && agreement->period >= 0.3));
    return unsure ? RELATION_UNKNOWN : agreement->period_relation;
}

static enum verdict verdict_by(const struct weighed *weighed, const struct subject *claim)
{
    enum verdict verdict = verdict_of(weighed->value, sure_place(weighed->agreement, claim), sure_period(weighed->agreement, claim), claim->flow, weighed->flow);
    bool only_hedge = weighed->value == VALUE_QUALIFIER && agreement_figure(weighed->agreement)->quantity.qualifier == QUALIFIER_ABOUT;
    if (weighed->other && (verdict == VERDICT_SUPPORTED || verdict == VERDICT_ROUNDED || verdict == VERDICT_QUALIFIER))
        return VERDICT_CONTEXT;
    return verdict == VERDICT_QUALIFIER && claim->hedged && only_hedge ? VERDICT_SUPPORTED : verdict;
}

/* Is the unit in the noun of one figure, and not in that of the other? Where one has no noun, nobody can say. */
static bool noun_has(const struct unit *unit, const struct agreement *one, const struct agreement *other)
{
    static const double has = 0.9, lacks = 0.5;
    const char *nouns[] = {agreement_figure(one)->counted, agreement_figure(other)->counted};
    double met[2];
    for (size_t i = 0; i < G_N_ELEMENTS(nouns); i++) {
        if (!nouns[i])
            return false;
        struct words *words = words_new(lexis_of(one->candidate->document->metadata.language), slice_of(nouns[i]));
        met[i] = unit_best(unit, words);
        words_free(words);
    }
    return met[0] >= has && met[1] < lacks;
}

/* The draft says "targeted", the source has its value for those in need, and another one for those targeted: of the two figures of one document, as near
 * as can be, only the other one has a word that stands beside the claim's number. */
static bool fits_better(const struct weighed *other, const struct weighed *same, const struct subject *claim)
{
    static const double as_near = 0.9, beside = 0.7, has = 0.7, lacks = 0.55;
    bool counts = false;
    for (guint i = 0; i < claim->units->len; i++)
        counts = counts || g_array_index(claim->units, struct unit, i).counted;
    if (!other->agreement || other->agreement->candidate->document != same->agreement->candidate->document || (counts && other->agreement->counted < as_near) ||
        other->agreement->topic < as_near * same->agreement->topic || other->agreement->score < as_near * same->agreement->score)
        return false;
    for (guint i = 0; i < claim->units->len; i++) {
        const struct unit *unit = &g_array_index(claim->units, struct unit, i);
        if (unit->first == NONE || unit->weight < beside)
            continue;
        if (unit->counted) {
            if (other->agreement->candidate == same->agreement->candidate && noun_has(unit, other->agreement, same->agreement))
                return true;
            continue;
        }
        if (agreement_unit(other->agreement, unit) >= has && agreement_unit(same->agreement, unit) <= lacks)
            return true;
    }
    return false;
}

/* `*by`: what the verdict stands on; `*rather`: the figure that the draft's words fit better, or NULL. */
static enum verdict decide(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before, const struct weighed **by,
                           const struct agreement **rather)
{
    *rather = NULL;
    const struct weighed *const same[] = {&evidence->exact, &evidence->rounded}, *const differing[] = {&evidence->kin, &evidence->other};
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (is_same_thing(same[i], &evidence->other, quantity, before)) {
            *by = same[i];
            enum verdict verdict = verdict_by(same[i], claim);
            if (verdict == VERDICT_DIFFERS || !fits_better(&evidence->other, same[i], claim))
                return verdict;
            *rather = evidence->other.agreement;
            return VERDICT_CONTEXT;
        }
    for (size_t i = 0; i < G_N_ELEMENTS(differing); i++)
        if (contradicts(differing[i], quantity) && !is_other_thing(differing[i]->agreement, claim)) {
            *by = differing[i];
            return verdict_by(differing[i], claim);
        }
    const struct weighed *const nearest[] = {&evidence->other, &evidence->exact, &evidence->rounded};
    *by = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(nearest) && !*by; i++)
        *by = nearest[i]->agreement ? nearest[i] : NULL;
    return VERDICT_NOT_FOUND;
}

/* A report says its main figures more than once. Of the statements of one figure in a document, the first that is about as near is cited. */
static struct weighed first_said(const struct weighed *best, const GArray *agreements, const struct subject *claim, const struct quantity *quantity)
{
    static const double about = 0.6;
    struct weighed first = *best;
    const struct quantity *said = &agreement_figure(best->agreement)->quantity;
    for (guint i = 0; i < agreements->len; i++) {
        struct weighed weighed = {&g_array_index(agreements, struct agreement, i), VALUE_INCOMPARABLE, FLOW_NONE, false};
        const struct quantity *source = &agreement_figure(weighed.agreement)->quantity;
        bool elsewhere = weighed.agreement->candidate->document != best->agreement->candidate->document || agreement_figure(weighed.agreement)->rowid >= agreement_figure(first.agreement)->rowid;
        if (elsewhere || weighed.agreement->score < about * best->agreement->score || !same_value(said, source))
            continue;
        weighed.value = match_value(quantity, source);
        weighed.flow = source_flow(weighed.agreement);
        weighed.other = is_other_thing(weighed.agreement, claim);
        if (weighed.other == best->other && verdict_by(&weighed, claim) == verdict_by(best, claim))
            first = weighed;
    }
    return first;
}

static struct finding *finding_new(const struct document *draft, struct span span, uint32_t sentence)
{
    struct finding *finding = g_new0(struct finding, 1);
    finding->span = span;
    finding->text = slice_dup(document_slice(draft, span));
    finding->sentence = sentence == NONE ? NULL : slice_dup(document_slice(draft, DOCUMENT_AT(draft->sentences, struct sentence, sentence).span));
    finding->page = document_page(draft, span.start);
    return finding;
}

static char *why(const struct weighed *by, const struct agreement *rather, const struct subject *claim, const struct quantity *quantity)
{
    g_autofree char *other = other_thing(by->agreement, claim);
    struct grounds grounds = {by->agreement, by->value, by->flow, sure_place(by->agreement, claim), sure_period(by->agreement, claim), other, rather};
    return reason_text(&grounds, claim, quantity);
}

static bool check_figure(struct pool *pool, const struct document *draft, const struct mentions *mentions, const struct mention *mention, const struct figure_place *main, const struct answer *before,
                         struct finding **ret, GError **error)
{
    struct subject *claim = subject_of_claim(draft, mentions, mention, main);
    const struct quantity *quantity = &mention->figure.quantity;
    struct finding *finding = finding_new(draft, mention->span, mention->sentence);
    g_autoptr(GPtrArray) candidates = NULL;
    g_autoptr(GArray) agreements = NULL;
    bool ok = pool_find(pool, claim, POOL_PASSAGES, &candidates, error) && agreements_new(pool, candidates, claim, false, &agreements, error);
    finding->claim = *quantity;
    finding->claim.unit = NULL;
    if (ok) {
        struct evidence evidence = weigh(agreements, claim, quantity, before);
        const struct weighed *by = NULL;
        const struct agreement *rather = NULL;
        finding->verdict = decide(&evidence, claim, quantity, before, &by, &rather);
        struct weighed cited = {NULL, VALUE_INCOMPARABLE, FLOW_NONE, false};
        if (by) {
            cited = finding->verdict == VERDICT_NOT_FOUND ? *by : first_said(by, agreements, claim, quantity);
            by = &cited;
        }
        finding->why = by ? why(by, rather, claim, quantity) : g_strdup("nothing in the evidence is near it");
        ok = !by || take_answer(pool, by, finding, error);
    }
    subject_free(claim);
    if (ok)
        *ret = finding;
    else
        finding_free(finding);
    return ok;
}

static void add_spans(GArray *known, const GArray *mentions)
{
    for (guint i = 0; i < mentions->len; i++)
        g_array_append_val(known, g_array_index(mentions, struct mention, i).span);
}

/* Where numbers are accounted for: figures, periods, names, and what a rule says is no figure. */
static GArray *known_spans(const struct mentions *mentions, const GArray *trace)
{
    GArray *known = g_array_new(FALSE, FALSE, sizeof(struct span));
    static const enum mention_type types[] = {MENTION_FIGURE, MENTION_PERIOD, MENTION_LOCATION, MENTION_ACTOR};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        add_spans(known, mentions_of(mentions, types[i]));
    for (guint i = 0; i < trace->len; i++) {
        const struct rule_event *event = &g_array_index(trace, struct rule_event, i);
        if (g_strcmp0(event->why, "excluded") == 0 || g_strcmp0(event->rule, "number.excluded") == 0)
            g_array_append_val(known, event->span);
    }
    return known;
}

static bool touches(const GArray *spans, struct span span)
{
    for (guint i = 0; i < spans->len; i++) {
        const struct span *other = &g_array_index(spans, struct span, i);
        if (span.start < other->end && other->start < span.end)
            return true;
    }
    return false;
}

/* Numbers in digits that nobody accounted for. */
static void add_unread(const struct document *draft, const struct mentions *mentions, const GArray *trace, GPtrArray *findings)
{
    g_autoptr(GArray) known = known_spans(mentions, trace);
    struct slice text = document_text(draft);
    for (uint32_t i = 0; i < text.len;) {
        if (!g_ascii_isdigit(text.ptr[i])) {
            i++;
            continue;
        }
        struct span span = {i, i};
        while (span.end < text.len && (g_ascii_isdigit(text.ptr[span.end]) ||
                                       ((text.ptr[span.end] == ',' || text.ptr[span.end] == '.') && span.end + 1 < text.len && g_ascii_isdigit(text.ptr[span.end + 1]))))
            span.end++;
        i = span.end;
        bool in_word = span.start > 0 && (g_ascii_isalpha(text.ptr[span.start - 1]) || text.ptr[span.start - 1] == '_');
        if (in_word || touches(known, span) || document_passage_at(draft, span.start) == NONE)
            continue;
        struct finding *finding = finding_new(draft, span, document_sentence_at(draft, span.start));
        finding->verdict = VERDICT_NOT_READ;
        finding->why = g_strdup("no rule understood this number: check it by hand");
        g_ptr_array_add(findings, finding);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct finding *const *x = a, *const *y = b;
    return (*x)->span.start < (*y)->span.start ? -1 : (*x)->span.start > (*y)->span.start;
}

bool check_draft(struct pool *pool, const struct extractor *extractor, const struct document *draft, GPtrArray **ret, GError **error)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free), troubles = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) trace = g_array_new(FALSE, FALSE, sizeof(struct rule_event));
    struct mentions *mentions = extractor_trace(extractor, draft, troubles, trace);
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    struct figure_place main;
    bool ok = true, has_main = main_place(draft, mentions, &main);
    const struct answer *before = NULL;
    for (guint i = 0; ok && i < figures->len; i++) {
        const struct mention *mention = &g_array_index(figures, struct mention, i);
        struct finding *finding = NULL;
        if (mention->figure.minor)
            continue;
        ok = check_figure(pool, draft, mentions, mention, has_main ? &main : NULL, before, &finding, error);
        if (!ok)
            break;
        g_ptr_array_add(findings, finding);
        if (finding->verdict != VERDICT_NOT_FOUND)
            before = finding->answer;
    }
    if (ok)
        add_unread(draft, mentions, trace, findings);
    mentions_free(mentions);
    if (!ok)
        return false;
    g_ptr_array_sort(findings, by_place);
    *ret = g_steal_pointer(&findings);
    return true;
}
