/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/sentence.h"

#include "base/limits.h"
#include "ingest/sentence_break.h"

enum { EN = 1, ES = 2, FR = 4, ALL = 7 };

/* What may follow an abbreviation's stop without a new sentence. */
enum follow {
    FOLLOW_ANY,    /* whatever it is: "Dr. Pérez", "e.g. In" */
    FOLLOW_NAME,   /* a capital that begins no sentence of itself: "St. Louis", "U.S. Congress" */
    FOLLOW_NUMBER, /* a digit, a Roman numeral, a single capital: "No. 5", "Art. IV", "Annex A" */
    FOLLOW_DATE,   /* a weekday, a month, a time zone: "9 a.m. Monday" */
};

/* Without the last stop, in lower case; sorted by its bytes. */
struct abbreviation {
    const char *word;
    uint8_t languages, follow;
};

static const struct abbreviation abbreviations[] = {
    {"a.k.a", EN, FOLLOW_ANY}, {"a.m", ALL, FOLLOW_DATE}, {"al", ALL, FOLLOW_NAME}, {"ann", ALL, FOLLOW_NUMBER}, {"app", ALL, FOLLOW_NUMBER},
    {"approx", ALL, FOLLOW_NUMBER}, {"apr", EN, FOLLOW_NUMBER}, {"aprox", ES, FOLLOW_ANY}, {"art", ALL, FOLLOW_NUMBER}, {"arts", ALL, FOLLOW_NUMBER},
    {"aug", EN, FOLLOW_NUMBER}, {"av", ES | FR, FOLLOW_NAME}, {"ave", EN, FOLLOW_NAME}, {"bros", EN, FOLLOW_NAME}, {"c", ALL, FOLLOW_NUMBER},
    {"c.-à-d", FR, FOLLOW_ANY}, {"ca", ALL, FOLLOW_NUMBER}, {"cap", ES, FOLLOW_NUMBER}, {"capt", EN, FOLLOW_ANY}, {"cf", ALL, FOLLOW_ANY},
    {"ch", ALL, FOLLOW_NUMBER}, {"chap", ALL, FOLLOW_NUMBER}, {"chaps", ALL, FOLLOW_NUMBER}, {"cit", ALL, FOLLOW_NUMBER}, {"cmdr", EN, FOLLOW_ANY},
    {"cnel", ES, FOLLOW_ANY}, {"co", EN, FOLLOW_NAME}, {"col", ALL, FOLLOW_NAME}, {"comp", ALL, FOLLOW_NAME}, {"corp", EN, FOLLOW_NAME},
    {"dec", EN, FOLLOW_NUMBER}, {"dept", EN, FOLLOW_NAME}, {"doc", ALL, FOLLOW_NUMBER}, {"docs", ALL, FOLLOW_NUMBER}, {"dr", ALL, FOLLOW_ANY},
    {"dra", ES, FOLLOW_ANY}, {"drs", EN, FOLLOW_ANY}, {"déc", FR, FOLLOW_NUMBER}, {"e.g", ALL, FOLLOW_ANY}, {"ed", ALL, FOLLOW_NUMBER},
    {"eds", ALL, FOLLOW_NUMBER}, {"ee", ES, FOLLOW_NAME}, {"ej", ES, FOLLOW_ANY}, {"esq", EN, FOLLOW_NAME}, {"est", EN, FOLLOW_NUMBER},
    {"ex", FR, FOLLOW_ANY}, {"feb", EN | ES, FOLLOW_NUMBER}, {"fig", ALL, FOLLOW_NUMBER}, {"figs", ALL, FOLLOW_NUMBER}, {"fn", EN, FOLLOW_NUMBER},
    {"fr", EN | ES, FOLLOW_NAME}, {"févr", FR, FOLLOW_NUMBER}, {"gen", EN, FOLLOW_ANY}, {"gov", EN, FOLLOW_ANY}, {"gral", ES, FOLLOW_ANY},
    {"hon", EN, FOLLOW_ANY}, {"i.e", ALL, FOLLOW_ANY}, {"ibid", ALL, FOLLOW_NUMBER}, {"inc", ES, FOLLOW_NUMBER}, {"ing", ES, FOLLOW_ANY},
    {"jan", EN, FOLLOW_NUMBER}, {"janv", FR, FOLLOW_NUMBER}, {"jr", EN, FOLLOW_NAME}, {"jul", EN, FOLLOW_NUMBER}, {"jun", EN, FOLLOW_NUMBER},
    {"lic", ES, FOLLOW_ANY}, {"lt", EN, FOLLOW_ANY}, {"m", FR, FOLLOW_ANY}, {"maj", EN, FOLLOW_ANY}, {"mar", EN, FOLLOW_NUMBER},
    {"max", ALL, FOLLOW_NUMBER}, {"me", FR, FOLLOW_NAME}, {"messrs", EN, FOLLOW_ANY}, {"mgr", ALL, FOLLOW_ANY}, {"min", ALL, FOLLOW_NUMBER},
    {"mlle", FR, FOLLOW_ANY}, {"mm", FR, FOLLOW_NAME}, {"mme", FR, FOLLOW_ANY}, {"mmes", FR, FOLLOW_ANY}, {"mons", ES, FOLLOW_ANY},
    {"mr", ALL, FOLLOW_ANY}, {"mrs", ALL, FOLLOW_ANY}, {"ms", ALL, FOLLOW_ANY}, {"msgr", EN, FOLLOW_ANY}, {"mt", EN, FOLLOW_NAME},
    {"n", ALL, FOLLOW_NUMBER}, {"nn", ALL, FOLLOW_NUMBER}, {"no", ALL, FOLLOW_NUMBER}, {"nos", ALL, FOLLOW_NUMBER}, {"nov", ALL, FOLLOW_NUMBER},
    {"nro", ES, FOLLOW_NUMBER}, {"num", ALL, FOLLOW_NUMBER}, {"núm", ES, FOLLOW_ANY}, {"núms", ES, FOLLOW_ANY}, {"oct", ALL, FOLLOW_NUMBER},
    {"op", ALL, FOLLOW_NAME}, {"p", ALL, FOLLOW_NUMBER}, {"p.ej", ES, FOLLOW_ANY}, {"p.m", ALL, FOLLOW_DATE}, {"par", ALL, FOLLOW_NUMBER},
    {"para", EN, FOLLOW_NUMBER}, {"paras", EN, FOLLOW_NUMBER}, {"pg", ALL, FOLLOW_NUMBER}, {"pp", ALL, FOLLOW_NUMBER}, {"pr", FR, FOLLOW_NAME},
    {"pres", EN, FOLLOW_ANY}, {"prof", ALL, FOLLOW_ANY}, {"profa", ES, FOLLOW_ANY}, {"pt", EN, FOLLOW_NUMBER}, {"pub", EN, FOLLOW_NAME},
    {"pág", ES, FOLLOW_NUMBER}, {"págs", ES, FOLLOW_NUMBER}, {"párr", ES, FOLLOW_NUMBER}, {"párrs", ES, FOLLOW_NUMBER}, {"ref", ALL, FOLLOW_NUMBER},
    {"rep", EN, FOLLOW_ANY}, {"reps", EN, FOLLOW_ANY}, {"res", ALL, FOLLOW_NUMBER}, {"rev", EN, FOLLOW_ANY}, {"s", ALL, FOLLOW_NUMBER},
    {"sec", EN, FOLLOW_NUMBER}, {"sect", EN, FOLLOW_NUMBER}, {"sects", EN, FOLLOW_NUMBER}, {"sen", EN, FOLLOW_ANY}, {"sens", EN, FOLLOW_ANY},
    {"sep", EN, FOLLOW_NUMBER}, {"sept", ALL, FOLLOW_NUMBER}, {"sgt", EN, FOLLOW_ANY}, {"sr", EN | ES, FOLLOW_NAME}, {"sra", ES, FOLLOW_ANY},
    {"sras", ES, FOLLOW_ANY}, {"sres", ES, FOLLOW_ANY}, {"srta", ES, FOLLOW_ANY}, {"ss", ALL, FOLLOW_NUMBER}, {"st", EN | FR, FOLLOW_NAME},
    {"sta", ES, FOLLOW_NAME}, {"ste", FR, FOLLOW_NAME}, {"sto", ES, FOLLOW_NAME}, {"supp", ALL, FOLLOW_NUMBER}, {"tab", ALL, FOLLOW_NUMBER},
    {"tel", ALL, FOLLOW_NUMBER}, {"ud", ES, FOLLOW_NAME}, {"uds", ES, FOLLOW_NAME}, {"uu", ES, FOLLOW_NAME}, {"v", ALL, FOLLOW_NAME},
    {"viz", EN, FOLLOW_ANY}, {"vol", ALL, FOLLOW_NUMBER}, {"vols", ALL, FOLLOW_NUMBER}, {"vs", ALL, FOLLOW_ANY}, {"éd", FR, FOLLOW_NUMBER},
};

/* Capitalised words that begin a sentence far more often than they follow an abbreviation or an initial. */
static const char *const starters =
    " a about according after all although among an and another are as at because before between both but by despite during each even every few for from had has"
    " have he her here his how however i if in it its last many meanwhile more most moreover nearly no nor not now of on one only or other our over since so some"
    " such than that the their then there these they this those though through thus to today two under until we what when where which while who why with you"
    " al aunque como con cuando de desde del durante el en entre es esa ese esta estas este estos hasta hay la las lo los muchos más no otra otro para pero por"
    " porque según si sin sobre su sus también todos tras un una uno y"
    " alors après au aucun aussi aux avant avec ce ces cet cette chaque d dans depuis des deux dès elle elles en entre et il ils l le les leur leurs lors lorsque"
    " mais on ou par parmi pendant plus pour quand qui sa sans se selon ses si son sous sur tous toutes un une ";

/* What follows "9 a.m." without a new sentence. */
static const char *const dates =
    " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " est edt cst cdt mst mdt pst pdt gmt utc cet cest bst et lunes martes miércoles jueves viernes sábado domingo ";

static gunichar char_before(const char *text, const char *ptr)
{
    const char *before = g_utf8_find_prev_char(text, ptr);
    return before ? g_utf8_get_char(before) : 0;
}

static bool is_closer(gunichar c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A;
}

static bool is_opener(gunichar c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E || c == 0xBF || c == 0xA1;
}

/* The word before the stop that ends `part` (letters, digits, inner stops and hyphens), in lower case; false where what ends it is no single stop. */
static bool word_before_stop(struct slice part, char *word, size_t size, const char **start)
{
    const char *end = part.ptr + part.len;
    while (end > part.ptr && g_ascii_isspace(end[-1]))
        end--;
    if (end == part.ptr || end[-1] != '.')
        return false;
    end--;
    const char *ptr = end;
    while (ptr > part.ptr) {
        gunichar c = char_before(part.ptr, ptr);
        if (!g_unichar_isalnum(c) && c != '.' && !(c == '-' && ptr < end))
            break;
        ptr = g_utf8_prev_char(ptr);
    }
    if (ptr == end || end[-1] == '.' || (size_t)(end - ptr) >= size / 2)
        return false;
    size_t len = 0;
    for (const char *p = ptr; p < end; p = g_utf8_next_char(p))
        len += (size_t)g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(p)), word + len);
    word[len] = 0;
    *start = ptr;
    return true;
}

static int compare_abbreviations(const void *word, const void *row)
{
    return strcmp(word, ((const struct abbreviation *)row)->word);
}

static const struct abbreviation *abbreviation_of(const char *word, uint8_t languages)
{
    const struct abbreviation *found = bsearch(word, abbreviations, G_N_ELEMENTS(abbreviations), sizeof *abbreviations, compare_abbreviations);
    return found && (found->languages & languages) ? found : NULL;
}

/* The first word of `rest`, in lower case between spaces (" the "), to be looked up in a list. */
static void first_word(struct slice rest, char *word, size_t size)
{
    size_t len = 0;
    word[len++] = ' ';
    const char *end = rest.ptr + rest.len;
    for (const char *ptr = rest.ptr; ptr < end && g_unichar_isalpha(g_utf8_get_char(ptr)) && len + 8 < size; ptr = g_utf8_next_char(ptr))
        len += (size_t)g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(ptr)), word + len);
    word[len++] = ' ';
    word[len] = 0;
}

static bool first_word_in(struct slice rest, const char *list)
{
    char word[32];
    first_word(rest, word, sizeof word);
    return word[1] != ' ' && strstr(list, word);
}

/* A digit, a Roman numeral, or a capital alone: "5", "IV", "A/RES". */
static bool begins_number(struct slice rest)
{
    size_t i = 0;
    if (rest.len > 0 && g_ascii_isdigit(rest.ptr[0]))
        return true;
    while (i < rest.len && strchr("IVXLC", rest.ptr[i]))
        i++;
    if (i == 0 && rest.len > 0 && g_ascii_isupper(rest.ptr[0]))
        i = 1;
    return i > 0 && (i == rest.len || !g_unichar_isalnum(g_utf8_get_char(rest.ptr + i))) && !slice_starts(rest, "I ");
}

static bool begins_lower(struct slice rest)
{
    return rest.len > 0 && g_unichar_islower(g_utf8_get_char(rest.ptr));
}

static bool follows(enum follow follow, struct slice rest)
{
    switch (follow) {
    case FOLLOW_ANY:
        return true;
    case FOLLOW_NAME:
        return !first_word_in(rest, starters);
    case FOLLOW_NUMBER:
        return begins_number(rest);
    case FOLLOW_DATE:
        return first_word_in(rest, dates);
    }
    g_assert_not_reached();
}

/* "12.", "1.2.", "a.", "iv.": the number of an item, alone. */
static bool is_item_number(const char *word)
{
    size_t digits = strspn(word, "0123456789."), roman = strspn(word, "ivx"), len = strlen(word);
    return (digits == len && len <= 6) || (roman == len && len <= 5) || (len == 1 && g_ascii_isalpha(word[0]));
}

/* "Table 3.", "Recuadro 2.": a caption's label, not a sentence. */
static bool is_caption_label(struct slice part)
{
    size_t spaces = 0;
    for (size_t i = 0; i < part.len && i <= 24; i++)
        spaces += part.ptr[i] == ' ';
    return part.len <= 24 && spaces <= 1 + (part.ptr[part.len - 1] == ' ');
}

/* Does the stop that ends `part` leave the sentence open before `rest`? bracket: a bracket opens before it ("Castro, J. (2016)"). */
static bool stop_goes_on(struct slice part, struct slice rest, bool bracket, uint8_t languages, enum zone zone)
{
    char word[48];
    const char *start;
    if (!word_before_stop(part, word, sizeof word, &start))
        return false;
    bool first = start == part.ptr;
    if (first && is_item_number(word))
        return true;
    const struct abbreviation *abbreviation = abbreviation_of(word, languages);
    gunichar initial = g_utf8_get_char(start);
    if (abbreviation && follows(abbreviation->follow, rest))
        return true;
    if (g_unichar_isupper(initial) && *g_utf8_next_char(start) == '.') /* an initial, or an acronym with stops */
        return (bracket && !first) || (!first_word_in(rest, starters) && rest.len > 0 && g_unichar_isupper(g_utf8_get_char(rest.ptr)));
    return zone == ZONE_CAPTION && g_ascii_isdigit(word[0]) && is_caption_label(part);
}

/* Is what the rules of every language take for two sentences one? */
static bool goes_on(struct slice part, struct slice rest, uint8_t languages, enum zone zone)
{
    bool bracket = slice_starts(rest, "(");
    while (rest.len > 0 && is_opener(g_utf8_get_char(rest.ptr)))
        rest = slice_sub(rest, (size_t)(g_utf8_next_char(rest.ptr) - rest.ptr), rest.len);
    if (slice_starts(rest, "– ") || slice_starts(rest, "— "))
        rest = slice_sub(rest, 4, rest.len);
    if (begins_lower(rest) || slice_starts(rest, "&"))
        return true;
    return stop_goes_on(part, rest, bracket, languages, zone);
}

/* Where a quotation closes after a space (`end. ” Then`), the break is behind it. */
static uint32_t behind_closers(const char *text, uint32_t at, uint32_t end)
{
    uint32_t ptr = at;
    while (ptr < end && is_closer(g_utf8_get_char(text + ptr)))
        ptr = (uint32_t)(g_utf8_next_char(text + ptr) - text);
    return ptr > at && (ptr == end || g_ascii_isspace(text[ptr])) ? ptr : at;
}

/* How good a place is to cut a sentence that is too long; CUT_CHARACTER may stand inside a word: one longer than a sentence may be. */
enum cut { CUT_CHARACTER, CUT_SIGN, CUT_NUMBER, CUT_SPACE, CUT_COMMA, CUT_COLON, CUT_SEMICOLON };

static enum cut cut_at(const char *text, uint32_t at)
{
    gunichar before = char_before(text, text + at), after = g_utf8_get_char(text + at);
    if (!g_ascii_isspace(text[at])) /* never between "12" and ".5", nor behind the narrow space of "12 000" */
        return g_unichar_isalnum(before) || g_unichar_ismark(before) || g_unichar_isdigit(after) ? CUT_CHARACTER : CUT_SIGN;
    switch (before) {
    case ';':
        return CUT_SEMICOLON;
    case ':':
        return CUT_COLON;
    case ',':
        return CUT_COMMA;
    default: /* "12 000", "300 people" */
        return g_unichar_isdigit(before) || g_ascii_isdigit(text[at + 1]) ? CUT_NUMBER : CUT_SPACE;
    }
}

/* The last best place to cut in the second half of what a sentence may hold; in the first half only where the second is one word. */
static uint32_t cut(const char *text, uint32_t start)
{
    const char *ptr = text + start + LIMIT_SENTENCE_BYTES;
    while ((*ptr & 0xC0) == 0x80)
        ptr--;
    uint32_t best = (uint32_t)(ptr - text), half = start + LIMIT_SENTENCE_BYTES / 2;
    enum cut rank = cut_at(text, best);
    for (ptr = g_utf8_prev_char(ptr); ptr > text + start && (ptr > text + half || rank < CUT_NUMBER); ptr = g_utf8_prev_char(ptr)) {
        enum cut here = cut_at(text, (uint32_t)(ptr - text));
        if (here > rank) {
            rank = here;
            best = (uint32_t)(ptr - text);
        }
    }
    return best;
}

static void add_sentence(struct document *doc, uint32_t passage, uint32_t start, uint32_t end)
{
    const char *text = doc->text->str;
    while (end > start && g_ascii_isspace(text[end - 1]))
        end--;
    for (uint32_t next = end; start < end; start = next) {
        while (g_ascii_isspace(text[start]))
            start++;
        next = end - start > LIMIT_SENTENCE_BYTES ? cut(text, start) : end;
        struct sentence sentence = {{start, next}, passage};
        while (g_ascii_isspace(text[sentence.span.end - 1]))
            sentence.span.end--;
        g_array_append_val(doc->sentences, sentence);
    }
}

/* A break that those rules do not see, in [from, end): a stop, space, and a number that begins a sentence ("… in 2014. 300 people …"; to them the lower case that follows
 * the number goes on with what stands before it). Returns where the number begins, or `end`. */
static uint32_t break_before_number(const char *text, uint32_t from, uint32_t end)
{
    for (;;) {
        const char *stop = memchr(text + from, '.', end - from);
        if (!stop)
            return end;
        uint32_t at = behind_closers(text, (uint32_t)(stop - text) + 1, end), number = at;
        from = (uint32_t)(stop - text) + 1;
        while (number < end && text[number] == ' ')
            number++;
        uint32_t begin = number;
        while (number < end && (is_opener(g_utf8_get_char(text + number)) || g_unichar_type(g_utf8_get_char(text + number)) == G_UNICODE_CURRENCY_SYMBOL))
            number = (uint32_t)(g_utf8_next_char(text + number) - text);
        if (begin > at && number < end && g_ascii_isdigit(text[number]))
            return begin;
    }
}

struct splitter {
    struct document *doc;
    uint32_t passage, start, end; /* of the sentence that is open; end of the passage */
    uint8_t languages;
    enum zone zone;
};

/* Ends the open sentence at a place where one may end, unless it goes on there. */
static void maybe_end(struct splitter *s, uint32_t at)
{
    const char *text = s->doc->text->str;
    if (at >= s->end || at <= s->start || goes_on(slice_make(text + s->start, at - s->start), slice_make(text + at, s->end - at), s->languages, s->zone))
        return;
    add_sentence(s->doc, s->passage, s->start, at);
    s->start = at;
}

static void split(struct splitter *s)
{
    const char *text = s->doc->text->str;
    for (uint32_t from = s->start, at; from < s->end; from = at) {
        at = sentence_break(text, from, s->end);
        for (uint32_t more = break_before_number(text, from, at); more < at; more = break_before_number(text, more, at))
            maybe_end(s, more);
        maybe_end(s, behind_closers(text, at, s->end));
    }
    add_sentence(s->doc, s->passage, s->start, s->end);
}

void sentences_find(struct document *doc, const char *language)
{
    uint8_t languages = g_strcmp0(language, "en") == 0 ? EN : g_strcmp0(language, "es") == 0 ? ES : g_strcmp0(language, "fr") == 0 ? FR : ALL;
    g_array_set_size(doc->sentences, 0);
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone == ZONE_HEADING || passage->zone == ZONE_TABLE)
            add_sentence(doc, i, passage->span.start, passage->span.end);
        else
            split(&(struct splitter){doc, i, passage->span.start, passage->span.end, languages, passage->zone});
    }
}
