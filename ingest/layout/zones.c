/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/layout/text.h"

#include "base/lower.h"

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

/* "3", "IV: Wells", but not "in the valley". */
static bool begins_number(const char *text)
{
    size_t roman = strspn(text, "ivx");
    return g_ascii_isdigit(*text) || (roman > 0 && (text[roman] == '\0' || strchr(".: ", text[roman])));
}

/* What a heading says of the paragraphs below it, or NULL. begins: "1. Background", with which a report begins behind its summary, however it prints its headings. */
static const struct head *head_of(const struct layout *layout, const struct paragraph *p, bool *begins)
{
    g_autoptr(GString) text = g_string_new(NULL);
    layout_text(layout_sheet(layout, p->sheet), layout_line(layout, p->first), text);
    *begins = g_str_has_prefix(text->str, "1. ");
    const char *from = text->str;
    while (g_ascii_isdigit(*from) || *from == '.' || *from == ' ') /* "1. Faits saillants" */
        from++;
    g_autofree char *small = slice_lower(slice_of(from));
    size_t len = strlen(small);
    while (len > 0 && (small[len - 1] == ':' || small[len - 1] == ' '))
        small[--len] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
        const char *after = g_str_has_prefix(small, heads[i].word) ? small + strlen(heads[i].word) : NULL;
        if (after && (heads[i].number ? after[0] == ' ' && begins_number(after + 1) : *after == '\0'))
            return &heads[i];
    }
    return NULL;
}

/* A box that is set in from the text on both sides: from its label on, all that does not reach out of it. */
struct inset {
    bool open;
    float x0, x1;           /* its edges at most */
    float text_x0, text_x1; /* of the last running text outside; x0 > x1: none yet */
    uint32_t sheet;         /* where that text, or the box, has its last line so far */
};

/* Is a paragraph the label of a box ("Box IV") set in from the text before it? */
static bool begins_inset(const struct layout *layout, const struct inset *inset, const struct paragraph *p)
{
    enum { LABEL = 60 }; /* characters: "Box 3. Wells of the valley" */
    const float least = 6;
    bool begins;
    const struct text_line *line = layout_line(layout, p->first);
    if (p->zone == ZONE_TABLE || p->zone == ZONE_NOTE || line->count > LABEL || inset->text_x0 >= inset->text_x1 || p->sheet > inset->sheet + 1)
        return false;
    const struct head *head = head_of(layout, p, &begins);
    return head && head->zone == ZONE_BOX && line->box.x0 > inset->text_x0 + least && line->box.x1 < inset->text_x1 - least && line->box.x0 < (inset->text_x0 + inset->text_x1) / 2;
}

static bool is_inside(const struct inset *inset, const struct paragraph *p)
{
    const float slack = 2;
    return p->sheet <= inset->sheet + 1 && p->box.x0 > inset->x0 - slack && p->box.x1 < inset->x1;
}

/* Does a paragraph of a box go on with the note before it? */
static bool continues_note(const struct layout *layout, uint32_t i)
{
    const struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i), *note = i > 0 ? p - 1 : NULL;
    return note && note->zone == ZONE_NOTE && note->label && note->leaf == p->leaf && note->sheet == p->sheet && ABS(note->size - p->size) < 0.1f * p->size &&
           !layout_sentence_ends(layout_sheet(layout, note->sheet), layout_line(layout, note->first + note->count - 1));
}

static void find_insets(struct layout *layout)
{
    struct inset inset = {.text_x0 = 1};
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        if (p->zone == ZONE_NOTE && p->foot)
            continue; /* at the foot of its page, below the box */
        if (begins_inset(layout, &inset, p)) {
            inset.open = true;
            inset.x0 = layout_line(layout, p->first)->box.x0;
            inset.x1 = inset.text_x1 - (inset.x0 - inset.text_x0) / 2;
            p->zone = p->zone == ZONE_HEADING ? ZONE_HEADING : ZONE_CAPTION;
            p->flags &= ~(uint32_t)PASSAGE_LIST;
        } else if (inset.open && !is_inside(&inset, p)) {
            inset.open = false;
        } else if (inset.open && p->zone == ZONE_BODY && continues_note(layout, i)) {
            p->zone = ZONE_NOTE;
            p->taken = true;
            (p - 1)->next = i;
        } else if (inset.open && p->zone == ZONE_BODY && !layout_box_note(layout, p)) {
            p->zone = ZONE_BOX;
        }
        if (!inset.open && p->zone == ZONE_BODY && p->count > 1) {
            inset.text_x0 = p->box.x0;
            inset.text_x1 = p->box.x1;
        }
        inset.sheet = p->sheet;
    }
}

void layout_zones(struct layout *layout)
{
    set_levels(layout);
    find_insets(layout);
    const struct head *open = NULL; /* the one whose text this is */
    uint8_t level = 0;
    uint32_t sheet = 0;
    for (guint i = 0; i < layout->paragraphs->len; i++) {
        struct paragraph *p = &g_array_index(layout->paragraphs, struct paragraph, i);
        bool begins = false;
        const struct head *head = p->zone == ZONE_HEADING ? head_of(layout, p, &begins) : NULL;
        if (head && head->zone == ZONE_BOX && i + 1 < layout->paragraphs->len && g_array_index(layout->paragraphs, struct paragraph, i + 1).zone == ZONE_BOX)
            head = NULL; /* of an inset: its text is found */
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
