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
    uint8_t next_beside;
    bool starts;  /* the next token begins a sentence, or there is none */
    bool follows; /* it stands there with a space between, in the same sentence and cell */
    bool capital; /* it has one */
};

/* A run of capitals and connectors: "Ministry of Health". */
static bool may_be_built(const struct name_scan *scan, const struct place *p)
{
    bool big = ((p->t->flags & TOKEN_CAPITAL) != 0) | ((p->known & SCAN_ELIDED) != 0);
    bool part = big & (!(p->known & (SLOT_TIME | SLOT_FUNCTION | SLOT_PREPOSITION | SLOT_CONNECTOR)) | ((p->known & (HEADS | SLOT_GIVEN)) != 0));
    bool joint = ((p->next_known & SLOT_CONNECTOR) != 0) | ((p->next_beside & BESIDE_FOR) != 0);
    bool goes_on = p->capital | ((p->next_known & SCAN_ELIDED) != 0) | (p->next->sign == '-') | (p->next->sign == '&') | ((p->next_beside & BESIDE_AND) != 0) |
                   (((p->known & HEADS) != 0) & joint);
    bool small = scan->small & ((p->known & (SLOT_STATE | SLOT_BODY)) != 0);
    return ((part & goes_on & !p->starts) | small) & !(p->known & SCAN_HEADLINE);
}

/* Two words of a name, an initial, or a title. */
static bool may_be_person(const struct name_scan *scan, const struct place *p)
{
    uint32_t len = p->t->span.end - p->t->span.start;
    bool acronym = ((p->t->flags & TOKEN_ALLCAPS) != 0) & (len < 6);
    bool plain = !(p->known & (NO_PERSON | SCAN_ORDINARY)) & !acronym & !scan->lower[p->t->word];
    bool name = plain | ((p->known & (SLOT_GIVEN | SLOT_SURNAME)) != 0);
    bool goes_on = (p->next->sign == '-') | (p->follows & (p->capital | ((p->next_beside & BESIDE_PARTICLE) != 0)));
    return (name & goes_on) | ((p->next->sign == '.') & (len <= 2)) | ((p->known & SLOT_TITLE) != 0);
}

/* "the government of", "the Valles cartel", "gangs such as the", "the EU's office", "Cartagena+30". */
static bool may_be_called(const struct name_scan *scan, uint32_t i, const struct place *p)
{
    enum { MOST_CAPITALS = 4 };
    bool office = ((p->known & (SLOT_STATE | SLOT_RANK)) != 0) & p->follows & (((p->next_beside & BESIDE_OF) != 0) | ((p->next_known & SCAN_ELIDED) != 0));
    if (!(p->t->flags & TOKEN_CAPITAL))
        return office;
    uint32_t behind = i + 1;
    while (behind < i + MOST_CAPITALS && scan_capital(scan, behind))
        behind++;
    unsigned before = i > 0 ? beside_of(p->t - 1) : 0, noun = behind < scan->n ? beside_of(&scan->tokens[behind]) & BESIDE_NOUN : 0;
    if (before & BESIDE_PLURAL && i > 1)
        before |= beside_of(p->t - 2) & BESIDE_EXAMPLE;
    return office | ((noun | (before & (BESIDE_OUTLET | BESIDE_EXAMPLE))) != 0) | ((p->t->flags & TOKEN_APOSTROPHE) != 0) | (p->next->sign == '+');
}

unsigned actor_ways(const struct name_scan *scan, uint32_t i)
{
    static const struct token none = {.class = TOKEN_SIGN, .flags = TOKEN_SENTENCE | TOKEN_PASSAGE};
    const struct token *t = &scan->tokens[i], *next = i + 1 < scan->n ? t + 1 : &none;
    struct place p = {.t = t, .next = next, .known = scan->known[i], .next_known = scan->known[i + 1], .next_beside = beside_of(next)};
    p.starts = (next->flags & (TOKEN_SENTENCE | TOKEN_PASSAGE)) != 0;
    p.follows = !p.starts & ((next->flags & TOKEN_SPACE) != 0) & !(p.next_known & SCAN_CELL);
    p.capital = (next->flags & TOKEN_CAPITAL) != 0;
    unsigned ways = p.known & SCAN_ACTOR ? WAY_KNOWN : 0;
    ways |= may_be_built(scan, &p) ? WAY_BUILT : 0;
    ways |= may_be_called(scan, i, &p) ? WAY_CALLED : 0;
    bool person = ((t->flags & TOKEN_CAPITAL) != 0) & may_be_person(scan, &p);
    return ways | (person ? WAY_PERSON : 0);
}
