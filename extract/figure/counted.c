/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"

#include "base/sorted.h"

enum { SMALL_COUNT = 20 };

/* "12 Apple 2 computers": the number of a name inside what is counted begins no figure. */
static void take_name_digits(struct figure_scan *s, const struct composed *c, const struct phrase *phrase)
{
    for (uint32_t i = c->last_number == NONE ? s->n_numbers : c->last_number + 1; i < s->n_numbers && s->numbers[i].first < phrase->after; i++) {
        uint32_t token = s->numbers[i].first;
        if (token > phrase->first && s->tokens[token].class == TOKEN_NUMBER && s->tokens[token - 1].flags & TOKEN_CAPITAL) {
            s->verdicts[i].taken = true;
            figure_trace(s, "number.excluded", s->numbers[i].span, false, "part of a name that is counted");
        }
    }
}

/* Takes the noun phrase as what is counted, and its unit. */
static void take_phrase(struct figure_scan *s, struct composed *c, const struct phrase *phrase)
{
    struct figure *figure = &c->mention.figure;
    take_name_digits(s, c, phrase);
    figure->counted_span = phrase_span(s, phrase);
    struct slice text = document_slice(s->doc, figure->counted_span);
    if (s->language == LANGUAGE_FR && text.len > 4 && (text.ptr[0] == 'd' || text.ptr[0] == 'l')) /* "d'Haïtiens" */
        figure->counted_span.start += text.ptr[1] == '\'' ? 2 : strncmp(text.ptr + 1, "’", strlen("’")) == 0 ? 1 + (uint32_t)strlen("’") : 0;
    if (!c->tabular)
        figure->counted = mentions_intern(s->x->mentions, document_slice(s->doc, figure->counted_span));
    if (figure->quantity.kind != KIND_COUNT || figure->quantity.unit)
        return;
    if (phrase->person)
        figure->quantity.unit = "{person}";
    else if (phrase->household)
        figure->quantity.unit = "{household}";
}

/* "57 per cent (41–75 per cent)", "38,000 [31,000–46,000]": how sure the figure before it is, and no figure to cite without it. */
static bool is_margin(const struct figure_scan *s, const struct composed *c)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    if (figures->len == 0 || c->first == 0 || phrase_starts(s, c->first) || !(figure_is(s, c->first - 1, "(") || figure_is(s, c->first - 1, "[")))
        return false;
    const struct mention *last = &g_array_index(figures, struct mention, figures->len - 1);
    const struct quantity *margin = &c->mention.figure.quantity, *of = &last->figure.quantity;
    return margin->kind == of->kind && margin->low < of->low && of->low == of->high && of->high < margin->high &&
           (token_at(s->x->tokens, last->span.end) == c->first - 1 || token_at(s->x->tokens, last->figure.counted_span.end) == c->first - 1);
}

/* Counts that nobody cites: "one of the", "three structural challenges", "these two". */
static bool is_minor(const struct figure_scan *s, const struct composed *c, const struct phrase *phrase, bool of)
{
    const struct figure *figure = &c->mention.figure;
    const struct number *number = c->first_number == NONE ? NULL : &s->numbers[c->first_number];
    if (!number)
        return false;
    if (number->form == FORM_VAGUE)
        return true;
    if (figure->quantity.kind != KIND_COUNT || c->first_number != c->last_number || figure->quantity.low > SMALL_COUNT)
        return false;
    bool exact = figure->quantity.qualifier == QUALIFIER_EXACT;
    if (number->form == FORM_ONE && exact && (of || phrase->words == 0 || !(phrase->person || phrase->household)))
        return true;
    if (phrase->words > 0 && figure_word(s, phrase->head) & WORD_MINOR)
        return true;
    const struct passage *passage = &DOCUMENT_AT(s->doc->passages, struct passage, c->mention.passage);
    if (number->form == FORM_WORDS && passage->zone == ZONE_HEADING && !figure->quantity.unit && exact) /* "Five crises" */
        return true;
    bool determined = c->first > 0 && figure_word(s, c->first - 1) & WORD_ARTICLE && !(s->tokens[c->first].flags & TOKEN_PASSAGE);
    return number->form == FORM_WORDS && determined && figure->quantity.low <= 4;
}

/* "26 per cent of 121 countries": the number of the whole begins the noun phrase. */
static struct phrase phrase_of_number(const struct figure_scan *s, const struct composed *c, uint32_t first)
{
    uint32_t next = c->last_number == NONE ? s->n_numbers : c->last_number + 1;
    if (next >= s->n_numbers || s->numbers[next].first != first)
        return (struct phrase){0};
    uint32_t after = s->numbers[next].after, unit = after;
    if (!figure_break(s, after) && figure_is(s, after, "-") && figure_glued(s, after) &&
        figure_unit(s, after + 1, UNIT_AFTER | UNIT_GLUED, &unit)) /* "of the 995-ha coastal zone" */
        after = unit;
    struct phrase phrase = phrase_read(s, after, PHRASE_WORDS);
    phrase.first = after > s->numbers[next].after ? phrase.first : first;
    return phrase;
}

/* "8 million 250ml bottles": a measure begins the noun phrase. */
static struct phrase phrase_sized(const struct figure_scan *s, const struct composed *c, uint32_t first)
{
    struct phrase none = {0};
    uint32_t next = c->last_number == NONE ? s->n_numbers : c->last_number + 1, after;
    if (next >= s->n_numbers || s->numbers[next].first != first || figure_break(s, first) || c->unit)
        return none;
    const struct unit *unit = figure_unit(s, s->numbers[next].after, UNIT_AFTER | UNIT_GLUED, &after);
    struct phrase phrase = unit && unit->kind == KIND_MEASURE ? phrase_read(s, after, PHRASE_WORDS) : none;
    phrase.first = first;
    return phrase;
}

/* "38 per cent of them children", "30 per cent of whom were women" */
static struct phrase phrase_behind_them(const struct figure_scan *s, uint32_t them)
{
    struct phrase none = {0};
    if (figure_break(s, them) || !(figure_word(s, them) & WORD_THEM))
        return none;
    uint32_t i = them + 1;
    while (i < them + 3 && !figure_break(s, i) && figure_word(s, i) & (WORD_BE | WORD_HAVE) && !(figure_word(s, i) & (WORD_OF | WORD_FROM)))
        i++;
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    return phrase.person || phrase.household ? phrase : none;
}

/* "The figure rose to 71,500", "leur nombre atteignait": a noun that stands for what was counted before. */
static bool stands_for(const struct figure_scan *s, const struct phrase *phrase)
{
    return phrase->words == 1 && figure_word(s, phrase->head) & WORD_NUMBER;
}

/* "Honduras had 18,244 children, Guatemala 17,057": names alone say where or whose, not what. */
static bool names_alone(const struct figure_scan *s, const struct phrase *phrase)
{
    for (uint32_t i = phrase->first; i < phrase->after; i++)
        if (s->tokens[i].class == TOKEN_WORD && !(s->tokens[i].flags & TOKEN_CAPITAL))
            return false;
    return phrase->words > 0 && !phrase->person && !phrase->household;
}

static void count_elsewhere(struct figure_scan *s, struct composed *c, struct phrase *phrase, bool plain)
{
    if (plain && figure_of_them(s, c)) {
        if (figure_elided(s, c))
            return;
        *phrase = phrase_of_them(s, c);
    } else {
        *phrase = phrase_elsewhere(s, c, plain);
    }
    bool named = names_alone(s, phrase);
    if (plain && named && figure_elided_rate(s, c))
        return;
    if ((named || stands_for(s, phrase)) && plain && figure_elided(s, c))
        return;
    if (phrase->words > 0)
        take_phrase(s, c, phrase);
    else if (plain || c->mention.figure.quantity.kind == KIND_PERCENT || c->mention.figure.quantity.kind == KIND_MONEY)
        figure_elided(s, c);
}

/* In Spanish and French "una reducción de emisiones de 25 %" says it before, whatever word follows. */
static bool said_before(const struct figure_scan *s, const struct composed *c)
{
    return s->language != LANGUAGE_EN && c->mention.figure.quantity.kind == KIND_PERCENT && c->first > 0 && !phrase_starts(s, c->first) &&
           figure_word(s, c->first - 1) & WORD_OF;
}

/* "$1.3 million awarded to": a verb's form alone is nothing that an amount is of. */
static bool bare_participle(const struct figure_scan *s, const struct phrase *phrase)
{
    return s->language == LANGUAGE_EN && phrase->words == 1 && figure_text(s, phrase->first).len > 4 && slice_ends(figure_text(s, phrase->first), "ed") &&
           !(figure_word(s, phrase->first) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD)) && !(s->tokens[phrase->first].flags & TOKEN_CAPITAL);
}

/* "4 points higher than", "dos puntos superior a": says of what it is told, and no noun follows. */
static bool compares(const struct figure_scan *s, const struct phrase *phrase)
{
    return phrase->words == 1 && figure_word(s, phrase->first) & WORD_COMPARED;
}

/* "a third of those screened": a participle alone keeps the word that stands for the people. */
static void keep_those(const struct figure_scan *s, struct phrase *phrase)
{
    uint32_t first = phrase->first;
    bool participle = phrase->words > 0 && (figure_word(s, first) & WORD_STATE || slice_ends(figure_text(s, first), "ed"));
    if (participle && !phrase_starts(s, first) && figure_is(s, first - 1, "those")) {
        phrase->first--;
        phrase->person = true;
    }
}

/* Is the noun phrase the name of a place: "(08 Boké, 02 of Kindia)"? It says where they are. */
static bool is_place(const struct figure_scan *s, const struct phrase *phrase)
{
    if (phrase->words == 0)
        return false;
    struct span span = phrase_span(s, phrase);
    const GArray *places = mentions_of(s->x->mentions, MENTION_LOCATION);
    guint at = SORTED_FROM(places, struct mention, span.end, span.end);
    return at < places->len && g_array_index(places, struct mention, at).span.start <= span.start;
}

/* "83,000 April and July", of two columns: months are nothing that is counted. */
static bool months_alone(const struct figure_scan *s, const struct phrase *phrase)
{
    for (uint32_t i = phrase->first; i < phrase->after; i++)
        if (!(figure_word(s, i) & WORD_MONTH && s->tokens[i].flags & TOKEN_CAPITAL) && !(i > phrase->first && figure_word(s, i) & WORD_JOINT))
            return false;
    return phrase->words > 0;
}

/* "84 per cent of a targeted 8.2 million doses": over the participle to the number of the whole. */
static struct phrase phrase_of_whole(const struct figure_scan *s, const struct composed *c, uint32_t first, const struct phrase *phrase)
{
    bool participle = phrase->words == 1 && slice_ends(figure_text(s, first), "ed") && !(figure_word(s, first) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD));
    struct phrase whole = participle || phrase->words == 0 ? phrase_of_number(s, c, first + participle) : (struct phrase){0};
    return whole.words > 0 ? whole : *phrase;
}

/* The noun phrase that follows; *of: "of" leads to it. */
static struct phrase phrase_behind(struct figure_scan *s, const struct composed *c, bool *of)
{
    const struct figure *figure = &c->mention.figure;
    struct phrase phrase = {0};
    uint32_t from = phrase_start(s, c->counted_from, of);
    bool new_line = c->unit && !*of && from < s->n_tokens && s->tokens[from].flags & TOKEN_CAPITAL; /* "$80 million Number of countries" */
    bool aged = figure->quantity.kind == KIND_AGE && s->verdicts[c->first_number == NONE ? 0 : c->first_number].figure;
    bool ago = !*of && from > c->counted_from && figure_word(s, from) & WORD_TIME; /* "6,747 a year earlier" */
    if (!aged && !new_line && !ago && !(!*of && said_before(s, c)))
        phrase = phrase_read(s, from, PHRASE_WORDS);
    if (figure->quantity.kind == KIND_FRACTION && phrase.words == 1 && !*of && slice_ends(figure_text(s, from), "ed") && !(figure_word(s, from) & WORD_STATE))
        phrase.words = 0; /* "9 of 10 stayed" */
    if (c->unit && !*of && bare_participle(s, &phrase))
        phrase.words = 0;
    if (*of && c->unit)
        phrase = phrase_of_whole(s, c, from, &phrase);
    if (months_alone(s, &phrase) || compares(s, &phrase) || (!c->unit && is_place(s, &phrase)))
        phrase.words = 0;
    if (c->unit && !*of && phrase.words > 0 && phrase.words <= 2 && figure_word(s, phrase.head) & WORD_TIME) /* "76 per cent last year" */
        phrase.words = 0;
    if (*of)
        keep_those(s, &phrase);
    if (*of && phrase.words == 0)
        phrase = phrase_behind_them(s, from);
    return phrase.words > 0 ? phrase : phrase_sized(s, c, from);
}

void figure_count(struct figure_scan *s, struct composed *c)
{
    struct figure *figure = &c->mention.figure;
    bool of = false;
    if (figure->counted_span.end > figure->counted_span.start) {
        figure->counted = mentions_intern(s->x->mentions, document_slice(s->doc, figure->counted_span));
        return;
    }
    struct phrase phrase = {0};
    if (!figure_break(s, c->counted_from)) /* in a table, little follows */
        phrase = phrase_behind(s, c, &of);
    uint32_t base_after = phrase.after;
    phrase_more(s, &phrase);
    bool behind = phrase.words > 0;
    bool plain = figure->quantity.kind == KIND_COUNT && !c->unit;
    if (behind)
        take_phrase(s, c, &phrase);
    else
        count_elsewhere(s, c, &phrase, plain);
    figure_part(s, c);
    figure->minor |= is_minor(s, c, &phrase, of) || is_margin(s, c);
    if (behind && plain && !of && base_after == phrase.first + 1 && phrase.first == c->counted_from) {
        c->mention.span.end = s->tokens[phrase.first].span.end; /* one word that follows directly belongs to the figure's text */
        c->after = base_after;
    }
}
