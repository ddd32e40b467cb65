/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/actor/actor.h"

#include "extract/actor/way.h"
#include "extract/extractor.h"

static const char *const class_names[ACTOR_CLASSES] = {"organisation", "group", "state", "person", "programme", "law", "media"};

const char *actor_class_name(enum actor_class class)
{
    g_assert((size_t)class < ACTOR_CLASSES);
    return class_names[class];
}

bool actor_class_from(const char *name, enum actor_class *ret)
{
    for (unsigned class = 0; class < ACTOR_CLASSES; class++)
        if (strcmp(class_names[class], name) == 0) {
            *ret = (enum actor_class)class;
            return true;
        }
    return false;
}

typedef bool (finder)(const struct actor_scan *s, uint32_t first, struct actor_name *ret);

/* Keeps the longer of two names that begin at a token; the one found first where they are as long. */
static inline void try_way(const struct actor_scan *s, finder *way, uint32_t first, struct actor_name *ret, bool *found)
{
    struct actor_name name;
    if (!way(s, first, &name))
        return;
    if (!*found || name.after - name.first > ret->after - ret->first)
        *ret = name;
    *found = true;
}

/* The longest name that begins at a token. Called one by one: which of them are asked, no processor foresees. */
static bool longest(const struct actor_scan *s, unsigned ways, uint32_t first, struct actor_name *ret)
{
    bool found = false;
    if (ways & WAY_KNOWN)
        try_way(s, actor_known, first, ret, &found);
    if (ways & WAY_BUILT)
        try_way(s, actor_built, first, ret, &found);
    if (ways & WAY_CALLED)
        try_way(s, actor_called, first, ret, &found);
    if (ways & WAY_PERSON)
        try_way(s, actor_person, first, ret, &found);
    return found;
}

/* What the user says of the name that begins at `i`: returns whether anything, and whether it is no actor: banned, or a place, which is kept for the pass of places. */
static bool user_name(struct actor_scan *s, uint32_t i, struct actor_name *ret, bool *banned)
{
    const struct user_names *names = s->scan->x->extractor->names;
    uint32_t after;
    struct span span;
    const struct user_name *row = names ? user_names_match(names, s->scan, i, &after, &span) : NULL;
    if (!row)
        return false;
    *banned = row->kind == USER_BAN || row->place;
    if (row->place) {
        struct user_place place = {span, row->place};
        g_array_append_val(s->scan->user_places, place);
    }
    *ret = (struct actor_name){.first = i, .after = after, .span = span, .class = row->class, .record = NONE, .head = NONE, .place = NONE, .rule = "actor.user", .canonical = row->name, .acronym = row->acronym};
    return true;
}

static void find_names(struct actor_scan *s)
{
    const struct name_scan *scan = s->scan;
    bool users = scan->x->extractor->names != NULL;
    actor_ways_init();
    for (uint32_t p = 0, after = 0; p < scan->n_points; p++) {
        uint32_t i = scan->points[p];
        token_fetch(scan->tokens, scan->points, p, scan->n_points);
        if (i < after || scan->taken[i])
            continue;
        if (scan->tokens[i].class == TOKEN_SIGN) { /* a bracket */
            actor_define(s, i, i);
            continue;
        }
        if (!(scan->tokens[i].flags & TOKEN_CAPITAL || scan->known[i] & (SCAN_ELIDED | SLOT_STATE)))
            continue; /* a word for a place */
        struct actor_name name;
        bool banned = false;
        unsigned ways = actor_ways(scan, i);
        if (!(users && user_name(s, i, &name, &banned)) && !(ways && longest(s, ways, i, &name)))
            continue;
        if (banned) {
            memset(scan->taken + name.first, 1, name.after - name.first);
            after = name.after;
            continue;
        }
        if (name.class == ACTOR_PERSON && scan_references(scan, extraction_passage(scan->x, name.span.start))) {
            after = name.after; /* an author */
            continue;
        }
        actor_add(s, &name);
        actor_define(s, name.first, name.after);
        after = name.after;
    }
}

/* Of names in the order of the text but for acronyms, whose long forms stand beside them: moves each back to its place. */
static void insert_in_order(struct actor_name *names, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct actor_name moved = names[i];
        uint32_t at = i;
        for (; at > 0 && names[at - 1].span.start > moved.span.start; at--)
            names[at] = names[at - 1];
        if (at < i)
            names[at] = moved;
    }
}

/* Short forms, the names from `first` on, were added behind all others; both are in order. */
static void put_in_order(GArray *names, uint32_t first)
{
    uint32_t k = names->len - first, n = first;
    struct actor_name *all = (void *)names->data;
    insert_in_order(all, first);
    if (k == 0)
        return;
    g_autofree struct actor_name *add = g_memdup2(all + first, k * sizeof *add);
    for (uint32_t at = n + k; k > 0;) { /* from the end on, so that none is overwritten */
        bool later = n > 0 && all[n - 1].span.start > add[k - 1].span.start;
        all[--at] = later ? all[--n] : add[--k];
    }
}

/* short_forms: the first of those. */
static void emit(struct actor_scan *s, uint32_t short_forms)
{
    struct extraction *x = s->scan->x;
    GArray *mentions = mentions_of(x->mentions, MENTION_ACTOR);
    put_in_order(s->names, short_forms);
    g_array_set_size(mentions, s->names->len);
    for (uint32_t i = 0; i < s->names->len; i++) {
        const struct actor_name *name = &g_array_index(s->names, struct actor_name, i);
        const struct actor_entity *entity = &g_array_index(s->entities, struct actor_entity, name->entity);
        struct mention *mention = &g_array_index(mentions, struct mention, i);
        mention->type = MENTION_ACTOR;
        mention->span = name->span;
        mention->passage = extraction_passage(x, name->span.start);
        mention->sentence = extraction_sentence(x, name->span.start);
        mention->rule = name->rule;
        mention->actor = (struct actor){entity->canonical, actor_class_name(entity->class), entity->acronym, name->entity};
    }
}

void extract_actors(struct extraction *x)
{
    struct actor_scan s = {
        .scan = scan_names(x),
        .names = g_array_sized_new(FALSE, FALSE, sizeof(struct actor_name), 64 + x->tokens->len / 48), /* as many as most texts have */
        .entities = g_array_new(FALSE, FALSE, sizeof(struct actor_entity)),
        .by_text = name_keys_new(),
        .by_record = g_hash_table_new(g_direct_hash, g_direct_equal),
        .acronyms = g_hash_table_new(g_direct_hash, g_direct_equal),
        .persons = g_hash_table_new(g_direct_hash, g_direct_equal),
        .heads = g_hash_table_new(g_direct_hash, g_direct_equal),
    };
    find_names(&s);
    uint32_t short_forms = s.names->len;
    actor_refer(&s);
    emit(&s, short_forms);
    g_array_unref(s.names);
    g_array_unref(s.entities);
    name_keys_free(s.by_text);
    g_hash_table_unref(s.by_record);
    g_hash_table_unref(s.acronyms);
    g_hash_table_unref(s.persons);
    g_hash_table_unref(s.heads);
}
