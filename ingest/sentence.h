/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_SENTENCE_H
#define CITABLE_INGEST_SENTENCE_H

#include "ingest/document.h"

/*  Parts every passage of a document into sentences (doc->sentences; those of before are forgotten).
 *
 *  ICU's rules find where a sentence may end (Unicode Standard Annex 29); what follows a stop there without ending a sentence is ours, per language:
 *  abbreviations and titles ("Dr. Pérez", "p. ej."), what counts before a number ("No. 5", "para. 12", "art. 3"), initials ("J. M. Santos"),
 *  acronyms with stops ("the U.S. Congress"), item numbers ("1. The"), quotations that go on in lower case (“Why?” he asked).
 *  CLDR's own suppressions (@ss=standard) are left out: they hold "is.", "All." and "etc." together with the sentence after them.
 *  A heading or a table row is one sentence.
 *  A sentence longer than LIMIT_SENTENCE_BYTES is cut at its last semicolon, colon, comma or white space before that, not next to a number where it can be helped,
 *  and inside a word only where that alone is longer. Sentences never overlap, and nothing but white space of a passage stands outside them.
 *
 *  language: ISO 639-1; an unknown one has no abbreviations but those of all languages. */
void sentences_find(struct document *doc, const char *language);

#endif
