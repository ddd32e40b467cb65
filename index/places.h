/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_PLACES_H
#define CITABLE_INDEX_PLACES_H

#include "extract/mention.h"

struct store;

/* The places of a figure as the evidence file holds them: [["Gaza Strip","PS",281132,0],…], name, code, GeoNames id and role; null where there is none. */

/* NULL: it has none. The caller frees it. */
char *places_write(const struct figure *figure);

/* places: struct figure_place, its strings owned by places_clear. What is no such list, or NULL, gives none. */
void places_read(const char *text, struct figure_place **ret, uint32_t *n);
void places_clear(struct figure_place *places, uint32_t n);

/* The same for the rows of a store, which keeps what it read: many figures have the same places. */
void places_recall(struct store *store, const char *text, struct figure_place **ret, uint32_t *n);

/* Registers the SQL function lies_in(places, place): one of them is that place, by its code, the code of what it lies in, or its name. */
bool places_register(struct store *store);

#endif
