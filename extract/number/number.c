/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/number/number.h"

#include "extract/extractor.h"
#include "extract/number/words.h"

static bool bare_year(const struct number *number, uint32_t len)
{
    return len == 4 && !(number->flags & ~(NUMBER_ALONE | NUMBER_DOUBT)) && number->low >= 1000 && number->low < 2200;
}

/* Is a number from this token on, with a sign before it and one word behind it, all that its passage says? */
static bool alone(const struct number_reader *r, uint32_t first)
{
    uint32_t i = first, words = 0;
    while (i > 0 && first - i < 2 && !(r->tokens[i].flags & TOKEN_PASSAGE)) {
        i--;
        if (!number_sign(r, i, '-'))
            return false;
    }
    if (!(r->tokens[i].flags & TOKEN_PASSAGE))
        return false;
    for (i = first + 1; i < r->n && !(r->tokens[i].flags & TOKEN_PASSAGE); i++)
        if (words > 0 || i > first + 8 || (words += r->tokens[i].class == TOKEN_WORD) > 1)
            return false;
    return true;
}

bool number_read(const struct number_reader *r, uint32_t first, struct number *ret)
{
    const struct token *token = &r->tokens[first];
    if (token->class == TOKEN_WORD ? !number_word_at(r, first) : !number_may_begin(r, first))
        return false;
    *ret = (struct number){.first = first, .scale = 1, .flags = alone(r, first) ? NUMBER_ALONE : 0};
    bool found = token->class == TOKEN_WORD ? number_read_words(r, first, ret) : number_read_digits(r, first, ret);
    if (!found)
        return false;
    for (uint32_t i = ret->first + 1; i < ret->after; i++)
        if (r->tokens[i].flags & TOKEN_PASSAGE)
            return false;
    if (ret->scale == 0)
        ret->scale = 1;
    ret->span = (struct span){r->tokens[ret->first].span.start, r->tokens[ret->after - 1].span.end};
    if (ret->form == FORM_DIGITS && bare_year(ret, ret->span.end - ret->span.start))
        ret->form = FORM_YEAR;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct number_doubt *x = a, *y = b;
    return x->at != y->at ? (x->at < y->at ? -1 : 1) : 0;
}

/* Is it a mark of one or two digits behind the number ten, and without a note that it is tied to? */
static bool may_be_power(const struct document *doc, const struct mark *mark)
{
    const char *text = doc->text->str;
    size_t len = strlen(mark->label);
    bool ten = mark->at >= 2 && text[mark->at - 2] == '1' && text[mark->at - 1] == '0' && (mark->at == 2 || !strchr("0123456789.,", text[mark->at - 3]));
    return ten && mark->note == NONE && len <= 2 && strspn(mark->label, "0123456789") == len && strcmp(mark->label, "1") != 0;
}

/* Marks that were taken out but may be a number's digits, and digits that stayed but may be a mark. */
static GArray *doubts_of(const struct document *doc)
{
    GArray *doubts = g_array_new(FALSE, FALSE, sizeof(struct number_doubt));
    for (guint i = 0; i < doc->marks->len; i++) {
        const struct mark *mark = &DOCUMENT_AT(doc->marks, struct mark, i);
        bool digits = mark->doubtful && strspn(mark->label, "0123456789") == strlen(mark->label);
        struct number_doubt doubt = {mark->at, 0, mark->label, !digits};
        if (digits || may_be_power(doc, mark))
            g_array_append_val(doubts, doubt);
    }
    for (guint i = 0; i < doc->doubts->len; i++) {
        struct span span = DOCUMENT_AT(doc->doubts, struct span, i);
        struct number_doubt doubt = {span.start, span.end - span.start, NULL, false};
        g_array_append_val(doubts, doubt);
    }
    g_array_sort(doubts, by_place);
    return doubts;
}

/* Roles of words that a number may begin with. */
#define BEGINNERS (1u << NUMBER_ARTICLE | 1u << NUMBER_HALF | 1u << NUMBER_VAGUE | 1u << NUMBER_HUNDRED | 1u << NUMBER_SCALE | 1u << NUMBER_SMALL | 1u << NUMBER_SCORE | \
                   1u << NUMBER_PART | 1u << NUMBER_ORDINAL)

/* What a word or sign may begin: anything at all; a number, whatever follows; one where a word of numbers follows it ("a", "un"); one where digits do (".5"). And
 * is it a word of numbers itself? */
enum { MAY_BEGIN = 1, BEGINS = 2, BEGINS_WORDS = 4, BEGINS_DIGITS = 8, IS_NUMBER_WORD = 16 };

/* The same of each of the text's words. The caller frees it. */
static uint8_t *beginners_of(const uint32_t *uses, uint32_t n)
{
    uint8_t *begins = g_new(uint8_t, MAX(n, 1));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t roles = uses[i] & BEGINNERS;
        unsigned begin = roles == 1u << NUMBER_ARTICLE ? BEGINS_WORDS : roles || uses[i] & NUMBER_VULGAR ? BEGINS : 0;
        begin |= uses[i] & NUMBER_POINTED ? BEGINS_DIGITS : 0;
        begins[i] = (uint8_t)(begin | (begin ? MAY_BEGIN : 0) | (uses[i] & NUMBER_ROLES ? IS_NUMBER_WORD : 0));
    }
    return begins;
}

/* Does what stands behind token `i` let a number begin there? */
static bool may_begin_at(const struct number_reader *r, const uint8_t *begins, uint32_t i)
{
    uint8_t begin = begins[r->tokens[i].word];
    if (begin & BEGINS || r->tokens[i].class == TOKEN_NUMBER)
        return true;
    if (begin & BEGINS_DIGITS)
        return i + 1 < r->n && r->tokens[i + 1].class == TOKEN_NUMBER;
    return i + 1 < r->n && begins[r->tokens[i + 1].word] & IS_NUMBER_WORD;
}

/* The tokens that a number may begin with: those with such a word are gathered without a branch, which processors would not foresee. */
static uint32_t begin_places(const struct number_reader *r, const uint8_t *begins, uint32_t *places)
{
    uint32_t found = 0, n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        places[found] = i;
        found += (begins[r->tokens[i].word] & MAY_BEGIN) | (r->tokens[i].class == TOKEN_NUMBER);
    }
    for (uint32_t k = 0; k < found; k++) {
        token_fetch(r->tokens, places, k, found);
        if (may_begin_at(r, begins, places[k]))
            places[n++] = places[k];
    }
    return n;
}

/* The numbers that begin at those places, none inside another. Room is made for what is found: in "a a a a" a number may begin everywhere, and none does. */
static GArray *read_all(const struct number_reader *r, const uint32_t *places, uint32_t n)
{
    enum { FIRST_ROOM = 1024 };
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(struct number));
    g_array_set_size(numbers, MIN(n, FIRST_ROOM));
    uint32_t found = 0, after = 0;
    for (uint32_t k = 0; k < n; k++) {
        token_fetch(r->tokens, places, k, n);
        if (found == numbers->len)
            g_array_set_size(numbers, MIN(n, found * 2));
        struct number *number = &g_array_index(numbers, struct number, found);
        if (places[k] < after || !number_read(r, places[k], number))
            continue;
        after = number->after;
        found++;
    }
    g_array_set_size(numbers, found);
    return numbers;
}

void extract_numbers(struct extraction *x)
{
    enum language language = language_of_document(x->doc);
    g_autoptr(GArray) doubts = doubts_of(x->doc);
    g_autofree uint32_t *uses = lexicon_number_uses(x->extractor->lexicon, language, x->words), *places = g_new(uint32_t, x->tokens->len + 1);
    g_autofree uint8_t *begins = beginners_of(uses, x->words->len);
    struct number_reader reader = {
        .lexicon = x->extractor->lexicon,
        .language = language,
        .doc = x->doc,
        .tokens = (const struct token *)(void *)x->tokens->data,
        .n = x->tokens->len,
        .uses = uses,
        .doubts = doubts->len > 0 ? doubts : NULL,
    };
    uint32_t n = begin_places(&reader, begins, places);
    reader.style = number_style_of(&reader, places, n);
    x->numbers = read_all(&reader, places, n);
}
