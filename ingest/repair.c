/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repair.h"

#include "ingest/repair_words.h"
#include "ingest/word_line.h"

/* A hyphen at a line end with small letters behind it, by hashes. */
struct line_end {
    uint64_t left, right, joined, compound;
};

/* What the document's line ends say of its printer: one who never divides words prints a hyphen there only where the word has one. */
struct habit {
    guint judged;  /* line ends looked at */
    bool divides;
};

struct repair {
    struct repair_words *words;
    GArray *ends;         /* struct line_end */
    struct habit *habit;  /* found when first asked */
    guint lines;          /* learned */
    struct word_key left; /* the letters before the hyphen that ended the line before; empty: none */
    bool divided;         /* the line before ended inside a word */
    struct word_line line; /* for its own use from line to line */
};

/* First halves that keep their hyphen even before a word that the document does not have elsewhere: "well-known", "self-made", "twenty-five". */
static const char *const sure_heads[] = {
    "cinquante", "eighty", "fifty", "forty", "ninety", "non", "now", "quarante", "quasi", "self", "seventy", "sixty", "soixante", "thirty", "trente", "twenty", "vingt", "well",
};

/* First halves that keep it before a word of the document: "ex-combatants" (but "ex-pected"), "pre-war" (but "pre-vention"). */
static const char *const compound_heads[] = {
    "all", "anti", "cross", "eight", "ex", "five", "four", "full", "half", "high", "hors", "ill", "large", "long", "low", "medium", "micro", "mid", "mixed", "multi", "neo", "nine",
    "off", "one", "post", "pre", "pro", "semi", "seven", "short", "single", "six", "small", "sous", "ten", "three", "two", "ultra", "vice",
};

/* Second halves that make a compound with a word before them: "community-based", "crime-related", "celui-ci". */
static const char *const compound_tails[] = {
    "affected", "backed", "based", "born", "bound", "building", "called", "centred", "controlled", "driven", "dire", "effective", "fold", "free", "funded", "général",
    "haves", "held", "income", "induced", "là", "led", "level", "like", "made", "making", "même", "mêmes", "old", "oriented", "owned", "producing", "ravaged", "related", "relevant", "run", "saving", "scale", "sensitive",
    "speaking", "sponsored", "style", "term", "torn", "wide", "être",
};

struct repair *repair_new(void)
{
    struct repair *repair = g_new0(struct repair, 1);
    repair->words = repair_words_new();
    repair->ends = g_array_new(FALSE, FALSE, sizeof(struct line_end));
    repair->habit = g_new0(struct habit, 1);
    return repair;
}

void repair_free(struct repair *repair)
{
    if (!repair)
        return;
    repair_words_free(repair->words);
    word_line_clear(&repair->line);
    g_array_unref(repair->ends);
    g_free(repair->habit);
    g_free(repair);
}

/* The hash of a word of up to three pieces, of which some may be empty. */
static uint64_t hash_of(struct slice left, const char *middle, struct slice right)
{
    struct word_key key = {.len = 0};
    word_key_add(&key, left);
    word_key_add(&key, slice_of(middle));
    word_key_add(&key, right);
    return word_key_hash(&key);
}

static const struct slice nothing = {NULL, 0};

static void count_word(struct repair *repair, struct slice word)
{
    if (word.len > 0 && word.len <= WORD_BYTES)
        repair_words_count(repair->words, hash_of(word, "", nothing));
}

unsigned repair_count(const struct repair *repair, struct slice word)
{
    return repair_words_counted(repair->words, hash_of(word, "", nothing));
}

static bool is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* Bytes of the hyphen that begins at ptr: "-", U+00AD, U+2010, U+2011; else 0. */
static size_t hyphen_length(const char *ptr, const char *end)
{
    if (ptr < end && (unsigned char)*ptr < 0x80)
        return *ptr == '-';
    if (end - ptr >= 2 && memcmp(ptr, "\xc2\xad", 2) == 0)
        return 2;
    return end - ptr >= 3 && (memcmp(ptr, "\xe2\x80\x90", 3) == 0 || memcmp(ptr, "\xe2\x80\x91", 3) == 0) ? 3 : 0;
}

/* One past the letters that begin at ptr. */
static const char *letters_end(const char *ptr, const char *end)
{
    while (ptr < end && ((unsigned char)*ptr < 0x80 ? g_ascii_isalpha(*ptr) : is_letter(g_utf8_get_char(ptr))))
        ptr = g_utf8_next_char(ptr);
    return ptr;
}

/* Notes the line end before `right`, the first letters of a line. */
static void learn_end(struct repair *repair, struct slice right)
{
    struct slice left = slice_make(repair->left.bytes, repair->left.len);
    if (left.len == 0 || right.len == 0 || !g_unichar_islower(g_utf8_get_char(right.ptr)))
        return;
    struct line_end end = {word_key_hash(&repair->left), hash_of(right, "", nothing), hash_of(left, "", right), hash_of(left, "-", right)};
    g_array_append_val(repair->ends, end);
}

/* Most line ends speak for themselves: neither half is a word of the document, but both together are; or the other way round.
 * A printer who divides words does so at more than one line end in sixty. */
static bool divides_words(const struct repair *repair)
{
    enum { ENOUGH = 3, MANY_LINES = 120, SELDOM = 60, CHANCE = 2 };
    struct habit *habit = repair->habit;
    if (habit->judged == repair->ends->len)
        return habit->divides;
    guint divided = 0, kept = 0;
    for (guint i = 0; i < repair->ends->len; i++) {
        const struct line_end *end = &g_array_index(repair->ends, struct line_end, i);
        bool left = repair_words_counted(repair->words, end->left) > 0, right = repair_words_counted(repair->words, end->right) > 0;
        unsigned joined = repair_words_counted(repair->words, end->joined), compound = repair_words_counted(repair->words, end->compound);
        divided += joined > compound || (joined == compound && !left && !right);
        kept += compound > joined || (joined == compound && left && right);
    }
    bool seldom = repair->lines > MANY_LINES && repair->ends->len * SELDOM < repair->lines && divided <= CHANCE;
    habit->divides = !seldom && (divided + kept < ENOUGH || divided * 3 > kept);
    habit->judged = repair->ends->len;
    return habit->divides;
}

/* Where the letters end that begin at byte `at` of the line being learned. */
static size_t letters_end_at(const struct repair *repair, struct slice line, size_t at)
{
    size_t stop = bits_next(repair->line.letters, at, line.len, false);
    return stop < line.len && (unsigned char)line.ptr[stop] >= 0x80 ? (size_t)(letters_end(line.ptr + stop, line.ptr + line.len) - line.ptr) : stop;
}

/* Counts a word of the line being learned, of letters alone. */
static void count_letters(struct repair *repair, struct slice line, size_t from, size_t stop)
{
    if (bits_next(repair->line.letters, from, stop, false) < stop)
        count_word(repair, slice_sub(line, from, stop));
    else if (stop - from <= WORD_BYTES)
        repair_words_count(repair->words, word_hash(repair->line.small + from, stop - from));
}

static void keep_left(struct repair *repair, struct slice word)
{
    repair->left.len = 0;
    word_key_add(&repair->left, word);
}

void repair_learn(struct repair *repair, struct slice line)
{
    while (line.len > 0 && g_ascii_isspace(line.ptr[line.len - 1]))
        line.len--;
    const char *end = line.ptr + line.len;
    bool fragment = repair->divided;
    size_t compound = line.len; /* where the word before began, if this one may make a compound with it */
    repair->divided = false;
    repair->lines++;
    word_line_set(&repair->line, line);
    for (size_t from = 0; from < line.len;) {
        size_t at = bits_next(repair->line.more, from, line.len, true), stop = at < line.len ? letters_end_at(repair, line, at) : at;
        if (at > from)
            compound = line.len;
        if (stop == at) {
            from = at < line.len ? (size_t)(g_utf8_next_char(line.ptr + at) - line.ptr) : at;
            compound = line.len;
            continue;
        }
        size_t hyphen = hyphen_length(line.ptr + stop, end);
        repair->divided = hyphen > 0 && stop + hyphen >= line.len;
        if (fragment)
            learn_end(repair, slice_sub(line, at, stop));
        keep_left(repair, repair->divided ? slice_sub(line, at, stop) : nothing);
        if (!fragment && !repair->divided)
            count_letters(repair, line, at, stop);
        if (compound < line.len && !repair->divided)
            count_word(repair, slice_sub(line, compound, stop));
        if (hyphen > 0 && !repair->divided && !fragment)
            count_word(repair, slice_sub(line, at, stop + hyphen)); /* "científico-" makes compounds */
        compound = hyphen > 0 && !fragment && line.ptr[stop] == '-' ? at : line.len;
        fragment = false;
        from = stop + hyphen;
    }
}

bool repair_divided(struct slice line, struct slice *left, struct slice *hyphen)
{
    const char *end = line.ptr + line.len;
    while (end > line.ptr && g_ascii_isspace(end[-1]))
        end--;
    for (size_t len = 1; len <= 3 && len < (size_t)(end - line.ptr); len++) {
        const char *at = end - len;
        if (hyphen_length(at, end) != len)
            continue;
        const char *before = g_utf8_prev_char(at);
        *left = slice_make(line.ptr, (size_t)(at - line.ptr));
        *hyphen = slice_make(at, (size_t)(line.ptr + line.len - at));
        return is_letter(g_utf8_get_char(before)) || g_unichar_isdigit(g_utf8_get_char(before));
    }
    return false;
}

/* The letters at the end of text; `soft`: a soft hyphen follows them. */
static struct slice last_letters(struct slice text, bool *soft)
{
    const char *end = text.ptr + text.len;
    while (end > text.ptr && g_ascii_isspace(end[-1]))
        end--;
    for (size_t len = 1; len <= 3 && len <= (size_t)(end - text.ptr); len++)
        if (hyphen_length(end - len, end) == len) {
            *soft = len == 2;
            end -= len;
            break;
        }
    const char *start = end;
    while (start > text.ptr) {
        const char *before = g_utf8_find_prev_char(text.ptr, start);
        if (!before || !is_letter(g_utf8_get_char(before)))
            break;
        start = before;
    }
    return slice_make(start, (size_t)(end - start));
}

static struct slice first_letters(struct slice text)
{
    const char *ptr = text.ptr, *end = text.ptr + text.len;
    while (ptr < end && g_ascii_isspace(*ptr))
        ptr++;
    return slice_make(ptr, (size_t)(letters_end(ptr, end) - ptr));
}

static bool listed(const char *const *words, size_t n, struct slice word)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(words[i]);
        if (len == word.len && (slice_is(word, words[i]) || g_ascii_strncasecmp(word.ptr, words[i], len) == 0))
            return true;
    }
    return false;
}

/* How often the document has left + right as one word, or as one with a hyphen between them: as it stands, in the singular or plural. */
static unsigned count_both(const struct repair *repair, struct slice left, const char *hyphen, struct slice right)
{
    unsigned count = repair_words_counted(repair->words, hash_of(left, hyphen, right));
    if (slice_ends(right, "s"))
        return count + repair_words_counted(repair->words, hash_of(left, hyphen, slice_sub(right, 0, right.len - 1)));
    struct word_key plural = {.len = 0};
    word_key_add(&plural, left);
    word_key_add(&plural, slice_of(hyphen));
    word_key_add(&plural, right);
    word_key_add(&plural, (struct slice)SLICE("s"));
    return count + repair_words_counted(repair->words, word_key_hash(&plural));
}

static bool upper_at(const char *ptr)
{
    return g_unichar_isupper(g_utf8_get_char(ptr));
}

/* Nothing in the document speaks for either: what the words themselves say. */
static bool joins_by_form(const struct repair *repair, struct slice left, struct slice right)
{
    glong n_left = g_utf8_strlen(left.ptr, (gssize)left.len), n_right = g_utf8_strlen(right.ptr, (gssize)right.len);
    bool known_left = repair_count(repair, left) > 0, known_right = repair_count(repair, right) > 0;
    if (known_left && !divides_words(repair))
        return false;
    if (n_left >= 6 && repair_words_counted(repair->words, hash_of(left, "-", nothing)) > 0)
        return false; /* the first half of other compounds of the document */
    if (n_left == 1 || (n_right >= 3 && listed(sure_heads, G_N_ELEMENTS(sure_heads), left)))
        return false;
    if (known_right && listed(compound_heads, G_N_ELEMENTS(compound_heads), left))
        return false;
    if ((known_left || slice_starts(right, "même")) && n_left >= 2 && listed(compound_tails, G_N_ELEMENTS(compound_tails), right))
        return false;
    bool participle = slice_ends(right, "ed") || slice_ends(right, "ing");
    return !(known_left && known_right && participle && n_left >= 4 && n_right >= 5);
}

/* "GNI-⏎member". */
static bool is_acronym(struct slice word)
{
    return word.len >= 2 && upper_at(word.ptr) && upper_at(g_utf8_prev_char(word.ptr + word.len));
}

/* "country-by-⏎country": a small word between hyphens. left: the text up to the line end, word: its last letters. */
static bool links(struct slice left, struct slice word)
{
    static const char *const words[] = {"a", "and", "as", "by", "de", "for", "in", "of", "on", "the", "to", "up", "à", "en"};
    return word.ptr > left.ptr && word.ptr[-1] == '-' && listed(words, G_N_ELEMENTS(words), word);
}

bool repair_joins(const struct repair *repair, struct slice left, struct slice right)
{
    bool soft = false;
    struct slice whole_left = left, whole = right;
    left = last_letters(left, &soft);
    right = first_letters(right);
    if (left.len == 0 || right.len == 0)
        return false;
    if (soft)
        return true;
    unsigned joined = count_both(repair, left, "", right), compound = count_both(repair, left, "-", right);
    bool capital = upper_at(right.ptr), capitals = capital && upper_at(g_utf8_prev_char(left.ptr + left.len));
    if (joined != compound && (!capital || capitals))
        return joined > compound;
    if (joined == 0 && (is_acronym(left) || links(whole_left, left)))
        return false;
    if (capital) /* "Guinea-Bissau", "FARC-EP"; "GUATE-MALA" only where neither half is a word */
        return capitals && g_utf8_strlen(right.ptr, (gssize)right.len) >= 3 && repair_count(repair, left) == 0 && repair_count(repair, right) == 0;
    return joined > 0 || (!repair_suspends(whole) && joins_by_form(repair, left, right));
}

bool repair_suspends(struct slice right)
{
    static const char *const words[] = {"and", "or", "to", "y", "o", "e", "et", "ou"};
    struct slice word = first_letters(right);
    bool alone = word.ptr + word.len == right.ptr + right.len || g_ascii_isspace(word.ptr[word.len]); /* not "year-⏎to-date" */
    return alone && listed(words, G_N_ELEMENTS(words), word);
}

/* Ligatures, odd spaces, invisible marks, and the bullets of symbol fonts. By code point. */
static const struct replacement {
    gunichar from, to;
    const char *text;
} replacements[] = {
    {0x000B, 0x000B, " "},  {0x0085, 0x0085, " "},  {0x00A0, 0x00A0, " "},  {0x00AD, 0x00AD, ""},   {0x2000, 0x200A, " "},  {0x200B, 0x200B, ""},
    {0x2028, 0x2029, " "},  {0x202F, 0x202F, " "},  {0x205F, 0x205F, " "},  {0x2060, 0x2060, ""},   {0x3000, 0x3000, " "},  {0xF06E, 0xF06E, "■"},
    {0xF071, 0xF071, "❑"},  {0xF076, 0xF076, "❖"},  {0xF0A7, 0xF0A7, "▪"},  {0xF0A8, 0xF0A8, "▫"},  {0xF0B7, 0xF0B7, "•"},  {0xF0D8, 0xF0D8, "➢"},
    {0xF0E0, 0xF0E0, "→"},  {0xF0FC, 0xF0FC, "✓"},  {0xFB00, 0xFB00, "ff"}, {0xFB01, 0xFB01, "fi"}, {0xFB02, 0xFB02, "fl"}, {0xFB03, 0xFB03, "ffi"},
    {0xFB04, 0xFB04, "ffl"}, {0xFB05, 0xFB06, "st"}, {0xFEFF, 0xFEFF, ""},
};

/* Shapes of Hebrew and Arabic letters and their ligatures that Unicode lists beside the letters: "ﻼ" is lam and alef. Marks and signs among them stay. */
static bool is_presentation_form(gunichar c)
{
    return (c >= 0xFB1D && c <= 0xFB4F && c != 0xFB1E && c != 0xFB29) || (c >= 0xFB50 && c <= 0xFBB1) || (c >= 0xFBD3 && c <= 0xFD3D) || (c >= 0xFD50 && c <= 0xFDC7) ||
           c == 0xFDF2 || (c >= 0xFE80 && c <= 0xFEFC);
}

/* The letters that a shape prints, made once. */
static const char *letters_of_form(gunichar c)
{
    enum { FIRST = 0xFB1D, LAST = 0xFEFC };
    static const char *made[LAST - FIRST + 1];
    if (!made[c - FIRST]) {
        char shape[8] = {0};
        g_unichar_to_utf8(c, shape);
        g_autofree char *letters = g_utf8_normalize(shape, -1, G_NORMALIZE_ALL_COMPOSE);
        made[c - FIRST] = g_intern_string(letters && *letters != ' ' ? letters : shape); /* a space in front: a mark by itself */
    }
    return made[c - FIRST];
}

const char *repair_character(gunichar c)
{
    if (c >= 0x20 && c < 0x85)
        return NULL;
    if (c >= 0xFB1D && is_presentation_form(c))
        return letters_of_form(c);
    for (size_t low = 0, high = G_N_ELEMENTS(replacements); low < high;) {
        size_t middle = low + (high - low) / 2;
        if (c < replacements[middle].from)
            high = middle;
        else if (c > replacements[middle].to)
            low = middle + 1;
        else
            return replacements[middle].text;
    }
    return NULL;
}

/* Accents that extractors print beside a letter, and the combining mark they mean. */
static const struct accent {
    gunichar printed, combining;
} accents[] = {
    {'`', 0x300}, {0x00A8, 0x308}, {0x00B4, 0x301}, {0x00B8, 0x327}, {0x02C6, 0x302}, {0x02C7, 0x30C}, {0x02D8, 0x306}, {0x02DA, 0x30A}, {0x02DC, 0x303},
    {0x0300, 0x300}, {0x0301, 0x301}, {0x0302, 0x302}, {0x0303, 0x303}, {0x0306, 0x306}, {0x0308, 0x308}, {0x030A, 0x30A}, {0x030C, 0x30C}, {0x0327, 0x327},
};

static gunichar combining_of(gunichar c)
{
    if (c < 0xA8 && c != '`')
        return 0;
    for (size_t i = 0; i < G_N_ELEMENTS(accents); i++)
        if (accents[i].printed == c)
            return accents[i].combining;
    return 0;
}

/* A Latin letter of Western languages with the accent, or 0: "x" takes none, "s" takes none here (ś is read as an apostrophe). */
static gunichar accented(gunichar letter, gunichar combining)
{
    gunichar made = 0;
    if (letter == 0x131) /* dotless, as TeX sets it */
        letter = 'i';
    if (!g_unichar_compose(letter, combining, &made) || made > 0x17F)
        return 0;
    bool vowel = letter < 0x80 && strchr("aeiouAEIOU", (int)letter);
    bool other = (combining == 0x303 && (letter == 'n' || letter == 'N')) || (combining == 0x327 && (letter == 'c' || letter == 'C')) ||
                 (combining == 0x308 && (letter == 'y' || letter == 'Y')) || (combining == 0x30C && letter < 0x80 && strchr("cszCSZ", (int)letter));
    return vowel || other ? made : 0;
}

static gunichar char_at(const gunichar *c, size_t len, size_t at)
{
    return at < len ? c[at] : 0;
}

/* An "s" with an acute that stands for an apostrophe, alone as a word: ś, s + U+0301, ´s. Characters used, or 0. */
static size_t apostrophe_s(const gunichar *c, size_t len, size_t at)
{
    gunichar c0 = char_at(c, len, at), c1 = char_at(c, len, at + 1);
    size_t used = c0 == 0x15B ? 1 : c0 == 's' && c1 == 0x301 ? 2 : (c0 == 0xB4 || c0 == 0x301) && c1 == 's' ? 2 : 0;
    return used > 0 && !g_unichar_isalnum(char_at(c, len, at + used)) ? used : 0;
}

size_t repair_accent(const gunichar *c, size_t len, size_t at, gunichar out[2])
{
    gunichar c0 = char_at(c, len, at), c1 = char_at(c, len, at + 1), c2 = char_at(c, len, at + 2);
    if (c0 < 0x80 && c1 < 0x80 && c2 < 0x80 && c0 != '`')
        return 0;
    bool inside = at > 0 && g_unichar_isalpha(c[at - 1]);
    size_t space = c0 == ' ' ? 1 : 0, used = inside ? apostrophe_s(c, len, at + space) : 0;
    out[1] = 0;
    if (used > 0 && (space > 0 || c0 == 0xB4)) {
        out[0] = '\'';
        out[1] = 's';
        return space + used;
    }
    if (inside && c0 == 0xB4 && (c1 == 't' || c1 == 'd') && !g_unichar_isalpha(c2)) { /* don´t */
        out[0] = '\'';
        return 1;
    }
    gunichar mark = combining_of(c1 == ' ' ? c2 : c1), made = mark ? accented(c0, mark) : 0;
    if (made && c1 == ' ' && c2 >= 0x300 && c2 < 0x370) { /* o ́n: a combining mark over a space means the letter before it */
        out[0] = made;
        return 3;
    }
    mark = combining_of(c0);
    made = mark && c0 < 0x300 && c0 != '`' ? accented(c1, mark) : 0;
    gunichar before = at > 0 ? c[at - 1] : 0;
    bool both = before && accented(before, mark);
    if (made && inside && !both && g_unichar_isalpha(c1)) { /* M¨unchen: only the letter after it can take it */
        out[0] = made;
        return 2;
    }
    return 0;
}
