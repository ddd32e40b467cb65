/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/reader.h"

#include "base/error.h"
#include "ingest/container.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* All formats. Whoever includes this file's functions in a program has every library that reads files with it: what needs none of them stands in reader.c. */

/* Ties go to the earlier row. */
static const struct reader *const readers[] = {&read_pdf, &read_zip, &read_tar, &read_mail, &read_jats, &read_newsml, &read_json, &read_flat_odt, &read_xml, &read_refused, &read_news, &read_html, &read_csv, &read_markdown, &read_text};

enum { HEAD_BYTES = 65536, CERTAIN = 100 };

const struct reader *reader_choose(const struct source *source)
{
    size_t size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    struct slice head = {data, MIN(size, HEAD_BYTES)};
    const struct reader *best = NULL;
    int surest = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(readers) && surest < CERTAIN; i++) {
        int sure = readers[i]->probe(head, source->path);
        if (sure > surest) {
            surest = sure;
            best = readers[i];
        }
    }
    return best;
}

bool source_open(const char *path, struct source **ret, GError **error)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR) && strchr(path, '!'))
        return container_open(path, ret, error);
    if (fd < 0) {
        citable_error_at(error, errno == ENOENT ? CITABLE_ERROR_MISSING : CITABLE_ERROR_READ, path, 0, "%s", g_strerror(errno));
        return false;
    }
    bool ok = source_read(fd, path, ret, error);
    close(fd);
    return ok;
}

bool reader_read(const struct source *source, GPtrArray *documents, GError **error)
{
    const struct reader *reader = reader_choose(source);
    if (reader)
        return reader_read_as(reader, source, documents, error);
    citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "no reader knows this format; it is not text, PDF, HTML, a news feed or an office document");
    return false;
}
