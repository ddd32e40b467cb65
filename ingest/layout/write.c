/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/grid.h"
#include "ingest/layout/plain_line.h"
#include "ingest/layout/text.h"
#include "ingest/repair.h"

/* Paragraphs → the document's text, lines with the edges of their characters, passages, marks and notes. */
struct writing {
    const struct layout *layout;
    struct document *doc;
    uint32_t page;   /* whose form feed has not been written */
    GString *label;  /* of an open mark */
    struct rect box; /* of it */
    uint32_t note;   /* clean byte where the note's text begins, behind its label; NONE before */
    struct repair *repair; /* NULL until it is first asked: see evidence */
    GArray *pieces;     /* struct piece: the line being written */
    GArray *characters; /* gunichar of the same */
    GString *scratch;
    GArray *grid;       /* struct grid_cell: the open table */
    struct grid_before before;
    uint32_t table, row; /* the open table, and the row being written */
    GArray *foot;       /* bool, by note: it stands at the foot of its page */
    guint room;         /* edges that the document has memory for */
};

/* A character on its way into the text. */
struct piece {
    gunichar character;
    float x0, x1;
    const struct glyph *mark; /* a glyph of a note mark: not written, but kept */
    bool label;               /* of a note's own label */
    bool doubt;               /* a digit of a number that may be a note mark */
};

static void add_edge(struct writing *w, float x)
{
    GArray *edges = w->doc->edges;
    if (edges->len < w->room)
        g_array_index(edges, float, edges->len++) = x;
    else
        g_array_append_val(edges, x);
}

/* How many edges fit into memory, once there is room for so many more. */
static guint make_room(GArray *edges, guint more)
{
    guint before = edges->len;
    g_array_set_size(edges, before + more);
    g_array_set_size(edges, before);
    return before + more;
}

/* Room for an edge of each character and two of each line, so that most are written without a call. */
static guint first_room(const struct layout *layout, struct document *doc)
{
    guint room = 0;
    for (guint s = 0; s < layout->sheets->len; s++)
        room += layout_sheet(layout, s)->glyphs->len + 2 * layout_sheet(layout, s)->lines->len;
    return make_room(doc->edges, room);
}

/* A digit at this byte may be a note mark, with the one before it if that may be one. */
static void put_doubt(GArray *doubts, uint32_t at, uint32_t bytes)
{
    struct span *last = doubts->len > 0 ? &g_array_index(doubts, struct span, doubts->len - 1) : NULL, span = {at, at + bytes};
    if (last && last->end == at)
        last->end += bytes;
    else
        g_array_append_val(doubts, span);
}

/* Ligatures are printed as one and written as several; they share the width. */
static void put_piece(struct writing *w, const struct piece *piece)
{
    GString *text = w->doc->text;
    if (piece->doubt)
        put_doubt(w->doc->doubts, (uint32_t)text->len, (uint32_t)g_unichar_to_utf8(piece->character, NULL));
    if (piece->character >= 0x20 && piece->character < 0x7F) {
        g_string_append_c(text, (char)piece->character);
        add_edge(w, piece->x0);
        return;
    }
    const char *instead = repair_character(piece->character);
    if (!instead) {
        g_string_append_unichar(text, piece->character);
        add_edge(w, piece->x0);
        return;
    }
    glong count = g_utf8_strlen(instead, -1);
    for (glong i = 0; i < count; i++)
        add_edge(w, piece->x0 + (piece->x1 - piece->x0) * (float)i / (float)count);
    g_string_append(text, instead);
}

static void end_mark(struct writing *w, uint32_t page)
{
    if (w->label->len == 0)
        return;
    g_auto(GStrv) labels = g_strsplit_set(w->label->str, ",;/", -1); /* "3,4": two notes */
    for (char **label = labels; *label; label++) {
        char *from = *label;
        while (*from && strchr("([.", *from))
            from++;
        size_t len = strlen(from);
        while (len > 0 && strchr(")].-", from[len - 1]))
            len--;
        if (len == 0)
            continue;
        struct mark mark = {.at = (uint32_t)w->doc->text->len, .source = {NONE, NONE}, .box = w->box, .page = page, .label = g_strndup(from, len), .note = NONE};
        g_array_append_val(w->doc->marks, mark);
    }
    g_string_truncate(w->label, 0);
}

static void put_mark(struct writing *w, const struct glyph *glyph)
{
    static const struct { gunichar raised; char digit; } digits[] = {{0xB9, '1'}, {0xB2, '2'}, {0xB3, '3'}, {0x2070, '0'}, {0x2074, '4'}, {0x2075, '5'},
                                                                    {0x2076, '6'}, {0x2077, '7'}, {0x2078, '8'}, {0x2079, '9'}};
    gunichar c = glyph->character;
    for (size_t i = 0; i < G_N_ELEMENTS(digits); i++)
        c = c == digits[i].raised ? (gunichar)digits[i].digit : c;
    w->box = w->label->len == 0 ? glyph->box : rect_union(w->box, glyph->box);
    if (w->label->len > 0 && glyph->flags & GLYPH_SPACE)
        g_string_append_c(w->label, ',');
    g_string_append_unichar(w->label, c);
}

/* The last `len` characters of the text go, and their edges with them; the line's right edge stays the last. */
static void take_back(struct writing *w, struct line *line, uint32_t bytes)
{
    GString *text = w->doc->text;
    glong count = g_utf8_strlen(text->str + text->len - bytes, (gssize)bytes);
    g_string_truncate(text, text->len - bytes);
    line->span.end = (uint32_t)text->len;
    if (line->edges == NONE)
        return;
    g_array_set_size(w->doc->edges, w->doc->edges->len - (guint)count); /* what was the left edge of the first of them is now the right edge */
}

/* Is the last word before a line end an address? */
static bool ends_address(struct slice left)
{
    size_t from = left.len;
    while (from > 0 && left.ptr[from - 1] != ' ' && left.ptr[from - 1] != '\t')
        from--;
    struct slice word = slice_sub(left, from, left.len);
    return g_strstr_len(word.ptr, (gssize)word.len, "://") || slice_starts(word, "www.");
}

/* An address goes on over the line end: "www.example.⏎org", "the-⏎report/". */
static bool goes_on_in(struct slice left, struct slice right)
{
    if (slice_starts(right, "http") || slice_starts(right, "www."))
        return false;
    char end = left.ptr[left.len - 1], first = right.len > 0 ? right.ptr[0] : ' ';
    if (strchr("-_/=&?.", end) && (g_ascii_islower(first) || g_ascii_isdigit(first) || strchr("-_/=&?#%", first)))
        return true;
    size_t len = 0;
    while (len < right.len && right.ptr[len] != ' ')
        len++;
    return strchr("-_/=&?#%.", first) || g_strstr_len(right.ptr, (gssize)len, "/");
}

static bool is_word_byte(char c)
{
    return g_ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

/* An address divided by hyphenation: "tech-⏎nology" if the document has "technology" and not "tech". */
static bool address_joins(const struct repair *repair, struct slice left, struct slice right)
{
    size_t end = left.len - 1, from = end, to = 0;
    while (from > 0 && is_word_byte(left.ptr[from - 1]))
        from--;
    while (to < right.len && is_word_byte(right.ptr[to]))
        to++;
    g_autofree char *word = g_strdup_printf("%.*s%.*s", (int)(end - from), left.ptr + from, (int)to, right.ptr);
    return repair_count(repair, slice_of(word)) > 0 && repair_count(repair, slice_sub(left, from, end)) * repair_count(repair, slice_sub(right, 0, to)) == 0;
}

/* The document's own words are the evidence for hyphens at line ends; read when the first of them stands there. */
static const struct repair *evidence(struct writing *w)
{
    if (w->repair)
        return w->repair;
    g_autoptr(GString) text = g_string_new(NULL);
    w->repair = repair_new();
    for (guint i = 0; i < w->layout->lines->len; i++) {
        struct line_ref at = g_array_index(w->layout->lines, struct line_ref, i);
        layout_text(layout_sheet(w->layout, at.sheet), layout_line(w->layout, i), text);
        repair_learn(w->repair, slice_make(text->str, text->len));
    }
    return w->repair;
}

/* A dash without a space before it has none behind it. */
static bool tight_dash(struct slice left)
{
    bool dash = slice_ends(left, "—") || slice_ends(left, "–");
    return dash && left.len > 3 && left.ptr[left.len - 4] != ' ';
}

/* What parts a line from the one before it: nothing where a word was divided, else a space or TAB, which belongs to the line before.
 * stacked: both are values of one cell. */
static void part_lines(struct writing *w, const struct text_line *last, const struct text_line *next, const struct sheet *next_sheet, uint32_t from, bool stacked)
{
    GString *text = w->doc->text;
    struct line *written = &DOCUMENT_AT(w->doc->lines, struct line, w->doc->lines->len - 1);
    if (next->flags & LINE_CELL || stacked) {
        g_string_append_c(text, '\t');
    } else {
        struct slice left = slice_make(text->str + from, text->len - from), right = {NULL, 0}, word, hyphen;
        bool address = ends_address(left), divided = repair_divided(left, &word, &hyphen);
        if (address || divided) {
            layout_text(next_sheet, next, w->scratch);
            right = slice_make(w->scratch->str, w->scratch->len);
        }
        if (address && goes_on_in(left, right)) {
            if (slice_ends(left, "-") && address_joins(evidence(w), left, right))
                take_back(w, written, 1);
            return;
        }
        if (divided) {
            bool joins = repair_joins(evidence(w), left, right);
            if (joins)
                take_back(w, written, (uint32_t)hyphen.len);
            if (joins || !repair_suspends(right))
                return;
        }
        if (tight_dash(left) || slice_ends(left, "/"))
            return;
        g_string_append_c(text, ' ');
    }
    if (written->edges != NONE)
        add_edge(w, last->box.x1);
    written->span.end = (uint32_t)text->len;
}

static void swap_pieces(GArray *pieces, guint from, guint to)
{
    while (from < to && from < --to) {
        struct piece first = g_array_index(pieces, struct piece, from);
        g_array_index(pieces, struct piece, from++) = g_array_index(pieces, struct piece, to);
        g_array_index(pieces, struct piece, to) = first;
    }
}

static bool runs_right(gunichar c)
{
    return g_unichar_isdigit(c) || (g_unichar_isalpha(c) && c < 0x590);
}

/* A sign that belongs to the number beside it, on whichever side: 40%, $40. */
static bool goes_with_number(const GArray *pieces, guint i)
{
    gunichar c = i < pieces->len ? g_array_index(pieces, struct piece, i).character : 0;
    return c == '%' || c == 0x2030 || c == 0xB0 || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* A line that is read from right to left, from the order of its boxes to the order of reading; numbers and Latin words in it keep theirs. */
static void reverse_pieces(GArray *pieces)
{
    swap_pieces(pieces, 0, pieces->len);
    for (guint i = 0; i < pieces->len; i++) {
        guint end = i, last = i;
        for (; end < pieces->len; end++) {
            gunichar c = g_array_index(pieces, struct piece, end).character;
            if (runs_right(c))
                last = end + 1;
            else if (c != '.' && c != ',' && c != '%' && c != '/' && c != ':' && c != '-' && c != ' ')
                break;
        }
        if (!runs_right(g_array_index(pieces, struct piece, i).character))
            continue;
        last += goes_with_number(pieces, last);
        swap_pieces(pieces, i > 0 && goes_with_number(pieces, i - 1) ? i - 1 : i, last);
        i = last;
    }
}

static void gather(struct writing *w, const struct sheet *sheet, const struct text_line *line)
{
    g_array_set_size(w->pieces, 2 * line->count); /* a space before each, at most */
    struct piece *pieces = (struct piece *)(void *)w->pieces->data;
    guint count = 0;
    float right = line->box.x0;
    bool text = false;
    for (uint32_t i = line->first; i < line->first + line->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        const bool mark = glyph->flags & GLYPH_MARK;
        if (!mark && glyph->flags & GLYPH_SPACE && text)
            pieces[count++] = (struct piece){' ', right, glyph->box.x0, NULL, false, false};
        pieces[count++] = (struct piece){glyph->character, glyph->box.x0, glyph->box.x1, mark ? glyph : NULL, (glyph->flags & GLYPH_LABEL) != 0, (glyph->flags & GLYPH_DOUBT) != 0};
        if (mark)
            continue;
        right = glyph->box.x1;
        text = true;
    }
    g_array_set_size(w->pieces, count);
    if (line->flags & LINE_RTL)
        reverse_pieces(w->pieces);
}

/* Accents that stand beside their letter come into it. */
static void repair_pieces(struct writing *w)
{
    bool odd = false;
    for (guint i = 0; i < w->pieces->len && !odd; i++)
        odd = g_array_index(w->pieces, struct piece, i).character >= 0x80;
    if (!odd)
        return;
    g_array_set_size(w->characters, w->pieces->len);
    for (guint i = 0; i < w->pieces->len; i++) {
        const struct piece *piece = &g_array_index(w->pieces, struct piece, i);
        g_array_index(w->characters, gunichar, i) = piece->mark ? 0xFFFC : piece->character;
    }
    for (guint i = 0; i < w->pieces->len; i++) {
        gunichar out[2] = {0, 0};
        size_t used = repair_accent((const gunichar *)(const void *)w->characters->data, w->characters->len, i, out);
        if (used == 0)
            continue;
        guint kept = out[1] ? 2 : 1;
        struct piece *piece = &g_array_index(w->pieces, struct piece, i);
        float right = g_array_index(w->pieces, struct piece, i + used - 1).x1;
        piece->x1 = MAX(right, piece->x1);
        for (guint k = 0; k < kept; k++)
            g_array_index(w->pieces, struct piece, i + k).character = g_array_index(w->characters, gunichar, i + k) = out[k];
        if (used > kept) {
            g_array_remove_range(w->pieces, i + kept, (guint)used - kept);
            g_array_remove_range(w->characters, i + kept, (guint)used - kept);
        }
        i += kept - 1;
    }
}

/* Most lines have no mark, no label and only plain characters, from left to right: written at once. False: nothing is written. */
static bool put_plain(struct writing *w, const struct sheet *sheet, const struct text_line *line)
{
    GString *text = w->doc->text;
    GArray *edges = w->doc->edges;
    gsize before = text->len;
    if (line->flags & LINE_RTL || w->label->len > 0)
        return false;
    g_string_set_size(text, before + (gsize)PLAIN_BYTES * line->count);
    g_string_truncate(text, before);
    if (w->room < edges->len + 2 * line->count)
        w->room = make_room(edges, 2 * line->count);
    struct plain out = {text->str + before, &g_array_index(edges, float, edges->len)};
    if (!plain_put(&out, sheet, line)) {
        text->str[before] = '\0';
        return false;
    }
    text->len = (gsize)(out.at - text->str);
    *out.at = '\0';
    edges->len = (guint)(out.x - (float *)(void *)edges->data);
    gsize blank = strspn(text->str + before, " ");
    if (w->note == NONE && before + blank < text->len)
        w->note = (uint32_t)(before + blank);
    return true;
}

/* Writes a line's characters and their left edges; returns the right edge of the last. */
static float put_characters(struct writing *w, const struct sheet *sheet, const struct text_line *line)
{
    struct document *doc = w->doc;
    float right = line->box.x0;
    if (put_plain(w, sheet, line))
        return line->count > 0 ? sheet_glyph(sheet, line->first + line->count - 1)->box.x1 : right;
    gather(w, sheet, line);
    repair_pieces(w);
    for (guint i = 0; i < w->pieces->len; i++) {
        const struct piece *piece = &g_array_index(w->pieces, struct piece, i);
        if (piece->mark) {
            put_mark(w, piece->mark);
            continue;
        }
        end_mark(w, sheet->page);
        if (w->note == NONE && !piece->label && piece->character != ' ')
            w->note = (uint32_t)doc->text->len;
        put_piece(w, piece);
        right = piece->x1;
    }
    end_mark(w, sheet->page);
    return right;
}

static void put_line(struct writing *w, const struct sheet *sheet, const struct text_line *line)
{
    struct document *doc = w->doc;
    struct line made = {.span = {(uint32_t)doc->text->len, 0}, .page = sheet->page, .edges = doc->edges->len, .box = line->box};
    float right = put_characters(w, sheet, line);
    add_edge(w, right);
    made.span.end = (uint32_t)doc->text->len;
    if (line->flags & (LINE_TURNED | LINE_RTL)) { /* letters do not follow one another from left to right: the whole line is the box */
        g_array_set_size(doc->edges, made.edges);
        made.edges = NONE;
    }
    if (made.span.end > made.span.start)
        g_array_append_val(doc->lines, made);
    else
        g_array_set_size(doc->edges, made.edges == NONE ? doc->edges->len : made.edges);
}

/* Rows come one after another; when another table or a paragraph follows, the cells get their heads. */
static void begin_row(struct writing *w, const struct paragraph *head)
{
    if (w->table != head->table && w->grid->len > 0)
        grid_finish(w->grid, w->doc, &w->before);
    w->table = head->table;
    w->row++;
}

/* A year that begins a row is its name. */
static bool is_value(const struct sheet *sheet, const struct text_line *line)
{
    return layout_is_numeric(sheet, line) && !(line->column == 0 && layout_is_date(sheet, line));
}

static bool is_doubtful(const struct text_line *line)
{
    return line->columns > 1 && line->flags & LINE_APART;
}

/* The lines of one cell come one after another. */
static void put_cell(struct writing *w, const struct paragraph *row, const struct sheet *sheet, const struct text_line *line, bool begins)
{
    const struct line *written = &DOCUMENT_AT(w->doc->lines, struct line, w->doc->lines->len - 1);
    if (!begins && w->grid->len > 0) {
        struct grid_cell *cell = &g_array_index(w->grid, struct grid_cell, w->grid->len - 1);
        cell->span.end = written->span.end;
        cell->numeric = cell->numeric && (layout_is_numeric(sheet, line) || layout_is_scale(sheet, line));
        cell->doubtful |= is_doubtful(line);
        cell->last = written->span.start;
        cell->foot = line->base;
        cell->bold = cell->bold && line->flags & LINE_BOLD;
        cell->columns = (uint16_t)MAX(cell->columns, line->columns);
        cell->x0 = MIN(cell->x0, line->box.x0);
        cell->x1 = MAX(cell->x1, line->box.x1);
        return;
    }
    struct grid_cell cell = {written->span, w->row, w->doc->passages->len, line->column, line->columns, row->head, is_doubtful(line), is_value(sheet, line),
                             line->box.x0, line->box.x1, line->box.x0, line->size, line->base, line->base, (line->flags & LINE_BOLD) != 0, written->span.start};
    g_array_append_val(w->grid, cell);
}

/* What a reader must know of a line before quoting it. */
static uint32_t doubts(const struct layout *layout, const struct sheet *sheet, const struct text_line *line)
{
    uint32_t flags = (sheet->flags & PAGE_GARBLED ? PASSAGE_UNRELIABLE : 0) | (sheet->flags & PAGE_OCR ? PASSAGE_OCR : 0);
    const struct glyph *glyph = sheet_glyph(sheet, line->first), *end = glyph + line->count;
    uint32_t of_glyphs = line->glyph_flags, style = NONE;
    for (; glyph < end && !(line->traits & LINE_PLAIN && !layout->garbled); glyph++) {
        if (glyph->character != 0xFFFD && glyph->style == style)
            continue;
        style = glyph->style;
        if (glyph->character == 0xFFFD || g_array_index(layout->styles, struct style, style).garbled)
            flags |= PASSAGE_UNRELIABLE;
    }
    if (of_glyphs & (GLYPH_UNSURE | GLYPH_OTHER))
        flags |= PASSAGE_DOUBTFUL;
    if (of_glyphs & GLYPH_HIDDEN)
        flags |= line->flags & LINE_HIDDEN ? PASSAGE_HIDDEN : PASSAGE_DOUBTFUL;
    return flags;
}

static void put_paragraph(struct writing *w, const struct paragraph *head)
{
    struct document *doc = w->doc;
    const struct layout *layout = w->layout;
    struct passage passage = {.span = {(uint32_t)doc->text->len, 0}, .zone = head->zone, .page = head->sheet + 1, .heading = NONE, .flags = head->flags, .level = head->level};
    const struct text_line *last = NULL;
    guint before = doc->lines->len;
    w->note = NONE;
    begin_row(w, head);
    for (const struct paragraph *p = head; p; p = p->next == NONE ? NULL : &g_array_index(layout->paragraphs, struct paragraph, p->next)) {
        const struct sheet *sheet = layout_sheet(layout, p->sheet);
        for (uint32_t i = p->first; i < p->first + p->count; i++) {
            const struct text_line *line = layout_line(layout, i);
            if (last && doc->lines->len > before)
                part_lines(w, last, line, sheet, passage.span.start, head->table && !head->head && p == head && layout_stacks_values(sheet, last, line));
            put_line(w, sheet, line);
            passage.flags |= doubts(layout, sheet, line);
            if (head->table && doc->lines->len > before)
                put_cell(w, head, sheet, line, !last || line->flags & LINE_CELL);
            last = line;
        }
    }
    passage.span.end = (uint32_t)doc->text->len;
    if (passage.span.end == passage.span.start)
        return;
    if (head->label && w->note != NONE && w->note < passage.span.end) {
        struct note note = {g_strdup(head->label), {w->note, passage.span.end}, passage.page};
        g_array_append_val(doc->notes, note);
        g_array_append_val(w->foot, head->foot);
    }
    g_array_append_val(doc->passages, passage);
    g_string_append(doc->text, "\n\n");
}

/* Ties a mark where the page leaves no doubt: to the note of its label at the foot of the same page; else to the only note of its label that
 * stands at the foot of no page. What stays open is for notes_link. */
static void tie_marks(struct writing *w)
{
    const GArray *marks = w->doc->marks, *notes = w->doc->notes;
    g_autoptr(GHashTable) ends = g_hash_table_new(g_str_hash, g_str_equal); /* label → its only end note + 1; 0: several */
    for (guint i = 0; i < notes->len; i++) {
        char *label = DOCUMENT_AT(notes, struct note, i).label;
        if (!g_array_index(w->foot, bool, i))
            g_hash_table_insert(ends, label, GUINT_TO_POINTER(g_hash_table_contains(ends, label) ? 0 : i + 1));
    }
    guint at = 0; /* first note that can be on the mark's page: both go by page, but for sentences that cross one */
    for (guint m = 0; m < marks->len; m++) {
        struct mark *mark = &DOCUMENT_AT(marks, struct mark, m);
        while (at > 0 && DOCUMENT_AT(notes, struct note, at - 1).page >= mark->page)
            at--;
        while (at < notes->len && DOCUMENT_AT(notes, struct note, at).page < mark->page)
            at++;
        for (guint i = at; i < notes->len && DOCUMENT_AT(notes, struct note, i).page == mark->page && mark->note == NONE; i++)
            if (g_array_index(w->foot, bool, i) && strcmp(DOCUMENT_AT(notes, struct note, i).label, mark->label) == 0)
                mark->note = i;
        guint end = GPOINTER_TO_UINT(g_hash_table_lookup(ends, mark->label));
        if (mark->note == NONE && end > 0)
            mark->note = end - 1;
    }
}

/* Once for each page with words in a font that names other letters than it prints. */
static void warn_of_fonts(const struct layout *layout, struct document *doc)
{
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        bool garbled = false;
        for (guint i = 0; i < sheet->lines->len && !garbled; i++)
            garbled = g_array_index(layout->styles, struct style, sheet_line(sheet, i)->style).garbled;
        if (garbled && !(sheet->flags & PAGE_GARBLED))
            document_warn(doc, "garbled-font", s + 1, "page %u has words in a font that does not say which letters it prints: no figures are taken from them", s + 1);
    }
}

void layout_write(const struct layout *layout, struct document *doc)
{
    struct writing w = {.layout = layout, .doc = doc, .page = 1, .label = g_string_new(NULL), .note = NONE, .scratch = g_string_new(NULL)};
    w.pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    w.characters = g_array_new(FALSE, FALSE, sizeof(gunichar));
    w.grid = g_array_new(FALSE, FALSE, sizeof(struct grid_cell));
    w.foot = g_array_new(FALSE, FALSE, sizeof(bool));
    w.room = first_room(layout, doc);
    for (guint i = 0; i < layout->sheets->len; i++) {
        const struct sheet *sheet = layout_sheet(layout, i);
        struct page page = {g_strdup(sheet->label), sheet->width, sheet->height, sheet->flags};
        g_array_append_val(doc->pages, page);
    }
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        for (; w.page < p->sheet + 1; w.page++)
            g_string_append_c(doc->text, '\f');
        if (!p->taken)
            put_paragraph(&w, p);
    }
    for (; w.page < layout->sheets->len; w.page++)
        g_string_append_c(doc->text, '\f');
    if (w.grid->len > 0)
        grid_finish(w.grid, doc, &w.before);
    g_array_unref(w.grid);
    tie_marks(&w);
    warn_of_fonts(layout, doc);
    g_array_unref(w.foot);
    g_string_free(w.label, TRUE);
    g_string_free(w.scratch, TRUE);
    g_array_unref(w.pieces);
    g_array_unref(w.characters);
    repair_free(w.repair);
}
