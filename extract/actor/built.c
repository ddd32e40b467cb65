/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names that show what they are by how they are built: a head ("Ministry", "Comisión", "Law") in a run of capitals and connectors. */
#include "extract/actor/actor.h"
#include "extract/actor/way.h"

enum { RUN_TOKENS = 28, CONNECTORS = 3 };

#define STRONG (SLOT_STATE | SLOT_BODY | SLOT_GROUP | SLOT_PROGRAMME | SLOT_MEDIA | SLOT_LAW)

static bool big(const struct name_scan *scan, uint32_t i)
{
    return scan_capital(scan, i) || scan_known(scan, i) & SCAN_ELIDED;
}

/* May token `i` be a word of a name, with its capital? */
static bool is_part(const struct name_scan *scan, uint32_t i)
{
    uint32_t known = scan_known(scan, i);
    if (!big(scan, i) || scan->taken[i])
        return false;
    return !(known & (SLOT_TIME | SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_CONNECTOR)) || known & (HEADS | SLOT_GIVEN);
}

static bool possessive(const struct name_scan *scan, uint32_t i)
{
    struct slice text = scan_text(scan, i);
    return word_stem_len(text) < text.len;
}

NAME_WORDS(ands, "and", "y", "e", "et", "&");
NAME_WORDS(ins, "in", "en", "dans", "a", "al", "to", "au", "aux", "à");
NAME_WORDS(fors, "for", "on", "against", "relating");
NAME_WORDS(purposes, "for", "against", "para", "por", "pour", "contre", "contra");
NAME_WORDS(articles, "the", "la", "las", "los", "el", "les", "le");

/* A run of capitals while it is read. */
struct run {
    const struct name_scan *scan;
    uint32_t first, end;
    uint32_t connector; /* first connector, or NONE */
    uint32_t head;      /* last head before the first connector; else the last head; NONE */
    uint32_t known;     /* what all its words are, or-ed */
    uint32_t parts;     /* words with a capital */
    bool purpose;       /* "for", "against" stood in it: "in the Northern Triangle" may belong to it */
};

static void take(struct run *run, uint32_t i)
{
    uint32_t known = scan_known(run->scan, i);
    if (known & HEADS && (run->connector == NONE || run->head == NONE))
        run->head = i;
    run->known |= known;
    run->parts++;
    run->end = i + 1;
}

/* The end of the capitals that begin at `i`. */
static uint32_t capitals_end(const struct name_scan *scan, uint32_t i)
{
    uint32_t end = i;
    while (is_part(scan, end) && (end == i || scan_follows(scan, end)))
        end++;
    return end;
}

/* "Ministry of Labour and Social Welfare" is one name; "Ministry of Labour and World Bank" is two. */
static bool joins_by_and(const struct run *run, uint32_t next)
{
    const struct name_scan *scan = run->scan;
    uint32_t end = capitals_end(scan, next), right = 0;
    for (uint32_t i = next; i < end; i++)
        right |= scan_known(scan, i);
    const struct name_match *left_name = scan_match_at(scan, run->first);
    bool named = left_name && left_name->after == run->end;
    if (run->head == NONE) /* "Truth and Reconciliation Commission" */
        return right & STRONG && !named && run->parts == 1 && !(scan->tokens[run->first].flags & TOKEN_ALLCAPS) && !(run->known & SLOT_GIVEN);
    if (scan_match_at(scan, next) && !(right & SLOT_LAW))
        return false;
    if (run->known & SLOT_LAW && right & (SLOT_LAW | SLOT_PROGRAMME)) /* "Declaration and Plan of Action" */
        return true;
    return !(right & STRONG) && !(scan->tokens[next].flags & TOKEN_ALLCAPS) && run->connector != NONE;
}

/* "United Nations Office in Haiti": an office of somebody, named by where it is. */
static bool begins_with_actor(const struct run *run)
{
    const struct name_match *m = scan_match_at(run->scan, run->first);
    return m && m->after < run->end && gazetteer_senses(run->scan->g, m->slot)->flags & SENSE_ACTOR;
}

/* May connector `i` with the word `next` behind it go on with the name? */
static bool connects(const struct run *run, uint32_t i, uint32_t next)
{
    const struct name_scan *scan = run->scan;
    uint32_t before = scan_known(scan, run->end - 1);
    if (name_word_in(scan, i, ands))
        return next == i + 1 && joins_by_and(run, next);
    if (run->head == NONE || name_word_in(scan, i, articles))
        return false;
    if (name_word_in(scan, i, ins))
        return (run->purpose && !(run->known & SLOT_LAW)) || (run->known & SLOT_LAW && scan_is(scan, i, "to")) || (before & HEADS && begins_with_actor(run));
    if (name_word_in(scan, i, fors))
        return before & (HEADS | SLOT_TITLE);
    return true;
}

/* The word with a capital behind up to three connectors that begin at `i`, or NONE. */
static uint32_t behind_connectors(const struct name_scan *scan, uint32_t i)
{
    for (uint32_t k = i; k < i + CONNECTORS + 1 && scan_follows(scan, k); k++) {
        if (k > i && is_part(scan, k))
            return k;
        bool connector = scan_word(scan, k) && !scan_capital(scan, k) && scan_known(scan, k) & SLOT_CONNECTOR;
        if (!connector && !scan_is(scan, k, "&") && !name_word_in(scan, k, fors) && !name_word_in(scan, k, purposes))
            return NONE;
    }
    return NONE;
}

/* "Education, Culture and Sports": behind "Ministry of", items of plain words up to the last "and". */
static uint32_t list_end(const struct run *run)
{
    const struct name_scan *scan = run->scan;
    uint32_t i = run->end;
    if (run->connector == NONE || run->head == NONE)
        return NONE;
    while (scan_is(scan, i, ",") && is_part(scan, i + 1) && i - run->end < 12) {
        uint32_t end = capitals_end(scan, i + 1);
        for (uint32_t k = i + 1; k < end; k++)
            if (scan_known(scan, k) & STRONG || scan->tokens[k].flags & TOKEN_ALLCAPS || scan_match_at(scan, k))
                return NONE;
        i = end;
        if ((name_word_in(scan, i, ands) && is_part(scan, i + 1)) || (scan_is(scan, i, ",") && name_word_in(scan, i + 1, ands) && is_part(scan, i + 2)))
            return i > run->end ? capitals_end(scan, i + 1 + scan_is(scan, i, ",")) : NONE;
    }
    return NONE;
}

/* "Police Chief", "World Bank President Kim": a person begins here. */
static bool person_begins(const struct run *run, uint32_t i)
{
    const struct name_scan *scan = run->scan;
    uint32_t known = scan_known(scan, i);
    if (run->head == i - 1 && !(is_part(scan, i + 1) && scan_follows(scan, i + 1))) /* "Ley General de Víctimas" */
        return false;
    bool titled = known & SLOT_RANK && !(known & HEADS) && (run->head != NONE || scan->tokens[run->end - 1].flags & TOKEN_ALLCAPS);
    return titled && !possessive(scan, i) && run->end - 1 >= run->first && run->connector == NONE;
}

/* A possessive ends what is named before: "Mexico's National Institute of …", but "Women's Refugee Commission". */
static bool owner_ends(const struct run *run)
{
    const struct name_scan *scan = run->scan;
    if (!possessive(scan, run->end - 1))
        return false;
    const struct name_match *m = scan_match_at(scan, run->first);
    return (m && m->after >= run->end) || scan_known(scan, run->end - 1) & (SLOT_GIVEN | SLOT_SURNAME);
}

static bool run_step(struct run *run)
{
    const struct name_scan *scan = run->scan;
    uint32_t i = run->end;
    if (scan_starts(scan, i) || owner_ends(run))
        return false;
    if (scan_follows(scan, i) && is_part(scan, i)) {
        if (person_begins(run, i))
            return false;
        take(run, i);
        return true;
    }
    bool glued = scan_is(scan, i, "-") && !(scan->tokens[i].flags & TOKEN_SPACE) && scan_word(scan, i + 1) && !(scan->tokens[i + 1].flags & TOKEN_SPACE);
    if (glued && !scan_starts(scan, i + 1)) {
        take(run, i + 1);
        return true;
    }
    uint32_t next = behind_connectors(scan, i);
    if (next != NONE && connects(run, i, next)) {
        run->connector = MIN(run->connector, i);
        run->purpose = run->purpose || name_word_in(scan, i, purposes);
        take(run, next);
        return true;
    }
    uint32_t end = list_end(run);
    if (end != NONE)
        run->end = end;
    return false;
}

static enum actor_class class_of(uint32_t known)
{
    static const struct {
        uint32_t flag;
        enum actor_class class;
    } classes[] = {{SLOT_LAW, ACTOR_LAW}, {SLOT_GROUP, ACTOR_GROUP}, {SLOT_STATE, ACTOR_STATE}, {SLOT_BODY, ACTOR_ORGANISATION}, {SLOT_MEDIA, ACTOR_MEDIA}, {SLOT_PROGRAMME, ACTOR_PROGRAMME}};
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
        if (known & classes[i].flag)
            return classes[i].class;
    return ACTOR_ORGANISATION;
}

/* "Department of Antioquia", "Cortés Department" are places; "Health Department", "Department of Labour" are bodies. */
static bool names_area(const struct run *run)
{
    const struct name_scan *scan = run->scan;
    if (!(scan_known(scan, run->head) & SLOT_FEATURE))
        return false;
    uint32_t behind = run->connector == run->head + 1 ? behind_connectors(scan, run->connector) : NONE;
    if (behind != NONE)
        return scan_match_at(scan, behind) != NULL;
    return run->head == run->first || !(scan_ordinary(scan, run->head - 1) || scan_known(scan, run->head - 1) & (SLOT_TITLE | SLOT_HEAD));
}

/* Is the run the name of something, or only words with capitals? */
static bool run_names(const struct run *run)
{
    const struct name_scan *scan = run->scan;
    if (run->head == NONE || run->parts < 2 || names_area(run))
        return false;
    const struct name_match *m = scan_match_at(scan, run->first);
    if (m && m->after >= run->end && !(gazetteer_senses(scan->g, m->slot)->flags & SENSE_ACTOR))
        return false; /* "West Bank", "Russian Federation" */
    uint32_t known = scan_known(scan, run->head), plain = 0;
    for (uint32_t i = run->first; i < run->end; i++)
        plain += big(scan, i) && !(scan_known(scan, i) & (HEADS | SLOT_RANK));
    if (plain == 0)
        return false;
    return known & STRONG || run->parts >= 3;
}

NAME_WORDS(ministries, "ministère", "ministerio", "secretaría", "fiscalía", "gobernación", "alcaldía", "ambassade", "embajada");

/* "le ministère de l'Intérieur": French and Spanish print the head small. */
static bool small_head(const struct name_scan *scan, uint32_t i)
{
    return scan->small && scan_known(scan, i) & SLOT_STATE && !scan->taken[i] && name_word_in(scan, i, ministries) && behind_connectors(scan, i + 1) != NONE;
}

/* The first letters of adjectives behind a head that is somebody's name, in French and Spanish. */
static const char *const adjectives[] = {"national", "nacional", "international", "internacional", "mondial", "mundial", "central", "general", "regional", "federal", "europe", "african", "interameric",
                                         "centroameric", "departement", "departament", "superi", "estatal", "municipal", "mexican", "haitien", "hondur", "salvador", "guatemal", NULL};

static bool adjective(const struct name_scan *scan, uint32_t i)
{
    char folded[64];
    folded[token_fold(scan_text(scan, i), folded, sizeof folded)] = '\0';
    for (size_t k = 0; adjectives[k]; k++)
        if (g_str_has_prefix(folded, adjectives[k]))
            return true;
    return false;
}

/* "la Commission nationale des droits de l'homme": the rest is printed small, and every noun stands behind a connector. */
static bool run_small(struct run *run)
{
    const struct name_scan *scan = run->scan;
    uint32_t i = run->first + 1;
    if (!scan->small || !(scan_known(scan, run->first) & (SLOT_STATE | SLOT_BODY)) || !scan_follows(scan, i) || scan_capital(scan, i) || !adjective(scan, i))
        return false;
    for (i++; i - run->first < RUN_TOKENS;) {
        uint32_t noun = i;
        while (noun < i + CONNECTORS && scan_word(scan, noun) && !scan_starts(scan, noun) && scan_known(scan, noun) & SLOT_CONNECTOR && !name_word_in(scan, noun, ins))
            noun++;
        bool joined = name_word_in(scan, i, ands) && noun > i + 1; /* "y el ministerio": another name */
        if (noun == i || joined || !scan_word(scan, noun) || scan_starts(scan, noun))
            break;
        i = noun + 1;
    }
    run->end = i;
    run->head = run->first;
    return true;
}

/* "2011 Immigration Law": the year is a part of the name. */
static bool year_before(const struct name_scan *scan, uint32_t i)
{
    if (i == 0 || !scan_follows(scan, i) || scan->tokens[i - 1].class != TOKEN_NUMBER)
        return false;
    struct slice year = scan_text(scan, i - 1);
    bool begins = i < 2 || scan->tokens[i - 1].flags & (TOKEN_SPACE | TOKEN_SENTENCE | TOKEN_PASSAGE);
    return begins && year.len == 4 && (slice_starts(year, "19") || slice_starts(year, "20") || slice_starts(year, "18"));
}

/* Can a run that begins at `first` take a second word? A name of one word is none; most words with a capital stand alone. */
static bool goes_on(const struct name_scan *scan, uint32_t first)
{
    uint32_t i = first + 1;
    if (scan_starts(scan, i))
        return false;
    if (scan->tokens[i].class == TOKEN_SIGN)
        return scan->tokens[i].sign == '-' || scan->tokens[i].sign == '&';
    if (big(scan, i))
        return true;
    if (!(scan->known[first] & HEADS))
        return name_word_in(scan, i, ands);
    return scan->known[i] & SLOT_CONNECTOR || name_word_in(scan, i, fors) || name_word_in(scan, i, purposes);
}

/* Can the run that begins at `first` have a head? One of capitals alone has none where none of them is one, and nothing but "and" goes on with it then. */
static bool may_have_head(const struct name_scan *scan, uint32_t first)
{
    uint32_t i = first;
    do
        if (scan_known(scan, i) & HEADS)
            return true;
    while (is_part(scan, ++i) && scan_follows(scan, i));
    return !scan_starts(scan, i) && (scan->tokens[i].class == TOKEN_SIGN || name_word_in(scan, i, ands));
}

void actor_built_beside(void)
{
    beside_add(ands, BESIDE_AND);
    beside_add(fors, BESIDE_FOR);
    beside_add(purposes, BESIDE_FOR);
}

bool actor_built(const struct actor_scan *s, uint32_t first, struct actor_name *ret)
{
    const struct name_scan *scan = s->scan;
    bool small = small_head(scan, first);
    if ((!is_part(scan, first) && !small) || scan->known[first] & SCAN_HEADLINE)
        return false;
    if (!goes_on(scan, first) && !(scan->small && scan->known[first] & (SLOT_STATE | SLOT_BODY)))
        return false;
    if (!scan->small && !may_have_head(scan, first))
        return false;
    struct run run = {.scan = scan, .first = first, .end = first, .connector = NONE, .head = NONE};
    take(&run, first);
    if (!run_small(&run)) {
        while (run.end - first < RUN_TOKENS && run_step(&run))
            ;
        if (!run_names(&run))
            return false;
    }
    struct span last = scan->tokens[run.end - 1].span;
    uint32_t stem = word_stem_len(document_slice(scan->doc, last)), elided = word_elided_len(scan_text(scan, first));
    *ret = (struct actor_name){
        .first = first, .after = run.end, .span = {scan->tokens[first].span.start + elided, last.start + stem},
        .class = class_of(scan_known(scan, run.head)), .record = NONE, .place = NONE, .head = run.head, .rule = "actor.built",
    };
    if (ret->class == ACTOR_LAW && year_before(scan, first)) {
        ret->first = first - 1;
        ret->span.start = scan->tokens[first - 1].span.start;
    }
    return true;
}
