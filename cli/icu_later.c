/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <glib.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

/*  Of the program that people call alone. ICU, with the C++ library behind it, takes as long to be loaded as all its other libraries together, and few questions need it: those
 *  with a letter that is not ASCII behind a stop. So the program has functions of ICU's names itself, which open the libraries when the first of them is called and go on there.
 *  The program with the readers is linked with ICU as usual. */

#define TEXT_OF(name) #name
#define NAME_OF(name) TEXT_OF(name)
#define SONAME(library) library ".so." NAME_OF(U_ICU_VERSION_MAJOR_NUM)

static void *open_library(const char *name)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        g_error("%s cannot be opened; install citable again", name);
    return library;
}

/* ICU itself. It never looks for the user's locale (see main.c). */
static void *icu(void)
{
    static void *library;
    if (library)
        return library;
    library = open_library(SONAME("libicuuc"));
    void (*set_default)(const char *, UErrorCode *);
    UErrorCode status = U_ZERO_ERROR;
    *(void **)&set_default = dlsym(library, NAME_OF(uloc_setDefault));
    g_assert(set_default);
    set_default("en_US_POSIX", &status);
    if (U_FAILURE(status))
        g_error("failed to allocate a locale");
    return library;
}

/* Its guesses of charsets. */
static void *icu_more(void)
{
    static void *library;
    if (!library && icu())
        library = open_library(SONAME("libicui18n"));
    return library;
}

/* A function here, with the one there that it goes on to as `there`. */
#define GO_ON(library, type, name, parameters, arguments) \
    type name parameters \
    { \
        static type(*there) parameters; \
        if (!there) \
            *(void **)&there = dlsym(library(), NAME_OF(name)); \
        g_assert(there); \
        return there arguments; \
    }

#define GO_ON_VOID(library, name, parameters, arguments) \
    void name parameters \
    { \
        static void (*there) parameters; \
        if (!there) \
            *(void **)&there = dlsym(library(), NAME_OF(name)); \
        g_assert(there); \
        there arguments; \
    }

GO_ON(icu, UConverter *, ucnv_open, (const char *name, UErrorCode *status), (name, status))
GO_ON_VOID(icu, ucnv_close, (UConverter *converter), (converter))
GO_ON(icu, int32_t, ucnv_toUChars, (UConverter *converter, UChar *to, int32_t room, const char *from, int32_t length, UErrorCode *status), (converter, to, room, from, length, status))
GO_ON_VOID(icu, ucnv_toUnicode, (UConverter *converter, UChar **to, const UChar *to_end, const char **from, const char *from_end, int32_t *offsets, UBool flush, UErrorCode *status),
           (converter, to, to_end, from, from_end, offsets, flush, status))

GO_ON(icu, int32_t, u_getIntPropertyValue, (UChar32 c, UProperty which), (c, which))
GO_ON(icu, UBool, u_isalpha, (UChar32 c), (c))
GO_ON(icu, UBool, u_islower, (UChar32 c), (c))
GO_ON(icu, UBool, u_isupper, (UChar32 c), (c))
GO_ON(icu, UChar32, u_tolower, (UChar32 c), (c))
GO_ON(icu, UScriptCode, uscript_getScript, (UChar32 c, UErrorCode *status), (c, status))

GO_ON(icu_more, UCharsetDetector *, ucsdet_open, (UErrorCode *status), (status))
GO_ON_VOID(icu_more, ucsdet_close, (UCharsetDetector *detector), (detector))
GO_ON_VOID(icu_more, ucsdet_setText, (UCharsetDetector *detector, const char *text, int32_t length, UErrorCode *status), (detector, text, length, status))
GO_ON_VOID(icu_more, ucsdet_setDeclaredEncoding, (UCharsetDetector *detector, const char *name, int32_t length, UErrorCode *status), (detector, name, length, status))
GO_ON(icu_more, const UCharsetMatch **, ucsdet_detectAll, (UCharsetDetector *detector, int32_t *n, UErrorCode *status), (detector, n, status))
GO_ON(icu_more, const char *, ucsdet_getName, (const UCharsetMatch *match, UErrorCode *status), (match, status))
GO_ON(icu_more, int32_t, ucsdet_getConfidence, (const UCharsetMatch *match, UErrorCode *status), (match, status))
