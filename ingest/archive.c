/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/archive.h"

#include "base/error.h"
#include "base/limits.h"
#include "ingest/container.h"

#include <zip.h>

enum { CHUNK_BYTES = 65536 };

struct member {
    char *name;
    zip_uint64_t index, packed;
    bool encrypted;
};

struct archive {
    const struct source *source;
    zip_t *zip;
    GArray *members;    /* struct member */
    GHashTable *names;  /* name → member + 1 */
    uint64_t own, *inflated;
};

static void member_clear(struct member *member)
{
    g_free(member->name);
}

/* What a libzip error means to a user. */
static enum citable_error code_of(int zip_error, const char **what)
{
    switch (zip_error) {
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
        *what = "is protected by a password; unlock it and try again";
        return CITABLE_ERROR_ENCRYPTED;
    case ZIP_ER_COMPNOTSUPP:
        *what = "is packed by a method that is not known here; pack it again as a plain zip";
        return CITABLE_ERROR_FORMAT;
    case ZIP_ER_MULTIDISK:
        *what = "is one part of a divided archive; join the parts first";
        return CITABLE_ERROR_FORMAT;
    case ZIP_ER_CRC:
        *what = "is damaged: its checksum is wrong";
        return CITABLE_ERROR_FORMAT;
    default:
        *what = "is a damaged zip archive, or one that is cut short";
        return CITABLE_ERROR_FORMAT;
    }
}

static void say(GError **error, const char *path, int zip_error)
{
    const char *what;
    enum citable_error code = code_of(zip_error, &what);
    if (zip_error == ZIP_ER_MEMORY)
        citable_error_memory(error, path);
    else
        citable_error_at(error, code, path, 0, "%s", what);
}

static bool add_member(struct archive *archive, zip_uint64_t index, GError **error)
{
    const char *path = archive->source->path;
    zip_stat_t stat;
    if (zip_stat_index(archive->zip, index, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME)) {
        say(error, path, zip_error_code_zip(zip_get_error(archive->zip)));
        return false;
    }
    if (*stat.name == '\0' || g_str_has_suffix(stat.name, "/"))
        return true;
    struct member member = {
        .name = g_utf8_make_valid(stat.name, -1),
        .index = index,
        .packed = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0,
        .encrypted = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE,
    };
    if (!g_hash_table_insert(archive->names, member.name, GUINT_TO_POINTER(archive->members->len + 1))) {
        citable_error_at(error, CITABLE_ERROR_FORMAT, path, 0, "holds two files named \"%s\"; which one counts cannot be told", member.name);
        g_array_append_val(archive->members, member);
        return false;
    }
    g_array_append_val(archive->members, member);
    return true;
}

static bool open_zip(struct archive *archive, GError **error)
{
    gsize size;
    const void *data = g_bytes_get_data(archive->source->bytes, &size);
    zip_error_t trouble;
    zip_error_init(&trouble);
    zip_source_t *buffer = zip_source_buffer_create(data, size, 0, &trouble);
    archive->zip = buffer ? zip_open_from_source(buffer, ZIP_RDONLY, &trouble) : NULL;
    if (!archive->zip) {
        say(error, archive->source->path, zip_error_code_zip(&trouble));
        if (buffer)
            zip_source_free(buffer);
    }
    zip_error_fini(&trouble);
    return archive->zip != NULL;
}

static bool list_members(struct archive *archive, GError **error)
{
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    if (count > LIMIT_ARCHIVE_MEMBERS) {
        citable_error_at(error, CITABLE_ERROR_LIMIT, archive->source->path, 0, "holds more than %d files", LIMIT_ARCHIVE_MEMBERS);
        return false;
    }
    for (zip_int64_t i = 0; i < count; i++)
        if (!add_member(archive, (zip_uint64_t)i, error))
            return false;
    return true;
}

bool archive_open(const struct source *source, struct archive **ret, GError **error)
{
    struct archive *archive = g_new0(struct archive, 1);
    archive->source = source;
    archive->inflated = source->inflated ? source->inflated : &archive->own;
    archive->members = g_array_new(FALSE, FALSE, sizeof(struct member));
    g_array_set_clear_func(archive->members, (GDestroyNotify)member_clear);
    archive->names = g_hash_table_new(g_str_hash, g_str_equal);
    bool ok = open_zip(archive, error) && list_members(archive, error);
    if (ok)
        *ret = archive;
    else
        archive_close(archive);
    return ok;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    if (archive->zip)
        zip_discard(archive->zip);
    g_hash_table_unref(archive->names);
    g_array_unref(archive->members);
    g_free(archive);
}

unsigned archive_count(const struct archive *archive)
{
    return archive->members->len;
}

const char *archive_name(const struct archive *archive, unsigned member)
{
    return g_array_index(archive->members, struct member, member).name;
}

int archive_find(const struct archive *archive, const char *name)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(archive->names, name)) - 1;
}

char *archive_path(const struct archive *archive, const char *name)
{
    return g_strconcat(archive->source->path, "!", name, NULL);
}

static GBytes *inflate(struct archive *archive, const struct member *member, const char *path, GError **error)
{
    zip_file_t *file = zip_fopen_index(archive->zip, member->index, 0);
    if (!file) {
        say(error, path, zip_error_code_zip(zip_get_error(archive->zip)));
        return NULL;
    }
    GByteArray *bytes = g_byte_array_new();
    guint8 chunk[CHUNK_BYTES];
    zip_int64_t got;
    bool ok = true;
    while (ok && (got = zip_fread(file, chunk, sizeof chunk)) > 0) {
        g_byte_array_append(bytes, chunk, (guint)got);
        ok = container_count(archive->inflated, (size_t)got, bytes->len, MAX(member->packed, 1), path, error);
    }
    if (ok && got < 0)
        say(error, path, zip_error_code_zip(zip_file_get_error(file)));
    ok = ok && got == 0;
    zip_fclose(file);
    if (ok)
        return g_byte_array_free_to_bytes(bytes);
    g_byte_array_unref(bytes);
    return NULL;
}

bool archive_read(struct archive *archive, unsigned member, GBytes **ret, GError **error)
{
    g_assert(member < archive->members->len);
    const struct member *wanted = &g_array_index(archive->members, struct member, member);
    g_autofree char *path = archive_path(archive, wanted->name);
    if (wanted->encrypted) {
        say(error, path, ZIP_ER_NOPASSWD);
        return false;
    }
    *ret = inflate(archive, wanted, path, error);
    return *ret != NULL;
}

/* Written members are dated as early as a zip file can say: the same parts give the same bytes. */
static bool write_part(zip_t *zip, const struct archive *archive, const struct archive_part *part)
{
    enum { DOS_TIME = 0, DOS_DATE = 1 << 5 | 1 }; /* 1980-01-01 00:00 */
    gsize size;
    const void *data = g_bytes_get_data(part->bytes, &size);
    zip_source_t *buffer = zip_source_buffer(zip, data, size, 0);
    int known = archive_find(archive, part->name);
    zip_int64_t at = known < 0 ? zip_file_add(zip, part->name, buffer, ZIP_FL_ENC_UTF_8) : (zip_int64_t)g_array_index(archive->members, struct member, known).index;
    if (!buffer || at < 0 || (known >= 0 && zip_file_replace(zip, (zip_uint64_t)at, buffer, 0) != 0)) {
        zip_source_free(buffer);
        return false;
    }
    return zip_file_set_dostime(zip, (zip_uint64_t)at, DOS_TIME, DOS_DATE, 0) == 0;
}

/* All bytes of a source that was written to. */
static GBytes *written(zip_source_t *buffer)
{
    zip_stat_t stat;
    if (zip_source_stat(buffer, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) || zip_source_open(buffer) != 0)
        return NULL;
    guint8 *bytes = g_malloc(stat.size);
    bool whole = zip_source_read(buffer, bytes, stat.size) == (zip_int64_t)stat.size;
    zip_source_close(buffer);
    if (whole)
        return g_bytes_new_take(bytes, stat.size);
    g_free(bytes);
    return NULL;
}

bool archive_rewrite(const struct archive *archive, const struct archive_part *parts, size_t n_parts, GBytes **ret, GError **error)
{
    gsize size;
    const void *data = g_bytes_get_data(archive->source->bytes, &size);
    zip_error_t trouble;
    zip_error_init(&trouble);
    zip_source_t *buffer = zip_source_buffer_create(data, size, 0, &trouble);
    zip_t *zip = buffer ? zip_open_from_source(buffer, 0, &trouble) : NULL;
    *ret = NULL;
    if (zip) {
        zip_source_keep(buffer); /* it outlives the archive, which is written into it */
        bool ok = true;
        for (size_t i = 0; ok && i < n_parts; i++)
            ok = write_part(zip, archive, &parts[i]);
        if (ok && zip_close(zip) == 0)
            *ret = written(buffer);
        else
            zip_discard(zip);
    }
    if (buffer)
        zip_source_free(buffer);
    zip_error_fini(&trouble);
    if (!*ret)
        citable_error_at(error, CITABLE_ERROR_FORMAT, archive->source->path, 0, "a changed copy of this zip archive cannot be written");
    return *ret != NULL;
}

char *archive_resolve(const char *base, const char *target)
{
    g_autofree char *plain = g_uri_unescape_string(target, NULL);
    if (!plain)
        return NULL;
    plain[strcspn(plain, "#?")] = '\0';
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    const char *slash = strrchr(base, '/');
    g_autofree char *folder = *plain != '/' && slash ? g_strndup(base, (gsize)(slash - base)) : g_strdup("");
    g_autofree char *joined = g_strconcat(folder, "/", plain, NULL);
    g_auto(GStrv) steps = g_strsplit(joined, "/", -1);
    for (char **step = steps; *step; step++) {
        if (strcmp(*step, "..") == 0) {
            if (parts->len == 0)
                return NULL;
            g_ptr_array_set_size(parts, (int)parts->len - 1);
        } else if (**step && strcmp(*step, ".") != 0) {
            g_ptr_array_add(parts, *step);
        }
    }
    g_ptr_array_add(parts, NULL);
    return g_strjoinv("/", (char **)parts->pdata);
}
