/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "tests/unit/marked_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* What governs each figure that someone would cite, as "value: what it got". */
static const struct row {
    const char *what; /* "period", "places", "said_by", "note" */
    const char *language, *text, *expected;
} rows[] = {
    {"period", "en", "In 2023, 520,085 people crossed.", "520085: 2023 sentence"},
    {"period", "en", "In the 2025 appeal, launched on 4 December 2024, donors gave $47 million.", "47000000: 2025 sentence"},
    {"period", "en", "In 2023, 5,200 people crossed, up from 2,480 in 2022.", "5200: 2023 sentence; 2480: 2022 clause"},
    {"period", "en", "In March 2015 some 16 people died each day, a 52 per cent rise over the same period in 2014.", "16: 2015-03 clause; 52: 2015-03 sentence"},
    {"period", "en", "Asylum was granted to 300 people in 2013 and to 500 people in 2014.", "300: 2013 clause; 500: 2014 clause"},
    {"period", "en", "In 2023, 519 people were killed, 396 injured and 159 abducted.", "519: 2023 sentence; 396: 2023 sentence; 159: 2023 sentence"},
    {"period", "en", "Compared with 2022, 700 more people fled.", "700: none"},
    {"period", "en", "In 2013 and 2014, 500 people and 600 people died, respectively.", "500: 2013 clause; 600: 2014 clause"},
    {"period", "en", "In 2014, floods came.| Some 500 people fled.", "500: 2014 paragraph"},
    {"period", "en", "In 2014 some 500 people fled.||Some 700 people stayed.", "500: 2014 clause; 700: none"},
    {"period", "en", "Some 500 people fled in 2014.| Of these, 40 people returned.", "500: 2014 clause; 40: 2014 paragraph"},
    {"period", "en", "Some 500 people fled in 2014.| The camp holds 700 people.", "500: 2014 clause; 700: none"},
    {"places", "en", "Herders quarrelled in Uganda.| Armed men from the northern district of Turkana in Kenya took part.| In all, 77 people died.", "77: Uganda"},
    {"places", "en", "Some people fled from Honduras.| Of them, 12 died.", "12: Honduras"},
    {"places", "en", "Beirut and Tyre are quiet.||The army of Lebanon left Tripoli.||Talks went on in Lebanon and in Lebanon's south.||Some 500 people fled.", "500: Lebanon"},
    {"period", "en", "#Floods from May to June 2019||Some 500 people fled.", "500: 2019-05/2019-06 document"},
    {"period", "en", "#Camps||They are full.||#Floods in 2019||Some 500 people fled.", "500: 2019 heading"},
    {"period", "en", "In March 2015 the camps that stand at the border of the province held an average of||16 people a day.", "16: 2015-03 paragraph"},
    {"period", "en", "The rate fell to 31 per cent in 2023, one third of the rate of 2012.", "31: 2023 clause; 0.333333333333333: 2023 sentence"},
    {"period", "en", "#Floods from July to September 2025||Measured against the previous quarter, there were fewer.| Compared with the previous quarter, cases fell from 334 to 295.", "334: 2025-04/2025-06 sentence; 295: 2025-07/2025-09 document"},
    {"period", "en", "The 2011 law lets 500 people stay.", "500: none"},
    {"period", "en", "In 2012 the state signed with gangs who are believed to have 60,000 members.", "60000: none"},
    {"period", "en", "At the end of 2014 some 500 people were displaced; four years later a count found 700 people.", "500: 2014-12 clause; 4: 2018 clause; 700: 2018 clause"},
    {"period", "en", "The office recorded 500 cases in 2023, it said on 5 March 2024, up from 300 cases the year before.", "500: 2023 clause; 300: 2022 clause"},
    {"period", "en", "In 2014 many fled.| A study found 500 people displaced over ten years.", "500: none; 10: none"},
    {"period", "en", "In a letter dated 5 March 2024 the state said that 500 people had fled.", "500: none"},
    {"period", "en", "On 8 May 2024 forces entered the camp.| Some 500 people fled.| There are 900 people in the camp.", "500: 2024-05-08 paragraph; 900: none"},
    {"period", "en", "Seizures were at half the 2021 level.", "0.5: none"},
    {"period", "en", "It is back at the 2022 figure of 800,000 people.", "800000: 2022 clause"},
    {"period", "es", "En 2023 huyeron 500 personas, frente a 300 personas en 2022.", "500: 2023 clause; 300: 2022 clause"},
    {"period", "fr", "En date du 3 mai 2023, 500 personnes ont fui.", "500: 2023-05-03 sentence"},
    {"period", "en", "28. On the night of 3 May 2023 a camp burned.| Some 500 people fled.", "500: 2023-05-03 paragraph"},
    {"period", "fr", "En 2023, 500 personnes ont fui, contre 300 personnes en 2022.", "500: 2023 sentence; 300: 2022 clause"},
    {"period", "en", "Deaths fell from 339 deaths to 223 deaths between 2000 and 2020.", "339: 2000 clause; 223: 2020 clause"},
    {"period", "en", "Since fighting resumed on 18 March 2025, about 500 people have fled.", "500: 2025-03-18/.. sentence"},
    {"period", "en", "On 3 May 2023, 9 people were killed, and on 13 June 2023, 15 people were killed and 12 people injured.", "9: 2023-05-03 sentence; 15: 2023-06-13 sentence; 12: 2023-06-13 sentence"},
    {"period", "en", "The report for May 2023 projects that 500 people will go hungry between June and August 2023.", "500: 2023-06/2023-08 clause"},
    {"period", "en", "They saw 50 cases from 3 May 2023 to 3 June 2024, and 20 cases over the same period in 2022/23.", "50: 2023-05-03/2024-06-03 clause; 20: 2022-05-03/2023-06-03 clause"},
    {"places", "en", "In May 9 people were killed in Guatemala, and in June 2023, 15 people were killed, 12 people injured and 30 homes burned in Honduras.",
     "9: Guatemala; 15: Honduras; 12: Honduras; 30: Honduras"},
    {"places", "en", "Fighting in Honduras left 15 people dead, 12 people injured and 300 people without homes.", "15: Honduras; 12: Honduras; 300: Honduras"},
    {"places", "en", "Honduras (40): Lagunita (20) and Rinconeta (3).", "40: Honduras; 20: Honduras; 3: Honduras"},
    {"places", "en", "Projects in Guatemala, Mexico (Chiapas and Oaxaca) and Honduras reached 500 people.", "500: Guatemala, Mexico, Chiapas, Oaxaca, Honduras"},
    {"places", "en", "Honduras is dry. Four people died in an Israeli air strike.", "4: Honduras"},
    {"places", "en", "In Honduras, global acute malnutrition rose by 14 per cent.", "14: Honduras"},
    {"places", "en", "Mexico: talks in Tapachula went on; 500 people came.", "500: Mexico"},
    {"places", "es", "En Colombia llovió mucho.| Los ríos Lempa, Ulúa y Motagua dejaron 500 casas bajo el agua.", "500: Colombia"},
    {"places", "es", "En Honduras llovió.| Se estima que 500 personas huyeron, incluyendo familias de comunidades en Tegucigalpa.", "500: Honduras"},
    {"places", "en", "#Chiapas||Last week the heavy rain hit Tapachula and other towns.| Some 500 people fled.", "500: Chiapas"},
    {"places", "en", "Honduras is dry.| Honduras waits.| Honduras is wet.| Honduras sells coffee.| Honduras has a drought.| In Honduras it is hot.| Trade in farm goods grew with Mexico.| Imports rose by 3 per cent.", "3: Honduras"},
    {"places", "en", "In Honduras 500 people fled.", "500: Honduras"},
    {"places", "es", "En Honduras llovió.| Se atendió a 500 familias en los municipios de: Tapachula.", "500: Tapachula"},
    {"places", "fr", "Les ZS de Sapolo (20) et de Rinconeta (3) ont 500 lits.", "20: Sapolo; 3: Rinconeta; 500: Sapolo"},
    {"places", "en", "Under the flag of Mexico a ship left Honduras with 500 people.", "500: Honduras origin"},
    {"places", "en", "The most were in Guatemala (40), Rinconeta (20) and Honduras (7).", "40: Guatemala; 20: ; 7: Honduras"},
    {"places", "en", "At least 22 Palestinians were killed in a strike in Gaza.", "22: Palestine origin, Gaza Strip"},
    {"places", "en", "Honduras is poor.| Honduras is dry.| Hondurans know Honduras.| In Honduras it rained.| Honduras signed.||It had 500 schools.", "500: Honduras"},
    {"places", "en", "There were 500 people in Honduras and 300 people in Guatemala.", "500: Honduras; 300: Guatemala"},
    {"places", "en", "Honduras is in 2nd place (behind Syria), El Salvador in 6th place.", "2: Honduras; 6: El Salvador"},
    {"places", "en", "The share was highest in Peru (32 per cent) and lowest in Chile (9 per cent) and in Bolivia (8 per cent).", "32: Peru; 9: Chile; 8: Bolivia"},
    {"places", "en", "Some 400 children were deported from Mexico to Honduras.", "400: Mexico origin, Honduras destination"},
    {"places", "en", "Colombia hosts 500 refugees from Venezuela.", "500: Venezuela origin, Colombia host"},
    {"places", "en", "There were 566,700 people in El Salvador, Guatemala and Honduras.", "566700: El Salvador, Guatemala, Honduras"},
    {"places", "en", "The city of Tapachula, Mexico, received 500 people.", "500: Tapachula"},
    {"places", "en", "Some 28 Latin American and Caribbean states signed.", "28: Latin America, Caribbean"},
    {"places", "en", "About 80 per cent of Honduran companies pay.", "80: Honduras"},
    {"places", "en", "Gangs rule parts of Honduras.| Some 500 people fled.||Others stayed with 300 people.", "500: Honduras; 300: "},
    {"places", "en", "Some 300 Latin American students and 40 Haitian nurses left.", "300: Latin America origin; 40: Haiti origin"},
    {"places", "en", "Nearly 200,000 Haitians were deported, most of them from the Dominican Republic.", "200000: Haiti origin"},
    {"places", "en", "The Mexican Commission for Refugee Aid received 500 applications.", "500: Mexico"},
    {"places", "en", "The Norwegian Refugee Council helped 500 people.", "500: "},
    {"places", "en", "Mexico grew by 3 per cent.| In the European Union growth was 1 per cent.| In developing countries it was 4 per cent.", "3: Mexico; 1: ; 4: "},
    {"places", "en", "There were 40 cases in Honduras, 29 cases in Guatemala and 9 cases in Mexico.| In all 300 people died.", "40: Honduras; 29: Guatemala; 9: Mexico; 300: "},
    {"places", "en", "#Guatemala||Some 500 people fled.", "500: Guatemala"},
    {"places", "en", "Gangs rule Honduras.| Some 38 million people worldwide are displaced.", "38000000: "},
    {"said_by", "en", "According to the Refugee Council, 500 people fled.| Another 300 people stayed.", "500: Refugee Council; 300: Refugee Council"},
    {"said_by", "en", "A study by the Refugee Council (RC) found that 500 people fled.", "500: Refugee Council"},
    {"said_by", "en", "The ministry has also reported 500 deaths.| It said 300 people were missing.", "500: ministry; 300: ministry"},
    {"said_by", "en", "One in five residents reported being robbed.", "0.2: nobody"},
    {"said_by", "en", "Media reports of violence reached 500 people.", "500: nobody"},
    {"said_by", "en", "According to Israeli official sources, 500 people fled.", "500: Israeli official sources"},
    {"said_by", "en", "The Refugee Council recorded 500 cases.| The commission also reported 300 deaths.", "500: Refugee Council; 300: commission"},
    {"said_by", "en", "“We lost 500 homes,” said Maria Lopez.| She said 300 people had died.", "500: Maria Lopez; 300: Maria Lopez"},
    {"said_by", "en", "The value added by 500 firms is small.", "500: nobody"},
    {"said_by", "en", "While the ministry says 500 people fled, 300 people are missing.", "500: ministry; 300: nobody"},
    {"said_by", "en", "The ministry counted 500 deaths, but 300 people are missing.", "500: ministry; 300: nobody"},
    {"said_by", "en", "Of 500 families, the ministry said 300 had fled.", "500: nobody; 300: ministry"},
    {"said_by", "en", "Some 500 people fled, the police said on Monday, and 300 people stayed.", "500: police; 300: nobody"},
    {"said_by", "en", "Some 500 people fled, the police said on Monday.", "500: police"},
    {"said_by", "en", "Some 500 people fled, according to the Refugee Council; 300 people stayed.", "500: Refugee Council; 300: nobody"},
    {"said_by", "en", "The Refugee Council recorded 500 cases.| The camp has room for 300 people.", "500: Refugee Council; 300: nobody"},
    {"said_by", "en", "The Refugee Council recorded 500 attacks.| The attacks left 300 people dead.", "500: Refugee Council; 300: Refugee Council"},
    {"said_by", "en", "The Refugee Council said that 500 people fled.| In Texas alone, 300 people fled.", "500: Refugee Council; 300: Refugee Council"},
    {"said_by", "en", "The commission concluded training across 500 towns.", "500: nobody"},
    {"said_by", "en", "The Permanent Representative of Chad to the Refugee Council said that 500 people fled.",
        "500: Permanent Representative of Chad to the Refugee Council"},
    {"said_by", "en", "A spokesperson for the Refugee Council said that 500 people fled.", "500: Refugee Council"},
    {"said_by", "en", "The ministries publicly confirmed 500 deaths.", "500: ministries"},
    {"said_by", "en", "Recent data show that 500 people fled.| Findings indicate that 300 people stayed.", "500: nobody; 300: nobody"},
    {"said_by", "en", "The 2023 household survey found that 500 people fled.", "500: 2023 household survey"},
    {"said_by", "en", "The army took a town.| The report found that 500 people fled.", "500: nobody"},
    {"said_by", "en", "The Refugee Council issued a report.| The report found that 500 people fled.", "500: Refugee Council"},
    {"said_by", "en", "Three showed 500 cracks.| Nearly all states reported that 300 people fled.", "3: nobody; 500: nobody; 300: nobody"},
    {"said_by", "en", "The term ends at 70 years, according to the Chad Constitution.", "70: nobody"},
    {"said_by", "es", "El consejo declaró la Calamidad Pública, ya que 500 personas huyeron.", "500: nobody"},
    {"said_by", "en", "According to residents, 500 people fled.", "500: residents"},
    {"said_by", "en", "According to the Gini coefficient, 500 people fled.", "500: nobody"},
    {"said_by", "en", "The region is violent, according to a global ranking of countries.| Honduras is in 2nd place.", "2: global ranking of countries"},
    {"places", "en", "In Chad clashes near the border with Sudan went on.| Some 500 people fled.", "500: Chad"},
    {"places", "en", "Clashes in Chad near Sudan went on.| Some 500 people fled.", "500: Chad"},
    {"period", "en", "In March 2023 the camp opened.| In 2024, the council documented cases of violence, among them robbery, arson, looting, extortion, threats, assault and other crimes "
        "of many kinds that took place in the towns along the river and on the roads between them, by day and by night, against traders, drivers, farmers, herders and "
        "others who had gone to sell or buy at the markets, and against 500 people.", "500: 2024 sentence"},
    {"said_by", "es", "“Perdimos 500 casas”, dijo la ministra Ana Ruiz.", "500: Ana Ruiz"},
    {"said_by", "es", "El consejo declaró la calamidad pública tras evacuar 500 casas.", "500: nobody"},
    {"said_by", "es", "Según el Consejo de Refugiados y datos de Médicos Unidos, 500 personas huyeron.", "500: Consejo de Refugiados"},
    {"said_by", "fr", "Selon des témoins, 500 maisons ont brûlé.", "500: témoins"},
    {"said_by", "fr", "Tandis que le gouvernement affirme que 500 personnes sont mortes, 300 personnes sont parties.", "500: gouvernement; 300: nobody"},
    {"said_by", "es", "Según el Consejo de Refugiados, 500 personas huyeron.", "500: Consejo de Refugiados"},
    {"said_by", "fr", "D'après le Conseil des réfugiés, 500 personnes ont fui.", "500: Conseil des réfugiés"},
    {"note", "en", "Some 500 people fled^3 and 300 people stayed.^4 | In all 800 people came.", "500: 3; 300: 4; 800: -"},
    {"note", "en", "It found 281,400^5  people in Mexico, 248,500 people in Guatemala and up to 288,900^6  people in El Salvador.", "281400: 5; 248500: -; 288900: 6"},
    {"note", "en", "Honduras is in 2nd place, Mexico in 23rd place.^1 ", "2: 1; 23: 1"},
};

static void append_places(GString *out, const struct figure *figure)
{
    for (uint32_t i = 0; i < figure->n_places; i++)
        g_string_append_printf(out, "%s%s%s%s", i ? ", " : "", figure->places[i].name, figure->places[i].role == ROLE_UNKNOWN ? "" : " ",
                               figure->places[i].role == ROLE_UNKNOWN ? "" : role_name(figure->places[i].role));
}

static void append_field(GString *out, const struct document *doc, const struct figure *figure, const char *what)
{
    if (g_str_equal(what, "places"))
        append_places(out, figure);
    else if (g_str_equal(what, "said_by"))
        g_string_append(out, figure->said_by ? figure->said_by : "nobody");
    else if (g_str_equal(what, "note"))
        g_string_append(out, figure->mark == NONE ? "-" : DOCUMENT_AT(doc->marks, struct mark, figure->mark).label);
    else if (figure->period)
        g_string_append_printf(out, "%s %s", figure->period, scope_name(figure->period_scope));
    else
        g_string_append(out, "none");
}

static void figures_of_a_row(void **state)
{
    const struct row *row = *state;
    struct extractor *extractor;
    assert_true(extractor_new(NULL, &extractor, NULL));
    struct document *doc = marked_document(row->language, row->text);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++) {
        const struct mention *m = &g_array_index(figures, struct mention, i);
        if (m->figure.minor)
            continue;
        g_string_append_printf(found, "%s%.15g: ", found->len ? "; " : "", m->figure.quantity.low);
        append_field(found, doc, &m->figure, row->what);
    }
    assert_string_equal(found->str, row->expected);
    mentions_free(mentions);
    document_free(doc);
    extractor_free(extractor);
}

/* A row of a table under two heads, and the caption behind it that dates each of them. */
static struct document *table_document(void)
{
    struct document *doc = marked_document("en", "Homicides\tDisplaced people||Honduran\t90.4\t29,400||Table 1: Homicides per inhabitant, 2012, and people displaced at the end of 2014.");
    DOCUMENT_AT(doc->passages, struct passage, 0).zone = ZONE_TABLE;
    DOCUMENT_AT(doc->passages, struct passage, 1).zone = ZONE_TABLE;
    DOCUMENT_AT(doc->passages, struct passage, 2).zone = ZONE_CAPTION;
    struct span row = {28, 36}, heads[] = {{0, 9}, {10, 26}}, values[] = {{37, 41}, {42, 48}};
    for (int i = 0; i < 2; i++) {
        struct cell cell = {.span = values[i], .row = row, .column = heads[i], .passage = 1, .caption = NONE};
        g_array_append_val(doc->cells, cell);
    }
    return doc;
}

static void figures_of_a_table(void **state)
{
    (void)state;
    struct extractor *extractor;
    assert_true(extractor_new(NULL, &extractor, NULL));
    struct document *doc = table_document();
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    assert_true(figures->len >= 2);
    const char *periods[] = {"2012", "2014-12"};
    for (guint i = 0; i < 2; i++) {
        const struct figure *figure = &g_array_index(figures, struct mention, i).figure;
        assert_string_equal(figure->period, periods[i]);
        assert_int_equal(figure->period_scope, SCOPE_HEADING);
        assert_int_equal(figure->n_places, 1);
        assert_string_equal(figure->places[0].name, "Honduras");
        assert_int_equal(figure->places[0].role, ROLE_ORIGIN);
    }
    mentions_free(mentions);
    document_free(doc);
    extractor_free(extractor);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(rows) + 1];
    tests[G_N_ELEMENTS(rows)] = (struct CMUnitTest)cmocka_unit_test(figures_of_a_table);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        tests[i] = (struct CMUnitTest){.name = rows[i].text, .test_func = figures_of_a_row, .initial_state = (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
