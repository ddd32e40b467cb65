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

uint32_t word_stem_len(struct slice word)
{
    if (word.len > 2 && (slice_ends(word, "'s") || slice_ends(word, "'S")))
        return (uint32_t)word.len - 2;
    if (word.len > 4 && (slice_ends(word, "\xe2\x80\x99s") || slice_ends(word, "\xe2\x80\x99S")))
        return (uint32_t)word.len - 4;
    return (uint32_t)word.len;
}

static uint32_t start_words(const struct gazetteer *g, uint32_t hash)
{
    const struct gazetteer_start *starts = (const void *)((const char *)g + g->starts);
    for (uint32_t i = hash & (g->n_starts - 1); starts[i].words; i = (i + 1) & (g->n_starts - 1))
        if (starts[i].hash == hash)
            return starts[i].words;
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

/* The words of a possible name: token index, hash without the possessive, end of the text. */
struct words {
    uint32_t n;
    uint32_t token[NAME_WORDS], hash[NAME_WORDS], stem[NAME_WORDS];
    struct span span[NAME_WORDS];
};

/* May the sign `t` stand between two words of one name? */
static bool joins(const struct document *doc, const struct token *t, const struct token *before, const struct token *next)
{
    struct slice sign = document_slice(doc, t->span);
    if (next->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
        return false;
    if (slice_is(sign, "-"))
        return true;
    if (!slice_is(sign, ".") || t->flags & TOKEN_SPACE)
        return false;
    return before->span.end - before->span.start <= 3; /* "U.S.", "St. John's", "Ste. Marie" */
}

static void words_collect(const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, uint32_t most, struct words *words)
{
    words->n = 0;
    const struct token *last = NULL;
    for (uint32_t i = first; i < limit && words->n < most; i++) {
        const struct token *t = &g_array_index(tokens, struct token, i);
        if (last && t->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE))
            return;
        if (t->class == TOKEN_SIGN) {
            if (!last || i + 1 >= limit || !joins(doc, t, last, &g_array_index(tokens, struct token, i + 1)))
                return;
            continue;
        }
        struct slice text = document_slice(doc, t->span);
        uint32_t stem = word_stem_len(text);
        words->token[words->n] = i;
        words->hash[words->n] = t->hash;
        words->span[words->n] = (struct span){t->span.start, t->span.start + stem};
        words->stem[words->n] = stem == text.len ? t->hash : token_hash(slice_sub(text, 0, stem));
        words->n++;
        last = t;
    }
}

static size_t fold_words(const struct document *doc, const GArray *tokens, const struct words *words, uint32_t n, bool stem, char *folded)
{
    size_t len = 0;
    for (uint32_t i = 0; i < n && len + 64 < NAME_BYTES; i++) {
        if (i > 0)
            folded[len++] = ' ';
        struct span span = stem && i + 1 == n ? words->span[i] : g_array_index(tokens, struct token, words->token[i]).span;
        len += token_fold(document_slice(doc, span), folded + len, NAME_BYTES - len - 1);
    }
    folded[len] = '\0';
    return len;
}

static const struct gazetteer_slot *look_up(const struct gazetteer *g, const struct document *doc, const GArray *tokens, const struct words *words, uint32_t n, bool stem)
{
    uint32_t hash = NAME_HASH_START;
    for (uint32_t i = 0; i < n; i++)
        hash = name_hash(hash, stem && i + 1 == n ? words->stem[i] : words->hash[i]);
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots);
    for (uint32_t i = hash & (g->n_slots - 1); slots[i].hash; i = (i + 1) & (g->n_slots - 1)) {
        if (slots[i].hash != hash)
            continue;
        char folded[NAME_BYTES];
        fold_words(doc, tokens, words, n, stem, folded);
        if (strcmp(gazetteer_string(g, slots[i].text), folded) == 0)
            return &slots[i];
    }
    return NULL;
}

/* "U.S." ends in the stop of its last initial. */
static void take_stop(const struct document *doc, const GArray *tokens, uint32_t limit, struct name_match *m)
{
    if (m->after >= limit || m->after < m->first + 2)
        return;
    const struct token *last = &g_array_index(tokens, struct token, m->after - 1), *stop = &g_array_index(tokens, struct token, m->after);
    bool initials = last->span.end - last->span.start == 1 && slice_is(document_slice(doc, g_array_index(tokens, struct token, m->after - 2).span), ".");
    if (initials && slice_is(document_slice(doc, stop->span), ".") && stop->span.start == last->span.end) {
        m->after++;
        m->span.end = stop->span.end;
    }
}

bool gazetteer_match(const struct gazetteer *g, const struct document *doc, const GArray *tokens, uint32_t first, uint32_t limit, struct name_match *ret)
{
    const struct token *t = &g_array_index(tokens, struct token, first);
    uint32_t most = start_words(g, t->hash);
    struct slice text = document_slice(doc, t->span);
    uint32_t stem = word_stem_len(text);
    if (stem < text.len)
        most = MAX(most, MIN(start_words(g, token_hash(slice_sub(text, 0, stem))), 1));
    if (most == 0)
        return false;
    struct words words;
    words_collect(doc, tokens, first, limit, MIN(most, NAME_WORDS), &words);
    for (uint32_t n = words.n; n > 0; n--) {
        bool possessive = words.stem[n - 1] != words.hash[n - 1];
        const struct gazetteer_slot *slot = look_up(g, doc, tokens, &words, n, false);
        bool whole = slot != NULL;
        if (!slot && possessive)
            slot = look_up(g, doc, tokens, &words, n, true);
        if (!slot)
            continue;
        uint32_t end = whole ? g_array_index(tokens, struct token, words.token[n - 1]).span.end : words.span[n - 1].end;
        *ret = (struct name_match){slot, first, words.token[n - 1] + 1, {t->span.start, end}};
        take_stop(doc, tokens, limit, ret);
        return true;
    }
    return false;
}

uint32_t gazetteer_word(const struct gazetteer *g, const struct document *doc, const struct token *token)
{
    uint32_t hash = name_hash(NAME_HASH_START, token->hash);
    const struct gazetteer_slot *slots = (const void *)((const char *)g + g->slots);
    for (uint32_t i = hash & (g->n_slots - 1); slots[i].hash; i = (i + 1) & (g->n_slots - 1)) {
        if (slots[i].hash != hash)
            continue;
        char folded[NAME_BYTES];
        folded[token_fold(document_slice(doc, token->span), folded, sizeof folded)] = '\0';
        if (strcmp(gazetteer_string(g, slots[i].text), folded) == 0)
            return slots[i].flags;
    }
    return 0;
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
