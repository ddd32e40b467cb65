/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/facts/date.h"
#include "ingest/facts/page_facts.h"
#include "tests/unit/described.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct {
    const char *byline, *expected;
} authors[] = {
    {"By Ana Ruiz", "Ruiz, Ana"},
    {"Ana Ruiz and Bo de la Cruz", "Ruiz, Ana; de la Cruz, Bo"},
    {"Ruiz, Ana; Li, Bo", "Ruiz, Ana; Li, Bo"},
    {"Ana Ruiz, Bo Li", "Ruiz, Ana; Li, Bo"},
    {"RUIZ, ANA, AP Science Writer", "Ruiz, Ana"},
    {"Ana Ruiz, MD, RDN", "Ruiz, Ana"},
    {"Ana Ruiz, weir.example", "Ruiz, Ana"},
    {"Ana L. Ruiz, Weir.example", "Ruiz, Ana L."},
    {"Ana Ruiz\u00a0 \u00a0| Weir", "Ruiz, Ana"},
    {"Ana Ruiz @anaruiz May 4, 2015 at 9:24 pm", "Ruiz, Ana"},
    {"By Ana Ruiz  | May 4, 2015 12:01 PM", "Ruiz, Ana"},
    {"Ana Ruiz May 4, 2015", "Ruiz, Ana"},
    {"Ana Ruiz | The Daily Weir", "Ruiz, Ana"},
    {"Regional Needs Desk", "Regional Needs Desk"},
    {"Office for the Coordination of Humanitarian Affairs", "Office for the Coordination of Humanitarian Affairs"},
    {"admin", NULL},
    {"https://weir.example/ana", NULL},
    {"Por Ana Ruiz y Bo Li", "Ruiz, Ana; Li, Bo"},
};

static void bylines(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(authors); i++) {
        g_autofree char *got = authors_of(authors[i].byline);
        if (g_strcmp0(got, authors[i].expected) != 0)
            fail_msg("%s: %s, not %s", authors[i].byline, got ? got : "nothing", authors[i].expected ? authors[i].expected : "nothing");
    }
}

static const struct {
    const char *text, *expected;
} dates[] = {
    {"2015-05-04T10:00Z", "2015-05-04"}, {"Mon, 04 May 2015 10:00 GMT", "2015-05-04"}, {"4 de mayo de 2015", "2015-05-04"}, {"20150504", "2015-05-04"}, {"May 2015", "2015-05"}, {"04/05/2015", "2015"}, {"25/12/2015", "2015-12-25"}, {"soon", NULL},
};

static void written_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *got = date_edtf(dates[i].text);
        if (g_strcmp0(got, dates[i].expected) != 0)
            fail_msg("%s: %s, not %s", dates[i].text, got ? got : "nothing", dates[i].expected ? dates[i].expected : "nothing");
    }
}

static const struct {
    const char *url, *expected;
} addresses[] = {
    {"https://weir.example/2015/05/04/flood", "2015-05-04?"}, {"https://weir.example/news/2015/may/4/flood", "2015-05-04?"}, {"https://weir.example/2015/05/flood", "2015-05?"}, {"https://weir.example/2015/5/4", "2015-05-04?"},
    {"https://weir.example/2015/13/flood", NULL}, {"https://weir.example/doc/C/2015/3/CRP", NULL}, {"https://weir.example/2015/marsh/flood", NULL}, {"https://weir.example/page/2015/flood", NULL}, {"https://weir.example/", NULL}, {NULL, NULL},
};

static void dates_of_addresses(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
        g_autofree char *got = date_of_address(addresses[i].url);
        if (g_strcmp0(got, addresses[i].expected) != 0)
            fail_msg("%s: %s, not %s", addresses[i].url, got ? got : "nothing", addresses[i].expected ? addresses[i].expected : "nothing");
    }
}

#define PAGE(head) "<!DOCTYPE html><html lang='en-GB'><head>" head "</head><body><h1>Heading of the page</h1><p>The river rose for three days and the families left their houses.</p></body></html>"

static const struct {
    const char *name, *page, *title, *author, *date, *publisher, *url;
} pages[] = {
    {"JSON-LD before meta", PAGE("<meta property='og:title' content='Other'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Flood&#8217;s end\",\"datePublished\":\"2015-05-04T10:00:00Z\",\"author\":{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"},\"publisher\":{\"name\":\"Weir\"},\"mainEntityOfPage\":\"https://weir.example/1\"}</script>"),
     "Flood’s end", "Ruiz, Ana", "2015-05-04", "Weir", "https://weir.example/1"},
    {"meta", PAGE("<meta property='og:title' content='Flood'><meta name='author' content='Ana Ruiz'><meta property='article:published_time' content='2015-05-04'><meta property='og:site_name' content='Weir | News'><link rel='canonical' href='https://weir.example/2'>"), "Flood", "Ruiz, Ana", "2015-05-04", "Weir", "https://weir.example/2"},
    {"the day of a page, where no article says one", PAGE("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2015-05-04T10:00:00Z\"}]}</script>"), "Heading of the page", NULL, "2015-05-04", NULL, NULL},
    {"the day that an address says", PAGE("<link rel='canonical' href='https://weir.example/2015/05/04/flood'>"), "Heading of the page", NULL, "2015-05-04?", NULL, "https://weir.example/2015/05/04/flood"},
    {"title of the head, without the paper", PAGE("<title>Flood &ndash; end | The Weir</title><meta property='og:site_name' content='The Weir'>"), "Heading of the page", NULL, NULL, "The Weir", NULL},
};

static void what_a_page_says(void **state)
{
    size_t i = (size_t)*state;
    g_autoptr(GBytes) bytes = g_bytes_new_static(pages[i].page, strlen(pages[i].page));
    g_autoptr(GPtrArray) documents = read_bytes("a.html", bytes, NULL);
    const struct metadata *got = &((const struct document *)g_ptr_array_index(documents, 0))->metadata;
    const char *pairs[][2] = {{got->title, pages[i].title}, {got->authors, pages[i].author}, {got->date, pages[i].date}, {got->publisher, pages[i].publisher}, {got->url, pages[i].url}, {got->language, "en"}};
    for (size_t k = 0; k < G_N_ELEMENTS(pairs); k++)
        if (g_strcmp0(pairs[k][0], pairs[k][1]) != 0)
            fail_msg("%s, not %s", pairs[k][0] ? pairs[k][0] : "nothing", pairs[k][1] ? pairs[k][1] : "nothing");
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(pages) + 3];
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        tests[i] = (struct CMUnitTest){pages[i].name, what_a_page_says, NULL, NULL, (void *)i};
    tests[G_N_ELEMENTS(pages)] = (struct CMUnitTest)cmocka_unit_test(bylines);
    tests[G_N_ELEMENTS(pages) + 1] = (struct CMUnitTest)cmocka_unit_test(written_dates);
    tests[G_N_ELEMENTS(pages) + 2] = (struct CMUnitTest)cmocka_unit_test(dates_of_addresses);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
