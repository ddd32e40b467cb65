/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/grid.h"

enum { COLUMNS = GRID_COLUMNS, CAPTION_REACH = 3, LEAST_VALUES = 3 }; /* fewer values are no table worth a warning */

static const struct grid_cell *cell_at(const GArray *cells, guint i)
{
    return &g_array_index(cells, struct grid_cell, i);
}

static bool same_text(const struct document *doc, const struct grid_cell *a, const struct grid_cell *b)
{
    return slice_equal(document_slice(doc, a->span), document_slice(doc, b->span));
}

static bool covers(const struct grid_cell *cell, guint column)
{
    return cell->column <= column && column < (guint)cell->column + cell->columns;
}

static guint count_columns(const GArray *cells)
{
    guint columns = 0;
    for (guint i = 0; i < cells->len; i++)
        columns = MAX(columns, MIN((guint)cell_at(cells, i)->column + cell_at(cells, i)->columns, COLUMNS));
    return columns;
}

/* What stands over a column. */
struct column_head {
    const struct grid_cell *own;   /* over no other column; NULL: none that is sure */
    const struct grid_cell *group; /* over others too; NULL: none, or two claim it */
};

/* The narrowest of the heads that stand over a column and over others too, the lowest of those. */
static const struct grid_cell *group_head(const GArray *cells, guint column)
{
    const struct grid_cell *found = NULL;
    bool doubtful = false;
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (!cell->head || cell->columns < 2 || !covers(cell, column) || (found && cell->columns > found->columns))
            continue;
        doubtful = found && cell->columns == found->columns && cell->row == found->row;
        found = cell;
    }
    return doubtful ? NULL : found;
}

/* "20 (if needed)" above values is one of them. */
static bool is_value_with_remark(struct slice text)
{
    size_t i = 0;
    while (i < text.len && (g_ascii_isdigit(text.ptr[i]) || strchr("., ", text.ptr[i])))
        i++;
    return i > 0 && i < text.len && text.ptr[i] == '(' && g_ascii_isdigit(text.ptr[0]);
}

/* The lowest head over a column alone; what is in two pieces is not whole, and none. */
static const struct grid_cell *own_head(const GArray *cells, const struct document *doc, guint column)
{
    const struct grid_cell *found = NULL;
    bool pieces = false;
    for (guint i = 0; i < cells->len; i++) { /* from top to bottom */
        const struct grid_cell *cell = cell_at(cells, i);
        if (!cell->head || cell->columns > 1 || cell->column != column)
            continue;
        pieces = found && cell->row == found->row;
        found = cell;
    }
    return pieces || (found && is_value_with_remark(document_slice(doc, found->span))) ? NULL : found;
}

static bool same_head(const struct document *doc, const struct grid_cell *a, const struct grid_cell *b)
{
    return a == b || (a && b && same_text(doc, a, b));
}

/* A column's values are percentages, or none of them is; COLUMN_MIXED: neither, or it has none. */
enum column_kind { COLUMN_MIXED, COLUMN_PERCENT, COLUMN_PLAIN };

static enum column_kind column_kind(const GArray *cells, const struct document *doc, guint column)
{
    guint values = 0, percent = 0;
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (cell->head || !cell->numeric || cell->columns != 1 || cell->column != column)
            continue;
        values++;
        percent += slice_ends(document_slice(doc, cell->span), "%");
    }
    return values == 0 || (percent > 0 && percent < values) ? COLUMN_MIXED : percent > 0 ? COLUMN_PERCENT : COLUMN_PLAIN;
}

static bool is_headed(const GArray *cells, guint column)
{
    for (guint i = 0; i < cells->len; i++)
        if (cell_at(cells, i)->head && cell_at(cells, i)->columns == 1 && cell_at(cells, i)->column == column)
            return true;
    return false;
}

/* A head over two columns without heads of their own names both, where the second says with "%" what share the first is: "Permits" over "177   29%". */
static void share_heads(const GArray *cells, const struct document *doc, guint columns, struct column_head heads[COLUMNS])
{
    for (guint c = 1; c + 1 < columns; c++) {
        const struct grid_cell *group = group_head(cells, c);
        if (is_headed(cells, c) || is_headed(cells, c + 1) || !group || group != group_head(cells, c + 1) || group->column != c || group->columns != 2)
            continue;
        if (column_kind(cells, doc, c) == COLUMN_PLAIN && column_kind(cells, doc, c + 1) == COLUMN_PERCENT)
            heads[c] = heads[c + 1] = (struct column_head){group, NULL};
    }
}

/* "N" beside "2001 N", "2002 N", each of two lines: the first has lost what stands over it. */
static bool is_cut(const struct document *doc, const struct column_head *head, const struct column_head *other)
{
    if (head->group || !head->own || !other->own)
        return false;
    struct slice text = document_slice(doc, head->own->span), whole = document_slice(doc, other->own->span);
    return whole.len > text.len + 1 && other->own->last + text.len == other->own->span.end && memcmp(whole.ptr + whole.len - text.len, text.ptr, text.len) == 0;
}

/* The heads of each column. What stands over several columns ("N", "%", "N", "%") names none of them but together with the head over it ("2001", "2002"). */
static void find_heads(const GArray *cells, const struct document *doc, struct column_head heads[COLUMNS])
{
    struct column_head found[COLUMNS];
    guint columns = count_columns(cells);
    for (guint c = 0; c < columns; c++)
        found[c] = (struct column_head){own_head(cells, doc, c), group_head(cells, c)};
    for (guint c = 0; c < columns; c++) {
        bool alone = true;
        for (guint i = 0; i < cells->len; i++)
            alone &= !(cell_at(cells, i)->head && cell_at(cells, i)->doubtful && covers(cell_at(cells, i), c));
        for (guint d = 0; d < columns && found[c].own; d++)
            if (d != c && same_head(doc, found[c].own, found[d].own))
                alone &= found[c].group && !same_head(doc, found[c].group, found[d].group);
        for (guint d = 0; d < columns && alone; d++)
            alone &= !is_cut(doc, &found[c], &found[d]);
        heads[c] = alone ? found[c] : (struct column_head){NULL, NULL};
    }
    share_heads(cells, doc, columns, heads);
}

/* A caption right above the table, else right below it. */
static uint32_t find_caption(const GArray *cells, const struct document *doc)
{
    uint32_t first = cell_at(cells, 0)->passage, last = cell_at(cells, cells->len - 1)->passage;
    for (uint32_t i = first; i > 0 && first - i < CAPTION_REACH; i--)
        if (DOCUMENT_AT(doc->passages, struct passage, i - 1).zone == ZONE_CAPTION)
            return i - 1;
    for (uint32_t i = last + 1; i < doc->passages->len && i - last <= CAPTION_REACH; i++)
        if (DOCUMENT_AT(doc->passages, struct passage, i).zone == ZONE_CAPTION)
            return i;
    return NONE;
}

/* "64% 117" is two values that stood too close to be parted; "10 000" is one, and "22 of 36" says itself what it is. */
static bool is_one_value(struct slice text)
{
    for (size_t i = 1; i + 1 < text.len; i++) {
        if (text.ptr[i] != ' ' || !g_ascii_isdigit(text.ptr[i + 1]) || !(g_ascii_isdigit(text.ptr[i - 1]) || strchr("%)-", text.ptr[i - 1])))
            continue;
        size_t digits = 0;
        while (i + 1 + digits < text.len && g_ascii_isdigit(text.ptr[i + 1 + digits]))
            digits++;
        if (digits != 3 || !g_ascii_isdigit(text.ptr[i - 1]))
            return false;
    }
    return true;
}

/* Does a column hold words, in most of its cells? */
static bool holds_words(const GArray *cells, const struct document *doc, guint column)
{
    enum { LEAST = 3 }; /* "ND", "-" are no words */
    guint words = 0, others = 0;
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (cell->head || cell->column != column || cell->columns != 1)
            continue;
        bool word = !cell->numeric && document_slice(doc, cell->span).len > LEAST;
        words += word;
        others += !word;
    }
    return words > others;
}

/* Which column names the values of each: the first, or, where two tables stand side by side, the last one of words behind values. */
static void find_names(const GArray *cells, const struct document *doc, guint names[COLUMNS])
{
    guint columns = count_columns(cells), name = 0;
    bool values = false;
    for (guint c = 0; c < columns; c++) {
        if (c > 0 && values && holds_words(cells, doc, c))
            name = c;
        values |= column_kind(cells, doc, c) != COLUMN_MIXED;
        names[c] = name;
    }
}

/* What a table's values stand under and behind. */
struct bearings {
    struct column_head heads[COLUMNS];
    guint names[COLUMNS];
    uint32_t caption;
};

/* Returns how many values of a row have a row head and a column head. */
static guint read_row(const struct document *doc, const GArray *cells, const struct grid_row *row, const struct bearings *bearings, GArray *out)
{
    guint sure = 0;
    for (guint i = row->from + 1; i < row->to; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (!cell->numeric || cell->columns != 1 || cell->column >= COLUMNS)
            continue;
        const struct column_head *head = &bearings->heads[cell->column];
        guint by = bearings->names[cell->column];
        const struct grid_cell *name = by == 0 ? row->name : grid_name(cells, doc, row, by), *section = by == 0 ? row->section : NULL;
        bool alone = i + 1 == row->to || cell_at(cells, i + 1)->column != cell->column; /* two values in one column: no one knows whose */
        alone &= cell_at(cells, i - 1)->column != cell->column;
        bool same = same_head(doc, bearings->heads[0].own, bearings->heads[by].own); /* else it may say something of the values before it */
        if (!name || !same || !head->own || !alone || !is_one_value(document_slice(doc, cell->span)))
            continue;
        const struct span none = {0, 0};
        struct cell made = {cell->span, name->span, head->own->span, cell->passage, bearings->caption, head->group ? head->group->span : none, section ? section->span : none};
        g_array_append_val(out, made);
        sure++;
    }
    return sure;
}

/* A list of titles, each with its page: names and one number a row, growing from row to row; whatever stands over it is no head. */
static bool is_contents(const GArray *cells, const struct document *doc)
{
    enum { LEAST = 8, LONGEST = 8 }; /* rows that grow; bytes of "Page", "VII" */
    guint rows = 0, last = 0;
    bool grow = true, headed = false;
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        struct slice text = document_slice(doc, cell->span);
        headed |= cell->head;
        if (cell->head ? cell->column > 0 && text.len > LONGEST : cell->numeric && i + 1 < cells->len && cell_at(cells, i + 1)->row == cell->row)
            return false;
        if (cell->head || !cell->numeric)
            continue;
        guint page = 0;
        for (size_t k = 0; k < text.len && page < 10000; k++)
            page = g_ascii_isdigit(text.ptr[k]) ? page * 10 + (guint)(text.ptr[k] - '0') : 10000;
        grow &= page >= last && page < 10000;
        last = page;
        rows++;
    }
    return headed ? grow && rows >= LEAST : true;
}

/* Where the cells of a column stand; false = it has none of its own. */
static bool column_span(const GArray *cells, guint column, float *x0, float *x1)
{
    bool any = false;
    for (guint i = 0; i < cells->len; i++) {
        const struct grid_cell *cell = cell_at(cells, i);
        if (cell->column != column || cell->columns != 1)
            continue;
        *x0 = any ? MIN(*x0, cell->x0) : cell->x0;
        *x1 = any ? MAX(*x1, cell->x1) : cell->x1;
        any = true;
    }
    return any;
}

/* Do rows without heads begin where the table before ended, on the page behind it, with nothing but notes between? */
static bool goes_on(const GArray *cells, const struct document *doc, const struct grid_before *before)
{
    uint32_t first = cell_at(cells, 0)->passage;
    for (guint i = 0; i < cells->len; i++)
        if (cell_at(cells, i)->head)
            return false;
    if (before->columns == 0 || DOCUMENT_AT(doc->passages, struct passage, first).page != before->page + 1)
        return false;
    for (uint32_t i = before->passage + 1; i < first; i++)
        if (DOCUMENT_AT(doc->passages, struct passage, i).zone != ZONE_NOTE)
            return false;
    return true;
}

/* Gives each column the head of the one that stands in its place in the table before; false, and none, where one stands in the place of two or of none. */
static bool take_heads(const GArray *cells, const struct grid_before *before, struct column_head heads[COLUMNS])
{
    enum { SAME_EDGE = 3 };
    guint columns = count_columns(cells), next = 0;
    for (guint c = 0; c < columns; c++) {
        float x0 = 0, x1 = 0;
        guint over = 0, found = 0;
        if (!column_span(cells, c, &x0, &x1))
            continue;
        for (guint d = 0; d < before->columns; d++)
            if (before->heads[d].x0 < x1 && x0 < before->heads[d].x1) {
                over++;
                found = d;
            }
        if (over != 1 || found < next || (c == 0 && (found != 0 || ABS(x0 - before->heads[0].x0) > SAME_EDGE))) {
            memset(heads, 0, COLUMNS * sizeof *heads);
            return false;
        }
        const struct grid_head *head = &before->heads[found];
        heads[c] = (struct column_head){head->sure ? &head->own : NULL, head->grouped ? &head->group : NULL};
        next = found + 1;
    }
    return true;
}

static void remember(const GArray *cells, const struct document *doc, const struct column_head heads[COLUMNS], uint32_t caption, struct grid_before *before)
{
    struct grid_before table = {.columns = count_columns(cells), .passage = cell_at(cells, cells->len - 1)->passage, .caption = caption};
    table.page = DOCUMENT_AT(doc->passages, struct passage, table.passage).page;
    for (guint c = 0; c < table.columns; c++) {
        struct grid_head *head = &table.heads[c];
        head->sure = heads[c].own != NULL;
        head->grouped = heads[c].group != NULL;
        if (head->sure)
            head->own = *heads[c].own;
        if (head->grouped)
            head->group = *heads[c].group;
        column_span(cells, c, &head->x0, &head->x1);
    }
    *before = table;
}

/* A cell of several values, one above the other, is none: of which row each is nobody knows. */
static void append_cells(struct document *doc, const GArray *made)
{
    for (guint i = 0; i < made->len; i++) {
        struct cell cell = g_array_index(made, struct cell, i);
        struct slice text = document_slice(doc, cell.span);
        if (!memchr(text.ptr, '\t', text.len))
            g_array_append_val(doc->cells, cell);
    }
}

void grid_finish(GArray *cells, struct document *doc, struct grid_before *before)
{
    struct bearings bearings = {{{NULL, NULL}}, {0}, NONE};
    find_heads(cells, doc, bearings.heads);
    find_names(cells, doc, bearings.names);
    bool more = goes_on(cells, doc, before) && take_heads(cells, before, bearings.heads);
    bearings.caption = more ? before->caption : find_caption(cells, doc);
    g_autoptr(GArray) made = g_array_new(FALSE, FALSE, sizeof(struct cell));
    g_autoptr(GArray) all = grid_rows(cells, doc);
    guint rows = 0, values = 0;
    for (guint i = 0; i < cells->len; i++)
        values += cell_at(cells, i)->numeric && !cell_at(cells, i)->head;
    for (guint r = 0; r < all->len; r++)
        rows += read_row(doc, cells, &g_array_index(all, struct grid_row, r), &bearings, made) > 0;
    bool only = rows == 1 && made->len >= 2 && made->len == values && cells->len == 2 * made->len + 1 + (cell_at(cells, 0)->column == 0);
    bool contents = is_contents(cells, doc);
    bool sure = !(contents && !more) && (rows >= 2 || (more && rows > 0) || only) && made->len * 2 >= values;
    if (sure)
        remember(cells, doc, bearings.heads, bearings.caption, before);
    else
        before->columns = 0;
    if (sure)
        append_cells(doc, made);
    else if (values >= LEAST_VALUES && values * 3 >= cells->len && !contents) {
        uint32_t page = DOCUMENT_AT(doc->passages, struct passage, cell_at(cells, 0)->passage).page;
        const struct warning *last = doc->warnings->len > 0 ? &DOCUMENT_AT(doc->warnings, struct warning, doc->warnings->len - 1) : NULL;
        if (!last || last->page != page || strcmp(last->code, "table-heads") != 0) /* once a page */
            document_warn(doc, "table-heads", page, "page %u has a table or chart whose heads are not sure: its numbers are in the text, but not read as figures", page);
    }
    g_array_set_size(cells, 0);
}
