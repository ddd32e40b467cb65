/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/page_facts.h"

/* Words that no person's name holds: the byline names an organisation. */
static const char *const organisation_words[] = {
    "press", "news", "staff", "agency", "agencies", "team", "editorial", "editor", "editors", "desk", "office", "ministry", "times", "post", "reuters", "ap", "afp", "efe", "department", "committee", "council", "network", "group", "the",
    "institute", "foundation", "university", "international", "united", "nations", "commission", "organization", "organisation", "centre", "center", "service", "services", "media", "magazine", "radio", "tv", "online", "redacción", "redaccion", "admin",
    "association", "fund", "bank", "programme", "program", "unhcr", "unicef", "ocha", "iom", "company", "inc", "ltd", "board", "wire", "correspondent", "guest", "contributor",
};
static const char *const particles[] = {"de", "del", "la", "van", "von", "der", "den", "da", "dos", "das", "di", "du", "le", "el", "al", "bin", "ibn", "y", "ten", "ter"};
static const char *const openings[] = {"by ", "by: ", "written by ", "author: ", "por ", "par ", "von ", "di "};

static bool in_words(const char *const *words, size_t count, const char *word)
{
    g_autofree char *lower = g_utf8_strdown(word, -1);
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], lower) == 0)
            return true;
    return false;
}

/* One name: the last word, with the particles before it, is the family's. */
static char *inverted(const char *name)
{
    g_auto(GStrv) words = g_strsplit_set(name, " ", -1);
    guint count = g_strv_length(words), family = count ? count - 1 : 0;
    if (strchr(name, ',') || count < 2 || count > 5)
        return g_strdup(name);
    for (guint i = 0; i < count; i++) {
        bool upper = g_unichar_isupper(g_utf8_get_char(words[i]));
        bool particle = in_words(particles, G_N_ELEMENTS(particles), words[i]);
        if ((!upper && !particle) || in_words(organisation_words, G_N_ELEMENTS(organisation_words), words[i]))
            return g_strdup(name);
    }
    while (family > 1 && in_words(particles, G_N_ELEMENTS(particles), words[family - 1]))
        family--;
    g_autofree char *last = g_strjoinv(" ", words + family);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (guint i = 0; i < family; i++)
        g_strv_builder_add(builder, words[i]);
    g_auto(GStrv) first = g_strv_builder_end(builder);
    g_autofree char *given = g_strjoinv(" ", first);
    return g_strdup_printf("%s, %s", last, given);
}

/* Names are parted by " and ", "&", ";" or, where no name is inverted already, by a comma. */
static char **parted(const char *line)
{
    g_autofree char *same = g_strdup(line);
    static const char *const joints[] = {" and ", " & ", " y ", " et ", " und "};
    for (size_t i = 0; i < G_N_ELEMENTS(joints); i++)
        for (char *at = strstr(same, joints[i]); at; at = strstr(at, joints[i])) {
            memset(at, ' ', strlen(joints[i]));
            *at = ';';
        }
    const char *comma = strchr(same, ',');
    bool list = comma && !strchr(same, ';') ? memchr(same, ' ', (size_t)(comma - same)) != NULL : comma != NULL;
    return g_strsplit_set(same, list ? ";," : ";", -1);
}

char *authors_of(const char *byline)
{
    g_autofree char *line = g_strstrip(g_strdup(byline));
    for (char *p = line; *p; p++)
        if (g_ascii_isspace(*p))
            *p = ' ';
    size_t skip = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(openings) && skip == 0; i++)
        if (g_ascii_strncasecmp(line, openings[i], strlen(openings[i])) == 0)
            skip = strlen(openings[i]);
    if (!line[skip] || strstr(line, "://") || line[skip] == '@' || !g_utf8_validate(line, -1, NULL))
        return NULL;
    g_auto(GStrv) names = parted(line + skip);
    GString *authors = g_string_new(NULL);
    for (guint i = 0; names[i]; i++) {
        g_strstrip(names[i]);
        if (!*names[i])
            continue;
        g_autofree char *name = inverted(names[i]);
        g_string_append_printf(authors, "%s%s", authors->len > 0 ? "; " : "", name);
    }
    return g_string_free(authors, authors->len == 0);
}
