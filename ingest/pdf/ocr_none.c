/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/ocr.h"

/* In place of ocr.c where Tesseract is not installed. */

struct ocr *ocr_new(const char *lang)
{
    (void)lang;
    return NULL;
}

void ocr_free(struct ocr *ocr)
{
    (void)ocr;
}

bool ocr_page(struct ocr *ocr, PopplerPage *page, struct layout *layout, struct sheet *sheet)
{
    (void)ocr;
    (void)page;
    (void)layout;
    (void)sheet;
    return false;
}
