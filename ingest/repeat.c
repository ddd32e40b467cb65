/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repeat.h"

/*  "…the water took the bridge, AND NOBODY CAME."  →  " the water took the bridge and nobody came "
 *
 *  The words of all passages stand in one text, so that a quote is looked up in one go; a passage begins with a line feed, which no quote holds. */
struct words {
    GString *text;
    GArray *starts; /* uint32_t: where the words of each passage begin in `text` */
};

enum { LEAST = 4 }; /* words: fewer are repeated by chance */

/* Appends ASCII in small letters. */
static void append_small(GString *out, struct slice text)
{
    gsize before = out->len;
    g_string_append_len(out, text.ptr, (gssize)text.len);
    for (char *at = out->str + before; *at; at++)
        *at = (char)(*at | 0x20);
}

/* Appends the words of a text, each behind a space, and a last space. Returns how many. */
static guint append_words(GString *out, struct slice text)
{
    guint words = 0;
    bool open = false;
    for (const char *at = text.ptr, *end = text.ptr + text.len; at < end; at = g_utf8_next_char(at)) {
        if (open && g_ascii_isalpha(*at)) { /* most characters go on with a word of ASCII */
            const char *from = at;
            while (at + 1 < end && g_ascii_isalpha(at[1]))
                at++;
            append_small(out, slice_make(from, (size_t)(at + 1 - from)));
            continue;
        }
        gunichar c = g_utf8_get_char(at);
        const char *next = g_utf8_next_char(at);
        bool inside = (c == '.' || c == ',') && at > text.ptr && next < end && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(*next); /* "1,204" is one word */
        if (!g_unichar_isalnum(c) && !inside) {
            open &= c == 0x2019 || c == '\''; /* "world’s" */
            continue;
        }
        if (!open)
            g_string_append_c(out, ' ');
        words += !open;
        open = true;
        g_string_append_unichar(out, g_unichar_tolower(c));
    }
    g_string_append_c(out, ' ');
    return words;
}

static void words_init(struct words *words, const struct document *doc)
{
    words->text = g_string_sized_new(doc->text->len);
    words->starts = g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), doc->passages->len);
    for (guint i = 0; i < doc->passages->len; i++) {
        const struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        uint32_t start = (uint32_t)words->text->len;
        g_array_append_val(words->starts, start);
        g_string_append_c(words->text, '\n');
        if (passage->zone != ZONE_PULLQUOTE && passage->zone != ZONE_HEADING)
            append_words(words->text, document_slice(doc, passage->span));
    }
}

/* The passage whose words stand at a byte of `text`. */
static uint32_t passage_at(const struct words *words, uint32_t at)
{
    guint low = 0, high = words->starts->len;
    while (low + 1 < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(words->starts, uint32_t, middle) <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Does the passage have the word, which stands between spaces? */
static bool has_word(const struct words *words, uint32_t passage, struct slice word)
{
    uint32_t start = g_array_index(words->starts, uint32_t, passage);
    uint32_t end = passage + 1 < words->starts->len ? g_array_index(words->starts, uint32_t, passage + 1) : (uint32_t)words->text->len;
    return memmem(words->text->str + start, end - start, word.ptr, word.len) != NULL;
}

/* Does a passage say in other words what a quote says? */
static bool is_shortened(const struct words *words, uint32_t passage, const GString *quote)
{
    enum { LONG = 4, DIGITS = 3 };
    guint longer = 0, met = 0;
    bool number = false;
    for (const char *from = quote->str, *to; (to = strchr(from + 1, ' ')); from = to) {
        struct slice word = slice_make(from, (size_t)(to - from) + 1); /* with both spaces */
        bool digit = g_ascii_isdigit(from[1]), has = has_word(words, passage, word);
        guint digits = 0;
        for (size_t i = 0; i < word.len; i++)
            digits += g_ascii_isdigit(word.ptr[i]) != 0;
        if (digit && !has)
            return false;
        bool year = word.len == 6 && digits == 4 && (from[1] == '1' || from[1] == '2');
        number |= digit && digits >= DIGITS && !year;
        longer += !digit && word.len >= LONG + 2;
        met += !digit && word.len >= LONG + 2 && has;
    }
    return number && met * 2 >= longer;
}

static uint32_t original_of(const struct words *words, const GString *quote)
{
    const char *found = memmem(words->text->str, words->text->len, quote->str, quote->len);
    if (found)
        return passage_at(words, (uint32_t)(found - words->text->str));
    for (guint i = 0; i < words->starts->len; i++)
        if (is_shortened(words, i, quote))
            return i;
    return NONE;
}

/* What only looks like a pull quote, being printed larger, is one if it says again what stands elsewhere; a style of that name says so by itself. */
static void drop_lone(struct document *doc)
{
    for (guint i = 0; i < doc->passages->len; i++) {
        struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        if (passage->zone == ZONE_PULLQUOTE && passage->repeats == NONE && passage->page != NONE)
            passage->zone = ZONE_BODY;
    }
}

void repeats_find(struct document *doc)
{
    struct words words = {NULL, NULL};
    g_autoptr(GString) quote = g_string_new(NULL);
    for (guint i = 0; i < doc->passages->len; i++) {
        struct passage *passage = &DOCUMENT_AT(doc->passages, struct passage, i);
        passage->repeats = NONE;
        if (passage->zone != ZONE_PULLQUOTE)
            continue;
        g_string_truncate(quote, 0);
        if (append_words(quote, document_slice(doc, passage->span)) < LEAST)
            continue;
        if (!words.text)
            words_init(&words, doc);
        passage->repeats = original_of(&words, quote);
    }
    drop_lone(doc);
    if (!words.text)
        return;
    g_string_free(words.text, TRUE);
    g_array_unref(words.starts);
}
