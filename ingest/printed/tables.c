/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/lines.h"

enum {
    GAP_SPACES = 3,
    CELL_COLUMNS = 28,  /* a column of cells printed by itself is no wider */
    CELL_WORDS = 3,
    COLUMN_LEAST = 5,   /* lines of such a column */
    ROWS_LEAST = 2,
    ROW_CELL = 34,      /* mean columns of a cell in a row; wider ones are columns of prose */
};

bool text_line_gap(struct slice line, uint32_t *from, uint32_t *to)
{
    for (uint32_t at = *from; at < line.len; at++) {
        if (line.ptr[at] != ' ' && line.ptr[at] != '\t')
            continue;
        uint32_t end = at;
        bool tab = false;
        while (end < line.len && (line.ptr[end] == ' ' || line.ptr[end] == '\t'))
            tab |= line.ptr[end++] == '\t';
        if (tab || end - at >= GAP_SPACES) {
            *from = at;
            *to = end;
            return true;
        }
        at = end;
    }
    return false;
}

static unsigned cells_of(struct slice line)
{
    unsigned cells = 1;
    for (uint32_t from = 0, to; text_line_gap(line, &from, &to); from = to)
        cells++;
    return cells;
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (g_ascii_isdigit(text.ptr[i]))
            return true;
    return false;
}

/* A row as a table prints it: two cells or more, short ones. A bullet or an item number and a gap before its text are none. */
static bool is_row(const struct text_lines *lines, guint i)
{
    const struct text_line *line = text_line_at(lines, i);
    struct slice text = text_line_slice(lines, i);
    text = slice_sub(text, text_item_length(text), text.len);
    unsigned cells = cells_of(text);
    uint32_t from = 0, to;
    if (line->kind != LINE_TEXT || cells < 2 || line->width / cells > ROW_CELL)
        return false;
    text_line_gap(text, &from, &to);
    return cells > 2 || has_digit(slice_sub(text, to, text.len));
}

/* A short line that can be a cell; `number`: mostly digits. */
static bool is_cell(const struct text_lines *lines, guint i, bool *number)
{
    const struct text_line *line = text_line_at(lines, i);
    struct slice text = text_line_slice(lines, i);
    unsigned words = 1, digits = 0, letters = 0;
    for (size_t k = 0; k < text.len; k++) {
        words += text.ptr[k] == ' ';
        digits += (unsigned)g_ascii_isdigit(text.ptr[k]);
        letters += (unsigned)g_ascii_isalpha(text.ptr[k]) || (unsigned char)text.ptr[k] >= 0x80;
    }
    *number = digits > 0 && digits >= letters;
    bool item = text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == ')'; /* "9." begins a paragraph, "end." ends one */
    bool parenthesis = text.ptr[0] == '(' && *number;
    return line->kind == LINE_TEXT && line->width <= CELL_COLUMNS && words <= CELL_WORDS && (!item || parenthesis) && !strchr(",;:-", text.ptr[text.len - 1]);
}

static void set_apart(struct text_lines *lines, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        text_line_at(lines, i)->kind = LINE_TABLE;
}

static void find_rows(struct text_lines *lines)
{
    for (guint i = 0, end; i < lines->lines->len; i = MAX(end, i + 1)) {
        for (end = i; end < lines->lines->len && is_row(lines, end); end++)
            continue;
        if (end - i >= ROWS_LEAST)
            set_apart(lines, i, end);
    }
}

static void find_columns(struct text_lines *lines)
{
    for (guint i = 0, end; i < lines->lines->len; i = MAX(end, i + 1)) {
        guint numbers = 0;
        bool number;
        for (end = i; end < lines->lines->len && is_cell(lines, end, &number); end++)
            numbers += number;
        if (end - i >= COLUMN_LEAST && numbers * 5 >= (end - i) * 2)
            set_apart(lines, i, end);
    }
}

void text_tables_find(struct text_lines *lines)
{
    find_rows(lines);
    find_columns(lines);
}
