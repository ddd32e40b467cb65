/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/builder.h"

#include "ingest/layout/superscript.h"

enum { GRID_COLUMNS = 64 };

/* A cell of the open table at its place in the grid. */
struct grid_cell {
    struct span span;
    uint32_t row, column, columns, rows;
    uint32_t passage;
    bool head;
};

void builder_init(struct builder *builder, struct document *doc)
{
    *builder = (struct builder){.doc = doc, .cell = NONE, .caption = NONE};
}

void builder_clear(struct builder *builder)
{
    g_clear_pointer(&builder->cells, g_array_unref);
    g_clear_pointer(&builder->note, g_free);
}

void builder_open(struct builder *builder, enum zone zone, uint8_t level, uint32_t flags)
{
    builder_close(builder);
    uint32_t at = (uint32_t)builder->doc->text->len;
    builder->passage = (struct passage){.span = {at, at}, .zone = zone, .page = NONE, .heading = NONE, .flags = flags, .level = level};
    builder->open = true;
}

/* Takes back the text from a clean byte on, and where it stood. */
static void cut_back(struct document *doc, uint32_t len)
{
    g_string_truncate(doc->text, len);
    while (doc->shifts->len > 0 && DOCUMENT_AT(doc->shifts, struct shift, doc->shifts->len - 1).clean >= len)
        g_array_set_size(doc->shifts, doc->shifts->len - 1);
}

/* No-break spaces at the end, or alone, are layout; so are the TABs of empty cells. */
static void trim_end(struct builder *builder)
{
    struct document *doc = builder->doc;
    const char *text = doc->text->str;
    size_t len = doc->text->len, start = builder->passage.span.start;
    while (len > start) {
        if (text[len - 1] == ' ' || text[len - 1] == '\t')
            len--;
        else if (len - start >= 2 && memcmp(text + len - 2, "\xc2\xa0", 2) == 0)
            len -= 2;
        else
            break;
    }
    if (len == doc->text->len)
        return;
    cut_back(doc, (uint32_t)len);
    for (guint i = doc->marks->len; i-- > 0 && DOCUMENT_AT(doc->marks, struct mark, i).at > len;)
        DOCUMENT_AT(doc->marks, struct mark, i).at = (uint32_t)len;
}

/* Bytes of the label that a note's text begins with, typed: "1. Survey", "[1] Survey", "*) Survey"; 0: none. */
static uint32_t typed_label(struct slice text, const char *label)
{
    size_t len = strlen(label), open = text.len > 0 && strchr("[(", text.ptr[0]) ? 1 : 0;
    if (len == 0 || text.len < open + len + 2 || memcmp(text.ptr + open, label, len) != 0 || !strchr(".):]", text.ptr[open + len]) || text.ptr[open + len + 1] != ' ')
        return 0;
    return (uint32_t)(open + len + 2);
}

static void close_note(struct builder *builder)
{
    struct span span = {builder->note_start, builder->passage.span.end};
    const char *text = builder->doc->text->str;
    while (span.start < span.end && text[span.start] == ' ')
        span.start++;
    span.start += typed_label(slice_make(text + span.start, span.end - span.start), builder->note);
    struct note note = {.label = builder->note, .span = span, .page = NONE};
    builder->note = NULL;
    g_array_append_val(builder->doc->notes, note);
}

void builder_close(struct builder *builder)
{
    if (!builder->open)
        return;
    builder->open = builder->space = builder->tab = false;
    trim_end(builder);
    builder->passage.span.end = (uint32_t)builder->doc->text->len;
    if (builder->passage.span.end == builder->passage.span.start) {
        g_clear_pointer(&builder->note, g_free);
        return;
    }
    if (builder->note)
        close_note(builder);
    g_array_append_val(builder->doc->passages, builder->passage);
    document_append(builder->doc, (struct slice)SLICE("\n\n"), NONE);
}

uint32_t builder_length(const struct builder *builder)
{
    return builder->open ? (uint32_t)builder->doc->text->len - builder->passage.span.start : 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* The waiting space, if a word stands before it in this passage (and in this cell). */
static void put_space(struct builder *builder)
{
    uint32_t from = builder->cell != NONE ? builder->cell : builder->passage.span.start;
    if (builder->space && builder->doc->text->len > from)
        document_append(builder->doc, builder->tab ? (struct slice)SLICE("\t") : (struct slice)SLICE(" "), builder->space_source);
    builder->space = builder->tab = false;
}

/* Bytes of a character of no width at the head of `text`: soft hyphen, zero width space, word joiner, byte order mark; 0: none. */
static size_t no_width(struct slice text)
{
    static const char *const characters[] = {"\u00ad", "\u200b", "\u2060", "\ufeff"};
    for (size_t i = 0; text.len > 0 && (unsigned char)text.ptr[0] >= 0xc2 && i < G_N_ELEMENTS(characters); i++)
        if (slice_starts(text, characters[i]))
            return strlen(characters[i]);
    return 0;
}

void builder_text(struct builder *builder, struct slice text, uint32_t source)
{
    size_t at = 0;
    while (at < text.len) {
        size_t start = at;
        while (at < text.len && is_space(text.ptr[at]))
            at++;
        if (at > start && !builder->space) {
            builder->space = true;
            builder->space_source = source == NONE ? NONE : source + (uint32_t)start;
        }
        if (at < text.len)
            at += no_width(slice_sub(text, at, text.len));
        start = at;
        while (at < text.len && !is_space(text.ptr[at]) && no_width(slice_sub(text, at, text.len)) == 0)
            at++;
        if (at == start)
            continue;
        if (!builder->open) {
            bool space = builder->space;
            builder_open(builder, ZONE_BODY, 0, 0);
            builder->space = space;
        }
        put_space(builder);
        document_append(builder->doc, slice_sub(text, start, at), source == NONE ? NONE : source + (uint32_t)start);
    }
}

void builder_space(struct builder *builder)
{
    if (!builder->space)
        builder->space_source = NONE;
    builder->space = true;
}

void builder_tab(struct builder *builder)
{
    builder_space(builder);
    builder->tab = true;
}

void builder_note(struct builder *builder, const char *label)
{
    g_free(builder->note);
    builder->note = g_strdup(label);
    builder->note_start = (uint32_t)builder->doc->text->len;
    builder->passage.zone = ZONE_NOTE;
}

void builder_made(struct builder *builder, struct slice text, struct span source)
{
    uint32_t at = source.start;
    for (size_t i = 0; i < text.len; i++) {
        bool next = i > 0 && ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        at += next && at != NONE && at + 1 < source.end ? 1 : 0;
        builder_text(builder, slice_make(text.ptr + i, 1), at);
    }
}

/* "10" of "km<sup>10</sup>" as "¹⁰": where the file has the same bytes, each sign stands at its own place. */
static void raise_power(struct builder *builder, struct slice text, struct span source)
{
    struct slice power = slice_trim(text);
    if (source.start == NONE || source.end - source.start != text.len) {
        g_autofree char *raised = superscript_raise(power);
        builder_made(builder, slice_of(raised), source);
        return;
    }
    uint32_t at = source.start + (uint32_t)(power.ptr - text.ptr);
    for (size_t i = 0; i < power.len;) {
        size_t len = MIN((size_t)g_utf8_skip[(unsigned char)power.ptr[i]], power.len - i);
        g_autofree char *raised = superscript_raise(slice_sub(power, i, i + len));
        builder_made(builder, slice_of(raised), (struct span){at + (uint32_t)i, at + (uint32_t)(i + len)});
        i += len;
    }
}

void builder_raised(struct builder *builder, struct slice text, struct span source)
{
    struct document *doc = builder->doc;
    uint32_t from = builder->cell != NONE ? builder->cell : builder->open ? builder->passage.span.start : (uint32_t)doc->text->len;
    struct slice before = slice_sub(document_text(doc), from, doc->text->len);
    g_autofree char *label = slice_dup(superscript_label(text));
    switch (superscript_kind(before, text)) {
    case SUPERSCRIPT_TEXT:
        builder_text(builder, text, source.start);
        break;
    case SUPERSCRIPT_POWER:
        raise_power(builder, text, source);
        break;
    case SUPERSCRIPT_MARK:
        if (builder->open && before.len == 0 && builder->cell == NONE)
            builder_note(builder, label);
        else
            builder_mark(builder, label, source);
    }
}

static void decoded_piece(struct builder *builder, const struct encoding *encoding, struct span piece, bool raised)
{
    uint32_t source = encoding_source(encoding, piece.start);
    struct slice text = slice_sub(encoding->text, piece.start, piece.end);
    if (raised)
        builder_raised(builder, text, (struct span){source, encoding_source(encoding, piece.end - 1) + 1});
    else
        builder_text(builder, text, source);
}

/* A character that fewer bytes of the file stand for (é in windows-1252): all its bytes are at the same place. */
static void decoded_character(struct builder *builder, const struct encoding *encoding, struct span piece, bool raised)
{
    GString *text = builder->doc->text;
    gsize before = text->len;
    uint32_t len = piece.end - piece.start;
    decoded_piece(builder, encoding, piece, raised);
    if (text->len < before + len || memcmp(text->str + text->len - len, encoding->text.ptr + piece.start, len) != 0)
        return; /* one without width, which does not enter the text */
    for (uint32_t i = piece.start + 1; i < piece.end; i++) {
        struct shift shift = {(uint32_t)text->len - (piece.end - i), encoding_source(encoding, i)};
        g_array_append_val(builder->doc->shifts, shift);
    }
}

static bool inside_character(const struct encoding *encoding, uint32_t at)
{
    return at < encoding->text.len && ((unsigned char)encoding->text.ptr[at] & 0xC0) == 0x80;
}

void builder_decoded(struct builder *builder, const struct encoding *encoding, struct span text, bool raised)
{
    while (text.start < text.end) {
        uint32_t end = encoding_piece(encoding, text.start, text.end), whole = end;
        while (whole > text.start && inside_character(encoding, whole))
            whole--;
        if (whole > text.start) {
            decoded_piece(builder, encoding, (struct span){text.start, whole}, raised);
            text.start = whole;
            continue;
        }
        while (inside_character(encoding, end))
            end++;
        decoded_character(builder, encoding, (struct span){text.start, end}, raised);
        text.start = end;
    }
}

void builder_mark(struct builder *builder, const char *label, struct span source)
{
    struct mark mark = {.at = (uint32_t)builder->doc->text->len, .source = source, .page = NONE, .label = g_strdup(label), .note = NONE};
    g_array_append_val(builder->doc->marks, mark);
}

void builder_table(struct builder *builder, uint32_t caption)
{
    builder_close(builder);
    builder_clear(builder);
    builder->cells = g_array_new(FALSE, FALSE, sizeof(struct grid_cell));
    builder->row = NONE;
    builder->caption = caption;
}

static void end_cell(struct builder *builder)
{
    if (builder->cell == NONE)
        return;
    struct grid_cell *cell = &g_array_index(builder->cells, struct grid_cell, builder->cells->len - 1);
    cell->span = (struct span){builder->cell, (uint32_t)builder->doc->text->len};
    builder->cell = NONE;
    builder->space = false;
}

/* Ends the open row. One without any text is forgotten, with its cells. */
static void end_row(struct builder *builder)
{
    end_cell(builder);
    if (!builder->open)
        return;
    trim_end(builder);
    const GString *text = builder->doc->text;
    for (guint i = builder->cells->len; i-- > 0;) {
        struct grid_cell *cell = &g_array_index(builder->cells, struct grid_cell, i);
        if (cell->row != builder->row)
            break;
        cell->span.start = MIN(cell->span.start, (uint32_t)text->len);
        cell->span.end = MIN(cell->span.end, (uint32_t)text->len);
    }
    builder_close(builder);
}

void builder_row(struct builder *builder)
{
    end_row(builder);
    builder->row++; /* from NONE to 0 */
    builder->column = 0;
    builder_open(builder, ZONE_TABLE, 0, 0);
}

/* A cell above that reaches down into this place. */
static bool covered(const struct builder *builder, uint32_t column)
{
    for (guint i = builder->cells->len; i-- > 0;) {
        const struct grid_cell *cell = &g_array_index(builder->cells, struct grid_cell, i);
        if (cell->row + GRID_COLUMNS < builder->row)
            break;
        if (cell->row < builder->row && cell->row + cell->rows > builder->row && column >= cell->column && column < cell->column + cell->columns)
            return true;
    }
    return false;
}

void builder_cell(struct builder *builder, bool head, unsigned columns, unsigned rows)
{
    end_cell(builder);
    while (builder->column < GRID_COLUMNS && covered(builder, builder->column))
        builder->column++;
    if (builder->column > 0)
        document_append(builder->doc, (struct slice)SLICE("\t"), NONE);
    uint32_t at = (uint32_t)builder->doc->text->len;
    struct grid_cell cell = {{at, at}, builder->row, builder->column, CLAMP(columns, 1, GRID_COLUMNS), CLAMP(rows, 1, GRID_COLUMNS), builder->doc->passages->len, head};
    g_array_append_val(builder->cells, cell);
    builder->column += cell.columns;
    builder->cell = at;
}

static bool has_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (g_ascii_isdigit(text.ptr[i]))
            return true;
    return false;
}

/* A year or a label is a head, also "- of these, women" and "(all)"; "10,000", "-5" and "(12)" are not. */
static bool head_like(const struct document *doc, const struct grid_cell *cell)
{
    struct slice text = document_slice(doc, cell->span);
    if (cell->head)
        return text.len > 0;
    bool year = text.len == 4 && has_digit(text) && (slice_starts(text, "19") || slice_starts(text, "20"));
    size_t at = 0;
    while (at < text.len && (g_ascii_ispunct(text.ptr[at]) || g_ascii_isspace(text.ptr[at])))
        at++;
    return year || (at < text.len && (g_ascii_isalpha(text.ptr[at]) || (unsigned char)text.ptr[at] >= 0x80));
}

/* Are all cells of the row heads, or empty? Then it is a row of column heads. */
static bool head_row(const struct builder *builder, uint32_t row)
{
    bool any = false;
    for (guint i = 0; i < builder->cells->len; i++) {
        const struct grid_cell *cell = &g_array_index(builder->cells, struct grid_cell, i);
        if (cell->row != row || cell->span.start == cell->span.end)
            continue;
        if (!head_like(builder->doc, cell))
            return false;
        any |= cell->column > 0 || cell->head;
    }
    return any;
}

void builder_table_end(struct builder *builder)
{
    if (!builder->cells)
        return;
    end_row(builder);
    struct span columns[GRID_COLUMNS] = {{0, 0}}, row = {0, 0};
    uint32_t heads = 0, last = NONE; /* rows of heads at the top */
    while (heads < 4 && builder->row != NONE && heads < builder->row && head_row(builder, heads))
        heads++;
    for (guint i = 0; i < builder->cells->len; i++) {
        const struct grid_cell *cell = &g_array_index(builder->cells, struct grid_cell, i);
        bool empty = cell->span.start == cell->span.end;
        if (cell->row < heads) {
            for (uint32_t c = cell->column; !empty && c < MIN(cell->column + cell->columns, (uint32_t)GRID_COLUMNS); c++)
                columns[c] = cell->span;
            continue;
        }
        if (cell->row != last) {
            last = cell->row;
            row = (struct span){0, 0};
            if (cell->column == 0 && !empty && head_like(builder->doc, cell)) {
                row = cell->span;
                continue;
            }
        }
        if (empty || cell->column >= GRID_COLUMNS)
            continue;
        struct cell made = {cell->span, row, columns[cell->column], cell->passage, builder->caption, {0, 0}, {0, 0}};
        if (row.end > row.start || made.column.end > made.column.start)
            g_array_append_val(builder->doc->cells, made);
    }
    builder_clear(builder);
    builder->caption = NONE;
}
