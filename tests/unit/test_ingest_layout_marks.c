/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/printed_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* What is raised, lowered or small beside a word or a number: a mark, a power, a fraction, or either of two. */
static const struct marks_case {
    const char *name;
    struct printed pieces[40];
    const char *text; /* as passages_of() prints it */
} cases[] = {
    {"a raised small number is a mark, not a digit",
     {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"}},
     "[body] Police counted 851{1} cases in the quarter that the report covers."},
    {"a square metre keeps its digit",
     {BODY(0, "A tent has 20 m"), {147, 96, 6, "2", "Serif"}, {152, 100, 10, "of floor for each family.", "Serif"}},
     "[body] A tent has 20 m² of floor for each family."},
    {"a square of statistics keeps its digit",
     {BODY(0, "A test with Chi"), {147, 96, 6, "2", "Serif"}, {150, 100, 10, "=29.5 tells the valley from the coast.", "Serif"}},
     "[body] A test with Chi²=29.5 tells the valley from the coast."},
    {"a mark between a number and what it equals is a mark",
     {BODY(0, "Police say that 2010"), {172, 96, 6, "2", "Serif"}, {175, 100, 10, "=100 is where the count of the quarter began.", "Serif"}},
     "[body] Police say that 2010{2}=100 is where the count of the quarter began."},
    {"a small mark on a far larger number is a mark",
     {{72, 100, 40, "851", "Serif"}, {132, 80, 12, "1", "Serif"}, {158, 100, 40, "boats", "Serif"}}, "[body] 851{1} boats"},
    {"a mark handed over before the larger line that it stands in is a mark",
     {{132, 180, 12, "1", "Serif"}, {72, 200, 40, "851 boats", "Serif"}}, "[body] 851{1} boats"},
    {"a mark handed over before the line of text that it stands in is a mark",
     {{162, 96, 3, "1", "Serif"}, BODY(0, "Police counted 851 cases in the quarter that the report covers.")}, "[body] Police counted 851{1} cases in the quarter that the report covers."},
    {"a small number in a space of larger print, not behind its word, is none of its marks",
     {{142, 180, 12, "1", "Serif"}, {72, 200, 40, "851 boats", "Serif"}}, "[body] 851 boats\t1"},
    {"an ordinal keeps its letters",
     {BODY(0, "On the 17"), {117, 96, 6, "th", "Serif"}, {128, 100, 10, "day the road was open again.", "Serif"}},
     "[body] On the 17th day the road was open again."},
    {"a note in small print at the foot keeps its label",
     {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"},
      {72, 700, 8, "1 Ministry of the Interior, Yearbook 2019.", "Serif"}},
     "[body] Police counted 851{1} cases in the quarter that the report covers.\n[note] 1 Ministry of the Interior, Yearbook 2019."},
    {"a mark printed like text is known by its note",
     {BODY(0, "Police counted many cases in the quarter.2 Courts heard"), BODY(1, "few of them."), {72, 700, 8, "2 Ministry of the Interior, Yearbook 2019.", "Serif"}},
     "[body] Police counted many cases in the quarter.{2} Courts heard few of them.\n[note] 2 Ministry of the Interior, Yearbook 2019."},
    {"a number that ends in smaller print may end in a mark",
     {BODY(0, "Police counted 851"), {162, 100, 8, "1", "Serif"}, {170, 100, 10, "cases in the quarter that the report covers.", "Serif"}},
     "[body] Police counted 851(1) cases in the quarter that the report covers."},
    {"a note's number at the end of a sentence's number may be its mark",
     {BODY(0, "Police counted cases in the camp of Barrio 18.2 Courts heard"), BODY(1, "few of them."), {72, 700, 8, "2 Ministry of the Interior, Yearbook 2019.", "Serif"}},
     "[body] Police counted cases in the camp of Barrio 18.(2) Courts heard few of them.\n[note] 2 Ministry of the Interior, Yearbook 2019."},
    {"a raised character is a mark",
     {BODY(0, "Police counted 851¹ cases in the quarter that the report covers.")},
     "[body] Police counted 851{1} cases in the quarter that the report covers."},
    {"a raised sign is a mark",
     {BODY(0, "Police counted 851"), {162, 96, 6, "*", "Serif"}, {170, 100, 10, "cases in the quarter that the report covers.", "Serif"}},
     "[body] Police counted 851{*} cases in the quarter that the report covers."},
    {"two marks with a comma between them",
     {BODY(0, "Police counted 851"), {162, 96, 6, "1,2", "Serif"}, {176, 100, 10, "cases in the quarter that the report covers.", "Serif"}},
     "[body] Police counted 851{1}{2} cases in the quarter that the report covers."},
    {"a raised letter behind a word is a mark",
     {BODY(0, "Police counted cases"), {172, 96, 6, "a", "Serif"}, {180, 100, 10, "in the quarter that the report covers.", "Serif"}},
     "[body] Police counted cases{a} in the quarter that the report covers."},
    {"a small roman number is a mark",
     {BODY(0, "Police counted cases"), {172, 96, 6, "iv", "Serif"}, {184, 100, 10, "in the quarter that the report covers.", "Serif"}},
     "[body] Police counted cases{iv} in the quarter that the report covers."},
    {"raised letters of an ordinal in French are none",
     {BODY(0, "Au 19"), {97, 96, 6, "e", "Serif"}, {105, 100, 10, "jour la route fut ouverte et le pont aussi.", "Serif"}},
     "[body] Au 19e jour la route fut ouverte et le pont aussi."},
    {"raised letters of an abbreviation are none",
     {BODY(0, "La loi n"), {112, 96, 6, "o", "Serif"}, {120, 100, 10, "851 protège les familles de la vallée.", "Serif"}},
     "[body] La loi no 851 protège les familles de la vallée."},
    {"a raised minus and its digits are a power",
     {BODY(0, "The risk of it was 10"), {177, 96, 6, "\342\210\2226", "Serif"}, {187, 100, 10, "in a dry year of the hills and the plain.", "Serif"}},
     "[body] The risk of it was 10⁻⁶ in a dry year of the hills and the plain."},
    {"a raised minus behind a unit is no range of marks",
     {BODY(0, "The field gave 12 kg ha"), {187, 96, 6, "-1", "Serif"}, {197, 100, 10, "in a dry year of the hills and the plain.", "Serif"}},
     "[body] The field gave 12 kg ha⁻¹ in a dry year of the hills and the plain."},
    {"a power of what is multiplied is none of the marks",
     {BODY(0, "The lake holds 3 × 10"), {177, 96, 6, "1", "Serif"}, {185, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] The lake holds 3 × 10¹ litres of water in a dry year of the hills."},
    {"a power as browsers print it, hardly smaller than its line",
     {BODY(0, "The lake holds 3 × 10"), {177, 96.7f, 8.3f, "6", "Serif"}, {185, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] The lake holds 3 × 10⁶ litres of water in a dry year of the hills."},
    {"a power of ten without a note is one",
     {BODY(0, "The lake holds 10"), {157, 96, 6, "6", "Serif"}, {165, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] The lake holds 10⁶ litres of water in a dry year of the hills."},
    {"what is raised behind ten is the mark of the note at the foot of its page",
     {BODY(0, "The lake holds 10"), {157, 96, 6, "6", "Serif"}, {165, 100, 10, "litres of water in a dry year of the hills.", "Serif"},
      {72, 700, 8, "6 Ministry of Water, Yearbook 2019.", "Serif"}},
     "[body] The lake holds 10{6} litres of water in a dry year of the hills.\n[note] 6 Ministry of Water, Yearbook 2019."},
    {"what is raised behind ten is a mark where it is the next one",
     {BODY(0, "The town has wells"), {162, 96, 6, "5", "Serif"}, {168, 100, 10, "and the lake holds 10", "Serif"}, {273, 96, 6, "6", "Serif"}, {281, 100, 10, "litres of water.", "Serif"}},
     "[body] The town has wells{5} and the lake holds 10{6} litres of water."},
    {"a fraction of raised and small digits is parted from its number",
     {BODY(0, "Families had 2"), {142, 96, 6, "1", "Serif"}, {146, 100, 10, "/", "Serif"}, {151, 100, 6, "2", "Serif"}, {160, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2 1⁄2 litres of water in a dry year of the hills."},
    {"a mark behind the lower half of a fraction is none of its digits",
     {BODY(0, "Families had 2"), {142, 96, 6, "1", "Serif"}, {146, 100, 10, "/", "Serif"}, {151, 101, 6, "23", "High"}, {163, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2 1⁄2{3} litres of water in a dry year of the hills."},
    {"of three digits as high as a lower half and a mark, the last may be the mark",
     {BODY(0, "Families had 2"), {142, 96, 6, "1", "Serif"}, {146, 100, 10, "/", "Serif"}, {151, 101, 6, "123", "High"}, {163, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2{1}/12(3) litres of water in a dry year of the hills."},
    {"a digit as large as the line behind a lower half says that there is no fraction",
     {BODY(0, "Families had 2"), {142, 96, 6, "1", "Serif"}, {146, 100, 10, "/", "Serif"}, {151, 101.5f, 6, "2", "Serif"}, {155, 100, 10, "5", "Serif"},
      {163, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2{1}/2(5) litres of water in a dry year of the hills."},
    {"a fraction that is raised as a whole is parted from its number",
     {BODY(0, "Families had 2"), {142, 96, 6, "1/2", "Serif"}, {155, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2 1⁄2 litres of water in a dry year of the hills."},
    {"two marks with a stroke behind a year are no fraction",
     {BODY(0, "Rains began in 2015"), {167, 96, 6, "1/2", "Serif"}, {180, 100, 10, "in the hills and ended late in the plain.", "Serif"}},
     "[body] Rains began in 2015{1}{2} in the hills and ended late in the plain."},
    {"an upper half that is handed over far from its line",
     {{143.5f, 96, 6, "3", "Serif"}, BODY(0, "Families had 2"), {142, 103.5f, 6, "16", "On"}, {150, 100, 10, "litres of water in a dry year of the hills.", "On"}},
     "[body] Families had 2 3⁄16 litres of water in a dry year of the hills."},
    {"halves that are no fraction in lowest terms are kept, one over the other",
     {BODY(0, "Families had 2"), {142, 103.5f, 6, "4", "On"}, {142, 96, 6, "6", "On"}, {150, 100, 10, "litres of water in a dry year of the hills.", "On"}},
     "[body]? Families had 2 6⁄4 litres of water in a dry year of the hills."},
    {"halves beside a letter are indices",
     {BODY(0, "Families had x"), {142, 103.5f, 6, "2", "On"}, {142, 96, 6, "1", "On"}, {150, 100, 10, "litres of water in a dry year of the hills.", "On"}},
     "[body] Families had x2{1} litres of water in a dry year of the hills."},
    {"a number over the space beside a lower one is no half of it",
     {{157, 96, 6, "3", "Serif"}, BODY(0, "Families had 2"), {142, 103.5f, 6, "16", "On"}, {162, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body]? Families had 2(16) {3}litres of water in a dry year of the hills."},
    {"a lower half without an upper one is doubtful",
     {BODY(0, "Families had 2"), {142, 103.5f, 6, "16", "On"}, {150, 100, 10, "litres of water in a dry year of the hills.", "On"}},
     "[body]? Families had 2(16) litres of water in a dry year of the hills."},
    {"halves by themselves beside the line that they may begin are doubtful",
     {{72, 95, 6, "1", "Serif"}, {78, 100, 10, "litres of water in a dry year of the hills.", "Serif"}, {72, 104, 6, "8", "Serif"}},
     "[note]? 1 litres of water in a dry year of the hills.\n[table]? 8"},
    {"halves that reach into those of the next line are no fraction",
     {BODY(0, "Families had 2"), {142, 93, 6, "1", "On"}, {142, 106, 6, "3", "On"}, {150, 100, 10, "litres of water in a dry year of the hills.", "On"},
      {72, 110, 10, "Children had 4", "Serif"}, {142, 103, 6, "5", "Serif"}, {142, 116, 6, "7", "Serif"}, {150, 110, 10, "litres of milk in a dry year of the hills.", "Serif"}},
     "[table]? Families had 2{1}5\tlitres of water in a dry year of the hills.\n[table]? Children had 4{3}\tlitres of milk in a dry year of the hills.\n[table] 7"},
    {"a lower half of four digits",
     {BODY(0, "Families had 2"), {142, 96, 6, "1", "Serif"}, {146, 100, 10, "/", "Serif"}, {151, 101.5f, 6, "1000", "Serif"}, {170, 100, 10, "litres of water in a dry year of the hills.", "Serif"}},
     "[body] Families had 2 1⁄1000 litres of water in a dry year of the hills."},
    {"an x behind a space multiplies whatever word it stands behind",
     {BODY(0, "The town has wells"), {162, 96, 6, "5", "Serif"}, {168, 100, 10, "and WBC x10", "Serif"}, {223, 96, 6, "6", "Serif"}, {228, 100, 10, "in a litre of water.", "Serif"}},
     "[body] The town has wells{5} and WBC x10⁶ in a litre of water."},
    {"a power of ten with the number of a mark may be that mark",
     {BODY(0, "The town has wells"), {162, 96, 6, "6", "Serif"}, {168, 100, 10, "and the lake holds 10", "Serif"}, {273, 96, 6, "6", "Serif"}, {281, 100, 10, "litres of water.", "Serif"}},
     "[body] The town has wells{6} and the lake holds 10(⁶) litres of water."},
    {"a power of ten may be the mark of a note at the foot that has another mark",
     {BODY(0, "The town has wells"), {162, 96, 6, "6", "Serif"}, {168, 100, 10, "and the lake holds 10", "Serif"}, {273, 96, 6, "6", "Serif"}, {281, 100, 10, "litres of water.", "Serif"},
      {72, 700, 8, "6 Ministry of Water, Yearbook 2019.", "Serif"}},
     "[body] The town has wells{6} and the lake holds 10(⁶) litres of water.\n[note] 6 Ministry of Water, Yearbook 2019."},
    {"what is raised behind an amount of money may be a mark",
     {BODY(0, "A litre costs $10"), {157, 96, 6, "3", "Serif"}, {165, 100, 10, "in the hills in a dry year of the plain.", "Serif"}},
     "[body] A litre costs $10(³) in the hills in a dry year of the plain."},
    {"letters behind long numbers are marks",
     {BODY(0, "Police counted in 2019"), {182, 96, 6, "a", "Serif"}, {190, 100, 10, "many cases, 1,204", "Serif"}, {275, 96, 6, "d", "Serif"}, {283, 100, 10, "of them in the hills.", "Serif"}},
     "[body] Police counted in 2019{a} many cases, 1,204{d} of them in the hills."},
    {"a letter of ordinals behind a short number is the mark of a note on its page",
     {BODY(0, "Police counted 12"), {157, 96, 6, "a", "Serif"}, {163, 100, 10, "boats in the quarter that the report covers.", "Serif"}, {72, 700, 6, "a", "Serif"},
      {79, 703, 8, "Without those of the port.", "On"}},
     "[body] Police counted 12{a} boats in the quarter that the report covers.\n[note] a Without those of the port."},
    {"it is none where the note has another mark",
     {BODY(0, "Police counted 1,204"), {172, 96, 6, "a", "Serif"}, {178, 100, 10, "boats at the 2", "Serif"}, {248, 96, 6, "a", "Serif"}, {254, 100, 10, "count of all.", "Serif"},
      {72, 700, 6, "a", "Serif"}, {79, 703, 8, "Without those of the port.", "On"}},
     "[body] Police counted 1,204{a} boats at the 2a count of all.\n[note] a Without those of the port."},
    {"it is none without a note",
     {BODY(0, "Police came at the 2"), {172, 96, 6, "a", "Serif"}, {178, 100, 10, "count of all the boats of the port.", "Serif"}},
     "[body] Police came at the 2a count of all the boats of the port."},
    {"it is none where it may be the mark twice",
     {BODY(0, "Police counted 12"), {157, 96, 6, "a", "Serif"}, {163, 100, 10, "boats at the 2", "Serif"}, {233, 96, 6, "a", "Serif"}, {239, 100, 10, "count of all.", "Serif"},
      {72, 700, 6, "a", "Serif"}, {79, 703, 8, "Without those of the port.", "On"}},
     "[body] Police counted 12a boats at the 2a count of all.\n[note] a Without those of the port."},
    {"in a table it is a mark where it is one elsewhere",
     {BODY(0, "Town"), {200, 100, 10, "Homes", "Serif"}, {300, 100, 10, "Boats", "Serif"}, BODY(1, "North"), {200, 114, 10, "1,204", "Serif"}, {225, 110, 6, "d", "Serif"},
      {300, 114, 10, "5", "Serif"}, {305, 110, 6, "d", "Serif"}, BODY(2, "South"), {200, 128, 10, "20", "Serif"}, {300, 128, 10, "4", "Serif"}, {305, 124, 6, "e", "Serif"}},
     "[table] Town\tHomes\tBoats\n[table]? North\t1,204{d}\t5\n[table] South\t20\t4e"},
    {"in a table it is a doubtful one where the note has its mark",
     {BODY(0, "Town"), {200, 100, 10, "Homes", "Serif"}, {300, 100, 10, "Place", "Serif"}, BODY(1, "North"), {200, 114, 10, "1,204", "Serif"}, {225, 110, 6, "e", "Serif"},
      {300, 114, 10, "2", "Serif"}, BODY(2, "South"), {200, 128, 10, "20", "Serif"}, {300, 128, 10, "5", "Serif"}, {305, 124, 6, "e", "Serif"}},
     "[table] Town\tHomes\tPlace\n[table] North\t1,204{e}\t2\n[table]? South\t20\t5"},
    {"two letters with a comma between them are marks",
     {BODY(0, "Police counted 1,204"), {172, 96, 6, "a,b", "Serif"}, {186, 100, 10, "cases in the quarter that the report covers.", "Serif"}},
     "[body] Police counted 1,204{a}{b} cases in the quarter that the report covers."},
};

static void check(void **state)
{
    const struct marks_case *c = *state;
    struct document *doc = read_printed(c->pieces, G_N_ELEMENTS(c->pieces));
    g_autofree char *got = passages_of(doc);
    assert_string_equal(got, c->text);
    document_free(doc);
}

static void a_mark_is_tied_to_the_note_on_its_page(void **state)
{
    (void)state;
    const struct printed pieces[] = {BODY(0, "Police counted 851"), {162, 96, 6, "1", "Serif"}, {168, 100, 10, "cases in the quarter that the report covers.", "Serif"},
                                     {72, 700, 8, "1 Ministry of the Interior, Yearbook 2019.", "Serif"}};
    struct document *doc = read_printed(pieces, G_N_ELEMENTS(pieces));
    assert_int_equal(doc->notes->len, 1);
    assert_int_equal(DOCUMENT_AT(doc->marks, struct mark, 0).note, 0);
    assert_true(slice_is(document_slice(doc, DOCUMENT_AT(doc->notes, struct note, 0).span), "Ministry of the Interior, Yearbook 2019."));
    document_free(doc);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + 1] = {cmocka_unit_test(a_mark_is_tied_to_the_note_on_its_page)};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[i + 1] = (struct CMUnitTest){cases[i].name, check, NULL, NULL, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
