/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

/* Larger print is a higher heading; of one size bold stands over capitals, and those over the rest. */
struct print {
    int size; /* half points */
    int weight;
};

static struct print print_of(const struct layout *layout, const struct paragraph *p)
{
    const struct text_line *line = layout_line(layout, p->first);
    return (struct print){(int)(line->size * 2 + 0.5f), (line->flags & LINE_BOLD ? 2 : 0) + (line->flags & LINE_CAPITALS ? 1 : 0)};
}

static int by_print(const void *a, const void *b)
{
    const struct print *left = a, *right = b;
    return left->size != right->size ? right->size - left->size : right->weight - left->weight;
}

static void set_levels(struct layout *layout)
{
    enum { LEVELS = 6 };
    g_autoptr(GArray) prints = g_array_new(FALSE, FALSE, sizeof(struct print));
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone != ZONE_HEADING)
            continue;
        struct print print = print_of(layout, p);
        bool known = false;
        for (guint k = 0; k < prints->len && !known; k++)
            known = by_print(&print, &g_array_index(prints, struct print, k)) == 0;
        if (!known)
            g_array_append_val(prints, print);
    }
    g_array_sort(prints, by_print);
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone != ZONE_HEADING)
            continue;
        struct print print = print_of(layout, p);
        guint level = 0;
        while (by_print(&print, &g_array_index(prints, struct print, level)) != 0)
            level++;
        p->level = (uint8_t)(MIN(level, LEVELS - 1u) + 1);
    }
}

/* Headings whose text is a summary, or a box. */
static const struct head {
    const char *word;
    bool number; /* a number follows */
    bool brief;  /* ends where another heading stands on a later page, however small that is printed */
    enum zone zone;
} heads[] = {
    {"summary", false, false, ZONE_SUMMARY},       {"executive summary", false, false, ZONE_SUMMARY}, {"abstract", false, false, ZONE_SUMMARY},
    {"highlights", false, true, ZONE_SUMMARY},     {"key findings", false, true, ZONE_SUMMARY},       {"key messages", false, true, ZONE_SUMMARY},
    {"resumen", false, false, ZONE_SUMMARY},       {"resumen ejecutivo", false, false, ZONE_SUMMARY}, {"puntos destacados", false, true, ZONE_SUMMARY},
    {"résumé", false, false, ZONE_SUMMARY},        {"résumé exécutif", false, false, ZONE_SUMMARY},   {"synthèse", false, false, ZONE_SUMMARY},
    {"points saillants", false, true, ZONE_SUMMARY}, {"faits saillants", false, true, ZONE_SUMMARY},
    {"box", true, false, ZONE_BOX},                {"recuadro", true, false, ZONE_BOX},               {"encadré", true, false, ZONE_BOX},
};

/* What a heading says of the paragraphs below it, or NULL. begins: "1. Background", with which a report begins behind its summary, however it prints its headings. */
static const struct head *head_of(const struct layout *layout, const struct paragraph *p, bool *begins)
{
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(layout_sheet(layout, p->sheet), layout_line(layout, p->first), text);
    *begins = g_str_has_prefix(text->str, "1. ");
    const char *from = text->str;
    while (g_ascii_isdigit(*from) || *from == '.' || *from == ' ') /* "1. Faits saillants" */
        from++;
    g_autofree char *small = g_utf8_strdown(from, -1);
    size_t len = strlen(small);
    while (len > 0 && (small[len - 1] == ':' || small[len - 1] == ' '))
        small[--len] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        const char *after = g_str_has_prefix(small, heads[i].word) ? small + strlen(heads[i].word) : NULL;
        if (after && (heads[i].number ? after[0] == ' ' && g_ascii_isdigit(after[1]) : *after == '\0'))
            return &heads[i];
    }
    return NULL;
}

void layout_zones(struct layout *layout)
{
    set_levels(layout);
    const struct head *open = NULL; /* the one whose text this is */
    uint8_t level = 0;
    uint32_t sheet = 0;
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        bool begins = false;
        const struct head *head = p->zone == ZONE_HEADING ? head_of(layout, p, &begins) : NULL;
        if (p->zone == ZONE_HEADING && (!open || begins || p->level <= level || open->zone == ZONE_BOX || (open->brief && p->sheet != sheet))) {
            open = head;
            level = p->level;
            sheet = p->sheet;
        }
        if (open && open->zone == ZONE_BOX && p->sheet != sheet) /* boxes end with their page */
            open = NULL;
        if (p->zone == ZONE_BODY && open)
            p->zone = open->zone;
    }
}
