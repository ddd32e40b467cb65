/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_BASE_LOWER_H
#define CITABLE_BASE_LOWER_H

#include "base/slice.h"

/* A copy in lower case, NUL-terminated; the caller frees it with g_free. As GLib's, which takes long for ASCII and other Latin letters, and asks the locale of them; a
 * last character that is cut is left out. */
char *slice_lower(struct slice s);

#endif
