/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/chunk.h"
#include "ingest/layout/text.h"

/*  Glyphs → chunks (what stands close together on one baseline) → lines (chunks of one baseline without a gap as wide as between columns).
 *
 *    [1.] [The total was 8,511][12][ persons.]      [Table head]
 *    '----------- one line -----------------'  gap  '-- line --'
 *
 *  Gaps are measured in the font's own size (em). */
static const float word_gap = 0.18f;    /* more is white space, whatever the file says */
static const float kerning_gap = 0.04f; /* less is none, whatever the file says */
static const float seam_gap = 0.13f;    /* less is none where the spaces of the line are twice as wide: the file set a word in two pieces */
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

static bool is_dash(gunichar c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212;
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
    const struct glyph *last = sheet_glyph(sheet, at), *next = sheet_glyph(sheet, at + 1);
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

void chunk_measure(const struct layout *layout, const struct sheet *sheet, struct chunk *chunk)
{
    float size = 0, base = 0;
    chunk->box = sheet_glyph(sheet, chunk->first)->box;
    for (uint32_t i = chunk->first; i < chunk->first + chunk->count; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        chunk->box = rect_union(chunk->box, glyph->box);
        if (glyph->size > size * 1.05f) {
            size = glyph->size;
            base = glyph_base(glyph);
        }
    }
    chunk->size = size;
    chunk->mono = g_array_index(layout->styles, struct style, sheet_glyph(sheet, chunk->first)->style).mono;
    chunk->base = base;
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
    GArray *chunks = g_array_new(FALSE, FALSE, sizeof(struct chunk));
    guint len = sheet->glyphs->len;
    for (guint i = 0; i < len;) {
        struct chunk chunk = {.first = i, .count = 1, .behind = i > 0 ? i - 1 : NONE, .left = NONE, .right = NONE};
        if (i + 2 < len && !((sheet_glyph(sheet, i + 1)->flags | sheet_glyph(sheet, i + 2)->flags) & GLYPH_LINE)) /* two over one another are no turned text, three are */
            chunk.turned = turned_pair(sheet_glyph(sheet, i), sheet_glyph(sheet, i + 1)) && turned_pair(sheet_glyph(sheet, i + 1), sheet_glyph(sheet, i + 2));
        while (i + chunk.count < len && !chunk_ends(layout, sheet, i + chunk.count - 1, chunk.turned))
            chunk.count++;
        chunk_measure(layout, sheet, &chunk);
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

static void link_labels(const struct sheet *sheet, GArray *chunks)
{
    for (guint i = 0; i < chunks->len; i++) {
        struct chunk *label = &g_array_index(chunks, struct chunk, i), *text = NULL;
        if (!note_label_chunk(sheet, label))
            continue;
        bool free_left = true;
        bool begins = sheet_glyph(sheet, label->first)->character != '0' && label->box.y0 > sheet->height / 2; /* nothing at all stands left of it, down the page */
        for (guint j = 0; j < chunks->len && free_left; j++) {
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

/* The gaps between a line's characters, in em. */
struct gaps {
    float threshold; /* from which on a space is meant: in letterspaced text every gap looks like one, and the wider ones are */
    float usual;     /* the mean width of its spaces; 0 = too few to tell */
};

static struct gaps measure_gaps(const struct glyph *first, uint32_t count)
{
    float sum = 0, spaces_sum = 0;
    uint32_t gaps = count - 1, wide = 0, spaces = 0;
    for (const struct glyph *a = first, *b = first + 1; b < first + count; a++, b++) {
        float white = b->box.x0 - a->box.x1, gap = white / MAX(a->size, b->size);
        wide += gap > word_gap;
        sum += MIN(gap, 1.0f);
        if (!(b->flags & GLYPH_SPACE))
            continue;
        gap = white / MIN(a->size, b->size);
        if (gap < seam_gap)
            continue;
        spaces_sum += MIN(gap, 1.0f);
        spaces++;
    }
    bool spaced = gaps >= 5 && wide * 10 >= gaps * 9;
    return (struct gaps){spaced ? sum / (float)gaps * 1.5f : word_gap, spaces < 2 ? 0 : spaces_sum / (float)spaces};
}

/* "decision -making", "reveal ed", "1 2 trajectories": a seam between two pieces of a word or number, which a file's reader takes for a space.
 * Digits need a line whose spaces are far wider: what is thinner than a third of them parts at most the thousands of one number. Beside a hyphen or
 * before a stop ("long - term", "3 .6") letters set apart make it wider; a dash between words has spaces as wide as theirs. */
static bool is_seam(const struct glyph *last, const struct glyph *glyph, float gap, float usual)
{
    bool digits = is_digit_character(last->character) && is_digit_character(glyph->character);
    bool sign = is_dash(last->character) || is_dash(glyph->character) || glyph->character == '.' || glyph->character == ',';
    return gap < (sign ? word_gap : seam_gap) && gap < (digits ? 0.33f : sign ? 0.55f : 0.5f) * usual;
}

/* Decides where white space stands inside a line. */
static void set_spaces(const struct sheet *sheet, struct text_line *line)
{
    struct glyph *first = sheet_glyph(sheet, line->first), *last = first;
    struct gaps gaps = measure_gaps(first, line->count);
    if (gaps.threshold > word_gap)
        line->flags |= LINE_SPACED;
    first->flags &= (uint16_t)~GLYPH_SPACE;
    for (struct glyph *glyph = first + 1; glyph < first + line->count && !(line->flags & LINE_TURNED); last = glyph++) {
        float size = MIN(last->size, glyph->size), gap = glyph->box.x0 - last->box.x1;
        bool leader = glyph->character == '.' && glyph + 1 < first + line->count && (glyph + 1)->character == '.'; /* "Homes . . . 12" */
        bool said = glyph->flags & GLYPH_SPACE && gap > kerning_gap * size && gaps.threshold <= word_gap && (leader || !is_seam(last, glyph, gap / size, gaps.usual));
        if (said || gap > gaps.threshold * size)
            glyph->flags |= GLYPH_SPACE;
        else
            glyph->flags &= (uint16_t)~GLYPH_SPACE;
    }
}

/* How many characters of a line there are of what tells its flags. */
struct tally {
    uint32_t bold, italic, pale, small, letters, rtl, hidden;
};

static void count_glyph(const struct glyph *glyph, struct tally *of)
{
    if (glyph->flags & (GLYPH_PALE | GLYPH_HIDDEN | GLYPH_RTL)) {
        of->pale += (glyph->flags & GLYPH_PALE) != 0;
        of->hidden += (glyph->flags & GLYPH_HIDDEN) != 0;
        of->rtl += (glyph->flags & GLYPH_RTL) != 0;
    }
    if (glyph->character < 0x80) {
        bool letter = (glyph->character | 0x20) - 'a' < 26;
        of->letters += letter;
        of->small += letter && glyph->character & 0x20;
    } else {
        of->small += g_unichar_islower(glyph->character) != 0;
        of->letters += g_unichar_isalpha(glyph->character) != 0;
    }
}

void layout_measure_line(const struct layout *layout, const struct sheet *sheet, struct text_line *line)
{
    struct { float size; uint16_t style; uint32_t count; } runs[8] = {{0, 0, 0}};
    uint32_t used = 0, best = 0;
    struct tally tally = {0};
    const struct glyph *glyph = sheet_glyph(sheet, line->first), *end = glyph + line->count;
    line->box = glyph->box;
    while (glyph < end) { /* a run of one print */
        const struct glyph *from = glyph;
        do {
            line->box = rect_union(line->box, glyph->box);
            count_glyph(glyph++, &tally);
        } while (glyph < end && glyph->size == from->size && glyph->style == from->style);
        uint32_t count = (uint32_t)(glyph - from), r = 0;
        while (r < used && (runs[r].size != from->size || runs[r].style != from->style))
            r++;
        if (r == used && used < G_N_ELEMENTS(runs)) {
            runs[used].size = from->size;
            runs[used].style = from->style;
            runs[used++].count = 0;
        }
        if (r < used && (runs[r].count += count) > runs[best].count)
            best = r;
        const struct style *style = &g_array_index(layout->styles, struct style, from->style);
        tally.bold += style->bold ? count : 0;
        tally.italic += style->italic ? count : 0;
    }
    line->size = runs[best].size;
    line->style = runs[best].style;
    line->letters = tally.letters;
    for (glyph = sheet_glyph(sheet, line->first); glyph < end; glyph++) {
        line->base = glyph_base(glyph);
        if (glyph->size == line->size && glyph->style == line->style)
            break;
    }
    line->flags |= (uint16_t)((tally.bold * 10 >= line->count * 9 ? LINE_BOLD : 0) | (tally.italic * 10 >= line->count * 9 ? LINE_ITALIC : 0) |
                              (tally.pale * 2 > line->count ? LINE_PALE : 0) | (tally.rtl * 2 > tally.letters ? LINE_RTL : 0) | (tally.hidden * 2 > line->count ? LINE_HIDDEN : 0) |
                              (tally.letters >= 2 && tally.small == 0 ? LINE_CAPITALS : 0));
    struct item item;
    line->text_x = line->box.x0;
    if (layout_item(sheet, line->first, line->count, &item) && item.count < line->count) {
        line->flags |= LINE_ITEM;
        line->text_x = sheet_glyph(sheet, line->first + item.count)->box.x0;
    }
}

/* What a glyph prints and where, to half a point. */
static uint64_t twin_key(const struct glyph *glyph)
{
    uint64_t x = (uint64_t)(int64_t)(glyph->box.x0 * 2 + 0.5f) & 0x1FFFFF, y = (uint64_t)(int64_t)(glyph->box.y0 * 2 + 0.5f) & 0x1FFFFF;
    return (uint64_t)(glyph->character & 0x1FFFFF) << 42 | x << 21 | y;
}

/* Letters printed twice in one place (an underlined link, a shadow) are read once. The set is a table with open addressing, at most half full. */
static void drop_twins(struct sheet *sheet)
{
    unsigned bits = 4;
    while ((1u << bits) < 2 * sheet->glyphs->len)
        bits++;
    g_autofree uint32_t *seen = g_new0(uint32_t, (gsize)1 << bits); /* a kept glyph's index + 1; 0 = free */
    guint kept = 0;
    uint16_t pending = 0; /* the space or line that began with a dropped one */
    for (guint i = 0; i < sheet->glyphs->len; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        uint64_t key = twin_key(glyph);
        size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - bits));
        while (seen[slot] && twin_key(sheet_glyph(sheet, seen[slot] - 1)) != key)
            slot = (slot + 1) & (((size_t)1 << bits) - 1);
        if (seen[slot]) {
            pending |= glyph->flags & (GLYPH_LINE | GLYPH_SPACE);
            continue;
        }
        seen[slot] = kept + 1;
        if (kept < i)
            *sheet_glyph(sheet, kept) = *glyph;
        sheet_glyph(sheet, kept++)->flags |= pending;
        pending = 0;
    }
    g_array_set_size(sheet->glyphs, kept);
}

void layout_lines(const struct layout *layout, struct sheet *sheet)
{
    drop_twins(sheet);
    layout_spread(layout, sheet);
    g_autoptr(GArray) chunks = make_chunks(layout, sheet);
    link_chunks(layout, sheet, chunks);
    link_labels(sheet, chunks);
    GArray *glyphs = g_array_sized_new(FALSE, FALSE, sizeof(struct glyph), sheet->glyphs->len);
    for (guint i = 0; i < chunks->len; i++) {
        const struct chunk *chunk = &g_array_index(chunks, struct chunk, i);
        if (chunk->left != NONE)
            continue;
        struct text_line line = {.first = glyphs->len, .flags = chunk->turned ? LINE_TURNED : 0};
        for (const struct chunk *c = chunk; c; c = c->right == NONE ? NULL : &g_array_index(chunks, struct chunk, c->right)) {
            if (c != chunk && chunk->turned)
                sheet_glyph(sheet, c->first)->flags &= (uint16_t)~GLYPH_SPACE; /* crumbs of one slanted word */
            g_array_append_vals(glyphs, sheet_glyph(sheet, c->first), c->count);
            line.flags |= c->right != NONE && c->right_gap > widest_gap(c->mono) * c->size ? LINE_WIDE : 0;
        }
        line.count = glyphs->len - line.first;
        g_array_append_val(sheet->lines, line);
    }
    g_array_unref(sheet->glyphs);
    sheet->glyphs = glyphs;
    for (guint i = 0; i < sheet->lines->len; i++) {
        set_spaces(sheet, sheet_line(sheet, i));
        layout_measure_line(layout, sheet, sheet_line(sheet, i));
    }
    layout_gutters(layout, sheet);
}
