/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/clause.h"

#include <string.h>

bool clause_number(const struct figure_clause *c, uint32_t i)
{
    const struct term *term = term_of(c->words, i);
    if (!(term->flags & TERM_NUMBER) || (i >= c->number.start && i < c->number.end))
        return false;
    uint32_t len = term->end - term->start;
    bool year = len == 4 && (strncmp(c->text + term->start, "19", 2) == 0 || strncmp(c->text + term->start, "20", 2) == 0);
    bool day = len <= 2 && ((i > c->terms.start && term_month(term_of(c->words, i - 1))) || (i + 1 < c->terms.end && term_month(term_of(c->words, i + 1))));
    bool behind = i > c->terms.start && term_of(c->words, i - 1)->end == term->start, before = i + 1 < c->terms.end && term_of(c->words, i + 1)->start == term->end;
    bool name = (behind && clause_is(c, i - 1, TERM_CAPITAL)) || (before && clause_is(c, i + 1, TERM_CAPITAL));
    return !year && !day && !name;
}

bool clause_opens_bracket(const struct figure_clause *c, uint32_t i)
{
    uint32_t start = term_of(c->words, i)->start;
    return start > 0 && strchr("([", c->text[start - 1]);
}

struct slot clause_slot(const struct figure_clause *c)
{
    enum { NOUN = 3, LONG = 5 };
    const uint32_t parts = TERM_BREAK | TERM_STOPPED | TERM_NUMBER;
    uint32_t i = c->number.end;
    for (uint32_t last = MIN(c->terms.end, i + NOUN); i < last && !clause_is(c, i, parts) && (!clause_is(c, i, TERM_STOP) || clause_is(c, i, TERM_VERB));)
        i++;
    bool joint = i < c->terms.end && clause_is(c, i, TERM_JOINT) && !clause_is(c, i, TERM_OF);
    if (i >= c->terms.end || joint || clause_is(c, i, parts | TERM_VERB) || !clause_is(c, i, TERM_STOP))
        return (struct slot){0};
    struct slot slot = {term_of(c->words, i)->stem, i + 1, i + 1};
    while (slot.after < c->terms.end && slot.after < slot.first + LONG && !clause_is(c, slot.after, parts))
        slot.after++;
    return slot;
}

bool clause_has_others(const struct figure_clause *c)
{
    for (uint32_t i = c->terms.start; i < c->terms.end; i++)
        if (clause_number(c, i))
            return true;
    return false;
}
