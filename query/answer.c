/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/answer.h"

#include "base/error.h"

struct library {
    struct store *store;
    GHashTable *documents; /* rowid → struct document_row * */
    struct wordings *wordings;
    struct reviews *reviews; /* or NULL: not read yet */
};

struct library *library_new(struct store *store)
{
    struct library *library = g_new0(struct library, 1);
    library->store = store;
    library->wordings = wordings_new(store);
    library->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)document_row_free);
    return library;
}

void library_free(struct library *library)
{
    if (!library)
        return;
    g_hash_table_unref(library->documents);
    wordings_free(library->wordings);
    reviews_free(library->reviews);
    g_free(library);
}

struct store *library_store(const struct library *library)
{
    return library->store;
}

bool library_reviews(struct library *library, const struct reviews **ret, GError **error)
{
    if (!library->reviews && !reviews_new(library->store, &library->reviews, error))
        return false;
    *ret = library->reviews;
    return true;
}

bool library_document(struct library *library, int64_t rowid, const struct document_row **ret, GError **error)
{
    struct document_row *row = g_hash_table_lookup(library->documents, &rowid);
    if (!row) {
        if (!store_document(library->store, rowid, &row, error))
            return false;
        if (!row) {
            g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_STORE, "the evidence file is damaged: a passage belongs to no document; ingest again into a new one");
            return false;
        }
        g_hash_table_insert(library->documents, &row->rowid, row);
    }
    *ret = row;
    return true;
}

static bool lost_passage(GError **error)
{
    g_set_error(error, CITABLE_ERROR, CITABLE_ERROR_STORE, "the evidence file is damaged: a passage is gone; ingest again into a new one");
    return false;
}

static bool complete(struct library *library, struct answer *answer, struct answer **ret, GError **error)
{
    const struct reviews *reviews;
    if (!answer->passage || !library_document(library, answer->passage->document, &answer->document, error) || !library_reviews(library, &reviews, error)) {
        bool lost = !answer->passage;
        answer_free(answer);
        return lost ? lost_passage(error) : false;
    }
    answer->wordings = library->wordings;
    answer->review = reviews_find(reviews, answer);
    *ret = answer;
    return true;
}

bool answer_of_figure(struct library *library, struct figure_row *figure, struct answer **ret, GError **error)
{
    struct answer *answer = g_new0(struct answer, 1);
    answer->figure = figure;
    if (!store_passage(library->store, figure->passage, &answer->passage, error)) {
        answer_free(answer);
        return false;
    }
    return complete(library, answer, ret, error);
}

bool answer_of_passage(struct library *library, int64_t passage, struct answer **ret, GError **error)
{
    struct answer *answer = g_new0(struct answer, 1);
    if (!store_passage(library->store, passage, &answer->passage, error)) {
        answer_free(answer);
        return false;
    }
    return complete(library, answer, ret, error);
}

bool answer_by_id(struct library *library, const char *id, struct answer **ret, GError **error)
{
    *ret = NULL;
    if (strchr(id, '#')) {
        struct figure_row *figure = NULL;
        if (!store_figure_by_id(library->store, id, &figure, error))
            return false;
        return figure ? answer_of_figure(library, figure, ret, error) : true;
    }
    struct passage_row *passage = NULL;
    if (!store_passage_by_id(library->store, id, &passage, error))
        return false;
    if (!passage)
        return true;
    struct answer *answer = g_new0(struct answer, 1);
    answer->passage = passage;
    return complete(library, answer, ret, error);
}

void answer_free(struct answer *answer)
{
    if (!answer)
        return;
    passage_row_free(answer->passage);
    figure_row_free(answer->figure);
    g_free(answer->why);
    g_free(answer->fails);
    g_free(answer);
}

/* The bytes of the passage's text at a span of the document; empty where they are not `expected`. */
static struct slice passage_bytes(const struct passage_row *passage, struct span span, const char *expected)
{
    size_t len = strlen(passage->text);
    struct slice none = {NULL, 0};
    if (span.start < passage->span.start || span.end > passage->span.end || span.end - passage->span.start > len || span.start > span.end)
        return none;
    struct slice bytes = slice_make(passage->text + (span.start - passage->span.start), span.end - span.start);
    return !expected || slice_is(bytes, expected) ? bytes : none;
}

struct slice answer_quote(const struct answer *answer)
{
    const struct passage_row *passage = answer->passage;
    const struct figure_row *figure = answer->figure;
    if (!passage->intact || !answer->document->intact || (figure && !figure->intact))
        return slice_make(NULL, 0);
    if (!figure)
        return slice_of(passage->text);
    if (passage_bytes(passage, figure->span, figure->text).len == 0)
        return slice_make(NULL, 0);
    if (!figure->sentence)
        return slice_of(passage->text);
    return passage_bytes(passage, figure->sentence_span, figure->sentence);
}

const char *answer_id(const struct answer *answer)
{
    return answer->figure ? answer->figure->id : answer->passage->id;
}

const char *answer_text(const struct answer *answer)
{
    return answer->figure ? answer->figure->text : answer->passage->text;
}

struct span answer_quote_span(const struct answer *answer)
{
    return answer->figure && answer->figure->sentence ? answer->figure->sentence_span : answer->passage->span;
}

uint32_t answer_page(const struct answer *answer)
{
    return answer->figure ? answer->figure->page : answer->passage->page;
}

const char *answer_label(const struct answer *answer)
{
    return answer->figure ? answer->figure->label : answer->passage->label;
}

struct citation answer_citation(const struct answer *answer, const char *quote)
{
    return (struct citation){
        .document = answer->document,
        .quote = quote,
        .label = answer_label(answer),
        .page = answer_page(answer),
        .mark = answer->figure ? answer->figure->mark : NULL,
        .id = answer->figure ? answer->figure->id : answer->passage->id,
        .passage = quote ? answer->passage : NULL,
        .span = answer_quote_span(answer),
        .focus = answer->figure ? answer->figure->span : answer->passage->span,
        .wordings = answer->wordings,
    };
}

/* A flag is a row. */
static const struct {
    uint32_t flag;
    const char *code, *caution;
} flags_shown[] = {
    {PASSAGE_OCR, "ocr", "read from a picture by character recognition: compare it with the page"},
    {PASSAGE_DOUBTFUL, "doubtful", "the file's text and what the page shows may differ: compare it with the page"},
    {PASSAGE_HIDDEN, "hidden", "this text is in the file, but cannot be seen on the page"},
    {PASSAGE_UNRELIABLE, "unreliable", "the file's fonts do not say which letters these are: compare it with the page"},
};

const char **passage_cautions(uint32_t flags)
{
    const char **list = g_new0(const char *, G_N_ELEMENTS(flags_shown) + 1);
    for (size_t i = 0, n = 0; i < G_N_ELEMENTS(flags_shown); i++)
        if (flags & flags_shown[i].flag)
            list[n++] = flags_shown[i].caution;
    return list;
}

const char **passage_flag_codes(uint32_t flags)
{
    const char **list = g_new0(const char *, G_N_ELEMENTS(flags_shown) + 1);
    for (size_t i = 0, n = 0; i < G_N_ELEMENTS(flags_shown); i++)
        if (flags & flags_shown[i].flag)
            list[n++] = flags_shown[i].code;
    return list;
}
