/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/phrase.h"

enum { MORE_WORDS = 6, BACK_WORDS = 6 };

static bool ends_in(struct slice text, const char *const *endings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (slice_ends(text, endings[i]))
            return true;
    return false;
}

/* Is a number read from this token on? */
static bool starts_number(const struct figure_scan *s, uint32_t token)
{
    return s->tokens[token].class == TOKEN_NUMBER || figure_known(s, token) & KNOWN_VALUE;
}

/* "out-of-school children", "on-duty officers": a small word that begins a compound. */
static bool compounded(const struct figure_scan *s, uint32_t token)
{
    return token + 2 < s->n_tokens && figure_is(s, token + 1, "-") && figure_glued(s, token + 1) && figure_glued(s, token + 2) && s->tokens[token + 2].class == TOKEN_WORD;
}

/* May the word stand in a noun phrase? States (killed, displaced) do although they are verbs. */
static bool phrase_word(const struct figure_scan *s, uint32_t token)
{
    if (figure_break(s, token) || s->tokens[token].class != TOKEN_WORD)
        return false;
    uint32_t word = figure_known(s, token);
    if (word & KNOWN_VALUE)
        return false;
    if (word & WORD_DIRECTION && s->tokens[token].flags & TOKEN_CAPITAL) /* "South Sudan" */
        return true;
    if (word & WORD_STOP && s->language == LANGUAGE_EN && (figure_is(s, token, "US") || compounded(s, token)))
        return true;
    return !(word & (WORD_STOP | WORD_OF | WORD_DIRECTION)) || word & (WORD_PERSON | WORD_STATE | WORD_HOUSEHOLD);
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

/* "Hondurans", "Haïtiens": a people's name in the plural. */
static bool people(const struct figure_scan *s, uint32_t token)
{
    static const char *const english[] = {"ians", "eans", "icans", "elis", "qis", "anis", "alis", "nese", "stinos", "urans", "guans"};
    static const char *const french[] = {"iens", "iennes", "éens", "éennes", "ains", "aines", "ais", "aises", "ois", "oises", "ques"};
    struct slice text = figure_text(s, token);
    bool elided = s->language == LANGUAGE_FR && text.len > 3 && g_ascii_tolower(text.ptr[0]) == 'd' && (text.ptr[1] == '\'' || text.ptr[1] == '\xe2'); /* "d'Haïtiens" */
    char last = text.len > 0 ? text.ptr[text.len - 1] : '\0'; /* of most names, none that these end in */
    if (!(s->tokens[token].flags & TOKEN_CAPITAL || elided) || s->language == LANGUAGE_ES || (last != 's' && last != 'e'))
        return false;
    return s->language == LANGUAGE_FR ? ends_in(text, french, G_N_ELEMENTS(french)) : ends_in(text, english, G_N_ELEMENTS(english));
}

void phrase_note(const struct figure_scan *s, uint32_t token, struct phrase *phrase)
{
    uint32_t word = figure_word(s, token);
    bool known = phrase->person || phrase->household;
    if (word == 0 && people(s, token))
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

/* "civilian", "housing", "family": of people and homes, but one, so that another noun may follow: "civilian infrastructure". */
static bool modifier(const struct figure_scan *s, uint32_t token)
{
    static const char *const plural[] = {"s", "men", "people", "ren", "staff", "personnel", "police", "youth", "elderly", "dead", "missing", "homeless", "ed"};
    return !ends_in(figure_text(s, token), plural, G_N_ELEMENTS(plural));
}

static bool plural_noun(const struct figure_scan *s, uint32_t token)
{
    struct slice text = figure_text(s, token);
    return figure_word(s, token) & (WORD_PERSON | WORD_HOUSEHOLD) || (slice_ends(text, "s") && text.len > 3 && !slice_ends(text, "ss"));
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
    return (text.len > 4 && ends_in(text, verbs, G_N_ELEMENTS(verbs))) || (last && !slice_ends(text, "s") && !(next & WORD_OF) && !modifier(s, token - 1));
}

/* "El 76 % correspondió al sector": a form that only verbs have. */
static bool verb_form(const struct figure_scan *s, uint32_t token)
{
    static const char *const spanish[] = {"ió", "aron", "ieron"}, *const french[] = {"aient", "èrent"};
    if (s->language == LANGUAGE_EN || figure_word(s, token) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD) || s->tokens[token].flags & TOKEN_CAPITAL)
        return false;
    return s->language == LANGUAGE_ES ? ends_in(figure_text(s, token), spanish, G_N_ELEMENTS(spanish)) : ends_in(figure_text(s, token), french, G_N_ELEMENTS(french));
}

/* Does the noun phrase end before this word, although nothing says so of the word itself? */
static bool phrase_ends(const struct figure_scan *s, const struct phrase *phrase, uint32_t token)
{
    static const char *const spanish[] = {"ó", "aron", "ieron", "aban", "aba", "ían"}, *const french[] = {"aient", "èrent", "irent", "urent"};
    if (phrase->words == 0)
        return verb_form(s, token);
    if (s->tokens[token - 1].class != TOKEN_WORD || figure_word(s, token) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD))
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

/* "CO2", "H5N1": digits glued to the letters before them, and letters glued to those; "Model 3 sedans": the number of a name that goes on. Tokens, or 0. */
static uint32_t name_digits(const struct figure_scan *s, uint32_t i)
{
    enum { NAME_BYTES = 3 };
    if (figure_break(s, i) || s->tokens[i].class != TOKEN_NUMBER || s->tokens[i - 1].class != TOKEN_WORD || !(s->tokens[i - 1].flags & TOKEN_CAPITAL))
        return 0;
    if (figure_glued(s, i))
        return !figure_break(s, i + 1) && figure_glued(s, i + 1) && s->tokens[i + 1].class == TOKEN_WORD ? 2 : 1;
    bool goes_on = s->tokens[i].span.end - s->tokens[i].span.start <= NAME_BYTES && phrase_word(s, i + 1) && !(s->tokens[i + 1].flags & TOKEN_CAPITAL) &&
                   !figure_glued(s, i + 1) && !(figure_word(s, i + 1) & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD | WORD_TIME));
    uint32_t unused;
    return goes_on && !figure_unit(s, i + 1, UNIT_AFTER | UNIT_GLUED, &unused) ? 1 : 0;
}

struct phrase phrase_read(const struct figure_scan *s, uint32_t first, uint32_t most)
{
    struct phrase phrase = {.first = first, .after = first, .head = first};
    for (uint32_t i = first; i < s->n_tokens && phrase.words < most;) {
        if (phrase_word(s, i)) {
            if (phrase_ends(s, &phrase, i))
                break;
            phrase_note(s, i, &phrase);
            if (!(figure_word(s, i) & WORD_STATE) || phrase.words == 0)
                phrase.head = i;
            phrase.words++;
            phrase.after = ++i;
        } else if (phrase.words > 0 && !figure_break(s, i) && (figure_is(s, i, "-") || figure_is(s, i, "/")) && figure_glued(s, i) &&
            figure_glued(s, i + 1) && i + 1 < s->n_tokens &&
                   s->tokens[i + 1].class == TOKEN_WORD) {
            phrase.after = i + 2;
            phrase.head = i + 1;
            phrase_note(s, i + 1, &phrase);
            i += 2;
        } else if (phrase.words > 0 && !figure_break(s, i) && joins(s, i, phrase.after - 1)) {
            i++;
        } else if (phrase.words > 0 && phrase.after == i && name_digits(s, i)) {
            i += name_digits(s, i);
            phrase.after = i;
        } else {
            break;
        }
    }
    return phrase;
}

/* Over "of the", "from"; where the phrase does not go on so, 0. */
static uint32_t more_from(const struct figure_scan *s, const struct phrase *phrase, uint32_t head)
{
    uint32_t i = phrase->after, word = figure_word(s, i);
    bool change = figure_word(s, head) & WORD_CHANGE && !(figure_word(s, head) & (WORD_STOP | WORD_MONTH)); /* "a decrease in the number of" */
    bool people = phrase->person || phrase->household;
    if (figure_break(s, i) || phrase->words == 0 || !(word & WORD_OF || (word & WORD_FROM && (people || change))))
        return 0;
    i++;
    bool from = word & WORD_FROM && !(word & WORD_OF);
    if (from && figure_word(s, i) & WORD_ARTICLE && !figure_is(s, i, "the") && !figure_is(s, i, "la") && !figure_is(s, i, "le") && !figure_is(s, i, "el"))
        return 0; /* "90,000 people from their homes" */
    while (figure_word(s, i) & WORD_ARTICLE && !figure_break(s, i))
        i++;
    return i;
}

void phrase_more(const struct figure_scan *s, struct phrase *phrase)
{
    uint32_t head = phrase->head;
    for (int times = 0; times < 2; times++) {
        uint32_t i = more_from(s, phrase, head);
        struct phrase more = i ? phrase_read(s, i, MORE_WORDS) : (struct phrase){0};
        bool month = more.words > 0 && figure_word(s, more.first) & (WORD_MONTH | WORD_TIME);
        if (more.words == 0 || month)
            return;
        phrase->after = more.after;
        head = more.head;
        if (!(figure_word(s, head) & (WORD_NUMBER | WORD_CHANGE))) /* "the number of", and what they number */
            return;
    }
}

struct span phrase_span(const struct figure_scan *s, const struct phrase *phrase)
{
    return (struct span){s->tokens[phrase->first].span.start, s->tokens[phrase->after - 1].span.end};
}

/* "most powerful", "plus puissantes", "más pobres": the word before an adjective, which ends a noun phrase elsewhere. */
static bool superlative(const struct figure_scan *s, uint32_t i)
{
    return !figure_break(s, i) && (figure_is(s, i, "most") || figure_is(s, i, "least") || (s->language == LANGUAGE_FR && figure_is(s, i, "plus")) ||
           (s->language == LANGUAGE_ES && figure_is(s, i, "más"))) && phrase_word(s, i + 1);
}

static bool possessive(const struct figure_scan *s, uint32_t i)
{
    return !figure_break(s, i) && (slice_ends(figure_text(s, i), "'s") || slice_ends(figure_text(s, i), "’s"));
}

uint32_t phrase_start(const struct figure_scan *s, uint32_t i, bool *of)
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
    if (!figure_break(s, i) && figure_is(s, i, "more") && phrase_word(s, i + 1)) /* "eight more families" */
        i++;
    if (*of && superlative(s, i))
        i++;
    else if (*of && possessive(s, i) && superlative(s, i + 1)) /* "22 of the world's most powerful firms" */
        i += 2;
    return i;
}

bool phrase_named(const struct figure_scan *s, uint32_t token)
{
    struct slice text = figure_text(s, token);
    for (size_t i = 0; i < MIN(text.len, (size_t)6); i++)
        if (g_ascii_isupper(text.ptr[i]))
            return true;
    return (s->tokens[token].flags & TOKEN_CAPITAL) != 0;
}

/* "killed and injured", "girls and young women": a joint between two of one class. */
static bool alike(const struct figure_scan *s, uint32_t joint)
{
    if (joint == 0 || joint + 1 >= s->n_tokens || phrase_starts(s, joint))
        return false;
    uint32_t before = figure_word(s, joint - 1), after = figure_word(s, joint + 1) | figure_word(s, joint + 2);
    return before & after & (WORD_STATE | WORD_PERSON | WORD_HOUSEHOLD);
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
    if (words > 0 && word & WORD_JOINT)
        return alike(s, token);
    if (words > 0 && word & WORD_ARTICLE)
        return token > 0 && figure_word(s, token - 1) & (WORD_OF | WORD_FROM); /* "of the …" */
    return phrase_starts(s, token) && !(word & (WORD_STOP | WORD_OF | WORD_ARTICLE)) && !starts_number(s, token);
}

/* Where the figure before ends: its unit is no noun, "39 per cent of the population ranged from …". */
static uint32_t last_figure_end(const struct figure_scan *s)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    return figures->len > 0 ? g_array_index(figures, struct mention, figures->len - 1).span.end : 0;
}

struct phrase phrase_back(const struct figure_scan *s, uint32_t end, bool loose)
{
    struct phrase phrase = {0};
    uint32_t first = end, words = 0, figure = last_figure_end(s);
    if (end > 0 && s->tokens[end - 1].span.start < figure)
        figure = 0; /* it stands behind the phrase, in an aside */
    while (first > 0 && s->tokens[first - 1].span.start >= figure && words < BACK_WORDS + (loose ? 3 : 0) && back_over(s, first - 1, words, loose)) {
        first--;
        words += s->tokens[first].class == TOKEN_WORD;
        if (phrase_starts(s, first))
            break;
    }
    while (first < end && figure_word(s, first) & (WORD_ARTICLE | WORD_OF | WORD_FROM))
        first++;
    if (first >= end)
        return phrase;
    phrase = (struct phrase){.first = first, .after = end, .head = end - 1, .words = end - first};
    for (uint32_t t = first; t < end; t++)
        if (s->tokens[t].class == TOKEN_WORD)
            phrase_note(s, t, &phrase);
    return phrase;
}

bool phrase_numbered(const struct figure_scan *s, uint32_t token)
{
    enum { SIGNS = 8, LETTERS = 4 };
    uint32_t i = token;
    if (i < 2 || figure_glued(s, i) || !(figure_is(s, i - 1, ".") || figure_is(s, i - 1, ")")))
        return false;
    while (i > 0 && token - i < SIGNS && !(s->tokens[i].flags & TOKEN_PASSAGE)) {
        const struct token *before = &s->tokens[--i];
        bool letters = before->class == TOKEN_WORD && before->span.end - before->span.start <= LETTERS;
        bool part = before->class == TOKEN_NUMBER || letters || figure_is(s, i, ".") || figure_is(s, i, ")") || (figure_is(s, i, "(") && before->flags & TOKEN_PASSAGE);
        if (!part || (before->flags & TOKEN_SPACE && !(before->flags & TOKEN_PASSAGE) && i > 0))
            return false;
    }
    return i == 0 || s->tokens[i].flags & TOKEN_PASSAGE;
}
