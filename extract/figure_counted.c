/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure.h"

enum { PHRASE_WORDS = 8, MORE_WORDS = 6, BACK_WORDS = 6, SMALL_COUNT = 20, RANKING_WORDS = 80 };

/* A noun phrase: tokens [first, after); `head` is its last word before "of …". */
struct phrase {
    uint32_t first, after, head;
    uint32_t words;
    bool person, household;
};

/* Is a number read from this token on? */
static bool starts_number(const struct figure_scan *s, uint32_t token)
{
    if (s->tokens[token].class == TOKEN_NUMBER)
        return true;
    const struct number_word *word = lexicon_number(s->lexicon, s->language, s->tokens[token].hash);
    return word && (word->role == NUMBER_SMALL || word->role == NUMBER_SCALE || word->role == NUMBER_HUNDRED || word->role == NUMBER_VAGUE);
}

/* May the word stand in a noun phrase? States (killed, displaced) do although they are verbs. */
static bool phrase_word(const struct figure_scan *s, uint32_t token)
{
    if (figure_break(s, token) || s->tokens[token].class != TOKEN_WORD || starts_number(s, token))
        return false;
    uint32_t word = figure_word(s, token);
    return !(word & (WORD_STOP | WORD_OF)) || word & (WORD_PERSON | WORD_STATE | WORD_HOUSEHOLD);
}

/* Is the word a plural behind a singular one of persons or households? */
static bool single_modifier(const struct figure_scan *s, uint32_t token)
{
    struct slice text = figure_text(s, token);
    if (token == 0 || text.len < 4 || !slice_ends(text, "s") || s->tokens[token].flags & TOKEN_PASSAGE ||
        !(figure_word(s, token - 1) & (WORD_PERSON | WORD_HOUSEHOLD)))
        return false;
    struct slice before = figure_text(s, token - 1);
    return s->language == LANGUAGE_EN && !(slice_ends(before, "s") || slice_ends(before, "men") || slice_ends(before, "people") || slice_ends(before, "ren"));
}

/* A state ends the noun phrase before it: "300 families displaced by" counts families. */
static void note_class(const struct figure_scan *s, uint32_t token, struct phrase *phrase)
{
    static const char *const demonyms[] = {"ians", "eans", "icans", "elis", "qis", "anis", "alis", "nese", "stinos"};
    uint32_t word = figure_word(s, token);
    bool known = phrase->person || phrase->household;
    for (size_t i = 0; i < G_N_ELEMENTS(demonyms) && word == 0 && s->tokens[token].flags & TOKEN_CAPITAL; i++)
        if (slice_ends(figure_text(s, token), demonyms[i]))
            word = WORD_PERSON;
    if (word == 0 && known && single_modifier(s, token)) { /* "staff positions", "refugee camps": the head is no person */
        phrase->person = phrase->household = false;
    } else if (word & WORD_HOUSEHOLD) {
        phrase->household = true;
        phrase->person = false;
    } else if (word & WORD_PERSON && !(word & WORD_STATE && known)) {
        phrase->person = true;
        phrase->household = false;
    } else if (word & WORD_STATE && !known) {
        phrase->person = phrase->words == 0;
    }
}

static bool joins(const struct figure_scan *s, uint32_t token, uint32_t last)
{
    if (!(figure_word(s, token) & WORD_JOINT) || !phrase_word(s, token + 1) || figure_word(s, token + 1) & WORD_STATE)
        return false;
    struct slice before = figure_text(s, last);
    bool names = s->tokens[last].flags & TOKEN_CAPITAL && s->tokens[token + 1].flags & TOKEN_CAPITAL;
    bool plurals = !(s->tokens[token + 1].flags & TOKEN_CAPITAL) && slice_ends(figure_text(s, token + 1), "s"); /* "houses and schools" */
    return names || plurals || !slice_ends(before, "s");
}

static bool plural_noun(const struct figure_scan *s, uint32_t token)
{
    struct slice text = figure_text(s, token);
    return figure_word(s, token) & (WORD_PERSON | WORD_HOUSEHOLD) || (slice_ends(text, "s") && text.len > 3 && !slice_ends(text, "ss"));
}

static bool ends_in(struct slice text, const char *const *endings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (slice_ends(text, endings[i]))
            return true;
    return false;
}

/* Behind a plural noun a verb goes on, or a name begins: "people gained access", "in 34 countries UN-Women advanced", "towns lie near". */
static bool english_ends(const struct figure_scan *s, uint32_t token)
{
    static const char *const verbs[] = {"ed", "ing"};
    if (s->tokens[token - 1].flags & TOKEN_CAPITAL || !plural_noun(s, token - 1))
        return false;
    if (s->tokens[token].flags & TOKEN_CAPITAL)
        return true;
    struct slice text = figure_text(s, token);
    uint32_t next = figure_word(s, token + 1);
    bool last = figure_break(s, token + 1) || s->tokens[token + 1].class == TOKEN_SIGN || next & WORD_STOP;
    return (text.len > 4 && ends_in(text, verbs, G_N_ELEMENTS(verbs))) || (last && !slice_ends(text, "s") && !(next & WORD_OF));
}

/* Does the noun phrase end before this word, although nothing says so of the word itself? */
static bool phrase_ends(const struct figure_scan *s, const struct phrase *phrase, uint32_t token)
{
    static const char *const spanish[] = {"ó", "aron", "ieron", "aban", "aba", "ían"}, *const french[] = {"aient", "èrent", "irent", "urent"};
    if (phrase->words == 0 || s->tokens[token - 1].class != TOKEN_WORD || figure_word(s, token) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD))
        return false;
    switch (s->language) {
    case LANGUAGE_ES:
        return ends_in(figure_text(s, token), spanish, G_N_ELEMENTS(spanish));
    case LANGUAGE_FR:
        return ends_in(figure_text(s, token), french, G_N_ELEMENTS(french));
    default:
        return english_ends(s, token);
    }
}

static struct phrase phrase_read(const struct figure_scan *s, uint32_t first, uint32_t most)
{
    struct phrase phrase = {.first = first, .after = first, .head = first};
    for (uint32_t i = first; i < s->n_tokens && phrase.words < most;) {
        if (phrase_word(s, i)) {
            if (phrase_ends(s, &phrase, i))
                break;
            note_class(s, i, &phrase);
            if (!(figure_word(s, i) & WORD_STATE) || phrase.words == 0)
                phrase.head = i;
            phrase.words++;
            phrase.after = ++i;
        } else if (phrase.words > 0 && !figure_break(s, i) && (figure_is(s, i, "-") || figure_is(s, i, "/")) && figure_glued(s, i) &&
            figure_glued(s, i + 1) && i + 1 < s->n_tokens &&
                   s->tokens[i + 1].class == TOKEN_WORD) {
            phrase.after = i + 2;
            phrase.head = i + 1;
            note_class(s, i + 1, &phrase);
            i += 2;
        } else if (phrase.words > 0 && !figure_break(s, i) && joins(s, i, phrase.after - 1)) {
            i++;
        } else {
            break;
        }
    }
    return phrase;
}

/* "of …" behind a noun phrase, "from …" behind one of people. */
static void phrase_more(const struct figure_scan *s, struct phrase *phrase)
{
    uint32_t i = phrase->after, word = figure_word(s, i);
    if (figure_break(s, i) || phrase->words == 0)
        return;
    bool goes_on = word & WORD_OF || (word & WORD_FROM && (phrase->person || phrase->household));
    if (!goes_on)
        return;
    i++;
    bool from = word & WORD_FROM && !(word & WORD_OF);
    if (from && figure_word(s, i) & WORD_ARTICLE && !figure_is(s, i, "the") && !figure_is(s, i, "la") && !figure_is(s, i, "le") && !figure_is(s, i, "el"))
        return; /* "90,000 people from their homes" */
    while (figure_word(s, i) & WORD_ARTICLE && !figure_break(s, i))
        i++;
    struct phrase more = phrase_read(s, i, MORE_WORDS);
    bool month = figure_word(s, more.first) & (WORD_MONTH | WORD_TIME);
    if (more.words > 0 && !month)
        phrase->after = more.after;
}

static struct span phrase_span(const struct figure_scan *s, const struct phrase *phrase)
{
    return (struct span){s->tokens[phrase->first].span.start, s->tokens[phrase->after - 1].span.end};
}

/* Over "of", "of the", "-" to where the noun phrase begins. */
static uint32_t phrase_start(const struct figure_scan *s, uint32_t i, bool *of)
{
    *of = false;
    if (!figure_break(s, i) && figure_glued(s, i) && figure_is(s, i, "-") && figure_glued(s, i + 1))
        return i + 1;
    if (figure_word(s, i) & WORD_OF && !figure_break(s, i)) {
        *of = true;
        i++;
    }
    while (!figure_break(s, i) && figure_word(s, i) & WORD_ARTICLE)
        i++;
    return i;
}

/* "Curillo", "l'Ituri" */
static bool named(const struct figure_scan *s, uint32_t token)
{
    struct slice text = figure_text(s, token);
    for (size_t i = 0; i < MIN(text.len, (size_t)6); i++)
        if (g_ascii_isupper(text.ptr[i]))
            return true;
    return (s->tokens[token].flags & TOKEN_CAPITAL) != 0;
}

static bool starts_here(const struct figure_scan *s, uint32_t token)
{
    return token == 0 || s->tokens[token].flags & (TOKEN_PASSAGE | TOKEN_SENTENCE);
}

/* May a noun phrase that is read backwards, of `words` words so far, go on over this token? */
static bool back_over(const struct figure_scan *s, uint32_t token, uint32_t words, bool loose)
{
    uint32_t word = figure_word(s, token);
    if (word & WORD_MONTH || (loose && word & WORD_CHANGE))
        return false;
    if (s->tokens[token].class != TOKEN_WORD)
        return words > 0 && figure_is(s, token, "-") && figure_glued(s, token) && figure_glued(s, token + 1);
    if (phrase_word(s, token) || (words > 0 && (word & WORD_OF || (loose && word & WORD_FROM))))
        return true;
    if (words > 0 && word & WORD_ARTICLE)
        return token > 0 && figure_word(s, token - 1) & (WORD_OF | WORD_FROM); /* "of the …" */
    return starts_here(s, token) && !(word & (WORD_STOP | WORD_OF | WORD_ARTICLE)) && !starts_number(s, token);
}

/* The noun phrase that ends before token `end`, a few words back; with `loose`, over "in" too, but not over a change. */
static struct phrase phrase_back(const struct figure_scan *s, uint32_t end, bool loose)
{
    struct phrase phrase = {0};
    uint32_t first = end, words = 0;
    while (first > 0 && words < BACK_WORDS + (loose ? 3 : 0) && back_over(s, first - 1, words, loose)) {
        first--;
        words += s->tokens[first].class == TOKEN_WORD;
        if (starts_here(s, first))
            break;
    }
    while (first < end && figure_word(s, first) & (WORD_ARTICLE | WORD_OF | WORD_FROM))
        first++;
    if (first >= end)
        return phrase;
    phrase = (struct phrase){.first = first, .after = end, .head = end - 1, .words = end - first};
    for (uint32_t t = first; t < end; t++)
        if (s->tokens[t].class == TOKEN_WORD)
            note_class(s, t, &phrase);
    return phrase;
}

/* Does the token belong to the figure before? Its unit is nothing that is counted. */
static bool inside_last(const struct figure_scan *s, uint32_t token)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    return figures->len > 0 && s->tokens[token].span.start < g_array_index(figures, struct mention, figures->len - 1).span.end;
}

/* Before the figure, over a colon or verbs of being and change: "number of displaced: 452", "families is estimated to be 349", "inflation
 * rose 0.3%". Prepositions alone lead back from amounts only ("a stay of up to 24 hours"), and nothing does over "and". */
static struct phrase phrase_before(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (starts_here(s, c->first))
        return none;
    uint32_t link = c->first - 1, over = 0;
    bool verb = false;
    while (link > 0 && over < 5 && !starts_here(s, link)) {
        uint32_t word = figure_word(s, link);
        bool participle = over > 0 && word == 0 && s->language == LANGUAGE_EN && s->tokens[link].class == TOKEN_WORD &&
            !(s->tokens[link].flags & TOKEN_CAPITAL) &&
                          slice_ends(figure_text(s, link), "ed"); /* "is projected to grow by" */
        if (!(participle || word & (WORD_BE | WORD_CHANGE | WORD_STOP)) || word & (WORD_PERSON | WORD_JOINT))
            break;
        verb |= (word & (WORD_BE | WORD_CHANGE)) != 0;
        link--;
        over++;
    }
    if (figure_is(s, link, ":"))
        return phrase_back(s, link, false);
    if (figure_is(s, link, "(") && over <= 1) { /* "the number of victims (from 792 to 1,153)", but not "in Curillo (200)" */
        struct phrase phrase = phrase_back(s, link, true);
        return phrase.words > 0 && named(s, phrase.head) ? none : phrase;
    }
    verb |= (figure_word(s, c->first) & (WORD_BE | WORD_CHANGE)) != 0; /* "the workforce surpassed 70 million" */
    if (inside_last(s, link))
        return none;
    return verb || (c->unit && over > 0) ? phrase_back(s, link + 1, false) : none;
}

/* "the highest number of trajectories, 1,527, was …", "the highest rate in the world, 171 per 100,000": what stands before the comma. */
static struct phrase phrase_apposed(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (starts_here(s, c->first) || c->first < 2 || !figure_is(s, c->first - 1, ","))
        return none;
    bool closed = figure_break(s, c->after) || s->tokens[c->after].class == TOKEN_SIGN;
    struct phrase phrase = closed ? phrase_back(s, c->first - 1, true) : none;
    bool number_of = false;
    for (uint32_t t = phrase.first; t < phrase.after; t++)
        number_of |= (figure_word(s, t) & WORD_NUMBER) != 0;
    return number_of ? phrase : none;
}

/* Right before the figure: "youths aged between 12 and 17". */
static struct phrase phrase_beside(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (starts_here(s, c->first))
        return none;
    return phrase_back(s, c->first - (figure_is(s, c->first - 1, ",") ? 1 : 0), false);
}

/* "60 were injured", "636 have been displaced": the state is what is counted. */
static struct phrase phrase_state(const struct figure_scan *s, const struct composed *c)
{
    uint32_t i = c->counted_from, over = 0;
    while (over < 3 && !figure_break(s, i) && figure_word(s, i) & WORD_BE) {
        i++;
        over++;
    }
    if (over == 0 || figure_break(s, i) || !(figure_word(s, i) & WORD_STATE))
        return (struct phrase){0};
    return (struct phrase){.first = i, .after = i + 1, .head = i, .words = 1, .person = true};
}

/* "100,000 – the number of people who …": said behind a dash or colon. */
static struct phrase phrase_defined(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t i = c->after;
    if (figure_break(s, i) || figure_break(s, i + 1) || s->tokens[i].class != TOKEN_SIGN || !(s->tokens[i].flags & TOKEN_SPACE || figure_is(s, i, ":")))
        return none;
    i++;
    while (!figure_break(s, i) && figure_word(s, i) & WORD_ARTICLE)
        i++;
    if (figure_break(s, i) || !(figure_word(s, i) & WORD_NUMBER) || figure_break(s, i + 1) || !(figure_word(s, i + 1) & WORD_OF))
        return none;
    return phrase_read(s, i + 2, PHRASE_WORDS);
}

/* "Damaged houses/shelter 91,808", "IDPs total 122 387": the line begins with a label, and the number is its value. */
static struct phrase phrase_label(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t end = c->first, first = end;
    while (first > 0 && end - first < 2 * BACK_WORDS && !figure_break(s, first)) {
        uint32_t t = --first, word = figure_word(s, t);
        bool inner = word & (WORD_OF | WORD_ARTICLE | WORD_JOINT | WORD_NUMBER) || figure_is(s, t, "/") || figure_is(s, t, "-") ||
            (s->tokens[t].class == TOKEN_SIGN && t + 1 == end);
        if (!(inner || (s->tokens[t].class == TOKEN_WORD && !(word & WORD_STOP && !(word & (WORD_PERSON | WORD_STATE))))))
            return none;
    }
    bool ends = figure_break(s, c->after) || s->tokens[c->after].class == TOKEN_SIGN;
    if (!figure_break(s, first) || first == end || !ends)
        return none;
    while (first < end && figure_word(s, first) & WORD_ARTICLE)
        first++;
    struct phrase phrase = {.first = first, .after = end, .head = end - 1, .words = end - first};
    while (phrase.after > first && s->tokens[phrase.after - 1].class == TOKEN_SIGN)
        phrase.after--;
    for (uint32_t t = first; t < end; t++)
        if (s->tokens[t].class == TOKEN_WORD)
            note_class(s, t, &phrase);
    return phrase.after > first ? phrase : none;
}

/* First token of the sentence that holds a byte. */
static uint32_t sentence_token(const struct figure_scan *s, uint32_t sentence)
{
    return token_at(s->x->tokens, DOCUMENT_AT(s->doc->sentences, struct sentence, sentence).span.start);
}

/* "Most of the cities … are in Latin America. Four are in Mexico": the subject of the sentence before. */
static struct phrase phrase_subject(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t sentence = c->mention.sentence;
    if (sentence == NONE || sentence == 0 || sentence_token(s, sentence) != c->first || !(figure_word(s, c->after) & WORD_BE))
        return none;
    const struct sentence *before = &DOCUMENT_AT(s->doc->sentences, struct sentence, sentence - 1);
    if (before->span.start < DOCUMENT_AT(s->doc->passages, struct passage, c->mention.passage).span.start)
        return none;
    uint32_t i = sentence_token(s, sentence - 1);
    for (uint32_t over = 0; over < 4 && i < c->first && figure_word(s, i) & (WORD_STOP | WORD_OF | WORD_ARTICLE); over++)
        i++;
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    return phrase.after <= c->first ? phrase : none;
}

/* "Ces cas sont répartis entre Bunia (11) et Katwa (2)": in brackets, what the sentence begins with, unless a figure of the sentence says more. */
static struct phrase phrase_head(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    bool told = figures->len > 0 && g_array_index(figures, struct mention, figures->len - 1).sentence == c->mention.sentence;
    if (told || starts_here(s, c->first) || !figure_is(s, c->first - 1, "(") || c->mention.sentence == NONE)
        return none;
    uint32_t i = sentence_token(s, c->mention.sentence);
    for (uint32_t over = 0; over < 3 && i < c->first && figure_word(s, i) & (WORD_STOP | WORD_ARTICLE); over++)
        i++;
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    return phrase.words > 0 && phrase.after < c->first && !named(s, i) ? phrase : none;
}

/* A place in an order belongs to a ranking that this sentence or the one before names. */
static struct phrase phrase_ranking(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (c->mention.sentence == NONE)
        return none;
    uint32_t from = sentence_token(s, c->mention.sentence > 0 ? c->mention.sentence - 1 : 0);
    from = MAX(from, c->first > RANKING_WORDS ? c->first - RANKING_WORDS : 0);
    for (uint32_t i = c->first; i-- > from && !figure_break(s, i + 1);)
        if (figure_word(s, i) & WORD_RANKING) {
            struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
            phrase_more(s, &phrase);
            return phrase;
        }
    return none;
}

/* The nouns of "1,062 and 792 civilians", and of "once de los dieciséis municipios", stand behind the next number. */
static struct phrase phrase_shared(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t i = c->counted_from, next = c->last_number == NONE ? NONE : c->last_number + 1;
    if (!figure_break(s, i) && figure_is(s, i, "out"))
        i++;
    bool paired = c->first_number != NONE && s->verdicts[c->first_number].pair;
    bool joint = !figure_break(s, i) && (figure_word(s, i) & (WORD_JOINT | WORD_OF) || figure_is(s, i, ",") || (paired && figure_word(s, i) & WORD_BE));
    if (!joint || next >= s->n_numbers || s->numbers[next].span.start < c->mention.span.end || s->verdicts[next].excluded)
        return none;
    uint32_t gap = s->numbers[next].first;
    if (gap > i + 3)
        return none;
    bool of;
    return phrase_read(s, phrase_start(s, s->numbers[s->verdicts[next].range].after, &of), PHRASE_WORDS);
}

/* The figure before it in the sentence counts the same thing: "13 in Hirat, three in Badghis". */
static bool take_last(struct figure_scan *s, struct composed *c)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    if (figures->len == 0)
        return false;
    const struct mention *last = &g_array_index(figures, struct mention, figures->len - 1);
    const struct figure *from = &last->figure;
    bool near = last->sentence == c->mention.sentence || (last->passage == c->mention.passage && last->sentence + 1 == c->mention.sentence);
    if (!near || !from->counted || (from->quantity.kind != KIND_COUNT && from->quantity.kind != KIND_RATE))
        return false;
    c->mention.figure.counted = from->counted;
    c->mention.figure.quantity.unit = from->quantity.kind == KIND_COUNT ? from->quantity.unit : NULL;
    c->mention.figure.minor |= from->minor;
    return true;
}

static void take_phrase(struct figure_scan *s, struct composed *c, const struct phrase *phrase)
{
    struct figure *figure = &c->mention.figure;
    figure->counted_span = phrase_span(s, phrase);
    if (figure->quantity.kind != KIND_COUNT || figure->quantity.unit)
        return;
    if (phrase->person)
        figure->quantity.unit = "{person}";
    else if (phrase->household)
        figure->quantity.unit = "{household}";
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
    bool determined = c->first > 0 && figure_word(s, c->first - 1) & WORD_ARTICLE && !(s->tokens[c->first].flags & TOKEN_PASSAGE);
    return number->form == FORM_WORDS && determined && figure->quantity.low <= 4;
}

/* Where nothing is counted behind the figure: the places to look, nearest first. */
static struct phrase phrase_elsewhere(const struct figure_scan *s, const struct composed *c, bool plain)
{
    static struct phrase (*const places[])(const struct figure_scan *, const struct composed *) = {phrase_state, phrase_shared, phrase_apposed,
        phrase_before, phrase_subject, phrase_head, phrase_defined, phrase_label};
    enum figure_kind kind = c->mention.figure.quantity.kind;
    struct phrase phrase = {0};
    if (kind == KIND_RANK)
        phrase = phrase_ranking(s, c);
    if (kind == KIND_AGE)
        phrase = phrase_beside(s, c);
    for (size_t i = plain ? 0 : 2; i < G_N_ELEMENTS(places) && phrase.words == 0; i++)
        phrase = places[i](s, c);
    return phrase;
}

/* "26 per cent of 121 countries": the number of the whole begins the noun phrase. */
static struct phrase phrase_of_number(const struct figure_scan *s, const struct composed *c, uint32_t first)
{
    uint32_t next = c->last_number == NONE ? s->n_numbers : c->last_number + 1;
    if (next >= s->n_numbers || s->numbers[next].first != first)
        return (struct phrase){0};
    struct phrase phrase = phrase_read(s, s->numbers[next].after, PHRASE_WORDS);
    phrase.first = first;
    return phrase;
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
    uint32_t from = phrase_start(s, c->counted_from, &of);
    bool new_line = c->unit && !of && from < s->n_tokens && s->tokens[from].flags & TOKEN_CAPITAL; /* "$80 million Number of countries" */
    bool aged = figure->quantity.kind == KIND_AGE && s->verdicts[c->first_number == NONE ? 0 : c->first_number].figure;
    if (!aged && !new_line)
        phrase = phrase_read(s, from, PHRASE_WORDS);
    if (figure->quantity.kind == KIND_FRACTION && phrase.words == 1 && !of && slice_ends(figure_text(s, from), "ed") && !(figure_word(s, from) & WORD_STATE))
        phrase.words = 0; /* "9 of 10 stayed" */
    if (of && phrase.words == 0 && c->unit)
        phrase = phrase_of_number(s, c, from);
    uint32_t base_after = phrase.after;
    phrase_more(s, &phrase);
    bool behind = phrase.words > 0;
    bool plain = figure->quantity.kind == KIND_COUNT && !c->unit;
    if (!behind)
        phrase = phrase_elsewhere(s, c, plain);
    if (phrase.words > 0) {
        take_phrase(s, c, &phrase);
        figure->counted = mentions_intern(s->x->mentions, document_slice(s->doc, figure->counted_span));
    } else if (plain) {
        take_last(s, c);
    }
    figure->minor |= is_minor(s, c, &phrase, of);
    if (behind && plain && !of && base_after == phrase.first + 1 && phrase.first == c->counted_from) {
        c->mention.span.end = s->tokens[phrase.first].span.end; /* one word that follows directly belongs to the figure's text */
        c->after = base_after;
    }
}
