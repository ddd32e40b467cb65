/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "ingest/passage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct document *read_line(const char *text)
{
    struct document *doc = document_new("line");
    document_append(doc, slice_of(text), 0);
    struct passage passage = {.span = {0, (uint32_t)doc->text->len}, .page = NONE, .number = 1, .heading = NONE};
    g_array_append_val(doc->passages, passage);
    uint32_t start = 0, end = (uint32_t)doc->text->len;
    for (uint32_t i = 0; i + 1 < end; i++)
        if (text[i] == '|') { /* the tables below part sentences by "| " */
            doc->text->str[i] = ' ';
            struct sentence sentence = {{start, i}, 0};
            g_array_append_val(doc->sentences, sentence);
            start = i + 2;
        }
    struct sentence last = {{start, end}, 0};
    g_array_append_val(doc->sentences, last);
    return doc;
}

/* "Tegucigalpa=HN Honduras=HN": every place found, with its code. */
static void assert_places(const char *text, const char *expected)
{
    struct extractor *extractor;
    assert_true(extractor_new(NULL, &extractor, NULL));
    struct document *doc = read_line(text);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    GArray *places = mentions_of(mentions, MENTION_LOCATION);
    for (guint i = 0; i < places->len; i++) {
        const struct mention *m = &g_array_index(places, struct mention, i);
        struct slice name = document_slice(doc, m->span);
        g_string_append_printf(found, "%s%.*s=%s", i ? "; " : "", SLICE_ARG(name), m->location.iso ? m->location.iso : m->location.class);
    }
    assert_string_equal(found->str, expected);
    mentions_free(mentions);
    document_free(doc);
    extractor_free(extractor);
}

static const struct {
    const char *text, *expected;
} rows[] = {
    {"Families left Tegucigalpa in Honduras for Mexico.", "Tegucigalpa=HN; Honduras=HN; Mexico=MX"},
    {"She was born in Paris, Texas, and moved to Dallas.", "Paris=US; Texas=US-TX; Dallas=US"},
    {"The talks in Paris ended.", "Paris=FR"},
    {"Courts in the U.S. and in the US gave us no date.", "U.S.=US; US=US"},
    {"The letter told us nothing.", ""},
    {"People of the Northern Triangle and the Sahel were heard.", "Northern Triangle=zone; Sahel=zone"},
    {"In Atlanta, Georgia, the state opened shelters.", "Atlanta=US; Georgia=US-GA"},
    {"Tbilisi is the capital of Georgia, and Armenia is its neighbour.", "Tbilisi=GE; Georgia=GE; Armenia=AM"},
    {"Much was lost.| Most of it was never found.| Reading helps.", ""},
    {"The Honduran and Mexican officers met.", ""},
    {"Michael Jordan and Chelsea Clinton spoke in Chad.", "Chad=TD"},
    {"China's exports and Kenya\xe2\x80\x99s imports grew.", "China=CN; Kenya=KE"},
    {"They wait at the Mexican-US border and at the US border.", "Mexican-US border=MX; US border=US"},
    {"Troops left the Honduran border.", ""},
    {"A shelter near the San Pedro Sula station opened.", "San Pedro Sula station=HN"},
    {"The village of Qochapampa and Quillu district in Peru flooded; Qochapampa is cut off.", "Qochapampa=PE; Quillu=PE; Peru=PE; Qochapampa=PE"},
    {"He died in Vondelbrook, Vermont, and in Mossy County.", "Vondelbrook=US-VT; Vermont=US-VT; Mossy County=US-VT"},
    {"Aid of US$10 million for West Nile virus came.", ""},
    {"Floods struck Milan, Caquet\xc3\xa1, Colombia.| In Milan 40 homes were lost.", "Milan=CO-CAQ; Caquet\xc3\xa1=CO-CAQ; Colombia=CO; Milan=CO-CAQ"},
    {"They met in Milan, Kenya and Peru.", "Milan=IT-MI; Kenya=KE; Peru=PE"},
    {"Rivers rose in South Sudan.", "South Sudan=SS"},
    {"Fighting went on in Central and Western Equatoria, in South Sudan.", "Central=SS-EC; Western Equatoria=SS-EW; South Sudan=SS"},
    {"Sudan saw it in North, West and South Darfur.", "Sudan=SD; North=SD-DN; West=SD-DW; South Darfur=SD-DS"},
    {"The Western and Central regions of Kenya grew.", "Kenya=KE"},
    {"Province du Nord-Kivu and the Province du Haut-Uele.", "Nord-Kivu=CD-NK; Haut-Uele=CD-HU"},
    {"Jewish holidays in Kenya.", "Kenya=KE"},
    {"Colombia waits.| Colombia sent food.| Colombia is wet.| In Caquetá, Milán flooded.| In Florencia, Caquetá, and Milán it rained.",
     "Colombia=CO; Colombia=CO; Colombia=CO; Caquetá=CO-CAQ; Milán=CO; Florencia=CO; Caquetá=CO-CAQ; Milán=CO"},
    {"Colombia waits.| Colombia sent food.| Colombia is wet.| Ministers met in Milán.", "Colombia=CO; Colombia=CO; Colombia=CO; Milán=IT-MI"},
    {"Kenya waits.| Kenya sent food.| Kenya is dry: Kisumu (20), Damascus (4), Mombasa (3).", "Kenya=KE; Kenya=KE; Kenya=KE; Kisumu=KE-17; Damascus=KE; Mombasa=KE"},
    {"Homes burned in Tonj North and in Juba, South Sudan.", "Tonj North=SS; Juba=SS; South Sudan=SS"},
    {"Aid went to Angola, Chad and Jordan.", "Angola=AO; Chad=TD; Jordan=JO"},
    {"The Non-Self-Governing Territories and cases in THX, Peru.", "Peru=PE"},
    {"The Western plan of March failed.", ""},
    {"The DRC and the government of Niger agreed.", "DRC=CD; Niger=NE"},
    {"The United States Department of Agriculture wrote to Gaza.", "Gaza=PS"},
    {"Ils ont quitt\xc3\xa9 l'Allemagne et les r\xc3\xa9gions d'Ha\xc3\xafti.", "Allemagne=DE; Ha\xc3\xafti=HT"},
    {"Salieron de Alemania y de Estados Unidos.", "Alemania=DE; Estados Unidos=US"},
    {"Peru had rain.| Water rose in Peru.| Peru sent tents.| Homes burned in Magwe County and in Greater Bahr el-Ghazal.",
     "Peru=PE; Peru=PE; Peru=PE; Magwe County=PE; Greater Bahr el-Ghazal=PE"},
    {"Liberia closed its schools.| Liberia and its people wait.| In Liberia, Maryland had four cases.", "Liberia=LR; Liberia=LR; Liberia=LR; Maryland=LR-MY"},
    {"Liberia closed its schools.| Liberia waits.| Liberia sent a nurse to Maryland in the United States.", "Liberia=LR; Liberia=LR; Liberia=LR; Maryland=US-MD; United States=US"},
    {"Nurses met 12 cases of Crimean-Congo haemorrhagic fever in Chad.", "Chad=TD"},
    {"Islamic State in Iraq and the Levant-Khorasan took the road.", ""},
    {"Tension grew in Central and Western hills.", ""},
    {"Costa Rica received them in San Jos\xc3\xa9.", "Costa Rica=CR; San Jos\xc3\xa9=CR"},
};

static void places_of_a_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_places(rows[i].text, rows[i].expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_of_a_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
