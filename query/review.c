/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/review.h"

#include "query/answer.h"

struct reviews {
    GPtrArray *rows;     /* struct review_row * */
    GHashTable *by_place; /* "sha256.place" → struct review * */
};

static char *key_of(const char *sha256, const char *place)
{
    return g_strconcat(sha256, ".", place, NULL);
}

const char *review_place(const char *id)
{
    const char *dot = strchr(id, '.');
    return dot ? dot + 1 : "";
}

static void add(struct reviews *reviews, const struct review_row *row)
{
    g_autofree char *key = key_of(row->sha256, row->place);
    struct review *review = g_hash_table_lookup(reviews->by_place, key);
    if (!review) {
        review = g_new0(struct review, 1);
        g_hash_table_insert(reviews->by_place, g_steal_pointer(&key), review);
    }
    if (g_str_equal(row->field, "verdict"))
        review->verdict = row;
    else
        review->note = row;
}

bool reviews_new(struct store *store, struct reviews **ret, GError **error)
{
    GPtrArray *rows = NULL;
    if (!store_reviews(store, &rows, error))
        return false;
    struct reviews *reviews = g_new(struct reviews, 1);
    reviews->rows = rows;
    reviews->by_place = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < rows->len; i++)
        add(reviews, g_ptr_array_index(rows, i));
    *ret = reviews;
    return true;
}

void reviews_free(struct reviews *reviews)
{
    if (!reviews)
        return;
    g_hash_table_unref(reviews->by_place);
    g_ptr_array_unref(reviews->rows);
    g_free(reviews);
}

const struct review *reviews_find(const struct reviews *reviews, const struct answer *answer)
{
    if (reviews->rows->len == 0)
        return NULL;
    g_autofree char *key = key_of(answer->document->sha256, review_place(answer_id(answer)));
    const struct review *review = g_hash_table_lookup(reviews->by_place, key);
    if (!review)
        return NULL;
    const struct review_row *any = review->verdict ? review->verdict : review->note;
    return g_str_equal(any->text, answer_text(answer)) ? review : NULL;
}

/* The review that rejects what stood at the id with that text, or NULL. */
static const struct review *rejection(const struct reviews *reviews, const char *sha256, const char *id, const char *text)
{
    g_autofree char *key = key_of(sha256, review_place(id));
    const struct review *review = g_hash_table_lookup(reviews->by_place, key);
    bool rejected = review && review->verdict && g_str_equal(review->verdict->value, "rejected");
    return rejected && g_str_equal(review->verdict->text, text) ? review : NULL;
}

const struct review *reviews_rejected(const struct reviews *reviews, const struct document_row *document, const struct passage_row *passage, const struct figure_row *figure)
{
    if (reviews->rows->len == 0)
        return NULL;
    const struct review *own = figure ? rejection(reviews, document->sha256, figure->id, figure->text) : NULL;
    return own ? own : rejection(reviews, document->sha256, passage->id, passage->text);
}

const GPtrArray *reviews_rows(const struct reviews *reviews)
{
    return reviews->rows;
}

const char *review_verdict(const struct review *review)
{
    return review && review->verdict ? review->verdict->value : "none";
}
