/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/tags.h"

#include "extract/token.h"
#include "index/tokenize.h"

#include <math.h>

enum {
    TAG_BYTES = 128,
    TAGS_ONCE_BYTES = 4096, /* a passage with more tags than this holds some of them twice */
};

/* Is " x=y" among the tags, whole? Not looked for among very many. */
static bool has_tag(const GString *tags, const char *tag, size_t len)
{
    if (tags->len > TAGS_ONCE_BYTES)
        return false;
    for (const char *at = strstr(tags->str, tag); at; at = strstr(at + 1, tag))
        if (at[len] == ' ' || at[len] == '\0')
            return true;
    return false;
}

void tag_append(GString *tags, char letter, struct slice value)
{
    char tag[TAG_BYTES] = {' ', letter, '='};
    size_t len = 3 + token_fold(value, tag + 3, sizeof tag - 4);
    for (size_t i = 3; i < len; i++)
        if (tag[i] == ' ' || tag[i] == '"' || (unsigned char)tag[i] < ' ')
            tag[i] = '_';
    tag[len] = '\0';
    if (!has_tag(tags, tag, len))
        g_string_append_len(tags, tag, (gssize)len);
}

void tag_append_number(GString *tags, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    if (value == floor(value) && fabs(value) < 1e15) {
        buffer[0] = '-';
        size_t sign = value < 0, len = sign + whole_write((uint64_t)fabs(value), buffer + sign);
        tag_append(tags, 'v', slice_make(buffer, len));
        return;
    }
    g_ascii_formatd(buffer, sizeof buffer, "%.12g", value);
    tag_append(tags, 'v', slice_of(buffer));
}

/* "MX-CHP" lies in "MX". */
static void append_place(GString *tags, const char *iso, const char *name)
{
    if (iso) {
        tag_append(tags, 'p', slice_of(iso));
        if (strlen(iso) > 3 && iso[2] == '-')
            tag_append(tags, 'p', slice_make(iso, 2));
    }
    if (name && *name) /* "" stands for none in the file */
        tag_append(tags, 'n', slice_of(name));
}

static void append_figure(GString *tags, const struct figure *figure)
{
    const struct quantity *q = &figure->quantity;
    tag_append(tags, 'k', slice_of(kind_name(q->kind)));
    tag_append_number(tags, q->low);
    if (q->high != q->low)
        tag_append_number(tags, q->high);
    if (q->ambiguous)
        tag_append_number(tags, q->other_low);
    for (uint32_t i = 0; i < figure->n_places; i++)
        append_place(tags, figure->places[i].iso, figure->places[i].name);
}

void tags_add(GString *tags, const struct mention *mention)
{
    switch (mention->type) {
    case MENTION_FIGURE: append_figure(tags, &mention->figure); break;
    case MENTION_LOCATION: append_place(tags, mention->location.iso, mention->location.canonical); break;
    case MENTION_ACTOR:
        tag_append(tags, 'a', slice_of(mention->actor.canonical));
        if (mention->actor.acronym)
            tag_append(tags, 'a', slice_of(mention->actor.acronym));
        break;
    case MENTION_PERIOD:
    case MENTION_NOTE:
    case MENTION_ATTRIBUTION: break;
    }
}

GString *tags_begin(void)
{
    GString *tags = g_string_new(NULL);
    return g_string_append_c(tags, TAGS_BEGIN);
}

char *tags_once(const char *tags)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t len = strcspn(tags, " ");
    GString *once = g_string_new_len(tags, (gssize)len);
    for (const char *at = tags + len; *at; at += len) { /* " x=y" */
        len = 1 + strcspn(at + 1, " ");
        if (g_hash_table_add(seen, g_strndup(at, len)))
            g_string_append_len(once, at, (gssize)len);
    }
    return g_string_free(once, FALSE);
}

void tags_text(GString *into, struct slice text, const char *tags)
{
    g_string_truncate(into, 0);
    g_string_append_len(into, text.ptr, (gssize)text.len);
    g_string_append(into, tags);
}

GPtrArray *tags_of(const struct document *doc, const struct mentions *mentions)
{
    g_autoptr(GPtrArray) building = g_ptr_array_sized_new(doc->passages->len);
    for (guint i = 0; i < doc->passages->len; i++)
        g_ptr_array_add(building, tags_begin());
    for (int type = 0; type <= MENTION_ATTRIBUTION; type++) {
        const GArray *items = mentions_of(mentions, (enum mention_type)type);
        for (guint i = 0; i < items->len; i++) {
            const struct mention *mention = &DOCUMENT_AT(items, struct mention, i);
            if (mention->passage != NONE)
                tags_add(g_ptr_array_index(building, mention->passage), mention);
        }
    }
    GPtrArray *all = g_ptr_array_new_full(building->len, g_free);
    for (guint i = 0; i < building->len; i++)
        g_ptr_array_add(all, g_string_free(g_ptr_array_index(building, i), FALSE));
    return all;
}
