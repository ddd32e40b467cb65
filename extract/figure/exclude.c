/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/figure/figure.h"
#include "extract/figure/phrase.h"

#include "base/sorted.h"

#include <math.h>

/* The run of characters without white space around a span, at most CHUNK_BYTES to either side. */
static struct slice chunk_around(const struct figure_scan *s, struct span span)
{
    enum { CHUNK_BYTES = 2000 };
    const char *text = s->doc->text->str;
    uint32_t start = span.start, end = span.end, len = (uint32_t)s->doc->text->len;
    while (start > 0 && span.start - start < CHUNK_BYTES && !g_ascii_isspace(text[start - 1]))
        start--;
    while (end < len && end - span.end < CHUNK_BYTES && !g_ascii_isspace(text[end]))
        end++;
    return slice_make(text + start, end - start);
}

static bool slice_has(struct slice s, const char *needle)
{
    return memmem(s.ptr, s.len, needle, strlen(needle)) != NULL;
}

/* Does it hold the number of a digital object: "10.", four to nine digits, a stroke? */
static bool slice_has_doi(struct slice s)
{
    for (const char *p = s.ptr, *end = s.ptr + s.len; (p = memmem(p, (size_t)(end - p), "10.", 3)); p += 3) {
        size_t digits = 0;
        while (p + 3 + digits < end && g_ascii_isdigit(p[3 + digits]))
            digits++;
        if (digits >= 4 && digits <= 9 && p + 3 + digits < end && p[3 + digits] == '/' && (p == s.ptr || !g_ascii_isdigit(p[-1])))
            return true;
    }
    return false;
}

/* Which of the signs it holds that are in what is judged below: most numbers stand with stops, brackets and units alone. */
enum { HAS_STROKE = 1 << 0, HAS_AT = 1 << 1, HAS_POINT = 1 << 2, HAS_COLON = 1 << 3 };

static unsigned address_signs(struct slice chunk)
{
    unsigned signs = 0;
    for (const char *p = chunk.ptr, *end = chunk.ptr + chunk.len; p < end; p++)
        signs |= (unsigned)(*p == '/') * HAS_STROKE | (unsigned)(*p == '@') * HAS_AT | (unsigned)(*p == '.') * HAS_POINT | (unsigned)(*p == ':') * HAS_COLON;
    return signs;
}

static bool is_address(struct slice chunk, unsigned signs)
{
    if (signs & HAS_AT)
        return true;
    if (signs & HAS_COLON && (slice_has(chunk, "://") || slice_has(chunk, "doi:") || slice_has(chunk, "DOI:")))
        return true;
    return signs & HAS_POINT && (slice_has(chunk, "www.") || slice_has(chunk, ".htm") || slice_has(chunk, ".pdf") || slice_has(chunk, ".com/"));
}

/* Addresses of the network, mail, document symbols (A/79/1, CCPR/C/GTM/CO/4), tags. */
static const char *chunk_judge(struct slice chunk)
{
    unsigned signs = address_signs(chunk);
    if (is_address(chunk, signs))
        return "an address";
    if (!(signs & HAS_STROKE))
        return NULL;
    if (slice_has_doi(chunk))
        return "a digital object's number";
    const char *p = chunk.ptr;
    while (p < chunk.ptr + chunk.len && (*p == '(' || *p == '[' || *p == '"'))
        p++;
    uint32_t capitals = 0;
    while (p < chunk.ptr + chunk.len && g_ascii_isupper(*p)) {
        p++;
        capitals++;
    }
    const char *end = chunk.ptr + chunk.len, *registrant = p + strlen("10.");
    if (end - p > (ptrdiff_t)strlen("10.1000/") && strncmp(p, "10.", strlen("10.")) == 0) { /* a DOI: "10.1000/182" */
        while (registrant < end && g_ascii_isdigit(*registrant))
            registrant++;
        if (registrant < end && *registrant == '/' && registrant - p >= (ptrdiff_t)strlen("10.1000"))
            return "an address";
    }
    if (capitals > 0 && p < chunk.ptr + chunk.len && *p == '/' && p[1] != ' ' && g_ascii_isalnum(p[1]))
        return "a document symbol";
    return NULL;
}

static const char *address(struct figure_scan *s, const struct number *number)
{
    uint32_t start = number->span.start;
    if (s->chunk.end > start && s->chunk.start <= start)
        return s->chunk_is; /* one look for all numbers of a long address */
    struct slice chunk = chunk_around(s, number->span);
    s->chunk.start = (uint32_t)(chunk.ptr - s->doc->text->str);
    s->chunk.end = s->chunk.start + (uint32_t)chunk.len;
    return s->chunk_is = chunk.len == number->span.end - start ? NULL : chunk_judge(chunk);
}

/* Is the token this sign? As figure_is, without a look at its text. */
static bool is_sign(const struct figure_scan *s, uint32_t token, uint16_t sign)
{
    return token < s->n_tokens && s->tokens[token].sign == sign;
}

/* Does a sign stand right behind the number, with nothing between? */
static bool sign_behind(const struct figure_scan *s, const struct number *number, uint16_t sign)
{
    return is_sign(s, number->after, sign) && figure_glued(s, number->after);
}

/* Inside the name of an actor or a place that an earlier pass found: "400 Mawozo", "MS-13". */
static const char *inside_name(struct figure_scan *s, const struct number *number)
{
    static const enum mention_type types[] = {MENTION_ACTOR, MENTION_LOCATION};
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        const GArray *names = mentions_of(s->x->mentions, types[t]);
        guint next = SORTED_NEAR(names, struct mention, span.end, number->span.start + 1, s->name_near[t]); /* the first that ends behind the number's start */
        s->name_near[t] = next;
        if (next == names->len)
            continue;
        struct span name = g_array_index(names, struct mention, next).span;
        if (name.start <= number->span.start && number->span.end < name.end + (name.start < number->span.start))
            return "part of a name";
    }
    return NULL;
}

/* A word with a capital that is no unit or scale: "Contribution", not "Million", "MW". */
static bool capital_noun(const struct figure_scan *s, uint32_t token)
{
    uint32_t after;
    return s->tokens[token].class == TOKEN_WORD && s->tokens[token].flags & TOKEN_CAPITAL &&
           !lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, token, UNIT_AFTER, &after) && !lexicon_number(s->lexicon, s->language, s->tokens[token].hash);
}

/* "1." or "2)" or "3.1" where a passage begins, before a word. */
static const char *list_number(const struct figure_scan *s, const struct number *number)
{
    const struct token *first = &s->tokens[number->first];
    uint32_t next = number->after;
    bool bracket = number->first > 0 && is_sign(s, number->first - 1, '(') && s->tokens[number->first - 1].flags & TOKEN_PASSAGE;
    bool item = first->flags & TOKEN_SENTENCE && !figure_break(s, next) && sign_behind(s, number, ')'); /* "1) … . 2) …" */
    if (!(first->flags & TOKEN_PASSAGE) && !bracket && !item)
        return NULL;
    if (number->form != FORM_DIGITS && number->form != FORM_YEAR)
        return NULL;
    bool mark = sign_behind(s, number, '.') || sign_behind(s, number, ')') || sign_behind(s, number, ':') || sign_behind(s, number, ']') ||
                (sign_behind(s, number, '/') && !figure_glued(s, next + 1)); /* "2/ " numbers the posts of a thread */
    if (mark && number->low < 200 && !figure_break(s, next + 1))
        return "the number of a list item";
    uint32_t passage = extraction_passage(s->x, number->span.start);
    enum zone zone = passage == NONE ? ZONE_BODY : DOCUMENT_AT(s->doc->passages, struct passage, passage).zone;
    bool starts = passage != NONE && DOCUMENT_AT(s->doc->passages, struct passage, passage).span.start == number->span.start;
    bool quoted = !figure_break(s, next) && (is_sign(s, next, 0x201C) || is_sign(s, next, '"') || is_sign(s, next, 0xAB) || is_sign(s, next, 0x2018)); /* “ " « ‘ */
    if (starts && quoted && number->low < 1000)
        return "the mark of a note";
    if (zone == ZONE_NOTE && starts && !figure_break(s, next) && s->tokens[next].class == TOKEN_WORD && s->tokens[next].flags & TOKEN_CAPITAL)
        return "the mark of a note";
    bool section = starts && zone != ZONE_TABLE && number->flags & NUMBER_DECIMAL && number->low < 100 && memchr(s->doc->text->str + number->span.start, '.', number->span.end - number->span.start);
    if (section && !figure_break(s, next) && !figure_glued(s, next) && capital_noun(s, next)) /* "3.1 Contribution of the plan" */
        return "the number of a section";
    bool heading = zone == ZONE_HEADING;
    if (heading && number->low < 100 && !figure_break(s, next) && s->tokens[next].class == TOKEN_WORD && s->tokens[next].flags & TOKEN_CAPITAL)
        return "the number of a heading";
    return NULL;
}

struct span figure_place_before(const struct figure_scan *s, uint32_t last)
{
    const GArray *places = mentions_of(s->x->mentions, MENTION_LOCATION);
    guint at = SORTED_FROM(places, struct mention, span.end, s->tokens[last].span.end);
    struct span none = {0, 0};
    return at < places->len && g_array_index(places, struct mention, at).span.end == s->tokens[last].span.end ? g_array_index(places, struct mention, at).span : none;
}

/* Does the sentence list places with a number behind each: "108 patients, of whom Kindia 12, Boké 40 and Labé 7"? Each of the two then counts
 * what a figure before them does; "Delmas 30, Delmas 32" are names. */
static bool beside_place(const struct figure_scan *s, const struct number *number)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    const struct mention *last = figures->len > 0 ? &g_array_index(figures, struct mention, figures->len - 1) : NULL;
    struct span own = figure_place_before(s, number->first - 1);
    bool closed = figure_break(s, number->after) || figure_word(s, number->after) & WORD_JOINT || figure_is(s, number->after, ",") || figure_is(s, number->after, ".") ||
                  figure_is(s, number->after, ";") || figure_is(s, number->after, ")");
    if (!closed || own.end == own.start || !last || !last->figure.counted || last->sentence != document_sentence_at(s->doc, number->span.start))
        return false;
    const struct number *const neighbours[] = {number > s->numbers ? number - 1 : number, number + 1 < s->numbers + s->n_numbers ? number + 1 : number};
    for (size_t i = 0; i < G_N_ELEMENTS(neighbours); i++) {
        const struct number *other = neighbours[i];
        struct span place = other != number && other->first > 0 && !figure_break(s, other->first) ? figure_place_before(s, other->first - 1) : own;
        enum { LIST_BYTES = 60 }; /* how far apart two of one list are */
        uint32_t apart = other > number ? other->span.start - number->span.end : number->span.start - other->span.end;
        if (place.end > place.start && apart < LIST_BYTES && !slice_equal(document_slice(s->doc, place), document_slice(s->doc, own)))
            return true;
    }
    return false;
}

/* "Near-Zero", "the Zero Hunger Challenge": a number word with a capital inside a sentence. */
static const char *named_in_words(const struct figure_scan *s, const struct number *number)
{
    uint32_t first = number->first;
    bool capital = number->form == FORM_WORDS && s->tokens[first].flags & TOKEN_CAPITAL && !phrase_starts(s, first) && !phrase_numbered(s, first);
    bool hyphen = capital && first > 1 && figure_glued(s, first) && figure_glued(s, first - 1) && figure_is(s, first - 1, "-") &&
                  s->tokens[first - 2].flags & TOKEN_CAPITAL;
    return hyphen || (capital && number->low == 0) ? "part of a name" : NULL;
}

/* Has the word a capital only because its passage's number stands before it? Not where it has a number of its own, as in "B. Impact 2: …" and "3. Annex 4". */
static bool behind_label(const struct figure_scan *s, uint32_t word, uint32_t after)
{
    return phrase_numbered(s, word) && !figure_is(s, after, ":") && !figure_break(s, after);
}

/* A capital word right before a short number, that is a name of its own: Barrio 18, Galaxy 5, MS-13. */
static const char *named(const struct figure_scan *s, const struct number *number)
{
    uint32_t first = number->first;
    if (first == 0 || number->form != FORM_DIGITS || number->flags & (NUMBER_GROUPED | NUMBER_DECIMAL | NUMBER_SCALED) ||
        s->tokens[first].flags & TOKEN_PASSAGE)
        return NULL;
    bool point = figure_glued(s, first) && figure_is(s, first - 1, ".") && figure_glued(s, first - 1) && first > 1 &&
                 (s->tokens[first - 2].flags & TOKEN_ALLCAPS || (s->tokens[first - 2].flags & TOKEN_CAPITAL &&
                     s->tokens[first - 2].span.end - s->tokens[first - 2].span.start == 1));
    if (point)
        return "part of a name";
    bool hyphen = figure_glued(s, first) && (figure_is(s, first - 1, "-") || figure_is(s, first - 1, "+") || figure_is(s, first - 1, "–")) &&
        figure_glued(s, first - 1);
    uint32_t before = first - 1 - hyphen;
    if (before >= s->n_tokens || s->tokens[before].class != TOKEN_WORD || !(s->tokens[before].flags & TOKEN_CAPITAL))
        return NULL;
    if (hyphen)
        return "part of a name";
    if (phrase_starts(s, before) || behind_label(s, before, number->after) ||
        figure_word(s, before) & (WORD_STOP | WORD_MONTH | WORD_ARTICLE | WORD_CHANGE | WORD_PERSON | WORD_STATE))
        return NULL;
    uint32_t next = number->after;
    bool counts = next < s->n_tokens && s->tokens[next].class == TOKEN_WORD && !(s->tokens[next].flags & TOKEN_CAPITAL) &&
                  (figure_word(s, next) & (WORD_PERSON | WORD_HOUSEHOLD | WORD_STATE) || slice_ends(figure_text(s, next), "s"));
    uint32_t after;
    if (counts || number->low >= 1000 || (!hyphen && beside_place(s, number)) || lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, next, UNIT_AFTER | UNIT_GLUED, &after))
        return NULL;
    return "part of a name";
}

/* The number that ends the range begun by this one, or itself. */
static const struct number *range_end(const struct figure_scan *s, const struct number *number)
{
    return &s->numbers[s->verdicts[number - s->numbers].range];
}

/* Does a word stand before that only a year follows? */
static bool year_word(const struct figure_scan *s, uint32_t token)
{
    static const char words[][sizeof(uint64_t)] = {"in", "since", "by", "of", "from", "until", "till", "during", "between", "to", "and", "early", "late",
        "mid", "the", "end", "circa", "before", "after", "year", "en", "de", "desde", "hasta", "del", "año", "depuis", "fin", "début", "dès", "this",
        "summer", "winter", "spring", "fall"};
    struct slice text = figure_text(s, token);
    uint64_t word = 0, one;
    bool found = false;
    if (s->tokens[token].class == TOKEN_SIGN)
        return is_sign(s, token, '-') || is_sign(s, token, '(') || is_sign(s, token, '/') || is_sign(s, token, 0x2013); /* – */
    if (text.len < sizeof word)
        memcpy(&word, text.ptr, text.len);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) { /* all of them, eight bytes each: no branch that processors would not foresee */
        memcpy(&one, words[i], sizeof one);
        found |= one == word;
    }
    return found || figure_word(s, token) & WORD_MONTH;
}

/* "the 2023 household survey": one of a people or household, and nothing that a number above one counts. */
static bool singular(const struct figure_scan *s, uint32_t token)
{
    enum { WORD_BYTES = 40 };
    struct slice word = figure_text(s, token);
    char plural[WORD_BYTES + 2];
    if (s->language != LANGUAGE_EN || word.len > WORD_BYTES || figure_break(s, token + 1) || s->tokens[token + 1].class != TOKEN_WORD)
        return false;
    memcpy(plural, word.ptr, word.len);
    plural[word.len] = 's';
    uint32_t flags = lexicon_word(s->lexicon, s->language, token_hash(slice_make(plural, word.len + 1)));
    return flags & (WORD_PERSON | WORD_HOUSEHOLD) && !(figure_word(s, token + 1) & WORD_STOP);
}

/* Four bare digits are a year, but where people, homes or a round number of things follow. */
static const char *year(const struct figure_scan *s, const struct number *number)
{
    if (number->form != FORM_YEAR)
        return NULL;
    uint32_t next = range_end(s, number)->after, word = figure_word(s, next), unused;
    bool recent = number->low >= 1900 && number->low <= 2100;
    bool after_year_word = number->first > 0 && !(s->tokens[number->first].flags & TOKEN_PASSAGE) && year_word(s, number->first - 1);
    bool has = s->language == LANGUAGE_ES && !figure_break(s, next) && figure_is(s, next, "ha"); /* "en 2025 ha llovido", no hectares */
    bool owned = !figure_break(s, next) && (is_sign(s, next, '\'') || is_sign(s, next, 0x2019)) && figure_glued(s, next + 1); /* "2019's", no feet */
    if (!figure_break(s, next) && !has && !owned && lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, next, UNIT_AFTER | UNIT_GLUED, &unused))
        return NULL;
    if (word & (WORD_PERSON | WORD_HOUSEHOLD) && !(recent && singular(s, next)) && !(after_year_word && recent && fmod(number->low, 100) != 0))
        return NULL;
    bool plural = next < s->n_tokens && s->tokens[next].class == TOKEN_WORD && !(s->tokens[next].flags & TOKEN_CAPITAL) && !(word & WORD_STOP) &&
        slice_ends(figure_text(s, next), "s");
    bool round = fmod(number->low, 100) == 0;
    if (recent)
        return plural && round && !after_year_word ? NULL : "a year";
    return after_year_word && !plural && !round && number->low < 1900 ? "a year" : NULL;
}

/* "a four-door car", "six-speed": the number describes a thing of one kind, and counts nothing. */
static const char *compound(const struct figure_scan *s, const struct number *number)
{
    uint32_t next = number->after, word, unused;
    if (figure_break(s, next) || !is_sign(s, next, '-'))
        return NULL;
    if (figure_glued(s, next) && figure_glued(s, next + 1) && s->tokens[next + 1].flags & TOKEN_CAPITAL &&
        !figure_break(s, next + 2) && s->tokens[next + 2].flags & TOKEN_CAPITAL && !figure_glued(s, next + 2) && !(s->tokens[next + 1].flags & TOKEN_ALLCAPS))
        return "part of a name"; /* "the 10-Year Framework" */
    if (number->form != FORM_WORDS || number->low > 12 || !figure_glued(s, next + 1) || s->tokens[next + 1].class != TOKEN_WORD)
        return NULL;
    word = figure_word(s, next + 1);
    if (word & (WORD_PERSON | WORD_HOUSEHOLD | WORD_STATE | WORD_TIME) || lexicon_number(s->lexicon, s->language, s->tokens[next + 1].hash) ||
        lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, next + 1, UNIT_AFTER, &unused))
        return NULL;
    return "part of a compound";
}

/* "25-03537": joined to digits that begin with a zero. */
static const char *joined_code(const struct figure_scan *s, const struct number *number)
{
    uint32_t next = (uint32_t)(number - s->numbers) + 1;
    if (next >= s->n_numbers || s->numbers[next].first != number->after + 1 || !sign_behind(s, number, '-') ||
        !figure_glued(s, number->after + 1))
        return NULL;
    return s->numbers[next].flags & NUMBER_LEADING_ZERO && !(s->numbers[next].flags & NUMBER_DECIMAL) ? "a code" : NULL;
}

/* "one" where it stands for a thing or nobody counts. */
static const char *pronoun(const struct figure_scan *s, const struct number *number)
{
    if (number->form != FORM_ONE || number->flags & NUMBER_ALONE || range_end(s, number) != number)
        return NULL;
    uint32_t next = number->after, word = figure_word(s, next), unused;
    if (!figure_break(s, next) && lexicon_unit(s->lexicon, s->language, s->doc, s->x->tokens, next, UNIT_AFTER, &unused))
        return NULL;
    uint32_t following = (uint32_t)(number - s->numbers) + 1;
    if (s->language != LANGUAGE_EN && following < s->n_numbers && s->numbers[following].first == next)
        return "an article"; /* "hasta un 90 %" */
    bool hyphen = !figure_break(s, next) && figure_glued(s, next) && figure_is(s, next, "-");
    if (s->language != LANGUAGE_EN)
        return hyphen || figure_break(s, next) || (word & WORD_STOP && !(word & WORD_OF)) ? "an article" : NULL;
    if (figure_break(s, next) || (s->tokens[next].class != TOKEN_WORD && !hyphen))
        return "a pronoun";
    return word & WORD_STOP && !(word & (WORD_OF | WORD_STATE)) ? "a pronoun" : NULL;
}

/* "Boulevard du 30 Juin" in an English text: a day and a month in another language. English months are words of others, too, without their capital. */
static const char *foreign_day(const struct figure_scan *s, const struct number *number)
{
    enum { DAYS = 31, LETTERS = 4 }; /* abbreviations are words of others: "may" */
    uint32_t next = number->after;
    if (number->low > DAYS || number->flags & NUMBER_DECIMAL || figure_break(s, next) || s->tokens[next].class != TOKEN_WORD || figure_text(s, next).len < LETTERS)
        return NULL;
    for (int language = 0; language < LANGUAGES; language++)
        if ((enum language)language != s->language && lexicon_word(s->lexicon, (enum language)language, s->tokens[next].hash) & WORD_MONTH &&
            (language != LANGUAGE_EN || s->tokens[next].flags & TOKEN_CAPITAL))
            return "a day and a month";
    return NULL;
}

/* "1080p": lines of a picture, not pence. */
static const char *resolution(const struct figure_scan *s, const struct number *number)
{
    static const double lines[] = {1080, 1440, 2160, 4320};
    bool p = figure_glued(s, number->after) && figure_is(s, number->after, "p") && !(number->flags & NUMBER_GROUPED);
    for (size_t i = 0; p && i < G_N_ELEMENTS(lines); i++)
        if (number->low == lines[i])
            return "lines of a picture";
    return NULL;
}

/* Called one by one, not through a table: nine calls that the processor would have to guess cost more than the reasons. */
static const char *reason(struct figure_scan *s, const struct number *number)
{
    const char *why = NULL;
    (void)((why = address(s, number)) || (why = inside_name(s, number)) || (why = joined_code(s, number)) || (why = list_number(s, number)) ||
           (why = named(s, number)) || (why = named_in_words(s, number)) || (why = year(s, number)) || (why = compound(s, number)) ||
           (why = pronoun(s, number)) || (why = foreign_day(s, number)) || (why = resolution(s, number)));
    return why;
}

const char *figure_excluded(struct figure_scan *s, uint32_t index)
{
    const struct number *number = &s->numbers[index];
    if (number->flags & NUMBER_DOTTED)
        return "a dotted number";
    if (number->form == FORM_ORDINAL)
        return "an ordinal";
    const char *digits = s->doc->text->str + number->span.start;
    if (number->form == FORM_FRACTION && digits[0] == '0' && g_ascii_isdigit(digits[1])) /* "le 03/08" */
        return "a day and a month";
    bool padded = number->span.end - number->span.start == 2 && !figure_break(s, number->after) && s->tokens[number->after].class == TOKEN_WORD &&
                  !figure_glued(s, number->after); /* "09 suspected cases" */
    if (number->flags & NUMBER_LEADING_ZERO && !(number->flags & NUMBER_DECIMAL) && !padded && !(number->first > 0 && beside_place(s, number)))
        return "a code";
    const char *why = reason(s, number);
    return why && !figure_money_before(s, number) ? why : NULL;
}
