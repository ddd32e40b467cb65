/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/printed_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define AT(x, line, string) {x, 100 + 14 * (line), 10, string, "Serif"}
#define BOLD(x, line, string) {x, 100 + 14 * (line), 10, string, "Serif-Bold"}

/* The figures of a page's tables: "GROUP: HEAD | SECTION / ROW | VALUE", a line each. */
static const struct sections_case {
    const char *name;
    struct printed pieces[48];
    const char *cells;
} cases[] = {
    {"a name indented stands under the one to the left of it",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Lost"), AT(200, 1, "30"), AT(84, 2, "Whole"), AT(200, 2, "20"), AT(84, 3, "In part"), AT(200, 3, "10"),
      AT(72, 4, "Mended again"), AT(200, 4, "12"), AT(84, 5, "Whole"), AT(205, 5, "5"), AT(84, 6, "In part"), AT(205, 6, "7")},
     "North | Lost | 30\nNorth | Lost / Whole | 20\nNorth | Lost / In part | 10\nNorth | Mended again | 12\nNorth | Mended again / Whole | 5\nNorth | Mended again / In part | 7\n"},
    {"names set in the middle of their column stand under none",
     {AT(82, 0, "Homes"), AT(200, 0, "North"), AT(77, 1, "In part"), AT(200, 1, "30"), AT(82, 2, "Whole"), AT(200, 2, "20"), AT(77, 3, "Mended."), AT(200, 3, "10"), AT(82, 4, "Saved"), AT(200, 4, "12")},
     "North | In part | 30\nNorth | Whole | 20\nNorth | Mended. | 10\nNorth | Saved | 12\n"},
    {"what begins far to the right of other names is in a column of its own, and stands under none",
     {AT(72, 0, "Homes"), AT(250, 0, "North"), AT(72, 1, "AB-1 of the long lost houses"), AT(250, 1, "30"), AT(132, 2, "Whole"), AT(250, 2, "20"), AT(132, 3, "In part"), AT(250, 3, "10"),
      AT(72, 4, "AB-2 of the long lost boats"), AT(250, 4, "12")},
     "North | AB-1 of the long lost houses | 30\nNorth | Whole | 20\nNorth | In part | 10\nNorth | AB-2 of the long lost boats | 12\n"},
    {"a total indented is no part of the last name",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Old"), AT(200, 1, "30"), AT(72, 2, "New"), AT(200, 2, "20"), AT(84, 3, "Total lost"), AT(200, 3, "50"),
      AT(84, 4, "Share"), AT(200, 4, "13"), AT(72, 5, "Seen"), AT(200, 5, "63")},
     "North | Old | 30\nNorth | New | 20\nNorth | Total lost | 50\nNorth | Share | 13\nNorth | Seen | 63\n"},
    {"a name alone in bold print stands over the rows up to the next one, but not over the total",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Every home"), AT(200, 1, "90"), BOLD(72, 2, "Lost"), AT(72, 3, "Old"), AT(200, 3, "30"), AT(72, 4, "New"), AT(200, 4, "20"),
      BOLD(72, 5, "Saved"), AT(72, 6, "Old"), AT(200, 6, "18"), AT(72, 7, "New"), AT(200, 7, "22"), AT(72, 8, "Total"), AT(200, 8, "91")},
     "North | Every home | 90\nNorth | Lost / Old | 30\nNorth | Lost / New | 20\nNorth | Saved / Old | 18\nNorth | Saved / New | 22\nNorth | Total | 91\n"},
    {"the first name alone in bold print, right below heads in bold print, is none of them",
     {BOLD(72, 0, "Homes"), BOLD(200, 0, "North"), BOLD(300, 0, "South"), BOLD(72, 1, "Lost"), AT(72, 2, "Old"), AT(200, 2, "30"), AT(300, 2, "31"), AT(72, 3, "New"), AT(200, 3, "20"), AT(300, 3, "21"),
      BOLD(72, 4, "Saved"), AT(72, 5, "Old"), AT(200, 5, "18"), AT(300, 5, "19"), AT(72, 6, "New"), AT(200, 6, "22"), AT(300, 6, "23")},
     "North | Lost / Old | 30\nSouth | Lost / Old | 31\nNorth | Lost / New | 20\nSouth | Lost / New | 21\nNorth | Saved / Old | 18\nSouth | Saved / Old | 19\n"
     "North | Saved / New | 22\nSouth | Saved / New | 23\n"},
    {"nor where it stands below heads of two lines, one of them in the first column",
     {BOLD(72, 0, "Homes"), BOLD(200, 0, "North"), BOLD(300, 0, "South"), BOLD(200, 1, "Bank"), BOLD(300, 1, "Bank"), BOLD(72, 2, "Lost"), AT(72, 3, "Old"), AT(200, 3, "30"), AT(300, 3, "31"),
      AT(72, 4, "New"), AT(200, 4, "20"), AT(300, 4, "21"), BOLD(72, 5, "Saved"), AT(72, 6, "Old"), AT(200, 6, "18"), AT(300, 6, "19"), AT(72, 7, "New"), AT(200, 7, "22"), AT(300, 7, "23")},
     "North Bank | Lost / Old | 30\nSouth Bank | Lost / Old | 31\nNorth Bank | Lost / New | 20\nSouth Bank | Lost / New | 21\nNorth Bank | Saved / Old | 18\nSouth Bank | Saved / Old | 19\n"
     "North Bank | Saved / New | 22\nSouth Bank | Saved / New | 23\n"},
    {"but the second line of a head, where no other stands alone, is one",
     {BOLD(72, 0, "Homes"), BOLD(200, 0, "North"), BOLD(300, 0, "South"), BOLD(72, 1, "Lost"), AT(72, 2, "Old"), AT(200, 2, "30"), AT(300, 2, "31"), AT(72, 3, "New"), AT(200, 3, "20"), AT(300, 3, "21")},
     "North | Old | 30\nSouth | Old | 31\nNorth | New | 20\nSouth | New | 21\n"},
    {"a total that no other name alone has ends them, also before the last row",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Every home"), AT(200, 1, "90"), BOLD(72, 2, "Lost"), AT(72, 3, "Old"), AT(200, 3, "30"), AT(72, 4, "New"), AT(200, 4, "20"),
      BOLD(72, 5, "Saved"), AT(72, 6, "Old"), AT(200, 6, "18"), AT(72, 7, "New"), AT(200, 7, "22"), AT(72, 8, "Total"), AT(200, 8, "91"), AT(72, 9, "Seen"), AT(200, 9, "60")},
     "North | Every home | 90\nNorth | Lost / Old | 30\nNorth | Lost / New | 20\nNorth | Saved / Old | 18\nNorth | Saved / New | 22\nNorth | Total | 91\nNorth | Seen | 60\n"},
    {"a total of each name alone is its own, and one more that of all",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Every home"), AT(200, 1, "90"), BOLD(72, 2, "Lost"), AT(72, 3, "Old"), AT(200, 3, "30"), AT(72, 4, "Total"), AT(200, 4, "20"),
      BOLD(72, 5, "Saved"), AT(72, 6, "Old"), AT(200, 6, "18"), AT(72, 7, "Total"), AT(200, 7, "22"), AT(72, 8, "Total of all"), AT(200, 8, "91")},
     "North | Every home | 90\nNorth | Lost / Old | 30\nNorth | Lost / Total | 20\nNorth | Saved / Old | 18\nNorth | Saved / Total | 22\nNorth | Total of all | 91\n"},
    {"a name that several rows have, and no one knows which of them says what, names none",
     {AT(72, 0, "Homes"), AT(200, 0, "North"), AT(72, 1, "Old"), AT(200, 1, "30"), AT(72, 2, "New"), AT(200, 2, "20"), AT(72, 3, "Seen"), AT(200, 3, "21"), AT(72, 4, "Old"), AT(200, 4, "18"),
      AT(72, 5, "Heard"), AT(200, 5, "22")},
     "North | New | 20\nNorth | Seen | 21\nNorth | Heard | 22\n"},
    {"a first column names the rows beside and below",
     {AT(72, 0, "Fate"), AT(130, 0, "Homes"), AT(230, 0, "North"), AT(72, 1, "Lost"), AT(130, 1, "Old"), AT(230, 1, "30"), AT(130, 2, "New"), AT(230, 2, "20"),
      AT(72, 3, "Saved"), AT(130, 3, "Old"), AT(230, 3, "18"), AT(130, 4, "New"), AT(230, 4, "22")},
     "North | Lost / Old | 30\nNorth | Lost / New | 20\nNorth | Saved / Old | 18\nNorth | Saved / New | 22\n"},
    {"a first column set beside the middle of its rows names none",
     {AT(72, 0, "Fate"), AT(130, 0, "Homes"), AT(230, 0, "North"), AT(130, 1, "Old"), AT(230, 1, "30"), AT(72, 2, "Lost"), AT(130, 2, "New"), AT(230, 2, "20"), AT(130, 3, "Seen"), AT(230, 3, "21"),
      AT(130, 4, "Old"), AT(230, 4, "18"), AT(72, 5, "Saved"), AT(130, 5, "New"), AT(230, 5, "22"), AT(130, 6, "Seen"), AT(230, 6, "23")},
     ""},
    {"heads below rows of values are those of the rows below them",
     {AT(200, 0, "Homes"), AT(300, 0, "Boats"), AT(72, 1, "East"), AT(200, 1, "30"), AT(300, 1, "31"), AT(72, 2, "West"), AT(200, 2, "20"), AT(300, 2, "21"),
      {200, 154, 10, "Wells", "Serif"}, {300, 154, 10, "Carts", "Serif"}, {72, 168, 10, "East", "Serif"}, {200, 168, 10, "18", "Serif"}, {300, 168, 10, "19", "Serif"}, {72, 182, 10, "West", "Serif"},
      {200, 182, 10, "22", "Serif"}, {300, 182, 10, "23", "Serif"}},
     "Homes | East | 30\nBoats | East | 31\nHomes | West | 20\nBoats | West | 21\nWells | East | 18\nCarts | East | 19\nWells | West | 22\nCarts | West | 23\n"},
    {"a caption parts two tables",
     {AT(72, 0, "Town"), AT(200, 0, "Homes"), AT(300, 0, "Boats"), AT(72, 1, "East"), AT(200, 1, "30"), AT(300, 1, "31"), AT(72, 2, "West"), AT(200, 2, "20"), AT(300, 2, "21"),
      AT(72, 3, "Table B2. What the water left"), AT(72, 4, "Town"), AT(200, 4, "Wells"), AT(300, 4, "Carts"), AT(72, 5, "East"), AT(200, 5, "18"), AT(300, 5, "19"), AT(72, 6, "West"),
      AT(200, 6, "22"), AT(300, 6, "23")},
     "Homes | East | 30\nBoats | East | 31\nHomes | West | 20\nBoats | West | 21\nWells | East | 18\nCarts | East | 19\nWells | West | 22\nCarts | West | 23\n"},
    {"years at the top are heads, also over columns that hold few values",
     {AT(72, 0, "Town"), AT(200, 0, "2001"), AT(240, 0, "2002"), AT(315, 0, "Both"), AT(210, 1, "N"), AT(250, 1, "N"), AT(300, 1, "N"), AT(345, 1, "%"), AT(72, 2, "East"), AT(210, 2, "2"), AT(250, 2, "3"),
      AT(300, 2, "5"), AT(340, 2, "3%"), AT(72, 3, "West"), AT(210, 3, "4"), AT(250, 3, "4"), AT(300, 3, "8"), AT(340, 3, "9%"), AT(72, 4, "Hills"), AT(210, 4, "1"), AT(250, 4, "6"), AT(300, 4, "7"), AT(340, 4, "8%")},
     "2001 N | East | 2\n2002 N | East | 3\nBoth: N | East | 5\nBoth: % | East | 3%\n2001 N | West | 4\n2002 N | West | 4\nBoth: N | West | 8\nBoth: % | West | 9%\n"
     "2001 N | Hills | 1\n2002 N | Hills | 6\nBoth: N | Hills | 7\nBoth: % | Hills | 8%\n"},
    {"a head that says more than another one keeps both",
     {AT(72, 0, "Town"), AT(210, 0, "N"), AT(250, 0, "% of all N"), AT(72, 1, "East"), AT(205, 1, "12"), AT(280, 1, "30%"), AT(72, 2, "West"), AT(205, 2, "28"), AT(280, 2, "70%")},
     "N | East | 12\n% of all N | East | 30%\nN | West | 28\n% of all N | West | 70%\n"},
    {"a number broken in its cell is no row, and no figure",
     {AT(72, 0, "Town"), AT(200, 0, "Homes"), AT(250, 0, "Boats"), AT(300, 0, "Wells"), AT(72, 1, "East"), AT(200, 1, "12"), AT(250, 1, "13"), AT(300, 1, "14"),
      {72, 134, 10, "North and", "Serif"}, {200, 134, 10, "22", "Serif"}, {250, 134, 10, "23", "Serif"}, {300, 134, 10, "24", "Serif"}, {72, 145, 10, "Hills", "Serif"}, {305, 145, 10, "7", "Serif"},
      {72, 165, 10, "South", "Serif"}, {200, 165, 10, "32", "Serif"}, {250, 165, 10, "33", "Serif"}, {300, 165, 10, "34", "Serif"},
      {72, 185, 10, "West", "Serif"}, {200, 185, 10, "42", "Serif"}, {250, 185, 10, "43", "Serif"}, {300, 185, 10, "44", "Serif"}},
     "Homes | East | 12\nBoats | East | 13\nWells | East | 14\nHomes | North and Hills | 22\nBoats | North and Hills | 23\nHomes | South | 32\nBoats | South | 33\nWells | South | 34\n"
     "Homes | West | 42\nBoats | West | 43\nWells | West | 44\n"},
    {"a name that ends with a word of joining goes on below, beside its values",
     {AT(72, 0, "Town"), AT(200, 0, "Homes"), AT(250, 0, "Boats"), AT(72, 1, "East"), AT(200, 1, "12"), AT(250, 1, "13"), {72, 130, 10, "The North and", "Serif"}, {72, 141, 10, "South Hills", "Serif"},
      {200, 141, 10, "22", "Serif"}, {250, 141, 10, "23", "Serif"}, {72, 157, 10, "West", "Serif"}, {200, 157, 10, "32", "Serif"}, {250, 157, 10, "33", "Serif"}},
     "Homes | East | 12\nBoats | East | 13\nHomes | The North and South Hills | 22\nBoats | The North and South Hills | 23\nHomes | West | 32\nBoats | West | 33\n"},
    {"a number with its letter is a place in a text",
     {AT(72, 0, "Paper"), AT(200, 0, "Item"), AT(72, 1, "Homes"), AT(200, 1, "5 (c)"), AT(72, 2, "Boats"), AT(200, 2, "6 (a)"), AT(72, 3, "Wells"), AT(200, 3, "7 (b)")}, ""},
    {"a number with the letter of a note is a value among others",
     {AT(72, 0, "Town"), AT(200, 0, "Homes"), AT(280, 0, "Boats"), AT(72, 1, "East"), AT(200, 1, "12(a)"), AT(280, 1, "30"), AT(72, 2, "West"), AT(200, 2, "25(b)"), AT(280, 2, "14"),
      AT(72, 3, "Hills"), AT(200, 3, "22"), AT(280, 3, "24")},
     "Homes | East | 12(a)\nBoats | East | 30\nHomes | West | 25(b)\nBoats | West | 14\nHomes | Hills | 22\nBoats | Hills | 24\n"},
    {"values of one digit, evenly set, stand in columns of their own",
     {AT(72, 0, "Town"), AT(150, 0, "A"), AT(161, 0, "B"), AT(172, 0, "C"), AT(72, 1, "East"), AT(150, 1, "5"), AT(161, 1, "7"), AT(172, 1, "9"), AT(72, 2, "West"), AT(150, 2, "1"), AT(161, 2, "2"), AT(172, 2, "3")},
     "A | East | 5\nB | East | 7\nC | East | 9\nA | West | 1\nB | West | 2\nC | West | 3\n"},
};

static void rows_have_sections(void **state)
{
    const struct sections_case *test = *state;
    struct document *doc = read_printed(test->pieces, G_N_ELEMENTS(test->pieces));
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < doc->cells->len; i++) {
        const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, i);
        struct slice group = document_slice(doc, cell->group), section = document_slice(doc, cell->section);
        g_string_append_printf(out, "%.*s%s%.*s | %.*s%s%.*s | %.*s\n", SLICE_ARG(group), group.len > 0 ? ": " : "", SLICE_ARG(document_slice(doc, cell->column)), SLICE_ARG(section),
                               section.len > 0 ? " / " : "", SLICE_ARG(document_slice(doc, cell->row)), SLICE_ARG(document_slice(doc, cell->span)));
    }
    assert_string_equal(out->str, test->cells);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, rows_have_sections, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
