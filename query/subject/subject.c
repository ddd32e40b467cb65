/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject/parts.h"

#include "extract/gazetteer.h"
#include "query/match.h"

/* What a word that says little is worth. */
static const double light_word = 0.35;

bool in_spans(const GArray *spans, uint32_t start, uint32_t end)
{
    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = &g_array_index(spans, struct span, i);
        if (start < span->end && span->start < end)
            return true;
    }
    return false;
}

static double term_weight(const struct term *term)
{
    if (term->flags & TERM_STOP)
        return 0;
    if (term->flags & TERM_WEAK)
        return 0.25;
    return term->flags & TERM_NUMBER ? 0.5 : 1;
}

static void add_concept(struct unit *unit, const struct named *named)
{
    for (uint32_t i = 0; i < unit->n_concepts; i++)
        if (unit->concepts[i] == named->concept) {
            unit->narrow[i] = unit->narrow[i] && named->narrow;
            return;
        }
    if (unit->n_concepts < G_N_ELEMENTS(unit->concepts)) {
        unit->narrow[unit->n_concepts] = named->narrow;
        unit->concepts[unit->n_concepts++] = named->concept;
    }
}

struct unit unit_at(const struct lexis *lexis, const struct words *words, uint32_t i, const GArray *skip)
{
    struct unit unit = {.first = i, .n = 1};
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        const struct term *last = term_of(words, named->first + named->n - 1);
        if (named->first == i && named->n > unit.n && !in_spans(skip, term_of(words, i)->start, last->end))
            unit.n = named->n;
    }
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        if (named->first == i && named->n == unit.n)
            add_concept(&unit, named);
    }
    if (unit.n == 1) {
        unit.stem = term_of(words, i)->stem;
        unit.plain = term_of(words, i)->plain;
    } else {
        unit.tail = term_of(words, i + unit.n - 1)->stem;
    }
    for (uint32_t t = i; t < i + unit.n; t++)
        unit.weight = MAX(unit.weight, term_weight(term_of(words, t)));
    if (unit.n > 1)
        unit.weight = MAX(unit.weight, 1);
    uint32_t light = 0;
    for (uint32_t c = 0; c < unit.n_concepts; c++)
        light += concept_light(lexis, unit.concepts[c]) ? 1 : 0;
    if (light > 0 && light == unit.n_concepts)
        unit.weight = MIN(unit.weight, light_word);
    return unit;
}

void add_units(struct subject *subject, const struct words *words, const GArray *skip, const double *scale, double all)
{
    for (uint32_t i = 0; i < words->terms->len;) {
        const struct term *term = term_of(words, i);
        struct unit unit = unit_at(subject->lexis, words, i, skip);
        if (in_spans(skip, term->start, term->end) || unit.weight == 0) {
            i++;
            continue;
        }
        unit.weight *= all * (scale ? scale[i] : 1);
        g_array_append_val(subject->units, unit);
        i += unit.n;
    }
}

struct subject *subject_new(const char *language, struct slice text)
{
    struct subject *subject = g_new0(struct subject, 1);
    subject->language = g_strdup(language ? language : "en");
    subject->lexis = lexis_of(language);
    subject->text = slice_dup(text);
    subject->words = words_new(subject->lexis, text);
    subject->units = g_array_new(FALSE, FALSE, sizeof(struct unit));
    subject->numbers = g_array_new(FALSE, FALSE, sizeof(double));
    subject->dated = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    subject->names = g_array_new(FALSE, FALSE, sizeof(struct asked_name));
    subject->strings = g_string_chunk_new(256);
    return subject;
}

void subject_free(struct subject *subject)
{
    if (!subject)
        return;
    words_free(subject->words);
    g_array_unref(subject->units);
    g_array_unref(subject->numbers);
    g_array_unref(subject->dated);
    g_array_unref(subject->names);
    g_string_chunk_free(subject->strings);
    for (uint32_t i = 0; i < subject->n_places; i++)
        g_array_unref(subject->senses[i]);
    g_free(subject->senses);
    g_free(subject->places);
    g_free(subject->period);
    g_free(subject->language);
    g_free(subject->text);
    g_free(subject);
}

/* What else a place's name may mean: "Gaza" is a province of Mozambique, too. */
static GArray *senses_of(struct slice printed)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct figure_place));
    const struct gazetteer *g = gazetteer_get();
    g_autofree char *name = slice_dup(printed);
    const struct gazetteer_slot *slot = printed.len > 0 ? gazetteer_find(g, name) : NULL;
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint16_t i = 0; slot && i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM))
            continue;
        const struct gazetteer_place *known = gazetteer_place(g, senses[i].record);
        struct figure_place place = {.name = gazetteer_string(g, known->name), .iso = known->iso[0] ? known->iso : NULL, .geonames = known->geonames};
        g_array_append_val(found, place);
    }
    return found;
}

void add_place(struct subject *subject, const struct figure_place *place, struct slice printed)
{
    const char *iso = place->iso && *place->iso ? place->iso : NULL;
    for (uint32_t i = 0; i < subject->n_places; i++)
        if (g_strcmp0(subject->places[i].name, place->name) == 0 && g_strcmp0(subject->places[i].iso, iso) == 0)
            return;
    subject->places = g_renew(struct figure_place, subject->places, subject->n_places + 1);
    subject->senses = g_renew(GArray *, subject->senses, subject->n_places + 1);
    subject->senses[subject->n_places] = senses_of(printed);
    subject->places[subject->n_places++] = (struct figure_place){
        .name = g_string_chunk_insert(subject->strings, place->name), .iso = iso ? g_string_chunk_insert(subject->strings, iso) : NULL, .geonames = place->geonames, .role = place->role};
}

void note_dated(struct subject *subject, struct span span)
{
    for (guint t = 0; t < subject->words->terms->len; t++) {
        const struct term *term = term_of(subject->words, t);
        if (term->start >= span.start && term->end <= span.end && !(term->flags & TERM_STOP))
            g_array_append_val(subject->dated, term->stem);
    }
}

void note_months(struct subject *subject)
{
    bool lower = subject->lexis != lexis_of("en"); /* English "may" and "march" are words, "May" and "March" are months */
    for (guint t = 1; !subject->period && t < subject->words->terms->len; t++) {
        const struct term *term = term_of(subject->words, t);
        if (term_month(term) && (lower || term->flags & TERM_CAPITAL))
            subject->months |= 1u << term_month(term);
    }
}

static bool names(const struct unit *unit, uint32_t concept)
{
    for (uint32_t i = 0; i < unit->n_concepts; i++)
        if (unit->concepts[i] == concept)
            return true;
    return false;
}

void note_people(struct subject *subject)
{
    uint32_t person = concept_named(subject->lexis, "person");
    struct unit *units = (struct unit *)(void *)subject->units->data;
    guint i = 0;
    while (i < subject->units->len && !units[i].counted)
        i++;
    subject->people = i < subject->units->len && names(&units[i], person);
    for (i++; subject->people && i < subject->units->len; i++) {
        units[i].event = units[i].first != NONE && units[i].n_concepts > 0 && units[i].weight >= 0.5;
        if (units[i].event)
            return;
    }
}

void keep_innermost(struct subject *subject)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < subject->n_places; i++) {
        bool holds = false;
        for (uint32_t j = 0; j < subject->n_places; j++)
            holds = holds || (i != j && place_relation(&subject->places[i], &subject->places[j]) == RELATION_WITHIN);
        if (holds) {
            g_array_unref(subject->senses[i]);
            continue;
        }
        subject->senses[kept] = subject->senses[i];
        subject->places[kept++] = subject->places[i];
    }
    subject->n_places = kept;
}

#define KIND(kind) (1u << KIND_##kind)

uint32_t kinds_alike(enum figure_kind kind)
{
    switch (kind) {
    case KIND_PERCENT:
    case KIND_FRACTION: return KIND(PERCENT) | KIND(FRACTION);
    case KIND_RATE: return KIND(RATE) | KIND(COUNT);
    case KIND_COUNT:
    case KIND_CHANGE: return KIND(COUNT) | KIND(CHANGE) | KIND(RATE);
    case KIND_AGE:
    case KIND_DURATION: return KIND(AGE) | KIND(DURATION);
    default: return 1u << kind;
    }
}

static void explain_units(const struct subject *subject, GString *out, bool counted)
{
    for (guint i = 0; i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        if (unit->counted != counted || unit->first == NONE)
            continue;
        uint32_t start = term_of(subject->words, unit->first)->start, end = term_of(subject->words, unit->first + unit->n - 1)->end;
        g_string_append_printf(out, " [%.*s%s]", (int)(end - start), subject->text + start, unit->n_concepts ? "*" : "");
    }
    g_string_append_c(out, '\n');
}

char *subject_explain(const struct subject *subject)
{
    GString *out = g_string_new("kind    ");
    for (unsigned kind = 0; kind <= KIND_CHANGE; kind++)
        if (subject->kinds >> kind & 1)
            g_string_append_printf(out, " %s", kind_name((enum figure_kind)kind));
    if (!subject->kinds)
        g_string_append(out, " any");
    for (unsigned kind = 0; subject->likely && kind <= KIND_CHANGE; kind++)
        if (subject->likely >> kind & 1)
            g_string_append_printf(out, "%s %s", subject->likely & ((1u << kind) - 1) ? "" : ", rather", kind_name((enum figure_kind)kind));
    if (subject->asked)
        g_string_append_printf(out, " (\"%s\")", subject->asked);
    g_string_append_printf(out, "%s%s", subject->rated ? "; a rate, too" : "", subject->compared ? "; how many more or fewer, too" : "");
    g_string_append(out, "\ncounted ");
    explain_units(subject, out, true);
    g_string_append(out, "words   ");
    explain_units(subject, out, false);
    for (guint i = 0; i < subject->names->len; i++)
        g_string_append_printf(out, "%s%s%s", i == 0 ? "names    " : ", ", g_array_index(subject->names, struct asked_name, i).forms[0], i + 1 == subject->names->len ? "\n" : "");
    g_string_append(out, "place   ");
    for (uint32_t i = 0; i < subject->n_places; i++)
        g_string_append_printf(out, " %s%s%s%s", subject->places[i].name, subject->places[i].iso ? " (" : "", subject->places[i].iso ? subject->places[i].iso : "", subject->places[i].iso ? ")" : "");
    g_string_append_printf(out, "\nperiod   %s\n", subject->period ? subject->period : "");
    return g_string_free(out, FALSE);
}
