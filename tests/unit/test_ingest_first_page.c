/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/first_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Passages, one a line: "1 …" to "6 …" a heading of that level, "b …" a body, "t …" a table row with "|" for TAB. `made`: the day on which the PDF was made. */
static const struct first_page_case {
    const char *name, *page, *made, *title, *date, *publisher, *symbol;
} cases[] = {
    {"letterhead, symbol, date of distribution", "t United Nations|A/1/2\nt General Assembly|Distr.: General 3 March 2019\nb Original: English\n1 The camps of the north and their people\n2 Report of the Secretary-General\n1 I. Introduction\nb Text.",
     "2019-03-09", "The camps of the north and their people", "2019-03-03", "United Nations", "A/1/2"},
    {"an organisation is no title", "1 Ministry of Health\n2 Weekly report on fevers in the valley\n3 2 May 2014\nb Text.", NULL, "Weekly report on fevers in the valley", "2014-05-02", NULL, NULL},
    {"a section is no title", "1 Executive Summary\nb Text.\n2 People on the move in the valley\nb Text.", NULL, "People on the move in the valley", NULL, NULL, NULL},
    {"a span of days is no date", "1 People on the move\n2 10–13 June 2019\nb Text.", NULL, "People on the move", NULL, NULL, NULL},
    {"a date in a sentence is no date", "1 People on the move\nb On 2 May 2014 some people left the valley.", NULL, "People on the move", NULL, NULL, NULL},
    {"a printed date later than the file", "1 People on the move\nb 2 May 2024\nb Text.", "2019-03-09", "People on the move", "2024-05-02", NULL, NULL},
    {"a printed month, in which the file was made", "1 People on the move\nb May 2024\nb Text.", "2024-05-20", "People on the move", "2024-05", NULL, NULL},
    {"month alone", "1 People on the move\nb April 2018\nb Text.", NULL, "People on the move", "2018-04", NULL, NULL},
    {"Spanish cue", "1 Reporte de las lluvias\nb Fecha de publicación: 29 de julio de 2025\nb Texto.", NULL, "Reporte de las lluvias", "2025-07-29", NULL, NULL},
    {"copyright line", "1 People on the move\nb Text.\nb © 2018 Valley Institute. All rights reserved.", NULL, "People on the move", NULL, "Valley Institute", NULL},
    {"an act is no publisher", "1 People on the move\nb The Copyright Act of the state says so.", NULL, "People on the move", NULL, NULL, NULL},
    {"two symbols, and a part", "t United Nations|A/1/2-E/2019/3 (Part II)\n1 The camps of the north\nb Text.", NULL, "The camps of the north", NULL, "United Nations", "A/1/2-E/2019/3 (Part II)"},
    {"a symbol with letters", "1 The camps of the north\n2 A/AC.109/2019/L.13\nb Text.", NULL, "The camps of the north", NULL, NULL, "A/AC.109/2019/L.13"},
    {"strokes that are no symbol", "1 The camps of the north\nb N/A\nb and/or/if 5\nb 2018/19/20\nb Text.", NULL, "The camps of the north", NULL, NULL, NULL},
    {"a symbol and the date, issued again", "1 The camps of the north\nb S/2019/21* 2 May 2019\nb Text.", NULL, "The camps of the north", "2019-05-02", NULL, "S/2019/21"},
    {"a symbol in a sentence", "1 The camps of the north\nb See also A/1/2.\nb Text.", NULL, "The camps of the north", NULL, NULL, NULL},
    {"nothing", "b Some people left.", NULL, NULL, NULL, NULL, NULL},
};

static void same(const char *got, const char *wanted)
{
    assert_string_equal(got ? got : "none", wanted ? wanted : "none");
}

static void facts(void **state)
{
    const struct first_page_case *row = *state;
    struct document *doc = document_new("x");
    doc->reader = "pdf";
    doc->metadata.date = g_strdup(row->made);
    g_auto(GStrv) lines = g_strsplit(row->page, "\n", -1);
    for (char **line = lines; *line; line++) {
        struct passage passage = {.span = {(uint32_t)doc->text->len, 0}, .page = 1};
        passage.zone = **line == 'b' ? ZONE_BODY : **line == 't' ? ZONE_TABLE : ZONE_HEADING;
        passage.level = g_ascii_isdigit(**line) ? (uint8_t)(**line - '0') : 0;
        g_strdelimit(*line, "|", '\t');
        document_append(doc, slice_of(*line + 2), NONE);
        passage.span.end = (uint32_t)doc->text->len;
        document_append(doc, (struct slice)SLICE("\n\n"), NONE);
        g_array_append_val(doc->passages, passage);
    }
    first_page_facts(doc);
    same(doc->metadata.title, row->title);
    same(doc->metadata.date, row->date);
    bool far = row->made && row->date && strncmp(row->made, row->date, 4) < 0; /* years ahead: said, not only chosen */
    assert_int_equal(doc->warnings->len, far ? 1 : 0);
    same(doc->metadata.publisher, row->publisher);
    same(doc->metadata.symbol, row->symbol);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, facts, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
