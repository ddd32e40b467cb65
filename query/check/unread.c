/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/check/parts.h"

#include "query/words/rows.h"

/* A word that says a number: words/unread.tsv, read once. */
struct number_word {
    const char *language, *word;
};

static const GArray *number_words(void)
{
    static GArray *words;
    if (words)
        return words;
    words = g_array_new(FALSE, FALSE, sizeof(struct number_word));
    g_autoptr(GPtrArray) rows = word_rows("unread");
    for (guint i = 0; i < rows->len; i++) {
        char *const *row = g_ptr_array_index(rows, i);
        g_assert(row[1]);
        g_auto(GStrv) cells = g_strsplit(row[1], " | ", -1);
        for (char **cell = cells; *cell; cell++) {
            struct number_word word = {g_intern_string(row[0]), g_intern_string(*cell)};
            g_array_append_val(words, word);
        }
    }
    return words;
}

static void add_spans(GArray *known, const GArray *mentions)
{
    for (guint i = 0; i < mentions->len; i++)
        g_array_append_val(known, g_array_index(mentions, struct mention, i).span);
}

/* Where numbers are accounted for: figures, periods, names, and what a rule says is no figure. "1.2.3" is none, and nobody knows what it is. */
static GArray *known_spans(const struct mentions *mentions, const GArray *trace)
{
    GArray *known = g_array_new(FALSE, FALSE, sizeof(struct span));
    static const enum mention_type types[] = {MENTION_FIGURE, MENTION_PERIOD, MENTION_LOCATION, MENTION_ACTOR};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        add_spans(known, mentions_of(mentions, types[i]));
    for (guint i = 0; i < trace->len; i++) {
        const struct rule_event *event = &g_array_index(trace, struct rule_event, i);
        bool dotted = g_strcmp0(event->why, "a dotted number") == 0;
        if (!dotted && (g_strcmp0(event->why, "excluded") == 0 || g_strcmp0(event->rule, "number.excluded") == 0))
            g_array_append_val(known, event->span);
    }
    return known;
}

static bool touches(const GArray *spans, struct span span)
{
    for (guint i = 0; i < spans->len; i++) {
        const struct span *other = &g_array_index(spans, struct span, i);
        if (span.start < other->end && other->start < span.end)
            return true;
    }
    return false;
}

/* The draft's text at a byte. */
struct reading {
    struct slice text;
    const char *language;
};

static gunichar char_at(const struct reading *reading, uint32_t at)
{
    return at < reading->text.len ? g_utf8_get_char(reading->text.ptr + at) : 0;
}

static gunichar char_before(const struct reading *reading, uint32_t at)
{
    return at > 0 ? g_utf8_get_char(g_utf8_prev_char(reading->text.ptr + at)) : 0;
}

static uint32_t after_char(const struct reading *reading, uint32_t at)
{
    return (uint32_t)(g_utf8_next_char(reading->text.ptr + at) - reading->text.ptr);
}

static bool is_numeral(gunichar c)
{
    GUnicodeType type = c ? g_unichar_type(c) : G_UNICODE_CONTROL;
    return type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_LETTER_NUMBER || type == G_UNICODE_OTHER_NUMBER;
}

/* A number in digits of any script, with the points and commas inside it: the byte behind it, or `at`. Digits in a word are none: "PM2", "km²". */
static uint32_t digits_at(const struct reading *reading, uint32_t at)
{
    gunichar before = char_before(reading, at);
    bool in_word = before == '_' || g_unichar_isalpha(before);
    uint32_t end = at;
    while (is_numeral(char_at(reading, end))) {
        end = after_char(reading, end);
        bool inner = char_at(reading, end) == '.' || char_at(reading, end) == ',';
        end += inner && is_numeral(char_at(reading, end + 1)) ? 1 : 0;
    }
    return in_word ? at : end;
}

/* A Roman numeral of two letters or more, up to 39, that is no part of a name ("Louis XIV", "Annex II"): the byte behind it, or `at`. */
static uint32_t roman_at(const struct reading *reading, uint32_t at)
{
    const char *text = reading->text.ptr;
    uint32_t end = at, tens = 0, word = at;
    while (end < reading->text.len && strchr("XVI", text[end]))
        end++;
    if (end - at < 2 || g_unichar_isalnum(char_at(reading, end)) || char_at(reading, end) == '-')
        return at;
    while (at + tens < end && text[at + tens] == 'X')
        tens++;
    static const char *const units[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", NULL};
    g_autofree char *unit = g_strndup(text + at + tens, end - at - tens);
    bool roman = tens <= 3 && (*unit == '\0' || g_strv_contains(units + 1, unit));
    while (word > 0 && text[word - 1] == ' ')
        word--;
    while (word > 0 && !g_unichar_isspace(char_before(reading, word)))
        word = (uint32_t)(g_utf8_prev_char(text + word) - text);
    return roman && !(word < at && g_unichar_isupper(char_at(reading, word))) ? end : at;
}

/* A word that says a number: the byte behind it, or `at`. */
static uint32_t word_at(const struct reading *reading, uint32_t at)
{
    const GArray *words = number_words();
    for (guint i = 0; i < words->len; i++) {
        const struct number_word *word = &g_array_index(words, struct number_word, i);
        size_t len = strlen(word->word);
        bool here = at + len <= reading->text.len && g_ascii_strncasecmp(reading->text.ptr + at, word->word, len) == 0;
        if (here && g_str_equal(word->language, reading->language) && !g_unichar_isalnum(char_at(reading, at + (uint32_t)len)))
            return at + (uint32_t)len;
    }
    return at;
}

/* What may begin at a byte; a row is a way in which numbers are written. */
static const struct {
    uint32_t (*end)(const struct reading *reading, uint32_t at);
    bool word; /* begins where a word does */
    const char *why;
} ways[] = {
    {digits_at, false, "no rule understood this number: check it by hand"},
    {roman_at, true, "a Roman numeral, which no rule reads: check it by hand"},
    {word_at, true, "a number in words that no rule reads: check it by hand"},
};

static void add_finding(const struct document *draft, struct span span, const char *why, GPtrArray *findings)
{
    struct finding *finding = finding_new(draft, span, document_sentence_at(draft, span.start));
    finding->verdict = VERDICT_NOT_READ;
    finding->why = g_strdup(why);
    g_ptr_array_add(findings, finding);
}

/* Numbers of a table whose heads are not sure: nobody knows what they count. */
static void add_headless(const struct document *draft, const struct mentions *mentions, GPtrArray *findings)
{
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++) {
        const struct mention *mention = &g_array_index(figures, struct mention, i);
        bool table = mention->passage != NONE && DOCUMENT_AT(draft->passages, struct passage, mention->passage).zone == ZONE_TABLE;
        if (mention->figure.minor && table)
            add_finding(draft, mention->span, "in a table whose heads are not sure: check it by hand", findings);
    }
}

void add_unread(const struct document *draft, const struct mentions *mentions, const GArray *trace, GPtrArray *findings)
{
    g_autoptr(GArray) known = known_spans(mentions, trace);
    add_headless(draft, mentions, findings);
    struct reading reading = {document_text(draft), draft->metadata.language ? draft->metadata.language : "en"};
    for (uint32_t at = 0, next; at < reading.text.len; at = next) {
        bool starts = !g_unichar_isalnum(char_before(&reading, at));
        next = after_char(&reading, at);
        for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
            struct span span = {at, ways[i].word && !starts ? at : ways[i].end(&reading, at)};
            if (span.end == at)
                continue;
            next = span.end;
            if (touches(known, span) || document_passage_at(draft, span.start) == NONE)
                break;
            add_finding(draft, span, ways[i].why, findings);
            break;
        }
    }
}
