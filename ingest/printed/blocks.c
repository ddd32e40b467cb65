/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/blocks.h"

enum {
    HEADING_COLUMNS = 130, /* of all its lines together */
    HEADING_LINES = 3,
    HEADING_WORDS = 18,
    BODY_COLUMNS = 70,     /* what stands under a heading is longer, or has several lines */
    CAPTION_LINES = 6,
    LONG_LINE = 150,       /* wider lines are whole paragraphs: the text was not wrapped */
    INDENT_LEAST = 2, INDENT_MOST = 12,
    ITEM_INDENT = 8,       /* the first line of an item may begin so much further in */
    QUOTE_WORDS = 5, QUOTE_LINES = 8,
    QUOTES_MOST = 400,     /* blocks of a document that are looked up as pull quotes */
};

struct making {
    const struct text_lines *lines;
    const GArray *notes;
    struct text_blocks *out;
    guint note;        /* next note whose lines are to come */
    unsigned width;    /* widest line of the open block */
    unsigned usual;    /* blank lines that stand between any two lines of this text */
};

static struct text_block *block_at(const struct text_blocks *blocks, guint i)
{
    return &g_array_index(blocks->blocks, struct text_block, i);
}

static guint line_of(const struct text_blocks *blocks, guint i)
{
    return g_array_index(blocks->order, guint, i);
}

static struct slice first_line(const struct making *m, const struct text_block *block)
{
    return text_line_slice(m->lines, line_of(m->out, block->from));
}

static struct slice last_line(const struct making *m, const struct text_block *block)
{
    return text_line_slice(m->lines, line_of(m->out, block->to - 1));
}

static gunichar first_char(struct slice text)
{
    return text.len > 0 ? g_utf8_get_char(text.ptr) : 0;
}

/* Ends with a stop, behind whatever closes ("end.”", "end.12" with a mark's digits). */
static bool ends_sentence(struct slice line)
{
    const char *end = line.ptr + line.len;
    while (end > line.ptr && g_ascii_isdigit(end[-1]) && line.ptr + line.len - end < 3)
        end--;
    if (end == line.ptr || (end < line.ptr + line.len && !strchr(".!?:;)\"", end[-1]) && (unsigned char)end[-1] < 0x80))
        end = line.ptr + line.len;
    while (end > line.ptr) {
        gunichar c = g_utf8_get_char(g_utf8_prev_char(end));
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == 0x2026)
            return true;
        if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0x201D && c != 0x2019 && c != 0xBB)
            return false;
        end = g_utf8_prev_char(end);
    }
    return false;
}

static bool begins_lower(struct slice line)
{
    return g_unichar_islower(first_char(line));
}

/* Columns of the first word of a line. */
static unsigned first_word_columns(struct slice line)
{
    size_t end = 0;
    while (end < line.len && !g_ascii_isspace(line.ptr[end]))
        end++;
    return (unsigned)g_utf8_strlen(line.ptr, (gssize)end);
}

/* "Table 3.", "Figure 2:", "Mapa 1 –", "Photo:", "Source:": a word for what it names, and then no sentence. */
static bool is_caption(struct slice line)
{
    static const char *const numbered[] = {"table", "figure", "fig.", "chart", "graph", "map", "box", "exhibit", "tabla", "cuadro", "gráfico", "gráfica", "figura", "mapa",
                                           "recuadro", "tableau", "graphique", "carte", "encadré", "infographic", "figures", "tables"};
    static const char *const credits[] = {"photo:", "photos:", "source:", "sources:", "fuente:", "fuentes:", "foto:", "image:", "credit:", "photo credit:", "crédit photo", "photo ©"};
    for (size_t i = 0; i < G_N_ELEMENTS(credits); i++)
        if (line.len >= strlen(credits[i]) && g_ascii_strncasecmp(line.ptr, credits[i], strlen(credits[i])) == 0)
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(numbered); i++) {
        size_t len = strlen(numbered[i]), at = len + 1;
        if (line.len <= at || line.ptr[len] != ' ' || g_ascii_strncasecmp(line.ptr, numbered[i], len) != 0 || !g_unichar_isupper(first_char(line)))
            continue;
        size_t digits = at;
        while (at < line.len && (g_ascii_isdigit(line.ptr[at]) || strchr("IVX&, ABC", line.ptr[at])) && at - digits < 8)
            at++;
        while (at > digits && line.ptr[at - 1] == ' ')
            at--;
        if (at == digits)
            continue;
        struct slice rest = slice_trim(slice_sub(line, at, line.len));
        return rest.len == 0 || strchr(".:-(", rest.ptr[0]) || (unsigned char)rest.ptr[0] >= 0x80 || g_ascii_isupper(rest.ptr[0]);
    }
    return false;
}

static unsigned depth_of_number(struct slice line)
{
    size_t at = 0;
    unsigned dots = 0;
    while (at < line.len && (g_ascii_isdigit(line.ptr[at]) || line.ptr[at] == '.')) {
        dots += line.ptr[at] == '.' && at + 1 < line.len && g_ascii_isdigit(line.ptr[at + 1]);
        at++;
    }
    return at > 0 ? dots + 1 : 0;
}

/* Rank of a heading by its number: "II." 2, "A." 3, "3." 2, "3.2" 3; without one 2. */
static uint8_t heading_level(struct slice line)
{
    unsigned depth = depth_of_number(line);
    if (depth > 0)
        return (uint8_t)MIN(depth + 1, 6);
    uint32_t item = text_item_length(line);
    return item > 0 && !strchr("IVX", line.ptr[0]) ? 3 : 2;
}

/* A block that may be a heading, by itself: few words, a capital or a number in front, no stop at its end. */
static bool heading_form(const struct making *m, const struct text_block *block)
{
    unsigned columns = 0, words = 0;
    bool letters = false;
    if (block->to - block->from > HEADING_LINES)
        return false;
    for (guint i = block->from; i < block->to; i++) {
        struct slice line = text_line_slice(m->lines, line_of(m->out, i));
        columns += text_line_at(m->lines, line_of(m->out, i))->width;
        words++;
        for (size_t k = 0; k < line.len; k++) {
            words += line.ptr[k] == ' ';
            letters |= g_ascii_isalpha(line.ptr[k]) || (unsigned char)line.ptr[k] >= 0x80;
        }
    }
    struct slice first = first_line(m, block), last = last_line(m, block);
    uint32_t item = text_item_length(first);
    bool bullet = item > 0 && !g_ascii_isalnum(first.ptr[0]);
    struct slice words_of_it = slice_sub(first, item < first.len ? item : 0, first.len);
    size_t number = strspn(words_of_it.ptr, "0123456789. ");
    gunichar capital = number < words_of_it.len ? g_utf8_get_char(words_of_it.ptr + number) : 0;
    bool stop = (last.len > 0 && strchr(".,;:-", last.ptr[last.len - 1])) || g_strstr_len(first.ptr, (gssize)first.len, "...."); /* a line of the contents */
    static const char *const open_ends[] = {" the", " of", " and", " a", " an", " in", " to", " for", " with", " by", " on", " at", " de", " la", " el", " y", " et", " du", " des", " les", " en", " from", " or", " that"};
    for (size_t i = 0; i < G_N_ELEMENTS(open_ends); i++) /* broken off, not ended */
        stop |= slice_ends(last, open_ends[i]);
    return letters && !bullet && !stop && columns <= HEADING_COLUMNS && words <= HEADING_WORDS && (g_unichar_isupper(capital) || capital == 0xBF || capital == 0x201C);
}

static void open_block(struct making *m, guint line, enum zone zone, uint32_t flags)
{
    struct text_block block = {zone, flags, 0, NONE, m->out->order->len, m->out->order->len + 1};
    g_array_append_val(m->out->order, line);
    g_array_append_val(m->out->blocks, block);
    m->width = text_line_at(m->lines, line)->width;
}

static void add_line(struct making *m, guint line)
{
    g_array_append_val(m->out->order, line);
    block_at(m->out, m->out->blocks->len - 1)->to++;
    m->width = MAX(m->width, text_line_at(m->lines, line)->width);
}

/* Would the next line's first word have found room on this line? Then the line was ended on purpose. A line without a stop has to leave much more room:
 * breaks fall where they like in ragged text, and the first line of an item may be indented. */
static bool ended_short(const struct making *m, guint above, guint below, bool ended)
{
    const struct text_line *a = text_line_at(m->lines, above);
    unsigned wrap = MAX(m->width, MIN(m->lines->wrap, LONG_LINE)), room = ended ? 2 : 3 + wrap / 5;
    const struct text_block *block = block_at(m->out, m->out->blocks->len - 1);
    if (block->flags & PASSAGE_LIST && block->to - block->from <= 2)
        room += ITEM_INDENT;
    return a->width + 1 + first_word_columns(text_line_slice(m->lines, below)) + room < wrap;
}

/* Does a line begin a block of its own, behind the line above it in an open paragraph? */
static bool begins_block(const struct making *m, guint above, guint below)
{
    const struct text_line *a = text_line_at(m->lines, above), *b = text_line_at(m->lines, below);
    struct slice before = text_line_slice(m->lines, above), line = text_line_slice(m->lines, below);
    bool alone = text_item_length(before) == before.len || (before.len <= 4 && depth_of_number(before) > 0 && before.ptr[before.len - 1] == '.');
    if (alone && a->page == b->page) /* "9." on a line of its own: its text follows */
        return false;
    if (a->page != b->page || b->blank > m->usual || is_caption(line))
        return true;
    bool ended = ends_sentence(before), lower = begins_lower(line);
    if (text_item_length(line) > 0 && !(lower && !ended && g_ascii_isalpha(line.ptr[0])))
        return ended || !g_ascii_isdigit(line.ptr[0]) || ended_short(m, above, below, ended);
    if (lower)
        return false;
    if (a->width > LONG_LINE)
        return true;
    if (ended && b->indent >= a->indent + INDENT_LEAST && b->indent <= a->indent + INDENT_MOST)
        return true;
    return ended_short(m, above, below, ended);
}

/* Blank lines that stand between most pairs of lines: 1 in a text that was printed with double spacing. */
static unsigned usual_blank(const struct text_lines *lines)
{
    guint counts[2] = {0};
    for (guint i = 0; i < lines->lines->len; i++) {
        const struct text_line *line = text_line_at(lines, i);
        if (!line->first && line->kind == LINE_TEXT && line->width <= LONG_LINE)
            counts[MIN(line->blank, 1)]++;
    }
    bool wrapped = lines->wrap > 40 && lines->wrap <= LONG_LINE;
    return wrapped && counts[1] > 20 && counts[1] > counts[0] * 9 ? 1 : 0;
}

static void make_notes(struct making *m, guint line)
{
    while (m->note < m->notes->len && g_array_index(m->notes, struct text_note, m->note).first < line)
        m->note++;
    const struct text_note *note = m->note < m->notes->len ? &g_array_index(m->notes, struct text_note, m->note) : NULL;
    bool begins = note && note->first == line;
    if (begins || m->out->blocks->len == 0 || block_at(m->out, m->out->blocks->len - 1)->zone != ZONE_NOTE) {
        open_block(m, line, ZONE_NOTE, 0);
        block_at(m->out, m->out->blocks->len - 1)->note = begins ? m->note : NONE;
    } else
        add_line(m, line);
}

/* Cells of a column that was printed by itself share a passage as far as no blank line parts them; a row of several cells is one of its own. */
static void make_table(struct making *m, guint line, guint above)
{
    uint32_t from = 0, to;
    bool row = text_line_gap(text_line_slice(m->lines, line), &from, &to);
    struct text_block *last = m->out->blocks->len > 0 ? block_at(m->out, m->out->blocks->len - 1) : NULL;
    from = 0;
    bool goes_on = last && last->zone == ZONE_TABLE && !row && above != NONE && text_line_at(m->lines, line)->blank == 0 && !text_line_at(m->lines, line)->first &&
                   !text_line_gap(text_line_slice(m->lines, above), &from, &to);
    if (goes_on)
        add_line(m, line);
    else
        open_block(m, line, ZONE_TABLE, 0);
}

static void make_blocks(struct making *m)
{
    guint above = NONE; /* line of the open paragraph */
    for (guint i = 0; i < m->lines->lines->len; i++) {
        enum line_kind kind = text_line_at(m->lines, i)->kind;
        struct slice line = text_line_slice(m->lines, i);
        if (kind == LINE_NOTE)
            make_notes(m, i);
        else if (kind == LINE_TABLE)
            make_table(m, i, i > 0 ? i - 1 : NONE);
        else if (kind == LINE_TEXT && (above == NONE || begins_block(m, above, i)))
            open_block(m, i, ZONE_BODY, text_item_length(line) > 0 ? PASSAGE_LIST : 0);
        else if (kind == LINE_TEXT)
            add_line(m, i);
        above = kind == LINE_TEXT ? i : kind == LINE_FURNITURE ? above : NONE;
    }
}

static bool is_body(const struct making *m, guint i)
{
    const struct text_block *block = i < m->out->blocks->len ? block_at(m->out, i) : NULL;
    if (!block || block->zone != ZONE_BODY)
        return false;
    return block->to - block->from >= 2 || text_line_at(m->lines, line_of(m->out, block->from))->width >= BODY_COLUMNS || ends_sentence(last_line(m, block));
}

/* Captions first, then headings: what has the form of one and stands over a body, or over another heading that does. */
static void classify(struct making *m)
{
    guint n = m->out->blocks->len;
    for (guint i = 0; i < n && n > 1; i++) {
        struct text_block *block = block_at(m->out, i);
        bool credit = block->zone == ZONE_BODY && block->to - block->from <= CAPTION_LINES && g_strstr_len(last_line(m, block).ptr, (gssize)last_line(m, block).len, "Photo: ");
        if (block->zone == ZONE_BODY && block->to - block->from <= CAPTION_LINES && (credit || is_caption(first_line(m, block))))
            block->zone = ZONE_CAPTION;
    }
    bool over = false; /* the block below is a heading, or a body that can stand under one */
    for (guint i = n; i-- > 0;) {
        struct text_block *block = block_at(m->out, i);
        if (block->zone == ZONE_BODY && over && heading_form(m, block)) {
            block->zone = ZONE_HEADING;
            block->level = heading_level(first_line(m, block));
            block->flags &= ~(uint32_t)PASSAGE_LIST;
        } else
            over = is_body(m, i) || (over && block->zone == ZONE_CAPTION);
    }
    for (guint i = 0; i < MIN(n, 12); i++) /* the first heading is the title */
        if (block_at(m->out, i)->zone == ZONE_HEADING) {
            block_at(m->out, i)->level = 1;
            break;
        }
}

/* The text with white space made single, to look up in it what a pull quote repeats. */
static GString *squeezed(const struct making *m, enum zone zone)
{
    GString *text = g_string_sized_new(m->lines->text.len + 1);
    for (guint b = 0; b < m->out->blocks->len; b++)
        for (guint i = block_at(m->out, b)->from; i < block_at(m->out, b)->to && block_at(m->out, b)->zone == zone; i++) {
            struct slice line = text_line_slice(m->lines, line_of(m->out, i));
            bool divided = line.len > 0 && line.ptr[line.len - 1] == '-';
            g_string_append_len(text, line.ptr, (gssize)line.len - divided);
            if (!divided)
                g_string_append_c(text, ' ');
        }
    return text;
}

/* A narrow block that says again what the text says: set apart, and marked as such. Its own words are one of the two places. */
static void find_pull_quotes(struct making *m)
{
    g_autoptr(GString) text = NULL;
    guint tries = 0;
    for (guint b = 1; b + 1 < m->out->blocks->len && tries < QUOTES_MOST; b++) {
        struct text_block *block = block_at(m->out, b);
        guint n = block->to - block->from;
        if (block->zone != ZONE_BODY || (block->flags & PASSAGE_LIST) || n < 2 || n > QUOTE_LINES)
            continue;
        GString *words = g_string_new(NULL);
        unsigned width = 0;
        for (guint i = block->from; i < block->to; i++) {
            struct slice line = text_line_slice(m->lines, line_of(m->out, i));
            g_string_append_printf(words, "%s%.*s", i > block->from ? " " : "", SLICE_ARG(line));
            width = MAX(width, text_line_at(m->lines, line_of(m->out, i))->width);
        }
        struct slice key = slice_make(words->str, words->len);
        while (key.len > 0 && !g_unichar_isalnum(g_utf8_get_char(key.ptr)))
            key = slice_sub(key, (size_t)(g_utf8_next_char(key.ptr) - key.ptr), key.len);
        while (key.len > 0 && !g_ascii_isalnum(key.ptr[key.len - 1]))
            key.len--;
        if (width * 10 < m->lines->wrap * 8u && key.len > 40) {
            tries++;
            if (!text)
                text = squeezed(m, ZONE_BODY);
            const char *once = memmem(text->str, text->len, key.ptr, key.len);
            if (once && memmem(once + 1, text->len - (size_t)(once + 1 - text->str), key.ptr, key.len))
                block->zone = ZONE_PULLQUOTE;
        }
        g_string_free(words, TRUE);
    }
}

/* Does a paragraph that was broken off go on in a later block? */
static bool goes_on(const struct making *m, const struct text_block *block, const struct text_block *next, bool apart)
{
    struct slice end = last_line(m, block), begin = first_line(m, next);
    if (block->zone != ZONE_BODY || next->zone != ZONE_BODY || (next->flags & PASSAGE_LIST) || ends_sentence(end))
        return false;
    if (begins_lower(begin))
        return true;
    const struct text_line *last = text_line_at(m->lines, line_of(m->out, block->to - 1)), *first = text_line_at(m->lines, line_of(m->out, next->from));
    bool full = last->width * 10 >= m->lines->wrap * 8u && last->width <= LONG_LINE, turned = last->page != first->page;
    return full && (turned || apart) && (next->to - next->from > 1 || ends_sentence(begin)) && !g_ascii_isupper(end.ptr[end.len - 1]);
}

static bool stands_between(const struct text_block *block)
{
    return block->zone == ZONE_NOTE || block->zone == ZONE_CAPTION || block->zone == ZONE_PULLQUOTE || block->zone == ZONE_TABLE;
}

enum { BETWEEN_MOST = 24 }; /* blocks that may stand between two parts of a paragraph */

/* Joins what captions, notes and page ends have broken; what stood between follows the whole paragraph. */
static void heal(struct making *m)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), m->out->order->len), *blocks = g_array_new(FALSE, FALSE, sizeof(struct text_block));
    guint n = m->out->blocks->len;
    bool *used = g_new0(bool, n + 1);
    for (guint i = 0; i < n; i++) {
        if (used[i])
            continue;
        struct text_block block = *block_at(m->out, i), part = block;
        block.from = order->len;
        g_array_append_vals(order, &g_array_index(m->out->order, guint, part.from), part.to - part.from);
        for (guint j = i + 1, limit = 0; j < n && limit < BETWEEN_MOST; j++, limit++) {
            const struct text_block *next = block_at(m->out, j);
            if (used[j] || stands_between(next))
                continue;
            if (!goes_on(m, &part, next, j > i + 1))
                break;
            g_array_append_vals(order, &g_array_index(m->out->order, guint, next->from), next->to - next->from);
            used[j] = true;
            part = *next;
            part.zone = block.zone;
            limit = 0;
        }
        block.to = order->len;
        g_array_append_val(blocks, block);
    }
    g_free(used);
    g_array_unref(m->out->order);
    g_array_unref(m->out->blocks);
    m->out->order = order;
    m->out->blocks = blocks;
}

void text_blocks_init(struct text_blocks *ret, const struct text_lines *lines, const GArray *notes)
{
    *ret = (struct text_blocks){g_array_new(FALSE, FALSE, sizeof(guint)), g_array_new(FALSE, FALSE, sizeof(struct text_block))};
    struct making m = {lines, notes, ret, 0, 0, usual_blank(lines)};
    make_blocks(&m);
    classify(&m);
    find_pull_quotes(&m);
    heal(&m);
}

void text_blocks_clear(struct text_blocks *blocks)
{
    g_array_unref(blocks->order);
    g_array_unref(blocks->blocks);
}
