/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "index/get.h"
#include "query/print/table.h"

static gboolean all;

static const GOptionEntry options[] = {
    {"all", 'a', 0, G_OPTION_ARG_NONE, &all, "also files that are skipped or hold the same as another", NULL},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "What is in the evidence file, and what could not be read. The ledger adds up: every file that an ingest saw is in one of its rows.";

static const char *const columns[] = {"type", "id", "file", "member", "status", "code", "page", "reason", "title", "date", "language", "pages", "passages", "figures", NULL};

/* The rows of the ledger, as people read them; each file is counted once. */
enum fate { FATE_TEXT, FATE_PARTIAL, FATE_NO_TEXT, FATE_DUPLICATE, FATE_SKIPPED, FATE_FAILED, FATES };
static const char *const fates[] = {"text", "partial", "no text", "duplicate", "skipped", "failed"};
static const char *const fate_keys[] = {"text", "partial", "no_text", "duplicate", "skipped", "failed"};

struct status {
    struct store *store;
    GPtrArray *documents, *ledger;
    GHashTable *by_sha256; /* sha256 → struct document_row * */
    char *sandbox;         /* what the last ingest lacked, or NULL */
    uint64_t pages, passages, figures;
    uint32_t fates[FATES], seen;
};

/* A container is what its documents are. */
static bool is_counted(const struct ledger_row *row)
{
    return g_strcmp0(row->code, "container") != 0;
}

static enum fate fate_of(const struct status *s, const struct ledger_row *row)
{
    const struct document_row *doc = row->document ? g_hash_table_lookup(s->by_sha256, row->document) : NULL;
    if (strcmp(row->status, "failed") == 0)
        return FATE_FAILED;
    if (strcmp(row->status, "skipped") == 0)
        return FATE_SKIPPED;
    if (strcmp(row->status, "duplicate") == 0)
        return FATE_DUPLICATE;
    if (doc && doc->passages == 0)
        return FATE_NO_TEXT;
    return strcmp(row->status, "partial") == 0 ? FATE_PARTIAL : FATE_TEXT;
}

static bool status_load(struct status *s, GError **error)
{
    if (!store_documents(s->store, &s->documents, error) || !store_ledger(s->store, &s->ledger, error) || !store_condition(s->store, "sandbox", &s->sandbox, error))
        return false;
    s->by_sha256 = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < s->documents->len; i++) {
        struct document_row *row = g_ptr_array_index(s->documents, i);
        g_hash_table_insert(s->by_sha256, row->sha256, row);
        s->pages += row->pages;
        s->passages += row->passages;
        s->figures += row->figures;
    }
    for (guint i = 0; i < s->ledger->len; i++) {
        const struct ledger_row *row = g_ptr_array_index(s->ledger, i);
        if (is_counted(row)) {
            s->fates[fate_of(s, row)]++;
            s->seen++;
        }
    }
    return true;
}

static void status_clear(struct status *s)
{
    g_clear_pointer(&s->by_sha256, g_hash_table_unref);
    g_clear_pointer(&s->documents, g_ptr_array_unref);
    g_clear_pointer(&s->ledger, g_ptr_array_unref);
    g_free(s->sandbox);
}

/* ---- for programs ---- */

static json_t *number_or_null(uint32_t number)
{
    return number == NONE ? json_null() : json_integer(number);
}

static void print_json(const struct status *s)
{
    struct printer *printer = printer_new(command_format(), columns, stdout);
    json_t *ledger = json_object();
    for (int i = 0; i < FATES; i++)
        json_object_set_new(ledger, fate_keys[i], json_integer(s->fates[i]));
    printer_add(printer, json_pack("{s:s,s:o,s:i,s:I,s:I,s:I,s:i,s:o,s:o}", "type", "status", "evidence", json_text(store_location(s->store)), "documents", (int)s->documents->len,
                                   "pages", (json_int_t)s->pages, "passages", (json_int_t)s->passages, "figures", (json_int_t)s->figures, "seen", (int)s->seen, "ledger", ledger, "sandbox", json_text(s->sandbox)));
    for (guint i = 0; i < s->documents->len; i++) {
        const struct document_row *d = g_ptr_array_index(s->documents, i);
        printer_add(printer, json_pack("{s:s,s:o,s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:i,s:i,s:i,s:b}", "type", "document", "id", json_text(d->id), "file", json_text(d->path), "member",
                                       json_text(d->member), "sha256", d->sha256, "title", json_text(d->metadata.title), "authors", json_text(d->metadata.authors), "publisher",
                                       json_text(d->metadata.publisher), "date", json_text(d->metadata.date), "url", json_text(d->metadata.url), "language",
                                       json_text(d->metadata.language), "symbol", json_text(d->metadata.symbol), "pages", (int)d->pages, "passages", (int)d->passages, "figures", (int)d->figures, "damaged", !d->intact));
    }
    for (guint i = 0; i < s->ledger->len; i++) {
        const struct ledger_row *row = g_ptr_array_index(s->ledger, i);
        const struct document_row *d = row->document ? g_hash_table_lookup(s->by_sha256, row->document) : NULL;
        printer_add(printer, json_pack("{s:s,s:o,s:o,s:s,s:o,s:o,s:o,s:o}", "type", "file", "file", json_text(row->path), "member", json_text(row->member), "status",
                                       is_counted(row) ? fate_keys[fate_of(s, row)] : "container", "code", json_text(row->code), "page", number_or_null(row->page), "reason",
                                       json_text(row->reason), "id", json_text(d ? d->id : NULL)));
    }
    printer_close(printer);
}

/* ---- for people ---- */

static void set_number(struct table *table, size_t column, uint32_t number)
{
    char text[16];
    g_snprintf(text, sizeof text, "%u", number);
    table_set(table, column, number > 0 ? text : NULL);
}

static void print_documents(const struct status *s)
{
    static const struct column heads[] = {{"ID", false, COLUMN_WHOLE}, {"DATE", false, COLUMN_WHOLE}, {"LANG", false, COLUMN_WHOLE}, {"PAGES", true, COLUMN_WHOLE}, {"FIGURES", true, COLUMN_WHOLE}, {"TITLE", false, COLUMN_CUT},
                                          {"FILE", false, COLUMN_WRAPS}};
    struct table *table = table_new(heads, G_N_ELEMENTS(heads));
    for (guint i = 0; i < s->documents->len; i++) {
        const struct document_row *d = g_ptr_array_index(s->documents, i);
        table_row(table);
        table_set(table, 0, d->id);
        table_set(table, 1, d->metadata.date);
        table_set(table, 2, d->metadata.language);
        set_number(table, 3, d->pages);
        set_number(table, 4, d->figures);
        table_set(table, 5, d->intact ? d->metadata.title : "stored text damaged: 'citable verify' says more");
        g_autofree char *name = d->member ? g_strconcat(d->path, "!", d->member, NULL) : g_strdup(d->path);
        table_set(table, 6, name);
    }
    table_close(table, command_terminal(), stdout);
}

static void print_unread(const struct status *s)
{
    static const struct column heads[] = {{"STATUS", false, COLUMN_WHOLE}, {"FILE", false, COLUMN_WRAPS}, {"PAGE", true, COLUMN_WHOLE}, {"WHY", false, COLUMN_WRAPS}};
    struct table *table = table_new(heads, G_N_ELEMENTS(heads));
    uint32_t shown = 0;
    for (guint i = 0; i < s->ledger->len; i++) {
        const struct ledger_row *row = g_ptr_array_index(s->ledger, i);
        enum fate fate = fate_of(s, row);
        if (!is_counted(row) || !row->reason || (!all && (fate == FATE_DUPLICATE || fate == FATE_SKIPPED)))
            continue;
        g_autofree char *name = row->member ? g_strconcat(row->path, "!", row->member, NULL) : g_strdup(row->path);
        table_row(table);
        table_set(table, 0, fates[fate]);
        table_set(table, 1, name);
        if (row->page != NONE)
            set_number(table, 2, row->page);
        table_set(table, 3, row->reason);
        shown++;
    }
    if (shown > 0)
        printf("\nNot read, or not as it should be:\n");
    table_close(table, command_terminal(), stdout);
}

static void print_number(const char *what, uint64_t n, const char *behind)
{
    printf("%" G_GUINT64_FORMAT " %s%s%s", n, what, n == 1 ? "" : "s", behind);
}

static void print_text(const struct status *s)
{
    g_autofree char *evidence = terminal_safe(store_location(s->store));
    printf("%s\n", evidence);
    print_number("document", s->documents->len, ", ");
    print_number("page", s->pages, ", ");
    print_number("passage", s->passages, ", ");
    print_number("figure", s->figures, "\n\n");
    print_documents(s);
    print_unread(s);
    printf("\n%u seen =", s->seen);
    for (int i = 0; i < FATES; i++)
        printf("%s %u %s", i > 0 ? " +" : "", s->fates[i], fates[i]);
    putchar('\n');
    if (s->sandbox)
        printf("last ingest: %s\n", s->sandbox);
}

int cmd_status(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct status s = {0};
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (argc > 1)
        return wrong_use("takes no arguments");
    if (!command_open(STORE_READ, &s.store, &error))
        return give_up_evidence(error);
    bool ok = status_load(&s, &error);
    command_page();
    if (ok && command_format() == FORMAT_TEXT)
        print_text(&s);
    else if (ok)
        print_json(&s);
    status_clear(&s);
    store_close(s.store);
    return ok ? EXIT_DONE : give_up_evidence(error);
}
