/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/printed_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* What stands over the values of a page: "GROUP: HEAD | ROW | VALUE", a line each; the words of a head are whole or there is none. */
static const struct heads_case {
    const char *name;
    struct printed pieces[40];
    const char *cells; /* of rows that are named "North…" or by a year */
} cases[] = {
    {"a head of several lines is whole",
     {BODY(2, "Town"), {190, 100, 10, "Families", "Serif"}, {200, 114, 10, "lost", "Serif"}, {185, 128, 10, "from view", "Serif"}, {300, 128, 10, "Homes", "Serif"},
      BODY(3, "North"), {200, 142, 10, "1204", "Serif"}, {300, 142, 10, "12", "Serif"}, BODY(4, "South"), {200, 156, 10, "1880", "Serif"}, {300, 156, 10, "17", "Serif"}},
     "Families lost from view | North | 1204\nHomes | North | 12\n"},
    {"two heads set close together are two, each in the middle over its column",
     {BODY(1, "Town"), {180, 100, 10, "Newly counted Now in school", "Serif"}, {197.5, 114, 10, "people", "Serif"}, {262.5, 114, 10, "children", "Serif"},
      BODY(2, "North"), {205, 128, 10, "104", "Serif"}, {275, 128, 10, "312", "Serif"}, BODY(3, "South"), {205, 142, 10, "188", "Serif"}, {275, 142, 10, "317", "Serif"}},
     "Newly counted people | North | 104\nNow in school children | North | 312\n"},
    {"a head in the middle over two columns stands over both",
     {BODY(1, "Town"), {201, 100, 10, "New cases", "Serif"}, {185, 114, 10, "Alive", "Serif"}, {242.5, 114, 10, "Dead", "Serif"}, {300, 114, 10, "Homes", "Serif"},
      BODY(2, "North"), {192.5, 128, 10, "10", "Serif"}, {247.5, 128, 10, "32", "Serif"}, {307.5, 128, 10, "70", "Serif"},
      BODY(3, "South"), {192.5, 142, 10, "18", "Serif"}, {247.5, 142, 10, "31", "Serif"}, {307.5, 142, 10, "71", "Serif"}},
     "New cases: Alive | North | 10\nNew cases: Dead | North | 32\nHomes | North | 70\n"},
    {"the upper lines of a head, alone in their rows, are its",
     {{299.5, 100, 10, "Change from the", "Serif"}, {309.5, 114, 10, "count in an", "Serif"}, {190, 128, 10, "Homes seen", "Serif"}, {302, 128, 10, "earlier survey", "Serif"},
      BODY(3, "Town"), {190, 142, 10, "2001", "Serif"}, {230, 142, 10, "2002", "Serif"}, {305, 142, 10, "2001", "Serif"}, {345, 142, 10, "2002", "Serif"},
      BODY(4, "North"), {190, 156, 10, "1234", "Serif"}, {230, 156, 10, "1313", "Serif"}, {322, 156, 10, "1212", "Serif"}, {362, 156, 10, "1414", "Serif"},
      BODY(5, "South"), {190, 170, 10, "1222", "Serif"}, {230, 170, 10, "1323", "Serif"}, {322, 170, 10, "1313", "Serif"}, {362, 170, 10, "1515", "Serif"}},
     "Homes seen: 2001 | North | 1234\nHomes seen: 2002 | North | 1313\nChange from the count in an earlier survey: 2001 | North | 1212\n"
     "Change from the count in an earlier survey: 2002 | North | 1414\n"},
    {"a named row of values that look like years is no row of heads",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {300, 114, 10, "Boats", "Serif"}, BODY(2, "North"), {200, 128, 10, "2014", "Serif"}, {300, 128, 10, "1950", "Serif"},
      BODY(3, "South"), {200, 142, 10, "1312", "Serif"}, {300, 142, 10, "1567", "Serif"}},
     "Homes | North | 2014\nBoats | North | 1950\n"},
    {"the upper line of a head that begins where its lower one does is its, though it is wider than the values",
     {{180, 100, 10, "Number of local", "Serif"}, {72, 106, 10, "Town", "Serif"}, {280, 106, 10, "What is said", "Serif"}, {180, 112, 10, "people", "Serif"},
      BODY(2, "North"), {180, 128, 10, "4", "Serif"}, {280, 128, 10, "Seen on the road", "Serif"}, BODY(3, "South"), {180, 142, 10, "15", "Serif"}, {280, 142, 10, "Heard of", "Serif"}},
     "Number of local people | North | 4\n"},
    {"the upper line of a head beside a name that stands lower is its",
     {{312.5, 101, 10, "Growth", "Serif"}, {305, 112, 10, "(since a", "Serif"}, {72, 116, 10, "Town and", "Serif"}, {200, 123, 10, "Homes", "Serif"}, {305, 123, 10, "year ago)", "Serif"},
      {72, 130, 10, "its fields", "Serif"}, BODY(4, "North"), {205, 156, 10, "120", "Serif"}, {315, 156, 10, "12", "Serif"}, BODY(5, "South"), {205, 170, 10, "188", "Serif"}, {315, 170, 10, "13", "Serif"}},
     "Homes | North | 120\nGrowth (since a year ago) | North | 12\n"},
    {"rows on the next page stand under the heads of the page before",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {300, 114, 10, "Boats", "Serif"}, BODY(2, "East"), {200, 128, 10, "1204", "Serif"}, {300, 128, 10, "12", "Serif"},
      BODY(3, "West"), {200, 142, 10, "1880", "Serif"}, {300, 142, 10, "13", "Serif"}, {0, 0, 0, "|", ""},
      BODY(1, "North"), {200, 114, 10, "1777", "Serif"}, {300, 114, 10, "141", "Serif"}, BODY(2, "South"), {200, 128, 10, "1555", "Serif"}, {300, 128, 10, "152", "Serif"}},
     "Homes | North | 1777\nBoats | North | 141\n"},
    {"rows in other columns do not",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {300, 114, 10, "Boats", "Serif"}, BODY(2, "East"), {200, 128, 10, "1204", "Serif"}, {300, 128, 10, "12", "Serif"},
      BODY(3, "West"), {200, 142, 10, "1880", "Serif"}, {300, 142, 10, "13", "Serif"}, {0, 0, 0, "|", ""},
      BODY(1, "North"), {200, 114, 10, "1777", "Serif"}, {400, 114, 10, "14", "Serif"}, BODY(2, "South"), {200, 128, 10, "1555", "Serif"}, {400, 128, 10, "15", "Serif"}}, ""},
    {"names that end in a colon stand under no head",
     {BODY(1, "Water Office"), {200, 114, 10, "Homes", "Serif"}, BODY(2, "North:"), {200, 128, 10, "1204", "Serif"}, BODY(3, "South:"), {200, 142, 10, "1880", "Serif"}}, ""},
    {"heads said again stand under the ones over them, wherever these begin",
     {BODY(0, "Town"), {200, 100, 10, "Births", "Serif"}, {330, 100, 10, "Deaths", "Serif"}, {200, 114, 10, "N", "Serif"}, {265, 114, 10, "%", "Serif"}, {330, 114, 10, "N", "Serif"}, {395, 114, 10, "%", "Serif"},
      BODY(2, "North"), {200, 128, 10, "13", "Serif"}, {255, 128, 10, "36%", "Serif"}, {330, 128, 10, "14", "Serif"}, {385, 128, 10, "24%", "Serif"},
      BODY(3, "South"), {200, 142, 10, "23", "Serif"}, {255, 142, 10, "64%", "Serif"}, {330, 142, 10, "44", "Serif"}, {385, 142, 10, "76%", "Serif"}},
     "Births: N | North | 13\nBirths: % | North | 36%\nDeaths: N | North | 14\nDeaths: % | North | 24%\n"},
    {"heads said again have the one over them",
     {BODY(0, "Region"), {225, 100, 10, "2001", "Serif"}, {325, 100, 10, "2002", "Serif"},
      {200, 114, 10, "N", "Serif"}, {265, 114, 10, "%", "Serif"}, {300, 114, 10, "N", "Serif"}, {365, 114, 10, "%", "Serif"},
      BODY(2, "North"), {200, 128, 10, "13", "Serif"}, {255, 128, 10, "36%", "Serif"}, {300, 128, 10, "14", "Serif"}, {355, 128, 10, "24%", "Serif"},
      BODY(3, "South"), {200, 142, 10, "23", "Serif"}, {255, 142, 10, "64%", "Serif"}, {300, 142, 10, "44", "Serif"}, {355, 142, 10, "76%", "Serif"}},
     "2001: N | North | 13\n2001: % | North | 36%\n2002: N | North | 14\n2002: % | North | 24%\n"},
    {"a date over all columns is a head of all, not of the two in the middle",
     {BODY(1, "Town"), {255, 100, 10, "28-11-14", "Serif"}, {190, 114, 10, "Hurt", "Serif"}, {240, 114, 10, "Safe", "Serif"}, {290, 114, 10, "Seen", "Serif"}, {340, 114, 10, "Lost", "Serif"},
      BODY(2, "North"), {195, 128, 10, "12", "Serif"}, {245, 128, 10, "13", "Serif"}, {295, 128, 10, "25", "Serif"}, {345, 128, 10, "14", "Serif"},
      BODY(3, "South"), {195, 142, 10, "22", "Serif"}, {245, 142, 10, "23", "Serif"}, {295, 142, 10, "45", "Serif"}, {345, 142, 10, "24", "Serif"}},
     "28-11-14: Hurt | North | 12\n28-11-14: Safe | North | 13\n28-11-14: Seen | North | 25\n28-11-14: Lost | North | 14\n"},
    {"a head with a date in it is no row of values",
     {BODY(1, "Town"), {195, 100, 10, "Homes lost", "Serif"}, {190, 114, 10, "on 3rd 2014", "Serif"}, {185, 128, 10, "Whole", "Serif"}, {235, 128, 10, "Part", "Serif"},
      BODY(3, "North"), {195, 142, 10, "12", "Serif"}, {240, 142, 10, "13", "Serif"}, BODY(4, "South"), {195, 156, 10, "22", "Serif"}, {240, 156, 10, "23", "Serif"}},
     "Homes lost on 3rd 2014: Whole | North | 12\nHomes lost on 3rd 2014: Part | North | 13\n"},
    {"heads that climb or fall stand over their columns",
     {BODY(7, "Town"), {200, 200, 10, "Alive", "Up"}, {240, 200, 10, "People", "Up"}, {252, 200, 10, "hurt", "Up"}, {292, 170, 10, "lost", "Down"}, {304, 170, 10, "Homes", "Down"},
      BODY(8, "North"), {202, 212, 10, "12", "Serif"}, {245, 212, 10, "13", "Serif"}, {300, 212, 10, "25", "Serif"},
      BODY(9, "South"), {202, 226, 10, "22", "Serif"}, {245, 226, 10, "23", "Serif"}, {300, 226, 10, "45", "Serif"}},
     "Alive | North | 12\nPeople hurt | North | 13\nHomes lost | North | 25\n"},
    {"a dash that says that there is no value is no sign of the next one",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {230, 114, 10, "Boats", "Serif"}, {260, 114, 10, "Wells", "Serif"},
      BODY(2, "North"), {220, 128, 10, "-", "Serif"}, {250, 128, 10, "3", "Serif"}, {280, 128, 10, "4", "Serif"},
      BODY(3, "South"), {220, 142, 10, "5", "Serif"}, {250, 142, 10, "-", "Serif"}, {280, 142, 10, "7", "Serif"},
      BODY(4, "East"), {220, 156, 10, "8", "Serif"}, {250, 156, 10, "9", "Serif"}, {280, 156, 10, "6", "Serif"}},
     "Boats | North | 3\nWells | North | 4\n"},
    {"a scale in the cell belongs to its number",
     {BODY(1, "Town"), {200, 114, 10, "Cost", "Serif"}, BODY(2, "North"), {200, 128, 10, "0.02 Billion", "Serif"}, BODY(3, "South"), {200, 142, 10, "0.3 Billion", "Serif"}},
     "Cost | North | 0.02 Billion\n"},
    {"a scale below its number belongs to it",
     {BODY(1, "Town"), {250, 114, 10, "Cost", "Serif"}, BODY(2, "North and"), {250, 128, 10, "100", "Serif"}, BODY(3, "the hills"), {250, 142, 10, "million", "Serif"},
      BODY(4, "South and"), {250, 156, 10, "200", "Serif"}, BODY(5, "the coast"), {250, 170, 10, "million", "Serif"}},
     "Cost | North and the hills | 100 million\n"},
    {"a name of two lines with values beside both is one row",
     {BODY(0, "Town"), {200, 100, 10, "Homes", "Serif"}, {270, 100, 10, "Boats", "Serif"}, {72, 130, 10, "East", "Serif"}, {200, 130, 10, "12", "Serif"}, {270, 130, 10, "13", "Serif"},
      {72, 160, 10, "North of", "Serif"}, {200, 160, 10, "22", "Serif"}, {72, 172, 10, "the bay", "Serif"}, {270, 172, 10, "23", "Serif"},
      {72, 202, 10, "South", "Serif"}, {200, 202, 10, "32", "Serif"}, {270, 202, 10, "33", "Serif"}, {72, 232, 10, "West", "Serif"}, {200, 232, 10, "42", "Serif"}, {270, 232, 10, "43", "Serif"}},
     "Homes | North of the bay | 22\nBoats | North of the bay | 23\n"},
    {"a head over a count and its share names both",
     {BODY(1, "Town"), {190, 114, 10, "Homes lost", "Serif"}, {290, 114, 10, "Boats lost", "Serif"},
      BODY(2, "North"), {190, 128, 10, "12", "Serif"}, {225, 128, 10, "36%", "Serif"}, {290, 128, 10, "25", "Serif"}, {325, 128, 10, "24%", "Serif"},
      BODY(3, "South"), {190, 142, 10, "22", "Serif"}, {225, 142, 10, "64%", "Serif"}, {290, 142, 10, "45", "Serif"}, {325, 142, 10, "76%", "Serif"}},
     "Homes lost | North | 12\nHomes lost | North | 36%\nBoats lost | North | 25\nBoats lost | North | 24%\n"},
    {"a head over two columns of which one may be another's names none",
     {BODY(1, "Town"), {190, 114, 10, "Homes and boats", "Serif"}, {300, 114, 10, "Wells", "Serif"},
      BODY(2, "North"), {190, 128, 10, "12", "Serif"}, {240, 128, 10, "36", "Serif"}, {300, 128, 10, "25", "Serif"},
      BODY(3, "South"), {190, 142, 10, "22", "Serif"}, {240, 142, 10, "64", "Serif"}, {300, 142, 10, "45", "Serif"}}, ""},
    {"names behind values name what stands behind them, where two tables stand side by side",
     {{150, 100, 10, "Homes", "Serif"}, {200, 100, 10, "Boats", "Serif"}, {330, 100, 10, "Wells", "Serif"}, BODY(1, "East"), {160, 114, 10, "12", "Serif"}, {210, 114, 10, "13", "Serif"},
      {250, 114, 10, "North", "Serif"}, {340, 114, 10, "14", "Serif"}, BODY(2, "South"), {160, 128, 10, "22", "Serif"}, {210, 128, 10, "23", "Serif"}, {250, 128, 10, "Hills", "Serif"}, {340, 128, 10, "24", "Serif"}},
     "Wells | North | 14\n"},
    {"years name rows",
     {BODY(1, "Town"), {200, 114, 10, "North", "Serif"}, {300, 114, 10, "South", "Serif"}, BODY(2, "2014"), {205, 128, 10, "12", "Serif"}, {305, 128, 10, "13", "Serif"},
      BODY(3, "2015"), {205, 142, 10, "22", "Serif"}, {305, 142, 10, "23", "Serif"}},
     "North | 2014 | 12\nSouth | 2014 | 13\nNorth | 2015 | 22\nSouth | 2015 | 23\n"},
    {"a year over each of the heads said again is part of it",
     {BODY(1, "Town"), {195, 114, 10, "2014", "Serif"}, {255, 114, 10, "2015", "Serif"}, {205, 128, 10, "N", "Serif"}, {265, 128, 10, "N", "Serif"},
      BODY(3, "North"), {200, 142, 10, "12", "Serif"}, {260, 142, 10, "13", "Serif"}, BODY(4, "South"), {200, 156, 10, "22", "Serif"}, {260, 156, 10, "23", "Serif"}},
     "2014 N | North | 12\n2015 N | North | 13\n"},
    {"a head in the white before its columns stands over those that the head beside it leaves",
     {BODY(0, "Town"), {190, 100, 10, "Seen", "Serif"}, {330, 100, 10, "Heard", "Serif"}, {140, 124, 10, "Whole", "Serif"}, {205, 124, 10, "Part", "Serif"}, {260, 124, 10, "All", "Serif"}, {310, 124, 10, "Boats", "Serif"},
      {370, 124, 10, "Carts", "Serif"}, BODY(3, "North"), {155, 142, 10, "12", "Serif"}, {215, 142, 10, "13", "Serif"}, {265, 142, 10, "25", "Serif"}, {325, 142, 10, "14", "Serif"}, {385, 142, 10, "15", "Serif"},
      BODY(4, "South"), {155, 156, 10, "22", "Serif"}, {215, 156, 10, "23", "Serif"}, {265, 156, 10, "45", "Serif"}, {325, 156, 10, "24", "Serif"}, {385, 156, 10, "25", "Serif"}},
     "Seen: Whole | North | 12\nSeen: Part | North | 13\nSeen: All | North | 25\nHeard: Boats | North | 14\nHeard: Carts | North | 15\n"},
    {"a head that lost the one over it, which its like have, is none",
     {BODY(1, "Town"), {195, 114, 10, "2013", "Serif"}, {245, 114, 10, "2014", "Serif"}, {295, 114, 10, "2015", "Serif"}, {205, 128, 10, "N", "Serif"}, {255, 128, 10, "N", "Serif"}, {305, 128, 10, "N", "Serif"},
      {355, 128, 10, "N", "Serif"}, BODY(3, "North"), {200, 142, 10, "12", "Serif"}, {250, 142, 10, "13", "Serif"}, {300, 142, 10, "14", "Serif"}, {350, 142, 10, "39", "Serif"},
      BODY(4, "South"), {200, 156, 10, "22", "Serif"}, {250, 156, 10, "23", "Serif"}, {300, 156, 10, "24", "Serif"}, {350, 156, 10, "69", "Serif"}},
     "2013 N | North | 12\n2014 N | North | 13\n"},
    {"two heads over heads said again that were read as one line are two",
     {BODY(0, "Town"), {195, 100, 10, "Homes", "Serif"}, {229, 100, 10, "Boats", "Serif"}, {180, 114, 10, "N", "Serif"}, {210, 114, 10, "%", "Serif"}, {230, 114, 10, "N", "Serif"}, {260, 114, 10, "%", "Serif"},
      BODY(2, "North"), {175, 128, 10, "13", "Serif"}, {200, 128, 10, "36%", "Serif"}, {225, 128, 10, "14", "Serif"}, {250, 128, 10, "24%", "Serif"},
      BODY(3, "South"), {175, 142, 10, "23", "Serif"}, {200, 142, 10, "64%", "Serif"}, {225, 142, 10, "44", "Serif"}, {250, 142, 10, "76%", "Serif"}},
     "Homes: N | North | 13\nHomes: % | North | 36%\nBoats: N | North | 14\nBoats: % | North | 24%\n"},
    {"a name and a value set close are two cells where the other rows say so",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {270, 114, 10, "Boats", "Serif"}, {72, 128, 10, "North of the hamlet bay 104", "Serif"}, {280, 128, 10, "13", "Serif"},
      BODY(3, "South"), {192, 142, 10, "122", "Serif"}, {280, 142, 10, "23", "Serif"}, BODY(4, "East"), {192, 156, 10, "132", "Serif"}, {280, 156, 10, "33", "Serif"},
      BODY(5, "West"), {192, 170, 10, "142", "Serif"}, {280, 170, 10, "43", "Serif"}},
     "Homes | North of the hamlet bay | 104\nBoats | North of the hamlet bay | 13\n"},
    {"a number alone in the line below goes on with its row's name",
     {BODY(1, "Income"), {200, 114, 10, "Homes", "Serif"}, {270, 114, 10, "Boats", "Serif"}, {72, 134, 10, "North under", "Serif"}, {205, 134, 10, "12", "Serif"}, {275, 134, 10, "13", "Serif"}, {72, 146, 10, "45,000", "Serif"},
      {72, 166, 10, "South over", "Serif"}, {205, 166, 10, "22", "Serif"}, {275, 166, 10, "23", "Serif"}, {72, 178, 10, "45,000", "Serif"}},
     "Homes | North under 45,000 | 12\nBoats | North under 45,000 | 13\n"},
    {"a name goes on in small letters beside its values",
     {BODY(1, "Town"), {200, 114, 10, "Homes", "Serif"}, {270, 114, 10, "Boats", "Serif"}, BODY(2, "East"), {205, 128, 10, "12", "Serif"}, {275, 128, 10, "13", "Serif"}, BODY(3, "North and"), BODY(4, "the hills"),
      {205, 156, 10, "22", "Serif"}, {275, 156, 10, "23", "Serif"}, BODY(5, "South"), {205, 170, 10, "32", "Serif"}, {275, 170, 10, "33", "Serif"}},
     "Homes | North and the hills | 22\nBoats | North and the hills | 23\n"},
    {"one row under whole heads is a table",
     {{200, 114, 10, "Homes", "Serif"}, {270, 114, 10, "Boats", "Serif"}, BODY(2, "North"), {205, 128, 10, "12", "Serif"}, {275, 128, 10, "13", "Serif"}},
     "Homes | North | 12\nBoats | North | 13\n"},
    {"a value with a remark is no head",
     {BODY(1, "North"), {200, 114, 10, "20 (or more)", "Serif"}, BODY(2, "North bay"), {225, 128, 10, "12", "Serif"}, BODY(3, "North hill"), {225, 142, 10, "22", "Serif"}}, ""},
    {"numbers that grow from title to title are pages",
     {{200, 100, 10, "Page", "Serif"}, BODY(1, "North bay"), {205, 114, 10, "2", "Serif"}, BODY(2, "North hill"), {205, 128, 10, "3", "Serif"}, BODY(3, "North road"), {205, 142, 10, "5", "Serif"},
      BODY(4, "North well"), {205, 156, 10, "5", "Serif"}, BODY(5, "North town"), {205, 170, 10, "8", "Serif"}, BODY(6, "North sea"), {205, 184, 10, "9", "Serif"}, BODY(7, "North isle"), {200, 198, 10, "12", "Serif"},
      BODY(8, "North gate"), {200, 212, 10, "14", "Serif"}}, ""},
};
static void heads_are_whole(void **state)
{
    const struct heads_case *test = *state;
    struct document *doc = read_printed(test->pieces, G_N_ELEMENTS(test->pieces));
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < doc->cells->len; i++) {
        const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, i);
        struct slice group = document_slice(doc, cell->group), row = document_slice(doc, cell->row);
        if (slice_starts(row, "North") || slice_starts(row, "20"))
            g_string_append_printf(out, "%.*s%s%.*s | %.*s | %.*s\n", SLICE_ARG(group), group.len > 0 ? ": " : "", SLICE_ARG(document_slice(doc, cell->column)), SLICE_ARG(row),
                                   SLICE_ARG(document_slice(doc, cell->span)));
    }
    assert_string_equal(out->str, test->cells);
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, heads_are_whole, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
