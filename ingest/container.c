/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/container.h"

#include "base/error.h"
#include "base/limits.h"

#include <errno.h>

enum { RATIO_FROM_BYTES = 1024 * 1024 };

bool container_begin(struct container *container, const struct source *source, GPtrArray *documents, GError **error)
{
    if (source->depth >= LIMIT_ARCHIVE_DEPTH) {
        citable_error_at(error, CITABLE_ERROR_LIMIT, source->path, 0, "holds archives inside archives, more than %d deep", LIMIT_ARCHIVE_DEPTH);
        return false;
    }
    *container = (struct container){.source = source, .documents = documents};
    container->inflated = source->inflated ? source->inflated : &container->own;
    return true;
}

/* Folders, resource forks, hidden files. */
static bool is_ignored(const char *name)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    return *base == '\0' || *base == '.' || g_str_has_prefix(name, "__MACOSX/") || g_ascii_strcasecmp(base, "thumbs.db") == 0 || g_ascii_strcasecmp(base, "desktop.ini") == 0;
}

/* Not absolute, no "..", no drive, no backslash: a name that stays inside the archive. It is shown, never opened. */
static bool is_safe(const char *name)
{
    if (*name == '/' || strchr(name, '\\') || (g_ascii_isalpha(name[0]) && name[1] == ':'))
        return false;
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    return !g_strv_contains((const char *const *)parts, "..");
}

static char *member_name(const char *name, const struct document *doc)
{
    return doc->member ? g_strconcat(name, "!", doc->member, NULL) : g_strdup(name);
}

/* The path that a member's errors and documents name: the outermost file's, then its members'. */
static bool read_member(struct container *container, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_strconcat(container->source->path, "!", name, NULL);
    if (g_bytes_get_size(bytes) == 0) {
        citable_error_at(error, CITABLE_ERROR_EMPTY, path, 0, "is empty (0 bytes)");
        return false;
    }
    struct source *member = source_new(path, bytes);
    struct source_watch watch = container->source->watch ? *container->source->watch : (struct source_watch){0};
    watch.left_out = NULL; /* pages of another document */
    member->lang = container->source->lang;
    member->ocr = container->source->ocr;
    member->look = container->source->look;
    member->depth = container->source->depth + 1;
    member->inflated = container->inflated;
    member->watch = container->source->watch ? &watch : NULL;
    guint before = container->documents->len;
    bool ok = reader_read(member, container->documents, error);
    source_free(member);
    for (guint i = before; i < container->documents->len; i++) {
        struct document *doc = g_ptr_array_index(container->documents, i);
        g_free(doc->path);
        doc->path = g_strdup(container->source->path);
        char *inside = member_name(name, doc);
        g_free(doc->member);
        doc->member = inside;
    }
    return ok;
}

void container_unread(struct container *container, const char *name, GError *trouble)
{
    const struct source *source = container->source;
    struct document *doc = document_new(source->path);
    g_autofree char *identity = g_strconcat(source->sha256, "!", name, NULL);
    doc->member = g_strdup(name);
    doc->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, identity, -1);
    g_autofree char *where = g_strconcat(source->path, "!", name, ": ", NULL); /* the document says so itself */
    const char *message = g_str_has_prefix(trouble->message, where) ? trouble->message + strlen(where) : trouble->message;
    document_warn(doc, "member-unread", NONE, "%s", message);
    g_ptr_array_add(container->documents, doc);
    container->members++;
    if (container->first)
        g_error_free(trouble);
    else
        container->first = trouble;
}

bool container_wants(const struct container *container, const char *name)
{
    const struct source_wanted *wanted = container->source->wanted;
    size_t len = strlen(name);
    return !is_ignored(name) && (!wanted || (!wanted->found && g_str_has_prefix(wanted->member, name) && (wanted->member[len] == '\0' || wanted->member[len] == '!')));
}

/* The member that is looked for, or the archive that it is in. */
static void take_wanted(const struct container *container, const char *name, GBytes *bytes)
{
    struct source_wanted *wanted = container->source->wanted;
    size_t len = strlen(name);
    if (wanted->member[len] == '\0') {
        wanted->found = g_bytes_ref(bytes);
        return;
    }
    g_autofree char *path = g_strconcat(container->source->path, "!", name, NULL);
    struct source *inner = source_new(path, bytes);
    struct source_wanted rest = {wanted->member + len + 1, NULL};
    inner->depth = container->source->depth + 1;
    inner->inflated = container->inflated;
    inner->wanted = &rest;
    g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    reader_read(inner, none, NULL);
    wanted->found = rest.found;
    source_free(inner);
}

static bool find_member(const char *file, const char *member, const char *path, struct source **ret, GError **error)
{
    struct source *outer = NULL;
    if (!source_open(file, &outer, error))
        return false;
    struct source_wanted wanted = {member, NULL};
    outer->wanted = &wanted;
    g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    reader_read(outer, none, NULL);
    source_free(outer);
    if (wanted.found) {
        *ret = source_new(path, wanted.found);
        g_bytes_unref(wanted.found);
        return true;
    }
    citable_error_at(error, CITABLE_ERROR_MISSING, file, 0, "holds no file \"%s\"", member);
    return false;
}

bool container_open(const char *path, struct source **ret, GError **error)
{
    for (const char *mark = strchr(path, '!'); mark; mark = strchr(mark + 1, '!')) {
        g_autofree char *file = g_strndup(path, (gsize)(mark - path));
        if (g_file_test(file, G_FILE_TEST_IS_REGULAR))
            return find_member(file, mark + 1, path, ret, error);
    }
    citable_error_at(error, CITABLE_ERROR_MISSING, path, 0, "%s", g_strerror(ENOENT));
    return false;
}

void container_member(struct container *container, const char *name, GBytes *bytes)
{
    if (container->source->wanted) {
        take_wanted(container, name, bytes);
        return;
    }
    GError *trouble = NULL;
    if (!is_safe(name))
        citable_error_at(&trouble, CITABLE_ERROR_FORMAT, container->source->path, 0, "the name \"%s\" leads out of the archive; it is not read", name);
    if (!trouble && read_member(container, name, bytes, &trouble)) {
        container->members++;
        container->read++;
        return;
    }
    container_unread(container, name, trouble);
}

bool container_end(struct container *container, GError **error)
{
    GError *first = g_steal_pointer(&container->first);
    if (container->read > 0) {
        g_clear_error(&first);
        return true;
    }
    if (first)
        g_propagate_error(error, first);
    else
        citable_error_at(error, CITABLE_ERROR_EMPTY, container->source->path, 0, "is an archive without files to read");
    return false;
}

bool container_count(uint64_t *inflated, size_t more, size_t len, size_t packed, const char *path, GError **error)
{
    *inflated += more;
    const char *what = NULL;
    if (len > LIMIT_MEMBER_BYTES)
        what = "inflates to more than 256 MiB";
    else if (*inflated > LIMIT_ARCHIVE_BYTES)
        what = "and what came before it in the archive inflate to more than 1 GiB";
    else if (len > RATIO_FROM_BYTES && packed > 0 && len / LIMIT_ARCHIVE_RATIO > packed)
        what = "inflates to more than 200 times its packed size; it is no document";
    if (what)
        citable_error_at(error, CITABLE_ERROR_LIMIT, path, 0, "%s", what);
    return what == NULL;
}
