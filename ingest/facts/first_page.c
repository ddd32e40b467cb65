/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/first_page.h"

#include "base/lower.h"
#include "ingest/facts/printed_date.h"
#include "ingest/facts/symbol.h"

enum {
    FIRST_PASSAGES = 30,   /* looked at */
    TITLE_BYTES = 420, /* "Letter dated … from the Chair of the Committee pursuant to resolutions …" */
    TITLE_LEAST = 8,
    LONG_BODY = 260,       /* a paragraph of this length ends the page's head */
    PUBLISHER_BYTES = 90,
    HEAD_PASSAGES = 6,     /* where a masthead stands */
    IMPRINT_PASSAGES = 60, /* where a copyright line may stand, at either end */
};

/* Names of sections, in lower case: a heading that is one is no title. */
static const char *const sections[] = {
    "introduction", "executive summary", "summary", "contents", "table of contents", "highlights", "key figures", "key messages", "background", "context", "acknowledgements",
    "acknowledgments", "foreword", "preface", "abstract", "annex", "overview", "research brief", "introducción", "resumen", "resumen ejecutivo", "índice", "contenido", "destacados",
    "cifras destacadas", "antecedentes", "contexto", "agradecimientos", "prólogo", "résumé", "sommaire", "table des matières", "contexte", "points saillants", "faits saillants",
    "avant-propos", "remerciements", "for decision", "for information", "original: english", "general", "english",
};

/* Who wrote what stands above it, in lower case: the whole of a line, or its begin. */
static const char *const bylines[] = {
    "report of the secretary-general", "note by the secretary-general", "report of the secretariat", "note by the secretariat", "report of the executive director", "report of the director-general",
    "informe del secretario general", "nota del secretario general", "informe de la secretaría", "nota de la secretaría", "rapport du secrétaire général", "note du secrétaire général", "rapport du secrétariat",
    "note du secrétariat",
};
static const char *const byline_begins[] = {
    "report prepared by ", "report submitted by ", "prepared by ", "submitted by ", "informe preparado por ", "informe presentado por ", "preparado por ", "rapport établi par ", "rapport présenté par ", "établi par ",
};

/* Titles that say nothing without the line below them, in lower case. */
static const char *const generic[] = {"annual report", "quarterly report", "monthly report", "situation report", "progress report", "final report", "informe anual", "informe trimestral", "informe de situación",
                                      "informe final", "rapport annuel", "rapport trimestriel", "rapport de situation", "rapport final"};

/* Words that end or begin an organisation's name: a short heading with one is a letterhead. */
static const char *const organisations[] = {
    "nations", "council", "assembly", "secretariat", "ministry", "division", "department", "office", "centre", "center", "commission", "committee", "agency", "fund", "board", "programme",
    "organization", "organisation", "institute", "university", "mission", "unies", "unidas", "consejo", "secretaría", "secretariado", "ministerio", "oficina", "centro", "comisión",
    "fondo", "secrétariat", "ministère", "bureau", "conseil", "republic", "república", "république", "rights", "foundation",
};

/* Words that join others: neither a title nor a name ends in one. */
static const char *const joints[] = {"of", "the", "and", "for", "on", "in", "to", "with", "by", "from", "de", "del", "la", "las", "el", "los", "y", "e", "en", "sobre", "para", "por", "du", "des", "le", "les", "et", "sur",
                                     "pour", "au", "aux", "dans", "da", "do", "dos", "das"};

static bool word_in(struct slice text, const char *const *list, size_t n)
{
    g_autofree char *lower = slice_lower(text);
    g_auto(GStrv) words = g_strsplit_set(lower, " ,.:;()-/\t\n", -1);
    for (char **word = words; *word; word++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(*word, list[i]) == 0)
                return true;
    return false;
}

/* What stands before the name of the organisation that it belongs to. */
static const char *const divisions[] = {"division", "unit", "section", "branch", "department"};

/* Words that an organ's name begins with, or its second one is. */
static const char *const organs[] = {"board", "committee", "commission", "council", "assembly", "ministry", "ministerio", "ministère", "gobierno", "government", "república", "comité", "comisión", "consejo"};

/* A list of organisations, or the name of an organ: "Population Fund and the Office for Works", "Special Committee on Water", but not "Special Committee decision on
 * Water". It may still be the title, where nothing else is like one. */
static bool is_name(struct slice text)
{
    g_autofree char *copy = slice_dup(text);
    g_auto(GStrv) words = g_strsplit_set(copy, " ,", -1);
    unsigned named = 0, at = 0;
    bool capitals = true;
    for (char **word = words; *word; word++) {
        struct slice one = slice_of(*word);
        if (one.len == 0)
            continue;
        if (at++ < 2 && word_in(one, organs, G_N_ELEMENTS(organs))) {
            const char *next = word[1] ? word[1] : "";
            return !g_unichar_islower(g_utf8_get_char(next)) || word_in(slice_of(next), joints, G_N_ELEMENTS(joints));
        }
        named += word_in(one, organisations, G_N_ELEMENTS(organisations));
        capitals &= !g_unichar_islower(g_utf8_get_char(*word)) || word_in(one, joints, G_N_ELEMENTS(joints));
    }
    return capitals && named >= 2;
}

static bool is_section(struct slice text)
{
    g_autofree char *lower = slice_lower(text);
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

static bool listed(struct slice text, const char *const *list, size_t n)
{
    g_autofree char *lower = slice_lower(text);
    g_strstrip(lower);
    for (size_t i = 0; i < n; i++)
        if (strcmp(lower, list[i]) == 0)
            return true;
    return false;
}

static bool is_byline(struct slice text)
{
    if (listed(text, bylines, G_N_ELEMENTS(bylines)))
        return true;
    g_autofree char *lower = slice_lower(text);
    for (size_t i = 0; i < G_N_ELEMENTS(byline_begins); i++)
        if (g_str_has_prefix(lower, byline_begins[i]))
            return true;
    return false;
}

/* How much a passage is like a title; 0 or less: it is none. named: a short one with an organisation's name may be the title ("United Nations operation in …"). */
static int title_score(const struct document *doc, const struct passage *passage, bool named)
{
    struct slice text = document_slice(doc, passage->span);
    gunichar first = text.len > 0 ? g_utf8_get_char(text.ptr) : 0;
    bool begins = g_unichar_isalnum(first) || first == '(' || first == '"' || first == 0x201C || first == 0xAB || first == 0xBF;
    if (!begins || passage->zone != ZONE_HEADING || text.len < TITLE_LEAST || text.len > TITLE_BYTES) /* most: no paragraph is looked through */
        return 0;
    unsigned words = count_words(text);
    if (is_byline(text) || slice_ends(text, ":") || (passage->flags & PASSAGE_LIST) || memchr(text.ptr, '\t', text.len))
        return 0;
    if (is_section(text) || is_numbered(text))
        return 0;
    g_autofree char *date = date_alone(text, NULL);
    if (date && words <= 5)
        return 0;
    int score = (int)MIN(words, 10) + (passage->level == 1 ? 6 : passage->level == 2 ? 3 : 0);
    if (!named && words <= 6 && word_in(text, organisations, G_N_ELEMENTS(organisations)))
        score -= 9;
    if (is_name(text))
        score = MIN(score, 3) - 2; /* better than nothing */
    return words == 1 ? score - 3 : score;
}

/* "Dear Madam Secretary:": who signs a letter stands below it, set like a title. */
static bool is_salutation(struct slice text)
{
    static const char *const begins[] = {"Dear ", "Estimado ", "Estimada ", "Excelencia", "Excellency", "Madame, Monsieur", "Madame,", "Monsieur,", "Monsieur le ", "Madame la "};
    for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
        if (slice_starts(text, begins[i]) && text.len < 100)
            return slice_ends(text, ":") || slice_ends(text, ",");
    return false;
}

/* Does a line of who wrote it stand right below this heading? Then it is the title, however short. */
static bool above_byline(const struct document *doc, uint32_t i)
{
    const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i), *next = passage + 1;
    if (i + 1 >= doc->passages->len || passage->zone != ZONE_HEADING || next->page != passage->page)
        return false;
    struct slice text = document_slice(doc, passage->span);
    g_autofree char *date = date_alone(text, NULL);
    return text.len >= TITLE_LEAST && text.len <= TITLE_BYTES && !date && !memchr(text.ptr, '\t', text.len) && !is_byline(text) && is_byline(document_slice(doc, next->span));
}

/* A file that begins in the middle of a sentence is cut out of another: what stands on its first page is not its title. */
static bool is_excerpt(const struct document *doc)
{
    if (doc->passages->len == 0)
        return false;
    const struct passage *first = &DOCUMENT_AT(doc->passages, struct passage, 0);
    return first->zone == ZONE_BODY && !(first->flags & PASSAGE_LIST) && g_unichar_islower(g_utf8_get_char(doc->text->str + first->span.start));
}

/* The passage most like a title among the first ones, or NONE. whole: also behind the first section's heading, where the text has begun. */
static uint32_t best_title(const struct document *doc, bool named, bool whole)
{
    enum { ABOVE_BYLINE = 20 };
    uint32_t best = NONE, page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    bool printed = doc->shifts->len > 0; /* text in the order of reading: no column stands beside the title */
    int most = 0;
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        struct slice text = document_slice(doc, passage->span);
        if (page != NONE && passage->page > page + (best == NONE ? 1 : 0)) /* the second page only where the first has none: it may be a cover without text */
            break;
        if (is_salutation(text))
            break;
        if ((!whole && passage->zone == ZONE_HEADING && is_numbered(text)) || (printed && passage->zone == ZONE_BODY && text.len > LONG_BODY))
            break;
        int score = title_score(doc, passage, named);
        if (above_byline(doc, i))
            score = MAX(score, 0) + ABOVE_BYLINE;
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

static struct slice first_word(struct slice text)
{
    const char *space = memchr(text.ptr, ' ', text.len);
    return space ? slice_sub(text, 0, (size_t)(space - text.ptr)) : text;
}

static struct slice last_word(struct slice text)
{
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ')
        at--;
    return slice_sub(text, at, text.len);
}

/* Does the heading behind a title go on with it: "Convention on" + "CLIMATE", "The framework" + "on the climate"? */
static bool title_goes_on(const struct document *doc, uint32_t i)
{
    if (i + 1 >= doc->passages->len)
        return false;
    const struct passage *title = &DOCUMENT_AT(doc->passages, struct passage, i), *next = title + 1;
    struct slice text = document_slice(doc, title->span), more = document_slice(doc, next->span);
    if (next->zone != ZONE_HEADING || next->page != title->page || more.len == 0 || text.len + more.len > TITLE_BYTES || memchr(more.ptr, '\t', more.len) || is_section(more) || is_numbered(more))
        return false;
    g_autofree char *date = date_alone(more, NULL);
    bool small = g_unichar_islower(g_utf8_get_char(more.ptr)) != 0;
    return !date && (small || word_in(last_word(text), joints, G_N_ELEMENTS(joints)) || (next->level == title->level && word_in(first_word(more), joints, G_N_ELEMENTS(joints))));
}

/* Is this heading the title's first line: "PLAN OF THE VALLEY" over "FOR ITS WATER"? One that begins with an article goes on with nothing. */
static bool title_goes_back(const struct document *doc, uint32_t i)
{
    static const char *const articles[] = {"the", "la", "las", "el", "los", "le", "les", "in"};
    struct slice before = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i).span), text = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i + 1).span);
    if (DOCUMENT_AT(doc->passages, struct passage, i).zone != ZONE_HEADING || word_in(first_word(text), articles, G_N_ELEMENTS(articles)) || before.len < TITLE_LEAST || is_section(before) || is_numbered(before))
        return false;
    g_autofree char *date = date_alone(before, NULL);
    return !date && title_goes_on(doc, i);
}

/* The line below a title that says nothing without it: "Annual report" over "2 May 2018 to 1 May 2019". */
static bool title_needs(const struct document *doc, uint32_t i)
{
    enum { LINE_BYTES = 60 };
    const struct passage *title = &DOCUMENT_AT(doc->passages, struct passage, i), *next = title + 1;
    return i + 1 < doc->passages->len && next->page == title->page && next->span.end - next->span.start <= LINE_BYTES && listed(document_slice(doc, title->span), generic, G_N_ELEMENTS(generic)) &&
           !is_byline(document_slice(doc, next->span));
}

/* "(21/02/2020) The valley under water" without the day before it. */
static struct slice without_day(struct slice text)
{
    const char *close = text.len > 0 && text.ptr[0] == '(' ? memchr(text.ptr, ')', text.len) : NULL;
    if (!close || strspn(text.ptr + 1, "0123456789/.- ") < (size_t)(close - text.ptr - 1))
        return text;
    return slice_trim(slice_sub(text, (size_t)(close - text.ptr) + 1, text.len));
}

/* The file says a title that says nothing alone: with the line that stands below it on the first page. */
static void complete_title(struct document *doc)
{
    for (guint i = 0; i < MIN(doc->passages->len, FIRST_PASSAGES); i++) {
        struct slice text = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i).span);
        if (text.len != strlen(doc->metadata.title) || g_ascii_strncasecmp(text.ptr, doc->metadata.title, text.len) != 0 || !title_needs(doc, i))
            continue;
        g_autofree char *below = slice_dup(document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, i + 1).span)), *alone = doc->metadata.title;
        doc->metadata.title = g_strconcat(alone, ", ", below, NULL);
        return;
    }
}

static void find_title(struct document *doc)
{
    if (is_excerpt(doc))
        return;
    uint32_t best = best_title(doc, false, false);
    if (best == NONE)
        best = best_title(doc, true, false);
    if (best == NONE)
        best = best_title(doc, false, true);
    if (best == NONE)
        return;
    for (unsigned more = 0; more < 2 && best > 0 && title_goes_back(doc, best - 1); more++)
        best--;
    bool needs = title_needs(doc, best);
    GString *title = g_string_new(NULL);
    struct slice text = without_day(document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, best).span));
    g_string_append_len(title, text.ptr, (gssize)text.len);
    for (unsigned more = 0; more < 2 && title_goes_on(doc, best); more++) {
        text = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, ++best).span);
        g_string_append_c(title, ' ');
        g_string_append_len(title, text.ptr, (gssize)text.len);
        needs = false;
    }
    if (needs) {
        text = document_slice(doc, DOCUMENT_AT(doc->passages, struct passage, best + 1).span);
        g_string_append_len(g_string_append(title, ", "), text.ptr, (gssize)text.len);
    }
    doc->metadata.title = g_string_free(title, FALSE);
}

/* A cell that is a symbol, or a symbol and the date; the caller frees it. */
static char *symbol_in(struct slice cell)
{
    char *symbol = symbol_of(cell);
    const char *space = symbol ? NULL : memchr(cell.ptr, ' ', cell.len);
    if (!space)
        return symbol;
    size_t at = (size_t)(space - cell.ptr);
    g_autofree char *date = date_alone(slice_trim(slice_sub(cell, at, cell.len)), NULL);
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

/* A name's words: up to the first in lower case that joins no others, without what joins at its end. "Valley Institute counts" → "Valley Institute". */
static struct slice name_words(struct slice text)
{
    size_t end = 0;
    for (size_t start = 0, i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ' ')
            continue;
        struct slice word = slice_sub(text, start, i);
        start = i + 1;
        if (word.len == 0)
            continue;
        bool joins = word_in(word, joints, G_N_ELEMENTS(joints));
        if (!joins && g_unichar_islower(g_utf8_get_char(word.ptr)))
            break;
        if (!joins)
            end = i;
    }
    return slice_sub(text, 0, end);
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
    struct slice name = name_words(slice_trim(slice_sub(text, 0, end)));
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
    static const char *const signs[] = {"©", "Copyright ©", "Published by", "Publicado por", "Publié par", "publié par", "publicado por", "is produced by", "was produced by", "fue elaborado por", "est produit par"};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        const char *sign = memmem(text.ptr, text.len, signs[i], strlen(signs[i]));
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

/* What a ministry's name may stand behind: "Government of the Valley Ministry of Water". */
static bool is_government(struct slice text)
{
    static const char *const begins[] = {"Government of ", "Republic of ", "Gobierno de ", "República de ", "Gouvernement ", "République "};
    for (size_t i = 0; i < G_N_ELEMENTS(begins); i++)
        if (slice_starts(text, begins[i]))
            return name_words(text).len == text.len;
    return false;
}

/*  An organisation that names itself in the page's head: a cell or line that begins with what only the name of one begins with, or ends in it behind its division
 *  ("Human Rights Division United Nations Mission in the Valley"). */
static char *masthead(const struct document *doc)
{
    static const char *const begins[] = {"United Nations Mission in ", "United Nations Support Mission in ", "United Nations Office ", "Office for the Coordination of Humanitarian Affairs", "Ministry of ",
                                         "Ministerio de ", "Ministère de ", "World Health Organization", "International Organization for Migration"};
    uint32_t page = doc->passages->len > 0 ? DOCUMENT_AT(doc->passages, struct passage, 0).page : NONE;
    for (guint p = 0; p < MIN(doc->passages->len, HEAD_PASSAGES); p++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, p);
        struct slice text = document_slice(doc, passage->span);
        if (passage->page != page || text.len > LONG_BODY)
            break;
        for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
            const char *at = memmem(text.ptr, text.len, begins[i], strlen(begins[i]));
            if (!at)
                continue;
            struct slice before = slice_trim(slice_sub(text, 0, (size_t)(at - text.ptr))), rest = slice_sub(text, (size_t)(at - text.ptr), text.len);
            const char *tab = memchr(rest.ptr, '\t', rest.len);
            rest = slice_trim(tab ? slice_sub(rest, 0, (size_t)(tab - rest.ptr)) : rest);
            struct slice name = name_words(rest);
            bool own = before.len == 0 || is_government(before) || (at > text.ptr && at[-1] == '\t') || word_in(last_word(before), divisions, G_N_ELEMENTS(divisions));
            if (own && name.len == rest.len && name.len < PUBLISHER_BYTES && count_words(name) > 2)
                return slice_dup(name);
        }
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
    doc->metadata.publisher = name ? name : masthead(doc);
}

void first_page_facts(struct document *doc)
{
    if (!doc->metadata.title || !*doc->metadata.title) {
        g_clear_pointer(&doc->metadata.title, g_free);
        find_title(doc);
    } else if (listed(slice_of(doc->metadata.title), generic, G_N_ELEMENTS(generic))) {
        complete_title(doc);
    }
    find_printed_date(doc);
    if (!doc->metadata.symbol)
        find_symbol(doc);
    if (!doc->metadata.publisher)
        find_publisher(doc);
}
