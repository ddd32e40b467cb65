/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A table whose cells hold running text:
 *
 *      Report      What it asks for           State          a row begins behind white over all columns
 *
 *      Homes       The town should count      Begun          "Homes in the valley, Begun": a row
 *      in the      its homes once more                       "The town should count its homes once more before the winter.": a passage of its own
 *      valley      before the winter.
 *
 *      Schools     The town should mend the   In progress */

/* How far down the table has been read. */
struct progress {
    const struct sheet *sheet;
    float step;         /* usual distance of baselines inside a cell */
    float bottom, base; /* of everything above */
    bool across;        /* the line above stands over several columns */
};

static struct text_line *line_at(const struct sheet *sheet, const struct leaf *leaf, uint32_t i)
{
    return sheet_line(sheet, g_array_index(sheet->ordered, uint32_t, leaf->first + i));
}

static int by_value(const void *a, const void *b)
{
    const float *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* The distance of baselines that lines of one column keep: a low one of all, since rows stand farther apart. */
static float usual_step(const struct sheet *sheet, const struct leaf *leaf, const struct table *table)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(float));
    g_autofree const struct text_line **last = g_new0(const struct text_line *, table->columns->len);
    for (uint32_t i = table->from; i < table->to; i++) {
        const struct text_line *line = line_at(sheet, leaf, i), *above = last[line->column];
        float step = above ? line->base - above->base : 0;
        last[line->column] = line;
        if (step > 0.8f * line->size)
            g_array_append_val(steps, step);
    }
    if (steps->len == 0)
        return table->step;
    g_array_sort(steps, by_value);
    return g_array_index(steps, float, steps->len / 4);
}

/* Is there white between a line and everything above it? */
static bool is_white(const struct progress *p, const struct text_line *line)
{
    return line->base - p->base > 1.2f * MAX(p->step, line->size);
}

/* Do the lines [from, to) of one printed row begin a row of the table? */
static bool begins_row(const struct progress *p, const struct leaf *leaf, uint32_t from, uint32_t to)
{
    const struct text_line *first = line_at(p->sheet, leaf, from);
    bool across = false, named = false, several = false;
    float top = first->box.y0;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = line_at(p->sheet, leaf, i);
        across |= line->columns > 1;
        named |= line->column == 0;
        several |= line->column != first->column;
        top = MIN(top, line->box.y0);
    }
    if (across || p->across)
        return true;
    return is_white(p, first) && top > p->bottom && (named || several);
}

/* Lines of one cell, [from, to) of the leaf. */
struct entry {
    uint32_t line; /* of the sheet */
    uint32_t row, printed;
    uint16_t column;
    bool breaks; /* the line above it in its cell ended early */
    bool alone;  /* behind white over all columns, and yet no row seems to begin */
    float x;
};

static int by_cell(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    if (left->printed != right->printed)
        return left->printed < right->printed ? -1 : 1;
    return left->x < right->x ? -1 : left->x > right->x;
}

/* Every line with its row and column. */
static GArray *find_entries(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, float step)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    struct progress p = {sheet, step, -1e9f, -1e9f, false};
    uint32_t row = 0;
    for (uint32_t from = table->from, to; from < table->to; from = to) {
        for (to = from + 1; to < table->to && line_at(sheet, leaf, to)->row == line_at(sheet, leaf, from)->row;)
            to++;
        bool begins = from > table->from && begins_row(&p, leaf, from, to);
        bool alone = from > table->from && !begins && is_white(&p, line_at(sheet, leaf, from));
        row += begins;
        p.across = false;
        for (uint32_t i = from; i < to; i++) {
            struct text_line *line = line_at(sheet, leaf, i);
            struct entry entry = {g_array_index(sheet->ordered, uint32_t, leaf->first + i), row, line->row, line->column, false, alone, line->box.x0};
            g_array_append_val(entries, entry);
            p.base = MAX(p.base, line->base);
            p.bottom = MAX(p.bottom, line->box.y1);
            p.across |= line->columns > 1;
        }
    }
    return entries;
}

/* What a cell holds. column: where its lines may stand. Returns how many of its lines may belong to another row: the one above ended early. */
static uint32_t judge(const struct sheet *sheet, GArray *entries, struct table_cell *cell, uint32_t from, const struct rect *column, float step)
{
    enum { WRAPS = 2, WORDS = 12, VALUE = 20 }; /* lines that the next one goes on with; characters; characters */
    uint32_t characters = 0, letters = 0, digits = 0, wraps = 0, breaks = 0, gaps = 0;
    const struct text_line *last = NULL;
    for (uint32_t i = cell->from; i < cell->to; i++) {
        const struct text_line *line = sheet_line(sheet, g_array_index(entries, struct entry, i - from).line);
        bool next = last && last->row != line->row, ends = next && layout_sentence_ends(sheet, last), lower = g_unichar_islower(layout_first(sheet, line)) != 0;
        bool full = next && last->box.x1 > column->x0 + 0.7f * (column->x1 - column->x0), wordy = next && MIN(last->count, line->count) >= WORDS;
        bool white = next && line->base - last->base > 1.2f * MAX(step, line->size);
        wraps += full && lower && !ends && !white;
        gaps += white;
        g_array_index(entries, struct entry, i - from).breaks = next && !white && (!full || (!ends && !lower && !wordy));
        breaks += g_array_index(entries, struct entry, i - from).breaks;
        last = line;
        characters += line->count;
        for (uint32_t k = line->first; k < line->first + line->count; k++) {
            letters += g_unichar_isalpha(sheet_glyph(sheet, k)->character) != 0;
            digits += g_unichar_isdigit(sheet_glyph(sheet, k)->character) != 0;
        }
    }
    cell->characters = characters;
    cell->text = wraps >= WRAPS && letters * 10 >= characters * 7;
    cell->value = characters <= VALUE && digits > 0 && (cell->column > 0 || digits == characters); /* a number in front: the row of a register */
    return breaks + (wraps == 0 ? gaps : 0);
}

/* breaks: see judge. close: two short cells have been taken for one. */
static GArray *find_cells(const struct sheet *sheet, const struct table *table, GArray *entries, float step, uint32_t *breaks, bool *close)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(struct table_cell));
    for (uint32_t i = 0, end; i < entries->len; i = end) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        for (end = i + 1; end < entries->len && g_array_index(entries, struct entry, end).row == entry->row && g_array_index(entries, struct entry, end).column == entry->column;)
            end++;
        struct table_cell cell = {.from = table->from + i, .to = table->from + end, .row = entry->row, .column = entry->column};
        uint32_t early = judge(sheet, entries, &cell, table->from, &g_array_index(table->columns, struct rect, MIN(entry->column, table->columns->len - 1)), step);
        *breaks += early;
        bool alone = false;
        for (uint32_t k = i; k < end; k++)
            alone |= g_array_index(entries, struct entry, k).alone;
        *close |= (early > 0 || alone) && !cell.text;
        g_array_append_val(cells, cell);
    }
    return cells;
}

/* Rows with values stay rows: a value is nothing without its name. Is half of the table, or more, running text in other rows? */
static bool is_text_table(GArray *cells)
{
    uint32_t text = 0, all = 0;
    for (guint i = 0, end; i < cells->len; i = end) {
        bool value = false;
        for (end = i; end < cells->len && g_array_index(cells, struct table_cell, end).row == g_array_index(cells, struct table_cell, i).row; end++)
            value |= g_array_index(cells, struct table_cell, end).value;
        for (guint k = i; k < end; k++) {
            struct table_cell *cell = &g_array_index(cells, struct table_cell, k);
            cell->text &= !value;
            text += cell->text ? cell->characters : 0;
            all += cell->characters;
        }
    }
    return text * 2 >= all;
}

/* Does something new begin in two cells on one baseline? Rows stand as close as lines then, and no one knows where they begin. */
static bool holds_close_rows(const GArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        for (guint k = i + 1; entry->breaks && k < entries->len && g_array_index(entries, struct entry, k).row == entry->row; k++) {
            const struct entry *other = &g_array_index(entries, struct entry, k);
            if (other->breaks && other->printed == entry->printed && other->column != entry->column)
                return true;
        }
    }
    return false;
}

/* Is the first of two columns one of labels: a list, or notes below a table? */
static bool is_list(const struct table *table, const GArray *cells)
{
    enum { LABEL = 4 };
    uint32_t characters = 0, lines = 0;
    for (guint i = 0; i < cells->len; i++) {
        const struct table_cell *cell = &g_array_index(cells, struct table_cell, i);
        characters += cell->column == 0 ? cell->characters : 0;
        lines += cell->column == 0 ? cell->to - cell->from : 0;
    }
    return table->columns->len == 2 && characters <= LABEL * lines;
}

GArray *layout_text_cells(const struct sheet *sheet, const struct leaf *leaf, const struct table *table)
{
    float step = usual_step(sheet, leaf, table);
    g_autoptr(GArray) entries = find_entries(sheet, leaf, table, step);
    g_array_sort(entries, by_cell);
    uint32_t breaks = 0;
    bool close = false;
    GArray *cells = find_cells(sheet, table, entries, step, &breaks, &close);
    if (close || breaks * 10 > entries->len || holds_close_rows(entries) || is_list(table, cells) || !is_text_table(cells)) {
        g_array_unref(cells);
        return NULL;
    }
    for (guint i = 0; i < entries->len; i++)
        g_array_index(sheet->ordered, uint32_t, leaf->first + table->from + i) = g_array_index(entries, struct entry, i).line;
    return cells;
}
