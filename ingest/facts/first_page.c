/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/first_page.h"

#include "ingest/facts/date.h"
#include "ingest/facts/symbol.h"

enum {
    FIRST_PASSAGES = 30,   /* looked at */
    TITLE_BYTES = 300,
    TITLE_LEAST = 8,
    DAYS_AHEAD = 62,       /* a file may be made before the day that it prints, but not so long before */
    DATE_BYTES = 72,       /* a passage or cell that is a date is no longer */
    LONG_BODY = 260,       /* a paragraph of this length ends the page's head */
    PUBLISHER_BYTES = 90,
    IMPRINT_PASSAGES = 60, /* where a copyright line may stand, at either end */
};

/* Names of sections, in lower case: a heading that is one is no title. */
static const char *const sections[] = {
    "introduction", "executive summary", "summary", "contents", "table of contents", "highlights", "key figures", "key messages", "background", "context", "acknowledgements",
    "acknowledgments", "foreword", "preface", "abstract", "annex", "overview", "research brief", "introducción", "resumen", "resumen ejecutivo", "índice", "contenido", "destacados",
    "cifras destacadas", "antecedentes", "contexto", "agradecimientos", "prólogo", "résumé", "sommaire", "table des matières", "contexte", "points saillants", "faits saillants",
    "avant-propos", "remerciements", "for decision", "for information", "original: english", "general", "english", "report of the secretary-general",
};

/* Words that end or begin an organisation's name: a short heading with one is a letterhead. */
static const char *const organisations[] = {
    "nations", "council", "assembly", "secretariat", "ministry", "division", "department", "office", "centre", "center", "commission", "committee", "agency", "fund", "board", "programme",
    "organization", "organisation", "institute", "university", "mission", "unies", "unidas", "consejo", "secretaría", "secretariado", "ministerio", "oficina", "centro", "comisión",
    "fondo", "secrétariat", "ministère", "bureau", "conseil", "republic", "república", "république", "rights", "foundation",
};

static bool word_in(struct slice text, const char *const *list, size_t n)
{
    g_autofree char *lower = g_utf8_strdown(text.ptr, (gssize)text.len);
    g_auto(GStrv) words = g_strsplit_set(lower, " ,.:;()-/\t\n", -1);
    for (char **word = words; *word; word++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(*word, list[i]) == 0)
                return true;
    return false;
}

static bool is_section(struct slice text)
{
    g_autofree char *lower = g_utf8_strdown(text.ptr, (gssize)text.len);
    g_strchomp(lower);
    size_t len = strlen(lower);
    if (len > 0 && lower[len - 1] == ':')
        lower[len - 1] = 0;
    const char *name = lower + strspn(lower, "0123456789.ivx) ");
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
        if (strcmp(name, sections[i]) == 0 || strcmp(lower, sections[i]) == 0)
            return true;
    return false;
}

static unsigned count_words(struct slice text)
{
    unsigned words = 0;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] != ' ' && (i == 0 || text.ptr[i - 1] == ' ');
    return words;
}

/* "I. Introduction", "1. Overview", "A. Scope": numbered, so a part. */
static bool is_numbered(struct slice text)
{
    size_t i = 0;
    while (i < text.len && strchr("0123456789IVXABC.", text.ptr[i]))
        i++;
    return i > 0 && i < text.len && text.ptr[i - 1] == '.' && text.ptr[i] == ' ';
}

static char *date_of(struct slice text);

/* How much a passage is like a title; 0 or less: it is none. named: a short one with an organisation's name may be the title ("United Nations operation in …"). */
static int title_score(const struct document *doc, const struct passage *passage, bool named)
{
    struct slice text = document_slice(doc, passage->span);
    unsigned words = count_words(text);
    gunichar first = text.len > 0 ? g_utf8_get_char(text.ptr) : 0;
    bool begins = g_unichar_isalnum(first) || first == '(' || first == '"' || first == 0x201C || first == 0xAB || first == 0xBF;
    if (!begins || slice_ends(text, ":") || (passage->flags & PASSAGE_LIST))
        return 0;
    if (passage->zone != ZONE_HEADING || text.len < TITLE_LEAST || text.len > TITLE_BYTES || memchr(text.ptr, '\t', text.len) || is_section(text) || is_numbered(text))
        return 0;
    g_autofree char *date = text.len <= DATE_BYTES ? date_of(text) : NULL;
    if (date && words <= 5)
        return 0;
    int score = (int)MIN(words, 10) + (passage->level == 1 ? 6 : passage->level == 2 ? 3 : 0);
    if (!named && words <= 6 && word_in(text, organisations, G_N_ELEMENTS(organisations)))
        score -= 9;
    return words == 1 ? score - 3 : score;
}

/* The passage most like a title among the first ones, or NONE. whole: also behind the first section's heading, where the text has begun. */
static uint32_t best_title(const struct document *doc, bool named, bool whole)
{
    uint32_t best = NONE, page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    int most = 0;
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        struct slice text = document_slice(doc, passage->span);
        if (page != NONE && passage->page > page + (best == NONE ? 1 : 0)) /* the second page only where the first has none: it may be a cover without text */
            break;
        if (!whole && passage->zone == ZONE_HEADING && is_numbered(text))
            break;
        int score = title_score(doc, passage, named);
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

static void find_title(struct document *doc)
{
    uint32_t best = best_title(doc, false, false);
    if (best == NONE)
        best = best_title(doc, true, false);
    if (best == NONE)
        best = best_title(doc, false, true);
    if (best != NONE)
        doc->metadata.title = slice_dup(document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, best).span));
}

/* Cues before a date; the surest first. */
static const char *const cues[] = {"distr", "general", "published", "publication", "publicación", "publié", "publicado", "released", "issued", "date", "fecha", "updated", "original", "english",
                                   "spanish", "french", "de", "of", "la", "on", "le", "del", "du", "no", "limited", "restricted"};

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

/* The date that a short text is, behind cues; at least its month. NULL: it says more than a date, or none. */
static char *date_of(struct slice text)
{
    if (text.len < 6 || text.len > DATE_BYTES || is_span(text))
        return NULL;
    g_autofree char *copy = slice_dup(text);
    g_auto(GStrv) words = g_strsplit_set(copy, " :,.()\n", -1);
    guint years = 0, others = 0, first = 0, at = 0;
    for (char **word = words; *word; word++) {
        if (!**word)
            continue;
        g_autofree char *lower = g_utf8_strdown(*word, -1);
        bool cue = false;
        for (size_t i = 0; i < G_N_ELEMENTS(cues); i++)
            cue |= strcmp(lower, cues[i]) == 0;
        cue |= g_ascii_isalpha(**word) && strchr(*word, '/'); /* the document's symbol: A/48/653 */
        at++;
        years += is_year(*word);
        if (!cue && first == 0)
            first = at;
        others += !cue;
    }
    if (years != 1 || others > 3)
        return NULL;
    const char *begin = copy; /* the date without the cues before it */
    for (at = 0; *begin && at + 1 < first;) {
        begin += strcspn(begin, " :,.()\n");
        begin += strspn(begin, " :,.()\n");
        at++;
    }
    char *date = date_edtf(begin);
    if (date && strlen(date) < 7)
        g_clear_pointer(&date, g_free);
    return date;
}

/* The date of a passage, or of a cell of it. */
static char *date_in(struct slice text)
{
    if (text.len > 4 * DATE_BYTES)
        return NULL;
    for (size_t start = 0, i = 0; i <= text.len; i++)
        if (i == text.len || text.ptr[i] == '\t') {
            char *date = date_of(slice_sub(text, start, i));
            if (date)
                return date;
            start = i + 1;
        }
    return NULL;
}

/* An EDTF date that says its month, from its first day on. */
static bool day_of(const char *date, GDate *ret)
{
    guint64 year = g_ascii_strtoull(date, NULL, 10), month = strlen(date) >= 7 ? g_ascii_strtoull(date + 5, NULL, 10) : 0;
    guint64 day = strlen(date) >= 10 ? g_ascii_strtoull(date + 8, NULL, 10) : 1;
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

/* What a document prints as its date is what is cited. The date of a PDF says only when the file was made: months before the printed one, it is somebody's template. */
static void find_date(struct document *doc)
{
    bool made = g_strcmp0(doc->reader, "pdf") == 0;
    if (doc->metadata.date && !made)
        return;
    uint32_t page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        struct slice text = document_slice(doc, passage->span);
        if (passage->page != page || (passage->zone == ZONE_BODY && text.len > LONG_BODY))
            break;
        char *date = date_in(text);
        if (!date)
            continue;
        if (doc->metadata.date && days_between(doc->metadata.date, date) > DAYS_AHEAD)
            document_warn(doc, "date", page, "prints the date %s, and says that the file was made on %s: the printed one is cited", date, doc->metadata.date);
        g_free(doc->metadata.date);
        doc->metadata.date = date;
        return;
    }
}

/* A cell that is a symbol, or a symbol and the date; the caller frees it. */
static char *symbol_in(struct slice cell)
{
    char *symbol = symbol_of(cell);
    const char *space = symbol ? NULL : memchr(cell.ptr, ' ', cell.len);
    if (!space)
        return symbol;
    size_t at = (size_t)(space - cell.ptr);
    g_autofree char *date = date_of(slice_trim(slice_sub(cell, at, cell.len)));
    return date ? symbol_of(slice_sub(cell, 0, at)) : NULL;
}

/* The first cell or passage of the first page's head that is a symbol. */
static void find_symbol(struct document *doc)
{
    uint32_t page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        struct slice text = document_slice(doc, passage->span);
        if (passage->page != page || passage->zone == ZONE_NOTE || (passage->zone == ZONE_BODY && text.len > LONG_BODY))
            break;
        for (size_t start = 0, at = 0; at <= text.len; at++)
            if (at == text.len || text.ptr[at] == '\t') {
                struct slice cell = slice_trim(slice_sub(text, start, at));
                doc->metadata.symbol = symbol_in(cell);
                if (doc->metadata.symbol)
                    return;
                start = at + 1;
            }
    }
}

/* The name behind "© 2018" or "Published by": words with capitals and what joins them. NULL: none. */
static char *name_from(struct slice text)
{
    size_t end = 0;
    while (text.len > 0 && !g_ascii_isalpha(text.ptr[0]) && (unsigned char)text.ptr[0] < 0x80)
        text = slice_sub(text, 1, text.len);
    if (slice_starts(text, "by "))
        text = slice_sub(text, 3, text.len);
    while (end < text.len && end < PUBLISHER_BYTES && !strchr(".,;:\n\t([|", text.ptr[end]) && !g_ascii_isdigit(text.ptr[end]))
        end++;
    struct slice name = slice_trim(slice_sub(text, 0, end));
    static const char *const none[] = {"All rights", "The ", "This ", "No part", "Copyright", "Reserved"};
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
        if (slice_starts(name, none[i]) && i != 1)
            return NULL;
    if (name.len < 3 || end >= PUBLISHER_BYTES || !g_unichar_isupper(g_utf8_get_char(name.ptr)) || count_words(name) > 10)
        return NULL;
    return slice_dup(name);
}

static char *imprint_of(struct slice text)
{
    static const char *const signs[] = {"©", "Copyright ©", "Published by", "Publicado por", "Publié par"};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        const char *sign = g_strstr_len(text.ptr, (gssize)text.len, signs[i]);
        if (!sign)
            continue;
        size_t behind = (size_t)(sign - text.ptr) + strlen(signs[i]);
        char *name = name_from(slice_sub(text, behind, text.len));
        if (name)
            return name;
    }
    return NULL;
}

/* The organisation whose letterhead the page is: its name alone, first on the page. */
static char *letterhead(const struct document *doc)
{
    static const char *const heads[] = {"United Nations", "Naciones Unidas", "Nations Unies", "European Commission", "World Bank", "African Union"};
    for (guint p = 0; p < MIN(doc->passages->len, 2u); p++) {
        struct slice text = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, p).span);
        const char *tab = memchr(text.ptr, '\t', text.len);
        struct slice cell = slice_trim(tab ? slice_sub(text, 0, (size_t)(tab - text.ptr)) : text);
        for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
            if (slice_is(cell, heads[i]))
                return g_strdup(heads[i]);
    }
    return NULL;
}

static void find_publisher(struct document *doc)
{
    guint n = doc->passages->len;
    char *name = letterhead(doc);
    for (guint i = 0; i < n && !name; i++) {
        if (i == IMPRINT_PASSAGES && n > 2 * IMPRINT_PASSAGES)
            i = n - IMPRINT_PASSAGES;
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone != ZONE_CAPTION && passage->zone != ZONE_NOTE)
            name = imprint_of(document_slice(doc, passage->span));
    }
    doc->metadata.publisher = name;
}

void first_page_facts(struct document *doc)
{
    if (!doc->metadata.title || !*doc->metadata.title) {
        g_clear_pointer(&doc->metadata.title, g_free);
        find_title(doc);
    }
    find_date(doc);
    if (!doc->metadata.symbol)
        find_symbol(doc);
    if (!doc->metadata.publisher)
        find_publisher(doc);
}
