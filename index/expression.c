/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/expression.h"

#include "base/error.h"
#include "index/tags.h"
#include "index/tokenize.h"

/* What one word written is worth: its own form more than another of the same stem, a number's value as much as its digits. */
static const double EXACT = 1, STEMMED = 0.8, VALUE = 0.9, PHRASE = 1.5, FILTER = 0;

/* The tokens of one clause: for each place in it, the synonyms that stand there. */
struct places {
    GPtrArray *synonyms; /* GPtrArray of char * */
};

static void places_init(struct places *places)
{
    places->synonyms = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
}

static bool add_token(void *data, struct slice token, uint32_t start, uint32_t end, bool same)
{
    (void)start;
    (void)end;
    struct places *places = data;
    if (!same || places->synonyms->len == 0)
        g_ptr_array_add(places->synonyms, g_ptr_array_new_with_free_func(g_free));
    g_ptr_array_add(g_ptr_array_index(places->synonyms, places->synonyms->len - 1), slice_dup(token));
    return true;
}

static void add_missing(GPtrArray *into, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        if (!g_ptr_array_find_with_equal_func(into, g_ptr_array_index(from, i), g_str_equal, NULL))
            g_ptr_array_add(into, g_strdup(g_ptr_array_index(from, i)));
}

/* The tokens of a text, with its stems in every language asked for. */
static void read_places(struct tokenizer *tokenizer, struct slice text, bool stems, const char *const *languages, struct places *places)
{
    places_init(places);
    tokenizer_language(tokenizer, stems ? languages[0] : NULL);
    tokenize(tokenizer, text, stems, add_token, places);
    for (size_t i = 1; stems && languages[0] && languages[i]; i++) {
        struct places more;
        places_init(&more);
        tokenizer_language(tokenizer, languages[i]);
        tokenize(tokenizer, text, true, add_token, &more);
        g_assert(more.synonyms->len == places->synonyms->len); /* only stems depend on the language */
        for (guint j = 0; j < more.synonyms->len; j++)
            add_missing(g_ptr_array_index(places->synonyms, j), g_ptr_array_index(more.synonyms, j));
        g_ptr_array_unref(more.synonyms);
    }
}

static const char *synonym(const struct places *places, guint place, guint i)
{
    return g_ptr_array_index((GPtrArray *)g_ptr_array_index(places->synonyms, place), i);
}

static guint n_synonyms(const struct places *places, guint place)
{
    return ((GPtrArray *)g_ptr_array_index(places->synonyms, place))->len;
}

/* The columns of the full text. */
enum column { TEXT, TAGS };
static const char *const columns[] = {[TEXT] = "text", [TAGS] = "tags"};

/* One phrase of the group that was begun last. */
static void add_phrase(struct expression *e, enum rank_sort sort, enum column column, const char *tokens, bool prefix, double weight)
{
    struct rank_phrase phrase = {e->clauses, e->alternatives, e->groups, sort, weight, 0, g_strdup_printf("%s : \"%s\"%s", columns[column], tokens, prefix ? " *" : ""), g_strdup(tokens), column, prefix};
    g_array_append_val(e->phrases, phrase);
}

static void begin_alternative(struct expression *e)
{
    e->alternatives++;
    e->groups++;
}

/* All spellings and stems of the word at one place. */
static void add_word(struct expression *e, enum rank_sort sort, const struct places *places, guint place, bool prefix, double weight)
{
    for (guint i = 0; i < n_synonyms(places, place); i++)
        add_phrase(e, sort, TEXT, synonym(places, place, i), prefix, weight * (i == 0 ? EXACT : STEMMED));
}

static bool is_number(const char *token)
{
    return g_ascii_isdigit(*token) && strspn(token, "0123456789.") == strlen(token);
}

/* "10 000": the number that the places make together, or NULL. */
static const char *grouped_number(const struct places *places)
{
    if (places->synonyms->len < 2 || n_synonyms(places, 0) < 2 || !is_number(synonym(places, 0, 0)))
        return NULL;
    for (guint i = 1; i < places->synonyms->len; i++)
        if (strlen(synonym(places, i, 0)) != 3 || !is_number(synonym(places, i, 0)))
            return NULL;
    return synonym(places, 0, 1);
}

/* A number is also found where the text writes it in words or with a multiplier: extraction has left its value as a tag. */
static void add_value(struct expression *e, enum rank_sort sort, const char *token, double weight)
{
    g_autoptr(GString) tag = g_string_new(NULL);
    tag_append_number(tag, g_ascii_strtod(token, NULL));
    add_phrase(e, sort, TAGS, tag->str + 1, false, weight * VALUE);
}

static char *exact_phrase(const struct places *places, const char *between)
{
    GString *phrase = g_string_new(NULL);
    for (guint i = 0; i < places->synonyms->len; i++)
        g_string_append_printf(phrase, "%s%s", i > 0 ? between : "", synonym(places, i, 0));
    return g_string_free(phrase, FALSE);
}

/* "well-known": both words, or the two as one; "10 000": the number, too. */
static void add_words(struct expression *e, enum rank_sort sort, const struct places *places, bool prefix, double weight)
{
    guint n = places->synonyms->len;
    e->alternatives++;
    for (guint i = 0; i < n; i++) {
        e->groups++;
        add_word(e, sort, places, i, prefix && i + 1 == n, weight / n);
    }
    const char *number = grouped_number(places);
    g_autofree char *joined = number ? g_strdup(number) : exact_phrase(places, ""); /* "co-ordination" asked, "coordination" written */
    begin_alternative(e);
    add_phrase(e, sort, TEXT, joined, false, weight);
    if (number)
        add_value(e, sort, number, weight);
}

/* One clause; false when there is no word in it. */
static bool add_clause(struct expression *e, struct tokenizer *tokenizer, const struct clause *clause, enum rank_sort sort, const char *const *languages)
{
    g_autofree char *valid = g_utf8_make_valid(clause->text, -1);
    struct places places;
    read_places(tokenizer, slice_of(valid), !clause->phrase, languages, &places);
    guint n = places.synonyms->len;
    double weight = clause->excluded ? FILTER : 1;
    e->clauses += n > 0;
    if (clause->phrase && n > 1) {
        g_autofree char *phrase = exact_phrase(&places, " ");
        begin_alternative(e);
        add_phrase(e, sort, TEXT, phrase, clause->prefix, weight * PHRASE);
    } else if (n > 1) {
        add_words(e, sort, &places, clause->prefix, weight);
    } else if (n == 1) {
        begin_alternative(e);
        add_word(e, sort, &places, 0, clause->prefix, weight);
        if (is_number(synonym(&places, 0, 0)) && !clause->excluded)
            add_value(e, sort, synonym(&places, 0, 0), weight);
    }
    g_ptr_array_unref(places.synonyms);
    return n > 0;
}

static enum rank_sort sort_of(const struct clause *clause)
{
    return clause->excluded ? RANK_EXCLUDED : clause->required ? RANK_REQUIRED : RANK_OPTIONAL;
}

static bool is_digits(const struct clause *clause, size_t least, size_t most)
{
    size_t len = strlen(clause->text);
    return !clause->phrase && !clause->excluded && !clause->prefix && len >= least && len <= most && strspn(clause->text, "0123456789") == len;
}

/* "10" "000", written as two words: the clauses from `*i` on that make one number, as one text; `*i` becomes the last of them. NULL: no such number. */
static char *take_number(const GPtrArray *clauses, guint *i)
{
    const struct clause *first = g_ptr_array_index(clauses, *i);
    if (!is_digits(first, 1, 3))
        return NULL;
    GString *text = g_string_new(first->text);
    for (; *i + 1 < clauses->len; ++*i) {
        const struct clause *next = g_ptr_array_index(clauses, *i + 1);
        if (!is_digits(next, 3, 3) || next->required != first->required)
            break;
        g_string_append_printf(text, " %s", next->text);
    }
    return g_string_free(text, FALSE);
}

/* All clauses of one sort; returns how many. */
static guint add_sort(struct expression *e, struct tokenizer *tokenizer, const GPtrArray *clauses, enum rank_sort sort, const char *const *languages)
{
    guint n = 0;
    for (guint i = 0; clauses && i < clauses->len; i++) {
        struct clause clause = *(const struct clause *)g_ptr_array_index(clauses, i);
        if (sort_of(&clause) != sort)
            continue;
        g_autofree char *number = take_number(clauses, &i);
        if (number)
            clause.text = number;
        n += add_clause(e, tokenizer, &clause, sort, languages);
    }
    return n;
}

/* Each tag must be there. */
static guint add_tags(struct expression *e, const char *tags)
{
    guint n = 0;
    g_auto(GStrv) words = g_strsplit(tags, " ", -1);
    for (char **word = words; *word; word++) {
        if (**word == '\0')
            continue;
        n++;
        e->clauses++;
        begin_alternative(e);
        add_phrase(e, RANK_REQUIRED, TAGS, *word, false, FILTER);
    }
    return n;
}

void rank_phrase_clear(struct rank_phrase *phrase)
{
    g_free(phrase->match);
    g_free(phrase->words);
}

static void clear_phrase(void *phrase)
{
    rank_phrase_clear(phrase);
}

bool expression_make(struct expression *e, struct tokenizer *tokenizer, const GPtrArray *clauses, const char *tags, const char *const *languages, GError **error)
{
    *e = (struct expression){.phrases = g_array_new(FALSE, FALSE, sizeof(struct rank_phrase))};
    g_array_set_clear_func(e->phrases, clear_phrase);
    tokenizer_ask(tokenizer, true);
    e->required = add_sort(e, tokenizer, clauses, RANK_REQUIRED, languages);
    e->required += tags ? add_tags(e, tags) : 0;
    guint wanted = e->required + add_sort(e, tokenizer, clauses, RANK_OPTIONAL, languages);
    add_sort(e, tokenizer, clauses, RANK_EXCLUDED, languages);
    tokenizer_ask(tokenizer, false);
    if (wanted == 0)
        g_set_error_literal(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "there is no word to look for");
    return wanted > 0;
}

struct rank_phrase tag_phrase(const char *tag)
{
    return (struct rank_phrase){.match = g_strdup_printf("%s : \"%s\"", columns[TAGS], tag), .words = g_strdup(tag), .column = TAGS};
}

void expression_clear(struct expression *e)
{
    if (e->phrases)
        g_array_unref(e->phrases);
}
