/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_OCR_H
#define CITABLE_INGEST_OCR_H

#include "ingest/layout/layout.h"

#include <poppler.h>

/* Character recognition of PDF pages through Tesseract, one for each document. Without Tesseract, or without a language it knows, there is none. */
struct ocr;

/* Nothing is loaded before the first page. lang: ISO 639-1, or NULL: what Tesseract has of English, Spanish and French, together, until the first page
 * tells which of them it is. */
struct ocr *ocr_new(const char *lang);
void ocr_free(struct ocr *ocr);

/* Draws the page, reads it and adds its characters to the sheet, which gets PAGE_OCR; characters of words that Tesseract is not sure of get
 * GLYPH_UNSURE. False where no recognition is to be had, or nothing was recognised: the sheet is as it was. */
bool ocr_page(struct ocr *ocr, PopplerPage *page, struct layout *layout, struct sheet *sheet);

#endif
