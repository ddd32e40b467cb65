/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/known.h"

struct known {
    struct store *store;
    GHashTable *words;   /* text, by its address → id */
    GHashTable *periods; /* text, by its address → struct written_period */
    GHashTable *forms;   /* struct known_form */
    GHashTable *names;   /* struct known_name */
};

/* Of a text of the mentions, each of which is asked for once. */
bool known_word_id(struct known *known, const char *text, uint32_t *ret, GError **error)
{
    *ret = text ? GPOINTER_TO_UINT(g_hash_table_lookup(known->words, text)) : NONE;
    if (*ret != 0)
        return true;
    bool ok = word_id(known->store, text, ret, error);
    g_hash_table_insert(known->words, (char *)text, GUINT_TO_POINTER(*ret));
    return ok;
}

bool known_period_id(struct known *known, const char *edtf, struct written_period *ret, GError **error)
{
    const struct written_period *before = edtf ? g_hash_table_lookup(known->periods, edtf) : NULL;
    if (before) {
        *ret = *before;
        return true;
    }
    bool ok = period_id(known->store, edtf, ret, error);
    if (edtf)
        g_hash_table_insert(known->periods, (char *)edtf, g_memdup2(ret, sizeof *ret));
    return ok;
}

/* A form, and where it is written. */
struct known_form {
    struct form form; /* unit and rule are strings of the document, equal ones one pointer; unit_text is its own */
    uint32_t id;
};

static guint form_hash(const void *data)
{
    const struct form *f = data;
    guint hash = (guint)f->kind * 31 + (guint)f->qualifier;
    hash = (hash * 31 + (guint)f->period_scope) * 31 + (guint)f->place_scope * 2 + f->minor;
    hash = (hash * 31 + g_direct_hash(f->unit)) * 31 + g_direct_hash(f->rule);
    return f->unit_text ? hash * 31 + g_str_hash(f->unit_text) : hash;
}

static gboolean form_equal(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    return x->kind == y->kind && x->qualifier == y->qualifier && x->period_scope == y->period_scope && x->place_scope == y->place_scope &&
           x->minor == y->minor && x->unit == y->unit && x->rule == y->rule && g_strcmp0(x->unit_text, y->unit_text) == 0;
}

static void form_free(void *data)
{
    struct known_form *known = data;
    g_free((char *)known->form.unit_text);
    g_free(known);
}

bool known_form_id(struct known *known, const struct form *form, uint32_t *ret, GError **error)
{
    const struct known_form *before = g_hash_table_lookup(known->forms, form);
    if (before) {
        *ret = before->id;
        return true;
    }
    if (!form_id(known->store, form, ret, error))
        return false;
    struct known_form *added = g_new(struct known_form, 1);
    *added = (struct known_form){*form, *ret};
    added->form.unit_text = g_strdup(form->unit_text);
    g_hash_table_add(known->forms, added);
    return true;
}

/* A name, and where it is written. */
struct known_name {
    struct name name;
    uint32_t id;
};

static guint name_hash(const void *data)
{
    const struct name *n = data;
    guint hash = (guint)n->type;
    hash = hash * 31 + g_direct_hash(n->name);
    hash = hash * 31 + g_direct_hash(n->class);
    hash = hash * 31 + g_direct_hash(n->code);
    return hash * 31 + n->geonames;
}

static gboolean name_equal(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return x->type == y->type && x->name == y->name && x->class == y->class && x->code == y->code && x->geonames == y->geonames;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

bool known_name_id(struct known *known, const struct name *name, uint32_t *ret, GError **error)
{
    const struct known_name *before = g_hash_table_lookup(known->names, name);
    if (before) {
        *ret = before->id;
        return true;
    }
    struct name written = *name;
    written.name = or_empty(written.name);
    written.class = or_empty(written.class);
    written.code = or_empty(written.code);
    if (!name_id(known->store, &written, ret, error))
        return false;
    struct known_name added = {*name, *ret};
    g_hash_table_add(known->names, g_memdup2(&added, sizeof added));
    return true;
}

struct known *known_new(struct store *store)
{
    struct known *known = g_new(struct known, 1);
    known->store = store;
    known->words = g_hash_table_new(NULL, NULL);
    known->periods = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    known->forms = g_hash_table_new_full(form_hash, form_equal, form_free, NULL);
    known->names = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);
    return known;
}

void known_free(struct known *known)
{
    g_hash_table_unref(known->words);
    g_hash_table_unref(known->periods);
    g_hash_table_unref(known->forms);
    g_hash_table_unref(known->names);
    g_free(known);
}
