/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/pass.h"
#include "ingest/passage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct extractor *extractor;

/* Sentences are parted by "| ", passages by "||". */
static struct document *read_text(const char *text, const char *language)
{
    struct document *doc = document_new("line");
    doc->metadata.language = g_strdup(language);
    document_append(doc, slice_of(text), 0);
    uint32_t start = 0, passage_start = 0, end = (uint32_t)doc->text->len;
    for (uint32_t i = 0; i <= end; i++) {
        if (i < end && text[i] != '|')
            continue;
        bool passage = i == end || text[i + 1] == '|';
        struct sentence sentence = {{start, i}, doc->passages->len};
        g_array_append_val(doc->sentences, sentence);
        if (passage) {
            struct passage own = {.span = {passage_start, i}, .page = NONE, .number = doc->passages->len + 1, .heading = NONE};
            g_array_append_val(doc->passages, own);
        }
        if (i < end) {
            doc->text->str[i] = ' ';
            doc->text->str[i + 1] = ' ';
            start = i + 2;
            passage_start = passage ? start : passage_start;
            i++;
        }
    }
    return doc;
}

static void print_figure(GString *out, const struct document *doc, const struct mention *mention)
{
    const struct figure *figure = &mention->figure;
    const struct quantity *q = &figure->quantity;
    struct slice text = document_slice(doc, mention->span);
    g_string_append_printf(out, "%s[%.*s] %.6g", out->len ? "; " : "", SLICE_ARG(text), q->low);
    if (q->high > q->low)
        g_string_append_printf(out, "..%.6g", q->high);
    if (q->ambiguous)
        g_string_append_printf(out, "?%.6g", q->other_low);
    g_string_append_printf(out, " %s", kind_name(q->kind));
    if (q->unit)
        g_string_append_printf(out, " %s", q->unit);
    if (q->qualifier != QUALIFIER_EXACT)
        g_string_append_printf(out, " %s", qualifier_name(q->qualifier));
    if (figure->minor)
        g_string_append(out, " minor");
    if (figure->counted)
        g_string_append_printf(out, " of %s", figure->counted);
}

static void assert_figures(const char *language, const char *text, const char *expected)
{
    struct document *doc = read_text(text, language);
    g_autoptr(GPtrArray) troubles = g_ptr_array_new_with_free_func(g_free);
    struct mentions *mentions = extractor_run(extractor, doc, troubles);
    g_autoptr(GString) found = g_string_new(NULL);
    const GArray *figures = mentions_of(mentions, MENTION_FIGURE);
    for (guint i = 0; i < figures->len; i++)
        print_figure(found, doc, &g_array_index(figures, struct mention, i));
    assert_int_equal(troubles->len, 0);
    assert_string_equal(found->str, expected);
    mentions_free(mentions);
    document_free(doc);
}

/* The figures of a text: [text] value kind unit qualifier, "minor", and of what. */
static const struct figure_row {
    const char *name, *language, *text, *expected;
} rows[] = {
    {"a plain count", "en",
     "Some 250 families fled the valley.",
     "[Some 250 families] 250 count {household} about of families"},
    {"who is counted", "en",
     "At least 3,000 displaced people and 40 homes were counted.",
     "[At least 3,000] 3000 count {person} at_least of displaced people; [40 homes] 40 count {household} of homes"},
    {"the noun before the verb, not that of the part", "en",
     "By 4 May measles cases had climbed to 10,412, including 214 deaths.",
     "[10,412] 10412 count of measles cases; [214 deaths] 214 count {person} of deaths"},
    {"the noun behind the brackets", "en",
     "The team met 1,262 (870 women) and 892 (592 women) civilians.",
     "[1,262] 1262 count {person} of civilians; [870 women] 870 count {person} of women; [892] 892 count {person} of civilians; [592 women] 592 count {person} of women"},
    {"a bracket's parts", "en",
     "The strikes killed 62 people (12 women, 18 children).",
     "[62 people] 62 count {person} of people; [12 women] 12 count {person} of women; [18 children] 18 count {person} of children"},
    {"elided in a list", "en",
     "The office recorded 120 incidents: 519 killed, 396 injured.",
     "[120 incidents] 120 count of incidents; [519 killed] 519 count {person} of killed; [396 injured] 396 count {person} of injured"},
    {"distributed", "en",
     "There were 317 and 206 incidents affecting 1,062 and 792 civilians, respectively.",
     "[317] 317 count of incidents; [206 incidents] 206 count of incidents; [1,062] 1062 count {person} of civilians; [792 civilians] 792 count {person} of civilians"},
    {"from one count to another", "en",
     "That is a 12 per cent decrease (from 334 to 295).",
     "[12 per cent] 12 percent percent of decrease; [334] 334 count; [295] 295 count"},
    {"in apposition", "en",
     "The highest number of raids, 66, was counted in May.",
     "[66] 66 count of highest number of raids"},
    {"the subject of the sentence before", "en",
     "Most of the towns lie near the coast.| Four are in the hills.",
     "[Four] 4 count of towns"},
    {"a state behind a verb", "en",
     "In the raid 18 people died and 60 were injured.",
     "[18 people] 18 count {person} of people; [60] 60 count {person} of injured"},
    {"what they were", "en",
     "Of those held, 22 were owners of bars and 5 had been injured.",
     "[22] 22 count {person} of owners of bars; [5] 5 count {person} of injured"},
    {"of them, as counted before", "en",
     "In 2014 some 68,000 children crossed alone.| Honduras was the country of origin of 18,000 of them, Guatemala of 17,000.",
     "[some 68,000 children] 68000 count {person} about of children; [18,000] 18000 count {person} of children; [17,000] 17000 count {person} of children"},
    {"of them, as named before", "en",
     "The report speaks of children who came alone: some 600 of them, it says.",
     "[some 600] 600 count {person} about of children"},
    {"a share of them", "en",
     "The shelter took in 150 people, 38 per cent of them children.",
     "[150 people] 150 count {person} of people; [38 per cent] 38 percent percent of children"},
    {"the figure", "en",
     "By May 1,200 villagers had fled.| By June the figure was 1,900.",
     "[1,200 villagers] 1200 count {person} of villagers; [1,900] 1900 count {person} of villagers"},
    {"of the whole, not of its part", "en",
     "The clinic saw 23 cases, including 2 deaths, and the hospital saw 21.",
     "[23 cases] 23 count of cases; [2 deaths] 2 count {person} of deaths; [21] 21 count of cases"},
    {"in brackets behind a share", "fr",
     "La province a eu 91 % des décès (n=201) et 4 % des cas (12).",
     "[91 %] 91 percent percent of décès; [201] 201 count {person} of décès; [4 %] 4 percent percent of cas; [12] 12 count of cas"},
    {"the whole that begins the sentence", "es",
     "De las personas afectadas, cerca de 2.392 son de la sierra.",
     "[cerca de 2.392] 2392 count {person} about of personas afectadas"},
    {"a year earlier is no noun", "en",
     "The number of young migrants had been 6,747 a year earlier.",
     "[6,747] 6747 count {person} of number of young migrants"},
    {"a day and a month of another language", "en",
     "The office stands in Boulevard du 30 Juin, with 40 nurses. Some 12 could leave.",
     "[40 nurses] 40 count {person} of nurses; [Some 12] 12 count {person} about of nurses"},
    {"done to", "en",
     "Shelling killed 12 and wounded 39 others. The flood displaced 3,400 and burst 80 dams. Of the 40 hostages, the rebels killed 7.",
     "[12] 12 count {person} of killed; [39] 39 count {person} of wounded; [3,400] 3400 count {person} of displaced; [80 dams] 80 count of dams; [40 hostages] 40 count {person} of hostages; [7] 7 count {person} of hostages"},
    {"over an aside", "en",
     "Some 60 people were injured. This brings the number of civilian deaths in the valley, the ministry says, to 4,100.",
     "[Some 60 people] 60 count {person} about of people; [4,100] 4100 count {person} of civilian deaths"},
    {"the number of what, not where", "en",
     "The number of refugees and migrants in Libya exceeded 900. This brings the number of deaths in the valley to 4,200.",
     "[exceeded 900] 900 count {person} more_than of refugees and migrants; [4,200] 4200 count {person} of deaths"},
    {"others", "en",
     "Two guards were killed and four others injured.",
     "[Two guards] 2 count {person} of guards; [four] 4 count {person} of others injured"},
    {"names with a direction", "en",
     "Over 2,000 South Sudan Alliance soldiers and 40 North Kivu villages signed.",
     "[Over 2,000] 2000 count {person} more_than of South Sudan Alliance soldiers; [40] 40 count of North Kivu villages"},
    {"a change and what changed", "en",
     "This is a 12 per cent decrease in the number of violent incidents (from 334 to 295).",
     "[12 per cent] 12 percent percent of decrease in the number of violent incidents; [334] 334 count of number of violent incidents; [295] 295 count of number of violent incidents"},
    {"the subject over an aside", "en",
     "Literacy among young people (age 15 and above) stands at 48 per cent, compared with 64 per cent for women.",
     "[age 15 and above] 15 age a at_least of young people; [48 per cent] 48 percent percent of young people; [64 per cent] 64 percent percent of women"},
    {"a measure in the noun phrase", "en",
     "The plant filled eight million 250ml bottles.",
     "[eight million] 8e+06 count of 250ml bottles; [250ml] 250 measure mL of bottles"},
    {"people by their name", "fr",
     "Environ 5 700 Haïtiens ont fui.",
     "[Environ 5 700 Haïtiens] 5700 count {person} about of Haïtiens"},
    {"said before in Spanish", "es",
     "La meta es una reducción de emisiones de 25% contrapuesto con 2012.",
     "[25%] 25 percent percent of reducción de emisiones"},
    {"a part of people", "fr",
     "On compte 108 malades dont 92 confirmés et 16 suspects.",
     "[108 malades] 108 count {person} of malades; [92 confirmés] 92 count {person} of confirmés; [16 suspects] 16 count {person} of suspects"},
    {"a part of cases", "fr",
     "On compte 22 cas dont 13 confirmés.",
     "[22 cas] 22 count of cas; [13 confirmés] 13 count of confirmés"},
    {"a compound that begins small", "en",
     "Some 260 out-of-school children came.",
     "[Some 260] 260 count {person} about of out-of-school children"},
    {"shares in a list", "en",
     "Tax revenues rose 28 per cent, customs 29 per cent and other fees 31 per cent.",
     "[28 per cent] 28 percent percent of Tax revenues; [29 per cent] 29 percent percent of customs; [31 per cent] 31 percent percent of other fees"},
    {"what money is", "en",
     "The bank approved $12 million in budgetary assistance.",
     "[$12 million] 1.2e+07 money USD of budgetary assistance"},
    {"years shared", "en",
     "They were given terms of 15 and 20 years.",
     "[15] 15 duration a of terms; [20 years] 20 duration a"},
    {"a day and a month in digits", "fr",
     "Il s'est évadé le 03/08 de la ville.",
     ""},
    {"tonnes of carbon dioxide", "es",
     "Las emisiones son 2,48 tCO2e por persona.",
     "[2,48 tCO2e] 2.48 measure t{CO2eq} of emisiones"},
    {"a rate", "en",
     "Up to 10,000 children per month crossed.",
     "[Up to 10,000 children per month] 10000 rate 1/mo at_most of children"},
    {"a rate per so many", "en",
     "The city has a rate of 171 per 100,000 inhabitants per annum.",
     "[171 per 100,000 inhabitants per annum] 171 rate 1/100000/a of rate"},
    {"a rate whose time stands later", "en",
     "Three to five drivers are murdered each month.",
     "[Three to five drivers] 3..5 rate 1/mo between of drivers"},
    {"percentages", "en",
     "None of the states raises revenues in excess of 20 per cent of GDP.",
     "[in excess of 20 per cent] 20 percent percent at_most of GDP"},
    {"percentage points", "en",
     "Poverty fell by 3 percentage points.",
     "[3 percentage points] 3 percent [pp] of Poverty"},
    {"a rate's base with decimals", "en",
     "They found 12 cases per 2.5 inhabitants.",
     "[12 cases per 2.5 inhabitants] 12 rate 1/2.5 of cases"},
    {"a range of two numbers with two readings each", "es",
     "Cuesta entre 1.250 y 1.300 pesos.",
     "[entre 1.250 y 1.300 pesos] 1250..1300?1.25 money [peso] between of Cuesta"},
    {"per cent of a number of things", "en",
     "Only 26 per cent of 121 countries report.",
     "[Only 26 per cent] 26 percent percent of 121 countries; [121 countries] 121 count of countries"},
    {"money", "en",
     "They paid up to $11,000 a head, or around $1 billion in all.",
     "[up to $11,000] 11000 money USD at_most of head; [around $1 billion] 1e+09 money USD about"},
    {"an amount said again in another currency", "en",
     "The approved budget of 4.2 trillion South Sudanese pounds (SSP) ($1.6 billion) was low.",
     "[4.2 trillion South Sudanese pounds] 4.2e+12 money SSP of approved budget; [$1.6 billion] 1.6e+09 money USD of approved budget"},
    {"the subject before its year", "en",
     "Since 2019, exports had been low. Export growth in 2024 was 3.2 per cent.",
     "[3.2 per cent] 3.2 percent percent of Export growth"},
    {"the subject before its year, in Spanish", "es",
     "El crecimiento en 2015 será de 3,6%.",
     "[3,6%] 3.6 percent percent of crecimiento"},
    {"the subject behind a date, over a comma", "en",
     "Since 1995, the share of women in parliament has doubled, from 11 per cent to 27 per cent.",
     "[11 per cent] 11 percent percent of share of women; [27 per cent] 27 percent percent of share of women"},
    {"shares in brackets behind places", "en",
     "The lethality is high in Rivas (75 per cent), Moyo (61 per cent) and Sapo (66 per cent).",
     "[75 per cent] 75 percent percent of lethality; [61 per cent] 61 percent percent of lethality; [66 per cent] 66 percent percent of lethality"},
    {"a pronoun that counts what was named", "fr",
     "Quelque 300 personnes étaient parties.| L'office des migrations en comptait 1 041.",
     "[Quelque 300 personnes] 300 count {person} about of personnes; [1 041] 1041 count {person} of personnes"},
    {"a people behind an elision", "fr",
     "Environ 40 000 d'Haïtiens sont partis.",
     "[Environ 40 000 d'Haïtiens] 40000 count {person} about of Haïtiens"},
    {"an amount said again behind a share", "en",
     "It had a deficit of 46 per cent, or $1.9 billion.",
     "[46 per cent] 46 percent percent of deficit; [$1.9 billion] 1.9e+09 money USD of deficit"},
    {"both values of a change", "en",
     "They raised the deficit from 3 per cent of GDP to 4 per cent.",
     "[3 per cent] 3 percent percent of GDP; [4 per cent] 4 percent percent of GDP"},
    {"the value before a change", "en",
     "Some 75 per cent of households went hungry, up from 69 per cent in 2023.",
     "[Some 75 per cent] 75 percent percent about of households; [69 per cent] 69 percent percent of households"},
    {"two states and their figures", "en",
     "Miners killed and injured fell by 18 per cent (635 to 519) and 41 per cent (676 to 396), respectively.",
     "[18 per cent] 18 percent percent of Miners killed; [635] 635 count {person} of Miners killed; [519] 519 count {person} of Miners killed; "
     "[41 per cent] 41 percent percent of Miners injured; [676] 676 count {person} of Miners injured; [396] 396 count {person} of Miners injured"},
    {"two shares with one noun", "en",
     "This is a 14 and 22 per cent increase in prices.",
     "[14] 14 percent percent of increase in prices; [22 per cent] 22 percent percent of increase in prices"},
    {"a comparative is nothing that is counted", "en",
     "Rents were 4 percentage points higher than before.",
     "[4 percentage points] 4 percent [pp] of Rents"},
    {"nouns that begin with a comparative", "en",
     "They fund 40 higher education institutions.",
     "[40] 40 count of higher education institutions"},
    {"those who, in a participle", "en",
     "A third of those screened were ill.",
     "[A third] 0.333333 fraction of those screened"},
    {"a multiple of a number", "en",
     "It is twelve times the 315 homes of last spring.",
     "[twelve times the] 12 multiple {times}; [315 homes] 315 count {household} of homes of last spring"},
    {"handed over", "en",
     "The men handed over 140 rifles.",
     "[140 rifles] 140 count of rifles"},
    {"numbers behind the names of places", "fr",
     "Il y a 51 malades dont Conakry 03, Kindia 30 et Kankan 16.",
     "[51 malades] 51 count {person} of malades; [03] 3 count {person} of malades; [30] 30 count {person} of malades; [16] 16 count {person} of malades"},
    {"places in brackets are not counted", "en",
     "There were 17 suspects (8 in Conakry, 2 Kindia).",
     "[17 suspects] 17 count {person} of suspects; [8] 8 count {person} of suspects; [2] 2 count {person} of suspects"},
    {"a place with a number for a name", "en",
     "The gangs of Conakry 30 and Conakry 32 fought 20 men.",
     "[20 men] 20 count {person} of men"},
    {"no address of an article", "en",
     "See 10.1016/j.ssci.2019.10 and doi:10.1000/182.",
     ""},
    {"a number word in a name", "en",
     "The Near-Zero plan and the Zero Hunger drive cost $5 in all.",
     "[$5] 5 money USD"},
    {"no age of money", "es",
     "Hay un monto no menor de 4 mil millones de dólares.",
     "[no menor de 4 mil millones de dólares] 4e+09 money USD at_least"},
    {"a share said before its verb", "es",
     "Esta reducción del 11% implica mucho.",
     "[11%] 11 percent percent of reducción"},
    {"money with a code and scale", "en",
     "It cost USD 200 and 30 MUSD, and 75 EUR million.",
     "[USD 200] 200 money USD; [30 MUSD] 3e+07 money USD; [75 EUR million] 7.5e+07 money EUR"},
    {"letters that scale, before a currency before the number", "en",
     "It cost MEUR 40, and M€ 60, and then K$3.",
     "[MEUR 40] 4e+07 money EUR; [M€ 60] 6e+07 money EUR; [K$3] 3000 money USD"},
    {"letters that scale belong to the number they are glued to", "en",
     "It cost 2kEUR 400.",
     "[2kEUR] 2000 money EUR; [400] 400 count"},
    {"a currency belongs to the number it is glued to", "en",
     "They spent 12€ 40 people came, and 2M€ 30 people left.",
     "[12€] 12 money EUR; [40 people] 40 count {person} of people; [2M€] 2e+06 money EUR; [30 people] 30 count {person} of people"},
    {"letters that scale between two numbers, apart from both", "en",
     "It cost 40 kEUR 300.",
     "[40 kEUR] 40000 money EUR; [kEUR 300] 300000?300 money EUR"},
    {"no cents without the word behind a scale", "en",
     "It cost 2k EUR 40.",
     "[2k EUR] 2000 money EUR; [EUR 40] 40 money EUR"},
    {"cents", "en",
     "It costs 3 dollars and 50 cents.",
     "[3 dollars and 50 cents] 3.5 money USD"},
    {"cents that nobody names are marked", "en",
     "It costs 15 dollars 50.",
     "[15 dollars 50] 15.5?15 money USD"},
    {"a fraction", "en",
     "One in five residents was robbed.",
     "[One in five] 0.2 fraction of residents"},
    {"a year is no whole", "en",
     "The price rose from 85 in 2022 to 88 in 2024.",
     "[85] 85 count of price; [88] 88 count of price"},
    {"a part of a few", "en",
     "Five of 32 detainees left; 9 of 10 stayed.",
     "[Five] 5 count {person} of detainees; [32 detainees] 32 count {person} of detainees; [9 of 10] 0.9 fraction"},
    {"multiples", "en",
     "It is four to five times higher than in 2014.",
     "[four to five times higher] 4..5 multiple {times} between"},
    {"ranks", "en",
     "Chile is in 2nd place, Peru 6th and Bolivia 11th.",
     "[2nd place] 2 rank of Chile; [6th] 6 rank; [11th] 11 rank"},
    {"ages", "en",
     "The shelter takes youths aged between 12 and 17, and children under 5.",
     "[aged between 12 and 17] 12..17 age a between of youths; [under 5] 5 age a less_than of children"},
    {"a duration over a broken hyphen", "en",
     "within a 60 -day period",
     "[60 -day] 60 duration d of period"},
    {"feet and inches", "en",
     "He is 5 feet 2 inches tall.",
     "[5 feet 2 inches] 5.16667 distance [ft_i]"},
    {"a unit shared by two numbers", "en",
     "A 7- or 8-inch screen; 15 and 20 per cent of them.",
     "[7] 7 distance [in_i]; [8-inch] 8 distance [in_i] of screen; [15] 15 percent percent; [20 per cent] 20 percent percent"},
    {"no range over a change", "en",
     "Shares rose 8 per cent to 99 yuan.",
     "[8 per cent] 8 percent percent of Shares; [99 yuan] 99 money CNY"},
    {"no range downwards", "en",
     "They went from 16 to 12 people.",
     "[16] 16 count {person} of people; [12 people] 12 count {person} of people"},
    {"bounds", "en",
     "more than 20 and less than 30 families",
     "[more than 20 and less than 30 families] 20..30 count {household} between of families"},
    {"document numbers", "en",
     "Resolution 2719 (2023) and document S/2025/153, paragraph 14, page 12.",
     ""},
    {"targets and lists", "en",
     "Target 4.2 and indicator 5.a.2 hold.",
     ""},
    {"dates and times", "en",
     "On 28 April 2014, at 11 a.m., 12 men left; until 10:30 they walked.",
     "[12 men] 12 count {person} of men"},
    {"names", "en",
     "The gang MS-13 and the iPhone 11 cost Section 427 nothing.",
     ""},
    {"a standard and a score", "en",
     "It met ISO 3888-2 and beat the others 2-1 on Sunday.",
     ""},
    {"phones, addresses and coordinates", "en",
     "Call +1 202 555 0143, see https://example.org/a/2014/12 or 14° 30′ N.",
     ""},
    {"pronouns", "en",
     "No one saw one another at one point.",
     ""},
    {"one of the", "en",
     "One of the men spoke of three structural challenges.",
     "[One] 1 count {person} minor of men spoke; [three] 3 count minor of structural challenges"},
    {"a compound", "en",
     "a six-speed, four-door car for ten-person crews",
     "[ten] 10 count of person crews"},
    {"codes", "en",
     "25-03537 of 2503 pages",
     "[2503 pages] 2503 count of pages"},
    {"ticks of a chart", "en",
     "400 350 300 250 200 150 100 50 0",
     "[400] 400 count minor; [350] 350 count minor; [300] 300 count minor; [250] 250 count minor; [200] 200 count minor; [150] 150 count minor; [100] 100 count minor; [50] 50 count minor; [0] 0 count minor"},
    {"a label", "en",
     "Damaged houses/shelter 91,808",
     "[91,808] 91808 count {household} of Damaged houses/shelter"},
    {"thousands, said vaguely", "en",
     "Thousands of people fled.",
     "[Thousands] 1000..10000 count {person} between minor of people"},
    {"recuento", "es",
     "Unas 250 familias huyeron y al menos 41 personas murieron.",
     "[Unas 250 familias] 250 count {household} about of familias; [al menos 41 personas] 41 count {person} at_least of personas"},
    {"thousands beside decimals are marked", "es",
     "Hubo 16.975 personas y un nivel de 12.5 metros; 11.5 metros antes.",
     "[16.975 personas] 16975 count {person} of personas; [12.5 metros] 12.5 distance m of nivel; [11.5 metros] 11.5 distance m"},
    {"millions and a half in Spanish", "es",
     "Cerca de dos millones y medio de migrantes llegaron.",
     "[Cerca de dos millones y medio] 2.5e+06 count {person} about of migrantes"},
    {"one in five in Spanish", "es",
     "Una de cada cinco mujeres lo sufrió.",
     "[Una de cada cinco] 0.2 fraction of mujeres"},
    {"a rate in Spanish", "es",
     "La tasa es de 42 homicidios por cada 100.000 habitantes.",
     "[42 homicidios por cada 100.000 habitantes] 42 rate 1/100000 of homicidios"},
    {"a range in Spanish", "es",
     "Entre 11 y 36 hogares perdieron de 400 a 600 dólares.",
     "[Entre 11 y 36 hogares] 11..36 count {household} between of hogares; [400 a 600 dólares] 400..600 money USD between"},
    {"percentages in Spanish", "es",
     "El setenta y nueve por ciento no supera el 20 por ciento.",
     "[setenta y nueve por ciento] 79 percent percent; [no supera el 20 por ciento] 20 percent percent at_most"},
    {"a change in Spanish", "es",
     "Los casos pasaron de 1.200 a 1.900 casos este año.",
     "[1.200] 1200?1.2 count of casos; [1.900 casos] 1900?1.9 count of casos"},
    {"articles in Spanish", "es",
     "Una mujer vendía pan en una casa; una persona murió.",
     "[una persona] 1 count {person} of persona"},
    {"dates in Spanish", "es",
     "El 28 de abril de 2014 y a las 7 de la mañana, según la Ley 1448 de 2011, artículo 14.",
     ""},
    {"a year before a verb", "es",
     "En 2025 ha llovido 30 ha.",
     "[30 ha] 30 area har"},
    {"homes are no persons", "es",
     "Se reportan 1.670 viviendas afectadas y 30 mil personas evacuadas.",
     "[1.670] 1670 count {household} of viviendas afectadas; [30 mil] 30000 count {person} of personas evacuadas"},
    {"ages in Spanish", "es",
     "Los jóvenes de entre 15 y 24 años y los menores de 18 años.",
     "[entre 15 y 24 años] 15..24 age a between of jóvenes; [menores de 18 años] 18 age a less_than"},
    {"a count of a whole in Spanish", "es",
     "Afectó a once de los dieciséis municipios.",
     "[once] 11 count of municipios; [dieciséis municipios] 16 count of municipios"},
    {"compte", "fr",
     "Quelque 250 familles ont fui et au moins 41 personnes sont mortes.",
     "[Quelque 250 familles] 250 count {household} about of familles; [au moins 41 personnes] 41 count {person} at_least of personnes"},
    {"elided words", "fr",
     "Le retour d'environ 3 000 déplacés et de plus d'un million d'habitants.",
     "[environ 3 000 déplacés] 3000 count {person} about of déplacés; [plus d'un million] 1e+06 count {person} more_than of habitants"},
    {"said twice", "fr",
     "Vingt-trois (23) nouveaux cas ont été signalés.",
     "[Vingt-trois (23)] 23 count of nouveaux cas"},
    {"one in four in French", "fr",
     "Un enfant sur quatre ne va plus à l'école.",
     "[Un enfant sur quatre] 0.25 fraction of enfant"},
    {"a rate in French", "fr",
     "On compte 16 personnes par jour et 42 morts pour 100 000 habitants.",
     "[16 personnes par jour] 16 rate 1/d of personnes; [42 morts pour 100 000 habitants] 42 rate 1/100000 of morts"},
    {"a range in French", "fr",
     "Entre 11 et 36 ménages ont perdu de 400 à 600 euros.",
     "[Entre 11 et 36 ménages] 11..36 count {household} between of ménages; [400 à 600 euros] 400..600 money EUR between"},
    {"a change in French", "fr",
     "Les cas sont passés de 1 200 à 1 900.",
     "[1 200] 1200 count of cas; [1 900] 1900 count of cas"},
    {"dates in French", "fr",
     "Le 28 avril 2014 et le 10 sept 2014, à 7 heures, l'article 14 de la loi.",
     ""},
    {"padded counts", "fr",
     "05 nouveaux cas dont 02 décès.",
     "[05] 5 count of nouveaux cas; [02 décès] 2 count {person} of décès"},
    {"scaled euros", "fr",
     "Le projet coûte 12 M€ et 3 Md€.",
     "[12 M€] 1.2e+07 money EUR; [3 Md€] 3e+09 money EUR"},
    {"elided without the place", "en",
     "It found 281,400 displaced people in Mexico, 248,500 in Guatemala.",
     "[281,400] 281400 count {person} of displaced people in Mexico; [248,500] 248500 count {person} of displaced people"},
    {"a margin in brackets", "en",
     "The rate was 57 per cent (41–75 per cent).",
     "[57 per cent] 57 percent percent of rate; [41–75 per cent] 41..75 percent percent between minor of rate"},
    {"ages", "en",
     "Malaria killed children younger than five.",
     "[younger than five] 5 age a less_than of children"},
    {"a share of a measured whole", "en",
     "An estimated 343 ha (34 per cent of the 995-ha coastal zone) were lost.",
     "[An estimated 343 ha] 343 area har about; [34 per cent] 34 percent percent of coastal zone; [995-ha] 995 area har of coastal zone"},
    {"an amount and a verb", "en",
     "In all $1.3 million awarded to the clinics was spent.",
     "[$1.3 million] 1.3e+06 money USD"},
    {"numbered places", "en",
     "Camp 12 burned down and Block 4 holds 300 people.",
     "[300 people] 300 count {person} of people"},
    {"numbered places in Spanish", "es",
     "El Albergue 3 tiene 40 familias y la Comuna 13 ninguna.",
     "[40 familias] 40 count {household} of familias"},
    {"numbered places in French", "fr",
     "L'Abri 3 compte 40 familles et le Bloc 4 est vide.",
     "[40 familles] 40 count {household} of familles"},
    {"a numbered section", "en",
     "3.1 Contribution of the plan",
     ""},
    {"a number that begins a name", "en",
     "The 10-Year Framework has 50-dinar notes.",
     "[50-dinar] 50 money [dinar] of notes"},
    {"a share of a share", "en",
     "What reached the poorest 20 per cent of the population ranged from 10 to 39 per cent.",
     "[20 per cent] 20 percent percent of population; [10 to 39 per cent] 10..39 percent percent between of population"},
    {"a year before a noun of one", "en",
     "The 2023 household survey took months.",
     ""},
    {"an article before a number", "es",
     "La cobertura llega hasta un 90% y baja entre un 5,7% y un 6,8%.",
     "[hasta un 90%] 90 percent percent at_most; [entre un 5,7% y un 6,8%] 5.7..6.8 percent percent between"},
    {"articles in French", "fr",
     "Une femme vendait du pain; une personne est morte.",
     "[une personne] 1 count {person} of personne"},
};

static void test_row(void **state)
{
    const struct figure_row *row = *state;
    assert_figures(row->language, row->text, row->expected);
}

static int set_up(void **state)
{
    (void)state;
    return extractor_new(NULL, &extractor, NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    extractor_free(extractor);
    return 0;
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(rows)];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
