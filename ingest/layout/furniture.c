/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

#include "base/lower.h"

#include <math.h>

/*  Running heads, feet and page numbers stand at the same height near the edge of several pages with the same words, digits aside.
 *  They are searched from the edge inwards: what lies behind a line of text is none. */
static const float margin = 0.13f;   /* of the page's height at either edge */
static const float place_step = 6.0f; /* points: lines of two pages that stand no farther apart stand at one height */

/* What is known of lines that read alike. */
struct key {
    uint32_t pages, last; /* that have it; the last of them, from 1 */
    char *first;          /* the first line with words that has it, as printed; NULL = none */
    bool varied;          /* its lines differ in more numbers than running heads do */
};

struct edge_line {
    uint32_t sheet, line;
    struct key *key;  /* of its words without digits, and how far from the nearer edge they stand */
    struct key *same; /* the same for what has no words, with its digits */
    long number; /* the page number it may print, or -1 */
    int place;   /* how far from the upper edge (> 0) or the lower one (< 0), in steps of a line's half */
    bool bare;   /* holds nothing else */
    struct key *counted; /* "2/3" on the second of three pages: of where it stands; else NULL */
    struct key *echo;    /* of the document's number, which the first page prints at this edge too; else NULL */
    char *roman; /* "xii", where it holds nothing else; else NULL */
};

static void edge_clear(struct edge_line *edge)
{
    g_free(edge->roman);
}

static long roman_value(const char *text)
{
    static const struct { char letter; long value; } letters[] = {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}, {'c', 100}};
    long sum = 0, last = 0;
    for (const char *at = text + strlen(text); at > text; at--) {
        long value = 0;
        for (size_t i = 0; i < G_N_ELEMENTS(letters); i++)
            value = g_ascii_tolower(at[-1]) == letters[i].letter ? letters[i].value : value;
        if (value == 0)
            return -1;
        sum += value < last ? -value : value;
        last = MAX(last, value);
    }
    return sum > 0 ? sum : -1;
}

static bool is_page_word(const char *part)
{
    static const char *const words[] = {"page", "página", "pagina", "pág", "pag", "seite", "p", "of", "de", "sur"};
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(words) && strchr("psod", *part) && !found; i++)
        found = strcmp(part, words[i]) == 0;
    return found;
}

/* The page number in a foot such as "12", "- 12 -", "Page 12", "12 | P a g e", "12/40", "xii"; -1 = none. bare: there is nothing else in it. */
static long page_number(const char *text, bool *bare)
{
    static const char bounds[] = " -|./[]()\xE2\x80\x93\x94\xC2\xB7"; /* the bytes of "–", "—" and "·" */
    long number = -1;
    unsigned others = 0;
    for (const char *at = text + strcspn(text, ".,"); *at; at += 1 + strcspn(at + 1, ".,"))
        if (at > text && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1])) {
            *bare = false;
            return -1; /* "1.294" is a value */
        }
    g_autofree char *small = slice_lower(slice_of(text));
    bool one = false; /* the whole line is one part */
    for (char *part = small, *next; part; part = next) {
        size_t len = strcspn(part, bounds);
        one = part == small && !part[len] && len > 0;
        next = part[len] ? part + len + 1 : NULL;
        part[len] = '\0';
        if (len == 0)
            continue;
        if (len <= 4 && strspn(part, "0123456789") == len)
            number = number < 0 ? strtol(part, NULL, 10) : number;
        else if (!is_page_word(part))
            others += len > 1 || (roman_value(part) < 0 && *part != 'a' && *part != 'g' && *part != 'e');
    }
    *bare = others == 0;
    long roman = number < 0 && one ? roman_value(small) : -1;
    if (roman <= 0)
        return number;
    *bare = true;
    return roman;
}

enum { PAGE_DIGITS = 4, SIGNATURE_DIGITS = 3 }; /* most of a page number; least of a number that can be a head: "25-04603", "221" */

/* Values of a table that goes on over the page stand at one height too: what has no letter is the same only as a page number, or with the same digits. */
static void add_number(GString *key, const char *text, long number, uint32_t sheet, bool same)
{
    size_t digits = 0;
    for (const char *at = text; *at; at++)
        digits += g_ascii_isdigit(*at) != 0;
    if (!same && number >= 0 && digits <= PAGE_DIGITS && !strpbrk(text, ".,%"))
        g_string_append_printf(key, "n%ld", number - (long)sheet);
    else if (digits >= SIGNATURE_DIGITS || (digits == 0 && text[0] && text[1])) /* "/..." */
        g_string_append(key, text);
    else
        g_string_append_printf(key, "p%u", sheet);
}

static bool has_letter(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (is_letter_character((guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char(at)))
            return true;
    return false;
}

/* y: from the nearer edge of the page, since pages of one document stand upright and lie across. same: as it stands there, not as the number of its page. */
static char *make_key(const char *text, float y, bool top, long number, uint32_t sheet, bool same)
{
    char place[24]; /* "^13:" */
    char *from = place + sizeof place - 1;
    long height = lroundf(y / place_step);
    *from = '\0';
    *--from = ':';
    for (unsigned long digits = (unsigned long)ABS(height); digits > 0 || from[0] == ':'; digits /= 10)
        *--from = (char)('0' + digits % 10);
    if (height < 0)
        *--from = '-';
    *--from = top ? '^' : '_';
    GString *key = g_string_sized_new(strlen(text) + sizeof place);
    g_string_append(key, from);
    if (!has_letter(text)) {
        add_number(key, text, number, sheet, same);
        return g_string_free(key, FALSE);
    }
    bool digit = false;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = (guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char(at);
        if (is_digit_character(c)) {
            if (!digit)
                g_string_append_c(key, '#');
            digit = true;
            continue;
        }
        digit = false;
        if (c > ' ' && c < 0x80)
            g_string_append_c(key, g_ascii_tolower((char)c));
        else if (!g_unichar_isspace(c))
            g_string_append_unichar(key, g_unichar_tolower(c));
    }
    return g_string_free(key, FALSE);
}

static int by_value(const void *a, const void *b)
{
    float left = *(const float *)a, right = *(const float *)b;
    return left < right ? -1 : left > right;
}

/* How far from their upper and lower edges the pages' text begins and ends: books are often printed on larger sheets. */
static void text_area(const struct layout *layout, float *top, float *bottom)
{
    g_autoptr(GArray) tops = g_array_new(FALSE, FALSE, sizeof(float)), bottoms = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint s = 0; s < layout->sheets->len; s++) {
        const struct sheet *sheet = layout_sheet(layout, s);
        float y0 = 1e9f, y1 = 1e9f;
        for (uint32_t i = 0; i < sheet->lines->len; i++) {
            y0 = MIN(y0, sheet_line(sheet, i)->box.y0);
            y1 = MIN(y1, sheet->height - sheet_line(sheet, i)->box.y1);
        }
        if (sheet->lines->len == 0)
            continue;
        g_array_append_val(tops, y0);
        g_array_append_val(bottoms, y1);
    }
    g_array_sort(tops, by_value);
    g_array_sort(bottoms, by_value);
    *top = tops->len > 0 ? g_array_index(tops, float, tops->len / 4) : 0;
    *bottom = bottoms->len > 0 ? g_array_index(bottoms, float, bottoms->len / 4) : 0;
}

static void key_free(struct key *key)
{
    g_free(key->first);
    g_free(key);
}

struct keys {
    GHashTable *known; /* what is called so → struct key: looked up once a line */
    GHashTable *front; /* a set: the document's numbers at the edges of the first page */
};

static void keys_init(struct keys *keys)
{
    keys->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)key_free);
    keys->front = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void keys_clear(struct keys *keys)
{
    g_hash_table_unref(keys->known);
    g_hash_table_unref(keys->front);
}

/* The key of a name, which it takes. */
static struct key *key_of(struct keys *keys, char *name)
{
    struct key *key = g_hash_table_lookup(keys->known, name);
    if (key) {
        g_free(name);
        return key;
    }
    key = g_new0(struct key, 1);
    g_hash_table_insert(keys->known, name, key);
    return key;
}

static void count_key(struct key *key, uint32_t sheet)
{
    key->pages += key->last != sheet + 1;
    key->last = sheet + 1;
}

/* Numbers of two lines of the same words that differ. */
static unsigned numbers_differing(const char *a, const char *b)
{
    unsigned differing = 0;
    for (;;) {
        a += strcspn(a, "0123456789");
        b += strcspn(b, "0123456789");
        size_t of_a = strspn(a, "0123456789"), of_b = strspn(b, "0123456789");
        if (of_a == 0 && of_b == 0)
            return differing;
        differing += of_a != of_b || memcmp(a, b, of_a) != 0;
        a += of_a;
        b += of_b;
    }
}

/* A running head has the page's number, perhaps a count or a day beside it; lines of the same words with more numbers of their own are notes or rows:
 * "Totals by year: 6 (2014), 11 (2015), 9 (2016)". */
static void note_numbers(struct key *key, const char *text)
{
    enum { MOST = 2 };
    if (!key->first)
        key->first = g_strdup(text);
    else if (!key->varied)
        key->varied = numbers_differing(key->first, text) > MOST;
}

static uint32_t pages_with(const struct key *key)
{
    return key->varied ? 0 : key->pages;
}

/* "2/3", "Page 2 of 3": the number of a page, with that of all. */
static bool counts_pages(const char *text, uint32_t page, uint32_t pages)
{
    uint64_t numbers[2] = {0, 0};
    guint count = 0;
    for (const char *at = text + strcspn(text, "0123456789"); *at; at += strcspn(at, "0123456789")) {
        char *end;
        uint64_t number = g_ascii_strtoull(at, &end, 10);
        if (count == G_N_ELEMENTS(numbers))
            return false;
        numbers[count++] = number;
        at = end;
    }
    return count == 2 && pages > 1 && numbers[0] == page && numbers[1] == pages;
}

/* "S/2019/11", "19-04603": letters, digits and a slash, or digits of a year and of a print job. "COVID-19" and "112,345" are none. */
static bool is_document_number(const char *word)
{
    enum { LEAST = 6, YEAR = 2, JOB = 5 };
    size_t len = strlen(word), digits = strspn(word, "0123456789");
    if (digits == YEAR && word[digits] == '-')
        return len - digits - 1 >= JOB && strspn(word + digits + 1, "0123456789") == len - digits - 1;
    return len >= LEAST && g_ascii_isupper(*word) && strchr(word, '/') && strpbrk(word, "0123456789");
}

/* Notes the document's numbers at the edges of the first page: words of their own. */
static void note_front(GHashTable *front, const char *text, bool top)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    for (char **word = words; *word; word++)
        if (is_document_number(*word))
            g_hash_table_add(front, g_strconcat(top ? "^" : "_", *word, NULL));
}

/* How a line of a later page that is the document's number, whole, is called; NULL = it is none. */
static char *echo_of(GHashTable *front, const char *text, bool top)
{
    g_autofree char *key = is_document_number(text) && !strchr(text, ' ') ? g_strconcat(top ? "^" : "_", text, NULL) : NULL;
    return key && g_hash_table_contains(front, key) ? g_steal_pointer(&key) : NULL;
}

enum { FOOT_LINES = 5 }; /* under the page's number, the address of the office */

static void collect(const struct layout *layout, uint32_t index, float first, float last, GArray *edges, struct keys *keys)
{
    const struct sheet *sheet = layout_sheet(layout, index);
    g_autoptr(GString) text = g_string_new(NULL);
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        bool top = line->box.y1 < MAX(margin * sheet->height, first + 3 * layout->body), bottom = sheet->height - line->box.y0 < MAX(margin * sheet->height, last + FOOT_LINES * layout->body);
        if (!top && !bottom)
            continue;
        layout_text(sheet, line, text);
        float y = top ? line->base : sheet->height - line->base;
        struct edge_line edge = {.sheet = index, .line = i, .number = -1, .place = (int)lroundf(y / place_step) + 1};
        edge.place = top ? edge.place : -edge.place;
        if (index == 0)
            note_front(keys->front, text->str, top);
        char *echo = index > 0 ? echo_of(keys->front, text->str, top) : NULL;
        edge.echo = echo ? key_of(keys, echo) : NULL;
        edge.number = page_number(text->str, &edge.bare);
        if (edge.bare && counts_pages(text->str, index + 1, layout->sheets->len))
            edge.counted = key_of(keys, g_strdup_printf("/%d", edge.place));
        edge.key = key_of(keys, make_key(text->str, y, top, edge.number, index, false));
        bool words = has_letter(text->str);
        edge.roman = edge.bare && words && roman_value(text->str) > 0 ? g_strdup(text->str) : NULL;
        edge.same = words ? edge.key : key_of(keys, make_key(text->str, y, top, edge.number, index, true)); /* words are the same as they stand there */
        count_key(edge.key, index);
        if (edge.echo)
            count_key(edge.echo, index);
        if (edge.counted)
            count_key(edge.counted, index);
        if (words)
            note_numbers(edge.key, text->str);
        else if (edge.key != edge.same)
            count_key(edge.same, index);
        g_array_append_val(edges, edge);
    }
}

/* The difference between printed and counted pages that most bare numbers agree on; votes: two for a page that prints nothing else beside its number. A
 * page votes once, however often it says the number: one page alone proves nothing. roman: of the pages before the first, which are counted by themselves. */
static long number_shift(const GArray *edges, bool roman, uint32_t *votes)
{
    enum { SPAN = 400 };
    struct { uint32_t votes, sheet, given; } *count = g_malloc0_n(2 * SPAN + 1, sizeof *count); /* given: by the sheet that voted last */
    long best = 0;
    for (guint i = 0; i < edges->len; i++) {
        const struct edge_line *edge = &g_array_index(edges, struct edge_line, i);
        long shift = edge->number - (long)(edge->sheet + 1);
        if (edge->number < 1 || shift < -SPAN || shift > SPAN || (edge->roman != NULL) != roman)
            continue;
        uint32_t vote = edge->bare ? 2 : 1, given = count[shift + SPAN].sheet == edge->sheet + 1 ? count[shift + SPAN].given : 0;
        count[shift + SPAN].sheet = edge->sheet + 1;
        count[shift + SPAN].given = MAX(vote, given);
        count[shift + SPAN].votes += MAX(vote, given) - given;
        if (count[shift + SPAN].votes > count[best + SPAN].votes)
            best = shift;
    }
    *votes = count[best + SPAN].votes;
    g_free(count);
    return best;
}

/* Does another page print its number at this height? */
static bool is_usual_place(const GArray *edges, const struct edge_line *edge, long shift)
{
    for (guint i = 0; i < edges->len; i++) {
        const struct edge_line *other = &g_array_index(edges, struct edge_line, i);
        if (other->bare && other->sheet != edge->sheet && ABS(other->place - edge->place) <= 1 && other->number == (long)other->sheet + 1 + shift)
            return true;
    }
    return false;
}

/* Does anything stand beside a line, on its baseline? */
static bool has_neighbour(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        const struct text_line *other = sheet_line(sheet, i);
        if (other != line && !(other->flags & LINE_TURNED) && ABS(other->base - line->base) <= 0.3f * line->size)
            return true;
    }
    return false;
}

/* Is a bare number that of its page? Where no other page has its own, it must stand alone: "Total | 12" on the twelfth page ends a table. */
static bool prints_number(const struct layout *layout, const GArray *edges, const struct edge_line *edge, long shift)
{
    const struct sheet *sheet = layout_sheet(layout, edge->sheet);
    return edge->bare && edge->number == (long)edge->sheet + 1 + shift &&
           (!has_neighbour(sheet, sheet_line(sheet, edge->line)) || is_usual_place(edges, edge, shift));
}

/* A rule made of characters, such as the one over the notes of a page. */
static bool is_rule(const struct sheet *sheet, const struct text_line *line)
{
    for (uint32_t i = line->first; i < line->first + line->count; i++) {
        gunichar c = line->letters > 0 ? 0 : sheet_glyph(sheet, i)->character; /* most lines need not be looked at */
        if (c != '_' && c != 0x2014 && c != 0x2500 && c != 0x2015)
            return false;
    }
    return line->count >= 5;
}

/* Sets a page's furniture from both edges inwards; ends at the first line that is none. */
static void set_apart(struct sheet *sheet, const bool *candidate)
{
    for (int side = 0; side < 2; side++) {
        for (;;) {
            uint32_t outermost = NONE;
            float y = 0;
            for (uint32_t i = 0; i < sheet->lines->len; i++) {
                const struct text_line *line = sheet_line(sheet, i);
                if (line->flags & (LINE_FURNITURE | LINE_TURNED))
                    continue;
                float edge = side == 0 ? line->box.y0 : -line->box.y1;
                if (outermost == NONE || edge < y - 0.5f || (edge < y + 2.0f && candidate[i] && !candidate[outermost])) {
                    outermost = i;
                    y = edge;
                }
            }
            if (outermost == NONE || !candidate[outermost])
                break;
            sheet_line(sheet, outermost)->flags |= LINE_FURNITURE;
        }
    }
}

/* Years over the columns of a table stand at one height of several pages; what stands beside them is no head, and so they are none. */
static void spare_rows(const struct sheet *sheet, bool *candidate, const bool *value)
{
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        for (uint32_t k = 0; k < sheet->lines->len && candidate[i] && value[i]; k++) {
            const struct text_line *other = sheet_line(sheet, k);
            candidate[i] = candidate[k] || other->flags & (LINE_FURNITURE | LINE_TURNED) || ABS(other->base - line->base) > 0.3f * line->size;
        }
    }
}

/* Nor is the last head of such a row, "Total" beside years: two lines beside it are no heads of the page. */
static void spare_beside(const struct sheet *sheet, bool *candidate)
{
    enum { OTHERS = 2 };
    for (uint32_t i = 0; i < sheet->lines->len; i++) {
        const struct text_line *line = sheet_line(sheet, i);
        uint32_t others = 0;
        for (uint32_t k = 0; k < sheet->lines->len && candidate[i] && others < OTHERS; k++) {
            const struct text_line *other = sheet_line(sheet, k);
            others += !candidate[k] && !(other->flags & (LINE_FURNITURE | LINE_TURNED)) && ABS(other->base - line->base) <= 0.3f * line->size;
        }
        candidate[i] &= others < OTHERS;
    }
}

/* The head of a page that is not repeated, since the document has too few pages: words at both edges of the text, well above it. */
static void set_apart_lone_head(const struct layout *layout, struct sheet *sheet)
{
    uint32_t first = NONE, last = NONE, between = 0, count = 0;
    float left = 1e9f, right = 0, below = 1e9f;
    for (uint32_t i = 0; i < sheet->lines->len; i++) { /* by y of their tops */
        const struct text_line *line = sheet_line(sheet, i);
        if (line->flags & (LINE_FURNITURE | LINE_TURNED))
            continue;
        left = MIN(left, line->box.x0);
        right = MAX(right, line->box.x1);
        if (first == NONE || line->box.y0 < sheet_line(sheet, first)->box.y0)
            first = i;
    }
    for (uint32_t i = 0; first != NONE && i < sheet->lines->len; i++) {
        const struct text_line *line = sheet_line(sheet, i), *top = sheet_line(sheet, first);
        if (i == first || line->flags & (LINE_FURNITURE | LINE_TURNED))
            continue;
        if (ABS(line->base - top->base) > 0.3f * top->size) {
            below = MIN(below, line->box.y0);
            continue;
        }
        between++;
        last = i;
        count += line->count;
    }
    if (between != 1)
        return;
    struct text_line *one = sheet_line(sheet, first), *other = sheet_line(sheet, last);
    float x0 = MIN(one->box.x0, other->box.x0), x1 = MAX(one->box.x1, other->box.x1);
    bool edges = x0 < left + layout->body && x1 > right - layout->body;
    if (edges && one->box.y1 < 0.09f * sheet->height && below - one->box.y1 > 1.5f * layout->body && count + one->count < 100)
        one->flags |= LINE_FURNITURE, other->flags |= LINE_FURNITURE;
}

void layout_furniture(struct layout *layout)
{
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(struct edge_line));
    g_array_set_clear_func(edges, (GDestroyNotify)edge_clear);
    struct keys keys;
    keys_init(&keys);
    float first, last;
    text_area(layout, &first, &last);
    for (guint s = 0; s < layout->sheets->len; s++)
        collect(layout, s, first, last, edges, &keys);
    uint32_t votes;
    long shift = number_shift(edges, false, &votes);
    bool numbered = votes >= 4 && votes * 10 >= layout->sheets->len * 6;
    long roman_shift = number_shift(edges, true, &votes);
    bool roman = votes >= 4; /* two pages */
    guint least = layout->sheets->len > 4 ? 3 : 2;
    guint at = 0;
    for (guint s = 0; s < layout->sheets->len; s++) {
        struct sheet *sheet = layout_sheet(layout, s);
        for (uint32_t i = 0; i < sheet->lines->len; i++)
            if (is_rule(sheet, sheet_line(sheet, i)))
                sheet_line(sheet, i)->flags |= LINE_FURNITURE;
        g_autofree bool *candidate = g_new0(bool, sheet->lines->len + 1), *value = g_new0(bool, sheet->lines->len + 1);
        for (; at < edges->len && g_array_index(edges, struct edge_line, at).sheet == s; at++) {
            const struct edge_line *edge = &g_array_index(edges, struct edge_line, at);
            bool lead = roman && edge->roman && edge->number == (long)s + 1 + roman_shift;
            bool counted = edge->counted && (layout->sheets->len == 2 || pages_with(edge->counted) > 1); /* a share may stand there: "2/3" */
            bool echo = edge->echo && 2 * pages_with(edge->echo) >= layout->sheets->len - 1;
            bool number = counted || lead || (numbered && !edge->roman && prints_number(layout, edges, edge, shift));
            if (!sheet->label && lead)
                sheet->label = g_strdup(edge->roman);
            bool repeated = MAX(pages_with(edge->key), pages_with(edge->same)) >= least;
            candidate[edge->line] = number || repeated || echo;
            value[edge->line] = !number && !echo && edge->key != edge->same;
            if (!sheet->label && (number || (numbered && !edge->roman && edge->number == (long)s + 1 + shift && repeated)))
                sheet->label = g_strdup_printf("%ld", edge->number);
        }
        spare_rows(sheet, candidate, value);
        spare_beside(sheet, candidate);
        set_apart(sheet, candidate);
        if (s > 0)
            set_apart_lone_head(layout, sheet);
    }
    keys_clear(&keys);
}
