/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "base/sorted.h"
#include "ingest/charset.h"
#include "ingest/encoding.h"
#include "ingest/reader.h"
#include "ingest/repair.h"
#include "ingest/printed/blocks.h"
#include "ingest/printed/cells.h"
#include "ingest/printed/chain.h"

/*  Text as people write it and as extractors print it.
 *
 *    bytes → encoding → lines (furniture, tables, notes set apart) → marks → blocks → passages, each clean byte with its source
 */
struct reading {
    struct document *doc;
    struct encoding encoding;
    struct text_lines lines;
    GArray *notes, *marks, *doubts;
    GArray *rows;              /* struct text_row: table rows that are passages */
    struct text_blocks blocks;
    struct repair *repair;
    uint32_t run_from, run_to; /* bytes of the text that wait to be appended as they are */
    bool space;                /* white space waits for the next character */
    uint32_t space_source;
    bool any;                  /* the open passage has text */
    uint32_t page;             /* page whose passages are being written; NONE = no pages */
};

static int probe_text(struct slice head, const char *path)
{
    (void)path;
    return encoding_is_text(head) ? 10 : 0;
}

static void flush(struct reading *r)
{
    if (r->run_to > r->run_from)
        encoding_append(&r->encoding, r->doc, r->run_from, r->run_to);
    r->run_from = r->run_to = 0;
}

/* Bytes made from `used` bytes of the text at `at`. */
static void append_made(struct reading *r, const char *made, uint32_t at, uint32_t used)
{
    flush(r);
    for (uint32_t i = 0; made[i]; i++)
        document_append(r->doc, slice_make(made + i, 1), encoding_source(&r->encoding, at + MIN(i, used - 1)));
}

static void wait_space(struct reading *r, uint32_t source)
{
    if (!r->space)
        r->space_source = source;
    r->space = true;
}

/* The space that waits, unless it would begin the passage. */
static void put_space(struct reading *r)
{
    if (r->space && r->any) {
        flush(r);
        document_append(r->doc, (struct slice)SLICE(" "), r->space_source);
    }
    r->space = false;
    r->any = true;
}

static void put_bytes(struct reading *r, uint32_t from, uint32_t to)
{
    put_space(r);
    if (r->run_to != from) {
        flush(r);
        r->run_from = from;
    }
    r->run_to = to;
}

/* Replaces a displaced accent at `at`; returns the bytes it used, 0 = there is none. */
static uint32_t put_accent(struct reading *r, uint32_t line_start, uint32_t at, uint32_t end)
{
    gunichar window[5] = {0}, out[2];
    const char *text = r->lines.text.ptr, *ptr = text + at, *stop = text + end;
    size_t len = 1, first = 1;
    if (at > line_start)
        window[0] = g_utf8_get_char(g_utf8_prev_char(ptr));
    for (; len < G_N_ELEMENTS(window) && ptr < stop; ptr = g_utf8_next_char(ptr))
        window[len++] = g_utf8_get_char(ptr);
    size_t used = at > line_start ? repair_accent(window, len, first, out) : repair_accent(window + 1, len - 1, 0, out);
    if (used == 0)
        return 0;
    uint32_t bytes = (uint32_t)(g_utf8_offset_to_pointer(text + at, (glong)used) - (text + at));
    char made[16];
    int n = g_unichar_to_utf8(out[0], made);
    n += out[1] ? g_unichar_to_utf8(out[1], made + n) : 0;
    made[n] = 0;
    if (text[at] != ' ' || out[1] == 0 || !r->any)
        put_space(r);
    append_made(r, made, at, bytes);
    return bytes;
}

/* Takes a mark out: the place behind what it hangs on is noted, the white space around it becomes one. */
static void put_mark(struct reading *r, const struct text_mark *mark)
{
    flush(r);
    const char *text = r->lines.text.ptr;
    struct mark made = {
        .at = (uint32_t)r->doc->text->len,
        .source = {encoding_source(&r->encoding, mark->start), encoding_source(&r->encoding, mark->end - 1) + 1},
        .page = text_line_at(&r->lines, mark->line)->page,
        .label = mark->number > 0 ? g_strdup_printf("%u", mark->number) : g_strndup(text + mark->start, mark->end - mark->start),
        .note = NONE,
        .doubtful = mark->doubtful,
    };
    g_array_append_val(r->doc->marks, made);
    if (mark->end < r->lines.text.len && g_unichar_isalpha(g_utf8_get_char(text + mark->end)))
        wait_space(r, NONE);
}

/* Index of the first mark at or behind a byte of the text. */
static guint mark_from(const struct reading *r, uint32_t at)
{
    return SORTED_FROM(r->marks, struct text_mark, start, at);
}

/* Index of the first doubt at or behind a byte of the text. */
static guint doubt_from(const struct reading *r, uint32_t at)
{
    return SORTED_FROM(r->doubts, struct text_doubt, start, at);
}

/* Digits that stay and may be a mark: where they stand in the clean text. */
static void put_doubt(struct reading *r, const struct text_doubt *doubt)
{
    flush(r);
    uint32_t at = (uint32_t)r->doc->text->len;
    struct span span = {at, at + doubt->end - doubt->start};
    if (doubt->in_number)
        g_array_append_val(r->doc->doubts, span);
}

/* One character that is more than a byte, or stands beside one; returns its bytes. */
static uint32_t put_character(struct reading *r, uint32_t line_start, uint32_t at, uint32_t end)
{
    const char *text = r->lines.text.ptr;
    uint32_t used = put_accent(r, line_start, at, end);
    if (used > 0)
        return used;
    used = (uint32_t)(g_utf8_next_char(text + at) - (text + at));
    const char *made = repair_character(g_utf8_get_char(text + at));
    if (!made && text[at] == ' ')
        wait_space(r, encoding_source(&r->encoding, at));
    else if (!made)
        put_bytes(r, at, at + used);
    else if (strcmp(made, " ") == 0)
        wait_space(r, encoding_source(&r->encoding, at));
    else if (*made) {
        put_space(r);
        append_made(r, made, at, used);
    }
    return used;
}

/* Bytes [from, to) of a line; a gap between cells becomes a TAB where `cells`. */
static void put_text(struct reading *r, uint32_t from, uint32_t to, bool cells)
{
    const char *text = r->lines.text.ptr;
    guint next = mark_from(r, from), doubt = doubt_from(r, from);
    uint32_t gap_from = from, gap_to = to;
    for (uint32_t at = from; at < to;) {
        const struct text_mark *mark = next < r->marks->len ? &g_array_index(r->marks, struct text_mark, next) : NULL;
        if (mark && mark->start == at && mark->end <= to) {
            put_mark(r, mark);
            at = mark->end;
            next++;
            continue;
        }
        for (; doubt < r->doubts->len && g_array_index(r->doubts, struct text_doubt, doubt).start <= at; doubt++)
            if (g_array_index(r->doubts, struct text_doubt, doubt).start == at)
                put_doubt(r, &g_array_index(r->doubts, struct text_doubt, doubt));
        unsigned char c = (unsigned char)text[at];
        if (g_ascii_isspace((char)c)) {
            gap_from = at - from;
            bool wide = c == '\t' || (at + 2 < to && g_ascii_isspace(text[at + 1]) && g_ascii_isspace(text[at + 2]));
            if (cells && wide && text_line_gap(slice_sub(r->lines.text, from, to), &gap_from, &gap_to) && gap_from + from == at) {
                flush(r);
                document_append(r->doc, (struct slice)SLICE("\t"), encoding_source(&r->encoding, at));
                r->space = false;
                at = from + gap_to;
                continue;
            }
        }
        bool plain = c < 0x80 && c != '`' && (at + 1 >= to || (unsigned char)text[at + 1] < 0x80) && (at + 2 >= to || (unsigned char)text[at + 2] < 0x80);
        if (!plain)
            at += put_character(r, from, at, to);
        else if (g_ascii_isspace((char)c) || c == 0x0B)
            wait_space(r, encoding_source(&r->encoding, at++));
        else {
            put_bytes(r, at, at + 1);
            at++;
        }
    }
}

/* An address that goes on in the next line: it ends in a sign that no sentence ends in. */
static bool address_goes_on(struct slice line)
{
    size_t start = line.len;
    while (start > 0 && !g_ascii_isspace(line.ptr[start - 1]))
        start--;
    struct slice last = slice_sub(line, start, line.len);
    return last.len > 0 && strchr("/_=?&%#-", last.ptr[last.len - 1]) && (g_strstr_len(last.ptr, (gssize)last.len, "://") || slice_starts(last, "www."));
}

/* How one line goes over into the next: bytes of the first that stay, and whether a space stands between. */
static uint32_t join(const struct reading *r, guint above, guint below, bool *space)
{
    struct slice a = text_line_slice(&r->lines, above), b = text_line_slice(&r->lines, below), left, hyphen;
    uint32_t end = text_line_at(&r->lines, above)->end;
    *space = !address_goes_on(a);
    if (!*space || !repair_divided(a, &left, &hyphen) || repair_suspends(b))
        return end;
    *space = false;
    return repair_joins(r->repair, a, b) ? end - (uint32_t)hyphen.len : end;
}

/* The printed line of a piece of clean text: its page. */
static void add_line(struct reading *r, uint32_t start, uint32_t page)
{
    uint32_t end = (uint32_t)r->doc->text->len;
    struct line line = {.span = {start, end}, .page = page, .edges = NONE};
    if (page != NONE && end > start)
        g_array_append_val(r->doc->lines, line);
}

/* The lines of a block, from byte `from` of its first one on. */
static void put_block(struct reading *r, const struct text_block *block, uint32_t from)
{
    bool table = block->zone == ZONE_TABLE;
    r->any = r->space = false;
    for (guint i = block->from; i < block->to; i++) {
        guint line = g_array_index(r->blocks.order, guint, i);
        const struct text_line *printed = text_line_at(&r->lines, line);
        uint32_t start = (uint32_t)r->doc->text->len, end = printed->end;
        bool space = false, last = i + 1 == block->to;
        if (!last && !table)
            end = join(r, line, g_array_index(r->blocks.order, guint, i + 1), &space);
        put_text(r, MIN(MAX(printed->start, from), end), end, table);
        from = 0;
        flush(r);
        add_line(r, start, printed->page);
        if (table && !last)
            document_append(r->doc, (struct slice)SLICE("\t"), NONE);
        else if (space)
            wait_space(r, NONE);
    }
}

static void turn_to(struct reading *r, uint32_t page)
{
    for (; r->page != NONE && page != NONE && r->page < page; r->page++)
        document_append(r->doc, (struct slice)SLICE("\f"), NONE);
}

static void add_passage(struct reading *r, const struct text_block *block)
{
    struct document *doc = r->doc;
    const struct text_note *note = block->note != NONE ? &g_array_index(r->notes, struct text_note, block->note) : NULL;
    uint32_t page = text_line_at(&r->lines, g_array_index(r->blocks.order, guint, block->from))->page;
    turn_to(r, page);
    struct passage passage = {.span = {(uint32_t)doc->text->len, 0}, .zone = block->zone, .page = page, .flags = block->flags, .level = block->level};
    struct text_block rest = *block;
    while (note && rest.from + 1 < rest.to && text_line_at(&r->lines, g_array_index(r->blocks.order, guint, rest.from))->end <= note->text)
        rest.from++; /* the label stood on a line of its own */
    put_block(r, &rest, note ? note->text : 0);
    passage.span.end = (uint32_t)doc->text->len;
    if (passage.span.end == passage.span.start)
        return;
    g_array_append_val(doc->passages, passage);
    if (block->zone == ZONE_TABLE && block->to == block->from + 1) {
        struct text_row row = {g_array_index(r->blocks.order, guint, block->from), doc->passages->len - 1};
        g_array_append_val(r->rows, row);
    }
    if (note) {
        struct note made = {g_strdup(note->label), passage.span, page};
        g_array_append_val(doc->notes, made);
    }
    document_append(doc, (struct slice)SLICE("\n\n"), NONE);
}

/* Bytes of a line that a warning shows. */
static int shown(struct slice line)
{
    enum { MOST = 80 };
    size_t len = MIN(line.len, (size_t)MOST);
    while (len < line.len && len > 0 && ((unsigned char)line.ptr[len] & 0xC0) == 0x80)
        len--;
    return (int)len;
}

static int compare_doubts(const void *a, const void *b)
{
    const struct text_doubt *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : 0;
}

static void warn_doubts(struct reading *r)
{
    for (guint i = 0; i < r->doubts->len; i++) {
        const struct text_doubt *doubt = &g_array_index(r->doubts, struct text_doubt, i);
        struct slice line = text_line_slice(&r->lines, doubt->line);
        uint32_t page = text_line_at(&r->lines, doubt->line)->page;
        if (doubt->in_number)
            document_warn(r->doc, "note-mark", page, "\"%.*s\": the number may end in note mark %u; both readings are kept", shown(line), line.ptr, doubt->number);
        else
            document_warn(r->doc, "note-mark", page, "note %u may have its mark in \"%.*s\": check the number", doubt->number, shown(line), line.ptr);
    }
    for (guint i = 0; i < r->marks->len; i++) {
        const struct text_mark *mark = &g_array_index(r->marks, struct text_mark, i);
        struct slice line = text_line_slice(&r->lines, mark->line);
        if (mark->doubtful)
            document_warn(r->doc, "note-mark", text_line_at(&r->lines, mark->line)->page,
                          "\"%.*s\" is read with note mark %u, which may be a part of the number; both readings are kept", shown(line), line.ptr, mark->number);
    }
}

static void find_structure(struct reading *r)
{
    text_lines_init(&r->lines, r->encoding.text);
    text_tables_find(&r->lines);
    g_autoptr(GArray) candidates = mark_candidates(&r->lines);
    r->notes = text_notes_find(&r->lines, candidates);
    r->rows = g_array_new(FALSE, FALSE, sizeof(struct text_row));
    r->doubts = g_array_new(FALSE, FALSE, sizeof(struct text_doubt));
    r->marks = marks_choose(&r->lines, candidates, r->notes, r->doubts);
    g_array_sort(r->doubts, compare_doubts);
    text_blocks_init(&r->blocks, &r->lines, r->notes);
    r->repair = repair_new();
    for (guint i = 0; i < r->lines.lines->len; i++)
        if (text_line_at(&r->lines, i)->kind == LINE_TEXT || text_line_at(&r->lines, i)->kind == LINE_NOTE)
            repair_learn(r->repair, text_line_slice(&r->lines, i));
}

static void write_document(struct reading *r)
{
    for (guint i = 0; i < r->lines.labels->len; i++) {
        struct page page = {.label = g_strdup(g_ptr_array_index(r->lines.labels, i)), .flags = PAGE_NO_TEXT};
        g_array_append_val(r->doc->pages, page);
    }
    for (guint i = 0; i < r->lines.lines->len && r->doc->pages->len > 0; i++)
        DOCUMENT_AT(r->doc->pages, struct page, text_line_at(&r->lines, i)->page - 1).flags = 0;
    r->page = r->doc->pages->len > 0 ? 1 : NONE;
    for (guint i = 0; i < r->blocks.blocks->len; i++)
        add_passage(r, &g_array_index(r->blocks.blocks, struct text_block, i));
    turn_to(r, r->doc->pages->len);
    text_cells_find(r->doc, &r->lines, r->rows);
    warn_doubts(r);
    encoding_warn(&r->encoding, r->doc);
}

static void reading_clear(struct reading *r)
{
    text_blocks_clear(&r->blocks);
    g_array_unref(r->notes);
    g_array_unref(r->marks);
    g_array_unref(r->doubts);
    g_array_unref(r->rows);
    text_lines_clear(&r->lines);
    repair_free(r->repair);
    encoding_clear(&r->encoding);
}

static bool read_plain(const struct source *source, GPtrArray *documents, GError **error)
{
    struct reading r = {0};
    if (!charset_decode_plain(source, &r.encoding, error))
        return false;
    find_structure(&r);
    if (r.lines.labels->len > LIMIT_PAGES) {
        reading_clear(&r);
        citable_error_at(error, CITABLE_ERROR_LIMIT, source->path, 0, "has more than %d pages; split it", LIMIT_PAGES);
        return false;
    }
    r.doc = document_new(source->path);
    write_document(&r);
    reading_clear(&r);
    g_ptr_array_add(documents, r.doc);
    return true;
}

const struct reader read_text = {"text", probe_text, read_plain};
