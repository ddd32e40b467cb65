/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/printer.h"

#include "query/print/number.h"

#include <math.h>

/* A format is a row. */
struct backend {
    const char *name;
    void (*begin)(struct printer *printer);
    void (*add)(struct printer *printer, const json_t *record);
    void (*end)(struct printer *printer);
};

struct printer {
    const struct backend *backend;
    const char *const *columns;
    FILE *out;
    size_t records;
};

json_t *json_value(double value)
{
    if (value == floor(value) && fabs(value) < 0x1p63)
        return json_integer((json_int_t)value);
    return json_real(value);
}

json_t *json_text(const char *text)
{
    if (!text)
        return json_null();
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

enum { DUMP_FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(15) };

static void jsonl_add(struct printer *printer, const json_t *record)
{
    json_dumpf(record, printer->out, DUMP_FLAGS);
    fputc('\n', printer->out);
}

static void json_begin(struct printer *printer)
{
    fprintf(printer->out, "{\"schema\":%d,\"results\":[", PRINT_SCHEMA);
}

static void json_add(struct printer *printer, const json_t *record)
{
    fputs(printer->records ? ",\n" : "\n", printer->out);
    json_dumpf(record, printer->out, DUMP_FLAGS);
}

static void json_end(struct printer *printer)
{
    fputs(printer->records ? "\n]}\n" : "]}\n", printer->out);
}

/* A cell as text: lists part their elements by "; ". */
static void cell_append(GString *cell, const json_t *value, const char *member)
{
    switch (json_typeof(value)) {
    case JSON_NULL: break;
    case JSON_TRUE: g_string_append(cell, "true"); break;
    case JSON_FALSE: g_string_append(cell, "false"); break;
    case JSON_INTEGER: g_string_append_printf(cell, "%" JSON_INTEGER_FORMAT, json_integer_value(value)); break;
    case JSON_REAL: number_append(cell, json_real_value(value)); break;
    case JSON_STRING: g_string_append_len(cell, json_string_value(value), (gssize)json_string_length(value)); break;
    case JSON_OBJECT:
        if (member && json_object_get(value, member))
            cell_append(cell, json_object_get(value, member), NULL);
        break;
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i)
                g_string_append(cell, "; ");
            cell_append(cell, json_array_get(value, i), member);
        }
        break;
    }
}

/* RFC 4180, verbatim: a quote only where it must stand. */
static void csv_cell(FILE *out, const GString *cell)
{
    if (strcspn(cell->str, "\",\r\n") == cell->len) {
        fwrite(cell->str, 1, cell->len, out);
        return;
    }
    fputc('"', out);
    for (gsize i = 0; i < cell->len; i++) {
        if (cell->str[i] == '"')
            fputc('"', out);
        fputc(cell->str[i], out);
    }
    fputc('"', out);
}

static void csv_begin(struct printer *printer)
{
    for (const char *const *column = printer->columns; *column; column++)
        fprintf(printer->out, "%s%s", column == printer->columns ? "" : ",", *column);
    fputc('\n', printer->out);
}

static void csv_add(struct printer *printer, const json_t *record)
{
    g_autoptr(GString) cell = g_string_new(NULL);
    for (const char *const *column = printer->columns; *column; column++) {
        g_auto(GStrv) path = g_strsplit(*column, ".", 2);
        const json_t *value = json_object_get(record, path[0]);
        g_string_truncate(cell, 0);
        if (value)
            cell_append(cell, value, path[1]);
        if (column != printer->columns)
            fputc(',', printer->out);
        csv_cell(printer->out, cell);
    }
    fputc('\n', printer->out);
}

static const struct backend backends[] = {
    [FORMAT_TEXT] = {"text", NULL, NULL, NULL},
    [FORMAT_JSON] = {"json", json_begin, json_add, json_end},
    [FORMAT_JSONL] = {"jsonl", NULL, jsonl_add, NULL},
    [FORMAT_CSV] = {"csv", csv_begin, csv_add, NULL},
};

bool format_from(const char *name, enum format *ret)
{
    for (size_t i = 0; i < G_N_ELEMENTS(backends); i++)
        if (strcmp(backends[i].name, name) == 0) {
            *ret = (enum format)i;
            return true;
        }
    return false;
}

struct printer *printer_new(enum format format, const char *const *columns, FILE *out)
{
    g_assert(format != FORMAT_TEXT);
    struct printer *printer = g_new0(struct printer, 1);
    printer->backend = &backends[format];
    printer->columns = columns;
    printer->out = out;
    if (printer->backend->begin)
        printer->backend->begin(printer);
    return printer;
}

void printer_add(struct printer *printer, json_t *record)
{
    printer->backend->add(printer, record);
    printer->records++;
    json_decref(record);
}

void printer_close(struct printer *printer)
{
    if (printer->backend->end)
        printer->backend->end(printer);
    g_free(printer);
}
