/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/compare/origin.h"

#include "extract/gazetteer.h"
#include "query/match.h"

/* How alike two notes must be, to be one study; two voices, to be one. */
static const double same_note = 0.6, same_voice = 0.5;

enum { ACRONYM_LEAST = 3, NAME_LEAST = 2, BESIDE_LEAST = 2, EXACT_DIGITS = 4 }; /* letters of an acronym; words of a title; what two notes must both name beside the organisation, where their numbers differ;
                                                                                     * digits of a count that nobody makes twice */

static GRegex *regex(GRegex **kept, const char *pattern)
{
    if (!*kept)
        *kept = g_regex_new(pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_assert(*kept);
    return *kept;
}

/* "Ibid., p. 4", "Íbidem", "Idem": the note before. */
static bool is_ibid(const char *text)
{
    static GRegex *kept;
    return g_regex_match(regex(&kept, "^\\W*(?:[ií]b[ií]d(?:em)?|[ií]dem|id\\.)(?![\\p{L}])"), text, 0, NULL);
}

/* "note 4 above", "supra note 4", "op. cit., note 4", "véase la nota 4": the label of another note, which the caller frees; NULL: none. */
static char *referred_label(const char *text)
{
    static GRegex *kept_back, *kept_number;
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex(&kept_back, "\\b(?:op|ob|loc)\\.? ?cit|\\b(?:supra|above|see|ante|arriba|v[ée]ase|ver|voir|ci-dessus|pr[ée]cit[ée]e?s?)\\b"), text, 0, NULL))
        return NULL;
    if (!g_regex_match(regex(&kept_number, "\\b(?:foot)?(?:note|nota)\\s+([0-9]{1,4})\\b"), text, 0, &match))
        return NULL;
    return g_match_info_fetch(match, 1);
}

/* Where "op. cit." begins; -1: nowhere. */
static gint cited_work_at(const char *text)
{
    static GRegex *kept;
    g_autoptr(GMatchInfo) match = NULL;
    gint start = -1;
    if (g_regex_match(regex(&kept, "\\b(?:op|ob|loc|art)\\.? ?cit\\b"), text, 0, &match))
        g_match_info_fetch_pos(match, 0, &start, NULL);
    return start;
}

static const char *text_of(const GPtrArray *notes, guint i)
{
    const char *text = ((const struct note_row *)g_ptr_array_index(notes, i))->text;
    return text ? text : "";
}

/* Has `text` each word with a capital of the name before "op. cit."? The name is what stands behind the last semicolon. */
static bool names_work(const char *text, const char *name, gint len)
{
    gint from = len;
    while (from > 0 && name[from - 1] != ';')
        from--;
    g_autofree char *own = g_strndup(name + from, (gsize)(len - from));
    g_auto(GStrv) words = g_strsplit_set(own, " ,.:()“”\"'", -1);
    guint names = 0;
    for (char **word = words; *word; word++) {
        if (!g_unichar_isupper(g_utf8_get_char(*word)) || g_str_equal(*word, "See"))
            continue;
        if (!strstr(text, *word))
            return false;
        names++;
    }
    return names > 0;
}

/* One step back; `i` itself where the note refers to none. */
static guint step_back(const GPtrArray *notes, guint i)
{
    const char *text = text_of(notes, i);
    if (is_ibid(text))
        return i > 0 ? i - 1 : i;
    g_autofree char *label = referred_label(text);
    for (guint k = i; label && k-- > 0;)
        if (g_strcmp0(((const struct note_row *)g_ptr_array_index(notes, k))->label, label) == 0)
            return k;
    gint at = cited_work_at(text);
    for (guint k = i; at > 0 && k-- > 0;)
        if (cited_work_at(text_of(notes, k)) < 0 && names_work(text_of(notes, k), text, at))
            return k;
    return i;
}

guint note_referred(const GPtrArray *notes, guint i)
{
    for (guint before = step_back(notes, i); before < i; before = step_back(notes, i))
        i = before;
    return i;
}

struct note_chain {
    struct store *store;
    GHashTable *documents; /* rowid → GPtrArray of struct note_row * */
};

struct note_chain *note_chain_new(struct store *store)
{
    struct note_chain *chain = g_new(struct note_chain, 1);
    chain->store = store;
    chain->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    return chain;
}

void note_chain_free(struct note_chain *chain)
{
    if (!chain)
        return;
    g_hash_table_unref(chain->documents);
    g_free(chain);
}

static bool notes_of(struct note_chain *chain, int64_t document, const GPtrArray **ret, GError **error)
{
    GPtrArray *notes = g_hash_table_lookup(chain->documents, &document);
    if (!notes) {
        if (!store_notes(chain->store, document, &notes, error))
            return false;
        g_hash_table_insert(chain->documents, g_memdup2(&document, sizeof document), notes);
    }
    *ret = notes;
    return true;
}

/* May the note refer back at all? Most do not, and their documents' notes need not be read. */
static bool refers_back(const char *text)
{
    g_autofree char *label = referred_label(text);
    return label || is_ibid(text) || cited_work_at(text) > 0;
}

bool note_chain_text(struct note_chain *chain, const struct figure_row *figure, const char **ret, GError **error)
{
    const GPtrArray *notes;
    *ret = figure->note_text;
    if (!chain || !figure->note_text || !refers_back(figure->note_text))
        return true;
    if (!notes_of(chain, figure->document, &notes, error))
        return false;
    for (guint i = 0; i < notes->len; i++) {
        const struct note_row *note = g_ptr_array_index(notes, i);
        if (note->page != figure->note_page || g_strcmp0(note->label, figure->mark) != 0 || g_strcmp0(note->text, figure->note_text) != 0)
            continue;
        const struct note_row *first = g_ptr_array_index(notes, note_referred(notes, i));
        *ret = first->text ? first->text : figure->note_text;
        return true;
    }
    return true;
}

/* The name that an acronym is known by, or NULL. */
static const char *name_of(const char *acronym)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, acronym);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint32_t i = 0; slot && i < slot->count; i++)
        if (senses[i].flags & SENSE_ACTOR)
            return gazetteer_string(g, gazetteer_actor(g, senses[i].record)->name);
    return NULL;
}

/* Acronyms that are known give way to their names: "IDMC" and "Internal Displacement Monitoring Centre" are one. `names`: what the names say, or NULL. */
static GHashTable *sign_words(const char *text, GHashTable *names)
{
    GHashTable *set = g_hash_table_new(NULL, NULL);
    g_autoptr(GString) rest = g_string_new(NULL);
    for (const char *at = text; *at;) {
        size_t len = 0;
        while (g_ascii_isupper(at[len]))
            len++;
        g_autofree char *capitals = len >= ACRONYM_LEAST && !g_ascii_isalnum(at[len]) && (at == text || !g_ascii_isalnum(at[-1])) ? g_strndup(at, len) : NULL;
        const char *name = capitals ? name_of(capitals) : NULL;
        struct words *words = name ? words_new(lexis_of("en"), slice_of(name)) : NULL;
        for (size_t i = 0; words && i < 2; i++)
            if (i == 0 || names)
                set_add_words(i == 0 ? set : names, words, 0, words->terms->len, NULL);
        words_free(words);
        size_t step = len ? len : (size_t)(g_utf8_next_char(at) - at);
        if (!name)
            g_string_append_len(rest, at, (gssize)step);
        at += step;
    }
    struct words *words = words_new(lexis_of("en"), slice_make(rest->str, rest->len));
    set_add_words(set, words, 0, words->terms->len, NULL);
    words_free(words);
    return set;
}

/* The years that a text names, as numbers. */
static GHashTable *years_of(const char *text)
{
    static GRegex *kept;
    GHashTable *years = g_hash_table_new(NULL, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (bool found = g_regex_match(regex(&kept, "\\b(?:19|20)[0-9]{2}\\b"), text, 0, &match); found; found = g_match_info_next(match, NULL)) {
        g_autofree char *year = g_match_info_fetch(match, 0);
        g_hash_table_add(years, GUINT_TO_POINTER(g_ascii_strtoull(year, NULL, 10)));
    }
    return years;
}

/* Two notes of one study: of the words, enough in both; of the years, one, where both give any. For two numbers, more than the organisation's name. */
static bool same_study(const char *a, const char *b, bool same_value)
{
    g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL), x = sign_words(a, names), y = sign_words(b, names), years_x = years_of(a), years_y = years_of(b);
    if (sets_overlap(x, y) < same_note || (g_hash_table_size(years_x) && g_hash_table_size(years_y) && sets_shared(years_x, years_y) == 0))
        return false;
    GHashTableIter iter;
    gpointer key;
    guint beside = 0;
    g_hash_table_iter_init(&iter, x);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        beside += g_hash_table_contains(y, key) && !g_hash_table_contains(names, key);
    return same_value || beside >= BESIDE_LEAST;
}

static bool same_voices(const char *a, const char *b)
{
    g_autoptr(GHashTable) x = sign_words(a, NULL), y = sign_words(b, NULL);
    return sets_overlap(x, y) >= same_voice;
}

static bool has_name(const char *text, const char *name)
{
    return text && strstr(text, name);
}

/* Does a text name a document by its symbol, or by one of two ("A/80/86-E/2025/71")? "A/80/8" is not "A/80/86". */
static bool has_symbol(const char *text, const char *symbol)
{
    g_auto(GStrv) symbols = g_strsplit(symbol ? symbol : "", "-", -1);
    for (char **one = symbols; text && *one; one++)
        for (const char *at = **one ? strstr(text, *one) : NULL; at; at = strstr(at + 1, *one)) {
            char before = at > text ? at[-1] : ' ', behind = at[strlen(*one)];
            if (!g_ascii_isalnum(before) && before != '/' && !g_ascii_isalnum(behind) && behind != '/')
                return true;
        }
    return false;
}

/* Does one name the other: its symbol or its title; or its publisher, for the same value? */
static bool names_other(const struct statement *a, const struct statement *b, bool same_value)
{
    const struct metadata *theirs = &b->answer->document->metadata;
    const char *said_by = a->answer->figure->said_by;
    g_auto(GStrv) words = g_strsplit(theirs->title ? theirs->title : "", " ", NAME_LEAST + 1);
    if (has_symbol(a->note, theirs->symbol))
        return true;
    if (g_strv_length(words) >= NAME_LEAST && (has_name(a->note, theirs->title) || has_name(said_by, theirs->title)))
        return true;
    if (!same_value || !theirs->publisher || !*theirs->publisher)
        return false;
    return has_name(a->note, theirs->publisher) || has_name(said_by, theirs->publisher) || (said_by && same_voices(said_by, theirs->publisher));
}

/* Nobody counts 42,308 twice: an exact number of so many digits is one count that both pass on. */
static bool exact_count(const struct figure_row *figure)
{
    return figure->quantity.qualifier == QUALIFIER_EXACT && figure->quantity.low == figure->quantity.high && telling_digits(figure->quantity.low) >= EXACT_DIGITS;
}

bool same_origin(const struct statement *a, const struct statement *b)
{
    const struct figure_row *x = a->answer->figure, *y = b->answer->figure;
    bool same = same_number(x->quantity.low, y->quantity.low) && same_number(x->quantity.high, y->quantity.high);
    if (a->note && b->note && same_study(a->note, b->note, same))
        return true;
    if (a->answer->document == b->answer->document)
        return same || (!a->note && !b->note && g_strcmp0(x->said_by, y->said_by) == 0);
    if (same && exact_count(x) && exact_count(y) && !(a->note && b->note))
        return true;
    if (same && a->thing && b->thing && thing_one_text(a->thing, b->thing))
        return true;
    if (same && x->said_by && y->said_by && same_voices(x->said_by, y->said_by))
        return true;
    const char *one = a->note ? a->note : x->said_by, *other = b->note ? b->note : y->said_by;
    if (same && one && other && same_voices(one, other))
        return true;
    return names_other(a, b, same) || names_other(b, a, same);
}
