/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/mention.h"

static const char *const kinds[] = {"count", "percent", "fraction", "rate", "money", "duration", "distance", "area", "measure", "rank", "age", "multiple", "change"};
static const char *const qualifiers[] = {"exact", "about", "at_least", "at_most", "more_than", "less_than", "between"};
static const char *const roles[] = {"unknown", "host", "origin", "destination"};
static const char *const scopes[] = {"none", "clause", "sentence", "paragraph", "heading", "document"};
static const char *const types[] = {"figure", "note", "location", "actor", "period", "attribution"};

const char *kind_name(enum figure_kind kind)
{
    g_assert((size_t)kind < G_N_ELEMENTS(kinds));
    return kinds[kind];
}

const char *qualifier_name(enum qualifier qualifier)
{
    g_assert((size_t)qualifier < G_N_ELEMENTS(qualifiers));
    return qualifiers[qualifier];
}

const char *role_name(enum role role)
{
    g_assert((size_t)role < G_N_ELEMENTS(roles));
    return roles[role];
}

const char *scope_name(enum scope scope)
{
    g_assert((size_t)scope < G_N_ELEMENTS(scopes));
    return scopes[scope];
}

const char *mention_type_name(enum mention_type type)
{
    g_assert((size_t)type < G_N_ELEMENTS(types));
    return types[type];
}

static int name_index(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

bool kind_from(const char *name, enum figure_kind *ret)
{
    int i = name_index(kinds, G_N_ELEMENTS(kinds), name);
    if (i >= 0)
        *ret = (enum figure_kind)i;
    return i >= 0;
}

bool qualifier_from(const char *name, enum qualifier *ret)
{
    int i = name_index(qualifiers, G_N_ELEMENTS(qualifiers), name);
    if (i >= 0)
        *ret = (enum qualifier)i;
    return i >= 0;
}

struct mentions *mentions_new(void)
{
    struct mentions *mentions = g_new0(struct mentions, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(mentions->items); i++)
        mentions->items[i] = g_array_new(FALSE, FALSE, sizeof(struct mention));
    mentions->strings = strings_new();
    mentions->pools = g_ptr_array_new_with_free_func(g_free);
    mentions->unread = g_array_new(FALSE, FALSE, sizeof(struct span));
    return mentions;
}

void mentions_free(struct mentions *mentions)
{
    if (!mentions)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(mentions->items); i++)
        g_array_unref(mentions->items[i]);
    strings_free(mentions->strings);
    g_ptr_array_unref(mentions->pools);
    g_array_unref(mentions->unread);
    g_free(mentions);
}

char *mentions_unread(const struct mentions *mentions, const struct document *doc)
{
    enum { SHOWN = 40 };
    guint n = mentions->unread->len;
    if (n == 0)
        return NULL;
    struct slice text = document_slice(doc, g_array_index(mentions->unread, struct span, 0));
    g_autofree char *shown = g_utf8_substring(text.ptr, 0, MIN(SHOWN, g_utf8_strlen(text.ptr, (gssize)text.len)));
    const char *cut = text.len > strlen(shown) ? "…" : "";
    if (n == 1)
        return g_strdup_printf("\"%s%s\" has more digits than can be held exactly: it is in the text, but is no figure", shown, cut);
    return g_strdup_printf("%u numbers have more digits than can be held exactly (\"%s%s\"): they are in the text, but are no figures", n, shown, cut);
}

char *quantity_unit_text(const struct document *doc, const struct quantity *quantity)
{
    if (quantity->unit_text.end <= quantity->unit_text.start)
        return NULL;
    g_autofree char *behind = slice_dup(document_slice(doc, quantity->unit_text));
    if (quantity->unit_before.end <= quantity->unit_before.start)
        return g_steal_pointer(&behind);
    g_autofree char *before = slice_dup(document_slice(doc, quantity->unit_before));
    return g_strconcat(before, " ", behind, NULL);
}

void mentions_reserve(struct mentions *mentions, enum mention_type type, guint n)
{
    GArray *items = mentions->items[type];
    guint len = items->len;
    g_array_set_size(items, MAX(len, n));
    g_array_set_size(items, len);
}

struct figure_place *mentions_places(struct mentions *mentions, uint32_t n)
{
    enum { BLOCK_PLACES = 64 };
    n = MAX(n, 1);
    if (n > mentions->n_places || mentions->n_places == 0) {
        mentions->n_places = MAX(n, BLOCK_PLACES);
        mentions->places = g_new0(struct figure_place, mentions->n_places);
        g_ptr_array_add(mentions->pools, mentions->places);
    }
    struct figure_place *places = mentions->places;
    mentions->places += n;
    mentions->n_places -= n;
    return places;
}

static int by_place(const void *a, const void *b)
{
    const struct mention *x = *(const struct mention *const *)a, *y = *(const struct mention *const *)b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    return (int)x->type - (int)y->type;
}

GPtrArray *mentions_in_order(const struct mentions *mentions)
{
    GPtrArray *all = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(mentions->items); i++)
        for (guint j = 0; j < mentions->items[i]->len; j++)
            g_ptr_array_add(all, &g_array_index(mentions->items[i], struct mention, j));
    g_ptr_array_sort(all, by_place);
    return all;
}
