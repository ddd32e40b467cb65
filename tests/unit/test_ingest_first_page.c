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
    {"an organisation is no title", "1 Ministry of Health\n2 Weekly report on fevers in the valley\n3 2 May 2014\nb Text.", NULL, "Weekly report on fevers in the valley", "2014-05-02", "Ministry of Health", NULL},
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
    {"a day at the end of a title", "1 Weekly report no. 12 for 3rd December 2019\nb Text.", "2019-12-09", "Weekly report no. 12 for 3rd December 2019", "2019-12-03", NULL, NULL},
    {"the situation of a day, and its hour", "1 Rapport des fièvres\nb Situation au 4 août 2019 à 18h00\nb Texte.", "2019-08-14", "Rapport des fièvres", "2019-08-04", NULL, NULL},
    {"a day and an hour", "1 Fevers of the valley\n2 5 March 2019 – 6pm\nb Text.", "2019-03-09", "Fevers of the valley", "2019-03-05", NULL, NULL},
    {"a session's span is no date", "1 Report of the keepers\n2 (The valley, 17 February–14 March 2019)\nb Text.", "2019-03-28", "Report of the keepers", "2019-03-28?", NULL, NULL},
    {"the end of a time is no date", "1 The valley from 2 May 2018 to 4 June 2019\nb Text.", NULL, "The valley from 2 May 2018 to 4 June 2019", NULL, NULL, NULL},
    {"the day of publication is surer, and a day is no part of a title", "1 (21/02/2018) The valley under water\nb Fecha de publicación (29/07/2019)\nb Texto.", "2019-07-28", "The valley under water", "2019-07-29", NULL, NULL},
    {"months", "1 Brief on the valley\n2 July-September 2019\nb Text.", "2019-12-03", "Brief on the valley", "2019-07/2019-09", NULL, NULL},
    {"only the year of the file", "1 Brief on the valley\nb 2019\nb Text.", "2019-12-03", "Brief on the valley", "2019", NULL, NULL},
    {"only the file says a day", "1 Brief on the valley\nb Text.", "2019-12-03", "Brief on the valley", "2019-12-03?", NULL, NULL},
    {"two readings of a day", "1 Brief on the valley\nb 04/05/2019\nb Text.", NULL, "Brief on the valley", NULL, NULL, NULL},
    {"a title's second line", "1 PLAN OF THE VALLEY FOR ITS WATER\n1 AND ITS PEOPLE\nb Text.", NULL, "PLAN OF THE VALLEY FOR ITS WATER AND ITS PEOPLE", NULL, NULL, NULL},
    {"an organ is no title", "2 Executive Board of the Valley Programme and the Valley Fund\n2 Cumulative review of water, of people and of the homes that they have\nb Text.", NULL, "Cumulative review of water, of people and of the homes that they have", NULL, NULL, NULL},
    {"an organ in two lines is no title", "1 United Nations\n1 Valley Fund and the United Nations Office for Water Services\n1 Annual session 2019\n1 Yearly review of the wells\nb Text.", NULL, "Yearly review of the wells", NULL, "United Nations", NULL},
    {"an organ's decision is one, and who wrote it is none", "1 General Assembly\n1 Special Committee on the Wells and the Rivers of the North and of the South\n1 Special Committee decision of 2 May 2018 concerning water\n1 Report prepared by the Rapporteur of the Special Committee, Ana Well (Freedonia)\n1 Contents\nb Text.",
     NULL, "Special Committee decision of 2 May 2018 concerning water", NULL, NULL, NULL},
    {"a ministry behind its government", "1 Government of Freedonia Ministry of Health and Water\n1 Weekly report on fevers in the valley\nb Text.", NULL, "Weekly report on fevers in the valley", NULL, "Ministry of Health and Water", NULL},
    {"who signs a letter is no title", "b Dear Madam Secretary:\nb Text.\n1 John A. Miller, Jr.\nb Focal point", NULL, NULL, NULL, NULL, NULL},
    {"a masthead", "1 Human Rights Division United Nations Mission in Freedonia\n1 Brief on the valley and its people\nb Text.", NULL, "Brief on the valley and its people", NULL, "United Nations Mission in Freedonia", NULL},
    {"a ministry in a sentence", "1 Brief on the valley and its people\nb The Ministry of Works says that roads are open.", NULL, "Brief on the valley and its people", NULL, NULL, NULL},
    {"a name before a verb", "1 Brief on the valley and its people\nb The index, published by us. Published by Valley Rights counts the homes.", NULL, "Brief on the valley and its people", NULL, "Valley Rights", NULL},
    {"what stands above who wrote it is the title, however short", "t United Nations|A/1/2\nb Agenda item 12\n1 Implementation of and follow-up to the large meetings of the valley\n2 Water watch\n2 Note by the Secretary-General\nb Text.", NULL,
     "Water watch", NULL, "United Nations", "A/1/2"},
    {"a report on something is a title", "t United Nations|A/1/2\n2 Report of the Secretary-General on the valley\nb Text.", NULL, "Report of the Secretary-General on the valley", NULL, "United Nations", "A/1/2"},
    {"a file that begins inside a sentence has no title", "b moved. So the court finds nothing.\n2 For these reasons, the court of the valley\nb Text.", NULL, NULL, NULL, NULL, NULL},
    {"a title's first line, whatever the second is like", "1 REPUBLIC OF THE VALLEY, FRAMEWORK OF UNITED NATIONS\n1 FOR THE WATER OF ALL ITS PEOPLE AND HOMES\nb Text.", NULL,
     "REPUBLIC OF THE VALLEY, FRAMEWORK OF UNITED NATIONS FOR THE WATER OF ALL ITS PEOPLE AND HOMES", NULL, NULL, NULL},
    {"a title that says nothing alone", "1 ANNUAL REPORT\n2 2 May 2018–1 May 2019\nb Text.", NULL, "ANNUAL REPORT, 2 May 2018–1 May 2019", NULL, NULL, NULL},
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

static void a_title_that_the_file_says_is_completed(void **state)
{
    (void)state;
    struct document *doc = document_new("x");
    static const char text[] = "Annual Report\n\n2 May 2018–1 May 2019\n\n";
    document_append(doc, (struct slice)SLICE(text), NONE);
    const struct passage passages[] = {{.span = {0, 13}, .page = 1, .zone = ZONE_HEADING, .level = 1}, {.span = {15, 38}, .page = 1, .zone = ZONE_BODY}};
    g_array_append_vals(doc->passages, passages, 2);
    doc->metadata.title = g_strdup("ANNUAL REPORT");
    first_page_facts(doc);
    same(doc->metadata.title, "ANNUAL REPORT, 2 May 2018–1 May 2019");
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, facts, NULL, NULL, (void *)&cases[i]};
    tests[G_N_ELEMENTS(cases)] = (struct CMUnitTest)cmocka_unit_test(a_title_that_the_file_says_is_completed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
