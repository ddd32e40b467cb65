/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "extract/rule_need.h"

#include "extract/rule_pattern.h"

#include <string.h>

enum { MOST_NAMES = 4, NAME_BYTES = 16, UTF8_BYTES = 4, DEPTH = 60 };

/*  What a part of a pattern goes over, as far as its numbers are known: numbers at `hops`, then
 *    as a rule     near … far bytes without a number,
 *    open          at most `far` bytes, and numbers may be among them: of the one that comes next only the farthest is known,
 *    shut          whatever there is: no further number is known. */
struct path {
    struct rule_needs needs;
    uint32_t near, far; /* no more than RULE_FAR */
    bool open, shut;
};

struct parser {
    const char *p;
    bool lost; /* there is something in the pattern that changes how the rest is read */
    unsigned depth, n_names;
    struct { /* the groups that have a name, for \k<name> */
        char name[NAME_BYTES];
        struct path path;
    } names[MOST_NAMES];
};

static const struct path empty = {0};
static const struct path anything = {.far = RULE_FAR, .open = true};

static uint32_t sum(uint32_t a, uint32_t b)
{
    return MIN(a + b, (uint32_t)RULE_FAR);
}

static struct path bytes(uint32_t near, uint32_t far)
{
    return (struct path){.near = near, .far = far};
}

static void hop(struct path *path, uint32_t near, uint32_t far, uint8_t forms)
{
    if (path->needs.n == RULE_HOPS)
        path->shut = true;
    else
        path->needs.hops[path->needs.n++] = (struct rule_hop){(uint16_t)near, (uint16_t)far, forms};
}

static struct path then(struct path a, struct path b)
{
    if (a.open && b.needs.n > 0 && !a.shut) {
        hop(&a, 0, sum(a.far, b.needs.hops[0].far), RULE_ANY_FORM);
        a.shut = true;
    }
    if (a.shut)
        return a;
    uint32_t near = a.near, far = a.far;
    for (unsigned i = 0; i < b.needs.n && !a.shut; i++) {
        hop(&a, sum(near, b.needs.hops[i].near), sum(far, b.needs.hops[i].far), b.needs.hops[i].forms);
        near = far = 0;
    }
    a.near = sum(near, b.near);
    a.far = sum(far, b.far);
    a.open |= b.open;
    a.shut |= b.shut;
    return a;
}

/* The bytes behind its first n numbers, the characters of further numbers among them. */
static uint32_t rest(const struct path *path, unsigned n)
{
    uint32_t far = path->far;
    for (unsigned i = n; i < path->needs.n; i++)
        far = sum(far, path->needs.hops[i].far + SHADOW_BYTES);
    return far;
}

static struct path either(struct path a, struct path b)
{
    unsigned n = MIN(a.needs.n, b.needs.n);
    struct path both = {.near = MIN(a.near, b.near), .far = MAX(rest(&a, n), rest(&b, n)), .open = a.open || b.open, .shut = a.shut || b.shut};
    for (unsigned i = 0; i < n; i++) {
        const struct rule_hop *x = &a.needs.hops[i], *y = &b.needs.hops[i];
        hop(&both, MIN(x->near, y->near), MAX(x->far, y->far), x->forms | y->forms);
    }
    both.open |= a.needs.n != b.needs.n;
    return both;
}

static struct path repeated(struct path path, uint32_t least, uint32_t most)
{
    if (path.needs.n == 0) {
        path.near = MIN(path.near * least, (uint32_t)RULE_FAR);
        path.far = path.far == 0 ? 0 : most == RULE_FAR ? RULE_FAR : (uint32_t)MIN((uint64_t)path.far * most, (uint64_t)RULE_FAR);
        return path;
    }
    path = least == 0 ? either(empty, path) : path;
    return most > 1 ? then(path, anything) : path;
}

static struct path unknown(struct parser *in)
{
    in->lost = true;
    return anything;
}

/* The bytes that a character, or another one that is the same in another case, may take. */
static uint32_t width(gunichar c)
{
    if (c >= 0x80)
        return g_unichar_isalpha(c) ? UTF8_BYTES : (uint32_t)g_unichar_to_utf8(c, NULL);
    return strchr("kKsS", (int)c) ? 3 : 1; /* the sign of the kelvin; the long s */
}

static struct path character(gunichar c)
{
    struct path number = empty;
    if (c < SHADOW_FIRST || c >= SHADOW_FIRST + SHADOW_FORMS)
        return bytes(1, width(c));
    hop(&number, 0, 0, (uint8_t)(1u << (c - SHADOW_FIRST)));
    return number;
}

/* One of the characters that are not counted up: `open`, those of numbers may be among them. */
static struct path some_character(bool open)
{
    return (struct path){.near = 1, .far = UTF8_BYTES, .open = open};
}

/* Behind "\x": "{E000}". */
static gunichar hexadecimal(struct parser *in)
{
    const char *end = *in->p == '{' ? strchr(in->p, '}') : NULL;
    gunichar c = end ? (gunichar)g_ascii_strtoull(in->p + 1, NULL, 16) : 0;
    in->lost |= !end;
    in->p = end ? end + 1 : in->p;
    return c;
}

/* Behind "\p": "L", "{Lu}". No general category of two letters but that of private use, and no script, has the characters of numbers; longer names are not looked up. */
static struct path property(struct parser *in)
{
    const char *end = *in->p == '{' ? strchr(in->p, '}') : in->p;
    if (!end || !*in->p)
        return unknown(in);
    const char *name = in->p + (*in->p == '{');
    in->p = end + 1;
    return some_character(!strchr("LMNPSZ", *name) || end > name + 2);
}

static struct path *path_of(struct parser *in, const char *name)
{
    for (unsigned i = 0; i < in->n_names; i++)
        if (strcmp(in->names[i].name, name) == 0)
            return &in->names[i].path;
    return NULL;
}

/* Behind "\k": "<name>", the same text again. */
static struct path back(struct parser *in)
{
    const char *end = *in->p == '<' ? strchr(in->p, '>') : NULL;
    if (!end)
        return unknown(in);
    g_autofree char *name = g_strndup(in->p + 1, (size_t)(end - in->p) - 1);
    in->p = end + 1;
    const struct path *known = path_of(in, name);
    return known && known->needs.n == 0 ? *known : anything;
}

/* Behind a backslash. one: the character that is meant, where it is one; else 0. */
static struct path escape(struct parser *in, gunichar *one)
{
    *one = g_utf8_get_char(in->p);
    in->p = *in->p ? g_utf8_next_char(in->p) : in->p;
    if (*one >= 0x80 || (*one && !g_ascii_isalnum((char)*one)))
        return character(*one);
    char c = (char)*one;
    *one = c == 'x' ? hexadecimal(in) : c == 'r' ? '\r' : c == 'n' ? '\n' : c == 'f' ? '\f' : c == 't' ? '\t' : 0;
    if (*one)
        return character(*one);
    if (c == 'p')
        return property(in);
    if (c == 'k')
        return back(in);
    if (c && strchr("bBAzZGK", c))
        return empty;
    if (c && strchr("dshvwDSHVWN", c))
        return some_character(!g_ascii_islower(c));
    return unknown(in);
}

/* Behind "[". */
static struct path class(struct parser *in)
{
    bool open = *in->p == '^', other = false;
    uint32_t far = 1;
    unsigned forms = 0;
    gunichar last = 0;
    in->p += open;
    for (bool first = true; !in->lost && *in->p && (*in->p != ']' || first); first = false) {
        if (*in->p == '[' && in->p[1] && strchr(":.=", in->p[1]))
            return unknown(in);
        bool range = *in->p == '-' && last && in->p[1] && in->p[1] != ']';
        in->p += range;
        bool escaped = *in->p == '\\';
        gunichar c = escaped ? 0 : g_utf8_get_char(in->p);
        in->p = escaped ? in->p + 1 : g_utf8_next_char(in->p);
        struct path one = escaped ? escape(in, &c) : character(c);
        gunichar from = range ? last : c;
        for (unsigned form = 0; form < SHADOW_FORMS && c; form++)
            forms |= (unsigned)(from <= SHADOW_FIRST + form && SHADOW_FIRST + form <= c) << form;
        other |= from < SHADOW_FIRST || c >= SHADOW_FIRST + SHADOW_FORMS;
        open |= one.open || (!c && range);
        far = MAX(far, range ? (uint32_t)UTF8_BYTES : one.far);
        last = c;
    }
    in->lost |= *in->p != ']';
    in->p += *in->p == ']';
    if (open || !forms || other)
        return open || forms ? some_character(true) : bytes(1, far);
    struct path number = empty;
    hop(&number, 0, 0, (uint8_t)forms);
    return number;
}

static struct path alternatives(struct parser *in);

static struct path to_bracket(struct parser *in)
{
    struct path path = alternatives(in);
    in->lost |= *in->p != ')';
    in->p += *in->p == ')';
    return path;
}

/* Behind "(?<": "name>…)". A name that stands twice, as in "(?|…)", may be of either group. */
static struct path named(struct parser *in)
{
    const char *end = strchr(in->p, '>');
    if (!end)
        return unknown(in);
    g_autofree char *name = g_strndup(in->p, (size_t)(end - in->p));
    in->p = end + 1;
    struct path path = to_bracket(in), *known = path_of(in, name);
    if (known) {
        *known = anything;
    } else if (in->n_names < MOST_NAMES && strlen(name) < NAME_BYTES) {
        g_strlcpy(in->names[in->n_names].name, name, NAME_BYTES);
        in->names[in->n_names++].path = path;
    }
    return path;
}

/* Behind "(". */
static struct path group(struct parser *in)
{
    if (*in->p == '*')
        return unknown(in);
    if (*in->p != '?')
        return to_bracket(in);
    const char *p = ++in->p;
    if (*p == '<' || *p == '=' || *p == '!') { /* what is looked at, not gone over: it says more, and need not be known */
        bool look = *p != '<' || p[1] == '=' || p[1] == '!';
        in->p += *p == '<' && look ? 2 : 1;
        return look ? (to_bracket(in), empty) : named(in);
    }
    while (*in->p == 'i' || *in->p == '-')
        in->p++;
    if (*in->p == ')' && in->p > p) {
        in->p++;
        return empty;
    }
    if (*in->p != ':' && (in->p > p || (*p != '>' && *p != '|')))
        return unknown(in);
    in->p++;
    return to_bracket(in);
}

static struct path atom(struct parser *in)
{
    gunichar c = g_utf8_get_char(in->p), one;
    in->p = g_utf8_next_char(in->p);
    switch (c) {
    case '(':
        return group(in);
    case '[':
        return class(in);
    case '\\':
        return escape(in, &one);
    case '.':
        return some_character(true);
    case '^':
    case '$':
        return empty;
    case '*':
    case '+':
    case '?':
    case '{':
        return unknown(in);
    default:
        return character(c);
    }
}

static uint32_t count(const char *p, char **end)
{
    guint64 n = g_ascii_strtoull(p, end, 10);
    return (uint32_t)MIN(n, (guint64)RULE_FAR);
}

/* "?", "*", "+", "{2}", "{2,}", "{2,4}", lazy or possessive. False: none stands here. */
static bool times(struct parser *in, uint32_t *least, uint32_t *most)
{
    char *end = NULL;
    if (*in->p == '{') {
        in->lost |= !g_ascii_isdigit(in->p[1]);
        *least = *most = count(in->p + 1, &end);
        if (end[0] == ',' && end[1] == '}')
            *most = RULE_FAR, end++;
        else if (end[0] == ',')
            *most = count(end + 1, &end);
        in->lost |= *end != '}';
        in->p = in->lost ? in->p : end;
    } else if (*in->p == '?' || *in->p == '*' || *in->p == '+') {
        *least = *in->p == '+';
        *most = *in->p == '?' ? 1 : RULE_FAR;
    } else {
        return false;
    }
    in->p++;
    in->p += *in->p == '?' || *in->p == '+';
    return true;
}

static struct path sequence(struct parser *in)
{
    struct path path = empty;
    while (!in->lost && *in->p && *in->p != '|' && *in->p != ')') {
        struct path one = atom(in);
        uint32_t least, most;
        if (!in->lost && times(in, &least, &most))
            one = repeated(one, least, most);
        path = then(path, one);
    }
    return path;
}

static struct path alternatives(struct parser *in)
{
    if (in->depth == DEPTH)
        return unknown(in);
    in->depth++;
    struct path path = sequence(in);
    while (!in->lost && *in->p == '|') {
        in->p++;
        path = either(path, sequence(in));
    }
    in->depth--;
    return path;
}

struct rule_needs rule_needs_of(const char *expanded)
{
    struct parser in = {.p = expanded};
    struct path path = alternatives(&in);
    return in.lost || *in.p ? empty.needs : path.needs;
}
