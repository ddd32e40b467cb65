/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/tags.h"

#include "extract/token.h"
#include "index/tokenize.h"

#include <math.h>

enum { TAGS_ONCE_BYTES = 4096 /* a passage with more tags than this holds some of them twice */ };

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

size_t tag_write(char letter, struct slice value, char out[TAG_BYTES])
{
    out[0] = letter;
    out[1] = '=';
    size_t len = 2 + token_fold(value, out + 2, TAG_BYTES - 4);
    for (size_t i = 2; i < len; i++)
        if (out[i] == ' ' || out[i] == '"' || (unsigned char)out[i] < ' ')
            out[i] = '_';
    return len;
}

void tag_append(GString *tags, char letter, struct slice value)
{
    char tag[1 + TAG_BYTES] = {' '};
    size_t len = 1 + tag_write(letter, value, tag + 1);
    tag[len] = '\0';
    if (!has_tag(tags, tag, len))
        g_string_append_len(tags, tag, (gssize)len);
}

/* Whole numbers by their digits. */
static struct slice number_text(double value, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
    if (value == floor(value) && fabs(value) < 1e15) {
        buffer[0] = '-';
        size_t sign = value < 0;
        return slice_make(buffer, sign + whole_write((uint64_t)fabs(value), buffer + sign));
    }
    return slice_of(g_ascii_formatd(buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.12g", value));
}

void tag_append_number(GString *tags, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    tag_append(tags, 'v', number_text(value, buffer));
}

/* Whom the tags of a mention are told. */
struct told {
    tag_function function;
    void *data;
};

static void tell(const struct told *told, char letter, const char *value)
{
    told->function(told->data, letter, slice_of(value), value);
}

static void tell_number(const struct told *told, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    told->function(told->data, 'v', number_text(value, buffer), NULL);
}

/* "MX-CHP" lies in "MX". */
static void tell_place(const struct told *told, const char *iso, const char *name)
{
    if (iso) {
        tell(told, 'p', iso);
        if (strlen(iso) > 3 && iso[2] == '-')
            told->function(told->data, 'p', slice_make(iso, 2), iso + 1);
    }
    if (name && *name) /* "" stands for none in the file */
        tell(told, 'n', name);
}

static void tell_figure(const struct told *told, const struct figure *figure)
{
    const struct quantity *q = &figure->quantity;
    tell(told, 'k', kind_name(q->kind));
    tell_number(told, q->low);
    if (q->high != q->low)
        tell_number(told, q->high);
    if (q->ambiguous)
        tell_number(told, q->other_low);
    for (uint32_t i = 0; i < figure->n_places; i++)
        tell_place(told, figure->places[i].iso, figure->places[i].name);
}

void tags_each(const struct mention *mention, tag_function function, void *data)
{
    const struct told told = {function, data};
    switch (mention->type) {
    case MENTION_FIGURE: tell_figure(&told, &mention->figure); break;
    case MENTION_LOCATION: tell_place(&told, mention->location.iso, mention->location.canonical); break;
    case MENTION_ACTOR:
        tell(&told, 'a', mention->actor.canonical);
        if (mention->actor.acronym)
            tell(&told, 'a', mention->actor.acronym);
        break;
    case MENTION_PERIOD:
    case MENTION_NOTE:
    case MENTION_ATTRIBUTION: break;
    }
}

static void append_told(void *data, char letter, struct slice value, const void *kept)
{
    (void)kept;
    tag_append(data, letter, value);
}

void tags_add(GString *tags, const struct mention *mention)
{
    tags_each(mention, append_told, tags);
}

GString *tags_begin(void)
{
    return g_string_new(NULL);
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
