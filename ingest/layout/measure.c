/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/*  A line, measured: where white space stands in it, its box, what most of it is printed in, and what is known of all of its characters.
 *
 *  Each character is looked at once, in runs of one print and height; only gaps that may be white space are kept for a second look. Gaps are measured in the
 *  font's own size (em). */
static const float kerning_gap = 0.04f; /* less is none, whatever the file says */
static const float seam_gap = 0.13f;    /* less is none where the spaces of the line are twice as wide: the file set a word in two pieces */
static const float near_gap = 0.17f;    /* no wider is surely no white space, of what the file does not say is some: a little less than word_gap, since quotients are rounded */

enum { PRINTS = 8 }; /* of a line, that are counted */

/* What an ASCII character adds to a tally: 21 bits each for letters, small letters, and signs that stand inside words seldom, more than a page has
 * characters. RARE: it is not written as it is, like all other characters. */
enum { TALLY_BITS = 21 };
#define CAPITAL UINT64_C(1)
#define SMALL (UINT64_C(1) | UINT64_C(1) << TALLY_BITS)
#define SIGN (UINT64_C(1) << 2 * TALLY_BITS)
#define RARE (UINT64_C(1) << 63)
#define EIGHT(kind) kind, kind, kind, kind, kind, kind, kind, kind

static const uint64_t tallies[128] = {
    EIGHT(RARE), EIGHT(RARE), EIGHT(RARE), EIGHT(RARE),
    0, SIGN, SIGN, SIGN, SIGN, 0, SIGN, SIGN, SIGN, 0, SIGN, SIGN, 0, 0, 0, 0, /*  !"#$ &'( *+ */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, SIGN, SIGN, SIGN, SIGN, 0,                /* ;<=> */
    SIGN, EIGHT(CAPITAL), EIGHT(CAPITAL), EIGHT(CAPITAL), CAPITAL, CAPITAL, 0, 0, 0, 0, 0, /* @ */
    RARE, EIGHT(SMALL), EIGHT(SMALL), EIGHT(SMALL), SMALL, SMALL, 0, 0, 0, 0, RARE,       /* ` */
};

struct measuring {
    struct { float size; uint16_t style; uint32_t count; } prints[PRINTS];
    uint32_t used, best; /* prints */
    uint64_t ascii;      /* tally of ASCII characters */
    uint32_t letters, small, signs, bold, italic;
    uint16_t flags;      /* of any glyph */
    bool level, plain;   /* as LINE_LEVEL and LINE_PLAIN say */
    uint32_t *gaps;      /* glyphs behind a gap that the file says is white space, or that may be; there is room for one for each glyph */
    uint32_t n_gaps;
};

static void count_rare(struct measuring *m, gunichar c)
{
    m->plain = false;
    if (c < 0x80)
        return;
    bool greek = c >= 0x370 && c < 0x400, raised = c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c < 0x207C); /* and the plus and minus of a power */
    m->small += g_unichar_islower(c) != 0;
    m->letters += g_unichar_isalpha(c) != 0;
    m->signs += greek;
    m->level &= !raised;
}

static void count_print(struct measuring *m, const struct layout *layout, const struct glyph *from, uint32_t count)
{
    const struct style *style = &g_array_index(layout->styles, struct style, from->style);
    uint32_t p = 0;
    while (p < m->used && (m->prints[p].size != from->size || m->prints[p].style != from->style))
        p++;
    if (p == m->used && m->used < PRINTS) {
        m->prints[p].size = from->size;
        m->prints[p].style = from->style;
        m->prints[p].count = 0;
        m->used++;
    }
    if (p < m->used && (m->prints[p].count += count) > m->prints[m->best].count)
        m->best = p;
    m->bold += style->bold ? count : 0;
    m->italic += style->italic ? count : 0;
}

/* A run of one print and height from a glyph of the line on; returns its end. No one foresees where a word ends: gaps are noted in any case, and only counted where
 * they may be white space. */
static const struct glyph *measure_run(struct measuring *m, struct rect *box, const struct glyph *first, const struct glyph *from, const struct glyph *end)
{
    const struct glyph *glyph = from;
    const struct glyph print = *from;
    float x0 = MIN(box->x0, print.box.x0), x1 = MAX(box->x1, print.box.x1), right = print.box.x1, near = near_gap * print.size;
    uint32_t n_gaps = m->n_gaps;
    uint16_t flags = print.flags;
    uint64_t ascii = 0;
    m->gaps[n_gaps] = (uint32_t)(from - first);
    n_gaps += from > first;
    for (;;) {
        uint64_t tally = glyph->character < 0x80 ? tallies[glyph->character] : RARE;
        if (tally == RARE)
            count_rare(m, glyph->character);
        else
            ascii += tally;
        glyph++;
        if (glyph == end || glyph_differs(glyph, &print) | (uint32_t)(glyph->style ^ print.style))
            break;
        m->gaps[n_gaps] = (uint32_t)(glyph - first);
        n_gaps += (unsigned)(glyph->flags & GLYPH_SPACE) | !(glyph->box.x0 - right <= near);
        right = glyph->box.x1;
        x0 = MIN(x0, glyph->box.x0);
        x1 = MAX(x1, right);
        flags |= glyph->flags;
    }
    *box = (struct rect){x0, MIN(box->y0, print.box.y0), x1, MAX(box->y1, print.box.y1)};
    m->n_gaps = n_gaps;
    m->flags |= flags;
    m->ascii += ascii;
    return glyph;
}

/* Flags of a line that only few have glyphs for. */
static uint16_t seldom_flags(const struct glyph *glyph, uint32_t count, uint32_t letters)
{
    uint32_t pale = 0, hidden = 0, rtl = 0;
    for (const struct glyph *end = glyph + count; glyph < end; glyph++) {
        pale += (glyph->flags & GLYPH_PALE) != 0;
        hidden += (glyph->flags & GLYPH_HIDDEN) != 0;
        rtl += (glyph->flags & GLYPH_RTL) != 0;
    }
    return (uint16_t)((pale * 2 > count ? LINE_PALE : 0) | (rtl * 2 > letters ? LINE_RTL : 0) | (hidden * 2 > count ? LINE_HIDDEN : 0));
}

static void set_text_begin(const struct sheet *sheet, struct text_line *line)
{
    struct item item;
    line->text_x = line->box.x0;
    if (layout_item(sheet, line->first, line->count, &item) && item.count < line->count) {
        line->flags |= LINE_ITEM;
        line->text_x = sheet_glyph(sheet, line->first + item.count)->box.x0;
    }
}

static void measure(const struct layout *layout, const struct sheet *sheet, struct text_line *line, struct measuring *m)
{
    const struct glyph *first = sheet_glyph(sheet, line->first), *end = first + line->count, *glyph = first;
    m->level = m->plain = true;
    line->box = first->box;
    while (glyph < end) {
        const struct glyph *from = glyph;
        glyph = measure_run(m, &line->box, first, from, end);
        m->level &= from->size == first->size && from->box.y0 == first->box.y0 && from->box.y1 == first->box.y1;
        count_print(m, layout, from, (uint32_t)(glyph - from));
    }
    line->size = m->prints[m->best].size;
    line->style = m->prints[m->best].style;
    for (glyph = first; glyph < end; glyph++) {
        line->base = glyph_base(glyph);
        if (glyph->size == line->size && glyph->style == line->style)
            break;
    }
    const uint32_t mask = (1u << TALLY_BITS) - 1;
    line->letters = m->letters + ((uint32_t)m->ascii & mask);
    uint32_t small = m->small + ((uint32_t)(m->ascii >> TALLY_BITS) & mask), signs = m->signs + (uint32_t)(m->ascii >> 2 * TALLY_BITS);
    line->flags |= (uint16_t)((m->bold * 10 >= line->count * 9 ? LINE_BOLD : 0) | (m->italic * 10 >= line->count * 9 ? LINE_ITALIC : 0) |
                              (line->letters >= 2 && small == 0 ? LINE_CAPITALS : 0));
    if (m->flags & (GLYPH_PALE | GLYPH_HIDDEN | GLYPH_RTL))
        line->flags |= seldom_flags(first, line->count, line->letters);
    line->glyph_flags = m->flags;
    line->traits = (m->level ? LINE_LEVEL : 0) | (m->plain ? LINE_PLAIN : 0) | (signs < 2 ? LINE_WORDS : 0);
}

void layout_measure_line(const struct layout *layout, const struct sheet *sheet, struct text_line *line)
{
    g_autofree uint32_t *gaps = g_new(uint32_t, line->count + 1);
    struct measuring m = {.gaps = gaps};
    measure(layout, sheet, line, &m);
    set_text_begin(sheet, line);
}

/* The gaps between a line's characters, in em. */
struct gaps {
    float threshold; /* from which on a space is meant: in letterspaced text every gap looks like one, and the wider ones are */
    float usual;     /* the mean width of its spaces; 0 = too few to tell */
};

static float mean_gap(const struct glyph *first, uint32_t count)
{
    float sum = 0;
    for (const struct glyph *a = first, *b = first + 1; b < first + count; a++, b++) {
        float gap = (b->box.x0 - a->box.x1) / MAX(a->size, b->size);
        sum += MIN(gap, 1.0f);
    }
    return sum / (float)(count - 1);
}

/* Gaps wider than word_gap, all of which are noted. */
static uint32_t count_wide(const struct measuring *m, const struct glyph *first)
{
    uint32_t wide = 0;
    for (uint32_t i = 0; i < m->n_gaps; i++) {
        const struct glyph *b = first + m->gaps[i], *a = b - 1;
        wide += (b->box.x0 - a->box.x1) / MAX(a->size, b->size) > word_gap;
    }
    return wide;
}

static struct gaps measure_gaps(const struct measuring *m, const struct glyph *first, uint32_t count)
{
    float spaces_sum = 0;
    uint32_t gaps = count - 1, spaces = 0;
    for (uint32_t i = 0; i < m->n_gaps; i++) {
        const struct glyph *b = first + m->gaps[i], *a = b - 1;
        float gap = (b->box.x0 - a->box.x1) / MIN(a->size, b->size);
        if (!(b->flags & GLYPH_SPACE) || gap < seam_gap)
            continue;
        spaces_sum += MIN(gap, 1.0f);
        spaces++;
    }
    bool spaced = gaps >= 5 && m->n_gaps * 10 >= gaps * 9 && count_wide(m, first) * 10 >= gaps * 9;
    return (struct gaps){spaced ? mean_gap(first, count) * 1.5f : word_gap, spaces < 2 ? 0 : spaces_sum / (float)spaces};
}

/* "decision -making", "reveal ed", "1 2 trajectories": a seam between two pieces of a word or number, which a file's reader takes for a space.
 * Digits need a line whose spaces are far wider: what is thinner than a third of them parts at most the thousands of one number. Beside a hyphen or
 * before a stop ("long - term", "3 .6") letters set apart make it wider; a dash between words has spaces as wide as theirs. */
static bool is_seam(const struct glyph *last, const struct glyph *glyph, float gap, float usual)
{
    if (gap >= word_gap)
        return false;
    bool digits = is_digit_character(last->character) && is_digit_character(glyph->character);
    bool sign = is_dash(last->character) || is_dash(glyph->character) || glyph->character == '.' || glyph->character == ',';
    return gap < (sign ? word_gap : seam_gap) && gap < (digits ? 0.33f : sign ? 0.55f : 0.5f) * usual;
}

static void set_space(const struct gaps *gaps, struct glyph *glyph, const struct glyph *end)
{
    const struct glyph *last = glyph - 1;
    float size = MIN(last->size, glyph->size), gap = glyph->box.x0 - last->box.x1;
    bool leader = glyph->character == '.' && glyph + 1 < end && (glyph + 1)->character == '.'; /* "Homes . . . 12" */
    bool said = glyph->flags & GLYPH_SPACE && gap > kerning_gap * size && gaps->threshold <= word_gap && (leader || !is_seam(last, glyph, gap / size, gaps->usual));
    if (said || gap > gaps->threshold * size)
        glyph->flags |= GLYPH_SPACE;
    else
        glyph->flags &= (uint16_t)~GLYPH_SPACE;
}

/* Decides where white space stands inside a line. */
static void set_spaces(const struct measuring *m, struct text_line *line, struct glyph *first)
{
    struct gaps gaps = measure_gaps(m, first, line->count);
    const struct glyph *end = first + line->count;
    bool spaced = gaps.threshold > word_gap;
    if (spaced)
        line->flags |= LINE_SPACED;
    first->flags &= (uint16_t)~GLYPH_SPACE;
    if (line->flags & LINE_TURNED)
        return;
    if (gaps.threshold == word_gap)
        for (uint32_t i = 0; i < m->n_gaps; i++)
            set_space(&gaps, first + m->gaps[i], end);
    else
        for (struct glyph *glyph = first + 1; glyph < end; glyph++)
            set_space(&gaps, glyph, end);
}

void layout_measure_spaces(const struct layout *layout, const struct sheet *sheet, struct text_line *line, GArray *gaps)
{
    g_array_set_size(gaps, MAX(gaps->len, line->count + 1));
    struct measuring m = {.gaps = (uint32_t *)(void *)gaps->data};
    measure(layout, sheet, line, &m);
    set_spaces(&m, line, sheet_glyph(sheet, line->first));
    set_text_begin(sheet, line);
}
