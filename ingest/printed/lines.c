/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/lines.h"

enum {
    TAB_COLUMNS = 8,
    EDGE_LINES = 5,      /* lines at the top and at the foot of a page that may be furniture */
    FURNITURE_BYTES = 160,
    FURNITURE_PAGES = 3, /* a line that stands at the edge of so many pages is furniture */
    LABEL_MOST = 9999,
};

/* Bytes of the white space that begins at ptr: ASCII's, an old end-of-file sign, a no-break space; 0 = none. */
static uint32_t space_length(const char *ptr, uint32_t len)
{
    if (len >= 1 && (g_ascii_isspace(*ptr) || *ptr == '\b' || *ptr == 0x1A))
        return 1;
    return len >= 2 && memcmp(ptr, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static uint32_t space_length_before(const char *text, uint32_t from, uint32_t to)
{
    if (to > from && space_length(text + to - 1, 1) == 1)
        return 1;
    return to - from >= 2 && space_length(text + to - 2, 2) == 2 ? 2 : 0;
}

unsigned text_columns_of(const char *text, uint32_t from, uint32_t to, unsigned column)
{
    unsigned start = column;
    for (uint32_t i = from; i < to; i++) {
        if (text[i] == '\t')
            column = (column / TAB_COLUMNS + 1) * TAB_COLUMNS;
        else
            column += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return column - start;
}

/* "_____", "----", "* * *", "=====": at least three signs and no letter or digit. */
static bool is_rule(struct slice line)
{
    size_t signs = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("_-=*~. ", line.ptr[i]))
            return false;
        signs += line.ptr[i] != ' ';
    }
    return signs >= 3;
}

struct splitting {
    struct text_lines *lines;
    uint32_t page, blank;
    bool first;
};

static void add_line(struct splitting *s, uint32_t start, uint32_t end)
{
    const char *text = s->lines->text.ptr;
    uint32_t from = start, to = end;
    for (uint32_t space; (space = space_length(text + from, to - from)) > 0;)
        from += space;
    for (uint32_t space; (space = space_length_before(text, from, to)) > 0;)
        to -= space;
    if (from >= to) {
        s->blank++;
        return;
    }
    unsigned indent = text_columns_of(text, start, from, 0), width = text_columns_of(text, from, to, indent);
    struct text_line line = {from, to, s->page, (uint16_t)MIN(indent, G_MAXUINT16), (uint16_t)MIN(width, G_MAXUINT16), LINE_TEXT, (uint8_t)MIN(s->blank, 255), s->first};
    if (is_rule(slice_make(text + from, to - from)))
        line.kind = LINE_RULE;
    g_array_append_val(s->lines->lines, line);
    s->blank = 0;
    s->first = false;
}

static void split(struct text_lines *lines)
{
    const char *text = lines->text.ptr;
    uint32_t len = (uint32_t)lines->text.len, start = 0;
    bool paged = len > 0 && memchr(text, '\f', len);
    while (len > 0 && (space_length(text + len - 1, 1) > 0)) /* a form feed ends the last page, and begins none */
        len--;
    struct splitting s = {lines, paged ? 1 : NONE, 0, true};
    for (uint32_t i = 0; i <= len; i++) {
        if (i < len && text[i] != '\n' && text[i] != '\r' && text[i] != '\f')
            continue;
        add_line(&s, start, i);
        start = i + 1;
        if (i < len && text[i] == '\r' && i + 1 < len && text[i + 1] == '\n')
            start = ++i + 1;
        if (i < len && text[i] == '\f') {
            s.page++;
            s.blank = 0;
            s.first = true;
        }
    }
    for (uint32_t page = 1; paged && page <= s.page; page++)
        g_ptr_array_add(lines->labels, NULL);
}

static int compare_widths(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

/* The width that nine lines of ten keep within. */
static uint16_t wrap_of(const struct text_lines *lines)
{
    guint n = lines->lines->len;
    if (n == 0)
        return 0;
    uint16_t *widths = g_new(uint16_t, n);
    for (guint i = 0; i < n; i++)
        widths[i] = text_line_at(lines, i)->width;
    qsort(widths, n, sizeof *widths, compare_widths);
    uint16_t wrap = widths[n * 9 / 10];
    g_free(widths);
    return wrap;
}

/* A line's form: letters as they are, every run of digits one "#", white space single. Numbers and Roman numerals alone become "#". */
static bool form_of(struct slice line, char form[FURNITURE_BYTES])
{
    size_t n = 0;
    if (line.len >= FURNITURE_BYTES)
        return false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (g_ascii_isdigit(c))
            c = '#';
        if (c == '\t')
            c = ' ';
        if ((c == '#' || c == ' ') && n > 0 && form[n - 1] == c)
            continue;
        form[n++] = c;
    }
    form[n] = 0;
    if (n > 0 && strspn(form, "ivxlc") == n)
        strcpy(form, "#");
    return true;
}

/* First and one past the last line of each page: pages are few, lines are in order. */
struct page_range {
    guint from, to;
};

static GArray *pages_of(const struct text_lines *lines)
{
    GArray *pages = g_array_new(FALSE, TRUE, sizeof(struct page_range));
    for (guint i = 0; i < lines->lines->len; i++) {
        uint32_t page = text_line_at(lines, i)->page;
        if (page > pages->len) {
            guint known = pages->len;
            g_array_set_size(pages, page);
            for (; known < page; known++)
                g_array_index(pages, struct page_range, known) = (struct page_range){i, i};
        }
        g_array_index(pages, struct page_range, page - 1).to = i + 1;
    }
    return pages;
}

/* The edge-th line from the top (edge < EDGE_LINES) or from the foot of a page, or NONE. */
static guint edge_line(const struct page_range *range, unsigned edge)
{
    guint n = range->to - range->from, deep = edge % EDGE_LINES;
    if (deep >= n)
        return NONE;
    return edge < EDGE_LINES ? range->from + deep : range->to - 1 - deep;
}

static bool has_letter(const char *form)
{
    for (; *form; form++)
        if (g_ascii_isalpha(*form) || (unsigned char)*form >= 0x80)
            return true;
    return false;
}

/* What makes a line the same on another page: its form where it has letters ("Report 12" and "Report 13"), else its very signs ("25-02112"). */
static bool sameness_of(struct slice line, char form[FURNITURE_BYTES])
{
    if (!form_of(line, form))
        return false;
    if (!has_letter(form)) {
        memcpy(form, line.ptr, line.len);
        form[line.len] = 0;
    }
    return true;
}

/* Counts on how many pages each form stands at an edge. */
static GHashTable *count_forms(const struct text_lines *lines, const GArray *pages)
{
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTable *last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL); /* page on which a form was counted last */
    for (guint p = 0; p < pages->len; p++)
        for (unsigned edge = 0; edge < 2 * EDGE_LINES; edge++) {
            guint i = edge_line(&g_array_index(pages, struct page_range, p), edge);
            char form[FURNITURE_BYTES];
            if (i == NONE || !sameness_of(text_line_slice(lines, i), form) || GPOINTER_TO_UINT(g_hash_table_lookup(last, form)) == p + 1)
                continue;
            g_hash_table_insert(last, g_strdup(form), GUINT_TO_POINTER(p + 1));
            g_hash_table_insert(counts, g_strdup(form), GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, form)) + 1));
        }
    g_hash_table_unref(last);
    return counts;
}

/* A number at an edge can be a page number, but only a line of its own or a part of furniture. "3", "- 3 -", "3/15", "iv", "Page 3 of 15", "3|Page". */
static bool page_number_like(const char *form)
{
    static const char *const forms[] = {"#", "- # -", "– # –", "[#]", "(#)", "#/#", "# / #", "# of #", "Page #", "Page # of #", "page #", "page # of #", "#|Page", "# | Page",
                                        "Page | #", "P a g e | #", "# | P a g e", "Página #", "Página # de #", "Pág. #", "# de #", "Page # sur #", "Page # / #", "p. #", "Page #/#", "| #", "# |", "|#"};
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (strcmp(form, forms[i]) == 0)
            return true;
    return false;
}

/* Sets the lines apart that come back at the edges of pages; a lone number only where it follows the pages (see number_pages). */
static void find_furniture(struct text_lines *lines, const GArray *pages)
{
    GHashTable *counts = count_forms(lines, pages);
    guint least = pages->len < 6 ? 2 : FURNITURE_PAGES;
    for (guint p = 0; p < pages->len; p++)
        for (unsigned edge = 0; edge < 2 * EDGE_LINES; edge++) {
            guint i = edge_line(&g_array_index(pages, struct page_range, p), edge);
            char same[FURNITURE_BYTES], form[FURNITURE_BYTES];
            if (i == NONE || !sameness_of(text_line_slice(lines, i), same) || !form_of(text_line_slice(lines, i), form))
                continue;
            if (text_line_at(lines, i)->kind == LINE_TEXT && !page_number_like(form) && GPOINTER_TO_UINT(g_hash_table_lookup(counts, same)) >= least)
                text_line_at(lines, i)->kind = LINE_FURNITURE;
        }
    g_hash_table_unref(counts);
}

/* Reads a small Roman numeral; 0 = none. */
static unsigned roman(struct slice text)
{
    static const char letters[] = "ivxlc";
    static const unsigned values[] = {1, 5, 10, 50, 100};
    unsigned sum = 0, before = 0;
    for (size_t i = text.len; i-- > 0;) {
        const char *letter = strchr(letters, text.ptr[i]);
        if (!letter)
            return 0;
        unsigned value = values[letter - letters];
        sum = value < before ? sum - value : sum + value;
        before = MAX(before, value);
    }
    return sum;
}

/* The next number of a line from *at on; 0 = none. A Roman one only where it is the whole line. */
static unsigned next_number(struct slice line, size_t *at, bool *is_roman)
{
    *is_roman = false;
    if (*at == 0 && line.len <= 8 && roman(line) > 0) {
        *at = line.len;
        *is_roman = true;
        return roman(line);
    }
    for (; *at < line.len; (*at)++) {
        if (!g_ascii_isdigit(line.ptr[*at]))
            continue;
        unsigned value = 0;
        for (; *at < line.len && g_ascii_isdigit(line.ptr[*at]); (*at)++)
            value = MIN(value * 10 + (unsigned)(line.ptr[*at] - '0'), LABEL_MOST + 1);
        if (value > 0 && value <= LABEL_MOST)
            return value;
    }
    return 0;
}

/* Numbers that can be the printed number of their page: in its furniture, or alone on a line at its edge. */
struct numbering {
    const struct text_lines *lines;
    const GArray *pages;
    GHashTable *offsets; /* number - page (+ a bias, + one bit for Roman) → on how many pages */
};

enum { OFFSET_BIAS = 1 << 20 };

static guint offset_key(unsigned number, guint page, bool is_roman)
{
    return ((number + OFFSET_BIAS - page) << 1) | is_roman;
}

/* The line at an edge whose numbers count; false = none. */
static bool numbered_edge(const struct numbering *n, guint p, unsigned edge, guint *line)
{
    char form[FURNITURE_BYTES];
    *line = edge_line(&g_array_index(n->pages, struct page_range, p), edge);
    return *line != NONE && (text_line_at(n->lines, *line)->kind == LINE_FURNITURE || (form_of(text_line_slice(n->lines, *line), form) && page_number_like(form)));
}

static void count_offsets(struct numbering *n)
{
    for (guint p = 0; p < n->pages->len; p++)
        for (unsigned edge = 0; edge < 2 * EDGE_LINES; edge++) {
            guint i;
            size_t at = 0;
            bool is_roman;
            if (!numbered_edge(n, p, edge, &i))
                continue;
            for (unsigned number = next_number(text_line_slice(n->lines, i), &at, &is_roman); number > 0;
                 number = next_number(text_line_slice(n->lines, i), &at, &is_roman)) {
                void *key = GUINT_TO_POINTER(offset_key(number, p, is_roman));
                g_hash_table_insert(n->offsets, key, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(n->offsets, key)) + 1));
            }
        }
}

/* The number of page p whose offset the most pages share: two pages at least, or number 1 on a document's only page; 0 = none. */
static unsigned page_number(const struct numbering *n, guint p, bool *is_roman)
{
    guint most = n->pages->len == 1 ? 0 : 1, i;
    unsigned best = 0;
    for (unsigned edge = 0; edge < 2 * EDGE_LINES; edge++) {
        size_t at = 0;
        bool small;
        if (!numbered_edge(n, p, edge, &i))
            continue;
        struct slice line = text_line_slice(n->lines, i);
        for (unsigned number = next_number(line, &at, &small); number > 0; number = next_number(line, &at, &small)) {
            guint count = GPOINTER_TO_UINT(g_hash_table_lookup(n->offsets, GUINT_TO_POINTER(offset_key(number, p, small))));
            if (count <= most || (n->pages->len == 1 && number != 1))
                continue;
            most = count;
            best = number;
            *is_roman = small;
        }
    }
    return best;
}

/* Labels page p, and sets apart every line at its edges that prints its number. */
static void label_page(const struct numbering *n, guint p, struct text_lines *lines)
{
    bool is_roman = false, small;
    unsigned best = page_number(n, p, &is_roman);
    for (unsigned edge = 0; edge < 2 * EDGE_LINES && best > 0; edge++) {
        guint i;
        size_t at = 0;
        if (!numbered_edge(n, p, edge, &i))
            continue;
        struct slice line = text_line_slice(lines, i);
        for (unsigned number = next_number(line, &at, &small); number > 0; number = next_number(line, &at, &small)) {
            if (number != best || small != is_roman)
                continue;
            text_line_at(lines, i)->kind = LINE_FURNITURE;
            if (!g_ptr_array_index(lines->labels, p))
                g_ptr_array_index(lines->labels, p) = small ? slice_dup(line) : g_strdup_printf("%u", number);
        }
    }
}

static void number_pages(struct text_lines *lines, const GArray *pages)
{
    struct numbering n = {lines, pages, g_hash_table_new(g_direct_hash, g_direct_equal)};
    count_offsets(&n);
    for (guint p = 0; p < pages->len; p++)
        label_page(&n, p, lines);
    g_hash_table_unref(n.offsets);
}

/* The bullet at the beginning of a line, by its bytes; 0 = none. Private characters are symbol fonts' bullets. */
static uint32_t bullet_length(struct slice line)
{
    static const gunichar bullets[] = {0x2022, 0xB7, 0x25AA, 0x25AB, 0x25A0, 0x25A1, 0x25CF, 0x25CB, 0x25E6, 0x2023, 0x27A2, 0x2713, 0x2756, 0x2751, 0x25BA, 0x25B8, 0x2192, 0x203A};
    gunichar c = line.len > 0 ? g_utf8_get_char(line.ptr) : 0;
    uint32_t len = line.len > 0 ? (uint32_t)(g_utf8_next_char(line.ptr) - line.ptr) : 0;
    if (c >= 0xE000 && c <= 0xF8FF)
        return len;
    for (size_t i = 0; i < G_N_ELEMENTS(bullets); i++)
        if (c == bullets[i])
            return len;
    bool sign = (c == '-' || c == '*' || c == 0x2013 || c == 'o') && line.len > len && g_ascii_isspace(line.ptr[len]);
    return sign ? len : 0;
}

uint32_t text_item_length(struct slice line)
{
    uint32_t len = bullet_length(line), at = 0;
    if (len == 0) {
        bool open = line.len > 0 && line.ptr[0] == '(';
        at = open;
        while (at < line.len && g_ascii_isdigit(line.ptr[at]) && at < 4)
            at++;
        if (at == (uint32_t)open && at < line.len && g_ascii_isalpha(line.ptr[at]))
            while (at < line.len && at - open < 4 && strchr(at == (uint32_t)open ? "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" : "ivx", line.ptr[at]))
                at++;
        bool closed = at > (uint32_t)open && at < line.len && (line.ptr[at] == ')' || (line.ptr[at] == '.' && !open));
        if (!closed || (at + 1 < line.len && !g_ascii_isspace(line.ptr[at + 1])))
            return 0;
        len = at + 1;
    }
    while (len < line.len && g_ascii_isspace(line.ptr[len]))
        len++;
    return len;
}

void text_lines_init(struct text_lines *ret, struct slice text)
{
    *ret = (struct text_lines){text, g_array_new(FALSE, FALSE, sizeof(struct text_line)), g_ptr_array_new_with_free_func(g_free), 0};
    split(ret);
    if (ret->labels->len > 0) {
        GArray *pages = pages_of(ret);
        find_furniture(ret, pages);
        number_pages(ret, pages);
        g_array_unref(pages);
    }
    text_columns_part(ret);
    ret->wrap = wrap_of(ret);
}

void text_lines_clear(struct text_lines *lines)
{
    g_array_unref(lines->lines);
    g_ptr_array_unref(lines->labels);
}
