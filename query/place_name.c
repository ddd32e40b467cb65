/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/place_name.h"

#include "extract/gazetteer.h"
#include "extract/token.h"
#include "query/match.h"

enum { NAME_WORDS = 5 };

/* What a run of words names. */
enum naming { NAMES_NONE, NAMES_ANOTHER, NAMES_IT };

static enum naming naming_of(const char *name, const struct figure_place *place)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    const struct gazetteer_sense *senses = slot ? gazetteer_senses(g, slot) : NULL;
    enum naming naming = NAMES_NONE;
    for (uint32_t s = 0; slot && s < slot->count; s++) {
        if (senses[s].flags & SENSE_ACTOR)
            continue;
        const struct gazetteer_place *known = gazetteer_place(g, senses[s].record);
        struct figure_place other = {.name = gazetteer_string(g, known->name), .iso = known->iso[0] ? known->iso : NULL, .geonames = known->geonames};
        if (place_relation(place, &other) == RELATION_SAME)
            return NAMES_IT;
        naming = NAMES_ANOTHER;
    }
    return g_ascii_strcasecmp(name, place->name) == 0 ? NAMES_IT : naming;
}

/* How many words the longest name has that begins with the first word of a text; 0: none does. */
static uint32_t longest_name(const char *text, size_t len)
{
    size_t word = 0;
    while (word < len && !strchr(" -.", text[word]))
        word++;
    uint32_t lengths = gazetteer_start(gazetteer_get(), token_hash(slice_make(text, word)))->lengths;
    return lengths ? 32 - (uint32_t)__builtin_clz(lengths) : 0;
}

/* "Côtes d’Armor": two words of a name, three of a text that is read as French, and printed with either sign. */
static bool has_apostrophe(const char *text, size_t len)
{
    return memchr(text, '\'', len) != NULL || g_strstr_len(text, (gssize)len, "’") != NULL;
}

uint32_t place_name_at(const char *text, const struct words *words, uint32_t i, const struct figure_place *place, bool *same)
{
    const struct term *terms = (const struct term *)(void *)words->terms->data;
    if (!(terms[i].flags & TERM_CAPITAL))
        return 0;
    uint32_t most = 1; /* a name ends with a capital, and no comma stands in it: most runs of words are none */
    while (most < NAME_WORDS && i + most < words->terms->len && !(terms[i + most].flags & (TERM_BREAK | TERM_STOPPED)))
        most++;
    size_t wanted = strlen(place->name);
    uint32_t longest = longest_name(text + terms[i].start, terms[i + most - 1].end - terms[i].start);
    for (uint32_t n = most; n > 0; n--) {
        size_t len = terms[i + n - 1].end - terms[i].start;
        if (!(terms[i + n - 1].flags & TERM_CAPITAL) || (n > longest && len != wanted && !has_apostrophe(text + terms[i].start, len)))
            continue;
        g_autofree char *name = g_strndup(text + terms[i].start, len);
        enum naming naming = naming_of(name, place);
        if (naming == NAMES_NONE)
            continue;
        *same = naming == NAMES_IT;
        return n;
    }
    return 0;
}

bool names_place(const char *text, const struct words *words, struct span terms, const struct figure_place *place)
{
    for (uint32_t i = terms.start; words && i < MIN(terms.end, words->terms->len);) {
        bool same;
        uint32_t n = place_name_at(text, words, i, place, &same);
        if (n > 0 && same)
            return true;
        i += MAX(n, 1);
    }
    return false;
}
