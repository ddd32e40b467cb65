/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/visible.h"

#include "query/print/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static GString *waiting; /* the beginning of a character whose end comes with the next bytes */

/* Bytes of whole characters. */
static gsize whole(const GString *bytes)
{
    gsize len = bytes->len;
    for (gsize back = 1; back <= 3 && back <= len; back++) {
        unsigned char c = (unsigned char)bytes->str[len - back];
        if ((c & 0xC0) == 0x80)
            continue;
        gsize needed = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return needed > back ? len - back : len;
    }
    return len;
}

static ssize_t show(void *data, const char *bytes, size_t size)
{
    (void)data;
    g_string_append_len(waiting, bytes, (gssize)size);
    g_autoptr(GString) shown = g_string_new(NULL);
    gsize len = whole(waiting);
    terminal_append_lines(shown, slice_make(waiting->str, len));
    g_string_erase(waiting, 0, (gssize)len);
    for (gsize done = 0; done < shown->len;) {
        ssize_t n = write(STDOUT_FILENO, shown->str + done, shown->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        done += (gsize)n;
    }
    return (ssize_t)size;
}

void visible_output(void)
{
    fflush(stdout);
    FILE *visible = waiting ? NULL : fopencookie(NULL, "w", (cookie_io_functions_t){.write = show});
    if (!visible)
        return;
    waiting = g_string_new(NULL);
    stdout = visible;
}
