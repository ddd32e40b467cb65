/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/builder.h"
#include "ingest/charset.h"
#include "ingest/encoding.h"
#include "ingest/facts/front_matter.h"
#include "ingest/markup/page.h"
#include "ingest/reader.h"

#include <libxml/HTMLparser.h>
#include <md4c.h>

/*  Markdown by md4c, with what it leaves to others: front matter as metadata, footnotes ("[^1]" and "[^1]: …").
 *
 *  md4c calls back with pieces of the text it was given, so that a piece's place is where it points. Front matter and footnotes are blanked out of a copy
 *  of the same length before it sees it, and the footnotes read by themselves behind the text. */
struct footnote {
    char *label;
    uint32_t from, to; /* bytes of the text, behind "[^1]:" */
};

struct rendering {
    struct encoding encoding;
    char *text;              /* the copy that md4c reads */
    uint32_t len;
    GArray *footnotes;       /* struct footnote */
    struct document *doc;
    struct builder builder;
    bool block;              /* in a block of HTML */
    struct span table;       /* bytes of the HTML table that is being read; start NONE: none is */
    unsigned struck;         /* open spans of struck text */
    unsigned lists;          /* open ones, for the depth of an item */
    bool item, raised, comment;
    bool del;                /* in a <del> or <s> of raw HTML */
    const char *note;        /* label of the footnote that begins here */
    bool in_note;            /* its paragraphs are one passage */
};

/* Bytes of "[^label]" at a place; 0 = none. */
static uint32_t footnote_mark(const char *text, uint32_t at, uint32_t end)
{
    uint32_t close = at + 2;
    if (end - at < 4 || text[at] != '[' || text[at + 1] != '^')
        return 0;
    while (close < end && close - at < 40 && text[close] != ']' && !g_ascii_isspace(text[close]) && text[close] != '[')
        close++;
    return close < end && text[close] == ']' && close > at + 2 ? close + 1 - at : 0;
}

static int count_line(struct slice line, bool *table)
{
    size_t hashes = strspn(line.ptr, "#"), bars = 0, dashes = 0, others = 0;
    if (hashes > 0 && hashes <= 6 && hashes < line.len && line.ptr[hashes] == ' ')
        return 2;
    if (footnote_mark(line.ptr, 0, (uint32_t)line.len) > 0 || slice_starts(line, "```"))
        return 3;
    for (size_t i = 0; i < line.len; i++) {
        bars += line.ptr[i] == '|';
        dashes += line.ptr[i] == '-';
        others += !strchr("|-: ", line.ptr[i]);
    }
    if (bars > 0 && dashes >= 3 && others == 0 && *table)
        return 4;
    *table = bars > 1;
    int links = 0;
    for (const char *at = line.ptr; (at = memmem(at, (size_t)(line.ptr + line.len - at), "](", 2)) != NULL; at += 2)
        links++;
    bool strong = memmem(line.ptr, line.len, "**", 2) != NULL;
    return MIN(links, 2) + strong;
}

/* How many signs of Markdown the first lines show. */
static int count_signs(struct slice head)
{
    int signs = front_matter(head, NULL) > 0 ? 4 : 0;
    bool table = false;
    for (size_t at = 0; at < head.len && signs < 20;) {
        const char *end = memchr(head.ptr + at, '\n', head.len - at);
        if (!end)
            break; /* the head may end in the middle of a line; strspn above needs an end */
        signs += count_line(slice_sub(head, at, (size_t)(end - head.ptr)), &table);
        at = (size_t)(end - head.ptr) + 1;
    }
    return signs;
}

static int probe_markdown(struct slice head, const char *path)
{
    if (head.len == 0 || !encoding_is_text(head))
        return 0;
    bool named = path && (g_str_has_suffix(path, ".md") || g_str_has_suffix(path, ".markdown") || g_str_has_suffix(path, ".mkd"));
    int signs = count_signs(head);
    return named ? 50 : signs >= 5 ? 30 : 0;
}

static uint32_t line_end(const struct rendering *r, uint32_t at)
{
    const char *end = memchr(r->text + at, '\n', r->len - at);
    return end ? (uint32_t)(end - r->text) + 1 : r->len;
}

static void blank(struct rendering *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (r->text[i] != '\n')
            r->text[i] = ' ';
}

/* A footnote's lines: the first, those that go on without a blank line, and indented ones behind a blank line. */
static uint32_t footnote_end(const struct rendering *r, uint32_t at)
{
    uint32_t end = line_end(r, at);
    bool blank_before = false;
    while (end < r->len) {
        uint32_t next = line_end(r, end);
        struct slice line = slice_trim(slice_make(r->text + end, next - end));
        bool indented = r->text[end] == '\t' || (next - end > 2 && memcmp(r->text + end, "  ", 2) == 0);
        if (line.len > 0 && ((blank_before && !indented) || (!indented && strchr("#[|>", line.ptr[0]))))
            break;
        blank_before = line.len == 0;
        end = next;
    }
    return end;
}

static void find_footnotes(struct rendering *r, uint32_t from)
{
    for (uint32_t at = from; at < r->len;) {
        uint32_t end = line_end(r, at), start = at;
        while (start < end && start - at < 3 && r->text[start] == ' ')
            start++;
        uint32_t mark = footnote_mark(r->text, start, end);
        if (mark == 0 || start + mark >= end || r->text[start + mark] != ':') {
            at = end;
            continue;
        }
        end = footnote_end(r, at);
        struct footnote note = {g_strndup(r->text + start + 2, mark - 3), start + mark + 1, end};
        g_array_append_val(r->footnotes, note);
        at = end;
    }
    for (guint i = 0; i < r->footnotes->len; i++) {
        const struct footnote *note = &g_array_index(r->footnotes, struct footnote, i);
        blank(r, note->from - (uint32_t)strlen(note->label) - 4, note->to);
    }
}

/* Bytes of the copy, each with its place in the file. */
static void put(struct rendering *r, uint32_t from, uint32_t to)
{
    builder_decoded(&r->builder, &r->encoding, (struct span){from, to}, r->raised);
}

/* Text with footnote marks in it. */
static void put_marked(struct rendering *r, uint32_t from, uint32_t to)
{
    uint32_t start = from;
    for (uint32_t at = from; at < to; at++) {
        uint32_t mark = footnote_mark(r->encoding.text.ptr, at, to);
        if (mark == 0)
            continue;
        put(r, start, at);
        g_autofree char *label = g_strndup(r->encoding.text.ptr + at + 2, mark - 3);
        builder_mark(&r->builder, label, (struct span){encoding_source(&r->encoding, at), encoding_source(&r->encoding, at + mark - 1) + 1});
        start = at + mark;
        at = start - 1;
    }
    put(r, start, to);
}

/* "&nbsp;", "&#8217;" → the character. */
static void put_entity(struct rendering *r, struct slice text, uint32_t at)
{
    g_autofree char *name = g_strndup(text.ptr + 1, text.len > 2 ? text.len - 2 : 0);
    gunichar c = 0;
    if (name[0] == '#')
        c = (gunichar)g_ascii_strtoull(name + (name[1] == 'x' || name[1] == 'X' ? 2 : 1), NULL, name[1] == 'x' || name[1] == 'X' ? 16 : 10);
    else {
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        c = entity ? (gunichar)entity->value : 0;
    }
    char utf8[8] = {0};
    if (c == 0 || !g_unichar_validate(c)) {
        put(r, at, at + (uint32_t)text.len);
        return;
    }
    g_unichar_to_utf8(c, utf8);
    builder_text(&r->builder, slice_of(utf8), encoding_source(&r->encoding, at));
}

/* Does the <sup> at byte `at` end near by? A mark is short; one that is never closed raises nothing. */
static bool is_closed(const struct rendering *r, uint32_t at)
{
    enum { MARK_BYTES = 200 };
    return g_strstr_len(r->text + at, MIN(MARK_BYTES, r->len - at), "</sup") != NULL;
}

/* Does the <del> at byte `at` end in its paragraph? One that is never closed strikes nothing. */
static bool is_struck_near(const struct rendering *r, uint32_t at)
{
    const char *end = g_strstr_len(r->text + at, r->len - at, "\n\n");
    gssize len = end ? end - (r->text + at) : (gssize)(r->len - at);
    return g_strstr_len(r->text + at, len, "</del") || g_strstr_len(r->text + at, len, "</s>") || g_strstr_len(r->text + at, len, "</strike");
}

/* A table in HTML, which Markdown has where its own tables cannot merge cells. */
static void put_table(struct rendering *r)
{
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(struct shift));
    struct origin origin = {.shifts = shifts};
    struct slice markup = slice_make(r->text + r->table.start, r->table.end - r->table.start);
    builder_close(&r->builder);
    origin_add(shifts, 0, r->table.start, (uint32_t)markup.len, &r->encoding);
    page_append(r->doc, r->doc->path, markup, &origin, NULL);
    r->table = (struct span){NONE, NONE};
}

/* Does a tag ("<", "</") have one of these names? */
static bool is_tag(struct slice tag, const char *const names[], size_t count)
{
    tag = slice_sub(tag, slice_starts(tag, "</") ? 2 : 1, tag.len);
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(names[i]);
        if (tag.len > len && g_ascii_strncasecmp(tag.ptr, names[i], len) == 0 && !g_ascii_isalnum(tag.ptr[len]))
            return true;
    }
    return false;
}

/* Tags between which text is not read on: "<p>5</p><p>000" is not 5000. */
static const char *const parting[] = {"br", "p", "div", "tr", "td", "th", "table", "li", "ul", "ol", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "sub"};
static const char *const striking[] = {"del", "s", "strike"};

/* Raw HTML: its text stays, its tags go; <sup> raises what follows, <br> and blocks part, <del> strikes. */
static void put_html(struct rendering *r, struct slice text, uint32_t at)
{
    for (size_t i = 0; i < text.len;) {
        struct slice rest = slice_sub(text, i, text.len);
        const char *close = r->comment ? memmem(rest.ptr, rest.len, "-->", 3) : NULL;
        if (r->comment || slice_starts(rest, "<!--")) {
            close = close ? close : memmem(rest.ptr, rest.len, "-->", 3);
            r->comment = !close;
            i = close ? (size_t)(close - text.ptr) + 3 : text.len;
            continue;
        }
        if (text.ptr[i] == '<') {
            const char *end = memchr(rest.ptr, '>', rest.len);
            if (rest.len >= 4 && g_ascii_strncasecmp(rest.ptr, "<sup", 4) == 0)
                r->raised = is_closed(r, at + (uint32_t)i);
            else if (rest.len >= 5 && g_ascii_strncasecmp(rest.ptr, "</sup", 5) == 0)
                r->raised = false;
            else if (is_tag(rest, striking, G_N_ELEMENTS(striking)))
                r->del = !slice_starts(rest, "</") && is_struck_near(r, at + (uint32_t)i);
            else if (is_tag(rest, parting, G_N_ELEMENTS(parting)))
                builder_part(&r->builder);
            i = end ? (size_t)(end - text.ptr) + 1 : text.len;
            continue;
        }
        const char *tag = memchr(rest.ptr, '<', rest.len);
        size_t stop = tag ? (size_t)(tag - text.ptr) : text.len;
        if (r->del)
            builder_struck(&r->builder);
        else
            put(r, at + (uint32_t)i, at + (uint32_t)stop);
        i = stop;
    }
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct rendering *r = data;
    bool inside = text >= r->text && text + size <= r->text + r->len;
    uint32_t at = inside ? (uint32_t)(text - r->text) : NONE;
    struct slice piece = slice_make(text, size);
    if (r->struck > 0 || (r->del && type != MD_TEXT_HTML)) {
        builder_struck(&r->builder);
        return 0;
    }
    if (type == MD_TEXT_BR)
        builder_part(&r->builder);
    else if (type == MD_TEXT_SOFTBR)
        builder_space(&r->builder);
    else if (!inside) /* made by md4c: the white space of a code block */
        builder_text(&r->builder, piece, NONE);
    else if (type == MD_TEXT_ENTITY)
        put_entity(r, piece, at);
    else if (type == MD_TEXT_HTML && (r->table.start != NONE || (r->block && size >= 6 && g_ascii_strncasecmp(text, "<table", 6) == 0)))
        r->table = (struct span){MIN(r->table.start, at), at + size};
    else if (type == MD_TEXT_HTML)
        put_html(r, piece, at);
    else if (type == MD_TEXT_CODE)
        put(r, at, at + size);
    else
        put_marked(r, at, at + size);
    return 0;
}

static void open_text(struct rendering *r, enum zone zone, uint8_t level)
{
    builder_open(&r->builder, r->note || (r->in_note && zone == ZONE_BODY) ? ZONE_NOTE : zone, r->lists > 0 && zone == ZONE_BODY ? (uint8_t)MIN(r->lists, 255) : level,
                 r->item && zone == ZONE_BODY ? PASSAGE_LIST : 0);
    if (r->note)
        builder_note(&r->builder, r->note);
    r->note = NULL;
    r->item = false;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct rendering *r = data;
    r->block = type == MD_BLOCK_HTML;
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->lists++;
        builder_close(&r->builder);
        break;
    case MD_BLOCK_LI:
        r->item = true;
        open_text(r, ZONE_BODY, 0);
        break;
    case MD_BLOCK_H:
        open_text(r, ZONE_HEADING, (uint8_t)((const MD_BLOCK_H_DETAIL *)detail)->level);
        break;
    case MD_BLOCK_P:
        if (r->in_note && r->builder.open && r->lists == 0) {
            builder_part(&r->builder);
            break;
        }
        /* fall through */
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
        if (!r->builder.open || builder_length(&r->builder) > 0)
            open_text(r, ZONE_BODY, 0);
        break;
    case MD_BLOCK_TABLE:
        builder_table(&r->builder, NONE);
        break;
    case MD_BLOCK_TR:
        builder_row(&r->builder);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        builder_cell(&r->builder, type == MD_BLOCK_TH, 1, 1);
        break;
    default:
        break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct rendering *r = data;
    (void)detail;
    r->raised = r->block = r->del = false;
    if (r->table.start != NONE)
        put_table(r);
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL)
        r->lists--;
    if (type == MD_BLOCK_TABLE)
        builder_table_end(&r->builder);
    else if (type == MD_BLOCK_P && r->in_note && r->lists == 0)
        builder_space(&r->builder);
    else if (type == MD_BLOCK_P || type == MD_BLOCK_H || type == MD_BLOCK_LI || type == MD_BLOCK_CODE || type == MD_BLOCK_HTML)
        builder_close(&r->builder);
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct rendering *r = data;
    (void)detail;
    r->struck += type == MD_SPAN_DEL;
    if (type == MD_SPAN_IMG && r->builder.open && builder_length(&r->builder) == 0 && r->lists == 0)
        open_text(r, ZONE_CAPTION, 0); /* a picture by itself: what it shows */
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct rendering *r = data;
    (void)detail;
    r->struck -= type == MD_SPAN_DEL;
    return 0;
}

static const MD_PARSER parser = {
    .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS,
    .enter_block = enter_block, .leave_block = leave_block, .enter_span = enter_span, .leave_span = leave_span, .text = on_text,
};

/* Only "~~" strikes. md4c strikes between single tildes, too, which stand for "about" (~300) and for "to" (300~400): in its copy they are commas, which mark
 * nothing up. */
static void mask_tildes(struct rendering *r)
{
    for (uint32_t i = 0; i < r->len; i++)
        if (r->text[i] == '~' && (i == 0 || r->text[i - 1] != '~') && (i + 1 == r->len || r->text[i + 1] != '~'))
            r->text[i] = ',';
}

static void clear_footnote(void *data)
{
    g_free(((struct footnote *)data)->label);
}

static void render(struct rendering *r)
{
    size_t matter = front_matter(r->encoding.text, &r->doc->metadata);
    blank(r, 0, (uint32_t)matter);
    find_footnotes(r, (uint32_t)matter);
    mask_tildes(r);
    builder_init(&r->builder, r->doc);
    md_parse(r->text + matter, r->len - (MD_SIZE)matter, &parser, r);
    builder_close(&r->builder);
    memcpy(r->text, r->encoding.text.ptr, r->len); /* the footnotes again */
    mask_tildes(r);
    for (guint i = 0; i < r->footnotes->len; i++) {
        const struct footnote *note = &g_array_index(r->footnotes, struct footnote, i);
        r->note = note->label;
        r->in_note = true;
        r->lists = 0;
        r->item = r->raised = r->comment = false;
        md_parse(r->text + note->from, note->to - note->from, &parser, r);
        builder_close(&r->builder);
    }
    builder_clear(&r->builder);
}

static bool read_marked_down(const struct source *source, GPtrArray *documents, GError **error)
{
    struct rendering r = {.table = {NONE, NONE}};
    if (!charset_decode_plain(source, &r.encoding, error))
        return false;
    r.len = (uint32_t)r.encoding.text.len;
    r.text = slice_dup(r.encoding.text);
    r.footnotes = g_array_new(FALSE, FALSE, sizeof(struct footnote));
    g_array_set_clear_func(r.footnotes, clear_footnote);
    r.doc = document_new(source->path);
    render(&r);
    encoding_warn(&r.encoding, r.doc);
    g_array_unref(r.footnotes);
    g_free(r.text);
    encoding_clear(&r.encoding);
    g_ptr_array_add(documents, r.doc);
    return true;
}

const struct reader read_markdown = {"markdown", probe_markdown, read_marked_down};
