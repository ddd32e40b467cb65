/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/stemmer.h"

#include <errno.h>

struct sb_stemmer *stemmer_new(const char *language)
{
    errno = 0;
    struct sb_stemmer *stemmer = sb_stemmer_new(language, "UTF_8");
    if (!stemmer && errno == ENOMEM)
        g_error("failed to allocate a stemmer");
    return stemmer;
}

struct slice stemmer_stem(struct sb_stemmer *stemmer, struct slice word)
{
    errno = 0;
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.ptr, (int)word.len);
    if (!stem && errno == ENOMEM)
        g_error("failed to allocate a stem");
    return slice_make((const char *)stem, stem ? (size_t)sb_stemmer_length(stemmer) : 0);
}
