/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/check.h"

#include "base/error.h"
#include "ingest/facts/date.h"
#include "query/parse.h"
#include "query/subject/subject.h"

static const struct extractor *rules(void)
{
    static struct extractor *extractor;
    if (!extractor)
        CHECK(extractor_new(NULL, &extractor, NULL));
    return extractor;
}

static struct store *empty_store(void)
{
    static struct store *store;
    if (!store) {
        g_autofree char *folder = g_dir_make_tmp("citable-XXXXXX", NULL), *path = g_build_filename(folder, "evidence.citable", NULL);
        CHECK(store_open(path, STORE_CREATE, &store, NULL));
    }
    return store;
}

static void check_refused(const GError *error)
{
    CHECK(g_error_matches(error, CITABLE_ERROR, CITABLE_ERROR_QUERY) && !strchr(error->message, '\n'));
}

/* A query is refused in one line, or full text understands each word of it. */
static void a_query(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct query *query = NULL;
    if (!query_parse(text, &query, &error)) {
        check_refused(error);
        return;
    }
    for (guint i = 0; i < query->clauses->len; i++) {
        const struct clause *clause = g_ptr_array_index(query->clauses, i);
        CHECK(*clause->text && clause->required != clause->excluded);
    }
    CHECK(query->clauses->len > 0 || query->has_filter);
    CHECK(!query->filter.has_min || !query->filter.has_max || query->filter.min == query->filter.min);
    g_autoptr(GArray) hits = NULL;
    if (query->clauses->len > 0 && !store_find(empty_store(), query->clauses, query->language, 10, &hits, &error))
        check_refused(error);
    query_free(query);
}

/* A question is refused, or its words stand in it. */
static void a_question(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct subject *subject = NULL;
    if (!subject_of_question(rules(), text, NULL, &subject, &error)) {
        check_refused(error);
        return;
    }
    size_t len = strlen(subject->text);
    for (guint i = 0; i < subject->words->terms->len; i++) {
        const struct term *term = &g_array_index(subject->words->terms, struct term, i);
        CHECK(term->start < term->end && term->end <= len);
    }
    for (guint i = 0; i < subject->units->len; i++) {
        const struct unit *unit = &g_array_index(subject->units, struct unit, i);
        CHECK(unit->n > 0 && unit->first + unit->n <= subject->words->terms->len);
    }
    g_autofree char *explained = subject_explain(subject);
    CHECK(explained);
    subject_free(subject);
}

/* A date is a year, a month or a day that the calendar has, says so in EDTF, and reads the same when it is read again. */
static void a_date(const char *text)
{
    g_autofree char *edtf = date_edtf(text);
    if (!edtf)
        return;
    size_t len = strlen(edtf);
    CHECK((len == 4 || len == 7 || len == 10) && strspn(edtf, "0123456789-") == len);
    g_autofree char *again = date_edtf(edtf);
    CHECK(g_strcmp0(edtf, again) == 0);
    if (len == 10)
        CHECK(g_date_valid_dmy((GDateDay)atoi(edtf + 8), (GDateMonth)atoi(edtf + 5), (GDateYear)atoi(edtf)));
}

/* What a person types, or a byline says; the first byte says which. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    g_autofree char *typed = g_strndup((const char *)data + 1, size - 1), *text = g_utf8_make_valid(typed, -1); /* as the commands do with their arguments */
    if (data[0] == '?')
        a_question(text);
    else if (data[0] == 'd')
        a_date(text);
    else
        a_query(text);
    return 0;
}
