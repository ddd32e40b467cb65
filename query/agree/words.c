/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/parts.h"

#include "extract/gazetteer.h"

#include <math.h>

/* What a noun beside the figure is worth where the figure's own record says that it counts something else. */
static const double counts_other = 0.6;

/* What it is worth that a figure counts people of some kind, where people are asked for. */
static const double folk_worth = 0.8;

/* What the noun of the figure before it is worth for one that has none of its own. */
static const double shared_noun = 0.95;

/* The noun of what a figure counts. */
struct noun {
    struct words *words; /* or NULL */
    double worth;        /* 1; less where it is the noun of the figure before it */
    bool people;         /* a unit says that it counts people */
    struct span terms;   /* of the passage, where it stands at its number; start == end: it does not */
};

/* Names alone, no common noun? */
static bool names_only(const struct words *words)
{
    for (guint i = 0; i < words->terms->len; i++)
        if (!(term_of(words, i)->flags & (TERM_CAPITAL | TERM_STOP)))
            return false;
    return true;
}

/* Where the passage has the noun of that figure, in the figure or right behind it. */
static struct span terms_of_noun(const struct candidate *candidate, uint32_t of, const struct noun *noun)
{
    const struct words *passage = candidate->words;
    struct span figure = agreement_terms(&(struct agreement){.candidate = candidate, .figure = of});
    uint32_t n = noun->words->terms->len;
    for (uint32_t first = figure.start; n > 0 && first <= figure.end && first + n <= passage->terms->len; first++) {
        uint32_t same = 0;
        while (same < n && term_of(passage, first + same)->stem == term_of(noun->words, same)->stem)
            same++;
        if (same == n)
            return (struct span){first, first + n};
    }
    return (struct span){0, 0};
}

/* The same where a list says it once: "140 applications, after 118 in 2022". */
static struct span said_noun(const struct candidate *candidate, uint32_t figure, const struct noun *noun)
{
    struct span terms = terms_of_noun(candidate, figure, noun);
    const struct figure_row *own = g_ptr_array_index(candidate->figures, figure);
    while (terms.end == 0 && figure-- > 0) {
        const struct figure_row *before = g_ptr_array_index(candidate->figures, figure);
        if (before->sentence_span.start != own->sentence_span.start || g_strcmp0(before->counted, own->counted) != 0)
            break;
        terms = terms_of_noun(candidate, figure, noun);
    }
    return terms;
}

/* How well the noun is the unit's; also where the unit's words go on behind it: "140 applications", for asylum. */
static double noun_is(const struct noun *noun, const struct unit *unit, const GArray *meetings)
{
    double best = unit_best(unit, noun->words);
    for (guint i = 0; i < meetings->len; i++) {
        const struct meeting *meeting = &g_array_index(meetings, struct meeting, i);
        if (meeting->term >= noun->terms.start && meeting->term < noun->terms.end)
            best = MAX(best, meeting->quality);
    }
    return noun->worth * best;
}

/* What the figure counts, by its own noun; else by that of the like figure before it in the sentence: "36 per cent of adults in the east and 25 per cent in
 * the west". A name counts nothing: "in Libya exceeded 858,000". */
static struct noun noun_of(const struct agreement *agreement, const struct lexis *lexis)
{
    const struct figure_row *figure = agreement_figure(agreement);
    struct noun noun = {NULL, 1, g_strcmp0(figure->unit, "{person}") == 0, {0, 0}};
    for (uint32_t back = 0; back < 2 && back <= agreement->figure && !noun.words; back++) {
        const struct figure_row *other = g_ptr_array_index(agreement->candidate->figures, agreement->figure - back);
        bool like = other->quantity.kind == figure->quantity.kind && other->sentence_span.start == figure->sentence_span.start && !other->minor;
        if (!like || !other->counted)
            continue;
        noun.words = words_new(lexis, slice_of(other->counted));
        noun.worth = back == 0 ? 1 : shared_noun;
        if (names_only(noun.words)) {
            noun.people = noun.people || gazetteer_is_demonym(other->counted);
            words_free(noun.words);
            noun.words = NULL;
        } else {
            noun.terms = said_noun(agreement->candidate, agreement->figure - back, &noun);
        }
    }
    return noun;
}

/* The subject's words near the figure, and those of what is counted. */
static void agree_nouns(struct agreement *agreement, const struct met *met, const struct noun *own)
{
    double all = 0, got = 0, all_counted = 0, got_counted = 0;
    for (guint u = 0; u < met->units->len; u++) {
        const struct unit *unit = &g_array_index(met->subject->units, struct unit, u);
        const GArray *meetings = g_ptr_array_index(met->units, u);
        double weight = unit->weight * met->rarity[u], noun = noun_is(own, unit, meetings);
        double quality = MAX(nearest(agreement->candidate, meetings, agreement->figure, &locality_word), met->outside[u]);
        all += weight;
        got += weight * MAX(quality, noun);
        if (unit->counted || unit->event) {
            double counts = ((met->subject->people ? unit->event : unit->head) ? 3 : 1) * fmax(weight, 0.5);
            double near = nearest(agreement->candidate, meetings, agreement->figure, &locality_head);
            all_counted += counts;
            bool folk_asked = met->subject->people || (unit->happened && near > 0); /* "IDPs" are people who were displaced */
            double folk = unit->head && folk_asked && own->people ? folk_worth : 0;
            got_counted += counts * fmax(folk, MAX(unit->head && own->words && own->worth == 1 ? counts_other * near : near, noun));
        }
    }
    agreement->words = all > 0 ? got / all : 0;
    agreement->counted = all_counted > 0 ? got_counted / all_counted : agreement->words;
}

/* Content words of the figure's clause, up to eight on either side, and how many of them the subject has. */
static void agree_close(struct agreement *agreement, const struct met *met)
{
    enum { AROUND = 8 };
    const struct candidate *candidate = agreement->candidate;
    uint32_t at = g_array_index(candidate->at, uint32_t, agreement->figure), n = candidate->words->terms->len;
    unsigned all = 0, known = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
        uint32_t i = at;
        for (unsigned step = 0; step < AROUND; step++) {
            uint32_t edge = direction > 0 ? i + 1 : i; /* whose flags say what parts the two */
            if ((direction < 0 && i == 0) || (direction > 0 && i + 1 >= n) || term_of(candidate->words, edge)->flags & (TERM_BREAK | TERM_STOPPED))
                break;
            i += (uint32_t)direction;
            uint32_t flags = term_of(candidate->words, i)->flags;
            if (flags & (TERM_STOP | TERM_WEAK | TERM_NUMBER))
                continue;
            all++;
            known += met->known[i] ? 1 : 0;
        }
    }
    agreement->close = (known + 1.0) / (all + 1.0);
}

void agree_words(struct agreement *agreement, const struct met *met)
{
    struct noun noun = noun_of(agreement, met->lexis);
    agree_nouns(agreement, met, &noun);
    agree_close(agreement, met);
    words_free(noun.words);
}
