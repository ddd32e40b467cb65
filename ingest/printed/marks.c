/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/printed/marks.h"

/* A line under the eyes of the scan. */
struct scan {
    const struct text_lines *lines;
    GArray *found;
    const char *text;         /* of the document */
    uint32_t line;
    uint32_t start, end;      /* of the line */
    bool divided;             /* the line before ends in a hyphen */
    bool goes_on;             /* the line before is a full line of the same paragraph that ends in a word */
};

static gunichar char_at(const struct scan *s, uint32_t at)
{
    return at < s->end ? g_utf8_get_char(s->text + at) : 0;
}

/* The character before a byte of the line, and where it begins; 0 at the line's start. */
static gunichar char_before(const struct scan *s, uint32_t at, uint32_t *begin)
{
    if (at <= s->start) {
        *begin = s->start;
        return 0;
    }
    *begin = (uint32_t)(g_utf8_prev_char(s->text + at) - s->text);
    return g_utf8_get_char(s->text + *begin);
}

static bool is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

static bool is_closer(gunichar c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A;
}

static bool is_stop(gunichar c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == 0x2026;
}

static void add(struct scan *s, uint32_t start, uint32_t end, unsigned number, enum mark_form form, float weight, bool whole)
{
    g_assert(number <= MARK_MOST);
    struct mark_candidate candidate = {start, end, s->line, (uint16_t)number, (uint8_t)form, whole, weight};
    g_array_append_val(s->found, candidate);
}

/* The value of one to three digits; 0 = more of them, or a leading zero. */
static unsigned number_of(const char *text, uint32_t start, uint32_t end)
{
    unsigned value = 0;
    if (end - start > 3 || text[start] == '0')
        return 0;
    for (uint32_t i = start; i < end; i++)
        value = value * 10 + (unsigned)(text[i] - '0');
    return value;
}

/* What stands behind a candidate: the end of the line, white space and then a capital, … */
enum behind { BEHIND_END, BEHIND_CAPITAL, BEHIND_LOWER, BEHIND_PUNCTUATION, BEHIND_DIGIT, BEHIND_GLUED_CAPITAL, BEHIND_GLUED };

static enum behind behind(const struct scan *s, uint32_t at)
{
    gunichar c = char_at(s, at);
    if (c == 0)
        return BEHIND_END;
    if (!g_unichar_isspace(c)) {
        if (g_unichar_isalnum(c) || c == '%' || c == '$' || c == '-' || c == '/' || c == '_' || c == 0xBA || c == 0xB0)
            return g_unichar_isupper(c) ? BEHIND_GLUED_CAPITAL : BEHIND_GLUED;
        bool decimal = (c == '.' || c == ',' || c == ':') && is_digit(char_at(s, at + 1));
        return decimal ? BEHIND_GLUED : BEHIND_PUNCTUATION;
    }
    while (g_unichar_isspace(c = char_at(s, at)))
        at = (uint32_t)(g_utf8_next_char(s->text + at) - s->text);
    if (is_digit(c))
        return BEHIND_DIGIT;
    if (g_unichar_isupper(c) || c == 0x201C || c == '"' || c == 0xAB || c == 0x2018 || c == 0xBF || c == 0)
        return BEHIND_CAPITAL;
    return g_unichar_isalpha(c) ? BEHIND_LOWER : BEHIND_PUNCTUATION;
}

static bool in_list(struct slice word, const char *list)
{
    char key[24];
    if (word.len == 0 || word.len + 3 > sizeof key)
        return false;
    key[0] = ' ';
    for (size_t i = 0; i < word.len; i++)
        key[i + 1] = g_ascii_tolower(word.ptr[i]);
    key[word.len + 1] = ' ';
    key[word.len + 2] = 0;
    return strstr(list, key) != NULL;
}

/* Words that are numbered themselves: "Table1", "Annex2", "Fig.3", "No.5", "p.12". */
static const char *const numbered_words =
    " table tables figure figures fig figs annex annexes appendix box graph chart map photo page pages pp section sect chapter article art arts part step phase level goal target"
    " group grade cluster item version no nos nr num para paras paragraph vol vols rev ref add sec ch doc res resolution decision note notes footnote tabla cuadro gráfico figura"
    " anexo mapa recuadro sección capítulo artículo párrafo pág págs núm tableau graphique carte encadré annexe chapitre partie covid sars h mp st dr mr mrs vs op cit cf ibid id al"
    " windows iphone android http https www ";

/* The letters before a byte of the line (hyphens part them). */
static struct slice word_before(const struct scan *s, uint32_t at)
{
    uint32_t start = at, begin;
    while (g_unichar_isalpha(char_before(s, start, &begin)))
        start = begin;
    return slice_make(s->text + start, at - start);
}

/* A unit or a formula: its digit is a power or an index. */
static bool takes_index(struct slice word)
{
    return in_list(word, " m km cm mm dm ft in mi co ch n o h x r s ");
}

/* How much a word glued to digits speaks for a note mark. */
static float weight_of_word(const struct scan *s, struct slice word)
{
    glong letters = g_utf8_strlen(word.ptr, (gssize)word.len);
    bool continued = word.ptr == s->text + s->start && s->divided;
    const char *last = g_utf8_prev_char(word.ptr + word.len);
    if (in_list(word, numbered_words))
        return 0.2f;
    if (g_unichar_isupper(g_utf8_get_char(last))) /* OCHA5, G20, MS13 */
        return letters >= 3 ? 0.8f : 0;
    if (letters < 3 && !continued)
        return takes_index(word) ? 0 : 0.3f;
    return 3;
}

/* Digits behind a letter. */
static void scan_word(struct scan *s, uint32_t start, uint32_t end)
{
    unsigned number = number_of(s->text, start, end);
    enum behind next = behind(s, end);
    if (number == 0 || next == BEHIND_GLUED || next == BEHIND_GLUED_CAPITAL)
        return;
    struct slice word = word_before(s, start);
    uint32_t begin;
    gunichar before = char_before(s, (uint32_t)(word.ptr - s->text), &begin);
    bool alone = word.ptr == s->text + s->start && end == s->end && !s->divided; /* "Sem12": a label */
    float weight = alone ? 0.2f : is_digit(before) || before == '/' || before == '_' || before == '@' ? 0 : weight_of_word(s, word);
    if (weight > 0)
        add(s, start, end, number, MARK_WORD, weight, false);
}

static bool is_year(const char *text, uint32_t start, uint32_t end)
{
    return end - start == 4 && (memcmp(text + start, "19", 2) == 0 || memcmp(text + start, "20", 2) == 0);
}

/* Digits behind a stop or a closing sign that no digit precedes. */
static void scan_stop(struct scan *s, uint32_t start, uint32_t end, gunichar before, uint32_t begin)
{
    unsigned number = number_of(s->text, start, end);
    enum behind next = behind(s, end);
    if (number == 0 || next == BEHIND_GLUED)
        return;
    struct slice word = word_before(s, begin);
    uint32_t further;
    gunichar behind_it = char_before(s, begin, &further), over_word = char_before(s, (uint32_t)(word.ptr - s->text), &further);
    if (behind_it == 0 || g_unichar_isspace(behind_it) || behind_it == before || (before == '.' && over_word == '/')) /* "5.   .45   dots .... 10   34/DEC.1 */
        return;
    if (before == '.' && (word.len == 1 || in_list(word, numbered_words)))
        return;
    if ((before == ':' || before == '\'') && word.len == 0)
        return;
    float weight = next == BEHIND_GLUED_CAPITAL ? 2 : 3;
    if (next == BEHIND_LOWER && (before == '.' || before == '!' || before == '?'))
        weight = 1;
    if (next == BEHIND_DIGIT)
        weight = 1;
    add(s, start, end, number, MARK_STOP, weight, false);
}

/* Is text[start, end) a number as people write it: "851", "1,250", "1.250", "90.4", "4,5", "1,250.5"? Not "437,0001" or "5.8.7". */
static bool well_formed(const char *text, uint32_t start, uint32_t end)
{
    char separator = 0; /* of the thousands */
    uint32_t group = 0, groups = 0;
    for (uint32_t i = start; i < end && g_ascii_isdigit(text[i]); i++)
        group++;
    if (group == 0)
        return false;
    for (uint32_t i = start + group; i < end; i += group + 1, groups++) {
        char sign = text[i];
        bool more = false;
        for (group = 0; i + 1 + group < end && g_ascii_isdigit(text[i + 1 + group]); group++)
            continue;
        more = i + 1 + group < end;
        if (group == 3 && (groups == 0 || sign == separator))
            separator = sign;
        else if (group == 0 || more || sign == separator || (sign == ',' && group > 3)) /* only the last group may differ, behind another separator */
            return false;
        if (groups > 0 && separator == 0)
            return false;
    }
    return true;
}

/* "18.73", "$11,000.63", "in 2014.32", "41.2.3": what stands behind the last separator. */
static void scan_number_stop(struct scan *s, uint32_t start, uint32_t last, uint32_t end, enum behind next)
{
    unsigned number = number_of(s->text, last + 1, end);
    bool whole = well_formed(s->text, start, end), year = is_year(s->text, start, last);
    if (number == 0 || !well_formed(s->text, start, last) || (whole && end - last - 1 == 3))
        return;
    bool sentence = s->text[last] == '.' && (next == BEHIND_CAPITAL || next == BEHIND_END);
    bool name = start > s->start && s->text[start - 1] == '-'; /* COVID-19.14 */
    float weight = year ? 2 : name || !whole ? 1.5f : 0.5f;
    if (s->text[last] == '.' && !sentence)
        weight *= 0.4f;
    if (s->text[last] == ',' && !year)
        weight *= 0.4f;
    if (start == s->start && !year && !s->goes_on) /* the number of a section */
        weight = 0;
    if (weight > 0)
        add(s, last + 1, end, number, MARK_NUMBER_STOP, weight, whole);
}

/* The last one to three digits of a number. */
static void scan_number_end(struct scan *s, uint32_t start, uint32_t last, uint32_t end)
{
    bool whole = well_formed(s->text, start, end), year = is_year(s->text, start, end);
    bool four = last > start && s->text[last] == '.' && end - last == 5; /* "2.0173": four decimals are rare, thousands with a mark are not */
    for (uint32_t digits = 1; digits <= 3 && start + digits < end && g_ascii_isdigit(s->text[end - digits]); digits++) {
        unsigned number = number_of(s->text, end - digits, end);
        if (number == 0 || s->text[end - digits - 1] == '.' || s->text[end - digits - 1] == ',' || !well_formed(s->text, start, end - digits))
            continue;
        if (s->text[start] == '0' && end - digits - start == 1)
            continue;
        float weight = !whole ? 3 : year ? 0.05f : four && digits == 1 ? 1.2f : last > start ? 0.4f : end - start >= 3 ? 0.3f : 0.1f;
        add(s, end - digits, end, number, MARK_NUMBER, weight, whole);
    }
}

/* A number and its separators, from `start` on; returns its end. */
static uint32_t scan_number(struct scan *s, uint32_t start, uint32_t first_end)
{
    uint32_t end = first_end, last = start;
    while (end + 1 < s->end && (s->text[end] == '.' || s->text[end] == ',') && g_ascii_isdigit(s->text[end + 1])) {
        last = end++;
        while (end < s->end && g_ascii_isdigit(s->text[end]))
            end++;
    }
    enum behind next = behind(s, end);
    if (next == BEHIND_GLUED || next == BEHIND_GLUED_CAPITAL)
        return end;
    uint32_t begin;
    gunichar before = char_before(s, start, &begin);
    if (before && !g_unichar_isspace(before) && before != '(' && before != 0x201C && before != '"' && g_unichar_type(before) != G_UNICODE_CURRENCY_SYMBOL && !g_unichar_isalpha(before) &&
        !(before == '-' && g_unichar_isalpha(char_before(s, begin, &begin))))
        return end; /* A/79/123, 2010-12 */
    if (last > start)
        scan_number_stop(s, start, last, end, next);
    bool item = start == s->start && end < s->end && (s->text[end] == ')' || s->text[end] == '.'); /* "13. In addition" */
    if (before != '-' && !item) /* of a name such as MS-13 only what stands behind its stop */
        scan_number_end(s, start, last, end);
    return end;
}

/* Words that can follow a mark within a sentence but hardly a number that counts something. */
static const char *const after_marks = " are is was were and or in of which that who to from with by has have had as at on for but while y o en de que con por fue son et ou dans qui par est sont ";

/* Digits behind white space, alone or glued to a capital. */
static void scan_space(struct scan *s, uint32_t start, uint32_t end)
{
    unsigned number = number_of(s->text, start, end);
    enum behind next = behind(s, end);
    if (number == 0 || next == BEHIND_GLUED || start == s->start)
        return;
    uint32_t begin = start;
    gunichar before = char_before(s, begin, &begin);
    while (g_unichar_isspace(before))
        before = char_before(s, begin, &begin);
    bool sentence = is_stop(before) || is_closer(before);
    float weight = 0.1f;
    if (next == BEHIND_GLUED_CAPITAL)
        weight = sentence ? 2 : 0.3f;
    else if (sentence && before != ',')
        weight = next == BEHIND_END ? 1 : next == BEHIND_CAPITAL ? 0.6f : 0.1f;
    else if (next == BEHIND_END || next == BEHIND_PUNCTUATION)
        weight = 0.2f;
    else if (next == BEHIND_LOWER) {
        uint32_t word = end + 1;
        while (word < s->end && g_ascii_isspace(s->text[word]))
            word++;
        uint32_t stop = word;
        while (stop < s->end && g_ascii_isalpha(s->text[stop]))
            stop++;
        weight = in_list(slice_make(s->text + word, stop - word), after_marks) ? 0.3f : 0.1f;
    }
    if (g_unichar_isalpha(before) || sentence)
        add(s, start, end, number, MARK_SPACE, weight, true);
}

/* White space before a mark is taken out with it where a word stands before the white space ("politics. 44Policy" keeps one). */
static uint32_t scan_digits(struct scan *s, uint32_t start)
{
    uint32_t end = start, begin;
    while (end < s->end && g_ascii_isdigit(s->text[end]))
        end++;
    gunichar before = char_before(s, start, &begin);
    if (g_unichar_isalpha(before)) {
        scan_word(s, start, end);
        return end;
    }
    if (is_stop(before) || is_closer(before) || before == '%') {
        uint32_t further;
        if (!is_digit(char_before(s, begin, &further)) || is_closer(before) || before == '%' || before == ';') {
            scan_stop(s, start, end, before, begin);
            return end;
        }
        return end; /* the rest of a number that scan_number has seen, or a date */
    }
    if (before == 0 || g_unichar_isspace(before))
        scan_space(s, start, end);
    return scan_number(s, start, end);
}

int mark_superscript(gunichar c)
{
    if (c == 0xB9)
        return 1;
    if (c == 0xB2 || c == 0xB3)
        return (int)c - 0xB0;
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)c - 0x2070 : -1;
}

static uint32_t scan_superscript(struct scan *s, uint32_t start)
{
    uint32_t end = start, begin;
    unsigned number = 0;
    for (int digit; (digit = mark_superscript(char_at(s, end))) >= 0; end = (uint32_t)(g_utf8_next_char(s->text + end) - s->text))
        number = MIN(number * 10 + (unsigned)digit, MARK_MOST + 1u);
    bool index = takes_index(word_before(s, start)) || (is_digit(char_before(s, start, &begin)) && begin >= s->start + 1 && memcmp(s->text + begin - 1, "10", 2) == 0);
    if (number > 0 && number <= MARK_MOST && start > s->start && !index)
        add(s, start, end, number, MARK_SUPERSCRIPT, 6, false);
    return end;
}

static uint32_t scan_bracket(struct scan *s, uint32_t start)
{
    uint32_t end = start + 1, begin;
    while (end < s->end && g_ascii_isdigit(s->text[end]))
        end++;
    gunichar before = char_before(s, start, &begin);
    unsigned number = end > start + 1 && end < s->end && s->text[end] == ']' ? number_of(s->text, start + 1, end) : 0;
    if (number > 0 && before)
        add(s, start, end + 1, number, MARK_BRACKET, g_unichar_isspace(before) ? 2 : 4, false);
    return number > 0 ? end + 1 : start + 1;
}

/* "*" or "**" behind a word or its stop; "†", "‡". */
static uint32_t scan_symbol(struct scan *s, uint32_t start)
{
    uint32_t end = start, begin;
    gunichar symbol = char_at(s, start), before = char_before(s, start, &begin);
    while (char_at(s, end) == symbol)
        end = (uint32_t)(g_utf8_next_char(s->text + end) - s->text);
    gunichar next = char_at(s, end);
    bool code = end == s->end && char_at(s, s->start) == '*'; /* *2506057* */
    if (!code && (g_unichar_isalnum(before) || is_stop(before) || is_closer(before)) && !g_unichar_isalnum(next))
        add(s, start, end, 0, MARK_SYMBOL, 2, false);
    return end;
}

/* Addresses hold digits of their own: where the white space after one stands. */
static uint32_t skip_address(const struct scan *s, uint32_t at)
{
    uint32_t end = at;
    bool address = false;
    while (end < s->end && !g_ascii_isspace(s->text[end])) {
        address |= s->text[end] == '@' || (s->text[end] == ':' && end + 2 < s->end && memcmp(s->text + end, "://", 3) == 0) ||
                   (s->end - end > 4 && memcmp(s->text + end, "www.", 4) == 0);
        end++;
    }
    return address ? end : at;
}

static void scan_line(struct scan *s)
{
    bool token = true; /* a token begins here */
    for (uint32_t at = s->start; at < s->end;) {
        unsigned char c = (unsigned char)s->text[at];
        if (token && (at = skip_address(s, at)) >= s->end)
            break;
        c = (unsigned char)s->text[at];
        token = g_ascii_isspace((char)c);
        if (g_ascii_isdigit((char)c))
            at = scan_digits(s, at);
        else if (c == '[')
            at = scan_bracket(s, at);
        else if (c == '*' || (c == 0xE2 && (char_at(s, at) == 0x2020 || char_at(s, at) == 0x2021)))
            at = scan_symbol(s, at);
        else if (c >= 0xC2 && mark_superscript(char_at(s, at)) >= 0)
            at = scan_superscript(s, at);
        else
            at += c < 0x80 ? 1 : (uint32_t)(g_utf8_next_char(s->text + at) - (s->text + at));
    }
}

static int compare_candidates(const void *a, const void *b)
{
    const struct mark_candidate *x = a, *y = b;
    if (x->line != y->line) /* lines are in reading order, which bytes are not where columns were parted */
        return x->line < y->line ? -1 : 1;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (int)x->end - (int)y->end;
}

GArray *mark_candidates(const struct text_lines *lines)
{
    struct scan s = {.lines = lines, .found = g_array_new(FALSE, FALSE, sizeof(struct mark_candidate)), .text = lines->text.ptr};
    for (guint i = 0; i < lines->lines->len; i++) {
        const struct text_line *line = text_line_at(lines, i);
        s.line = i;
        s.start = line->start;
        s.end = line->end;
        s.goes_on &= line->blank == 0;
        if (line->kind == LINE_TEXT)
            scan_line(&s);
        s.divided = line->end > line->start && lines->text.ptr[line->end - 1] == '-';
        s.goes_on = line->kind == LINE_TEXT && line->width * 4 > lines->wrap * 3 && g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(lines->text.ptr + line->end)));
    }
    g_array_sort(s.found, compare_candidates);
    return s.found;
}
