/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/printed_date.h"

#include "base/lower.h"
#include "ingest/facts/date.h"

#include <stdio.h>

enum {
    FIRST_PASSAGES = 30, /* looked at */
    DAYS_AHEAD = 62,     /* a file may be made before the day that it prints, but not so long before */
    DATE_BYTES = 72,     /* a passage or cell that is a date is no longer */
    TITLE_BYTES = 200,   /* a passage or cell that ends in a date */
    LONG_BODY = 260,     /* a paragraph of this length ends the page's head */
};

enum rank { RANK_NONE, RANK_YEAR, RANK_PERIOD, RANK_TITLE, RANK_ALONE, RANK_PUBLISHED };

/* Words before a date. */
static const char *const cues[] = {"distr", "general", "published", "publication", "publicación", "publié", "publicado", "released", "issued", "date", "fecha", "updated", "original", "english",
                                   "spanish", "french", "de", "of", "la", "on", "le", "del", "du", "no", "limited", "restricted", "español", "inglés", "francés", "français", "anglais"};

/* Those of them that say that it is the day of publication. */
static const char *const published[] = {"distr", "published", "publication", "publicación", "publié", "publicado", "released", "issued"};

/* Words before a date at the end of a title: "as of" and "update of" are two. */
static const char *const leads[] = {"for", "at", "au", "al", "dated", "date", "fecha", "updated", "update", "sitrep", "as of", "update of", "report of", "bulletin of", "rapport du", "situation du", "bulletin du",
                                    "informe del", "boletín del", "situación al"};

/* Words that make the day before or behind them an end of a span. */
static const char *const spans[] = {"from", "between", "since", "until", "till", "to", "and", "depuis", "entre", "jusqu", "desde", "hasta"};

static bool is_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* Digits, a dash and digits or a month before another: "10–13 June 2025", "July-September 2025", "2010-2014" are spans, not a day. */
static bool is_span(struct slice text)
{
    for (size_t i = 1; i + 1 < text.len; i++) {
        bool dash = text.ptr[i] == '-' || (i + 3 < text.len && memcmp(text.ptr + i, "–", 3) == 0);
        size_t after = i + (text.ptr[i] == '-' ? 1 : 3);
        bool machine = i >= 4 && g_ascii_isdigit(text.ptr[i - 4]) && text.ptr[i] == '-' && i + 3 < text.len && text.ptr[i + 3] == '-'; /* 2015-05-04 */
        if (dash && !machine && after < text.len && text.ptr[i - 1] != '-' && g_ascii_isalnum(text.ptr[i - 1]) && (g_ascii_isalnum(text.ptr[after]) || text.ptr[after] == ' '))
            return !(i >= 7 && text.ptr[i - 3] == '-');
    }
    return false;
}

static bool is_year(const char *word)
{
    return strlen(word) == 4 && (g_str_has_prefix(word, "19") || g_str_has_prefix(word, "20")) && g_ascii_isdigit(word[2]) && g_ascii_isdigit(word[3]);
}

/* "29/07/2025", "5.9.2014": NULL where it is no such word, or has two readings and the language does not decide. */
static char *numeric_day(const char *word, const char *language)
{
    static const char *const day_first[] = {"es", "fr", "pt", "it", "de"};
    int used = 0;
    unsigned first, second, year;
    char sign[2];
    if (sscanf(word, "%2u%1[/.]%2u%*1[/.]%4u%n", &first, sign, &second, &year, &used) != 4 || used == 0 || word[used] != '\0' || year < 1900 || year > 2099)
        return NULL;
    bool swap = first <= 12 && second > 12;
    if (first <= 12 && second <= 12 && first != second && !(language && is_of(language, day_first, G_N_ELEMENTS(day_first))))
        return NULL;
    unsigned day = swap ? second : first, month = swap ? first : second;
    return g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year) ? g_strdup_printf("%04u-%02u-%02u", year, month, day) : NULL;
}

/* Cuts the time of day off that stands behind the year: "5 September 2014 – 19:00", "4 août 2014 à 18h00", "21 May 2014 – 6pm", and brackets and stops. */
static struct slice without_clock(struct slice text)
{
    static GRegex *pattern;
    if (!pattern)
        pattern = g_regex_new("(?:(?<=\\d{4})(?:,? *(?:[–-]|à|at|a las)? *\\d{1,2}(?:[:.h]\\d{2}|h|[ap]m| *[ap]\\.m\\.| *(?:hours|hrs|heures|horas))+))?[ .)]*$", G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    int start = 0;
    if (g_regex_match_full(pattern, text.ptr, (gssize)text.len, 0, 0, &match, NULL) && g_match_info_fetch_pos(match, 0, &start, NULL))
        return slice_sub(text, 0, (size_t)start);
    return text;
}

/* A word of a text, whether it leads to a date. */
static bool is_cue(const char *word)
{
    g_autofree char *lower = slice_lower(slice_of(word));
    return is_of(lower, cues, G_N_ELEMENTS(cues)) || (g_ascii_isalpha(*word) && strchr(word, '/')); /* the document's symbol: A/48/653 */
}

static char *with_month(char *date)
{
    if (date && strlen(date) < 7)
        g_clear_pointer(&date, g_free);
    return date;
}

char *date_alone(struct slice text, const char *language)
{
    if (text.len < 6 || text.len > DATE_BYTES)
        return NULL;
    text = without_clock(text);
    if (is_span(text))
        return NULL;
    g_autofree char *copy = slice_dup(text);
    g_auto(GStrv) words = g_strsplit_set(copy, " :,()\n", -1);
    guint years = 0, others = 0, at = 0, first = 0;
    g_autofree char *numeric = NULL;
    for (char **word = words; *word; word++) {
        size_t len = strlen(*word);
        bool stop = len > 1 && (*word)[len - 1] == '.'; /* "Distr.", "12." */
        if (stop)
            (*word)[len - 1] = '\0';
        if (!**word)
            continue;
        bool cue = is_cue(*word);
        if (!numeric)
            numeric = numeric_day(*word, language);
        at++;
        years += is_year(*word);
        if (!cue && first == 0)
            first = at;
        others += !cue;
    }
    if (numeric && others == 1)
        return g_steal_pointer(&numeric);
    if (years != 1 || others > 3)
        return NULL;
    const char *begin = copy; /* the date without the cues before it */
    for (at = 0; *begin && at + 1 < first; at++) {
        begin += strcspn(begin, " :,()\n");
        begin += strspn(begin, " :,()\n");
    }
    return with_month(date_edtf(begin));
}

/* Does a text end in a word, or two, of the list? Lower case. */
static bool ends_in(const char *text, const char *const *list, size_t n)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < n; i++) {
        size_t word = strlen(list[i]);
        if (len >= word && strcmp(text + len - word, list[i]) == 0 && (len == word || !g_ascii_isalnum(text[len - word - 1])))
            return true;
    }
    return false;
}

/* Is what stands before a title's date one that leads to it: a cue, or a sign after words ("Report – 3 May 2015", "(3 May 2015")? Nothing before it may begin a span. */
static bool leads_to_date(const char *before)
{
    g_autofree char *lower = slice_lower(slice_of(before));
    g_auto(GStrv) words = g_strsplit_set(lower, " ,;:()", -1);
    for (char **word = words; *word; word++)
        if (is_of(*word, spans, G_N_ELEMENTS(spans)) && strcmp(*word, "and") != 0 && strcmp(*word, "to") != 0)
            return false;
    g_strchomp(lower);
    size_t len = strlen(lower);
    static const char *const signs[] = {"–", "—", "-", "(", ")", "|", ":", ",", "/", "_"};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (len > strlen(signs[i]) && g_str_has_suffix(lower, signs[i])) {
            g_autofree char *inner = g_strndup(lower, len - strlen(signs[i]));
            size_t whole = strlen(inner), left = strlen(g_strchomp(inner));
            bool dash = i < 3; /* "17 February–14 March 2019" is a span */
            return left > 0 && (!dash || left < whole) && !g_ascii_isdigit(inner[left - 1]);
        }
    if (g_regex_match_simple("(?:no\\.?|n°|nº|#) ?\\d+$", lower, 0, 0)) /* "No. 12 21 September 2014" */
        return true;
    return ends_in(lower, leads, G_N_ELEMENTS(leads));
}

/* The day at the end of a line that says more. */
static char *date_at_end(struct slice text, const char *language)
{
    static GRegex *pattern;
    if (!pattern)
        pattern = g_regex_new("(?:^|(?<=[ (/_–—-]))(\\d{1,2}(?:st|nd|rd|th|er|º|°)? (?:de |of )?\\p{L}{3,12}\\.?,? (?:de |del )?(?:19|20)\\d\\d|\\p{L}{3,12} \\d{1,2}(?:st|nd|rd|th)?, (?:19|20)\\d\\d|\\d{1,2}/\\d{1,2}/(?:19|20)\\d\\d)$",
                              G_REGEX_OPTIMIZE, 0, NULL);
    if (text.len > TITLE_BYTES)
        return NULL;
    text = without_clock(text);
    g_autoptr(GMatchInfo) match = NULL;
    int start = 0;
    if (!g_regex_match_full(pattern, text.ptr, (gssize)text.len, 0, 0, &match, NULL) || !g_match_info_fetch_pos(match, 1, &start, NULL) || start == 0)
        return NULL;
    g_autofree char *before = slice_dup(slice_sub(text, 0, (size_t)start));
    g_autofree char *day = slice_dup(slice_sub(text, (size_t)start, text.len));
    if (!leads_to_date(before))
        return NULL;
    char *date = strchr(day, '/') ? numeric_day(day, language) : date_edtf(day);
    if (date && strlen(date) < 10)
        g_clear_pointer(&date, g_free);
    return date;
}

/* "July–September 2025", "January to March 2025", "enero a marzo de 2025". */
static char *months_of(struct slice text)
{
    static GRegex *pattern;
    if (!pattern)
        pattern = g_regex_new("^(\\p{L}{3,10})\\.?(?:(?: ?[–-] ?)|(?: (?:to|a|à|au|and|et|y) ))(\\p{L}{3,10})\\.?,? (?:de |del )?((?:19|20)\\d\\d)$", G_REGEX_OPTIMIZE, 0, NULL);
    g_autofree char *copy = slice_dup(slice_trim(text));
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(pattern, copy, 0, &match))
        return NULL;
    char *ends[2];
    for (int i = 0; i < 2; i++) {
        g_autofree char *month = g_match_info_fetch(match, i + 1), *year = g_match_info_fetch(match, 3);
        g_autofree char *whole = g_strconcat(month, " ", year, NULL);
        ends[i] = with_month(date_edtf(whole));
    }
    char *both = ends[0] && ends[1] && strcmp(ends[0], ends[1]) < 0 ? g_strconcat(ends[0], "/", ends[1], NULL) : NULL;
    g_free(ends[0]);
    g_free(ends[1]);
    return both;
}

static bool says_published(struct slice text)
{
    g_autofree char *lower = slice_lower(text);
    g_auto(GStrv) words = g_strsplit_set(lower, " :,.()\t\n", -1);
    for (char **word = words; *word; word++)
        if (is_of(*word, published, G_N_ELEMENTS(published)))
            return true;
    return false;
}

struct finding {
    char *date;
    enum rank rank;
};

/* Takes ownership of `date`. */
static void take(struct finding *best, enum rank rank, char *date)
{
    if (date && rank > best->rank) {
        g_free(best->date);
        *best = (struct finding){date, rank};
    } else {
        g_free(date);
    }
}

/* What one cell of a passage says. row: the whole passage, whose first cell may say what the others are. */
static void read_cell(struct finding *best, struct slice cell, struct slice row, const char *language, const char *made)
{
    char *alone = row.len <= 4 * DATE_BYTES ? date_alone(cell, language) : NULL;
    if (alone) {
        take(best, says_published(row) ? RANK_PUBLISHED : RANK_ALONE, alone);
        return;
    }
    take(best, RANK_TITLE, date_at_end(cell, language));
    take(best, RANK_PERIOD, cell.len <= DATE_BYTES ? months_of(cell) : NULL);
    g_autofree char *year = cell.len == 4 ? slice_dup(cell) : NULL;
    if (year && is_year(year) && made && strncmp(made, year, 4) == 0)
        take(best, RANK_YEAR, g_steal_pointer(&year));
}

static struct finding printed_date(const struct document *doc)
{
    struct finding best = {NULL, RANK_NONE};
    uint32_t page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        struct slice text = document_slice(doc, passage->span);
        if (passage->page != page || (passage->zone == ZONE_BODY && text.len > LONG_BODY))
            break;
        for (size_t start = 0, at = 0; at <= text.len; at++)
            if (at == text.len || text.ptr[at] == '\t') {
                read_cell(&best, slice_trim(slice_sub(text, start, at)), text, doc->metadata.language, doc->metadata.date);
                start = at + 1;
            }
    }
    return best;
}

/* An EDTF date that says its month, from its first day on. */
static bool day_of(const char *date, GDate *ret)
{
    guint64 year = g_ascii_strtoull(date, NULL, 10), month = strlen(date) >= 7 ? g_ascii_strtoull(date + 5, NULL, 10) : 0;
    guint64 day = strlen(date) >= 10 && date[7] == '-' ? g_ascii_strtoull(date + 8, NULL, 10) : 1;
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    g_date_clear(ret, 1);
    g_date_set_dmy(ret, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return true;
}

/* Days from one date to another; 0: one of them says no month. */
static int days_between(const char *from, const char *to)
{
    GDate first, last;
    return day_of(from, &first) && day_of(to, &last) ? g_date_days_between(&first, &last) : 0;
}

void find_printed_date(struct document *doc)
{
    if (doc->metadata.date && g_strcmp0(doc->reader, "pdf") != 0)
        return;
    struct finding found = printed_date(doc);
    char *made = doc->metadata.date;
    if (!found.date) {
        doc->metadata.date = made ? g_strconcat(made, "?", NULL) : NULL;
    } else {
        if (made && days_between(made, found.date) > DAYS_AHEAD) /* months before the printed one: it is somebody's template */
            document_warn(doc, "date", DOCUMENT_AT(doc->passages, struct passage, 0).page, "prints the date %s, and says that the file was made on %s: the printed one is cited", found.date, made);
        doc->metadata.date = found.date;
    }
    g_free(made);
}
