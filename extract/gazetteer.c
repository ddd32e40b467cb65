/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/gazetteer.h"

extern const unsigned char citable_gazetteer[]; /* gazetteer_data.S */

enum { NAME_WORDS = 12, NAME_BYTES = 512 };

const struct gazetteer *gazetteer_get(void)
{
    const struct gazetteer *g = (const struct gazetteer *)(const void *)citable_gazetteer;
    g_assert(g->magic == GAZETTEER_MAGIC);
    return g;
}

/* May `hash` stand in the table of n rows whose low hash bits these are? */
static inline bool may_stand(const struct gazetteer *g, uint32_t bits, uint32_t n, uint32_t hash)
{
    uint32_t at = hash & (n * PRESENT_BITS - 1);
    return ((const uint8_t *)g + bits)[at >> 3] >> (at & 7) & 1;
}

/* The numbers of words of the names that begin with a word, as bits. */
static uint32_t start_lengths(const struct gazetteer *g, uint32_t hash)
{
    if (!may_stand(g, g->starting, g->n_starts, hash))
        return 0;
    const struct gazetteer_start *starts = (const void *)((const char *)g + g->starts);
    for (uint32_t i = hash & (g->n_starts - 1); starts[i].lengths; i = (i + 1) & (g->n_starts - 1))
        if (starts[i].hash == hash)
            return starts[i].lengths;
    return 0;
}

static const struct gazetteer_slot *slot_find(const struct gazetteer *g, uint32_t hash, const char *folded)
{
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots);
    for (uint32_t i = hash & (g->n_slots - 1); slots[i].hash; i = (i + 1) & (g->n_slots - 1))
        if (slots[i].hash == hash && strcmp(gazetteer_string(g, slots[i].text), folded) == 0)
            return &slots[i];
    return NULL;
}

/* The words of a possible name: token index, hash and span, whole and without the possessive. */
struct words {
    uint32_t n;
    uint32_t comma; /* words before the first comma */
    uint32_t token[NAME_WORDS], hash[NAME_WORDS], stem[NAME_WORDS];
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

/* `elided` bytes of the first word are left out. */
static void words_collect(const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, uint32_t most, uint32_t elided, struct words *words)
{
    words->n = 0;
    words->comma = NAME_WORDS;
    const struct token *last = NULL;
    for (uint32_t i = first; i < limit && words->n < most; i++) {
        const struct token *t = &g_array_index(tokens, struct token, i);
        if (last && t->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
            return;
        if (t->class == TOKEN_SIGN) {
            if (!last || i + 1 >= limit || !joins(t, last, &g_array_index(tokens, struct token, i + 1)))
                return;
            if (t->sign == ',')
                words->comma = MIN(words->comma, words->n);
            continue;
        }
        struct span span = {t->span.start + (last ? 0 : elided), t->span.end};
        struct slice text = document_slice(doc, span);
        uint32_t stem = word_stem_len(text);
        words->token[words->n] = i;
        words->hash[words->n] = last || !elided ? t->hash : token_hash(text);
        words->whole[words->n] = span;
        words->span[words->n] = (struct span){span.start, span.start + stem};
        words->stem[words->n] = stem == text.len ? words->hash[words->n] : token_hash(slice_sub(text, 0, stem));
        words->n++;
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
    uint32_t hash = NAME_HASH_START;
    for (uint32_t i = 0; i < n; i++)
        hash = name_hash(hash, stem && i + 1 == n ? words->stem[i] : words->hash[i]);
    if (!may_stand(g, g->present, g->n_slots, hash))
        return NULL;
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots);
    for (uint32_t i = hash & (g->n_slots - 1); slots[i].hash; i = (i + 1) & (g->n_slots - 1)) {
        if (slots[i].hash != hash)
            continue;
        char folded[NAME_BYTES];
        fold_words(doc, words, n, stem, folded);
        if (strcmp(gazetteer_string(g, slots[i].text), folded) == 0)
            return &slots[i];
    }
    return NULL;
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
        if (!slot || (n > words->comma) != ((slot->flags & SLOT_COMMA) != 0))
            continue;
        uint32_t end = whole ? words->whole[n - 1].end : words->span[n - 1].end;
        *ret = (struct name_match){slot, words->token[0], words->token[n - 1] + 1, {words->whole[0].start, end}};
        take_stop(tokens, limit, ret);
        return true;
    }
    return false;
}

/* The lengths of names that begin with this text; a possessive is a name by itself. */
static uint32_t lengths_of(const struct gazetteer *g, struct slice text, uint32_t hash)
{
    uint32_t lengths = start_lengths(g, hash), stem = word_stem_len(text);
    return stem < text.len ? lengths | (start_lengths(g, token_hash(slice_sub(text, 0, stem))) & 1) : lengths;
}

bool gazetteer_match(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, struct name_match *ret)
{
    const struct token *t = &g_array_index(tokens, struct token, first);
    struct slice text = document_slice(doc, t->span);
    uint32_t lengths = lengths_of(g, text, t->hash), elided = t->class == TOKEN_WORD ? word_elided_len(text) : 0;
    struct words words;
    if (lengths) {
        words_collect(doc, tokens, first, limit, 32 - (uint32_t)__builtin_clz(lengths), 0, &words);
        if (match_words(g, doc, tokens, limit, &words, lengths, ret))
            return true;
    }
    if (!elided)
        return false;
    text = slice_sub(text, elided, text.len);
    lengths = lengths_of(g, text, token_hash(text));
    if (!lengths)
        return false;
    words_collect(doc, tokens, first, limit, 32 - (uint32_t)__builtin_clz(lengths), elided, &words);
    return match_words(g, doc, tokens, limit, &words, lengths, ret);
}

const struct gazetteer_slot *gazetteer_find(const struct gazetteer *g, const char *name)
{
    char folded[NAME_BYTES];
    size_t len = 0;
    uint32_t hash = NAME_HASH_START;
    g_auto(GStrv) words = g_strsplit_set(name, " -.", -1);
    for (char **word = words; *word && len + 64 < NAME_BYTES; word++) {
        if (!**word)
            continue;
        if (len > 0)
            folded[len++] = ' ';
        hash = name_hash(hash, token_hash(slice_of(*word)));
        len += token_fold(slice_of(*word), folded + len, NAME_BYTES - len - 1);
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
