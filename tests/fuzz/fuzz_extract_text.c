/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "extract/pass.h"
#include "ingest/reader.h"

#include <math.h>

static const struct extractor *rules(void)
{
    static struct extractor *extractor;
    if (!extractor)
        CHECK(extractor_new(NULL, &extractor, NULL));
    return extractor;
}

/* Does the figure go on in a smaller unit: "1£ 10p"? */
static bool has_parts(const struct document *doc, const struct mention *m)
{
    for (uint32_t i = m->figure.number.end; i < m->span.end; i++)
        if (g_ascii_isdigit(doc->text->str[i]))
            return true;
    return false;
}

/* The scale that letters glued before a currency give the number beside it ("MUSD 2", "40 kEUR", "M€ 2"), or 1. Letters that are glued to another
 * number belong to that one. */
static double scale_beside(const struct document *doc, const struct figure *f)
{
    static const struct { const char *prefix; double scale; } prefixes[] = {{"MM", 1e6}, {"M", 1e6}, {"Mds", 1e9}, {"Md", 1e9}, {"Mrd", 1e9}, {"bn", 1e9}, {"k", 1e3}, {"K", 1e3}};
    struct span unit = f->quantity.unit_text;
    bool before = unit.end <= f->number.start, glued = unit.start > 0 && g_ascii_isdigit(doc->text->str[unit.start - 1]);
    if (f->quantity.kind != KIND_MONEY || (before && glued && unit.end < f->number.start))
        return 1;
    struct slice text = document_slice(doc, unit);
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        size_t len = strlen(prefixes[i].prefix);
        if (slice_starts(text, prefixes[i].prefix) && text.len > len && (text.len == len + 3 || !g_ascii_isalnum(text.ptr[len])))
            return prefixes[i].scale;
    }
    return 1;
}

/* "75 USD million", "7$ mil": a word behind the currency scales the number, too. */
static bool scaled_behind(const struct document *doc, const struct mention *m, double value)
{
    static const double scales[] = {1e2, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12};
    const struct quantity *q = &m->figure.quantity;
    uint32_t from = MAX(q->unit_text.end, m->figure.number.end);
    if (q->kind != KIND_MONEY || m->span.end <= from)
        return false;
    bool word = false; /* "7$ mió" is folded to "mio"; "7$ mil+" has more behind it */
    for (const char *p = doc->text->str + from; p < doc->text->str + m->span.end; p = g_utf8_next_char(p))
        word = word || g_unichar_isalpha(g_utf8_get_char(p));
    if (!word)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++)
        if (q->low == value * scales[i] || q->high == value * scales[i])
            return true;
    return false;
}

/* A number printed as digits alone is that number: as low, as high, or as one of two readings. */
static void check_value(const struct document *doc, const struct mention *m)
{
    const struct figure *f = &m->figure;
    struct slice number = document_slice(doc, f->number);
    if (number.len == 0 || number.len > 15)
        return;
    for (size_t i = 0; i < number.len; i++)
        if (!g_ascii_isdigit(number.ptr[i]))
            return;
    g_autofree char *digits = g_strndup(number.ptr, number.len);
    double value = g_ascii_strtod(digits, NULL) * scale_beside(doc, f);
    const struct quantity *q = &f->quantity;
    CHECK(scaled_behind(doc, m, value) || q->low == value || q->high == value || (q->ambiguous && (q->other_low == value || q->other_high == value)));
}

static void check_figure(const struct document *doc, const struct mention *m)
{
    const struct figure *f = &m->figure;
    CHECK(isfinite(f->quantity.low) && isfinite(f->quantity.high) && f->quantity.low <= f->quantity.high);
    check_span(doc, f->number);
    CHECK(f->number.start >= m->span.start && f->number.end <= m->span.end && f->number.end > f->number.start);
    CHECK(f->mark == NONE || f->mark < doc->marks->len);
    if (!has_parts(doc, m))
        check_value(doc, m);
}

static void check_mentions(const struct document *doc, const struct mentions *mentions)
{
    g_autoptr(GPtrArray) all = mentions_in_order(mentions);
    for (guint i = 0; i < all->len; i++) {
        const struct mention *m = g_ptr_array_index(all, i);
        check_span(doc, m->span);
        CHECK(m->type == MENTION_NOTE || m->span.end > m->span.start);
        CHECK(m->passage == NONE || m->passage < doc->passages->len);
        CHECK(m->sentence == NONE || m->sentence < doc->sentences->len);
        CHECK(m->type != MENTION_NOTE || m->mark < doc->marks->len);
        if (m->type == MENTION_FIGURE)
            check_figure(doc, m);
    }
}

/* Any text through every pass, in a language of its first byte: mentions lie in the text, numbers are those that are printed, and the same is found twice. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {NULL, "en", "es", "fr"};
    if (size < 2)
        return 0;
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    g_autoptr(GBytes) bytes = g_bytes_new(data + 1, size - 1);
    struct source *source = source_new("x.txt", bytes);
    source->lang = languages[data[0] % G_N_ELEMENTS(languages)];
    if (reader_read_as(&read_text, source, documents, NULL)) {
        const struct document *doc = g_ptr_array_index(documents, 0);
        g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
        struct mentions *first = extractor_run(rules(), doc, troubles), *again = extractor_run(rules(), doc, troubles);
        check_mentions(doc, first);
        for (size_t type = 0; type < G_N_ELEMENTS(first->items); type++)
            CHECK(first->items[type]->len == again->items[type]->len);
        CHECK(troubles->len == 0); /* no rule of ours hits its limit */
        mentions_free(first);
        mentions_free(again);
    }
    source_free(source);
    return 0;
}
