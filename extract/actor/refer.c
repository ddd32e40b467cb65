/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whom a name means: one entity for all its forms in a document; acronyms and the names they stand for; short forms. */
#include "extract/actor/actor.h"

#include "extract/extractor.h"

enum { ACRONYM_LETTERS = 12, LONG_FORM_TOKENS = 18, SHORT_FORM_TOKENS = 600 };

static gpointer ref(uint32_t i)
{
    return GUINT_TO_POINTER(i + 1);
}

static uint32_t unref(gpointer pointer)
{
    return GPOINTER_TO_UINT(pointer) - 1;
}

static struct actor_entity *entity_at(const struct actor_scan *s, uint32_t i)
{
    return &g_array_index(s->entities, struct actor_entity, i);
}

static const char *text_of(const struct actor_scan *s, uint32_t start, uint32_t end)
{
    return mentions_intern(s->scan->x->mentions, document_slice(s->scan->doc, (struct span){start, end}));
}

/* Is all white space in the text a space between two words? */
static bool plainly_spaced(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] <= ' ' && (text.ptr[i] != ' ' || i == 0 || i + 1 == text.len || text.ptr[i - 1] == ' '))
            return false;
    return true;
}

/* The key of a name as it stands in the text. */
static struct name_key key_at(const struct actor_scan *s, uint32_t start, uint32_t end)
{
    struct slice text = document_slice(s->scan->doc, (struct span){start, end});
    struct name_key key;
    name_key_of(plainly_spaced(text) ? text : slice_of(text_of(s, start, end)), &key);
    return key;
}

/* The hash of a word without its possessive. */
static uint32_t word_hash(const struct name_scan *scan, uint32_t i)
{
    if (!(scan->tokens[i].flags & TOKEN_APOSTROPHE))
        return scan->tokens[i].hash;
    struct slice word = scan_text(scan, i);
    return token_hash(slice_sub(word, 0, word_stem_len(word)));
}

static gpointer word_key(const struct name_scan *scan, uint32_t i)
{
    return GUINT_TO_POINTER(word_hash(scan, i));
}

static void note_word(struct actor_scan *s, uint32_t hash)
{
    s->words[hash >> 6 & 63] |= UINT64_C(1) << (hash & 63);
}

/* May the word lead to somebody: as an acronym, a person's name, a head? */
static bool leads(const struct actor_scan *s, uint32_t hash)
{
    return s->words[hash >> 6 & 63] >> (hash & 63) & 1;
}

static uint32_t entity_new(struct actor_scan *s, const char *canonical, enum actor_class class, uint32_t record)
{
    struct actor_entity entity = {canonical, NULL, class, record, 0, 0};
    g_array_append_val(s->entities, entity);
    return s->entities->len - 1;
}

/* The entity of a canonical name, whose key this is; a new one where the document has named none so. */
static uint32_t entity_keyed(struct actor_scan *s, const char *canonical, const struct name_key *key, enum actor_class class, uint32_t record)
{
    uint32_t entity;
    if (name_keys_find(s->by_text, key, &entity))
        return entity;
    entity = entity_new(s, canonical, class, record);
    name_keys_set(s->by_text, key, entity);
    return entity;
}

/* The same of any name, interned or not. A user's merges count here, and only here. */
static uint32_t entity_called(struct actor_scan *s, const char *canonical, enum actor_class class, uint32_t record)
{
    const char *merged = user_names_merged(s->scan->x->extractor->names, canonical);
    struct name_key key;
    uint32_t entity;
    name_key_of(slice_of(merged), &key);
    if (name_keys_find(s->by_text, &key, &entity))
        return entity;
    return entity_keyed(s, mentions_intern(s->scan->x->mentions, slice_of(merged)), &key, class, record);
}

/* The entity that the text of a span names, by its key; the document has named none so. */
static uint32_t entity_of_span(struct actor_scan *s, uint32_t start, uint32_t end, const struct name_key *key, enum actor_class class)
{
    const char *canonical = text_of(s, start, end);
    if (s->scan->x->extractor->names)
        return entity_called(s, canonical, class, NONE);
    return entity_keyed(s, canonical, key, class, NONE);
}

static uint32_t entity_of_record(struct actor_scan *s, const struct actor_name *name)
{
    gpointer known = g_hash_table_lookup(s->by_record, ref(name->record));
    if (known)
        return unref(known);
    const struct gazetteer *g = s->scan->g;
    const struct gazetteer_actor *actor = gazetteer_actor(g, name->record);
    uint32_t entity = entity_called(s, gazetteer_string(g, actor->name), name->class, name->record);
    const char *acronym = gazetteer_string(g, actor->acronym);
    if (*acronym && !entity_at(s, entity)->acronym)
        entity_at(s, entity)->acronym = acronym;
    g_hash_table_insert(s->by_record, ref(name->record), ref(entity));
    return entity;
}

/* Every word of a person's name leads to the person, unless two persons share it. */
static void register_person(struct actor_scan *s, const struct actor_name *name, uint32_t entity)
{
    const struct name_scan *scan = s->scan;
    for (uint32_t i = name->head; i < name->after; i++) {
        if (!scan_capital(scan, i) || scan->tokens[i].span.end - scan->tokens[i].span.start < 3)
            continue;
        gpointer key = word_key(scan, i), known = g_hash_table_lookup(s->persons, key);
        note_word(s, GPOINTER_TO_UINT(key));
        if (!g_hash_table_contains(s->persons, key))
            g_hash_table_insert(s->persons, key, ref(entity));
        else if (known && unref(known) != entity)
            g_hash_table_insert(s->persons, key, NULL);
    }
}

/* "President Hernández" is the Juan Orlando Hernández named before. */
static uint32_t entity_of_person(struct actor_scan *s, const struct actor_name *name)
{
    const struct name_scan *scan = s->scan;
    uint32_t start = scan->tokens[name->head].span.start, entity;
    struct name_key key = key_at(s, start, name->span.end);
    if (!name_keys_find(s->by_text, &key, &entity)) {
        gpointer known = name->after == name->head + 1 ? g_hash_table_lookup(s->persons, word_key(scan, name->head)) : NULL;
        entity = known ? unref(known) : entity_of_span(s, start, name->span.end, &key, ACTOR_PERSON);
    }
    register_person(s, name, entity);
    return entity;
}

/* "Cartagena Declaration" alone is the "Cartagena Declaration on Refugees" named before: the part up to the head leads to the whole. */
static void register_short(struct actor_scan *s, const struct actor_name *name, uint32_t entity)
{
    const struct name_scan *scan = s->scan;
    if (name->head == NONE || name->head + 1 >= name->after || name->head == name->first)
        return;
    uint32_t first = scan->tokens[name->first].class == TOKEN_NUMBER ? name->first + 1 : name->first;
    if (name->head <= first)
        return;
    struct name_key key = key_at(s, scan->tokens[first].span.start, scan->tokens[name->head].span.end);
    if (!name_keys_find(s->by_text, &key, &(uint32_t){0}))
        name_keys_set(s->by_text, &key, entity);
}

static uint32_t entity_of_text(struct actor_scan *s, const struct actor_name *name)
{
    const struct name_scan *scan = s->scan;
    bool year = scan->tokens[name->first].class == TOKEN_NUMBER;
    struct name_key key = key_at(s, year ? scan->tokens[name->first + 1].span.start : name->span.start, name->span.end);
    uint32_t entity;
    if (name_keys_find(s->by_text, &key, &entity))
        return entity;
    entity = year ? entity_called(s, text_of(s, name->span.start, name->span.end), name->class, NONE) : entity_of_span(s, name->span.start, name->span.end, &key, name->class);
    if (!name_keys_find(s->by_text, &key, &(uint32_t){0}))
        name_keys_set(s->by_text, &key, entity);
    register_short(s, name, entity);
    return entity;
}

static uint32_t add_as(struct actor_scan *s, const struct actor_name *name, uint32_t entity)
{
    struct actor_name added = *name;
    added.entity = entity;
    g_array_append_val(s->names, added);
    memset(s->scan->taken + name->first, 1, MIN(name->after, name->place) - name->first);
    if (name->head != NONE && entity_at(s, entity)->class != ACTOR_PERSON && !entity_at(s, entity)->head) {
        entity_at(s, entity)->head = s->scan->tokens[name->head].hash;
        note_word(s, entity_at(s, entity)->head);
    }
    return entity;
}

/* What the user says a form means: one of the table where its name is there, so that both are one. */
static uint32_t entity_of_user(struct actor_scan *s, const struct actor_name *name)
{
    const struct gazetteer *g = s->scan->g;
    const struct gazetteer_slot *slot = gazetteer_find(g, name->canonical);
    struct actor_name known = *name;
    for (uint32_t i = 0; slot && i < slot->count; i++)
        if (gazetteer_senses(g, slot)[i].flags & SENSE_ACTOR) {
            known.record = gazetteer_senses(g, slot)[i].record;
            return entity_of_record(s, &known);
        }
    uint32_t entity = entity_called(s, name->canonical, name->class, NONE);
    if (name->acronym && !entity_at(s, entity)->acronym)
        entity_at(s, entity)->acronym = mentions_intern(s->scan->x->mentions, slice_of(name->acronym));
    return entity;
}

uint32_t actor_add(struct actor_scan *s, const struct actor_name *name)
{
    if (name->canonical)
        return add_as(s, name, entity_of_user(s, name));
    uint32_t entity = name->record != NONE ? entity_of_record(s, name) : name->class == ACTOR_PERSON && name->head != NONE ? entity_of_person(s, name) : entity_of_text(s, name);
    return add_as(s, name, entity);
}

/* "IDMC", "CoE": two capitals or more, no longer than acronyms are. */
static bool is_acronym(const struct name_scan *scan, uint32_t i)
{
    if (!scan_capital(scan, i) || !(scan->tokens[i].flags & TOKEN_CAPITALS))
        return false;
    struct slice text = scan_text(scan, i);
    uint32_t capitals = 0, letters = 0;
    for (const char *p = text.ptr; p < text.ptr + word_stem_len(text); p = g_utf8_next_char(p)) {
        letters++;
        capitals += g_unichar_isupper(g_utf8_get_char(p)) != 0;
    }
    return capitals >= 2 && letters <= ACRONYM_LETTERS && capitals * 2 >= letters;
}

static struct actor_name name_of_token(const struct name_scan *scan, uint32_t i, enum actor_class class, const char *rule)
{
    struct span span = scan->tokens[i].span;
    span.end = span.start + word_stem_len(scan_text(scan, i));
    return (struct actor_name){.first = i, .after = i + 1, .span = span, .class = class, .record = NONE, .place = NONE, .head = NONE, .rule = rule};
}

/* Does the word in front of the bracket at `open` begin a long form whose initials are the acronym? Returns its first token, or NONE. */
static uint32_t long_form(const struct name_scan *scan, uint32_t open, struct slice acronym)
{
    char letters[KEY_BYTES];
    size_t left = token_fold(acronym, letters, sizeof letters);
    uint32_t i = open;
    bool head = false;
    while (left > 0 && i > 0 && open - i < LONG_FORM_TOKENS && !scan_starts(scan, i)) {
        i--;
        if (scan->tokens[i].class == TOKEN_SIGN && scan_is(scan, i, "-"))
            continue;
        if (scan->tokens[i].class != TOKEN_WORD || scan->taken[i])
            return NONE;
        struct slice word = scan_text(scan, i);
        uint32_t elided = word_elided_len(word);
        char folded[KEY_BYTES];
        token_fold(slice_sub(word, elided, word.len), folded, sizeof folded);
        head = head || scan_known(scan, i) & (SLOT_HEAD | SLOT_LAW);
        if (folded[0] == letters[left - 1])
            left--;
        else if (!(scan_known(scan, i) & SLOT_CONNECTOR))
            return NONE;
    }
    bool capital = scan_capital(scan, i) || scan_known(scan, i) & SCAN_ELIDED;
    return left == 0 && head && capital ? i : NONE;
}

/* Words that may stand in the bracket before the acronym: "hereafter", "known as", "por sus siglas en inglés:". */
static uint32_t acronym_in(const struct name_scan *scan, uint32_t open)
{
    uint32_t i = open + 1;
    while (i < open + 7 && !scan_starts(scan, i) && !is_acronym(scan, i) && !scan_is(scan, i, ")"))
        i++;
    bool plain = i == open + 1 || scan_known(scan, i - 1) & (SLOT_CONNECTOR | SLOT_FUNCTION) || scan->tokens[i - 1].class == TOKEN_SIGN || scan_is(scan, i - 1, "as") || scan_is(scan, i - 1, "hereafter");
    bool closes = scan_is(scan, i + 1, ")") || scan_is(scan, i + 1, ",") || scan_is(scan, i + 1, ";") || (scan->n > i + 2 && scan->tokens[i + 1].class == TOKEN_SIGN && scan_is(scan, i + 2, ")"));
    return is_acronym(scan, i) && plain && closes && !scan->taken[i] ? i : NONE;
}

/* The entity that the acronym already has: in the document, or in the table. */
static uint32_t entity_of_acronym(struct actor_scan *s, uint32_t i)
{
    gpointer known = g_hash_table_lookup(s->acronyms, word_key(s->scan, i));
    struct actor_name name;
    if (known)
        return unref(known);
    return actor_known(s, i, &name) && name.after == i + 1 ? entity_of_record(s, &name) : NONE;
}

/* The acronym at token `at` means this one, here and in the whole document. */
static void tie(struct actor_scan *s, uint32_t at, uint32_t entity)
{
    struct actor_name name = name_of_token(s->scan, at, entity_at(s, entity)->class, "actor.acronym");
    if (!entity_at(s, entity)->acronym)
        entity_at(s, entity)->acronym = text_of(s, name.span.start, name.span.end);
    note_word(s, word_hash(s->scan, at));
    g_hash_table_insert(s->acronyms, word_key(s->scan, at), ref(entity));
    add_as(s, &name, entity);
}

/* How many of the words of a long form, heads apart, stand in the table's name as well, in hundredths; endings do not count. */
static uint32_t shared_words(const struct actor_scan *s, const struct actor_name *name, uint32_t record)
{
    enum { STEM = 5 };
    const struct name_scan *scan = s->scan;
    struct name_key known;
    name_key_of(slice_of(gazetteer_string(scan->g, gazetteer_actor(scan->g, record)->name)), &known);
    uint32_t words = 0, shared = 0;
    for (uint32_t i = name->first; i < name->after; i++) {
        char folded[KEY_BYTES];
        size_t len = token_fold(scan_text(scan, i), folded, sizeof folded);
        if (len < STEM || scan_known(scan, i) & (SLOT_HEAD | SLOT_LAW) || g_str_has_prefix(folded, "nation"))
            continue;
        folded[STEM] = '\0';
        words++;
        shared += strstr(known.text, folded) != NULL;
    }
    return words ? 100 * shared / words : 0;
}

/* "(IDMC)" behind the last name added, which ends at the bracket. */
static void define_behind(struct actor_scan *s, uint32_t open, uint32_t acronym)
{
    struct actor_name *last = &g_array_index(s->names, struct actor_name, s->names->len - 1);
    uint32_t known = entity_of_acronym(s, acronym);
    if (last->class == ACTOR_PERSON || (last->record != NONE && known != NONE && known != last->entity))
        return;
    uint32_t record = known != NONE ? entity_at(s, known)->record : NONE;
    if (record != NONE && last->record == NONE && last->after == open && shared_words(s, last, record) >= 50) { /* a form of the name that the table lacks */
        struct name_key key = key_at(s, last->span.start, last->span.end);
        last->entity = known;
        name_keys_set(s->by_text, &key, known);
    }
    tie(s, acronym, last->entity);
}

/* "IDMC (Internal Displacement Monitoring Centre)" */
static void define_before(struct actor_scan *s, uint32_t acronym, uint32_t open)
{
    struct actor_name name;
    if (!actor_built(s, open + 1, &name) || !scan_is(s->scan, name.after, ")"))
        return;
    uint32_t known = entity_of_acronym(s, acronym);
    uint32_t entity = known != NONE ? add_as(s, &name, known) : actor_add(s, &name);
    if (known == NONE && !s->scan->taken[acronym])
        tie(s, acronym, entity);
}

void actor_define(struct actor_scan *s, uint32_t first, uint32_t after)
{
    const struct name_scan *scan = s->scan;
    if (!scan_is(scan, after, "(") || scan_starts(scan, after))
        return;
    uint32_t acronym = acronym_in(scan, after);
    if (first < after) {
        if (acronym != NONE)
            define_behind(s, after, acronym);
        else if (after == first + 1 && is_acronym(scan, first))
            define_before(s, first, after);
        return;
    }
    if (acronym == NONE) {
        if (after > 0 && is_acronym(scan, after - 1) && !scan->taken[after - 1])
            define_before(s, after - 1, after);
        return;
    }
    struct slice word = scan_text(scan, acronym);
    uint32_t begin = long_form(scan, after, slice_sub(word, 0, word_stem_len(word)));
    if (begin == NONE)
        return;
    uint32_t known = entity_of_acronym(s, acronym);
    uint32_t head = begin;
    while (head + 1 < after && !(scan_known(scan, head) & (SLOT_HEAD | SLOT_LAW)))
        head++;
    uint32_t start = scan->tokens[begin].span.start + word_elided_len(scan_text(scan, begin));
    struct actor_name name = {.first = begin, .after = after, .span = {start, scan->tokens[after - 1].span.end}, .record = NONE, .place = NONE, .head = head, .rule = "actor.built"};
    tie(s, acronym, known != NONE ? add_as(s, &name, known) : actor_add(s, &name));
}

/* A last or given name of somebody named in full elsewhere. */
static bool refers_to_person(const struct actor_scan *s, uint32_t i, uint32_t *ret)
{
    const struct name_scan *scan = s->scan;
    gpointer known = g_hash_table_lookup(s->persons, word_key(scan, i));
    if (!known || scan_ordinary(scan, i) || scan_known(scan, i) & (SLOT_HEAD | SLOT_LAW | SLOT_FEATURE | SLOT_TIME) || scan->tokens[i].flags & TOKEN_ALLCAPS)
        return false;
    bool placed = scan_match_at(scan, i) && i > 0 && (scan_known(scan, i - 1) & SLOT_PREPOSITION || scan_capital(scan, i - 1) || scan_is(scan, i - 1, ","));
    *ret = unref(known);
    return !placed && !(scan_follows(scan, i + 1) && scan_capital(scan, i + 1));
}

/* "the Alliance", "la Comisión": the body named last by that head. */
static bool refers_by_head(const struct actor_scan *s, uint32_t i, uint32_t *ret)
{
    const struct name_scan *scan = s->scan;
    if (!(scan_known(scan, i) & (SLOT_STATE | SLOT_BODY | SLOT_GROUP | SLOT_PROGRAMME | SLOT_LAW)) || scan_known(scan, i) & SCAN_HEADLINE || !scan_follows(scan, i))
        return false;
    NAME_WORDS(articles, "the", "The", "la", "La", "el", "El", "le", "Le", "del", "al", "du");
    bool article = name_word_in(scan, i - 1, articles);
    bool longer = scan_follows(scan, i + 1) && (scan_capital(scan, i + 1) || scan_is(scan, i + 1, "of") || scan_is(scan, i + 1, "for") || scan_is(scan, i + 1, "de"));
    gpointer known = g_hash_table_lookup(s->heads, word_key(scan, i));
    if (!article || longer || !known)
        return false;
    *ret = unref(known);
    return i - entity_at(s, *ret)->seen < SHORT_FORM_TOKENS;
}

static bool refers_by_acronym(const struct actor_scan *s, uint32_t i, uint32_t *ret)
{
    const struct name_scan *scan = s->scan;
    if (!is_acronym(scan, i))
        return false;
    gpointer known = g_hash_table_lookup(s->acronyms, word_key(scan, i));
    if (!known)
        return false;
    *ret = unref(known);
    return true;
}

/* What the document says an acronym means counts for all of it, whatever the table says. */
static void follow_definitions(struct actor_scan *s)
{
    for (uint32_t i = 0; i < s->names->len && g_hash_table_size(s->acronyms) > 0; i++) {
        struct actor_name *name = &g_array_index(s->names, struct actor_name, i);
        gpointer known = name->after == name->first + 1 && is_acronym(s->scan, name->first) ? g_hash_table_lookup(s->acronyms, word_key(s->scan, name->first)) : NULL;
        if (known)
            name->entity = unref(known);
    }
}

/* The heads named up to token `i`: each leads to the one named last. *seen: where that was, for names were not added in order. */
static void follow_heads(struct actor_scan *s, uint32_t i, uint32_t n_named, uint32_t *named, uint32_t *seen)
{
    for (; *named < n_named && g_array_index(s->names, struct actor_name, *named).first <= i; ++*named) {
        uint32_t entity = g_array_index(s->names, struct actor_name, *named).entity;
        *seen = MAX(*seen, g_array_index(s->names, struct actor_name, *named).first);
        entity_at(s, entity)->seen = *seen;
        if (entity_at(s, entity)->head)
            g_hash_table_insert(s->heads, GUINT_TO_POINTER(entity_at(s, entity)->head), ref(entity));
    }
}

void actor_refer(struct actor_scan *s)
{
    const struct name_scan *scan = s->scan;
    uint32_t named = 0, n_named = s->names->len, seen = 0;
    follow_definitions(s);
    for (uint32_t p = 0; p < scan->n_points; p++) {
        uint32_t i = scan->points[p], entity;
        token_fetch(scan->tokens, scan->points, p, scan->n_points);
        if (scan->taken[i] || !scan_capital(scan, i) || !leads(s, word_hash(scan, i)))
            continue;
        follow_heads(s, i, n_named, &named, &seen);
        if (refers_by_acronym(s, i, &entity) || refers_to_person(s, i, &entity) || refers_by_head(s, i, &entity)) {
            struct actor_name name = name_of_token(scan, i, entity_at(s, entity)->class, "actor.short");
            add_as(s, &name, entity);
        }
    }
}
