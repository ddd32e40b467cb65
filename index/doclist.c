/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/doclist.h"

#include "index/statement.h"

enum {
    VERSION = 4,        /* of the pages' form */
    SEGMENT_SHIFT = 37, /* a segment's pages have ids segment << 37 and onwards */
    INDEX_SHIFT = 36,   /* and the index of a long list that begins on one of them, so much more: 1 << 36 */
    SEGMENTS = 2048,    /* FTS5's own limit is 2000 */
    HEADER = 4,         /* bytes of a page before its content */
    MAIN_INDEX = '0',   /* what words begin with there */
    COLUMN_MARK = 1,    /* among positions: those of another column follow */
    POSITION_LEAST = 2, /* the way from one to the next is written as so much more */
    ENTRY_BYTES = 2,    /* that a passage takes in a list, at least */
};

struct segment {
    uint32_t id, first, last; /* pages */
};

/* Bytes that are read in order. */
struct bytes {
    const uint8_t *at, *end;
    bool sound;
};

/* A list while it is read, page by page. */
struct list {
    struct ranking *ranking;
    struct entry *entries;        /* in the order of passages; 0 times: what older segments say of it is no longer so */
    size_t n, room;
    size_t base;                  /* of them, those of older segments */
    uint32_t column;              /* that is counted */
    enum { ROWID, SIZE, POSITIONS } next;
    bool begun;                   /* a rowid was read */
    uint64_t rowid;
    uint64_t left;                /* bytes of positions */
    GArray *begins;               /* uint32_t, where the phrase would begin of which this is a word, for each entry as many as it has times; NULL: nobody asks */
    uint32_t place;               /* of the word in that phrase */
    const struct list *among;     /* only passages of this list are asked for; NULL: all */
    size_t among_at;
    bool jumped;                  /* to a page on which nothing asked for stands before its first rowid */
    uint32_t passage;             /* that is read; UINT32_MAX: it is left out */
    uint32_t at_column, times, position;
    bool marked;                  /* a column's number comes next */
    uint64_t known;               /* first rowid of the document asked for last */
    uint32_t known_rows, known_first; /* its passages, and the number of the first */
};

static uint64_t take_long(struct bytes *bytes)
{
    uint64_t value = 0;
    for (unsigned n = 0; n < 9 && bytes->at < bytes->end; n++) {
        uint8_t byte = *bytes->at++;
        if (n == 8)
            return value << 8 | byte;
        value = value << 7 | (byte & 0x7f);
        if (byte < 0x80)
            return value;
    }
    bytes->sound = false;
    return 0;
}

/* SQLite's own: seven bits a byte, the highest first. */
static inline uint64_t take(struct bytes *bytes)
{
    return bytes->at < bytes->end && *bytes->at < 0x80 ? *bytes->at++ : take_long(bytes);
}

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

/* Segments, oldest first: the deepest level holds the oldest. */
static GArray *segments_of(struct bytes bytes)
{
    enum { COOKIE = 4 };
    g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(struct segment));
    if (bytes.end - bytes.at < COOKIE)
        return NULL;
    bytes.at += COOKIE;
    uint64_t levels = take(&bytes), all = take(&bytes);
    take(&bytes); /* how many pages were written */
    for (uint64_t level = 0; bytes.sound && level < levels; level++) {
        take(&bytes); /* how many are being merged */
        uint64_t n = take(&bytes);
        if (!bytes.sound || n > SEGMENTS - segments->len)
            return NULL;
        guint at = 0; /* before those of the levels above */
        for (uint64_t i = 0; i < n; i++) {
            uint64_t id = take(&bytes), first = take(&bytes), last = take(&bytes);
            struct segment segment = {(uint32_t)id, (uint32_t)first, (uint32_t)last};
            if (!bytes.sound || id == 0 || id > UINT16_MAX || first == 0 || first > last || last > INT32_MAX)
                return NULL;
            g_array_insert_val(segments, at++, segment);
        }
    }
    bool whole = bytes.sound && bytes.at == bytes.end && segments->len == all;
    return whole ? g_steal_pointer(&segments) : NULL;
}

static struct bytes column_bytes(sqlite3_stmt *stmt, int column)
{
    const uint8_t *data = sqlite3_column_blob(stmt, column);
    return (struct bytes){data, data ? data + sqlite3_column_bytes(stmt, column) : NULL, data != NULL};
}

/* NULL: they are not such as are known here. */
static GArray *read_segments(struct store *store)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_segments", "");
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return NULL;
    GArray *segments = sqlite3_column_int(stmt, 1) == VERSION ? segments_of(column_bytes(stmt, 0)) : NULL;
    sqlite3_reset(stmt);
    return segments;
}

static void list_reserve(struct list *list, size_t more)
{
    if (list->n + more <= list->room)
        return;
    list->room = list->n + MAX(more, list->n);
    list->entries = g_renew(struct entry, list->entries, list->room);
}

/* The passage's number, where its document is not the one asked for last. */
static uint32_t other_number(struct list *list)
{
    uint32_t number = ranking_number(list->ranking, (int64_t)list->rowid);
    if (number != UINT32_MAX) {
        const struct ranked *ranked = &g_array_index(list->ranking->documents, struct ranked, list->ranking->last);
        list->known = (uint64_t)rows_first(ranked->document);
        list->known_rows = ranked->n;
        list->known_first = ranked->first;
    }
    return number;
}

/* False: passages do not rise. */
static bool end_entry(struct list *list)
{
    list->next = ROWID;
    if (list->passage == UINT32_MAX)
        return true;
    if (list->n > list->base && list->entries[list->n - 1].passage >= list->passage)
        return false;
    list->entries[list->n++] = (struct entry){list->passage, list->times};
    return true;
}

static void begin_entry(struct list *list)
{
    uint64_t at = list->rowid - list->known;
    list->passage = at < list->known_rows ? list->known_first + (uint32_t)at : other_number(list); /* there is none where its document is gone */
    list->times = list->at_column = list->position = 0;
    list->marked = false;
    list->next = POSITIONS;
    if (!list->among || list->passage == UINT32_MAX)
        return;
    while (list->among_at < list->among->n && list->among->entries[list->among_at].passage < list->passage)
        list->among_at++;
    if (list->among_at == list->among->n || list->among->entries[list->among_at].passage != list->passage)
        list->passage = UINT32_MAX;
}

/* Is no passage asked for that may still come? */
static bool is_done(const struct list *list)
{
    return list->among && list->next == ROWID && list->among_at == list->among->n;
}

static void take_position(struct list *list, uint32_t way)
{
    list->position += way - POSITION_LEAST;
    if (!list->begins) {
        list->times++;
    } else if (list->position >= list->place) {
        uint32_t begin = list->position - list->place;
        g_array_append_val(list->begins, begin);
        list->times++;
    }
}

/* Counts the positions of the column. */
static bool count_positions(struct list *list, struct bytes bytes)
{
    if (bytes.end - bytes.at == 1 && list->left == 1 && *bytes.at > COLUMN_MARK && *bytes.at < 0x80 && !list->begins && !list->marked) { /* most of them */
        list->times += list->at_column == list->column;
        return true;
    }
    while (bytes.at < bytes.end) {
        uint64_t value = take(&bytes);
        if (list->marked) {
            list->at_column = (uint32_t)value;
            list->marked = false;
        } else if (value == COLUMN_MARK) {
            list->marked = true;
            list->position = 0;
        } else if (list->at_column == list->column) {
            take_position(list, (uint32_t)value);
        }
    }
    return bytes.sound;
}

/* The rowid before which no passage of the document known is asked for. */
static uint64_t next_asked(struct list *list)
{
    const struct list *among = list->among;
    uint32_t passage = list->known_first + (uint32_t)(list->rowid - list->known);
    while (list->among_at < among->n && among->entries[list->among_at].passage <= passage)
        list->among_at++;
    uint32_t way = list->among_at < among->n ? among->entries[list->among_at].passage - list->known_first : UINT32_MAX;
    return list->known + MIN(way, list->known_rows);
}

/* Passes over what stands whole on the page of passages that are not asked for; returns where a rowid stands. */
static const uint8_t *skip_others(struct list *list, struct bytes bytes)
{
    if (!list->among || list->rowid - list->known >= list->known_rows)
        return bytes.at;
    for (uint64_t end = next_asked(list), rowid = list->rowid;;) {
        const uint8_t *at = bytes.at;
        rowid += take(&bytes);
        uint64_t size = take(&bytes) >> 1;
        if (rowid >= end || !bytes.sound || size > (uint64_t)(bytes.end - bytes.at))
            return at;
        list->rowid = rowid;
        bytes.at += size;
    }
}

/* The list's part of a page, which ends before `end`. first: where a rowid stands whole; 0: nowhere. */
static bool read_part(struct list *list, const uint8_t *page, struct bytes bytes, uint32_t first)
{
    list_reserve(list, (size_t)(bytes.end - bytes.at) / ENTRY_BYTES + 1);
    while (bytes.at < bytes.end) {
        bool whole = bytes.at == page + first;
        uint64_t value;
        size_t n;
        switch (list->next) {
        case ROWID:
            if (list->begun && !whole && (bytes.at = skip_others(list, bytes)) == bytes.end)
                return true;
            value = take(&bytes);
            list->rowid = whole || !list->begun ? value : list->rowid + value;
            list->begun = true;
            list->next = SIZE;
            break;
        case SIZE:
            list->left = take(&bytes) >> 1;
            begin_entry(list);
            break;
        case POSITIONS:
            n = MIN(list->left, (size_t)(bytes.end - bytes.at));
            if (list->passage != UINT32_MAX && !count_positions(list, (struct bytes){bytes.at, bytes.at + n, true}))
                return false;
            bytes.at += n;
            list->left -= n;
            break;
        }
        if (!bytes.sound || (list->next == POSITIONS && list->left == 0 && !end_entry(list)))
            return false;
    }
    return true;
}

/* Where words begin on a page. */
struct footer {
    struct bytes bytes;
    uint32_t at; /* of the last that was read */
};

/* The place of the next word; `end`: there is none. */
static uint32_t next_word(struct footer *footer, uint32_t end)
{
    if (footer->bytes.at == footer->bytes.end)
        return end;
    footer->at += (uint32_t)take(&footer->bytes);
    if (footer->at < HEADER || footer->at > end)
        footer->bytes.sound = false;
    return footer->at;
}

/* Is the word that stands at bytes `all` the one looked for? `same`: how much of that the word before it begins with; kept for the next one. */
static bool is_word(struct bytes *bytes, bool first, const GString *word, size_t *len, size_t *same)
{
    uint64_t kept = first ? 0 : take(bytes), n = take(bytes);
    if (!bytes->sound || kept > *len || n > (uint64_t)(bytes->end - bytes->at)) {
        bytes->sound = false;
        return false;
    }
    *len = kept + n;
    if (kept <= *same) {
        *same = kept;
        for (uint64_t i = 0; i < n && *same < word->len && *same == kept + i && bytes->at[i] == (uint8_t)word->str[*same]; i++)
            ++*same;
    }
    bytes->at += n;
    return *len == word->len && *same == word->len;
}

enum found { FOUND, NOT_THERE, UNSOUND };

/* Where the word's list begins on the page, and ends. */
static enum found find_word(const uint8_t *page, uint32_t end, struct footer footer, const GString *word, struct bytes *list, bool *goes_on)
{
    size_t len = 0, same = 0;
    uint32_t at = next_word(&footer, end);
    for (bool first = true; at < end && footer.bytes.sound; first = false) {
        struct bytes bytes = {page + at, page + end, true};
        bool more = footer.bytes.at < footer.bytes.end;
        uint32_t behind = next_word(&footer, end);
        bool is = is_word(&bytes, first, word, &len, &same);
        if (!bytes.sound || !footer.bytes.sound || page + behind < bytes.at)
            return UNSOUND;
        if (is) {
            *list = (struct bytes){bytes.at, page + behind, true};
            *goes_on = !more;
            return FOUND;
        }
        at = behind;
    }
    return footer.bytes.sound ? NOT_THERE : UNSOUND;
}

/* One page of a segment; `*more`: the list goes on behind it. */
static bool read_page(struct list *list, struct bytes page, const GString *word, bool *more)
{
    uint32_t size = (uint32_t)(page.end - page.at);
    if (!page.sound || page.end - page.at < HEADER)
        return false;
    uint32_t first = big_endian(page.at), end = big_endian(page.at + 2);
    if (end < HEADER || end > size || first > end)
        return false;
    struct footer footer = {{page.at + end, page.end, true}, 0};
    if (word) {
        struct bytes part;
        enum found found = find_word(page.at, end, footer, word, &part, more);
        if (found != FOUND)
            *more = false;
        return found == NOT_THERE || (found == FOUND && read_part(list, page.at, part, 0));
    }
    *more = footer.bytes.at == footer.bytes.end;
    uint32_t last = next_word(&footer, end), from = list->jumped ? first : HEADER;
    return footer.bytes.sound && from >= HEADER && from <= last && read_part(list, page.at, (struct bytes){page.at + from, page.at + last, true}, first);
}

/* The page of a segment on which the word stands if the segment has it. */
static bool page_of(struct store *store, const struct segment *segment, const GString *word, uint32_t *ret)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_page", "ub", segment->id, word->str, word->len);
    int code = stmt ? statement_step(store, stmt, NULL) : SQLITE_ERROR;
    *ret = segment->first;
    if (code == SQLITE_ROW) {
        *ret = MAX((uint32_t)(sqlite3_column_int64(stmt, 0) >> 1), segment->first);
        sqlite3_reset(stmt);
    }
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* A page of a long list, and the first rowid that stands there. */
struct jump {
    uint64_t rowid;
    uint32_t page;
};

/*  The index of a list that begins on a page, where FTS5 made one that has room on one page itself:
 *
 *    00   page  rowid   way   00 00  way …       from each page's first rowid to that of the next; 00: a page that has none */
static GArray *read_jumps(struct store *store, int64_t base, uint32_t page)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_index", "i", base + (INT64_C(1) << INDEX_SHIFT) + page);
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return NULL;
    g_autoptr(GArray) jumps = g_array_new(FALSE, FALSE, sizeof(struct jump));
    struct bytes bytes = column_bytes(stmt, 0);
    bool alone = bytes.sound && take(&bytes) == 0;
    struct jump jump = {.page = (uint32_t)take(&bytes)};
    for (; alone && bytes.sound && bytes.at < bytes.end; jump.page++) {
        uint64_t way = take(&bytes);
        jump.rowid += way;
        if (way > 0)
            g_array_append_val(jumps, jump);
    }
    sqlite3_reset(stmt);
    return alone && bytes.sound && jumps->len > 0 ? g_steal_pointer(&jumps) : NULL;
}

static uint64_t rowid_of(const struct list *list, uint32_t passage)
{
    const struct ranked *ranked = ranking_document(list->ranking, passage);
    return (uint64_t)rows_first(ranked->document) + (passage - ranked->first);
}

/* The page behind this one that may have passages that are asked for; 0: there is none. `*at`: of the jumps, the first that is not before it. */
static uint32_t next_page(struct list *list, const GArray *jumps, guint *at, uint32_t page)
{
    list->jumped = false;
    if (!jumps || list->next != ROWID)
        return page + 1;
    const struct jump *all = (const struct jump *)(const void *)jumps->data;
    while (*at < jumps->len && all[*at].page <= page)
        ++*at;
    if (*at == jumps->len)
        return 0;
    uint64_t asked = 0;
    while (list->among_at < list->among->n && (asked = rowid_of(list, list->among->entries[list->among_at].passage)) < all[*at].rowid)
        list->among_at++;
    if (list->among_at == list->among->n)
        return 0;
    while (*at + 1 < jumps->len && all[*at + 1].rowid <= asked)
        ++*at;
    list->jumped = true;
    return all[*at].page;
}

static bool read_segment(struct store *store, const struct segment *segment, const GString *word, struct list *list)
{
    uint32_t page;
    if (!page_of(store, segment, word, &page))
        return false;
    int64_t base = (int64_t)segment->id << SEGMENT_SHIFT;
    g_autoptr(GArray) jumps = NULL;
    guint jump = 0;
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_pages", "ii", base + page, base + segment->last);
    bool more = true, ok = stmt != NULL;
    list->jumped = false;
    for (bool first = true; ok && more && !is_done(list) && page != 0 && page <= segment->last; first = false) {
        ok = statement_step(store, stmt, NULL) == SQLITE_ROW && sqlite3_column_int64(stmt, 0) == base + page && read_page(list, column_bytes(stmt, 1), first ? word : NULL, &more);
        if (first && ok && more && list->among)
            jumps = read_jumps(store, base, page);
        uint32_t next = next_page(list, jumps, &jump, page);
        if (list->jumped && next > page + 1 && more && ok)
            ok = (stmt = statement(store, NULL, "doclist_pages", "ii", base + next, base + segment->last)) != NULL;
        page = next;
    }
    if (stmt)
        sqlite3_reset(stmt);
    return ok && list->next == ROWID;
}

/* Entries [0, base) are of older segments, those behind of a newer one, mostly of other documents. Where both tell of a passage, what is newer holds. */
static void merge_newer(struct list *list)
{
    const struct entry *old = list->entries, *new = list->entries + list->base;
    size_t olds = list->base, news = list->n - list->base, n = 0;
    if (olds == 0 || news == 0 || old[olds - 1].passage < new[0].passage)
        return;
    struct entry *all = g_new(struct entry, list->n);
    for (size_t i = 0, k = 0; i < olds || k < news;) {
        bool newer = k < news && (i == olds || new[k].passage <= old[i].passage);
        i += newer && i < olds && new[k].passage == old[i].passage;
        all[n++] = newer ? new[k++] : old[i++];
    }
    g_free(list->entries);
    list->entries = all;
    list->room = list->n;
    list->n = n;
}

static void list_clear(struct list *list)
{
    g_free(list->entries);
    if (list->begins)
        g_array_unref(list->begins);
}

/* As pages have it. */
static GString *word_key(const char *text)
{
    GString *word = g_string_new(NULL);
    g_string_append_printf(word, "%c%s", MAIN_INDEX, text);
    return word;
}

/* A word's list in all segments. False also where beginnings would have to be merged. */
static bool read_word(struct store *store, const GArray *segments, const char *text, struct list *list)
{
    g_autoptr(GString) word = word_key(text);
    for (guint i = 0; i < segments->len; i++) {
        list->base = list->n;
        list->begun = false;
        list->among_at = 0;
        if (!read_segment(store, &g_array_index(segments, struct segment, i), word, list))
            return false;
        if (list->begins && list->base > 0 && list->n > list->base && list->entries[list->base].passage <= list->entries[list->base - 1].passage)
            return false;
        merge_newer(list);
    }
    return true;
}

/* Of beginnings that rise, those that are among others, too; returns how many. */
static uint32_t keep_same(uint32_t *begins, uint32_t n, const uint32_t *others, uint32_t n_others)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, k = 0; i < n && k < n_others;) {
        uint32_t begin = begins[i];
        if (others[k] == begin)
            begins[kept++] = begin;
        i += others[k] >= begin;
        k += others[k] <= begin;
    }
    return kept;
}

/* Leaves of a list the beginnings that another word has, too. */
static void keep_common(struct list *list, const struct list *other)
{
    uint32_t *begins = (uint32_t *)(void *)list->begins->data, *to = begins;
    const uint32_t *others = (const uint32_t *)(const void *)other->begins->data;
    size_t k = 0, n = 0;
    for (size_t i = 0; i < list->n; i++) {
        struct entry entry = list->entries[i];
        for (; k < other->n && other->entries[k].passage < entry.passage; k++)
            others += other->entries[k].times;
        uint32_t times = k < other->n && other->entries[k].passage == entry.passage ? keep_same(begins, entry.times, others, other->entries[k].times) : 0;
        if (times > 0) {
            memmove(to, begins, times * sizeof *to);
            to += times;
            list->entries[n++] = (struct entry){entry.passage, times};
        }
        begins += entry.times;
    }
    list->n = n;
}

/* Over how many pages of the first segment, which is the largest but in small files, a word's list goes. */
static uint32_t pages_of(struct store *store, const GArray *segments, const char *text)
{
    if (segments->len == 0)
        return 0;
    const struct segment *segment = &g_array_index(segments, struct segment, 0);
    g_autoptr(GString) word = word_key(text);
    uint32_t page;
    if (!page_of(store, segment, word, &page))
        return 0;
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_behind", "ub", segment->id, word->str, word->len);
    bool ok = stmt && statement_step(store, stmt, NULL) == SQLITE_ROW;
    uint32_t behind = ok && sqlite3_column_type(stmt, 0) != SQLITE_NULL ? (uint32_t)(sqlite3_column_int64(stmt, 0) >> 1) : segment->last;
    if (ok)
        sqlite3_reset(stmt);
    return behind > page ? behind - page : 0;
}

/* The word that is likely the rarest of those that are left, by the pages of each; of two the longer one. NULL: none is left. */
static char **rarest(char **words, const uint32_t *pages)
{
    char **best = NULL;
    for (char **word = words; *word; word++) {
        uint32_t own = pages[word - words], least = best ? pages[best - words] : 0;
        if (**word && (!best || own < least || (own == least && strlen(*word) > strlen(*best))))
            best = word;
    }
    return best;
}

/* Words one behind the other: a rare one first, and of the others only what stands where that does. Leaves the words empty. */
static bool read_phrase(struct store *store, const GArray *segments, char **words, struct list *list)
{
    guint n = g_strv_length(words);
    g_autofree uint32_t *pages = g_new0(uint32_t, (gsize)n + 1);
    for (guint i = 0; n > 1 && i < n; i++)
        pages[i] = pages_of(store, segments, words[i]);
    char **word = rarest(words, pages);
    if (!word)
        return false;
    list->begins = words[1] ? g_array_new(FALSE, FALSE, sizeof(uint32_t)) : NULL;
    list->place = (uint32_t)(word - words);
    bool ok = read_word(store, segments, *word, list);
    for (**word = '\0'; ok && list->n > 0 && (word = rarest(words, pages)) != NULL; **word = '\0') {
        struct list other = {.ranking = list->ranking, .column = list->column, .begins = g_array_new(FALSE, FALSE, sizeof(uint32_t)), .place = (uint32_t)(word - words), .among = list};
        ok = read_word(store, segments, *word, &other);
        if (ok)
            keep_common(list, &other);
        list_clear(&other);
    }
    return ok;
}

bool doclist_read(struct store *store, struct ranking *ranking, const char *words, uint32_t column, struct postings *postings)
{
    g_autoptr(GArray) segments = store->mode == STORE_READ ? read_segments(store) : NULL;
    g_auto(GStrv) each = g_strsplit(words, " ", -1);
    struct list list = {.ranking = ranking, .column = column};
    bool ok = segments && read_phrase(store, segments, each, &list);
    if (ok)
        postings_add(postings, list.entries, list.n);
    list_clear(&list);
    return ok;
}

bool doclist_totals(struct store *store, uint64_t *rows, uint64_t *tokens)
{
    sqlite3_stmt *stmt = statement(store, NULL, "doclist_totals", "");
    if (!stmt || statement_step(store, stmt, NULL) != SQLITE_ROW)
        return false;
    struct bytes bytes = column_bytes(stmt, 0);
    *rows = take(&bytes);
    *tokens = take(&bytes);
    bool sound = bytes.sound;
    sqlite3_reset(stmt);
    return sound;
}
