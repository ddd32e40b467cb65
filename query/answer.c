/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/answer.h"

#include "base/error.h"

enum { PARAGRAPH_DIGITS = 4 };

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
    answer->rejected = reviews_rejected(reviews, answer->document, answer->passage, answer->figure);
    *ret = answer;
    return true;
}

/* Reads what belongs to an answer, all of it behind one lock. */
static bool read_rest(struct library *library, struct answer *answer, int64_t passage, struct answer **ret, GError **error)
{
    bool held = store_hold(library->store, error), ok = held && store_passage(library->store, passage, &answer->passage, error);
    if (ok)
        ok = complete(library, answer, ret, error);
    else
        answer_free(answer);
    if (held)
        store_release(library->store);
    return ok;
}

bool answer_of_figure(struct library *library, struct figure_row *figure, struct answer **ret, GError **error)
{
    struct answer *answer = g_new0(struct answer, 1);
    answer->figure = figure;
    return read_rest(library, answer, figure->passage, ret, error);
}

bool answer_of_passage(struct library *library, int64_t passage, struct answer **ret, GError **error)
{
    return read_rest(library, g_new0(struct answer, 1), passage, ret, error);
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

/* Bytes of the number that a document printed before a paragraph ("24. The mission …"), and the white space behind it; 0: none. Only where a stop behind a number makes no day
 * of it ("12. März"), and a capital begins the text; never the number that the figure is. `digits`: of them. */
static uint32_t paragraph_number(const struct answer *answer, uint32_t *digits)
{
    static const char *const languages[] = {"en", "es", "fr", "pt"};
    const struct passage_row *passage = answer->passage;
    const char *language = answer->document->metadata.language, *text = passage->text;
    bool plain = false;
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        plain |= g_strcmp0(language, languages[i]) == 0;
    *digits = (uint32_t)strspn(text, "0123456789");
    if (!plain || passage->zone != ZONE_BODY || *digits == 0 || *digits > PARAGRAPH_DIGITS || text[0] == '0' || text[*digits] != '.')
        return 0;
    guint64 number = g_ascii_strtoull(text, NULL, 10);
    if (number >= 1900 && number < 2100) /* a year: "… to 3 May⏎2019. As at …" */
        return 0;
    uint32_t len = *digits + 1 + (uint32_t)strspn(text + *digits + 1, " \t");
    gunichar first = g_utf8_get_char(text + len);
    bool inside = answer->figure && answer->figure->span.start < passage->span.start + len;
    return len > *digits + 1 && !inside && (g_unichar_isupper(first) || first == 0x201C || first == 0xAB || first == 0xBF) ? len : 0;
}

/* How much of its sentence, or passage, is such a number. */
static uint32_t quote_skips(const struct answer *answer)
{
    uint32_t digits, start = answer->figure && answer->figure->sentence ? answer->figure->sentence_span.start : answer->passage->span.start;
    return start == answer->passage->span.start ? paragraph_number(answer, &digits) : 0;
}

static struct slice whole_quote(const struct answer *answer)
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

struct slice answer_quote(const struct answer *answer)
{
    struct slice whole = whole_quote(answer);
    uint32_t skips = whole.ptr ? quote_skips(answer) : 0;
    return skips < whole.len ? slice_sub(whole, skips, whole.len) : whole;
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
    struct span span = answer->figure && answer->figure->sentence ? answer->figure->sentence_span : answer->passage->span;
    uint32_t skips = quote_skips(answer);
    if (skips < span.end - span.start)
        span.start += skips;
    return span;
}

uint32_t answer_page(const struct answer *answer)
{
    return answer->figure ? answer->figure->page : answer->passage->page;
}

const char *answer_label(const struct answer *answer)
{
    return answer->figure ? answer->figure->label : answer->passage->label;
}

/* Paragraphs are cited where an organisation numbers its documents: there their numbers run through. */
static uint32_t answer_paragraph(const struct answer *answer)
{
    uint32_t digits;
    bool numbered = answer->document->metadata.symbol && paragraph_number(answer, &digits) > 0;
    return numbered ? (uint32_t)g_ascii_strtoull(answer->passage->text, NULL, 10) : 0;
}

struct citation answer_citation(const struct answer *answer, const char *quote)
{
    return (struct citation){
        .document = answer->document,
        .quote = quote,
        .label = answer_label(answer),
        .page = answer_page(answer),
        .paragraph = answer_paragraph(answer),
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
