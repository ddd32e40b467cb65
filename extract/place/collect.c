/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/place/location.h"

enum { PARTS = 3 };

/* Every word of a name is printed with a capital, but for "de", "of", "and"; a long one may go on in small letters: "République démocratique du Congo". */
static bool printed_as_name(const struct name_scan *scan, const struct name_match *m)
{
    enum { LONG_NAME = 3 };
    if (m->after - m->first >= LONG_NAME)
        return true;
    for (uint32_t i = m->first; i < m->after; i++)
        if (scan_word(scan, i) && !scan_capital(scan, i) && !(scan_known(scan, i) & (SLOT_CONNECTOR | SCAN_ELIDED)))
            return false;
    return true;
}

/* The senses that the printed form allows, as a bit set of the first 32. */
static bool form_allows(const struct name_scan *scan, const struct name_match *m)
{
    const struct gazetteer_sense *senses = gazetteer_senses(scan->g, m->slot);
    bool capitals = scan_all_capitals(scan, m->span);
    bool places = false;
    for (uint32_t i = 0; i < m->slot->count; i++)
        if (!(senses[i].flags & SENSE_ACTOR))
            places = places || !(senses[i].flags & SENSE_CAPITALS) || capitals;
    if (!places)
        return false;
    bool single = m->after == m->first + 1;
    bool wants = gazetteer_flags(scan->g, m->slot) & SLOT_CAPS;
    return !(single && capitals && !wants && m->span.end - m->span.start <= 5 && !scan_shouted(scan, m->first));
}

static uint32_t context_flags(const struct name_scan *scan, const struct name_match *m)
{
    uint32_t flags = 0, i = m->first;
    if (scan_starts(scan, i) || (i > 0 && scan->tokens[i - 1].class == TOKEN_SIGN && !scan_is(scan, i - 1, ",") && scan_starts(scan, i - 1)))
        flags |= CANDIDATE_START;
    if (scan_known(scan, i) & SCAN_HEADLINE)
        flags |= CANDIDATE_HEADLINE;
    uint32_t before = i > 0 && !scan_starts(scan, i) ? scan_known(scan, i - 1) : 0;
    if (i > 1 && scan_is(scan, i - 1, "the") && !scan_starts(scan, i - 1))
        before |= scan_known(scan, i - 2) & SLOT_PREPOSITION;
    if (before & SLOT_DIRECTION && i > 1 && !scan_capital(scan, i - 1))
        before |= SLOT_PREPOSITION;
    bool credit = i > 1 && scan_is(scan, i - 1, "to") && (scan_is(scan, i - 2, "According") || scan_is(scan, i - 2, "according"));
    if (before & SLOT_PREPOSITION && !credit)
        flags |= CANDIDATE_AFTER;
    if (i > 1 && scan_is(scan, i - 1, "of") && scan_known(scan, i - 2) & SLOT_FEATURE)
        flags |= CANDIDATE_BESIDE;
    if (m->after < scan->n && !scan_starts(scan, m->after) && scan_known(scan, m->after) & SLOT_FEATURE && !(scan_known(scan, m->after) & SLOT_HEAD))
        flags |= CANDIDATE_BESIDE;
    return flags;
}

/* The document's name of this slot; a new one where it has none. */
static uint32_t name_of(struct location_scan *s, const struct gazetteer_slot *slot)
{
    uint32_t at = (uint32_t)((uintptr_t)slot / sizeof *slot) * 0x9e3779b1u >> 7;
    for (at &= s->name_mask; s->name_of[at]; at = (at + 1) & s->name_mask)
        if (g_array_index(s->names, struct place_name, s->name_of[at] - 1).slot == slot)
            return s->name_of[at] - 1;
    struct place_name name = {.slot = slot};
    location_name_read(s->scan->g, &name);
    g_array_append_val(s->names, name);
    s->name_of[at] = s->names->len;
    return s->names->len - 1;
}

/* Room for the names of all matches, and of the parts that are listed before them. */
static void make_room(struct location_scan *s)
{
    uint32_t n = 64;
    while (n < s->scan->matches->len * (1 + PARTS) + 1)
        n *= 2;
    s->name_mask = n - 1;
    s->name_of = g_new0(uint32_t, n);
}

/* "Central and Western Equatoria": the area that a direction in the list before the name is a part of; its slot, or NULL. */
static const struct gazetteer_slot *part_of(const struct name_scan *scan, uint32_t direction, const struct name_match *m)
{
    if (!scan_capital(scan, direction) || !(scan_known(scan, direction) & SLOT_DIRECTION))
        return NULL;
    struct slice rest = document_slice(scan->doc, (struct span){scan->tokens[m->first + 1].span.start, m->span.end}), first = scan_text(scan, direction);
    g_autofree char *name = g_strdup_printf("%.*s %.*s", SLICE_ARG(first), SLICE_ARG(rest));
    return gazetteer_find(scan->g, name);
}

/* Adds the parts listed before a name that begins with a direction, first to last. */
static void collect_parts(struct location_scan *s, const struct name_match *m)
{
    const struct name_scan *scan = s->scan;
    struct candidate found[PARTS];
    uint32_t n = 0, i = m->first;
    if (m->after < m->first + 2 || !(scan_known(scan, m->first) & SLOT_DIRECTION))
        return;
    for (; n < PARTS && i > 1 && !scan_starts(scan, i) && !scan_starts(scan, i - 1); n++) {
        bool joined = scan_is(scan, i - 1, ",") || scan_is(scan, i - 1, "and") || scan_is(scan, i - 1, "or");
        const struct gazetteer_slot *slot = joined ? part_of(scan, i - 2, m) : NULL;
        if (!slot)
            break;
        i -= 2;
        found[n] = (struct candidate){.match = {slot, i, i + 1, scan->tokens[i].span}, .flags = context_flags(scan, &(struct name_match){slot, i, i + 1, scan->tokens[i].span}),
                                      .name = name_of(s, slot), .inside = NONE, .sense = NONE};
        found[n].flags |= CANDIDATE_PART;
    }
    while (n > 0 && s->candidates->len > 0 && candidate_at(s, s->candidates->len - 1)->match.first >= i)
        g_array_set_size(s->candidates, s->candidates->len - 1); /* "Central" was read as a place of its own */
    while (n-- > 0)
        g_array_append_val(s->candidates, found[n]);
}

void location_collect(struct location_scan *s)
{
    const struct name_scan *scan = s->scan;
    make_room(s);
    for (uint32_t k = 0; k < scan->matches->len; k++) {
        struct name_match m = g_array_index(scan->matches, struct name_match, k);
        if (scan->taken[m.first] || (m.after == m.first + 1 && m.span.end - m.span.start < 3 && !(gazetteer_flags(scan->g, m.slot) & SLOT_CAPS)) || !printed_as_name(scan, &m) || !form_allows(scan, &m))
            continue;
        collect_parts(s, &m);
        struct candidate c = {.match = m, .name = name_of(s, m.slot), .flags = context_flags(scan, &m), .inside = NONE, .sense = NONE};
        if (candidate_name(s, &c)->people)
            c.flags |= CANDIDATE_DEMONYM;
        g_array_append_val(s->candidates, c);
    }
}
