/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "tests/unit/marked_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* The document's language, date and period; NULL = not known. marked_text.h says how the text is marked. */
static const struct row {
    const char *language, *date, *period, *text;
    const char *expected; /* "edtf=words of the text" for each period, parted by "; " */
} rows[] = {
    {"en", NULL, NULL, "In 2014 people fled.", "2014=2014"},
    {"en", NULL, NULL, "They fled in March 2015.", "2015-03=March 2015"},
    {"en", NULL, NULL, "As of 30 June 2025, many had left.", "2025-06-30=30 June 2025"},
    {"en", NULL, NULL, "On June 30th, 2025, and on the 2nd of May 2024.", "2025-06-30=June 30th, 2025; 2024-05-02=2nd of May 2024"},
    {"en", NULL, NULL, "Seen on 2025-06-30 and on 25/12/2024.", "2025-06-30=2025-06-30; 2024-12-25=25/12/2024"},
    {"en", NULL, NULL, "Since hostilities resumed on 18 March 2025 they flee.", "2025-03-18/..=18 March 2025"},
    {"es", NULL, NULL, "Desde el mes de abril de 2025 llueve.", "2025-04/..=abril de 2025"},
    {"fr", NULL, NULL, "Depuis la reprise des combats le 18 mars 2025, ils fuient.", "2025-03-18/..=18 mars 2025"},
    {"en", NULL, NULL, "From July to September 2025 it fell. In the previous quarter it rose. In the same quarter of 2024 it did not.",
     "2025-07/2025-09=From July to September 2025; 2025-04/2025-06=the previous quarter; 2024-07/2024-09=the same quarter of 2024"},
    {"es", NULL, NULL, "Llegaron desde Honduras en 2023.", "2023=2023"},
    {"en", "2024-06-05", NULL, "It began on 7 October 2023. Some were taken on 7 October.", "2023-10-07=7 October 2023; 2023-10-07=7 October"},
    {"en", NULL, NULL, "Between 2011 and 2014 it doubled.", "2011/2014=Between 2011 and 2014"},
    {"en", NULL, NULL, "Seen on 28-11-14 and 11/28/98, not on 10-11-14 or 28-11-14-05.", "2014-11-28=28-11-14; 1998-11-28=11/28/98"},
    {"fr", NULL, NULL, "Vu le 28/11/14, et le 11/28/14.", "2014-11-28=28/11/14"},
    {"en", NULL, NULL, "The years 2004–2014, 2004-08 and 2014/15.", "2004/2014=2004–2014; 2004/2008=2004-08; 2014/2015=2014/15"},
    {"en", NULL, NULL, "It grew from May 2014 to June 2015.", "2014-05/2015-06=from May 2014 to June 2015"},
    {"en", NULL, NULL, "From March to June 2014 and January–March 2025.", "2014-03/2014-06=From March to June 2014; 2025-01/2025-03=January–March 2025"},
    {"en", NULL, NULL, "Between 1 and 15 June 2025.", "2025-06-01/2025-06-15=Between 1 and 15 June 2025"},
    {"en", NULL, NULL, "From 1 January to 31 March 2025.", "2025-01-01/2025-03-31=From 1 January to 31 March 2025"},
    {"en", NULL, NULL, "From December to February 2015.", "2014-12/2015-02=From December to February 2015"},
    {"en", NULL, NULL, "In the third quarter of 2014, in Q3 2015 and 2016Q4.", "2014-07/2014-09=third quarter of 2014; 2015-07/2015-09=Q3 2015; 2016-10/2016-12=2016Q4"},
    {"en", NULL, NULL, "In the first half of 2014 and H2 2015.", "2014-01/2014-06=first half of 2014; 2015-07/2015-12=H2 2015"},
    {"en", NULL, NULL, "In the first nine months of 2024.", "2024-01/2024-09=first nine months of 2024"},
    {"en", NULL, NULL, "In summer 2014 and the winter of 2015.", "2014-22=summer 2014; 2015-24=winter of 2015"},
    {"en", NULL, NULL, "In fiscal year 2014/15 and FY2016.", "2014/2015=fiscal year 2014/15; 2016=FY2016"},
    {"en", NULL, NULL, "During the 1990s and the 2010s.", "199X=1990s; 201X=2010s"},
    {"en", NULL, NULL, "By mid-2014 it rose.", "../2014-06=By mid-2014"},
    {"en", NULL, NULL, "Since 2011 it fell, until June 2012.", "2011/..=Since 2011; ../2012-06=until June 2012"},
    {"en", NULL, NULL, "At the end of 2014 and at the end of June 2015.", "2014-12=the end of 2014; 2015-06=the end of June 2015"},
    {"en", NULL, NULL, "In early 2014 and late 2015.", "2014-01~/2014-04~=early 2014; 2015-09~/2015-12~=late 2015"},
    {"en", NULL, NULL, "Before 2014 and after 2015.", "../2013=Before 2014; 2016/..=after 2015"},
    {"en", NULL, NULL, "From 2015 onwards.", "2015/..=From 2015 onwards"},
    {"en", NULL, NULL, "In March 2015 it rose over the same period in 2014.", "2015-03=March 2015; 2014-03=the same period in 2014"},
    {"en", NULL, NULL, "From July to September 2025, more than in the same months of 2024.", "2025-07/2025-09=From July to September 2025; 2024-07/2024-09=the same months of 2024"},
    {"en", NULL, NULL, "In 2014 it fell; in March it rose.| In May of that year it ended.", "2014=2014; 2014-03=March; 2014-05=May of that year"},
    {"en", NULL, "2025-07/2025-09", "Fewer than in the previous quarter.", "2025-04/2025-06=the previous quarter"},
    {"en", NULL, "2025-07/2025-09", "During the reporting period, on 12 August, they fled.", "2025-07/2025-09=the reporting period; 2025-08-12=12 August"},
    {"en", "2025-06-12", NULL, "Last year it fell; this year it rose; in December it ended.", "2024=Last year; 2025=this year; 2025-12=December"},
    {"en", "2025-06-12", NULL, "In December they fled.||On Monday they returned.", "2024-12=December; 2025-06-09=Monday"},
    {"en", "2025-06-12", NULL, "Over the past three months and the last five years.", "2025-03/2025-06=the past three months; 2020/2025=the last five years"},
    {"en", "2025-03-01", NULL, "From 27 November to 20 February they fled.", "2024-11-27/2025-02-20=From 27 November to 20 February"},
    {"en", NULL, NULL, "In 2014 it began.| Many crossed in the year.", "2014=2014; 2014=the year"},
    {"en", NULL, NULL, "In 2014, fewer than in the previous year.| In 2013, more than in the previous year, or the previous year.", "2014=2014; 2013=the previous year; 2013=2013; 2012=the previous year; 2012=the previous year"},
    {"en", NULL, NULL, "In 2014, twice as many as a year earlier.", "2014=2014; 2013=a year earlier"},
    {"en", NULL, NULL, "#Floods in 2019||They fled in May.", "2019=2019; 2019-05=May"},
    {"en", NULL, NULL, "In 2013 and 2014 they fled.", "2013/2014=2013 and 2014"},
    /* what stands behind a word lets a period begin, or not */
    {"en", NULL, NULL, "By the end of June 2015 it rose, after the third quarter of 2014.", "../2015-06=By the end of June 2015; 2014-10/..=after the third quarter of 2014"},
    {"en", NULL, NULL, "From the village, by the river, 5 of them and 20 and 30 may march to 4 camps; the 12. The 3rd of May 2015 came.", "2015-05-03=3rd of May 2015"},
    {"en", NULL, NULL, "It rose from 3 to 15 June 2024, and 3 – 5 July 2024.", "2024-06-03/2024-06-15=from 3 to 15 June 2024; 2024-07-03/2024-07-05=3 – 5 July 2024"},
    {"en", NULL, NULL, "They may flee. In may 2014 May 2014 passed.", "2014=2014; 2014-05=May 2014"},
    {"es", NULL, NULL, "En 2014, más que el año anterior.| En 2014, más que 3 años antes.", "2014=2014; 2013=el año anterior; 2014=2014; 2011=3 años antes"},
    {"en", NULL, NULL, "In 2013 and 2014, five and six died, respectively.", "2013=2013; 2014=2014"},
    {"en", NULL, NULL, "There were 2014 people and 2,014 homes.", ""},
    {"en", NULL, NULL, "Resolution 2719 (2023), document S/2025/153, version 1.2014.", ""},
    {"en", NULL, NULL, "It is known (Smith, 2014) and shown (UNHCR 2015).", ""},
    {"en", NULL, NULL, "They may march on.", ""},
    {"en", NULL, NULL, "In 2012 it began.| In May 20 people died, on May 20 it ended.", "2012=2012; 2012-05=May; 2012-05-20=May 20"},
    {"es", NULL, NULL, "Entre 2011 y 2014, en marzo de 2015 y el 30 de junio de 2025.", "2011/2014=Entre 2011 y 2014; 2015-03=marzo de 2015; 2025-06-30=30 de junio de 2025"},
    {"es", NULL, NULL, "De enero a marzo de 2024, desde 2011 y hasta finales de 2015.", "2024-01/2024-03=De enero a marzo de 2024; 2011/..=desde 2011; ../2015-12~=hasta finales de 2015"},
    {"es", NULL, NULL, "En el primer trimestre de 2014 y el segundo semestre de 2015.", "2014-01/2014-03=primer trimestre de 2014; 2015-07/2015-12=segundo semestre de 2015"},
    {"es", NULL, NULL, "En marzo de 2015, más que en el mismo período de 2014.", "2015-03=marzo de 2015; 2014-03=el mismo período de 2014"},
    {"es", "2025-06-12", NULL, "El año pasado subió.", "2024=El año pasado"},
    {"fr", NULL, NULL, "Entre 2011 et 2014, en mars 2015 et le 1er janvier 2016.", "2011/2014=Entre 2011 et 2014; 2015-03=mars 2015; 2016-01-01=1er janvier 2016"},
    {"fr", NULL, NULL, "De janvier à mars 2024, depuis 2011 et jusqu'en 2015.", "2024-01/2024-03=De janvier à mars 2024; 2011/..=depuis 2011; ../2015=jusqu'en 2015"},
    {"fr", NULL, NULL, "Au premier trimestre 2014, fin 2015 et dans les années 1990.", "2014-01/2014-03=premier trimestre 2014; 2015-09~/2015-12~=fin 2015; 199X=les années 1990"},
    {"fr", "2025-06-12", NULL, "L'année dernière, plus qu'au cours de la même période de 2022.", "2024=L'année dernière; 2022=la même période de 2022"},
};

static struct document *read_row(const struct row *row)
{
    struct document *doc = marked_document(row->language, row->text);
    doc->metadata.date = g_strdup(row->date);
    doc->metadata.period = g_strdup(row->period);
    return doc;
}

static void periods_of_a_row(void **state)
{
    const struct row *row = *state;
    struct extractor *extractor;
    assert_true(extractor_new(NULL, &extractor, NULL));
    struct document *doc = read_row(row);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    GArray *periods = mentions_of(mentions, MENTION_PERIOD);
    for (guint i = 0; i < periods->len; i++) {
        const struct mention *m = &g_array_index(periods, struct mention, i);
        struct slice words = document_slice(doc, m->span);
        g_string_append_printf(found, "%s%s=%.*s", i ? "; " : "", m->period.edtf, SLICE_ARG(words));
    }
    assert_string_equal(found->str, row->expected);
    mentions_free(mentions);
    document_free(doc);
    extractor_free(extractor);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(rows)];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = periods_of_a_row, .initial_state = (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
