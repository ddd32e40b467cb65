/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INGEST_CHARSET_GUESS_H
#define CITABLE_INGEST_CHARSET_GUESS_H

#include "base/slice.h"

/*  The charset of text that is not UTF-8: what ICU's detector takes it for, unless that makes text that nobody writes and another charset does not.
 *
 *    Espa\x96a    windows-1252: Espa–a    macintosh: España
 *    seg\xA3n     windows-1252: seg£n     IBM850: según
 *    os\xF3b wed  Big5: os鏏 wed           windows-1250: osób wed
 *
 *  ICU knows neither the Mac's charset nor DOS's, and takes Polish for Chinese. declared: or NULL. Static or interned; never NULL. */
const char *charset_guess(struct slice bytes, const char *declared);

#endif
