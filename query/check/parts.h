/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_CHECK_PARTS_H
#define CITABLE_QUERY_CHECK_PARTS_H

#include "query/check/check.h"

/* Inside query/check/ only. A claim is weighed against the figures of the evidence (weigh.c; why one is of something else: other.c), one of them decides (decide.c), says
 * the verdict (verdict.c), and of the statements that say the same one is cited (source.c). Claims of one sentence tell of one another (company.c). */

/* A figure of the evidence beside a claim. */
struct weighed {
    const struct agreement *agreement; /* NULL: none */
    enum value_match value;
    enum flow flow;
    bool other;                        /* it counts something else */
};

/* The best figures that say the very number, that say it rounded, that say another one, and whose number looks like a slip. */
struct evidence {
    struct weighed exact, rounded, other, kin;
    struct weighed rejected; /* says the number, but a person rejected it */
};

struct evidence weigh(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const struct answer *before);

/* One figure of the evidence beside the claim. */
struct weighed weighed_of(const struct agreement *agreement, const struct subject *claim, const struct quantity *quantity);

/* Why the figure is not the claim's: who says it, who acted, what was done, what is counted, which part; or NULL. The caller frees it. */
char *other_thing(const struct agreement *agreement, const struct subject *claim);
bool is_other_thing(const struct agreement *agreement, const struct subject *claim);

enum flow source_flow(const struct agreement *agreement);

/* The numbers alone, whatever the qualifiers. */
bool same_value(const struct quantity *a, const struct quantity *b);

/* before: what decided on the claim before this one, or NULL. `*by`: what the verdict stands on, or NULL; `*rather`: the figure that the draft's words fit
 * better, or NULL. */
enum verdict decide(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before, const struct weighed **by,
                    const struct agreement **rather);

/* The figure that would have said what the claim says, had nobody rejected it; NULL: there is none. */
const struct agreement *rejected_statement(const struct evidence *evidence, const struct subject *claim, const struct quantity *quantity, const struct answer *before);

/* Another claim of the same sentence of the draft, and the figure that says the same. */
struct companion {
    struct quantity claim;
    const struct answer *answer;
};

/* Where the evidence says in one sentence what the company (GArray of struct companion) says: the figure there that the claim should have said. */
bool odd_one_out(const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const GArray *company, struct weighed *ret);

/* A share of one or two digits that another sentence happens to say, where the figure that the claim should have said is at least as near. */
bool strays(const struct weighed *same, const struct weighed *odd, const struct quantity *quantity, const GArray *company);

bool said_by_company(const GArray *company, const struct figure_row *figure);

/* The figure of the same sentence that the draft's words fit better, though the claim has the number of the other one; NULL: there is none. */
const struct agreement *better_neighbour(const struct weighed *same, const GArray *agreements, const struct subject *claim, const struct quantity *quantity, const GArray *company);

/* Is each of them a country, and is there any? */
bool are_countries(const struct figure_place *places, uint32_t n);

/* A share of what the claim before it counts, where the sentence of the evidence has another share for that, nearer to it: "2,010 staff (26 per cent of them women),
 * of them 249 volunteers (47 per cent of them women)". The share that stands nearer; NULL: there is none. */
const struct agreement *nearer_share(const struct weighed *same, const GArray *agreements, const GArray *company);

/* How the figure's place and period stand to the claim's; RELATION_UNKNOWN where its record is not sure. */
enum relation sure_place(const struct agreement *agreement, const struct subject *claim);
enum relation sure_period(const struct agreement *agreement, const struct subject *claim);

/* Is the figure what another one of its sentence is measured against, with a time of its own, where the claim tells of now? "91 countries, up from 63 in 2022" */
bool tells_of_before(const struct agreement *agreement, const struct subject *claim);

/* The verdict that one figure gives. */
enum verdict verdict_by(const struct weighed *weighed, const struct subject *claim);

/* Of the statements that say what the figure that decides says, the one to cite. `*restated`: agreements that `ret` may stand on; the caller unrefs it.
 * Errors: STORE. */
bool cited_statement(struct pool *pool, const struct weighed *best, const GPtrArray *candidates, const GArray *agreements, const struct subject *claim, const struct quantity *quantity,
                     GArray **restated, struct weighed *ret, GError **error);

/* A finding of the draft at that span, without a verdict; sentence: an index, or NONE. */
struct finding *finding_new(const struct document *draft, struct span span, uint32_t sentence);

/* Adds the numbers of the draft that nobody accounted for. */
void add_unread(const struct document *draft, const struct mentions *mentions, const GArray *trace, GPtrArray *findings);

#endif
