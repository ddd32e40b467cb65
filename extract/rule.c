/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "extract/rule.h"

#include "base/error.h"
#include "base/limits.h"
#include "extract/rule_pattern.h"
#include "extract/rule_reach.h"

#include "extract-embedded.h"

#include <pcre2.h>

static const char *const does_names[] = {"figure", "exclude", "minor", "keep", "before", "after", "per", "range", "pair", "negate"};
static const char *const group_names[RULE_GROUPS] = {"value", "low", "high", "part", "whole", "counted", "unit", "per", "base", "number"};

const char *rule_does_name(enum rule_does does)
{
    return does_names[does];
}

/* A file on its way into rules. */
struct rule_file {
    struct rules *rules;
    const char *path;
    enum language language;
    bool ours;
    GHashTable *parts;  /* name → pattern, of this language */
    struct rule *rule;  /* the record being read, or NULL */
    char *part;         /* the name of the part being read, or NULL */
    unsigned line;
};

static void example_clear(void *data)
{
    struct rule_example *example = data;
    g_free(example->text);
    g_free(example->fields);
}

static struct rule *rule_new(const struct rule_file *file, const char *id)
{
    struct rule *rule = g_new0(struct rule, 1);
    rule->id = g_strdup(id);
    rule->file = g_strdup(file->path);
    rule->line = file->line;
    rule->language = file->language;
    rule->ours = file->ours;
    rule->bounds = g_array_new(FALSE, TRUE, sizeof(struct rule_bounds));
    rule->matches = g_array_new(FALSE, TRUE, sizeof(struct rule_example));
    rule->rejects = g_array_new(FALSE, TRUE, sizeof(struct rule_example));
    g_array_set_clear_func(rule->matches, example_clear);
    g_array_set_clear_func(rule->rejects, example_clear);
    return rule;
}

static void rule_free(struct rule *rule)
{
    g_free(rule->id);
    g_free(rule->means);
    g_free(rule->pattern);
    g_free(rule->file);
    g_free(rule->unit);
    g_free(rule->expanded);
    g_free(rule->triggers);
    g_free(rule->next);
    g_array_unref(rule->bounds);
    g_clear_pointer(&rule->ahead.hashes, g_array_unref);
    g_array_unref(rule->matches);
    g_array_unref(rule->rejects);
    pcre2_code_free(rule->code);
    g_free(rule);
}

static bool broken(const struct rule_file *file, unsigned line, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);

static bool broken(const struct rule_file *file, unsigned line, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    citable_error_at(error, CITABLE_ERROR_RULE, file->path, line, "%s", what);
    return false;
}

static void take_text(char **field, const char *value)
{
    g_autofree char *old = *field;
    *field = old ? g_strconcat(old, value, NULL) : g_strdup(value);
}

/* A list of words that is cut into several lines. */
static void take_words(char **field, const char *value)
{
    g_autofree char *old = *field;
    *field = old ? g_strconcat(old, " ", value, NULL) : g_strdup(value);
}

static void take_example(GArray *examples, const struct rule_file *file, const char *value)
{
    const char *fields = g_strstr_len(value, -1, " => ");
    struct rule_example example = {
        .text = fields ? g_strchomp(g_strndup(value, (gsize)(fields - value))) : g_strdup(value),
        .fields = fields ? g_strstrip(g_strdup(fields + 4)) : NULL,
        .line = file->line,
    };
    g_array_append_val(examples, example);
}

static bool take_does(struct rule *rule, const char *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(does_names); i++)
        if (strcmp(does_names[i], value) == 0) {
            rule->does = (enum rule_does)i;
            return true;
        }
    return false;
}

/* "GROUP LOW HIGH" */
static bool take_bounds(struct rule *rule, const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    if (g_strv_length(words) != 3)
        return false;
    for (int i = 0; i < RULE_GROUPS; i++)
        if (strcmp(group_names[i], words[0]) == 0) {
            struct rule_bounds bounds = {(enum rule_group)i, g_ascii_strtod(words[1], NULL), g_ascii_strtod(words[2], NULL)};
            g_array_append_val(rule->bounds, bounds);
            return bounds.low <= bounds.high;
        }
    return false;
}

/* "TOKENS WORD WORD…"; a line that stands again adds words. What is cut into several tokens ("peace-keepers") is none, and would never be found. */
static bool take_ahead(struct rule_ahead *ahead, const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    if (!ahead->hashes)
        ahead->hashes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    ahead->within = words[0] ? (uint32_t)MIN(g_ascii_strtoull(words[0], NULL, 10), (guint64)LIMIT_WINDOW_BYTES) : 0;
    for (char **word = words; ahead->within > 0 && word[0] && *++word;)
        if (**word) {
            guint n = ahead->hashes->len;
            token_hashes(slice_of(*word), ahead->hashes);
            if (ahead->hashes->len != n + 1)
                return false;
            ahead->bits |= UINT64_C(1) << (g_array_index(ahead->hashes, uint32_t, n) & 63);
        }
    return ahead->bits != 0;
}

/* One field of the record; false = the key or its value is none of ours. */
static bool take_field(struct rule_file *file, const char *key, const char *value)
{
    struct rule *rule = file->rule;
    if (strcmp(key, "means") == 0)
        take_text(&rule->means, value);
    else if (strcmp(key, "trigger") == 0)
        take_words(&rule->triggers, value);
    else if (strcmp(key, "next") == 0)
        take_words(&rule->next, value);
    else if (strcmp(key, "pattern") == 0)
        take_text(&rule->pattern, value);
    else if (strcmp(key, "unit") == 0)
        take_text(&rule->unit, value);
    else if (strcmp(key, "match") == 0)
        take_example(rule->matches, file, value);
    else if (strcmp(key, "reject") == 0)
        take_example(rule->rejects, file, value);
    else if (strcmp(key, "does") == 0)
        return take_does(rule, value);
    else if (strcmp(key, "kind") == 0)
        return rule->has_kind = kind_from(value, &rule->kind);
    else if (strcmp(key, "qualifier") == 0)
        return rule->has_qualifier = qualifier_from(value, &rule->qualifier);
    else if (strcmp(key, "off") == 0)
        return rule->off = strcmp(value, "yes") == 0;
    else if (strcmp(key, "ahead") == 0)
        return take_ahead(&rule->ahead, value);
    else if (strcmp(key, "bounds") == 0)
        return take_bounds(rule, value);
    else if (strcmp(key, "unless") == 0)
        return (rule->unless_unit = strcmp(value, "unit") == 0) || (rule->unless_measure = strcmp(value, "measure") == 0);
    else if (strcmp(key, "order") == 0)
        return rule->any_order = strcmp(value, "any") == 0;
    else if (strcmp(key, "minor") == 0)
        return rule->minor = strcmp(value, "yes") == 0;
    else if (strcmp(key, "value") == 0)
        return (rule->has_fixed = true, rule->fixed = g_ascii_strtod(value, NULL), true);
    else
        return false;
    return true;
}

/* The code of rule->expanded, which goes. NULL: `*problem` says why (g_free). */
static void *compile_expanded(struct rule *rule, char **problem)
{
    g_autofree char *pattern = g_steal_pointer(&rule->expanded);
    int code;
    PCRE2_SIZE at;
    uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_CASELESS | PCRE2_ANCHORED;
    rule->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &code, &at, NULL);
    g_assert(rule->code || code != PCRE2_ERROR_HEAP_FAILED); /* short of memory: no fault of the pattern */
    if (!rule->code) {
        char message[128];
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
        *problem = g_strdup_printf("pattern: %s at character %zu of %s", message, at, pattern);
        return NULL;
    }
    for (int i = 0; i < RULE_GROUPS; i++) {
        int group = pcre2_substring_number_from_name(rule->code, (PCRE2_SPTR)group_names[i]);
        rule->groups[i] = group > 0 ? (uint32_t)group : 0;
    }
    return rule->code;
}

void rule_ready(struct rule *rule)
{
    g_autofree char *problem = NULL;
    if (rule->expanded && !compile_expanded(rule, &problem))
        g_error("%s: rule %s: %s", rule->file, rule->id, problem); /* only of ours, which are tested */
}

static bool compile(struct rule_file *file, struct rule *rule, GError **error)
{
    g_autofree char *problem = NULL;
    rule->expanded = rule_pattern_expand(rule->pattern, file->parts, &problem);
    if (rule->expanded)
        rule->needs = rule_needs_of(rule->expanded);
    if (rule->expanded && file->rules->brief)
        return true;
    if (!rule->expanded || !compile_expanded(rule, &problem))
        return broken(file, rule->line, error, "rule %s: %s", rule->id, problem);
    pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE); /* without JIT the interpreter matches the same */
    return true;
}

static uint32_t word_hash(const char *word)
{
    return token_hash(slice_of(word));
}

static uint8_t beside_of(const struct rule *rule)
{
    switch (rule->does) {
    case DOES_FIGURE:
        return rule->has_fixed ? BESIDE_NOTHING : BESIDE_NUMBER;
    case DOES_BEFORE:
        return BESIDE_AHEAD;
    case DOES_AFTER:
    case DOES_PER:
        return BESIDE_BEFORE;
    default:
        return BESIDE_NUMBER;
    }
}

/* "day|week": each of them; a sign stands for itself, and "" for any. */
static char **alternatives(const char *words)
{
    return strlen(words) > 1 ? g_strsplit(words, "|", -1) : g_strdupv((char *[]){(char *)words, NULL});
}

static uint32_t behind_hash(const char *word)
{
    return *word && strcmp(word, "<number>") != 0 ? word_hash(word) : 0;
}

enum { MOST_STARTS = 1000 }; /* of one phrase, whose words may each be one of several */

static bool is_too_many(char **firsts, char **seconds, char **thirds)
{
    uint64_t pairs = (uint64_t)g_strv_length(firsts) * g_strv_length(seconds);
    return pairs > MOST_STARTS || pairs * g_strv_length(thirds) > MOST_STARTS;
}

/* What a start of the rule needs. at_number: it begins with a number, of these forms. */
static struct rule_start start_of(const struct rule *rule, uint32_t row, uint8_t at_number)
{
    struct rule_start start = {.row = row, .beside = beside_of(rule), .needs = rule->needs};
    if (!at_number)
        return start;
    if (start.needs.n == 0)
        start.needs = (struct rule_needs){.hops = {{0, 0, RULE_ANY_FORM}}, .n = 1};
    start.needs.hops[0].forms &= at_number;
    return start;
}

/* "or", "or_more", "in_the_order|region", "per|a_day|week": a word, what must stand behind it, and a third word; each may be one of several. */
static bool add_phrase(const struct rule_file *file, struct trigger_table *table, const struct rule *rule, const char *phrase, struct rule_start start, GError **error)
{
    struct rules *rules = file->rules;
    bool joined = strlen(phrase) > 2 && strchr(phrase + 1, '_');
    g_auto(GStrv) parts = g_strsplit(phrase, joined ? "_" : "\n", 3);
    g_auto(GStrv) firsts = alternatives(parts[0]), seconds = alternatives(joined ? parts[1] : ""), thirds = alternatives(joined && parts[2] ? parts[2] : "");
    if (is_too_many(firsts, seconds, thirds))
        return broken(file, rule->line, error, "rule %s: one trigger is of more than %d phrases", rule->id, MOST_STARTS);
    for (char **first = firsts; *first; first++)
        for (char **second = seconds; *second; second++)
            for (char **third = thirds; *third; third++) {
                start.second = behind_hash(*second);
                start.third = behind_hash(*third);
                start.number = strcmp(*second, "<number>") == 0;
                g_array_append_val(rules->starts, start);
                trigger_add(table, word_hash(*first), rules->starts->len - 1);
            }
    return true;
}

/* The places behind which words or signs stand that the rule names, or any: those of a rule that begins with a number. */
static bool add_number(const struct rule_file *file, const struct rule *rule, struct rule_start start, GError **error)
{
    struct rules *rules = file->rules;
    g_auto(GStrv) next = rule->next ? g_strsplit(rule->next, " ", -1) : NULL;
    for (char **after = next; after && *after; after++)
        if (strcmp(*after, "<capital>") == 0)
            g_array_append_val(rules->capital[rule->language], start);
        else if (**after && !add_phrase(file, rules->after[rule->language], rule, *after, start, error))
            return false;
    if (!next)
        g_array_append_val(rules->number[rule->language], start);
    return true;
}

static bool add_triggers(const struct rule_file *file, const struct rule *rule, uint32_t row, GError **error)
{
    bool ordinal = strstr(rule->triggers, "<ordinal>") && !strstr(rule->triggers, "<number>");
    struct rule_start word_start = start_of(rule, row, 0), number_start = start_of(rule, row, ordinal ? SHADOW_ORDINALS : RULE_ANY_FORM);
    g_auto(GStrv) words = g_strsplit(rule->triggers, " ", -1);
    for (char **word = words; *word; word++) {
        if (**word == '\0')
            continue;
        bool number = strcmp(*word, "<number>") == 0 || strcmp(*word, "<ordinal>") == 0;
        if (!(number ? add_number(file, rule, number_start, error) : add_phrase(file, file->rules->words[rule->language], rule, *word, word_start, error)))
            return false;
    }
    return true;
}

/* A rule of a name that is taken replaces the earlier one, where the file is the user's; among ours it is a mistake. */
static bool take_name(const struct rule_file *file, const struct rule *rule, GError **error)
{
    bool known = false;
    for (guint i = 0; i + 1 < file->rules->all->len; i++) {
        struct rule *old = g_ptr_array_index(file->rules->all, i);
        if (old->language != rule->language || strcmp(old->id, rule->id) != 0)
            continue;
        if ((old->ours && rule->ours) || strcmp(old->file, rule->file) == 0)
            return broken(file, rule->line, error, "rule %s: stands in line %u already", rule->id, old->line);
        known = true;
        old->off = true;
    }
    return known || !rule->off || broken(file, rule->line, error, "rule %s: there is no such rule to switch off", rule->id);
}

static bool record_end(struct rule_file *file, GError **error)
{
    struct rule *rule = g_steal_pointer(&file->rule);
    g_clear_pointer(&file->part, g_free);
    if (!rule)
        return true;
    g_ptr_array_add(file->rules->all, rule);
    if (!take_name(file, rule, error))
        return false;
    if (rule->off && !rule->pattern)
        return true;
    if (!rule->pattern || !rule->means)
        return broken(file, rule->line, error, "rule %s: needs a pattern and says what it means", rule->id);
    if (!rule->triggers || !*rule->triggers)
        return broken(file, rule->line, error, "rule %s: has no trigger, so it could never be tried", rule->id);
    if (rule->matches->len == 0)
        return broken(file, rule->line, error, "rule %s: needs at least one match line", rule->id);
    return compile(file, rule, error) && add_triggers(file, rule, file->rules->all->len - 1, error);
}

static bool take_line(struct rule_file *file, char *line, GError **error)
{
    g_strchomp(line);
    if (*line == '#')
        return true;
    if (*line == '\0')
        return record_end(file, error);
    char *value = line + strcspn(line, " \t");
    if (*value)
        *value++ = '\0';
    value += strspn(value, " \t");
    if (strcmp(line, "rule") == 0 || strcmp(line, "part") == 0) {
        if (!record_end(file, error))
            return false;
        if (*line == 'r')
            file->rule = rule_new(file, value);
        else
            g_hash_table_remove(file->parts, file->part = g_strdup(value)); /* a later file may say a part anew */
        return true;
    }
    if (file->part && strcmp(line, "pattern") == 0) {
        const char *old = g_hash_table_lookup(file->parts, file->part);
        g_hash_table_insert(file->parts, g_strdup(file->part), g_strconcat(old ? old : "", value, NULL));
        return true;
    }
    if (!file->rule)
        return broken(file, file->line, error, "'%s' stands outside a rule", line);
    return take_field(file, line, value) || broken(file, file->line, error, "rule %s: cannot read '%s %s'", file->rule->id, line, value);
}

static bool read_rules(struct rule_file *file, const char *data, gsize size, GError **error)
{
    if (!g_utf8_validate(data, (gssize)size, NULL))
        return broken(file, 0, error, "is not UTF-8");
    for (gsize i = 0; i < size; i++)
        file->rules->checksum = (file->rules->checksum ^ (unsigned char)data[i]) * 16777619u;
    g_autofree char *text = g_strndup(data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool ok = true;
    file->line = 0;
    for (char **line = lines; ok && *line; line++) {
        file->line++;
        ok = take_line(file, *line, error);
    }
    ok = ok && record_end(file, error);
    if (file->rule)
        g_ptr_array_add(file->rules->all, g_steal_pointer(&file->rule));
    g_clear_pointer(&file->part, g_free);
    return ok;
}

static bool read_ours(struct rules *rules, enum language language, GHashTable *parts, GError **error)
{
    g_autofree char *folder = g_strdup_printf("/extract/rules/%s/", language_name(language));
    g_autofree const char **paths = embedded_below(extract_embedded, folder);
    qsort(paths, g_strv_length((char **)paths), sizeof *paths, (int (*)(const void *, const void *))rule_name_order);
    for (const char **path = paths; *path; path++) {
        struct slice bytes = embedded_bytes(extract_embedded, *path);
        struct rule_file file = {.rules = rules, .path = *path + strlen("/extract/"), .language = language, .ours = true, .parts = parts};
        if (!read_rules(&file, bytes.ptr, bytes.len, error))
            return false;
    }
    return true;
}

static bool read_folder(struct rules *rules, const char *folder, enum language language, GHashTable *parts, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".rules"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, rule_name_order);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, i), NULL);
        g_autofree char *data = NULL;
        gsize size;
        struct rule_file file = {.rules = rules, .path = path, .language = language, .parts = parts};
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents(path, &data, &size, NULL)) /* a named pipe would be waited for */
            return broken(&file, 0, error, "cannot be read");
        if (!read_rules(&file, data, size, error))
            return false;
    }
    return true;
}

static bool read_language(struct rules *rules, const char *folder, enum language language, GError **error)
{
    g_autoptr(GHashTable) parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!read_ours(rules, language, parts, error))
        return false;
    if (!folder)
        return true;
    g_autofree char *own = g_build_filename(folder, language_name(language), NULL);
    return (language != LANGUAGE_EN || read_folder(rules, folder, language, parts, error)) && read_folder(rules, own, language, parts, error);
}

static struct rules *rules_empty(void)
{
    struct rules *rules = g_new0(struct rules, 1);
    rules->all = g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);
    rules->starts = g_array_new(FALSE, FALSE, sizeof(struct rule_start));
    rules->checksum = 2166136261u;
    for (int i = 0; i < LANGUAGES; i++) {
        rules->words[i] = trigger_new();
        rules->word[i] = g_array_new(FALSE, TRUE, sizeof(struct rule_word));
        rules->after[i] = trigger_new();
        rules->number[i] = g_array_new(FALSE, FALSE, sizeof(struct rule_start));
        rules->capital[i] = g_array_new(FALSE, FALSE, sizeof(struct rule_start));
    }
    return rules;
}

static void language_done(struct rules *rules, enum language language)
{
    trigger_freeze(rules->words[language]);
    trigger_freeze(rules->after[language]);
    guint n = rules->words[language]->pairs->len;
    rules->begun[language] = g_new(struct rule_start, n + 1);
    for (guint i = 0; i < n; i++)
        rules->begun[language][i] = g_array_index(rules->starts, struct rule_start, rules->words[language]->rows[i]);
    rules_number_words(rules, language);
    rules->read[language] = true;
}

/* Hands over rules that were read, or frees what was read of broken ones. */
static bool rules_done(struct rules *rules, bool ok, struct rules **ret)
{
    for (int i = 0; ok && !rules->brief && i < LANGUAGES; i++) {
        language_done(rules, (enum language)i);
        rules_make_reaches(rules, (enum language)i);
    }
    if (ok)
        *ret = rules;
    else
        rules_free(rules);
    return ok;
}

void rules_read(struct rules *rules, enum language language)
{
    g_autoptr(GError) error = NULL;
    if (rules->read[language])
        return;
    if (!read_language(rules, NULL, language, &error))
        g_error("%s", error->message); /* only of ours, which are tested */
    language_done(rules, language);
}

bool rules_new(const char *folder, bool brief, struct rules **ret, GError **error)
{
    struct rules *rules = rules_empty();
    rules->brief = brief;
    bool ok = true;
    if (folder && !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        citable_error_at(error, CITABLE_ERROR_RULE, folder, 0, "is no folder of rules");
        ok = false;
    }
    for (int i = 0; ok && !brief && i < LANGUAGES; i++)
        ok = read_language(rules, folder, (enum language)i, error);
    return rules_done(rules, ok, ret);
}

bool rules_of(const char *path, struct slice text, struct rules **ret, GError **error)
{
    g_autoptr(GHashTable) parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct rules *rules = rules_empty();
    struct rule_file file = {.rules = rules, .path = path, .language = LANGUAGE_EN, .parts = parts};
    return rules_done(rules, read_rules(&file, text.ptr, text.len, error), ret);
}

void rules_free(struct rules *rules)
{
    if (!rules)
        return;
    g_ptr_array_unref(rules->all);
    g_array_unref(rules->starts);
    for (int i = 0; i < LANGUAGES; i++) {
        trigger_free(rules->words[i]);
        trigger_free(rules->after[i]);
        g_free(rules->begun[i]);
        g_free(rules->word_of[i]);
        g_array_unref(rules->word[i]);
        for (unsigned besides = 0; besides < RULE_BESIDES; besides++)
            g_free(rules->reach[i][besides]);
        g_array_unref(rules->number[i]);
        g_array_unref(rules->capital[i]);
    }
    g_free(rules);
}
