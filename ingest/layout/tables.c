/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  Tables have no mark of their own: rows of lines that stand in the same columns.
 *
 *      printed rows      Country        Number of       Displaced     a table begins and ends with a row of several lines;
 *                                       homicides       people        lines above and below that stand in one of its columns belong to it
 *                        El Salvador    6,656           288,900
 *                        Honduras and   5,936           29,400        "its islands" goes on with the cell above: it stands closer to it
 *                        its islands                                  than rows do, or nothing else stands beside it */

struct row {
    uint32_t from, to; /* lines of the leaf */
    float x0, x1, y0, y1, base, size;
    bool spread; /* running text with wide gaps */
};

static const struct text_line *leaf_line(const struct sheet *sheet, const struct leaf *leaf, uint32_t i)
{
    return sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + i));
}

/* Are all gaps between the words of a row alike? */
static bool even_gaps(const struct sheet *sheet, const struct leaf *leaf, const struct row *row)
{
    float least = 1e9f, most = 0, right = 0;
    for (uint32_t i = row->from; i < row->to; i++) {
        const struct text_line *line = leaf_line(sheet, leaf, i);
        for (uint32_t g = line->first; g < line->first + line->count; g++) {
            const struct glyph *glyph = sheet_glyph(sheet, g);
            bool gap = g == line->first ? i > row->from : (glyph->flags & GLYPH_SPACE) && glyph->box.x0 != leaf_line(sheet, leaf, row->from)->text_x;
            if (gap) {
                least = MIN(least, glyph->box.x0 - right);
                most = MAX(most, glyph->box.x0 - right);
            }
            right = glyph->box.x1;
        }
    }
    return most < 1.35f * least + 1.0f;
}

/* Is row r of several lines one line of running text, with the row above or below as text like it? */
static bool is_spread(const struct sheet *sheet, const struct leaf *leaf, const GArray *rows, guint r)
{
    const struct row *row = &g_array_index(rows, struct row, r);
    if (leaf->side != 0)
        return true; /* inside a cell of running text there are no cells */
    if (row->x1 < leaf->box.x1 - row->size || !even_gaps(sheet, leaf, row))
        return false;
    bool spread = false;
    for (guint k = r > 0 ? r - 1 : 1; k <= r + 1 && k < rows->len && !spread; k += 2) {
        const struct row *near = &g_array_index(rows, struct row, k);
        bool text = near->spread || (near->to - near->from == 1 && leaf_line(sheet, leaf, near->from)->count > 20);
        bool level = MAX(near->x0, row->x0) < leaf->box.x0 + 3 * row->size || ABS(near->x0 - row->x0) < 3 * row->size;
        spread = text && level && ABS(near->base - row->base) < 1.8f * row->size && ABS(near->size - row->size) < 0.1f * row->size;
    }
    return spread;
}

/* Rows that fill their column like the lines of text around them, with even gaps, are no cells. Looked for downwards, then upwards. */
static void find_spread(const struct sheet *sheet, const struct leaf *leaf, GArray *rows)
{
    for (guint k = 0; k < 2 * rows->len; k++) {
        guint r = k < rows->len ? k : 2 * rows->len - 1 - k;
        struct row *row = &g_array_index(rows, struct row, r);
        if (row->spread || row->to - row->from < 2 || !is_spread(sheet, leaf, rows, r))
            continue;
        row->spread = true;
        for (uint32_t i = row->from; i < row->to; i++)
            sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + i))->flags |= LINE_SPREAD;
    }
}

static GArray *printed_rows(const struct sheet *sheet, const struct leaf *leaf)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    for (uint32_t i = 0; i < leaf->count; i++) {
        const struct text_line *line = leaf_line(sheet, leaf, i);
        struct row *last = rows->len > 0 ? &g_array_index(rows, struct row, rows->len - 1) : NULL;
        if (last && leaf_line(sheet, leaf, last->from)->row == line->row) {
            last->to = i + 1;
            last->x0 = MIN(last->x0, line->box.x0);
            last->x1 = MAX(last->x1, line->box.x1);
            last->y0 = MIN(last->y0, line->box.y0);
            last->y1 = MAX(last->y1, line->box.y1);
            continue;
        }
        struct row row = {i, i + 1, line->box.x0, line->box.x1, line->box.y0, line->box.y1, line->base, line->size, false};
        g_array_append_val(rows, row);
    }
    find_spread(sheet, leaf, rows);
    return rows;
}

static bool is_multiple(const struct row *row)
{
    return row->to - row->from > 1 && !row->spread;
}

/* Could row b stand in the same table right below row a? */
static bool is_near(const struct row *a, const struct row *b)
{
    return b->y0 - a->y1 < 2.2f * MAX(a->size, b->size);
}

static int by_x(const void *a, const void *b)
{
    const struct rect *left = a, *right = b;
    return left->x0 < right->x0 ? -1 : left->x0 > right->x0;
}

/* A name of two lines with its values set beside the middle: the name's lines stand alone in their printed rows, and in a column of their own. */
static void add_lone_columns(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n, GArray *columns)
{
    float wide = columns->len > 0 ? g_array_index(columns, struct rect, columns->len - 1).x1 - g_array_index(columns, struct rect, 0).x0 : 0;
    for (guint r = 0; r < n; r++) {
        const struct text_line *line = leaf_line(sheet, leaf, rows[r].from);
        if (is_multiple(&rows[r]) || line->box.x1 - line->box.x0 > 0.5f * wide || layout_is_numeric(sheet, line))
            continue;
        float shared = -1e9f;
        for (guint c = 0; c < columns->len; c++)
            shared = MAX(shared, overlap(line->box.x0, line->box.x1, g_array_index(columns, struct rect, c).x0, g_array_index(columns, struct rect, c).x1));
        if (shared <= -2) {
            g_array_append_val(columns, line->box);
            g_array_sort(columns, by_x);
        } else {
            for (guint c = 0; c < columns->len; c++) {
                struct rect *column = &g_array_index(columns, struct rect, c);
                bool right = c + 1 == columns->len || line->box.x1 < g_array_index(columns, struct rect, c + 1).x0;
                bool left = c == 0 || line->box.x0 > g_array_index(columns, struct rect, c - 1).x1;
                if (!left || !right || overlap(line->box.x0, line->box.x1, column->x0, column->x1) <= 0)
                    continue;
                column->x0 = MIN(column->x0, line->box.x0);
                column->x1 = MAX(column->x1, line->box.x1);
            }
        }
    }
}

/* Are most cells of a row behind its name values? Years are heads. */
static bool is_value_row(const struct sheet *sheet, const struct leaf *leaf, const struct row *row)
{
    uint32_t values = 0;
    for (uint32_t i = row->from + 1; i < row->to; i++)
        values += layout_is_numeric(sheet, leaf_line(sheet, leaf, i)) && !layout_is_date(sheet, leaf_line(sheet, leaf, i));
    return is_multiple(row) && values * 2 > row->to - row->from - 1;
}

/* How many lines of a row stand above or below a line. */
static uint32_t shared_lines(const struct sheet *sheet, const struct leaf *leaf, const struct row *row, const struct text_line *line)
{
    uint32_t shared = 0;
    for (uint32_t i = row->from; i < row->to && leaf_line(sheet, leaf, i)->box.x0 < line->box.x1; i++)
        shared += overlap(line->box.x0, line->box.x1, leaf_line(sheet, leaf, i)->box.x0, leaf_line(sheet, leaf, i)->box.x1) > 1;
    return shared;
}

/* Does a line of several words take the place of two cells in most of the rows around row r? It is a name and a value, or two values, set so close
 * that they were read as one. */
static bool bridges(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n, guint r, const struct text_line *line)
{
    enum { NEAR = 8 };
    bool words = false;
    for (uint32_t i = line->first + 1; i < line->first + line->count && !words; i++)
        words = sheet_glyph(sheet, i)->flags & GLYPH_SPACE;
    guint looked = 0, two = 0;
    for (guint k = r > NEAR ? r - NEAR : 0; words && k < MIN(n, r + NEAR); k++) {
        if (k == r || !is_value_row(sheet, leaf, &rows[k]))
            continue;
        looked++;
        two += shared_lines(sheet, leaf, &rows[k], line) > 1;
    }
    return looked > 2 && two * 2 > looked;
}

/* Merges what overlaps of the lines of full rows; values: of rows of values alone. most: lines of the fullest row. */
static GArray *merge_lines(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n, uint32_t most, bool values)
{
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct rect));
    for (guint r = 0; r < n; r++) {
        if ((rows[r].to - rows[r].from) * 4 < most * 3 || !is_multiple(&rows[r]) || (values && !is_value_row(sheet, leaf, &rows[r])))
            continue;
        for (uint32_t i = rows[r].from; i < rows[r].to; i++)
            if (!values || !bridges(sheet, leaf, rows, n, r, leaf_line(sheet, leaf, i)))
                g_array_append_val(spans, leaf_line(sheet, leaf, i)->box);
    }
    g_array_sort(spans, by_x);
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(struct rect));
    for (guint i = 0; i < spans->len; i++) {
        const struct rect *span = &g_array_index(spans, struct rect, i);
        struct rect *last = columns->len > 0 ? &g_array_index(columns, struct rect, columns->len - 1) : NULL;
        if (last && span->x0 < last->x1) {
            last->x1 = MAX(last->x1, span->x1);
            continue;
        }
        g_array_append_val(columns, *span);
    }
    return columns;
}

/* Widens columns of values by the other full rows: by each line that stands over one of them alone. Two heads that were read as one line stand over two. */
static void widen_columns(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n, uint32_t most, GArray *columns)
{
    for (guint r = 0; r < n; r++) {
        if ((rows[r].to - rows[r].from) * 4 < most * 3 || !is_multiple(&rows[r]) || is_value_row(sheet, leaf, &rows[r]))
            continue;
        for (uint32_t i = rows[r].from; i < rows[r].to; i++) {
            const struct text_line *line = leaf_line(sheet, leaf, i);
            struct rect *only = NULL;
            guint over = 0;
            for (guint c = 0; c < columns->len; c++) {
                struct rect *column = &g_array_index(columns, struct rect, c);
                if (overlap(line->box.x0, line->box.x1, column->x0, column->x1) <= 0)
                    continue;
                only = column;
                over++;
            }
            if (over == 1) {
                only->x0 = MIN(only->x0, line->box.x0);
                only->x1 = MAX(only->x1, line->box.x1);
            }
        }
    }
}

/* The columns that the given rows' lines stand in: those of the values where they say as many as the fullest row has. */
static GArray *find_columns(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n)
{
    uint32_t most = 0, values = 0;
    for (guint r = 0; r < n; r++) {
        most = MAX(most, rows[r].to - rows[r].from);
        values += is_value_row(sheet, leaf, &rows[r]);
    }
    GArray *columns = merge_lines(sheet, leaf, rows, n, most, true);
    if (values < 2 || columns->len < 2 || columns->len < most) {
        g_array_unref(columns);
        columns = merge_lines(sheet, leaf, rows, n, most, false);
    } else {
        widen_columns(sheet, leaf, rows, n, most, columns);
    }
    add_lone_columns(sheet, leaf, rows, n, columns);
    return columns;
}

void layout_place_line(const GArray *columns, struct text_line *line)
{
    line->column = 0;
    line->columns = 0;
    for (guint c = 0; c < columns->len; c++) {
        const struct rect *column = &g_array_index(columns, struct rect, c);
        float shared = overlap(line->box.x0, line->box.x1, column->x0, column->x1);
        if (shared <= 0)
            continue;
        if (line->columns == 0)
            line->column = (uint16_t)c;
        line->columns = (uint16_t)(c - line->column + 1u);
    }
    if (line->columns > 0)
        return;
    while (line->column + 1u < columns->len && line->box.x0 > g_array_index(columns, struct rect, line->column).x1)
        line->column++;
    line->columns = 1;
}

/* Does a line stand in the middle over several columns behind the first, as a head of them does? */
static bool stands_over(const GArray *columns, const struct text_line *line)
{
    float middle = (line->box.x0 + line->box.x1) / 2;
    for (guint first = 1; first + 1 < columns->len; first++)
        for (guint last = first + 1; last < columns->len; last++) {
            float left = g_array_index(columns, struct rect, first).x0, right = g_array_index(columns, struct rect, last).x1;
            if (ABS(middle - (left + right) / 2) < 0.6f * line->size && line->box.x0 > MAX(left - 3 * line->size, g_array_index(columns, struct rect, 0).x1) && line->box.x1 < right + 3 * line->size)
                return true;
        }
    return false;
}

/* Does a single line stand right over the middle of a cell of the row below, behind its first, with room on both sides? It is the upper line of that head. */
static bool goes_up(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, const struct row *row)
{
    struct text_line *line = sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + row->from));
    const struct row *below = row + 1;
    for (uint32_t i = below->from; i < below->to; i++) {
        const struct text_line *cell = leaf_line(sheet, leaf, i);
        bool middle = ABS((line->box.x0 + line->box.x1) / 2 - (cell->box.x0 + cell->box.x1) / 2) < 0.3f * line->size;
        if (!middle || (is_multiple(below) && i == below->from) || ABS(line->size - cell->size) > 0.08f * line->size || cell->base - line->base > 1.4f * line->size)
            continue;
        if (i > below->from && line->box.x0 <= leaf_line(sheet, leaf, i - 1)->box.x1 + line->size)
            return false;
        if (i + 1 < below->to && line->box.x1 >= leaf_line(sheet, leaf, i + 1)->box.x0 - line->size)
            return false;
        layout_place_line(table->columns, line);
        return true;
    }
    return false;
}

/* Does a single line stand right over a head that begins where it does, behind the names, with room up to the next column? Heads of fewer lines stand beside
 * the middle of it, and so in a row of their own in between. end: behind the table's rows. */
static bool goes_up_left(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, const struct row *row, const struct row *end)
{
    struct text_line *line = sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + row->from));
    for (const struct row *below = row + 1; below < end && below <= row + 2; below++)
        for (uint32_t i = below->from; i < below->to; i++) {
            struct text_line cell = *leaf_line(sheet, leaf, i);
            float step = cell.base - line->base;
            layout_place_line(table->columns, &cell);
            bool left = ABS(line->box.x0 - cell.box.x0) < 0.1f * line->size && ABS(line->size - cell.size) < 0.08f * line->size;
            if (!left || cell.columns != 1 || cell.column == 0 || step < 0.8f * line->size || step > 1.45f * line->size || layout_is_numeric(sheet, &cell))
                continue;
            bool last = cell.column + 1u >= table->columns->len;
            if (last || line->box.x1 > g_array_index(table->columns, struct rect, cell.column + 1).x0 - 0.5f * line->size)
                return false;
            line->column = cell.column;
            line->columns = 1;
            return true;
        }
    return false;
}

/* Does a single line belong to the table as a further line of a cell, or above it as a head? */
static bool fits(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, const struct row *row, bool above)
{
    struct text_line *line = sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + row->from));
    layout_place_line(table->columns, line);
    const struct rect *column = &g_array_index(table->columns, struct rect, line->column);
    float slack = 1.5f * line->size;
    bool within = line->box.x0 >= column->x0 - slack && line->box.x1 <= column->x1 + slack;
    float left = g_array_index(table->columns, struct rect, 0).x0, right = g_array_index(table->columns, struct rect, table->columns->len - 1).x1;
    bool narrow = line->box.x1 - line->box.x0 < 0.5f * (right - left);
    if (above && stands_over(table->columns, line) && ABS(line->size - row[1].size) < 0.08f * line->size)
        return true;
    if (line->columns != 1 || !within || !narrow)
        return false;
    return line->column > 0 || (!above && !(line->flags & LINE_ITEM));
}

static float least_step(const struct row *rows, guint n)
{
    float step = 0;
    for (guint r = 1; r < n; r++) {
        float distance = rows[r].base - rows[r - 1].base;
        if (distance > 0.6f * rows[r].size && (step == 0 || distance < step))
            step = distance;
    }
    return step;
}

static int by_value(const void *a, const void *b)
{
    const float *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* The usual distance of baselines of rows of several lines. */
static float usual_pitch(const struct row *rows, guint n)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint r = 1; r < n; r++) {
        float step = rows[r].base - rows[r - 1].base;
        if (is_multiple(&rows[r]) && is_multiple(&rows[r - 1]))
            g_array_append_val(steps, step);
    }
    g_array_sort(steps, by_value);
    return steps->len == 0 ? 0 : g_array_index(steps, float, steps->len / 2);
}

/* Is a single line one more line of running text in a cell that another row has, narrower than the table (wide: of it so far)? */
static bool goes_down(const struct sheet *sheet, const struct leaf *leaf, const struct row *row, const struct row *single, float wide)
{
    enum { LEAST = 10 };
    const struct text_line *line = leaf_line(sheet, leaf, single->from);
    uint32_t letters = 0;
    for (uint32_t k = line->first; k < line->first + line->count; k++)
        letters += g_unichar_isalpha(sheet_glyph(sheet, k)->character) != 0;
    bool words = letters * 10 >= line->count * 7 && (letters >= LEAST || g_unichar_islower(layout_first(sheet, line)));
    for (uint32_t i = row->from; words && i < row->to; i++) {
        const struct text_line *cell = leaf_line(sheet, leaf, i);
        bool alone = i + 1 == row->to || line->box.x1 < leaf_line(sheet, leaf, i + 1)->box.x0;
        if (ABS(line->box.x0 - cell->box.x0) < 0.5f * line->size && alone && line->box.x1 - line->box.x0 < 0.6f * wide && !layout_is_numeric(sheet, cell))
            return true;
    }
    return false;
}

/* Is a row of one line a caption, which stands inside no table? */
static bool is_caption(const struct sheet *sheet, const struct leaf *leaf, const struct row *row)
{
    const struct text_line *line = leaf_line(sheet, leaf, row->from);
    gunichar first = layout_first(sheet, line);
    if (is_multiple(row) || first >= 0x80 || !strchr("FTCMGBPS", (int)first))
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(sheet, line, text);
    return layout_begins_caption(text->str);
}

/* How many lines of a row of words stand below values of a row above it; 0 where one stands below its name, or says a value. */
static uint32_t words_below(const struct sheet *sheet, const struct leaf *leaf, const struct row *values, const struct row *row)
{
    const struct text_line *name = leaf_line(sheet, leaf, values->from);
    uint32_t below = 0;
    bool bold = leaf_line(sheet, leaf, row->from)->flags & LINE_BOLD && !(name->flags & LINE_BOLD);
    for (uint32_t i = row->from; i < row->to; i++) {
        const struct text_line *line = leaf_line(sheet, leaf, i);
        bool corner = bold && i == row->from && overlap(line->box.x0, line->box.x1, name->box.x0, name->box.x1) > 0;
        if (corner)
            continue;
        if ((layout_is_numeric(sheet, line) && !layout_is_date(sheet, line)) || layout_is_no_value(sheet, line) || line->box.x0 < name->box.x1 || (bold && !(line->flags & LINE_BOLD)))
            return 0;
        for (uint32_t k = values->from + 1; k < values->to; k++) {
            const struct text_line *value = leaf_line(sheet, leaf, k);
            bool over = overlap(line->box.x0, line->box.x1, value->box.x0, value->box.x1) > 0 && layout_is_numeric(sheet, value);
            below += over && !layout_is_date(sheet, value);
            if (over)
                break;
        }
    }
    return below;
}

/* Heads of several columns below rows of values begin another table, however close to the one above: set in bold print, or behind white. Where they
 * begin; n: nowhere. */
static guint find_heads_below(const struct sheet *sheet, const struct leaf *leaf, const struct row *rows, guint n)
{
    enum { MOST = 8 }; /* rows of heads */
    float pitch = 0;   /* least distance of rows of values */
    const struct row *values = NULL;
    for (guint r = 0; r < n; r++) {
        if (is_value_row(sheet, leaf, &rows[r])) {
            float step = values ? rows[r].base - values->base : 0;
            pitch = step > 0.6f * rows[r].size && (pitch == 0 || step < pitch) ? step : pitch;
            values = &rows[r];
            continue;
        }
        if (!values || !is_multiple(&rows[r]) || words_below(sheet, leaf, values, &rows[r]) < 2)
            continue;
        bool bold = leaf_line(sheet, leaf, rows[r].from)->flags & LINE_BOLD && !(leaf_line(sheet, leaf, values->from)->flags & LINE_BOLD);
        if (!bold && (pitch == 0 || rows[r].base - rows[r - 1].base < 1.3f * pitch))
            continue;
        for (guint k = r + 1; k < n && k <= r + MOST; k++)
            if (is_value_row(sheet, leaf, &rows[k]))
                return r;
    }
    return n;
}

/* Extends rows [*from, *to) of several lines by what stands in their columns. */
static void extend(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, const GArray *rows, guint least, guint *from, guint *to)
{
    const struct row *all = (const struct row *)(const void *)rows->data;
    while (*from > least && !is_multiple(&all[*from - 1]) &&
           ((all[*from].base - all[*from - 1].base < MAX(1.4f * all[*from].size, 1.15f * table->step) && fits(sheet, leaf, table, &all[*from - 1], true)) ||
            goes_up(sheet, leaf, table, &all[*from - 1]) || goes_up_left(sheet, leaf, table, &all[*from - 1], all + *to)))
        (*from)--;
    guint last = *to - 1; /* of several lines */
    float wide = g_array_index(table->columns, struct rect, table->columns->len - 1).x1 - g_array_index(table->columns, struct rect, 0).x0;
    while (*to < rows->len && !is_multiple(&all[*to]) && fits(sheet, leaf, table, &all[*to], false) && !is_caption(sheet, leaf, &all[*to])) {
        float step = all[*to].base - all[*to - 1].base;
        if (step >= 1.4f * all[*to].size && (step >= 1.15f * table->step || !goes_down(sheet, leaf, &all[last], &all[*to], wide)))
            break;
        (*to)++;
    }
}

GArray *layout_tables(const struct sheet *sheet, const struct leaf *leaf)
{
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(struct table));
    if (!leaf->grid)
        return tables;
    g_autoptr(GArray) rows = printed_rows(sheet, leaf);
    const struct row *all = (const struct row *)(const void *)rows->data;
    guint done = 0;
    for (guint r = 0; r < rows->len; r++) {
        if (!is_multiple(&all[r]))
            continue;
        guint from = r, to = r + 1, multiple = 0, single = 0;
        float wide = all[r].x1 - all[r].x0;
        for (guint next = to; next < rows->len && is_near(&all[next - 1], &all[next]) && single < 4 && !is_caption(sheet, leaf, &all[next]); next++) {
            if (!is_multiple(&all[next])) {
                single += !goes_down(sheet, leaf, &all[to - 1], &all[next], wide);
                continue;
            }
            single = 0;
            to = next + 1;
            wide = MAX(wide, all[next].x1 - all[next].x0);
        }
        to = from + find_heads_below(sheet, leaf, all + from, to - from);
        multiple = 0;
        for (guint k = from; k < to; k++)
            multiple += is_multiple(&all[k]);
        struct table table = {.columns = find_columns(sheet, leaf, all + from, to - from), .step = least_step(all + from, to - from)};
        if (multiple < 2 || table.columns->len < 2) {
            g_array_unref(table.columns);
            r = to - 1;
            continue;
        }
        extend(sheet, leaf, &table, rows, done, &from, &to);
        table.step = least_step(all + from, to - from);
        table.pitch = usual_pitch(all + from, to - from);
        table.from = all[from].from;
        table.to = all[to - 1].to;
        g_array_append_val(tables, table);
        done = to;
        r = to - 1;
    }
    return tables;
}
