/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/table.h"

#include <libsmartcols.h>

enum { CUT_COLUMNS = 44 }; /* the widest cell of a column that is cut */

struct table {
    const struct column *columns;
    size_t n_columns;
    GPtrArray *cells; /* char *, row after row */
};

struct table *table_new(const struct column *columns, size_t n_columns)
{
    struct table *table = g_new0(struct table, 1);
    table->columns = columns;
    table->n_columns = n_columns;
    table->cells = g_ptr_array_new_with_free_func(g_free);
    return table;
}

void table_row(struct table *table)
{
    for (size_t i = 0; i < table->n_columns; i++)
        g_ptr_array_add(table->cells, NULL);
}

void table_set(struct table *table, size_t column, const char *text)
{
    g_assert(column < table->n_columns && table->cells->len >= table->n_columns);
    char **cell = (char **)&g_ptr_array_index(table->cells, table->cells->len - table->n_columns + column);
    g_free(*cell);
    *cell = text && *text ? terminal_safe(text) : NULL;
}

static bool has_text(const struct table *table, size_t column)
{
    for (size_t i = column; i < table->cells->len; i += table->n_columns)
        if (g_ptr_array_index(table->cells, i))
            return true;
    return false;
}

/* The widest cell of a column, or the widest word of it, in terminal columns. */
static unsigned natural_width(const struct table *table, size_t column, bool word)
{
    unsigned widest = (unsigned)strlen(table->columns[column].name);
    for (size_t i = column; i < table->cells->len; i += table->n_columns) {
        const char *cell = g_ptr_array_index(table->cells, i);
        for (const char *at = cell; at && *at; at += *at == ' ') {
            size_t len = word ? strcspn(at, " ") : strlen(at);
            widest = MAX(widest, terminal_columns(slice_make(at, len)));
            at += len;
        }
    }
    return widest;
}

/* Narrows the columns that wrap, the widest first, until the table fits; never below their longest word (or a third of the screen). */
static void fit_widths(const struct table *table, unsigned *widths, unsigned screen)
{
    unsigned total = 0, *least = g_newa(unsigned, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        widths[i] = has_text(table, i) ? natural_width(table, i, false) : 0;
        least[i] = table->columns[i].text ? MIN(natural_width(table, i, true), screen / 3) : widths[i];
        total += widths[i] ? widths[i] + 1 : 0;
    }
    while (total > screen) {
        size_t widest = table->n_columns;
        for (size_t i = 0; i < table->n_columns; i++)
            if (widths[i] > least[i] && (widest == table->n_columns || widths[i] > widths[widest]))
                widest = i;
        if (widest == table->n_columns)
            return;
        widths[widest]--;
        total--;
    }
}

/* Puts the line ends of a cell where its column's width asks for them; words longer than the column are broken. */
static void wrap_cell(GPtrArray *cells, size_t i, unsigned width)
{
    const char *cell = g_ptr_array_index(cells, i);
    if (!cell || terminal_columns(slice_of(cell)) <= width)
        return;
    GString *out = g_string_new(NULL);
    unsigned used = 0;
    for (const char *at = cell; *at;) {
        size_t len = MAX(strcspn(at, " "), 1);
        unsigned columns = terminal_columns(slice_make(at, len));
        if (used > 0 && *at != ' ') {
            bool fits = used + 1 + columns <= width;
            g_string_append_c(out, fits ? ' ' : '\n');
            used = fits ? used + 1 : 0;
        }
        for (const char *c = at; *at != ' ' && c < at + len; c = g_utf8_next_char(c)) {
            unsigned one = terminal_columns(slice_make(c, (size_t)(g_utf8_next_char(c) - c)));
            if (used + one > width) {
                g_string_append_c(out, '\n');
                used = 0;
            }
            g_string_append_len(out, c, g_utf8_next_char(c) - c);
            used += one;
        }
        at += len;
    }
    g_free(g_ptr_array_index(cells, i));
    g_ptr_array_index(cells, i) = g_string_free(out, FALSE);
}

/* Ends a cell that is too wide in "…". */
static void cut_cell(GPtrArray *cells, size_t i)
{
    char *cell = g_ptr_array_index(cells, i), *at = cell;
    unsigned used = 0, fits = CUT_COLUMNS - 1;
    if (!cell || terminal_columns(slice_of(cell)) <= CUT_COLUMNS)
        return;
    for (; used < fits; at = g_utf8_next_char(at))
        used += terminal_columns(slice_make(at, (size_t)(g_utf8_next_char(at) - at)));
    while (at > cell && at[-1] == ' ')
        at--;
    g_ptr_array_index(cells, i) = g_strdup_printf("%.*s…", (int)(at - cell), cell);
    g_free(cell);
}

static struct libscols_table *layout(const struct table *table, const struct terminal *terminal)
{
    struct libscols_table *out = scols_new_table();
    if (!out)
        g_error("no memory for a table");
    unsigned *widths = g_newa(unsigned, table->n_columns);
    if (terminal->width)
        fit_widths(table, widths, terminal->width);
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct column *column = &table->columns[i];
        int flags = (column->right ? SCOLS_FL_RIGHT : 0) | (has_text(table, i) ? 0 : SCOLS_FL_HIDDEN) | (column->text ? SCOLS_FL_WRAP : 0);
        struct libscols_column *made = scols_table_new_column(out, column->name, 0, flags);
        if (column->text) {
            scols_column_set_wrapfunc(made, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
            scols_column_set_safechars(made, "\n"); /* else its line ends are printed as "\x0a" */
        }
        for (size_t cell = i; terminal->width && column->text && cell < table->cells->len; cell += table->n_columns)
            wrap_cell(table->cells, cell, widths[i]);
        for (size_t cell = i; !terminal->width && column->text == COLUMN_CUT && cell < table->cells->len; cell += table->n_columns)
            cut_cell(table->cells, cell);
    }
    scols_table_enable_colors(out, terminal->colour);
    scols_table_set_termforce(out, terminal->width ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
    if (terminal->width)
        scols_table_set_termwidth(out, terminal->width);
    return out;
}

void table_close(struct table *table, struct terminal terminal, FILE *out)
{
    struct libscols_table *made = layout(table, &terminal);
    scols_table_set_stream(made, out);
    for (size_t at = 0; at < table->cells->len; at += table->n_columns) {
        struct libscols_line *line = scols_table_new_line(made, NULL);
        for (size_t i = 0; i < table->n_columns; i++)
            if (g_ptr_array_index(table->cells, at + i))
                scols_line_set_data(line, i, g_ptr_array_index(table->cells, at + i));
    }
    scols_print_table(made);
    scols_unref_table(made);
    g_ptr_array_unref(table->cells);
    g_free(table);
}
