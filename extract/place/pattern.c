/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places that no table has, read from what stands beside them: "the village of X", "X County", "in X, Chiapas". */
#include "extract/place/location.h"

enum { MADE_WORDS = 4, LIST_NAMES = 12, NEAR_TOKENS = 40 };

#define NO_PLACE (SLOT_HEAD | SLOT_LAW | SLOT_TITLE | SLOT_TIME | SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_SITE | SLOT_CREDIT | SLOT_CONNECTOR)

NAME_WORDS(particles, "de", "del", "la", "las", "los", "el", "al", "kwa", "du", "da", "do", "sur", "en");
NAME_WORDS(joints, "and", "y", "et", "or", "o", "ou");
NAME_WORDS(ofs, "of", "de", "del", "du", "called", "named", "llamada", "llamado");
NAME_WORDS(insides, "in", "near", "en");
/* Features that come before their name in capitals as well. */
NAME_WORDS(leading, "Lake", "Mount", "Lago", "Río", "Lac", "Isla", "Île", "Cerro", "Laguna");
/* Features behind a name that make it no place of the kind we place: too vague, or parts of something else. */
static const char *const vague[] = {"state", "states", "capital", "border", "zone", "zones", "region", "regions", "territory", "territories", "coast", "plain", "constituency", "division", "department", "port", NULL};
static const char *const waters[] = {"river", "lake", "bay", "gulf", "sea", "strait", "delta", "rio", "lago", "fleuve", NULL};

/* Is the word one of a list of folded words, however it is printed? */
static bool folded_in(const struct name_scan *scan, uint32_t i, const char *const *words)
{
    char folded[64];
    folded[token_fold(scan_text(scan, i), folded, sizeof folded)] = '\0';
    for (; *words; words++)
        if (strcmp(*words, folded) == 0)
            return true;
    return false;
}

/* "Kurdish", "Garifuna people" … : the form of an adjective, for peoples that the tables lack. */
static bool is_adjective(struct slice word)
{
    return slice_ends(word, "ish") || slice_ends(word, "ian") || slice_ends(word, "ese") || slice_ends(word, "ean");
}

static bool is_people(const struct name_scan *scan, uint32_t i)
{
    const struct name_match *m = scan_match_at(scan, i);
    const struct gazetteer_sense *senses = m ? gazetteer_senses(scan->g, m->slot) : NULL;
    for (uint32_t k = 0; m && k < m->slot->count; k++)
        if (senses[k].flags & SENSE_DEMONYM)
            return true;
    return false;
}

/* A word that may be a part of such a name; acronyms are not. */
static bool free_word(const struct name_scan *scan, uint32_t i)
{
    return scan_capital(scan, i) && !(scan->tokens[i].flags & TOKEN_ALLCAPS) && !scan->taken[i] && !(scan_known(scan, i) & NO_PLACE) && !is_people(scan, i);
}

/* The end of a name of up to four words that begins at `i`; `i` where there is none. */
static uint32_t name_end(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    uint32_t end = i;
    while (end - i < MADE_WORDS && free_word(scan, end) && !(scan_known(scan, end) & (SLOT_FEATURE | SLOT_DIRECTION)) && (end == i || scan_follows(scan, end))) {
        end++;
        while (scan_is(scan, end, "-") && !(scan->tokens[end].flags & TOKEN_SPACE) && scan_word(scan, end + 1) && !(scan->tokens[end + 1].flags & TOKEN_SPACE))
            end += 2; /* "Petite-Rivière" */
        uint32_t next = end;
        while (next < end + 2 && scan_follows(scan, next) && name_word_in(scan, next, particles))
            next++;
        if (next > end && free_word(scan, next) && !(scan_known(scan, next) & (SLOT_FEATURE | SLOT_DIRECTION)) && scan_follows(scan, next))
            end = next;
    }
    return end;
}

/* The candidate that covers token `i`, or NONE. */
static uint32_t covering(const struct location_scan *s, uint32_t i)
{
    uint32_t low = 0, high = s->candidates->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (candidate_at(s, middle)->match.after <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->candidates->len && candidate_at(s, low)->match.first <= i ? low : NONE;
}

static bool kept(const struct location_scan *s, uint32_t candidate)
{
    return candidate != NONE && !(candidate_at(s, candidate)->flags & CANDIDATE_DROPPED);
}

/* A country or area that the text goes on with: "X, Chiapas", "X (Peru)", "X in Kenya"; its candidate, or NONE. */
static uint32_t holder_behind(const struct location_scan *s, uint32_t after)
{
    const struct name_scan *scan = s->scan;
    uint32_t i = after;
    if (scan_is(scan, i, ",") || scan_is(scan, i, "(") || name_word_in(scan, i, insides))
        i++;
    else
        return NONE;
    if (scan_starts(scan, i))
        return NONE;
    uint32_t candidate = covering(s, i);
    if (!kept(s, candidate) || candidate_at(s, candidate)->sense == NONE || candidate_at(s, candidate)->flags & CANDIDATE_DEMONYM)
        return NONE;
    unsigned class = gazetteer_place(scan->g, candidate_at(s, candidate)->sense)->class;
    return class == PLACE_COUNTRY || class == PLACE_ADMIN ? candidate : NONE;
}

/* Is candidate `c` a country or an area? */
static bool holds(const struct location_scan *s, uint32_t c)
{
    if (!kept(s, c) || candidate_at(s, c)->sense == NONE)
        return false;
    unsigned class = gazetteer_place(s->scan->g, candidate_at(s, c)->sense)->class;
    return class == PLACE_COUNTRY || class == PLACE_ADMIN;
}

/* The country or area that its sentence names last before token `i`, else next after it; its candidate, or NONE. */
static uint32_t holder_near(const struct location_scan *s, uint32_t i)
{
    const struct name_scan *scan = s->scan;
    for (uint32_t k = i; k > 0 && i - k < NEAR_TOKENS && !scan_starts(scan, k); k--) {
        uint32_t candidate = scan_capital(scan, k - 1) ? covering(s, k - 1) : NONE;
        if (holds(s, candidate))
            return candidate;
    }
    for (uint32_t k = i + 1; k < i + NEAR_TOKENS && !scan_starts(scan, k); k++) {
        uint32_t candidate = scan_capital(scan, k) ? covering(s, k) : NONE;
        if (holds(s, candidate))
            return candidate;
    }
    return NONE;
}

uint32_t location_main_country(const struct location_scan *s)
{
    uint32_t sum = 0, best = 0;
    for (uint32_t i = 0; i < G_N_ELEMENTS(s->countries); i++) {
        sum += s->countries[i];
        best = s->countries[i] > s->countries[best] ? i : best;
    }
    if (s->countries[best] < 6 || s->countries[best] * 2 <= sum)
        return NONE;
    const char iso[] = {(char)('A' + best / 26), (char)('A' + best % 26), '\0'};
    const struct gazetteer_place *country = gazetteer_country(s->scan->g, iso);
    return country ? (uint32_t)(country - gazetteer_place(s->scan->g, 0)) : NONE;
}

static void made_add(struct location_scan *s, GArray *made, uint32_t first, uint32_t after, unsigned class)
{
    const struct name_scan *scan = s->scan;
    uint32_t covered = covering(s, first);
    if (kept(s, covered))
        return;
    uint32_t holder = holder_behind(s, after);
    holder = holder == NONE ? holder_near(s, first) : holder;
    struct token last = scan->tokens[after - 1];
    struct candidate c = {
        .match = {NULL, first, after, {scan->tokens[first].span.start, last.span.start + word_stem_len(scan_text(scan, after - 1))}},
        .flags = CANDIDATE_MADE, .inside = NONE, 
        .sense = holder == NONE ? s->main : candidate_at(s, holder)->sense, .score = holder == NONE ? 2 : 3, .class = (uint8_t)class,
    };
    for (uint32_t i = first; i < after; i++)
        scan->taken[i] = 1;
    g_array_append_val(made, c);
}

/* "zone de santé", "aires de santé", "health zones", "ZS": the areas of a health service. The token behind the words; `i` where they are others. */
static uint32_t health_area(const struct name_scan *scan, uint32_t i)
{
    static const char *const areas[] = {"zone", "zones", "aire", "aires", NULL};
    if (scan_is(scan, i, "ZS"))
        return i + 1;
    if (folded_in(scan, i, areas) && scan_is(scan, i + 1, "de") && (scan_is(scan, i + 2, "santé") || scan_is(scan, i + 2, "sante")))
        return i + 3;
    return i > 0 && folded_in(scan, i, areas) && scan_is(scan, i - 1, "health") ? i + 1 : i;
}

/* Behind a name of a list and what stands in brackets beside it: "Moyo (155), Sapo (39)". */
static uint32_t behind_bracket(const struct name_scan *scan, uint32_t i)
{
    enum { BRACKET_TOKENS = 6 };
    uint32_t close = i;
    while (scan_is(scan, i, "(") && close < scan->n && close < i + BRACKET_TOKENS && !scan_is(scan, close, ")"))
        close++;
    return close > i && scan_is(scan, close, ")") ? close + 1 : i;
}

/* "the village of X", "the villages of X, Y and Z", "les ZS de X (155), Y (54)" */
static void feature_of(struct location_scan *s, uint32_t i, GArray *made)
{
    const struct name_scan *scan = s->scan;
    uint32_t behind = health_area(scan, i);
    bool health = behind > i, many = slice_ends(scan_text(scan, i), "s") || scan_is(scan, i, "ZS");
    behind += !health;
    if ((!health && (scan_capital(scan, i) || !(scan_known(scan, i) & SLOT_FEATURE) || folded_in(scan, i, vague))) || !scan_follows(scan, behind))
        return;
    uint32_t from = behind + name_word_in(scan, behind, ofs);
    bool listed = many && scan_is(scan, from, ":");
    if (from == behind && !listed && !(health && scan_capital(scan, from)))
        return;
    from += listed;
    for (uint32_t n = 0; n < LIST_NAMES; n++) {
        uint32_t end = name_end(s, from);
        uint32_t covered = covering(s, from);
        if (kept(s, covered))
            end = candidate_at(s, covered)->match.after;
        else if (end > from && !scan_starts(scan, from))
            made_add(s, made, from, end, PLACE_CITY);
        else
            return;
        from = behind_bracket(scan, end);
        if (!many || !(scan_is(scan, from, ",") || name_word_in(scan, from, joints)))
            return;
        from += scan_is(scan, from, ",") && name_word_in(scan, from + 1, joints) ? 2 : 1;
        from += name_word_in(scan, from, ofs); /* "et de Sapo" */
    }
}

/* May a name whose second token this is go on, or a feature stand there? */
static bool may_reach_feature(const struct name_scan *scan, uint32_t i)
{
    if (i >= scan->n)
        return false;
    const struct token *t = &scan->tokens[i];
    return t->sign == '-' || (scan_follows(scan, i) && (t->flags & TOKEN_CAPITAL || scan->known[i] & SLOT_FEATURE || name_word_in(scan, i, particles)));
}

/* "X County", "the X River", "Lake X", "X district" */
static void beside_feature(struct location_scan *s, uint32_t i, GArray *made)
{
    const struct name_scan *scan = s->scan;
    if (name_word_in(scan, i, leading) && scan_follows(scan, i + 1)) {
        uint32_t end = name_end(s, i + 1);
        if (end > i + 1)
            made_add(s, made, i, end, scan_known(scan, i) & SLOT_FEATURE && folded_in(scan, i, waters) ? PLACE_WATER : PLACE_ADMIN);
        return;
    }
    bool inside = i > 0 && scan_capital(scan, i - 1) && scan_follows(scan, i) && !(scan_known(scan, i - 1) & (SLOT_FUNCTION | SLOT_PREPOSITION));
    uint32_t end = inside || !may_reach_feature(scan, i + 1) ? i : name_end(s, i);
    if (end == i || !scan_follows(scan, end) || !(scan_known(scan, end) & SLOT_FEATURE) || folded_in(scan, end, vague))
        return;
    bool big = scan_capital(scan, end), plain = scan_ordinary(scan, i) || scan_starts(scan, i) || end - i > 2;
    bool plural = slice_ends(scan_text(scan, end), "s"), area = scan_is(scan, end, "Area") || scan_is(scan, end, "Areas");
    bool goes_on = scan_follows(scan, end + 1) && scan_capital(scan, end + 1);
    struct slice last = scan_text(scan, end - 1);
    if (area || scan_known(scan, end) & SLOT_SURNAME || word_stem_len(last) < last.len || is_adjective(last) || scan->tokens[i].flags & TOKEN_ALLCAPS)
        return;
    if (scan_known(scan, i) & SCAN_HEADLINE || (!big && plain) || (big && (goes_on || (scan_ordinary(scan, i) && end == i + 1 && scan_starts(scan, i)))))
        return;
    made_add(s, made, i, big && !plural ? end + 1 : end, folded_in(scan, end, waters) ? PLACE_WATER : PLACE_ADMIN);
}

/* "in X, Chiapas" */
static void inside_known(struct location_scan *s, uint32_t i, GArray *made)
{
    const struct name_scan *scan = s->scan;
    if (i == 0 || scan_starts(scan, i) || !(scan_known(scan, i - 1) & SLOT_PREPOSITION) || scan_capital(scan, i - 1))
        return;
    uint32_t end = name_end(s, i);
    if (end > i && end - i < 3 && scan_is(scan, end, ",") && holder_behind(s, end) != NONE)
        made_add(s, made, i, end, PLACE_CITY);
}

static int by_token(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->match.first < y->match.first ? -1 : x->match.first > y->match.first;
}

/* Is it the same name, word by word? */
static bool same_words(const struct name_scan *scan, const struct candidate *c, uint32_t i)
{
    for (uint32_t k = 0; k < c->match.after - c->match.first; k++)
        if (i + k >= scan->n || scan->tokens[c->match.first + k].hash != scan->tokens[i + k].hash || (k > 0 && scan_starts(scan, i + k)))
            return false;
    return true;
}

/* What one sentence says is a place is one wherever the document prints the name. */
static void repeat(struct location_scan *s, GArray *made)
{
    const struct name_scan *scan = s->scan;
    g_autoptr(GHashTable) by_hash = g_hash_table_new(g_direct_hash, g_direct_equal);
    uint64_t firsts[16] = {0}; /* low bits of the hashes, as a set: most words begin no such name */
    uint32_t n = made->len;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t hash = scan->tokens[g_array_index(made, struct candidate, k).match.first].hash;
        g_hash_table_insert(by_hash, GUINT_TO_POINTER(hash), GUINT_TO_POINTER(k + 1));
        firsts[hash >> 6 & 15] |= UINT64_C(1) << (hash & 63);
    }
    for (uint32_t p = 0, last = 0; n > 0 && p < scan->n_points; p++) {
        uint32_t i = scan->points[p], hash = scan->tokens[i].hash;
        token_fetch(scan->tokens, scan->points, p, scan->n_points);
        if (i < last || !(firsts[hash >> 6 & 15] >> (hash & 63) & 1))
            continue;
        gpointer known = free_word(scan, i) ? g_hash_table_lookup(by_hash, GUINT_TO_POINTER(hash)) : NULL;
        if (!known)
            continue;
        struct candidate c = g_array_index(made, struct candidate, GPOINTER_TO_UINT(known) - 1);
        if (!same_words(scan, &c, i) || kept(s, covering(s, i)) || (scan_follows(scan, c.match.after - c.match.first + i) && scan_capital(scan, c.match.after - c.match.first + i)))
            continue;
        uint32_t after = i + (c.match.after - c.match.first);
        c.match.span = (struct span){scan->tokens[i].span.start, scan->tokens[after - 1].span.start + word_stem_len(scan_text(scan, after - 1))};
        c.match.first = i;
        c.match.after = after;
        g_array_append_val(made, c);
        last = after;
    }
}

/* Puts what was made between the candidates, in the order of the text: those come in it but for few. */
static void put_between(GArray *candidates, GArray *made)
{
    uint32_t n = candidates->len, k = made->len;
    const struct candidate *found = (const void *)candidates->data;
    for (uint32_t i = 1; i < n; i++)
        if (found[i - 1].match.first > found[i].match.first) {
            g_array_sort(candidates, by_token);
            break;
        }
    g_array_sort(made, by_token);
    g_array_set_size(candidates, n + k);
    struct candidate *all = (void *)candidates->data, *add = (void *)made->data;
    for (uint32_t at = n + k; k > 0;) { /* from the end on, so that none is overwritten */
        bool later = n > 0 && all[n - 1].match.first > add[k - 1].match.first;
        all[--at] = later ? all[--n] : add[--k];
    }
}

void location_patterns(struct location_scan *s)
{
    g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    for (uint32_t p = 0; p < s->scan->n_points; p++) {
        uint32_t i = s->scan->points[p];
        token_fetch(s->scan->tokens, s->scan->points, p, s->scan->n_points);
        if (s->scan->tokens[i].class != TOKEN_WORD || s->scan->taken[i])
            continue;
        if ((scan_known(s->scan, i) & SLOT_FEATURE && !scan_capital(s->scan, i)) || scan_is(s->scan, i, "ZS"))
            feature_of(s, i, made);
        if (!scan_capital(s->scan, i))
            continue;
        beside_feature(s, i, made);
        if (!s->scan->taken[i])
            inside_known(s, i, made);
    }
    repeat(s, made);
    put_between(s->candidates, made);
}
