/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/forms.h"

#include "extract/token.h"
#include "index/tokenize.h"

enum {
    LOWER_BYTES = TOKEN_BYTES - 6, /* where a word is cut that is stemmed: one more character fits behind */
    KNOWN_BITS = 15,               /* words that are known at a time, as a power of two */
};

G_STATIC_ASSERT(sizeof(struct known_word) == 64);

struct known_words {
    struct known_word places[1 << KNOWN_BITS]; /* by hash */
};

bool is_silent(gunichar c)
{
    return c >= 0x80 && (c == 0xAD || (c >= 0x200B && c <= 0x200D) || g_unichar_ismark(c));
}

/* Lower case with its accents, as the stemmers want it, and no longer than that; without soft hyphens. */
static size_t lower(struct slice word, char out[TOKEN_BYTES])
{
    size_t len = 0;
    for (const char *p = word.ptr; p < word.ptr + word.len && len < LOWER_BYTES; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80)
            out[len++] = g_ascii_tolower((char)c);
        else if (!is_silent(c) || (c >= 0x300 && c <= 0x36F))
            len += (size_t)g_unichar_to_utf8(g_unichar_tolower(c), out + len);
    }
    return len;
}

/* Folds a word of plain ASCII; 0 when it is none, or longer than `size`. */
static size_t fold_ascii(struct slice word, char *out, size_t size)
{
    if (word.len >= size)
        return 0;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        if (c >= 0x80)
            return 0;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return word.len;
}

/* Folded; silent characters that token_fold keeps are left out. */
size_t forms_fold(struct slice word, char *out)
{
    char folded[TOKEN_BYTES];
    size_t len = fold_ascii(word, out, TOKEN_BYTES);
    if (len > 0)
        return len;
    size_t n = token_fold(word, folded, sizeof folded);
    for (const char *p = folded; p < folded + n; p = g_utf8_next_char(p))
        if ((unsigned char)*p < 0x80 || !is_silent(g_utf8_get_char(p))) {
            size_t bytes = (size_t)(g_utf8_next_char(p) - p);
            memcpy(out + len, p, bytes);
            len += bytes;
        }
    return len;
}

size_t forms_stem(struct sb_stemmer *stemmer, struct slice word, char *out)
{
    struct slice stemmed = stemmer_stem(stemmer, word);
    return stemmed.len > 0 ? forms_fold(stemmed, out) : 0;
}

static bool is_ascii(struct slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] >= 0x80)
            return false;
    return true;
}

bool forms_begins(struct slice stemmed, struct slice folded)
{
    return stemmed.len > 0 && stemmed.len < folded.len && memcmp(folded.ptr, stemmed.ptr, stemmed.len) == 0;
}

size_t forms_mark(struct slice folded, size_t stem_len, char *out)
{
    memcpy(out, folded.ptr, stem_len);
    out[stem_len] = STEM_ENDS;
    memcpy(out + stem_len + 1, folded.ptr + stem_len, folded.len - stem_len);
    return folded.len + 1;
}

void forms_of(struct sb_stemmer *stemmer, struct slice word, struct forms *ret)
{
    char plain[TOKEN_BYTES];
    ret->folded_len = forms_fold(word, ret->folded);
    ret->stem_len = ret->other_len = 0;
    ret->marked = false;
    if (!stemmer)
        return;
    struct slice folded = {ret->folded, ret->folded_len};
    ret->stem_len = ret->other_len = forms_stem(stemmer, folded, ret->other);
    if (is_ascii(word) && word.len <= LOWER_BYTES) /* both stems are one */
        memcpy(ret->stem, ret->other, ret->other_len);
    else
        ret->stem_len = forms_stem(stemmer, slice_make(plain, lower(word, plain)), ret->stem);
    struct slice stemmed = {ret->stem, ret->stem_len};
    ret->marked = forms_begins(stemmed, folded) && slice_equal(slice_make(ret->other, ret->other_len), stemmed);
}

/* ---- words that were met ---- */

struct known_words *known_words_new(void)
{
    struct known_words *known = g_aligned_alloc(1, sizeof *known, sizeof(struct known_word));
    known_words_forget(known);
    return known;
}

void known_words_forget(struct known_words *known)
{
    memset(known, 0, sizeof *known);
}

void known_words_free(struct known_words *known)
{
    g_aligned_free(known);
}

struct known_word *known_word_place(struct known_words *known, const union known_key *key)
{
    uint64_t hash = key->words[0] * UINT64_C(0x9fb21c651e98df25) ^ key->words[1] * UINT64_C(0x9e3779b97f4a7c15) ^ key->words[2] * UINT64_C(0xd6e8feb86659fd93);
    struct known_word *place = &known->places[(hash ^ hash >> 29) * UINT64_C(0x9fb21c651e98df25) >> (64 - KNOWN_BITS)];
    __builtin_prefetch(place);
    return place;
}

static bool is_known(const struct known_word *word, const union known_key *key, uint8_t language)
{
    return word->key.words[0] == key->words[0] && word->key.words[1] == key->words[1] && word->key.words[2] == key->words[2] && word->language == language;
}

/* False: its forms are too long. */
static bool learn(struct known_word *known, const union known_key *key, struct sb_stemmer *stemmer, uint8_t language)
{
    struct forms f;
    forms_of(stemmer, slice_make(key->bytes, strnlen(key->bytes, KNOWN_BYTES)), &f);
    struct slice folded = {f.folded, f.folded_len}, stemmed = {f.stem, f.stem_len};
    size_t second = f.marked || slice_equal(stemmed, folded) ? 0 : stemmed.len;
    if (folded.len == 0 || folded.len + f.marked + second > KNOWN_FORMS)
        return false;
    *known = (struct known_word){.key = *key, .language = language, .first = (uint8_t)(folded.len + f.marked), .second = (uint8_t)second, .mark = f.marked ? (uint8_t)stemmed.len : 0};
    if (f.marked)
        forms_mark(folded, stemmed.len, known->forms);
    else
        memcpy(known->forms, folded.ptr, folded.len);
    memcpy(known->forms + known->first, stemmed.ptr, second);
    return true;
}

struct known_word *known_word_of(struct known_words *known, struct known_word *place, const union known_key *key, struct sb_stemmer *stemmer,
                                 uint8_t language)
{
    struct known_word *other = &known->places[(place - known->places) ^ 1];
    if (is_known(place, key, language))
        return place;
    if (is_known(other, key, language))
        return other;
    struct known_word before = *place;
    if (!learn(place, key, stemmer, language))
        return NULL;
    *other = before; /* that of the two which was met first makes room */
    return place;
}
