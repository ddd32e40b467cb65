/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/pdf/signs.h"

#include "base/slice.h"
#include "ingest/pdf/inflate.h"

#include <gio/gio.h>

enum {
    CHUNK = 128 * 1024,           /* bytes inflated at a time */
    KEPT = 4096,                  /* of the last ones, for words that two chunks share */
    DICTIONARY = 1024,            /* bytes before a stream that may be its dictionary */
    INFLATED_MOST = 512 * 1024 * 1024 /* of a file; what is beyond counts as every sign */
};

struct search {
    uint32_t signs;
    uint64_t inflated;
    char *chunk; /* CHUNK + KEPT bytes */
    GConverter *unzip;
};

static const char *find(const char *from, const char *end, const char *word)
{
    return from < end ? memmem(from, (size_t)(end - from), word, strlen(word)) : NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return is_space(c) || strchr("()<>[]{}/%", c);
}

/* "3 Tr": the mode in which text is not drawn; 7 only clips. */
static bool is_invisible(const char *start, const char *operator, const char *end)
{
    if (operator + 2 < end && !is_delimiter(operator[2]))
        return false;
    const char *last = operator, *first;
    while (last > start && is_space(last[-1]))
        last--;
    for (first = last; first > start && (g_ascii_isdigit(first[-1]) || strchr("+-.", first[-1]));)
        first--;
    if (last == operator || first == last || last - first > 16)
        return false;
    char number[17] = {0};
    memcpy(number, first, (size_t)(last - first));
    double mode = g_ascii_strtod(number, NULL);
    return mode == 3 || mode == 7;
}

/* The next "Tr"; looks at a block at a time, in a loop that the compiler makes one of wide registers. */
static const char *find_mode(const char *at, const char *end)
{
    enum { BLOCK = 64 };
    for (; end - at > BLOCK; at += BLOCK) {
        unsigned char found = 0;
        for (int i = 0; i < BLOCK; i++)
            found |= (unsigned char)((at[i] == 'T') & (at[i + 1] == 'r'));
        if (found)
            break;
    }
    return find(at, end, "Tr");
}

static bool draws_invisible(const char *start, const char *end)
{
    for (const char *at = start; (at = find_mode(at, end)); at += 2)
        if (is_invisible(start, at, end))
            return true;
    return false;
}

/* A string, "(90,000)" or "<FEFF0039…>", that holds a digit. */
static bool holds_digit(const char *at, const char *end)
{
    enum { LONGEST = 2000 };
    end = MIN(end, at + LONGEST);
    while (at < end && is_space(*at))
        at++;
    if (at < end && *at == '(') {
        for (; at < end && *at != ')'; at++)
            if (*at == '\\')
                at += at + 3 < end && g_ascii_isdigit(at[1]) ? 3 : at + 1 < end; /* an octal byte is a letter, mostly */
            else if (g_ascii_isdigit(*at))
                return true;
        return false;
    }
    if (at >= end || *at != '<')
        return false;
    const char *close = memchr(at, '>', (size_t)(end - at));
    for (const char *digit = at; close && (digit = find(digit, close, "003")); digit++)
        if (g_ascii_isdigit(digit[3]))
            return true;
    return false;
}

/* Is it an element of the tree of tags, as word processors write it, and not marked content of a page? Only the latter changes the text. */
static bool is_of_tree(const char *start, const char *at, const char *end)
{
    enum { NEAR = 300 };
    const char *from = MAX(start, at - NEAR), *to = MIN(end, at + NEAR);
    return find(from, to, "StructElem") && !find(at, to, "BDC");
}

static bool stands_for_digits(const char *start, const char *end)
{
    static const char word[] = "/ActualText";
    for (const char *at = start; (at = find(at, end, word)); at += strlen(word))
        if (holds_digit(at + strlen(word), end) && !is_of_tree(start, at, end))
            return true;
    return false;
}

/* Codes of the ten digits in a map to Unicode; -1 = none. */
struct digit_codes {
    long code[10];
    unsigned bytes; /* of the codes */
};

static void map_digit(struct digit_codes *codes, unsigned long code, unsigned long unicode)
{
    if (unicode >= '0' && unicode <= '9' && codes->code[unicode - '0'] < 0)
        codes->code[unicode - '0'] = (long)code;
}

/* The next hexadecimal string; false at the section's end. *list: it stands in "[ … ]". */
static bool next_hex(const char **at, const char *end, unsigned long *value, size_t *digits, bool *list)
{
    for (; *at < end && **at != '<'; (*at)++) {
        if (**at == 'e')
            return false; /* endbfchar, endbfrange */
        *list = **at == '[' || (*list && **at != ']');
    }
    if (*at >= end)
        return false;
    *value = 0;
    *digits = 0;
    for ((*at)++; *at < end && **at != '>'; (*at)++)
        if (g_ascii_isxdigit(**at)) {
            *value = *value << 4 | (unsigned long)g_ascii_xdigit_value(**at);
            (*digits)++;
        }
    return true;
}

static const char *read_chars(const char *at, const char *end, struct digit_codes *codes)
{
    unsigned long code, unicode;
    size_t digits, length;
    bool list = false;
    while (next_hex(&at, end, &code, &digits, &list) && next_hex(&at, end, &unicode, &length, &list)) {
        codes->bytes = (unsigned)(digits / 2);
        if (length <= 4)
            map_digit(codes, code, unicode);
    }
    return at;
}

static const char *read_ranges(const char *at, const char *end, struct digit_codes *codes)
{
    unsigned long first, last, unicode;
    size_t digits, length;
    bool list = false;
    while (next_hex(&at, end, &first, &digits, &list) && next_hex(&at, end, &last, &length, &list) && next_hex(&at, end, &unicode, &length, &list)) {
        codes->bytes = (unsigned)(digits / 2);
        for (unsigned long i = 0; !list && length <= 4 && i <= last - first && i < 256; i++)
            map_digit(codes, first + i, unicode + i);
        for (unsigned long i = 0; list; i++) { /* one for each code */
            if (length <= 4)
                map_digit(codes, first + i, unicode);
            while (at < end && *at != '<' && *at != ']')
                at++;
            if (at >= end || *at == ']' || !next_hex(&at, end, &unicode, &length, &list))
                break;
        }
        list = false;
    }
    return at;
}

/* Fonts keep their digits in order, and so do the codes that programs give them, nearly always. */
static bool mixes_digits(const char *start, const char *end)
{
    struct digit_codes codes = {{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 0};
    const char *at = find(start, end, "begincmap");
    while (at && at < end) {
        const char *chars = find(at, end, "beginbfchar"), *ranges = find(at, end, "beginbfrange");
        if (chars && (!ranges || chars < ranges))
            at = read_chars(chars + strlen("beginbfchar"), end, &codes);
        else
            at = ranges ? read_ranges(ranges + strlen("beginbfrange"), end, &codes) : NULL;
    }
    long last = -1;
    for (int digit = 0; digit < 10; digit++) {
        long code = codes.code[digit];
        bool other = codes.bytes == 1 && code >= '0' && code <= '9' && code != '0' + digit;
        if (code >= 0 && (other || code <= last))
            return true;
        last = MAX(last, code);
    }
    return false;
}

static void search(struct search *s, const char *start, const char *end)
{
    if (!(s->signs & SIGN_INVISIBLE) && draws_invisible(start, end))
        s->signs |= SIGN_INVISIBLE;
    if (!(s->signs & SIGN_ACTUAL) && stands_for_digits(start, end))
        s->signs |= SIGN_ACTUAL;
    if (!(s->signs & SIGN_DIGITS) && mixes_digits(start, end))
        s->signs |= SIGN_DIGITS;
}

/* The two bytes that begin a deflated stream; the sum behind it nobody asks. */
static bool is_deflated(const char *at, const char *end)
{
    return end - at > 2 && (at[0] & 0x0F) == 8 && ((unsigned char)at[0] << 8 | (unsigned char)at[1]) % 31 == 0 && !(at[1] & 0x20);
}

/* Inflates what begins at `at` and searches it, chunk by chunk. */
static void search_chunks(struct search *s, const char *at, const char *end)
{
    size_t kept = 0;
    if (!is_deflated(at, end)) {
        s->signs = SIGN_ALL;
        return;
    }
    at += 2;
    g_converter_reset(s->unzip);
    for (;;) {
        gsize used = 0, made = 0;
        GConverterResult result = g_converter_convert(s->unzip, at, (gsize)(end - at), s->chunk + kept, CHUNK, G_CONVERTER_NO_FLAGS, &used, &made, NULL);
        s->inflated += made;
        if (result == G_CONVERTER_ERROR || s->inflated > INFLATED_MOST) {
            s->signs = SIGN_ALL;
            return;
        }
        at += used;
        search(s, s->chunk, s->chunk + kept + made);
        if (result == G_CONVERTER_FINISHED || (used == 0 && made == 0) || s->signs == SIGN_ALL)
            return;
        size_t whole = kept + made;
        kept = MIN(whole, (size_t)KEPT);
        memmove(s->chunk, s->chunk + whole - kept, kept);
    }
}

/* Searches a stream whole, as it is kept for who reads the page. */
static void search_packed(struct search *s, const char *at, const char *end)
{
    const struct inflated *whole = inflate_hold(at, (size_t)(end - at), INFLATE_SEARCH);
    if (!whole) {
        search_chunks(s, at, end);
        return;
    }
    s->inflated += whole->size;
    if (s->inflated > INFLATED_MOST)
        s->signs = SIGN_ALL;
    else
        search(s, whole->start, whole->start + whole->size);
    inflate_release(whole);
}

/* Streams that hold neither drawing nor objects nor a map: pictures, fonts, colours, tables of places, metadata. */
static bool is_of_no_use(const char *from, const char *end)
{
    static const char *const words[] = {"/Image", "/Length1", "/FontFile", "/Type1C", "/CIDFontType0C", "/OpenType", "/XRef", "/Metadata", "/ICCBased", "/Alternate", "/FunctionType",
                                        "/ShadingType", "/EmbeddedFile", "/XML"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (find(from, end, words[i]))
            return true;
    return false;
}

static void search_stream(struct search *s, const char *dictionary, const char *word, const char *at, const char *end)
{
    if (is_of_no_use(dictionary, word))
        return;
    if (find(dictionary, word, "/FlateDecode") || find(dictionary, word, "/Fl "))
        search_packed(s, at, end);
    else if (find(dictionary, word, "/Filter"))
        s->signs = SIGN_ALL;
    else
        search(s, at, end);
}

/* The dictionary before a stream: behind the "obj" that begins it. */
static const char *dictionary_of(const char *start, const char *word)
{
    const char *at = word, *first = word - start > DICTIONARY ? word - DICTIONARY : start;
    while (at > first && !(at + 3 <= word && memcmp(at, "obj", 3) == 0))
        at--;
    return at;
}

uint32_t pdf_signs(GBytes *bytes)
{
    static const char begins[] = "stream", ends[] = "endstream";
    gsize size;
    const char *start = g_bytes_get_data(bytes, &size), *end = start + size, *between = start;
    struct search s = {.chunk = g_malloc(CHUNK + KEPT), .unzip = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW))};
    for (const char *word = start; s.signs != SIGN_ALL && (word = find(word, end, begins));) {
        const char *at = word + strlen(begins);
        at += at < end && *at == '\r';
        at += at < end && *at == '\n';
        const char *close = find(at, end, ends);
        if (!close)
            break;
        if (stands_for_digits(between, word))
            s.signs |= SIGN_ACTUAL;
        search_stream(&s, dictionary_of(between, word), word, at, close);
        word = between = close + strlen(ends);
    }
    if (stands_for_digits(between, end))
        s.signs |= SIGN_ACTUAL;
    g_object_unref(s.unzip);
    g_free(s.chunk);
    return s.signs;
}
