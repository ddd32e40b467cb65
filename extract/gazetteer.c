/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/gazetteer.h"

#include <sys/mman.h>

extern const unsigned char citable_gazetteer[]; /* gazetteer_data.S */

enum { NAME_WORDS = 12, NAME_BYTES = 512 };

static const struct gazetteer *table = (const struct gazetteer *)(const void *)citable_gazetteer;

const struct gazetteer *gazetteer_get(void)
{
    g_assert(table->magic == GAZETTEER_MAGIC);
    return table;
}

static size_t table_size(const struct gazetteer *g)
{
    return g->strings + g->strings_len; /* they stand last */
}

void gazetteer_settle(void)
{
    enum { HUGE_PAGE = 2 << 20 };
    size_t size = table_size(table), room = (size + 2 * HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    char *mapped = table != (const void *)citable_gazetteer ? MAP_FAILED : mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
        return;
    char *copy = (char *)(((uintptr_t)mapped + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1));
    madvise(copy, size, MADV_HUGEPAGE); /* refused where there are none */
    memcpy(copy, table, size);
    mprotect(mapped, room, PROT_READ);
    table = (const struct gazetteer *)(void *)copy;
}

void gazetteer_fetch(const struct gazetteer *g, uint32_t hash)
{
    const char *bytes = (const char *)g;
    uint32_t name = name_hash(NAME_HASH_START, hash);
    __builtin_prefetch(bytes + g->starts.bits + (hash & g->starts.mask) / 8);
    __builtin_prefetch(bytes + g->slots.bits + (name & g->slots.mask) / 8);
    __builtin_prefetch(bytes + g->slots.before + (name & g->slots.mask) / 64 * sizeof(uint32_t));
}

const struct gazetteer_start *gazetteer_start(const struct gazetteer *g, uint32_t hash)
{
    static const struct gazetteer_start none, alone = {.lengths = 1};
    const struct gazetteer_start *starts = (const void *)((const char *)g + g->starts.rows);
    for (uint32_t at = hash & g->starts.mask; gazetteer_taken(g, &g->starts, at); at = (at + 1) & g->starts.mask) {
        const struct gazetteer_start *start = &starts[gazetteer_row(g, &g->starts, at)];
        if (start->hash == hash)
            return start;
    }
    return gazetteer_taken(g, &g->slots, name_hash(NAME_HASH_START, hash) & g->slots.mask) ? &alone : &none;
}

/* Goes through the slots that a name with this hash may have: the next one from place *at on, which it sets behind it; NULL: there is no more. */
static inline const struct gazetteer_slot *next_slot(const struct gazetteer *g, uint32_t hash, uint32_t *at)
{
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots.rows);
    while (gazetteer_taken(g, &g->slots, *at)) {
        const struct gazetteer_slot *slot = &slots[gazetteer_row(g, &g->slots, *at)];
        *at = (*at + 1) & g->slots.mask;
        if (slot->tag == hash >> TAG_SHIFT)
            return slot;
    }
    return NULL;
}

static const struct gazetteer_slot *slot_find(const struct gazetteer *g, uint32_t hash, const char *folded)
{
    uint32_t at = hash & g->slots.mask;
    for (const struct gazetteer_slot *slot; (slot = next_slot(g, hash, &at));)
        if (strcmp(gazetteer_string(g, slot->text), folded) == 0)
            return slot;
    return NULL;
}

/* The words of a possible name, as far as they were collected: token index, hash and span, whole and without the possessive. */
struct words {
    uint32_t n, next;    /* next: the token behind the last */
    uint32_t comma;      /* words before the first comma */
    uint32_t elided;     /* bytes of the first word that are left out */
    uint32_t token[NAME_WORDS], hash[NAME_WORDS], stem[NAME_WORDS];
    uint32_t name[NAME_WORDS]; /* name_hash of the words up to each */
    struct span whole[NAME_WORDS], span[NAME_WORDS];
};

/* May the sign `t` stand between two words of one name? */
static bool joins(const struct token *t, const struct token *before, const struct token *next)
{
    if (next->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
        return false;
    switch (t->sign) {
    case '-':
    case '/':
    case '&':
        return true;
    case ',':
        return !(t->flags & TOKEN_SPACE) && next->flags & TOKEN_SPACE;
    case '.': /* "U.S.", "St. John's", "Ste. Marie" */
        return !(t->flags & TOKEN_SPACE) && before->span.end - before->span.start <= 3;
    default:
        return false;
    }
}

static void add_word(const struct document *doc, const struct token *t, uint32_t token, struct words *words)
{
    uint32_t n = words->n++, elided = n == 0 ? words->elided : 0;
    struct span span = {t->span.start + elided, t->span.end};
    words->token[n] = token;
    words->next = token + 1;
    words->whole[n] = words->span[n] = span;
    words->hash[n] = words->stem[n] = t->hash;
    if (t->flags & TOKEN_APOSTROPHE) {
        struct slice text = document_slice(doc, span);
        uint32_t stem = word_stem_len(text);
        words->hash[n] = elided ? token_hash(text) : t->hash;
        words->span[n].end = span.start + stem;
        words->stem[n] = stem == text.len ? words->hash[n] : token_hash(slice_sub(text, 0, stem));
    }
    words->name[n] = name_hash(n > 0 ? words->name[n - 1] : NAME_HASH_START, words->hash[n]);
}

/* Collects up to `most` words in all, from the first token on or from where it stopped. */
static void words_collect(const struct document *doc, const GArray *tokens, uint32_t limit, uint32_t most, struct words *words)
{
    const struct token *all = (const void *)tokens->data, *last = words->n > 0 ? &all[words->next - 1] : NULL;
    uint32_t comma = words->comma;
    for (uint32_t i = words->next; i < limit && words->n < most; i++) {
        const struct token *t = &all[i];
        if (last && t->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
            return;
        if (t->class == TOKEN_SIGN) {
            if (!last || i + 1 >= limit || !joins(t, last, &all[i + 1]))
                return;
            if (t->sign == ',')
                comma = MIN(comma, words->n);
            continue;
        }
        add_word(doc, t, i, words);
        words->comma = comma;
        last = t;
    }
}

static size_t fold_words(const struct document *doc, const struct words *words, uint32_t n, bool stem, char *folded)
{
    size_t len = 0;
    for (uint32_t i = 0; i < n && len + 64 < NAME_BYTES; i++) {
        if (i > 0)
            folded[len++] = ' ';
        struct span span = stem && i + 1 == n ? words->span[i] : words->whole[i];
        len += token_fold(document_slice(doc, span), folded + len, NAME_BYTES - len - 1);
    }
    folded[len] = '\0';
    return len;
}

static const struct gazetteer_slot *look_up(const struct gazetteer *g, const struct document *doc, const struct words *words, uint32_t n, bool stem)
{
    uint32_t hash = stem ? name_hash(n > 1 ? words->name[n - 2] : NAME_HASH_START, words->stem[n - 1]) : words->name[n - 1];
    char folded[NAME_BYTES];
    if (!gazetteer_taken(g, &g->slots, hash & g->slots.mask))
        return NULL;
    fold_words(doc, words, n, stem, folded);
    return slot_find(g, hash, folded);
}

/* "U.S." ends in the stop of its last initial. */
static void take_stop(const GArray *tokens, uint32_t limit, struct name_match *m)
{
    if (m->after >= limit || m->after < m->first + 2)
        return;
    const struct token *last = &g_array_index(tokens, struct token, m->after - 1), *stop = &g_array_index(tokens, struct token, m->after);
    bool initials = last->span.end - last->span.start == 1 && g_array_index(tokens, struct token, m->after - 2).sign == '.';
    if (initials && stop->sign == '.' && stop->span.start == last->span.end) {
        m->after++;
        m->span.end = stop->span.end;
    }
}

/* Longest first, of the lengths that names have. */
static bool match_words(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t limit, const struct words *words, uint32_t lengths, struct name_match *ret)
{
    for (uint32_t n = words->n; n > 0; n--) {
        if (!(lengths & 1u << (n - 1)))
            continue;
        bool possessive = words->stem[n - 1] != words->hash[n - 1];
        const struct gazetteer_slot *slot = look_up(g, doc, words, n, false);
        bool whole = slot != NULL;
        if (!slot && possessive)
            slot = look_up(g, doc, words, n, true);
        if (!slot || (n > words->comma) != ((gazetteer_flags(g, slot) & SLOT_COMMA) != 0))
            continue;
        uint32_t end = whole ? words->whole[n - 1].end : words->span[n - 1].end;
        *ret = (struct name_match){slot, words->token[0], words->token[n - 1] + 1, {words->whole[0].start, end}};
        take_stop(tokens, limit, ret);
        return true;
    }
    return false;
}

/* `elided` bytes of the first word are left out. */
static bool match_at(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, uint32_t elided, const struct gazetteer_start *start,
                     struct name_match *ret)
{
    struct words words; /* all of it cleared would cost more than the search */
    words.n = 0;
    words.next = first;
    words.comma = NAME_WORDS;
    words.elided = elided;
    words_collect(doc, tokens, limit, 1, &words);
    if (words.n == 0)
        return false;
    uint32_t lengths = start->lengths;
    if (words.stem[0] != words.hash[0])
        lengths |= gazetteer_start(g, words.stem[0])->lengths & 1; /* a possessive is a name by itself */
    if (lengths > 1)
        words_collect(doc, tokens, limit, 2, &words);
    if (words.n > 1 && start->seconds & (UINT64_C(1) << (words.hash[1] & 63) | UINT64_C(1) << (words.stem[1] & 63)))
        words_collect(doc, tokens, limit, 32 - (uint32_t)__builtin_clz(lengths), &words);
    else
        words.n = 1;
    return lengths && match_words(g, doc, tokens, limit, &words, lengths, ret);
}

bool gazetteer_match_from(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, const struct gazetteer_start *start,
                          struct name_match *ret)
{
    const struct token *t = &g_array_index(tokens, struct token, first);
    if (!(t->flags & TOKEN_APOSTROPHE))
        return start->lengths && match_at(g, doc, tokens, first, limit, 0, start, ret);
    if (match_at(g, doc, tokens, first, limit, 0, start, ret))
        return true;
    struct slice text = token_text(doc, t);
    uint32_t elided = word_elided_len(text);
    return elided && match_at(g, doc, tokens, first, limit, elided, gazetteer_start(g, token_hash(slice_sub(text, elided, text.len))), ret);
}

const struct gazetteer_slot *gazetteer_alone(const struct gazetteer *g, const struct document *doc, const struct token *token, const struct gazetteer_start *start)
{
    if (!(start->lengths & 1))
        return NULL;
    struct words words;
    words.n = 0;
    words.elided = 0;
    add_word(doc, token, 0, &words);
    const struct gazetteer_slot *slot = look_up(g, doc, &words, 1, false);
    return slot && !(gazetteer_flags(g, slot) & SLOT_COMMA) ? slot : NULL;
}

bool gazetteer_goes_on(const struct gazetteer_start *start, const struct token *token, uint32_t left)
{
    if (left < 2 || start->lengths < 2)
        return false;
    const struct token *next = token + 1;
    if (next->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
        return false;
    if (next->class == TOKEN_SIGN)
        return next->sign == '-' || next->sign == '.' || next->sign == ',' || next->sign == '/' || next->sign == '&';
    return next->flags & TOKEN_APOSTROPHE || start->seconds >> (next->hash & 63) & 1;
}

bool gazetteer_match(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, struct name_match *ret)
{
    return gazetteer_match_from(g, doc, tokens, first, limit, gazetteer_start(g, g_array_index(tokens, struct token, first).hash), ret);
}

const struct gazetteer_slot *gazetteer_find(const struct gazetteer *g, const char *name)
{
    char folded[NAME_BYTES];
    size_t len = 0;
    uint32_t hash = NAME_HASH_START;
    for (const char *at = name; *at && len + 64 < NAME_BYTES;) {
        struct slice word = slice_make(at, strcspn(at, " -."));
        at += word.len + (at[word.len] != '\0');
        if (word.len == 0)
            continue;
        if (len > 0)
            folded[len++] = ' ';
        hash = name_hash(hash, token_hash(word));
        len += token_fold(word, folded + len, NAME_BYTES - len - 1);
    }
    folded[len] = '\0';
    return slot_find(g, hash, folded);
}

bool gazetteer_is_demonym(const char *name)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    for (uint32_t i = 0; slot && i < slot->count; i++)
        if (gazetteer_senses(g, slot)[i].flags & SENSE_DEMONYM)
            return true;
    return false;
}

const struct gazetteer_place *gazetteer_country(const struct gazetteer *g, const char *iso)
{
    uint32_t low = 0, high = g->n_places; /* countries come first, in the order of their codes */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct gazetteer_place *place = gazetteer_place(g, middle);
        int order = place->class != PLACE_COUNTRY ? 1 : strncmp(place->iso, iso, 2);
        if (order == 0)
            return place;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *gazetteer_members(const char *name)
{
    const struct gazetteer *g = gazetteer_get();
    const struct gazetteer_slot *slot = gazetteer_find(g, name);
    for (uint32_t k = 0; slot && k < slot->count; k++) {
        const struct gazetteer_sense *sense = &gazetteer_senses(g, slot)[k];
        const struct gazetteer_place *place = sense->flags & (SENSE_ACTOR | SENSE_DEMONYM) ? NULL : gazetteer_place(g, sense->record);
        const char *members = place && place->class == PLACE_ZONE ? gazetteer_string(g, place->members) : "";
        if (g_ascii_isupper(members[0]))
            return members;
    }
    return NULL;
}
