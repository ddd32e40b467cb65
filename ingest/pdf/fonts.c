/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/fonts.h"

#include "base/quiet.h"
#include "ingest/pdf/poppler.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#ifdef CITABLE_POPPLER

enum {
    FONTS = 128,               /* of a document; a font takes up to half a megabyte, mostly twenty kilobytes */
    NUMBERED_BELOW = 100000,   /* a larger generation is no number of the file: Poppler made it up */
};

struct font {
    void *handle, *xref;
    char *tag;
    uint64_t id;
    void (*delete)(void *); /* NULL: it is in use */
};

/* Poppler's own; one for each kind of font, because which kind one is only its destructor says. */
static struct {
    void **(*make)(void **, void *, const char *, uint64_t, void *);
    void (*delete_simple)(void *);
    void (*delete_composite)(void *);
} poppler;

/* Of the one thread that reads and draws. */
static struct font fonts[FONTS];
static struct fonts_kept kept;
static bool keeping;

static void find_own(void)
{
    if (poppler.make)
        return;
    poppler_own("_ZN11Gfx8BitFontD0Ev", &poppler.delete_simple);
    poppler_own("_ZN10GfxCIDFontD0Ev", &poppler.delete_composite);
    poppler_own("_ZN7GfxFont8makeFontEP4XRefPKc3RefP4Dict", &poppler.make);
}

static struct font *find(const void *handle)
{
    for (unsigned i = 0; i < kept.fonts; i++)
        if (fonts[i].handle == handle)
            return &fonts[i];
    return NULL;
}

/* One that Poppler has let go of: two that it has at once (a page's, and that of a form on it) are two to it, whose characters it joins into no word. */
static struct font *find_made(const void *xref, const char *tag, uint64_t id)
{
    for (unsigned i = 0; i < kept.fonts; i++)
        if (fonts[i].delete && fonts[i].id == id && fonts[i].xref == xref && strcmp(fonts[i].tag, tag) == 0)
            return &fonts[i];
    return NULL;
}

/* The number stands in the lower half of a Ref, the generation in the upper one. */
void **fonts_make(void **ret, void *xref, const char *tag, uint64_t id, void *dict)
{
    find_own();
    if (!keeping || id >> 32 >= NUMBERED_BELOW)
        return poppler.make(ret, xref, tag, id, dict);
    struct font *made = find_made(xref, tag, id);
    if (made) {
        kept.again++;
        made->delete = NULL;
        *ret = made->handle;
        return ret;
    }
    poppler.make(ret, xref, tag, id, dict);
    if (*ret && kept.fonts < FONTS && !quiet_heard()) /* one that memory was missing for would spoil more than its page */
        fonts[kept.fonts++] = (struct font){*ret, xref, g_strdup(tag), id, NULL};
    return ret;
}

/* Lets go of a font: a kept one is freed later, by the destructor that it was to be freed by now. */
static void let_go(void *handle, void (*delete)(void *))
{
    struct font *font = find(handle);
    if (font)
        font->delete = delete;
    else
        delete(handle);
}

void fonts_delete_simple(void *font)
{
    find_own();
    let_go(font, poppler.delete_simple);
}

void fonts_delete_composite(void *font)
{
    find_own();
    let_go(font, poppler.delete_composite);
}

void fonts_begin(void)
{
    find_own();
    keeping = poppler.make && poppler.delete_simple && poppler.delete_composite && poppler_is_known();
}

void fonts_end(void)
{
    for (unsigned i = 0; i < kept.fonts; i++) {
        if (fonts[i].delete)
            fonts[i].delete(fonts[i].handle);
        g_free(fonts[i].tag);
    }
    keeping = false;
    kept = (struct fonts_kept){0};
}

#else

static struct fonts_kept kept;

void fonts_begin(void)
{
}

void fonts_end(void)
{
}

#endif

struct fonts_kept fonts_kept(void)
{
    return kept;
}
