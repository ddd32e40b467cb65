/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CITABLE_INDEX_FORMS_H
#define CITABLE_INDEX_FORMS_H

#include "base/stemmer.h"

/* Inside index/ only: the forms in which one word is indexed (tokenize.h), and those of the words that were met last. */

enum { TOKEN_BYTES = 128 /* longer words are cut: nobody asks for them whole */ };

struct forms {
    char folded[TOKEN_BYTES], stem[TOKEN_BYTES], other[TOKEN_BYTES]; /* other: what it would be stemmed to without its accents; for queries */
    size_t folded_len, stem_len, other_len; /* 0: there is none */
    bool marked; /* the stem as a sign in the word: who asks for the word can tell, without the accents of this text, where it stands */
};

/* stemmer: of the text's language; NULL: there are no stems. */
void forms_of(struct sb_stemmer *stemmer, struct slice word, struct forms *ret);

/* Folds a word without what stands in it silently; returns how many bytes, TOKEN_BYTES at most. */
size_t forms_fold(struct slice word, char *out);

/* The folded stem of a word in lower case. */
size_t forms_stem(struct sb_stemmer *stemmer, struct slice word, char *out);

/* Is the stem the beginning of the word, and not all of it? */
bool forms_begins(struct slice stemmed, struct slice folded);

/* The word with the mark behind its stem: refuge|es. Returns its length, one more than the word's. */
size_t forms_mark(struct slice folded, size_t stem_len, char *out);

/* What stands inside a word without being part of it: combining marks, soft hyphen, joiners. */
bool is_silent(gunichar c);

enum {
    KNOWN_BYTES = 24, /* of the longest word that is remembered, and one more */
    KNOWN_FORMS = 28,
};

/* What a word is known by: its bytes, ASCII letters in lower case, with zeros behind. */
union known_key {
    char bytes[KNOWN_BYTES];
    uint64_t words[KNOWN_BYTES / sizeof(uint64_t)];
};

/* A word that was met: a report uses few words, and those often. One line of the processor's cache. */
struct known_word {
    union known_key key;
    uint32_t kept[2];                 /* by who indexes it, of each form; 0: nothing */
    uint8_t language;                 /* in which this is so, as the tokenizer numbers them; 0: none */
    uint8_t first, second, mark;      /* lengths of its two forms, one behind the other in `forms`; where the sign stands in the first (0: nowhere) */
    char forms[KNOWN_FORMS];
};

struct known_words;
struct known_words *known_words_new(void);
void known_words_free(struct known_words *known);

/* All are new again. */
void known_words_forget(struct known_words *known);

/* Where it would be, which the processor is asked for. */
struct known_word *known_word_place(struct known_words *known, const union known_key *key);

/* The forms of a word, whose place that is, until the next one is asked for; NULL: they are too long to be kept. language: the stemmer's number, 0 for NULL. */
struct known_word *known_word_of(struct known_words *known, struct known_word *place, const union known_key *key, struct sb_stemmer *stemmer,
                                 uint8_t language);

#endif
