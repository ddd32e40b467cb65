/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/rule_reach.h"

void rules_number_words(struct rules *rules, enum language language)
{
    const struct trigger_table *table = rules->words[language];
    rules->word_of[language] = g_new0(uint32_t, table->pairs->len + 1);
    g_array_set_size(rules->word[language], 1);
    for (uint32_t i = 0; i <= table->mask; i++)
        if (table->slots[i].count > 0) {
            struct rule_word word = {table->slots[i].first, table->slots[i].count};
            rules->word_of[language][word.first] = rules->word[language]->len;
            g_array_append_val(rules->word[language], word);
        }
}

uint32_t *rules_words(const struct rules *rules, enum language language, const GArray *hashes)
{
    const struct trigger_table *table = rules->words[language];
    uint32_t *words = g_new(uint32_t, MAX(hashes->len, 1)), n;
    for (guint i = 0; i < hashes->len; i++) {
        const uint32_t *rows = trigger_find(table, g_array_index(hashes, uint32_t, i), &n);
        words[i] = rows ? rules->word_of[language][rows - table->rows] : 0;
    }
    return words;
}

static struct rule_reach reach_of(const struct rule_start *start, uint32_t n, unsigned besides)
{
    struct rule_reach reach = {0};
    for (uint32_t i = 0; i < n; i++)
        if (besides >> start[i].beside & 1) {
            reach.behind |= start[i].second ? UINT64_C(1) << (start[i].second & 63) : UINT64_MAX;
            reach.far = MAX(reach.far, start[i].needs.n > 0 ? start[i].needs.hops[0].far : UINT32_MAX);
        }
    return reach;
}

const struct rule_reach *rules_make_reach(struct rules *rules, enum language language, unsigned besides)
{
    struct rule_reach **reach = &rules->reach[language][besides];
    const GArray *words = rules->word[language];
    *reach = g_new(struct rule_reach, words->len);
    for (guint i = 0; i < words->len; i++) {
        const struct rule_word *word = &g_array_index(words, struct rule_word, i);
        (*reach)[i] = reach_of(rules->begun[language] + word->first, word->n, besides);
    }
    return *reach;
}

void rules_make_reaches(struct rules *rules, enum language language)
{
    for (unsigned besides = 0; besides < RULE_BESIDES; besides++)
        if (besides >> BESIDE_NOTHING & 1)
            rules_make_reach(rules, language, besides);
}
