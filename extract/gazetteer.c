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
    madvise(copy, (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1), MADV_HUGEPAGE); /* refused where there are none; the last one must be asked for whole */
    memcpy(copy, table, size);
    mprotect(mapped, room, PROT_READ);
    table = (const struct gazetteer *)(void *)copy;
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

/* The words of a possible name, as far as they were read. */
struct words {
    uint32_t comma;  /* words before the first comma */
    uint32_t elided; /* bytes of the first word that are left out */
    uint32_t token[NAME_WORDS];
    uint32_t name[NAME_WORDS]; /* name_hash of the words up to each */
    uint32_t stem[NAME_WORDS]; /* the same, without the possessive of the last */
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

/* Hashes of a word and of it without its possessive; `elided` bytes of it are left out. */
static void word_hashes(const struct document *doc, const struct token *t, uint32_t elided, uint32_t *whole, uint32_t *stem)
{
    *whole = *stem = t->hash;
    if (!(t->flags & TOKEN_APOSTROPHE))
        return;
    struct slice text = slice_sub(token_text(doc, t), elided, t->span.end - t->span.start);
    uint32_t len = word_stem_len(text);
    *whole = elided ? token_hash(text) : t->hash;
    *stem = len == text.len ? *whole : token_hash(slice_sub(text, 0, len));
}

/* May a name with this hash stand in the table? */
static inline bool may_stand(const struct gazetteer *g, uint32_t hash)
{
    return gazetteer_taken(g, &g->slots, hash & g->slots.mask);
}

/* Reads words of a name, whose first stands there, as long as a name of that length may begin so. Returns how many words may be one, a bit for each: all are
 * asked before one is looked at, for the table lies far from the processor, which then waits once. */
static uint32_t words_read(const struct gazetteer *g, const struct document *doc, const struct token *all, uint32_t limit, uint32_t lengths, uint64_t seconds, struct words *words)
{
    uint32_t most = 32 - (uint32_t)__builtin_clz(lengths | 1), n = 1, comma = NAME_WORDS, may = (uint32_t)may_stand(g, words->name[0]) | (uint32_t)may_stand(g, words->stem[0]);
    const struct token *last = &all[words->token[0]];
    for (uint32_t i = words->token[0] + 1; i < limit && n < most && !(all[i].flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)); i++) {
        const struct token *t = &all[i];
        if (t->class == TOKEN_SIGN) {
            if (i + 1 >= limit || !joins(t, last, &all[i + 1]))
                break;
            if (t->sign == ',')
                comma = MIN(comma, n);
            continue;
        }
        uint32_t whole, stem;
        word_hashes(doc, t, 0, &whole, &stem);
        if (n == 1 && !(seconds & (UINT64_C(1) << (whole & 63) | UINT64_C(1) << (stem & 63))))
            break;
        words->token[n] = i;
        words->name[n] = name_hash(words->name[n - 1], whole);
        words->stem[n] = words->name[n];
        if (stem != whole) { /* in few */
            words->stem[n] = name_hash(words->name[n - 1], stem);
            may |= (uint32_t)may_stand(g, words->stem[n]) << n;
        }
        may |= (uint32_t)may_stand(g, words->name[n]) << n;
        last = t;
        if (++n == 2 && most > 2 && !gazetteer_pair(g, words->name[1]))
            break;
    }
    words->comma = comma;
    return may & lengths;
}

static void fold_words(const struct document *doc, const struct token *all, const struct words *words, uint32_t n, bool stem, char folded[static NAME_BYTES])
{
    size_t len = 0;
    for (uint32_t i = 0; i < n && len + 64 < NAME_BYTES; i++) {
        if (i > 0)
            folded[len++] = ' ';
        struct slice text = token_text(doc, &all[words->token[i]]);
        text = i == 0 && words->elided ? slice_sub(text, words->elided, text.len) : text;
        text = stem && i + 1 == n ? slice_sub(text, 0, word_stem_len(text)) : text;
        len += token_fold(text, folded + len, NAME_BYTES - len - 1);
    }
    folded[len] = '\0';
}

/* Is this text, as the table has it, what the first n words are, all of ASCII? NULL: no; else the end of it, or of what was read before another letter. */
static const char *same_ascii(const struct document *doc, const struct token *all, const struct words *words, uint32_t n, const char *text, bool *other)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct token *t = &all[words->token[i]];
        if (i > 0 && *text++ != ' ')
            return NULL;
        for (const char *p = doc->text->str + t->span.start, *end = doc->text->str + t->span.end; p < end; p++, text++) {
            unsigned c = (unsigned char)*p;
            if (c >= 0x80) {
                *other = true;
                return text;
            }
            if (*text != (char)(c - 'A' < 26 ? c | 0x20 : c))
                return NULL;
        }
    }
    return *text ? NULL : text;
}

/* Is the slot called as the first n words are? */
static bool called(const struct gazetteer *g, const struct document *doc, const struct token *all, const struct words *words, uint32_t n, bool stem, const struct gazetteer_slot *slot)
{
    const char *text = gazetteer_string(g, slot->text);
    bool other = stem || words->elided;
    if (!other && !same_ascii(doc, all, words, n, text, &other))
        return false;
    if (!other)
        return true;
    char folded[NAME_BYTES];
    fold_words(doc, all, words, n, stem, folded);
    return strcmp(text, folded) == 0;
}

/* The slot of the first n words; most runs of words are no name, which is soon told. */
static inline const struct gazetteer_slot *slot_of(const struct gazetteer *g, const struct document *doc, const struct token *all, const struct words *words, uint32_t n, bool stem)
{
    uint32_t hash = stem ? words->stem[n - 1] : words->name[n - 1], at = hash & g->slots.mask;
    for (const struct gazetteer_slot *slot; (slot = next_slot(g, hash, &at));)
        if (called(g, doc, all, words, n, stem, slot))
            return slot;
    return NULL;
}

/* "U.S." ends in the stop of its last initial. */
static void take_stop(const GArray *tokens, uint32_t limit, struct name_match *m)
{
    if (m->after >= limit || m->after < m->first + 2)
        return;
    const struct token *last = &g_array_index(tokens, struct token, m->after - 1), *stop = &g_array_index(tokens, struct token, m->after);
    bool initials = !(stop->flags & TOKEN_PASSAGE) && last->span.end - last->span.start == 1 && g_array_index(tokens, struct token, m->after - 2).sign == '.';
    if (initials && stop->sign == '.' && stop->span.start == last->span.end) {
        m->after++;
        m->span.end = stop->span.end;
    }
}

/* Longest first, of the lengths that may be a name's. */
static bool match_words(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t limit, const struct words *words, uint32_t may, struct name_match *ret)
{
    const struct token *all = (const void *)tokens->data;
    for (uint32_t n; may; may ^= 1u << (n - 1)) {
        n = 32 - (uint32_t)__builtin_clz(may);
        const struct gazetteer_slot *slot = slot_of(g, doc, all, words, n, false);
        bool whole = slot != NULL;
        if (!slot && words->stem[n - 1] != words->name[n - 1])
            slot = slot_of(g, doc, all, words, n, true);
        if (!slot || (n > words->comma) != ((gazetteer_flags(g, slot) & SLOT_COMMA) != 0))
            continue;
        const struct token *first = &all[words->token[0]], *last = &all[words->token[n - 1]];
        uint32_t start = n == 1 ? first->span.start + words->elided : last->span.start;
        uint32_t end = whole ? last->span.end : start + word_stem_len(document_slice(doc, (struct span){start, last->span.end}));
        *ret = (struct name_match){slot, words->token[0], words->token[n - 1] + 1, {first->span.start + words->elided, end}};
        take_stop(tokens, limit, ret);
        return true;
    }
    return false;
}

/* `elided` bytes of the first word are left out. */
static bool match_at(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, uint32_t elided, const struct gazetteer_start *start,
                     struct name_match *ret)
{
    const struct token *all = (const void *)tokens->data;
    if (first >= limit || all[first].class == TOKEN_SIGN)
        return false;
    struct words words; /* all of it cleared would cost more than the search */
    uint32_t whole, stem, lengths = start->lengths;
    word_hashes(doc, &all[first], elided, &whole, &stem);
    if (stem != whole)
        lengths |= gazetteer_start(g, stem)->lengths & 1; /* a possessive is a name by itself */
    if (!lengths)
        return false;
    words.elided = elided;
    words.token[0] = first;
    words.name[0] = name_hash(NAME_HASH_START, whole);
    words.stem[0] = stem == whole ? words.name[0] : name_hash(NAME_HASH_START, stem);
    uint32_t may = words_read(g, doc, all, limit, lengths, start->seconds, &words);
    return may && match_words(g, doc, tokens, limit, &words, may, ret);
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
    words.elided = words.token[0] = 0;
    words.name[0] = name_hash(NAME_HASH_START, token->hash);
    const struct gazetteer_slot *slot = slot_of(g, doc, token, &words, 1, false);
    return slot && !(gazetteer_flags(g, slot) & SLOT_COMMA) ? slot : NULL;
}

/* Asks memory for what tells whether a name stands in the table … */
static inline void fetch_places(const struct gazetteer *g, uint32_t name)
{
    __builtin_prefetch(gazetteer_places(g, &g->slots, name & g->slots.mask));
}

/* … then for the first row that may be its … */
static inline void fetch_row(const struct gazetteer *g, uint32_t name)
{
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots.rows);
    if (may_stand(g, name))
        __builtin_prefetch(&slots[gazetteer_row(g, &g->slots, name & g->slots.mask)]);
}

/* … and for what a row points to. */
static inline void fetch_name(const struct gazetteer *g, uint32_t name)
{
    uint32_t at = name & g->slots.mask;
    const struct gazetteer_slot *slot = next_slot(g, name, &at);
    if (!slot)
        return;
    __builtin_prefetch(gazetteer_string(g, slot->text));
    __builtin_prefetch(gazetteer_senses(g, slot));
}

void gazetteer_fetch(const struct gazetteer *g, const uint32_t *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        fetch_places(g, names[i]);
    for (uint32_t i = 0; i < n; i++)
        fetch_row(g, names[i]);
    for (uint32_t i = 0; i < n; i++)
        fetch_name(g, names[i]);
}

/* The same of a word that names begin with. */
static inline void fetch_start(const struct gazetteer *g, uint32_t word)
{
    const struct gazetteer_start *starts = (const void *)((const char *)g + g->starts.rows);
    if (gazetteer_taken(g, &g->starts, word & g->starts.mask))
        __builtin_prefetch(&starts[gazetteer_row(g, &g->starts, word & g->starts.mask)]);
}

void gazetteer_firsts(const struct gazetteer *g, const struct document *doc, const struct token *tokens, const uint32_t *at, uint32_t n, struct gazetteer_first *ret)
{
    enum { TOGETHER = 32 };
    uint32_t names[TOGETHER];
    for (uint32_t from = 0; from < n; from += TOGETHER) {
        uint32_t some = MIN(TOGETHER, n - from);
        for (uint32_t k = 0; k < some; k++) {
            uint32_t word = tokens[at[from + k]].hash;
            names[k] = name_hash(NAME_HASH_START, word);
            __builtin_prefetch(gazetteer_places(g, &g->starts, word & g->starts.mask));
        }
        for (uint32_t k = 0; k < some; k++)
            fetch_start(g, tokens[at[from + k]].hash);
        gazetteer_fetch(g, names, some);
        for (uint32_t k = 0; k < some; k++) {
            const struct token *t = &tokens[at[from + k]];
            struct gazetteer_first *first = &ret[t->word];
            first->start = gazetteer_start(g, t->hash);
            first->alone = gazetteer_alone(g, doc, t, first->start);
        }
    }
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
