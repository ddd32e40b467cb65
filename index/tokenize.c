/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/tokenize.h"

#include "base/stemmer.h"
#include "extract/token.h"

#include <string.h>

enum {
    TOKEN_BYTES = 128, /* longer words are cut: nobody asks for them whole */
    JOINED_PARTS = 4,  /* words of a hyphenated one that are also indexed as one */
    CACHED = 8192,
    CACHED_BYTES = 23,
};

/* A word of plain ASCII and its stem: a report uses few words, and those often. */
struct stemmed {
    const struct sb_stemmer *stemmer; /* NULL: none */
    uint8_t word_len, stem_len;
    char word[CACHED_BYTES], stem[CACHED_BYTES];
};

struct tokenizer {
    struct stemmed cache[CACHED]; /* by hash */
    GHashTable *stemmers; /* ISO 639-1 → struct sb_stemmer *, NULL where libstemmer has none */
    struct sb_stemmer *stemmer;
    uint32_t count;       /* see tokenizer_count */
    bool asking;          /* also what a word without its accents would be stemmed to */
};

/* A text on its way to tokens. */
struct scan {
    struct tokenizer *tokenizer;
    const char *text, *end;
    const char *joined_until; /* the hyphenated word up to here has been indexed as one */
    bool stems, marks, stopped; /* see tokenize; a stem is written as a mark in its word */
    token_function function;
    void *data;
};

static gunichar char_at(const struct scan *s, const char *p)
{
    if (p >= s->end)
        return 0;
    return (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
}

static bool is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

/* What stands inside a word without being part of it: combining marks, soft hyphen, joiners. */
static bool is_silent(gunichar c)
{
    return c >= 0x80 && (c == 0xAD || (c >= 0x200B && c <= 0x200D) || g_unichar_ismark(c));
}

static bool is_ideograph(gunichar c)
{
    return c >= 0x3040 && (c <= 0x30FF || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF));
}

static bool is_word(gunichar c)
{
    return c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c) && !is_ideograph(c);
}

static void emit(struct scan *s, const char *token, size_t len, const char *start, const char *end, bool same)
{
    if (!s->stopped && len > 0)
        s->stopped = !s->function(s->data, slice_make(token, len), (uint32_t)(start - s->text), (uint32_t)(end - s->text), same);
}

/* Lower case with its accents, as the stemmers want it; without soft hyphens. */
static size_t lower(struct slice word, char *out, size_t size)
{
    size_t len = 0;
    for (const char *p = word.ptr; p < word.ptr + word.len && len + 6 < size; p = g_utf8_next_char(p)) {
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
static size_t fold(struct slice word, char *out)
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

static size_t stem_by(struct sb_stemmer *stemmer, struct slice word, char *out)
{
    struct slice stemmed = stemmer_stem(stemmer, word);
    return stemmed.len > 0 ? fold(stemmed, out) : 0;
}

static size_t stem(struct tokenizer *tokenizer, struct slice word, char *out)
{
    return stem_by(tokenizer->stemmer, word, out);
}

/* The stem of a folded word of plain ASCII, from the cache where it is; false: the word is too long for it. */
static bool stem_cached(struct tokenizer *tokenizer, struct slice folded, struct slice *ret)
{
    if (folded.len > CACHED_BYTES)
        return false;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < folded.len; i++)
        hash = (hash ^ (unsigned char)folded.ptr[i]) * 16777619u;
    struct stemmed *slot = &tokenizer->cache[(hash ^ hash >> 16) % CACHED];
    if (slot->stemmer != tokenizer->stemmer || slot->word_len != folded.len || memcmp(slot->word, folded.ptr, folded.len) != 0) {
        char out[TOKEN_BYTES];
        size_t len = stem(tokenizer, folded, out);
        if (len > CACHED_BYTES)
            return false;
        slot->stemmer = tokenizer->stemmer;
        slot->word_len = (uint8_t)folded.len;
        slot->stem_len = (uint8_t)len;
        memcpy(slot->word, folded.ptr, folded.len);
        memcpy(slot->stem, out, len);
    }
    *ret = slice_make(slot->stem, slot->stem_len);
    return true;
}

static bool is_ascii(struct slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Is the stem the beginning of the word, and not all of it? */
static bool begins_word(struct slice stemmed, struct slice folded)
{
    return stemmed.len > 0 && stemmed.len < folded.len && memcmp(folded.ptr, stemmed.ptr, stemmed.len) == 0;
}

/* The word with the mark behind its stem: refuge|es. Returns its length. */
static size_t mark(struct slice folded, size_t stem_len, char *out)
{
    memcpy(out, folded.ptr, stem_len);
    out[stem_len] = STEM_ENDS;
    memcpy(out + stem_len + 1, folded.ptr + stem_len, folded.len - stem_len);
    return folded.len + 1;
}

/* Both in one token where who asks for the word can tell, without the accents of this text, where the mark stands. */
static bool emit_marked(struct scan *s, struct slice stemmed, struct slice folded, bool ascii, const char *start, const char *end)
{
    char other[TOKEN_BYTES], marked[TOKEN_BYTES + 1];
    if (!s->marks || !begins_word(stemmed, folded))
        return false;
    if (!ascii && !slice_equal(slice_make(other, stem(s->tokenizer, folded, other)), stemmed))
        return false;
    emit(s, marked, mark(folded, stemmed.len, marked), start, end, false);
    return true;
}

/* A word and its stems. */
static void emit_stemmed(struct scan *s, struct slice word, struct slice folded, const char *start, const char *end)
{
    char plain[TOKEN_BYTES], first[TOKEN_BYTES], second[TOKEN_BYTES];
    struct slice one;
    bool ascii = is_ascii(word) && stem_cached(s->tokenizer, folded, &one); /* without accents both stems are one */
    if (!ascii) {
        size_t len = lower(word, plain, sizeof plain);
        one = slice_make(first, stem(s->tokenizer, slice_make(plain, len), first));
    }
    if (emit_marked(s, one, folded, ascii, start, end))
        return;
    emit(s, folded.ptr, folded.len, start, end, false);
    if (!slice_equal(one, folded))
        emit(s, one.ptr, one.len, start, end, true);
    if (!s->tokenizer->asking || ascii)
        return;
    struct slice other = slice_make(second, stem(s->tokenizer, folded, second));
    if (!slice_equal(other, folded) && !slice_equal(other, one))
        emit(s, other.ptr, other.len, start, end, true);
}

static const char *word_end(const struct scan *s, const char *p)
{
    while (p < s->end && (is_word(char_at(s, p)) || is_silent(char_at(s, p))))
        p = g_utf8_next_char(p);
    return p;
}

/* Past one hyphen that a word follows; NULL otherwise. */
static const char *after_hyphen(const struct scan *s, const char *p)
{
    gunichar c = char_at(s, p);
    if (c != '-' && c != 0x2010 && c != 0x2011)
        return NULL;
    const char *next = g_utf8_next_char(p);
    return next < s->end && is_word(char_at(s, next)) ? next : NULL;
}

/* "co-ordination" is also "coordination". */
static void emit_joined(struct scan *s, const char *start, const char *end)
{
    char joined[TOKEN_BYTES * JOINED_PARTS];
    size_t len = fold(slice_make(start, (size_t)(end - start)), joined);
    const char *stop = end;
    int parts = 1;
    for (const char *next = after_hyphen(s, end); next && parts <= JOINED_PARTS; next = after_hyphen(s, stop), parts++) {
        stop = word_end(s, next);
        if (parts < JOINED_PARTS)
            len += fold(slice_make(next, (size_t)(stop - next)), joined + len);
    }
    s->joined_until = stop;
    if (parts > 1 && parts <= JOINED_PARTS && len < TOKEN_BYTES)
        emit(s, joined, len, start, end, true);
}

/* A word, and what else it may be asked as. digits: how many it begins with ("5G" is also 5). */
static const char *scan_word(struct scan *s, const char *start, size_t digits)
{
    const char *end = word_end(s, start);
    struct slice word = slice_make(start, (size_t)(end - start));
    char folded[TOKEN_BYTES];
    size_t len = fold(word, folded);
    if (s->stems && s->tokenizer->stemmer && digits == 0)
        emit_stemmed(s, word, slice_make(folded, len), start, end);
    else
        emit(s, folded, len, start, end, false);
    if (digits > 0 && digits < len)
        emit(s, folded, digits, start, end, true);
    if (start >= s->joined_until)
        emit_joined(s, start, end);
    return end;
}

static size_t digits_at(const struct scan *s, const char *p)
{
    size_t n = 0;
    while (p + n < s->end && is_digit((unsigned char)p[n]))
        n++;
    return n;
}

/* A sign that parts thousands or decimals and has a digit behind it; 0 otherwise. */
static gunichar parting(const struct scan *s, const char *p)
{
    gunichar c = char_at(s, p);
    if (!strchr("., '", (int)MIN(c, 0x7F)) && c != 0xA0 && c != 0x2009 && c != 0x202F && c != 0x2019)
        return 0;
    return c != 0 && is_digit(char_at(s, g_utf8_next_char(p))) ? c : 0;
}

/* Groups of three digits behind `p`, all parted by the same sign: appends their digits; returns where they end. */
static const char *take_groups(const struct scan *s, const char *p, GString *digits, gunichar *sign, guint *groups)
{
    *sign = parting(s, p);
    *groups = 0;
    while (*sign && parting(s, p) == *sign) {
        const char *group = g_utf8_next_char(p);
        if (digits_at(s, group) != 3)
            break;
        g_string_append_len(digits, group, 3);
        p = group + 3;
        (*groups)++;
    }
    return p;
}

static bool is_point(gunichar c)
{
    return c == '.' || c == ',';
}

/* Digits behind a decimal point: appends ".5"; `p` itself where there are none, or where it is no number (1.2.3). */
static const char *take_decimals(const struct scan *s, const char *p, GString *digits)
{
    if (!is_point(parting(s, p)))
        return p;
    size_t n = digits_at(s, p + 1);
    const char *end = p + 1 + n;
    if (is_point(parting(s, end)))
        return p;
    g_string_append_c(digits, '.');
    g_string_append_len(digits, p + 1, (gssize)n);
    return end;
}

/* "1.234" or "1,234": where one group may as well be decimals. */
static void emit_other_reading(struct scan *s, const char *start, size_t first, const char *end)
{
    char other[TOKEN_BYTES];
    size_t len = first + 4;
    memcpy(other, start, first);
    other[first] = '.';
    memcpy(other + first + 1, end - 3, 3);
    emit(s, other, len, start, end, true);
}

static const char *scan_number(struct scan *s, const char *start)
{
    size_t first = digits_at(s, start);
    const char *plain_end = start + first;
    if (plain_end < s->end && is_word(char_at(s, plain_end)))
        return scan_word(s, start, first);
    g_autoptr(GString) digits = g_string_new_len(start, (gssize)MIN(first, TOKEN_BYTES / 2));
    gunichar sign = 0;
    guint groups = 0;
    const char *end = plain_end;
    if (first <= 3 && *start != '0')
        end = take_groups(s, plain_end, digits, &sign, &groups);
    if (groups > 0 && sign == ' ') { /* each part may as well stand alone */
        emit(s, start, first, start, plain_end, false);
        emit(s, digits->str, MIN(digits->len, TOKEN_BYTES), start, end, true);
        return plain_end;
    }
    bool other = groups == 1 && is_point(sign);
    if (groups == 0 || sign != parting(s, end)) {
        const char *whole = take_decimals(s, end, digits);
        other = other && whole == end;
        end = whole;
    }
    emit(s, digits->str, MIN(digits->len, TOKEN_BYTES), start, end, false);
    if (other)
        emit_other_reading(s, start, first, end);
    if (start >= s->joined_until)
        s->joined_until = end;
    return end;
}

static bool scan(struct tokenizer *tokenizer, struct slice text, bool stems, bool marks, token_function function, void *data)
{
    struct scan s = {tokenizer, text.ptr, text.ptr + text.len, text.ptr, stems, marks, false, function, data};
    for (const char *p = s.text; p < s.end && !s.stopped;) {
        gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        if (is_digit(c)) {
            p = scan_number(&s, p);
        } else if (is_word(c)) {
            p = scan_word(&s, p, 0);
        } else {
            const char *next = g_utf8_next_char(p);
            if (is_ideograph(c) && g_unichar_isalnum(c))
                emit(&s, p, (size_t)(next - p), p, next, false);
            p = next;
        }
    }
    return !s.stopped;
}

bool tokenize(struct tokenizer *tokenizer, struct slice text, bool stems, token_function function, void *data)
{
    return scan(tokenizer, text, stems, false, function, data);
}

/* NULL: there is none. */
static struct sb_stemmer *stemmer_of(struct tokenizer *tokenizer, const char *language)
{
    gpointer stemmer = NULL;
    if (language && !g_hash_table_lookup_extended(tokenizer->stemmers, language, NULL, &stemmer)) {
        stemmer = stemmer_new(language);
        g_hash_table_insert(tokenizer->stemmers, g_strdup(language), stemmer);
    }
    return stemmer;
}

GPtrArray *tokenizer_forms(struct tokenizer *tokenizer, const char *const *languages, const char *word)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func(g_free);
    struct slice folded = slice_of(word);
    for (size_t i = 0; languages && languages[i] && folded.len > 0 && folded.len < TOKEN_BYTES && !is_digit((unsigned char)*word); i++) {
        char stemmed[TOKEN_BYTES], marked[TOKEN_BYTES + 2];
        struct sb_stemmer *stemmer = stemmer_of(tokenizer, languages[i]);
        size_t len = stemmer ? stem_by(stemmer, folded, stemmed) : 0;
        if (!begins_word(slice_make(stemmed, len), folded))
            continue;
        marked[mark(folded, len, marked)] = '\0';
        if (!g_ptr_array_find_with_equal_func(forms, marked, g_str_equal, NULL))
            g_ptr_array_add(forms, g_strdup(marked));
    }
    return forms;
}

void tokenizer_language(struct tokenizer *tokenizer, const char *language)
{
    tokenizer->stemmer = stemmer_of(tokenizer, language);
}

uint32_t tokenizer_count(const struct tokenizer *tokenizer)
{
    return tokenizer->count;
}

void tokenizer_ask(struct tokenizer *tokenizer, bool asking)
{
    tokenizer->asking = asking;
}

/* What FTS5 asks of a tokenizer. */

struct sink {
    void *context;
    uint32_t count;
    int (*token)(void *context, int flags, const char *token, int len, int start, int end);
    int code;
    struct slice tags; /* that were not told yet */
};

/* Each tag, with its sign, at the place of the word before. */
static void tell_tags(struct sink *sink)
{
    struct slice tags = sink->tags;
    sink->tags.len = 0;
    for (size_t i = 0; i < tags.len && sink->code == SQLITE_OK; i++) {
        char tag[TOKEN_BYTES + 1] = {TAG_SIGN};
        size_t start = i;
        while (i < tags.len && tags.ptr[i] != ' ')
            i++;
        size_t len = MIN(i - start, TOKEN_BYTES);
        memcpy(tag + 1, tags.ptr + start, len);
        if (len > 0)
            sink->code = sink->token(sink->context, FTS5_TOKEN_COLOCATED, tag, (int)len + 1, 0, 0);
    }
}

static bool to_fts5(void *data, struct slice token, uint32_t start, uint32_t end, bool same)
{
    struct sink *sink = data;
    sink->count += !same;
    sink->code = sink->token(sink->context, same ? FTS5_TOKEN_COLOCATED : 0, token.ptr, (int)token.len, (int)start, (int)end);
    if (sink->tags.len > 0)
        tell_tags(sink);
    return sink->code == SQLITE_OK;
}

/* The words of a query, parted by spaces, as they are: made with tokenize(). Forms of a word are synonyms. */
static void split(struct slice text, struct sink *sink)
{
    bool same = false;
    for (size_t i = 0; i < text.len && sink->code == SQLITE_OK; i++) {
        size_t start = i;
        while (i < text.len && text.ptr[i] != ' ' && text.ptr[i] != FORMS_PART)
            i++;
        if (i > start)
            to_fts5(sink, slice_sub(text, start, i), (uint32_t)start, (uint32_t)i, same);
        same = i < text.len && text.ptr[i] == FORMS_PART;
    }
}

static int fts5_tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
                         int (*token)(void *, int, const char *, int, int, int))
{
    struct sink sink = {context, 0, token, SQLITE_OK, {NULL, 0}};
    struct tokenizer *tokenizer = (struct tokenizer *)self;
    struct slice all = slice_make(text, text ? (size_t)len : 0);
    if (flags & FTS5_TOKENIZE_QUERY) {
        split(all, &sink);
        return sink.code;
    }
    size_t end = all.len;
    while (end > 0 && all.ptr[end - 1] != TAGS_BEGIN)
        end--;
    if (end > 0) {
        sink.tags = slice_sub(all, end, all.len);
        all.len = end - 1;
    }
    scan(tokenizer, all, true, true, to_fts5, &sink);
    tell_tags(&sink); /* of a text without words */
    tokenizer->count = sink.count;
    return sink.code;
}

static int fts5_create(void *data, const char **arguments, int n, Fts5Tokenizer **ret)
{
    (void)arguments;
    (void)n;
    *ret = data;
    return SQLITE_OK;
}

static void fts5_delete(Fts5Tokenizer *self)
{
    (void)self; /* the connection's, see tokenizer_free */
}

static void tokenizer_free(void *data)
{
    struct tokenizer *tokenizer = data;
    g_hash_table_unref(tokenizer->stemmers);
    g_free(tokenizer);
}

static void stemmer_free(gpointer stemmer)
{
    if (stemmer)
        sb_stemmer_delete(stemmer);
}

fts5_api *fts5_api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return api;
}

bool tokenizer_register(sqlite3 *db, struct tokenizer **ret)
{
    static const fts5_tokenizer methods = {fts5_create, fts5_delete, fts5_tokenize};
    fts5_api *api = fts5_api_of(db);
    if (!api)
        return false;
    struct tokenizer *tokenizer = g_new0(struct tokenizer, 1);
    tokenizer->stemmers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stemmer_free);
    *ret = tokenizer;
    return api->xCreateTokenizer(api, "citable", tokenizer, (fts5_tokenizer *)&methods, tokenizer_free) == SQLITE_OK;
}
