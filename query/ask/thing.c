/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask/parts.h"

#include "extract/gazetteer.h"
#include "query/words/difference.h"

#include <math.h>

static const uint32_t counting = 1u << KIND_COUNT | 1u << KIND_CHANGE | 1u << KIND_RATE;

/* What stands behind the slash of a unit: "1/100000" is one of so many, "1/d" one a day. */
static const char *unit_base(const struct figure_row *figure)
{
    const char *slash = figure->unit ? strchr(figure->unit, '/') : NULL;
    return slash ? slash + 1 : NULL;
}

/* Does the figure's sentence name one of the concepts? */
static bool sentence_names(const struct hearing *hearing, const char *const *concepts)
{
    for (; *concepts; concepts++)
        if (words_name(hearing->candidate->words, concept_named(hearing->lexis, *concepts), hearing->sentence) != NONE)
            return true;
    return false;
}

enum outcome hear_kind(const struct hearing *hearing, GString *says)
{
    static const char *const rate_words[] = {"rate", NULL};
    const struct subject *question = hearing->question;
    const struct figure_row *figure = hearing->figure;
    bool many = question->kinds >> KIND_COUNT & 1, share = question->kinds >> KIND_PERCENT & 1;
    if (figure->zone == ZONE_TABLE && figure->counted && !question->differs && difference_heads(figure->counted)) {
        g_string_append(says, "a difference, by its column's head; the question asks for none");
        return OUTCOME_FAILS;
    }
    if (!question->kinds && !question->rated)
        return OUTCOME_NONE;
    if (figure->quantity.kind == KIND_RATE && many && !share && !question->rated) {
        const char *base = unit_base(figure);
        if (base && !g_str_equal(base, "a")) {
            g_string_append(says, "a rate; the question asks for a number");
            return OUTCOME_FAILS;
        }
    }
    bool whole = figure->quantity.kind == KIND_COUNT && figure->quantity.low == floor(figure->quantity.low);
    if (figure->quantity.kind == KIND_COUNT && !whole && many && !question->rated && question->counts.n_groups > 0) {
        g_string_append(says, "no whole number; the question asks how many");
        return OUTCOME_FAILS;
    }
    if (question->rated && !many && whole && !unit_base(figure) && !sentence_names(hearing, rate_words)) {
        g_string_append(says, "a number; the question asks for a rate");
        return OUTCOME_FAILS;
    }
    uint8_t stand = g_array_index(hearing->candidate->stands, uint8_t, hearing->agreement->figure);
    if (stand & STAND_DIFFERENCE && !question->compared) {
        g_string_append(says, "how many more or fewer there are; the question asks how many");
        return OUTCOME_FAILS;
    }
    g_string_append(says, kind_name(figure->quantity.kind));
    return OUTCOME_MET;
}

/* The terms of the head of a noun phrase with all that is called by one name with it: "displaced persons" of "internally displaced persons in camps", "sites" of
 * "displaced persons sites". English has it last, Spanish and French first. What says little ("number of", "total") is passed over. */
static struct span head_of(const struct hearing *hearing, const struct words *words)
{
    bool last = hearing->lexis == lexis_of("en");
    struct span head = {0, 0};
    for (uint32_t i = 0; i < words->terms->len; i++) {
        uint32_t flags = g_array_index(words->terms, struct term, i).flags;
        bool stops = flags & (TERM_STOP | TERM_VERB) || (i > 0 && flags & (TERM_BREAK | TERM_STOPPED));
        if (stops && head.end > head.start)
            break;
        uint32_t before = last && i > 0 ? g_array_index(words->terms, struct term, i - 1).flags : 0;
        if ((flags & (TERM_STOP | TERM_OF)) == TERM_STOP && (before & (TERM_WEAK | TERM_STOP | TERM_NUMBER)) == TERM_WEAK)
            return (struct span){i - 1, i}; /* "people in Malawi" */
        if (flags & (TERM_STOP | TERM_VERB | TERM_WEAK | TERM_NUMBER) && !(flags & TERM_CAPITAL))
            continue;
        head = (struct span){i, i + 1};
        if (!last)
            break;
    }
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        bool covers = last ? named->first + named->n == head.end : named->first == head.start;
        if (covers && named->n > head.end - head.start && named->first <= head.start)
            head = (struct span){named->first, named->first + named->n};
    }
    return head;
}

/* A name counts nothing: "the number of migrants in Libya exceeded 9,000" is not read as a count of Libya. */
static bool is_name(const struct hearing *hearing, const struct words *words)
{
    bool all = true;
    for (uint32_t i = 0; i < hearing->figure->n_places; i++)
        if (g_ascii_strcasecmp(hearing->figure->places[i].name, hearing->figure->counted) == 0)
            return true;
    for (guint i = 0; i < words->terms->len; i++)
        all = all && g_array_index(words->terms, struct term, i).flags & (TERM_CAPITAL | TERM_STOP);
    return all;
}

/* Does a word of what is counted stand in the words? */
static bool says_counted(const struct hearing *hearing, const struct words *words)
{
    for (guint u = 0; u < hearing->question->units->len; u++) {
        const struct unit *unit = &g_array_index(hearing->question->units, struct unit, u);
        if ((unit->counted || unit->event) && unit->weight >= 0.2 && unit_best(unit, words) > 0)
            return true;
    }
    return false;
}

/* Does the head of the figure's noun speak of people, or of what befell those who are asked for? True where it has none. */
static bool counts_people(const struct hearing *hearing)
{
    const char *counted = hearing->figure->counted;
    bool people = true;
    if (!counted || !*counted)
        return people;
    struct words *words = words_new(hearing->lexis, slice_of(counted));
    struct span head = head_of(hearing, words);
    if (head.end > head.start && !is_name(hearing, words)) {
        uint32_t start = g_array_index(words->terms, struct term, head.start).start, end = g_array_index(words->terms, struct term, head.end - 1).end;
        g_autofree char *text = g_strndup(counted + start, end - start);
        struct words *noun = words_new(hearing->lexis, slice_of(text));
        struct counts counts;
        counts_read(hearing->lexis, text, noun, (struct span){0, noun->terms->len}, (struct span){0, 1}, text, &counts);
        people = counts.n_groups > 0 || counts.events & hearing->question->counts.events || gazetteer_is_demonym(text) || gazetteer_is_demonym(counted) || says_counted(hearing, noun);
        words_free(noun);
    }
    words_free(words);
    return people;
}

/* Do the words name people of one sex or age? near: also by a word that only overlaps. */
static bool names_part(const struct lexis *lexis, const struct words *words, bool near)
{
    static const char *const parts[] = {"child", "under-five", "newborn", "girl", "boy", "woman", "mother", "man"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        uint32_t concept = concept_named(lexis, parts[i]);
        for (guint k = 0; concept && k < words->named->len; k++) {
            const struct named *named = &g_array_index(words->named, struct named, k);
            if (named->concept == concept && (near || !named->narrow))
                return true;
        }
    }
    return false;
}

/* Does the noun count those of one sex or age alone where the question asks for all: "15 children" for people, "child victims" for victims? */
static bool counts_part(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    if (!hearing->figure->counted || names_part(question->lexis, question->words, true))
        return false;
    struct words *noun = words_new(hearing->lexis, slice_of(hearing->figure->counted));
    bool part = names_part(hearing->lexis, noun, false), same = false;
    bool people = words_name(noun, concept_named(hearing->lexis, "person"), (struct span){0, noun->terms->len}) != NONE;
    for (guint u = 0; part && u < question->units->len; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        same = same || (unit->head && unit_best(unit, noun) >= 0.8);
    }
    words_free(noun);
    return part && (same || (question->people && !people));
}

static void note_inside(void *data, uint32_t term, double quality)
{
    struct span *span = data; /* .start: the first term that may meet; .end becomes 0 where one does */
    (void)quality;
    if (term >= span->start && term < span->end)
        span->end = 0;
}

/* Terms from the figure before to the figure behind it, within its sentence. A share beside a number is the number's: "9,000 homes, 61 per cent of all, were razed". */
static struct span clause_of(const struct hearing *hearing)
{
    const struct candidate *candidate = hearing->candidate;
    struct span clause = hearing->sentence;
    for (guint i = 0; i < candidate->at->len; i++) {
        uint32_t at = g_array_index(candidate->at, uint32_t, i);
        const struct figure_row *other = g_ptr_array_index(candidate->figures, i);
        if (!(kinds_alike(hearing->figure->quantity.kind) >> other->quantity.kind & 1))
            continue;
        if (at < hearing->number.start)
            clause.start = MAX(clause.start, at + 1);
        else if (at >= hearing->number.end)
            clause.end = MIN(clause.end, at);
    }
    return clause;
}

/* Is a word for those who are asked for in the figure's part of its sentence, and not before a noun that it belongs to: "among women, 88 people", not "56 people in police
 * operations"? */
static bool names_group(const struct hearing *hearing)
{
    struct span clause = clause_of(hearing);
    for (guint u = 0; u < hearing->question->units->len; u++) {
        const struct unit *unit = &g_array_index(hearing->question->units, struct unit, u);
        for (uint32_t i = clause.start; unit->group && i < clause.end; i++) {
            struct span own = {i, G_MAXUINT32};
            unit_met(unit, hearing->candidate->words, note_inside, &own);
            if (own.end)
                break; /* none from here on */
            struct span here = {i, i + 1};
            unit_met(unit, hearing->candidate->words, note_inside, &here);
            uint32_t next = i + 1 < clause.end ? heard_term(hearing, i + 1)->flags : TERM_BREAK;
            if (!here.end && next & (TERM_STOP | TERM_VERB | TERM_BREAK | TERM_STOPPED | TERM_NUMBER))
                return true;
        }
    }
    return false;
}

struct verb_sought {
    const struct words *words;
    struct span span;
    bool found;
};

/* Notes a term inside the span that says surely what is asked, and an auxiliary stands before. */
static void note_verb(void *data, uint32_t term, double quality)
{
    struct verb_sought *sought = data;
    bool inside = term > sought->span.start && term < sought->span.end && quality > 0.8;
    sought->found = sought->found || (inside && term_of(sought->words, term - 1)->flags & TERM_VERB);
}

/* Is what the question says happened the verb behind the figure, before an "and" and the next one: "9,000 homes – 61 per cent of all – were razed"? Words before it ("damage
 * assessment") do not overrule that. */
static bool happened_behind(const struct hearing *hearing)
{
    struct span behind = {hearing->number.end, clause_of(hearing).end};
    for (uint32_t i = behind.start; i < behind.end; i++)
        if (heard_term(hearing, i)->flags & TERM_STOPPED || (heard_term(hearing, i)->flags & (TERM_JOINT | TERM_OF)) == TERM_JOINT)
            behind.end = i;
    for (guint u = 0; u < hearing->question->units->len; u++) {
        const struct unit *unit = &g_array_index(hearing->question->units, struct unit, u);
        struct verb_sought sought = {hearing->candidate->words, behind, false};
        if (unit->happened && !unit->counted)
            unit_met(unit, hearing->candidate->words, note_verb, &sought);
        if (sought.found)
            return true;
    }
    return false;
}

/* Does the figure's noun name one of the heads of what is asked for? */
static bool names_head(const struct hearing *hearing)
{
    struct words *noun = words_new(hearing->lexis, slice_of(hearing->figure->counted));
    bool named = false;
    for (guint u = 0; u < hearing->question->units->len; u++) {
        const struct unit *unit = &g_array_index(hearing->question->units, struct unit, u);
        named = named || (unit->head && unit_best(unit, noun) > 0);
    }
    words_free(noun);
    return named;
}

/* The head of what is asked for, where it is a thing ("homes", "schools") or what happened ("deaths"), and not somebody; NULL: neither. */
static const struct unit *head_thing(const struct subject *question, bool *happened)
{
    static const char *const things[] = {"shelter", "school", "hospital", "vehicle", "weapon", "livestock", "road"};
    for (guint u = 0; question->counts.n_groups == 0 && u < question->units->len; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        *happened = unit->head && unit->happened && unit->n == 1;
        for (size_t i = 0; unit->head && i < G_N_ELEMENTS(things); i++)
            for (uint32_t c = 0; c < unit->n_concepts; c++)
                if (unit->concepts[c] == concept_named(question->lexis, things[i]))
                    return unit;
        if (*happened)
            return unit;
    }
    return NULL;
}

/* Does the figure's noun say that it counts somebody where a thing is asked for ("8,000 people whose homes were razed"), or a thing where it is asked what happened ("vaccine
 * doses" for deaths)? */
static bool counts_otherwise(const struct hearing *hearing)
{
    bool happened = false;
    const struct unit *head = hearing->figure->counted ? head_thing(hearing->question, &happened) : NULL;
    bool people = g_strcmp0(hearing->figure->unit, "{person}") == 0;
    if (!head || names_head(hearing))
        return false;
    return happened ? !people && hearing->counts.n_groups == 0 && !(hearing->counts.events & hearing->question->counts.events) : people && hearing->counts.n_groups > 0;
}

enum outcome hear_counted(const struct hearing *hearing, GString *says)
{
    const struct subject *question = hearing->question;
    if (counts_part(hearing)) {
        g_string_append_printf(says, "%s, a part of those asked for", hearing->figure->counted);
        return OUTCOME_FAILS;
    }
    if (!(counting >> hearing->figure->quantity.kind & 1))
        return OUTCOME_NONE;
    struct counts counts = hearing->counts;
    if (!names_group(hearing))
        counts.beside = 0;
    if (happened_behind(hearing))
        counts.events |= question->counts.events;
    g_autofree char *other = counts_differ_from(&question->counts, &counts, "the question");
    if (other) {
        g_string_append(says, other);
        return OUTCOME_FAILS;
    }
    if (question->counts.n_groups > 0 && !counts_people(hearing)) {
        g_string_append_printf(says, "%s; the question asks for people", hearing->figure->counted);
        return OUTCOME_FAILS;
    }
    if (counts_otherwise(hearing)) {
        g_string_append_printf(says, "%s; the question asks for something else", hearing->figure->counted);
        return OUTCOME_FAILS;
    }
    if (!hearing->figure->counted)
        return OUTCOME_NONE;
    g_string_append(says, hearing->figure->counted);
    return OUTCOME_MET;
}

/* Is the unit met at a term of the figure's sentence, or of the one before it? */
static bool met_near(const struct hearing *hearing, const struct unit *unit)
{
    struct span span = near_terms(hearing);
    unit_met(unit, hearing->candidate->words, note_inside, &span);
    return span.end == 0;
}

/* Does the figure's noun, its sentence or the one before it, the heading, or the title speak of one of those units? Says which it does, or does not. */
static enum outcome hear_said(const struct hearing *hearing, bool (*wanted)(const struct unit *), GString *says)
{
    const struct subject *question = hearing->question;
    const struct unit *heard = NULL;
    struct words *noun = hearing->figure->counted ? words_new(hearing->lexis, slice_of(hearing->figure->counted)) : NULL;
    bool met = false;
    for (guint u = 0; u < question->units->len && !met; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        if (!wanted(unit))
            continue;
        met = unit_best(unit, noun) > 0 || unit_best(unit, hearing->candidate->heading) > 0 || unit_best(unit, hearing->candidate->title) > 0 || met_near(hearing, unit);
        heard = unit;
    }
    words_free(noun);
    if (!heard)
        return OUTCOME_NONE;
    const struct term *terms = (const struct term *)(void *)question->words->terms->data;
    uint32_t start = terms[heard->first].start, end = terms[heard->first + heard->n - 1].end;
    g_string_append_printf(says, met ? "%.*s" : "its sentence does not speak of %.*s", (int)(end - start), question->text + start);
    return met ? OUTCOME_MET : OUTCOME_FAILS;
}

static bool is_group(const struct unit *unit)
{
    return unit->group;
}

static bool has_happened(const struct unit *unit)
{
    return unit->happened;
}

/* Is a word for those who are asked for among the terms? */
static bool group_within(const struct hearing *hearing, struct span span)
{
    for (guint u = 0; u < hearing->question->units->len && span.end > 0; u++) {
        const struct unit *unit = &g_array_index(hearing->question->units, struct unit, u);
        if (unit->group)
            unit_met(unit, hearing->candidate->words, note_inside, &span);
    }
    return span.end == 0;
}

/* "90 villagers, mostly women and children": how many children, nobody says. */
static bool says_most_are(const struct hearing *hearing)
{
    struct span clause = clause_of(hearing);
    uint32_t mostly = words_name(hearing->candidate->words, concept_named(hearing->lexis, "mostly"), (struct span){hearing->number.end, clause.end});
    return mostly != NONE && !group_within(hearing, (struct span){clause.start, mostly}) && group_within(hearing, (struct span){mostly, clause.end});
}

enum outcome hear_population(const struct hearing *hearing, GString *says)
{
    if (hearing->question->people)
        return OUTCOME_NONE;
    if (hearing->figure->quantity.kind == KIND_COUNT && says_most_are(hearing)) {
        g_string_append(says, "says of these only that most of them are");
        return OUTCOME_FAILS;
    }
    return hear_said(hearing, is_group, says);
}

/* The terms of the figure's clause without what a sign parts from the number before it: "12 were killed and others injured, including 4 reporters" says injured of these. */
static struct span own_words(const struct hearing *hearing)
{
    struct span own = clause_of(hearing);
    for (uint32_t i = own.start; i <= hearing->number.start; i++)
        if (heard_term(hearing, i)->flags & (TERM_BREAK | TERM_STOPPED))
            own.start = i;
    return own;
}

/* Did to those who are counted happen something else, as the figure's own words have it: "40 hostages were freed, 7 had been killed" for the hostages who were killed? */
static bool befell_otherwise(const struct hearing *hearing)
{
    const struct subject *question = hearing->question;
    struct words *noun = hearing->figure->counted ? words_new(hearing->lexis, slice_of(hearing->figure->counted)) : NULL;
    bool asked = false, met = false;
    for (guint u = 0; u < question->units->len; u++) {
        const struct unit *unit = &g_array_index(question->units, struct unit, u);
        if (!unit->happened || unit->counted)
            continue;
        struct span own = own_words(hearing);
        unit_met(unit, hearing->candidate->words, note_inside, &own);
        asked = true;
        met = met || own.end == 0 || unit_best(unit, noun) > 0;
    }
    words_free(noun);
    return asked && !met && hearing->counts.events;
}

enum outcome hear_event(const struct hearing *hearing, GString *says)
{
    if (befell_otherwise(hearing)) {
        g_string_append(says, "its own words tell of something else");
        return OUTCOME_FAILS;
    }
    return hear_said(hearing, has_happened, says);
}

static bool is_disease(const struct unit *unit)
{
    return unit->disease;
}

enum outcome hear_disease(const struct hearing *hearing, GString *says)
{
    return hear_said(hearing, is_disease, says);
}

static bool is_cause(const struct unit *unit)
{
    return unit->cause;
}

enum outcome hear_cause(const struct hearing *hearing, GString *says)
{
    return hear_said(hearing, is_cause, says);
}

static bool says_name(const struct hearing *hearing, const struct asked_name *name)
{
    const struct candidate *candidate = hearing->candidate;
    for (size_t i = 0; i < G_N_ELEMENTS(name->forms) && name->forms[i]; i++)
        if (passage_says(hearing, name->forms[i]))
            return true;
    return name->unit != NONE && unit_best(&g_array_index(hearing->question->units, struct unit, name->unit), candidate->words) > 0;
}

enum outcome hear_names(const struct hearing *hearing, GString *says)
{
    const GArray *names = hearing->question->names;
    for (guint i = 0; i < names->len; i++) {
        const struct asked_name *name = &g_array_index(names, struct asked_name, i);
        if (says_name(hearing, name))
            continue;
        g_string_append_printf(says, "its passage does not name %s", name->forms[0]);
        return OUTCOME_FAILS;
    }
    if (names->len == 0)
        return OUTCOME_NONE;
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(says, "%s%s", i ? ", " : "", g_array_index(names, struct asked_name, i).forms[0]);
    return OUTCOME_MET;
}
