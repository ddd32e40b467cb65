/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "extract/rule.h"

#include "base/limits.h"

#include <pcre2.h>

enum { JIT_STACK_START = 32 * 1024, JIT_STACK_MOST = 512 * 1024, MAX_TROUBLES = 100, MAX_PAIRS = 32 };

struct rule_matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    GPtrArray *troubles; /* borrowed */
    GPtrArray *slow;     /* struct rule *: hit a limit in this passage, and are not tried in it again */
    uint32_t page, fallbacks;
};

struct rule_matcher *rule_matcher_new(GPtrArray *troubles)
{
    return rule_matcher_new_with_stack(troubles, JIT_STACK_MOST);
}

struct rule_matcher *rule_matcher_new_with_stack(GPtrArray *troubles, size_t bytes)
{
    struct rule_matcher *matcher = g_new0(struct rule_matcher, 1);
    matcher->page = NONE;
    matcher->data = pcre2_match_data_create(MAX_PAIRS, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    matcher->stack = pcre2_jit_stack_create(MIN(bytes, (size_t)JIT_STACK_START), bytes, NULL);
    g_assert(matcher->data && matcher->context);
    matcher->troubles = troubles;
    matcher->slow = g_ptr_array_new();
    pcre2_set_match_limit(matcher->context, LIMIT_MATCH);
    pcre2_set_depth_limit(matcher->context, LIMIT_MATCH_DEPTH);
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

void rule_matcher_free(struct rule_matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    g_ptr_array_unref(matcher->slow);
    g_free(matcher);
}

uint32_t rule_matcher_fallbacks(const struct rule_matcher *matcher)
{
    return matcher->fallbacks;
}

void rule_matcher_place(struct rule_matcher *matcher, uint32_t page)
{
    matcher->page = page;
    g_ptr_array_set_size(matcher->slow, 0);
}

static void trouble(struct rule_matcher *matcher, const struct rule *rule, uint32_t at, int code)
{
    if (!matcher->troubles || matcher->troubles->len > MAX_TROUBLES)
        return;
    char message[128];
    pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
    const char *more = matcher->troubles->len == MAX_TROUBLES ? "; further ones are not listed" : "";
    g_autofree char *page = matcher->page == NONE ? g_strdup("") : g_strdup_printf("page %u: ", matcher->page);
    g_ptr_array_add(matcher->troubles, g_strdup_printf("%srule %s (%s:%u): byte %u: %s; not decided there and in the rest of the passage%s", page, rule->id, rule->file, rule->line,
        at, message, more));
}

/* The end of the window, moved back to the start of a character. */
static size_t window_end(struct slice subject, uint32_t at)
{
    size_t end = (size_t)at + LIMIT_WINDOW_BYTES;
    if (end >= subject.len)
        return subject.len;
    while (end > at && ((unsigned char)subject.ptr[end] & 0xC0) == 0x80)
        end--;
    return end;
}

bool rule_match(struct rule_matcher *matcher, const struct rule *rule, struct slice subject, uint32_t at, struct rule_hit *ret)
{
    if (matcher->slow->len > 0 && g_ptr_array_find(matcher->slow, rule, NULL))
        return false;
    if (rule->expanded)
        rule_ready((struct rule *)rule);
    size_t end = window_end(subject, at);
    PCRE2_SPTR text = (PCRE2_SPTR)subject.ptr;
    int code = pcre2_jit_match(rule->code, text, end, at, PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
    if (code == PCRE2_ERROR_JIT_BADOPTION) /* no JIT on this machine */
        code = pcre2_match(rule->code, text, end, at, PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
    if (code == PCRE2_ERROR_JIT_STACKLIMIT && ++matcher->fallbacks)
        code = pcre2_match(rule->code, text, end, at, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, matcher->data, matcher->context);
    if (code == PCRE2_ERROR_NOMATCH)
        return false;
    g_assert(code != PCRE2_ERROR_NOMEMORY); /* the document is read again */
    if (code < 0) {
        trouble(matcher, rule, at, code);
        g_ptr_array_add(matcher->slow, (gpointer)rule);
        return false;
    }
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(matcher->data);
    ret->rule = rule;
    ret->span = (struct span){(uint32_t)offsets[0], (uint32_t)offsets[1]};
    for (int i = 0; i < RULE_GROUPS; i++) {
        uint32_t group = rule->groups[i];
        bool took_part = group > 0 && group < MAX_PAIRS && (int)group < code && offsets[2 * group] != PCRE2_UNSET;
        ret->groups[i] = took_part ? (struct span){(uint32_t)offsets[2 * group], (uint32_t)offsets[2 * group + 1]} : (struct span){NONE, NONE};
    }
    return true;
}
