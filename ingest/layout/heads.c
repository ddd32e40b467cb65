/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/heads.h"
#include "ingest/layout/text.h"

/*  The heads of a table's columns: everything above its first row of values.
 *
 *                 New cases                Homes        "New cases" stands in the middle over two columns, and over neither alone
 *      Town       Homes Boats seen         lost
 *      North      12    3     4            120
 *
 *  All printed rows of heads that stand close together are one row, column by column, so that a head of several lines is whole. */
static const float stack_step = 1.75f; /* lines of one head, or of heads over one another, stand closer; in em */

/* Does one of the lines [from, to) stand in this column, and in no other? */
static bool has_own(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to, guint column)
{
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (line->column == column && line->columns == 1)
            return true;
    }
    return false;
}

/* "North | 2014 | 1950" below "Town | Homes | Boats": the row [from, to) has a name of its own, and each of its numbers a head above, from line `top` on.
 * They are values that look like years. */
static bool is_named_row(const struct sheet *sheet, const struct leaf *leaf, uint32_t top, uint32_t from, uint32_t to)
{
    bool named = false;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (line->columns != 1 || !has_own(sheet, leaf, top, from, line->column))
            return false;
        named = named || (line->column == 0 && g_unichar_isupper(layout_first(sheet, line)));
    }
    return named;
}

/* Does a printed row hold values, and not heads? top: the table's first line. */
static bool holds_values(const struct sheet *sheet, const struct leaf *leaf, uint32_t top, uint32_t from, uint32_t to)
{
    uint32_t values = 0;
    bool named = false, row = is_named_row(sheet, leaf, top, from, to), second = sheet_leaf_line(sheet, leaf, from)->column == 1, plain = true;
    for (uint32_t i = from; i < to && second; i++) /* "N¹" is no value */
        plain = plain && (!layout_is_numeric(sheet, sheet_leaf_line(sheet, leaf, i)) || is_digit_character(layout_first(sheet, sheet_leaf_line(sheet, leaf, i))));
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        bool value = layout_is_numeric(sheet, line) && (row || !layout_is_date(sheet, line));
        values += value && line->column > 0;
        named |= !value && (line->column == 0 || (second && i == from && line->columns == 1 && plain && g_unichar_isupper(layout_first(sheet, line))));
    }
    return values > 1 || (values > 0 && named);
}

/* Does another line of the same printed row stand over one of the columns [first, last]? */
static bool shares_row(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to, const struct text_line *line, guint first, guint last)
{
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *other = sheet_leaf_line(sheet, leaf, i);
        if (other != line && other->row == line->row && other->column <= last && other->column + other->columns > first)
            return true;
    }
    return false;
}

static float first_word_width(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t i = line->first + 1;
    while (i < line->first + line->count && !(sheet_glyph(sheet, i)->flags & GLYPH_SPACE))
        i++;
    return sheet_glyph(sheet, i - 1)->box.x1 - line->box.x0;
}

/* Does a head go on in the line right below it, since the next word did not fit between the columns beside its own? */
static bool goes_down(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, const struct text_line *line)
{
    const struct rect *own = &g_array_index(columns, struct rect, line->column);
    float middle = (own->x0 + own->x1) / 2, room = 1e9f;
    for (guint c = line->column > 1 ? line->column - 1u : 1; c < columns->len && c <= line->column + 1u; c++) {
        const struct rect *beside = &g_array_index(columns, struct rect, c);
        if (c != line->column)
            room = MIN(room, ABS((beside->x0 + beside->x1) / 2 - middle) - 0.8f * line->size);
    }
    if (line->columns != 1 || ABS((line->box.x0 + line->box.x1) / 2 - middle) > 2 * aligned * line->size)
        return false;
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *next = sheet_leaf_line(sheet, leaf, i);
        float step = next->base - line->base;
        if (next->column == line->column && next->columns == 1 && step > 0.5f * line->size && step < stack_step * line->size)
            return line->box.x1 - line->box.x0 + 0.25f * line->size + first_word_width(sheet, next) > room;
    }
    return false;
}

static bool same_words(const struct sheet *sheet, const struct text_line *a, const struct text_line *b)
{
    uint32_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a->count && sheet_glyph(sheet, a->first + i)->flags & GLYPH_MARK)
            i++;
        while (k < b->count && sheet_glyph(sheet, b->first + k)->flags & GLYPH_MARK)
            k++;
        if (i >= a->count || k >= b->count)
            return i >= a->count && k >= b->count;
        if (sheet_glyph(sheet, a->first + i)->character != sheet_glyph(sheet, b->first + k)->character)
            return false;
    }
}

static guint times_said(const struct sheet *sheet, const struct pattern *pattern, guint length)
{
    guint c = pattern->first;
    while (c + length < MOST_COLUMNS && pattern->heads[c] && pattern->heads[c + length] && same_words(sheet, pattern->heads[c], pattern->heads[c + length]))
        c++;
    return c - pattern->first < length ? 0 : (c - pattern->first) / length + 1;
}

/* The lowest row of the heads, the lines [from, to), but for remarks in brackets below some of them: "Index" over "(1996=100)". */
static uint32_t lowest_row(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to)
{
    uint32_t lowest = to > from ? sheet_leaf_line(sheet, leaf, to - 1)->row : 0, at = to;
    for (; at > from && sheet_leaf_line(sheet, leaf, at - 1)->row == lowest; at--)
        if (layout_first(sheet, sheet_leaf_line(sheet, leaf, at - 1)) != '(')
            return lowest;
    for (uint32_t i = at; i < to; i++)
        if (at == from || to - at < 2 || !has_own(sheet, leaf, from, at, sheet_leaf_line(sheet, leaf, i)->column))
            return lowest;
    return at > from && sheet_leaf_line(sheet, leaf, to - 1)->base - sheet_leaf_line(sheet, leaf, at - 1)->base < stack_step * sheet_leaf_line(sheet, leaf, to - 1)->size ?
               sheet_leaf_line(sheet, leaf, at - 1)->row : lowest;
}

struct pattern heads_pattern(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to)
{
    struct pattern pattern = {.row = lowest_row(sheet, leaf, from, to)};
    bool twice = false; /* two in one column */
    for (uint32_t i = from; i < to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (line->row != pattern.row || line->column == 0 || line->column >= MOST_COLUMNS)
            continue;
        for (guint c = 1; c < MOST_COLUMNS; c++)
            pattern.again |= pattern.heads[c] && same_words(sheet, pattern.heads[c], line);
        twice |= pattern.heads[line->column] != NULL || line->columns > 1;
        pattern.heads[line->column] = line;
        pattern.first = pattern.first == 0 ? line->column : MIN(pattern.first, line->column);
    }
    bool one = pattern.first > 0 && pattern.first + 1 < MOST_COLUMNS && pattern.heads[pattern.first + 1] && same_words(sheet, pattern.heads[pattern.first], pattern.heads[pattern.first + 1]);
    for (guint length = 2; pattern.first > 0 && !twice && !one && length <= MOST_COLUMNS / 2; length++) {
        guint times = times_said(sheet, &pattern, length);
        if (times * length > pattern.times * pattern.length) {
            pattern.times = times;
            pattern.length = length;
        }
    }
    return pattern;
}

/* How far a head's middle is from that of columns [first, last]: of all they take, or between the middles of the outer ones' own heads. */
static float off_middle(const GArray *columns, const struct pattern *pattern, const struct text_line *line, guint first, guint last)
{
    const struct rect *left = &g_array_index(columns, struct rect, first), *right = &g_array_index(columns, struct rect, last);
    const struct rect *outer[2] = {pattern->heads[first] ? &pattern->heads[first]->box : left, pattern->heads[last] ? &pattern->heads[last]->box : right};
    float middle = (line->box.x0 + line->box.x1) / 2, between = (outer[0]->x0 + outer[0]->x1 + outer[1]->x0 + outer[1]->x1) / 4;
    return MIN(ABS(middle - (left->x0 + right->x1) / 2), ABS(middle - between));
}

/* Does a head stand in the middle over columns [first, last], with nothing beside it over any of them? */
static bool is_middle_of(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, const struct pattern *pattern,
                         const struct text_line *line, guint first, guint last, float *off)
{
    const struct rect *left = &g_array_index(columns, struct rect, first), *right = &g_array_index(columns, struct rect, last);
    float middle = (line->box.x0 + line->box.x1) / 2;
    *off = off_middle(columns, pattern, line, first, last);
    return middle >= left->x0 && middle <= right->x1 && *off < MAX(0.6f * line->size, 0.05f * (right->x1 - left->x0)) && !shares_row(sheet, leaf, from, to, line, first, last);
}

/* Does a head that touches several columns stand over these, each with a head of its own below? It is set in the middle of a cell whose sides no one
 * sees: they stand somewhere in the white beside the columns. */
static bool is_within(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, const struct text_line *line)
{
    guint first = line->column, last = line->column + line->columns - 1u, headed = 0;
    if (first == 0 || line->columns < 2)
        return false;
    for (guint c = first; c <= last; c++)
        for (uint32_t i = from; i < to; i++) {
            const struct text_line *below = sheet_leaf_line(sheet, leaf, i);
            if (below->columns == 1 && below->column == c && below->row > line->row) {
                headed++;
                break;
            }
        }
    const struct rect *left = &g_array_index(columns, struct rect, first), *right = &g_array_index(columns, struct rect, last);
    float before = (left - 1)->x1, behind = last + 1 < columns->len ? (right + 1)->x0 : right->x1, middle = (line->box.x0 + line->box.x1) / 2;
    return headed == line->columns && middle >= (before + right->x1) / 2 && middle <= (left->x0 + behind) / 2;
}

/* A head that touches one column and stands neither in its middle nor at its edges, beside other heads over several: it stands over all columns that these
 * leave, where it is in the middle of them. */
static bool takes_rest(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, struct text_line *line)
{
    const struct rect *own = &g_array_index(columns, struct rect, line->column);
    float slack = 0.6f * line->size, middle = ABS(line->box.x0 + line->box.x1 - own->x0 - own->x1) / 2;
    guint first = line->column, last = line->column;
    if (first == 0 || line->columns != 1 || middle < slack || ABS(line->box.x0 - own->x0) < slack || ABS(line->box.x1 - own->x1) < slack)
        return false;
    while (first > 1 && !shares_row(sheet, leaf, from, to, line, first - 1, first - 1))
        first--;
    while (last + 1 < columns->len && !shares_row(sheet, leaf, from, to, line, last + 1, last + 1))
        last++;
    struct text_line wide = *line;
    wide.column = (uint16_t)first;
    wide.columns = (uint16_t)(last - first + 1);
    if ((first == 1 && last + 1 == columns->len) || !is_within(sheet, leaf, columns, from, to, &wide))
        return false;
    *line = wide;
    return true;
}

/* A head among the lines [from, to) that is set in the middle over two or more columns, and over none of them alone, covers them all. Where nothing
 * stands beside it and it is in the middle of all columns of values as well, it covers these. False: it stands over several, no one knows which. */
static bool spread_head(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, const struct pattern *pattern, struct text_line *line)
{
    float least = 1e9f, off;
    guint first = line->column, last = line->column, most = MIN(columns->len, MOST_COLUMNS);
    const struct rect *own = &g_array_index(columns, struct rect, line->column);
    bool inside = line->columns == 1 && line->box.x0 > own->x0 - 1 && line->box.x1 < own->x1 + 1;
    bool over = pattern->again && line->row < pattern->row && line->column < MOST_COLUMNS && pattern->heads[line->column]; /* its column may be as wide as it for it alone */
    if ((inside && !over) || goes_down(sheet, leaf, columns, from, to, line))
        return true;
    for (guint size = 2; size < (inside ? MIN(most, 3) : most) && last == first; size++)
        for (guint c = 1; c + size <= most; c++) {
            if (!is_middle_of(sheet, leaf, columns, from, to, pattern, line, c, c + size - 1, &off) || off >= least)
                continue;
            least = off;
            first = c;
            last = c + size - 1;
        }
    if (last > first && !inside && is_middle_of(sheet, leaf, columns, from, to, pattern, line, 1, most - 1, &off)) {
        first = 1;
        last = most - 1;
    }
    if (last > first && first > 0) {
        line->column = (uint16_t)first;
        line->columns = (uint16_t)(last - first + 1);
        return true;
    }
    return takes_rest(sheet, leaf, columns, from, to, line) || line->columns == 1 || is_within(sheet, leaf, columns, from, to, line);
}

/* Puts a head above a pattern over all columns of the time that its middle stands over; false = it stands over more, or beside them. */
static bool place_over(const GArray *columns, const struct pattern *pattern, struct text_line *line)
{
    float middle = (line->box.x0 + line->box.x1) / 2;
    for (guint t = 0; t < pattern->times; t++) {
        guint first = pattern->first + t * pattern->length, last = first + pattern->length - 1;
        if (last >= columns->len)
            return false;
        float left = g_array_index(columns, struct rect, first - 1).x1, right = last + 1 < columns->len ? g_array_index(columns, struct rect, last + 1).x0 : 1e9f;
        if (middle < left || middle > right || line->box.x0 < left - line->size || line->box.x1 > right + line->size)
            continue;
        line->column = (uint16_t)first;
        line->columns = (uint16_t)pattern->length;
        return true;
    }
    return false;
}

/* A head right over one that is said again, and would have had room beside it, stands over more than its column, no one knows which: the one below does
 * not go on with it. */
static void set_apart(const struct sheet *sheet, const struct leaf *leaf, const GArray *columns, uint32_t from, uint32_t to, const struct pattern *pattern, struct text_line *line)
{
    guint left = line->column > 1 ? line->column - 1u : line->column, right = line->column + 1u < columns->len ? line->column + 1u : line->column;
    bool alone = line->columns == 1 && (left == line->column || shares_row(sheet, leaf, from, to, line, left, left)) &&
                 (right == line->column || shares_row(sheet, leaf, from, to, line, right, right));
    if (alone)
        return; /* the columns beside its own have heads of their own: "2001", "2002" over "N", "N" */
    const struct text_line *below = line->column < MOST_COLUMNS ? pattern->heads[line->column] : NULL;
    for (guint c = 1; c < MOST_COLUMNS && below && line->columns == 1; c++)
        if (pattern->heads[c] && pattern->heads[c] != below && same_words(sheet, pattern->heads[c], below))
            line->flags |= LINE_APART;
}

/* The lines of one head over several columns cover the same ones. */
static void join_spreads(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        for (uint32_t k = i + 1; k < to && line->columns > 1; k++) {
            struct text_line *next = sheet_leaf_line(sheet, leaf, k);
            float off = ABS((line->box.x0 + line->box.x1) - (next->box.x0 + next->box.x1)) / 2;
            if (next->row != line->row + 1 || off > aligned * line->size || next->columns < 2 || next->base - line->base > stack_step * line->size)
                continue;
            uint16_t first = MIN(line->column, next->column), last = (uint16_t)MAX(line->column + line->columns, next->column + next->columns);
            line->column = next->column = first;
            line->columns = next->columns = (uint16_t)(last - first);
        }
    }
}

uint32_t heads_count(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t *rows)
{
    enum { MOST = 8 };
    *rows = 0;
    for (uint32_t at = table->from, end; at < table->to; at = end, (*rows)++) {
        end = layout_row_end(sheet, leaf, table, at);
        if (!holds_values(sheet, leaf, table->from, at, end))
            continue;
        while (at > table->from && sheet_leaf_line(sheet, leaf, at - 1)->column == 0 &&
               sheet_leaf_line(sheet, leaf, at)->base - sheet_leaf_line(sheet, leaf, at - 1)->base < 0.8f * sheet_leaf_line(sheet, leaf, at)->size)
            at--; /* the upper line of a name whose values stand beside its middle */
        at -= at > table->from && layout_opens_section(sheet, leaf, table, at - 1);
        return *rows <= MOST ? at - table->from : 0;
    }
    return 0;
}

/* Two lines of one head over several columns that do not cover the same ones: parts of it were read with another head, and no one knows what it says. In a
 * row of heads over several columns each there is more than one below the upper one. */
static void judge_spreads(const struct sheet *sheet, const struct leaf *leaf, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        struct text_line *line = sheet_leaf_line(sheet, leaf, i), *only = NULL;
        uint32_t below = 0;
        for (uint32_t k = i + 1; k < to && line->columns > 1; k++) {
            struct text_line *next = sheet_leaf_line(sheet, leaf, k);
            bool inside = next->column < line->column + line->columns && line->column < next->column + next->columns;
            if (next->row != line->row + 1 || next->columns < 2 || !inside || next->base - line->base > stack_step * line->size)
                continue;
            bool within = next->column >= line->column && next->column + next->columns <= line->column + line->columns;
            if (!within)
                line->flags |= LINE_APART;
            next->flags |= within ? 0 : LINE_APART;
            only = next;
            below++;
        }
        if (below == 1 && (only->column != line->column || only->columns != line->columns)) {
            line->flags |= LINE_APART;
            only->flags |= LINE_APART;
        }
    }
}

/* Where the values of each column stand: heads that run up the page are narrower than those over them. */
static GArray *value_columns(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads)
{
    GArray *columns = g_array_copy(table->columns);
    g_autofree bool *seen = g_new0(bool, columns->len);
    for (uint32_t i = table->from + heads; i < table->to; i++) {
        const struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        struct rect *column = &g_array_index(columns, struct rect, line->column);
        if (line->columns != 1 || !layout_is_numeric(sheet, line))
            continue;
        *column = seen[line->column] ? rect_union(*column, line->box) : line->box;
        seen[line->column] = true;
    }
    return columns;
}

uint32_t layout_table_heads(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, GArray *upright)
{
    uint32_t rows;
    for (uint32_t i = table->from; i < table->to; i++)
        layout_place_line(table->columns, sheet_leaf_line(sheet, leaf, i));
    uint32_t heads = heads_count(sheet, leaf, table, &rows);
    layout_upright_heads(sheet, leaf, table, heads, upright);
    g_autoptr(GArray) columns = upright->len > 0 ? value_columns(sheet, leaf, table, heads) : g_array_ref(table->columns);
    for (uint32_t i = table->from; i < table->from + heads && upright->len > 0; i++)
        layout_place_line(columns, sheet_leaf_line(sheet, leaf, i));
    struct pattern pattern = heads_pattern(sheet, leaf, table->from, table->from + heads);
    for (uint32_t i = table->from; i < table->from + heads && (rows > 1 || upright->len > 0); i++) {
        struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        if (pattern.times > 1 && line->row < pattern.row && line->column > 0 && place_over(columns, &pattern, line))
            continue;
        if (upright->len > 0 && layout_is_numeric(sheet, line) && !layout_is_date(sheet, line))
            line->columns = 1; /* the mark of a note in an upright head */
        else if (!spread_head(sheet, leaf, columns, table->from, table->from + heads, &pattern, line))
            line->flags |= LINE_APART;
    }
    for (uint32_t i = table->from; i < table->from + heads && pattern.again && (rows > 1 || upright->len > 0); i++) {
        struct text_line *line = sheet_leaf_line(sheet, leaf, i);
        bool placed = pattern.times > 1 && line->columns > 1; /* by place_over, or in the middle */
        if (!placed && line->row < pattern.row && !goes_down(sheet, leaf, columns, table->from, table->from + heads, line))
            set_apart(sheet, leaf, columns, table->from, table->from + heads, &pattern, line);
    }
    join_spreads(sheet, leaf, table->from, table->from + heads);
    judge_spreads(sheet, leaf, table->from, table->from + heads);
    return heads;
}

/* By column; a head over several of them first, then from top to bottom. */
static int by_head(const void *a, const void *b, void *data)
{
    const struct sheet *sheet = data;
    const struct text_line *left = sheet_line(sheet, *(const uint32_t *)a), *right = sheet_line(sheet, *(const uint32_t *)b);
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    if (left->column > 0 && left->columns != right->columns)
        return left->columns > right->columns ? -1 : 1;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return left->box.x0 < right->box.x0 ? -1 : left->box.x0 > right->box.x0;
}

uint32_t layout_head_row(const struct sheet *sheet, const struct leaf *leaf, const struct table *table, uint32_t heads, uint32_t at)
{
    uint32_t to = at, all = table->from + heads;
    for (uint32_t end; to < all; to = end) {
        end = layout_row_end(sheet, leaf, table, to);
        end = MIN(end, all);
        const struct text_line *last = to > at ? sheet_leaf_line(sheet, leaf, to - 1) : NULL, *line = sheet_leaf_line(sheet, leaf, to);
        if (last && line->base - last->base > MAX(stack_step * MAX(line->size, last->size), 1.25f * table->step))
            break;
    }
    g_qsort_with_data(&g_array_index(sheet->ordered, uint32_t, leaf->first + at), (gint)(to - at), sizeof(uint32_t), by_head, (void *)sheet);
    return to - at;
}
