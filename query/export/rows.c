/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"
#include "query/print/answer.h"

/* "=1+1" in a cell is run by spreadsheets; an apostrophe before it makes it text. */
static void disarm(json_t *record)
{
    const char *key;
    json_t *value;
    json_object_foreach(record, key, value) {
        const char *text = json_string_value(value);
        if (!text || !*text || !strchr("=+-@\t\r", *text))
            continue;
        g_autofree char *safe = g_strconcat("'", text, NULL);
        json_string_set(value, safe);
    }
}

static json_t *record_of(const struct export *export, const struct answer *answer)
{
    json_t *record = answer_json(answer, NULL);
    if (export->reviews)
        answer_json_review(record, answer);
    return record;
}

void export_csv_begin(struct export *export)
{
    export->state = printer_new(FORMAT_CSV, export->reviews ? reviewed_columns : figure_columns, export->out);
}

bool export_csv_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    json_t *record = record_of(export, answer);
    if (export->spreadsheet)
        disarm(record);
    printer_add(export->state, record);
    return true;
}

void export_csv_end(struct export *export)
{
    printer_close(export->state);
}

void export_jsonl_begin(struct export *export)
{
    export->state = printer_new(FORMAT_JSONL, figure_columns, export->out);
}

bool export_jsonl_add(struct export *export, const struct answer *answer, GError **error)
{
    (void)error;
    printer_add(export->state, record_of(export, answer));
    return true;
}

void export_jsonl_end(struct export *export)
{
    printer_close(export->state);
}
