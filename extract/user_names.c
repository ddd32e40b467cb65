/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/user_names.h"

#include "base/error.h"

#include <math.h>

enum { FORM_BYTES = 400, FORM_WORDS = 16 };

static const struct {
    const char *name;
    guint least, most; /* fields, the kind included */
} kinds[USER_KINDS] = {{"actor", 3, 4}, {"alias", 3, 3}, {"merge", 3, 3}, {"place", 3, 5}, {"ban", 2, 2}};

static void user_name_free(gpointer data)
{
    struct user_name *name = data;
    g_free(name->form);
    g_free(name->name);
    g_free(name->acronym);
    g_free(name->iso);
    g_free(name);
}

/* Folded words, one space between: what a text's tokens give. Returns the number of words. */
static uint32_t fold_form(const char *text, char folded[static FORM_BYTES], uint32_t *ret_start)
{
    g_auto(GStrv) words = g_strsplit_set(text, " -.,/&", -1);
    size_t len = 0;
    uint32_t n = 0;
    for (char **word = words; *word; word++) {
        struct slice slice = slice_of(*word);
        if (slice.len == 0 || len + slice.len + 8 > FORM_BYTES)
            continue;
        if (n == 0)
            *ret_start = token_hash(slice);
        else
            folded[len++] = ' ';
        len += token_fold(slice, folded + len, FORM_BYTES - len - 1);
        n++;
    }
    folded[len] = '\0';
    return n;
}

static void add_form(struct user_names *names, const char *form, struct user_name *row)
{
    char folded[FORM_BYTES];
    uint32_t start = 0, words = fold_form(form, folded, &start);
    if (words == 0 || g_hash_table_contains(names->forms, folded))
        return; /* the first row counts: the lint tells of the other */
    g_hash_table_insert(names->forms, g_strdup(folded), row);
    gpointer key = GUINT_TO_POINTER(start);
    uint32_t most = GPOINTER_TO_UINT(g_hash_table_lookup(names->starts, key));
    g_hash_table_insert(names->starts, key, GUINT_TO_POINTER(MAX(most, words)));
}

static bool degrees(const char *text, double most, float *ret)
{
    char *end;
    double value = g_ascii_strtod(text, &end);
    *ret = (float)value;
    return end > text && *end == '\0' && value >= -most && value <= most;
}

/* "CO" or "CO-CAQ", and both degrees or none. */
static bool take_place(struct user_name *row, char **fields, guint n)
{
    row->iso = g_strdup(g_strstrip(fields[2]));
    row->lat = row->lon = NAN;
    row->place = row;
    char country[3] = {row->iso[0], row->iso[0] ? row->iso[1] : '\0', '\0'};
    bool code = gazetteer_country(gazetteer_get(), country) && (row->iso[2] == '\0' || (row->iso[2] == '-' && row->iso[3]));
    return code && n != 4 && (n < 5 || (degrees(g_strstrip(fields[3]), 90, &row->lat) && degrees(g_strstrip(fields[4]), 180, &row->lon)));
}

static struct user_name *row_of(char **fields)
{
    for (int kind = 0; kind < USER_KINDS; kind++) {
        guint n = g_strv_length(fields);
        if (strcmp(fields[0], kinds[kind].name) != 0 || n < kinds[kind].least || n > kinds[kind].most || !*fields[1])
            continue;
        struct user_name *row = g_new0(struct user_name, 1);
        row->kind = (enum user_name_kind)kind;
        row->form = g_strdup(g_strstrip(fields[1]));
        row->name = g_strdup(kind == USER_ALIAS || kind == USER_MERGE ? g_strstrip(fields[2]) : row->form);
        row->acronym = kind == USER_ACTOR && n > 3 && *fields[3] ? g_strdup(g_strstrip(fields[3])) : NULL;
        bool bad = (kind == USER_ACTOR && !actor_class_from(fields[2], &row->class)) || (kind == USER_PLACE && !take_place(row, fields, n));
        if (bad) {
            user_name_free(row);
            return NULL;
        }
        return row;
    }
    return NULL;
}

static bool read_line(struct user_names *names, const char *path, unsigned number, char *line, GError **error)
{
    if (!*g_strchomp(line) || *line == '#')
        return true;
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    struct user_name *row = row_of(fields);
    if (!row) {
        citable_error_at(error, CITABLE_ERROR_RULE, path, number,
            "no row of names: write actor NAME CLASS [ACRONYM], alias FORM NAME, merge NAME NAME, place NAME CODE [LAT LON] or ban NAME, parted by tabs; "
            "classes: organisation, group, state, person, programme, law, media; codes: ISO 3166, such as CO or CO-CAQ");
        return false;
    }
    row->line = number;
    row->path = path;
    g_ptr_array_add(names->rows, row);
    if (row->kind == USER_MERGE) {
        char folded[FORM_BYTES];
        uint32_t start;
        if (fold_form(row->form, folded, &start) > 0)
            g_hash_table_insert(names->merges, g_strdup(folded), row->name);
        return true;
    }
    add_form(names, row->form, row);
    if (row->acronym)
        add_form(names, row->acronym, row);
    return true;
}

static bool read_file(struct user_names *names, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) problem = NULL;
    gsize len;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) { /* a named pipe would be waited for */
        citable_error_at(error, CITABLE_ERROR_RULE, path, 0, "is no file");
        return false;
    }
    if (!g_file_get_contents(path, &text, &len, &problem)) {
        citable_error_at(error, CITABLE_ERROR_RULE, path, 0, "%s", problem->message);
        return false;
    }
    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        citable_error_at(error, CITABLE_ERROR_RULE, path, 0, "is not UTF-8");
        return false;
    }
    for (gsize i = 0; i < len; i++)
        names->checksum = (names->checksum ^ (unsigned char)text[i]) * 16777619u;
    char *kept = g_strdup(path);
    g_ptr_array_add(names->paths, kept);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; lines[i]; i++)
        if (!read_line(names, kept, i + 1, lines[i], error))
            return false;
    return true;
}

/* An alias is of the class of what it means: one of the user's actors, or one of the table. */
static bool class_of_name(const struct user_names *names, const char *name, enum actor_class *ret)
{
    char folded[FORM_BYTES];
    uint32_t start;
    fold_form(name, folded, &start);
    const struct user_name *own = g_hash_table_lookup(names->forms, folded);
    if (own && own->kind == USER_ACTOR) {
        *ret = own->class;
        return true;
    }
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    for (uint32_t i = 0; slot && i < slot->count; i++) {
        const struct gazetteer_sense *sense = &gazetteer_senses(g, slot)[i];
        if (sense->flags & SENSE_ACTOR)
            return actor_class_from(gazetteer_string(g, gazetteer_actor(g, sense->record)->class), ret);
    }
    return false;
}

/* The user's place of that name, or NULL. */
static const struct user_name *place_of_name(const struct user_names *names, const char *name)
{
    char folded[FORM_BYTES];
    uint32_t start;
    fold_form(name, folded, &start);
    const struct user_name *own = g_hash_table_lookup(names->forms, folded);
    return own && own->kind == USER_PLACE ? own : NULL;
}

static void resolve_aliases(struct user_names *names)
{
    for (guint i = 0; i < names->rows->len; i++) {
        struct user_name *row = g_ptr_array_index(names->rows, i);
        if (row->kind == USER_ALIAS)
            row->place = place_of_name(names, row->name);
        if (row->kind == USER_ALIAS && !row->place && !class_of_name(names, row->name, &row->class))
            row->class = ACTOR_ORGANISATION;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool user_names_new(const char *folder, struct user_names **ret, GError **error)
{
    *ret = NULL;
    g_autofree char *place = folder ? g_build_filename(folder, "names", NULL) : NULL;
    g_autoptr(GDir) dir = place ? g_dir_open(place, 0, NULL) : NULL;
    if (!dir)
        return true;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".tsv"))
            g_ptr_array_add(files, g_build_filename(place, name, NULL));
    g_ptr_array_sort(files, by_name);
    struct user_names *names = g_new(struct user_names, 1);
    *names = (struct user_names){
        .rows = g_ptr_array_new_with_free_func(user_name_free),
        .paths = g_ptr_array_new_with_free_func(g_free),
        .forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .starts = g_hash_table_new(g_direct_hash, g_direct_equal),
        .merges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .checksum = 2166136261u,
    };
    for (guint i = 0; i < files->len; i++)
        if (!read_file(names, g_ptr_array_index(files, i), error)) {
            user_names_free(names);
            return false;
        }
    resolve_aliases(names);
    *ret = names;
    return true;
}

void user_names_free(struct user_names *names)
{
    if (!names)
        return;
    g_ptr_array_unref(names->rows);
    g_ptr_array_unref(names->paths);
    g_hash_table_unref(names->forms);
    g_hash_table_unref(names->starts);
    g_hash_table_unref(names->merges);
    g_free(names);
}

const struct user_name *user_names_match(const struct user_names *names, const struct name_scan *scan, uint32_t first, uint32_t *ret_after, struct span *ret_span)
{
    struct slice word = scan_text(scan, first);
    uint32_t stem = token_hash(slice_sub(word, 0, word_stem_len(word)));
    uint32_t most = GPOINTER_TO_UINT(g_hash_table_lookup(names->starts, GUINT_TO_POINTER(scan->tokens[first].hash)));
    most = MAX(most, GPOINTER_TO_UINT(g_hash_table_lookup(names->starts, GUINT_TO_POINTER(stem))));
    const struct user_name *found = NULL;
    char folded[FORM_BYTES];
    size_t len = 0;
    uint32_t words = 0;
    for (uint32_t i = first; words < most && i < scan->n && i - first < 2 * FORM_WORDS && !(i > first && scan_starts(scan, i)); i++) {
        if (scan->tokens[i].class == TOKEN_SIGN) {
            if (!strchr("-.,/&", scan->doc->text->str[scan->tokens[i].span.start]))
                break;
            continue;
        }
        word = scan_text(scan, i);
        if (len + word.len + 8 > sizeof folded)
            break;
        if (words++ > 0)
            folded[len++] = ' ';
        /* the whole word first, then without its possessive: the form goes on only behind whole words */
        for (int whole = 0; whole < 2; whole++) {
            uint32_t bytes = whole ? (uint32_t)word.len : word_stem_len(word);
            size_t end = len + token_fold(slice_sub(word, 0, bytes), folded + len, sizeof folded - len - 1);
            folded[end] = '\0';
            const struct user_name *row = g_hash_table_lookup(names->forms, folded);
            if (row) {
                found = row;
                *ret_after = i + 1;
                *ret_span = (struct span){scan->tokens[first].span.start, scan->tokens[i].span.start + bytes};
            }
            if (whole)
                len = end;
        }
    }
    return found;
}

const char *user_names_merged(const struct user_names *names, const char *canonical)
{
    char folded[FORM_BYTES];
    uint32_t start;
    if (!names || g_hash_table_size(names->merges) == 0 || fold_form(canonical, folded, &start) == 0)
        return canonical;
    const char *merged = g_hash_table_lookup(names->merges, folded);
    return merged ? merged : canonical;
}

static unsigned complain(GString *report, const struct user_name *row, const char *what, const char *other)
{
    g_string_append_printf(report, "%s:%u: %s \"%s\" %s", row->path, row->line, kinds[row->kind].name, row->form, what);
    if (other)
        g_string_append_printf(report, " \"%s\"", other);
    g_string_append_c(report, '\n');
    return 1;
}

/* What is wrong with one row, beside the others. */
static unsigned lint_row(const struct user_names *names, const struct user_name *row, GString *report)
{
    char folded[FORM_BYTES], target[FORM_BYTES];
    uint32_t start = 0, words = fold_form(row->form, folded, &start);
    enum actor_class class;
    unsigned bad = 0;
    fold_form(row->name, target, &start);
    if (words == 0)
        return complain(report, row, "has no word to find", NULL);
    if (row->kind == USER_ALIAS || row->kind == USER_MERGE) {
        if (strcmp(folded, target) == 0)
            return complain(report, row, "means itself", NULL);
        if (row->kind == USER_ALIAS && !row->place && !class_of_name(names, row->name, &class))
            bad += complain(report, row, "means a name that no table has:", row->name);
    }
    if (row->kind == USER_MERGE) {
        if (g_hash_table_lookup(names->merges, folded) != row->name)
            bad += complain(report, row, "is merged twice; the last row counts", NULL);
        if (g_hash_table_contains(names->merges, target))
            bad += complain(report, row, "is merged into a name that is merged itself:", row->name);
        return bad;
    }
    const struct user_name *first = g_hash_table_lookup(names->forms, folded);
    if (first != row)
        bad += complain(report, row, first->kind == USER_BAN ? "is banned by another row" : "stands in two rows; the first counts", NULL);
    if (words == 1 && gazetteer_word(gazetteer_get(), token_hash(slice_of(row->form))) & (SLOT_FUNCTION | SLOT_PREPOSITION))
        bad += complain(report, row, "is a word of every text", NULL);
    return bad;
}

unsigned user_names_lint(const struct user_names *names, GString *report)
{
    unsigned bad = 0;
    for (guint i = 0; names && i < names->rows->len; i++)
        bad += lint_row(names, g_ptr_array_index(names->rows, i), report);
    return bad;
}
