/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_QUERY_PRINT_MENTION_H
#define CITABLE_QUERY_PRINT_MENTION_H

#include "extract/mention.h"

#include <jansson.h>

/* A mention as one JSON object (docs/schema.md, "mention"); the caller decrefs it. */
json_t *mention_json(const struct document *doc, const struct mention *mention);

#endif
