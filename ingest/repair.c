/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repair.h"

enum { WORD_BYTES = 64, FIRST_BITS = 10 }; /* longer words are no evidence; room for words at first */

/* A hyphen at a line end with small letters behind it, by hashes of folded letters. */
struct line_end {
    guint64 left, right, joined, compound;
};

/* What the document's line ends say of its printer: one who never divides words prints a hyphen there only where the word has one. */
struct habit {
    guint judged;  /* line ends looked at */
    bool divides;
};

/* How often a document has the word of a hash. */
struct seen {
    guint64 hash; /* 0 = free */
    guint count;
};

/* Words and compounds are counted by a hash of their folded letters: nothing is copied, and 64 bits do not collide within a document. */
struct repair {
    struct seen *seen;   /* a table with open addressing, at most half full */
    unsigned bits;       /* of its size */
    guint words;         /* in it */
    GArray *ends;        /* struct line_end */
    struct habit *habit; /* found when first asked */
    guint lines;         /* learned */
    guint64 left;        /* the letters before the hyphen that ended the line before; 0 = none */
    bool divided;        /* the line before ended inside a word */
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
    repair->bits = FIRST_BITS;
    repair->seen = g_new0(struct seen, (gsize)1 << FIRST_BITS);
    repair->ends = g_array_new(FALSE, FALSE, sizeof(struct line_end));
    repair->habit = g_new0(struct habit, 1);
    return repair;
}

void repair_free(struct repair *repair)
{
    if (!repair)
        return;
    g_free(repair->seen);
    g_array_unref(repair->ends);
    g_free(repair->habit);
    g_free(repair);
}

static const guint64 hash_start = G_GUINT64_CONSTANT(14695981039346656037);

/* FNV-1a over folded letters; several pieces can be hashed one after another. */
static guint64 hash_letter(guint64 hash, gunichar folded)
{
    return (hash ^ folded) * G_GUINT64_CONSTANT(1099511628211);
}

static guint64 hash_more(guint64 hash, struct slice word)
{
    for (const char *ptr = word.ptr, *end = word.ptr + word.len; ptr < end;) {
        gunichar c = (unsigned char)*ptr;
        if (c < 0x80) {
            c = (gunichar)g_ascii_tolower((char)c);
            ptr++;
        } else {
            c = g_unichar_tolower(g_utf8_get_char(ptr));
            ptr = g_utf8_next_char(ptr);
        }
        hash = hash_letter(hash, c);
    }
    return hash;
}

/* Where the word of a hash is, or would come. */
static struct seen *find_word(const struct repair *repair, guint64 hash)
{
    size_t mask = ((size_t)1 << repair->bits) - 1, slot = (size_t)(hash ^ hash >> 32) & mask;
    while (repair->seen[slot].hash && repair->seen[slot].hash != hash)
        slot = (slot + 1) & mask;
    return &repair->seen[slot];
}

static void make_room(struct repair *repair)
{
    g_autofree struct seen *before = repair->seen;
    size_t size = (size_t)1 << repair->bits++;
    repair->seen = g_new0(struct seen, 2 * size);
    for (size_t i = 0; i < size; i++)
        if (before[i].hash)
            *find_word(repair, before[i].hash) = before[i];
}

static void count_hash(struct repair *repair, guint64 hash)
{
    struct seen *word = find_word(repair, hash);
    if (hash == 0)
        return;
    if (word->hash == 0) {
        word->hash = hash;
        if (++repair->words * 2 > (guint)1 << repair->bits) {
            make_room(repair);
            word = find_word(repair, hash);
        }
    }
    word->count++;
}

static void count_word(struct repair *repair, struct slice word)
{
    if (word.len > 0 && word.len <= WORD_BYTES)
        count_hash(repair, hash_more(hash_start, word));
}

static unsigned count_of(const struct repair *repair, guint64 hash)
{
    return find_word(repair, hash)->count;
}

unsigned repair_count(const struct repair *repair, struct slice word)
{
    return count_of(repair, hash_more(hash_start, word));
}

static bool is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* Bytes of the hyphen that begins at ptr: "-", U+00AD, U+2010, U+2011; else 0. */
static size_t hyphen_length(const char *ptr, const char *end)
{
    if (ptr < end && *ptr == '-')
        return 1;
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

/* The same, with the hash of the letters. */
static const char *hash_letters(const char *ptr, const char *end, guint64 *hash)
{
    guint64 so_far = hash_start;
    for (;;) {
        for (; ptr < end && g_ascii_isalpha(*ptr); ptr++)
            so_far = hash_letter(so_far, (gunichar)*ptr | 0x20);
        gunichar c = ptr < end && (unsigned char)*ptr >= 0x80 ? g_utf8_get_char(ptr) : 0;
        if (c == 0 || !is_letter(c))
            break;
        so_far = hash_letter(so_far, g_unichar_tolower(c));
        ptr = g_utf8_next_char(ptr);
    }
    *hash = so_far;
    return ptr;
}

/* Notes the line end before `right`, the first letters of a line. */
static void learn_end(struct repair *repair, struct slice right)
{
    if (repair->left == 0 || right.len == 0 || !g_unichar_islower(g_utf8_get_char(right.ptr)))
        return;
    struct line_end end = {repair->left, hash_more(hash_start, right), hash_more(repair->left, right), hash_more(hash_more(repair->left, (struct slice)SLICE("-")), right)};
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
        bool left = count_of(repair, end->left) > 0, right = count_of(repair, end->right) > 0;
        unsigned joined = count_of(repair, end->joined), compound = count_of(repair, end->compound);
        divided += joined > compound || (joined == compound && !left && !right);
        kept += compound > joined || (joined == compound && left && right);
    }
    bool seldom = repair->lines > MANY_LINES && repair->ends->len * SELDOM < repair->lines && divided <= CHANCE;
    habit->divides = !seldom && (divided + kept < ENOUGH || divided * 3 > kept);
    habit->judged = repair->ends->len;
    return habit->divides;
}

void repair_learn(struct repair *repair, struct slice line)
{
    const char *ptr = line.ptr, *end = line.ptr + line.len, *compound = NULL;
    while (end > ptr && g_ascii_isspace(end[-1]))
        end--;
    bool fragment = repair->divided;
    repair->divided = false;
    repair->lines++;
    while (ptr < end) {
        guint64 hash;
        const char *stop = hash_letters(ptr, end, &hash);
        if (stop == ptr) {
            ptr = g_utf8_next_char(ptr);
            compound = NULL;
            continue;
        }
        size_t hyphen = hyphen_length(stop, end);
        repair->divided = hyphen > 0 && stop + hyphen >= end;
        if (fragment)
            learn_end(repair, slice_make(ptr, (size_t)(stop - ptr)));
        repair->left = repair->divided ? hash : 0;
        if (!fragment && !repair->divided && stop - ptr <= WORD_BYTES)
            count_hash(repair, hash);
        if (compound && !repair->divided)
            count_word(repair, slice_make(compound, (size_t)(stop - compound)));
        if (hyphen > 0 && !repair->divided && !fragment)
            count_word(repair, slice_make(ptr, (size_t)(stop + hyphen - ptr))); /* "científico-" makes compounds */
        compound = hyphen > 0 && !fragment && stop[0] == '-' ? ptr : NULL;
        fragment = false;
        ptr = stop + hyphen;
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

/* How often the document has left + right as one word: as it stands, in the singular or plural. */
static unsigned count_joined(const struct repair *repair, struct slice left, struct slice right)
{
    guint64 hash = hash_more(hash_start, left);
    unsigned count = count_of(repair, hash_more(hash, right));
    if (slice_ends(right, "s"))
        return count + count_of(repair, hash_more(hash, slice_sub(right, 0, right.len - 1)));
    return count + count_of(repair, hash_more(hash_more(hash, right), (struct slice)SLICE("s")));
}

static unsigned count_compound(const struct repair *repair, struct slice left, struct slice right)
{
    guint64 hash = hash_more(hash_more(hash_start, left), (struct slice)SLICE("-"));
    unsigned count = count_of(repair, hash_more(hash, right));
    if (slice_ends(right, "s"))
        return count + count_of(repair, hash_more(hash, slice_sub(right, 0, right.len - 1)));
    return count + count_of(repair, hash_more(hash_more(hash, right), (struct slice)SLICE("s")));
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
    if (n_left >= 6 && count_of(repair, hash_more(hash_more(hash_start, left), (struct slice)SLICE("-"))) > 0)
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
    unsigned joined = count_joined(repair, left, right), compound = count_compound(repair, left, right);
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
