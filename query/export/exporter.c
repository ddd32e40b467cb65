/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export/exporter.h"

const struct exporter exporters[] = {
    {"csv", "one figure a row", export_csv_begin, export_csv_add, export_csv_end},
    {"jsonl", "one figure a line, with all that is known of it", export_jsonl_begin, export_jsonl_add, export_jsonl_end},
    {"xlsx", "a workbook: the figures, their sources, what could not be read", export_xlsx_begin, export_xlsx_add, export_xlsx_end},
    {"annotations", "W3C web annotations: quote, position and page of each figure", export_annotations_begin, export_annotations_add, export_annotations_end},
    {"geojson", "figures on the map, where their place is known", export_geojson_begin, export_geojson_add, export_geojson_end},
    {"facts", "a fact sheet in Markdown: a figure, its quote and its source on each line", export_facts_begin, export_facts_add, export_facts_end},
    {"biblatex", "the figures' documents, for LaTeX", export_biblatex_begin, export_references_add, export_references_end},
    {"ris", "the figures' documents, for reference managers", export_ris_begin, export_references_add, export_references_end},
    {"csl-json", "the figures' documents, for pandoc and Zotero", export_csl_begin, export_references_add, export_references_end},
};
const size_t n_exporters = G_N_ELEMENTS(exporters);

const struct exporter *exporter_named(const char *name)
{
    for (size_t i = 0; i < n_exporters; i++)
        if (g_str_equal(exporters[i].name, name))
            return &exporters[i];
    return NULL;
}
