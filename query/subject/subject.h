/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_SUBJECT_H
#define CITABLE_QUERY_SUBJECT_H

#include "extract/pass.h"
#include "index/period.h"
#include "query/words/act.h"
#include "query/words/clause.h"
#include "query/words/counts.h"
#include "query/words/role.h"

/* What a question asks for, or a claim of a draft says, in the terms that figures are compared by: which kinds of figure, which words, where, when. */

/* A word or phrase that the passage should have. */
struct unit {
    uint32_t first, n;     /* terms of the text */
    uint32_t stem, plain;  /* of a single word; 0 for a phrase */
    uint32_t tail;         /* of a phrase's last word; 0 for a single word */
    uint32_t concepts[6];  /* that it names */
    bool narrow[6];
    uint32_t n_concepts;
    bool counted;          /* belongs to what is counted: "refugees" of "How many refugees …" */
    bool head;             /* its noun, before "of …" */
    bool group;            /* questions: of what is counted, a word for some kind of people: "refugees" (counts.h) */
    bool happened;         /* questions: a word for what happened to those who are counted: "displaced" (counts.h) */
    bool disease;          /* questions: a disease */
    bool cause;            /* questions: what brought it about: "drought" of "displaced by drought" */
    bool event;            /* what happened to the people who are counted: "died" of "How many people died …?" */
    double weight;         /* how much it says here, before how rare it is */
};

/* A name in a question that is no place: the passage of the answer says it. */
struct asked_name {
    const char *forms[3]; /* as printed, and an actor's other names; NULL = no more */
    uint32_t unit;        /* that it is, or NONE */
};

/* Which way a number moved. */
enum flow { FLOW_NONE, FLOW_UP, FLOW_DOWN };

struct subject {
    const struct lexis *lexis;
    char *language;
    char *text;
    struct words *words;        /* of text */
    GArray *units;              /* struct unit */
    GArray *numbers;            /* double: values that the text itself names; they answer nothing */
    uint32_t kinds;             /* 1 << enum figure_kind, of those that may answer; 0 = any */
    uint32_t likely;            /* of those, the kinds that its words hint at ("cost": money); 0 = none */
    const char *asked;          /* the words that told the kind ("how many"), static; NULL = none did */
    struct figure_place *places;
    uint32_t n_places;
    GArray **senses;            /* one a place: struct figure_place, other places of its name, which the question may mean as well */
    bool global;                /* it asks for the whole world */
    char *period;               /* EDTF, or NULL */
    enum scope place_scope, period_scope; /* claims: what they were read from */
    uint32_t months;            /* where there is no period: 1 << n of the months it names without a year */
    GArray *dated;              /* uint32_t: stems of the words that say the period, as printed */
    bool people;                /* what is counted is people, and no more is said of them: "How many people died …?" */
    const char *number;         /* claims: the number as printed */
    const struct figure_place *main; /* claims: where the draft as a whole is about, or NULL; borrowed */
    enum flow flow;
    const struct quantity *age; /* claims: the one age that their sentence names, "children under 5", or NULL; the mentions' */
    bool base;                  /* claims: their number is what another is measured against: "up from 63" */
    struct counts counts;       /* what the claim's number counts, or the question asks to count */
    struct acts acts;           /* claims: what their clause says was done */
    struct roles roles;         /* claims: who acted, what brought it about; of the subject's text */
    const char *said_by;        /* claims: who is credited, or NULL; the mentions' or the subject's */
    struct slot slot;           /* claims: what stands right behind their number */
    bool others;                /* claims: their sentence has other numbers */
    bool anywhere;              /* claims: their sentence names no place and no period */
    bool unplaced;              /* claims: nothing in them says where, when or whose: "Of the 12 wounded, 5 died." */
    GArray *names;              /* questions: struct asked_name */
    bool beyond;                /* questions: who, where, when or why, which no figure answers */
    bool rated;                 /* questions: it asks for a rate, or for so many a month */
    bool compared;              /* questions: it asks how many more or fewer */
    bool differs;               /* questions: it asks for a difference, or for what is measured against something ("than") */
    bool hedged;                /* claims: "estimates", "reportedly": less exact than its number looks */
    GStringChunk *strings;
};

/* Reads a question in plain words through the same readers and passes as documents. language: ISO 639-1, or NULL: told from the text.
 * Errors: QUERY (no word in it says what is asked). */
bool subject_of_question(const struct extractor *extractor, const char *question, const char *language, struct subject **ret, GError **error);

/* The sentence of a draft's figure: its own words, what it counts, its place and period; words near the figure say more than those far from it.
 * main_place: where the draft as a whole is about, for claims that name no place; or NULL. */
struct subject *subject_of_claim(const struct document *doc, const struct mentions *mentions, const struct mention *figure, const struct figure_place *main_place);

/* The country that a draft's title names, else the country that most of its places lie in; false where it has neither. */
bool main_place(const struct document *doc, const struct mentions *mentions, struct figure_place *ret);

void subject_free(struct subject *subject);

/* The kinds a figure's kind can be compared with, as a mask. */
uint32_t kinds_alike(enum figure_kind kind);

/* Which way the words beside a number say that it moved: "fell by", "12 per cent fewer", "an increase of". `at` is the term of the number,
 * `after` the one behind its unit. */
enum flow flow_at(const struct lexis *lexis, const struct words *words, uint32_t at, uint32_t after);

/* How the question was read, one constraint a line; the caller frees it. */
char *subject_explain(const struct subject *subject);

#endif
