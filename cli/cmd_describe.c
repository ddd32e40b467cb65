/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/command.h"
#include "index/get.h"
#include "index/period.h"
#include "index/put.h"

static char **ids, *title, *authors, *publisher, *date, *url, *language, *symbol;

static const GOptionEntry options[] = {
    {"title", 0, 0, G_OPTION_ARG_STRING, &title, "as it is to be cited", "TITLE"},
    {"authors", 0, 0, G_OPTION_ARG_STRING, &authors, "\"Family, Given; Family, Given\" or an organisation", "NAMES"},
    {"publisher", 0, 0, G_OPTION_ARG_STRING, &publisher, "who published it", "NAME"},
    {"date", 0, 0, G_OPTION_ARG_STRING, &date, "2015, 2015-05 or 2015-05-04", "DATE"},
    {"url", 0, 0, G_OPTION_ARG_STRING, &url, "the publisher's address of it", "URL"},
    {"language", 0, 0, G_OPTION_ARG_STRING, &language, "en, es, fr", "LANG"},
    {"symbol", 0, 0, G_OPTION_ARG_STRING, &symbol, "what its organisation numbers it by: A/HRC/59/25", "SYMBOL"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, NULL, "ID"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "Corrects what is said of a document; what you say stays when it is read again. An empty value takes a correction back. Without options: prints what is said.\n"
                              "Example: citable describe a1c94e --publisher \"UNHCR\" --date 2015-06-18";

/* The options and the fields they set. */
static const struct {
    const char *field;
    char **value;
} fields[] = {{"title", &title}, {"authors", &authors}, {"publisher", &publisher}, {"date", &date}, {"url", &url}, {"language", &language}, {"symbol", &symbol}};

static bool anything_said(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (*fields[i].value)
            return true;
    return false;
}

static bool check_values(GError **error)
{
    struct days days;
    if (date && *date && !days_from_edtf(date, &days)) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "--date %s is no date; write 2015, 2015-05 or 2015-05-04", date);
        return false;
    }
    return true;
}

static bool write_fields(struct store *store, const char *id, GError **error)
{
    if (!store_begin(store, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (*fields[i].value && !store_describe(store, id, fields[i].field, *fields[i].value, error)) {
            store_rollback(store);
            return false;
        }
    return store_commit(store, error);
}

static void print_document(const struct document_row *row)
{
    const struct metadata *m = &row->metadata;
    const struct {
        const char *name, *value;
    } lines[] = {{"id", row->id}, {"file", row->path}, {"title", m->title}, {"authors", m->authors}, {"publisher", m->publisher}, {"date", m->date}, {"url", m->url}, {"language", m->language}, {"symbol", m->symbol}};
    if (command_format() != FORMAT_TEXT) {
        static const char *const columns[] = {"id", "file", "title", "authors", "publisher", "date", "url", "language", "symbol", NULL};
        json_t *record = json_object();
        for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
            json_object_set_new(record, lines[i].name, json_text(lines[i].value));
        struct printer *printer = printer_new(command_format(), columns, stdout);
        printer_add(printer, record);
        printer_close(printer);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *safe = lines[i].value ? terminal_safe(lines[i].value) : NULL;
        printf("%-10s %s\n", lines[i].name, safe ? safe : "-");
    }
}

static int describe(struct store *store)
{
    g_autoptr(GError) error = NULL;
    struct document_row *row = NULL;
    if (anything_said() && !write_fields(store, ids[0], &error))
        return give_up(error);
    if (!store_document_by_id(store, ids[0], &row, &error))
        return give_up(error);
    if (!row) {
        g_autofree char *safe = terminal_safe(ids[0]);
        fprintf(stderr, "citable: no document '%s'; 'citable status' lists them\n", safe);
        return EXIT_NO;
    }
    print_document(row);
    document_row_free(row);
    return EXIT_DONE;
}

int cmd_describe(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct store *store = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error) || !check_values(&error))
        return give_up(error);
    if (!ids || ids[1])
        return wrong_use("name one document by its id");
    if (!command_open(anything_said() ? STORE_WRITE : STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code = describe(store);
    store_close(store);
    return code;
}
