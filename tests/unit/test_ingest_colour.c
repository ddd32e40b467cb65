/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quiet.h"
#include "ingest/pdf/colour.h"

#include "ingest/pdf/poppler.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <dlfcn.h>
#include <string.h>

#include <cmocka.h>

enum { PAGES = 3, GREY = 128, RGB_8 = 4 << 16 | 3 << 3 | 1 }; /* TYPE_RGB_8 of lcms2.h */

/* liblcms2's own functions, whatever stands before them. */
static struct {
    void *(*gamma)(void *, double);
    void *(*rgb)(const void *white, const void *primaries, void *const curves[3]);
    int (*save)(void *, void *, uint32_t *);
    void *(*srgb)(void);
    void *(*create)(void *, uint32_t, void *, uint32_t, uint32_t, uint32_t);
    void (*transform)(void *, const void *, void *, uint32_t);
    void (*delete)(void *);
    int (*close)(void *);
    void (*free_gamma)(void *);
} lcms;

static int find_lcms(void **state)
{
    (void)state;
    void *library = dlopen("liblcms2.so.2", RTLD_NOW);
    if (!library)
        return 1;
    *(void **)&lcms.gamma = dlsym(library, "cmsBuildGamma");
    *(void **)&lcms.rgb = dlsym(library, "cmsCreateRGBProfile");
    *(void **)&lcms.save = dlsym(library, "cmsSaveProfileToMem");
    *(void **)&lcms.srgb = dlsym(library, "cmsCreate_sRGBProfile");
    *(void **)&lcms.create = dlsym(library, "cmsCreateTransform");
    *(void **)&lcms.transform = dlsym(library, "cmsDoTransform");
    *(void **)&lcms.delete = dlsym(library, "cmsDeleteTransform");
    *(void **)&lcms.close = dlsym(library, "cmsCloseProfile");
    *(void **)&lcms.free_gamma = dlsym(library, "cmsFreeToneCurve");
    return 0;
}

/* A profile whose middle grey is much lighter than sRGB's. */
static void *bright_profile(void)
{
    static const double white[] = {0.3127, 0.3290, 1}, primaries[] = {0.64, 0.33, 1, 0.30, 0.60, 1, 0.15, 0.06, 1};
    void *line = lcms.gamma(NULL, 1.0);
    void *profile = lcms.rgb(white, primaries, (void *[]){line, line, line});
    lcms.free_gamma(line);
    return profile;
}

/* What is in a file of the profile, which is closed. */
static GBytes *bytes_of(void *profile)
{
    uint32_t size = 0;
    assert_true(lcms.save(profile, NULL, &size));
    void *bytes = g_malloc(size);
    assert_true(lcms.save(profile, bytes, &size));
    lcms.close(profile);
    return g_bytes_new_take(bytes, size);
}

/* Pages that are wholly of one grey, of the profile. */
static PopplerDocument *grey_pages(GBytes *profile)
{
    GByteArray *file = g_byte_array_new();
    g_autoptr(GString) text = g_string_new("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
    for (unsigned i = 0; i < PAGES; i++)
        g_string_append_printf(text, "%u 0 R ", 5 + i);
    g_string_append_printf(text, "]/Count %u>>endobj\n", PAGES);
    for (unsigned i = 0; i < PAGES; i++)
        g_string_append_printf(text, "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 20]/Contents 4 0 R/Resources<</ColorSpace<</C [/ICCBased 3 0 R]>>>>>>endobj\n", 5 + i);
    static const char draws[] = "/C cs 0.50196 0.50196 0.50196 sc 0 0 20 20 re f";
    g_string_append_printf(text, "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n", strlen(draws), draws);
    g_string_append_printf(text, "3 0 obj<</N 3/Length %zu>>stream\n", g_bytes_get_size(profile));
    g_byte_array_append(file, (const guint8 *)text->str, (guint)text->len);
    g_byte_array_append(file, g_bytes_get_data(profile, NULL), (guint)g_bytes_get_size(profile));
    static const char end[] = "\nendstream endobj\ntrailer<</Root 1 0 R/Size 9>>\n%%EOF\n";
    g_byte_array_append(file, (const guint8 *)end, sizeof end - 1);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(file);
    quiet_begin(); /* it has no table of objects */
    PopplerDocument *pdf = poppler_open(bytes, "grey.pdf", NULL);
    quiet_end();
    assert_non_null(pdf);
    return pdf;
}

static unsigned middle_of(PopplerDocument *pdf, int number)
{
    double scale;
    PopplerPage *page = poppler_document_get_page(pdf, number);
    cairo_surface_t *picture = poppler_draw(page, 72, 100, &scale);
    cairo_surface_flush(picture);
    unsigned value = cairo_image_surface_get_data(picture)[10 * cairo_image_surface_get_stride(picture) + 40];
    cairo_surface_destroy(picture);
    g_object_unref(page);
    return value;
}

static void pages_share_what_was_made(void **state)
{
    (void)state;
    g_autoptr(GBytes) profile = bytes_of(bright_profile());
    PopplerDocument *pdf = grey_pages(profile);
    struct colour_kept before = colour_kept();
    middle_of(pdf, 0);
    struct colour_kept once = colour_kept();
    assert_true(once.profiles > before.profiles && once.transforms > before.transforms);
    for (int i = 1; i < PAGES; i++)
        middle_of(pdf, i);
    assert_int_equal(colour_kept().profiles, once.profiles);
    assert_int_equal(colour_kept().transforms, once.transforms);
    g_object_unref(pdf);
}

static void colours_stay(void **state)
{
    (void)state;
    const unsigned char in[3] = {GREY, GREY, GREY};
    unsigned char expected[3];
    void *bright = bright_profile(), *srgb = lcms.srgb(), *way = lcms.create(bright, RGB_8, srgb, RGB_8, 1, 0);
    lcms.transform(way, in, expected, 1);
    lcms.delete(way);
    lcms.close(srgb);
    assert_true(expected[0] > GREY + 40);
    g_autoptr(GBytes) profile = bytes_of(bright);
    PopplerDocument *pdf = grey_pages(profile);
    for (int i = 0; i < PAGES; i++)
        assert_in_range(middle_of(pdf, i), expected[0] - 1u, expected[0] + 1u);
    g_object_unref(pdf);
}

static void another_profile_is_another(void **state)
{
    (void)state;
    g_autoptr(GBytes) bright = bytes_of(bright_profile()), plain = bytes_of(lcms.srgb());
    PopplerDocument *one = grey_pages(bright), *other = grey_pages(plain);
    assert_true(middle_of(one, 0) > middle_of(other, 0) + 40);
    assert_in_range(middle_of(other, 1), GREY - 1, GREY + 1);
    g_object_unref(one);
    g_object_unref(other);
}

static void what_is_kept_stays_open(void **state)
{
    (void)state;
    void *profile = cmsCreate_sRGBProfile();
    void *transform = cmsCreateTransform(profile, RGB_8, profile, RGB_8, 1, 0);
    cmsDeleteTransform(transform);
    cmsCloseProfile(profile);
    assert_ptr_equal(cmsCreate_sRGBProfile(), profile);
    assert_ptr_equal(cmsCreateTransform(profile, RGB_8, profile, RGB_8, 1, 0), transform);
    assert_ptr_not_equal(cmsCreateTransform(profile, RGB_8, profile, RGB_8, 0, 0), transform);
    const unsigned char in[3] = {10, 20, 30};
    unsigned char out[3];
    lcms.transform(transform, in, out, 1);
    assert_memory_equal(in, out, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_share_what_was_made),
        cmocka_unit_test(colours_stay),
        cmocka_unit_test(another_profile_is_another),
        cmocka_unit_test(what_is_kept_stays_open),
    };
    return cmocka_run_group_tests(tests, find_lcms, NULL);
}
