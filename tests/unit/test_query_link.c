/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cite/fragment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* How a link names the words of a quote. A passage is written with signs: "[" and "]" around the quote, "{" and "}" around the figure in it,
 * "^" for a note mark, "|" for the end of a printed line ("||": the next line stands at the top of another column). */

enum { BASE = 100, PAGE = 9 };

static const struct link_case {
    const char *name, *reader, *passage, *elsewhere, *link;
} cases[] = {
    {"the quote, and a phrase of its line", "pdf", "[In May {40 people} fled.]", "Nobody came.", "#page=9&search=In%20May%2040%20people%20fled.&phrase=true:~:text=In%20May%2040%20people%20fled."},
    {"the phrase stands on the figure's line", "pdf", "[In May the police counted |{40 people} who fled.]", "",
     "#page=9&search=40%20people%20who%20fled.&phrase=true:~:text=In%20May%20the%20police%20counted%2040%20people%20who%20fled."},
    {"a divided word is joined, and in no phrase", "pdf", "[In May {40 peo|ple} fled.]", "", "#page=9&search=In%20May%2040&phrase=true:~:text=In%20May%2040%20people%20fled."},
    {"a hyphen that stays at a line's end is named by neither", "pdf", "[In the year of self-|rule {40 people} left the coast for ever.]", "",
     "#page=9&search=40%20people%20left%20the%20coast%20for%20ever.&phrase=true:~:text=In%20the%20year%20of,people%20left%20the%20coast%20for%20ever."},
    {"a range of numbers over a line's end", "pdf", "[Between 2010–|2014 {40 people} left the coast for ever.]", "",
     "#page=9&search=40%20people%20left%20the%20coast%20for%20ever.&phrase=true:~:text=Between,people%20left%20the%20coast%20for%20ever."},
    {"a note mark parts the ends", "pdf", "[In May {40 people} fled,^ and more came after them.]", "",
     "#page=9&search=In%20May%2040%20people%20fled%2C&phrase=true:~:text=In%20May%2040%20people%20fled%2C,and%20more%20came%20after%20them."},
    {"a word with a glued mark is in no directive", "pdf", "[In May they counted {851}^ cases of theft.]", "",
     "#page=9&search=In%20May%20they%20counted%20851&phrase=true:~:text=In%20May%20they%20counted,cases%20of%20theft."},
    {"the same words elsewhere: those before tell them apart", "pdf", "It was late. [In May {40 people} fled.]", "In May 40 people fled.",
     "#page=9&search=In%20May%2040%20people%20fled.&phrase=true:~:text=late.-,In%20May%2040%20people%20fled."},
    {"or those behind", "pdf", "[In May {40 people} fled.] It was late.", "In May 40 people fled.",
     "#page=9&search=In%20May%2040%20people%20fled.&phrase=true:~:text=In%20May%2040%20people%20fled.,-It"},
    {"not to be told apart: the page alone", "pdf", "[In May {40 people} fled.]", "@In May 40 people fled.", "#page=9"},
    {"case and accents do not tell apart", "pdf", "[En mayo {40 niños} huyeron.]", "@EN MAYO 40 NINOS HUYERON.", "#page=9"},
    {"letters of a longer number are no place of their own", "pdf", "[{5,000 people} |came over the bridge.]", "@Some 25,000 people left.",
     "#page=9&search=came%20over%20the%20bridge.&phrase=true:~:text=5%2C000%20people%20came%20over%20the%20bridge."},
    {"a short line beside the figure's is no phrase", "pdf", "[{5,000 people} |came.]", "@Some 25,000 people left.", "#page=9:~:text=5%2C000%20people%20came."},
    {"a part in another column is left out", "pdf", "[In May {40 people} fled, ||and many came back in June.]", "",
     "#page=9&search=In%20May%2040%20people%20fled%2C&phrase=true:~:text=In%20May%2040%20people%20fled%2C"},
    {"the figure's part is the one that is marked", "pdf", "[In May many people fled, ||and {40 of them} came back.]", "",
     "#page=9&search=and%2040%20of%20them%20came%20back.&phrase=true:~:text=and%2040%20of%20them%20came%20back."},
    {"cells of a row stand side by side", "pdf", "[El Salvador\t41.2\t{288,900}]", "", "#page=9&search=El%20Salvador%2041.2%20288%2C900&phrase=true:~:text=El%20Salvador%2041.2%20288%2C900"},
    {"bullets are left out", "pdf", "[• – {40 people} left for the coast –]", "", "#page=9&search=40%20people%20left%20for%20the%20coast&phrase=true:~:text=40%20people%20left%20for%20the%20coast"},
    {"quotation marks are not searched for", "pdf", "[He said \"no\" to {40 people} there.]", "", "#page=9&search=to%2040%20people%20there.&phrase=true:~:text=He%20said%20%22no%22%20to%2040%20people%20there."},
    {"signs of the directive are escaped", "html", "[A {10-year} wait, & more + less.]", "", "#:~:text=A%2010%2Dyear%20wait%2C%20%26%20more%20%2B%20less."},
    {"a web page has neither page nor phrase", "html", "[In May {40 people} fled.]", "", "#:~:text=In%20May%2040%20people%20fled."},
    {"cells of a web page are blocks", "html", "[Arroyo Hondo\t12,400\t{3,100}]", "", "#:~:text=Arroyo%20Hondo,3%2C100"},
    {"a long quote is named by its ends", "html",
     "[In the first half of the year the offices of the coast counted {40 people} who had left, in the second half of the year the offices of the interior counted as many again, "
     "and in both halves the offices of the capital, which had been asked to count the same thing in the same way, counted nobody, because nobody who leaves the coast goes to the capital.]",
     "", "#:~:text=In%20the%20first%20half%20of%20the,the%20coast%20goes%20to%20the%20capital."},
    {"its last words must not stand inside it", "html",
     "[When the river rose {40 people} left for the town on the hill above it, and when the river rose again those who had stayed left for the town on the hill above it, and when it rose "
     "for the third time in that year there was nobody whom it could have driven from the banks, for everybody had left for the town on the hill above it, where the school had been opened for them.]",
     "", "#:~:text=When%20the%20river%20rose%2040%20people,school%20had%20been%20opened%20for%20them."},
    {"text that was recognised in a picture cannot be found", "ocr", "[In May {40 people} fled.]", "", "#page=9"},
    {"hidden text is not shown", "hidden", "[In May {40 people} fled.]", "", "#page=9"},
};

/* The passage as rows hold it, from the case's signs. */
struct made {
    GString *text;
    GArray *lines, *marks;
    struct span quote, figure;
};

static void end_line(struct made *made, uint32_t start, float *x, float *y)
{
    struct stored_line line = {{start, BASE + (uint32_t)made->text->len}, {PAGE, {*x, *y, *x + 200, *y + 10}}};
    g_array_append_val(made->lines, line);
    *y += 12;
}

static struct made make(const char *passage)
{
    struct made made = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(struct stored_line)), g_array_new(FALSE, FALSE, sizeof(uint32_t)), {0, 0}, {0, 0}};
    float x = 50, y = 500;
    uint32_t start = BASE;
    for (const char *at = passage; *at; at++) {
        uint32_t here = BASE + (uint32_t)made.text->len;
        switch (*at) {
        case '[': made.quote.start = here; break;
        case ']': made.quote.end = here; break;
        case '{': made.figure.start = here; break;
        case '}': made.figure.end = here; break;
        case '^': g_array_append_val(made.marks, here); break;
        case '|':
            end_line(&made, start, &x, &y);
            start = here;
            if (at[1] == '|') {
                at++;
                x = 300;
                y = 100;
            }
            break;
        default: g_string_append_c(made.text, *at);
        }
    }
    end_line(&made, start, &x, &y);
    return made;
}

static void test_link(void **state)
{
    const struct link_case *c = *state;
    struct made made = make(c->passage);
    bool web = g_str_equal(c->reader, "html"), same_page = *c->elsewhere == '@';
    struct document_row document = {.reader = (char *)(web ? "html" : "pdf"), .path = (char *)"a", .metadata = {.url = (char *)"https://example.org/a"}};
    struct passage_row passage = {.document = 1, .text = made.text->str, .span = {BASE, BASE + (uint32_t)made.text->len}, .lines = made.lines,
                                  .flags = g_str_equal(c->reader, "ocr") ? PASSAGE_OCR : g_str_equal(c->reader, "hidden") ? PASSAGE_HIDDEN : 0};
    struct wording *wording = wording_new();
    wording_add(wording, slice_of(c->elsewhere + same_page), web ? NONE : same_page ? PAGE : PAGE - 1, web ? NONE : same_page ? PAGE : PAGE - 1);
    wording_add(wording, slice_of(made.text->str), web ? NONE : PAGE, web ? NONE : PAGE);
    struct wordings *wordings = wordings_new(NULL);
    wordings_put(wordings, 1, wording, made.marks);
    struct citation citation = {.document = &document, .quote = "", .page = web ? NONE : PAGE, .passage = &passage, .span = made.quote, .focus = made.figure, .wordings = wordings};
    g_autofree char *link = citation_link(&citation), *expected = g_strconcat("https://example.org/a", c->link, NULL);
    assert_string_equal(link, expected);
    wordings_free(wordings);
    g_array_unref(made.lines);
    g_string_free(made.text, TRUE);
}

/* How often words stand in "A dam broke near the town.", "The town fell.", "40 people fled the town." */
static const struct count_case {
    const char *name, *words;
    unsigned n;
} counts[] = {
    {"once", "a dam broke near", 1},
    {"one word, more than once", "town", 2},
    {"one word, whole", "0 people", 0},
    {"not there", "a dam fell near", 0},
    {"a longer word begins so", "a dam broke nea", 0},
    {"with a sign at its end", "near the town.", 1},
    {"never over the end of a passage", "town. The town", 0},
    {"space of any kind", "40\n people\t fled", 1},
    {"nothing", "  ", 0},
};

static void test_count(void **state)
{
    const struct count_case *c = *state;
    struct wording *wording = wording_new();
    wording_add(wording, slice_of("A dam broke near the town."), NONE, NONE);
    wording_add(wording, slice_of("The town fell."), NONE, NONE);
    wording_add(wording, slice_of("40 people fled the town."), NONE, NONE);
    assert_int_equal(wording_count(wording, slice_of(c->words)), c->n);
    wording_free(wording);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(cases) + G_N_ELEMENTS(counts)];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        tests[n++] = (struct CMUnitTest){cases[i].name, test_link, NULL, NULL, (void *)&cases[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        tests[n++] = (struct CMUnitTest){counts[i].name, test_count, NULL, NULL, (void *)&counts[i]};
    return _cmocka_run_group_tests("link", tests, n, NULL, NULL);
}
