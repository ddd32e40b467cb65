/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/ask/parts.h"

/* A constraint is a row; the first that fails is the one a reader is told. */
static const struct {
    const char *name;
    enum outcome (*hear)(const struct hearing *, GString *says);
} constraints[] = {
    {"kind", hear_kind},   {"counted", hear_counted}, {"population", hear_population}, {"event", hear_event},
    {"disease", hear_disease}, {"cause", hear_cause},
    {"names", hear_names}, {"place", hear_place},     {"period", hear_period},
};

static struct hearing hearing_of(const struct agreement *agreement, const struct subject *question)
{
    const struct candidate *candidate = agreement->candidate;
    struct hearing hearing = {
        .question = question,
        .agreement = agreement,
        .candidate = candidate,
        .figure = agreement_figure(agreement),
        .lexis = lexis_of(candidate->document->metadata.language),
        .sentence = {g_array_index(candidate->first, uint32_t, agreement->figure), g_array_index(candidate->after, uint32_t, agreement->figure)},
        .number = agreement_terms(agreement),
    };
    counts_read(hearing.lexis, candidate->passage->text, candidate->words, hearing.sentence, hearing.number, hearing.figure->counted, &hearing.counts);
    return hearing;
}

struct span near_terms(const struct hearing *hearing)
{
    uint32_t from = hearing->sentence.start;
    while (from > 0 && from-- && !(heard_term(hearing, from)->flags & TERM_STOPPED))
        ;
    return (struct span){from, hearing->sentence.end};
}

bool passage_says(const struct hearing *hearing, const char *words)
{
    const char *const texts[] = {hearing->candidate->passage->text, hearing->candidate->passage->heading, hearing->candidate->document->metadata.title};
    g_autofree char *wanted = g_utf8_casefold(words, -1);
    bool found = false;
    for (size_t i = 0; !found && i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *folded = texts[i] ? g_utf8_casefold(texts[i], -1) : NULL;
        found = folded && strstr(folded, wanted);
    }
    return found;
}

void constraints_try(const struct agreement *agreement, const struct subject *question, struct trial *ret)
{
    struct hearing hearing = hearing_of(agreement, question);
    GString *met = g_string_new(NULL);
    *ret = (struct trial){0};
    for (size_t i = 0; i < G_N_ELEMENTS(constraints); i++) {
        g_autoptr(GString) says = g_string_new(NULL);
        enum outcome outcome = constraints[i].hear(&hearing, says);
        if (outcome == OUTCOME_NONE)
            continue;
        g_string_append_printf(met, "%s%-10s  %s: %s", met->len ? "\n" : "", constraints[i].name, outcome == OUTCOME_FAILS ? "fails" : "met", says->str);
        if (outcome == OUTCOME_FAILS && ret->failed++ == 0)
            ret->fails = g_strdup_printf("%s: %s", constraints[i].name, says->str);
    }
    ret->met = g_string_free(met, FALSE);
}

void trial_clear(struct trial *trial)
{
    g_free(trial->fails);
    g_free(trial->met);
}
