/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/parts.h"

#include <math.h>

const struct locality locality_word = {0.5, 0.55, 0.4, 4, 0.65}, locality_head = {0.3, 0.3, 0.2, 4, 0.65}, locality_place = {0.6, 0.6, 0.5, 4, 0.5};

/* How far before its sentence a term may be that still stands in the sentence before. */
static const double sentence_way = 1.2;

static double way(const struct candidate *candidate, uint32_t a, uint32_t b)
{
    return fabs(g_array_index(candidate->cost, double, a) - g_array_index(candidate->cost, double, b));
}

void add_meeting(void *data, uint32_t term, double quality)
{
    GArray *meetings = data;
    struct meeting meeting = {term, quality};
    g_array_append_val(meetings, meeting);
}

/* Words behind a later figure of a like kind are that one's: "36 per cent of adults in the east and 25 per cent in the west". A part and its whole share
 * theirs. */
static bool behind_another(const struct candidate *candidate, uint32_t figure, uint32_t term)
{
    const struct figure_row *own = g_ptr_array_index(candidate->figures, figure);
    uint32_t alike = kinds_alike(own->quantity.kind);
    for (uint32_t next = figure + 1; next < candidate->figures->len && g_array_index(candidate->at, uint32_t, next) <= term; next++) {
        uint8_t stand = g_array_index(candidate->stands, uint8_t, next);
        const struct figure_row *other = g_ptr_array_index(candidate->figures, next);
        if (stand & STAND_PLAIN && !(stand & STAND_WHOLE) && alike >> other->quantity.kind & 1)
            return true;
    }
    return false;
}

static double worth_at(const struct candidate *candidate, uint32_t figure, uint32_t term, const struct locality *locality)
{
    double near = 1 / (1 + locality->steep * way(candidate, term, g_array_index(candidate->at, uint32_t, figure)));
    uint32_t first = g_array_index(candidate->first, uint32_t, figure);
    bool inside = term >= first && term < g_array_index(candidate->after, uint32_t, figure);
    if (inside)
        return (locality->sentence + (1 - locality->sentence) * near) * (behind_another(candidate, figure, term) ? locality->behind : 1);
    return term < first && way(candidate, term, first) < sentence_way ? locality->before : locality->passage;
}

double nearest(const struct candidate *candidate, const GArray *meetings, uint32_t figure, const struct locality *locality)
{
    double best = 0;
    for (guint i = 0; i < meetings->len; i++) {
        const struct meeting *meeting = &g_array_index(meetings, struct meeting, i);
        best = MAX(best, meeting->quality * worth_at(candidate, figure, meeting->term, locality));
    }
    return best;
}
