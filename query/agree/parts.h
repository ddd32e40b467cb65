/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_AGREE_PARTS_H
#define CITABLE_QUERY_AGREE_PARTS_H

#include "query/agree/agree.h"

/* Inside the agree*.c files only: one part of an agreement each. */

/* A term of a passage where a unit or a place name is met. */
struct meeting {
    uint32_t term;
    double quality;
};

/* Adds one to a GArray of struct meeting; as unit_met calls it. */
void add_meeting(void *meetings, uint32_t term, double quality);

/* What a word is worth for a figure by where it stands: right beside it 1, in its sentence at least `sentence`, else in its passage at most `passage`. */
struct locality {
    double sentence, before, passage, steep; /* before: in the sentence before it */
    double behind;                           /* what is left of it behind another figure */
};

extern const struct locality locality_word, locality_head, locality_place;

/* The best of the meetings for a figure of the candidate. */
double nearest(const struct candidate *candidate, const GArray *meetings, uint32_t figure, const struct locality *locality);

/* What is asked of one passage, found once for all of its figures. */
struct met {
    const struct subject *subject;
    const struct lexis *lexis; /* of the passage */
    const double *rarity;
    GPtrArray *units;  /* GArray of struct meeting, one a unit */
    GPtrArray *places; /* the same, one a place */
    double *outside;   /* one a unit: what heading and title give it */
    double *outside_place;
    bool *known;       /* one a term of the passage: a unit or place is met here */
};

/* Each fills its fields of an agreement with a figure. */
void agree_words(struct agreement *agreement, const struct met *met);
void agree_place(struct agreement *agreement, const struct met *met);
void agree_period(struct agreement *agreement, const struct subject *subject);

/* Where the passage names the place: GArray of struct meeting. */
GArray *place_meetings(const struct candidate *candidate, const struct figure_place *place);

#endif
