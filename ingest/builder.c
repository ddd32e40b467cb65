/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/builder.h"


void builder_init(struct builder *builder, struct document *doc)
{
    *builder = (struct builder){.doc = doc, .cell = NONE, .caption = NONE, .struck = NONE};
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
    builder->open = builder->space = builder->tab = builder->part = false;
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

/* The waiting space, if a word stands before it in this passage (and in this cell). next: the sign behind it. */
static void put_space(struct builder *builder, char next)
{
    uint32_t from = builder->cell != NONE ? builder->cell : builder->passage.span.start;
    const GString *text = builder->doc->text;
    bool digits = text->len > from && g_ascii_isdigit(text->str[text->len - 1]) && g_ascii_isdigit(next);
    if (builder->space && text->len > from)
        document_append(builder->doc, builder->tab || (builder->part && digits) ? (struct slice)SLICE("\t") : (struct slice)SLICE(" "), builder->space_source);
    builder->space = builder->tab = builder->part = false;
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

/* "5<s>300</s>400": digits go on a number over what is struck out. Five thousand four hundred, or a number of its own: both are kept. */
static void doubt_behind_struck(struct builder *builder, struct slice text)
{
    struct document *doc = builder->doc;
    size_t sign = text.len > 1 && (text.ptr[0] == ',' || text.ptr[0] == '.') ? 1 : 0, end = sign;
    while (end < text.len && g_ascii_isdigit(text.ptr[end]))
        end++;
    struct span digits = {builder->struck + (uint32_t)sign, builder->struck + (uint32_t)end};
    if (builder->struck == doc->text->len && !builder->space && end > sign)
        g_array_append_val(doc->doubts, digits);
    builder->struck = NONE;
}

void builder_text(struct builder *builder, struct slice text, uint32_t source)
{
    size_t at = 0;
    while (at < text.len) {
        size_t start = at;
        bool tab = false, line = false;
        for (; at < text.len && is_space(text.ptr[at]); at++) {
            tab |= text.ptr[at] == '\t';
            line |= text.ptr[at] == '\n' || text.ptr[at] == '\r';
        }
        builder->part |= tab && !line && !builder->space; /* a TAB that is no indent parts columns */
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
        if (builder->struck != NONE)
            doubt_behind_struck(builder, slice_sub(text, start, at));
        put_space(builder, text.ptr[start]);
        document_append(builder->doc, slice_sub(text, start, at), source == NONE ? NONE : source + (uint32_t)start);
    }
}

void builder_space(struct builder *builder)
{
    if (!builder->space)
        builder->space_source = NONE;
    builder->space = true;
}

void builder_part(struct builder *builder)
{
    builder_space(builder);
    builder->part = true;
}

void builder_tab(struct builder *builder)
{
    builder_space(builder);
    builder->tab = true;
}

void builder_struck(struct builder *builder)
{
    const GString *text = builder->doc->text;
    size_t sign = builder_length(builder) > 1 && strchr(",.", text->str[text->len - 1]) ? 1 : 0; /* 5,<s>300</s>400 */
    builder->part = true; /* "zone 5 <s>300</s> 400" is not 5 400 */
    if (builder_length(builder) > 0 && !builder->space && g_ascii_isdigit(text->str[text->len - 1 - sign]))
        builder->struck = (uint32_t)text->len;
    const GArray *warnings = builder->doc->warnings;
    for (guint i = 0; i < warnings->len; i++)
        if (strcmp(DOCUMENT_AT(warnings, struct warning, i).code, "struck-text") == 0)
            return;
    document_warn(builder->doc, "struck-text", NONE, "text that is struck out is left out");
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

/* A row that is one cell over several columns, and begins with a mark: no mark on a value. */
bool builder_labels_note(const struct builder *builder, struct slice raised)
{
    if (!builder->open || builder->cell == NONE || builder->doc->text->len > builder->cell)
        return false;
    const struct marked_cell *cell = &g_array_index(builder->cells, struct marked_cell, builder->cells->len - 1);
    struct slice label = superscript_label(raised);
    bool letter = label.len == 1 && g_ascii_islower(label.ptr[0]);
    return cell->column == 0 && cell->columns > 1 && (letter || superscript_kind(slice_make(raised.ptr, 0), raised) == SUPERSCRIPT_MARK);
}

/* Has the mark that comes before this one in the sequence of notes been seen, or this one itself? */
static bool is_due(const struct document *doc, const char *label)
{
    guint64 value = g_ascii_strtoull(label, NULL, 10);
    for (guint i = 0; i < doc->marks->len; i++) {
        guint64 other = g_ascii_strtoull(DOCUMENT_AT(doc->marks, struct mark, i).label, NULL, 10);
        if (other > 0 && (other == value || other + 1 == value))
            return true;
    }
    return false;
}

/* What stands before the next text of the open passage, or cell. */
static struct slice text_before(const struct builder *builder)
{
    const struct document *doc = builder->doc;
    uint32_t from = builder->cell != NONE ? builder->cell : builder->open ? builder->passage.span.start : (uint32_t)doc->text->len;
    return slice_sub(document_text(doc), from, doc->text->len);
}

enum superscript builder_raised_kind(const struct builder *builder, struct slice text)
{
    struct slice before = text_before(builder);
    enum superscript kind = superscript_kind(before, text);
    g_autofree char *label = slice_dup(superscript_label(slice_trim(text)));
    if (kind == SUPERSCRIPT_POWER && superscript_may_be_mark(before, text) && is_due(builder->doc, label))
        return SUPERSCRIPT_MARK;
    bool touches = before.len > 0 && !builder->space && !is_space(text.len > 0 ? text.ptr[0] : ' ');
    return kind == SUPERSCRIPT_MARK && !touches && superscript_is_amount(text) ? SUPERSCRIPT_TEXT : kind;
}

void builder_fraction(struct builder *builder)
{
    const GString *text = builder->doc->text;
    if (builder_length(builder) > 0 && g_ascii_isdigit(text->str[text->len - 1]))
        builder_space(builder);
}

void builder_raised(struct builder *builder, struct slice text, struct span source)
{
    struct slice before = text_before(builder);
    g_autofree char *label = slice_dup(superscript_label(text));
    if (builder_labels_note(builder, text)) {
        builder_note(builder, label);
        return;
    }
    switch (builder_raised_kind(builder, text)) {
    case SUPERSCRIPT_TEXT:
        if (superscript_is_fraction(text))
            builder_fraction(builder);
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
    builder->cells = g_array_new(FALSE, FALSE, sizeof(struct marked_cell));
    builder->row = NONE;
    memset(builder->until, 0, sizeof builder->until);
    builder->caption = caption;
}

static void end_cell(struct builder *builder)
{
    if (builder->cell == NONE)
        return;
    struct marked_cell *cell = &g_array_index(builder->cells, struct marked_cell, builder->cells->len - 1);
    cell->span = (struct span){builder->cell, (uint32_t)builder->doc->text->len};
    builder->cell = NONE;
    builder->space = builder->tab = builder->part = false;
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
        struct marked_cell *cell = &g_array_index(builder->cells, struct marked_cell, i);
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
static bool covered(const struct builder *builder)
{
    return builder->column < MARKED_COLUMNS && builder->until[builder->column] > builder->row;
}

void builder_cell(struct builder *builder, bool head, unsigned columns, unsigned rows)
{
    end_cell(builder);
    while (covered(builder))
        builder->column++;
    if (builder->column > 0)
        document_append(builder->doc, (struct slice)SLICE("\t"), NONE);
    uint32_t at = (uint32_t)builder->doc->text->len;
    struct marked_cell cell = {{at, at}, builder->row, builder->column, CLAMP(columns, 1, MARKED_COLUMNS), CLAMP(rows, 1, MARKED_COLUMNS), builder->doc->passages->len, head};
    g_array_append_val(builder->cells, cell);
    for (uint32_t c = cell.column; c < MIN(cell.column + cell.columns, (uint32_t)MARKED_COLUMNS); c++)
        builder->until[c] = cell.row + cell.rows;
    builder->column += cell.columns;
    builder->cell = at;
}

void builder_table_end(struct builder *builder)
{
    if (!builder->cells)
        return;
    end_row(builder);
    marked_table_finish(builder->doc, builder->cells, builder->caption);
    builder_clear(builder);
    builder->caption = NONE;
}
