/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/command.h"
#include "ingest/pdf/page_image.h"
#include "ingest/reader.h"
#include "query/print/answer.h"

static char **ids, *image;
static int around = 1, dpi = 144;
static gboolean force;

static const GOptionEntry options[] = {
    {"around", 0, 0, G_OPTION_ARG_INT, &around, "passages of context before and after (1)", "N"},
    {"image", 0, 0, G_OPTION_ARG_FILENAME, &image, "draw the PDF page with the words marked", "OUT.png"},
    {"force", 0, 0, G_OPTION_ARG_NONE, &force, "let --image replace a file that is there", NULL},
    {"dpi", 0, 0, G_OPTION_ARG_INT, &dpi, "dots an inch of the picture (144)", "DPI"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, NULL, "ID"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "ID: of a passage (a1c94e.11.3) or a figure (a1c94e.11.3#2), as the other commands print them.";

static bool context_json(struct store *store, json_t *record, int64_t passage, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    if (!store_context(store, passage, (uint32_t)around, &rows, error))
        return false;
    json_t *list = json_array();
    for (guint i = 0; i < rows->len; i++) {
        const struct passage_row *row = g_ptr_array_index(rows, i);
        json_array_append_new(list, json_pack("{s:o,s:s,s:o,s:b}", "id", json_text(row->id), "zone", zone_name(row->zone), "text", json_text(row->intact ? row->text : NULL),
                                              "damaged", !row->intact));
    }
    json_object_set_new(record, "context", list);
    return true;
}

/* The passage that a pull quote says again. */
static bool repeats_json(struct store *store, json_t *record, int64_t passage, GError **error)
{
    struct passage_row *original = NULL;
    if (!store_original(store, passage, &original, error))
        return false;
    json_object_set_new(record, "repeats", json_text(original ? original->id : NULL));
    passage_row_free(original);
    return true;
}

static bool repeats_print(struct store *store, const struct answer *answer, struct terminal terminal, GError **error)
{
    struct passage_row *original = NULL;
    if (!store_original(store, answer->passage->rowid, &original, error))
        return false;
    if (original)
        printf("%sa pull quote: it says again what %s says, and is no second statement%s\n\n", ink_on(&terminal, INK_FAINT), original->id, ink_off(&terminal, INK_FAINT));
    passage_row_free(original);
    return true;
}

static bool show_json(struct library *library, const struct answer *answer, const GPtrArray *figures, GError **error)
{
    json_t *record = answer_json(answer, NULL), *list = json_array();
    answer_json_review(record, answer);
    for (guint i = 0; i < figures->len; i++) {
        json_t *figure = answer_json(g_ptr_array_index(figures, i), NULL);
        answer_json_review(figure, g_ptr_array_index(figures, i));
        json_array_append_new(list, figure);
    }
    json_object_set_new(record, "figures", list);
    struct store *store = library_store(library);
    if (!context_json(store, record, answer->passage->rowid, error) || !repeats_json(store, record, answer->passage->rowid, error)) {
        json_decref(record);
        return false;
    }
    struct printer *printer = printer_new(command_format(), answer->figure ? figure_columns : passage_columns, stdout);
    printer_add(printer, record);
    printer_close(printer);
    return true;
}

static void print_passage(const struct passage_row *row, const struct answer *answer, struct terminal terminal)
{
    g_autoptr(GString) text = g_string_new(NULL), safe = g_string_new(NULL);
    bool chosen = row->rowid == answer->passage->rowid;
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct span));
    if (chosen && answer->figure && answer_quote(answer).ptr) {
        struct span span = {answer->figure->span.start - row->span.start, answer->figure->span.end - row->span.start};
        g_array_append_val(marks, span);
    }
    if (row->intact)
        quote_append(safe, terminal, slice_of(row->text), marks, 0);
    else
        g_string_append(safe, "stored text damaged");
    if (!chosen) {
        g_string_prepend(safe, ink_on(&terminal, INK_FAINT));
        g_string_append(safe, ink_off(&terminal, INK_FAINT));
    }
    terminal_wrap(&terminal, text, safe->str, chosen ? 4 : 6);
    printf("%s\n\n", text->str);
}

static bool show_text(struct library *library, const struct answer *answer, const GPtrArray *figures, GError **error)
{
    struct terminal terminal = command_terminal();
    g_autoptr(GPtrArray) rows = NULL;
    if (!store_context(library_store(library), answer->passage->rowid, (uint32_t)around, &rows, error))
        return false;
    struct slice quoted = answer_quote(answer);
    g_autofree char *quote = quoted.ptr ? slice_dup(quoted) : NULL;
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *note = citation_note(&citation), *safe = terminal_safe(note);
    printf("%s%s%s\n", ink_on(&terminal, INK_TITLE), safe, ink_off(&terminal, INK_TITLE));
    if (answer->passage->heading) {
        g_autofree char *heading = terminal_safe(answer->passage->heading);
        printf("under: %s\n", heading);
    }
    fputc('\n', stdout);
    for (guint i = 0; i < rows->len; i++)
        print_passage(g_ptr_array_index(rows, i), answer, terminal);
    if (!repeats_print(library_store(library), answer, terminal, error))
        return false;
    g_autofree const char **cautions = passage_cautions(answer->passage->flags);
    for (const char **caution = cautions; *caution; caution++)
        printf("%s%s%s\n\n", ink_on(&terminal, INK_ALARM), *caution, ink_off(&terminal, INK_ALARM));
    if (!answer->figure)
        answer_review_print(answer, terminal, stdout);
    for (guint i = 0; i < figures->len; i++)
        figure_record_print(g_ptr_array_index(figures, i), terminal, stdout);
    return true;
}

/* The boxes are those of the file that was read; on another file they would mark the wrong words. */
static bool unchanged(const struct document_row *document, const char *path, GError **error)
{
    struct source *source = NULL;
    if (!source_open(path, &source, error))
        return false;
    bool same = g_str_equal(source->sha256, document->member ? document->sha256 : document->file_sha256);
    source_free(source);
    if (!same)
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_READ, "%s: the file has changed since it was read; ingest it again", path);
    return same;
}

/* "out.png" for the first picture, "out-2.png" for the second; the caller frees it. */
static char *picture_name(unsigned number)
{
    const char *base = strrchr(image, G_DIR_SEPARATOR), *dot = strrchr(base ? base : image, '.');
    if (number == 1)
        return g_strdup(image);
    return dot ? g_strdup_printf("%.*s-%u%s", (int)(dot - image), image, number, dot) : g_strdup_printf("%s-%u", image, number);
}

/* Each page that has a box (a passage may go on over the page), one picture a page; without boxes the whole page is drawn. */
static bool draw_pages(const char *path, uint32_t page, const GArray *boxes, GError **error)
{
    unsigned number = 1;
    if (!command_may_write(image, force, error) || !page_image_png(path, page, boxes, dpi, image, error))
        return false;
    for (guint i = 0; boxes && i < boxes->len; i++) {
        uint32_t next = g_array_index(boxes, struct place_on_page, i).page;
        if (next <= page)
            continue;
        page = next;
        g_autofree char *out = picture_name(++number), *safe = terminal_safe(out);
        if (!command_may_write(out, force, error) || !page_image_png(path, page, boxes, dpi, out, error))
            return false;
        fprintf(stderr, "citable: the passage goes on over the page: %s\n", safe);
    }
    return true;
}

static bool draw(const struct store *store, const struct answer *answer, GError **error)
{
    const GArray *boxes = answer->figure ? answer->figure->boxes : answer->passage->boxes;
    uint32_t page = boxes && boxes->len ? g_array_index(boxes, struct place_on_page, 0).page : answer_page(answer);
    if (page == NONE || g_strcmp0(answer->document->reader, "pdf") != 0) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_USAGE, "%s: only pages of PDF files can be drawn", answer->document->path);
        return false;
    }
    g_autofree char *file = store_file(store, answer->document->path), *path = answer->document->member ? g_strconcat(file, "!", answer->document->member, NULL) : g_strdup(file);
    return unchanged(answer->document, path, error) && draw_pages(path, page, boxes, error);
}

/* An id that names no passage: says so, or that it is a whole document's, and what can be done with that. */
static bool tell_unknown(struct store *store, const char *id, GError **error)
{
    struct document_row *document = NULL;
    if (!store_document_by_id(store, id, &document, error))
        return false;
    g_autofree char *path = document ? terminal_safe(document->path) : NULL;
    if (document)
        fprintf(stderr, "citable: '%s' is a document (%s); 'citable figures --source %s' lists its figures, 'citable cite %s' cites it\n", id, path, id, id);
    else
        fprintf(stderr, "citable: nothing in the evidence has the id '%s'\n", id);
    document_row_free(document);
    return true;
}

/* The figure asked for, or all of the passage. */
static bool figures_of(struct library *library, const struct answer *answer, GPtrArray *figures, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    if (!store_figures_of(library_store(library), answer->passage, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        struct figure_row *row = g_steal_pointer(&g_ptr_array_index(rows, i));
        struct answer *figure = NULL;
        if (answer->figure && row->rowid != answer->figure->rowid) {
            figure_row_free(row);
            continue;
        }
        if (!answer_of_figure(library, row, &figure, error))
            return false;
        g_ptr_array_add(figures, figure);
    }
    return true;
}

static int show(struct store *store, const char *id)
{
    g_autoptr(GError) error = NULL;
    struct library *library = library_new(store);
    g_autoptr(GPtrArray) figures = g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
    struct answer *answer = NULL;
    bool ok = answer_by_id(library, id, &answer, &error);
    bool found = ok && answer;
    if (found)
        ok = figures_of(library, answer, figures, &error);
    if (found && ok) {
        command_page();
        ok = command_format() == FORMAT_TEXT ? show_text(library, answer, figures, &error) : show_json(library, answer, figures, &error);
        ok = ok && (!image || draw(store, answer, &error));
    }
    if (ok && !found)
        ok = tell_unknown(store, id, &error);
    answer_free(answer);
    g_ptr_array_set_size(figures, 0);
    library_free(library);
    if (!ok)
        return give_up(error);
    return found ? EXIT_DONE : EXIT_NO;
}

int cmd_show(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (!ids || ids[1])
        return wrong_use("give one id");
    if (around < 0 || dpi < 18 || dpi > 1200)
        return wrong_use(around < 0 ? "--around is 0 or more" : "--dpi is from 18 to 1200");
    if (force && !image)
        return wrong_use("--force goes with --image");
    if (image && !command_may_write(image, force, &error))
        return give_up(error);
    struct store *store = NULL;
    if (!command_open(STORE_READ, &store, &error))
        return give_up_evidence(error);
    int code = show(store, ids[0]);
    store_close(store);
    return code;
}
