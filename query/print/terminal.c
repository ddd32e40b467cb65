/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/print/terminal.h"

static const struct {
    const char *on, *off;
} inks[] = {
    [INK_PLAIN] = {"", ""},
    [INK_VALUE] = {"\033[1m", "\033[22m"},
    [INK_TITLE] = {"\033[36m", "\033[39m"},
    [INK_FAINT] = {"\033[2m", "\033[22m"},
    [INK_MATCH] = {"\033[1;33m", "\033[22;39m"},
    [INK_ALARM] = {"\033[1;31m", "\033[22;39m"},
};

const char *ink_on(const struct terminal *terminal, enum ink ink)
{
    return terminal->colour ? inks[ink].on : "";
}

const char *ink_off(const struct terminal *terminal, enum ink ink)
{
    return terminal->colour ? inks[ink].off : "";
}

/* Characters that are there but cannot be seen, or that turn the order of those that can. */
static const struct {
    gunichar first, last;
} unseen[] = {
    {0x0000, 0x0008}, {0x000e, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x061c, 0x061c}, {0x180e, 0x180e}, {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

static bool is_unseen(gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unseen); i++)
        if (c >= unseen[i].first && c <= unseen[i].last)
            return true;
    return false;
}

static void append_safe(GString *out, struct slice text, bool lines)
{
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; at < end;) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        if (c == (gunichar)-1 || c == (gunichar)-2) { /* file names may hold any byte */
            g_string_append_printf(out, "⟨\\x%02x⟩", (unsigned)(unsigned char)*at++);
            continue;
        }
        const char *next = g_utf8_next_char(at);
        if (lines && (c == '\n' || c == '\t' || c == '\f')) {
            g_string_append_c(out, (char)c);
        } else if (c == 0x2028 || c == 0x2029 || c == '\t' || c == '\v' || c == '\f' || g_unichar_isspace(c)) {
            if (lines || out->len == 0 || out->str[out->len - 1] != ' ')
                g_string_append_c(out, ' ');
        } else if (is_unseen(c)) {
            g_string_append_printf(out, "⟨U+%04X⟩", (unsigned)c);
        } else {
            g_string_append_len(out, at, next - at);
        }
        at = next;
    }
}

void terminal_append(GString *out, struct slice text)
{
    append_safe(out, text, false);
}

void terminal_append_lines(GString *out, struct slice text)
{
    append_safe(out, text, true);
}

char *terminal_safe(const char *text)
{
    GString *out = g_string_new(NULL);
    if (text)
        terminal_append(out, slice_of(text));
    return g_string_free(out, FALSE);
}

unsigned terminal_columns(struct slice text)
{
    unsigned columns = 0;
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; at < end; at = g_utf8_next_char(at)) {
        if (*at == '\033') { /* one of our inks: ESC [ digits ; digits m */
            while (at < end && *at != 'm')
                at++;
            if (at >= end)
                break;
            continue;
        }
        gunichar c = g_utf8_get_char(at);
        columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

/* Columns already used on the last line of `out`. */
static unsigned used_columns(const GString *out)
{
    const char *line = out->len ? g_strrstr_len(out->str, (gssize)out->len, "\n") : NULL;
    const char *start = line ? line + 1 : out->str;
    return terminal_columns(slice_make(start, (size_t)(out->str + out->len - start)));
}

void terminal_wrap(const struct terminal *terminal, GString *out, const char *text, unsigned indent)
{
    unsigned used = used_columns(out);
    for (; used < indent; used++)
        g_string_append_c(out, ' ');
    bool first = true;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, " ");
        unsigned columns = terminal_columns(slice_make(at, len));
        if (len == 0) {
            at++;
            continue;
        }
        if (!first && terminal->width && used + 1 + columns > terminal->width) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            used = indent;
        } else if (!first) {
            g_string_append_c(out, ' ');
            used++;
        }
        g_string_append_len(out, at, (gssize)len);
        used += columns;
        first = false;
        at += len;
    }
}
