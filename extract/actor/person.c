/* SPDX-License-Identifier: GPL-3.0-or-later
 * Persons: by title, given name, surname, initial, or by what stands beside the name. */
#include "extract/actor/actor.h"
#include "extract/actor/way.h"

enum { PERSON_WORDS = 5 };

NAME_WORDS(particles, "de", "del", "la", "las", "los", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "do", "dos", "di", "du", "le");

/* "J." in "J. Arredondo", "W." in "George W. Bush". */
static bool initial(const struct name_scan *scan, uint32_t i)
{
    return scan_capital(scan, i) && scan->tokens[i].span.end - scan->tokens[i].span.start <= 2 && g_utf8_strlen(scan_text(scan, i).ptr, (gssize)scan_text(scan, i).len) == 1 &&
           scan_is(scan, i + 1, ".") && !(scan->tokens[i + 1].flags & TOKEN_SPACE);
}

/* A word that can be part of a person's name. */
static bool name_word(const struct name_scan *scan, uint32_t i)
{
    if (!scan_capital(scan, i) || scan->taken[i])
        return false;
    uint32_t known = scan_known(scan, i);
    if (known & (SLOT_GIVEN | SLOT_SURNAME))
        return true;
    return !(known & NO_PERSON) && !(scan->tokens[i].flags & TOKEN_ALLCAPS && scan->tokens[i].span.end - scan->tokens[i].span.start < 6) && !scan_ordinary(scan, i);
}

/* The words of a person's name from `i` on; sets how many there are and where they end. */
static uint32_t name_words(const struct name_scan *scan, uint32_t i, uint32_t *ret_end)
{
    uint32_t words = 0, end = i;
    while (words < PERSON_WORDS) {
        if (end > i && scan->tokens[end - 1].class == TOKEN_WORD && word_stem_len(scan_text(scan, end - 1)) < scan_text(scan, end - 1).len)
            break; /* "Obama's" ends the name */
        if (end > i && !scan_follows(scan, end)) {
            bool glued = scan_is(scan, end, "-") && !(scan->tokens[end].flags & TOKEN_SPACE) && scan_word(scan, end + 1) && !(scan->tokens[end + 1].flags & TOKEN_SPACE);
            if (!glued)
                break;
            end += 2; /* "Ban Ki-moon" */
            continue;
        }
        if (initial(scan, end)) {
            end += 2;
            words++;
            continue;
        }
        if (name_word(scan, end)) {
            end++;
            words++;
            continue;
        }
        uint32_t k = end;
        while (k < end + 3 && k > i && scan_follows(scan, k) && name_word_in(scan, k, particles))
            k++;
        if (k == end || !scan_follows(scan, k) || !name_word(scan, k))
            break;
        end = k;
    }
    while (words > 1 && end > i + 2 && initial(scan, end - 2)) { /* "van Dijk D." of a list of references */
        end -= 2;
        words--;
    }
    *ret_end = end;
    return words;
}

static bool known_place(const struct name_scan *scan, uint32_t i, uint32_t end)
{
    const struct name_match *m = scan_match_at(scan, i);
    if (!m || m->after <= i + 1)
        return false;
    return m->after >= end || !(scan_known(scan, i) & SLOT_GIVEN);
}

static bool names_country(const struct name_scan *scan, uint32_t i)
{
    const struct name_match *m = scan_match_at(scan, i);
    const struct gazetteer_sense *sense = m ? gazetteer_senses(scan->g, m->slot) : NULL;
    return sense && !(sense->flags & SENSE_ACTOR) && gazetteer_place(scan->g, sense->record)->class == PLACE_COUNTRY && !(scan_known(scan, i) & (SLOT_GIVEN | SLOT_SURNAME));
}

/* "the mayor, Tom Brandt," and "Tom Brandt, mayor of …": a rank on the other side of a comma, with nothing but its own words between. */
static bool ranked(const struct name_scan *scan, uint32_t i, uint32_t end)
{
    enum { BEFORE = 8, BEHIND = 4 };
    if (i > 1 && scan_is(scan, i - 1, ",") && (scan_is(scan, end, ",") || scan_is(scan, end, ")") || scan_starts(scan, end + 1)))
        for (uint32_t k = i - 2; i - k < BEFORE && k > 0 && scan_word(scan, k) && !scan_starts(scan, k + 1); k--)
            if (scan_known(scan, k) & SLOT_RANK)
                return true;
    if (scan_is(scan, end, ","))
        for (uint32_t k = end + 1; k < end + BEHIND && scan_word(scan, k) && !scan_starts(scan, k); k++)
            if (scan_known(scan, k) & SLOT_RANK && !scan_capital(scan, k))
                return true;
    return false;
}

/* Does the text around [i, end) speak of somebody: "Photo: …", "journalist …", "… said"? */
static bool spoken_of(const struct name_scan *scan, uint32_t i, uint32_t end)
{
    uint32_t before = i > 0 ? scan_known(scan, i - 1) : 0;
    if (i > 0 && !scan_starts(scan, i) && before & SLOT_RANK && !scan_capital(scan, i - 1))
        return true;
    if (i > 1 && scan_is(scan, i - 1, ":") && scan_known(scan, i - 2) & SLOT_CREDIT)
        return true;
    if (i > 1 && (scan_is(scan, i - 1, "by") || scan_is(scan, i - 1, "de")) && scan_known(scan, i - 2) & SLOT_CREDIT)
        return true;
    if (ranked(scan, i, end) && !scan_match_at(scan, i))
        return true;
    bool says = scan_follows(scan, end) && !scan_capital(scan, end) && scan_known(scan, end) & SLOT_SAY;
    return says && !scan_match_at(scan, i);
}

/* Titles with capitals before a name: "Prime Minister", "Gov."; returns the token behind them, `i` where there is none. */
static uint32_t titles_end(const struct name_scan *scan, uint32_t i)
{
    uint32_t end = i;
    bool rank = false;
    while (scan_capital(scan, end) && !scan->taken[end] && !(scan->tokens[end].flags & TOKEN_ALLCAPS) && scan_known(scan, end) & SLOT_TITLE && (end == i || scan_follows(scan, end) || scan_is(scan, end - 1, "-"))) {
        rank = rank || scan_known(scan, end) & SLOT_RANK;
        end++;
        if (scan_is(scan, end, ".") && !scan_starts(scan, end + 1))
            end++;
        else if (scan_is(scan, end, "-") && scan_known(scan, end + 1) & SLOT_TITLE)
            end++;
    }
    return rank ? end : i;
}

static bool is_person(const struct name_scan *scan, uint32_t i, uint32_t words, uint32_t end)
{
    uint32_t first = scan_known(scan, i), last = scan_known(scan, end - 1);
    if (scan_known(scan, end) & (SLOT_HEAD | SLOT_SITE | SLOT_LAW | SLOT_FEATURE) && scan_follows(scan, end) && scan_capital(scan, end))
        return false;
    if (words < 2 || scan_inside_match(scan, i) || known_place(scan, i, end))
        return false;
    bool full = false; /* a word that is no initial */
    for (uint32_t k = i; k < end; k++)
        full = full || (name_word(scan, k) && !initial(scan, k));
    if (!full)
        return false;
    if (initial(scan, i) && i > 0 && scan_is(scan, i - 1, ".") && !(scan->tokens[i].flags & TOKEN_SPACE)) /* "P.O. Box" */
        return false;
    if (initial(scan, i)) /* not "A. Methods" at the head of a section */
        return !scan_match_at(scan, i + 2) && (!scan_starts(scan, i) || last & (SLOT_GIVEN | SLOT_SURNAME));
    bool headline = first & SCAN_HEADLINE;
    if (first & SLOT_GIVEN)
        return !headline || last & (SLOT_SURNAME | SLOT_GIVEN);
    return (last & SLOT_SURNAME && !headline && !scan_match_at(scan, i)) || spoken_of(scan, i, end);
}

/* Can the name that begins at `first` have a second word, or an initial? */
static bool goes_on(const struct name_scan *scan, uint32_t first)
{
    uint32_t i = first + 1;
    if (i < scan->n && scan->tokens[i].class == TOKEN_SIGN)
        return scan->tokens[i].sign == '-' || scan->tokens[i].sign == '.';
    return scan_follows(scan, i) && (scan_capital(scan, i) || name_word_in(scan, i, particles));
}

void actor_person_beside(void)
{
    beside_add(particles, BESIDE_PARTICLE);
}

bool actor_person(const struct actor_scan *s, uint32_t first, struct actor_name *ret)
{
    const struct name_scan *scan = s->scan;
    if (!scan_capital(scan, first) || scan->taken[first])
        return false;
    if (!(scan->known[first] & SLOT_TITLE) && !goes_on(scan, first))
        return false;
    uint32_t from = titles_end(scan, first), end, words = 0;
    if (from == first || scan_follows(scan, from))
        words = name_words(scan, from, &end);
    bool titled = from > first && words > 0 && !(scan->known[first] & SCAN_HEADLINE && words < 2);
    if (titled && words == 1 && names_country(scan, from))
        titled = false; /* "Director Mexico" */
    if (words == 0 || !(titled || is_person(scan, from, words, end)))
        return false;
    struct span last = scan->tokens[end - 1].span;
    uint32_t stem = word_stem_len(document_slice(scan->doc, last));
    *ret = (struct actor_name){
        .first = titled ? first : from, .after = end, .span = {scan->tokens[titled ? first : from].span.start, last.start + stem},
        .class = ACTOR_PERSON, .record = NONE, .place = NONE, .head = from, .rule = titled ? "actor.title" : "actor.person",
    };
    return true;
}
