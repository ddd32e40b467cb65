/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/frame.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sorted.h"

/* ---- writing ---- */

enum {
    PIECE_BYTES = 4096, /* of numbers, a few bytes each, that are gathered before they are appended */
    LATELY = 256,       /* strings whose places are known by their addresses: most of a document's are the same ones again */
};

struct writer {
    GByteArray *body;
    GHashTable *known;   /* string → its place + 1 */
    GPtrArray *strings;  /* borrowed */
    size_t n;            /* bytes of piece, which stand behind body */
    char piece[PIECE_BYTES];
    struct {
        const char *string;
        uint32_t place;
    } lately[LATELY];
};

static void flush(struct writer *w)
{
    g_byte_array_append(w->body, (const guint8 *)w->piece, (guint)w->n);
    w->n = 0;
}

static inline void put_raw(struct writer *w, const void *data, size_t size)
{
    if (size > PIECE_BYTES - w->n)
        flush(w);
    if (size > PIECE_BYTES) {
        g_byte_array_append(w->body, data, (guint)size);
    } else if (size > 0) {
        memcpy(w->piece + w->n, data, size);
        w->n += size;
    }
}

static void put_u32(struct writer *w, uint32_t value)
{
    put_raw(w, &value, sizeof value);
}

static void put_double(struct writer *w, double value)
{
    put_raw(w, &value, sizeof value);
}

static uint32_t place_of(struct writer *w, const char *string)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(w->known, string));
    if (place == 0) {
        g_ptr_array_add(w->strings, (char *)string);
        place = w->strings->len;
        g_hash_table_insert(w->known, (char *)string, GUINT_TO_POINTER(place));
    }
    return place - 1;
}

static void put_string(struct writer *w, const char *string)
{
    if (!string) {
        put_u32(w, NONE);
        return;
    }
    size_t slot = ((uintptr_t)string ^ (uintptr_t)string >> 8) % LATELY;
    if (w->lately[slot].string != string) {
        w->lately[slot].place = place_of(w, string);
        w->lately[slot].string = string;
    }
    put_u32(w, w->lately[slot].place);
}

static void put_span(struct writer *w, struct span span)
{
    put_raw(w, &span, sizeof span);
}

/* The arrays of a document whose structs hold no pointers go as they are; both sides are one program. The first two are written by put_lines. */
static const struct plain {
    size_t offset, size;
} plain[] = {
    {G_STRUCT_OFFSET(struct document, lines), sizeof(struct line)},         {G_STRUCT_OFFSET(struct document, edges), sizeof(float)},
    {G_STRUCT_OFFSET(struct document, passages), sizeof(struct passage)},   {G_STRUCT_OFFSET(struct document, sentences), sizeof(struct sentence)},
    {G_STRUCT_OFFSET(struct document, cells), sizeof(struct cell)},         {G_STRUCT_OFFSET(struct document, shifts), sizeof(struct shift)},
};

enum { PLAIN_LINES, PLAIN_EDGES, PLAIN_OTHERS };

static GArray *array_at(const struct document *doc, size_t offset)
{
    return G_STRUCT_MEMBER(GArray *, doc, offset);
}

/* The strings of a document, in one order for both sides. */
static void strings_of(struct document *doc, char **ret[])
{
    struct metadata *m = &doc->metadata;
    char **all[] = {&doc->member, &doc->sha256, &doc->file_sha256, &m->title, &m->publisher, &m->url, &m->language, &m->date, &m->authors, &m->period, &m->symbol};
    memcpy(ret, all, sizeof all);
}

enum { DOCUMENT_STRINGS = 11 };

/* On which lines a figure stands: a byte for each, and where their edges are those of the frame. The caller frees it. */
static uint8_t *lines_with_figures(const struct document *doc, const struct mentions *mentions)
{
    const GArray *figures = mentions->items[MENTION_FIGURE], *lines = doc->lines;
    uint8_t *with = g_malloc0(lines->len + 1);
    guint near = 0;
    for (guint i = 0; i < figures->len; i++) {
        struct span span = g_array_index(figures, struct mention, i).span;
        near = sorted_near(lines, sizeof(struct line), G_STRUCT_OFFSET(struct line, span.end), span.start + 1, near);
        for (guint line = near; line < lines->len && g_array_index(lines, struct line, line).span.start < span.end; line++)
            with[line] = 1;
    }
    return with;
}

/* Lines, and of the edges of their characters, two thirds of a document, those that boxes of figures are made of: the receiver asks for no others. */
static void put_lines(struct writer *w, const struct document *doc, const struct mentions *mentions)
{
    g_autofree uint8_t *with = lines_with_figures(doc, mentions);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(float));
    put_u32(w, doc->lines->len);
    for (guint i = 0; i < doc->lines->len; i++) {
        struct line line = DOCUMENT_AT(doc->lines, struct line, i);
        if (line.edges != NONE && !with[i]) {
            line.edges = NONE;
        } else if (line.edges != NONE) {
            size_t n = slice_characters(document_slice(doc, line.span)) + 1;
            const float *first = &DOCUMENT_AT(doc->edges, float, line.edges);
            line.edges = edges->len;
            g_array_append_vals(edges, first, (guint)n);
        }
        put_raw(w, &line, sizeof line);
    }
    put_u32(w, edges->len);
    put_raw(w, edges->data, edges->len * sizeof(float));
}

static void put_document(struct writer *w, const struct document *doc, const struct mentions *mentions)
{
    char **strings[DOCUMENT_STRINGS];
    strings_of((struct document *)doc, strings);
    for (size_t i = 0; i < DOCUMENT_STRINGS; i++)
        put_string(w, *strings[i]);
    put_string(w, doc->reader);
    put_raw(w, &doc->size, sizeof doc->size);
    put_u32(w, (uint32_t)doc->text->len);
    put_raw(w, doc->text->str, doc->text->len);
    put_lines(w, doc, mentions);
    for (size_t i = PLAIN_OTHERS; i < G_N_ELEMENTS(plain); i++) {
        const GArray *array = array_at(doc, plain[i].offset);
        put_u32(w, array->len);
        put_raw(w, array->data, array->len * plain[i].size);
    }
    put_u32(w, doc->pages->len);
    for (guint i = 0; i < doc->pages->len; i++) {
        const struct page *page = &DOCUMENT_AT(doc->pages, struct page, i);
        put_string(w, page->label);
        put_raw(w, &page->width, sizeof page->width);
        put_raw(w, &page->height, sizeof page->height);
        put_u32(w, page->flags);
    }
    put_u32(w, doc->marks->len);
    for (guint i = 0; i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        put_u32(w, mark->at);
        put_span(w, mark->source);
        put_raw(w, &mark->box, sizeof mark->box);
        put_u32(w, mark->page);
        put_string(w, mark->label);
        put_u32(w, mark->note);
    }
    put_u32(w, doc->notes->len);
    for (guint i = 0; i < doc->notes->len; i++) {
        const struct note *note = &DOCUMENT_AT(doc->notes, struct note, i);
        put_string(w, note->label);
        put_span(w, note->span);
        put_u32(w, note->page);
    }
    put_u32(w, doc->warnings->len);
    for (guint i = 0; i < doc->warnings->len; i++) {
        const struct warning *warning = &DOCUMENT_AT(doc->warnings, struct warning, i);
        put_string(w, warning->code);
        put_u32(w, warning->page);
        put_string(w, warning->text);
    }
}

static void put_figure(struct writer *w, const struct figure *f)
{
    const struct quantity *q = &f->quantity;
    put_double(w, q->low);
    put_double(w, q->high);
    put_double(w, q->other_low);
    put_double(w, q->other_high);
    uint32_t numbers[] = {q->kind, q->qualifier, q->ambiguous, f->period_scope, f->place_scope, f->mark, f->caption, f->minor, f->n_places};
    put_raw(w, numbers, sizeof numbers);
    put_string(w, q->unit);
    put_span(w, q->unit_text);
    put_span(w, q->unit_before);
    put_span(w, f->number);
    put_span(w, f->counted_span);
    put_string(w, f->counted);
    put_string(w, f->period);
    put_string(w, f->said_by);
    for (uint32_t i = 0; i < f->n_places; i++) {
        put_string(w, f->places[i].name);
        put_string(w, f->places[i].iso);
        put_u32(w, f->places[i].geonames);
        put_u32(w, f->places[i].role);
    }
}

static void put_location(struct writer *w, const struct location *l)
{
    put_string(w, l->canonical);
    put_string(w, l->iso);
    put_string(w, l->class);
    put_u32(w, l->geonames);
    float numbers[] = {l->lat, l->lon, l->score};
    put_raw(w, numbers, sizeof numbers);
}

static void put_mention(struct writer *w, const struct mention *m)
{
    put_span(w, m->span);
    put_u32(w, m->passage);
    put_u32(w, m->sentence);
    put_string(w, m->rule);
    switch (m->type) {
    case MENTION_FIGURE: put_figure(w, &m->figure); break;
    case MENTION_NOTE: put_u32(w, m->mark); break;
    case MENTION_LOCATION: put_location(w, &m->location); break;
    case MENTION_ACTOR:
        put_string(w, m->actor.canonical);
        put_string(w, m->actor.class);
        put_string(w, m->actor.acronym);
        put_u32(w, m->actor.id);
        break;
    case MENTION_PERIOD:
        put_string(w, m->period.edtf);
        put_u32(w, m->period.scope);
        put_u32(w, m->period.relative);
        break;
    case MENTION_ATTRIBUTION:
        put_string(w, m->attribution.source);
        put_span(w, m->attribution.source_span);
        break;
    }
}

/*  [where the strings begin] [document, mentions] [strings] */
void frame_write(GByteArray *bytes, const struct document *doc, const struct mentions *mentions)
{
    struct writer w = {.body = bytes, .known = g_hash_table_new(g_str_hash, g_str_equal), .strings = g_ptr_array_new()};
    guint start = bytes->len;
    put_u32(&w, 0);
    put_document(&w, doc, mentions);
    for (size_t type = 0; type < G_N_ELEMENTS(mentions->items); type++) {
        const GArray *items = mentions->items[type];
        put_u32(&w, items->len);
        for (guint i = 0; i < items->len; i++)
            put_mention(&w, &DOCUMENT_AT(items, struct mention, i));
    }
    flush(&w);
    uint32_t strings = bytes->len - start;
    memcpy(bytes->data + start, &strings, sizeof strings);
    put_u32(&w, w.strings->len);
    for (guint i = 0; i < w.strings->len; i++) {
        const char *string = g_ptr_array_index(w.strings, i);
        put_u32(&w, (uint32_t)strlen(string));
        put_raw(&w, string, strlen(string) + 1);
    }
    flush(&w);
    g_hash_table_unref(w.known);
    g_ptr_array_unref(w.strings);
}

/* ---- reading ---- */

struct cursor {
    const char *at, *end;
    GPtrArray *strings;        /* const char *, in the frame */
    GPtrArray *kept;           /* the same as `mentions` has them, or NULL: not asked for yet */
    struct mentions *mentions; /* owns the strings of mentions */
    const char *trouble;       /* the first thing wrong, or NULL */
};

static void refuse(struct cursor *c, const char *trouble)
{
    if (!c->trouble)
        c->trouble = trouble;
    c->at = c->end;
}

static void take_raw(struct cursor *c, void *into, size_t size)
{
    if ((size_t)(c->end - c->at) < size) {
        refuse(c, "the frame ends too early");
        memset(into, 0, size);
        return;
    }
    memcpy(into, c->at, size);
    c->at += size;
}

static uint32_t take_u32(struct cursor *c)
{
    uint32_t value;
    take_raw(c, &value, sizeof value);
    return value;
}

static double take_double(struct cursor *c)
{
    double value;
    take_raw(c, &value, sizeof value);
    return value;
}

static struct span take_span(struct cursor *c)
{
    struct span span;
    take_raw(c, &span, sizeof span);
    return span;
}

/* A count of things of which each takes `size` bytes or more; more than the frame can hold is refused before anything is allocated. */
static uint32_t take_count(struct cursor *c, size_t size)
{
    uint32_t n = take_u32(c);
    if (n > (size_t)(c->end - c->at) / size) {
        refuse(c, "a count is larger than the frame");
        return 0;
    }
    return n;
}

/* The place of a string; NONE. */
static uint32_t take_place(struct cursor *c)
{
    uint32_t place = take_u32(c);
    if (place != NONE && !c->trouble && place >= c->strings->len)
        refuse(c, "a string is missing");
    return c->trouble ? NONE : place;
}

/* In the frame; NULL. */
static const char *take_string(struct cursor *c)
{
    uint32_t place = take_place(c);
    return place == NONE ? NULL : g_ptr_array_index(c->strings, place);
}

static const char *take_kept(struct cursor *c)
{
    uint32_t place = take_place(c);
    if (place == NONE)
        return NULL;
    const char **kept = (const char **)&g_ptr_array_index(c->kept, place);
    if (!*kept)
        *kept = strings_keep(c->mentions->strings, slice_of(g_ptr_array_index(c->strings, place)));
    return *kept;
}

/* Those at the end of the frame, which ends before them then. */
static void take_strings(struct cursor *c)
{
    const char *start = c->at, *end = c->end;
    uint32_t place = take_u32(c);
    if (place < sizeof place || place > (size_t)(end - start)) {
        refuse(c, "the frame has no strings");
        return;
    }
    c->at = start + place;
    uint32_t n = take_count(c, 5);
    for (uint32_t i = 0; i < n && !c->trouble; i++) {
        uint32_t len = take_u32(c);
        if (len >= (size_t)(c->end - c->at) || c->at[len] != '\0' || !slice_is_utf8(slice_make(c->at, len))) {
            refuse(c, "a string is no UTF-8");
            return;
        }
        g_ptr_array_add(c->strings, (char *)c->at);
        c->at += len + 1;
    }
    if (c->trouble)
        return;
    if (c->at != end)
        refuse(c, "the frame goes on after its end");
    g_ptr_array_set_size(c->kept, (gint)c->strings->len);
    c->at = start + sizeof place;
    c->end = start + place;
}

static void take_text(struct cursor *c, struct document *doc)
{
    uint32_t len = take_count(c, 1);
    if (len > LIMIT_TEXT_BYTES || !slice_is_utf8(slice_make(c->at, len))) {
        refuse(c, "the text is no UTF-8, or too long");
        return;
    }
    g_string_append_len(doc->text, c->at, len);
    c->at += len;
}

static void take_document(struct cursor *c, struct document *doc)
{
    char **strings[DOCUMENT_STRINGS];
    strings_of(doc, strings);
    for (size_t i = 0; i < DOCUMENT_STRINGS; i++)
        *strings[i] = g_strdup(take_string(c));
    doc->reader = take_kept(c);
    take_raw(c, &doc->size, sizeof doc->size);
    take_text(c, doc);
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        uint32_t n = take_count(c, plain[i].size);
        g_array_append_vals(array_at(doc, plain[i].offset), c->at, n);
        c->at += n * plain[i].size;
    }
    for (uint32_t n = take_count(c, 16); n > 0 && !c->trouble; n--) {
        struct page page = {.label = g_strdup(take_string(c))};
        take_raw(c, &page.width, sizeof page.width);
        take_raw(c, &page.height, sizeof page.height);
        page.flags = take_u32(c);
        g_array_append_val(doc->pages, page);
    }
    for (uint32_t n = take_count(c, 40); n > 0 && !c->trouble; n--) {
        struct mark mark = {.at = take_u32(c), .source = take_span(c)};
        take_raw(c, &mark.box, sizeof mark.box);
        mark.page = take_u32(c);
        mark.label = g_strdup(take_string(c));
        mark.note = take_u32(c);
        g_array_append_val(doc->marks, mark);
    }
    for (uint32_t n = take_count(c, 16); n > 0 && !c->trouble; n--) {
        struct note note = {.label = g_strdup(take_string(c))};
        note.span = take_span(c);
        note.page = take_u32(c);
        g_array_append_val(doc->notes, note);
    }
    for (uint32_t n = take_count(c, 12); n > 0 && !c->trouble; n--) {
        struct warning warning = {.code = g_strdup(take_string(c))};
        warning.page = take_u32(c);
        warning.text = g_strdup(take_string(c));
        g_array_append_val(doc->warnings, warning);
    }
}

static void take_figure(struct cursor *c, struct figure *f)
{
    struct quantity *q = &f->quantity;
    q->low = take_double(c);
    q->high = take_double(c);
    q->other_low = take_double(c);
    q->other_high = take_double(c);
    uint32_t numbers[9];
    take_raw(c, numbers, sizeof numbers);
    q->kind = (enum figure_kind)numbers[0];
    q->qualifier = (enum qualifier)numbers[1];
    q->ambiguous = numbers[2] != 0;
    f->period_scope = (enum scope)numbers[3];
    f->place_scope = (enum scope)numbers[4];
    f->mark = numbers[5];
    f->caption = numbers[6];
    f->minor = numbers[7] != 0;
    q->unit = take_kept(c);
    q->unit_text = take_span(c);
    q->unit_before = take_span(c);
    f->number = take_span(c);
    f->counted_span = take_span(c);
    f->counted = take_kept(c);
    f->period = take_kept(c);
    f->said_by = take_kept(c);
    if (numbers[8] > (size_t)(c->end - c->at) / 16) {
        refuse(c, "a count is larger than the frame");
        return;
    }
    f->n_places = numbers[8];
    f->places = f->n_places > 0 ? mentions_places(c->mentions, f->n_places) : NULL;
    for (uint32_t i = 0; i < f->n_places; i++) {
        f->places[i].name = take_kept(c);
        f->places[i].iso = take_kept(c);
        f->places[i].geonames = take_u32(c);
        f->places[i].role = (enum role)take_u32(c);
    }
}

static void take_location(struct cursor *c, struct location *l)
{
    l->canonical = take_kept(c);
    l->iso = take_kept(c);
    l->class = take_kept(c);
    l->geonames = take_u32(c);
    float numbers[3];
    take_raw(c, numbers, sizeof numbers);
    l->lat = numbers[0];
    l->lon = numbers[1];
    l->score = numbers[2];
}

static void take_mention(struct cursor *c, enum mention_type type)
{
    struct mention m = {.type = type, .span = take_span(c)};
    m.passage = take_u32(c);
    m.sentence = take_u32(c);
    m.rule = take_kept(c);
    switch (type) {
    case MENTION_FIGURE: take_figure(c, &m.figure); break;
    case MENTION_NOTE: m.mark = take_u32(c); break;
    case MENTION_LOCATION: take_location(c, &m.location); break;
    case MENTION_ACTOR:
        m.actor.canonical = take_kept(c);
        m.actor.class = take_kept(c);
        m.actor.acronym = take_kept(c);
        m.actor.id = take_u32(c);
        break;
    case MENTION_PERIOD:
        m.period.edtf = take_kept(c);
        m.period.scope = (enum scope)take_u32(c);
        m.period.relative = take_u32(c) != 0;
        break;
    case MENTION_ATTRIBUTION:
        m.attribution.source = take_kept(c);
        m.attribution.source_span = take_span(c);
        break;
    }
    g_array_append_val(c->mentions->items[type], m);
}

bool frame_read(struct slice bytes, const char *path, struct document **ret_doc, struct mentions **ret_mentions, GError **error)
{
    struct document *doc = document_new(path);
    struct mentions *mentions = mentions_new();
    struct cursor c = {bytes.ptr, bytes.ptr + bytes.len, g_ptr_array_new(), g_ptr_array_new(), mentions, NULL};
    take_strings(&c);
    take_document(&c, doc);
    for (int type = 0; type <= MENTION_ATTRIBUTION; type++)
        for (uint32_t n = take_count(&c, 20); n > 0 && !c.trouble; n--)
            take_mention(&c, (enum mention_type)type);
    if (!c.trouble && c.at != c.end)
        c.trouble = "the frame goes on after its end";
    if (!c.trouble)
        c.trouble = frame_check(doc, mentions);
    doc->reader = doc->reader && !c.trouble ? g_intern_string(doc->reader) : NULL;
    g_ptr_array_unref(c.strings);
    g_ptr_array_unref(c.kept);
    if (!c.trouble) {
        *ret_doc = doc;
        *ret_mentions = mentions;
        return true;
    }
    g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_WORKER, "the process that read it sent nonsense (%s)", c.trouble);
    document_free(doc);
    mentions_free(mentions);
    return false;
}
