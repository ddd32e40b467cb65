/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/parse.h"

#include "base/error.h"
#include "index/period.h"

#include <math.h>

static bool bad_value(GError **error, const char *field, const char *value, const char *expected)
{
    g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "%s:%s is not understood; write %s", field, value, expected);
    return false;
}

static const char *keep(struct query *query, const char *text)
{
    return g_string_chunk_insert(query->strings, text);
}

static bool set_place(struct query *query, const char *value, GError **error)
{
    (void)error;
    bool code = strlen(value) == 2 || (strlen(value) > 3 && value[2] == '-' && strlen(value) <= 6);
    g_autofree char *upper = g_ascii_strup(value, -1);
    query->filter.place = keep(query, code ? upper : value);
    return true;
}

static bool set_period(struct query *query, const char *value, GError **error)
{
    struct days days;
    if (!days_from_user(value, &days))
        return bad_value(error, "period", value, "a year, month or day (2014, 2014-03, 2014-03-21) or two of them (2014..2016)");
    g_autofree char *first = day_text(days.first), *last = day_text(days.last);
    query->filter.period_from = first ? keep(query, first) : NULL;
    query->filter.period_to = last ? keep(query, last) : NULL;
    return true;
}

/* "1,000", "2.5", "3 million", "3m": the whole of `text`. */
static bool read_number(const char *text, double *ret)
{
    static const struct {
        const char *word;
        double factor;
    } scales[] = {{"", 1}, {"%", 1}, {"k", 1e3}, {"thousand", 1e3}, {"m", 1e6}, {"million", 1e6}, {"bn", 1e9}, {"billion", 1e9}};
    g_autoptr(GString) digits = g_string_new(NULL);
    const char *at = text;
    for (; g_ascii_isdigit(*at) || (at > text && (*at == ',' || *at == '.')) || (at == text && *at == '-'); at++)
        if (*at != ',')
            g_string_append_c(digits, *at);
    at += strspn(at, " ");
    char *end;
    *ret = g_ascii_strtod(digits->str, &end);
    if (digits->len == 0 || end == digits->str || *end != '\0')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++)
        if (g_ascii_strcasecmp(at, scales[i].word) == 0) {
            *ret *= scales[i].factor;
            return true;
        }
    return false;
}

static void set_min(struct query *query, double min, bool open)
{
    query->filter.has_min = true;
    query->filter.min = open ? nextafter(min, INFINITY) : min;
}

static void set_max(struct query *query, double max, bool open)
{
    query->filter.has_max = true;
    query->filter.max = open ? nextafter(max, -INFINITY) : max;
}

static bool set_value(struct query *query, const char *value, GError **error)
{
    static const char expected[] = "a number (1000), a bound (>1000, <=5) or a range (100..200)";
    double low, high;
    const char *dots = strstr(value, "..");
    if (dots) {
        g_autofree char *first = g_strndup(value, (gsize)(dots - value));
        bool has_low = *first != '\0', has_high = dots[2] != '\0';
        if ((!has_low && !has_high) || (has_low && !read_number(first, &low)) || (has_high && !read_number(dots + 2, &high)) || (has_low && has_high && low > high))
            return bad_value(error, "value", value, expected);
        if (has_low)
            set_min(query, low, false);
        if (has_high)
            set_max(query, high, false);
        return true;
    }
    bool more = *value == '>', less = *value == '<', equal = (more || less) && value[1] == '=';
    if (!read_number(value + (more || less) + equal, &low))
        return bad_value(error, "value", value, expected);
    if (!less)
        set_min(query, low, more && !equal);
    if (!more)
        set_max(query, low, less && !equal);
    return true;
}

static bool set_bound(struct query *query, const char *field, const char *value, GError **error)
{
    double number;
    if (!read_number(value, &number))
        return bad_value(error, field, value, "a number");
    if (g_str_equal(field, "min"))
        set_min(query, number, false);
    else
        set_max(query, number, false);
    bool empty = query->filter.has_min && query->filter.has_max && query->filter.min > query->filter.max;
    if (empty)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "no number is at least %.15g and at most %.15g", query->filter.min, query->filter.max);
    return !empty;
}

static bool set_minimum(struct query *query, const char *value, GError **error)
{
    return set_bound(query, "min", value, error);
}

static bool set_maximum(struct query *query, const char *value, GError **error)
{
    return set_bound(query, "max", value, error);
}

static bool set_kind(struct query *query, const char *value, GError **error)
{
    query->filter.has_kind = kind_from(value, &query->filter.kind);
    return query->filter.has_kind ||
           bad_value(error, "kind", value, "count, percent, fraction, rate, money, duration, distance, area, measure, rank, age, multiple or change");
}

static bool set_unit(struct query *query, const char *value, GError **error)
{
    static const struct {
        const char *word, *unit;
    } words[] = {{"%", "percent"}, {"person", "{person}"}, {"people", "{person}"}, {"persons", "{person}"}, {"household", "{household}"}, {"households", "{household}"},
                 {"family", "{household}"}, {"families", "{household}"}};
    (void)error;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(value, words[i].word))
            value = words[i].unit;
    query->filter.unit = keep(query, value);
    return true;
}

static bool set_actor(struct query *query, const char *value, GError **error)
{
    (void)error;
    query->filter.actor = keep(query, value);
    return true;
}

static bool set_said_by(struct query *query, const char *value, GError **error)
{
    (void)error;
    query->filter.said_by = keep(query, value);
    return true;
}

static bool set_source(struct query *query, const char *value, GError **error)
{
    (void)error;
    query->filter.document = keep(query, value);
    return true;
}

static bool set_language(struct query *query, const char *value, GError **error)
{
    if (strlen(value) != 2 || !g_ascii_isalpha(value[0]) || !g_ascii_isalpha(value[1]))
        return bad_value(error, "lang", value, "a code of two letters (en, es, fr)");
    g_autofree char *lower = g_ascii_strdown(value, -1);
    query->language = keep(query, lower);
    return true;
}

static bool set_zone(struct query *query, const char *value, GError **error)
{
    for (enum zone zone = ZONE_BODY; zone <= ZONE_NOTE; zone++)
        if (g_str_equal(zone_name(zone), value)) {
            query->zone = zone;
            query->has_zone = true;
            return true;
        }
    return bad_value(error, "zone", value, "body, heading, summary, caption, pullquote, box, table or note");
}

static bool set_reviewed(struct query *query, const char *value, GError **error)
{
    static const char *const words[] = {"accepted", "rejected", "none"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i], value))
            query->reviewed = words[i];
    return query->reviewed || bad_value(error, "reviewed", value, "accepted, rejected or none");
}

/* A field is a row. */
static const struct field {
    const char *name;
    bool (*set)(struct query *query, const char *value, GError **error);
} fields[] = {
    {"place", set_place}, {"period", set_period}, {"value", set_value},     {"kind", set_kind},     {"unit", set_unit},    {"actor", set_actor},
    {"said-by", set_said_by}, {"source", set_source}, {"lang", set_language}, {"zone", set_zone}, {"min", set_minimum}, {"max", set_maximum},
    {"reviewed", set_reviewed},
};

static const struct field *field_named(const char *name, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (strlen(fields[i].name) == len && g_ascii_strncasecmp(fields[i].name, name, len) == 0)
            return &fields[i];
    return NULL;
}

bool query_set(struct query *query, const char *name, const char *value, GError **error)
{
    const struct field *field = field_named(name, strlen(name));
    g_assert(field != NULL);
    if (*value == '\0')
        return bad_value(error, name, value, "a value behind the colon");
    query->has_filter = true;
    return field->set(query, value, error);
}

struct clause *clause_new(const char *text, bool phrase, bool required)
{
    struct clause *clause = g_new0(struct clause, 1);
    clause->text = g_strdup(text);
    clause->phrase = phrase;
    clause->required = required;
    return clause;
}

void clause_free(struct clause *clause)
{
    if (clause)
        g_free(clause->text);
    g_free(clause);
}

struct query *query_new(void)
{
    struct query *query = g_new0(struct query, 1);
    query->clauses = g_ptr_array_new_with_free_func((GDestroyNotify)clause_free);
    query->strings = g_string_chunk_new(256);
    return query;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    g_ptr_array_unref(query->clauses);
    g_string_chunk_free(query->strings);
    g_free(query);
}

static bool has_letter_or_digit(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isalnum(g_utf8_get_char(text)))
            return true;
    return false;
}

/* The text up to the closing quote (or the end), or up to the next space; `*at` moves behind it. Typographic quotes are quotes too. */
static char *take_value(const char **at, bool *quoted)
{
    static const char *const quotes[][2] = {{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}};
    for (size_t i = 0; i < G_N_ELEMENTS(quotes); i++)
        if (g_str_has_prefix(*at, quotes[i][0])) {
            const char *start = *at + strlen(quotes[i][0]), *end = strstr(start, quotes[i][1]);
            size_t len = end ? (size_t)(end - start) : strlen(start);
            *at = start + len + (end ? strlen(quotes[i][1]) : 0);
            *quoted = true;
            return g_strndup(start, len);
        }
    size_t len = strcspn(*at, " \t\r\n\"");
    const char *start = *at;
    *at += len;
    *quoted = false;
    return g_strndup(start, len);
}

static void add_clause(struct query *query, const char *text, bool phrase, bool excluded)
{
    if (!has_letter_or_digit(text))
        return;
    struct clause *clause = clause_new(text, phrase, !excluded);
    clause->excluded = excluded;
    size_t len = strlen(text);
    clause->prefix = !phrase && text[len - 1] == '*';
    if (clause->prefix)
        clause->text[len - 1] = '\0';
    g_ptr_array_add(query->clauses, clause);
}

static bool take_item(struct query *query, const char **at, GError **error)
{
    size_t name_len = strcspn(*at, ": \t\r\n\"");
    const struct field *field = (*at)[name_len] == ':' ? field_named(*at, name_len) : NULL;
    bool quoted, excluded = !field && **at == '-' && (*at)[1] != '\0' && !g_ascii_isspace((*at)[1]);
    *at += field ? name_len + 1 : excluded;
    g_autofree char *value = take_value(at, &quoted);
    if (field)
        return query_set(query, field->name, value, error);
    add_clause(query, value, quoted, excluded);
    return true;
}

static bool looks_for_something(const struct query *query)
{
    for (guint i = 0; i < query->clauses->len; i++)
        if (!((const struct clause *)g_ptr_array_index(query->clauses, i))->excluded)
            return true;
    return query->has_filter;
}

bool query_parse(const char *text, struct query **ret, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_strdelimit(valid, "\r\n\f\v", ' '); /* messages that repeat it are one line */
    struct query *query = query_new();
    for (const char *at = valid; *at;) {
        if (g_ascii_isspace(*at)) {
            at++;
            continue;
        }
        if (!take_item(query, &at, error)) {
            query_free(query);
            return false;
        }
    }
    if (!looks_for_something(query)) {
        g_autofree char *typed = citable_error_excerpt(valid);
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_QUERY, "nothing to look for in '%s': give a word, a number or a \"phrase\"", typed);
        query_free(query);
        return false;
    }
    *ret = query;
    return true;
}
