/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_EXTRACT_RULE_H
#define CITABLE_EXTRACT_RULE_H

#include "extract/lexicon.h"
#include "extract/rule_need.h"

/*  Rules are data: docs/rules.md says how one is written. A rule file is read into patterns that are compiled once and tried only
 *  where a trigger stands; a pattern is anchored there and looks at LIMIT_WINDOW_BYTES at most.
 *
 *  Patterns see a shadow of the text in which every number is one private character that tells its form, so that a rule never
 *  reads digits itself:
 *
 *    text     rose from 1,334 to two thousand in 2014
 *    shadow   rose from D to W in Y                       D (?&digits)  W (?&word_number)  Y (?&year)  all: (?&number) */

enum rule_does {
    DOES_FIGURE,    /* the match is a figure: its groups are the fields */
    DOES_EXCLUDE,   /* the numbers of group `number` (all of the match, without one) are no figures */
    DOES_MINOR,     /* the same numbers are counts that nobody cites */
    DOES_KEEP,      /* the number is a figure although nothing else would say so */
    DOES_BEFORE,    /* a qualifier that ends where a figure begins */
    DOES_AFTER,     /* a qualifier that begins where a figure ends */
    DOES_PER,       /* "per month": begins where a figure ends */
    DOES_RANGE,     /* groups low and high are one figure */
    DOES_PAIR,      /* groups low and high are two figures, whatever a range rule says */
    DOES_NEGATE     /* turns the qualifier of group `value` round: "none … in excess of" */
};

enum rule_group { GROUP_VALUE, GROUP_LOW, GROUP_HIGH, GROUP_PART, GROUP_WHOLE, GROUP_COUNTED, GROUP_UNIT, GROUP_PER, GROUP_BASE, GROUP_NUMBER, RULE_GROUPS };

/* A line `bounds`: the numbers in a group must lie within [low, high], or the rule does not hold. */
struct rule_bounds {
    enum rule_group group;
    double low, high;
};

/* A line `match` or `reject`: a text of the rule's language, and fields that the figure must have ("value=0.2 kind=fraction"), or NULL. */
struct rule_example {
    char *text, *fields;
    unsigned line;
};

/* A line `ahead`: one of these words or signs stands among so many tokens behind the trigger, a number counted as one, or the rule does not hold. */
struct rule_ahead {
    uint32_t within; /* 0 = the rule has no such line */
    uint64_t bits;   /* the low six bits of their hashes, as a set */
    GArray *hashes;  /* uint32_t, as token_hash; NULL without the line */
};

struct rule {
    char *id, *means, *pattern; /* pattern as written */
    char *file;                 /* as given; ours: "rules/en/figure.rules" */
    unsigned line;              /* where the rule begins */
    enum language language;
    enum rule_does does;
    bool ours;
    bool off;                   /* never tried: a later file says the rule anew, or switches it off */
    bool has_kind, has_qualifier, has_fixed, minor;
    bool unless_unit, unless_measure; /* does not hold where a unit stands behind its last number; one that is no time */
    bool any_order;             /* a range whose first number may be the larger one */
    enum figure_kind kind;
    enum qualifier qualifier;
    double fixed;               /* the value, where no number states it: "doubled" */
    char *unit;                 /* or NULL */
    char *expanded;             /* pattern as it is compiled when the rule is first tried; NULL: it is */
    char *triggers, *next;      /* as written */
    GArray *matches, *rejects;  /* struct rule_example */
    GArray *bounds;             /* struct rule_bounds */
    struct rule_ahead ahead;
    struct rule_needs needs;    /* of the pattern, from the place on where it is tried */
    void *code;                 /* pcre2_code; see rule_ready */
    uint32_t groups[RULE_GROUPS]; /* number of the named group, 0 = the pattern has none */
};

/* What must stand in the passage beside a word that a rule begins with, or what the rule says there is said of nothing. */
enum rule_beside {
    BESIDE_NOTHING,
    BESIDE_NUMBER, /* a number, there or behind it */
    BESIDE_AHEAD,  /* a figure, there or behind it: a number, or a word that is one ("doubled") */
    BESIDE_BEFORE  /* a figure before it */
};

/* A word that a rule begins with, or that stands behind the number it begins with, and what must stand behind that. */
struct rule_start {
    uint32_t row;            /* in rules.all */
    uint32_t second, third;  /* token_hash of the next words; 0 = any */
    bool number;             /* in place of the second: a number */
    uint8_t beside;          /* enum rule_beside */
    struct rule_needs needs; /* from the word or number on that the rule begins with */
};

/* A word that rules begin with: its starts in rules.begun. */
struct rule_word {
    uint32_t first, n;
};

/* What lets one of the rules that begin with a word hold, as far as it is told before one is looked at. */
struct rule_reach {
    uint64_t behind; /* the low six bits of the hashes that may stand behind the word, as a set */
    uint32_t far;    /* bytes from the word to the next number, at most; UINT32_MAX: there need be none */
};

enum { RULE_BESIDES = 1 << (BESIDE_BEFORE + 1) }; /* sets of enum rule_beside */

struct rules {
    GPtrArray *all;                             /* struct rule *, ours first, in order of files and lines */
    struct trigger_table *words[LANGUAGES];     /* a token's hash → starts */
    GArray *starts;                             /* struct rule_start */
    struct rule_start *begun[LANGUAGES];        /* the same in the order of the rows of `words`: those of a word side by side */
    uint32_t *word_of[LANGUAGES];               /* of the first row of a word in `words`: its index in `word` */
    GArray *word[LANGUAGES];                    /* struct rule_word; the first is that of all words which no rule begins with */
    struct rule_reach *reach[LANGUAGES][RULE_BESIDES]; /* see rules_reach */
    struct trigger_table *after[LANGUAGES];     /* the hash of the token behind a number → starts, of rules that begin with the number */
    GArray *number[LANGUAGES];                  /* struct rule_start: rules that begin with any number */
    GArray *capital[LANGUAGES];                 /* struct rule_start: rules that begin with a number behind which a word with a capital stands */
    uint32_t checksum;                          /* of all rule texts */
    bool brief;                                 /* for a short text: see rules_new */
    bool read[LANGUAGES];                       /* the rules of this language */
};

/* Our rules, then those of the user's folder (the files *.rules in FOLDER/<lang>, or in FOLDER itself for English); NULL = ours alone.
 * brief: ours alone, to match the same in a short text: a language is read when a text is in it (rules_read), a pattern compiled when it is tried, and into
 * no machine code: each takes longer than the text.
 * Errors: RULE, with file and line: a pattern that does not compile, an unknown key, a rule without trigger. */
bool rules_new(const char *folder, bool brief, struct rules **ret, GError **error);
void rules_free(struct rules *rules);

/* Before rules of a language are looked up. */
void rules_read(struct rules *rules, enum language language);

/* Before a rule's code is used: compiles it, where that was left for later. */
void rule_ready(struct rule *rule);

/* The rules of one English text alone, as of a file `path`: without ours and their parts. Errors: RULE. */
bool rules_of(const char *path, struct slice text, struct rules **ret, GError **error);

/* Of each of an array of hashes (uint32_t), as token_words makes it: the index in rules.word of a language. The caller frees it. */
uint32_t *rules_words(const struct rules *rules, enum language language, const GArray *hashes);

/* By the same index: the reach of the word's rules that stand beside what is in `besides`, a set of enum rule_beside. Made when it is first asked for. */
const struct rule_reach *rules_make_reach(struct rules *rules, enum language language, unsigned besides);

static inline const struct rule_reach *rules_reach(struct rules *rules, enum language language, unsigned besides)
{
    const struct rule_reach *reach = rules->reach[language][besides];
    return reach ? reach : rules_make_reach(rules, language, besides);
}

/* "figure", "exclude", …: the word in rule files. */
const char *rule_does_name(enum rule_does does);

/* Byte offsets in the subject; start == end == UINT32_MAX: the group took no part. */
struct rule_hit {
    const struct rule *rule;
    struct span span, groups[RULE_GROUPS];
};

/* What matching needs of PCRE2, made once per document. */
struct rule_matcher;
struct rule_matcher *rule_matcher_new(GPtrArray *troubles);
void rule_matcher_free(struct rule_matcher *matcher);

/* The same with a JIT stack of at most so many bytes, and how often the interpreter had to take over: for tests. */
struct rule_matcher *rule_matcher_new_with_stack(GPtrArray *troubles, size_t bytes);
uint32_t rule_matcher_fallbacks(const struct rule_matcher *matcher);

/* Before each passage: the page that troubles are reported for from now on; NONE = the document has none. */
void rule_matcher_place(struct rule_matcher *matcher, uint32_t page);

/* Tries the rule at byte `at` of the subject (valid UTF-8). A limit that is hit becomes a line in `troubles`, and
 * no match: the rule is not tried again in this passage, so that a passage costs each rule its limit once. */
bool rule_match(struct rule_matcher *matcher, const struct rule *rule, struct slice subject, uint32_t at, struct rule_hit *ret);

#endif
