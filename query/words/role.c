/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/role.h"

#include "query/words/clause.h"
#include "query/words/phrases.h"
#include "query/words/rows.h"

#include <string.h>

enum sort { SORT_BY, SORT_TOLD, SORT_TO, SORT_CAUSE, SORT_WORN, SORT_BE, SORT_INSIDE, SORT_PAIR, SORT_SAY, SORT_PRONOUN, SORT_VERB, SORTS };
static const char *const sort_names[SORTS] = {"by", "told", "to", "cause", "worn", "be", "inside", "pair", "say", "pronoun", "verb"};

/* words/roles.tsv, a row a sort; made on first use, lives as long as the program. */
static GHashTable *phrases_of(const struct lexis *lexis)
{
    static GHashTable *tables[ROW_LANGUAGES];
    for (size_t i = 0; !tables[ROW_LANGUAGES - 1] && i < ROW_LANGUAGES; i++) {
        g_autoptr(GPtrArray) rows = word_rows("roles");
        tables[i] = phrases_new();
        for (guint k = 0; k < rows->len; k++) {
            char **cells = g_ptr_array_index(rows, k);
            enum sort sort = 0;
            while (sort < SORTS && !g_str_equal(sort_names[sort], cells[0]))
                sort++;
            if (sort == SORTS || g_strv_length(cells) != 1 + ROW_LANGUAGES)
                g_error("query/words/roles: '%s' is no row", cells[0]);
            phrases_add(tables[i], lexis_of(row_languages[i]), cells[1 + i], sort, "roles");
        }
    }
    return tables[row_language(lexis)];
}

/* A clause and its parties. */
struct scene {
    struct figure_clause clause;
    GHashTable *phrases;
    const GArray *parties; /* of the sentence */
    struct roles *ret;
};

/* How many terms from i on are a phrase of that sort; 0: none. */
static uint32_t phrase_at(const struct scene *s, uint32_t i, enum sort sort)
{
    const struct phrase *phrase = phrases_at(s->phrases, s->clause.words, (struct span){i, s->clause.words->terms->len}, sort);
    return phrase ? phrase->n : 0;
}

static const struct party *party_at(const struct scene *s, guint i)
{
    return &g_array_index(s->parties, struct party, i);
}

static void add_party(const struct scene *s, const struct party *party)
{
    for (uint32_t i = 0; i < s->ret->n; i++)
        if (s->ret->parties[i].bytes.start == party->bytes.start)
            return;
    if (s->ret->n < ROLE_PARTIES)
        s->ret->parties[s->ret->n++] = *party;
}

/* The party whose name begins at the term, or a few words behind it ("by heavily armed gangs"), and those joined to it. */
static void add_from(const struct scene *s, uint32_t from)
{
    enum { LEAD = 4 };
    uint32_t reach = from + LEAD;
    for (guint i = 0; i < s->parties->len; i++) {
        const struct party *party = party_at(s, i);
        if (party->terms.start < from)
            continue;
        for (uint32_t k = from; k < party->terms.start; k++)
            if (clause_number(&s->clause, k) || clause_is(&s->clause, k, TERM_STOPPED | TERM_VERB) || (k > from && phrase_at(s, k, SORT_INSIDE) && !clause_is(&s->clause, k, TERM_OF)))
                return;
        if (party->terms.start > reach || clause_is(&s->clause, party->terms.start, TERM_STOPPED))
            return;
        add_party(s, party);
        from = party->terms.end;
        reach = from + 2;
    }
}

static uint32_t marker_at(const struct scene *s, uint32_t i)
{
    return i < s->clause.terms.end ? phrase_at(s, i, SORT_BY) + phrase_at(s, i, SORT_TOLD) + phrase_at(s, i, SORT_CAUSE) : 0;
}

/* "12 people, including 5 children, were killed by gangs": the marker behind the aside whose number is at term i; or 0. */
static uint32_t behind_aside(const struct scene *s, uint32_t i)
{
    enum { LONG = 8, NEAR = 4 };
    const struct figure_clause *c = &s->clause;
    for (uint32_t k = i + 1; k < c->terms.end && k < i + LONG && !clause_number(c, k) && !clause_is(c, k, TERM_STOPPED); k++)
        for (uint32_t near = k; clause_is(c, k, TERM_BREAK) && near < c->terms.end && near < k + NEAR && !clause_number(c, near); near++)
            if (marker_at(s, near))
                return near;
    return 0;
}

/* "were killed by gangs", "due to conflict": up to the next figure. */
static void read_behind(const struct scene *s)
{
    const struct figure_clause *c = &s->clause;
    for (uint32_t i = c->number.start + 1; i < c->terms.end && !clause_is(c, i, TERM_STOPPED); i++) {
        if (clause_number(c, i) && !(i = behind_aside(s, i)))
            return;
        if (marker_at(s, i))
            add_from(s, i + marker_at(s, i));
    }
}

/* "Due to drought, 300 people …"; "the killing by gangs of 12 people": before the figure, where no other one stands between. */
static void read_ahead(const struct scene *s)
{
    const struct figure_clause *c = &s->clause;
    for (uint32_t i = c->number.start; i-- > c->terms.start && !clause_is(c, i + 1, TERM_STOPPED) && !clause_number(c, i);) {
        uint32_t n = phrase_at(s, i, SORT_CAUSE) + phrase_at(s, i, SORT_BY);
        if (n)
            add_from(s, i + n);
    }
}

/* "Attributed to gangs (40)", "aircraft 41 per cent", "by gangs, 12 to the army": the figure has no verb of its own. */
static bool read_list(const struct scene *s)
{
    const struct figure_clause *c = &s->clause;
    uint32_t at = c->number.start, to = at + 1;
    bool other = false, told = false, bracket = clause_opens_bracket(c, at), parted = !bracket && clause_is(c, at, TERM_STOPPED | TERM_BREAK);
    for (uint32_t i = c->terms.start; i < at; i++) {
        other = other || clause_number(c, i);
        told = told || phrase_at(s, i, SORT_TOLD);
    }
    uint32_t unit = to < c->terms.end && phrase_at(s, to, SORT_TO) ? to : to + 1;
    if (told && unit < c->terms.end && phrase_at(s, unit, SORT_TO) && !clause_is(c, unit, TERM_BREAK)) {
        uint32_t before = s->ret->n;
        add_from(s, unit + phrase_at(s, unit, SORT_TO));
        return s->ret->n > before;
    }
    for (guint i = 0; (other || bracket) && !parted && i < s->parties->len; i++) {
        const struct party *party = party_at(s, i);
        bool near = party->terms.end == at || (!bracket && party->terms.end + 1 == at && phrase_at(s, at - 1, SORT_INSIDE));
        bool inside = party->terms.start > c->terms.start && phrase_at(s, party->terms.start - 1, SORT_INSIDE);
        if (!near || party->country || (bracket && inside && !told))
            continue;
        add_party(s, party);
        return true;
    }
    return false;
}

/* Is the verb at term i passive: "was killed", "killed by"? */
static bool is_passive(const struct scene *s, uint32_t i, uint32_t n)
{
    enum { BACK = 2 };
    for (uint32_t back = 1; back <= BACK && i >= s->clause.terms.start + back; back++)
        if (phrase_at(s, i - back, SORT_BE))
            return true;
    return i + n < s->clause.terms.end && phrase_at(s, i + n, SORT_BY);
}

/* "responsible", "displacing": "was responsible for" is no passive. */
static bool is_adjective(const struct scene *s, uint32_t i)
{
    const struct term *term = term_of(s->clause.words, i);
    uint32_t len = term->end - term->start;
    const char *end = s->clause.text + term->end;
    return len > 6 && (strncmp(end - 3, "ing", 3) == 0 || strncmp(end - 4, "ible", 4) == 0 || strncmp(end - 4, "able", 4) == 0 || strncmp(end - 5, "ables", 5) == 0);
}

/* "Clashes between gangs and the army": up to a comma or a verb behind it. */
static bool is_of_pair(const struct scene *s, uint32_t from, uint32_t term)
{
    bool pair = false;
    for (uint32_t k = from; k < term; k++) {
        pair = pair && !clause_is(&s->clause, k, TERM_BREAK | TERM_STOPPED) && !phrase_at(s, k, SORT_VERB);
        pair = pair || phrase_at(s, k, SORT_PAIR);
    }
    return pair && !clause_is(&s->clause, term, TERM_BREAK | TERM_STOPPED);
}

/* Does a preposition govern the party: "in Kenya", and so "Uganda" of "in Kenya and Uganda"? */
static bool is_governed(const struct scene *s, const GArray *parties, guint i, uint32_t from)
{
    enum { BACK = 2 };
    const struct figure_clause *c = &s->clause;
    const struct party *party = &g_array_index(parties, struct party, i), *before = i > 0 ? &g_array_index(parties, struct party, i - 1) : NULL;
    if (is_of_pair(s, from, party->terms.start))
        return true;
    for (uint32_t back = 1; back <= BACK && party->terms.start >= from + back; back++) {
        uint32_t k = party->terms.start - back;
        if (phrase_at(s, k, SORT_INSIDE))
            return true;
        if (!clause_is(c, k, TERM_STOP))
            break;
    }
    bool joined = before && before->terms.start >= from && before->terms.end <= party->terms.start, both = joined && before->country && party->country;
    for (uint32_t k = joined ? before->terms.end : 0; joined && k <= party->terms.start; k++)
        joined = (k == party->terms.start || clause_is(c, k, TERM_JOINT)) && (both || !clause_is(c, k, TERM_BREAK));
    return joined && is_governed(s, parties, i - 1, from);
}

/* The parties that are the subject of a verb at `verb`: the last that no preposition governs, and those joined to it. */
static void add_subject(const struct scene *s, const GArray *parties, uint32_t from, uint32_t verb)
{
    const struct figure_clause *c = &s->clause;
    uint32_t next = verb;
    bool any = false;
    for (guint i = parties->len; i-- > 0;) {
        const struct party *party = &g_array_index(parties, struct party, i);
        if (party->terms.end > verb || party->terms.start < from)
            continue;
        bool stopped = false, joined = true, governed = is_governed(s, parties, i, from);
        for (uint32_t k = party->terms.end; k <= next; k++) {
            stopped = stopped || clause_is(c, k, TERM_STOPPED);
            joined = joined && (k == next || clause_is(c, k, TERM_JOINT | TERM_STOP));
        }
        if (stopped || (any && (!joined || governed)))
            return;
        if (governed)
            continue;
        add_party(s, party);
        any = true;
        next = party->terms.start;
    }
}

/* The sentence before that of the clause, or an empty span. */
static struct span sentence_before(const struct figure_clause *c)
{
    uint32_t end = c->terms.start, start = end;
    while (start > 0 && (start == end || !clause_is(c, start, TERM_STOPPED)))
        start--;
    return (struct span){start, end};
}

/* "Gangs killed 40", "It evacuated 30": the subject of the last verb before the figure. */
static void read_subject(const struct scene *s, const struct lexis *lexis)
{
    const struct figure_clause *c = &s->clause;
    uint32_t verb = NONE, n = 0;
    for (uint32_t i = c->number.start; verb == NONE && i-- > c->terms.start && !clause_is(c, i + 1, TERM_STOPPED);)
        if ((n = phrase_at(s, i, SORT_VERB)))
            verb = i;
    if (verb == NONE || (is_passive(s, verb, n) && !is_adjective(s, verb)))
        return;
    uint32_t before = s->ret->n;
    add_subject(s, s->parties, c->terms.start, verb);
    if (s->ret->n > before || !phrase_at(s, c->terms.start, SORT_PRONOUN))
        return;
    struct span last = sentence_before(c);
    g_autoptr(GArray) parties = parties_in(lexis, c->text, c->words, last);
    for (guint i = 0; i < parties->len; i++) {
        const struct party *party = &g_array_index(parties, struct party, i);
        bool inside = false;
        for (uint32_t k = last.start; k < party->terms.start; k++)
            inside = (inside || phrase_at(s, k, SORT_INSIDE)) && !clause_is(c, k + 1, TERM_BREAK);
        if (inside)
            continue;
        add_party(s, party);
        return;
    }
}

/* "flood-affected", "conflict-related": in the figure's part of the sentence. */
static void read_worn(const struct scene *s)
{
    const struct figure_clause *c = &s->clause;
    uint32_t from = c->number.start, to = c->number.end;
    while (from > c->terms.start && !clause_number(c, from - 1) && !clause_is(c, from, TERM_STOPPED))
        from--;
    while (to < c->terms.end && !clause_number(c, to) && !clause_is(c, to, TERM_STOPPED))
        to++;
    for (guint i = 0; i < s->parties->len; i++) {
        const struct party *party = party_at(s, i);
        uint32_t end = party->terms.end;
        bool hyphen = end < to && s->clause.text[party->bytes.end] == '-';
        if (party->cause && party->terms.start >= from && hyphen && phrase_at(s, end, SORT_WORN))
            add_party(s, party);
    }
}

/* "Israel said that 40 …": a country, which the passes credit with nothing, for it may count as well as say. */
static void read_speaker(const struct scene *s)
{
    const struct figure_clause *c = &s->clause;
    for (guint i = 0; i < s->parties->len; i++) {
        const struct party *party = party_at(s, i);
        uint32_t verb = party->terms.end;
        while (verb < c->terms.end && clause_is(c, verb, TERM_VERB)) /* "has said" */
            verb++;
        if (party->country && verb < c->terms.end && !clause_is(c, verb, TERM_BREAK | TERM_STOPPED) && phrase_at(s, verb, SORT_SAY) && !is_governed(s, s->parties, i, c->terms.start))
            s->ret->speaker = *party;
    }
}

void roles_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, struct roles *ret)
{
    *ret = (struct roles){.text = text};
    terms.end = MIN(terms.end, words->terms->len);
    if (number.start < terms.start || number.start >= terms.end)
        return;
    number.end = CLAMP(number.end, number.start + 1, terms.end);
    g_autoptr(GArray) parties = parties_in(lexis, text, words, terms);
    struct scene scene = {{text, words, terms, number, NULL}, phrases_of(lexis), parties, ret};
    read_behind(&scene);
    if (!ret->n && !read_list(&scene))
        read_subject(&scene, lexis);
    read_ahead(&scene);
    read_worn(&scene);
    read_speaker(&scene);
}

static char *printed(const char *text, const struct party *party)
{
    return g_strndup(text + party->bytes.start, party->bytes.end - party->bytes.start);
}

/* Is there a party that it may be? A country that a report is about is not its police. */
static bool is_among(const struct party *party, const GArray *parties)
{
    for (guint i = 0; i < parties->len; i++) {
        const struct party *other = &g_array_index(parties, struct party, i);
        if (!(other->country && party->sorts) && parties_compare(party, other) == PARTIES_SAME)
            return true;
    }
    return false;
}

char *roles_differ(const struct roles *draft, const struct roles *source, const GArray *around, bool told)
{
    for (uint32_t i = 0; i < draft->n; i++) {
        const struct party *ours = &draft->parties[i], *other = NULL;
        enum parties best = PARTIES_OTHER;
        for (uint32_t k = 0; k < source->n; k++) {
            const struct party *theirs = &source->parties[k];
            if (ours->cause != theirs->cause)
                continue;
            other = other ? other : theirs;
            best = MIN(best, parties_compare(ours, theirs));
        }
        if (best == PARTIES_SAME)
            continue;
        g_autofree char *one = printed(draft->text, ours);
        if (other && (best == PARTIES_OTHER || (!ours->country && !other->country && !is_among(ours, around)))) {
            g_autofree char *two = printed(source->text, other);
            return g_strdup_printf("the source says “%s”, the draft “%s”", two, one);
        }
        if (!other && told && !is_among(ours, around))
            return g_strdup_printf("the source does not name “%s”", one);
    }
    return NULL;
}

char *sources_differ(const struct lexis *lexis, const char *draft, const struct lexis *source_lexis, const char *source, const char *const *isos, uint32_t n)
{
    g_autoptr(GArray) ours = g_array_new(FALSE, FALSE, sizeof(struct party)), theirs = g_array_new(FALSE, FALSE, sizeof(struct party));
    parties_add(ours, lexis, draft);
    parties_add(theirs, source_lexis, source);
    uint64_t here = 0;
    for (uint32_t i = 0; i < n; i++)
        here |= isos[i] ? party_country(isos[i]) : 0;
    bool other = ours->len > 0 && theirs->len > 0;
    for (guint i = 0; other && i < ours->len; i++)
        for (guint k = 0; other && k < theirs->len; k++) {
            const struct party *one = &g_array_index(ours, struct party, i), *two = &g_array_index(theirs, struct party, k);
            bool abroad = one->country && here && !(one->countries & here) && !two->countries;
            other = abroad || parties_compare(one, two) == PARTIES_OTHER;
        }
    return other ? g_strdup_printf("the source credits “%s”, the draft “%s”", source, draft) : NULL;
}
