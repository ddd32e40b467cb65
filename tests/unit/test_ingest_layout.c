/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/printed_page.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct layout_case {
    const char *name;
    struct printed pieces[40];
    const char *text; /* as passages_of() prints it */
} cases[] = {
    {"lines of a paragraph are one passage",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year.")},
     "[body] The count of homes lost to the flood rose again this year."},
    {"a divided word is healed",
     {BODY(0, "The count of homes lost to the flood rose among inhabit-"), BODY(1, "ants of the coast.")},
     "[body] The count of homes lost to the flood rose among inhabitants of the coast."},
    {"a line that ended early ends its paragraph",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year."), BODY(2, "Rivers fell in the south and the wells of the plain dried"), BODY(3, "up.")},
     "[body] The count of homes lost to the flood rose again this year.\n[body] Rivers fell in the south and the wells of the plain dried up."},
    {"two columns are read one after the other",
     {{72, 100, 10, "Families left the valley when", "Serif"}, {72, 114, 10, "the bridge fell and took the", "Serif"}, {72, 128, 10, "road to the town with it in", "Serif"},
      {72, 142, 10, "the first week of the rains.", "Serif"}, {320, 100, 10, "Schools opened two months late", "Serif"}, {320, 114, 10, "in the hills since no teacher", "Serif"},
      {320, 128, 10, "could cross the river and the", "Serif"}, {320, 142, 10, "books were under water there.", "Serif"}},
     "[body] Families left the valley when the bridge fell and took the road to the town with it in the first week of the rains.\n"
     "[body] Schools opened two months late in the hills since no teacher could cross the river and the books were under water there."},
    {"a sentence goes on in the next column",
     {{72, 100, 10, "Families left the valley when", "Serif"}, {72, 114, 10, "the bridge fell and took the", "Serif"}, {72, 128, 10, "road to the town with it so", "Serif"},
      {72, 142, 10, "that nobody could follow and", "Serif"}, {320, 100, 10, "schools opened two months late", "Serif"}, {320, 114, 10, "in the hills since no teacher", "Serif"},
      {320, 128, 10, "could cross the river and the", "Serif"}, {320, 142, 10, "books were under water there.", "Serif"}},
     "[body] Families left the valley when the bridge fell and took the road to the town with it so that nobody could follow and "
     "schools opened two months late in the hills since no teacher could cross the river and the books were under water there."},
    {"a table is read by rows, its values under their heads",
     {BODY(0, "Region"), {200, 100, 10, "Homes", "Serif"}, {300, 100, 10, "Schools", "Serif"}, BODY(1, "North"), {200, 114, 10, "1,204", "Serif"}, {300, 114, 10, "12", "Serif"},
      BODY(2, "South"), {200, 128, 10, "880", "Serif"}, {300, 128, 10, "7", "Serif"}},
     "[table] Region\tHomes\tSchools\n[table] North\t1,204\t12\n[table] South\t880\t7"},
    {"a dash in a cell is no sign of the value in the next",
     {{72, 100, 10, "Region", "Serif"}, {200, 100, 10, "Homes", "Serif"}, {260, 100, 10, "Schools", "Serif"}, {320, 100, 10, "Wells", "Serif"},
      {72, 114, 10, "North", "Serif"}, {215, 114, 10, "-", "Serif"}, {270, 114, 10, "312", "Serif"}, {325, 114, 10, "-", "Serif"},
      {72, 128, 10, "South", "Serif"}, {205, 128, 10, "880", "Serif"}, {275, 128, 10, "-", "Serif"}, {325, 128, 10, "40", "Serif"}},
     "[table] Region\tHomes\tSchools\tWells\n[table] North\t-\t312\t-\n[table] South\t880\t-\t40"},
    {"a dash in a cell is no sign of a value in groups of three either",
     {BODY(0, "Region"), {190, 100, 10, "Homes", "Serif"}, {230, 100, 10, "Wells", "Serif"}, BODY(1, "North"), {200, 114, 10, "-", "Serif"}, {212, 114, 10, "4\342\200\211312", "Serif"},
      BODY(2, "South"), {190, 128, 10, "88", "Serif"}, {212, 128, 10, "5\342\200\211312", "Serif"}, BODY(3, "East"), {190, 142, 10, "89", "Serif"}, {212, 142, 10, "6\342\200\211312", "Serif"}},
     "[table] Region\tHomes\tWells\n[table] North\t-\t4 312\n[table] South\t88\t5 312\n[table] East\t89\t6 312"},
    {"a number in groups that reaches over the column beside its own is one",
     {BODY(0, "Town"), {170, 100, 10, "Homes", "Serif"}, {200, 100, 10, "Well", "Serif"}, BODY(1, "North"), {175, 114, 10, "1,56", "Serif"}, {205, 114, 10, "234", "Serif"},
      BODY(2, "South"), {175, 128, 10, "3,41", "Serif"}, {205, 128, 10, "567", "Serif"}, BODY(3, "East"), {175, 142, 10, "2,13", "Serif"}, {205, 142, 10, "433", "Serif"},
      BODY(4, "West"), {175, 156, 10, "1,82", "Serif"}, {205, 156, 10, "345", "Serif"}, BODY(5, "Total"), {187.5, 170, 10, "112\342\200\211833", "Serif"}},
     "[table] Town\tHomes\tWell\n[table] North\t1,56\t234\n[table] South\t3,41\t567\n[table] East\t2,13\t433\n[table] West\t1,82\t345\n[table] Total\t112 833"},
    {"a scale below a value beside a number of a row of its own joins no numbers",
     {BODY(0, "Town"), {200, 100, 10, "Cost", "Serif"}, {300, 100, 10, "Homes", "Serif"}, {72, 114, 10, "North", "Serif"}, {200, 114, 10, "100", "Serif"}, {300, 114, 10, "200", "Serif"},
      {72, 126, 10, "South", "Serif"}, {200, 126, 10, "million", "Serif"}, {300, 126, 10, "300", "Serif"}, {72, 138, 10, "East", "Serif"}, {200, 138, 10, "250", "Serif"}, {300, 138, 10, "433", "Serif"}},
     "[table] Town\tCost\tHomes\n[table] North\t100\t200\n[table] South\tmillion\t300\n[table] East\t250\t433"},
    {"values one above the other in a cell are no number together, and no range",
     {BODY(0, "Town"), {200, 100, 10, "Homes", "Serif"}, {300, 100, 10, "Wells", "Serif"}, {72, 114, 10, "North", "Serif"}, {200, 114, 10, "7", "Serif"}, {300, 114, 10, "1", "Serif"},
      {200, 125, 10, "198", "Serif"}, {300, 125, 10, "-", "Serif"}, {200, 136, 10, "523", "Serif"}, {300, 136, 10, "12", "Serif"},
      {72, 160, 10, "South", "Serif"}, {200, 160, 10, "250", "Serif"}, {300, 160, 10, "433", "Serif"}},
     "[table] Town\tHomes\tWells\n[table] North\t7\t198\t523\t1\t-\t12\n[table] South\t250\t433"},
    {"words set far apart to fill a line of a narrow cell are no cells",
     {BODY(0, "Aim"), {172, 100, 10, "What the council says", "Serif"}, {372, 100, 10, "State", "Serif"},
      BODY(1, "Homes"), {172, 114, 10, "the homes of the valley were", "Serif"}, {372, 114, 10, "begun", "Serif"},
      {172, 128, 10, "counted   and   the   lists,", "Serif"}, {172, 142, 10, "kept in the school of a town", "Serif"}, {172, 156, 10, "are open.", "Serif"}},
     "[table] Aim\tWhat the council says\tState\n[table] Homes\tthe homes of the valley were counted and the lists, kept in the school of a town are open.\tbegun"},
    {"values set far apart below a line of text stay cells",
     {BODY(0, "Aim"), {172, 100, 10, "What the council says", "Serif"}, {372, 100, 10, "State", "Serif"},
      BODY(1, "Homes"), {172, 114, 10, "the homes of the valley were", "Serif"}, {372, 114, 10, "begun", "Serif"},
      {172, 128, 10, "1,200   340   7,500   90,000", "Serif"}, {172, 142, 10, "kept in the school of a town", "Serif"}, {172, 156, 10, "are open.", "Serif"}},
     "[table] Aim Homes\tWhat the council says the homes of the valley were\tState begun\n[table] 1,200\t340\t7,500\t90,000\n"
     "[body] kept in the school of a town are open."},
    {"two values close together are two cells",
     {BODY(0, "Region"), {200, 100, 10, "Homes", "Serif"}, {240, 100, 10, "Schools", "Serif"}, BODY(1, "North"), {210, 114, 10, "41.2", "Serif"}, {238, 114, 10, "288,900", "Serif"},
      BODY(2, "South"), {210, 128, 10, "39.9", "Serif"}, {238, 128, 10, "248,500", "Serif"}},
     "[table] Region\tHomes\tSchools\n[table] North\t41.2\t288,900\n[table] South\t39.9\t248,500"},
    {"larger print that is no sentence is a heading",
     {{72, 100, 16, "Where the water went", "Serif"}, BODY(3, "The count of homes lost to the flood rose again this"), BODY(4, "year.")},
     "[heading] Where the water went\n[body] The count of homes lost to the flood rose again this year."},
    {"a sentence in larger print is a pull quote",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year."), {72, 150, 14, "Nobody came back to the valley.", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year.\n[pullquote] Nobody came back to the valley."},
    {"a caption is told by its first words",
     {BODY(0, "Figure 3. Homes lost to the flood")}, "[caption] Figure 3. Homes lost to the flood"},
    {"a sentence about a figure is no caption",
     {BODY(0, "Figure 3 shows the homes lost to the flood.")}, "[body] Figure 3 shows the homes lost to the flood."},
    {"a letter with a stop can be a word of its sentence",
     {BODY(0, "The court followed what had been decided in the case Miller"), BODY(1, "v. the town of Hill and gave the homes back.")},
     "[body] The court followed what had been decided in the case Miller v. the town of Hill and gave the homes back."},
    {"a seam inside a word is no space",
     {{72, 100, 10, "The town", "Serif"}, {120, 100, 10, "owns the", "Serif"}, {167, 100, 10, "life", "Serif"}, {188, 100, 10, "-boats of the", "Serif"}, {260, 100, 10, "coast.", "Serif"}},
     "[body] The town owns the life-boats of the coast."},
    {"a seam inside a number is no space",
     {{72, 100, 10, "They saw and counted 1", "Serif"}, {183, 100, 10, "2 boats near the coast.", "Serif"}},
     "[body] They saw and counted 12 boats near the coast."},
    {"a wider gap between digits is one",
     {{72, 100, 10, "In the rows of the list stood 1", "Serif"}, {229, 100, 10, "2 and then the names.", "Serif"}},
     "[body] In the rows of the list stood 1 2 and then the names."},
    {"bold words at the beginning of an item are its sentence",
     {{72, 100, 10, "\342\200\242 Homes: the count of those that were lost to the flood of", "Serif-Bold"}, {82, 114, 10, "May", "Serif-Bold"}, {102, 114, 10, "rose again. Nobody came back to the valley in the year", "Serif"},
      {82, 128, 10, "that followed, and the school was shut.", "Serif"}},
     "[body] \342\200\242 Homes: the count of those that were lost to the flood of May rose again. Nobody came back to the valley in the year that followed, and the school was shut."},
    {"a caption below a heading stands alone",
     {{72, 100, 10, "3.2 Homes", "Serif-Bold"}, {72, 114, 10, "Table 3. Homes lost to the flood, by month and province", "Serif-Bold"}},
     "[heading] 3.2 Homes\n[caption] Table 3. Homes lost to the flood, by month and province"},
    {"lines that end on purpose are no sentence",
     {{72, 100, 10, "The council of the valley met in the town for the third time this spring.", "Serif"}, {72, 142, 10, "10-13 June 2025", "Serif"}, {72, 156, 10, "Item 3 of the provisional agenda", "Serif"}},
     "[body] The council of the valley met in the town for the third time this spring.\n[body] 10-13 June 2025\n[body] Item 3 of the provisional agenda"},
    {"a preamble's next paragraph begins a page",
     {{92, 100, 10, "Recalling the flood that took the homes of", "Serif"}, {72, 114, 10, "the valley and the school that was shut for months,", "Serif"}, {0, 0, 0, "|", ""},
      {92, 100, 10, "Noting also that nobody came back to the", "Serif"}, {72, 114, 10, "valley in the year that followed, decides to build anew.", "Serif"}},
     "[body] Recalling the flood that took the homes of the valley and the school that was shut for months,\n"
     "[body] Noting also that nobody came back to the valley in the year that followed, decides to build anew."},
    {"a text over two columns keeps its last line",
     {{72, 72, 10, "Figure 1. Homes that were lost to the flood, to the wind and to the sea in all of the towns", "Serif"}, {72, 86, 10, "of the valley", "Serif"},
      {72, 128, 10, "Families left the valley when", "Serif"}, {72, 142, 10, "the bridge fell and took the", "Serif"}, {72, 156, 10, "road to the town with it in", "Serif"},
      {72, 170, 10, "the first week of the rains.", "Serif"}, {320, 128, 10, "Schools opened two months late", "Serif"}, {320, 142, 10, "in the hills since no teacher", "Serif"},
      {320, 156, 10, "could cross the river and the", "Serif"}, {320, 170, 10, "books were under water there.", "Serif"}},
     "[caption] Figure 1. Homes that were lost to the flood, to the wind and to the sea in all of the towns of the valley\n"
     "[body] Families left the valley when the bridge fell and took the road to the town with it in the first week of the rains.\n"
     "[body] Schools opened two months late in the hills since no teacher could cross the river and the books were under water there."},
    {"side heads come before the text they stand over",
     {{72, 100, 10, "Main aims", "Serif-Bold"},
      {160, 100, 10, "The council of the valley will build new homes for", "Serif"},
      {160, 114, 10, "all who lost theirs to the flood, beginning in May", "Serif"},
      {160, 128, 10, "with the hamlets that stand highest on the hills.", "Serif"},
      {72, 142, 10, "School", "Serif-Bold"},
      {160, 142, 10, "Lessons are held in the town hall until the school", "Serif"},
      {72, 156, 10, "year", "Serif-Bold"},
      {160, 156, 10, "is dry again, which takes until the autumn at least", "Serif"},
      {160, 170, 10, "and costs more than the council has.", "Serif"}},
     "[heading] Main aims\n[body] The council of the valley will build new homes for all who lost theirs to the flood, beginning in May with the hamlets that stand highest on the hills.\n"
     "[heading] School year\n[body] Lessons are held in the town hall until the school is dry again, which takes until the autumn at least and costs more than the council has."},
    {"cells of running text are read row by row",
     {{72, 100, 10, "One: the town should tell all", "Serif"},
      {260, 100, 10, "The town has told all families", "Serif"},
      {72, 114, 10, "families by the end of the year", "Serif"},
      {260, 114, 10, "and sent them a map that shows", "Serif"},
      {72, 128, 10, "where they will live in spring.", "Serif"},
      {260, 128, 10, "the new homes on the hill, the", "Serif"},
      {260, 142, 10, "school and the way to both.", "Serif"},
      {72, 168, 10, "Two: the town should count the", "Serif"},
      {260, 168, 10, "The count has not begun as the", "Serif"},
      {72, 182, 10, "homes that stand in the valley", "Serif"},
      {260, 182, 10, "road is closed, and nobody can", "Serif"},
      {72, 196, 10, "once more before the winter.", "Serif"},
      {260, 196, 10, "say when it will open again.", "Serif"},
      {72, 236, 10, "Three: the town should mend the", "Serif"},
      {260, 236, 10, "The bridge was mended in the", "Serif"},
      {72, 250, 10, "bridge before the water rises", "Serif"},
      {260, 250, 10, "summer by those who live there", "Serif"},
      {72, 264, 10, "for the second time this year.", "Serif"},
      {260, 264, 10, "and has held since then well.", "Serif"}},
     "[body] One: the town should tell all families by the end of the year where they will live in spring.\n[body] The town has told all families and sent them a map that shows the new homes on the hill, the school and the way to both.\n[body] Two: the town should count the homes that stand in the valley once more before the winter.\n[body] The count has not begun as the road is closed, and nobody can say when it will open again.\n[body] Three: the town should mend the bridge before the water rises for the second time this year.\n[body] The bridge was mended in the summer by those who live there and has held since then well."},
    {"cells of several paragraphs are no columns, and a head over the next rows comes between them",
     {{72, 100, 10, "One: the town should tell all", "Serif"},
      {260, 100, 10, "The town has told all families", "Serif"},
      {72, 114, 10, "families by the end of the year", "Serif"},
      {260, 114, 10, "and sent them a map that shows", "Serif"},
      {72, 128, 10, "where they will live in spring.", "Serif"},
      {260, 128, 10, "the new homes on the hill.", "Serif"},
      {260, 154, 10, "It has told the school as well", "Serif"},
      {260, 168, 10, "and the owners of the boats.", "Serif"},
      {72, 194, 10, "B. What the council has to do", "Serif"},
      {72, 220, 10, "Two: the town should count the", "Serif"},
      {260, 220, 10, "The count has not begun as the", "Serif"},
      {72, 234, 10, "homes that stand in the valley", "Serif"},
      {260, 234, 10, "road is closed, and nobody can", "Serif"},
      {72, 248, 10, "once more before the winter.", "Serif"},
      {260, 248, 10, "say when it will open again.", "Serif"},
      {260, 274, 10, "A map of the homes was made in", "Serif"},
      {260, 288, 10, "the summer and was lost since.", "Serif"},
      {72, 314, 10, "Three: the town should mend the", "Serif"},
      {260, 314, 10, "The bridge was mended in the", "Serif"},
      {72, 328, 10, "bridge before the water rises", "Serif"},
      {260, 328, 10, "summer by those who live there", "Serif"},
      {72, 342, 10, "and should say to the people of", "Serif"},
      {260, 342, 10, "and has held since then well.", "Serif"}},
     "[body] One: the town should tell all families by the end of the year where they will live in spring.\n[body] The town has told all families and sent them a map that shows the new homes on the hill.\n[body] It has told the school as well and the owners of the boats.\n"
     "[body] B. What the council has to do\n"
     "[body] Two: the town should count the homes that stand in the valley once more before the winter.\n[body] The count has not begun as the road is closed, and nobody can say when it will open again.\n[body] A map of the homes was made in the summer and was lost since.\n"
     "[body] Three: the town should mend the bridge before the water rises and should say to the people of\n[body] The bridge was mended in the summer by those who live there and has held since then well."},
    {"a list begins below a title that is wider than anything beside it",
     {{72, 100, 10, "What the towns of the valley and of the coast decided together (map 3)", "Serif"}, {72, 114, 10, "1. What they asked the council for", "Serif"},
      {72, 142, 10, "Families left the valley when", "Serif"}, {72, 156, 10, "the bridge fell and took the", "Serif"}, {72, 170, 10, "road to the town with it in", "Serif"},
      {72, 184, 10, "the first week of the rains.", "Serif"}, {320, 142, 10, "Schools opened two months late in the hills", "Serif"}, {320, 156, 10, "since no teacher could cross the river, and", "Serif"},
      {320, 170, 10, "the books were under water there until May,", "Serif"}, {320, 184, 10, "so nobody could learn.", "Serif"}},
     "[body] What the towns of the valley and of the coast decided together (map 3)\n[body] 1. What they asked the council for\n"
     "[body] Families left the valley when the bridge fell and took the road to the town with it in the first week of the rains.\n"
     "[body] Schools opened two months late in the hills since no teacher could cross the river, and the books were under water there until May, so nobody could learn."},
    {"a cell of running text goes on over the page",
     {{72, 100, 10, "Aims of all", "Serif-Bold"},
      {160, 100, 10, "The council of the valley will build new homes for", "Serif"},
      {160, 114, 10, "all who lost theirs to the flood, beginning in May", "Serif"},
      {160, 128, 10, "with the hamlets that stand highest on the hills,", "Serif"},
      {160, 142, 10, "where the ground is dry and the work can begin now", "Serif"},
      {160, 156, 10, "that the winter is over and the road open again; so", "Serif"},
      {160, 170, 10, "the first of them will be ready by summer, and then", "Serif"},
      {0, 0, 0, "|", ""},
      {160, 100, 10, "those by the river, where the ground is wet and the", "Serif"},
      {160, 114, 10, "work cannot begin before the summer is over in the", "Serif"},
      {160, 128, 10, "valley.", "Serif"}},
     "[heading] Aims of all\n[body] The council of the valley will build new homes for all who lost theirs to the flood, beginning in May with the hamlets that stand highest on the hills, where the ground is dry and the work can begin now that the winter is over and the road open again; so the first of them will be ready by summer, and then those by the river, where the ground is wet and the work cannot begin before the summer is over in the valley."},
    {"a value behind a narrow gutter is no part of the sentence beside it",
     {{72, 100, 10, "Homes that the town opened in May", "Serif"}, {242, 100, 10, "1,800", "Serif"}, {72, 114, 10, "on the hills to the north of the", "Serif"},
      {72, 128, 10, "river and to the east of a school", "Serif"}, {72, 142, 10, "and of a road that leads to a sea", "Serif"}, {72, 156, 10, "were full.", "Serif"}},
     "[body] Homes that the town opened in May\t1,800\n[body] on the hills to the north of the river and to the east of a school and of a road that leads to a sea were full."},
    {"words set far apart to fill a narrow column are no cells",
     {{72, 100, 10, "Building     the", "Serif"}, {172, 100, 10, "As the council of the valley decided", "Serif"}, {72, 114, 10, "homes of a town", "Serif"}, {172, 114, 10, "in the spring, the first homes will", "Serif"},
      {72, 128, 10, "on the river it", "Serif"}, {172, 128, 10, "be built before the rains begin in a", "Serif"}, {72, 142, 10, "owns", "Serif"}, {172, 142, 10, "valley.", "Serif"}},
     "[body] Building the homes of a town on the river it owns\n[body] As the council of the valley decided in the spring, the first homes will be built before the rains begin in a valley."},
    {"upright heads over cells of running text are read",
     {{72, 100, 10, "Report", "Serif"},
      {230, 112, 10, "Agreed 2014", "Up"},
      {360, 112, 10, "Reached 2015", "Up"},
      {72, 126, 10, "The homes in", "Serif"},
      {160, 126, 10, "The town should count the homes", "Serif"},
      {340, 126, 10, "Begun now", "Serif"},
      {72, 140, 10, "the valley", "Serif"},
      {160, 140, 10, "of the valley once more before", "Serif"},
      {160, 154, 10, "the winter, and tell the owners", "Serif"},
      {160, 168, 10, "what it has found.", "Serif"},
      {72, 194, 10, "Schools", "Serif"},
      {160, 194, 10, "The town should mend the school", "Serif"},
      {340, 194, 10, "To be made", "Serif"},
      {160, 208, 10, "that was lost to the flood, and", "Serif"},
      {160, 222, 10, "open it in spring.", "Serif"}},
     "[body] Report\n[table] Agreed 2014\tReached 2015\n[table] The homes in the valley\tBegun now\n[body] The town should count the homes of the valley once more before the winter, and tell the owners what it has found.\n"
     "[table] Schools\tTo be made\n[body] The town should mend the school that was lost to the flood, and open it in spring."},
    {"cells of running text in a table are passages of their own",
     {{72, 100, 10, "Report", "Serif"},
      {160, 100, 10, "What it asks for", "Serif"},
      {340, 100, 10, "State", "Serif"},
      {72, 126, 10, "The homes in", "Serif"},
      {160, 126, 10, "The town should count the homes", "Serif"},
      {340, 126, 10, "Begun now", "Serif"},
      {72, 140, 10, "the valley", "Serif"},
      {160, 140, 10, "of the valley once more before", "Serif"},
      {160, 154, 10, "the winter, and tell the owners", "Serif"},
      {160, 168, 10, "what it has found.", "Serif"},
      {72, 194, 10, "Schools", "Serif"},
      {160, 194, 10, "The town should mend the school", "Serif"},
      {340, 194, 10, "To be made", "Serif"},
      {160, 208, 10, "that was lost to the flood, and", "Serif"},
      {160, 222, 10, "open it in spring.", "Serif"}},
     "[table] Report\tWhat it asks for\tState\n[table] The homes in the valley\tBegun now\n[body] The town should count the homes of the valley once more before the winter, and tell the owners what it has found.\n"
     "[table] Schools\tTo be made\n[body] The town should mend the school that was lost to the flood, and open it in spring."},
    {"a head that is printed again on the next page is no sentence",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year."), {72, 300, 10, "The number of homes that the town has built and", "Serif"}, {0, 0, 0, "|", ""},
      {72, 100, 10, "The number of homes that the town has built and", "Serif"}, {72, 142, 10, "Rivers fell in the south and the wells dried up.", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year.\n[body] The number of homes that the town has built and\n"
     "[body] The number of homes that the town has built and\n[body] Rivers fell in the south and the wells dried up."},
    {"highlights end with their page where another heading follows, and a report begins with its first chapter",
     {{72, 100, 16, "Highlights", "Serif"}, BODY(3, "The count of homes lost to the flood rose again."), {0, 0, 0, "|", ""}, {72, 100, 13, "Homes", "Serif"}, BODY(3, "Rivers fell in the south."), {0, 0, 0, "|", ""},
      {72, 100, 16, "Summary", "Serif"}, BODY(3, "Wells dried up in the plain."), {72, 240, 13, "What follows", "Serif"}, {72, 280, 10, "Schools stayed shut.", "Serif"},
      {72, 340, 13, "1. The valley", "Serif"}, {72, 380, 10, "Nobody came back to it.", "Serif"}},
     "[heading] Highlights\n[summary] The count of homes lost to the flood rose again.\n[heading] Homes\n[body] Rivers fell in the south.\n"
     "[heading] Summary\n[summary] Wells dried up in the plain.\n[heading] What follows\n[summary] Schools stayed shut.\n[heading] 1. The valley\n[body] Nobody came back to it."},
    {"an entry of the contents ends with its page",
     {BODY(0, "1. Homes in the valley ......................... 12"), BODY(1, "Schools of the town and of the coast ........... 14"), BODY(2, "Wells and what the council of the valley says about"), BODY(3, "them ........................................... 21")},
     "[table] 1. Homes in the valley ......................... 12\n[table] Schools of the town and of the coast ........... 14\n"
     "[table] Wells and what the council of the valley says about them ........................................... 21"},
    {"values that begin each page are no running head",
     {{72, 60, 10, "North", "Serif"}, {200, 60, 10, "1,204", "Serif"}, {72, 74, 10, "Hills", "Serif"}, {200, 74, 10, "5", "Serif"},
      {0, 0, 0, "|", ""}, {72, 60, 10, "South", "Serif"}, {200, 60, 10, "880", "Serif"}, {72, 74, 10, "Coast", "Serif"},
      {200, 74, 10, "7", "Serif"}, {0, 0, 0, "|", ""}, {72, 60, 10, "East", "Serif"}, {200, 60, 10, "3,317", "Serif"},
      {72, 74, 10, "Plain", "Serif"}, {200, 74, 10, "9", "Serif"}},
     "[table] North\t1,204\n[table] Hills\t5\n[table] South\t880\n[table] Coast\t7\n[table] East\t3,317\n[table] Plain\t9"},
    {"values over the bars of a chart stay apart",
     {{72, 100, 10, "151", "Serif"}, {87, 104, 10, "133", "Serif"}},
     "[table] 151\t133"},
    {"rows of a table whose cells all go on in small letters are one",
     {BODY(0, "Need"), {200, 100, 10, "Effect", "Serif"}, {330, 100, 10, "Homes", "Serif"}, BODY(1, "Bridges that"), {200, 114, 10, "Roads that", "Serif"}, {330, 114, 10, "12", "Serif"},
      BODY(2, "were lost"), {200, 128, 10, "stay shut", "Serif"}, BODY(3, "Wells"), {200, 142, 10, "Thirst", "Serif"}, {330, 142, 10, "ND", "Serif"},
      BODY(4, "Schools"), {200, 156, 10, "Silence", "Serif"}, {330, 156, 10, "ND", "Serif"}},
     "[table] Need\tEffect\tHomes\n[table] Bridges that were lost\tRoads that stay shut\t12\n[table] Wells\tThirst\tND\n[table] Schools\tSilence\tND"},
    {"an o in a font of its own is a bullet",
     {{72, 100, 10, "o", "Courier"}, {87, 100, 10, "homes lost to the flood in the first week of May", "Serif"}, {72, 114, 10, "o", "Courier"}, {87, 114, 10, "schools that stayed shut", "Serif"}},
     "[body] o homes lost to the flood in the first week of May\n[body] o schools that stayed shut"},
    {"items of a list are passages",
     {BODY(0, "\342\200\242 homes lost to the flood"), BODY(1, "\342\200\242 schools that stayed shut")},
     "[body] \342\200\242 homes lost to the flood\n[body] \342\200\242 schools that stayed shut"},
    {"a running head and the page number are set apart",
     {{72, 40, 8, "Yearbook of floods", "Serif"}, BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year."), {300, 760, 8, "7", "Serif"}, {0, 0, 0, "|", ""},
      {72, 40, 8, "Yearbook of floods", "Serif"}, BODY(0, "Rivers fell in the south."), {300, 760, 8, "8", "Serif"}, {0, 0, 0, "|", ""},
      {72, 40, 8, "Yearbook of floods", "Serif"}, BODY(0, "Wells dried up in the plain."), {300, 760, 8, "9", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year.\n[body] Rivers fell in the south.\n[body] Wells dried up in the plain."},
    {"lines of the same words whose numbers all differ are no running foot",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year."), {72, 760, 10, "Totals by year: 6 in 2014, 11 in 2015, 9 in 2016.", "Serif"}, {0, 0, 0, "|", ""},
      BODY(0, "Rivers fell in the south."), {72, 760, 10, "Totals by year: 8 in 2014, 12 in 2015, 7 in 2016.", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year.\n[body] Totals by year: 6 in 2014, 11 in 2015, 9 in 2016.\n[body] Rivers fell in the south.\n"
     "[body] Totals by year: 8 in 2014, 12 in 2015, 7 in 2016."},
    {"a number of the text that the first page says too is no running foot",
     {BODY(0, "The count of homes lost to the flood rose to 112,345 by COVID-19."), {72, 760, 10, "Homes: 112,345 by COVID-19", "Serif"}, {0, 0, 0, "|", ""},
      BODY(0, "Rivers fell in the south."), {72, 720, 10, "112,345", "Serif"}, {72, 760, 10, "COVID-19", "Serif"}},
     "[body] The count of homes lost to the flood rose to 112,345 by COVID-19.\n[body] Homes: 112,345 by COVID-19\n[body] Rivers fell in the south.\n[table] 112,345\n[heading] COVID-19"},
    {"a share on the page of its number is none, where no other page counts the pages",
     {BODY(0, "The count of homes lost to the flood rose again."), {0, 0, 0, "|", ""}, BODY(0, "Rivers fell in the south."), {300, 760, 10, "2/3", "Serif"}, {0, 0, 0, "|", ""},
      BODY(0, "Wells dried up in the plain.")},
     "[body] The count of homes lost to the flood rose again.\n[body] Rivers fell in the south.\n[table] 2/3\n[body] Wells dried up in the plain."},
    {"text printed twice in one place is read once",
     {BODY(0, "See the yearbook of floods."), {92, 100, 10, "the yearbook", "Serif"}}, "[body] See the yearbook of floods."},
    {"a box beside the text is read by itself",
     {BODY(0, "Families left the valley when"), BODY(1, "the bridge fell and took the"), BODY(2, "road to the town with it in"), BODY(3, "the first week of the rains."),
      {240, 107, 10, "- homes", "Serif"}, {240, 121, 10, "- schools", "Serif"}, {240, 135, 10, "- wells", "Serif"}},
     "[body] Families left the valley when the bridge fell and took the road to the town with it in the first week of the rains.\n"
     "[body] - homes\n[body] - schools\n[body] - wells"},
    {"a note's label may stand apart from its text",
     {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"},
      {72, 700, 8, "1", "Serif"}, {100, 700, 8, "Ministry of the Interior, Yearbook 2019.", "Serif"}},
     "[body] Police counted 851{1} cases in the quarter that the report covers.\n[note] 1 Ministry of the Interior, Yearbook 2019."},
    {"a short note printed as large as the text is known by its raised label",
     {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"},
      {72, 697, 6, "1", "Serif"}, {100, 700, 10, "Ibid.", "Serif"}},
     "[body] Police counted 851{1} cases in the quarter that the report covers.\n[note] 1 Ibid."},
    {"a value beside a larger word is no label of it",
     {BODY(0, "Region"), {200, 100, 10, "Homes", "Serif"}, {250, 100, 10, "Wells", "Serif"}, BODY(1, "North"), {200, 112, 6, "4", "Serif"}, {230, 114, 10, "Total", "Serif"}},
     "[table] Region\tHomes\tWells\n[table] North\t4\tTotal"},
    {"a percentage and a count are two cells",
     {BODY(0, "Region"), {200, 100, 10, "Share", "Serif"}, {235, 100, 10, "Homes", "Serif"}, BODY(1, "North"), {205, 114, 10, "64%", "Serif"}, {223, 114, 10, "117", "Serif"},
      BODY(2, "South"), {205, 128, 10, "36%", "Serif"}, {223, 128, 10, "880", "Serif"}},
     "[table] Region\tShare\tHomes\n[table] North\t64%\t117\n[table] South\t36%\t880"},
    {"a number in groups of three is one",
     {BODY(0, "Some 10 000 homes were lost to the flood.")}, "[body] Some 10 000 homes were lost to the flood."},
    {"a hyphen in letters set apart has no space beside it",
     {BODY(0, "Families wait for the long"), {198.5f, 100, 10, " -", "Serif"}, {205, 100, 10, " term plan of the valley.", "Serif"}},
     "[body] Families wait for the long-term plan of the valley."},
    {"nor has the point of a decimal",
     {BODY(0, "The count of homes fell to 3"), {208.5f, 100, 10, " .6 per cent in a year.", "Serif"}}, "[body] The count of homes fell to 3.6 per cent in a year."},
    {"a dash between words keeps its spaces",
     {BODY(0, "Two homes - one of them new - were lost.")}, "[body] Two homes - one of them new - were lost."},
    {"two marks with a space between them",
     {BODY(0, "They stay in the free period."), {217, 96, 6, "17", "Serif"}, {222, 96, 6, " 18", "Serif"}, {233, 100, 10, "Courts heard few of them.", "Serif"}},
     "[body] They stay in the free period.{17}{18} Courts heard few of them."},
    {"a page number that says how many pages there are is one",
     {BODY(0, "The count of homes lost to the flood rose again."), {0, 0, 0, "|", ""}, BODY(0, "Rivers fell in the south."), {300, 760, 8, "2/2", "Serif"}},
     "[body] The count of homes lost to the flood rose again.\n[body] Rivers fell in the south."},
    {"a number that one page says twice is none of a page",
     {{300, 60, 10, "90", "Serif"}, BODY(1, "The count of homes lost to the flood rose again this"), BODY(2, "year."), {72, 740, 10, "Total", "Serif"}, {300, 740, 10, "90", "Serif"}},
     "[table] 90\n[body] The count of homes lost to the flood rose again this year.\n[body] Total\t90"},
    {"the last value of a page is not its number, even where it is the same",
     {{300, 40, 8, "1", "Serif"}, BODY(0, "The count of homes lost to the flood rose again."), {0, 0, 0, "|", ""}, {300, 40, 8, "2", "Serif"}, BODY(0, "Rivers fell in the south."), {0, 0, 0, "|", ""},
      {300, 40, 8, "3", "Serif"}, BODY(0, "Wells dried up in the plain."), {72, 740, 10, "Total", "Serif"}, {300, 740, 10, "3", "Serif"}},
     "[body] The count of homes lost to the flood rose again.\n[body] Rivers fell in the south.\n[body] Wells dried up in the plain.\n[body] Total\t3"},
    {"the number of a document at the edge of its second page is no text",
     {{400, 62, 12, "W/2019/11", "Serif"}, BODY(0, "The count of homes lost to the flood rose again."), {72, 760, 8, "19-04603 E", "Serif"}, {0, 0, 0, "|", ""}, {72, 50, 8, "W/2019/11", "Serif"},
      BODY(0, "Rivers fell in the south."), {300, 760, 8, "19-04603", "Serif"}},
     "[body] W/2019/11\n[body] The count of homes lost to the flood rose again.\n[body] 19-04603 E\n[body] Rivers fell in the south."},
    {"a heading goes on below its text, behind its number",
     {{72, 60, 14, "VII.", "Serif-Bold"}, {110, 60, 14, "What the council of the valley refuses", "Serif-Bold"}, {110, 76, 14, "Council members and why", "Serif-Bold"},
      BODY(0, "The count of homes lost to the flood rose again this year, and nobody says what it was before"), BODY(1, "that.")},
     "[heading] VII. What the council of the valley refuses Council members and why\n"
     "[body] The count of homes lost to the flood rose again this year, and nobody says what it was before that."},
    {"initials end no sentence of a heading",
     {{72, 60, 16, "Water Works, S.A. de C.V.", "Serif"}, BODY(1, "The count of homes lost to the flood rose again this"), BODY(2, "year.")},
     "[heading] Water Works, S.A. de C.V.\n[body] The count of homes lost to the flood rose again this year."},
    {"points of a list in larger print are no headings",
     {BODY(0, "The count of homes lost to the flood rose again this"), BODY(1, "year in the valley, and on the coast as well as in the"), BODY(2, "hills."),
      {72, 170, 12, "\342\200\242 Roads that stay shut", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year in the valley, and on the coast as well as in the hills.\n[body] \342\200\242 Roads that stay shut"},
    {"a line of a sentence may be bold",
     {BODY(0, "The council says in which cases it restricts homes or"), {72, 114, 10, "wells of families.", "Serif-Bold"}},
     "[body] The council says in which cases it restricts homes or wells of families."},
    {"a bullet a little higher than its text goes with it",
     {BODY(0, "The council says:"), {72, 111, 10, "\342\200\242", "Serif"}, {110, 114, 10, "homes lost to the flood in the valley: 133", "Serif"}, {110, 128, 10, "new and 11 old.", "Serif"}},
     "[body] The council says:\n[body] \342\200\242 homes lost to the flood in the valley: 133 new and 11 old."},
    {"a point of a list goes on with the next page",
     {BODY(0, "1. The count of homes and of schools of the valley;"), {0, 0, 0, "|", ""}, BODY(0, "and of the wells of the plain that the flood spoiled.")},
     "[body] 1. The count of homes and of schools of the valley; and of the wells of the plain that the flood spoiled."},
    {"what ends on a page that is empty below it does not go on",
     {{72, 700, 10, "The count of homes lost to the flood rose again.", "Serif"}, {0, 0, 0, "|", ""}, {72, 300, 10, "The head of the council of the valley", "Serif"}, {0, 0, 0, "|", ""},
      {72, 690, 10, "homes that were lost when the water came in May.", "Serif"}},
     "[body] The count of homes lost to the flood rose again.\n[body] The head of the council of the valley\n[body] homes that were lost when the water came in May."},
    {"a box set in from the text ends where the text goes on",
     {BODY(0, "The count of homes lost to the flood rose again this year in the"), BODY(1, "valley."), {96, 140, 10, "Box IX", "Serif"}, {96, 154, 10, "Wells of the plain", "Serif-Bold"},
      {96, 174, 10, "Nobody drinks from them since the flood.", "Serif"}, {300, 170, 6, "a", "Serif"}, {96, 194, 10, "Some were dug again.", "Serif"},
      {104, 216, 6, "a", "Serif"}, {120, 220, 9, "The council, Wells, 2019.", "Serif"}, {72, 260, 10, "Rivers fell in the south.", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year in the valley.\n[caption] Box IX\n[heading] Wells of the plain\n"
     "[box] Nobody drinks from them since the flood.\n[box] Some were dug again.\n[note] a The council, Wells, 2019.\n[body] Rivers fell in the south."},
    {"a column set in from the others ends where its lines do",
     {BODY(0, "The count of homes lost to the flood rose again this year in the"), BODY(1, "valley."), {96, 140, 10, "Nobody drinks from the wells of the plain since the flood", "Serif"},
      {96, 154, 10, "of May, and those that were dug again are salty in summer", "Serif"}, {96, 168, 10, "when the river is low, says the head of the council there", "Serif"},
      {96, 182, 10, "who counts families with no well of their own: there were", "Serif"}, {96, 196, 10, "60.", "Serif"}},
     "[body] The count of homes lost to the flood rose again this year in the valley.\n[body] Nobody drinks from the wells of the plain since the flood of May, and those that were "
     "dug again are salty in summer when the river is low, says the head of the council there who counts families with no well of their own: there were 60."},
    {"letters set apart are words",
     {{72, 100, 10, "J u n e  2 0 1 9", "Serif"}}, "[body] June 2019"},
};

static void check(void **state)
{
    const struct layout_case *c = *state;
    struct document *doc = read_printed(c->pieces, G_N_ELEMENTS(c->pieces));
    g_autofree char *got = passages_of(doc);
    assert_string_equal(got, c->text);
    document_free(doc);
}

static const struct layout_case *case_named(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (strcmp(cases[i].name, name) == 0)
            return &cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static struct rect only_box(const struct document *doc, const char *words)
{
    const char *at = strstr(doc->text->str, words);
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - doc->text->str);
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    document_boxes(doc, (struct span){start, start + (uint32_t)strlen(words)}, boxes);
    assert_int_equal(boxes->len, 1);
    return g_array_index(boxes, struct place_on_page, 0).box;
}

static void boxes_are_exact_beside_a_mark(void **state)
{
    (void)state;
    const struct printed pieces[] = {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"}};
    struct document *doc = read_printed(pieces, G_N_ELEMENTS(pieces));
    struct rect box = only_box(doc, "851");
    assert_true(fabsf(box.x0 - 147) < 0.1f && fabsf(box.x1 - 162) < 0.1f);
    box = only_box(doc, "cases");
    assert_true(fabsf(box.x0 - 168) < 0.1f && fabsf(box.x1 - 193) < 0.1f);
    document_free(doc);
}

static void boxes_are_exact_beside_a_ligature(void **state)
{
    (void)state;
    const struct printed pieces[] = {BODY(0, "of\357\254\201ce 12")}; /* "fi" as one letter of 5 points */
    struct document *doc = read_printed(pieces, 1);
    assert_true(slice_starts(document_text(doc), "offi" "ce 12"));
    struct rect box = only_box(doc, "ice"), number = only_box(doc, "12");
    assert_true(fabsf(box.x0 - 84.5f) < 0.1f && fabsf(box.x1 - 97) < 0.1f);
    assert_true(fabsf(number.x0 - 102) < 0.1f && fabsf(number.x1 - 112) < 0.1f);
    document_free(doc);
}

static void a_sentence_over_two_columns_has_boxes_in_both(void **state)
{
    (void)state;
    struct document *doc = read_printed(case_named("a sentence goes on in the next column")->pieces, 40);
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    document_boxes(doc, DOCUMENT_AT(doc->passages, struct passage, 0).span, boxes);
    assert_int_equal(boxes->len, 8);
    document_free(doc);
}

static void values_have_their_heads(void **state)
{
    (void)state;
    struct document *doc = read_printed(case_named("a table is read by rows, its values under their heads")->pieces, 40);
    assert_int_equal(doc->cells->len, 4);
    const struct cell *cell = &DOCUMENT_AT(doc->cells, struct cell, 2);
    assert_true(slice_is(document_slice(doc, cell->span), "880"));
    assert_true(slice_is(document_slice(doc, cell->row), "South"));
    assert_true(slice_is(document_slice(doc, cell->column), "Homes"));
    document_free(doc);
}

static void slanted_names_are_put_together(void **state)
{
    (void)state;
    struct layout *layout = layout_new();
    struct document *doc = document_new("x.pdf");
    struct sheet *sheet = layout_page(layout, 612, 792);
    const char *word = "Google";
    for (int i = 0; word[i]; i++) { /* climbing at 45 degrees, given letter by letter */
        struct glyph glyph = {{100 + 4 * (float)i, 300 - 4 * (float)i, 108 + 4 * (float)i, 308 - 4 * (float)i}, (gunichar)word[i], 10, 0, GLYPH_LINE | GLYPH_SPACE};
        glyph.style = layout_style(layout, "Serif");
        glyphs_append(sheet->glyphs, &glyph, 1);
    }
    layout_run(layout, doc);
    layout_free(layout);
    assert_true(slice_starts(document_text(doc), "Google\n"));
    document_free(doc);
}

static void a_large_value_beside_a_text_is_a_line_of_its_own(void **state)
{
    (void)state;
    const struct printed pieces[] = {BODY(0, "The council was not open about what"), BODY(1, "the flood cost the families and the"), BODY(2, "town."), {258, 135, 48, "21%", "Serif-Bold"}};
    struct layout *layout = layout_new();
    struct sheet *sheet = layout_page(layout, 612, 792);
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++)
        print_piece(layout, sheet, &pieces[i]);
    layout_lines(layout, sheet);
    assert_int_equal(sheet->lines->len, G_N_ELEMENTS(pieces));
    layout_free(layout);
}

static void right_to_left_lines_are_read_from_the_right(void **state)
{
    (void)state;
    struct layout *layout = layout_new();
    struct document *doc = document_new("x.pdf");
    struct sheet *sheet = layout_page(layout, 612, 792);
    const gunichar seen[] = {0x5DD, 0x5D5, 0x5DC, 0x5E9, ' ', '1', '2', ' ', 0x5DD, 0x5DC, 0x5D5, 0x5E2}; /* as printed, from left to right */
    uint16_t flags = GLYPH_LINE;
    for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) {
        if (seen[i] == ' ') {
            flags = GLYPH_SPACE;
            continue;
        }
        struct glyph glyph = {{100 + 5 * (float)i, 92, 105 + 5 * (float)i, 102}, seen[i], 10, 0, (uint16_t)(flags | (seen[i] > 0x100 ? GLYPH_RTL : 0))};
        glyph.style = layout_style(layout, "Serif");
        glyphs_append(sheet->glyphs, &glyph, 1);
        flags = 0;
    }
    layout_run(layout, doc);
    layout_free(layout);
    assert_true(slice_starts(document_text(doc), "\327\242\327\225\327\234\327\235 12 \327\251\327\234\327\225\327\235"));
    document_free(doc);
}

static void values_without_heads_are_warned_of(void **state)
{
    (void)state;
    const struct printed pieces[] = {BODY(0, "100"), {200, 100, 10, "1,204", "Serif"}, BODY(1, "50"), {200, 114, 10, "880", "Serif"}};
    struct document *doc = read_printed(pieces, G_N_ELEMENTS(pieces));
    assert_int_equal(doc->cells->len, 0);
    assert_int_equal(doc->warnings->len, 1);
    assert_string_equal(DOCUMENT_AT(doc->warnings, struct warning, 0).code, "table-heads");
    document_free(doc);
}

static void a_font_that_names_other_letters_is_not_relied_on(void **state)
{
    (void)state;
    const struct printed pieces[] = {{72, 100, 10, "62&,(7(6 ,17(51(7(&", "Odd"}, {72, 114, 10, "*289(51$1&( 9,(35,9(", "Odd"}, {72, 156, 10, "AT&T paid $5,000 (of $6,000) in May.", "Serif"}};
    struct document *doc = read_printed(pieces, G_N_ELEMENTS(pieces));
    assert_int_equal(doc->passages->len, 2);
    assert_true(DOCUMENT_AT(doc->passages, struct passage, 0).flags & PASSAGE_UNRELIABLE);
    assert_false(DOCUMENT_AT(doc->passages, struct passage, 1).flags & PASSAGE_UNRELIABLE);
    assert_string_equal(DOCUMENT_AT(doc->warnings, struct warning, 0).code, "garbled-font");
    document_free(doc);
}

static void printed_numbers_label_the_pages(void **state)
{
    (void)state;
    struct document *doc = read_printed(case_named("a running head and the page number are set apart")->pieces, 40);
    assert_int_equal(doc->pages->len, 3);
    assert_string_equal(DOCUMENT_AT(doc->pages, struct page, 0).label, "7");
    assert_string_equal(DOCUMENT_AT(doc->pages, struct page, 2).label, "9");
    document_free(doc);
}

static void a_page_without_letters_says_so(void **state)
{
    (void)state;
    const struct printed pieces[] = {{0, 0, 0, "|", ""}, BODY(0, "\356\200\201\356\200\202\356\200\203\356\200\204")}; /* private characters */
    struct document *doc = read_printed(pieces, G_N_ELEMENTS(pieces));
    assert_int_equal(DOCUMENT_AT(doc->pages, struct page, 0).flags, PAGE_NO_TEXT);
    assert_int_equal(DOCUMENT_AT(doc->pages, struct page, 1).flags, PAGE_GARBLED);
    assert_true(DOCUMENT_AT(doc->passages, struct passage, 0).flags & PASSAGE_UNRELIABLE);
    document_free(doc);
}

int main(void)
{
    const struct CMUnitTest properties[] = {
        cmocka_unit_test(boxes_are_exact_beside_a_mark),
        cmocka_unit_test(boxes_are_exact_beside_a_ligature),
        cmocka_unit_test(a_sentence_over_two_columns_has_boxes_in_both),
        cmocka_unit_test(values_have_their_heads),
        cmocka_unit_test(slanted_names_are_put_together),
        cmocka_unit_test(a_large_value_beside_a_text_is_a_line_of_its_own), cmocka_unit_test(right_to_left_lines_are_read_from_the_right),
        cmocka_unit_test(values_without_heads_are_warned_of),
        cmocka_unit_test(a_font_that_names_other_letters_is_not_relied_on),
        cmocka_unit_test(printed_numbers_label_the_pages),
        cmocka_unit_test(a_page_without_letters_says_so),
    };
    struct CMUnitTest tests[G_N_ELEMENTS(cases)];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i] = (struct CMUnitTest){cases[i].name, check, NULL, NULL, (void *)&cases[i]};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed + cmocka_run_group_tests(properties, NULL, NULL);
}
