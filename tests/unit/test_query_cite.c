/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/citation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct document_row report = {
    .id = (char *)"a1c94e", .path = (char *)"in/report.pdf", .reader = (char *)"pdf",
    .metadata = {.title = (char *)"The Price of 100% Safety_Net", .publisher = (char *)"Relief & Co", .url = (char *)"https://example.org/r.pdf#x",
                 .language = (char *)"en", .date = (char *)"2015-05-04", .authors = (char *)"Núñez, Ana María; UNODC"}};
static const struct document_row page = {
    .id = (char *)"0b77aa", .path = (char *)"in/page.html", .reader = (char *)"html",
    .metadata = {.title = (char *)"Floods", .url = (char *)"https://example.org/a", .date = (char *)"2024-09"}};
static const struct document_row bare = {.id = (char *)"cc0001", .path = (char *)"in/notes.txt", .reader = (char *)"text"};
static const struct document_row braces = {.id = (char *)"cc0002", .path = (char *)"a", .reader = (char *)"text", .metadata = {.title = (char *)"Set {1}, $5"}};
static const struct document_row brace = {.id = (char *)"cc0003", .path = (char *)"a", .reader = (char *)"text", .metadata = {.title = (char *)"Set }1"}};
static const struct document_row numbered = {.id = (char *)"ff0001", .path = (char *)"n.pdf", .reader = (char *)"pdf",
    .metadata = {.title = (char *)"The valley", .symbol = (char *)"S/2019/21", .publisher = (char *)"Assembly", .date = (char *)"2019-05-02"}};
static const struct document_row odd = {.id = (char *)"ee0001", .path = (char *)"x.pdf", .reader = (char *)"pdf", .metadata = {.url = (char *)"https://example.org/a b<c>.pdf"}};
static const struct document_row local = {.id = (char *)"dd0001", .path = (char *)"in/x.pdf", .reader = (char *)"pdf", .metadata = {.url = (char *)"file:///x.pdf"}};

#define REPORT {.document = &report, .quote = "Some 5% left, [sic].", .label = "12", .page = 14, .id = "a1c94e.14.2"}

#define NUMBERED {.document = &numbered, .label = "5", .page = 5, .paragraph = 24, .id = "ff0001.5.2"}

static const struct cite_case {
    const char *name, *style;
    struct citation citation;
    const char *text;
} cases[] = {
    {"note", "note", REPORT, "Ana María Núñez and UNODC, “The Price of 100% Safety_Net” (Relief & Co, 4 May 2015), p. 12 (PDF p. 14), https://example.org/r.pdf#page=14"},
    {"note of a page without authors", "note", {.document = &page, .quote = "A dam broke", .page = NONE},
     "“Floods” (September 2024), https://example.org/a"},
    {"note of a bare file", "note", {.document = &bare, .page = NONE}, "“notes.txt”."},
    {"note with the note's own mark", "note", {.document = &bare, .page = NONE, .mark = "7"}, "“notes.txt”, note 7."},
    {"no printed page", "note", {.document = &bare, .page = 3}, "“notes.txt”, PDF p. 3."},
    {"printed page is the file's", "note", {.document = &bare, .page = 3, .label = "3"}, "“notes.txt”, p. 3."},
    {"note with symbol and paragraph", "note", NUMBERED, "“The valley”, S/2019/21 (Assembly, 2 May 2019), p. 5, para. 24."},
    {"paragraph without pages", "note", {.document = &numbered, .page = NONE, .paragraph = 24}, "“The valley”, S/2019/21 (Assembly, 2 May 2019), para. 24."},
    {"apa with symbol and paragraph", "apa", NUMBERED, "Assembly. (2019, May 2). The valley (S/2019/21) [p. 5, para. 24]."},
    {"markdown with symbol and paragraph", "markdown", NUMBERED, "Assembly, *The valley*, S/2019/21, 2 May 2019, p. 5, para. 24"},
    {"pandoc with paragraph", "pandoc", NUMBERED, "[@assembly2019valley-ff0001, p. 5, para. 24]"},
    {"ris with symbol", "ris", NUMBERED, "TY  - RPRT\nID  - assembly2019valley-ff0001\nTI  - The valley\nPB  - Assembly\nSN  - S/2019/21\nPY  - 2019\nDA  - 2019/05/02/\nER  - \n"},
    {"biblatex with symbol", "biblatex", NUMBERED, "@report{assembly2019valley-ff0001,\n  title       = {{The valley}},\n  type        = {Report},\n  number      = {S/2019/21},\n"
     "  institution = {Assembly},\n  date        = {2019-05-02},\n}"},
    {"apa", "apa", REPORT, "Núñez, A. M., & UNODC. (2015, May 4). The Price of 100% Safety_Net [p. 12 (PDF p. 14)]. Relief & Co. https://example.org/r.pdf#page=14"},
    {"apa of a bare file", "apa", {.document = &bare, .page = NONE}, "notes.txt. (n.d.)."},
    {"markdown", "markdown", REPORT,
     "> Some 5% left, \\[sic\\].\n>\n> — [Núñez, Ana María; UNODC, *The Price of 100% Safety\\_Net*, 4 May 2015, p. 12 (PDF p. 14)](<https://example.org/r.pdf#page=14>)"},
    {"pandoc", "pandoc", REPORT, "[@nunez2015price-a1c94e, p. 12]"},
    {"biblatex", "biblatex", REPORT,
     "@report{nunez2015price-a1c94e,\n  author      = {Núñez, Ana María and {UNODC}},\n  title       = {{The Price of 100\\% Safety\\_Net}},\n  type        = {Report},\n"
     "  institution = {Relief \\& Co},\n  date        = {2015-05-04},\n  langid      = {english},\n  url         = {https://example.org/r.pdf#page=14},\n"
     "  annotation  = {p. 12 (PDF p. 14): “Some 5\\% left, [sic].”},\n}"},
    {"html", "html", REPORT,
     "<figure>\n<blockquote cite=\"https://example.org/r.pdf#page=14\"><p>Some 5% left, [sic].</p></blockquote>\n<figcaption><a href=\"https://example.org/r.pdf#page=14\">"
     "Ana María Núñez and UNODC, “The Price of 100% Safety_Net” (Relief &amp; Co, 4 May 2015), p. 12 (PDF p. 14)</a></figcaption>\n</figure>"},
    {"html of a bare file", "html", {.document = &bare, .page = NONE}, "<figure>\n<figcaption>“notes.txt”</figcaption>\n</figure>"},
    {"biblatex keeps braces that pair", "biblatex", {.document = &braces, .page = NONE}, "@misc{set-cc0002,\n  title       = {{Set \\{1\\}, \\$5}},\n}"},
    {"biblatex names a brace that does not", "biblatex", {.document = &brace, .page = NONE}, "@misc{set-cc0003,\n  title       = {{Set \\textbraceright{}1}},\n}"},
    {"ris", "ris", {.document = &page, .page = NONE}, "TY  - ELEC\nID  - 2024floods-0b77aa\nTI  - Floods\nPY  - 2024\nDA  - 2024/09//\nUR  - https://example.org/a\nER  - \n"},
    {"csl-json", "csl-json", {.document = &page, .page = NONE},
     "{\n  \"id\": \"2024floods-0b77aa\",\n  \"type\": \"webpage\",\n  \"title\": \"Floods\",\n  \"issued\": {\n    \"date-parts\": [\n      [\n        2024,\n        9\n      ]\n    ]\n  },\n"
     "  \"URL\": \"https://example.org/a\",\n  \"custom\": {\n    \"file\": \"in/page.html\"\n  }\n}"},
};

static void test_style(void **state)
{
    const struct cite_case *c = *state;
    g_autoptr(GString) out = g_string_new(NULL);
    cite_style_named(c->style)->write(&c->citation, out);
    assert_string_equal(out->str, c->text);
}

static const struct link_case {
    const char *name;
    struct citation citation;
    const char *link;
} links[] = {
    {"a PDF opens at its page, not at the printed one", REPORT, "https://example.org/r.pdf#page=14"},
    {"no address, no link", {.document = &bare, .page = 1}, NULL},
    {"what no address may hold", {.document = &odd, .page = 1}, "https://example.org/a%20b%3Cc%3E.pdf#page=1"},
    {"a path is no address", {.document = &local, .page = 1}, NULL},
};

static void test_link(void **state)
{
    const struct link_case *c = *state;
    g_autofree char *link = citation_link(&c->citation);
    if (!c->link)
        assert_null(link);
    else
        assert_string_equal(link, c->link);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(links)];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[n++] = (struct CMUnitTest){.name = cases[i].name, .test_func = test_style, .initial_state = (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++)
        tests[n++] = (struct CMUnitTest){.name = links[i].name, .test_func = test_link, .initial_state = (void *)&links[i]};
    return _cmocka_run_group_tests("cite", tests, n, NULL, NULL);
}
