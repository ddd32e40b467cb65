/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/token.h"

#include "extract/token_block.h"
#include "extract/token_hash.h"

/* Is "l'", "d'", "qu'" all that stands before an apostrophe? */
static bool elided(const char *word, const char *apostrophe)
{
    size_t len = (size_t)(apostrophe - word);
    if (len == 1)
        return strchr("ldnsjcmtLDNSJCMT", *word) != NULL;
    return len == 2 && (word[0] == 'q' || word[0] == 'Q') && word[1] == 'u';
}

/* Letters go on over an apostrophe that a letter follows: "world's", "d'Ivoire" stay one word. "l'" and "qu'" are parted from a small
 * letter ("d'environ 300"), not from a capital one; in every language, so that names are cut as texts are. */
static const char *word_end(const char *p, const char *end, uint8_t *flags)
{
    const char *word = p;
    guint letters = 0, capitals = 0;
    while (p < end) {
        gunichar c = (unsigned char)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        if (c < 0x80 ? g_ascii_isalpha(*p) : g_unichar_isalpha(c)) {
            bool upper = c < 0x80 ? g_ascii_isupper(*p) : g_unichar_isupper(c);
            if (letters == 0 && upper)
                *flags |= TOKEN_CAPITAL;
            letters++;
            capitals += upper;
        } else if (c == '\'' || c == 0x2019) {
            const char *next = g_utf8_next_char(p);
            gunichar letter = next < end ? g_utf8_get_char(next) : 0;
            if (!g_unichar_isalpha(letter))
                break;
            *flags |= TOKEN_APOSTROPHE;
            if (g_unichar_islower(letter) && elided(word, p))
                return next;
        } else if (!is_mark(c)) {
            break;
        }
        p = g_utf8_next_char(p);
    }
    if (letters > 1 && capitals == letters)
        *flags |= TOKEN_ALLCAPS;
    if (capitals > 1)
        *flags |= TOKEN_CAPITALS;
    return p;
}

enum { KIND_SIGN, KIND_DIGIT, KIND_SPACE, KIND_LETTER, KIND_WIDE };

/* What a byte is, and a token that begins with it, where that is ASCII alone. */
static struct byte_kind {
    bytes16 small; /* of a letter, the bits that part small letters from capitals */
    uint32_t head;     /* of the token */
    uint8_t kind;
    uint8_t space;     /* flags of a token behind it */
} kinds[256];

/* A token's class, flags and sign as one. */
static inline uint32_t head_of(uint8_t class, uint8_t flags, uint16_t sign)
{
    return (struct token){.class = class, .flags = flags, .sign = sign}.head;
}

/* The same of flags alone, in a register: written as bytes and read as one they would have to go through memory, which waits for each. */
static inline uint32_t head_of_flags(uint8_t flags)
{
    return GUINT32_FROM_LE((uint32_t)flags << 8);
}

static struct byte_kind kind_of(unsigned char c)
{
    if (c >= 0x80)
        return (struct byte_kind){.kind = KIND_WIDE};
    if (g_ascii_isalpha(c))
        return (struct byte_kind){.kind = KIND_LETTER, .head = head_of(TOKEN_WORD, 0, 0), .small = (bytes16){0} + 0x20};
    if (g_ascii_isdigit(c))
        return (struct byte_kind){.kind = KIND_DIGIT, .head = head_of(TOKEN_NUMBER, 0, 0)};
    if (g_ascii_isspace(c))
        return (struct byte_kind){.kind = KIND_SPACE, .space = c == '\t' ? TOKEN_SPACE | TOKEN_PASSAGE : TOKEN_SPACE};
    return (struct byte_kind){.kind = KIND_SIGN, .head = head_of(TOKEN_SIGN, 0, c)};
}

static void kinds_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    g_assert(head_of_flags(TOKEN_CAPITAL) == head_of(0, TOKEN_CAPITAL, 0));
    for (int c = 0; c < 256; c++)
        kinds[c] = kind_of((unsigned char)c);
    g_once_init_leave(&done, 1);
}

static inline const struct byte_kind *kind_at(const char *p)
{
    return &kinds[(unsigned char)*p];
}

/* Where the next passage and sentence begin, while a text is cut; `next`: the nearer of them. */
struct borders {
    const struct document *doc;
    guint passage, sentence;
    uint32_t next_passage, next_sentence, next;
};

/* The flags of a token at or behind the next border. */
static uint8_t borders_pass(struct borders *b, uint32_t at)
{
    const GArray *passages = b->doc->passages, *sentences = b->doc->sentences;
    uint8_t flags = 0;
    for (; b->next_passage <= at; flags |= TOKEN_PASSAGE)
        b->next_passage = ++b->passage < passages->len ? DOCUMENT_AT(passages, struct passage, b->passage).span.start : UINT32_MAX;
    for (; b->next_sentence <= at; flags |= TOKEN_SENTENCE)
        b->next_sentence = ++b->sentence < sentences->len ? DOCUMENT_AT(sentences, struct sentence, b->sentence).span.start : UINT32_MAX;
    b->next = MIN(b->next_passage, b->next_sentence);
    return flags;
}

static struct borders borders_of(const struct document *doc)
{
    struct borders b = {.doc = doc, .next_passage = UINT32_MAX, .next_sentence = UINT32_MAX};
    if (doc->passages->len > 0)
        b.next_passage = DOCUMENT_AT(doc->passages, struct passage, 0).span.start;
    if (doc->sentences->len > 0)
        b.next_sentence = DOCUMENT_AT(doc->sentences, struct sentence, 0).span.start;
    b.next = MIN(b.next_passage, b.next_sentence);
    return b;
}

/* The end of the token that begins at `p`, before `end`, with its class, hash, sign and the flags of its letters; `p` itself, where white space does. For any token. */
static const char *token_read(const char *p, const char *end, struct token *token)
{
    unsigned kind = kind_at(p)->kind;
    gunichar c = kind == KIND_WIDE ? g_utf8_get_char(p) : (gunichar)(unsigned char)*p;
    const char *stop = p;
    if (kind == KIND_SPACE || (kind == KIND_WIDE && g_unichar_isspace(c)))
        return p;
    if (kind == KIND_LETTER || (kind == KIND_WIDE && g_unichar_isalpha(c))) {
        token->class = TOKEN_WORD;
        stop = word_end(p, end, &token->flags);
    } else if (kind == KIND_DIGIT) {
        token->class = TOKEN_NUMBER;
        while (stop < end && g_ascii_isdigit(*stop))
            stop++;
    } else {
        token->class = TOKEN_SIGN;
        token->sign = c <= UINT16_MAX ? (uint16_t)c : 0;
        stop = g_utf8_next_char(p);
    }
    token->hash = token_hash(slice_make(p, (size_t)(stop - p)));
    return stop;
}

/* A text on its way into tokens. */
struct reading {
    const char *text;
    uint32_t len;
    uint32_t done;   /* where the token before ends */
    uint32_t beyond; /* runs before it belong to a token that was read, or to white space beyond ASCII */
    uint32_t begun;  /* a run that was begun in a block before, or NONE */
    struct borders borders;
    GArray *tokens;
    struct token *next; /* behind the last of them */
    struct token_starts *starts;
};

/* The flags that the white space [done, start) before a token gives it. */
static inline uint8_t space_flags(const char *text, uint32_t done, uint32_t start)
{
    const char *space = text + done; /* the token itself, where there is none */
    if (start - done > 1)
        return memchr(space, '\t', start - done) ? TOKEN_SPACE | TOKEN_PASSAGE : TOKEN_SPACE;
    return kind_at(space)->space;
}

/* Reads the token that the run that starts there begins, if it begins one. */
static void odd_read(struct reading *r, uint32_t start)
{
    if (start < r->beyond)
        return;
    struct token token = {.flags = 0};
    const char *p = r->text + start;
    uint32_t end = (uint32_t)(token_read(p, r->text + r->len, &token) - r->text);
    r->beyond = end > start ? end : (uint32_t)(g_utf8_next_char(p) - r->text);
    if (end == start)
        return;
    token.flags |= space_flags(r->text, r->done, start);
    if (start >= r->borders.next)
        token.flags |= borders_pass(&r->borders, start);
    token.span = (struct span){start, end};
    *r->next++ = token;
    r->done = end;
}

enum { PLAIN_BYTES = sizeof(bytes16) };

/* The same of a run of ASCII letters, or of digits, or a sign, that is the whole token, of up to sixteen bytes with sixteen in the text: without a branch that
 * depends on them, for they come in no order that processors could foresee. flags: of what stands before it. */
static inline void plain_read(const char *p, uint32_t len, uint8_t flags, struct token *token)
{
    static const char all[2 * PLAIN_BYTES] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"; /* and as many zeros */
    const struct byte_kind *kind = kind_at(p);
    bytes16 bytes = bytes_at(p), own = bytes_at(all + PLAIN_BYTES - len), small = kind->small & own;
    halves16 folded = (halves16)((bytes & own) | small);
    uint64_t eight = hash_step(HASH_START, GUINT64_FROM_LE(folded[0])), sixteen = hash_step(eight, GUINT64_FROM_LE(folded[1]));
    uint64_t longer = -(uint64_t)((PLAIN_BYTES / 2 - len) >> 31), capitals = bytes_bits((bytes16)((halves16)(~bytes & small) << 2));
    flags |= (uint8_t)(capitals & 1);
    if (capitals > 1) /* few */
        flags |= (uint8_t)((capitals & (capitals - 1) ? TOKEN_CAPITALS : 0) | (capitals == (UINT64_C(1) << len) - 1 ? TOKEN_ALLCAPS : 0));
    token->hash = hash_end(eight ^ ((eight ^ sixteen) & longer));
    token->head = kind->head | head_of_flags(flags);
}

/* Reads the runs that end in a block whose first byte is `at` of the text; the last that starts there may have its end in the next. plain: all of them are whole tokens. */
G_ALWAYS_INLINE static inline void runs_read(struct reading *r, uint32_t at, const struct token_block *block, bool plain)
{
    const char *const text = r->text;
    const uint32_t longest = r->len - at >= TOKEN_BLOCK + PLAIN_BYTES ? PLAIN_BYTES : 0; /* where the text ends soon sixteen bytes may not be read */
    uint64_t starts = block->starts, ends = block->ends;
    uint32_t start = r->begun, done = r->done;
    struct token *token = r->next;
    for (; ends; start = NONE) {
        bool odd = !plain && block->odd & ends & -ends;
        uint32_t end = at + (uint32_t)__builtin_ctzll(ends);
        ends &= ends - 1;
        if (start == NONE) {
            start = at + (uint32_t)__builtin_ctzll(starts);
            starts &= starts - 1;
        }
        if (end - start <= longest && (plain || (!odd && start >= r->beyond))) {
            uint8_t flags = space_flags(text, done, start);
            if (start >= r->borders.next)
                flags |= borders_pass(&r->borders, start);
            plain_read(text + start, end - start, flags, token);
            token++->span = (struct span){start, end};
            done = end;
        } else {
            r->next = token;
            r->done = done;
            odd_read(r, start);
            token = r->next;
            done = r->done;
        }
    }
    r->next = token;
    r->done = done;
    r->begun = starts ? at + (uint32_t)__builtin_ctzll(starts) : start;
}

static inline void note_start(struct reading *r, uint32_t start)
{
    r->starts->blocks[start / TOKEN_BLOCK].starts |= UINT64_C(1) << start % TOKEN_BLOCK;
}

static void block_read(struct reading *r, uint32_t at, const struct token_block *block)
{
    const struct token *before = r->next;
    if (!block->odd && r->beyond <= MIN(at, r->begun)) {
        r->starts->blocks[at / TOKEN_BLOCK].starts = block->starts;
        if (r->begun != NONE)
            note_start(r, r->begun);
        runs_read(r, at, block, true);
        return;
    }
    runs_read(r, at, block, false);
    for (const struct token *token = before; token < r->next; token++)
        note_start(r, token->span.start);
}

/* Room for the tokens of one more block. */
static void make_room(struct reading *r)
{
    guint n = (guint)(r->next - (struct token *)(void *)r->tokens->data);
    if (n + TOKEN_BLOCK + 1 <= r->tokens->len)
        return;
    g_array_set_size(r->tokens, n + n / 2 + TOKEN_BLOCK + 1);
    r->next = (struct token *)(void *)r->tokens->data + n;
}

static struct token_starts *starts_for(uint32_t len)
{
    struct token_starts *starts = g_malloc0(sizeof *starts + (len / TOKEN_BLOCK + 1) * sizeof *starts->blocks);
    starts->len = len;
    return starts;
}

static void starts_count(struct token_starts *starts)
{
    for (uint32_t i = 0, before = 0; i <= starts->len / TOKEN_BLOCK; i++) {
        starts->blocks[i].before = before;
        before += token_bits(starts->blocks[i].starts);
    }
}

GArray *tokens_new_starts(const struct document *doc, struct token_starts **ret)
{
    enum { BYTES_A_TOKEN = 5 };
    struct reading r = {.text = doc->text->str, .len = (uint32_t)doc->text->len, .begun = NONE, .borders = borders_of(doc)};
    struct token_block block = {.space = 1};
    kinds_init();
    r.starts = starts_for(r.len);
    r.tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    g_array_set_size(r.tokens, r.len / BYTES_A_TOKEN + TOKEN_BLOCK + 1);
    r.next = (struct token *)(void *)r.tokens->data;
    for (uint32_t at = 0; at <= r.len; at += TOKEN_BLOCK) { /* white space fills up the last block */
        char last[TOKEN_BLOCK];
        uint32_t left = MIN(r.len - at, TOKEN_BLOCK);
        if (left < TOKEN_BLOCK) {
            memset(last, ' ', sizeof last);
            memcpy(last, r.text + at, left);
        }
        make_room(&r);
        block = token_block_of(left < TOKEN_BLOCK ? last : r.text + at, &block);
        block_read(&r, at, &block);
    }
    g_array_set_size(r.tokens, (guint)(r.next - (struct token *)(void *)r.tokens->data));
    starts_count(r.starts);
    *ret = r.starts;
    return r.tokens;
}

GArray *tokens_new(const struct document *doc)
{
    struct token_starts *starts;
    GArray *tokens = tokens_new_starts(doc, &starts);
    g_free(starts);
    return tokens;
}

void token_hashes(struct slice text, GArray *hashes)
{
    kinds_init();
    for (const char *p = text.ptr, *end = text.ptr + text.len; p < end;) {
        struct token token = {.flags = 0};
        const char *stop = token_read(p, end, &token);
        if (stop > p)
            g_array_append_val(hashes, token.hash);
        p = stop > p ? stop : g_utf8_next_char(p);
    }
}

uint32_t token_at(const GArray *tokens, uint32_t clean)
{
    const struct token *first = (const void *)tokens->data, *low = first;
    for (guint n = tokens->len; n > 0;) { /* without a branch that depends on the text */
        guint half = n - n / 2;
        low += low[half - 1].span.start < clean ? half : 0;
        n /= 2;
    }
    return (uint32_t)(low - first);
}
