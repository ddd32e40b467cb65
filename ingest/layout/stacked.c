/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/layout.h"

/*  Fractions that are set one half over the other, in small print, before there are lines. They are brought onto the line, for side by side their digits
 *  would be another number:
 *
 *        1                                     the file's reader hands the halves over as one word of twice the height ("12"), one behind the other in
 *      2 -  litres   →   2 1⁄2 litres          either order, or the upper one far from its line
 *        2
 *
 *  The rule between them is not known here: what tells them is where they stand, each as far from the line as no index or power is. */
static const float smaller = 0.85f;     /* the halves' size, of the print beside them: no more */
static const float least_raise = 0.25f; /* of the size of the print beside them: the upper half over its baseline … */
static const float least_drop = 0.29f;  /* … and the lower one below it, where an index stands 0.25 lower */
static const float most_shift = 0.75f;  /* either of them */
static const float off_centre = 0.15f;  /* of their own size: no more between their middles */
static const float tall = 1.6f;         /* of their own size: the height of two halves in one word */
static const float beside = 0.4f;       /* of the size of the print beside them: nearer, and they belong to it */
static const float no_space = 0.08f;    /* of the size beside them: less, and a letter touches them */
static const float whole_gap = 0.2f;    /* the same: between a whole number and its fraction, which is white space on any line */

enum { MOST_DIGITS = 4, REACH = 2 * MOST_DIGITS }; /* of a half; glyphs to the larger print of its line */
enum { STRIP = 4, MOST_STRIP = 10000, MOST_SIZE = 100 }; /* points: width of the strips of a page that halves are sorted by; strips; points */

enum { ALONE_BITS = 256 };

enum half_role { HALF_UPPER = 1 << 0, HALF_LOWER = 1 << 1, HALF_TAKEN = 1 << 2 }; /* what it can be; it is part of a fraction, or of what is none */

/* Digits of one small print; host: a glyph of larger print in their line, or NONE, where they are all of it. */
struct half {
    uint32_t first, count, host;
    float x0, x1, base, size;
    int strip;     /* that their middle stands in */
    unsigned role; /* enum half_role; 0 = too near its line */
};

struct fraction {
    struct half upper, lower;
    uint32_t host;
};

struct search {
    const struct sheet *sheet;
    GArray *halves;    /* struct half; sorted by strip, then from top to bottom */
    GArray *fractions; /* struct fraction */
    uint64_t alone[ALONE_BITS / 64]; /* a bit for the strips in which halves stand by themselves, in turns */
};

static bool same_print(const struct glyph *a, const struct glyph *b)
{
    return a->size == b->size && a->box.y0 == b->box.y0 && a->box.y1 == b->box.y1;
}

/* Of ASCII: it is asked of every character. */
static bool is_larger(const struct glyph *glyph, float size)
{
    return size <= smaller * glyph->size;
}

/* The nearest glyph of larger print in the line of glyphs [first, end), which is no half; NONE = there is none. */
static uint32_t find_host(const struct sheet *sheet, uint32_t first, uint32_t end)
{
    float size = sheet_glyph(sheet, first)->size;
    for (uint32_t i = first; i > 0 && first - i < REACH && !(sheet_glyph(sheet, i)->flags & GLYPH_LINE); i--)
        if (is_larger(sheet_glyph(sheet, i - 1), size))
            return i - 1;
    for (uint32_t i = end; i < sheet->glyphs->len && i - end < REACH && !(sheet_glyph(sheet, i)->flags & GLYPH_LINE); i++)
        if (is_larger(sheet_glyph(sheet, i), size))
            return i;
    return NONE;
}

/* Do halves on these baselines stand above and below the line of a glyph? */
static bool straddle(const struct glyph *host, float upper, float lower)
{
    float base = glyph_base(host), raise = base - upper, drop = lower - base;
    return raise > least_raise * host->size && drop > least_drop * host->size && raise < most_shift * host->size && drop < most_shift * host->size;
}

static bool touches_letter(const struct glyph *host, const struct glyph *left, const struct glyph *right)
{
    float gap = right->box.x0 - left->box.x1;
    return is_letter_character((host == left ? left : right)->character) && gap > -host->size && gap < no_space * host->size;
}

/* Halves beside a letter are its indices: isotopes, variables. */
static bool is_index(const struct sheet *sheet, uint32_t first, uint32_t end)
{
    const struct glyph *left = first > 0 && !(sheet_glyph(sheet, first)->flags & GLYPH_LINE) ? sheet_glyph(sheet, first - 1) : NULL;
    const struct glyph *right = end < sheet->glyphs->len && !(sheet_glyph(sheet, end)->flags & GLYPH_LINE) ? sheet_glyph(sheet, end) : NULL;
    return (left && touches_letter(left, left, sheet_glyph(sheet, first))) || (right && touches_letter(right, sheet_glyph(sheet, end - 1), right));
}

static void add_fraction(struct search *search, const struct half *upper, const struct half *lower, uint32_t host)
{
    struct fraction fraction = {*upper, *lower, host};
    g_array_append_val(search->fractions, fraction);
}

/* What stands over one another in one word and is no fraction: a power over an index. Each gets its own height again, and is not surely what the page shows. */
static void part_heights(const struct sheet *sheet, const struct half *upper, const struct half *lower, float height)
{
    struct glyph *glyph = sheet_glyph(sheet, upper->first);
    for (uint32_t i = 0; i < upper->count + lower->count; i++) {
        if (i < upper->count)
            glyph[i].box.y1 = glyph[i].box.y0 + height;
        else
            glyph[i].box.y0 = glyph[i].box.y1 - height;
        glyph[i].flags |= GLYPH_OTHER;
    }
}

/* Both halves in one word: the digits of the lower one begin where x goes back. What goes back and is no fraction is no number of one line either. */
static void take_word(struct search *search, uint32_t first, uint32_t count)
{
    const struct sheet *sheet = search->sheet;
    const struct glyph *glyph = sheet_glyph(sheet, first);
    uint32_t host = find_host(sheet, first, first + count), at = 0;
    for (uint32_t i = 1; i < count; i++)
        if (glyph[i].box.x0 < glyph[i - 1].box.x0 + 0.25f * glyph->size)
            at = at == 0 ? i : NONE;
    if (at == 0)
        return;
    if (host == NONE || at == NONE || is_index(sheet, first, first + count)) {
        for (uint32_t i = first; i < first + count; i++)
            sheet_glyph(sheet, i)->flags |= GLYPH_OTHER;
        return;
    }
    const struct glyph *large = sheet_glyph(sheet, host);
    float height = (large->box.y1 - large->box.y0) / large->size * glyph->size;
    struct half upper = {first, at, host, glyph->box.x0, MAX(glyph[at - 1].box.x1, glyph->box.x0), glyph->box.y0 + 0.78f * height, glyph->size, 0, 0};
    struct half lower = {first + at, count - at, host, glyph[at].box.x0, glyph[count - 1].box.x1, glyph->box.y1 - 0.22f * height, glyph->size, 0, 0};
    if (straddle(large, upper.base, lower.base))
        add_fraction(search, &upper, &lower, host);
    else
        part_heights(sheet, &upper, &lower, height);
}

static int strip_of(float x)
{
    return (int)(CLAMP(x, 0, STRIP * MOST_STRIP) / STRIP);
}

static void take_half(struct search *search, uint32_t first, uint32_t count)
{
    const struct sheet *sheet = search->sheet;
    const struct glyph *glyph = sheet_glyph(sheet, first), *last = glyph + count - 1;
    uint32_t end = first + count;
    struct half half = {first, count, find_host(sheet, first, end), glyph->box.x0, last->box.x1, glyph_base(glyph), glyph->size, strip_of((glyph->box.x0 + last->box.x1) / 2), 0};
    if (half.host == NONE) {
        if (!(glyph->flags & GLYPH_LINE) || (end < sheet->glyphs->len && !((last + 1)->flags & GLYPH_LINE)))
            return;
        half.role = HALF_UPPER | HALF_LOWER;
    } else {
        const struct glyph *host = sheet_glyph(sheet, half.host);
        float drop = half.base - glyph_base(host);
        if (is_index(sheet, first, end))
            return;
        half.role = drop > least_drop * host->size ? HALF_LOWER : drop < -least_raise * host->size ? HALF_UPPER : 0;
    }
    g_array_append_val(search->halves, half);
}

/* Short numbers in small print that can be halves. */
static void collect(struct search *search)
{
    if (search->sheet->glyphs->len == 0)
        return;
    const struct glyph *glyphs = sheet_glyph(search->sheet, 0), *end = glyphs + search->sheet->glyphs->len;
    for (const struct glyph *first = glyphs, *next; first < end; first = next) {
        if (!glyph_is_digit(first)) {
            next = first + 1;
            continue;
        }
        bool behind = first > glyphs && !(first->flags & GLYPH_LINE) && same_print(first - 1, first);
        for (next = first + 1; next < end && glyph_is_digit(next) && !(next->flags & (GLYPH_LINE | GLYPH_SPACE)) && same_print(next, first);)
            next++;
        bool before = next < end && !(next->flags & GLYPH_LINE) && same_print(next, first), high = first->box.y1 - first->box.y0 > tall * first->size;
        uint32_t count = (uint32_t)(next - first), at = (uint32_t)(first - glyphs);
        if (high && count > 1 && count <= 2 * MOST_DIGITS)
            take_word(search, at, count);
        else if (!high && !behind && !before && count <= MOST_DIGITS && first->size < MOST_SIZE)
            take_half(search, at, count);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct half *left = a, *right = b;
    if (left->strip != right->strip)
        return left->strip < right->strip ? -1 : 1;
    if (left->base != right->base)
        return left->base < right->base ? -1 : 1;
    return left->first < right->first ? -1 : left->first > right->first;
}

/* Index of the first half of a strip that does not stand higher than `base`. */
static guint halves_from(const GArray *halves, int strip, float base)
{
    const struct half least = {.strip = strip, .base = base};
    guint low = 0;
    for (guint n = halves->len; n > 0; n /= 2) {
        guint half = n - n / 2;
        low += by_place(&g_array_index(halves, struct half, low + half - 1), &least) < 0 ? half : 0;
    }
    return low;
}

static bool is_over(const struct half *upper, const struct half *lower)
{
    return ABS(upper->x0 + upper->x1 - lower->x0 - lower->x1) < 2 * off_centre * lower->size && ABS(upper->size - lower->size) < 0.05f * lower->size;
}

/* How many halves can be the upper one over a lower one; the nearest of them goes into *nearest. */
static guint find_uppers(const struct search *search, const struct half *lower, struct half **nearest)
{
    float highest = lower->base - 2 * most_shift * lower->size / (smaller * smaller), shift = off_centre * lower->size, middle = (lower->x0 + lower->x1) / 2;
    guint found = 0;
    for (int strip = strip_of(middle - shift); strip <= strip_of(middle + shift); strip++) {
        for (guint i = halves_from(search->halves, strip, highest); i < search->halves->len; i++) {
            struct half *upper = &g_array_index(search->halves, struct half, i);
            if (upper->strip != strip || upper->base >= lower->base - smaller * lower->size)
                break;
            uint32_t host = lower->host != NONE ? lower->host : upper->host;
            if (!(upper->role & HALF_UPPER) || host == NONE || !is_over(upper, lower) || !straddle(sheet_glyph(search->sheet, host), upper->base, lower->base))
                continue;
            if (found++ == 0 || upper->base > (*nearest)->base)
                *nearest = upper;
        }
    }
    return found;
}

/* Says that what a reader of the page sees here may be another number than what is written. */
static void doubt(const struct sheet *sheet, const struct half *half, uint32_t host)
{
    for (uint32_t i = half->first; i < half->first + half->count; i++)
        sheet_glyph(sheet, i)->flags |= GLYPH_OTHER;
    if (host != NONE)
        sheet_glyph(sheet, host)->flags |= GLYPH_OTHER;
}

/* Doubts all digits that stand between two halves or over one of them, but these two. Are there any? Lines that are set so tight that their fractions reach
 * into one another leave open which halves are one. */
static bool doubt_rivals(const struct search *search, const struct half *upper, const struct half *lower, uint32_t host)
{
    const struct glyph *large = sheet_glyph(search->sheet, host);
    float reach = most_shift * large->size, x = off_centre * lower->size, middle = (lower->x0 + lower->x1) / 2;
    bool any = false;
    for (int strip = strip_of(middle - x); strip <= strip_of(middle + x); strip++) {
        for (guint i = halves_from(search->halves, strip, glyph_base(large) - reach); i < search->halves->len; i++) {
            struct half *rival = &g_array_index(search->halves, struct half, i);
            if (rival->strip != strip || rival->base > glyph_base(large) + reach)
                break;
            if (rival->first == upper->first || rival->first == lower->first || !is_over(rival, lower))
                continue;
            doubt(search->sheet, rival, rival->host);
            any = true;
        }
    }
    return any;
}

/* Does a half stand right beside the larger print of its line, where no number of another line or cell does? */
static bool is_beside(const struct sheet *sheet, const struct half *half)
{
    if (half->host == NONE)
        return false;
    const struct glyph *host = sheet_glyph(sheet, half->host);
    float gap = host->box.x0 > half->x0 ? host->box.x0 - half->x1 : half->x0 - host->box.x1;
    return gap < beside * host->size && ABS(half->base - glyph_base(host)) < most_shift * host->size;
}

static void pair(struct search *search)
{
    g_array_sort(search->halves, by_place);
    for (guint i = 0; i < search->halves->len; i++) {
        struct half *lower = &g_array_index(search->halves, struct half, i), *upper = NULL;
        if (!(lower->role & HALF_LOWER) || lower->role & HALF_TAKEN)
            continue;
        guint fits = find_uppers(search, lower, &upper);
        if (fits == 0) {
            if (is_beside(search->sheet, lower))
                doubt(search->sheet, lower, lower->host);
            continue;
        }
        uint32_t host = lower->host != NONE ? lower->host : upper->host;
        bool sure = fits == 1 && !((upper->role | lower->role) & HALF_TAKEN);
        sure &= !doubt_rivals(search, upper, lower, host);
        if (sure) {
            add_fraction(search, upper, lower, host);
        } else {
            doubt(search->sheet, upper, upper->host);
            doubt(search->sheet, lower, host);
        }
        upper->role |= HALF_TAKEN;
        lower->role |= HALF_TAKEN;
    }
}

/* Does a lower half stand as high over a line of its own as the upper one does over its? Then both are labels of notes, or marks. */
static bool is_raised_alike(const struct sheet *sheet, const struct half *upper, const struct half *lower, uint32_t at)
{
    enum { NEAR = 400 }; /* glyphs: a few lines */
    const struct glyph *edge = sheet_glyph(sheet, at);
    float base = lower->base + glyph_base(edge) - upper->base, near = beside * edge->size;
    for (uint32_t i = at > NEAR ? at - NEAR : 0; i < sheet->glyphs->len && i < at + NEAR; i++) {
        const struct glyph *glyph = sheet_glyph(sheet, i);
        bool level = ABS(glyph_base(glyph) - base) < 0.1f * edge->size && is_larger(glyph, lower->size);
        if (level && (ABS(glyph->box.x0 - lower->x1) < near || ABS(lower->x0 - glyph->box.x1) < near))
            return true;
    }
    return false;
}

/* Doubts halves that stand by themselves right beside the first or last glyph of a line: over it and below it, so they are no numbers of their own, and
 * nothing says for sure that they belong to it. */
static void doubt_beside(const struct search *search, uint32_t at, bool first)
{
    const struct glyph *edge = sheet_glyph(search->sheet, at);
    float base = glyph_base(edge), reach = most_shift * edge->size, near = beside * edge->size, wide = near + 0.3f * MOST_DIGITS * edge->size;
    float from = first ? edge->box.x0 - wide : edge->box.x1, to = first ? edge->box.x0 : edge->box.x1 + wide;
    const struct half *upper = NULL, *lower = NULL;
    if (edge->size >= MOST_SIZE)
        return;
    for (int strip = strip_of(from); strip <= strip_of(to); strip++) {
        if (!(search->alone[strip % ALONE_BITS / 64] >> strip % 64 & 1))
            continue;
        for (guint i = halves_from(search->halves, strip, base - reach); i < search->halves->len; i++) {
            const struct half *half = &g_array_index(search->halves, struct half, i);
            if (half->strip != strip || half->base > base + reach)
                break;
            float gap = first ? edge->box.x0 - half->x1 : half->x0 - edge->box.x1;
            if (half->host != NONE || half->role & HALF_TAKEN || !is_larger(edge, half->size) || gap < -no_space * edge->size || gap > near)
                continue;
            upper = base - half->base > least_raise * edge->size ? half : upper;
            lower = half->base - base > least_drop * edge->size ? half : lower;
        }
    }
    if (!upper || !lower || !is_over(upper, lower) || is_raised_alike(search->sheet, upper, lower, at))
        return;
    doubt(search->sheet, upper, at);
    doubt(search->sheet, lower, at);
}

static void doubt_alone(struct search *search)
{
    const struct sheet *sheet = search->sheet;
    bool alone = false;
    for (guint i = 0; i < search->halves->len; i++) {
        const struct half *half = &g_array_index(search->halves, struct half, i);
        if (half->host != NONE || half->role & HALF_TAKEN)
            continue;
        search->alone[half->strip % ALONE_BITS / 64] |= UINT64_C(1) << half->strip % 64;
        alone = true;
    }
    for (uint32_t i = 0; alone && i < sheet->glyphs->len; i++) {
        if (sheet_glyph(sheet, i)->flags & GLYPH_LINE)
            doubt_beside(search, i, true);
        if (i + 1 == sheet->glyphs->len || sheet_glyph(sheet, i + 1)->flags & GLYPH_LINE)
            doubt_beside(search, i, false);
    }
}

static unsigned value_of(const struct sheet *sheet, const struct half *half)
{
    unsigned value = 0;
    for (uint32_t i = half->first; i < half->first + half->count; i++)
        value = value * 10 + (sheet_glyph(sheet, i)->character - '0');
    return value;
}

/* Less than one, and in lowest terms or of a hundred or a thousand, as fractions are written. Two numbers of a chart, or halves drawn the lower one first,
 * seldom are. */
static bool is_sure(const struct sheet *sheet, const struct fraction *fraction)
{
    unsigned upper = value_of(sheet, &fraction->upper), lower = value_of(sheet, &fraction->lower);
    if (upper == 0 || upper >= lower || sheet_glyph(sheet, fraction->lower.first)->character == '0')
        return false;
    if (lower == 10 || lower == 100 || lower == 1000)
        return true;
    while (upper > 0) {
        unsigned rest = lower % upper;
        lower = upper;
        upper = rest;
    }
    return lower == 1;
}

/* Writes a fraction onto the line of its host, behind the glyphs that are there. */
static void write_fraction(const struct sheet *sheet, const struct fraction *fraction, uint16_t flags, struct glyphs *glyphs)
{
    const struct half *upper = &fraction->upper, *lower = &fraction->lower;
    const struct glyph *host = sheet_glyph(sheet, fraction->host), *last = glyphs->len > 0 ? &glyphs->data[glyphs->len - 1] : NULL;
    float x0 = MIN(upper->x0, lower->x0), x1 = MAX(upper->x1, lower->x1);
    if (last && !(flags & GLYPH_LINE) && is_digit_character(last->character)) {
        flags |= GLYPH_SPACE;
        x0 = MAX(x0, last->box.x1 + whole_gap * host->size);
    }
    float step = MAX(x1 - x0, 0.3f * lower->size) / (float)(upper->count + 1 + lower->count);
    for (uint32_t i = 0; i < upper->count + 1 + lower->count; i++, x0 += step) {
        const struct glyph *from = sheet_glyph(sheet, i < upper->count ? upper->first + i : lower->first + (i > upper->count ? i - upper->count - 1 : 0));
        struct glyph glyph = *from;
        glyph.character = i == upper->count ? 0x2044 : from->character;
        glyph.box = (struct rect){x0, host->box.y0, x0 + step, host->box.y1};
        glyph.size = host->size;
        glyph.style = host->style;
        glyph.flags = (uint16_t)((from->flags & ~(GLYPH_LINE | GLYPH_SPACE)) | (i == 0 ? flags : 0) | (is_sure(sheet, fraction) ? 0 : GLYPH_OTHER));
        glyphs_append(glyphs, &glyph, 1);
    }
}

/* A half where the file has it; of the two of a fraction, one is its place. */
struct place {
    uint32_t first, count;
    const struct fraction *written; /* here, or NULL */
};

static int by_first(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    return left->first < right->first ? -1 : left->first > right->first;
}

static GArray *places_of(const GArray *fractions)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
    for (guint i = 0; i < fractions->len; i++) {
        const struct fraction *fraction = &g_array_index(fractions, struct fraction, i);
        const struct half *upper = &fraction->upper, *lower = &fraction->lower;
        bool up = lower->host == NONE || upper->first + upper->count == lower->first;
        struct place both[] = {{upper->first, upper->count, up ? fraction : NULL}, {lower->first, lower->count, up ? NULL : fraction}};
        g_array_append_vals(places, both, 2);
    }
    g_array_sort(places, by_first);
    return places;
}

static void rewrite(struct sheet *sheet, const GArray *fractions)
{
    g_autoptr(GArray) places = places_of(fractions);
    struct glyphs *glyphs = glyphs_new(sheet->glyphs->len + fractions->len);
    uint16_t pending = 0; /* the space or line that began with what is gone */
    uint32_t at = 0;
    for (guint p = 0; p <= places->len; p++) {
        const struct place *place = p < places->len ? &g_array_index(places, struct place, p) : NULL;
        uint32_t to = place ? place->first : sheet->glyphs->len;
        guint next = glyphs->len;
        if (to > at)
            glyphs_append(glyphs, sheet_glyph(sheet, at), to - at);
        if (next < glyphs->len) {
            glyphs->data[next].flags |= pending;
            pending = 0;
        }
        if (!place)
            break;
        pending |= sheet_glyph(sheet, to)->flags & (GLYPH_LINE | GLYPH_SPACE);
        if (place->written) {
            write_fraction(sheet, place->written, pending, glyphs);
            pending = 0;
        }
        at = to + place->count;
    }
    glyphs_free(sheet->glyphs);
    sheet->glyphs = glyphs;
}

void layout_stacked(struct sheet *sheet)
{
    struct search search = {.sheet = sheet};
    search.halves = g_array_new(FALSE, FALSE, sizeof(struct half));
    search.fractions = g_array_new(FALSE, FALSE, sizeof(struct fraction));
    collect(&search);
    pair(&search);
    doubt_alone(&search);
    if (search.fractions->len > 0)
        rewrite(sheet, search.fractions);
    g_array_unref(search.halves);
    g_array_unref(search.fractions);
}
