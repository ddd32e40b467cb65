/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/tagging.h"

#include "index/inverted.h"
#include "index/tags.h"

enum { KEPT_BITS = 10 /* values whose tags are kept, as a power of two */ };

/* A tag of a passage. */
struct tagged {
    uint32_t passage, tag;
};

/* What the value at an address was last, behind a letter: one string may be a place and an actor. */
struct kept_tag {
    const void *address;
    char letter;
    uint32_t tag;
};

struct tagging {
    struct store *store;
    struct kept_tag *kept; /* by address and letter */
    GArray *all;        /* struct tagged, in the order of the mentions */
    uint32_t passage;   /* of the mention that is told */
    uint32_t *starts;   /* of each passage, in `tags` */
    uint32_t *tags;
};

static uint32_t kept_tag(struct tagging *tagging, char letter, struct slice value, const void *address)
{
    uint32_t hash = (g_direct_hash(address) * UINT32_C(31) + (unsigned char)letter) * UINT32_C(2654435769);
    struct kept_tag *kept = &tagging->kept[hash >> (32 - KEPT_BITS)];
    if (kept->address != address || kept->letter != letter)
        *kept = (struct kept_tag){address, letter, inverted_tag(tagging->store, letter, value)};
    return kept->tag;
}

static void take_tag(void *data, char letter, struct slice value, const void *kept)
{
    struct tagging *tagging = data;
    struct tagged tagged = {tagging->passage, kept ? kept_tag(tagging, letter, value, kept) : inverted_tag(tagging->store, letter, value)};
    g_array_append_val(tagging->all, tagged);
}

/* Passage by passage: of passage i, tags[starts[i]] … tags[starts[i + 1] - 1]. */
static void shelve(struct tagging *tagging, guint passages)
{
    tagging->starts = g_new0(uint32_t, passages + 2);
    tagging->tags = g_new(uint32_t, tagging->all->len + 1);
    for (guint i = 0; i < tagging->all->len; i++)
        tagging->starts[g_array_index(tagging->all, struct tagged, i).passage + 2]++;
    for (guint i = 2; i < passages + 2; i++)
        tagging->starts[i] += tagging->starts[i - 1];
    for (guint i = 0; i < tagging->all->len; i++) {
        const struct tagged *tagged = &g_array_index(tagging->all, struct tagged, i);
        tagging->tags[tagging->starts[tagged->passage + 1]++] = tagged->tag;
    }
}

struct tagging *tagging_new(struct store *store, const struct document *doc, const struct mentions *mentions)
{
    struct tagging *tagging = g_new0(struct tagging, 1);
    tagging->store = store;
    tagging->kept = g_new0(struct kept_tag, 1 << KEPT_BITS);
    tagging->all = g_array_new(FALSE, FALSE, sizeof(struct tagged));
    for (int type = 0; type <= MENTION_ATTRIBUTION; type++) {
        const GArray *items = mentions_of(mentions, (enum mention_type)type);
        for (guint i = 0; i < items->len; i++) {
            const struct mention *mention = &DOCUMENT_AT(items, struct mention, i);
            tagging->passage = mention->passage;
            if (mention->passage != NONE)
                tags_each(mention, take_tag, tagging);
        }
    }
    shelve(tagging, doc->passages->len);
    return tagging;
}

void tagging_free(struct tagging *tagging)
{
    g_free(tagging->kept);
    g_array_unref(tagging->all);
    g_free(tagging->starts);
    g_free(tagging->tags);
    g_free(tagging);
}

const uint32_t *tagging_of(const struct tagging *tagging, uint32_t passage, uint32_t *n)
{
    *n = tagging->starts[passage + 1] - tagging->starts[passage];
    return tagging->tags + tagging->starts[passage];
}
