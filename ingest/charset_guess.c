/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/charset_guess.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/uscript.h>

enum {
    SAMPLE_BYTES = 32 * 1024, /* looked at */
    CONFIDENCE = 30,          /* per cent; below, windows-1252 is as likely as what ICU says */
    CANDIDATES = 16,
    AROUND = 24,              /* bytes on either side of a byte beyond ASCII that go into the sample with it, */
    LINE = 2048,              /* and what follows up to a space or a line end, so that no character is cut */
};

/* Tried besides what ICU proposes, in this order. */
static const char *const usual[] = {"windows-1252", "ISO-8859-15", "macintosh", "IBM850"};

/* The bytes beyond ASCII of the whole text, each with what stands around it: a long text may have its first one late. The caller frees it. */
static GString *sample_of(struct slice bytes)
{
    GString *sample = g_string_sized_new(SAMPLE_BYTES);
    size_t done = 0;
    for (size_t at = 0; at < bytes.len && sample->len < SAMPLE_BYTES; at++) {
        if ((unsigned char)bytes.ptr[at] < 0x80 || at < done)
            continue;
        size_t start = at, end = at;
        while (start > done && at - start < AROUND && bytes.ptr[start - 1] != '\n') /* what stands before it is ASCII */
            start--;
        while (end < bytes.len && end - at < LINE && (unsigned char)bytes.ptr[end] != '\n' && !(end - at > AROUND && bytes.ptr[end] == ' '))
            end++;
        if (start > done)
            g_string_append_c(sample, '\n');
        g_string_append_len(sample, bytes.ptr + start, (gssize)(end - start));
        done = end;
    }
    return sample;
}

static bool is_eastern(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &status);
    return script == USCRIPT_HAN || script == USCRIPT_HANGUL || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

static bool is_latin(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    return u_isalpha(c) && uscript_getScript(c, &status) == USCRIPT_LATIN;
}

/* How odd a character beyond ASCII is between these two; 0: text has it. */
static unsigned oddness(UChar32 before, UChar32 c, UChar32 after)
{
    bool inside = u_isalpha(before) && u_isalpha(after) && !is_eastern(before) && !is_eastern(after);
    if (c == 0xFFFD || (c >= 0x80 && c < 0xA0))
        return 8;
    if (c == 0xA4) /* the sign that ISO-8859-15 gave up for the euro */
        return 3;
    if (is_eastern(c))
        return is_latin(before) || is_latin(after) ? 2 : 0;
    if (u_isalpha(c))
        return u_isupper(c) && u_islower(before) ? 2 : 0;
    if (c == 0x2019 || c == 0x2018 || c == 0xAD || c == 0x2010 || c == 0x2011 || c == 0x2014 || (c == 0xB7 && u_tolower(before) == 'l' && u_tolower(after) == 'l'))
        return 0;
    if (c == 0x2013)
        return u_islower(before) && u_islower(after) ? 1 : 0;
    if (c >= 0x2500 && c < 0x2600) /* frames of DOS tables */
        return 2;
    return inside ? 2 : 0;
}

/* How odd the sample is, read in a charset; UINT_MAX: ICU does not know it. */
static unsigned oddness_in(const char *charset, const GString *sample, UChar *units)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset, &status);
    int32_t len = U_SUCCESS(status) ? ucnv_toUChars(converter, units, 2 * SAMPLE_BYTES, sample->str, (int32_t)sample->len, &status) : 0;
    if (converter)
        ucnv_close(converter);
    if (U_FAILURE(status))
        return UINT_MAX;
    unsigned sum = 0;
    for (int32_t i = 0; i < len; i++)
        if (units[i] >= 0x80)
            sum += oddness(i > 0 ? units[i - 1] : ' ', units[i], i + 1 < len ? units[i + 1] : ' ');
    return sum;
}

static void add(const char *names[CANDIDATES], size_t *count, const char *name)
{
    if (g_ascii_strcasecmp(name, "ISO-8859-1") == 0) /* a subset, and what is meant by it */
        name = "windows-1252";
    bool wide = g_ascii_strncasecmp(name, "utf", 3) == 0 || g_ascii_strncasecmp(name, "ucs", 3) == 0; /* the bytes are none of these */
    for (size_t i = 0; i < *count; i++)
        wide |= strcmp(names[i], name) == 0;
    if (!wide && *count < CANDIDATES)
        names[(*count)++] = g_intern_string(name);
}

/* ICU's matches, the surest first, then the usual ones. */
static size_t candidates(struct slice bytes, const char *declared, const char *names[CANDIDATES])
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, bytes.ptr, (int32_t)MIN(bytes.len, SAMPLE_BYTES), &status);
    if (declared)
        ucsdet_setDeclaredEncoding(detector, declared, -1, &status);
    int32_t matches = 0;
    const UCharsetMatch **all = ucsdet_detectAll(detector, &matches, &status);
    g_assert(status != U_MEMORY_ALLOCATION_ERROR); /* not another charset than it is taken for else */
    size_t count = 0;
    for (int32_t i = 0; U_SUCCESS(status) && all && i < matches && count < CANDIDATES - G_N_ELEMENTS(usual); i++) {
        if (i == 0 && ucsdet_getConfidence(all[i], &status) < CONFIDENCE)
            add(names, &count, "windows-1252");
        add(names, &count, ucsdet_getName(all[i], &status));
    }
    ucsdet_close(detector);
    for (size_t i = 0; i < G_N_ELEMENTS(usual); i++)
        add(names, &count, usual[i]);
    return count;
}

const char *charset_guess(struct slice bytes, const char *declared)
{
    const char *names[CANDIDATES], *best;
    size_t count = candidates(bytes, declared, names);
    g_autoptr(GString) sample = sample_of(bytes);
    UChar *units = g_new(UChar, 2 * SAMPLE_BYTES);
    unsigned least = oddness_in(names[0], sample, units);
    best = names[0];
    for (size_t i = 1; i < count && least > 0; i++) {
        unsigned odd = oddness_in(names[i], sample, units);
        if (odd < least / 2 || (odd == 0 && least > 1)) {
            least = odd;
            best = names[i];
        }
    }
    g_free(units);
    return best;
}
