/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

#include "base/lower.h"

/*  Lines of a leaf → paragraphs. A new one begins where the print says so: another size or weight, a wider step, an indent, a label,
 *  or a line that ended early although the next word would have fitted. */

struct place {
    struct layout *layout;
    struct sheet *sheet;
    uint32_t sheet_index, leaf_index;
    const struct leaf *leaf;
    float step;         /* usual distance of baselines in this leaf, of lines in the size of most text */
    uint32_t open;      /* index of the open paragraph, or NONE */
};

static int by_value(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

static struct text_line *leaf_line(const struct place *place, uint32_t i)
{
    return sheet_line(place->sheet, g_array_index(place->sheet->ordered, uint32_t, place->leaf->first + i));
}

/* The distance of baselines that most lines keep; the lower third, since paragraphs are set apart by more. */
static float usual_step(const struct place *place)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(float));
    for (uint32_t i = 1; i < place->leaf->count; i++) {
        const struct text_line *a = leaf_line(place, i - 1), *b = leaf_line(place, i);
        float step = b->base - a->base;
        float body = place->layout->body;
        if (step > 0.5f * a->size && step < 4 * a->size && ABS(a->size - body) < 0.1f * body && ABS(b->size - body) < 0.1f * body)
            g_array_append_val(steps, step);
    }
    if (steps->len == 0)
        return 0;
    g_array_sort(steps, by_value);
    return MIN(g_array_index(steps, float, steps->len / 3), 2.2f * place->layout->body); /* of two lines far apart none is usual */
}

static float first_word_width(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t i = line->first + 1;
    while (i < line->first + line->count && !(sheet_glyph(sheet, i)->flags & GLYPH_SPACE))
        i++;
    return sheet_glyph(sheet, i - 1)->box.x1 - line->box.x0;
}

static bool same_print(const struct text_line *a, const struct text_line *b)
{
    if (ABS(a->size - b->size) > 0.08f * MAX(a->size, b->size))
        return false;
    if ((a->flags ^ b->flags) & LINE_HIDDEN)
        return false;
    return !((a->flags ^ b->flags) & LINE_BOLD) || (a->count > 60 && b->count > 60);
}

/* Could the next line's first word still have stood on this line? */
static bool ended_before(const struct place *place, const struct text_line *line, const struct text_line *next, float right)
{
    return line->box.x1 + 0.25f * line->size + first_word_width(place->sheet, next) < right - 0.3f * line->size;
}

static bool ended_early(const struct place *place, const struct text_line *line, const struct text_line *next)
{
    return ended_before(place, line, next, place->leaf->box.x1);
}

/* Does a paragraph's last line end where those before it do? So does its column, however wide the others on the page are: it is set in from them. */
static bool is_flush(const struct layout *layout, const struct paragraph *open)
{
    enum { LINES = 4 };
    if (open->count < LINES)
        return false;
    const struct text_line *last = layout_line(layout, open->first + open->count - 1);
    bool flush = true;
    for (uint32_t i = open->first + open->count - LINES; i + 1 < open->first + open->count && flush; i++)
        flush = layout_line(layout, i)->row != layout_line(layout, i + 1)->row && ABS(layout_line(layout, i)->box.x1 - last->box.x1) < 0.3f * last->size;
    return flush;
}

static bool starts_lower(const struct sheet *sheet, const struct text_line *line)
{
    return g_unichar_islower(layout_first(sheet, line)) != 0;
}

/* Left edge of the printed row that a paragraph's last line ends. */
static float row_start(const struct layout *layout, const struct paragraph *open, const struct text_line *last)
{
    float left = last->box.x0;
    for (uint32_t i = open->first + open->count - 1; i > open->first && layout_line(layout, i - 1)->row == last->row; i--)
        left = MIN(left, layout_line(layout, i - 1)->box.x0);
    return left;
}

/* Where the text of a printed row begins, behind its label: "VII.   What the parties say". */
static float text_start(const struct text_line *first, const struct text_line *last)
{
    enum { LABEL = 8 };
    return last != first && first->count <= LABEL ? last->box.x0 : first->text_x;
}

/* "v. the United Kingdom", "… on the morning of the⏎12. Buses": what looks like a label can be a word or number of the sentence. A number is one where its line begins below the
 * line before it, and so does the text of no list. */
static bool doubtful_item(const struct sheet *sheet, const struct text_line *last, const struct text_line *line)
{
    struct item item;
    if (!layout_item(sheet, line->first, line->count, &item))
        return false;
    gunichar first = sheet_glyph(sheet, line->first)->character;
    bool number = g_unichar_isdigit(first) && sheet_glyph(sheet, line->first + item.count - 1)->character == '.' && !(last->flags & LINE_ITEM) && !(last->flags & LINE_BOLD);
    return (item.word && g_unichar_islower(first)) || (number && ABS(line->box.x0 - last->box.x0) < 0.3f * line->size);
}

/* Words that begin a caption, and whether a number must follow. */
static const struct {
    const char *word;
    bool number;
} caption_words[] = {
    {"figure ", true},  {"fig. ", true},    {"table ", true},     {"chart ", true},    {"map ", true},      {"graph ", true},  {"box ", true},     {"photo:", false},
    {"photo credit", false}, {"photo ", true}, {"source:", false}, {"sources:", false}, {"figura ", true}, {"tabla ", true},   {"cuadro ", true},  {"gráfico ", true},
    {"gráfica ", true}, {"mapa ", true},    {"fuente:", false},   {"fuentes:", false}, {"tableau ", true},  {"graphique ", true}, {"carte ", true}, 
    {"© ", false},      {"foto:", false},   {"crédit photo", false},
};

/* "Figure 7 shows the results": a sentence of the text. number: what follows the word. */
static bool goes_on_as_sentence(const char *number)
{
    const char *at = number;
    while (*at && *at != ' ')
        at++;
    bool closed = at > number && !g_ascii_isalnum(at[-1]); /* "7." "7:" */
    if (memchr(number, ')', (size_t)(at - number)))
        return true; /* "(P5,⏎Figure 7). However" */
    while (*at == ' ')
        at++;
    return !closed && *at && g_unichar_islower(g_utf8_get_char(at));
}

bool layout_begins_caption(const char *text)
{
    enum { LONGEST = 64 }; /* bytes that the words and the number behind them take, at most */
    if (!*text || !strchr("FTCMGBPS\xc2", *text)) /* what the words begin with; none in small letters: "(see⏎figure II)" */
        return false;
    g_autofree char *small = slice_lower(slice_make(text, strnlen(text, LONGEST)));
    for (size_t i = 0; i < G_N_ELEMENTS(caption_words); i++) {
        if (!g_str_has_prefix(small, caption_words[i].word))
            continue;
        const char *after = small + strlen(caption_words[i].word);
        const char *digit = g_ascii_isalpha(*after) ? after + 1 : after; /* "B2.5" */
        bool number = g_ascii_isdigit(*digit) || (strchr("ivx", *after) && *after && strchr(".: iv", after[1]));
        return !caption_words[i].number || (number && !goes_on_as_sentence(text + (after - small)));
    }
    return false;
}

/* Would the whole next line have fitted on this one, of the same print and beginning below it? It was broken on purpose: an address, a date and a place.
 * Text in a narrow column beside a picture ends where its other lines do. */
static bool broken_on_purpose(const struct place *place, const struct text_line *last, const struct text_line *line)
{
    float size = line->size, room = place->leaf->box.x1 - 0.3f * size - last->box.x1;
    if ((last->flags | line->flags) & (LINE_BOLD | LINE_ITEM) || size > 1.12f * place->layout->body || ABS(line->box.x0 - last->box.x0) > 0.5f * size)
        return false;
    gunichar end = layout_last(place->sheet, last);
    bool whole = end != ',' && end != '-' && layout_first(place->sheet, line) != '(' && !layout_ends_open(place->sheet, last);
    float width = place->leaf->box.x1 - place->leaf->box.x0;
    return whole && last->box.x1 < place->leaf->box.x0 + 0.6f * width && room > 0.25f * size + line->box.x1 - line->box.x0 && ABS(line->box.x1 - last->box.x1) > 3 * size;
}

static bool is_bold(const struct place *place, uint32_t glyph)
{
    return g_array_index(place->layout->styles, struct style, sheet_glyph(place->sheet, glyph)->style).bold;
}

/* Bold words that begin or end inside a sentence: what stands on both sides of the line end is printed alike. */
static bool runs_on(const struct place *place, const struct text_line *last, const struct text_line *line)
{
    bool size = ABS(last->size - line->size) <= 0.08f * MAX(last->size, line->size);
    return size && is_bold(place, last->first + last->count - 1) == is_bold(place, line->first);
}

/* Does a line begin with the words of a caption, set apart from what stands above it? */
static bool begins_caption(const struct place *place, const struct text_line *last, const struct text_line *line, bool early)
{
    gunichar end = layout_last(place->sheet, last);
    if (!(early || line->flags & (LINE_BOLD | LINE_ITALIC)) || end == ',' || end == '(' || (!(last->flags & LINE_BOLD) && !layout_sentence_ends(place->sheet, last)))
        return false;
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(place->sheet, line, text);
    return layout_begins_caption(text->str);
}

static bool begins_paragraph(const struct place *place, const struct paragraph *open, const struct text_line *line)
{
    const struct layout *layout = place->layout;
    const struct text_line *last = layout_line(layout, open->first + open->count - 1), *first = layout_line(layout, open->first);
    const struct sheet *sheet = place->sheet;
    float step = line->base - last->base, size = MAX(line->size, last->size);
    bool early = ended_early(place, last, line) && !is_flush(layout, open), ends = layout_sentence_ends(sheet, last);
    if (layout_ends_entry(sheet, last))
        return true;
    bool open_words = starts_lower(sheet, line) && ABS(last->size - line->size) <= 0.08f * size && !((last->flags ^ line->flags) & LINE_HIDDEN); /* a whole line in bold print */
    if (step < 0 || (!same_print(last, line) && (early || ends || !(open_words || runs_on(place, last, line)))))
        return true;
    if (place->step > 0 && ABS(line->size - layout->body) < 0.15f * layout->body ? step > 1.3f * MAX(place->step, size) : step > 1.75f * size && step > 1.2f * place->step)
        return true;
    if (line->size < 0.95f * layout->body && sheet_glyph(sheet, line->first)->flags & GLYPH_MARK)
        return true; /* the label of a note */
    if (last->flags & line->flags & LINE_BOLD && early && (last->flags ^ line->flags) & LINE_CAPITALS)
        return true; /* "ADAPTATION" over a bold paragraph */
    if (begins_caption(place, last, line, early))
        return true;
    bool short_item = line->flags & LINE_ITEM && ended_before(place, last, line, place->leaf->right); /* a list below a title that is wider than anything else here */
    if (line->flags & LINE_ITEM && (ends || early || !doubtful_item(sheet, last, line)) && (early || ends || short_item || line->flags & LINE_WIDE || (first->flags & LINE_ITEM && ABS(line->box.x0 - first->box.x0) < 0.5f * size)))
        return true;
    float left = last->row == first->row ? text_start(first, last) : row_start(layout, open, last); /* where its lines go on */
    float indent = line->box.x0 - left;
    bool hanging = last->row == first->row && !early && !ends;
    if (indent > 0.8f * size && !hanging && !(starts_lower(sheet, line) && !ends))
        return true;
    if (indent < -0.8f * size && last->row != first->row && (early || ends || line->box.x0 - first->box.x0 < 0.3f * size) && !starts_lower(sheet, line))
        return true;
    return early && !starts_lower(sheet, line) && (ends || broken_on_purpose(place, last, line));
}

/* Line `line` of the sheet, of whatever leaf, goes on with the open paragraph. */
static void add_sheet_line(struct place *place, uint32_t line)
{
    struct layout *layout = place->layout;
    struct line_ref ref = {place->sheet_index, line};
    struct paragraph *open = &g_array_index(layout->paragraphs, struct paragraph, place->open);
    const struct rect *box = &sheet_line(place->sheet, line)->box;
    g_array_append_val(layout->lines, ref);
    open->box = open->count == 0 ? *box : rect_union(open->box, *box);
    open->count++;
}

static void add_line(struct place *place, uint32_t i)
{
    add_sheet_line(place, g_array_index(place->sheet->ordered, uint32_t, place->leaf->first + i));
}

static void open_paragraph(struct place *place, enum zone zone)
{
    struct paragraph paragraph = {.sheet = place->sheet_index, .leaf = place->leaf_index, .first = place->layout->lines->len, .next = NONE, .zone = zone};
    g_array_append_val(place->layout->paragraphs, paragraph);
    place->open = place->layout->paragraphs->len - 1;
}

static uint32_t row_end(const struct place *place, uint32_t i)
{
    uint32_t row = leaf_line(place, i)->row, end = i + 1;
    while (end < place->leaf->count && leaf_line(place, end)->row == row)
        end++;
    return end;
}

/* The lines of one cell, as if it were a column of its own. */
static void read_cell(struct place *place, const struct table_cell *cell)
{
    const struct leaf *whole = place->leaf;
    struct leaf column = *whole;
    column.box = leaf_line(place, cell->from)->box;
    for (uint32_t i = cell->from; i < cell->to; i++)
        column.box = rect_union(column.box, leaf_line(place, i)->box);
    column.right = column.box.x1;
    place->leaf = &column;
    place->open = NONE;
    for (uint32_t i = cell->from; i < cell->to; i++) {
        const struct text_line *line = leaf_line(place, i);
        bool same_row = i > cell->from && line->row == leaf_line(place, i - 1)->row;
        if (place->open == NONE || (!same_row && begins_paragraph(place, &g_array_index(place->layout->paragraphs, struct paragraph, place->open), line))) {
            open_paragraph(place, ZONE_BODY);
            g_array_index(place->layout->paragraphs, struct paragraph, place->open).cell = (uint8_t)MIN(cell->column + 1u, UINT8_MAX);
        }
        add_line(place, i);
    }
    place->open = NONE;
    place->leaf = whole;
}

/* The short cells of a row are one paragraph, as in any table; each cell of running text is read by itself. */
static void read_text_row(struct place *place, const struct table_cell *cells, guint n)
{
    for (guint c = 0; c < n; c++) {
        if (cells[c].text)
            continue;
        if (place->open == NONE) {
            open_paragraph(place, ZONE_TABLE);
            g_array_index(place->layout->paragraphs, struct paragraph, place->open).table = place->layout->tables;
        } else {
            leaf_line(place, cells[c].from)->flags |= LINE_CELL;
        }
        for (uint32_t i = cells[c].from; i < cells[c].to; i++)
            add_line(place, i);
    }
    place->open = NONE;
    for (guint c = 0; c < n; c++)
        if (cells[c].text)
            read_cell(place, &cells[c]);
}

/* Heads that run up or down the page are a row of their own, the lowest of the heads. */
static void read_upright_heads(struct place *place, const GArray *lines)
{
    if (lines->len == 0)
        return;
    open_paragraph(place, ZONE_TABLE);
    struct paragraph *row = &g_array_index(place->layout->paragraphs, struct paragraph, place->open);
    row->table = place->layout->tables;
    row->head = true;
    for (guint i = 0; i < lines->len; i++) {
        uint32_t at = g_array_index(lines, uint32_t, i);
        if (i > 0 && sheet_line(place->sheet, at)->column != sheet_line(place->sheet, g_array_index(lines, uint32_t, i - 1))->column)
            sheet_line(place->sheet, at)->flags |= LINE_CELL;
        add_sheet_line(place, at);
    }
}

/* Each row of a table is a paragraph; its cells are parted by TAB. */
static void read_table(struct place *place, const struct table *table)
{
    place->layout->tables++;
    g_autoptr(GArray) upright = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    uint32_t heads = layout_table_heads(place->sheet, place->leaf, table, upright);
    g_autoptr(GArray) cells = layout_text_cells(place->sheet, place->leaf, table);
    if (cells)
        read_upright_heads(place, upright);
    place->open = NONE;
    for (guint c = 0, end; cells && c < cells->len; c = end) {
        const struct table_cell *cell = &g_array_index(cells, struct table_cell, c);
        for (end = c + 1; end < cells->len && g_array_index(cells, struct table_cell, end).row == cell->row;)
            end++;
        read_text_row(place, cell, end - c);
    }
    if (cells)
        return;
    bool headed = false;
    for (uint32_t i = table->from; i < table->to;) {
        bool head = i < table->from + heads;
        if (!head && !headed)
            read_upright_heads(place, upright);
        headed |= !head;
        uint32_t count = head ? layout_head_row(place->sheet, place->leaf, table, heads, i) : layout_table_row(place->sheet, place->leaf, table, i);
        open_paragraph(place, ZONE_TABLE);
        struct paragraph *row = &g_array_index(place->layout->paragraphs, struct paragraph, place->open);
        row->table = place->layout->tables;
        row->head = head;
        for (uint32_t k = i; k < i + count; k++) {
            struct text_line *line = leaf_line(place, k);
            const struct text_line *before = k > i ? leaf_line(place, k - 1) : NULL;
            if (before && (line->column != before->column || line->row == before->row || (head && (line->columns != before->columns || before->flags & LINE_APART))))
                line->flags |= LINE_CELL;
            add_line(place, k);
        }
        i += count;
    }
    place->open = NONE;
}

/* Is a row a label and a text that goes on below itself, or a bullet and a text? */
static bool is_labelled(const struct place *place, uint32_t i, uint32_t end)
{
    struct item item;
    const struct text_line *label = leaf_line(place, i), *text = leaf_line(place, i + 1);
    if (end - i != 2 || !layout_item(place->sheet, label->first, label->count, &item) || item.count != label->count)
        return false;
    return item.bullet || (end < place->leaf->count && row_end(place, end) == end + 1 && ABS(leaf_line(place, end)->box.x0 - text->box.x0) < 0.3f * text->size &&
                           !layout_sentence_ends(place->sheet, text) && leaf_line(place, end)->base - text->base < 1.8f * text->size);
}

/* A row of several lines outside a table: words set far apart go on with the paragraph; anything else stands alone. */
static void add_row(struct place *place, uint32_t i, uint32_t end)
{
    float widest = 0;
    for (uint32_t k = i + 1; k < end; k++)
        widest = MAX(widest, leaf_line(place, k)->box.x0 - leaf_line(place, k - 1)->box.x1);
    bool level = true, value = false;
    for (uint32_t k = i + 1; k < end; k++) {
        value |= (leaf_line(place, k)->flags & LINE_VALUE) != 0;
        level &= ABS(leaf_line(place, k)->base - leaf_line(place, k - 1)->base) < 0.2f * leaf_line(place, k)->size;
    }
    bool labelled = is_labelled(place, i, end);
    if (labelled)
        leaf_line(place, i)->flags |= LINE_ITEM;
    bool apart = !labelled && (!level || value || (widest > 2.5f * leaf_line(place, i)->size && !(leaf_line(place, i)->flags & LINE_SPREAD)));
    if (apart || place->open == NONE || begins_paragraph(place, &g_array_index(place->layout->paragraphs, struct paragraph, place->open), leaf_line(place, i)))
        open_paragraph(place, ZONE_BODY);
    for (uint32_t k = i; k < end; k++) {
        if (k > i && apart)
            leaf_line(place, k)->flags |= LINE_CELL;
        add_line(place, k);
    }
    if (apart)
        place->open = NONE;
}

static void read_turned(struct place *place)
{
    place->open = NONE;
    for (uint32_t i = 0; i < place->leaf->count; i++) {
        struct text_line *line = leaf_line(place, i);
        if (line->columns > 0)
            continue; /* a head of a table's column */
        if (place->open == NONE || ABS(line->size - leaf_line(place, i - 1)->size) > 0.1f)
            open_paragraph(place, place->leaf->count > 1 ? ZONE_TABLE : ZONE_BODY);
        else
            line->flags |= LINE_CELL;
        add_line(place, i);
    }
}

static void read_leaf(struct place *place)
{
    const struct leaf *leaf = place->leaf;
    if (leaf_line(place, 0)->flags & LINE_TURNED) {
        read_turned(place);
        return;
    }
    place->step = usual_step(place);
    place->open = NONE;
    g_autoptr(GArray) tables = layout_tables(place->sheet, leaf);
    layout_part_cells(place->layout, place->sheet, place->leaf_index, tables);
    guint table = 0;
    for (uint32_t i = 0; i < leaf->count;) {
        if (table < tables->len && i == g_array_index(tables, struct table, table).from) {
            const struct table *found = &g_array_index(tables, struct table, table++);
            read_table(place, found);
            i = found->to;
            g_array_unref(found->columns);
            continue;
        }
        uint32_t end = row_end(place, i);
        if (end - i > 1) {
            add_row(place, i, end);
            i = end;
            continue;
        }
        const struct text_line *line = leaf_line(place, i);
        if (place->open == NONE || begins_paragraph(place, &g_array_index(place->layout->paragraphs, struct paragraph, place->open), line))
            open_paragraph(place, ZONE_BODY);
        add_line(place, i);
        i = end;
    }
}

/* What a paragraph looks like, for telling headings and quotes from text. */
struct look {
    bool large, bold, capitals;
    bool stop;               /* ends like a sentence, or goes on */
    bool ends;               /* ends like a sentence */
    unsigned letters, characters, rows;
    unsigned words;          /* of large print */
};

/* "Water Works, S.A. de C.V.": a stop that ends no sentence. */
static bool ends_in_initials(const struct sheet *sheet, const struct text_line *line)
{
    uint32_t end = line->first + line->count;
    return line->count > 3 && sheet_glyph(sheet, end - 1)->character == '.' && g_unichar_isupper(sheet_glyph(sheet, end - 2)->character) &&
           sheet_glyph(sheet, end - 3)->character == '.' && !(sheet_glyph(sheet, end - 1)->flags & GLYPH_SPACE);
}

static struct look look_at(const struct layout *layout, const struct sheet *sheet, const struct paragraph *p)
{
    const struct text_line *first = layout_line(layout, p->first), *last = layout_line(layout, p->first + p->count - 1);
    struct look look = {.large = first->size > 1.12f * layout->body, .bold = first->flags & LINE_BOLD && last->flags & LINE_BOLD};
    look.capitals = first->flags & LINE_CAPITALS && last->flags & LINE_CAPITALS && first->size > 0.9f * layout->body;
    for (uint32_t i = p->first; i < p->first + p->count; i++) {
        const struct text_line *line = layout_line(layout, i);
        look.words++;
        look.rows += i == p->first || line->row != layout_line(layout, i - 1)->row;
        look.letters += line->letters;
        look.characters += line->count;
        for (uint32_t g = line->first; g < line->first + line->count && look.large; g++) /* asked of large print alone */
            look.words += (sheet_glyph(sheet, g)->flags & GLYPH_SPACE) != 0;
    }
    gunichar end = layout_last(sheet, last);
    bool initials = ends_in_initials(sheet, last);
    look.ends = layout_sentence_ends(sheet, last) && end != ':' && end != ';' && !initials;
    look.stop = (end == '.' && !initials) || end == ',' || end == ';';
    return look;
}

static bool is_heading(const struct layout *layout, const struct paragraph *p, const struct look *look)
{
    if (look->letters < 3 || look->letters * 2 < look->characters || look->rows > (p->size > 1.5f * layout->body ? 8 : 4) || look->characters > 200)
        return false;
    if (!look->large && p->size < 0.95f * layout->body)
        return false;
    return (look->large && !look->stop) || (look->bold && !look->stop) || (look->capitals && !look->stop && look->characters > 3);
}

/* A sentence of the text, repeated in larger print. "II. The crisis is …": a heading that is a sentence. */
static bool is_pull_quote(const struct paragraph *p, const struct look *look)
{
    return look->large && !(p->flags & PASSAGE_LIST) && look->words >= 6 && (look->ends || look->characters > 120);
}

static bool is_bare_number(const char *text)
{
    bool digit = false;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_isalpha(c))
            return false;
        digit |= g_unichar_isdigit(c);
    }
    return digit;
}

static bool holds_bare_numbers(const struct layout *layout, const struct sheet *sheet, const struct paragraph *p, GString *text)
{
    for (uint32_t i = p->first; i < p->first + p->count; i++) {
        layout_text(sheet, layout_line(layout, i), text);
        if (text->len > 12 || !is_bare_number(text->str))
            return false;
    }
    return true;
}

/* A heading that is a whole sentence, with a number in front; or a long title in bold print that ends like none. */
static bool is_long_heading(const struct layout *layout, const struct paragraph *p, const struct look *look)
{
    enum { ROWS = 6, CHARACTERS = 400 };
    struct item item;
    const struct text_line *first = layout_line(layout, p->first);
    bool numbered = layout_item(layout_sheet(layout, p->sheet), first->first, first->count, &item) && !item.bullet;
    return (numbered || !look->ends) && look->large && look->bold && look->rows <= ROWS && look->characters <= CHARACTERS;
}

/* What is printed large in several paragraphs leads in to a text, or is one: a pull quote stands alone. */
static void drop_runs(struct layout *layout, guint from)
{
    bool open = false; /* the paragraph before is of a run */
    for (guint i = from; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        struct paragraph *next = i + 1 < layout->paragraphs->len ? &g_array_index(layout->paragraphs, struct paragraph, i + 1) : NULL;
        bool run = p->zone == ZONE_PULLQUOTE && next && next->zone == ZONE_PULLQUOTE && next->leaf == p->leaf && ABS(next->size - p->size) < 0.1f * p->size;
        if (run || open)
            p->zone = ZONE_BODY;
        open = run;
    }
}

static void classify(struct layout *layout, struct sheet *sheet, struct paragraph *p)
{
    const struct text_line *first = layout_line(layout, p->first);
    p->size = first->size;
    if (first->flags & LINE_ITEM && p->zone == ZONE_BODY)
        p->flags |= PASSAGE_LIST;
    if (p->zone != ZONE_BODY || first->flags & LINE_TURNED)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    if (holds_bare_numbers(layout, sheet, p, text))
        p->zone = ZONE_TABLE; /* lettering of a chart, a number beside a picture */
    if (layout_ends_entry(sheet, layout_line(layout, p->first + p->count - 1)))
        p->zone = ZONE_TABLE; /* its number is a page */
    layout_text(sheet, first, text);
    if (p->zone == ZONE_BODY && layout_begins_caption(text->str))
        p->zone = ZONE_CAPTION;
    struct look look = look_at(layout, sheet, p);
    struct item item;
    if (p->flags & PASSAGE_LIST && layout_item(sheet, first->first, first->count, &item) && item.bullet)
        look.large = false; /* print a little larger does not make headings of the points of a list */
    if (p->zone == ZONE_BODY && (is_heading(layout, p, &look) || is_long_heading(layout, p, &look))) {
        p->zone = ZONE_HEADING;
        p->flags &= ~(uint32_t)PASSAGE_LIST;
    } else if (p->zone == ZONE_BODY && is_pull_quote(p, &look)) {
        p->zone = ZONE_PULLQUOTE;
    }
    if (p->flags & PASSAGE_LIST)
        p->level = 1;
}

void layout_paragraphs(struct layout *layout, struct sheet *sheet)
{
    struct place place = {.layout = layout, .sheet = sheet, .sheet_index = sheet->page - 1};
    guint before = layout->paragraphs->len;
    for (guint i = 0; i < sheet->order->len; i++) {
        place.leaf_index = i;
        place.leaf = &g_array_index(sheet->order, struct leaf, i);
        read_leaf(&place);
    }
    for (guint i = before; i < layout->paragraphs->len; i++)
        classify(layout, sheet, &g_array_index(layout->paragraphs, struct paragraph, i));
    drop_runs(layout, before);
}
