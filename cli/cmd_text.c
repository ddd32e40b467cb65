/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/each_document.h"

static const GOptionEntry options[] = {
    DOCUMENT_OPTIONS,
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char *const columns[] = {"file", "member", "title", "language", "date", "pages", "text", NULL};

static json_t *document_json(const struct document *doc)
{
    return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:I,s:o}", "type", "text", "file", json_text(doc->path), "member", json_text(doc->member),
                     "title", json_text(doc->metadata.title), "authors", json_text(doc->metadata.authors), "publisher", json_text(doc->metadata.publisher),
                     "date", json_text(doc->metadata.date), "language", json_text(doc->metadata.language), "url", json_text(doc->metadata.url), "symbol", json_text(doc->metadata.symbol),
                     "pages", (json_int_t)doc->pages->len, "text", json_stringn(doc->text->str, doc->text->len));
}

/* On a terminal nothing in the text may act on it; into a file or a pipe it goes byte for byte. */
static void print_text(const struct document *doc)
{
    if (command_terminal().width == 0) {
        fwrite(doc->text->str, 1, doc->text->len, stdout);
        return;
    }
    g_autoptr(GString) safe = g_string_sized_new(doc->text->len);
    terminal_append_lines(safe, slice_make(doc->text->str, doc->text->len));
    for (const char *at = safe->str; *at; at++)
        if (*at == '\f')
            fputs("────────────────────────────────────────\n", stdout);
        else
            putchar(*at);
}

static void print_document(const struct document *doc, void *printer)
{
    if (printer)
        printer_add(printer, document_json(doc));
    else
        print_text(doc);
}

int cmd_text(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse(&argc, &argv, options, "Pages are parted by form feeds; what was set apart (running heads, page numbers, note marks) is not in the text.", &error))
        return give_up(error);
    if (!documents_named())
        return EXIT_WRONG_USE;
    command_page();
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), columns, stdout);
    int code = each_document(print_document, printer);
    if (printer)
        printer_close(printer);
    return code;
}
