/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/colour.h"

#include <dlfcn.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* What is beyond these is made and thrown away as Poppler asks for it. */
enum {
    PROFILES = 16,
    TRANSFORMS = 64,
    PROFILE_BYTES = 4 * 1024 * 1024,
};

struct profile {
    void *handle;
    void *bytes; /* NULL: sRGB, which is made and not read */
    uint32_t size;
};

/* The way between two kept profiles, which are never closed: an address stands for one profile for ever. */
struct transform {
    void *handle;
    void *from, *to;
    uint32_t from_format, to_format, intent, flags;
};

static struct {
    void *(*open)(const void *, uint32_t);
    void *(*srgb)(void);
    int (*close)(void *);
    void *(*create)(void *, uint32_t, void *, uint32_t, uint32_t, uint32_t);
    void (*delete)(void *);
} lcms;

/* Of the one thread that reads and draws. */
static struct profile profiles[PROFILES];
static struct transform transforms[TRANSFORMS];
static struct colour_kept kept;

struct colour_kept colour_kept(void)
{
    return kept;
}

/* The next of this name: liblcms2's. NULL where Poppler is built without it, and then nobody calls what stands here. */
static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

void colour_begin(void)
{
    if (lcms.open)
        return;
    *(void **)&lcms.srgb = next("cmsCreate_sRGBProfile");
    *(void **)&lcms.close = next("cmsCloseProfile");
    *(void **)&lcms.create = next("cmsCreateTransform");
    *(void **)&lcms.delete = next("cmsDeleteTransform");
    *(void **)&lcms.open = next("cmsOpenProfileFromMem");
}

/* bytes: NULL for sRGB. */
static void *find_profile(const void *bytes, uint32_t size)
{
    for (unsigned i = 0; i < kept.profiles; i++)
        if (profiles[i].size == size && (size == 0 || memcmp(profiles[i].bytes, bytes, size) == 0))
            return profiles[i].handle;
    return NULL;
}

static void keep_profile(void *handle, const void *bytes, uint32_t size)
{
    if (handle && kept.profiles < PROFILES && size <= PROFILE_BYTES)
        profiles[kept.profiles++] = (struct profile){handle, g_memdup2(bytes, size), size};
}

static bool is_kept(const void *profile)
{
    for (unsigned i = 0; i < kept.profiles; i++)
        if (profiles[i].handle == profile)
            return true;
    return false;
}

void *cmsOpenProfileFromMem(const void *bytes, uint32_t size)
{
    colour_begin();
    if (size == 0)
        return lcms.open(bytes, size);
    void *handle = find_profile(bytes, size);
    if (!handle) {
        handle = lcms.open(bytes, size);
        keep_profile(handle, bytes, size);
    }
    return handle;
}

void *cmsCreate_sRGBProfile(void)
{
    colour_begin();
    void *handle = find_profile(NULL, 0);
    if (!handle) {
        handle = lcms.srgb();
        keep_profile(handle, NULL, 0);
    }
    return handle;
}

int cmsCloseProfile(void *profile)
{
    colour_begin();
    return is_kept(profile) ? TRUE : lcms.close(profile);
}

static bool same_way(const struct transform *a, const struct transform *b)
{
    return a->from == b->from && a->to == b->to && a->from_format == b->from_format && a->to_format == b->to_format && a->intent == b->intent && a->flags == b->flags;
}

static void *find_transform(const struct transform *asked)
{
    for (unsigned i = 0; i < kept.transforms; i++)
        if (same_way(&transforms[i], asked))
            return transforms[i].handle;
    return NULL;
}

void *cmsCreateTransform(void *from, uint32_t from_format, void *to, uint32_t to_format, uint32_t intent, uint32_t flags)
{
    colour_begin();
    struct transform asked = {NULL, from, to, from_format, to_format, intent, flags};
    void *handle = find_transform(&asked);
    if (handle)
        return handle;
    asked.handle = lcms.create(from, from_format, to, to_format, intent, flags);
    if (asked.handle && kept.transforms < TRANSFORMS && is_kept(from) && is_kept(to))
        transforms[kept.transforms++] = asked;
    return asked.handle;
}

void cmsDeleteTransform(void *transform)
{
    colour_begin();
    for (unsigned i = 0; i < kept.transforms; i++)
        if (transforms[i].handle == transform)
            return;
    lcms.delete(transform);
}
