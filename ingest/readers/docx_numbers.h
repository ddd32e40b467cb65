/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_DOCX_NUMBERS_H
#define CITABLE_INGEST_DOCX_NUMBERS_H

#include "ingest/xml.h"

/*  The numbers that Word prints before paragraphs and headings and writes nowhere in them: "12.", "(a)", "II.", "3.2.".
 *
 *    paragraph, or its style ─numId→ num ─abstractNumId→ abstractNum { level 0 … 8: format, text ("%1.%2"), start }
 *                            ilvl                         └ counted here: all lists of one abstractNum go on with one another */
struct docx;
struct docx_numbers;

/* From the root of the numbering part; NULL = there is none. The tree may go afterwards. */
struct docx_numbers *docx_numbers_new(const xmlNode *root);
void docx_numbers_free(struct docx_numbers *numbers);

/* Counts a paragraph, and returns what is printed before it, which the caller owns; NULL: nothing, a bullet, a number in words, in a script that is not
 * known here, of a level that has not begun or beyond 32767; or a label that could be read with what follows: those alone are returned that are numbers below
 * 200 with stops between them, one letter ("p" aside) or a small Roman number, and end in "." or ")". */
char *docx_numbers_next(struct docx *docx, const xmlNode *properties);

/* A number in one of Word's formats ("lowerRoman"); NULL: in a format that is not known here, or that has no such number. The caller frees it. */
char *docx_number_text(const char *format, unsigned number);

#endif
