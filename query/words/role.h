/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_ROLE_H
#define CITABLE_QUERY_ROLE_H

#include "query/words/party.h"

/* Who acted and what brought it about, as the clause of a figure says it: the subject of its verb ("gangs killed 40"), whoever stands behind "by", "attributed to",
 * "due to" ("40 were killed by gangs"), or right before a number that has no verb of its own ("drones 55 per cent, aircraft 41 per cent"; "gangs (40)"). The words are
 * words/roles.tsv. */

enum { ROLE_PARTIES = 6 };

struct roles {
    struct party parties[ROLE_PARTIES];
    uint32_t n;
    struct party speaker; /* the country that says it; its bytes are empty where none does */
    const char *text; /* borrowed; the parties' bytes are of it */
};

/* terms: the sentence's [start, end) in words, which are those of text; number: the figure's own terms. */
void roles_read(const struct lexis *lexis, const char *text, const struct words *words, struct span terms, struct span number, struct roles *ret);

/* Why the draft may not say who or what it says: "the source says “clan militia”, the draft “government forces”"; NULL where nothing speaks against it. around: every
 * party that the source's passage names (GArray of struct party); told: the source must name whom the draft names, if only somewhere: the draft says that harm was done.
 * The caller frees it. */
char *roles_differ(const struct roles *draft, const struct roles *source, const GArray *around, bool told);

/* Why one may not be credited where the other is, or NULL; the caller frees it. isos: ISO 3166 codes of the places that the figure is of (n): "according to Israel" is
 * not what a ministry in Gaza says. */
char *sources_differ(const struct lexis *lexis, const char *draft, const struct lexis *source_lexis, const char *source, const char *const *isos, uint32_t n);

#endif
