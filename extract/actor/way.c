/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/actor/way.h"

enum { BESIDE_HASHES = 4096 };

static uint8_t beside[BESIDE_HASHES]; /* by the low bits of a word's hash: enum beside */

void beside_add(const struct name_words *words, enum beside bit)
{
    for (const char *const *word = words->words; *word; word++)
        beside[token_hash(slice_of(*word)) % BESIDE_HASHES] |= (uint8_t)bit;
}

void actor_ways_init(void)
{
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    actor_built_beside();
    actor_called_beside();
    actor_person_beside();
    g_once_init_leave(&done, 1);
}

static inline uint8_t beside_of(const struct token *t)
{
    return beside[t->hash % BESIDE_HASHES];
}

/* A word, the token behind it, and what the tables say of both. */
struct place {
    const struct token *t, *next;
    uint32_t known, next_known;
    uint8_t before, next_beside; /* enum beside of the token before it and of the next */
    bool starts;  /* the next token begins a sentence, or there is none */
    bool follows; /* it stands there with a space between, in the same sentence and cell */
    bool capital; /* it has one */
};

/* A run of capitals and connectors: "Ministry of Health". */
static bool may_be_built(const struct name_scan *scan, const struct place *p)
{
    if (p->known & SCAN_HEADLINE)
        return false;
    if (scan->small && p->known & (SLOT_STATE | SLOT_BODY))
        return true;
    if (p->starts || (p->known & (SLOT_TIME | SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_CONNECTOR) && !(p->known & (HEADS | SLOT_GIVEN))))
        return false;
    if (p->capital || p->next_known & SCAN_ELIDED || p->next->sign == '-' || p->next->sign == '&' || p->next_beside & BESIDE_AND)
        return true;
    return p->known & HEADS && (p->next_known & SLOT_CONNECTOR || p->next_beside & BESIDE_FOR);
}

/* Two words of a name, an initial, or a title. */
static bool may_be_person(const struct name_scan *scan, const struct place *p)
{
    uint32_t len = p->t->span.end - p->t->span.start;
    if (p->known & SLOT_TITLE || (p->next->sign == '.' && len <= 2))
        return true;
    if (p->next->sign != '-' && !(p->follows && (p->capital || p->next_beside & BESIDE_PARTICLE)))
        return false;
    bool acronym = p->t->flags & TOKEN_ALLCAPS && len < 6;
    return p->known & (SLOT_GIVEN | SLOT_SURNAME) || !(p->known & (NO_PERSON | SCAN_ORDINARY) || acronym || scan->lower[p->t->word]);
}

/* "the government of", "the Valles cartel", "gangs such as the", "the EU's office", "Cartagena+30". */
static bool may_be_called(const struct name_scan *scan, uint32_t i, const struct place *p)
{
    enum { MOST_CAPITALS = 4 };
    if (p->known & (SLOT_STATE | SLOT_RANK) && p->follows && (p->next_beside & BESIDE_OF || p->next_known & SCAN_ELIDED))
        return true;
    if (p->t->flags & TOKEN_APOSTROPHE || p->next->sign == '+' || p->before & (BESIDE_OUTLET | BESIDE_EXAMPLE))
        return true;
    if (p->before & BESIDE_PLURAL && i > 1 && beside_of(p->t - 2) & BESIDE_EXAMPLE)
        return true;
    uint32_t behind = i + 1;
    while (behind < i + MOST_CAPITALS && scan_capital(scan, behind))
        behind++;
    return behind < scan->n && beside_of(&scan->tokens[behind]) & BESIDE_NOUN;
}

/* Can anything at all be told of the place? Half of all words with a capital stand between plain words. */
static inline bool is_plain(const struct place *p)
{
    const uint64_t signs = UINT64_C(1) << '-' | UINT64_C(1) << '.' | UINT64_C(1) << '&' | UINT64_C(1) << '+';
    uint32_t known = p->known & (SCAN_ACTOR | SLOT_TITLE | SLOT_STATE | SLOT_BODY | SLOT_RANK), next = p->next_known & (SCAN_ELIDED | SLOT_CONNECTOR);
    uint32_t flags = (p->t->flags & TOKEN_APOSTROPHE) | (p->next->flags & TOKEN_CAPITAL), before = p->before & (BESIDE_OUTLET | BESIDE_EXAMPLE | BESIDE_PLURAL);
    return !(known | next | flags | before | p->next_beside) && !(p->next->sign < 64 && signs >> p->next->sign & 1);
}

unsigned actor_ways(const struct name_scan *scan, uint32_t i)
{
    static const struct token none = {.class = TOKEN_SIGN, .flags = TOKEN_SENTENCE | TOKEN_PASSAGE};
    const struct token *t = &scan->tokens[i], *next = i + 1 < scan->n ? t + 1 : &none;
    struct place p = {.t = t, .next = next, .known = scan->known[i], .next_known = scan->known[i + 1], .next_beside = beside_of(next), .before = i > 0 ? beside_of(t - 1) : 0};
    if (is_plain(&p))
        return 0;
    p.starts = next->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE);
    p.follows = !p.starts && next->flags & TOKEN_SPACE && !(p.next_known & SCAN_CELL);
    p.capital = next->flags & TOKEN_CAPITAL;
    unsigned ways = p.known & SCAN_ACTOR ? WAY_KNOWN : 0;
    if (!(t->flags & TOKEN_CAPITAL || p.known & SCAN_ELIDED) && !scan->small)
        return ways | (may_be_called(scan, i, &p) ? WAY_CALLED : 0); /* "government" */
    ways |= may_be_built(scan, &p) ? WAY_BUILT : 0;
    ways |= may_be_called(scan, i, &p) ? WAY_CALLED : 0;
    return ways | (t->flags & TOKEN_CAPITAL && may_be_person(scan, &p) ? WAY_PERSON : 0);
}
