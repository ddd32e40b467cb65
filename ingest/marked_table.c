/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/marked_table.h"

#include "ingest/row_name.h"

enum { HEAD_ROWS = 6 }; /* at the top, titles among them */

struct table {
    struct document *doc;
    const GArray *cells;
    uint32_t width, heads;               /* columns; rows of heads */
    uint32_t caption;
    struct span column[MARKED_COLUMNS];  /* the lowest head over it */
    struct span above[MARKED_COLUMNS];   /* the next one above that */
    struct marked_cell down[MARKED_COLUMNS]; /* the cell that reaches down into this row; rows 0: none */
    struct span section;                 /* under which the rows stand */
    uint32_t sections, open;             /* how many there are; number of the one that is open, from 1 */
    GHashTable *totals;                  /* name → struct total */
};

/* Rows that are named "Total", or some other way that one could sum up several sections. */
struct total {
    uint32_t rows, open; /* how many have this name; the last section that had one */
};

/* What stands at the beginning of a row. */
struct stub {
    struct span head, group;
    uint32_t columns;
};

static const struct marked_cell *cell_at(const struct table *table, guint i)
{
    return &g_array_index(table->cells, struct marked_cell, i);
}

static bool is_empty(struct span span)
{
    return span.start >= span.end;
}

/* What stands where a value would. */
static bool is_missing(struct slice text)
{
    static const char *const words[] = {"n/a", "n.a.", "n.a", "n.d.", "na", "nil"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (text.len == strlen(words[i]) && g_ascii_strncasecmp(text.ptr, words[i], text.len) == 0)
            return true;
    return false;
}

/* "- of these, women", "(all)", "€ per head": does it begin with a letter, signs aside? "10,000", "−5", "£3,000", "–" and "n/a" do not. */
static bool is_worded(const struct document *doc, struct span span)
{
    struct slice text = document_slice(doc, span);
    const char *at = text.ptr, *end = text.ptr + text.len;
    while (at < end && !g_unichar_isalnum(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return at < end && g_unichar_isalpha(g_utf8_get_char(at)) && !is_missing(slice_trim(text));
}

static bool is_year(const struct document *doc, struct span span)
{
    struct slice text = document_slice(doc, span);
    bool year = text.len == 4 && (slice_starts(text, "19") || slice_starts(text, "20"));
    for (size_t i = 0; i < text.len && year; i++)
        year = g_ascii_isdigit(text.ptr[i]);
    return year;
}

/* A label, a year, or whatever is marked as a head. */
static bool head_like(const struct document *doc, const struct marked_cell *cell)
{
    return !is_empty(cell->span) && (cell->head || is_year(doc, cell->span) || is_worded(doc, cell->span));
}

static guint row_end(const struct table *table, guint from)
{
    guint end = from;
    while (end < table->cells->len && cell_at(table, end)->row == cell_at(table, from)->row)
        end++;
    return end;
}

/* The only cell of the row [from, end) that says anything, where it is the first; NULL: others do, or none does. */
static const struct marked_cell *lone_cell(const struct table *table, guint from, guint end)
{
    const struct marked_cell *first = cell_at(table, from);
    if (first->column > 0 || is_empty(first->span))
        return NULL;
    for (guint i = from + 1; i < end; i++)
        if (!is_empty(cell_at(table, i)->span))
            return NULL;
    return first;
}

/* Are all cells of the row heads, or empty? Then it is a row of column heads. Below heads that are marked as such, words that are not are values, unless
 * nothing stands at the beginning of their row. */
static bool is_head_row(const struct table *table, guint from, guint end, bool *marked)
{
    bool any = false, all = true, first = false;
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        if (is_empty(cell->span))
            continue;
        if (!head_like(table->doc, cell))
            return false;
        any |= cell->column > 0 || (cell->head && table->width == 1);
        all = all && cell->head;
        first |= cell->column == 0;
    }
    if (!all && first && *marked)
        return false;
    *marked |= any && all;
    return any;
}

/* A title says over all columns what the table is. */
static bool is_title(const struct table *table, guint from, guint end)
{
    const struct marked_cell *cell = lone_cell(table, from, end);
    return cell && table->width > 1 && is_worded(table->doc, cell->span);
}

/* Rows of heads at the top, titles above them included: rows of titles alone are none. The last row of a table is no head. */
static void count_heads(struct table *table)
{
    bool marked = false;
    for (guint from = 0, end; from < table->cells->len; from = end) {
        uint32_t row = cell_at(table, from)->row;
        end = row_end(table, from);
        if (row >= HEAD_ROWS || end == table->cells->len)
            return;
        if (is_head_row(table, from, end, &marked))
            table->heads = row + 1;
        else if (!is_title(table, from, end))
            return;
    }
}

static void read_heads(struct table *table, guint from, guint end)
{
    if (is_title(table, from, end)) {
        table->caption = table->caption == NONE ? cell_at(table, from)->passage : table->caption;
        return;
    }
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        for (uint32_t c = cell->column; !is_empty(cell->span) && c < MIN(cell->column + cell->columns, (uint32_t)MARKED_COLUMNS); c++) {
            table->above[c] = table->column[c];
            table->column[c] = cell->span;
        }
    }
}

/* The cell in a column of the row [from, end): its own, or one that reaches down into it; NULL: none. */
static const struct marked_cell *in_column(const struct table *table, guint from, guint end, uint32_t column)
{
    const struct marked_cell *down = &table->down[column];
    if (down->rows > 0 && down->row + down->rows > cell_at(table, from)->row)
        return down;
    for (guint i = from; i < end && cell_at(table, i)->column <= column; i++)
        if (cell_at(table, i)->column == column)
            return cell_at(table, i);
    return NULL;
}

static struct stub read_stub(const struct table *table, guint from, guint end)
{
    struct stub stub = {0};
    const struct marked_cell *cell = in_column(table, from, end, 0), *last = NULL;
    while (cell && head_like(table->doc, cell)) {
        if (last && !((last->rows > 1 || cell->head) && is_worded(table->doc, cell->span)))
            break;
        stub.group = last ? stub.head : stub.group;
        stub.head = cell->span;
        stub.columns = cell->column + cell->columns;
        last = cell;
        cell = stub.columns < MARKED_COLUMNS ? in_column(table, from, end, stub.columns) : NULL;
    }
    return stub;
}

/* A name over all columns, under which the rows below stand; NULL: the row is none. */
static const struct marked_cell *section_cell(const struct table *table, guint from, guint end)
{
    const struct marked_cell *lone = lone_cell(table, from, end);
    return lone && table->width > 1 && lone->columns >= table->width ? lone : NULL;
}

/* The row's name where it is a total's, lower case, to be freed; NULL: it is none. */
static char *total_name(const struct table *table, guint from)
{
    const struct marked_cell *cell = cell_at(table, from);
    struct slice text = document_slice(table->doc, cell->span);
    return cell->column == 0 && row_name_total(text) ? g_utf8_strdown(text.ptr, (gssize)text.len) : NULL;
}

static void count_sections(struct table *table)
{
    for (guint from = 0, end; from < table->cells->len; from = end) {
        end = row_end(table, from);
        if (cell_at(table, from)->row < table->heads)
            continue;
        table->sections += section_cell(table, from, end) != NULL;
        char *name = table->sections > 0 ? total_name(table, from) : NULL;
        if (!name)
            continue;
        struct total *total = g_hash_table_lookup(table->totals, name);
        if (total)
            g_free(name);
        else
            g_hash_table_insert(table->totals, name, total = g_new0(struct total, 1));
        total->rows++;
    }
}

/* A total ends the last section, unless each section has one of that name. */
static void end_section(struct table *table, guint from)
{
    g_autofree char *name = table->open > 0 ? total_name(table, from) : NULL;
    struct total *total = name ? g_hash_table_lookup(table->totals, name) : NULL;
    if (!total)
        return;
    if (table->sections < 2 || total->rows < table->sections || total->open == table->open)
        table->section = (struct span){0};
    total->open = table->open;
}

static void read_values(struct table *table, guint from, guint end)
{
    const struct marked_cell *section = section_cell(table, from, end);
    if (section) {
        table->section = section->span;
        table->open++;
        return;
    }
    end_section(table, from);
    struct stub stub = read_stub(table, from, end);
    for (guint i = from; i < end; i++) {
        const struct marked_cell *cell = cell_at(table, i);
        if (is_empty(cell->span) || cell->column < stub.columns || cell->column >= MARKED_COLUMNS)
            continue;
        struct cell made = {cell->span, stub.head, table->column[cell->column], cell->passage, table->caption, table->above[cell->column], is_empty(stub.group) ? table->section : stub.group};
        if (!is_empty(made.row) || !is_empty(made.column))
            g_array_append_val(table->doc->cells, made);
    }
}

static void reach_down(struct table *table, guint from, guint end)
{
    for (guint i = from; i < end; i++)
        if (cell_at(table, i)->rows > 1 && cell_at(table, i)->column < MARKED_COLUMNS)
            table->down[cell_at(table, i)->column] = *cell_at(table, i);
}

void marked_table_finish(struct document *doc, const GArray *cells, uint32_t caption)
{
    struct table table = {.doc = doc, .cells = cells, .caption = caption};
    for (guint i = 0; i < cells->len; i++)
        table.width = MAX(table.width, cell_at(&table, i)->column + cell_at(&table, i)->columns);
    table.totals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    count_heads(&table);
    count_sections(&table);
    for (guint from = 0, end; from < cells->len; from = end) {
        end = row_end(&table, from);
        if (cell_at(&table, from)->row < table.heads) {
            read_heads(&table, from, end);
        } else {
            read_values(&table, from, end);
            reach_down(&table, from, end);
        }
    }
    g_hash_table_unref(table.totals);
}
