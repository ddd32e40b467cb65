/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/counts.h"

#include "query/words/rows.h"

enum { ROWS = 64, RUN = 8 };

struct named_row {
    const char *name;
    const char *part_of; /* groups */
};

/* A group, and the groups that make it up. */
struct whole {
    uint64_t group;
    uint64_t parts;
};

/* words/counts.tsv as masks; made on first use, lives as long as the program. */
struct table {
    struct named_row events[ROWS], groups[ROWS], diseases[ROWS];
    uint32_t n_events, n_groups, n_diseases;
    uint64_t exclusive[ROWS]; /* of events */
    uint32_t n_exclusive;
    uint64_t parts[ROWS];     /* one a group: itself and the groups it is a part of */
    GHashTable *concepts;     /* name of a concept → struct meaning */
    struct whole wholes[ROWS];
    uint32_t n_wholes;
    uint64_t part;            /* groups that no wider word stands for */
    uint64_t trades;          /* groups that are told by what they do */
    struct named_row states[ROWS], respects[ROWS];
    uint64_t same_respect[ROWS]; /* one a respect: its states */
    uint32_t n_states, n_respects;
    GHashTable *stated[ROW_LANGUAGES]; /* stem of a word → 1 + its state */
    GPtrArray *rows;
};

struct meaning {
    uint64_t event, group, disease;
};

static uint32_t row_named(const struct named_row *rows, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++)
        if (g_str_equal(rows[i].name, name))
            return i;
    g_error("query/words/counts: '%s' is no row above", name);
}

static void add_concepts(struct table *table, const char *names, struct meaning bits)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    for (char **name = list; *name; name++) {
        struct meaning *known = g_hash_table_lookup(table->concepts, *name);
        if (!known) {
            known = g_new0(struct meaning, 1);
            g_hash_table_insert(table->concepts, g_strdup(*name), known);
        }
        known->event |= bits.event;
        known->group |= bits.group;
        known->disease |= bits.disease;
    }
}

static void add_group(struct table *table, char **cells)
{
    uint32_t i = table->n_groups++;
    table->groups[i] = (struct named_row){cells[1], cells[2]};
    table->parts[i] = (uint64_t)1 << i;
    if (!g_str_equal(cells[2], "-"))
        table->parts[i] |= table->parts[row_named(table->groups, i, cells[2])];
    add_concepts(table, cells[3], (struct meaning){.group = (uint64_t)1 << i});
}

static void add_whole(struct table *table, char **cells)
{
    struct whole *whole = &table->wholes[table->n_wholes++];
    whole->group = (uint64_t)1 << row_named(table->groups, table->n_groups, cells[1]);
    for (char **part = cells + 2; *part; part++)
        whole->parts |= (uint64_t)1 << row_named(table->groups, table->n_groups, *part);
}

static void add_state(struct table *table, char **cells)
{
    uint32_t state = table->n_states++, respect = 0;
    table->states[state].name = cells[2];
    while (respect < table->n_respects && !g_str_equal(table->respects[respect].name, cells[1]))
        respect++;
    if (respect == table->n_respects)
        table->respects[table->n_respects++].name = cells[1];
    table->same_respect[respect] |= (uint64_t)1 << state;
    for (size_t i = 0; i < ROW_LANGUAGES; i++) {
        g_auto(GStrv) words = g_strsplit(cells[3 + i], " ", -1);
        for (char **word = words; *word; word++)
            g_hash_table_insert(table->stated[i], GUINT_TO_POINTER(word_stem(lexis_of(row_languages[i]), slice_of(*word))), GUINT_TO_POINTER(1 + state));
    }
}

static void add_row(struct table *table, char **cells)
{
    guint n = g_strv_length(cells);
    if (n == 3 && g_str_equal(cells[0], "event") && table->n_events < ROWS) {
        add_concepts(table, cells[2], (struct meaning){.event = (uint64_t)1 << table->n_events});
        table->events[table->n_events++].name = cells[1];
    } else if (n == 3 && g_str_equal(cells[0], "disease") && table->n_diseases < ROWS) {
        add_concepts(table, cells[2], (struct meaning){.disease = (uint64_t)1 << table->n_diseases});
        table->diseases[table->n_diseases++].name = cells[1];
    } else if (n == 4 && g_str_equal(cells[0], "group") && table->n_groups < ROWS) {
        add_group(table, cells);
    } else if (n > 3 && g_str_equal(cells[0], "whole") && table->n_wholes < ROWS) {
        add_whole(table, cells);
    } else if (n > 1 && g_str_equal(cells[0], "part")) {
        for (guint i = 1; i < n; i++)
            table->part |= (uint64_t)1 << row_named(table->groups, table->n_groups, cells[i]);
    } else if (n > 1 && g_str_equal(cells[0], "trade")) {
        for (guint i = 1; i < n; i++)
            table->trades |= (uint64_t)1 << row_named(table->groups, table->n_groups, cells[i]);
    } else if (n == 3 + ROW_LANGUAGES && g_str_equal(cells[0], "state") && table->n_states < ROWS) {
        add_state(table, cells);
    } else if (n > 2 && g_str_equal(cells[0], "exclusive") && table->n_exclusive < ROWS) {
        for (guint i = 1; i < n; i++)
            table->exclusive[table->n_exclusive] |= (uint64_t)1 << row_named(table->events, table->n_events, cells[i]);
        table->n_exclusive++;
    } else {
        g_error("query/words/counts: '%s' is no row", cells[0]);
    }
}

static const struct table *table_get(void)
{
    static struct table *table;
    if (table)
        return table;
    table = g_new0(struct table, 1);
    table->concepts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < ROW_LANGUAGES; i++)
        table->stated[i] = g_hash_table_new(NULL, NULL);
    table->rows = word_rows("counts"); /* the names are theirs */
    for (guint i = 0; i < table->rows->len; i++)
        add_row(table, g_ptr_array_index(table->rows, i));
    return table;
}

/* What each term of [terms) means, where it begins a concept; ends: the term behind a concept. A word inside a longer concept ("missing school", "aid worker") says
 * no event of its own. The caller frees it. */
static struct meaning *meanings(const struct lexis *lexis, const struct words *words, struct span terms)
{
    const struct table *table = table_get();
    struct meaning *means = g_new0(struct meaning, terms.end - terms.start + 1);
    uint32_t covered = 0;
    GHashTableIter iter;
    gpointer name, bits;
    g_autoptr(GHashTable) ids = g_hash_table_new(NULL, NULL);
    g_hash_table_iter_init(&iter, table->concepts);
    while (g_hash_table_iter_next(&iter, &name, &bits))
        if (concept_named(lexis, name))
            g_hash_table_insert(ids, GUINT_TO_POINTER(concept_named(lexis, name)), bits);
    uint32_t cover_first = 0, cover_n = 0;
    for (guint i = 0; i < words->named->len; i++) {
        const struct named *named = &g_array_index(words->named, struct named, i);
        if (named->narrow || named->first < terms.start || named->first + named->n > terms.end)
            continue;
        const struct meaning *meaning = g_hash_table_lookup(ids, GUINT_TO_POINTER(named->concept));
        bool inside = named->first + named->n <= covered && named->n < cover_n && named->first >= cover_first;
        if (named->first + named->n > covered) {
            covered = named->first + named->n;
            cover_first = named->first;
            cover_n = named->n;
        }
        if (!meaning)
            continue;
        struct meaning *at = &means[named->first + named->n - 1 - terms.start];
        at->event |= inside ? 0 : meaning->event;
        at->group |= meaning->group;
        at->disease |= meaning->disease;
    }
    return means;
}

/* One figure's sentence. */
struct stretch {
    const char *text;
    const struct words *words;
    const struct meaning *means; /* one a term from terms.start */
    struct span terms, number;
};

static const struct meaning *meaning_at(const struct stretch *s, uint32_t i)
{
    return &s->means[i - s->terms.start];
}

static bool is_flag(const struct stretch *s, uint32_t i, uint32_t flags)
{
    return term_of(s->words, i)->flags & flags;
}

static bool is_and(const struct stretch *s, uint32_t i)
{
    return is_flag(s, i, TERM_JOINT) && !is_flag(s, i, TERM_OF);
}

/* Is the term the number of another figure? A year and the day of a month are none. */
static bool is_number(const struct stretch *s, uint32_t i)
{
    const struct term *term = term_of(s->words, i);
    if (!(term->flags & TERM_NUMBER) || (i >= s->number.start && i < s->number.end) || meaning_at(s, i)->group) /* "under 5" */
        return false;
    uint32_t len = term->end - term->start;
    bool year = len == 4 && (strncmp(s->text + term->start, "19", 2) == 0 || strncmp(s->text + term->start, "20", 2) == 0);
    bool day = len <= 2 && ((i > s->terms.start && term_month(term_of(s->words, i - 1))) || (i + 1 < s->terms.end && term_month(term_of(s->words, i + 1))));
    return !year && !day;
}

/* Events right behind the number: up to a comma, "and", the next figure, or the preposition behind the first of them. */
static uint64_t events_behind(const struct stretch *s)
{
    uint64_t events = 0;
    for (uint32_t i = s->number.start; i < s->terms.end; i++) {
        bool inside = i < s->number.end;
        if (!inside && (is_number(s, i) || is_flag(s, i, TERM_STOPPED | TERM_BREAK)))
            break;
        if (!inside && is_and(s, i)) { /* "killed and injured", not "killed and 280 injured" */
            if (!events || i + 1 >= s->terms.end || !meaning_at(s, i + 1)->event || (i + 2 < s->terms.end && is_number(s, i + 2)))
                break;
            continue;
        }
        if (events && is_flag(s, i, TERM_STOP) && !is_flag(s, i, TERM_OF | TERM_VERB))
            break;
        events |= meaning_at(s, i)->event;
    }
    return events;
}

/* Those before it, back to the figure before: the nearest, and what stands with it. */
static uint64_t events_before(const struct stretch *s)
{
    uint64_t events = 0;
    for (uint32_t i = s->number.start; i-- > s->terms.start;) {
        if (is_flag(s, i + 1, TERM_STOPPED) || (events && is_flag(s, i + 1, TERM_BREAK)) || is_number(s, i))
            break;
        events |= meaning_at(s, i)->event;
    }
    return events;
}

/* Those farther behind it, where no other figure follows that they may belong to: "300 people, most of them women, were displaced". */
static uint64_t events_after(const struct stretch *s)
{
    uint64_t events = 0;
    for (uint32_t i = s->number.end; i < s->terms.end && !is_flag(s, i, TERM_STOPPED); i++) {
        if (is_number(s, i))
            return 0;
        events |= meaning_at(s, i)->event;
    }
    return events;
}

static void add_group_of(struct counts *ret, uint64_t group, bool fresh)
{
    if (fresh && ret->n_groups < COUNTS_GROUPS)
        ret->n_groups++;
    if (ret->n_groups)
        ret->groups[ret->n_groups - 1] |= group;
}

/* The nouns behind a number: "refugees and migrants who …". */
static void read_groups(const struct stretch *s, struct counts *ret)
{
    bool fresh = true;
    uint32_t limit = MIN(s->terms.end, s->number.end + RUN);
    for (uint32_t i = s->number.start; i < limit; i++) {
        bool inside = i < s->number.end, some = ret->n_groups > 0;
        if (!inside && (is_number(s, i) || is_flag(s, i, TERM_STOPPED)))
            break;
        bool comma = !inside && is_flag(s, i, TERM_BREAK), joint = !inside && is_and(s, i);
        if (comma || joint) {
            uint32_t next = joint ? i + 1 : i;
            if (!some || next >= limit || !(meaning_at(s, next)->group || (next + 1 < limit && meaning_at(s, next + 1)->group && !is_flag(s, next, TERM_STOP | TERM_NUMBER))))
                break;
            fresh = true;
            if (joint)
                continue;
        }
        const struct meaning *meaning = meaning_at(s, i);
        if (meaning->group) {
            add_group_of(ret, meaning->group, fresh);
            fresh = false;
            continue;
        }
        bool article = i > s->number.start && is_flag(s, i - 1, TERM_OF);
        if (!inside && ((some && (meaning->event || is_flag(s, i, TERM_OF))) || (is_flag(s, i, TERM_STOP) && !is_flag(s, i, TERM_OF) && !article)))
            break;
    }
}

/* What is said of the figure in its part of the sentence, and the groups there that it is not said to count. */
static void read_beside(const struct stretch *s, const struct lexis *lexis, struct counts *ret)
{
    const struct table *table = table_get();
    GHashTable *stated = table->stated[row_language(lexis)];
    uint32_t from = s->number.start, to = s->number.end;
    while (from > s->terms.start && !is_number(s, from - 1) && !is_flag(s, from, TERM_STOPPED))
        from--;
    while (to < s->terms.end && !is_number(s, to) && !is_flag(s, to, TERM_STOPPED))
        to++;
    for (uint32_t i = from; i < to; i++) {
        guint state = GPOINTER_TO_UINT(g_hash_table_lookup(stated, GUINT_TO_POINTER(term_of(s->words, i)->stem)));
        ret->states |= state ? (uint64_t)1 << (state - 1) : 0;
        ret->beside |= meaning_at(s, i)->group;
    }
    for (uint32_t i = 0; i < ret->n_groups; i++)
        ret->beside &= ~ret->groups[i];
}

/* What the record's own noun says: the noun of a table's column stands far from the number. */
static void read_counted(const struct lexis *lexis, const char *counted, struct counts *ret)
{
    struct words *words = words_new(lexis, slice_of(counted));
    struct span terms = {0, words->terms->len};
    g_autofree struct meaning *means = meanings(lexis, words, terms);
    struct stretch s = {counted, words, means, terms, {0, 0}};
    for (uint32_t i = 0; i < terms.end; i++)
        ret->events |= means[i].event;
    if (!ret->n_groups)
        read_groups(&s, ret);
    words_free(words);
}

void counts_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, const char *counted, struct counts *ret)
{
    *ret = (struct counts){0};
    terms.end = MIN(terms.end, words->terms->len);
    if (number.start < terms.start || number.start >= terms.end)
        return;
    number.end = CLAMP(number.end, number.start + 1, terms.end);
    g_autofree struct meaning *means = meanings(lexis, words, terms);
    struct stretch s = {text, words, means, terms, number};
    for (uint32_t i = terms.start; i < terms.end; i++) {
        ret->diseases |= meaning_at(&s, i)->disease;
        ret->sentence |= meaning_at(&s, i)->event;
    }
    read_groups(&s, ret);
    if (counted)
        read_counted(lexis, counted, ret);
    ret->events |= events_behind(&s);
    if (!ret->events)
        ret->events = events_before(&s) | events_after(&s);
    read_beside(&s, lexis, ret);
}

void counts_take_sentence(struct counts *counts)
{
    const struct table *table = table_get();
    bool several = false;
    for (uint32_t i = 0; i < table->n_exclusive; i++) {
        uint64_t some = counts->sentence & table->exclusive[i];
        several = several || (some & (some - 1));
    }
    if (!counts->events && !several)
        counts->events = counts->sentence;
}

static bool events_differ(uint64_t draft, uint64_t source)
{
    const struct table *table = table_get();
    if (!draft || !source || draft & source)
        return false;
    for (uint32_t i = 0; i < table->n_exclusive; i++)
        if (draft & table->exclusive[i] && source & table->exclusive[i])
            return true;
    return false;
}

/* Is each bit of the draft's group one of the source's, or a wider word for one? */
static bool covers(uint64_t draft, uint64_t source)
{
    const struct table *table = table_get();
    uint64_t wider = 0;
    for (uint32_t i = 0; i < table->n_groups; i++)
        if (source >> i & 1)
            wider |= table->parts[i];
    return !(draft & ~wider);
}

/* Does the draft name all the groups that make up the source's: "boys and girls" of children? */
static bool makes_up(const struct counts *draft, uint64_t source)
{
    const struct table *table = table_get();
    uint64_t named = 0;
    for (uint32_t k = 0; k < draft->n_groups; k++)
        named |= draft->groups[k];
    for (uint32_t i = 0; i < table->n_wholes; i++)
        if (source & table->wholes[i].group && (named & table->wholes[i].parts) == table->wholes[i].parts)
            return true;
    return false;
}

static bool groups_differ(const struct counts *draft, const struct counts *source)
{
    for (uint32_t i = 0; draft->n_groups && i < source->n_groups; i++) {
        bool covered = makes_up(draft, source->groups[i]);
        for (uint32_t k = 0; k < draft->n_groups; k++) { /* "among women, 88 people": what stands beside a wider word may narrow it */
            uint64_t beside = covers(source->groups[i], draft->groups[k]) ? source->beside : 0;
            covered = covered || covers(draft->groups[k], source->groups[i] | beside);
        }
        if (!covered)
            return true;
    }
    return false;
}

static void append_names(GString *out, const struct named_row *rows, uint64_t mask)
{
    const char *between = "";
    for (uint32_t i = 0; i < ROWS; i++)
        if (mask >> i & 1) {
            g_string_append_printf(out, "%s%s", between, rows[i].name);
            between = " and ";
        }
}

uint64_t counts_unsaid(const struct counts *draft, uint64_t said)
{
    const struct table *table = table_get();
    uint64_t unsaid = 0, named = draft->beside;
    for (uint32_t i = 0; i < draft->n_groups; i++)
        named |= draft->groups[i];
    for (uint32_t i = 0; i < table->n_groups; i++) {
        bool met = false;
        for (uint32_t k = 0; k < table->n_groups; k++) /* the same, or a narrower word for it, or a wider one that is not everybody */
            met = met || (said >> k & 1 && (table->parts[k] >> i & 1 || (table->parts[i] >> k & 1 && table->parts[k] & ~((uint64_t)1 << k))));
        unsaid |= named >> i & 1 && table->parts[i] & ~((uint64_t)1 << i) && !met ? (uint64_t)1 << i : 0;
    }
    return unsaid;
}

static uint64_t all_groups(const struct counts *counts)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < counts->n_groups; i++)
        all |= counts->groups[i];
    return all;
}

bool counts_trade(const struct counts *counts)
{
    return all_groups(counts) & table_get()->trades;
}

char *counts_groups(uint64_t groups)
{
    GString *out = g_string_new(NULL);
    append_names(out, table_get()->groups, groups);
    return g_string_free(out, FALSE);
}

uint64_t groups_said(const struct lexis *lexis, const char *text)
{
    struct words *words = words_new(lexis, slice_of(text));
    struct span terms = {0, words->terms->len};
    g_autofree struct meaning *means = meanings(lexis, words, terms);
    uint64_t said = 0;
    for (uint32_t i = 0; i < terms.end; i++)
        said |= means[i].group;
    words_free(words);
    return said;
}

/* Does the source count a part alone, children of people, and the draft nothing but the whole? */
static bool is_part(const struct counts *draft, const struct counts *source)
{
    uint64_t part = table_get()->part, said = draft->beside;
    for (uint32_t i = 0; i < draft->n_groups; i++)
        said |= draft->groups[i];
    bool all = draft->n_groups > 0 && source->n_groups > 0;
    for (uint32_t i = 0; i < source->n_groups; i++)
        all = all && source->groups[i] & part;
    return all && !(said & part);
}

/* The states of both in a respect in which they say different things; false where there is none. */
static bool states_differ(const struct counts *draft, const struct counts *source, uint64_t *respect)
{
    const struct table *table = table_get();
    *respect = 0;
    for (uint32_t i = 0; i < table->n_respects && !*respect; i++) {
        uint64_t all = table->same_respect[i];
        if (draft->states & all && source->states & all && !(draft->states & source->states & all))
            *respect = all;
    }
    return *respect != 0;
}

char *counts_happened(const struct lexis *lexis, const struct counts *counts, const char *counted)
{
    struct counts noun = {0};
    if (counted)
        read_counted(lexis, counted, &noun);
    GString *out = g_string_new(NULL);
    uint64_t cases = (uint64_t)1 << row_named(table_get()->events, table_get()->n_events, "cases"); /* says of people only how they were counted */
    if (!(noun.events & counts->events))
        append_names(out, table_get()->events, counts->events & ~cases);
    return g_string_free(out, out->len == 0);
}

static char *two_groups(const struct counts *draft, const struct counts *source, const char *who)
{
    GString *out = g_string_new("the source counts ");
    append_names(out, table_get()->groups, all_groups(source));
    g_string_append_printf(out, ", %s ", who);
    append_names(out, table_get()->groups, all_groups(draft));
    return g_string_free(out, FALSE);
}

char *counts_differ(const struct counts *draft, const struct counts *source)
{
    char *other = counts_differ_from(draft, source, "the draft");
    return !other && is_part(draft, source) ? two_groups(draft, source, "the draft") : other;
}

char *counts_differ_from(const struct counts *draft, const struct counts *source, const char *who)
{
    const struct table *table = table_get();
    uint64_t respect;
    bool states = states_differ(draft, source, &respect);
    const struct {
        bool differ;
        const struct named_row *rows;
        uint64_t draft, source;
    } parts[] = {
        {events_differ(draft->events, source->events), table->events, draft->events, source->events},
        {draft->diseases && source->diseases && !(draft->diseases & source->diseases), table->diseases, draft->diseases, source->diseases},
        {groups_differ(draft, source), table->groups, all_groups(draft), all_groups(source)},
        {states, table->states, draft->states & respect, source->states & respect},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!parts[i].differ)
            continue;
        GString *out = g_string_new("the source counts ");
        append_names(out, parts[i].rows, parts[i].source);
        g_string_append_printf(out, ", %s ", who);
        append_names(out, parts[i].rows, parts[i].draft);
        return g_string_free(out, FALSE);
    }
    return NULL;
}
