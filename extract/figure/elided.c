/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"

enum { LOOK_BACK = 6, BRACKET_TOKENS = 40, NOUN_TOKENS = 60, SAME_RATE = 20 };

/*  What is counted is not said again; an earlier figure says it.
 *
 *    40 families in the north, 13 in the south        another of a list
 *    23 cases, including 2 deaths; 21 in Ituri         of the whole, not of its part
 *    91 per cent of the cases (874)                    in brackets behind a share
 *    1,200 people fled. The figure rose to 1,900.      a noun that stands for it
 *    children who came alone: 60,000 of them           no figure, but a noun */

static const struct mention *figure_back(const struct figure_scan *s, guint back)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    return back < figures->len ? &g_array_index(figures, struct mention, figures->len - 1 - back) : NULL;
}

static bool near(const struct composed *c, const struct mention *last)
{
    return last->sentence == c->mention.sentence || (last->passage == c->mention.passage && last->sentence + 1 == c->mention.sentence);
}

/* Does a bracket that holds the figure close before token `before`? */
static bool closed_off(const struct figure_scan *s, const struct mention *last, uint32_t before)
{
    uint32_t from = figure_token(s, last->span.end);
    for (uint32_t i = from; i < before && i < from + BRACKET_TOKENS; i++) {
        if (figure_is(s, i, "("))
            return false;
        if (figure_is(s, i, ")"))
            return true;
    }
    return false;
}

/* "in Moyo (155), Rivas (54), Sapo (39)": both in brackets of one list. */
static bool bracket_list(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    if (last->sentence != c->mention.sentence)
        return false;
    uint32_t first = figure_token(s, last->span.start), end = figure_token(s, last->span.end);
    return first > 0 && c->first > 1 && figure_is(s, first - 1, "(") && figure_is(s, c->first - 1, "(") && figure_is(s, end, ")") &&
           s->tokens[c->first - 2].flags & TOKEN_CAPITAL;
}

/* A figure that is a part of another: "including 2 deaths", "of whom 160 were women", or in brackets behind it. */
static bool is_part(const struct figure_scan *s, const struct mention *last, uint32_t before)
{
    uint32_t first = figure_token(s, last->span.start);
    bool introduced = first > 0 && !phrase_starts(s, first) && figure_word(s, first - 1) & WORD_PART;
    return introduced || closed_off(s, last, before);
}

/* Only brackets, a comma or "n =" between the figure, with what it counts, and this one. */
static bool beside(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    uint32_t end = MAX(last->span.end, last->figure.counted_span.end);
    uint32_t from = figure_token(s, end), signs = 0;
    for (uint32_t i = from; i < c->first; i++) {
        bool sign = s->tokens[i].class == TOKEN_SIGN;
        signs += sign;
        if (i - from > 3 || figure_break(s, i) || !(sign || figure_is(s, i, "n") || figure_is(s, i, "N") || figure_word(s, i) & WORD_FROM))
            return false;
    }
    return signs > 0 && from < c->first;
}

static bool behind_word(const struct figure_scan *s, uint32_t first, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n && first > 0 && !phrase_starts(s, first); i++)
        if (figure_is(s, first - 1, words[i]))
            return true;
    return false;
}

/* The two values of one change: "from 3 per cent in 2023 to 4 per cent", "climbed to 11, from 8", "75 per cent, up from 69". */
static bool of_one_change(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    static const char *const from[] = {"from", "de", "du", "del", "desde"}, *const to[] = {"to", "a", "à", "al", "hasta"};
    enum { CHANGE_BYTES = 120 };
    const struct quantity *a = &last->figure.quantity, *b = &c->mention.figure.quantity;
    if (a->kind != b->kind || g_strcmp0(a->unit, b->unit) != 0 || last->sentence != c->mention.sentence || c->mention.span.start - last->span.end > CHANGE_BYTES)
        return false;
    uint32_t first = figure_token(s, last->span.start);
    bool rises = behind_word(s, first, from, G_N_ELEMENTS(from)) && behind_word(s, c->first, to, G_N_ELEMENTS(to));
    bool base = behind_word(s, c->first, from, G_N_ELEMENTS(from)) && (behind_word(s, first, to, G_N_ELEMENTS(to)) ||
                (c->first > 1 && !phrase_starts(s, c->first - 1) && figure_word(s, c->first - 2) & WORD_CHANGE && figure_word(s, c->first - 2) & WORD_STOP));
    return rises || base;
}

/* The same amount again: "4.2 billion pounds ($1.6 million)", "46 per cent, or $1.9 billion". */
static bool said_again(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    static const char *const words[] = {"or", "o", "ou", "soit"};
    uint32_t i = c->first;
    if (c->mention.figure.quantity.kind != KIND_MONEY || i == 0 || last->sentence != c->mention.sentence)
        return false;
    uint32_t end = figure_token(s, MAX(last->span.end, last->figure.counted_span.end));
    if (figure_is(s, i - 1, "(") && last->figure.quantity.kind == KIND_MONEY) {
        bool named = i > end + 3 && figure_is(s, end, "(") && figure_is(s, end + 2, ")"); /* "pounds (SSP) (" */
        return i - 1 == end || (named && i - 1 == end + 3);
    }
    bool subject = last->figure.counted_span.start < last->span.start || last->figure.quantity.kind != KIND_MONEY; /* not "$11,000 a head, or" */
    return subject && i == end + 2 && figure_is(s, end, ",") && behind_word(s, i, words, G_N_ELEMENTS(words));
}

/* "in Rivas (75 per cent), Moyo (61 per cent)", "(16 per cent and 17 per cent)": shares that are listed, of what was said before the first. */
static bool listed_with(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    if (last->figure.counted_span.end > last->span.start || last->sentence != c->mention.sentence || c->first < 2)
        return false;
    uint32_t first = figure_token(s, last->span.start), end = figure_token(s, last->span.end);
    if (first == 0)
        return false;
    bool brackets = figure_is(s, first - 1, "(") && figure_is(s, c->first - 1, "(") && s->tokens[c->first - 2].flags & TOKEN_CAPITAL;
    return brackets || (c->first == end + 1 && figure_word(s, end) & WORD_JOINT);
}

/* Whose noun can it share? A count's or rate's; a share's only where it stands beside it; a share takes one only in brackets behind it. */
static bool may_share(const struct figure_scan *s, const struct composed *c, const struct mention *last)
{
    enum figure_kind kind = last->figure.quantity.kind;
    bool count = kind == KIND_COUNT || kind == KIND_RATE;
    if (!last->figure.counted)
        return false;
    if (count && c->mention.figure.quantity.kind == KIND_COUNT)
        return true;
    if (of_one_change(s, c, last) || said_again(s, c, last))
        return true;
    if (c->mention.figure.quantity.kind == KIND_MONEY)
        return false;
    bool share = kind == KIND_PERCENT || kind == KIND_FRACTION;
    if (c->mention.figure.quantity.kind == KIND_PERCENT && share) /* "57 per cent (41–75 per cent)" */
        return (figure_is(s, c->first - 1, "(") && beside(s, c, last)) || listed_with(s, c, last);
    uint32_t named = share && last->figure.counted_span.end <= last->span.start ? figure_token(s, last->figure.counted_span.start) : 0;
    if (named > 0 && figure_is(s, named - 1, "(")) /* "(positivity 20 per cent; n = 21)" */
        return false;
    if (c->mention.figure.quantity.kind == KIND_COUNT)
        return share && beside(s, c, last);
    return count && figure_is(s, c->first - 1, "(") && beside(s, c, last);
}

static const struct mention *antecedent(const struct figure_scan *s, const struct composed *c)
{
    const struct mention *last, *part = NULL;
    bool itself = c->first > 0 && figure_word(s, c->first - 1) & WORD_PART;
    for (guint back = 0; back < LOOK_BACK && (last = figure_back(s, back)) && near(c, last); back++) {
        if (!may_share(s, c, last))
            continue;
        if (itself || !is_part(s, last, c->first) || (back == 0 && bracket_list(s, c, last)))
            return last;
        if (!part)
            part = last;
    }
    return part;
}

/* What changed, of "decrease in the number of incidents"; empty where nothing is said of it. */
static struct span without_change(const struct figure_scan *s, struct span span)
{
    uint32_t i = token_at(s->x->tokens, span.start), end = token_at(s->x->tokens, span.end);
    if (i < end && !(figure_word(s, i) & WORD_CHANGE))
        return span;
    for (i++; i < end && figure_word(s, i) & (WORD_FROM | WORD_OF | WORD_ARTICLE | WORD_NUMBER);)
        i++;
    return i < end ? (struct span){s->tokens[i].span.start, span.end} : (struct span){0, 0};
}

/* {person} or {household}, as the words of the noun phrase say. */
static const char *unit_of_span(const struct figure_scan *s, struct span span)
{
    struct phrase phrase = {0};
    for (uint32_t i = token_at(s->x->tokens, span.start); i < s->n_tokens && s->tokens[i].span.start < span.end; i++) {
        phrase_note(s, i, &phrase);
        phrase.words++;
    }
    return phrase.person ? "{person}" : phrase.household ? "{household}" : NULL;
}

/* From a share: what it is a share of, or what changed by it. */
static bool take_from_share(struct figure_scan *s, struct composed *c, const struct figure *share)
{
    struct span span = share->counted_span.end > share->counted_span.start ? without_change(s, share->counted_span) : share->counted_span;
    if (span.end <= span.start)
        return false;
    c->mention.figure.counted = mentions_intern(s->x->mentions, document_slice(s->doc, span));
    c->mention.figure.quantity.unit = unit_of_span(s, span);
    return true;
}

/* "displaced people" of "281,400 displaced people in Mexico, 248,500 in Guatemala": where the others are is not where these are. */
static const char *without_place(struct figure_scan *s, const struct figure *from)
{
    if (from->counted_span.end <= from->counted_span.start)
        return from->counted;
    uint32_t first = figure_token(s, from->counted_span.start), end = figure_token(s, from->counted_span.end);
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        uint32_t name = i + 1 + (figure_word(s, i + 1) & WORD_ARTICLE ? 1 : 0);
        if (figure_word(s, i) & WORD_FROM && name < end && s->tokens[name].flags & TOKEN_CAPITAL)
            return mentions_intern(s->x->mentions, document_slice(s->doc, (struct span){from->counted_span.start, s->tokens[i - 1].span.end}));
    }
    return from->counted;
}

bool figure_elided(struct figure_scan *s, struct composed *c)
{
    const struct mention *last = antecedent(s, c);
    if (!last)
        return false;
    const struct figure *from = &last->figure;
    struct figure *figure = &c->mention.figure;
    bool count = from->quantity.kind == KIND_COUNT;
    if (!count && from->quantity.kind != KIND_RATE && figure->quantity.kind == KIND_COUNT)
        return take_from_share(s, c, from);
    figure->counted = without_place(s, from);
    if (figure->quantity.kind != KIND_COUNT)
        return true;
    figure->minor |= from->minor;
    figure->quantity.unit = count ? from->quantity.unit : NULL;
    return true;
}

/* "108 malades dont 92 confirmés et 16 suspects": a part of people is people, and so is what is listed with it. */
void figure_part(struct figure_scan *s, struct composed *c)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    struct quantity *quantity = &c->mention.figure.quantity;
    if (c->first == 0 || phrase_starts(s, c->first) || quantity->kind != KIND_COUNT || c->unit)
        return;
    struct span place = figure_place_before(s, c->first - 1); /* "dont Kindia 12" */
    uint32_t at = place.end > place.start ? figure_token(s, place.start) : c->first;
    if (at == 0 || phrase_starts(s, at))
        return;
    uint32_t before = figure_word(s, at - 1);
    const char *unit = NULL;
    if (before & WORD_PART && before & WORD_THEM) {
        const struct mention *whole = antecedent(s, c);
        unit = whole && whole->figure.quantity.kind == KIND_COUNT ? whole->figure.quantity.unit : NULL;
    } else if (s->part == figures->len && figures->len > 0 && (before & WORD_JOINT || figure_is(s, at - 1, ","))) {
        unit = near(c, figure_back(s, 0)) ? s->part_unit : NULL;
    }
    if (!unit)
        return;
    s->part = figures->len + 1;
    s->part_unit = unit;
    if (!quantity->unit)
        quantity->unit = unit;
}

bool figure_elided_rate(struct figure_scan *s, struct composed *c)
{
    const struct mention *last = antecedent(s, c);
    struct quantity *quantity = &c->mention.figure.quantity;
    if (!last || last->figure.quantity.kind != KIND_RATE || !last->figure.quantity.unit || !strchr(last->figure.quantity.unit, '/'))
        return false;
    const struct quantity *rate = &last->figure.quantity;
    if (quantity->high > rate->high * SAME_RATE || quantity->low * SAME_RATE < rate->low)
        return false;
    quantity->kind = KIND_RATE;
    quantity->unit = rate->unit;
    c->mention.figure.counted = last->figure.counted;
    return true;
}

bool figure_of_them(const struct figure_scan *s, const struct composed *c)
{
    uint32_t i = c->counted_from;
    bool behind = !figure_break(s, i) && figure_word(s, i) & WORD_OF && !figure_break(s, i + 1) && figure_word(s, i + 1) & WORD_THEM;
    if (s->language == LANGUAGE_FR && c->first > 1 && !phrase_starts(s, c->first) && figure_is(s, c->first - 2, "en") && figure_word(s, c->first - 1) & WORD_BE)
        return true; /* "l'office en comptait 40 000" */
    uint32_t before = c->first > 0 && !phrase_starts(s, c->first) && figure_is(s, c->first - 1, ",") ? c->first - 1 : c->first;
    bool front = before > 1 && !phrase_starts(s, before) && figure_word(s, before - 1) & WORD_THEM && figure_word(s, before - 2) & (WORD_OF | WORD_AMONG);
    return behind || front;
}

struct phrase phrase_of_them(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t limit = c->first > NOUN_TOKENS ? c->first - NOUN_TOKENS : 0;
    for (uint32_t i = c->first; i-- > limit && !figure_break(s, i + 1);)
        if (figure_word(s, i) & (WORD_PERSON | WORD_HOUSEHOLD) && !(figure_word(s, i) & WORD_STATE))
            return (struct phrase){.first = i, .after = i + 1, .head = i, .words = 1, .person = figure_word(s, i) & WORD_PERSON,
                                   .household = figure_word(s, i) & WORD_HOUSEHOLD};
    return none;
}
