/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/words/party.h"

#include "extract/gazetteer.h"
#include "query/words/phrases.h"
#include "query/words/rows.h"

#include <string.h>

enum { ROWS = 64, NAME_WORDS = 9, NAME_BYTES = 160 };

/* Where a name's number comes from: a record of the table, or the word as it stands. */
static const uint32_t actor_name = 1u << 31, word_mask = (1u << 30) - 1;

/* words/parties.tsv; made on first use, lives as long as the program. */
struct table {
    const char *names[ROWS];
    uint64_t wider[ROWS]; /* one a row: itself and those that hold it */
    uint64_t causes;
    uint32_t n;
    GHashTable *forms[ROW_LANGUAGES]; /* phrases */
    GHashTable *classes;          /* class of an actor → 1 + its row */
    GHashTable *wide;             /* set of the names of actors */
    GPtrArray *rows;
};

static uint32_t row_named(const struct table *table, const char *name)
{
    for (uint32_t i = 0; i < table->n; i++)
        if (g_str_equal(table->names[i], name))
            return i;
    g_error("query/words/parties: '%s' is no row above", name);
}

static void add_row(struct table *table, char **cells)
{
    guint n = g_strv_length(cells);
    bool who = n == 3 + ROW_LANGUAGES && g_str_equal(cells[0], "who"), cause = n == 3 + ROW_LANGUAGES && g_str_equal(cells[0], "cause");
    if ((who || cause) && table->n < ROWS) {
        uint32_t row = table->n++;
        table->names[row] = cells[1];
        table->wider[row] = (uint64_t)1 << row | (g_str_equal(cells[2], "-") ? 0 : table->wider[row_named(table, cells[2])]);
        table->causes |= cause ? (uint64_t)1 << row : 0;
        for (size_t i = 0; i < ROW_LANGUAGES; i++)
            phrases_add(table->forms[i], lexis_of(row_languages[i]), cells[3 + i], row, "parties");
    } else if (n == 3 && g_str_equal(cells[0], "class")) {
        g_hash_table_insert(table->classes, cells[1], GUINT_TO_POINTER(1 + row_named(table, cells[2])));
    } else if (n == 2 && g_str_equal(cells[0], "wide")) {
        g_hash_table_add(table->wide, cells[1]);
    } else {
        g_error("query/words/parties: '%s' is no row", cells[0]);
    }
}

static const struct table *table_get(void)
{
    static struct table *table;
    if (table)
        return table;
    table = g_new0(struct table, 1);
    for (size_t i = 0; i < ROW_LANGUAGES; i++)
        table->forms[i] = phrases_new();
    table->classes = g_hash_table_new(g_str_hash, g_str_equal);
    table->wide = g_hash_table_new(g_str_hash, g_str_equal);
    table->rows = word_rows("parties"); /* the names are theirs */
    for (guint i = 0; i < table->rows->len; i++)
        add_row(table, g_ptr_array_index(table->rows, i));
    return table;
}

struct reading {
    const char *text;
    const struct words *words;
    struct span terms;
    GHashTable *forms;
};

static void add_name(struct party *party, uint32_t name)
{
    party->named = true;
    if (party->n_names < PARTY_NAMES)
        party->names[party->n_names++] = name;
}

static void add_sort(struct party *party, uint32_t row)
{
    party->sorts |= (uint64_t)1 << row;
    party->wider |= table_get()->wider[row];
    party->cause = party->cause || table_get()->causes >> row & 1;
}

/* A sort of actor, or a cause, that begins at the term: the term behind it, or i. */
static uint32_t sort_at(const struct reading *r, uint32_t i, struct party *party)
{
    const struct phrase *form = phrases_at(r->forms, r->words, (struct span){i, r->terms.end}, NONE);
    if (!form)
        return i;
    add_sort(party, form->row);
    return i + form->n;
}

uint64_t party_country(const char *iso)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_place *country = gazetteer_country(g, iso);
    return country ? (uint64_t)1 << ((uint32_t)(country - gazetteer_place(g, 0)) % 64) : 0;
}

/* The country whose name or people an actor's name has: "Israel Defense Forces". */
static uint64_t country_in(const char *name)
{
    const struct gazetteer *g = gazetteer_get();
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    uint64_t countries = 0;
    for (char **word = words; *word; word++) {
        const struct gazetteer_slot *slot = g_ascii_isupper(**word) ? gazetteer_find(g, *word) : NULL;
        const struct gazetteer_sense *sense = slot && slot->count ? gazetteer_senses(g, slot) : NULL;
        bool place = sense && !(sense->flags & (SENSE_ACTOR | SENSE_DOUBTFUL | SENSE_CAPITALS)) && gazetteer_place(g, sense->record)->class == PLACE_COUNTRY;
        countries |= place ? party_country(gazetteer_place(g, sense->record)->iso) : 0;
    }
    return countries;
}

/* The record of an actor or country that a text names; place: a town or region, which does nothing. */
static bool record_at(const char *name, bool capitals, struct party *party, bool *place)
{
    const struct gazetteer *g = gazetteer_get();
    const struct table *table = table_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint32_t k = 0; slot && k < slot->count; k++) {
        if (senses[k].flags & SENSE_DOUBTFUL || (senses[k].flags & SENSE_CAPITALS && !capitals))
            continue;
        if (senses[k].flags & SENSE_ACTOR) {
            const struct gazetteer_actor *actor = gazetteer_actor(g, senses[k].record);
            guint row = GPOINTER_TO_UINT(g_hash_table_lookup(table->classes, gazetteer_string(g, actor->class)));
            bool wide = g_hash_table_contains(table->wide, gazetteer_string(g, actor->name));
            if (row)
                add_sort(party, row - 1);
            if (!wide)
                add_name(party, actor_name | senses[k].record);
            party->countries |= country_in(gazetteer_string(g, actor->name));
            return true;
        }
        const struct gazetteer_place *known = gazetteer_place(g, senses[k].record);
        const struct gazetteer_place *country = known->class == PLACE_COUNTRY ? known : NULL;
        if (country)
            party->countries |= party_country(known->iso);
        *place = !country;
        return true;
    }
    return false;
}

/* The longest name of our table that begins at the term, else a run of capitals: the term behind it, or i. */
static uint32_t name_at(const struct reading *r, uint32_t i, struct party *party, bool *place)
{
    uint32_t most = i + 1, start = term_of(r->words, i)->start;
    *place = false;
    while (most < r->terms.end && most < i + NAME_WORDS && !(term_of(r->words, most)->flags & (TERM_BREAK | TERM_STOPPED)))
        most++;
    for (uint32_t after = most; after > i; after--) {
        char name[NAME_BYTES];
        uint32_t end = term_of(r->words, after - 1)->end;
        if (end - start >= NAME_BYTES || !(term_of(r->words, after - 1)->flags & (TERM_CAPITAL | TERM_NUMBER)))
            continue;
        g_strlcpy(name, r->text + start, end - start + 1);
        if (g_str_has_suffix(name, "'s"))
            name[end - start - 2] = '\0';
        else if (g_str_has_suffix(name, "\xe2\x80\x99s"))
            name[end - start - 4] = '\0';
        if (record_at(name, term_of(r->words, i)->flags & TERM_ACRONYM, party, place))
            return after;
    }
    return i;
}

/* "M23", "CODECO", "Mai-Mai Mazembe": printed as a name, and in no table. The first word of a sentence is printed so in any case. */
static uint32_t unknown_at(const struct reading *r, uint32_t i, struct party *party)
{
    const struct term *term = term_of(r->words, i);
    bool number = i + 1 < r->terms.end && term_of(r->words, i + 1)->flags & TERM_NUMBER && term_of(r->words, i + 1)->start == term->end;
    bool opens = i == r->terms.start || term->flags & TERM_STOPPED, acronym = term->flags & TERM_ACRONYM;
    if (term->flags & TERM_STOP || term_month(term) || (opens && !acronym && !number))
        return i;
    add_name(party, (number ? term->plain * 31 + term_of(r->words, i + 1)->plain : term->plain) & word_mask);
    return i + 1 + number;
}

/* "3R": a name that begins with digits. */
static bool is_digits_name(const struct reading *r, uint32_t i)
{
    const struct term *next = i + 1 < r->terms.end ? term_of(r->words, i + 1) : NULL;
    return next && term_of(r->words, i)->flags & TERM_NUMBER && next->start == term_of(r->words, i)->end && next->flags & TERM_CAPITAL;
}

static uint32_t party_at(const struct reading *r, uint32_t i, struct party *party, bool *place)
{
    bool capital = term_of(r->words, i)->flags & TERM_CAPITAL;
    *place = false;
    if (is_digits_name(r, i)) {
        add_name(party, (term_of(r->words, i)->plain * 31 + term_of(r->words, i + 1)->plain) & word_mask);
        return i + 2;
    }
    uint32_t after = capital ? name_at(r, i, party, place) : i;
    if (after == i)
        after = sort_at(r, i, party);
    return after == i && capital ? unknown_at(r, i, party) : after;
}

static void merge(struct party *party, const struct party *more)
{
    party->terms.end = more->terms.end;
    party->bytes.end = more->bytes.end;
    party->sorts |= more->sorts;
    party->wider |= more->wider;
    party->countries |= more->countries;
    party->named = party->named || more->named;
    party->cause = party->cause || more->cause;
    for (uint32_t k = 0; k < more->n_names && party->n_names < PARTY_NAMES; k++)
        party->names[party->n_names++] = more->names[k];
}

/* Do they stand side by side, or with "of (the)" between? */
static bool goes_on(const struct reading *r, const struct party *party, uint32_t first)
{
    bool of = false;
    for (uint32_t i = party->terms.end; i <= first; i++) {
        const struct term *term = term_of(r->words, i);
        if (term->flags & (TERM_BREAK | TERM_STOPPED))
            return false;
        if (i == first)
            break;
        of = of || term->flags & TERM_OF;
        if (!of || !(term->flags & TERM_STOP) || i >= party->terms.end + 2)
            return false;
    }
    return true;
}

/* The acronym that the capitals of several words make: "World Health Organization" is WHO. */
static void add_initials(const struct reading *r, struct party *party)
{
    char initials[NAME_WORDS + 1];
    size_t n = 0;
    for (uint32_t i = party->terms.start; i < party->terms.end && n < NAME_WORDS; i++)
        if (term_of(r->words, i)->flags & TERM_CAPITAL)
            initials[n++] = r->text[term_of(r->words, i)->start];
    initials[n] = '\0';
    if (n < 2 || !party->named || !g_str_is_ascii(initials))
        return;
    struct words *words = words_new(lexis_of("en"), slice_of(initials));
    if (words->terms->len == 1)
        add_name(party, term_of(words, 0)->plain & word_mask);
    words_free(words);
}

GArray *parties_in(const struct lexis *lexis, const char *text, const struct words *words, struct span terms)
{
    const struct table *table = table_get();
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct party));
    struct reading reading = {text, words, terms, table->forms[row_language(lexis)]};
    for (uint32_t i = terms.start, after; i < terms.end; i = MAX(after, i + 1)) {
        struct party party = {0};
        bool place;
        after = party_at(&reading, i, &party, &place);
        if (after == i || place)
            continue;
        party.terms = (struct span){i, after};
        party.bytes = (struct span){term_of(words, i)->start, term_of(words, after - 1)->end};
        struct party *last = found->len ? &g_array_index(found, struct party, found->len - 1) : NULL;
        if (last && goes_on(&reading, last, i))
            merge(last, &party);
        else
            g_array_append_val(found, party);
    }
    for (guint i = 0; i < found->len; i++) {
        struct party *party = &g_array_index(found, struct party, i);
        add_initials(&reading, party);
        party->country = party->countries && !party->named && !party->sorts;
    }
    return found;
}

void parties_add(GArray *parties, const struct lexis *lexis, const char *text)
{
    struct words *words = words_new(lexis, slice_of(text));
    g_autoptr(GArray) found = parties_in(lexis, text, words, (struct span){0, words->terms->len});
    g_array_append_vals(parties, found->data, found->len);
    words_free(words);
}

static bool share_name(const struct party *a, const struct party *b)
{
    for (uint32_t i = 0; i < a->n_names; i++)
        for (uint32_t k = 0; k < b->n_names; k++)
            if (a->names[i] == b->names[k])
                return true;
    return false;
}

enum parties parties_compare(const struct party *draft, const struct party *source)
{
    if (share_name(draft, source))
        return PARTIES_SAME;
    if (draft->countries && source->countries && !(draft->countries & source->countries))
        return PARTIES_OTHER;
    if ((draft->country && !source->countries) || (source->country && !draft->countries)) /* whose army it is, nobody says */
        return PARTIES_UNSURE;
    if (draft->named && source->named)
        return PARTIES_OTHER;
    bool sorts = draft->sorts && source->sorts;
    if (sorts && !(draft->sorts & source->wider) && !(source->sorts & draft->wider))
        return PARTIES_OTHER;
    if (!draft->named && !source->named && (sorts || draft->countries & source->countries))
        return PARTIES_SAME;
    if (draft->named && !draft->countries && source->countries) /* "Israeli air strikes", and those of a group */
        return PARTIES_OTHER;
    if (draft->named && sorts && !(source->sorts & draft->wider)) /* a narrower sort than the name's own: militias, for a group with a name */
        return PARTIES_OTHER;
    return source->named && sorts ? PARTIES_SAME : PARTIES_UNSURE; /* the draft says it less exactly */
}
