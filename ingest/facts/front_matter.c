/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/front_matter.h"

#include "ingest/facts/date.h"
#include "ingest/facts/page_facts.h"

enum { MATTER_BYTES = 16 * 1024 };

static struct slice line_at(struct slice text, size_t at, size_t *next)
{
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t stop = end ? (size_t)(end - text.ptr) : text.len;
    *next = end ? stop + 1 : stop;
    return slice_sub(text, at, stop);
}

static bool is_fence(struct slice line, bool closes)
{
    line = slice_trim(line);
    return slice_is(line, "---") || (closes && slice_is(line, "..."));
}

/* A scalar without its quotes; NULL when it is empty. */
static char *scalar(struct slice value)
{
    value = slice_trim(value);
    if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') && value.ptr[value.len - 1] == value.ptr[0])
        value = slice_sub(value, 1, value.len - 1);
    return value.len > 0 ? slice_dup(value) : NULL;
}

static char *as_it_is(const char *text)
{
    return g_strdup(text);
}

/* A field is a row: its names, where it goes, how it is read. */
static const struct field {
    const char *names; /* between spaces */
    size_t offset;
    char *(*read)(const char *);
} fields[] = {
    {" title titre título titulo ", offsetof(struct metadata, title), as_it_is},
    {" author authors auteur autor autores ", offsetof(struct metadata, authors), authors_of},
    {" date published fecha ", offsetof(struct metadata, date), date_edtf},
    {" lang language langue idioma ", offsetof(struct metadata, language), language_of},
    {" publisher organization organisation institution ", offsetof(struct metadata, publisher), as_it_is},
    {" url link canonical permalink ", offsetof(struct metadata, url), as_it_is},
};

static const struct field *field_of(struct slice name)
{
    g_autofree char *lower = g_ascii_strdown(name.ptr, (gssize)name.len);
    g_autofree char *key = g_strdup_printf(" %s ", lower);
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (!strchr(lower, ' ') && strstr(fields[i].names, key))
            return &fields[i];
    return NULL;
}

/* Sets a field, or adds a further author to it. */
static void put(struct metadata *metadata, const struct field *field, struct slice value, bool more)
{
    g_autofree char *text = scalar(value);
    g_autofree char *read = text ? field->read(text) : NULL;
    char **place = (char **)(void *)((char *)metadata + field->offset);
    if (read && !*place)
        *place = g_steal_pointer(&read);
    else if (read && more) {
        char *both = g_strdup_printf("%s; %s", *place, read);
        g_free(*place);
        *place = both;
    }
}

size_t front_matter(struct slice text, struct metadata *metadata)
{
    size_t at, end = 0, first;
    if (!is_fence(line_at(text, 0, &first), false))
        return 0;
    for (at = first; at < text.len && at < MATTER_BYTES && end == 0;) {
        size_t next;
        if (is_fence(line_at(text, at, &next), true))
            end = next;
        at = next;
    }
    const struct field *list = NULL; /* the field whose items follow */
    for (at = first; metadata && at < end;) {
        size_t next;
        struct slice line = line_at(text, at, &next);
        const char *colon = memchr(line.ptr, ':', line.len);
        struct slice item = slice_trim(line);
        at = next;
        if (item.len > 1 && item.ptr[0] == '-' && item.ptr[1] == ' ') {
            if (list)
                put(metadata, list, slice_sub(item, 2, item.len), list->read == authors_of);
            continue;
        }
        list = NULL;
        if (!colon || line.len == 0 || g_ascii_isspace(line.ptr[0]))
            continue;
        size_t name = (size_t)(colon - line.ptr);
        const struct field *field = field_of(slice_sub(line, 0, name));
        struct slice value = slice_trim(slice_sub(line, name + 1, line.len));
        if (field && value.len > 0)
            put(metadata, field, value, false);
        else
            list = field;
    }
    return end;
}
