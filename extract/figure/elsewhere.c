/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a figure counts where no noun stands behind it: before it, in another sentence, behind the next number. */
#include "extract/figure/phrase.h"

enum { RANKING_WORDS = 80, LABEL_WORDS = 12, VERB_WORDS = 7, ASIDE_TOKENS = 14, FRONT_TOKENS = 6 };

/* First token of a sentence. */
static uint32_t sentence_token(const struct figure_scan *s, uint32_t sentence)
{
    return figure_token(s, DOCUMENT_AT(s->doc->sentences, struct sentence, sentence).span.start);
}

/* Does the token belong to the figure before? Its unit is nothing that is counted. */
static bool inside_last(const struct figure_scan *s, uint32_t token)
{
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    const struct mention *last = figures->len > 0 ? &g_array_index(figures, struct mention, figures->len - 1) : NULL;
    uint32_t at = s->tokens[token].span.start;
    return last && last->span.start <= at && at < last->span.end;
}

/* The token before the bracket that closes here; the closing one itself where none opens it nearby. */
static uint32_t before_bracket(const struct figure_scan *s, uint32_t close)
{
    for (uint32_t i = close; i > 0 && close - i < ASIDE_TOKENS && !phrase_starts(s, i); i--)
        if (figure_is(s, i, "("))
            return i - 1;
    return close;
}

/* "GDP growth in 2024 was 3 per cent": what stands before the year, and its preposition, that ends at token `link`; `link` where none does. */
static uint32_t before_year(const struct figure_scan *s, uint32_t link)
{
    uint32_t i = link;
    while (i > 0 && link - i < FRONT_TOKENS && !phrase_starts(s, i) &&
           (figure_word(s, i) & WORD_MONTH || (s->tokens[i].class == TOKEN_NUMBER && s->tokens[i].span.end - s->tokens[i].span.start == 4) ||
            (i < link && (figure_is(s, i, "-") || figure_is(s, i, "–") || figure_is(s, i, "/")))))
        i--;
    return i < link && i > 0 && !phrase_starts(s, i) && figure_word(s, i) & WORD_STOP && !(figure_word(s, i) & WORD_JOINT) ? i - 1 : link;
}

/* "Literacy remains the lowest in the region, rising from 27 per cent": the subject that begins the sentence. */
static struct phrase phrase_front(const struct figure_scan *s, const struct composed *c, uint32_t limit)
{
    struct phrase none = {0};
    if (c->mention.sentence == NONE || !c->unit)
        return none;
    uint32_t i = sentence_token(s, c->mention.sentence);
    while (i < limit && (figure_word(s, i) & WORD_ARTICLE || s->tokens[i].class == TOKEN_NUMBER || figure_is(s, i, ".")))
        i++;
    if (figure_word(s, i) & (WORD_STOP | WORD_OF)) { /* "Since 1995, the proportion of …" */
        uint32_t comma = i;
        while (comma < limit && comma - i < FRONT_TOKENS && !figure_is(s, comma, ","))
            comma++;
        for (i = comma + 1; i < limit && figure_word(s, i) & WORD_ARTICLE;)
            i++;
        if (!figure_is(s, comma, ",") || i >= limit || figure_word(s, i) & (WORD_STOP | WORD_OF))
            return none;
    }
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    phrase_more(s, &phrase);
    return phrase.words > 0 && phrase.after < limit && !phrase_named(s, phrase.head) ? phrase : none;
}

/* A verb whose subject ends before it, and no preposition that may stand inside a subject ("to", "at", "in"). */
static bool finite(const struct figure_scan *s, uint32_t token)
{
    uint32_t word = figure_word(s, token);
    bool verb = word & WORD_HAVE || (word & WORD_BE && !(word & (WORD_OF | WORD_FROM)) && figure_text(s, token).len > 2);
    return verb || (word & WORD_CHANGE && word & WORD_STOP);
}

/* "The number of arrested teachers since the start of the revolt rose to 1,000", "the number of voters across the 30 towns stood at 4,665": the number of
 * what, in the subject that ends before token `end`; numbers may stand in it, no verb. */
static struct phrase phrase_subject_number(const struct figure_scan *s, uint32_t end)
{
    enum { BACK = 28 };
    struct phrase none = {0};
    for (uint32_t i = end; i > 1 && end - i < BACK && !phrase_starts(s, i); i--) {
        if (figure_is(s, i - 1, ",") || figure_is(s, i - 1, ";") || figure_is(s, i - 1, ":") || figure_is(s, i - 1, "(") || finite(s, i - 1))
            return none;
        bool number = figure_word(s, i - 1) & WORD_OF && figure_word(s, i - 2) & WORD_NUMBER;
        if (!number)
            continue;
        while (i < end && figure_word(s, i) & WORD_ARTICLE)
            i++;
        struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
        return phrase.after < end ? phrase : none; /* what ends right before the verb is read with its "number of" */
    }
    return none;
}

/* "This brings the number of deaths in the valley, the ministry says, to 4,100", "the number of migrants in Libya exceeded 900": the number of what, before token `end`, over so
 * many commas. */
static struct phrase phrase_number_of(const struct figure_scan *s, uint32_t end, uint32_t commas)
{
    enum { BACK = 24 };
    struct phrase none = {0};
    for (uint32_t i = end; i > 1 && end - i < BACK && !phrase_starts(s, i) && s->tokens[i - 1].class != TOKEN_NUMBER; i--) {
        if (figure_is(s, i - 1, ",") && commas-- == 0)
            return none;
        if (figure_word(s, i - 1) & WORD_OF && figure_word(s, i - 2) & WORD_NUMBER)
            return commas == 0 ? phrase_read(s, i, PHRASE_WORDS) : none;
    }
    return none;
}

/* "In the valley", "in Libya": does a preposition lead to the noun, so that it says where? */
static bool says_where(const struct figure_scan *s, const struct phrase *phrase)
{
    uint32_t i = phrase->first;
    while (i > 1 && !phrase_starts(s, i) && figure_word(s, i - 1) & WORD_ARTICLE)
        i--;
    return phrase->words > 0 && i > 1 && !phrase_starts(s, i) && figure_word(s, i - 1) & WORD_FROM;
}

/* Before the figure, over a colon or verbs of being and change: "number of displaced: 452", "families is estimated to be 349", "inflation
 * rose 0.3%". Prepositions alone lead back from amounts only ("a stay of up to 24 hours"), and nothing does over "and". */
static struct phrase phrase_before(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (phrase_starts(s, c->first))
        return none;
    uint32_t link = c->first - 1, over = 0, change = NONE; /* "esta reducción del 11 %": itself, where nothing that changes is named */
    bool verb = false;
    while (link > 0 && over < VERB_WORDS && !phrase_starts(s, link)) {
        uint32_t word = figure_word(s, link);
        bool participle = over > 0 && word == 0 && s->language == LANGUAGE_EN && s->tokens[link].class == TOKEN_WORD &&
            !(s->tokens[link].flags & TOKEN_CAPITAL) &&
                          slice_ends(figure_text(s, link), "ed"); /* "is projected to grow by" */
        if (!(participle || word & (WORD_BE | WORD_CHANGE | WORD_STOP | WORD_HAVE)) || word & (WORD_PERSON | WORD_JOINT))
            break;
        verb |= (word & (WORD_BE | WORD_CHANGE)) != 0;
        if (over > 0 && word & WORD_CHANGE && figure_word(s, link + 1) & WORD_OF)
            change = link;
        link--;
        over++;
    }
    if (figure_is(s, link, ":"))
        return phrase_back(s, link, false);
    if (figure_is(s, link, "(") && link > 0 && inside_last(s, link - 1)) /* "343 ha (34 per cent of …", "57 per cent (41–75 per cent)" */
        return none;
    if (figure_is(s, link, "(") && over <= 1) { /* "the number of victims (from 792 to 1,153)", but not "in Curillo (200)" */
        struct phrase phrase = phrase_back(s, link, true);
        return phrase.words > 0 && phrase_named(s, phrase.head) ? none : phrase;
    }
    verb |= (figure_word(s, c->first) & (WORD_BE | WORD_CHANGE)) != 0; /* "the workforce surpassed 70 million" */
    if (verb && figure_is(s, link, ")"))
        link = before_bracket(s, link);
    if (over > 0 && figure_is(s, link, ",")) {
        struct phrase phrase = phrase_number_of(s, link, 1);
        if (phrase.words > 0)
            return phrase;
    }
    bool from = over == 1 && c->mention.figure.quantity.kind == KIND_PERCENT && figure_word(s, c->first - 1) & WORD_FROM; /* "… has doubled, from 11 per cent" */
    if ((verb || from) && figure_is(s, link, ","))
        return phrase_front(s, c, link);
    if (verb && !c->unit && !phrase_starts(s, link)) {
        struct phrase phrase = phrase_subject_number(s, link + 1);
        if (phrase.words > 0)
            return phrase;
    }
    if (verb)
        link = before_year(s, link);
    if (inside_last(s, link))
        return none;
    struct phrase phrase = verb || (c->unit && over > 0) ? phrase_back(s, link + 1, false) : none;
    struct phrase of = !c->unit && says_where(s, &phrase) ? phrase_number_of(s, phrase.first, 0) : none;
    if (of.words > 0)
        return of;
    if (phrase.words == 0 && change != NONE && c->unit)
        phrase = phrase_back(s, change + 1, false);
    uint32_t unused;
    const struct unit *unit = phrase.words == 1 ? figure_unit(s, phrase.head, UNIT_AFTER, &unused) : NULL;
    bool currency = unit && unit->kind == KIND_MONEY; /* "from 4,300 to the dollar to 5,300" */
    return phrase.words > 0 && (currency || figure_word(s, phrase.head) & WORD_TIME) ? none : phrase; /* "in the fiscal year from $8.14 billion" */
}

/* "the highest number of trajectories, 1,527, was …", "the highest rate in the world, 171 per 100,000": what stands before the comma. */
static struct phrase phrase_apposed(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (phrase_starts(s, c->first) || c->first < 2 || !figure_is(s, c->first - 1, ","))
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
    if (phrase_starts(s, c->first))
        return none;
    struct phrase phrase = phrase_back(s, c->first - (figure_is(s, c->first - 1, ",") ? 1 : 0), false);
    for (uint32_t t = phrase.first + 1; t + 1 < phrase.after; t++)
        if (figure_word(s, t) & WORD_STATE) /* "malaria killed children younger than" */
            phrase.first = t + 1;
    return phrase;
}

/* "60 were injured", "636 have been displaced": the state is what is counted. "22 were owners of bars": so is what they were. */
static struct phrase phrase_state(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t i = c->counted_from, over = 0;
    if (!figure_break(s, i) && figure_word(s, i) & WORD_OTHER)
        i++;
    while (over < 3 && !figure_break(s, i) && figure_word(s, i) & (WORD_BE | WORD_HAVE) && !(figure_word(s, i) & WORD_OF)) {
        i++;
        over++;
    }
    bool other = over == 0 && i > c->counted_from;
    if ((over == 0 && !other) || figure_break(s, i))
        return none;
    if (figure_word(s, i) & WORD_STATE)
        return (struct phrase){.first = other ? i - 1 : i, .after = i + 1, .head = i, .words = 1, .person = true};
    struct phrase phrase = over > 0 ? phrase_read(s, i, PHRASE_WORDS) : none;
    phrase_more(s, &phrase);
    return phrase.person || phrase.household ? phrase : none;
}

/* "Shelling killed 12 and wounded 39 others": no noun at all, and what happened stands before the number. A noun of the sentence says more: "of the 40 hostages they killed 7". */
static struct phrase phrase_done(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    const struct mention *last = figures->len > 0 ? &g_array_index(figures, struct mention, figures->len - 1) : NULL;
    if (phrase_starts(s, c->first) || !(figure_word(s, c->first - 1) & WORD_STATE))
        return none;
    if (last && last->sentence == c->mention.sentence && last->figure.counted_span.end > last->figure.counted_span.start &&
        !(figure_word(s, token_at(s->x->tokens, last->figure.counted_span.start)) & WORD_STATE))
        return none;
    return (struct phrase){.first = c->first - 1, .after = c->first, .head = c->first - 1, .words = 1, .person = true};
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
    while (first > 0 && end - first < LABEL_WORDS && !figure_break(s, first)) {
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
            phrase_note(s, t, &phrase);
    return phrase.after > first ? phrase : none;
}

/* "(positivity 20.8%; n = 21)", "; coverage 97 per cent": a share with its name before it, between two signs. */
static struct phrase phrase_inner_label(const struct figure_scan *s, const struct composed *c)
{
    enum { NAME_WORDS = 4 };
    struct phrase none = {0};
    bool ends = figure_break(s, c->after) || s->tokens[c->after].class == TOKEN_SIGN;
    if (c->mention.figure.quantity.kind != KIND_PERCENT || phrase_starts(s, c->first) || !ends)
        return none;
    struct phrase phrase = phrase_back(s, c->first, false);
    if (phrase.words == 0 || phrase.words > NAME_WORDS || phrase_starts(s, phrase.first))
        return none;
    uint32_t before = phrase.first - 1;
    bool begins = figure_is(s, before, "(") || figure_is(s, before, ";") || figure_is(s, before, ":");
    return begins && !phrase_named(s, phrase.head) ? phrase : none;
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
    if (told || phrase_starts(s, c->first) || !figure_is(s, c->first - 1, "(") || c->mention.sentence == NONE)
        return none;
    uint32_t i = sentence_token(s, c->mention.sentence);
    for (uint32_t over = 0; over < 3 && i < c->first && figure_word(s, i) & (WORD_STOP | WORD_ARTICLE); over++)
        i++;
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    return phrase.words > 0 && phrase.after < c->first && !phrase_named(s, i) ? phrase : none;
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
    if (gap > i + 3 || figure_word(s, gap - 1) & WORD_PART) /* "cases had climbed to 20,000, including 300 deaths" */
        return none;
    bool of;
    uint32_t behind = s->numbers[s->verdicts[next].range].after, unit = behind;
    if (c->unit && (figure_break(s, behind) || !figure_unit(s, behind, UNIT_AFTER | UNIT_GLUED, &unit)))
        return none; /* "a 14 and 22 per cent increase" */
    struct phrase phrase = phrase_read(s, phrase_start(s, unit, &of), PHRASE_WORDS);
    phrase_more(s, &phrase);
    return phrase.words > 0 && figure_word(s, phrase.head) & WORD_TIME ? none : phrase; /* "1,041,229, three times as many" */
}

/* The number that begins at a token, behind the figure; NONE where none does. */
static uint32_t number_behind(const struct figure_scan *s, const struct composed *c, uint32_t token)
{
    uint32_t n = c->last_number == NONE ? s->n_numbers : c->last_number + 1;
    while (n < s->n_numbers && s->numbers[n].first < token)
        n++;
    return n < s->n_numbers && s->numbers[n].first == token ? n : NONE;
}

/* "1,200 (300 women) and 900 (200 women) civilians": the noun stands behind the brackets. */
static struct phrase phrase_behind_brackets(const struct figure_scan *s, const struct composed *c)
{
    enum { LISTED = 4 };
    struct phrase none = {0};
    uint32_t i = c->counted_from;
    for (uint32_t n = 0; n < LISTED && !figure_break(s, i) && figure_is(s, i, "("); n++) {
        uint32_t close = i + 1;
        while (!figure_break(s, close) && close - i < ASIDE_TOKENS && !figure_is(s, close, ")"))
            close++;
        if (figure_break(s, close) || !figure_is(s, close, ")"))
            return none;
        i = close + 1;
        bool joint = !figure_break(s, i) && (figure_word(s, i) & WORD_JOINT || figure_is(s, i, ","));
        uint32_t next = joint ? number_behind(s, c, i + 1) : NONE;
        if (joint && next == NONE)
            return none;
        i = joint ? s->numbers[next].after : i;
    }
    struct phrase phrase = i > c->counted_from ? phrase_read(s, i, PHRASE_WORDS) : none;
    return (phrase.person || phrase.household) && !(figure_word(s, phrase.first) & WORD_STATE) ? phrase : none;
}

/* "64 per cent for women": whose share it is. */
static struct phrase phrase_among(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t i = c->counted_from;
    if (c->mention.figure.quantity.kind != KIND_PERCENT || figure_break(s, i) || !(figure_word(s, i) & WORD_AMONG))
        return none;
    i++;
    while (!figure_break(s, i) && figure_word(s, i) & WORD_ARTICLE)
        i++;
    struct phrase phrase = phrase_read(s, i, PHRASE_WORDS);
    return phrase.person || phrase.household ? phrase : none;
}

/* "revenues rose 28 per cent, customs 29 per cent": the verb is not said again. */
static struct phrase phrase_listed(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    const GArray *figures = mentions_of(s->x->mentions, MENTION_FIGURE);
    const struct mention *last = figures->len > 0 ? &g_array_index(figures, struct mention, figures->len - 1) : NULL;
    if (c->mention.figure.quantity.kind != KIND_PERCENT || !last || last->sentence != c->mention.sentence || last->figure.quantity.kind != KIND_PERCENT ||
        phrase_starts(s, c->first) || c->first_number == NONE || s->numbers[c->first_number].first != c->first)
        return none;
    struct phrase phrase = phrase_back(s, c->first, false);
    uint32_t before = phrase.first > 0 ? phrase.first - 1 : 0;
    bool listed = phrase.words > 0 && !phrase_starts(s, phrase.first) && (figure_is(s, before, ",") || figure_word(s, before) & WORD_JOINT);
    return listed && s->tokens[before].span.start >= last->span.end ? phrase : none;
}

/* "$11.7 million in budgetary assistance": what the money is. */
static struct phrase phrase_money(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    uint32_t i = c->counted_from;
    if (c->mention.figure.quantity.kind != KIND_MONEY || figure_break(s, i) || !figure_is(s, i, "in"))
        return none;
    struct phrase phrase = phrase_read(s, i + 1, PHRASE_WORDS);
    bool named = phrase.words > 0 && s->tokens[phrase.first].flags & TOKEN_CAPITAL;
    return phrase.words > 0 && !named && !(figure_word(s, phrase.head) & (WORD_TIME | WORD_MONTH)) ? phrase : none;
}

/* "Of the people affected, some 2,400 were": the whole that the sentence begins with. */
static struct phrase phrase_whole(const struct figure_scan *s, const struct composed *c)
{
    struct phrase none = {0};
    if (c->first < 3 || phrase_starts(s, c->first) || !figure_is(s, c->first - 1, ","))
        return none;
    struct phrase phrase = phrase_back(s, c->first - 1, true);
    uint32_t i = phrase.first;
    while (phrase.words > 0 && i > 0 && !phrase_starts(s, i) && figure_word(s, i - 1) & WORD_ARTICLE)
        i--;
    bool front = phrase.words > 0 && i > 0 && phrase_starts(s, i - 1) && figure_word(s, i - 1) & (WORD_OF | WORD_AMONG);
    return front && (phrase.person || phrase.household) ? phrase : none;
}

/* The places where it may be said, the nearest first. */
enum place { BEHIND_BRACKETS, STATE, DONE, SHARED, AMONG, MONEY, LISTED, APPOSED, WHOLE, BEFORE, SUBJECT, HEAD, DEFINED, LABEL, INNER_LABEL };

static struct phrase (*const places[])(const struct figure_scan *, const struct composed *) = {
    [BEHIND_BRACKETS] = phrase_behind_brackets, [STATE] = phrase_state, [DONE] = phrase_done, [SHARED] = phrase_shared, [AMONG] = phrase_among,
    [MONEY] = phrase_money, [LISTED] = phrase_listed, [APPOSED] = phrase_apposed, [WHOLE] = phrase_whole, [BEFORE] = phrase_before, [SUBJECT] = phrase_subject,
    [HEAD] = phrase_head, [DEFINED] = phrase_defined, [LABEL] = phrase_label, [INNER_LABEL] = phrase_inner_label,
};

#define PLACE(place, open) ((uint32_t)((open) ? 1 : 0) << (place))

/* The places that may say it, as a set, told by the tokens beside the figure: most say nothing of most figures, and no two figures are alike. */
static uint32_t open_places(const struct figure_scan *s, const struct composed *c)
{
    uint32_t i = c->counted_from, open = PLACE(LABEL, !figure_break(s, c->first)) | PLACE(SUBJECT, figure_word(s, c->after) & WORD_BE) |
        PLACE(DEFINED, !figure_break(s, c->after) && s->tokens[c->after].class == TOKEN_SIGN);
    bool share = c->mention.figure.quantity.kind == KIND_PERCENT, money = c->mention.figure.quantity.kind == KIND_MONEY;
    if (!figure_break(s, i)) {
        uint32_t behind = figure_word(s, i);
        bool joined = behind & (WORD_JOINT | WORD_OF | WORD_BE) || figure_is(s, i, ",") || figure_is(s, i, "out");
        open |= PLACE(BEHIND_BRACKETS, figure_is(s, i, "(")) | PLACE(STATE, behind & (WORD_OTHER | WORD_BE | WORD_HAVE)) | PLACE(SHARED, joined) |
            PLACE(AMONG, share && behind & WORD_AMONG) | PLACE(MONEY, money);
    }
    if (!phrase_starts(s, c->first)) {
        bool comma = figure_is(s, c->first - 1, ",");
        open |= PLACE(DONE, figure_word(s, c->first - 1) & WORD_STATE) | PLACE(LISTED, share) | PLACE(APPOSED, comma) | PLACE(WHOLE, comma) | PLACE(BEFORE, true) |
            PLACE(HEAD, figure_is(s, c->first - 1, "(")) | PLACE(INNER_LABEL, share);
    }
    return open;
}

struct phrase phrase_elsewhere(const struct figure_scan *s, const struct composed *c, bool plain)
{
    enum figure_kind kind = c->mention.figure.quantity.kind;
    struct phrase phrase = {0};
    if (kind == KIND_RANK)
        phrase = phrase_ranking(s, c);
    if (kind == KIND_AGE)
        phrase = phrase_beside(s, c);
    enum place first = plain ? BEHIND_BRACKETS : kind == KIND_PERCENT || kind == KIND_FRACTION ? SHARED : AMONG;
    for (uint32_t open = open_places(s, c) >> first << first; open != 0 && phrase.words == 0; open &= open - 1)
        phrase = places[__builtin_ctz(open)](s, c);
    return phrase;
}
