/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_KNOWN_H
#define CITABLE_INDEX_KNOWN_H

#include "index/words.h"

/* Inside index/ only: what a document says that is written once for many (index/words.h), asked for once a document: its strings are kept once, so that equal ones are one
 * pointer, and what was asked before is found by the address. */
struct known;

struct known *known_new(struct store *store);
void known_free(struct known *known);

/* As word_id and its like; strings are the document's. unit_text of a form is anybody's; strings of a name may be NULL. */
bool known_word_id(struct known *known, const char *text, uint32_t *ret, GError **error);
bool known_period_id(struct known *known, const char *edtf, struct written_period *ret, GError **error);
bool known_form_id(struct known *known, const struct form *form, uint32_t *ret, GError **error);
bool known_name_id(struct known *known, const struct name *name, uint32_t *ret, GError **error);

#endif
