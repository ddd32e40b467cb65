/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_PDF_TOKENS_H
#define CITABLE_INGEST_PDF_TOKENS_H

/*  A page's content is numbers, strings, names and operators. Poppler reads them a byte at a time, three calls deep, and looks for each operator's name by
 *  seven comparisons. The functions below have the names of libpoppler's and stand before them, as the program's own symbols: where the bytes lie in
 *  memory (ingest/pdf/streams.h), the next token is read from there.
 *
 *      Poppler ──Lexer::getObj──▶ here: a plain token, with its end in sight? ── yes ──▶ read in place
 *                                                                             └─ no ───▶ libpoppler's getObj, from where it began
 *
 *  What is read is the same to the bit; anything that Poppler would warn of, and any token at the end of a stream, is left to Poppler. */

/* From begin to end they do so, and what they make is freed as ingest/pdf/objects.h says. */
void tokens_begin(void);
void tokens_end(void);

#ifdef CITABLE_POPPLER
/* Object Lexer::getObj(int object); `ret` is where it returns it. */
void *tokens_next(void *ret, void *lexer, int object) __asm__("_ZN5Lexer6getObjEi");

/* Operator *Gfx::findOp(const char *name); one that is found is found at once the next time. */
const void *tokens_find_operator(void *gfx, const char *name) __asm__("_ZN3Gfx6findOpEPKc");
#endif

#endif
