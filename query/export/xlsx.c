/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"

#include "base/error.h"
#include "base/quiet.h"
#include "query/print/answer.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>
#include <xlsxwriter.h>

/*  A workbook of three sheets: the figures, their sources, and what ingest could not read. libxlsxwriter writes to a file of its own, which is then copied.
 *  Cells are text or numbers, never formulas: what begins with "=" in a document is shown, not run. */

enum {
    CELL_CHARACTERS = 32767,  /* of a text cell, in UTF-16 units */
    LINK_CHARACTERS = 2079,   /* of an address */
    LINKS = 65530,            /* on a sheet; the rest stays text */
    ROWS = 1048576,           /* on a sheet */
};

/* The same figures give the same bytes: no time but this one, 1980-01-01, the first that a zip file can say. */
static const time_t created = 315532800;

struct sheet {
    lxw_worksheet *sheet;
    lxw_row_t row;            /* the next one */
    lxw_col_t columns;
    unsigned links;
};

struct workbook {
    int file;                 /* a temporary one, or -1 */
    char *path;               /* that opens it, or NULL */
    bool named;               /* the path is its name, to be removed */
    lxw_workbook *book;       /* or NULL */
    lxw_format *head, *whole, *text;
    struct sheet figures;
    GPtrArray *sources;       /* const struct document_row *, in the order of their first figure */
    GHashTable *counts;       /* document → figures, as a pointer */
    GError *trouble;          /* what kept it from being begun */
};

/* Text that fits into a cell. */
static void put_text(struct sheet *sheet, lxw_col_t column, const char *text, lxw_format *format)
{
    if (!text || !*text)
        return;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    if (g_utf8_strlen(valid, -1) > CELL_CHARACTERS / 2) { /* a character may take two units */
        static const char cut[] = " […] cut: longer than a cell";
        *g_utf8_offset_to_pointer(valid, CELL_CHARACTERS / 2 - (glong)g_utf8_strlen(cut, -1)) = '\0';
        g_autofree char *shorter = g_strconcat(valid, cut, NULL);
        worksheet_write_string(sheet->sheet, sheet->row, column, shorter, format);
        return;
    }
    worksheet_write_string(sheet->sheet, sheet->row, column, valid, format);
}

static void put_link(struct sheet *sheet, lxw_col_t column, const char *link)
{
    if (!link)
        return;
    bool fits = strlen(link) <= LINK_CHARACTERS && sheet->links < LINKS;
    if (fits && worksheet_write_url(sheet->sheet, sheet->row, column, link, NULL) == LXW_NO_ERROR)
        sheet->links++;
    else
        put_text(sheet, column, link, NULL);
}

static void put_number(const struct workbook *workbook, struct sheet *sheet, lxw_col_t column, double number)
{
    bool whole = fabs(number) < 1e15 && floor(number) == number;
    worksheet_write_number(sheet->sheet, sheet->row, column, number, whole ? workbook->whole : NULL);
}

struct heading {
    const char *name;
    double width;             /* in characters */
};

static struct sheet sheet_new(struct workbook *workbook, const char *name, const struct heading *headings, size_t n)
{
    struct sheet sheet = {.sheet = workbook_add_worksheet(workbook->book, name), .columns = (lxw_col_t)n};
    for (size_t i = 0; i < n; i++) {
        worksheet_set_column(sheet.sheet, (lxw_col_t)i, (lxw_col_t)i, headings[i].width, NULL);
        put_text(&sheet, (lxw_col_t)i, headings[i].name, workbook->head);
    }
    worksheet_freeze_panes(sheet.sheet, 1, 0);
    worksheet_repeat_rows(sheet.sheet, 0, 0);
    worksheet_set_landscape(sheet.sheet);
    sheet.row = 1;
    return sheet;
}

static void sheet_end(const struct sheet *sheet)
{
    worksheet_autofilter(sheet->sheet, 0, 0, MAX(sheet->row, 2) - 1, (lxw_col_t)(sheet->columns - 1));
}

/* ---- the figures: a column is a row ---- */

enum { F_VALUE, F_TO, F_TEXT, F_OTHER, F_QUALIFIER, F_UNIT, F_COUNTED, F_PERIOD, F_PERIOD_FROM, F_PLACES, F_CODES, F_PLACES_FROM, F_SAID_BY, F_QUOTE, F_SOURCE, F_PAGE, F_LABEL, F_LINK, F_NOTE, F_KIND, F_ZONE, F_FLAGS,
       F_CITATION, F_ID, F_REVIEW, F_REVIEWED_BY, F_REVIEW_NOTE, F_COLUMNS };
static const struct heading figure_headings[F_COLUMNS] = {
    [F_VALUE] = {"Value", 14},         [F_TO] = {"Up to (range)", 14},     [F_OTHER] = {"Second reading", 14}, [F_QUALIFIER] = {"Qualifier", 11}, [F_UNIT] = {"Unit", 12},
    [F_COUNTED] = {"Counted", 32},     [F_TEXT] = {"As printed", 24},      [F_PERIOD] = {"Period", 12},        [F_PLACES] = {"Places", 22},       [F_CODES] = {"Codes", 10},
    [F_PERIOD_FROM] = {"Period read from", 12}, [F_PLACES_FROM] = {"Places read from", 12},
    [F_SAID_BY] = {"Said by", 22},     [F_QUOTE] = {"Sentence", 70},       [F_SOURCE] = {"Source", 36},        [F_PAGE] = {"PDF page", 9},        [F_LABEL] = {"Printed page", 12},
    [F_LINK] = {"Link", 24},           [F_NOTE] = {"Note", 40},            [F_KIND] = {"Kind", 10},            [F_ZONE] = {"Zone", 10},           [F_FLAGS] = {"Compare with the page", 24},
    [F_CITATION] = {"Citation", 50},   [F_ID] = {"Id", 18},                [F_REVIEW] = {"Review", 10},        [F_REVIEWED_BY] = {"Reviewed by", 16}, [F_REVIEW_NOTE] = {"Reviewer's note", 40},
};

static void put_values(const struct workbook *workbook, struct sheet *sheet, const struct quantity *quantity)
{
    put_number(workbook, sheet, F_VALUE, quantity->low);
    if (quantity->high != quantity->low)
        put_number(workbook, sheet, F_TO, quantity->high);
    if (quantity->ambiguous)
        put_number(workbook, sheet, F_OTHER, quantity->other_low);
}

static char *codes_of(const struct figure_row *figure)
{
    g_autoptr(GString) codes = g_string_new(NULL);
    for (uint32_t i = 0; i < figure->n_places; i++)
        if (figure->places[i].iso)
            g_string_append_printf(codes, "%s%s", codes->len ? ", " : "", figure->places[i].iso);
    return g_string_free(g_steal_pointer(&codes), FALSE);
}

static void put_review(const struct workbook *workbook, struct sheet *sheet, const struct review *review)
{
    (void)workbook;
    const struct review_row *said = review ? (review->verdict ? review->verdict : review->note) : NULL;
    if (!said)
        return;
    g_autofree char *by = g_strdup_printf("%s, %.10s", said->who, said->at);
    put_text(sheet, F_REVIEW, review->verdict ? review->verdict->value : NULL, NULL);
    put_text(sheet, F_REVIEWED_BY, by, NULL);
    put_text(sheet, F_REVIEW_NOTE, review->note ? review->note->value : NULL, NULL);
}

static void put_figure(const struct workbook *workbook, struct sheet *sheet, const struct answer *answer, bool reviews)
{
    const struct figure_row *figure = answer->figure;
    g_autofree char *quote = slice_dup(answer_quote(answer)), *places = places_text(figure->places, figure->n_places), *codes = codes_of(figure);
    struct citation citation = answer_citation(answer, quote);
    g_autofree char *note = citation_note(&citation), *link = citation_link(&citation), *own = figure->mark ? g_strdup_printf("%s: %s", figure->mark, figure->note_text ? figure->note_text : "its text was not found") : NULL;
    g_autofree const char **flags = passage_flag_codes(answer->passage->flags);
    g_autofree char *flag_list = g_strjoinv(", ", (char **)(void *)flags);
    const struct {
        lxw_col_t column;
        const char *text;
    } cells[] = {
        {F_QUALIFIER, qualifier_name(figure->quantity.qualifier)}, {F_UNIT, figure->unit}, {F_COUNTED, figure->counted}, {F_TEXT, figure->text}, {F_PERIOD, figure->period}, {F_PLACES, places},
        {F_PERIOD_FROM, figure->period ? scope_name(figure->period_scope) : NULL}, {F_PLACES_FROM, places ? scope_name(figure->place_scope) : NULL},
        {F_CODES, codes}, {F_SAID_BY, figure->said_by}, {F_SOURCE, citation_title(&citation)}, {F_LABEL, figure->label}, {F_NOTE, own}, {F_KIND, kind_name(figure->quantity.kind)},
        {F_ZONE, zone_name(figure->zone)}, {F_FLAGS, flag_list}, {F_CITATION, note}, {F_ID, figure->id},
    };
    put_values(workbook, sheet, &figure->quantity);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        put_text(sheet, cells[i].column, cells[i].text, NULL);
    put_text(sheet, F_QUOTE, quote, workbook->text);
    put_link(sheet, F_LINK, link);
    if (figure->page != NONE)
        worksheet_write_number(sheet->sheet, sheet->row, F_PAGE, figure->page, NULL);
    if (reviews)
        put_review(workbook, sheet, answer->review ? answer->review : answer->rejected);
    sheet->row++;
}

/* ---- the sources ---- */

static void put_sources(struct workbook *workbook)
{
    static const struct heading headings[] = {{"Id", 10}, {"Title", 50}, {"Authors", 30}, {"Publisher", 30}, {"Date", 12}, {"Language", 9}, {"Pages", 8}, {"Figures here", 12}, {"File", 40}, {"Member", 20}, {"Address", 40}, {"SHA-256", 66}, {"Symbol", 20}};
    struct sheet sheet = sheet_new(workbook, "Sources", headings, G_N_ELEMENTS(headings));
    for (guint i = 0; i < workbook->sources->len; i++, sheet.row++) {
        const struct document_row *document = g_ptr_array_index(workbook->sources, i);
        const struct metadata *m = &document->metadata;
        const char *const texts[] = {document->id, m->title, m->authors, m->publisher, m->date, m->language, NULL, NULL, document->path, document->member, NULL, document->sha256, m->symbol};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            put_text(&sheet, (lxw_col_t)k, texts[k], NULL);
        if (document->pages > 0)
            worksheet_write_number(sheet.sheet, sheet.row, 6, document->pages, NULL);
        worksheet_write_number(sheet.sheet, sheet.row, 7, GPOINTER_TO_UINT(g_hash_table_lookup(workbook->counts, document)), NULL);
        put_link(&sheet, 10, m->url);
    }
    sheet_end(&sheet);
}

/* ---- what could not be read ---- */

static bool put_unread(struct workbook *workbook, struct store *store, GError **error)
{
    static const struct heading headings[] = {{"File", 50}, {"Member", 30}, {"Status", 12}, {"Page", 8}, {"Code", 20}, {"Reason", 80}};
    static const char *const read[] = {"added", "duplicate", NULL};
    g_autoptr(GPtrArray) rows = NULL;
    if (!store_ledger(store, &rows, error))
        return false;
    struct sheet sheet = sheet_new(workbook, "Not read", headings, G_N_ELEMENTS(headings));
    for (guint i = 0; i < rows->len; i++) {
        const struct ledger_row *row = g_ptr_array_index(rows, i);
        if (g_strv_contains(read, row->status))
            continue;
        const char *const texts[] = {row->path, row->member, row->status, NULL, row->code, row->reason};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            put_text(&sheet, (lxw_col_t)k, texts[k], NULL);
        if (row->page != NONE)
            worksheet_write_number(sheet.sheet, sheet.row, 3, row->page, NULL);
        sheet.row++;
    }
    sheet_end(&sheet);
    return true;
}

/* ---- the file ---- */

static void begin_book(struct workbook *workbook, bool reviews)
{
    g_autofree char *name = NULL;
    workbook->file = g_file_open_tmp("citable-XXXXXX.xlsx", &name, &workbook->trouble);
    if (workbook->file < 0)
        return;
    workbook->path = g_strdup_printf("/proc/self/fd/%d", workbook->file);
    workbook->named = access(workbook->path, F_OK) != 0; /* there is no /proc */
    if (workbook->named) {
        g_free(workbook->path);
        workbook->path = g_steal_pointer(&name);
    } else {
        g_unlink(name); /* however it ends, nothing is left of it */
    }
    workbook->book = workbook_new(workbook->path);
    lxw_doc_properties properties = {.title = (char *)"Figures", .comments = (char *)"Written by citable", .created = created};
    workbook_set_properties(workbook->book, &properties);
    workbook->head = workbook_add_format(workbook->book);
    format_set_bold(workbook->head);
    format_set_bottom(workbook->head, LXW_BORDER_THIN);
    workbook->whole = workbook_add_format(workbook->book);
    format_set_num_format(workbook->whole, "#,##0");
    workbook->text = workbook_add_format(workbook->book);
    format_set_text_wrap(workbook->text);
    workbook->figures = sheet_new(workbook, "Figures", figure_headings, reviews ? F_COLUMNS : F_REVIEW);
}

void export_xlsx_begin(struct export *export)
{
    struct workbook *workbook = g_new0(struct workbook, 1);
    workbook->file = -1;
    workbook->sources = g_ptr_array_new();
    workbook->counts = g_hash_table_new(NULL, NULL);
    if (export->out == stdout && isatty(STDOUT_FILENO))
        g_set_error(&workbook->trouble, CITABLE_ERROR, CITABLE_ERROR_USAGE, "export: xlsx is no text for a terminal; name a file with --output");
    else
        begin_book(workbook, export->reviews);
    export->state = workbook;
}

bool export_xlsx_add(struct export *export, const struct answer *answer, GError **error)
{
    struct workbook *workbook = export->state;
    if (workbook->trouble) {
        g_propagate_error(error, g_steal_pointer(&workbook->trouble));
        return false;
    }
    if (workbook->figures.row == ROWS) {
        g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_LIMIT, "a sheet holds %d figures at most: choose fewer", ROWS - 1);
        return false;
    }
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(workbook->counts, answer->document));
    if (count == 0)
        g_ptr_array_add(workbook->sources, (gpointer)answer->document);
    g_hash_table_insert(workbook->counts, (gpointer)answer->document, GUINT_TO_POINTER(count + 1));
    put_figure(workbook, &workbook->figures, answer, export->reviews);
    return true;
}

static bool copy_out(const char *path, FILE *out)
{
    g_autofree char *bytes = NULL;
    gsize size;
    return g_file_get_contents(path, &bytes, &size, NULL) && fwrite(bytes, 1, size, out) == size;
}

void export_xlsx_end(struct export *export)
{
    struct workbook *workbook = export->state;
    if (workbook->book) {
        sheet_end(&workbook->figures);
        put_sources(workbook);
        bool ok = put_unread(workbook, library_store(export->library), NULL);
        quiet_begin();
        ok = workbook_close(workbook->book) == LXW_NO_ERROR && ok;
        quiet_end();
        export->failed = !ok || !copy_out(workbook->path, export->out);
    }
    if (workbook->named)
        g_unlink(workbook->path);
    if (workbook->file >= 0)
        close(workbook->file);
    g_free(workbook->path);
    g_clear_error(&workbook->trouble);
    g_ptr_array_unref(workbook->sources);
    g_hash_table_unref(workbook->counts);
    g_free(workbook);
}
