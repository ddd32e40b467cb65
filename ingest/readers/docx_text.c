/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/readers/docx_text.h"

#include "ingest/layout/superscript.h"

enum { FIELD_DEPTH = 31 };

void docx_text_init(struct docx_text *text, struct docx *docx, struct document *doc)
{
    *text = (struct docx_text){.docx = docx};
    builder_init(&text->builder, doc);
    text->footnotes = g_array_new(FALSE, FALSE, sizeof(struct docx_call));
    text->endnotes = g_array_new(FALSE, FALSE, sizeof(struct docx_call));
    text->boxes = g_ptr_array_new();
    text->raised = g_string_new(NULL);
    text->raised_at = NONE;
}

void docx_text_clear(struct docx_text *text)
{
    builder_clear(&text->builder);
    g_array_unref(text->footnotes);
    g_array_unref(text->endnotes);
    g_ptr_array_unref(text->boxes);
    g_string_free(text->raised, TRUE);
}

void docx_text_end(struct docx_text *text)
{
    if (text->raised->len == 0)
        return;
    uint32_t at = text->raised_at, end = at == NONE ? NONE : at + (uint32_t)text->raised->len;
    builder_raised(&text->builder, slice_make(text->raised->str, text->raised->len), (struct span){at, end});
    g_string_truncate(text->raised, 0);
    if (text->stroke)
        builder_text(&text->builder, slice_of(text->stroke), text->stroke_at);
    text->stroke = NULL;
}

/* Where the piece begins among all pieces; NONE where they are not kept. */
static uint32_t keep_piece(struct docx_text *text, xmlNode *node, const char *content)
{
    if (!text->pieces)
        return NONE;
    const struct docx_piece *last = text->pieces->len ? &g_array_index(text->pieces, struct docx_piece, text->pieces->len - 1) : NULL;
    struct docx_piece piece = {last ? last->at + last->len : 0, (uint32_t)strlen(content), node, text->call};
    g_array_append_val(text->pieces, piece);
    return piece.at;
}

/* Digits that come now never meet those before them. */
static void begin_apart(struct docx_text *text)
{
    const GString *printed = text->builder.doc->text;
    docx_text_end(text);
    if (builder_length(&text->builder) > 0 && g_ascii_isdigit(printed->str[printed->len - 1]))
        builder_part(&text->builder);
}

/* The stroke that the text begins with: its bytes; 0: none. */
static size_t stroke_length(const char *text)
{
    return text[0] == '/' ? 1 : g_str_has_prefix(text, "⁄") ? strlen("⁄") : 0;
}

/* "2¹/₂": is what waits raised the upper half of a fraction, and this lowered text the lower one? The stroke may stand in either, or between them. */
static bool ends_fraction(const struct docx_text *text, const char *content)
{
    const char *raised = text->raised->str;
    size_t upper = strspn(raised, "0123456789"), behind = stroke_length(raised + upper);
    bool stroke = text->stroke || behind > 0;
    if (!stroke && stroke_length(content) > 0) {
        stroke = true;
        content += stroke_length(content);
    }
    return text->lowered && stroke && upper > 0 && raised[upper + behind] == '\0' && g_ascii_isdigit(content[0]);
}

/* What waits raised is no mark, but half of a fraction. */
static void put_upper_half(struct docx_text *text)
{
    builder_fraction(&text->builder);
    builder_text(&text->builder, slice_make(text->raised->str, text->raised->len), text->raised_at);
    g_string_truncate(text->raised, 0);
    if (text->stroke)
        builder_text(&text->builder, slice_of(text->stroke), text->stroke_at);
    text->stroke = NULL;
}

/* node: what holds the content, see struct docx_piece. */
static void put(struct docx_text *text, xmlNode *node, const char *content, bool raised)
{
    if (text->raised->len > 0 && !raised && !text->stroke && stroke_length(content) == strlen(content) && *content) {
        text->stroke = content;
        text->stroke_at = keep_piece(text, node, content);
        return;
    }
    if (text->raised->len > 0 && !raised && ends_fraction(text, content))
        put_upper_half(text);
    else if (text->apart && g_ascii_isdigit(content[0]))
        begin_apart(text);
    text->apart = false;
    if (!raised)
        docx_text_end(text);
    uint32_t at = keep_piece(text, node, content);
    if (!raised) {
        builder_text(&text->builder, slice_of(content), at);
        return;
    }
    if (text->stroke)
        docx_text_end(text);
    if (text->raised->len == 0)
        text->raised_at = at;
    g_string_append(text->raised, content);
}

/* Field instructions (PAGEREF _Toc12 \h) are not printed, their results are. */
static void read_field(struct docx_text *text, const xmlNode *node)
{
    const char *type = xml_attribute(node, "fldCharType");
    if (!type)
        return;
    if (strcmp(type, "begin") == 0) {
        text->field++;
        if (text->field <= FIELD_DEPTH)
            text->instruction |= 1u << text->field;
    } else if (text->field > 0) {
        if (text->field <= FIELD_DEPTH)
            text->instruction &= ~(1u << text->field);
        text->field -= strcmp(type, "end") == 0;
    }
}

static void read_call(struct docx_text *text, const xmlNode *node, struct docx_notes *notes, GArray *calls)
{
    const char *id = xml_attribute(node, "id"), *own = xml_attribute(node, "customMarkFollows");
    xmlNode *note = id ? g_hash_table_lookup(notes->by_id, id) : NULL;
    if (!note || text->in_note)
        return;
    text->own_mark = own && strcmp(own, "0") != 0 && strcmp(own, "false") != 0;
    g_autofree char *label = text->own_mark ? g_strdup("") : docx_note_label(notes);
    struct docx_call call = {note, node->parent, text->builder.doc->marks->len};
    docx_text_end(text);
    builder_mark(&text->builder, label, (struct span){NONE, NONE});
    g_array_append_val(calls, call);
}

/* The author's own sign for a note stands after the call, in the same run. */
static bool take_own_mark(struct docx_text *text, const char *content)
{
    struct document *doc = text->builder.doc;
    if (!text->own_mark || doc->marks->len == 0)
        return false;
    struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, doc->marks->len - 1);
    g_free(mark->label);
    mark->label = g_strstrip(g_strdup(content));
    text->own_mark = false;
    return true;
}

static bool is_symbol_font(const char *font)
{
    return font && g_ascii_strcasecmp(font, "Symbol") == 0;
}

/* A sign of the font Symbol by its code there; NULL: none that counts. */
static const char *symbol_sign(unsigned code)
{
    static const struct {
        unsigned code;
        const char *sign;
    } signs[] = {{0xa2, "′"}, {0xa3, "≤"}, {0xa5, "∞"}, {0xb0, "°"}, {0xb1, "±"}, {0xb2, "″"}, {0xb3, "≥"}, {0xb4, "×"}, {0xb7, "•"}, {0xb8, "÷"}, {0xb9, "≠"}, {0xba, "≡"}, {0xbb, "≈"}, {0xbc, "…"}, {0x2d, "−"}, {0x6d, "μ"}};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (signs[i].code == (code & 0xff))
            return signs[i].sign;
    return NULL;
}

static void read_symbol(struct docx_text *text, xmlNode *node, bool raised)
{
    const char *font = xml_attribute(node, "font"), *value = xml_attribute(node, "char");
    unsigned code = value ? (unsigned)g_ascii_strtoull(value, NULL, 16) : 0;
    bool symbol = is_symbol_font(font), dingbat = font && (g_ascii_strncasecmp(font, "Wingdings", 9) == 0 || g_ascii_strcasecmp(font, "Webdings") == 0);
    const char *sign = symbol ? symbol_sign(code) : NULL;
    if (sign) {
        put(text, node, sign, raised);
        return;
    }
    char utf8[7] = "";
    if (!symbol && !dingbat && g_unichar_validate(code) && code >= 0x20 && !(code >= 0xe000 && code <= 0xf8ff)) {
        utf8[g_unichar_to_utf8(code, utf8)] = '\0';
        put(text, node, utf8, raised);
    } else {
        builder_space(&text->builder); /* a sign of a font of signs: a bullet, an arrow */
    }
}

/* Running text set in Symbol: its signs are characters of the private area (U+F0B3 is ≥), which no one could read. */
static void read_symbols(struct docx_text *text, xmlNode *node)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        const char *content = (const char *)child->content;
        if (!content || take_own_mark(text, content))
            continue;
        docx_text_end(text);
        uint32_t at = keep_piece(text, child, content);
        for (const char *p = content, *next; *p; p = next) {
            next = g_utf8_next_char(p);
            gunichar c = g_utf8_get_char(p);
            const char *sign = c >= 0xf000 && c <= 0xf0ff ? symbol_sign(c) : NULL;
            uint32_t from = at == NONE ? NONE : at + (uint32_t)(p - content), to = at == NONE ? NONE : at + (uint32_t)(next - content);
            if (sign)
                builder_made(&text->builder, slice_of(sign), (struct span){from, to});
            else
                builder_text(&text->builder, slice_make(p, (size_t)(next - p)), from);
        }
    }
}

/* The text boxes in a drawing are read after the block; the same box may be there twice, for new programs and for old ones. */
static void collect_boxes(struct docx_text *text, xmlNode *node)
{
    bool deep;
    for (xmlNode *at = node; at; at = xml_next(at, node, deep)) {
        deep = !xml_is(at, "txbxContent");
        if (!deep)
            g_ptr_array_add(text->boxes, at);
        text->charts += xml_is(at, "chart");
        text->diagrams += xml_is(at, "relIds");
    }
}

static void read_alternatives(struct docx_text *text, xmlNode *node)
{
    xmlNode *choice = xml_child(node, "Choice"), *fallback = xml_child(node, "Fallback");
    guint before = text->boxes->len;
    unsigned charts = text->charts + text->diagrams;
    if (choice)
        collect_boxes(text, choice);
    if (fallback && text->boxes->len == before && text->charts + text->diagrams == charts)
        collect_boxes(text, fallback);
}

/* What may stand in a run. */
static void read_run_part(struct docx_text *text, xmlNode *node, bool raised)
{
    if (xml_is(node, "t")) {
        for (xmlNode *child = node->children; child; child = child->next)
            if (child->content && !take_own_mark(text, (const char *)child->content))
                put(text, child, (const char *)child->content, raised);
    } else if (xml_is(node, "tab") || xml_is(node, "ptab")) {
        docx_text_end(text);
        builder_tab(&text->builder);
    } else if (xml_is(node, "br") || xml_is(node, "cr")) {
        docx_text_end(text);
        builder_part(&text->builder);
    } else if (xml_is(node, "noBreakHyphen")) {
        put(text, node, "-", raised);
    } else if (xml_is(node, "sym")) {
        if (!take_own_mark(text, "*"))
            read_symbol(text, node, raised);
    } else if (xml_is(node, "footnoteReference")) {
        read_call(text, node, &text->docx->footnotes, text->footnotes);
    } else if (xml_is(node, "endnoteReference")) {
        read_call(text, node, &text->docx->endnotes, text->endnotes);
    } else if (xml_is(node, "AlternateContent")) {
        read_alternatives(text, node);
    } else if (xml_is(node, "drawing") || xml_is(node, "pict") || xml_is(node, "object")) {
        collect_boxes(text, node);
    } else if (xml_is(node, "ruby")) {
        docx_text_read(text, xml_child(node, "rubyBase"));
    }
}

/* What a run prints of itself, gaps, notes and pictures aside. */
static bool is_sign(const xmlNode *part)
{
    static const char *const names[] = {"t", "noBreakHyphen", "sym", "ruby"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (xml_is(part, names[i]))
            return true;
    return false;
}

static void read_run(struct docx_text *text, xmlNode *run)
{
    const xmlNode *properties = xml_child(run, "rPr");
    unsigned looks = docx_looks(text->docx, properties, text->style);
    bool lowered = text->lowered = looks & DOCX_LOWERED;
    text->apart |= lowered;
    bool raised = looks & DOCX_RAISED, symbols = is_symbol_font(xml_attribute(xml_child(properties, "rFonts"), "ascii"));
    for (xmlNode *child = run->children; child; child = child->next) {
        if (xml_is(child, "fldChar"))
            read_field(text, child);
        else if (looks & DOCX_HIDDEN)
            text->hidden += xml_is(child, "t");
        else if (looks & DOCX_STRUCK && is_sign(child))
            builder_struck(&text->builder);
        else if (symbols && !raised && text->instruction == 0 && xml_is(child, "t"))
            read_symbols(text, child);
        else if (text->instruction == 0)
            read_run_part(text, child, raised);
    }
    text->own_mark = false;
    text->apart = lowered;
    text->lowered = false;
}

/* The exponent or the denominator of a formula (Office Math): written behind one another, 10⁶ would be 106. */
static void read_formula(struct docx_text *text, xmlNode *formula)
{
    bool fraction = xml_is(formula, "f");
    docx_text_end(text);
    for (xmlNode *child = formula->children; child; child = child->next) {
        if (xml_is(child, "sup")) {
            g_autofree char *exponent = xml_text(child), *power = superscript_raise(slice_of(exponent));
            put(text, child, power, false);
            continue;
        }
        if (fraction && xml_is(child, "den"))
            put(text, child, "/", false);
        docx_text_read(text, child);
    }
}

/* Parts of a formula that stand below, above or beside others: the bounds of a sum, the degree of a root, a lowered index, cells of a matrix. */
static bool is_apart(const xmlNode *part)
{
    static const char *const names[] = {"sub", "sup", "deg", "lim", "e", "mr"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (xml_is(part, names[i]))
            return true;
    return false;
}

/* Digits of it never meet those beside it. */
static void read_apart(struct docx_text *text, xmlNode *part)
{
    begin_apart(text);
    docx_text_read(text, part);
    docx_text_end(text);
}

void docx_text_read(struct docx_text *text, xmlNode *node)
{
    static const char *const gone[] = {"del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "annotation", "txbxContent", "docPartGallery"};
    for (xmlNode *child = node ? node->children : NULL; child; child = child->next) {
        bool out = child->type != XML_ELEMENT_NODE;
        for (size_t i = 0; !out && i < G_N_ELEMENTS(gone); i++)
            out = xml_is(child, gone[i]);
        if (out)
            continue;
        if (docx_on(xml_child(child, "sdtPr"), "showingPlcHdr")) { /* "Click or tap here to enter text." */
            g_autofree char *asks = xml_text(child);
            text->placeholders += strpbrk(asks, "0123456789") != NULL;
            continue;
        }
        bool math = child->ns && child->ns->href && strstr((const char *)child->ns->href, "math");
        if (xml_is(child, "AlternateContent"))
            read_alternatives(text, child);
        else if (xml_is(child, "r"))
            read_run(text, child);
        else if (math && (xml_is(child, "sSup") || xml_is(child, "sSubSup") || xml_is(child, "f")))
            read_formula(text, child);
        else if (math && xml_is(child, "t"))
            read_run_part(text, child, false);
        else if (math && is_apart(child))
            read_apart(text, child);
        else
            docx_text_read(text, child);
    }
}
