/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/name_scan.h"

#include "extract/lexicon.h"

/* What the tables say of a word by itself: "Ministry's" as "Ministry", "l'Agence" as "Agence". */
static uint32_t known_with_apostrophe(const struct name_scan *scan, const struct token *t)
{
    struct slice text = token_text(scan->doc, t);
    if (text.len > 1 && text.len < 6 && (text.ptr[text.len - 1] == '\'' || text.ptr[text.len - 1] == '\x99') && (slice_ends(text, "'") || slice_ends(text, "\xe2\x80\x99")))
        return SLOT_CONNECTOR | SLOT_FUNCTION; /* "l'" parted from a small letter */
    uint32_t elided = word_elided_len(text), stem = word_stem_len(text);
    uint32_t hash = elided || stem < text.len ? token_hash(slice_sub(text, elided, MAX(stem, elided))) : t->hash;
    uint32_t known = gazetteer_word(scan->g, hash) | (elided ? (uint32_t)SCAN_ELIDED : 0);
    return known & (SCAN_ELIDED | SLOT_STATE | SLOT_FEATURE) ? known | SCAN_POINT : known;
}

/* Is the sentence of tokens [from, to) one whose words nearly all have capitals, or shout? Read up to its second word without. */
static bool is_headline(const struct name_scan *scan, uint32_t from, uint32_t to)
{
    uint32_t words = 0, capitals = 0, shouted = 0;
    for (const struct token *t = scan->tokens + from, *end = scan->tokens + to; t < end && words - capitals < 2; t++) {
        uint32_t word = (uint32_t)(t->class == TOKEN_WORD) & (uint32_t)(t->span.end - t->span.start > 3); /* no branch: none would be foreseen */
        words += word;
        capitals += word & (uint32_t)((t->flags & TOKEN_CAPITAL) != 0);
        shouted += word & (uint32_t)((t->flags & TOKEN_ALLCAPS) != 0);
    }
    return (words >= 4 && capitals + (words >= 8) >= words) || (words >= 2 && shouted == words);
}

/* Marks the tokens of a sentence that is a headline. `points`: how many of its tokens names may begin at, which those with capitals are among. */
static void sentence_end(struct name_scan *scan, uint32_t from, uint32_t to, size_t points)
{
    if (points < 2 || !is_headline(scan, from, to))
        return;
    for (uint32_t k = from; k < to; k++)
        scan->known[k] |= SCAN_HEADLINE;
}

/* Is token `i`, at `t`, the first of a cell behind another? */
static bool begins_cell(const struct name_scan *scan, uint32_t i, const struct token *t)
{
    return i > 0 && t->flags & TOKEN_PASSAGE && t->flags & TOKEN_SPACE && scan->doc->text->str[t->span.start - 1] == '\t';
}

/* What the tables say of each different word of the text, and whether names begin at it however it is printed. The caller frees it. */
static uint32_t *words_known(const struct name_scan *scan)
{
    const GArray *words = scan->x->words;
    uint32_t *known = g_new(uint32_t, MAX(words->len, 1)), bracket = token_hash(slice_of("("));
    for (uint32_t i = 0; i < words->len; i++) {
        uint32_t hash = g_array_index(words, uint32_t, i), flags = gazetteer_word(scan->g, hash);
        known[i] = flags | (flags & (SLOT_STATE | SLOT_FEATURE) || hash == bracket ? SCAN_POINT : 0);
    }
    return known;
}

static void scan_words(struct name_scan *scan)
{
    g_autofree uint32_t *known = words_known(scan);
    const struct token *tokens = scan->tokens;
    uint32_t *points = scan->points, *first_point = points, *all = scan->known, from = 0;
    uint8_t *lower = scan->lower = g_new0(uint8_t, MAX(scan->x->words->len, 1));
    for (uint32_t i = 0, n = scan->n; i < n; i++) {
        const struct token *t = &tokens[i];
        uint32_t here = known[t->word], flags = t->flags;
        if (flags & (TOKEN_APOSTROPHE | TOKEN_SENTENCE | TOKEN_PASSAGE)) { /* few */
            here = flags & TOKEN_APOSTROPHE ? known_with_apostrophe(scan, t) : here;
            if (flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)) {
                sentence_end(scan, from, i, (size_t)(points - first_point));
                from = i;
                first_point = points;
                here |= begins_cell(scan, i, t) ? SCAN_CELL : 0;
            }
        }
        uint32_t capital = flags & TOKEN_CAPITAL; /* the lowest bit */
        lower[t->word] |= !(capital | t->class | (here & SCAN_ORDINARY));
        all[i] = here;
        *points = i;
        points += capital | here >> SCAN_POINT_BIT;
    }
    scan->known[scan->n] = 0;
    scan->n_points = (uint32_t)(points - scan->points);
    sentence_end(scan, from, scan->n, (size_t)(points - first_point));
}

/* The first word of a short name that is printed small without being a connector, or NONE. Names of three words and more go on in small
 * letters in French and Spanish. */
static uint32_t small_word(const struct name_scan *scan, const struct name_match *m)
{
    enum { LONG_NAME = 3 };
    for (uint32_t i = m->first + 1; !scan->small && i < m->after && m->after - m->first < LONG_NAME; i++)
        if (scan_word(scan, i) && !scan_capital(scan, i) && !(scan_known(scan, i) & (SLOT_CONNECTOR | SCAN_ELIDED)))
            return i;
    return NONE;
}

/* Token at which the name is cut off, because its last word, a direction, goes on: "Province du Nord-Kivu", "Central and Western Equatoria"; NONE: it is not. */
static uint32_t cut_direction(const struct name_scan *scan, const struct name_match *m)
{
    uint32_t last = m->after - 1, i = m->after;
    if (last <= m->first || !(scan_known(scan, last) & SLOT_DIRECTION))
        return NONE;
    bool hyphen = scan_is(scan, i, "-") && !(scan->tokens[i].flags & TOKEN_SPACE) && scan_capital(scan, i + 1) && !(scan->tokens[i + 1].flags & TOKEN_SPACE);
    bool listed = scan_known(scan, last - 1) & SLOT_CONNECTOR && scan_known(scan, m->first) & SLOT_DIRECTION && scan_follows(scan, i) && scan_capital(scan, i);
    return hyphen || listed ? last : NONE;
}

static uint32_t country_bit(const char *iso)
{
    return g_ascii_isupper(iso[0]) && g_ascii_isupper(iso[1]) ? (uint32_t)(iso[0] - 'A') * 26 + (uint32_t)(iso[1] - 'A') : NONE;
}

/* Notes the country that a name means, or that of its people; returns whether it may be an actor's. Towns and areas are left out: too many share a name. */
static bool note_senses(struct name_scan *scan, const struct name_match *m)
{
    const struct gazetteer_sense *senses = gazetteer_senses(scan->g, m->slot);
    bool actor = false;
    for (uint32_t i = 0; i < m->slot->count; i++) {
        const struct gazetteer_place *place = senses[i].flags & SENSE_ACTOR ? NULL : gazetteer_place(scan->g, senses[i].record);
        uint32_t bit = place && place->class == PLACE_COUNTRY ? country_bit(place->country) : NONE;
        if (bit != NONE)
            scan->spoken[bit >> 6] |= UINT64_C(1) << (bit & 63);
        actor |= !place;
    }
    return actor;
}

bool scan_speaks_of(const struct name_scan *scan, const char *countries)
{
    for (const char *code = countries; *code; code += code[2] == ' ' ? 3 : 2) {
        uint32_t bit = country_bit(code);
        if (bit != NONE && scan->spoken[bit >> 6] >> (bit & 63) & 1)
            return true;
    }
    return false;
}

/* Does a name begin at token `i`? Only at a word with a capital, or one behind an elision. */
static inline bool may_begin(const struct name_scan *scan, uint32_t i)
{
    return scan->tokens[i].flags & TOKEN_CAPITAL || scan->known[i] & SCAN_ELIDED;
}

/* What names begin with each word of the text that one may begin with, by token.word: asked once of each. */
static struct gazetteer_first *first_words(const struct name_scan *scan)
{
    static const struct gazetteer_start asked;
    uint32_t words = MAX(scan->x->words->len, 1), n = 0;
    struct gazetteer_first *firsts = g_new0(struct gazetteer_first, words);
    g_autofree uint32_t *at = g_new(uint32_t, words);
    for (uint32_t p = 0; p < scan->n_points; p++) {
        uint32_t i = scan->points[p];
        token_fetch(scan->tokens, scan->points, p, scan->n_points);
        struct gazetteer_first *first = &firsts[scan->tokens[i].word];
        if (first->start || !may_begin(scan, i))
            continue;
        first->start = &asked;
        at[n++] = i;
    }
    gazetteer_firsts(scan->g, scan->doc, scan->tokens, at, n, firsts);
    return firsts;
}

/* The name of several words, or of one with an apostrophe, at token `i`. */
static bool table_match(struct name_scan *scan, uint32_t i, const struct gazetteer_start *start, struct name_match *m)
{
    bool found = gazetteer_match_from(scan->g, scan->doc, scan->x->tokens, i, scan->n, start, m);
    scan->known[i] |= found ? 0 : (uint32_t)SCAN_NAMELESS;
    uint32_t small = found ? small_word(scan, m) : NONE;
    if (small != NONE) /* "Northern Triangle countries": what has capitals may be a name by itself */
        found = gazetteer_match_from(scan->g, scan->doc, scan->x->tokens, i, small, start, m);
    uint32_t cut = found ? cut_direction(scan, m) : NONE;
    if (cut != NONE)
        found = gazetteer_match_from(scan->g, scan->doc, scan->x->tokens, i, cut, start, m);
    return found;
}

/* May a name of several words, or one with an apostrophe, begin at token `i`? */
static inline bool goes_on(const struct name_scan *scan, uint32_t i, const struct gazetteer_start *start)
{
    const struct token *t = &scan->tokens[i];
    return t->flags & TOKEN_APOSTROPHE || (start->lengths > 1 && gazetteer_goes_on(start, t, scan->n - i));
}

/* The name of the table that begins at token `i`; `several`: it may have several words. */
static bool match_from(struct name_scan *scan, uint32_t i, bool several, const struct gazetteer_first *first, struct name_match *m)
{
    if (several)
        return table_match(scan, i, first->start, m);
    if (first->alone)
        *m = (struct name_match){first->alone, i, i + 1, scan->tokens[i].span};
    else
        scan->known[i] |= SCAN_NAMELESS;
    return first->alone;
}

enum alone { UNASKED, IS_NONE, IS_ACTOR };

/* Notes a name of the table as one of the text's. alone: what was noted of the name of that one word, or NULL for another name. */
static void keep_match(struct name_scan *scan, const struct name_match *m, uint8_t *alone)
{
    struct scan_begins *begins = &scan->begins[m->first / 64];
    begins->bits |= UINT64_C(1) << m->first % 64;
    g_array_append_vals(scan->matches, m, 1);
    if (!alone) {
        scan->known[m->first] |= note_senses(scan, m) ? SCAN_ACTOR : 0;
        return;
    }
    if (*alone == UNASKED)
        *alone = note_senses(scan, m) ? IS_ACTOR : IS_NONE;
    scan->known[m->first] |= *alone == IS_ACTOR ? SCAN_ACTOR : 0;
}

enum { AHEAD = 32 }; /* points that are looked at together */

/* At which of n points, at `points`, names may begin, a bit for each, and where they may have several words. What the table says of the first two of those is
 * asked of memory for all together. */
static uint32_t look_ahead(const struct name_scan *scan, const uint32_t *points, uint32_t n, const struct gazetteer_first *firsts, uint32_t *ret_several)
{
    uint32_t names[AHEAD], n_names = 0, begin = 0, several = 0;
    for (uint32_t p = 0; p < n; p++) {
        const struct token *t = &scan->tokens[points[p]];
        token_fetch(scan->tokens, points, p, n);
        if (!may_begin(scan, points[p]))
            continue;
        begin |= UINT32_C(1) << p;
        if (!goes_on(scan, points[p], firsts[t->word].start))
            continue;
        several |= UINT32_C(1) << p;
        const struct token *second = points[p] + 2 < scan->n && t[1].class == TOKEN_SIGN ? t + 2 : points[p] + 1 < scan->n ? t + 1 : t;
        names[n_names++] = name_hash(name_hash(NAME_HASH_START, t->hash), second->hash);
    }
    gazetteer_fetch(scan->g, names, n_names);
    *ret_several = several;
    return begin;
}

/* Keeps the names that begin at n points, none of which begins before *after, the end of the last. alone: enum alone by token.word. */
static void scan_points(struct name_scan *scan, const uint32_t *points, uint32_t n, const struct gazetteer_first *firsts, uint8_t *alone, uint32_t *after)
{
    uint32_t several, left = look_ahead(scan, points, n, firsts, &several);
    for (; left; left &= left - 1) {
        uint32_t p = (uint32_t)__builtin_ctz(left), i = points[p];
        uint32_t word = scan->tokens[i].word;
        struct name_match m;
        if (i < *after || !match_from(scan, i, several >> p & 1, &firsts[word], &m))
            continue;
        if (gazetteer_flags(scan->g, m.slot) & SLOT_BANNED)
            memset(scan->taken + m.first, 1, m.after - m.first);
        else if (m.slot->count > 0)
            keep_match(scan, &m, m.slot == firsts[word].alone ? &alone[word] : NULL);
        else
            continue;
        *after = m.after;
    }
}

static void scan_table(struct name_scan *scan)
{
    scan->firsts = first_words(scan);
    g_autofree uint8_t *alone = g_new0(uint8_t, MAX(scan->x->words->len, 1));
    for (uint32_t p = 0, after = 0; p < scan->n_points; p += AHEAD)
        scan_points(scan, scan->points + p, MIN(AHEAD, scan->n_points - p), scan->firsts, alone, &after);
    for (uint32_t i = 1; i <= scan->n / 64; i++)
        scan->begins[i].before = scan->begins[i - 1].before + token_bits(scan->begins[i - 1].bits);
}

/* Headings over lists of works, folded. */
static const char *const reference_headings[] = {"references", "bibliography", "works cited", "selected bibliography", "reference list", "literature", "further reading",
    "referencias", "referencias bibliograficas", "bibliografia", "obras citadas", "references bibliographiques", "bibliographie"};

static bool heads_references(const struct document *doc, const struct passage *passage)
{
    enum { HEADING_BYTES = 60 };
    struct slice text = slice_trim(document_slice(doc, passage->span));
    while (text.len > 0 && !g_ascii_isalpha(text.ptr[0]) && (unsigned char)text.ptr[0] < 0x80) /* "7. References" */
        text = slice_sub(text, 1, text.len);
    while (text.len > 0 && text.ptr[text.len - 1] == ':')
        text.len--;
    if (text.len == 0 || text.len > HEADING_BYTES)
        return false;
    char folded[2 * HEADING_BYTES];
    size_t len = token_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < G_N_ELEMENTS(reference_headings); i++)
        if (slice_is(slice_make(folded, len), reference_headings[i]))
            return true;
    return false;
}

/* Headings stand before what they head, so one walk is enough. */
static void scan_reference_lists(struct name_scan *scan)
{
    const GArray *passages = scan->doc->passages;
    scan->references = g_new0(uint8_t, passages->len + 1);
    for (uint32_t i = 0; i < passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(passages, struct passage, i);
        if (passage->zone == ZONE_HEADING && heads_references(scan->doc, passage))
            scan->references[i] = 1;
        else if (passage->heading != NONE && passage->heading < i)
            scan->references[i] = scan->references[passage->heading];
    }
}

struct name_scan *scan_names(struct extraction *x)
{
    if (x->names)
        return x->names;
    struct name_scan *scan = g_new(struct name_scan, 1);
    *scan = (struct name_scan){.x = x, .g = gazetteer_get(), .doc = x->doc, .tokens = (const void *)x->tokens->data, .n = x->tokens->len, .small = language_of_document(x->doc) != LANGUAGE_EN};
    scan->known = g_new(uint32_t, scan->n + 1);
    scan->points = g_new(uint32_t, scan->n + 1);
    scan->taken = g_new0(uint8_t, MAX(scan->n, 1));
    scan->begins = g_new0(struct scan_begins, scan->n / 64 + 1);
    scan->matches = g_array_sized_new(FALSE, FALSE, sizeof(struct name_match), 16 + scan->n / 32); /* as many as most texts have */
    scan->user_places = g_array_new(FALSE, FALSE, sizeof(struct user_place));
    scan_words(scan);
    scan_table(scan);
    scan_reference_lists(scan);
    x->names = scan;
    return scan;
}

void name_scan_free(struct name_scan *scan)
{
    if (!scan)
        return;
    g_free(scan->known);
    g_free(scan->points);
    g_free(scan->firsts);
    g_free(scan->taken);
    g_free(scan->references);
    g_free(scan->begins);
    g_free(scan->lower);
    g_array_unref(scan->matches);
    g_array_unref(scan->user_places);
    g_free(scan);
}

void name_words_begin(struct name_words *words)
{
    for (const char *const *word = words->words; *word; word++) {
        uint32_t hash = token_hash(slice_of(*word));
        words->set[hash >> 6 & 3] |= UINT64_C(1) << (hash & 63);
    }
    words->begun = true;
}

bool name_word_is(const struct name_scan *scan, uint32_t i, const struct name_words *words)
{
    struct slice text = scan_text(scan, i);
    for (const char *const *word = words->words; *word; word++)
        if (**word == *text.ptr && strncmp(*word, text.ptr, text.len) == 0 && !(*word)[text.len])
            return true;
    return false;
}

bool scan_all_capitals(const struct name_scan *scan, struct span span)
{
    struct slice text = document_slice(scan->doc, span);
    for (const char *p = text.ptr; p < text.ptr + text.len; p = g_utf8_next_char(p))
        if (g_unichar_islower(g_utf8_get_char(p)))
            return false;
    return true;
}

/* "META" alone over a chapter of a report. */
static bool heads_alone(const struct name_scan *scan, uint32_t i)
{
    enum { LEAST_LETTERS = 4 };
    const struct token *token = &scan->tokens[i];
    if (token->span.end - token->span.start < LEAST_LETTERS)
        return false;
    uint32_t passage = document_passage_at(scan->doc, token->span.start);
    const struct passage *own = passage == NONE ? NULL : &DOCUMENT_AT(scan->doc->passages, struct passage, passage);
    struct slice text = own && own->zone == ZONE_HEADING ? slice_trim(document_slice(scan->doc, own->span)) : slice_make("", 0);
    return text.len == token->span.end - token->span.start;
}

bool scan_shouted(const struct name_scan *scan, uint32_t i)
{
    bool before = i > 0 && !scan_starts(scan, i) && scan_word(scan, i - 1);
    bool after = i + 1 < scan->n && !scan_starts(scan, i + 1) && scan_word(scan, i + 1);
    bool other = (before && !(scan->tokens[i - 1].flags & TOKEN_ALLCAPS)) || (after && !(scan->tokens[i + 1].flags & TOKEN_ALLCAPS));
    return !other && (before || after || heads_alone(scan, i));
}
