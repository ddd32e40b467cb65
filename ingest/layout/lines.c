/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/chunk.h"
#include "ingest/layout/text.h"

/*  Glyphs → chunks (what stands close together on one baseline) → lines (chunks of one baseline without a gap as wide as between columns).
 *
 *    [1.] [The total was 8,511][12][ persons.]      [Table head]
 *    '----------- one line -----------------'  gap  '-- line --'
 *
 *  Gaps are measured in the font's own size (em). */
static const float column_gap = 1.15f;  /* more parts lines */
static const float split_gap = 0.5f;    /* the same where the file's reader saw two lines: it knows narrow gutters */
static const float mono_split = 0.75f;  /* the same in typewriting, whose space is as wide as a letter */
static const float mono_gap = 2.0f;     /* the same where a typewriter sets two spaces after a stop */
static const float value_gap = 0.42f;   /* the same between two numbers */
static const float loose_gap = 0.32f;   /* the same where they cannot be one number */
static const float letter_gap = 0.5f;   /* between letters set apart, and no wider: one-digit values stand farther from one another */
static const float percent_gap = 0.2f;  /* the same where the first is a percentage */
static const float label_gap = 6.0f;    /* between a list label and its text */
static const float least_mark = 0.35f;  /* the size of a raised mark, of the text that it stands beside */
static const float widest_space = 0.6f; /* between two marks */

static bool turned_pair(const struct glyph *a, const struct glyph *b)
{
    float dx = (b->box.x0 + b->box.x1 - a->box.x0 - a->box.x1) / 2, dy = (b->box.y0 + b->box.y1 - a->box.y0 - a->box.y1) / 2;
    return ABS(dx) < 0.1f * a->size && ABS(dy) > 0.2f * a->size && ABS(dy) < 2.0f * a->size;
}

/* Digits from glyph `at` on, forwards or backwards, up to a space: more than four are not counted. */
static uint32_t digits_from(const struct sheet *sheet, uint32_t at, int step)
{
    enum { MOST = 4 };
    uint32_t count = 0;
    for (; at < sheet->glyphs->len && is_digit_character(sheet_glyph(sheet, at)->character) && count < MOST; count++) {
        at += (uint32_t)step;
        const struct glyph *right = at < sheet->glyphs->len ? sheet_glyph(sheet, step > 0 ? at : at + 1) : NULL;
        if (right && (right->flags & (GLYPH_SPACE | GLYPH_LINE) || right->box.x0 - (right - 1)->box.x1 > word_gap * right->size)) {
            count++;
            break;
        }
    }
    return count;
}

/* Does a dash that stands in the place of a value, or a value of a few digits, take all from glyph `at` on up to a gap as wide as between cells? */
static bool is_lone_value(const struct sheet *sheet, uint32_t at)
{
    enum { LONGEST = 12 };
    uint32_t to = at + 1;
    bool dash = is_dash(sheet_glyph(sheet, at)->character), digits = is_digit_character(sheet_glyph(sheet, at)->character);
    for (; to < sheet->glyphs->len && to - at < LONGEST; to++) {
        const struct glyph *glyph = sheet_glyph(sheet, to);
        float gap = glyph->box.x0 - (glyph - 1)->box.x1;
        if (glyph->flags & GLYPH_LINE || gap > value_gap * glyph->size || gap < -glyph->size)
            return dash || digits;
        bool group = digits && digits_from(sheet, to - 1, -1) <= 3 && digits_from(sheet, to, 1) == 3; /* "4 433" */
        if (glyph->flags & GLYPH_SPACE && !group)
            return false;
        digits &= is_digit_character(glyph->character) || glyph->character == '.' || glyph->character == ',' || glyph->character == '%';
        dash = false;
    }
    return to == sheet->glyphs->len && (dash || digits);
}

/* "-    -    3": a dash that says that there is no value, and the next cell. Before a number it would read as its sign. */
static bool parts_dash(const struct sheet *sheet, uint32_t at, uint32_t next_at)
{
    const struct glyph *dash = sheet_glyph(sheet, at), *next = sheet_glyph(sheet, next_at);
    float least = value_gap * MAX(dash->size, next->size);
    if (!is_dash(dash->character) || next->box.x0 - dash->box.x1 < least)
        return false;
    bool alone = at == 0 || dash->flags & (GLYPH_SPACE | GLYPH_LINE) || dash->box.x0 - sheet_glyph(sheet, at - 1)->box.x1 > least;
    return alone && is_lone_value(sheet, next_at);
}

/* "2 0 1 9", "were 2 137": is the gap before or behind two neighbours as wide as the one between them? Between digits letters are set no wider apart than some. */
static bool is_set_apart(const struct sheet *sheet, uint32_t last_at, uint32_t next_at, float gap)
{
    const struct glyph *last = sheet_glyph(sheet, last_at), *next = sheet_glyph(sheet, next_at);
    bool close = is_digit_character(last->character) && gap <= letter_gap * last->size;
    float before = last_at > 0 && !(last->flags & GLYPH_LINE) ? last->box.x0 - (last - 1)->box.x1 : 0;
    float behind = next_at + 1 < sheet->glyphs->len && !((next + 1)->flags & GLYPH_LINE) ? (next + 1)->box.x0 - next->box.x1 : 0;
    bool word = before > 0 && is_letter_character((last - 1)->character) && is_digit_character(last->character);
    return ((close || word) && before > 0.7f * gap && before < 1.5f * gap) || (close && behind > 0.7f * gap && behind < 1.5f * gap);
}

/* Two values side by side with more than a space between them are two cells: "41.2  288,900", "64% 117". A number in groups of three is one: "10 000". */
static bool parts_values(const struct sheet *sheet, uint32_t last_at, uint32_t next_at, bool mono)
{
    const struct glyph *last = sheet_glyph(sheet, last_at), *next = sheet_glyph(sheet, next_at);
    gunichar a = last->character, b = next->character;
    if (!(is_digit_character(a) || a == '%' || a == ')') || !(is_digit_character(b) || b == '(' || b == '-' || b == 0x2212) || ABS(last->size - next->size) > (a == '%' ? 0.25f : 0.1f) * MAX(last->size, next->size))
        return false;
    float gap = next->box.x0 - last->box.x1;
    if (is_set_apart(sheet, last_at, next_at, gap) || (is_digit_character(b) && gap < widest_space * last->size && raised_ends_mark(sheet, last_at)))
        return false;
    if (mono && b == '(' && gap < mono_split * last->size)
        return false; /* "paragraph 11 (former 13)": a space of typewriting */
    bool group = is_digit_character(a) && digits_from(sheet, next_at, 1) == 3 && digits_from(sheet, last_at, -1) <= 3;
    bool loose = is_digit_character(a) && is_digit_character(b) && !group;
    return gap > (a == '%' && is_digit_character(b) ? percent_gap : loose ? loose_gap : value_gap) * MAX(last->size, next->size);
}

static float widest_gap(bool mono)
{
    return mono ? mono_gap : column_gap;
}

static bool chunk_ends(const struct layout *layout, const struct sheet *sheet, uint32_t at, bool turned)
{
    const struct glyph *last = sheet_glyph(sheet, at), *next = last + 1;
    if (next->flags & GLYPH_LINE)
        return true;
    if (turned)
        return !turned_pair(last, next);
    float size = MAX(last->size, next->size), gap = next->box.x0 - last->box.x1;
    if (gap > column_gap * size && !(next->flags & GLYPH_SPREAD) && gap > widest_gap(g_array_index(layout->styles, struct style, last->style).mono) * size)
        return true;
    if (gap < -1.0f * size)
        return true;
    if (gap > percent_gap * size && (parts_values(sheet, at, at + 1, g_array_index(layout->styles, struct style, last->style).mono) || parts_dash(sheet, at, at + 1)))
        return true;
    bool digits = is_digit_character(last->character) && is_digit_character(next->character) && ABS(last->size - next->size) < 0.05f * size;
    if (digits && ABS(glyph_base(last) - glyph_base(next)) > 0.1f * size)
        return true; /* values over the bars of a chart touch, each at its own height */
    return overlap(last->box.y0, last->box.y1, next->box.y0, next->box.y1) < 0.2f * MIN(last->size, next->size);
}

/* A character that is no value, nor ends or signs one, whatever stands behind it. */
static bool is_plain_letter(gunichar c)
{
    return c < 0x80 && (g_ascii_isalpha((char)c) || c == ',' || c == '.' || c == ';' || c == ':');
}

/* Takes the glyphs behind the last one of a chunk that surely belong to it: of one size and height with it, and no farther apart than letters, or than words
 * behind what is no value. */
static void take_close_glyphs(const struct sheet *sheet, struct chunk *chunk)
{
    const struct glyph *first = sheet_glyph(sheet, chunk->first), *last = first + chunk->count - 1, *end = sheet_glyph(sheet, sheet->glyphs->len), *glyph = last + 1;
    float size = last->size, widest = percent_gap * size, x0 = chunk->box.x0, x1 = chunk->box.x1;
    const struct glyph print = *last;
    if (!(print.box.y1 - print.box.y0 >= 0.2f * size))
        return;
    for (; glyph < end && !(glyph_differs(glyph, &print) | (glyph->flags & GLYPH_LINE)); glyph++) {
        float gap = glyph->box.x0 - (glyph - 1)->box.x1;
        if (!(gap <= widest && gap >= -size) && !(gap > widest && gap <= column_gap * size && is_plain_letter((glyph - 1)->character)))
            break;
        x0 = MIN(x0, glyph->box.x0);
        x1 = MAX(x1, glyph->box.x1);
    }
    chunk->box.x0 = x0;
    chunk->box.x1 = x1;
    chunk->count = (uint32_t)(glyph - first);
}

/* Takes one more glyph. */
static void take_glyph(const struct sheet *sheet, struct chunk *chunk)
{
    const struct glyph *glyph = sheet_glyph(sheet, chunk->first + chunk->count++);
    chunk->box = rect_union(chunk->box, glyph->box);
    if (glyph->size > chunk->size * 1.05f) {
        chunk->size = glyph->size;
        chunk->base = glyph_base(glyph);
    }
}

/* A chunk of its first glyph alone. */
static void begin_chunk(const struct layout *layout, const struct sheet *sheet, struct chunk *chunk)
{
    const struct glyph *glyph = sheet_glyph(sheet, chunk->first);
    chunk->box = glyph->box;
    chunk->size = chunk->base = 0;
    chunk->count = 0;
    take_glyph(sheet, chunk);
    chunk->mono = g_array_index(layout->styles, struct style, glyph->style).mono;
}

void chunk_measure(const struct layout *layout, const struct sheet *sheet, struct chunk *chunk)
{
    uint32_t count = chunk->count;
    begin_chunk(layout, sheet, chunk);
    while (chunk->count < count)
        take_glyph(sheet, chunk);
}

int chunk_by_top(const void *a, const void *b)
{
    const struct chunk *left = a, *right = b;
    if (left->box.y0 != right->box.y0)
        return left->box.y0 < right->box.y0 ? -1 : 1;
    if (left->box.x0 != right->box.x0)
        return left->box.x0 < right->box.x0 ? -1 : 1;
    return left->first < right->first ? -1 : 1;
}

static GArray *make_chunks(const struct layout *layout, const struct sheet *sheet)
{
    enum { USUAL = 128 }; /* of a page */
    GArray *chunks = g_array_sized_new(FALSE, FALSE, sizeof(struct chunk), USUAL);
    guint len = sheet->glyphs->len;
    for (guint i = 0; i < len;) {
        struct chunk chunk = {.first = i, .behind = i > 0 ? i - 1 : NONE, .left = NONE, .right = NONE};
        if (i + 2 < len && !((sheet_glyph(sheet, i + 1)->flags | sheet_glyph(sheet, i + 2)->flags) & GLYPH_LINE)) /* two over one another are no turned text, three are */
            chunk.turned = turned_pair(sheet_glyph(sheet, i), sheet_glyph(sheet, i + 1)) && turned_pair(sheet_glyph(sheet, i + 1), sheet_glyph(sheet, i + 2));
        begin_chunk(layout, sheet, &chunk);
        for (;;) {
            if (!chunk.turned)
                take_close_glyphs(sheet, &chunk);
            if (i + chunk.count == len || chunk_ends(layout, sheet, i + chunk.count - 1, chunk.turned))
                break;
            take_glyph(sheet, &chunk);
        }
        g_array_append_val(chunks, chunk);
        i += chunk.count;
    }
    return chunks;
}

/* Do two chunks stand on one line, b to the right of a? A raised mark does too, but only close to its word. */
static bool same_line(const struct sheet *sheet, const struct chunk *a, const struct chunk *b, float gap)
{
    float small = MIN(a->size, b->size), large = MAX(a->size, b->size);
    float shared = overlap(a->box.y0, a->box.y1, b->box.y0, b->box.y1);
    if (shared < 0.4f * MIN(a->box.y1 - a->box.y0, b->box.y1 - b->box.y0))
        return false;
    float shift = ABS(a->base - b->base);
    if (shift <= 0.25f * small)
        return true;
    const struct chunk *more = a->size > b->size ? a : b, *less = more == a ? b : a;
    if (small < least_mark * large && more->count > 1 && !raised_is_mark(sheet, less, more)) /* one large letter begins a paragraph, but a large "21%" stands beside it */
        return false;
    return small < 0.85f * large && shift < 0.75f * large && gap < 0.5f * large;
}

/* Is a chunk the label of a list whose text is the next one? */
static bool label_chunk(const struct sheet *sheet, const struct chunk *chunk, const struct chunk *next)
{
    struct item item;
    const struct glyph *ring = sheet_glyph(sheet, chunk->first);
    if (chunk->count == 1 && ring->character == 'o' && ring->style != sheet_glyph(sheet, next->first)->style)
        return true; /* see layout_item */
    return chunk->count <= 8 && layout_item(sheet, chunk->first, chunk->count, &item) && item.count == chunk->count && !item.word;
}

static void consider(const struct sheet *sheet, GArray *chunks, guint i, guint j)
{
    struct chunk *a = &g_array_index(chunks, struct chunk, i), *b = &g_array_index(chunks, struct chunk, j);
    if (a->turned || b->turned)
        return;
    guint left = i, right = j;
    if (a->box.x0 > b->box.x0) {
        struct chunk *other = a;
        a = b;
        b = other;
        left = j;
        right = i;
    }
    float gap = b->box.x0 - a->box.x1, size = MAX(a->size, b->size);
    if (gap < -0.35f * size || gap > label_gap * size || !same_line(sheet, a, b, gap))
        return;
    bool one = b->first == a->first + a->count && !(sheet_glyph(sheet, b->first)->flags & GLYPH_LINE);
    if (gap > (one ? widest_gap(a->mono) : a->mono && b->mono ? mono_split : split_gap) * size && !label_chunk(sheet, a, b))
        return;
    if (parts_values(sheet, a->first + a->count - 1, b->first, a->mono) || parts_dash(sheet, a->first + a->count - 1, b->first))
        return;
    if (a->right == NONE || gap < a->right_gap) {
        a->right = right;
        a->right_gap = gap;
    }
    if (b->left == NONE || gap < b->left_gap) {
        b->left = left;
        b->left_gap = gap;
    }
}

/* Does glyph b stand one letter farther than a on a line that climbs or falls across the page? How far, in squared points; 0 = no. */
static float slanted_step(const struct glyph *a, const struct glyph *b, bool word)
{
    float dx = (b->box.x0 + b->box.x1 - a->box.x0 - a->box.x1) / 2 / a->size, dy = (b->box.y0 + b->box.y1 - a->box.y0 - a->box.y1) / 2 / a->size;
    if (dx > 0.75f || ABS(dy) < 0.1f || ABS(dy) > 0.75f || ABS(dy) < 0.4f * dx || ABS(a->size - b->size) > 0.05f * a->size)
        return 0;
    if (word ? dx < -0.05f : dx < 0.1f || ABS(dy) > 2.5f * dx) /* letters of one crumb may stand right above one another */
        return 0;
    return dx * dx + dy * dy;
}

/* Names under the columns of a chart are often set slanted; the file's reader gives them in crumbs, letter by letter. */
static void link_slanted(const struct sheet *sheet, GArray *chunks)
{
    enum { CRUMB = 3, LEAST = 4, NEAR = 400 }; /* letters of a crumb; crumbs of a name; chunks looked at */
    struct chunk *all = (struct chunk *)(void *)chunks->data;
    for (guint i = 0; i < chunks->len; i++) {
        if (all[i].count > CRUMB || all[i].turned)
            continue;
        const struct glyph *last = sheet_glyph(sheet, all[i].first + all[i].count - 1);
        float nearest = 1e9f;
        bool more[2] = {true, true}; /* above, below: they stand by their tops */
        for (guint step = 1; step <= NEAR && (more[0] || more[1]); step++) { /* up and down from i, as far as a letter's height */
            guint below = step % 2, j = below ? i + (step + 1) / 2 : i - step / 2;
            more[below] = more[below] && j < chunks->len && ABS(all[j].box.y0 - all[i].box.y0) <= last->size;
            if (!more[below] || all[j].count > CRUMB || all[j].turned)
                continue;
            bool word = all[j].first == all[i].first + all[i].count && !(sheet_glyph(sheet, all[j].first)->flags & GLYPH_LINE);
            float distance = slanted_step(last, sheet_glyph(sheet, all[j].first), word);
            if (word && distance > 0)
                distance = 0.001f;
            if (distance > 0 && distance < nearest && all[j].left == NONE) {
                nearest = distance;
                all[i].right = j;
            }
        }
        if (all[i].right != NONE)
            all[all[i].right].left = i;
    }
    for (guint i = 0; i < chunks->len; i++) {
        guint crumbs = 1;
        if (all[i].left != NONE || all[i].right == NONE)
            continue;
        for (guint j = i; all[j].right != NONE; j = all[j].right)
            crumbs++;
        for (guint j = i, next; j != NONE; j = next) {
            next = all[j].right;
            all[j].turned = crumbs >= LEAST;
            if (crumbs < LEAST)
                all[j].left = all[j].right = NONE;
        }
    }
}

static void link_chunks(const struct layout *layout, const struct sheet *sheet, GArray *chunks)
{
    guint sorted = 1;
    while (sorted < chunks->len && chunk_by_top(&g_array_index(chunks, struct chunk, sorted - 1), &g_array_index(chunks, struct chunk, sorted)) < 0)
        sorted++;
    if (sorted < chunks->len)
        g_array_sort(chunks, chunk_by_top);
    raised_part_lines(layout, sheet, chunks);
    link_slanted(sheet, chunks);
    for (guint i = 0; i < chunks->len; i++) {
        float bottom = g_array_index(chunks, struct chunk, i).box.y1;
        for (guint j = i + 1; j < chunks->len && g_array_index(chunks, struct chunk, j).box.y0 < bottom; j++)
            consider(sheet, chunks, i, j);
    }
    for (guint i = 0; i < chunks->len; i++) { /* only where both agree */
        struct chunk *chunk = &g_array_index(chunks, struct chunk, i);
        if (chunk->right != NONE && g_array_index(chunks, struct chunk, chunk->right).left != i)
            chunk->right = NONE;
    }
    for (guint i = 0; i < chunks->len; i++) {
        struct chunk *chunk = &g_array_index(chunks, struct chunk, i);
        if (chunk->left != NONE && g_array_index(chunks, struct chunk, chunk->left).right != i)
            chunk->left = NONE;
    }
}

/* A bare number, sign or letter that begins its line can be the label of a note, set apart from its text: "7    Chi square = 10.41". */
static bool note_label_chunk(const struct sheet *sheet, const struct chunk *chunk)
{
    if (chunk->count > 3 || chunk->turned || chunk->left != NONE || chunk->right != NONE)
        return false;
    for (uint32_t i = chunk->first; i < chunk->first + chunk->count; i++) {
        gunichar c = sheet_glyph(sheet, i)->character;
        bool letter = chunk->count == 1 && c >= 'a' && c < 'i'; /* i, v and x are numbers among others of several letters */
        if (!is_digit_character(c) && c != '*' && c != 0x2020 && c != 0x2021 && !letter)
            return false;
    }
    return true;
}

/* Chunks are in order of their tops: what is beside a label begins no lower than it ends, and no higher than the tallest chunk above it. */
static void link_labels(const struct sheet *sheet, GArray *chunks)
{
    float tallest = 0;
    for (guint i = 0; i < chunks->len; i++)
        tallest = MAX(tallest, g_array_index(chunks, struct chunk, i).box.y1 - g_array_index(chunks, struct chunk, i).box.y0);
    for (guint i = 0, from = 0; i < chunks->len; i++) {
        struct chunk *label = &g_array_index(chunks, struct chunk, i), *text = NULL;
        if (!note_label_chunk(sheet, label))
            continue;
        bool free_left = true;
        bool begins = sheet_glyph(sheet, label->first)->character != '0' && label->box.y0 > sheet->height / 2; /* nothing at all stands left of it, down the page */
        while (g_array_index(chunks, struct chunk, from).box.y0 < label->box.y0 - tallest)
            from++;
        for (guint j = from; j < chunks->len && free_left && g_array_index(chunks, struct chunk, j).box.y0 <= label->box.y1; j++) {
            struct chunk *other = &g_array_index(chunks, struct chunk, j);
            if (j == i || other->turned || overlap(label->box.y0, label->box.y1, other->box.y0, other->box.y1) < 0.5f * (label->box.y1 - label->box.y0))
                continue;
            float gap = other->box.x0 - label->box.x1;
            begins &= gap >= 0;
            free_left = gap >= 0 || label->box.x0 - other->box.x1 > 3 * label->size;
            if (gap >= 0 && gap < label_gap * other->size && other->left == NONE && (!text || other->box.x0 < text->box.x0))
                text = other;
        }
        bool raised = text && label->size < 0.85f * text->size && label->base < text->base;
        bool words = text && text->count > (raised && begins ? 2 : 12) && (is_letter_character(sheet_glyph(sheet, text->first)->character) || sheet_glyph(sheet, text->first)->character > 127);
        if (!free_left || !words || !same_line(sheet, label, text, 0))
            continue;
        if (is_letter_character(sheet_glyph(sheet, label->first)->character) && !raised)
            continue;
        label->right = (uint32_t)(text - (struct chunk *)(void *)chunks->data);
        label->right_gap = text->box.x0 - label->box.x1;
        text->left = i;
    }
}

/* A page's glyphs on their way into the order of its lines: the first ones that stand in it as the file has them, which are most, stay where they are. */
struct ordering {
    struct glyphs *glyphs;
    uint32_t kept;       /* glyphs that stay */
    struct glyphs *rest; /* those behind them; NULL: there is none yet */
};

static uint32_t ordered(const struct ordering *ordering)
{
    return ordering->kept + (ordering->rest ? ordering->rest->len : 0);
}

static void order_chunk(struct ordering *ordering, const struct chunk *chunk)
{
    if (!ordering->rest && chunk->first == ordering->kept) {
        ordering->kept += chunk->count;
        return;
    }
    if (!ordering->rest)
        ordering->rest = glyphs_new(ordering->glyphs->len - ordering->kept);
    glyphs_append(ordering->rest, ordering->glyphs->data + chunk->first, chunk->count);
}

static void order_end(struct ordering *ordering)
{
    ordering->glyphs->len = ordering->kept;
    if (ordering->rest) {
        glyphs_append(ordering->glyphs, ordering->rest->data, ordering->rest->len);
        glyphs_free(ordering->rest);
    }
}

void layout_lines(const struct layout *layout, struct sheet *sheet)
{
    layout_stacked(sheet);
    layout_twins(sheet);
    layout_spread(layout, sheet);
    g_autoptr(GArray) chunks = make_chunks(layout, sheet);
    link_chunks(layout, sheet, chunks);
    link_labels(sheet, chunks);
    struct ordering ordering = {sheet->glyphs, 0, NULL};
    g_array_unref(sheet->lines);
    sheet->lines = g_array_sized_new(FALSE, FALSE, sizeof(struct text_line), chunks->len);
    for (guint i = 0; i < chunks->len; i++) {
        const struct chunk *chunk = &g_array_index(chunks, struct chunk, i);
        if (chunk->left != NONE)
            continue;
        struct text_line line = {.first = ordered(&ordering), .flags = chunk->turned ? LINE_TURNED : 0};
        for (const struct chunk *c = chunk; c; c = c->right == NONE ? NULL : &g_array_index(chunks, struct chunk, c->right)) {
            if (c != chunk && chunk->turned)
                sheet_glyph(sheet, c->first)->flags &= (uint16_t)~GLYPH_SPACE; /* crumbs of one slanted word */
            order_chunk(&ordering, c);
            line.flags |= c->right != NONE && c->right_gap > widest_gap(c->mono) * c->size ? LINE_WIDE : 0;
        }
        line.count = ordered(&ordering) - line.first;
        g_array_append_val(sheet->lines, line);
    }
    order_end(&ordering);
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (guint i = 0; i < sheet->lines->len; i++)
        layout_measure_spaces(layout, sheet, sheet_line(sheet, i), gaps);
    layout_gutters(layout, sheet);
}
