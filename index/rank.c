/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/rank.h"

#include "index/lengths.h"

#include <math.h>

/* BM25's usual constants (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009). */
static const double K1 = 1.2, B = 0.75, SHORT = 0.6;

/* How much a find in each zone is worth beside one in running text. */
static const double zone_weight[] = {
    [ZONE_BODY] = 1,      [ZONE_HEADING] = 0.6, [ZONE_SUMMARY] = 1.05, [ZONE_CAPTION] = 0.8,
    [ZONE_PULLQUOTE] = 0.9, [ZONE_BOX] = 1,     [ZONE_TABLE] = 0.85,   [ZONE_NOTE] = 0.75,
};

double rank_idf(const struct ranking *ranking, double rows)
{
    return MAX(log(1 + (ranking->n - rows + 0.5) / (rows + 0.5)), 1e-6);
}

double rank_norm(const struct ranking *ranking, uint32_t tokens)
{
    double average = ranking->average, length = MAX(tokens, average * SHORT); /* a line of three words is no better than one of thirty */
    return K1 * (1 - B + B * length / average);
}

double rank_worth(const struct rank_phrase *phrase, double times, double norm)
{
    return phrase->weight * phrase->idf * times * (K1 + 1) / (times + norm);
}

double rank_zone(uint16_t word)
{
    return zone_weight[length_zone(word)];
}

double rank_zone_most(void)
{
    double most = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(zone_weight); i++)
        most = MAX(most, zone_weight[i]);
    return most;
}
