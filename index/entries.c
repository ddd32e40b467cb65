/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/entries.h"

/* Some of the entries, and their beginnings (NULL: nobody asks), passed over one by one. */
struct part {
    const struct entry *at, *end;
    const uint32_t *begins;
};

struct entries entries_new(bool begins)
{
    return (struct entries){.begins = begins ? g_array_new(FALSE, FALSE, sizeof(uint32_t)) : NULL};
}

void entries_clear(struct entries *entries)
{
    g_free(entries->all);
    if (entries->begins)
        g_array_unref(entries->begins);
}

void entries_reserve(struct entries *entries, size_t more)
{
    if (entries->n + more <= entries->room)
        return;
    entries->room = entries->n + MAX(more, entries->n);
    entries->all = g_renew(struct entry, entries->all, entries->room);
}

void entries_reserve_begins(struct entries *entries, size_t more)
{
    if (!entries->begins || more == 0)
        return;
    guint n = entries->begins->len;
    g_array_set_size(entries->begins, n + (guint)more);
    g_array_set_size(entries->begins, n);
}

static const uint32_t *begins_of(const struct entries *entries, guint from)
{
    return entries->begins && entries->begins->data ? (const uint32_t *)(const void *)entries->begins->data + from : NULL;
}

static void pass(struct part *part)
{
    if (part->begins)
        part->begins += part->at->times;
    part->at++;
}

static void take(struct entries *into, struct part *part)
{
    if (into->begins && part->at->times > 0)
        g_array_append_vals(into->begins, part->begins, part->at->times);
    into->all[into->n++] = *part->at;
    pass(part);
}

/* Both tell of one passage: all places where either word stands. */
static void take_both(struct entries *into, struct part *a, struct part *b)
{
    struct entry entry = {a->at->passage, a->at->times + b->at->times};
    if (into->begins) {
        entries_reserve_begins(into, entry.times);
        const uint32_t *x = a->begins, *y = b->begins, *x_end = x + a->at->times, *y_end = y + b->at->times;
        while (x < x_end || y < y_end) {
            bool first = y == y_end || (x < x_end && *x <= *y);
            entries_add_begin(into, *(first ? x : y));
            x += first;
            y += !first;
        }
    }
    into->all[into->n++] = entry;
    pass(a);
    pass(b);
}

/* All of both, in order; of a passage that both have, those of `b` alone or (sum) of both. */
static void merge(struct entries *into, struct part a, struct part b, bool sum)
{
    entries_reserve(into, (size_t)(a.end - a.at) + (size_t)(b.end - b.at));
    while (a.at < a.end || b.at < b.end) {
        if (b.at == b.end || (a.at < a.end && a.at->passage < b.at->passage)) {
            take(into, &a);
        } else if (a.at == a.end || a.at->passage > b.at->passage) {
            take(into, &b);
        } else if (sum) {
            take_both(into, &a, &b);
        } else {
            pass(&a);
            take(into, &b);
        }
    }
}

void entries_merge_newer(struct entries *entries, size_t base, guint base_begins)
{
    if (base == 0 || base == entries->n || entries->all[base - 1].passage < entries->all[base].passage)
        return;
    struct entries all = entries_new(entries->begins != NULL);
    struct part old = {entries->all, entries->all + base, begins_of(entries, 0)}, newer = {old.end, entries->all + entries->n, begins_of(entries, base_begins)};
    merge(&all, old, newer, false);
    entries_clear(entries);
    *entries = all;
}

void entries_unite(struct entries *entries, const struct entries *other)
{
    if (other->n == 0)
        return;
    struct entries all = entries_new(entries->begins != NULL);
    struct part a = {entries->all, entries->all + entries->n, begins_of(entries, 0)}, b = {other->all, other->all + other->n, begins_of(other, 0)};
    merge(&all, a, b, true);
    entries_clear(entries);
    *entries = all;
}

/* Of beginnings that rise, those that are among others, too; returns how many. */
static uint32_t keep_same(uint32_t *begins, uint32_t n, const uint32_t *others, uint32_t n_others)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, k = 0; i < n && k < n_others;) {
        uint32_t begin = begins[i];
        if (others[k] == begin)
            begins[kept++] = begin;
        i += others[k] >= begin;
        k += others[k] <= begin;
    }
    return kept;
}

void entries_keep_common(struct entries *entries, const struct entries *other)
{
    uint32_t *begins = (uint32_t *)(void *)entries->begins->data, *to = begins;
    const uint32_t *others = (const uint32_t *)(const void *)other->begins->data;
    size_t k = 0, n = 0, at = 0;
    for (size_t i = 0; i < entries->n; i++) {
        struct entry entry = entries->all[i];
        if (entry.times == 0)
            continue;
        for (; k < other->n && other->all[k].passage < entry.passage; k++)
            at += other->all[k].times;
        bool both = k < other->n && other->all[k].passage == entry.passage && other->all[k].times > 0;
        uint32_t times = both ? keep_same(begins, entry.times, others + at, other->all[k].times) : 0;
        if (times > 0) {
            memmove(to, begins, times * sizeof *to);
            to += times;
            entries->all[n++] = (struct entry){entry.passage, times};
        }
        begins += entry.times;
    }
    entries->n = n;
}
