/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/agree/reason.h"

#include "query/print/number.h"

/* Of what is counted, this much must be met to be called the same. */
static const double same_noun = 0.6;

static void append_value(GString *out, const struct quantity *quantity, const char *printed_unit)
{
    quantity_words_append(out, quantity);
    unit_words_append(out, quantity, printed_unit);
}

static void append_number(GString *out, const struct grounds *grounds, const struct quantity *quantity)
{
    static const char *const heads[] = {
        [VALUE_SAME] = "same number: ", [VALUE_ROUNDED] = "rounded: ", [VALUE_QUALIFIER] = "the qualifier differs: ", [VALUE_DIFFERS] = "another number: ", [VALUE_INCOMPARABLE] = "another unit: "};
    const struct figure_row *figure = agreement_figure(grounds->agreement);
    g_autoptr(GString) draft = g_string_new(NULL), source = g_string_new(NULL);
    append_value(draft, quantity, NULL);
    append_value(source, &figure->quantity, figure->unit_text);
    g_string_append(out, heads[grounds->value]);
    if (grounds->value == VALUE_SAME && g_string_equal(draft, source))
        g_string_append(out, draft->str);
    else
        g_string_append_printf(out, "draft %s, source %s", draft->str, source->str);
}

static void append_counted(GString *out, const struct grounds *grounds)
{
    const char *counted = agreement_figure(grounds->agreement)->counted;
    if (grounds->rather) {
        const struct figure_row *rather = agreement_figure(grounds->rather);
        g_string_append(out, "; for the thing that the draft names, the source says ");
        append_value(out, &rather->quantity, rather->unit_text);
    }
    if (grounds->other)
        g_string_append_printf(out, "; %s", grounds->other);
    if (counted)
        g_string_append_printf(out, "; %s: “%s”", grounds->agreement->counted >= same_noun && !grounds->rather && !grounds->other ? "same thing counted" : "the source counts", counted);
}

/* How the source's place or period stands to the draft's. */
static const char *relation_says(enum relation relation)
{
    static const char *const words[] = {
        [RELATION_UNKNOWN] = NULL, [RELATION_SAME] = "same", [RELATION_WITHIN] = "narrower", [RELATION_AROUND] = "wider", [RELATION_OVERLAPS] = "overlapping", [RELATION_APART] = "another"};
    return words[relation];
}

/* " period", or whose it is that is narrower or wider. */
static const char *source_has(enum relation relation, const char *what)
{
    bool place = g_str_equal(what, " place");
    if (relation == RELATION_WITHIN || relation == RELATION_AROUND)
        return place ? " place in the source" : " period in the source";
    return what;
}

static void append_names(GString *out, const struct figure_place *places, uint32_t n)
{
    enum { NAMES = 4 };
    for (uint32_t i = 0; i < n && i < NAMES; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", places[i].name);
    if (n > NAMES)
        g_string_append_printf(out, " and %u more", n - NAMES);
}

static void append_place(GString *out, const struct grounds *grounds, const struct subject *claim)
{
    const struct figure_row *figure = agreement_figure(grounds->agreement);
    if (!claim->n_places)
        return;
    const char *says = relation_says(grounds->place);
    if (!figure->n_places) {
        g_string_append(out, grounds->place == RELATION_APART ? "; the source is about the world" : "; the source names no place");
        return;
    }
    if (grounds->place == RELATION_SAME) {
        g_string_append(out, "; same place: ");
        append_names(out, figure->places, figure->n_places);
        return;
    }
    g_string_append_printf(out, "; %s%s: draft ", says ? says : "place not certain", says ? source_has(grounds->place, " place") : "");
    append_names(out, claim->places, claim->n_places);
    g_string_append(out, ", source ");
    append_names(out, figure->places, figure->n_places);
}

static void append_period(GString *out, const struct grounds *grounds, const struct subject *claim)
{
    const char *period = agreement_figure(grounds->agreement)->period, *says = relation_says(grounds->period);
    if (!claim->period && !claim->months)
        return;
    if (!period)
        g_string_append(out, "; the source names no period");
    else if (!claim->period)
        g_string_append_printf(out, "; %s month: source %s", grounds->period == RELATION_APART ? "another" : "same", period);
    else if (grounds->period == RELATION_SAME)
        g_string_append_printf(out, "; same period: %s", period);
    else
        g_string_append_printf(out, "; %s%s: draft %s, source %s", says ? says : "period not certain", says ? source_has(grounds->period, " period") : "", claim->period, period);
}

char *reason_text(const struct grounds *grounds, const struct subject *claim, const struct quantity *quantity)
{
    GString *out = g_string_new(NULL);
    append_number(out, grounds, quantity);
    if (claim->flow != FLOW_NONE && grounds->flow != FLOW_NONE)
        g_string_append(out, claim->flow == grounds->flow ? "; same direction" : "; opposite direction");
    append_counted(out, grounds);
    append_place(out, grounds, claim);
    append_period(out, grounds, claim);
    return g_string_free(out, FALSE);
}
