/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/limits.h"
#include "ingest/container.h"
#include "ingest/facts/date.h"
#include "ingest/encoding.h"
#include "ingest/markup/page.h"
#include "ingest/facts/page_facts.h"

#include <gmime/gmime.h>

/*  A mail: its text is a document, each file attached to it another (`mail.eml!report.pdf`). A page that a browser saved as one file (MHTML) is a mail
 *  of that page and its pictures. */

enum { PART_DEPTH = 64 };

struct mail {
    const struct source *source;
    GMimePart *plain, *html;   /* the first text that is no attachment; where it has two versions, both */
    GPtrArray *more;           /* GMimePart: the texts that follow it, between attachments or below them */
    GPtrArray *attached;       /* GMimeObject */
    struct page_style *sheets; /* of a saved page */
    bool alternative;          /* in a part whose parts are versions of one text */
    bool page;                 /* saved by a browser */
    bool locked;
};

/* Header names that tell a mail's head from a text that begins with a colon somewhere. */
static const char *const head_names[] = {"from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "reply-to", "snapshot-content-location"};

static bool names_header(struct slice line)
{
    for (size_t i = 0; i < G_N_ELEMENTS(head_names); i++) {
        size_t len = strlen(head_names[i]);
        if (line.len > len && line.ptr[len] == ':' && g_ascii_strncasecmp(line.ptr, head_names[i], len) == 0)
            return true;
    }
    return false;
}

/* "Name: value" lines and their continuations up to an empty line; three of them known. */
static int probe_mail(struct slice head, const char *path)
{
    unsigned known = 0;
    bool first = true;
    if (slice_starts(head, "From ")) { /* as mailboxes begin a mail */
        const char *end = memchr(head.ptr, '\n', head.len);
        head = end ? slice_sub(head, (size_t)(end + 1 - head.ptr), head.len) : head;
    }
    while (head.len > 0) {
        const char *end = memchr(head.ptr, '\n', head.len);
        struct slice line = {head.ptr, end ? (size_t)(end - head.ptr) : head.len};
        head = slice_sub(head, MIN(line.len + 1, head.len), head.len);
        if (line.len == 0 || (line.len == 1 && line.ptr[0] == '\r'))
            break;
        bool more = !first && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
        size_t name = 0;
        while (name < line.len && (g_ascii_isalnum(line.ptr[name]) || line.ptr[name] == '-' || line.ptr[name] == '_'))
            name++;
        if (!more && (name == 0 || name == line.len || line.ptr[name] != ':'))
            return 0;
        known += !more && names_header(line);
        first = false;
    }
    bool named = path && (g_str_has_suffix(path, ".eml") || g_str_has_suffix(path, ".mht") || g_str_has_suffix(path, ".mhtml"));
    return known >= (named ? 1 : 3) ? 85 : 0;
}

/* The decoded bytes of a part. */
static GBytes *content_of(GMimeObject *object)
{
    GMimeStream *stream = g_mime_stream_mem_new();
    if (GMIME_IS_PART(object)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
        if (content)
            g_mime_data_wrapper_write_to_stream(content, stream);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (message)
            g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
    }
    GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    GBytes *bytes = g_bytes_new(array->data, array->len);
    g_object_unref(stream);
    return bytes;
}

/* What a reader may read: not pictures, sounds, calendars, signatures. */
static bool may_be_document(GMimeContentType *type, const char *name)
{
    static const char *const never[] = {"image", "audio", "video", "font"};
    for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
        if (g_mime_content_type_is_type(type, never[i], "*"))
            return false;
    return name && !g_mime_content_type_is_type(type, "text", "calendar") && !g_mime_content_type_is_type(type, "text", "css") && !g_mime_content_type_is_type(type, "application", "pgp-signature") && !g_mime_content_type_is_type(type, "application", "pkcs7-signature") &&
           !g_mime_content_type_is_type(type, "application", "ics");
}

static void look_at_part(struct mail *mail, GMimePart *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const char *disposition = g_mime_object_get_disposition(GMIME_OBJECT(part)), *name = g_mime_part_get_filename(part);
    bool attached = disposition && g_ascii_strcasecmp(disposition, "attachment") == 0, first = !mail->plain && !mail->html;
    bool html = g_mime_content_type_is_type(type, "text", "html"), plain = g_mime_content_type_is_type(type, "text", "plain");
    if (mail->page && g_mime_content_type_is_type(type, "text", "css")) {
        gsize size;
        g_autoptr(GBytes) bytes = content_of(GMIME_OBJECT(part));
        const char *sheet = g_bytes_get_data(bytes, &size);
        const char *address = g_mime_part_get_content_location(part), *id = g_mime_part_get_content_id(part);
        g_autofree char *cid = g_strconcat("cid:", id ? id : "", NULL);
        page_style_offer(mail->sheets, cid, slice_make(sheet, size));
        if (address)
            page_style_offer(mail->sheets, address, slice_make(sheet, size));
    } else if (!attached && html && (mail->alternative ? !mail->html : first)) {
        mail->html = part;
    } else if (!attached && plain && (mail->alternative ? !mail->plain : first)) {
        mail->plain = part;
    } else if (!attached && !name && !mail->page && !mail->alternative && (plain || html)) {
        g_ptr_array_add(mail->more, part);
    } else if (!mail->page && may_be_document(type, name)) {
        g_ptr_array_add(mail->attached, part);
    }
}

static void look_at(struct mail *mail, GMimeObject *object, unsigned depth);

static void look_at_parts(struct mail *mail, GMimeMultipart *parts, unsigned depth)
{
    for (int i = 0; i < g_mime_multipart_get_count(parts); i++)
        look_at(mail, g_mime_multipart_get_part(parts, i), depth + 1);
}

/* Versions of one text. */
static void look_at_versions(struct mail *mail, GMimeMultipart *parts, unsigned depth)
{
    struct mail versions = *mail;
    versions.plain = versions.html = NULL;
    versions.alternative = true;
    look_at_parts(&versions, parts, depth);
    mail->locked |= versions.locked;
    if (!mail->plain && !mail->html) {
        mail->plain = versions.plain;
        mail->html = versions.html;
    } else if ((versions.plain || versions.html) && !mail->page) {
        g_ptr_array_add(mail->more, versions.html ? versions.html : versions.plain);
    }
}

static void look_at(struct mail *mail, GMimeObject *object, unsigned depth)
{
    if (!object || depth > PART_DEPTH)
        return;
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (GMIME_IS_MULTIPART_ENCRYPTED(object) || g_mime_content_type_is_type(type, "application", "pkcs7-mime"))
        mail->locked = true;
    else if (GMIME_IS_MULTIPART(object) && g_mime_content_type_is_type(type, "multipart", "alternative"))
        look_at_versions(mail, GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MULTIPART(object))
        look_at_parts(mail, GMIME_MULTIPART(object), depth);
    else if (GMIME_IS_MESSAGE_PART(object))
        g_ptr_array_add(mail->attached, object);
    else if (GMIME_IS_PART(object))
        look_at_part(mail, GMIME_PART(object));
}

/* What stood in the part has no byte of its own in the file: it was packed for the way. */
static void forget_places(struct document *doc)
{
    g_array_set_size(doc->shifts, 0);
    for (guint i = 0; i < doc->marks->len; i++)
        DOCUMENT_AT(doc->marks, struct mark, i).source = (struct span){NONE, NONE};
}

/* Depth of quotation of a line ("> > …"), whose marks are not part of `line` afterwards. */
static unsigned quoted(struct slice *line)
{
    unsigned depth = 0;
    while (line->len > 0 && line->ptr[0] == '>') {
        depth++;
        *line = slice_sub(*line, 1, line->len);
        if (line->len > 1 && line->ptr[0] == ' ' && line->ptr[1] == '>')
            *line = slice_sub(*line, 1, line->len);
    }
    return depth;
}

/* Text whose lines were broken on the way (format=flowed, RFC 3676): a line that ends in a space goes on in the next one of the same depth. `delsp`: that space
 * was put there. */
static GBytes *unfolded(struct slice text, bool delsp)
{
    GString *whole = g_string_sized_new(text.len);
    unsigned before = 0;
    bool flows = false;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        const char *stop = memchr(text.ptr + at, '\n', text.len - at);
        end = stop ? (size_t)(stop - text.ptr) : text.len;
        struct slice line = slice_sub(text, at, end > at && text.ptr[end - 1] == '\r' ? end - 1 : end);
        struct slice inner = line;
        unsigned depth = quoted(&inner);
        bool signature = slice_is(inner, "-- ");
        inner = slice_starts(inner, " ") && !signature ? slice_sub(inner, 1, inner.len) : inner; /* "> text": the space belongs to the mark */
        if (flows && depth == before && !signature)
            line = inner;
        else if (at > 0)
            g_string_append_c(whole, '\n');
        flows = !signature && inner.len > 0 && inner.ptr[inner.len - 1] == ' '; /* a line of its mark alone ends a paragraph */
        before = depth;
        g_string_append_len(whole, line.ptr, (gssize)(line.len - (flows && delsp)));
    }
    return g_string_free_to_bytes(whole);
}

/* Does a parameter of the part's type say so ("format", "flowed")? */
static bool says(GMimePart *part, const char *parameter, const char *value)
{
    const char *said = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), parameter);
    return said && g_ascii_strcasecmp(said, value) == 0;
}

static struct document *read_plain(const struct mail *mail, GError **error)
{
    g_autoptr(GBytes) bytes = content_of(GMIME_OBJECT(mail->plain));
    struct encoding encoding;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    if (!encoding_decode(slice_make(data, size), g_mime_object_get_content_type_parameter(GMIME_OBJECT(mail->plain), "charset"), &encoding)) {
        citable_error_at(error, CITABLE_ERROR_ENCODING, mail->source->path, 0, "holds text in no charset that can be told");
        return NULL;
    }
    g_autoptr(GBytes) text = says(mail->plain, "format", "flowed") ? unfolded(encoding.text, says(mail->plain, "delsp", "yes")) : g_bytes_new(encoding.text.ptr, encoding.text.len);
    encoding_clear(&encoding);
    struct source *source = source_new(mail->source->path, text);
    g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    struct document *doc = NULL;
    if (read_text.read(source, documents, error) && documents->len > 0)
        doc = g_ptr_array_steal_index(documents, 0);
    source_free(source);
    return doc;
}

static struct document *read_html_part(const struct mail *mail, GError **error)
{
    g_autoptr(GBytes) bytes = content_of(GMIME_OBJECT(mail->html));
    struct encoding encoding;
    struct origin lost = {.lost = true};
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    if (!encoding_decode(slice_make(data, size), g_mime_object_get_content_type_parameter(GMIME_OBJECT(mail->html), "charset"), &encoding)) {
        citable_error_at(error, CITABLE_ERROR_ENCODING, mail->source->path, 0, "holds text in no charset that can be told");
        return NULL;
    }
    struct document *doc = NULL;
    if (mail->page) {
        doc = page_read(mail->source->path, encoding.text, &lost, mail->sheets, error);
    } else {
        doc = document_new(mail->source->path);
        if (!page_append(doc, mail->source->path, encoding.text, &lost, error))
            g_clear_pointer(&doc, document_free);
    }
    encoding_clear(&encoding);
    return doc;
}

/* Of two versions of one text the plain one, unless it only says that there is another. */
static struct document *read_text_part(const struct mail *mail, GError **error)
{
    if (mail->page || !mail->plain)
        return mail->html ? read_html_part(mail, error) : document_new(mail->source->path);
    struct document *plain = read_plain(mail, error);
    if (!plain || !mail->html)
        return plain;
    struct document *html = read_html_part(mail, NULL);
    if (html && plain->text->len < html->text->len / 2) {
        document_free(plain);
        return html;
    }
    document_free(html);
    return plain;
}

/* The texts that follow the first. */
static void read_more(const struct mail *mail, struct document *doc)
{
    struct origin lost = {.lost = true};
    for (guint i = 0; i < mail->more->len; i++) {
        GMimeObject *part = g_ptr_array_index(mail->more, i);
        g_autoptr(GBytes) bytes = content_of(part);
        struct encoding encoding;
        gsize size;
        const char *data = g_bytes_get_data(bytes, &size);
        if (size == 0)
            continue;
        if (!encoding_decode(slice_make(data, size), g_mime_object_get_content_type_parameter(part, "charset"), &encoding)) {
            document_warn(doc, "member-unread", NONE, "a part of the mail holds text in no charset that can be told");
            continue;
        }
        bool html = g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "html");
        g_autofree char *text = slice_dup(encoding.text), *made = html ? NULL : page_paragraphs(text);
        page_append(doc, mail->source->path, slice_of(made ? made : text), &lost, NULL);
        encoding_clear(&encoding);
    }
}

static void read_head(struct document *doc, GMimeMessage *message, const struct mail *mail)
{
    struct metadata *metadata = &doc->metadata;
    const char *subject = g_mime_message_get_subject(message), *url = g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location");
    GDateTime *date = g_mime_message_get_date(message);
    if (!url && mail->page && mail->html)
        url = g_mime_object_get_header(GMIME_OBJECT(mail->html), "Content-Location");
    if ((!metadata->title || !mail->page) && subject && *subject) {
        g_free(metadata->title);
        metadata->title = g_utf8_make_valid(subject, -1);
    }
    if (!metadata->url && url && g_str_has_prefix(url, "http"))
        metadata->url = g_utf8_make_valid(url, -1);
    if (mail->page)
        return; /* who saved it, and when, is not who wrote it */
    if (!metadata->date && date)
        metadata->date = g_date_time_format(date, "%Y-%m-%d");
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first = from && internet_address_list_length(from) > 0 ? internet_address_list_get_address(from, 0) : NULL;
    const char *name = first ? internet_address_get_name(first) : NULL;
    if (!metadata->authors && name && *name)
        metadata->authors = authors_of(name);
}

static bool read_parts(const struct mail *mail, GMimeMessage *message, GPtrArray *documents, GError **error)
{
    struct document *doc = read_text_part(mail, error);
    if (!doc)
        return false;
    read_more(mail, doc);
    forget_places(doc);
    read_head(doc, message, mail);
    doc->reader = mail->page ? "mhtml" : "mail";
    if (doc->passages->len == 0 && doc->warnings->len == 0)
        document_warn(doc, "no-text", NONE, mail->attached->len > 0 ? "the mail itself holds no text" : "the mail holds no text");
    g_ptr_array_add(documents, doc);
    struct container container;
    if (mail->attached->len > 0 && container_begin(&container, mail->source, documents, error)) {
        for (guint i = 0; i < mail->attached->len; i++) {
            GMimeObject *object = g_ptr_array_index(mail->attached, i);
            g_autofree char *said = GMIME_IS_PART(object) ? g_utf8_make_valid(g_mime_part_get_filename(GMIME_PART(object)), -1) : g_strdup_printf("message-%u.eml", i + 1), *name = g_path_get_basename(g_strdelimit(said, "\\", '/'));
            if (!container_wants(&container, name))
                continue;
            g_autoptr(GBytes) bytes = content_of(object);
            container_member(&container, name, bytes);
        }
        g_clear_error(&container.first);
    }
    return true;
}

/* Where the next mail of a mailbox begins: a line "From ana@example.org Sun Mar 14 10:00:00 2021" behind an empty one. In a mail's own text it would be quoted. */
static size_t next_mail(struct slice box, size_t at)
{
    while (at + 7 < box.len) {
        const char *found = memmem(box.ptr + at, box.len - at, "\nFrom ", 6);
        if (!found)
            break;
        size_t start = (size_t)(found - box.ptr) + 1;
        const char *end = memchr(box.ptr + start, '\n', box.len - start);
        struct slice line = slice_sub(box, start, end ? (size_t)(end - box.ptr) : box.len);
        bool empty = found > box.ptr && (found[-1] == '\n' || (found[-1] == '\r' && found - 1 > box.ptr && found[-2] == '\n'));
        if (empty && memchr(line.ptr, ':', line.len) && probe_mail(slice_sub(box, start, MIN(box.len, start + 65536)), ".eml") > 0)
            return start;
        at = start;
    }
    return box.len;
}

/* A mailbox: each mail in it is a document. */
static bool read_box(const struct source *source, struct slice box, GPtrArray *documents, GError **error)
{
    struct container container;
    if (!container_begin(&container, source, documents, error))
        return false;
    unsigned number = 0;
    for (size_t at = 0, end; at < box.len; at = end) {
        end = next_mail(box, at);
        g_autofree char *name = g_strdup_printf("message-%u.eml", ++number);
        if (!container_wants(&container, name))
            continue;
        if (container.members >= LIMIT_ARCHIVE_MEMBERS) {
            container_unread(&container, name, g_error_new(CITABLE_ERROR, CITABLE_ERROR_LIMIT, "and what follows: more than %d mails", LIMIT_ARCHIVE_MEMBERS));
            break;
        }
        g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(source->bytes, at, end - at);
        container_member(&container, name, bytes);
    }
    return container_end(&container, error);
}

static bool read_message(const struct source *source, GPtrArray *documents, GError **error)
{
    static gsize once;
    if (g_once_init_enter(&once)) {
        g_mime_init();
        g_once_init_leave(&once, 1);
    }
    gsize size;
    const char *data = g_bytes_get_data(source->bytes, &size);
    struct slice box = {data, size};
    if (slice_starts(box, "From ") && next_mail(box, 0) < size)
        return read_box(source, box, documents, error);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_autoptr(GPtrArray) attached = g_ptr_array_new(), more = g_ptr_array_new();
    struct mail mail = {.source = source, .attached = attached, .more = more, .sheets = page_style_new()};
    bool ok = message != NULL;
    if (ok) {
        GMimeObject *part = g_mime_message_get_mime_part(message);
        mail.page = g_mime_object_get_header(GMIME_OBJECT(message), "Snapshot-Content-Location") || (part && g_mime_content_type_is_type(g_mime_object_get_content_type(part), "multipart", "related") && !g_mime_message_get_message_id(message));
        look_at(&mail, part, 0);
        if (mail.locked)
            citable_error_at(error, CITABLE_ERROR_ENCRYPTED, source->path, 0, "is an encrypted mail; save it decrypted");
        ok = !mail.locked && read_parts(&mail, message, documents, error);
        g_object_unref(message);
    } else {
        citable_error_at(error, CITABLE_ERROR_FORMAT, source->path, 0, "is a damaged mail");
    }
    page_style_free(mail.sheets);
    g_object_unref(parser);
    g_object_unref(stream);
    return ok;
}

const struct reader read_mail = {"mail", probe_mail, read_message};
