/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/command.h"
#include "query/answer.h"
#include "query/print/table.h"

static char **words, *by;

static const GOptionEntry options[] = {
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "who says it (your login name)", "NAME"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "[ID [accept|reject|note TEXT|clear]]"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] =
    "ID: of a figure (a1c94e.11.3#2) or a passage (a1c94e.11.3). What you say is\n"
    "kept apart from what was read, with your name and the time (UTC); it stays when\n"
    "the same file is read again. 'clear' takes all of it back. ID alone: lists what\n"
    "was said of it. Without arguments: lists everything that was said.\n"
    "'figures', 'find' and 'export' choose by it: --reviewed accepted, --reviewed\n"
    "rejected, --reviewed none.\n"
    "Example: citable review a1c94e.11.3#2 note \"the next page says 851\"";

/* A verb is a row: what it says, in which field; "note" takes the text from the command line, "clear" takes all back. */
static const struct verb {
    const char *name, *field, *value;
} verbs[] = {{"accept", "verdict", "accepted"}, {"reject", "verdict", "rejected"}, {"note", "note", NULL}, {"clear", NULL, NULL}};

static const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_str_equal(verbs[i].name, name))
            return &verbs[i];
    return NULL;
}

/* ---- the list ---- */

enum { MARK_HERE, MARK_OTHER, MARK_GONE };
static const char *const states[] = {[MARK_HERE] = "here", [MARK_OTHER] = "another text", [MARK_GONE] = "gone"};

/* Is it a mark on the answer's place, whatever text it is of? */
static bool is_of(const struct review_row *row, const struct answer *answer)
{
    return g_str_equal(row->sha256, answer->document->sha256) && g_str_equal(row->place, review_place(answer_id(answer)));
}

/* Where a mark is now: its id, or NULL, and whether what was marked still stands there. */
static bool locate(struct library *library, const struct review_row *row, char **id, int *state, GError **error)
{
    struct document_row *document = NULL;
    struct answer *answer = NULL;
    *id = NULL;
    *state = MARK_GONE;
    if (!store_document_by_id(library_store(library), row->sha256, &document, error))
        return false;
    g_autofree char *wanted = document ? g_strconcat(document->id, ".", row->place, NULL) : NULL;
    document_row_free(document);
    if (wanted && !answer_by_id(library, wanted, &answer, error))
        return false;
    if (answer) {
        *id = g_steal_pointer(&wanted);
        *state = g_str_equal(answer_text(answer), row->text) ? MARK_HERE : MARK_OTHER;
    }
    answer_free(answer);
    return true;
}

static const char *const list_columns[] = {"id", "field", "value", "by", "at", "state", "text", "sha256", "place", NULL};

static json_t *row_json(const struct review_row *row, const char *id, int state)
{
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:o,s:o}", "type", "review", "id", json_text(id), "field", json_text(row->field), "value", json_text(row->value), "by",
                     json_text(row->who), "at", json_text(row->at), "state", states[state], "text", json_text(row->text), "sha256", json_text(row->sha256), "place", json_text(row->place));
}

static const struct column table_columns[] = {{"ID", false, COLUMN_WHOLE}, {"SAID", false, COLUMN_CUT}, {"BY", false, COLUMN_WHOLE}, {"AT (UTC)", false, COLUMN_WHOLE}, {"OF", false, COLUMN_CUT}, {"NOW", false, COLUMN_WHOLE}};

static void add_line(struct table *table, const struct review_row *row, const char *id, int state)
{
    g_autofree char *place = g_strdup_printf("%.6s.%s", row->sha256, row->place);
    const char *const cells[] = {id ? id : place, row->value, row->who, row->at, row->text, state == MARK_HERE ? NULL : states[state]};
    table_row(table);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        table_set(table, i, cells[i]);
}

/* The rows of one place, or all of them for NULL; the caller unrefs it. */
static GPtrArray *rows_of(const struct reviews *reviews, const struct answer *answer)
{
    const GPtrArray *all = reviews_rows(reviews);
    GPtrArray *rows = g_ptr_array_new();
    for (guint i = 0; i < all->len; i++)
        if (!answer || is_of(g_ptr_array_index(all, i), answer))
            g_ptr_array_add(rows, g_ptr_array_index(all, i));
    return rows;
}

/* What was said of an answer, or of everything. */
static bool list(struct library *library, const struct reviews *reviews, const struct answer *answer, GError **error)
{
    g_autoptr(GPtrArray) rows = rows_of(reviews, answer);
    bool text = command_format() == FORMAT_TEXT, ok = true;
    if (rows->len == 0 && text && answer)
        fprintf(stderr, "Nothing is said of %s.\n", answer_id(answer));
    else if (rows->len == 0 && text)
        fputs("No figure or passage has been reviewed.\n", stderr);
    command_page();
    struct printer *printer = text ? NULL : printer_new(command_format(), list_columns, stdout);
    struct table *table = text ? table_new(table_columns, G_N_ELEMENTS(table_columns)) : NULL;
    for (guint i = 0; ok && i < rows->len; i++) {
        const struct review_row *row = g_ptr_array_index(rows, i);
        g_autofree char *id = NULL;
        int state;
        ok = locate(library, row, &id, &state, error);
        if (ok && printer)
            printer_add(printer, row_json(row, id, state));
        else if (ok)
            add_line(table, row, id, state);
    }
    if (printer)
        printer_close(printer);
    else
        table_close(table, command_terminal(), stdout);
    return ok;
}

/* ---- a mark ---- */

static char *now(void)
{
    g_autoptr(GDateTime) time = g_date_time_new_now_utc();
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

/* Every row of the place, whatever text it is of. */
static const struct review_row *row_of(const struct reviews *reviews, const struct answer *answer, const char *field)
{
    const GPtrArray *rows = reviews_rows(reviews);
    for (guint i = 0; i < rows->len; i++) {
        const struct review_row *row = g_ptr_array_index(rows, i);
        if (is_of(row, answer) && (!field || g_str_equal(row->field, field)))
            return row;
    }
    return NULL;
}

/* A mark that is left of another text at this place would pass for one of this text. */
static bool write_mark(struct store *store, const struct answer *answer, const struct review_row *left, const struct verb *verb, const char *value, GError **error)
{
    g_autofree char *time = now();
    const char *place = review_place(answer_id(answer)), *who = by && *by ? by : g_get_user_name();
    bool other = left && !g_str_equal(left->text, answer_text(answer));
    const struct review_row row = {(char *)answer->document->sha256, (char *)place, (char *)verb->field, (char *)value, (char *)answer_text(answer), (char *)who, time};
    bool ok = store_begin(store, error);
    if (ok && (!verb->field || other))
        ok = store_review_clear(store, row.sha256, place, error);
    if (ok && verb->field)
        ok = store_review(store, &row, error);
    if (ok && store_commit(store, error))
        return true;
    store_rollback(store);
    return false;
}

static void tell(const struct answer *answer, const struct review_row *before, const struct review_row *left, const struct verb *verb, const char *value)
{
    g_autoptr(GString) line = g_string_new(answer_id(answer));
    bool other = left && !g_str_equal(left->text, answer_text(answer));
    g_string_append_printf(line, ": %s", value ? value : left ? "nothing is said of it any more" : "nothing was said of it");
    if (verb->field && before)
        g_string_append_printf(line, "; before: %s (%s, %s)", before->value, before->who, before->at);
    if (other)
        g_string_append_printf(line, "; what was said here of “%s” is no longer kept", left->text);
    g_autofree char *safe = terminal_safe(line->str);
    printf("%s\n", safe);
}

static int mark(struct library *library, const struct reviews *reviews, const struct answer *answer, const struct verb *verb, const char *value, GError **error)
{
    int code = EXIT_DONE;
    const struct review_row *left = row_of(reviews, answer, NULL), *before = verb->field ? row_of(reviews, answer, verb->field) : NULL;
    if (verb->field && !answer_quote(answer).ptr) {
        fprintf(stderr, "citable: %s: stored text damaged: nothing can be said of it; 'citable verify' says more\n", answer_id(answer));
        code = EXIT_PARTLY;
    } else if (write_mark(library_store(library), answer, left, verb, value, error)) {
        tell(answer, before, left, verb, value);
    } else {
        code = give_up(*error);
    }
    return code;
}

/* verb: NULL to list what was said of the id. */
static int of_one(struct library *library, const struct reviews *reviews, const struct verb *verb, const char *value, GError **error)
{
    struct answer *answer = NULL;
    if (!answer_by_id(library, words[0], &answer, error))
        return give_up(*error);
    if (!answer) {
        g_autofree char *id = terminal_safe(words[0]);
        fprintf(stderr, "citable: nothing in the evidence has the id '%s'\n", id);
        return EXIT_NO;
    }
    int code = verb ? mark(library, reviews, answer, verb, value, error) : list(library, reviews, answer, error) ? EXIT_DONE : give_up(*error);
    answer_free(answer);
    return code;
}

static int review(struct store *store, const struct verb *verb, const char *value)
{
    g_autoptr(GError) error = NULL;
    struct library *library = library_new(store);
    const struct reviews *reviews;
    int code;
    if (!library_reviews(library, &reviews, &error))
        code = give_up(error);
    else if (words)
        code = of_one(library, reviews, verb, value, &error);
    else
        code = list(library, reviews, NULL, &error) ? EXIT_DONE : give_up(error);
    library_free(library);
    return code;
}

int cmd_review(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct store *store = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    const struct verb *verb = words && words[1] ? verb_named(words[1]) : NULL;
    if (words && words[1] && !verb)
        return wrong_use("give an id and what you say of it: accept, reject, note TEXT or clear");
    bool takes_text = verb && verb->field && !verb->value;
    g_autofree char *text = takes_text && words[2] ? g_strjoinv(" ", words + 2) : NULL;
    if (takes_text ? !text || !*text || !g_utf8_validate(text, -1, NULL) : verb && words[2])
        return wrong_use(takes_text ? "say what the note is" : "accept, reject and clear take no text; 'note TEXT' does");
    if (!command_open(verb ? STORE_WRITE : STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code = review(store, verb, takes_text ? text : verb ? verb->value : NULL);
    store_close(store);
    return code;
}
