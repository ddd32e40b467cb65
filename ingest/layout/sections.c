/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/grid.h"
#include "ingest/row_name.h"

/*  What the rows of a table are named, and under which other name they stand: without it "Confirmed" says nothing.
 *
 *      Cases          12   a name that stands to the left of those below it, with values or without
 *        Confirmed    10
 *
 *      Deaths              a name alone, in bold print or over several columns, until the next of its kind
 *      Confirmed       3
 *
 *      North  Cases   12   a first column that names several rows, beside the uppermost of them
 *             Deaths   3
 *
 *  A total under such names is no part of the last of them. */

enum { LEVELS = 4, LEAST = 3 }; /* of names indented; rows */

static const float widest = 4; /* em that a name is indented by below one with values, at most: farther off it stands in another column */

static const struct grid_cell *cell_at(const GArray *cells, guint i)
{
    return &g_array_index(cells, struct grid_cell, i);
}

static struct grid_row *row_at(const GArray *rows, guint i)
{
    return &g_array_index(rows, struct grid_row, i);
}

static bool has_letters(struct slice text)
{
    for (const char *at = text.ptr; at < text.ptr + text.len; at = g_utf8_next_char(at))
        if (g_unichar_isalpha(g_utf8_get_char(at)))
            return true;
    return false;
}

static bool is_total(const struct document *doc, const struct grid_row *row)
{
    return row->name && row_name_total(document_slice(doc, row->name->span));
}

const struct grid_cell *grid_name(const GArray *cells, const struct document *doc, const struct grid_row *row, guint column)
{
    for (guint i = row->from; i < row->to; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (cell->column == column)
            return cell->head || cell->numeric || cell->columns != 1 || slice_ends(document_slice(doc, cell->span), ":") ? NULL : cell;
    }
    return NULL;
}

static GArray *find_rows(const GArray *cells)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct grid_row));
    for (guint i = 0, end; i < cells->len; i = end) {
        struct grid_row row = {.from = i};
        for (end = i; end < cells->len && cell_at(cells, end)->row == cell_at(cells, i)->row; end++)
            row.values += cell_at(cells, end)->numeric && !cell_at(cells, end)->head && end > i;
        row.to = end;
        g_array_append_val(rows, row);
    }
    return rows;
}

static const struct grid_cell *cell_in(const GArray *cells, const struct grid_row *row, guint column)
{
    for (guint i = row->from; i < row->to; i++)
        if (cell_at(cells, i)->column == column)
            return cell_at(cells, i);
    return NULL;
}

/* What the first two columns say, of the rows with values. */
struct opening {
    guint rows, words, numbers, names; /* rows; of them with words or a number in the first column, with words alone in the second */
    bool first, close;                 /* the uppermost has words in the first; two of these stand as close as lines of one */
    bool middle;                       /* a name stands above the row of its values */
};

static struct opening read_opening(const GArray *cells, const struct document *doc, const GArray *rows)
{
    struct opening o = {0};
    const struct grid_cell *last = NULL;
    for (guint r = 0; r < rows->len; r++) {
        const struct grid_row *row = row_at(rows, r);
        const struct grid_cell *first = cell_in(cells, row, 0), *second = cell_in(cells, row, 1);
        bool words = first && !first->head && !first->numeric && has_letters(document_slice(doc, first->span));
        if (row->values > 0) {
            o.first |= o.rows == 0 && words;
            o.rows++;
            o.words += words;
            o.numbers += first && first->numeric;
            o.names += second && !second->numeric && has_letters(document_slice(doc, second->span));
        }
        o.middle |= row->values == 0 && !first && second && !second->head;
        o.close |= words && last && first->base - last->foot < 1.35f * first->size;
        last = words ? first : NULL;
    }
    return o;
}

static void name_rows(const GArray *cells, const struct document *doc, GArray *rows, guint column)
{
    for (guint r = 0; r < rows->len; r++)
        row_at(rows, r)->name = grid_name(cells, doc, row_at(rows, r), column);
}

/* Names by the second column where the first numbers the rows, or names several of them at a time; false: by the first one. Where no one
 * knows which rows a name in the first column stands for, none has a name. */
static bool name_by_second(const GArray *cells, const struct document *doc, GArray *rows)
{
    struct opening o = read_opening(cells, doc, rows);
    if (o.rows < LEAST || o.names * 5 < o.rows * 4 || o.words >= o.names || o.middle)
        return false;
    if (o.words > 0 && (!o.first || o.close || o.numbers > 0))
        return true;
    name_rows(cells, doc, rows, 1);
    const struct grid_cell *section = NULL;
    for (guint r = 0; r < rows->len; r++) {
        struct grid_row *row = row_at(rows, r);
        const struct grid_cell *first = cell_in(cells, row, 0);
        section = first && !first->head && !first->numeric ? first : section;
        row->section = section;
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    const float *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* Where names begin that are indented by different steps, from left to right; returns how many places, 0 = they are set otherwise. */
static guint find_levels(const GArray *rows, float levels[LEVELS])
{
    g_autoptr(GArray) lefts = g_array_new(FALSE, FALSE, sizeof(float));
    float x[6] = {1e9f, -1e9f, 1e9f, -1e9f, 1e9f, -1e9f}, size = 0; /* least and most: left edge, middle, right edge */
    for (guint r = 0; r < rows->len; r++) {
        const struct grid_cell *name = row_at(rows, r)->name;
        if (!name)
            continue;
        float at[3] = {name->left, (name->x0 + name->x1) / 2, name->x1};
        for (size_t k = 0; k < 3; k++) {
            x[2 * k] = MIN(x[2 * k], at[k]);
            x[2 * k + 1] = MAX(x[2 * k + 1], at[k]);
        }
        g_array_append_val(lefts, name->left);
        size = MAX(size, name->size);
    }
    float left = x[1] - x[0];
    if (lefts->len < LEAST || left < 0.4f * size || x[3] - x[2] < 0.7f * left || x[5] - x[4] < 0.7f * left)
        return 0;
    g_array_sort(lefts, by_value);
    guint n = 0;
    for (guint i = 0; i < lefts->len; i++) {
        float at = g_array_index(lefts, float, i);
        if (n > 0 && at - levels[n - 1] < 0.2f * size)
            continue;
        if (n == LEVELS || (n > 0 && at - levels[n - 1] < 0.4f * size))
            return 0;
        levels[n++] = at;
    }
    return n;
}

static guint level_of(const struct grid_row *row, const float levels[LEVELS], guint n)
{
    guint level = n - 1;
    while (level > 0 && row->name->left < levels[level] - 0.1f * row->name->size)
        level--;
    return level;
}

/* A name stands under the lowest one above it that begins farther to the left; a total, and what stands beside it, only beside others that do. */
static void indent(const struct document *doc, GArray *rows)
{
    float levels[LEVELS];
    guint n = find_levels(rows, levels), at[LEVELS] = {0}, used[LEVELS] = {0}; /* 1 + the last row that stands there; rows that do */
    for (guint r = 0; r < rows->len && n > 1; r++)
        if (row_at(rows, r)->name)
            used[level_of(row_at(rows, r), levels, n)]++;
    for (guint r = 0; r < rows->len && n > 1; r++) {
        struct grid_row *row = row_at(rows, r);
        if (!row->name)
            continue;
        guint level = level_of(row, levels, n), over = level;
        while (over > 0 && at[over - 1] == 0)
            over--;
        const struct grid_row *beside = at[level] > 0 ? row_at(rows, at[level] - 1) : NULL, *above = over > 0 ? row_at(rows, at[over - 1] - 1) : NULL;
        for (guint k = level; k + 1 < LEVELS; k++)
            at[k + 1] = 0;
        at[level] = r + 1;
        bool far = above && above->values > 0 && row->name->left - above->name->left > widest * row->name->size;
        if (beside)
            row->section = beside->section;
        else if (above && used[level] > 1 && !far && !is_total(doc, row))
            row->section = above->name;
    }
}

/* A row of one cell, of words or a year, that rows of values follow. */
static bool is_alone(const GArray *cells, const struct document *doc, const GArray *rows, guint r)
{
    const struct grid_row *row = row_at(rows, r);
    const struct grid_cell *cell = cell_at(cells, row->from);
    struct slice text = document_slice(doc, cell->span);
    bool words = !cell->numeric && has_letters(text) && !g_unichar_islower(g_utf8_get_char(text.ptr));
    return row->to - row->from == 1 && !cell->head && words && !slice_ends(text, ".") && r + 1 < rows->len && row_at(rows, r + 1)->values > 0;
}

/* Is most of what names rows of values in bold print? */
static bool are_bold(const GArray *rows)
{
    guint bold = 0, names = 0;
    for (guint r = 0; r < rows->len; r++) {
        const struct grid_row *row = row_at(rows, r);
        names += row->values > 0 && row->name;
        bold += row->values > 0 && row->name && row->name->bold;
    }
    return bold * 2 > names;
}

static bool is_total_of_values(const struct document *doc, const struct grid_row *row)
{
    return row->values > 0 && is_total(doc, row);
}

/* The row from which on no name alone stands over rows: the first total under the last of them, or the second where those before have one of their own;
 * rows->len = none. */
static guint end_of_sections(const GArray *cells, const struct document *doc, const GArray *rows)
{
    guint sections = 0, owning = 0, total = rows->len; /* owning: sections with a total; total: the first one of the last section */
    for (guint r = 0; r < rows->len; r++) {
        if (is_alone(cells, doc, rows, r)) {
            owning += total < rows->len;
            sections++;
            total = rows->len;
        } else if (sections > 0 && total == rows->len && is_total_of_values(doc, row_at(rows, r))) {
            total = r;
        }
    }
    if (sections < 2 || owning < sections - 1)
        return total;
    for (guint r = total + 1; r < rows->len; r++)
        if (is_total_of_values(doc, row_at(rows, r)))
            return r;
    return rows->len;
}

/* Rows stand under the last name alone above them, where such names are set otherwise than theirs. */
static void divide(const GArray *cells, const struct document *doc, GArray *rows)
{
    bool bold = are_bold(rows);
    guint end = end_of_sections(cells, doc, rows);
    const struct grid_cell *section = NULL;
    for (guint r = 0; r < rows->len; r++) {
        struct grid_row *row = row_at(rows, r);
        const struct grid_cell *cell = cell_at(cells, row->from);
        if (is_alone(cells, doc, rows, r))
            section = (cell->bold && !bold) || cell->columns > 1 ? cell : NULL;
        else if (row->name && row->values > 0 && ((row->name->bold && !bold) || r == end))
            section = NULL;
        else if (!row->section)
            row->section = section;
    }
}

static bool same_text(const struct document *doc, const struct grid_cell *a, const struct grid_cell *b)
{
    return a == b || (a && b && slice_equal(document_slice(doc, a->span), document_slice(doc, b->span)));
}

/* Rows of one name under one other, or none, name nothing. */
static void drop_repeated(const struct document *doc, GArray *rows)
{
    g_autofree bool *repeated = g_new0(bool, rows->len + 1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL); /* name → 1 + the last row of it */
    g_autofree guint *before = g_new0(guint, rows->len + 1);
    for (guint r = 0; r < rows->len; r++) {
        const struct grid_row *row = row_at(rows, r);
        if (!row->name || row->values == 0)
            continue;
        struct slice text = document_slice(doc, row->name->span);
        char *key = g_strndup(text.ptr, text.len);
        before[r] = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        g_hash_table_replace(seen, key, GUINT_TO_POINTER(r + 1));
        for (guint k = before[r]; k > 0; k = before[k - 1])
            if (same_text(doc, row_at(rows, k - 1)->section, row->section))
                repeated[r] = repeated[k - 1] = true;
    }
    for (guint r = 0; r < rows->len; r++)
        if (repeated[r])
            row_at(rows, r)->name = NULL;
}

GArray *grid_rows(const GArray *cells, const struct document *doc)
{
    GArray *rows = find_rows(cells);
    if (!name_by_second(cells, doc, rows)) {
        name_rows(cells, doc, rows, 0);
        indent(doc, rows);
        divide(cells, doc, rows);
    }
    drop_repeated(doc, rows);
    return rows;
}
