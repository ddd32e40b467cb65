/* SPDX-License-Identifier: GPL-3.0-or-later
 * Actors of the table, and names that the words beside them give: "the Valles cartel", "gangs such as …", "the magazine …". */
#include "extract/actor/actor.h"
#include "extract/actor/way.h"

enum { EVIDENCE_TOKENS = 14, LONG_NAME = 3 };

/* Words of the text that make a doubtful name of this class likely. */
static uint32_t evidence_flag(enum actor_class class)
{
    static const uint32_t flags[ACTOR_CLASSES] = {SLOT_BODY | SLOT_SAY, SLOT_GROUP, SLOT_STATE | SLOT_SAY, SLOT_RANK, SLOT_PROGRAMME, SLOT_LAW, SLOT_MEDIA};
    return flags[class];
}

static enum actor_class record_class(const struct gazetteer *g, uint32_t record)
{
    enum actor_class class = ACTOR_ORGANISATION;
    actor_class_from(gazetteer_string(g, gazetteer_actor(g, record)->class), &class);
    return class;
}

/* Is there another name of this class near in the sentence, one that is not doubtful? */
static bool sure_name(const struct name_scan *scan, const struct name_match *m, enum actor_class class)
{
    const struct gazetteer_sense *senses = gazetteer_senses(scan->g, m->slot);
    for (uint32_t i = 0; i < m->slot->count; i++)
        if (senses[i].flags & SENSE_ACTOR && !(senses[i].flags & (SENSE_DOUBTFUL | SENSE_CAPITALS)))
            return record_class(scan->g, senses[i].record) == class;
    return false;
}

/* Has the document named it before, in a form that is not in doubt? */
static bool named_in_full(const struct actor_scan *s, uint32_t record)
{
    return g_hash_table_contains(s->by_record, GUINT_TO_POINTER(record + 1));
}

static bool has_evidence(const struct actor_scan *s, const struct name_match *m, uint32_t record)
{
    const struct name_scan *scan = s->scan;
    if (named_in_full(s, record))
        return true;
    enum actor_class class = record_class(scan->g, record);
    uint32_t from = m->first, to = m->after;
    while (from > 0 && m->first - from < EVIDENCE_TOKENS && !scan_starts(scan, from))
        from--;
    while (!scan_starts(scan, to) && to - m->after < EVIDENCE_TOKENS)
        to++;
    for (uint32_t i = from; i < to; i++)
        if (i < m->first || i >= m->after) {
            if (scan_known(scan, i) & evidence_flag(class))
                return true;
            const struct name_match *other = scan_capital(scan, i) ? scan_match_at(scan, i) : NULL;
            if (other && sure_name(scan, other, class))
                return true;
        }
    return false;
}

/* Every word has its capital, but for connectors; a long name may go on in small letters, as French and Spanish print it. */
static bool printed_as_name(const struct name_scan *scan, const struct name_match *m)
{
    for (uint32_t i = m->first; i < m->after; i++)
        if (scan_word(scan, i) && !scan_capital(scan, i) && !(scan_known(scan, i) & (SLOT_CONNECTOR | SCAN_ELIDED)) && m->after - m->first < LONG_NAME && !scan->small)
            return false;
    return true;
}

static bool form_allows(const struct actor_scan *s, const struct name_match *m, const struct gazetteer_sense *sense)
{
    const struct name_scan *scan = s->scan;
    bool single = m->after == m->first + 1;
    if (sense->flags & SENSE_CAPITALS) {
        if (!scan_all_capitals(scan, m->span) || (single && scan_known(scan, m->first) & SCAN_HEADLINE && scan_ordinary(scan, m->first)))
            return false;
    } else if (single && scan_starts(scan, m->first) && scan_ordinary(scan, m->first)) {
        return false;
    }
    return !(sense->flags & SENSE_DOUBTFUL) || has_evidence(s, m, sense->record);
}

/* The head of a name of the table, for "the Alliance": the last one before the first connector. */
static uint32_t head_of(const struct name_scan *scan, const struct name_match *m)
{
    uint32_t head = NONE;
    for (uint32_t i = m->first; i < m->after && (head == NONE || scan_capital(scan, i) || scan_known(scan, i) & (SLOT_HEAD | SLOT_LAW)); i++)
        if (scan_known(scan, i) & (SLOT_HEAD | SLOT_LAW))
            head = i;
    return head;
}

/* Is the place of the name better known than the actor: a country, or a place by its own name against an actor's that is no acronym? */
static bool means_place(const struct gazetteer *g, const struct gazetteer_sense *place, const struct gazetteer_sense *actor)
{
    if (place->flags & (SENSE_ACTOR | SENSE_DEMONYM))
        return false;
    if (gazetteer_place(g, place->record)->class == PLACE_COUNTRY)
        return true;
    return !(place->flags & SENSE_ALTERNATE) && !(actor->flags & SENSE_CAPITALS);
}

/* "PNC" is one country's police in one text and another's in the next: the text must speak of its country, or name it in full. */
static bool elsewhere(const struct actor_scan *s, const struct gazetteer_sense *sense)
{
    const char *countries = gazetteer_string(s->scan->g, gazetteer_actor(s->scan->g, sense->record)->countries);
    return sense->flags & SENSE_CAPITALS && *countries && !scan_speaks_of(s->scan, countries) && !named_in_full(s, sense->record);
}

bool actor_known(const struct actor_scan *s, uint32_t first, struct actor_name *ret)
{
    const struct name_scan *scan = s->scan;
    const struct name_match *m = scan_match_at(scan, first);
    if (!m || !(scan_capital(scan, first) || scan_known(scan, first) & SCAN_ELIDED) || !printed_as_name(scan, m))
        return false;
    const struct gazetteer_sense *senses = gazetteer_senses(scan->g, m->slot);
    for (uint32_t i = 0; i < m->slot->count; i++) {
        if (!(senses[i].flags & SENSE_ACTOR) || elsewhere(s, &senses[i]) || !form_allows(s, m, &senses[i]))
            continue;
        if (means_place(scan->g, &senses[0], &senses[i]) && !named_in_full(s, senses[i].record))
            continue; /* "DRC": a country, unless the document names the council in full */
        *ret = (struct actor_name){
            .first = first, .after = m->after, .span = m->span, .class = record_class(scan->g, senses[i].record), .record = senses[i].record, .head = head_of(scan, m), .place = NONE, .rule = "actor.name",
        };
        return true;
    }
    return false;
}

/* The end of a short run of capitals that may be such a name; `first` where there is none. */
static uint32_t called_end(const struct name_scan *scan, uint32_t first)
{
    uint32_t end = first;
    while (end < first + 4 && scan_capital(scan, end) && !scan->taken[end] && !(scan_known(scan, end) & (SLOT_TIME | SLOT_TITLE)) && (end == first || scan_follows(scan, end)))
        end++;
    return end;
}

static bool is_people(const struct name_scan *scan, uint32_t first)
{
    const struct name_match *m = scan_match_at(scan, first);
    const struct gazetteer_sense *senses = m ? gazetteer_senses(scan->g, m->slot) : NULL;
    for (uint32_t i = 0; m && i < m->slot->count; i++)
        if (senses[i].flags & SENSE_DEMONYM)
            return true;
    return false;
}

static bool is_place(const struct name_scan *scan, uint32_t first)
{
    return scan_match_at(scan, first) != NULL;
}

NAME_WORDS(groups, "cartel", "gang", "militia", "clan", "mafia", "guerrillas", "rebels", "insurgents", "militants", "faction");
NAME_WORDS(bodies, "group", "network", "movement", "charity", "foundation", "collective");
NAME_WORDS(kinds, "support", "armed", "guerrilla", "rebel", "militant", "criminal", "advocacy", "rights", "aid", "crime");
NAME_WORDS(causes, "advocacy", "rights", "aid", "crime"); /* of kinds, those that make no armed group of a body */

/* "the Valles cartel", "the Butterflies support group" */
static bool noun_behind(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    if (scan_starts(scan, first) || scan_known(scan, first) & (SLOT_FUNCTION | SLOT_PREPOSITION | SCAN_HEADLINE) || scan_inside_match(scan, first))
        return false;
    uint32_t end = called_end(scan, first), noun = end;
    while (noun < end + 2 && scan_follows(scan, noun) && name_word_in(scan, noun, kinds))
        noun++;
    if (end == first || !scan_follows(scan, noun) || !(name_word_in(scan, noun, groups) || name_word_in(scan, noun, bodies)))
        return false;
    if (word_stem_len(scan_text(scan, end - 1)) < scan_text(scan, end - 1).len || is_people(scan, first))
        return false;
    bool group = name_word_in(scan, noun, groups) || (noun > end && !name_word_in(scan, end, causes) && !scan_is(scan, end, "support"));
    if (is_place(scan, first) && !scan_is(scan, noun, "cartel"))
        return false;
    if (scan_ordinary(scan, first) && end == first + 1 && !scan_is(scan, first - 1, "the"))
        return false;
    *ret = (struct actor_name){.place = NONE, .head = NONE, .after = noun + 1, .span = {scan->tokens[first].span.start, scan->tokens[noun].span.end}, .class = group ? ACTOR_GROUP : ACTOR_ORGANISATION};
    return true;
}

NAME_WORDS(outlets, "magazine", "newspaper", "broadcaster", "daily", "weekly", "diario", "periódico", "revista", "semanario", "quotidien", "hebdomadaire");

/* "the Mexican magazine Animal Político" */
static bool outlet_before(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    if (!scan_follows(scan, first) || !name_word_in(scan, first - 1, outlets))
        return false;
    uint32_t end = called_end(scan, first);
    if (end == first || (end == first + 1 && is_place(scan, first)))
        return false;
    *ret = (struct actor_name){.place = NONE, .head = NONE, .after = end, .span = {scan->tokens[first].span.start, scan->tokens[end - 1].span.end}, .class = ACTOR_MEDIA};
    return true;
}

NAME_WORDS(plurals, "the", "los", "las", "les");
NAME_WORDS(examples, "as", "like", "called", "named", "including", "llamada", "llamado", "como", "comme");

/* "gangs, such as the Chirizos": up to six tokens before, a word for a group. */
static bool example_of(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    uint32_t at = first > 0 && name_word_in(scan, first - 1, plurals) ? first - 1 : first;
    if (at < 2 || scan_starts(scan, at) || !name_word_in(scan, at - 1, examples) || is_place(scan, first) || scan_known(scan, first) & SLOT_GIVEN)
        return false;
    uint32_t end = called_end(scan, first);
    if (end == first)
        return false;
    for (uint32_t k = at - 1; k > 0 && at - k < 6 && !scan_starts(scan, k); k--)
        if (scan_known(scan, k - 1) & SLOT_GROUP && !scan_capital(scan, k - 1)) {
            *ret = (struct actor_name){.place = NONE, .head = NONE, .after = end, .span = {scan->tokens[first].span.start, scan->tokens[end - 1].span.end}, .class = ACTOR_GROUP};
            return true;
        }
    return false;
}

NAME_WORDS(governments, "government", "Government", "Gobierno", "gobierno", "gouvernement", "Gouvernement");

NAME_WORDS(ofs, "of", "de", "del", "du", "des");

/* The place of the table behind "of the" at `i`; NULL where there is none. */
static const struct name_match *place_behind(const struct name_scan *scan, uint32_t i)
{
    uint32_t from = i;
    if (!scan_follows(scan, i) || !(name_word_in(scan, i, ofs) || scan_known(scan, i) & SCAN_ELIDED))
        return NULL;
    while (i < from + 3 && scan_follows(scan, i) && !scan_capital(scan, i) && scan_known(scan, i) & SLOT_CONNECTOR && !(scan_known(scan, i) & SCAN_ELIDED))
        i++;
    bool joined = i > from || scan_known(scan, i) & SCAN_ELIDED;
    const struct name_match *m = joined && scan_follows(scan, i) ? scan_match_at(scan, i) : NULL;
    return m && !(gazetteer_senses(scan->g, m->slot)->flags & (SENSE_ACTOR | SENSE_DEMONYM)) ? m : NULL;
}

/* The last place of a list "the United States, Guatemala and Honduras" that begins with `m`. */
static const struct name_match *last_listed(const struct name_scan *scan, const struct name_match *m)
{
    for (;;) {
        uint32_t i = m->after + (scan_is(scan, m->after, ",") ? 1 : 0);
        bool joint = scan_is(scan, i, "and") || scan_is(scan, i, "y") || scan_is(scan, i, "et");
        const struct name_match *next = i > m->after || joint ? scan_match_at(scan, i + joint) : NULL;
        if (!next || scan_starts(scan, next->first) || gazetteer_senses(scan->g, next->slot)->flags & (SENSE_ACTOR | SENSE_DEMONYM))
            return m;
        m = next;
    }
}

/* "the government of El Salvador", "Presidents of Honduras and Guatemala" */
static bool office_of(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    struct slice word = scan_text(scan, first);
    bool government = scan_known(scan, first) & SLOT_STATE && name_word_in(scan, first, governments);
    bool rank = scan_capital(scan, first) && scan_known(scan, first) & SLOT_RANK;
    const struct name_match *m = government || rank ? place_behind(scan, first + 1) : NULL;
    if (!m)
        return false;
    uint32_t place = m->first;
    m = slice_ends(word, "s") ? last_listed(scan, m) : m;
    *ret = (struct actor_name){.after = m->after, .span = {scan->tokens[first].span.start, m->span.end}, .class = government ? ACTOR_STATE : ACTOR_PERSON, .place = place, .head = NONE};
    return true;
}

/* "Cartagena+30": a process counted from its year. */
static bool process(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    if (!scan_is(scan, first + 1, "+") || first + 2 >= scan->n || scan->tokens[first + 2].class != TOKEN_NUMBER || scan->tokens[first + 2].flags & TOKEN_SPACE)
        return false;
    *ret = (struct actor_name){.after = first + 3, .span = {scan->tokens[first].span.start, scan->tokens[first + 2].span.end}, .class = ACTOR_PROGRAMME, .place = NONE, .head = NONE};
    return true;
}

NAME_WORDS(parts, "office", "agency", "department", "division", "branch", "arm", "mission", "secretariat", "commission", "delegation", "bureau", "directorate");

/* "the EU's humanitarian office" */
static bool part_of(const struct name_scan *scan, uint32_t first, struct actor_name *ret)
{
    struct slice word = scan_text(scan, first);
    if (word_stem_len(word) == word.len || !(scan->tokens[first].flags & TOKEN_CAPITAL))
        return false;
    const struct name_match *m = scan_match_at(scan, first);
    const struct gazetteer_sense *senses = m ? gazetteer_senses(scan->g, m->slot) : NULL;
    bool actor = false;
    for (uint32_t i = 0; m && i < m->slot->count; i++)
        actor = actor || senses[i].flags & SENSE_ACTOR;
    if (!actor)
        return false;
    uint32_t i = first + 1;
    while (i < first + 4 && scan_follows(scan, i) && !name_word_in(scan, i, parts) && !(scan_known(scan, i) & (SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_SAY)))
        i++;
    if (!scan_follows(scan, i) || !name_word_in(scan, i, parts))
        return false;
    *ret = (struct actor_name){.after = i + 1, .span = {scan->tokens[first].span.start, scan->tokens[i].span.end}, .class = ACTOR_ORGANISATION, .place = NONE, .head = NONE};
    return true;
}

void actor_called_beside(void)
{
    beside_add(outlets, BESIDE_OUTLET);
    beside_add(examples, BESIDE_EXAMPLE);
    beside_add(plurals, BESIDE_PLURAL);
    beside_add(groups, BESIDE_NOUN);
    beside_add(bodies, BESIDE_NOUN);
    beside_add(kinds, BESIDE_NOUN);
    beside_add(ofs, BESIDE_OF);
}

bool actor_called(const struct actor_scan *s, uint32_t first, struct actor_name *ret)
{
    const struct name_scan *scan = s->scan;
    bool found = scan->known[first] & (SLOT_STATE | SLOT_RANK) && office_of(scan, first, ret);
    if (!found && !scan_capital(scan, first))
        return false;
    if (!(found || process(scan, first, ret) || part_of(scan, first, ret) || outlet_before(scan, first, ret) || noun_behind(scan, first, ret) || example_of(scan, first, ret)))
        return false;
    ret->first = first;
    ret->record = NONE;
    ret->rule = "actor.called";
    return true;
}
