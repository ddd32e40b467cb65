/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/each_document.h"
#include "extract/pass.h"
#include "query/print/mention.h"

static char *rules;

static const GOptionEntry options[] = {
    {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "a folder of your own rules, read after ours", "DIR"},
    DOCUMENT_OPTIONS,
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

struct printing {
    const struct extractor *extractor;
    struct printer *printer; /* NULL: text */
};

static void print_mentions(const struct document *doc, void *data)
{
    const struct printing *printing = data;
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(printing->extractor, doc, troubles);
    g_autoptr(GPtrArray) all = mentions_in_order(mentions);
    if (printing->printer)
        for (guint i = 0; i < all->len; i++)
            printer_add(printing->printer, mention_json(doc, g_ptr_array_index(all, i)));
    else
        mentions_print(doc, all, command_terminal(), stdout);
    char *unread = mentions_unread(mentions, doc);
    if (unread)
        g_ptr_array_add(troubles, unread);
    for (guint i = 0; i < troubles->len; i++) {
        g_autofree char *line = terminal_safe(g_ptr_array_index(troubles, i));
        fprintf(stderr, "citable: %s: %s\n", doc->path, line);
    }
    mentions_free(mentions);
}

int cmd_extract(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse(&argc, &argv, options, "Prints figures, notes, places, actors, periods and attributions in reading order.", &error))
        return give_up(error);
    if (!documents_named())
        return EXIT_WRONG_USE;
    struct extractor *extractor = NULL;
    if (!extractor_new(rules, &extractor, &error))
        return give_up(error);
    command_page();
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), mention_columns, stdout);
    int code = each_document(print_mentions, &(struct printing){extractor, printer});
    if (printer)
        printer_close(printer);
    extractor_free(extractor);
    return code;
}
