/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/settle.h"

#include "base/error.h"
#include "base/timing.h"
#include "index/get.h"
#include "index/put.h"

#include <unistd.h>

enum { COMMIT_PASSAGES = 8192 }; /* whole documents, this many passages or more a transaction, or what came in a second: each writes a part of the full text that is merged later */

/* A result that waits for the transaction that holds it. */
struct pending {
    struct build_result result;
    char *file, *member, *reason, *id;
};

struct settler {
    struct store *store;
    const struct build_options *options;
    bool open;          /* a transaction is */
    gint64 opened;
    uint32_t passages;  /* written in it */
    GPtrArray *pending;
};

static void pending_free(void *data)
{
    struct pending *pending = data;
    g_free(pending->file);
    g_free(pending->member);
    g_free(pending->reason);
    g_free(pending->id);
    g_free(pending);
}

struct settler *settler_new(struct store *store, const struct build_options *options)
{
    struct settler *s = g_new0(struct settler, 1);
    s->store = store;
    s->options = options;
    s->pending = g_ptr_array_new_with_free_func(pending_free);
    return s;
}

void settler_free(struct settler *s)
{
    if (s->open)
        store_rollback(s->store);
    g_ptr_array_unref(s->pending);
    g_free(s);
}

static bool begin(struct settler *s, GError **error)
{
    if (s->open)
        return true;
    s->open = store_begin(s->store, error);
    s->opened = g_get_monotonic_time();
    s->passages = 0;
    return s->open;
}

bool settler_commit(struct settler *s, int older_ms, GError **error)
{
    if (s->open && g_get_monotonic_time() - s->opened < (gint64)older_ms * 1000)
        return true;
    const char *stage = timing_enter("commit");
    bool ok = !s->open || store_commit(s->store, error);
    timing_enter(stage);
    if (!ok)
        return false;
    s->open = false;
    for (guint i = 0; i < s->pending->len; i++)
        s->options->result(s->options->data, &((struct pending *)g_ptr_array_index(s->pending, i))->result);
    g_ptr_array_set_size(s->pending, 0);
    return true;
}

/* Keeps a result, with its strings, for the commit. */
static void report(struct settler *s, const struct outcome *o, struct build_result result)
{
    struct pending *pending = g_new0(struct pending, 1);
    pending->file = g_strdup(o->found->path);
    pending->member = g_strdup(result.member);
    pending->reason = g_strdup(result.reason);
    pending->id = g_strdup(result.id);
    pending->result = result;
    pending->result.file = pending->file;
    pending->result.member = pending->member;
    pending->result.reason = pending->reason;
    pending->result.id = pending->id;
    pending->result.code = result.code ? g_intern_string(result.code) : NULL;
    pending->result.named = o->found->named;
    g_ptr_array_add(s->pending, pending);
}

/* ---- what a document's own warnings say ---- */

struct verdict {
    const char *status, *code; /* static, or the document's */
    char *reason;              /* or NULL */
    uint32_t page;
};

static uint32_t pages_with(const struct document *doc, uint32_t flag, uint32_t *first)
{
    uint32_t n = 0;
    *first = NONE;
    for (guint i = 0; i < doc->pages->len; i++)
        if (DOCUMENT_AT(doc->pages, struct page, i).flags & flag) {
            *first = n == 0 ? i + 1 : *first;
            n++;
        }
    return n;
}

/* What of a document could not be read; the most serious first. */
static const struct {
    uint32_t flag;
    const char *status, *code, *what;
} page_troubles[] = {
    {PAGE_UNFINISHED, "partial", "page-unfinished", "could only be read in part"},
    {PAGE_NO_TEXT, "added", "no-text", "have no text, only pictures"},
    {PAGE_GARBLED, "added", "garbled-font", "use fonts that do not say which letters they print"},
    {PAGE_OCR, "added", "ocr", "were read from pictures by character recognition: compare their figures with the pages"},
};

/* Warnings that a part of the document is missing; the most serious first. */
static const char *const partial_codes[] = {"pages-left-out", "damaged-xml", "member-unread"};

static const struct warning *worst_warning(const struct document *doc, const char **status)
{
    *status = "partial";
    for (size_t c = 0; c < G_N_ELEMENTS(partial_codes); c++)
        for (guint i = 0; i < doc->warnings->len; i++)
            if (strcmp(DOCUMENT_AT(doc->warnings, struct warning, i).code, partial_codes[c]) == 0)
                return &DOCUMENT_AT(doc->warnings, struct warning, i);
    *status = "added";
    return &DOCUMENT_AT(doc->warnings, struct warning, 0);
}

/* The worst that the reader warned of, and how often it did. */
static struct verdict judge_warnings(const struct document *doc)
{
    const char *status;
    const struct warning *worst = worst_warning(doc, &status);
    guint more = 0;
    for (guint i = 0; i < doc->warnings->len; i++)
        more += strcmp(DOCUMENT_AT(doc->warnings, struct warning, i).code, worst->code) == 0;
    char *reason = more > 1 ? g_strdup_printf("%s (and %u more like it)", worst->text, more - 1) : g_strdup(worst->text);
    return (struct verdict){status, worst->code, reason, worst->page};
}

static struct verdict judge(const struct document *doc, const struct reading *reading)
{
    uint32_t first;
    if (reading->partial)
        return (struct verdict){"partial", "page-unfinished", g_strdup(reading->partial), reading->page};
    for (size_t i = 0; i < G_N_ELEMENTS(page_troubles); i++) {
        uint32_t n = pages_with(doc, page_troubles[i].flag, &first);
        if (n > 0)
            return (struct verdict){page_troubles[i].status, page_troubles[i].code, g_strdup_printf("%u of %u pages %s", n, doc->pages->len, page_troubles[i].what), first};
    }
    if (doc->warnings->len > 0)
        return judge_warnings(doc);
    if (doc->passages->len == 0)
        return (struct verdict){"added", "no-text", g_strdup("holds no text"), NONE};
    return (struct verdict){"added", NULL, NULL, NONE};
}

/* ---- writing ---- */

static struct ledger_entry entry_of(const struct settler *s, const struct outcome *o, const char *path, const char *status)
{
    return (struct ledger_entry){.path = (char *)path, .status = (char *)status, .page = NONE, .size = o->size, .changed = o->changed, .sha256 = o->reading.sha256,
                                 .version = (char *)extractor_version(s->options->extractor)};
}

/* What failed or stopped a reader can be a passing lack of memory, which not every library tells from damage: the row has no version then, which lets the next
 * ingest read the file again, once. */
static const char *version_after_trouble(const struct settler *s, const struct outcome *o)
{
    const struct ledger_entry *known = o->known;
    bool tried = known && !*known->version && g_strcmp0(known->sha256, o->reading.sha256) == 0;
    return tried ? extractor_version(s->options->extractor) : "";
}

/* A message without the path before it, which stands beside it already. */
static const char *without_path(const struct outcome *o, const char *message)
{
    const char *path = o->found->path;
    size_t len = strlen(path);
    if (strncmp(message, path, len) != 0 || (message[len] != ':' && message[len] != '!')) /* "!": a member of it */
        return message;
    message += len + 1;
    return message + strspn(message, " ");
}

/* Is there a document of these bytes under another name whose file still exists? `*rowid` is 0 when there is none; one whose file is gone has moved. */
static bool look_for_twin(struct settler *s, const struct document *doc, const char *path, struct document_row **ret, bool *moved, GError **error)
{
    *moved = false;
    if (!store_document_by_id(s->store, doc->sha256, ret, error))
        return false;
    if (!*ret)
        return true;
    if (strcmp((*ret)->path, path) == 0 && g_strcmp0((*ret)->member, doc->member) == 0) {
        g_clear_pointer(ret, document_row_free);
        return true;
    }
    g_autofree char *file = store_file(s->store, (*ret)->path);
    *moved = strcmp(file, "-") != 0 && access(file, F_OK) != 0;
    return true;
}

/* The document that the file held before, where it holds now what another does. */
static bool remove_edition(struct settler *s, const char *path, const char *member, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    bool ok = store_documents_at(s->store, path, &rows, error);
    for (guint i = 0; ok && i < rows->len; i++) {
        const struct document_row *row = g_ptr_array_index(rows, i);
        if (g_strcmp0(row->member, member) == 0)
            ok = store_remove(s->store, row->rowid, error);
    }
    return ok;
}

/* Writes one document, or notes whose duplicate it is; into the ledger under `member` (NULL: the file's own row). */
static bool settle_document(struct settler *s, const struct outcome *o, const char *path, const struct read_item *item, bool only, GError **error)
{
    struct document_row *twin = NULL;
    bool moved;
    if (!look_for_twin(s, item->doc, path, &twin, &moved, error))
        return false;
    struct ledger_entry entry = entry_of(s, o, path, "duplicate");
    entry.member = only ? NULL : item->doc->member;
    entry.document = item->doc->sha256;
    struct verdict v = judge(item->doc, &o->reading);
    bool ok = true;
    g_autofree char *reason = NULL;
    if (twin && !moved) {
        entry.code = (char *)"duplicate";
        entry.reason = reason = g_strdup_printf("holds the same as %s%s%s", twin->path, twin->member ? "!" : "", twin->member ? twin->member : "");
        ok = remove_edition(s, path, item->doc->member, error);
        report(s, o, (struct build_result){.member = item->doc->member, .status = "skipped", .code = "duplicate", .reason = reason, .page = NONE, .id = twin->id});
    } else {
        if (twin)
            ok = store_remove(s->store, twin->rowid, error) && ledger_forget(s->store, twin->path, error);
        struct document_row *row = NULL;
        ok = ok && store_put(s->store, item->doc, item->mentions, extractor_version(s->options->extractor), error) && store_document_by_id(s->store, item->doc->sha256, &row, error);
        if (ok) {
            entry.status = (char *)v.status;
            entry.code = (char *)v.code;
            entry.reason = v.reason;
            entry.page = v.page;
            if (o->reading.partial)
                entry.version = (char *)version_after_trouble(s, o);
            s->passages += item->doc->passages->len;
            report(s, o, (struct build_result){.member = item->doc->member, .status = "added", .code = v.code, .reason = v.reason, .page = v.page, .id = row->id,
                                               .pages = row->pages, .figures = row->figures, .partial = strcmp(v.status, "partial") == 0});
        }
        document_row_free(row);
    }
    ok = ok && ledger_note(s->store, &entry, error);
    document_row_free(twin);
    g_free(v.reason);
    return ok;
}

static bool is_among(const struct reading *reading, const char *member)
{
    for (guint i = 0; i < reading->items->len; i++)
        if (g_strcmp0(g_array_index(reading->items, struct read_item, i).doc->member, member) == 0)
            return true;
    return false;
}

/* Documents of an earlier edition of the file that are no longer in it. */
static bool remove_gone(struct settler *s, const char *path, const struct reading *reading, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;
    bool ok = store_documents_at(s->store, path, &rows, error);
    for (guint i = 0; ok && i < rows->len; i++) {
        const struct document_row *row = g_ptr_array_index(rows, i);
        if (!reading || !is_among(reading, row->member))
            ok = store_remove(s->store, row->rowid, error);
    }
    return ok;
}

/* What came on standard input has no name: a part of its hash keeps one text apart from the next. */
static void name_nameless(const struct outcome *o)
{
    for (guint i = 0; strcmp(o->found->path, "-") == 0 && i < o->reading.items->len; i++) {
        struct document *doc = g_array_index(o->reading.items, struct read_item, i).doc;
        char *member = doc->member ? g_strdup_printf("%.12s %s", doc->file_sha256, doc->member) : g_strndup(doc->file_sha256, 12);
        g_free(doc->member);
        doc->member = member;
    }
}

static bool settle_items(struct settler *s, const struct outcome *o, const char *path, GError **error)
{
    const GArray *items = o->reading.items;
    bool nameless = strcmp(path, "-") == 0, only = items->len == 1 && (nameless || !g_array_index(items, struct read_item, 0).doc->member);
    name_nameless(o);
    if ((!nameless && !remove_gone(s, path, &o->reading, error)) || !ledger_forget(s->store, path, error))
        return false;
    if (!only) {
        struct ledger_entry entry = entry_of(s, o, path, "added");
        g_autofree char *reason = g_strdup_printf("holds %u document%s", items->len, items->len == 1 ? "" : "s");
        entry.code = (char *)"container";
        entry.reason = reason;
        if (o->reading.partial)
            entry.version = (char *)version_after_trouble(s, o);
        if (!ledger_note(s->store, &entry, error))
            return false;
        if (items->len == 0)
            report(s, o, (struct build_result){.status = "skipped", .code = "container", .reason = reason, .page = NONE});
    }
    bool ok = true;
    for (guint i = 0; ok && i < items->len; i++)
        ok = settle_document(s, o, path, &g_array_index(items, struct read_item, i), only, error);
    return ok;
}

/* Nothing of the file could be read. What was read of it before stays only while the file holds the same bytes. */
static bool settle_failure(struct settler *s, const struct outcome *o, const char *path, const char *status, const char *code, const char *why, GError **error)
{
    bool missing = strcmp(code, "missing") == 0, emptied = !o->reading.sha256 && strcmp(code, citable_error_name(CITABLE_ERROR_EMPTY)) == 0;
    bool other = o->known && (emptied || (o->reading.sha256 && g_strcmp0(o->known->sha256, o->reading.sha256) != 0));
    struct ledger_entry entry = entry_of(s, o, path, status);
    entry.code = (char *)code;
    entry.reason = (char *)why;
    entry.page = o->reading.page;
    if (strcmp(status, "failed") == 0)
        entry.version = (char *)version_after_trouble(s, o);
    report(s, o, (struct build_result){.status = status, .code = code, .reason = why, .page = o->reading.page});
    if (missing)
        return true; /* a slip of the pen, no file that was seen */
    return (!other || remove_gone(s, path, NULL, error)) && ledger_forget(s->store, path, error) && ledger_note(s->store, &entry, error);
}

/* The same bytes as last time: what is known of them is told again. */
static bool settle_unchanged(struct settler *s, const struct outcome *o, const char *path, GError **error)
{
    const struct ledger_entry *known = o->known;
    g_autoptr(GPtrArray) rows = NULL;
    if (o->reading.same && !ledger_touch(s->store, path, o->size, o->changed, error))
        return false;
    if (strcmp(known->status, "failed") == 0 || strcmp(known->status, "skipped") == 0 || strcmp(known->status, "duplicate") == 0) {
        bool failed = strcmp(known->status, "failed") == 0;
        struct document_row *twin = NULL;
        if (known->document && !store_document_by_id(s->store, known->document, &twin, error))
            return false;
        report(s, o, (struct build_result){.status = failed ? "failed" : "skipped", .code = known->code, .reason = known->reason, .page = known->page, .id = twin ? twin->id : NULL});
        document_row_free(twin);
        return true;
    }
    if (!store_documents_at(s->store, path, &rows, error))
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const struct document_row *row = g_ptr_array_index(rows, i);
        report(s, o, (struct build_result){.member = row->member, .status = "unchanged", .page = NONE, .id = row->id, .pages = row->pages, .figures = row->figures});
    }
    if (rows->len == 0)
        report(s, o, (struct build_result){.status = "unchanged", .code = known->code, .reason = known->reason, .page = NONE});
    return true;
}

bool settle(struct settler *s, const struct outcome *o, GError **error)
{
    g_autofree char *path = store_path(s->store, o->found->path);
    const struct reading *reading = &o->reading;
    bool ok = o->unchanged || begin(s, error);
    if (!ok)
        return false;
    for (guint i = 0; reading->troubles && i < reading->troubles->len; i++)
        if (s->options->notice)
            s->options->notice(s->options->data, g_ptr_array_index(reading->troubles, i));
    if (o->found->odd)
        ok = settle_failure(s, o, path, o->found->code == CITABLE_ERROR_MISSING || strcmp(o->found->word, "read") == 0 ? "failed" : "skipped", o->found->word, o->found->why, error);
    else if (o->unchanged || reading->same)
        ok = settle_unchanged(s, o, path, error);
    else if (reading->error)
        ok = settle_failure(s, o, path, reading->unknown ? "skipped" : "failed",
                            reading->unknown ? "unknown-format" : citable_error_name((enum citable_error)reading->error->code), without_path(o, reading->error->message), error);
    else
        ok = settle_items(s, o, path, error);
    return ok && settler_commit(s, s->passages >= COMMIT_PASSAGES ? 0 : G_MAXINT / 2000, error);
}
