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
static const struct {
    const char *word;
    bool number; /* a number follows */
    enum zone zone;
} heads[] = {
    {"summary", false, ZONE_SUMMARY},          {"executive summary", false, ZONE_SUMMARY}, {"abstract", false, ZONE_SUMMARY}, {"highlights", false, ZONE_SUMMARY},
    {"key findings", false, ZONE_SUMMARY},     {"key messages", false, ZONE_SUMMARY},      {"resumen", false, ZONE_SUMMARY},  {"resumen ejecutivo", false, ZONE_SUMMARY},
    {"puntos destacados", false, ZONE_SUMMARY}, {"résumé", false, ZONE_SUMMARY},           {"résumé exécutif", false, ZONE_SUMMARY}, {"points saillants", false, ZONE_SUMMARY},
    {"faits saillants", false, ZONE_SUMMARY},  {"synthèse", false, ZONE_SUMMARY},          {"box", true, ZONE_BOX},           {"recuadro", true, ZONE_BOX},
    {"encadré", true, ZONE_BOX},
};

/* The zone of the paragraphs below a heading; ZONE_BODY unless it says otherwise. */
static enum zone zone_below(const struct layout *layout, const struct paragraph *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(layout_sheet(layout, p->sheet), layout_line(layout, p->first), text);
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
            return heads[i].zone;
    }
    return ZONE_BODY;
}

void layout_zones(struct layout *layout)
{
    set_levels(layout);
    enum zone zone = ZONE_BODY;
    uint8_t level = 0;
    uint32_t sheet = 0;
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone == ZONE_HEADING && (zone == ZONE_BODY || p->level <= level || zone == ZONE_BOX)) {
            zone = zone_below(layout, p);
            level = p->level;
            sheet = p->sheet;
        }
        if (zone == ZONE_BOX && p->sheet != sheet) /* boxes end with their page */
            zone = ZONE_BODY;
        if (p->zone == ZONE_BODY)
            p->zone = zone;
    }
}
