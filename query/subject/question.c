/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject/parts.h"

#include "base/error.h"
#include "extract/gazetteer.h"
#include "ingest/reader.h"
#include "query/words/difference.h"
#include "query/words/opener.h"

/* What the words of a period are worth among the words of a question: the period is compared as such. */
static const double period_word = 0.4, unread_period_word = 2.5;

/* What words are worth that say what the answer is measured against. */
static const double base_word = 0.3;

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
            const struct gazetteer_place *known = gazetteer_place(g, senses[s].record);
            struct figure_place place = {.name = gazetteer_string(g, known->name), .iso = known->iso, .geonames = known->geonames, .role = ROLE_ORIGIN};
            add_place(subject, &place, slice_of(""));
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
        struct figure_place place = {.name = mention->location.canonical, .iso = mention->location.iso, .geonames = mention->location.geonames};
        add_place(subject, &place, slice_make(subject->text + mention->span.start, mention->span.end - mention->span.start));
        g_array_append_val(skip, mention->span);
    }
    add_demonyms(subject, skip);
}

/* The last period of the question that says all itself, else any. Its words stay units, of little weight: a passage may print them as they are. */
static void scale_span(const struct subject *subject, struct span span, double *scale, double worth)
{
    for (uint32_t t = 0; t < subject->words->terms->len; t++)
        if (term_of(subject->words, t)->start >= span.start && term_of(subject->words, t)->end <= span.end)
            scale[t] = worth;
}

static void read_period(struct subject *subject, const struct mentions *mentions, double *scale)
{
    const GArray *periods = mentions_of(mentions, MENTION_PERIOD);
    for (guint i = 0; i < periods->len; i++) {
        const struct mention *mention = &g_array_index(periods, struct mention, i);
        struct days days;
        if (!mention->period.edtf || !days_from_edtf(mention->period.edtf, &days)) {
            scale_span(subject, mention->span, scale, unread_period_word); /* "in December": the words alone can tell */
            continue;
        }
        scale_span(subject, mention->span, scale, period_word);
        if (subject->period && mention->period.relative)
            continue;
        g_array_set_size(subject->dated, 0);
        note_dated(subject, mention->span);
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

/* "than 20 years ago", "compared with 2019": what the answer is measured against says little about it. */
static void scale_base(const struct subject *subject, double *scale)
{
    bool base = false;
    for (uint32_t t = 0; t < subject->words->terms->len; t++) {
        uint32_t flags = term_of(subject->words, t)->flags;
        base = (base && !(flags & (TERM_BREAK | TERM_STOPPED))) || (flags & TERM_MEASURED && t > 0);
        if (base)
            scale[t] *= base_word;
    }
}

/* What is counted: terms [first, after); `noun`: a verb follows, so the last word before "of …" is the noun. part: of "How many of the judges are women?" the
 * women; else empty. */
struct counted {
    uint32_t first, after;
    bool noun;
    struct span part;
};

static bool is_phrase(const struct subject *subject, uint32_t term, const GArray *skip)
{
    return unit_at(subject->lexis, subject->words, term, skip).n > 1; /* "under-fives" begins with a stop word */
}

/* The noun behind the verb at term `verb`, where nothing but it follows up to the end or the next preposition. */
static struct span part_from(const struct subject *subject, uint32_t verb, const GArray *skip)
{
    uint32_t n = subject->words->terms->len, at = verb + 1, end;
    for (end = at; end < n && (!(term_of(subject->words, end)->flags & (TERM_STOP | TERM_VERB)) || is_phrase(subject, end, skip));)
        end += unit_at(subject->lexis, subject->words, end, skip).n;
    return (struct span){at, end};
}

/* The terms from `from` on that say what is counted: "victims of abuses by armed groups". */
static struct counted counted_from(const struct subject *subject, uint32_t from, const GArray *skip)
{
    uint32_t n = subject->words->terms->len, end = from;
    while (end < n && (term_of(subject->words, end)->flags & (TERM_STOP | TERM_VERB)) == TERM_STOP && !is_phrase(subject, end, skip))
        end++; /* "how many more people", "how many of the" */
    uint32_t first = end;
    while (end < n) {
        bool joined = end > from && term_of(subject->words, end - 1)->flags & TERM_JOINT; /* "of the" */
        bool stops = (term_of(subject->words, end)->flags & (TERM_STOP | TERM_JOINT)) == TERM_STOP && !joined;
        if (stops && !is_phrase(subject, end, skip))
            break;
        end += unit_at(subject->lexis, subject->words, end, skip).n;
    }
    struct counted counted = {first, end, end < n && term_of(subject->words, end)->flags & TERM_VERB, {0, 0}};
    if (counted.noun && first > from && term_of(subject->words, from)->flags & TERM_OF)
        counted.part = part_from(subject, end, skip);
    return counted;
}

static struct counted read_opener(struct subject *subject, GArray *skip)
{
    uint32_t first, after;
    const struct opener *opener = opener_in(subject->lexis, subject->words, &first, &after);
    if (!opener) {
        subject->likely = hinted_kinds(subject->lexis, subject->words);
        return (struct counted){0, 0, false, {0, 0}};
    }
    subject->asked = opener->phrase;
    subject->kinds = opener->kinds;
    subject->beyond = opener->kinds == 0;
    struct span span = {term_of(subject->words, first)->start, term_of(subject->words, after - 1)->end};
    g_array_append_val(skip, span);
    return opener->counts ? counted_from(subject, after, skip) : (struct counted){after, after, false, {0, 0}};
}

static void read_global(struct subject *subject)
{
    uint32_t world = concept_named(subject->lexis, "world");
    for (guint k = 0; world && k < subject->words->named->len; k++)
        subject->global = subject->global || (subject->n_places == 0 && g_array_index(subject->words->named, struct named, k).concept == world);
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

/* What the unit's own words say that a figure counts. */
static struct counts counts_of_unit(const struct subject *subject, const struct unit *unit)
{
    struct span own = {unit->first, unit->first + unit->n};
    struct counts counts = {0};
    if (unit->n_concepts)
        counts_read(subject->lexis, subject->text, subject->words, own, own, NULL, &counts);
    return counts;
}

static bool is_group(const struct subject *subject, const struct unit *unit)
{
    return counts_of_unit(subject, unit).n_groups > 0;
}

/* Of "How many of the judges are women?" the women are counted; of "How many of the wells are dry?" the wells. */
static struct counted choose_counted(const struct subject *subject, struct counted counted)
{
    for (guint i = 0; i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        if (unit->first >= counted.part.start && unit->first < counted.part.end && is_group(subject, unit))
            return (struct counted){counted.part.start, counted.part.end, false, {0, 0}};
    }
    return counted;
}

static void mark_counted(struct subject *subject, struct counted counted)
{
    bool of = false;
    struct unit *last = NULL;
    for (guint i = 0; i < subject->units->len; i++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, i);
        unit->counted = unit->first >= counted.first && unit->first < counted.after;
        for (uint32_t t = counted.first; unit->counted && t < unit->first; t++)
            of = of || term_of(subject->words, t)->flags & TERM_OF;
        unit->head = unit->counted && !of && !counted.noun;
        if (unit->counted && !of)
            last = unit;
        if (unit->counted && unit->weight >= 0.5)
            unit->weight *= 1.25;
    }
    if (last)
        last->head = true;
}

/* What happened to whom, as far as the question asks to count it; and which words of what is counted are people. */
static void read_counts(struct subject *subject, struct counted counted)
{
    struct span all = {0, subject->words->terms->len};
    if (counted.after > counted.first)
        counts_read(subject->lexis, subject->text, subject->words, all, (struct span){counted.first, counted.first + 1}, NULL, &subject->counts);
    for (guint u = 0; u < subject->units->len; u++) {
        struct unit *unit = &g_array_index(subject->units, struct unit, u);
        unit->group = unit->counted && unit->head && is_group(subject, unit);
        struct counts own = counts_of_unit(subject, unit);
        unit->happened = own.events & subject->counts.events;
        unit->disease = own.diseases != 0;
    }
}

/* "por habitante", "par ménage": so many for each one brought nothing about. */
static bool is_base_of_rate(const struct subject *subject, uint32_t term)
{
    static const char *const bases[] = {"resident", "person", "household", "year", "daily"};
    for (guint k = 0; k < subject->words->named->len; k++) {
        const struct named *named = &g_array_index(subject->words->named, struct named, k);
        for (size_t i = 0; named->first == term && i < G_N_ELEMENTS(bases); i++)
            if (named->concept == concept_named(subject->lexis, bases[i]))
                return subject->lexis != lexis_of("en"); /* "killed by people" */
    }
    return false;
}

/* "displaced by drought", "killed in attacks because of the mines": the units up to the next preposition say what brought it about. Names, times and numbers are asked for as
 * such; "by how much" and "by what percentage" say none. */
static void read_causes(struct subject *subject, const GArray *skip)
{
    uint32_t n = subject->words->terms->len;
    for (uint32_t t = 1; t < n; t++) {
        if (!(term_of(subject->words, t)->flags & TERM_CAUSE))
            continue;
        uint32_t from = t + 1, to;
        if (is_base_of_rate(subject, from))
            continue;
        while (from < n && term_of(subject->words, from)->flags & TERM_STOP)
            from++;
        for (to = from; to < n && ((term_of(subject->words, to)->flags & (TERM_STOP | TERM_JOINT)) != TERM_STOP);)
            to++;
        for (guint u = 0; u < subject->units->len; u++) {
            struct unit *unit = &g_array_index(subject->units, struct unit, u);
            const struct term *term = unit->first < n ? term_of(subject->words, unit->first) : NULL;
            bool inside = term && unit->first >= from && unit->first < to && !in_spans(skip, term->start, term->end);
            unit->cause = unit->cause || (inside && unit->n_concepts > 0 && !(term->flags & (TERM_CAPITAL | TERM_NUMBER | TERM_WEAK)) && unit->weight >= 0.5);
        }
    }
}

static void add_name(struct subject *subject, struct asked_name name, struct slice printed)
{
    g_autofree char *text = slice_dup(printed);
    name.forms[0] = g_string_chunk_insert(subject->strings, text);
    g_array_append_val(subject->names, name);
}

/* Armed groups by any of their names. Who publishes a report is not named in each of its passages: organisations are left out, all actors' words go to `skip`. */
static void read_actors(struct subject *subject, const struct mentions *mentions, GArray *skip)
{
    const GArray *actors = mentions_of(mentions, MENTION_ACTOR);
    for (guint i = 0; i < actors->len; i++) {
        const struct mention *mention = &g_array_index(actors, struct mention, i);
        const struct actor *actor = &mention->actor;
        g_array_append_val(skip, mention->span);
        if (g_strcmp0(actor->class, "group") != 0)
            continue;
        struct asked_name name = {.unit = NONE};
        name.forms[1] = actor->canonical ? g_string_chunk_insert(subject->strings, actor->canonical) : NULL;
        name.forms[2] = name.forms[1] && actor->acronym && *actor->acronym ? g_string_chunk_insert(subject->strings, actor->acronym) : NULL;
        for (guint u = 0; u < subject->units->len; u++) {
            const struct unit *unit = &g_array_index(subject->units, struct unit, u);
            if (unit->n_concepts && term_of(subject->words, unit->first)->start >= mention->span.start && term_of(subject->words, unit->first)->end <= mention->span.end)
                name.unit = u;
        }
        add_name(subject, name, slice_make(subject->text + mention->span.start, mention->span.end - mention->span.start));
    }
}

/* Words with a capital that name nothing else we know: "Akobo County". The first word of a sentence has one anyhow. */
static void read_names(struct subject *subject, const struct mentions *mentions)
{
    g_autoptr(GArray) skip = g_array_new(FALSE, FALSE, sizeof(struct span));
    read_actors(subject, mentions, skip);
    const GArray *periods = mentions_of(mentions, MENTION_PERIOD);
    for (guint i = 0; i < periods->len; i++)
        g_array_append_val(skip, g_array_index(periods, struct mention, i).span);
    for (guint u = 0; u < subject->units->len; u++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, u);
        const struct term *term = term_of(subject->words, unit->first);
        bool begins = unit->first == 0 || term->flags & TERM_STOPPED;
        bool known = unit->n > 1 || unit->n_concepts || term->flags & (TERM_WEAK | TERM_STOP | TERM_NUMBER) || term_month(term);
        if (!(term->flags & TERM_CAPITAL) || begins || known || in_spans(skip, term->start, term->end))
            continue;
        add_name(subject, (struct asked_name){.unit = u}, slice_make(subject->text + term->start, term->end - term->start));
    }
}

static bool names_any(const struct subject *subject, const char *const *concepts)
{
    for (; *concepts; concepts++) {
        uint32_t concept = concept_named(subject->lexis, *concepts);
        for (guint k = 0; concept && k < subject->words->named->len; k++) {
            const struct named *named = &g_array_index(subject->words->named, struct named, k);
            if (named->concept == concept && !named->narrow)
                return true;
        }
    }
    return false;
}

/* "per 100,000", "a day", "rate"; "how many more"; "the change in". */
static void read_manner(struct subject *subject)
{
    static const char *const rates[] = {"rate", "daily", "weekly", "monthly", "year", "per", NULL}, *const changes[] = {"increase", "decrease", NULL};
    subject->rated = names_any(subject, rates);
    subject->compared = names_any(subject, changes);
    subject->differs = difference_named(subject->text);
    for (guint i = 0; i < subject->words->terms->len && !subject->differs; i++)
        subject->differs = term_of(subject->words, i)->flags & TERM_MEASURED;
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
    read_places(subject, mentions, skip);
    keep_innermost(subject);
    g_autofree double *scale = g_new(double, subject->words->terms->len + 1);
    for (uint32_t i = 0; i < subject->words->terms->len; i++)
        scale[i] = 1;
    read_period(subject, mentions, scale);
    scale_figures(subject, mentions, scale);
    scale_base(subject, scale);
    struct counted counted = read_opener(subject, skip);
    add_units(subject, subject->words, skip, scale, 1);
    counted = choose_counted(subject, counted);
    mark_counted(subject, counted);
    note_people(subject);
    note_months(subject);
    read_numbers(subject, mentions);
    read_global(subject);
    read_counts(subject, counted);
    read_causes(subject, skip);
    read_names(subject, mentions);
    read_manner(subject);
    return subject;
}

bool subject_of_question(const struct extractor *extractor, const char *question, const char *language, struct subject **ret, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(question, -1);
    g_strdelimit(valid, "\r\n\f\v", ' ');
    g_autoptr(GBytes) bytes = g_bytes_new(valid, strlen(valid));
    struct source *source = source_new("question", bytes);
    source->lang = language ? language : language_of_opener(valid);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GError) problem = NULL;
    struct subject *subject = NULL;
    if (*valid && reader_read_as(&read_text, source, documents, &problem) && documents->len > 0) {
        const struct document *doc = g_ptr_array_index(documents, 0);
        g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
        struct mentions *mentions = extractor_run(extractor, doc, troubles);
        subject = read_question(doc, mentions);
        mentions_free(mentions);
    }
    source_free(source);
    if (!subject || !says_anything(subject)) {
        subject_free(subject);
        g_autofree char *typed = citable_error_excerpt(valid);
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "nothing to look for in '%s': ask for a figure, as in \"How many people were displaced in Honduras in 2014?\"", typed);
        return false;
    }
    *ret = subject;
    return true;
}
