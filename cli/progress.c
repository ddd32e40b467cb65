/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include "query/print/terminal.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR = 10, NAME_COLUMNS = 40 };

static bool shown;

static unsigned width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

static void append_bar(GString *line, const struct build_progress *p)
{
    uint32_t full = p->total > 0 ? p->done * BAR / p->total : 0;
    g_string_append_c(line, '[');
    for (uint32_t i = 0; i < BAR; i++)
        g_string_append_c(line, i < full ? '#' : '-');
    g_string_append_printf(line, "] %u/%u", p->done + 1, p->total);
}

static void append_name(GString *line, const char *file)
{
    const char *slash = strrchr(file, '/');
    g_autofree char *name = terminal_safe(slash ? slash + 1 : file);
    while (terminal_columns(slice_of(name)) > NAME_COLUMNS)
        *g_utf8_prev_char(name + strlen(name)) = '\0';
    g_string_append_printf(line, "  %s", name);
}

void progress_show(const struct build_progress *p)
{
    g_autoptr(GString) line = g_string_new(NULL);
    append_bar(line, p);
    append_name(line, p->file);
    if (p->page > 0)
        g_string_append_printf(line, "  page %u of %u", p->page, p->pages);
    if (p->seconds_left >= 0)
        g_string_append_printf(line, "  %u:%02u left", (unsigned)p->seconds_left / 60, (unsigned)p->seconds_left % 60);
    while (terminal_columns(slice_make(line->str, line->len)) >= width())
        g_string_truncate(line, (gsize)(g_utf8_prev_char(line->str + line->len) - line->str));
    fprintf(stderr, "\r%s\033[K", line->str);
    shown = true;
}

void progress_clear(void)
{
    if (shown)
        fputs("\r\033[K", stderr);
    shown = false;
}
