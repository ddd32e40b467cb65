/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_EXTRACTOR_H
#define CITABLE_EXTRACT_EXTRACTOR_H

#include "extract/pass.h"

/* What the passes share, for files inside extract/ only. */
struct extractor {
    char *version;
};

#endif
