/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject.h"

#include "base/error.h"
#include "extract/gazetteer.h"
#include "ingest/reader.h"
#include "query/match.h"

enum { NAME_WORDS = 5, FLOW_BEFORE = 3, FLOW_AFTER = 3 };

/* What the words of a period are worth among the words of a question: the period is compared as such. */
static const double period_word = 0.4;

/* What a word that says little is worth. */
static const double light_word = 0.35;

#define KIND(kind) (1u << KIND_##kind)
#define SHARES (KIND(PERCENT) | KIND(FRACTION))
#define RATES (KIND(RATE) | KIND(PERCENT) | KIND(COUNT) | KIND(FRACTION) | KIND(MEASURE))

#define CHANGES (SHARES | KIND(MULTIPLE) | KIND(COUNT) | KIND(CHANGE) | KIND(MONEY) | KIND(RATE) | KIND(MEASURE))

/* Words that hint at a kind where the question asks for none. */
static const struct hint {
    const char *concept;
    uint32_t kinds;
} hints[] = {
    {"cost", KIND(MONEY) | KIND(PERCENT)}, {"funding", KIND(MONEY) | KIND(PERCENT)}, {"spend", KIND(MONEY) | KIND(PERCENT)}, {"budget", KIND(MONEY) | KIND(PERCENT)},
    {"wage", KIND(MONEY) | KIND(PERCENT)}, {"debt", KIND(MONEY) | KIND(PERCENT)},    {"rate", RATES},                        {"share", SHARES},
    {"increase", CHANGES},                 {"decrease", CHANGES},                    {"life-expectancy", KIND(AGE) | KIND(DURATION)},
};

/* How a question begins that asks for one kind of figure; the first row that stands in it tells. `then` must follow somewhere, or is NULL.
 * `counts`: what is counted follows. */
static const struct opener {
    const char *language, *phrase, *then;
    uint32_t kinds;
    bool counts;
} openers[] = {
    {"en", "how many times", NULL, KIND(MULTIPLE) | KIND(COUNT) | KIND(RATE), true},
    {"en", "how many", NULL, KIND(COUNT) | KIND(RATE) | KIND(CHANGE) | KIND(MEASURE) | KIND(AREA) | KIND(DISTANCE) | KIND(DURATION) | KIND(MONEY), true},
    {"en", "what number of", NULL, KIND(COUNT), true},
    {"en", "number of", NULL, KIND(COUNT) | KIND(RATE), true},
    {"en", "what percentage of", NULL, SHARES, true},
    {"en", "what per cent of", NULL, SHARES, true},
    {"en", "what percent of", NULL, SHARES, true},
    {"en", "percentage of", NULL, SHARES, true},
    {"en", "what share of", NULL, SHARES, true},
    {"en", "what proportion of", NULL, SHARES, true},
    {"en", "what portion of", NULL, SHARES, true},
    {"en", "what fraction of", NULL, SHARES, true},
    {"en", "what part of", NULL, SHARES, true},
    {"en", "how large a share of", NULL, SHARES, true},
    {"en", "what percentage", NULL, SHARES, false},
    {"en", "what share", NULL, SHARES, false},
    {"en", "what proportion", NULL, SHARES, false},
    {"en", "how much money", NULL, KIND(MONEY), false},
    {"en", "how long", NULL, KIND(DURATION) | KIND(AGE) | KIND(DISTANCE), false},
    {"en", "how far", NULL, KIND(DISTANCE), false},
    {"en", "how old", NULL, KIND(AGE) | KIND(DURATION), false},
    {"en", "what age", NULL, KIND(AGE) | KIND(DURATION), false},
    {"en", "how often", NULL, KIND(RATE) | KIND(COUNT) | KIND(DURATION), false},
    {"en", "at what rate", NULL, RATES, false},
    {"en", "what rate", NULL, RATES, false},
    {"en", "how much", "cost", KIND(MONEY) | KIND(PERCENT), false},
    {"en", "how much", "pay", KIND(MONEY) | KIND(PERCENT), false},
    {"en", "how much", "spend", KIND(MONEY) | KIND(PERCENT), false},
    {"en", "how much less", NULL, CHANGES, false},
    {"en", "how much more", NULL, CHANGES, false},
    {"en", "how much higher", NULL, CHANGES, false},
    {"en", "how much lower", NULL, CHANGES, false},
    {"en", "by how much", NULL, CHANGES, false},
    {"es", "cuántos", NULL, KIND(COUNT) | KIND(RATE) | KIND(DURATION) | KIND(MONEY), true},
    {"es", "cuántas", NULL, KIND(COUNT) | KIND(RATE) | KIND(DURATION) | KIND(MONEY), true},
    {"es", "qué porcentaje", NULL, SHARES, false},
    {"es", "qué proporción", NULL, SHARES, false},
    {"es", "cuánto dinero", NULL, KIND(MONEY), false},
    {"fr", "combien d'argent", NULL, KIND(MONEY), false},
    {"fr", "combien de temps", NULL, KIND(DURATION), false},
    {"fr", "combien", NULL, KIND(COUNT) | KIND(RATE) | KIND(MONEY) | KIND(DURATION), true},
    {"fr", "quel pourcentage", NULL, SHARES, false},
    {"fr", "quelle proportion", NULL, SHARES, false},
    {"fr", "quelle part", NULL, SHARES, false},
};

static struct term *term_of(const struct words *words, uint32_t i)
{
    return &g_array_index(words->terms, struct term, i);
}

/* The first place at or after `from` where the phrase's stems stand; NONE = nowhere. */
static uint32_t phrase_at(const struct lexis *lexis, const struct words *words, const char *phrase, uint32_t from, uint32_t *n)
{
    struct words *wanted = words_new(lexis, slice_of(phrase));
    uint32_t found = NONE;
    *n = wanted->terms->len;
    for (uint32_t i = from; found == NONE && i + *n <= words->terms->len; i++) {
        uint32_t same = 0;
        while (same < *n && term_of(words, i + same)->stem == term_of(wanted, same)->stem)
            same++;
        if (same == *n)
            found = i;
    }
    words_free(wanted);
    return found;
}

static bool in_spans(const GArray *spans, uint32_t start, uint32_t end)
{
    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = &g_array_index(spans, struct span, i);
        if (start < span->end && span->start < end)
            return true;
    }
    return false;
}

static double term_weight(const struct term *term)
{
    if (term->flags & TERM_STOP)
        return 0;
    if (term->flags & TERM_WEAK)
        return 0.25;
    return term->flags & TERM_NUMBER ? 0.5 : 1;
}

static void add_concept(struct unit *unit, const struct named *named)
{
    for (uint32_t i = 0; i < unit->n_concepts; i++)
        if (unit->concepts[i] == named->concept) {
            unit->narrow[i] = unit->narrow[i] && named->narrow;
            return;
        }
    if (unit->n_concepts < G_N_ELEMENTS(unit->concepts)) {
        unit->narrow[unit->n_concepts] = named->narrow;
        unit->concepts[unit->n_concepts++] = named->concept;
    }
}

/* The unit that begins at term i: the longest phrase with a name, else the word alone. */
static struct unit unit_at(const struct lexis *lexis, const struct words *words, uint32_t i, const GArray *skip)
{
    struct unit unit = {.first = i, .n = 1};
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        const struct term *last = term_of(words, named->first + named->n - 1);
        if (named->first == i && named->n > unit.n && !in_spans(skip, term_of(words, i)->start, last->end))
            unit.n = named->n;
    }
    for (guint k = 0; k < words->named->len; k++) {
        const struct named *named = &g_array_index(words->named, struct named, k);
        if (named->first == i && named->n == unit.n)
            add_concept(&unit, named);
    }
    if (unit.n == 1)
        unit.stem = term_of(words, i)->stem;
    else
        unit.tail = term_of(words, i + unit.n - 1)->stem;
    for (uint32_t t = i; t < i + unit.n; t++)
        unit.weight = MAX(unit.weight, term_weight(term_of(words, t)));
    if (unit.n > 1)
        unit.weight = MAX(unit.weight, 1);
    uint32_t light = 0;
    for (uint32_t c = 0; c < unit.n_concepts; c++)
        light += concept_light(lexis, unit.concepts[c]) ? 1 : 0;
    if (light > 0 && light == unit.n_concepts)
        unit.weight = MIN(unit.weight, light_word);
    return unit;
}

/* Adds the units of a text; terms inside `skip` (struct span, bytes of the text) are left out. scale: for each term, or NULL. */
static void add_units(struct subject *subject, const struct words *words, const GArray *skip, const double *scale, double all)
{
    for (uint32_t i = 0; i < words->terms->len;) {
        const struct term *term = term_of(words, i);
        struct unit unit = unit_at(subject->lexis, words, i, skip);
        if (in_spans(skip, term->start, term->end) || unit.weight == 0) {
            i++;
            continue;
        }
        unit.weight *= all * (scale ? scale[i] : 1);
        g_array_append_val(subject->units, unit);
        i += unit.n;
    }
}

static struct subject *subject_new(const char *language, struct slice text)
{
    struct subject *subject = g_new0(struct subject, 1);
    subject->language = g_strdup(language ? language : "en");
    subject->lexis = lexis_of(language);
    subject->text = slice_dup(text);
    subject->words = words_new(subject->lexis, text);
    subject->units = g_array_new(FALSE, FALSE, sizeof(struct unit));
    subject->numbers = g_array_new(FALSE, FALSE, sizeof(double));
    subject->strings = g_string_chunk_new(256);
    return subject;
}

void subject_free(struct subject *subject)
{
    if (!subject)
        return;
    words_free(subject->words);
    g_array_unref(subject->units);
    g_array_unref(subject->numbers);
    g_string_chunk_free(subject->strings);
    for (uint32_t i = 0; i < subject->n_places; i++)
        g_array_unref(subject->senses[i]);
    g_free(subject->senses);
    g_free(subject->places);
    g_free(subject->period);
    g_free(subject->language);
    g_free(subject->text);
    g_free(subject);
}

static void add_place(struct subject *subject, const char *name, const char *iso, uint32_t geonames)
{
    struct figure_place place = {.name = g_string_chunk_insert(subject->strings, name), .iso = iso && *iso ? g_string_chunk_insert(subject->strings, iso) : NULL, .geonames = geonames};
    for (uint32_t i = 0; i < subject->n_places; i++)
        if (g_strcmp0(subject->places[i].name, place.name) == 0 && g_strcmp0(subject->places[i].iso, place.iso) == 0)
            return;
    subject->places = g_renew(struct figure_place, subject->places, subject->n_places + 1);
    subject->senses = g_renew(GArray *, subject->senses, subject->n_places + 1);
    subject->senses[subject->n_places] = g_array_new(FALSE, FALSE, sizeof(struct figure_place));
    subject->places[subject->n_places++] = place;
}

/* What else the newest place's name may mean: "Gaza" is a province of Mozambique, too. */
static void add_senses(struct subject *subject, struct slice printed)
{
    const struct gazetteer *g = gazetteer_get();
    g_autofree char *name = slice_dup(printed);
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    for (uint16_t i = 0; slot && i < slot->count; i++) {
        if (senses[i].flags & (SENSE_ACTOR | SENSE_DEMONYM))
            continue;
        const struct gazetteer_place *known = gazetteer_place(g, senses[i].record);
        struct figure_place place = {.name = gazetteer_string(g, known->name), .iso = known->iso[0] ? known->iso : NULL, .geonames = known->geonames};
        g_array_append_val(subject->senses[subject->n_places - 1], place);
    }
}

/* "Hondurans": who comes from a country says the country. */
static void add_demonyms(struct subject *subject, GArray *skip)
{
    const struct gazetteer *g = gazetteer_get();
    for (uint32_t i = 0; i < subject->words->terms->len; i++) {
        const struct term *term = term_of(subject->words, i);
        if (!(term->flags & TERM_CAPITAL) || in_spans(skip, term->start, term->end))
            continue;
        g_autofree char *name = g_strndup(subject->text + term->start, term->end - term->start);
        const struct gazetteer_slot *slot = gazetteer_find(g, name);
        const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
        for (uint16_t s = 0; slot && s < slot->count; s++) {
            if (!(senses[s].flags & SENSE_DEMONYM))
                continue;
            const struct gazetteer_place *place = gazetteer_place(g, senses[s].record);
            add_place(subject, gazetteer_string(g, place->name), place->iso, place->geonames);
            struct span span = {term->start, term->end};
            g_array_append_val(skip, span);
            break;
        }
    }
}

static void read_places(struct subject *subject, const struct mentions *mentions, GArray *skip)
{
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    for (guint i = 0; i < locations->len; i++) {
        const struct mention *mention = &g_array_index(locations, struct mention, i);
        uint32_t before = subject->n_places;
        add_place(subject, mention->location.canonical, mention->location.iso, mention->location.geonames);
        if (subject->n_places > before)
            add_senses(subject, slice_make(subject->text + mention->span.start, mention->span.end - mention->span.start));
        g_array_append_val(skip, mention->span);
    }
    add_demonyms(subject, skip);
}

/* A place that holds another one of the question says nothing more: "Cabo Delgado, Mozambique". */
static void keep_innermost(struct subject *subject)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < subject->n_places; i++) {
        bool holds = false;
        for (uint32_t j = 0; j < subject->n_places; j++)
            holds = holds || (i != j && place_relation(&subject->places[i], &subject->places[j]) == RELATION_WITHIN);
        if (holds) {
            g_array_unref(subject->senses[i]);
            continue;
        }
        subject->senses[kept] = subject->senses[i];
        subject->places[kept++] = subject->places[i];
    }
    subject->n_places = kept;
}

/* The last period of the question that says all itself, else any. Its words stay units, of little weight: a passage may print them as they are. */
static void read_period(struct subject *subject, const struct mentions *mentions, double *scale)
{
    const GArray *periods = mentions_of(mentions, MENTION_PERIOD);
    for (guint i = 0; i < periods->len; i++) {
        const struct mention *mention = &g_array_index(periods, struct mention, i);
        struct days days;
        if (!mention->period.edtf || !days_from_edtf(mention->period.edtf, &days))
            continue;
        for (uint32_t t = 0; t < subject->words->terms->len; t++)
            if (term_of(subject->words, t)->start >= mention->span.start && term_of(subject->words, t)->end <= mention->span.end)
                scale[t] = period_word;
        if (subject->period && mention->period.relative)
            continue;
        g_free(subject->period);
        subject->period = g_strdup(mention->period.edtf);
    }
}

/* "than 20 years ago", "per 100,000": the question's own figures say how it is asked more than what is asked. */
static void scale_figures(const struct subject *subject, const struct mentions *mentions, double *scale)
{
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++) {
        struct span span = g_array_index(figures, struct mention, i).span;
        for (uint32_t t = 0; t < subject->words->terms->len; t++)
            if (term_of(subject->words, t)->start >= span.start && term_of(subject->words, t)->end <= span.end)
                scale[t] = MIN(scale[t], period_word);
    }
}

static bool is_of(const struct subject *subject, const struct term *term)
{
    static const char *const words[] = {"of", "de", "del", "des", "du"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == term->end - term->start && g_ascii_strncasecmp(subject->text + term->start, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Words that go on with what is counted: "victims of abuses by armed groups". */
static bool goes_on(const struct subject *subject, const struct term *term)
{
    static const char *const words[] = {"of", "and", "or", "the", "all", "those", "de", "del", "y", "la", "los", "las", "des", "du", "et", "les", "d"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == term->end - term->start && g_ascii_strncasecmp(subject->text + term->start, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* Does the word begin the question's verb, so that a noun stands before it? */
static bool is_auxiliary(const struct subject *subject, const struct term *term)
{
    static const char *const words[] = {"did", "do", "does", "was", "were", "is", "are", "be", "been", "had", "have", "has", "will", "would", "can", "could", "fueron", "son", "han", "sont", "ont"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == term->end - term->start && g_ascii_strncasecmp(subject->text + term->start, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* What is counted: terms [first, after); `noun`: a verb follows, so the last word before "of …" is the noun. */
struct counted {
    uint32_t first, after;
    bool noun;
};

static void read_opener(struct subject *subject, GArray *skip, struct counted *counted)
{
    for (size_t i = 0; i < G_N_ELEMENTS(openers); i++) {
        uint32_t n, unused;
        if (lexis_of(openers[i].language) != subject->lexis)
            continue;
        uint32_t at = phrase_at(subject->lexis, subject->words, openers[i].phrase, 0, &n);
        if (at == NONE || (openers[i].then && phrase_at(subject->lexis, subject->words, openers[i].then, at + n, &unused) == NONE))
            continue;
        subject->asked = openers[i].phrase;
        subject->kinds = openers[i].kinds;
        struct span span = {term_of(subject->words, at)->start, term_of(subject->words, at + n - 1)->end};
        g_array_append_val(skip, span);
        uint32_t end = at + n;
        while (openers[i].counts && end < subject->words->terms->len && term_of(subject->words, end)->flags & TERM_STOP && !is_auxiliary(subject, term_of(subject->words, end)) &&
               unit_at(subject->lexis, subject->words, end, skip).n == 1)
            end++; /* "how many more people", "how many of the" */
        uint32_t first = end;
        while (openers[i].counts && end < subject->words->terms->len) {
            const struct term *term = term_of(subject->words, end);
            uint32_t phrase = unit_at(subject->lexis, subject->words, end, skip).n; /* "under-fives" begins with a stop word */
            if (term->flags & TERM_STOP && phrase == 1 && !goes_on(subject, term))
                break;
            end += phrase;
        }
        bool noun = end < subject->words->terms->len && is_auxiliary(subject, term_of(subject->words, end));
        *counted = (struct counted){first, end, noun};
        return;
    }
}

static void read_global(struct subject *subject)
{
    uint32_t world = concept_named(subject->lexis, "world");
    for (guint k = 0; world && k < subject->words->named->len; k++)
        subject->global = subject->global || (subject->n_places == 0 && g_array_index(subject->words->named, struct named, k).concept == world);
}

static void read_hints(struct subject *subject)
{
    for (size_t i = 0; i < G_N_ELEMENTS(hints); i++) {
        uint32_t concept = concept_named(subject->lexis, hints[i].concept);
        for (guint k = 0; concept && k < subject->words->named->len; k++)
            if (g_array_index(subject->words->named, struct named, k).concept == concept)
                subject->likely |= hints[i].kinds;
    }
}

/* "per 100,000 inhabitants", "children over 11": numbers of the question. */
static void read_numbers(struct subject *subject, const struct mentions *mentions)
{
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++)
        g_array_append_val(subject->numbers, g_array_index(figures, struct mention, i).figure.quantity.low);
    for (uint32_t t = 0; t < subject->words->terms->len; t++) {
        const struct term *term = term_of(subject->words, t);
        if (!(term->flags & TERM_NUMBER))
            continue;
        g_autofree char *digits = g_strndup(subject->text + term->start, term->end - term->start);
        g_auto(GStrv) parts = g_strsplit(digits, ",", 0);
        g_autofree char *joined = g_strjoinv("", parts);
        double value = g_ascii_strtod(joined, NULL);
        g_array_append_val(subject->numbers, value);
    }
}

static void mark_counted(struct subject *subject, struct counted counted)
{
    bool of = false;
    struct unit *last = NULL;
    for (guint i = 0; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->counted = unit->first >= counted.first && unit->first < counted.after;
        for (uint32_t t = counted.first; unit->counted && t < unit->first; t++)
            of = of || is_of(subject, term_of(subject->words, t));
        unit->head = unit->counted && !of && !counted.noun;
        if (unit->counted && !of)
            last = unit;
        if (unit->counted && unit->weight >= 0.5)
            unit->weight *= 1.25;
    }
    if (last)
        last->head = true;
}

static bool says_anything(const struct subject *subject)
{
    for (guint i = 0; i < subject->units->len; i++)
        if (g_array_index(subject->units, struct unit, i).weight >= 0.5)
            return true;
    return subject->units->len > 0 && subject->n_places > 0;
}

static struct subject *read_question(const struct document *doc, const struct mentions *mentions)
{
    struct subject *subject = subject_new(doc->metadata.language, document_text(doc));
    g_autoptr(GArray) skip = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct counted counted = {0, 0, false};
    read_places(subject, mentions, skip);
    keep_innermost(subject);
    g_autofree double *scale = g_new(double, subject->words->terms->len + 1);
    for (uint32_t i = 0; i < subject->words->terms->len; i++)
        scale[i] = 1;
    read_period(subject, mentions, scale);
    scale_figures(subject, mentions, scale);
    read_opener(subject, skip, &counted);
    add_units(subject, subject->words, skip, scale, 1);
    mark_counted(subject, counted);
    read_numbers(subject, mentions);
    read_global(subject);
    if (!subject->kinds)
        read_hints(subject);
    return subject;
}

/* Short texts tell their language badly; the words a question begins with tell it well. NULL = English, or not told. */
static const char *language_of_openers(const char *question)
{
    for (size_t i = 0; i < G_N_ELEMENTS(openers); i++) {
        const struct lexis *lexis = lexis_of(openers[i].language);
        if (lexis == lexis_of("en"))
            continue;
        struct words *words = words_new(lexis, slice_of(question));
        uint32_t n, at = phrase_at(lexis, words, openers[i].phrase, 0, &n);
        words_free(words);
        if (at != NONE)
            return openers[i].language;
    }
    return NULL;
}

bool subject_of_question(const struct extractor *extractor, const char *question, const char *language, struct subject **ret, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(question, -1);
    g_autoptr(GBytes) bytes = g_bytes_new(valid, strlen(valid));
    struct source *source = source_new("question", bytes);
    source->lang = language ? language : language_of_openers(valid);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GError) problem = NULL;
    struct subject *subject = NULL;
    if (*valid && reader_read(source, documents, &problem) && documents->len > 0) {
        const struct document *doc = g_ptr_array_index(documents, 0);
        g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
        struct mentions *mentions = extractor_run(extractor, doc, troubles);
        subject = read_question(doc, mentions);
        mentions_free(mentions);
    }
    source_free(source);
    if (!subject || !says_anything(subject)) {
        subject_free(subject);
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "nothing to look for in '%s': ask for a figure, as in \"How many people were displaced in Honduras in 2014?\"", valid);
        return false;
    }
    *ret = subject;
    return true;
}

enum flow flow_at(const struct lexis *lexis, const struct words *words, uint32_t at, uint32_t after)
{
    const uint32_t up = concept_named(lexis, "increase"), down = concept_named(lexis, "decrease");
    uint32_t from = at > FLOW_BEFORE ? at - FLOW_BEFORE : 0, best = UINT32_MAX;
    enum flow flow = FLOW_NONE;
    while (from < at && term_of(words, at - 1)->start < term_of(words, from)->start)
        from++;
    for (guint i = 0; i < words->named->len; i++) {
        const struct named *named = &g_array_index(words->named, struct named, i);
        bool before = named->first >= from && named->first + named->n <= at, behind = named->first >= after && named->first < after + FLOW_AFTER;
        if (named->n != 1 || named->narrow || (named->concept != up && named->concept != down) || (!before && !behind))
            continue;
        bool parted = false; /* by a stop or a comma */
        for (uint32_t t = before ? named->first + 1 : after; t <= (before ? at : named->first) && t < words->terms->len; t++)
            parted = parted || term_of(words, t)->flags & (TERM_STOPPED | TERM_BREAK);
        uint32_t distance = before ? at - named->first : named->first - after + 1;
        if (parted || distance >= best)
            continue;
        best = distance;
        flow = named->concept == up ? FLOW_UP : FLOW_DOWN;
    }
    return flow;
}

bool main_place(const struct mentions *mentions, struct figure_place *ret)
{
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    const struct gazetteer_place *best = NULL;
    guint most = 0;
    for (guint i = 0; i < locations->len; i++) {
        const char *iso = g_array_index(locations, struct mention, i).location.iso;
        guint n = 0;
        for (guint k = 0; iso && k < locations->len; k++) {
            const char *other = g_array_index(locations, struct mention, k).location.iso;
            n += other && strncmp(iso, other, 2) == 0;
        }
        if (n <= most)
            continue;
        g_autofree char *country = g_strndup(iso, 2);
        best = gazetteer_country(gazetteer_get(), country);
        most = n;
    }
    if (!best || most < 2 || most * 3 < locations->len * 2)
        return false;
    *ret = (struct figure_place){.name = gazetteer_string(gazetteer_get(), best->name), .iso = best->iso, .geonames = best->geonames};
    return true;
}

uint32_t kinds_alike(enum figure_kind kind)
{
    switch (kind) {
    case KIND_PERCENT:
    case KIND_FRACTION: return SHARES;
    case KIND_RATE: return KIND(RATE) | KIND(COUNT);
    case KIND_COUNT:
    case KIND_CHANGE: return KIND(COUNT) | KIND(CHANGE) | KIND(RATE);
    case KIND_AGE:
    case KIND_DURATION: return KIND(AGE) | KIND(DURATION);
    default: return 1u << kind;
    }
}

/* How near each term is to the claim's number: 1 at it, less behind commas, least at the sentence's far end. */
static double *nearness(const struct words *words, uint32_t at)
{
    double *scale = g_new(double, words->terms->len + 1);
    for (uint32_t i = 0; i <= words->terms->len; i++)
        scale[i] = 0.5;
    for (int direction = -1; direction <= 1; direction += 2) {
        double cost = 0;
        for (uint32_t i = at; i < words->terms->len; i += (uint32_t)direction) {
            scale[i] = 1 / (1 + 2 * cost);
            uint32_t flags = term_of(words, i)->flags;
            uint32_t next = i + (uint32_t)direction;
            uint32_t crossed = direction < 0 ? flags : next < words->terms->len ? term_of(words, next)->flags : 0;
            cost += 0.03 + (crossed & TERM_BREAK ? 0.2 : 0) + (crossed & TERM_STOPPED ? 0.5 : 0) + (flags & TERM_NUMBER && i != at ? 0.15 : 0);
        }
    }
    return scale;
}

/* What the extractor says is counted ("Abductions" of "Abductions fell by 20 per cent"), else the words behind the number. */
static void mark_claim_counted(struct subject *subject, const struct figure *figure, uint32_t after)
{
    struct words *counted = figure->counted ? words_new(subject->lexis, slice_of(figure->counted)) : NULL;
    for (guint i = 0; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->counted = !counted && figure->quantity.kind == KIND_COUNT && unit->first >= after && unit->first < after + 3;
        uint32_t last = term_of(subject->words, unit->first + unit->n - 1)->stem;
        for (guint t = 0; counted && t < counted->terms->len; t++)
            unit->counted = unit->counted || term_of(counted, t)->stem == last;
        unit->head = unit->counted;
        if (unit->counted && unit->weight >= 0.3)
            unit->weight *= 1.5;
    }
    words_free(counted);
}

/* Adds the words of another sentence or heading that the claim leans on. */
static void add_context(struct subject *subject, const struct document *doc, struct span span, double weight)
{
    struct words *words = words_new(subject->lexis, document_slice(doc, span));
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct span));
    guint from = subject->units->len;
    add_units(subject, words, none, NULL, weight);
    for (guint i = from; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->first = NONE; /* no term of the claim's own text */
    }
    words_free(words);
}

static struct span claim_span(const struct document *doc, const struct mention *figure)
{
    if (figure->sentence != NONE)
        return DOCUMENT_AT(doc->sentences, struct sentence, figure->sentence).span;
    return figure->passage != NONE ? DOCUMENT_AT(doc->passages, struct passage, figure->passage).span : figure->span;
}

/* Bytes [start, end) of the document as bytes of a text that begins at `base`. */
static struct span relative(struct span span, uint32_t base)
{
    return (struct span){span.start >= base ? span.start - base : 0, span.end >= base ? span.end - base : 0};
}

static uint32_t term_from(const struct words *words, uint32_t byte)
{
    uint32_t i = 0;
    while (i < words->terms->len && term_of(words, i)->end <= byte)
        i++;
    return i;
}

/* How much the sentence itself says: "7.8 million in December." leans on what stands before it. */
static double own_weight(const struct subject *subject)
{
    double sum = 0;
    for (guint i = 0; i < subject->units->len; i++)
        if (g_array_index(subject->units, struct unit, i).weight >= 0.3)
            sum += g_array_index(subject->units, struct unit, i).weight;
    return sum;
}

/* What leads in to a passage: the short line before it, "What is planned for Somalia?", else the heading over it; NONE = nothing. */
static uint32_t lead_in(const struct document *doc, uint32_t passage)
{
    enum { SHORT_BYTES = 140 };
    if (passage == NONE)
        return NONE;
    if (passage > 0) {
        struct span span = DOCUMENT_AT(doc->passages, struct passage, passage - 1).span;
        struct slice text = slice_trim(document_slice(doc, span));
        while (text.len > 0 && (text.ptr[text.len - 1] == '*' || text.ptr[text.len - 1] == '_'))
            text.len--;
        if (text.len > 0 && text.len < SHORT_BYTES && strchr("?:", text.ptr[text.len - 1]))
            return passage - 1;
    }
    return DOCUMENT_AT(doc->passages, struct passage, passage).heading;
}

/* Adds the places named in a span; returns whether there are any. */
static bool places_in(struct subject *subject, const struct mentions *mentions, struct span span)
{
    const GArray *locations = mentions_of(mentions, MENTION_LOCATION);
    uint32_t before = subject->n_places;
    for (guint i = 0; i < locations->len; i++) {
        const struct mention *mention = &g_array_index(locations, struct mention, i);
        uint32_t n = subject->n_places;
        if (mention->span.start < span.start || mention->span.end > span.end)
            continue;
        add_place(subject, mention->location.canonical, mention->location.iso, mention->location.geonames);
        if (subject->n_places > n)
            add_senses(subject, slice_of(mention->location.canonical));
    }
    return subject->n_places > before;
}

/* Where the claim is: as its sentence or paragraph says; else as the line that leads in says; else where the whole draft is. */
static void claim_places(struct subject *subject, const struct document *doc, const struct mentions *mentions, const struct mention *mention, const struct figure_place *main)
{
    const struct figure *figure = &mention->figure;
    uint32_t lead = lead_in(doc, mention->passage);
    bool own = figure->n_places > 0 && figure->place_scope < SCOPE_HEADING;
    subject->place_scope = own ? figure->place_scope : SCOPE_HEADING;
    bool title = lead != NONE && DOCUMENT_AT(doc->passages, struct passage, lead).level == 1; /* "After Beijing" is where no figure is */
    if (!own && lead != NONE && !title && places_in(subject, mentions, DOCUMENT_AT(doc->passages, struct passage, lead).span)) {
        keep_innermost(subject);
        return;
    }
    for (uint32_t i = 0; own && i < figure->n_places; i++) {
        uint32_t before = subject->n_places;
        add_place(subject, figure->places[i].name, figure->places[i].iso, figure->places[i].geonames);
        if (subject->n_places > before)
            add_senses(subject, slice_of(figure->places[i].name));
    }
    if (!own)
        subject->place_scope = SCOPE_DOCUMENT;
    if (main && !own)
        add_place(subject, main->name, main->iso, main->geonames);
}

/* The words the claim leans on: the sentence before it in its passage, else the line that leads in. */
static void claim_context(struct subject *subject, const struct document *doc, const struct mention *mention)
{
    double weight = own_weight(subject) < 1.5 ? 0.7 : 0.15;
    uint32_t lead = lead_in(doc, mention->passage);
    const struct sentence *before = mention->sentence != NONE && mention->sentence > 0 ? &DOCUMENT_AT(doc->sentences, struct sentence, mention->sentence - 1) : NULL;
    if (before && before->passage == mention->passage)
        add_context(subject, doc, before->span, weight);
    if (lead != NONE)
        add_context(subject, doc, DOCUMENT_AT(doc->passages, struct passage, lead).span, weight);
}

static bool is_hedged(const struct subject *subject)
{
    uint32_t estimate = concept_named(subject->lexis, "estimate");
    for (guint i = 0; estimate && i < subject->words->named->len; i++)
        if (g_array_index(subject->words->named, struct named, i).concept == estimate)
            return true;
    return false;
}

struct subject *subject_of_claim(const struct document *doc, const struct mentions *mentions, const struct mention *mention, const struct figure_place *main)
{
    const struct figure *figure = &mention->figure;
    struct span span = claim_span(doc, mention);
    struct subject *subject = subject_new(doc->metadata.language, document_slice(doc, span));
    g_autoptr(GArray) skip = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct span own[] = {relative(figure->number, span.start), relative(figure->quantity.unit_text, span.start)};
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        if (own[i].end > own[i].start)
            g_array_append_val(skip, own[i]);
    claim_places(subject, doc, mentions, mention, main);
    subject->period_scope = figure->period_scope;
    uint32_t at = term_from(subject->words, mention->span.start - span.start), after = term_from(subject->words, mention->span.end - span.start);
    g_autofree double *scale = nearness(subject->words, MIN(at, subject->words->terms->len));
    subject->kinds = kinds_alike(figure->quantity.kind);
    subject->period = g_strdup(figure->period);
    subject->flow = flow_at(subject->lexis, subject->words, at, after);
    add_units(subject, subject->words, skip, scale, 1);
    mark_claim_counted(subject, figure, after);
    subject->hedged = is_hedged(subject);
    claim_context(subject, doc, mention);
    return subject;
}

static void explain_units(const struct subject *subject, GString *out, bool counted)
{
    for (guint i = 0; i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        if (unit->counted != counted || unit->first == NONE)
            continue;
        uint32_t start = term_of(subject->words, unit->first)->start, end = term_of(subject->words, unit->first + unit->n - 1)->end;
        g_string_append_printf(out, " [%.*s%s]", (int)(end - start), subject->text + start, unit->n_concepts ? "*" : "");
    }
    g_string_append_c(out, '\n');
}

char *subject_explain(const struct subject *subject)
{
    GString *out = g_string_new("kind    ");
    for (unsigned kind = 0; kind <= KIND_CHANGE; kind++)
        if (subject->kinds >> kind & 1)
            g_string_append_printf(out, " %s", kind_name((enum figure_kind)kind));
    if (!subject->kinds)
        g_string_append(out, " any");
    for (unsigned kind = 0; subject->likely && kind <= KIND_CHANGE; kind++)
        if (subject->likely >> kind & 1)
            g_string_append_printf(out, "%s %s", subject->likely & ((1u << kind) - 1) ? "" : ", rather", kind_name((enum figure_kind)kind));
    if (subject->asked)
        g_string_append_printf(out, " (\"%s\")", subject->asked);
    g_string_append(out, "\ncounted ");
    explain_units(subject, out, true);
    g_string_append(out, "words   ");
    explain_units(subject, out, false);
    g_string_append(out, "place   ");
    for (uint32_t i = 0; i < subject->n_places; i++)
        g_string_append_printf(out, " %s%s%s%s", subject->places[i].name, subject->places[i].iso ? " (" : "", subject->places[i].iso ? subject->places[i].iso : "", subject->places[i].iso ? ")" : "");
    g_string_append_printf(out, "\nperiod   %s\n", subject->period ? subject->period : "");
    return g_string_free(out, FALSE);
}
