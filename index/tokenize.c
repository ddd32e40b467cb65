/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/tokenize.h"

#include "index/forms.h"

#include <string.h>

enum {
    JOINED_PARTS = 4, /* words of a hyphenated one that are also indexed as one */
    MET = 16,         /* words that are looked up together: each alone would be waited for */
};

/* A word that may be known, and is asked for. */
struct met {
    const char *start, *end;
    union known_key key;
    struct known_word *place;
};

struct tokenizer {
    struct known_words *known; /* NULL: none yet */
    struct met met[MET];
    unsigned n_met;
    char lower[128];      /* ASCII letters and digits as they are indexed; 0: anything else */
    GHashTable *stemmers; /* ISO 639-1 → struct sb_stemmer *, NULL where libstemmer has none */
    GPtrArray *numbered;  /* of them: a language's number is its place, from 1 */
    struct sb_stemmer *stemmer;
    uint8_t language;     /* its number; 0: no stemmer */
    uint32_t count;       /* see tokenizer_count */
    bool asking;          /* also what a word without its accents would be stemmed to */
};

/* Who indexes a text. */
struct indexed {
    indexed_function function;
    void *data;
    uint32_t count;
    struct slice tags; /* that were not told yet */
};

/* A text on its way to tokens. */
struct scan {
    struct tokenizer *tokenizer;
    const char *text, *end;
    const char *joined_until; /* the hyphenated word up to here has been indexed as one */
    bool stems, marks, stopped; /* see tokenize; a stem is written as a mark in its word */
    token_function function;
    void *data;
    struct indexed *indexed; /* NULL: `function` is told */
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

static bool is_ideograph(gunichar c)
{
    return c >= 0x3040 && (c <= 0x30FF || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF));
}

static bool is_word(gunichar c)
{
    return c < 0x80 ? g_ascii_isalnum((char)c) : g_unichar_isalnum(c) && !is_ideograph(c);
}

/* Each tag, with its sign, at the place of the word before. */
static bool tell_tags(struct indexed *indexed)
{
    struct slice tags = indexed->tags;
    bool go_on = true;
    indexed->tags.len = 0;
    for (size_t i = 0; i < tags.len && go_on; i++) {
        char tag[TOKEN_BYTES + 1] = {TAG_SIGN};
        size_t start = i;
        while (i < tags.len && tags.ptr[i] != ' ')
            i++;
        size_t len = MIN(i - start, TOKEN_BYTES);
        memcpy(tag + 1, tags.ptr + start, len);
        if (len > 0)
            go_on = indexed->function(indexed->data, slice_make(tag, len + 1), true, NULL);
    }
    return go_on;
}

static bool tell_indexed(struct indexed *indexed, struct slice token, bool same, uint32_t *kept)
{
    indexed->count += !same;
    return indexed->function(indexed->data, token, same, kept) && (indexed->tags.len == 0 || tell_tags(indexed));
}

/* kept: see indexed_function. */
static inline void emit_kept(struct scan *s, struct slice token, const char *start, const char *end, bool same, uint32_t *kept)
{
    if (!s->stopped && token.len > 0)
        s->stopped = s->indexed ? !tell_indexed(s->indexed, token, same, kept) : !s->function(s->data, token, (uint32_t)(start - s->text), (uint32_t)(end - s->text), same);
}

static void emit(struct scan *s, const char *token, size_t len, const char *start, const char *end, bool same)
{
    emit_kept(s, slice_make(token, len), start, end, same, NULL);
}

/* A word and its stems. */
static void emit_stemmed(struct scan *s, struct slice word, const char *start, const char *end)
{
    struct forms f;
    char marked[TOKEN_BYTES + 1];
    forms_of(s->tokenizer->stemmer, word, &f);
    struct slice folded = {f.folded, f.folded_len}, stemmed = {f.stem, f.stem_len}, other = {f.other, f.other_len};
    if (s->marks && f.marked) {
        emit(s, marked, forms_mark(folded, stemmed.len, marked), start, end, false);
        return;
    }
    emit(s, folded.ptr, folded.len, start, end, false);
    if (!slice_equal(stemmed, folded))
        emit(s, stemmed.ptr, stemmed.len, start, end, true);
    if (s->tokenizer->asking && !slice_equal(other, folded) && !slice_equal(other, stemmed))
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
    size_t len = forms_fold(slice_make(start, (size_t)(end - start)), joined);
    const char *stop = end;
    int parts = 1;
    for (const char *next = after_hyphen(s, end); next && parts <= JOINED_PARTS; next = after_hyphen(s, stop), parts++) {
        stop = word_end(s, next);
        if (parts < JOINED_PARTS)
            len += forms_fold(slice_make(next, (size_t)(stop - next)), joined + len);
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
    if (s->stems && s->tokenizer->stemmer && digits == 0) {
        emit_stemmed(s, word, start, end);
    } else {
        char folded[TOKEN_BYTES];
        size_t len = forms_fold(word, folded);
        emit(s, folded, len, start, end, false);
        if (digits > 0 && digits < len)
            emit(s, folded, digits, start, end, true);
    }
    if (start >= s->joined_until)
        emit_joined(s, start, end);
    return end;
}

/* ---- words that are known ---- */

/* Does a Latin letter of two bytes stand here (U+00C0 to U+024F)? */
static bool is_latin(const char *p, const char *end)
{
    unsigned char lead = (unsigned char)*p;
    return lead >= 0xC3 && lead <= 0xC9 && end - p >= 2 && !(lead == 0xC3 && ((unsigned char)p[1] == 0x97 || (unsigned char)p[1] == 0xB7)); /* × ÷ */
}

/* Of eight bytes the first ones that are ASCII letters or digits: how many, and these in lower case, with zeros behind. */
static size_t first_plain(const char *p, uint64_t *plain)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f), high = ~low, each = UINT64_C(0x0101010101010101);
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    bytes = GUINT64_FROM_LE(bytes);
    uint64_t small = bytes | each * 0x20, letters = small & low, digits = bytes & low;
    /* a byte's highest bit: it is at least the first of them, and not behind the last */
    letters = (letters + each * (0x80 - 'a')) & ~(letters + each * (0x80 - 'z' - 1));
    digits = (digits + each * (0x80 - '0')) & ~(digits + each * (0x80 - '9' - 1));
    uint64_t others = ~((letters | digits) & ~bytes) & high;
    size_t n = others ? (size_t)__builtin_ctzll(others) / 8 : sizeof bytes;
    *plain = GUINT64_TO_LE(n < sizeof bytes ? small & ((UINT64_C(1) << n * 8) - 1) : small);
    return n;
}

/* The key of a word of Latin letters, and where it ends; NULL: it has others, or too many. */
static const char *key_of(const struct scan *s, const char *start, union known_key *key)
{
    const char *p = start;
    size_t len = 0, n = 8;
    while (n == 8 && len < KNOWN_BYTES - 8 && s->end - p >= 8) {
        n = first_plain(p, &key->words[len / 8]);
        len += n;
        p += n;
    }
    while (p < s->end && len < KNOWN_BYTES - 2) {
        unsigned char c = (unsigned char)*p;
        char small = c < 0x80 ? s->tokenizer->lower[c] : 0;
        if (small) {
            key->bytes[len++] = small;
            p++;
        } else if (is_latin(p, s->end)) {
            key->bytes[len++] = *p++;
            key->bytes[len++] = *p++;
        } else {
            break;
        }
    }
    if (p < s->end && (unsigned char)*p < 0x80)
        return s->tokenizer->lower[(unsigned char)*p] ? NULL : p;
    gunichar next = char_at(s, p);
    return is_word(next) || is_silent(next) ? NULL : p;
}

static void emit_known(struct scan *s, struct known_word *known, const char *start, const char *end)
{
    if (known->mark == 0 || s->marks) {
        emit_kept(s, slice_make(known->forms, known->first), start, end, false, &known->kept[0]);
        emit_kept(s, slice_make(known->forms + known->first, known->second), start, end, true, &known->kept[1]);
        return;
    }
    char folded[KNOWN_FORMS];
    memcpy(folded, known->forms, known->mark);
    memcpy(folded + known->mark, known->forms + known->mark + 1, known->first - known->mark - 1u);
    emit(s, folded, known->first - 1u, start, end, false);
    emit(s, folded, known->mark, start, end, true);
}

/* What scan_word does, for the words that were met. */
static void tell_met(struct scan *s)
{
    struct tokenizer *t = s->tokenizer;
    for (unsigned i = 0; i < t->n_met; i++) {
        const struct met *met = &t->met[i];
        struct known_word *known = known_word_of(t->known, met->place, &met->key, s->stems ? t->stemmer : NULL, s->stems ? t->language : 0);
        if (!known) {
            scan_word(s, met->start, 0);
            continue;
        }
        emit_known(s, known, met->start, met->end);
        if (met->start >= s->joined_until && after_hyphen(s, met->end))
            emit_joined(s, met->start, met->end);
    }
    t->n_met = 0;
}

/* Puts a word off until the next ones were met, too; returns where it ends. NULL: it is one that is not remembered. */
static const char *meet(struct scan *s, const char *start)
{
    struct tokenizer *t = s->tokenizer;
    struct met *met = &t->met[t->n_met];
    met->key = (union known_key){.words = {0}};
    const char *end = t->asking ? NULL : key_of(s, start, &met->key);
    if (!end)
        return NULL;
    if (!t->known)
        t->known = known_words_new(); /* what only asks needs none, and another process is not to share them */
    met->start = start;
    met->end = end;
    met->place = known_word_place(t->known, &met->key);
    if (++t->n_met == MET)
        tell_met(s);
    return end;
}

/* ---- numbers ---- */

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
    if (c != '.' && c != ',' && c != ' ' && c != '\'' && c != 0xA0 && c != 0x2009 && c != 0x202F && c != 0x2019)
        return 0;
    return is_digit(char_at(s, g_utf8_next_char(p))) ? c : 0;
}

/* A number without what parts its thousands; what does not fit is left out. */
struct digits {
    char text[TOKEN_BYTES];
    size_t len;
};

static void add_digits(struct digits *digits, const char *from, size_t n)
{
    n = MIN(n, sizeof digits->text - digits->len);
    memcpy(digits->text + digits->len, from, n);
    digits->len += n;
}

/* Groups of three digits behind `p`, all parted by the same sign: appends their digits; returns where they end. */
static const char *take_groups(const struct scan *s, const char *p, struct digits *digits, gunichar *sign, guint *groups)
{
    *sign = parting(s, p);
    *groups = 0;
    while (*sign && parting(s, p) == *sign) {
        const char *group = g_utf8_next_char(p);
        if (digits_at(s, group) != 3)
            break;
        add_digits(digits, group, 3);
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
static const char *take_decimals(const struct scan *s, const char *p, struct digits *digits)
{
    if (!is_point(parting(s, p)))
        return p;
    size_t n = digits_at(s, p + 1);
    const char *end = p + 1 + n;
    if (is_point(parting(s, end)))
        return p;
    add_digits(digits, ".", 1);
    add_digits(digits, p + 1, n);
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
    struct digits digits = {.len = 0};
    add_digits(&digits, start, MIN(first, TOKEN_BYTES / 2));
    gunichar sign = 0;
    guint groups = 0;
    const char *end = plain_end;
    if (first <= 3 && *start != '0')
        end = take_groups(s, plain_end, &digits, &sign, &groups);
    if (groups > 0 && sign == ' ') { /* each part may as well stand alone */
        emit(s, start, first, start, plain_end, false);
        emit(s, digits.text, digits.len, start, end, true);
        return plain_end;
    }
    bool other = groups == 1 && is_point(sign);
    if (groups == 0 || sign != parting(s, end)) {
        const char *whole = take_decimals(s, end, &digits);
        other = other && whole == end;
        end = whole;
    }
    emit(s, digits.text, digits.len, start, end, false);
    if (other)
        emit_other_reading(s, start, first, end);
    if (start >= s->joined_until)
        s->joined_until = end;
    return end;
}

/* A character that begins neither a number nor a word that was met: past it, or the word. */
static const char *scan_other(struct scan *s, const char *p, gunichar c)
{
    if (is_word(c)) {
        tell_met(s);
        return scan_word(s, p, 0);
    }
    const char *next = g_utf8_next_char(p);
    if (is_ideograph(c) && g_unichar_isalnum(c)) {
        tell_met(s);
        emit(s, p, (size_t)(next - p), p, next, false);
    }
    return next;
}

static bool scan(struct scan s)
{
    const char *lower = s.tokenizer->lower;
    s.tokenizer->n_met = 0;
    for (const char *p = s.text; p < s.end && !s.stopped;) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x80 && !lower[c]) {
            p++;
        } else if (is_digit(c)) {
            tell_met(&s);
            p = scan_number(&s, p);
        } else {
            const char *next = c < 0x80 || is_word(g_utf8_get_char(p)) ? meet(&s, p) : NULL;
            p = next ? next : scan_other(&s, p, char_at(&s, p));
        }
    }
    tell_met(&s);
    return !s.stopped;
}

bool tokenize(struct tokenizer *tokenizer, struct slice text, bool stems, token_function function, void *data)
{
    return scan((struct scan){.tokenizer = tokenizer, .text = text.ptr, .end = slice_end(text), .joined_until = text.ptr, .stems = stems, .function = function, .data = data});
}

void tokenize_indexed(struct tokenizer *tokenizer, struct slice text, struct slice tags, indexed_function function, void *data)
{
    struct indexed indexed = {function, data, 0, tags};
    scan((struct scan){.tokenizer = tokenizer, .text = text.ptr, .end = slice_end(text), .joined_until = text.ptr, .stems = true, .marks = true, .indexed = &indexed});
    tell_tags(&indexed); /* of a text without words */
    tokenizer->count = indexed.count;
}

void tokenizer_forget(struct tokenizer *tokenizer)
{
    if (tokenizer->known)
        known_words_forget(tokenizer->known);
}

/* NULL: there is none. */
static struct sb_stemmer *stemmer_of(struct tokenizer *tokenizer, const char *language)
{
    gpointer stemmer = NULL;
    if (language && !g_hash_table_lookup_extended(tokenizer->stemmers, language, NULL, &stemmer)) {
        stemmer = stemmer_new(language);
        g_hash_table_insert(tokenizer->stemmers, g_strdup(language), stemmer);
        if (stemmer)
            g_ptr_array_add(tokenizer->numbered, stemmer);
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
        size_t len = stemmer ? forms_stem(stemmer, folded, stemmed) : 0;
        if (!forms_begins(slice_make(stemmed, len), folded))
            continue;
        marked[forms_mark(folded, len, marked)] = '\0';
        if (!g_ptr_array_find_with_equal_func(forms, marked, g_str_equal, NULL))
            g_ptr_array_add(forms, g_strdup(marked));
    }
    return forms;
}

void tokenizer_language(struct tokenizer *tokenizer, const char *language)
{
    guint number = 0;
    tokenizer->stemmer = stemmer_of(tokenizer, language);
    bool stems = tokenizer->stemmer && g_ptr_array_find(tokenizer->numbered, tokenizer->stemmer, &number);
    g_assert(number < UINT8_MAX);
    tokenizer->language = stems ? (uint8_t)(number + 1) : 0;
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
    int (*token)(void *context, int flags, const char *token, int len, int start, int end);
    int code;
};

static bool to_fts5(void *data, struct slice token, bool same, uint32_t *kept)
{
    (void)kept;
    struct sink *sink = data;
    sink->code = sink->token(sink->context, same ? FTS5_TOKEN_COLOCATED : 0, token.ptr, (int)token.len, 0, 0); /* nobody asks it where in the text that is */
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
            to_fts5(sink, slice_sub(text, start, i), same, NULL);
        same = i < text.len && text.ptr[i] == FORMS_PART;
    }
}

/* A text with its tags behind TAGS_BEGIN, for who writes to the table of FTS5 itself: tests, which hold that against what index/inverted writes. */
static void index_whole(struct tokenizer *tokenizer, struct slice text, struct sink *sink)
{
    struct slice tags = {NULL, 0};
    size_t end = text.len;
    while (end > 0 && text.ptr[end - 1] != TAGS_BEGIN)
        end--;
    if (end > 0) {
        tags = slice_sub(text, end, text.len);
        text.len = end - 1;
    }
    tokenize_indexed(tokenizer, text, tags, to_fts5, sink);
}

static int fts5_tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int len,
                         int (*token)(void *, int, const char *, int, int, int))
{
    struct sink sink = {context, token, SQLITE_OK};
    struct slice all = slice_make(text, text ? (size_t)len : 0);
    if (flags & FTS5_TOKENIZE_QUERY)
        split(all, &sink);
    else
        index_whole((struct tokenizer *)self, all, &sink);
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
    g_ptr_array_unref(tokenizer->numbered);
    g_hash_table_unref(tokenizer->stemmers);
    known_words_free(tokenizer->known);
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
    for (int c = 0; c < 128; c++)
        tokenizer->lower[c] = g_ascii_isalnum(c) ? g_ascii_tolower((char)c) : '\0';
    tokenizer->stemmers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stemmer_free);
    tokenizer->numbered = g_ptr_array_new();
    *ret = tokenizer;
    return api->xCreateTokenizer(api, "citable", tokenizer, (fts5_tokenizer *)&methods, tokenizer_free) == SQLITE_OK;
}
