/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/date.h"

#include "base/lower.h"
#include "ingest/facts/page_facts.h"

/* Words that no person's name holds: the byline names an organisation. */
static const char *const organisation_words[] = {
    "press", "news", "staff", "agency", "agencies", "team", "editorial", "editor", "editors", "desk", "office", "ministry", "times", "post", "reuters", "ap", "afp", "efe", "department", "committee", "council", "network", "group", "the",
    "institute", "foundation", "university", "international", "united", "nations", "commission", "organization", "organisation", "centre", "center", "service", "services", "media", "magazine", "radio", "tv", "online", "redacción", "redaccion", "admin",
    "association", "fund", "bank", "programme", "program", "unhcr", "unicef", "ocha", "iom", "company", "inc", "ltd", "board", "wire", "correspondent", "correspondents", "guest", "contributor",
    "contributors", "writer", "writers", "reporter", "reporters", "columnist", "analyst", "director", "business", "cnn", "bbc", "efe", "dpa", "pti", "newsroom", "science", "politics", "sports",
};
/* What systems write where no author was named. */
static const char *const machine_names[] = {"admin", "administrator", "administrador", "webmaster", "jdadmin", "wpadmin", "root", "user", "editor", "unknown", "none", "null", "undefined"};
static const char *const particles[] = {"de", "del", "la", "van", "von", "der", "den", "da", "dos", "das", "di", "du", "le", "el", "al", "bin", "ibn", "y", "ten", "ter"};
static const char *const openings[] = {"by ", "by: ", "written by ", "author: ", "por ", "par ", "von ", "di "};

static bool in_words(const char *const *words, size_t count, const char *word)
{
    g_autofree char *lower = slice_lower(slice_of(word));
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], lower) == 0)
            return true;
    return false;
}

static bool names_organisation(const char *name)
{
    g_auto(GStrv) words = g_strsplit_set(name, " ", -1);
    for (guint i = 0; words[i]; i++)
        if (in_words(organisation_words, G_N_ELEMENTS(organisation_words), words[i]))
            return true;
    return false;
}

/* "KRISHER" → "Krisher"; mixed case stays. */
static char *calmed(const char *name)
{
    g_autofree char *upper = g_utf8_strup(name, -1);
    GString *calm = g_string_new(NULL);
    bool first = true, loud = strcmp(upper, name) == 0 && g_utf8_strlen(name, -1) > 3;
    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(calm, loud && !first ? g_unichar_tolower(c) : c);
        first = !g_unichar_isalpha(c);
    }
    return g_string_free(calm, FALSE);
}

/* Two words or more, each with a capital or a particle, none of an organisation: a person's name. */
static bool is_person(const char *name, guint least)
{
    g_auto(GStrv) words = g_strsplit_set(name, " ", -1);
    guint count = g_strv_length(words);
    if (count < least || count > 5 || names_organisation(name) || strpbrk(name, "0123456789/"))
        return false;
    for (guint i = 0; i < count; i++) {
        const char *stop = strchr(words[i], '.');
        bool address = stop && g_ascii_islower(stop[1]); /* "weir.example" */
        if (address || (!g_unichar_isupper(g_utf8_get_char(words[i])) && !in_words(particles, G_N_ELEMENTS(particles), words[i])))
            return false;
    }
    return true;
}

/* One name: the last word, with the particles before it, is the family's. */
static char *inverted(const char *name)
{
    if (!is_person(name, 2))
        return g_strdup(name);
    g_autofree char *calm = calmed(name);
    g_auto(GStrv) words = g_strsplit_set(calm, " ", -1);
    guint count = g_strv_length(words), family = count - 1;
    while (family > 1 && in_words(particles, G_N_ELEMENTS(particles), words[family - 1]))
        family--;
    g_autofree char *last = g_strjoinv(" ", words + family);
    g_clear_pointer(&words[family], g_free);
    for (guint i = family + 1; i < count; i++)
        g_clear_pointer(&words[i], g_free);
    g_autofree char *given = g_strjoinv(" ", words);
    return g_strdup_printf("%s, %s", last, given);
}

static void add(GString *authors, char *name)
{
    if (*name && !in_words(machine_names, G_N_ELEMENTS(machine_names), name) && !strstr(authors->str, name))
        g_string_append_printf(authors, "%s%s", authors->len > 0 ? "; " : "", name);
    g_free(name);
}

/* "MD", "RDN", "cleveland.com", "AP Auto Writer": behind a name it is no name. */
static bool is_behind_a_name(const char *part)
{
    g_autofree char *upper = g_utf8_strup(part, -1);
    bool credential = !strchr(part, ' ') && strlen(part) <= 5 && strcmp(upper, part) == 0;
    return credential || names_organisation(part) || (strchr(part, '.') && !strchr(part, ' ')) || !is_person(part, 2);
}

/* Names between two joints: "Doe, Jane", "Jane Doe, John Roe", "Jane Doe, Staff Writer". */
static void add_segment(GString *authors, const char *segment)
{
    g_auto(GStrv) parts = g_strsplit(segment, ",", -1);
    bool named = false;
    for (guint i = 0; parts[i]; i++) {
        g_strstrip(parts[i]);
        char *next = parts[i + 1] ? g_strstrip(parts[i + 1]) : NULL;
        bool alone = *parts[i] && !strchr(parts[i], ' ');
        if (!*parts[i] || (named && is_behind_a_name(parts[i])))
            continue;
        if (next && (alone || (i == 0 && !parts[i + 2])) && is_person(parts[i], 1) && is_person(next, 1) && (alone || !strchr(next, ' '))) {
            g_autofree char *whole = g_strconcat(parts[i], ", ", next, NULL);
            add(authors, calmed(whole));
            i++;
        } else {
            add(authors, inverted(parts[i]));
        }
        named = true;
    }
}

/* Names are parted by " and ", "&", ";". */
static char **parted(const char *line)
{
    g_autofree char *same = g_strdup(line);
    static const char *const joints[] = {" and ", " & ", " y ", " et ", " und "};
    for (size_t i = 0; i < G_N_ELEMENTS(joints); i++)
        for (char *at = strstr(same, joints[i]); at; at = strstr(at, joints[i])) {
            memset(at, ' ', strlen(joints[i]));
            *at = ';';
        }
    return g_strsplit(same, ";", -1);
}

/* Where the names end: at a bar, an account's name, a date, a gap as wide as a column's. */
static void cut_names(char *line)
{
    static const char *const ends[] = {"|", " @", "•", "   ", " / ", " · "};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        char *at = strstr(line, ends[i]);
        if (at && at > line)
            *at = '\0';
    }
    char *digit = strpbrk(line, "0123456789");
    if (digit && digit > line + 3) {
        *digit = '\0';
        g_strchomp(line);
        char *word = strrchr(line, ' '); /* the month before the day */
        g_autofree char *day = word ? g_strconcat(word + 1, " 2000", NULL) : NULL, *month = day ? date_edtf(day) : NULL;
        if (month && strchr(month, '-'))
            *word = '\0';
    }
    g_strchomp(line);
}

char *authors_of(const char *byline)
{
    g_autofree char *line = g_strdup(byline);
    for (char *p = line; *p; p++) {
        if ((unsigned char)p[0] == 0xc2 && (unsigned char)p[1] == 0xa0) /* a no-break space */
            p[0] = p[1] = ' ';
        if (g_ascii_isspace(*p))
            *p = ' ';
    }
    g_strstrip(line);
    size_t skip = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(openings) && skip == 0; i++)
        if (g_ascii_strncasecmp(line, openings[i], strlen(openings[i])) == 0)
            skip = strlen(openings[i]);
    while (line[skip] == ' ')
        skip++;
    if (!line[skip] || strstr(line, "://") || line[skip] == '@' || !g_utf8_validate(line, -1, NULL))
        return NULL;
    cut_names(line + skip);
    g_auto(GStrv) segments = parted(line + skip);
    GString *authors = g_string_new(NULL);
    for (guint i = 0; segments[i]; i++)
        add_segment(authors, segments[i]);
    return g_string_free(authors, authors->len == 0);
}

void authors_add(char **authors, const char *byline)
{
    g_autofree char *names = authors_of(byline), *before = *authors;
    bool known = before && names && strstr(before, names);
    if (!names || known)
        *authors = g_steal_pointer(&before);
    else
        *authors = before ? g_strconcat(before, "; ", names, NULL) : g_steal_pointer(&names);
}
