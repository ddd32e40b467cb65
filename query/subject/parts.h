/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_SUBJECT_PARTS_H
#define CITABLE_QUERY_SUBJECT_PARTS_H

#include "query/subject/subject.h"

/* Inside the subject_*.c files only: what reading a question and reading a claim share. */

/* An empty subject of that text. */
struct subject *subject_new(const char *language, struct slice text);

/* The unit that begins at term i: the longest phrase with a name that touches nothing of `skip` (struct span, bytes of the text), else the word alone. */
struct unit unit_at(const struct lexis *lexis, const struct words *words, uint32_t i, const GArray *skip);

/* Adds the units of a text; terms inside `skip` are left out. scale: what each term is worth, or NULL; all: what all of them are. */
void add_units(struct subject *subject, const struct words *words, const GArray *skip, const double *scale, double all);

/* Adds a place, once; `printed`: the name whose other senses the subject may mean as well, or an empty slice. */
void add_place(struct subject *subject, const struct figure_place *place, struct slice printed);

/* A place that holds another one of the subject says nothing more: "Cabo Delgado, Mozambique". */
void keep_innermost(struct subject *subject);

/* Notes the words of the text that say its period; span in bytes of the text. */
void note_dated(struct subject *subject, struct span span);

/* Notes the months that the text names, where nothing says the year. */
void note_months(struct subject *subject);

/* Notes whether what is counted is people and no more. */
void note_people(struct subject *subject);

bool in_spans(const GArray *spans, uint32_t start, uint32_t end);

#endif
