/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "index/frame.h"
#include "index/spawner.h"
#include "index/steps.h"
#include "index/worker.h"
#include "ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char text[] = "Some 10,000 people were displaced in Honduras in 2014.\n";
static struct extractor *extractor;
static struct sandbox *sandbox;
static int file;

/* ---- what a reading process may do wrong; each runs in the confined process ---- */

static void send_frame(int out, uint32_t type, const void *body, uint32_t len)
{
    uint32_t head[] = {type, len};
    if (write(out, head, sizeof head) < 0 || write(out, body, len) < 0)
        _exit(1);
}

static void send_end(int out, uint32_t documents)
{
    send_frame(out, FRAME_END, &documents, sizeof documents);
}

static void refused(int out)
{
    uint32_t code = CITABLE_ERROR_READ;
    char body[sizeof code + 7];
    memcpy(body, &code, sizeof code);
    memcpy(body + sizeof code, "refused", 7);
    send_frame(out, FRAME_ERROR, body, sizeof body);
}

static void crashes(int out)
{
    (void)out;
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void aborts(int out)
{
    (void)out;
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
}

static void says_nothing(int out)
{
    (void)out;
}

static void ends_in_a_frame(int out)
{
    uint32_t head[] = {FRAME_DOCUMENT, 1000};
    if (write(out, head, sizeof head) < 0)
        _exit(1);
}

static void stalls(int out)
{
    (void)out;
    for (;;)
        pause();
}

static void hangs_up_and_stays(int out)
{
    close(out);
    stalls(out);
}

static void is_slow(int out)
{
    for (uint32_t page = 1; page <= 6; page++) {
        child_page(page, 5);
        g_usleep(700000);
    }
    send_end(out, 0);
}

static void repeats_itself(int out)
{
    (void)out;
    for (;;)
        child_page(1, 5);
}

static void complains_for_ever(int out)
{
    (void)out;
    static char line[4096];
    for (;;)
        if (write(STDERR_FILENO, line, sizeof line) < 0)
            _exit(1);
}

static void takes_memory(int out)
{
    (void)out;
    for (int i = 0; i < 64; i++)
        memset(g_malloc(64u << 20), 1, 64u << 20);
}

static void invents_a_frame(int out)
{
    send_frame(out, 99, "x", 1);
}

static void promises_too_much(int out)
{
    uint32_t head[] = {FRAME_DOCUMENT, UINT32_MAX};
    if (write(out, head, sizeof head) < 0)
        _exit(1);
    stalls(out);
}

/* Says a page, and so that its parent looks. */
static void shows_page(int out, uint32_t page, uint32_t pages)
{
    child_page(page, pages);
    send_frame(out, FRAME_TROUBLE, "x", 1);
    g_usleep(20000);
}

static void turns_back(int out)
{
    for (;;) {
        shows_page(out, 3, 9);
        shows_page(out, 2, 9);
    }
}

static void counts_anew(int out)
{
    for (uint32_t pages = 9;; pages++)
        shows_page(out, 3, pages);
}

static void comes_to_no_page(int out)
{
    shows_page(out, 0, 9);
    stalls(out);
}

static void leaves_the_pages_behind(int out)
{
    shows_page(out, UINT32_MAX, 9);
    stalls(out);
}

/* The page that it breaks at is the last that it says, however many it has said at once: its parent reads it again without that one. */
static void breaks_late(int out)
{
    for (uint32_t page = 1; page <= 19000; page++)
        child_page(page, 19001);
    crashes(out);
}

/* Each time at another page of more than there can be. */
static void breaks_everywhere(int out)
{
    child_page((uint32_t)g_random_int_range(1, G_MAXINT), UINT32_MAX);
    crashes(out);
}

static void loses_documents(int out)
{
    send_end(out, 3);
}

static void goes_on_after_the_end(int out)
{
    send_end(out, 0);
    send_end(out, 0);
}

/* A document of one passage with a figure, as a PDF reader would make it. */
static struct document *document_with(struct mentions *mentions)
{
    struct document *doc = document_new("x.pdf");
    g_string_append(doc->text, "Some 10,000 people.");
    doc->sha256 = g_strnfill(64, 'a');
    doc->file_sha256 = g_strnfill(64, 'a');
    doc->reader = "pdf";
    struct page page = {NULL, 600, 800, 0};
    struct line line = {{0, 19}, 1, NONE, {10, 10, 100, 20}};
    struct passage passage = {.span = {0, 19}, .page = 1, .number = 1, .heading = NONE};
    struct sentence sentence = {{0, 19}, 0};
    struct mention figure = {.type = MENTION_FIGURE, .span = {0, 11}, .figure = {.quantity = {.low = 10000, .high = 10000}, .number = {5, 11}, .mark = NONE, .caption = NONE}};
    g_array_append_val(doc->pages, page);
    g_array_append_val(doc->lines, line);
    g_array_append_val(doc->passages, passage);
    g_array_append_val(doc->sentences, sentence);
    g_array_append_val(mentions->items[MENTION_FIGURE], figure);
    return doc;
}

/* `spoil` changes it. */
static void send_document(int out, void (*spoil)(struct document *, struct mentions *))
{
    struct mentions *mentions = mentions_new();
    struct document *doc = document_with(mentions);
    if (spoil)
        spoil(doc, mentions);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    frame_write(bytes, doc, mentions);
    char hash[72] = {0};
    memset(hash, 'a', 64);
    send_frame(out, FRAME_HASH, hash, sizeof hash);
    send_frame(out, FRAME_DOCUMENT, bytes->data, bytes->len);
    send_end(out, 1);
}

static void spoil_box(struct document *doc, struct mentions *mentions)
{
    (void)mentions;
    DOCUMENT_AT(doc->lines, struct line, 0).box.x0 = NAN;
}

static void spoil_text(struct document *doc, struct mentions *mentions)
{
    (void)mentions;
    doc->text->str[3] = '\xff';
}

static void spoil_page(struct document *doc, struct mentions *mentions)
{
    (void)mentions;
    DOCUMENT_AT(doc->passages, struct passage, 0).page = 7;
}

static void spoil_span(struct document *doc, struct mentions *mentions)
{
    (void)doc;
    DOCUMENT_AT(mentions->items[MENTION_FIGURE], struct mention, 0).span.end = 4000;
}

static void spoil_value(struct document *doc, struct mentions *mentions)
{
    (void)doc;
    DOCUMENT_AT(mentions->items[MENTION_FIGURE], struct mention, 0).figure.quantity.low = NAN;
}

static void spoil_hash(struct document *doc, struct mentions *mentions)
{
    (void)mentions;
    doc->file_sha256[0] = 'b';
}

static void sends_well(int out) { send_document(out, NULL); }
static void sends_a_bad_box(int out) { send_document(out, spoil_box); }
static void sends_bad_text(int out) { send_document(out, spoil_text); }
static void sends_a_bad_page(int out) { send_document(out, spoil_page); }
static void sends_a_bad_span(int out) { send_document(out, spoil_span); }
static void sends_a_bad_value(int out) { send_document(out, spoil_value); }
static void sends_another_file(int out) { send_document(out, spoil_hash); }

static void opens_a_file(int out)
{
    if (open("/etc/passwd", O_RDONLY) < 0)
        refused(out);
}

static void writes_a_file(int out)
{
    if (open("/tmp/citable-was-here", O_WRONLY | O_CREAT, 0600) < 0)
        refused(out);
}

static void opens_a_socket(int out)
{
    socket(AF_INET, SOCK_STREAM, 0);
    send_end(out, 0);
}

static void starts_a_program(int out)
{
    execl("/bin/true", "true", (char *)NULL);
    send_end(out, 0);
}

static void starts_a_process(int out)
{
    if (fork() < 0)
        refused(out);
}

static void looks_for_descriptors(int out)
{
    for (int fd = CHILD_FIRST_CLOSED; fd < 256; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            return;
    refused(out);
}

static const struct worker_case {
    const char *name;
    void (*misbehave)(int out);
    const char *why;      /* part of the reason; NULL: all is well */
    uint32_t documents;
    bool needs_sandbox;
} cases[] = {
    {"segmentation fault", crashes, "broke the reader", 0, false},
    {"abort", aborts, "broke the reader", 0, false},
    {"exit without data", says_nothing, "ended the reader before it was done", 0, false},
    {"exit in the middle", ends_in_a_frame, "ended the reader before it was done", 0, false},
    {"stall", stalls, "stalled: nothing came of 1 second of work", 0, false},
    {"its pipe is closed, and it lives on", hangs_up_and_stays, "broke the reader", 0, false},
    {"slow but alive", is_slow, NULL, 0, false},
    {"the same page for ever", repeats_itself, "stalled", 0, false},
    {"endless complaints", complains_for_ever, "stalled", 0, false},
    {"out of memory", takes_memory, "memory", 0, true},
    {"a frame of no kind", invents_a_frame, "a message of no kind", 0, false},
    {"a frame too long", promises_too_much, "a message that is too long", 0, false},
    {"pages in a wrong order", turns_back, "pages in a wrong order", 0, false},
    {"pages that become more", counts_anew, "pages in a wrong order", 0, false},
    {"a page before the first", comes_to_no_page, "pages in a wrong order", 0, false},
    {"a page behind the last", leaves_the_pages_behind, "pages in a wrong order", 0, false},
    {"pages without number", breaks_everywhere, "broke the reader", 0, false},
    {"fewer documents than promised", loses_documents, "documents are missing", 0, false},
    {"more after the end", goes_on_after_the_end, "more after the end", 0, false},
    {"a good document", sends_well, NULL, 1, false},
    {"a box that is none", sends_a_bad_box, "a box is none", 0, false},
    {"text that is no UTF-8", sends_bad_text, "no UTF-8", 0, false},
    {"a page that is none", sends_a_bad_page, "a page that is none", 0, false},
    {"a figure outside the text", sends_a_bad_span, "a mention stands in a wrong place", 0, false},
    {"a value that is none", sends_a_bad_value, "a figure is none", 0, false},
    {"a document of another file", sends_another_file, "a document of another file", 0, false},
    {"a file of the system", opens_a_file, "refused", 0, true},
    {"writing", writes_a_file, "refused", 0, true},
    {"the network", opens_a_socket, "what reading never does", 0, true},
    {"another program", starts_a_program, "what reading never does", 0, true},
    {"another process", starts_a_process, "refused", 0, true},
    {"nothing else is open", looks_for_descriptors, "refused", 0, false},
};

static void read_to_the_end(const struct worker_setup *setup, const char *known, struct reading *reading)
{
    struct worker *worker = NULL;
    GError *error = NULL;
    struct pollfd fds[2];
    if (!worker_start(setup, file, "x.txt", known, &worker, &error))
        fail_msg("%s", error->message);
    do {
        worker_poll(worker, fds);
        poll(fds, 2, worker_patience(worker));
    } while (!worker_step(worker, fds));
    worker_take(worker, reading);
}

static void read_with(void (*misbehave)(int), const char *known, uint32_t silence_s, bool spawned, struct reading *reading)
{
    struct worker_setup setup = {extractor, sandbox, NULL, OCR_NEVER, false, 512, silence_s, 20, NULL, misbehave};
    setup.spawner = spawned ? spawner_new(&setup) : NULL;
    assert_true(!spawned || setup.spawner);
    read_to_the_end(&setup, known, reading);
    spawner_free(setup.spawner);
}

static bool is_sanitized(void)
{
#ifdef CITABLE_SANITIZED
    return true;
#else
    return false;
#endif
}

static void misbehaves(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct worker_case *c = &cases[i];
        struct reading reading;
        if (c->needs_sandbox && (sandbox_missing(sandbox) || (c->misbehave == takes_memory && is_sanitized())))
            continue;
        bool stalls_at_last = c->why && strstr(c->why, "stalled"); /* others are given time, however busy the machine is */
        read_with(c->misbehave, NULL, stalls_at_last ? 1 : c->misbehave == is_slow ? 3 : 30, !stalls_at_last, &reading);
        if (!c->why && reading.error)
            fail_msg("%s: %s", c->name, reading.error->message);
        if (c->why && (!reading.error || !strstr(reading.error->message, c->why)))
            fail_msg("%s: %s", c->name, reading.error ? reading.error->message : "nothing was wrong");
        if (reading.items->len != c->documents)
            fail_msg("%s: %u documents", c->name, reading.items->len);
        reading_clear(&reading);
    }
}

static void knows_the_last_page(void **state)
{
    (void)state;
    struct reading reading;
    read_with(breaks_late, NULL, 30, true, &reading);
    assert_non_null(reading.error);
    assert_int_equal(reading.page, 19000);
    assert_string_equal(reading.partial, "page 19000 broke the reader (Segmentation fault)");
    reading_clear(&reading);
}

/* Its parent would be ended by a signal when it looks at memory that is gone. */
static void cannot_take_steps_away(void **state)
{
    (void)state;
    int end;
    uint32_t page, pages;
    struct steps *seen = steps_new(&end);
    assert_non_null(seen);
    assert_int_equal(ftruncate(end, 0), -1);
    struct steps *said = steps_join(end);
    close(end);
    assert_non_null(said);
    assert_false(steps_look(seen, &page, &pages));
    steps_say(said, 7, 9);
    steps_free(said);
    assert_true(steps_look(seen, &page, &pages) && page == 7 && pages == 9);
    steps_free(seen);
}

static void takes_some_memory(int out)
{
    memset(g_malloc(40u << 20), 1, 40u << 20);
    send_end(out, 0);
}

/* What is mapped for a reader before it begins is no more than it may have. */
static void small_memory_is_a_limit(void **state)
{
    (void)state;
    if (is_sanitized())
        skip();
    struct worker_setup setup = {extractor, sandbox, NULL, OCR_NEVER, false, 32, 30, 20, NULL, takes_some_memory};
    struct reading reading;
    setup.spawner = spawner_new(&setup);
    assert_non_null(setup.spawner);
    read_to_the_end(&setup, NULL, &reading);
    spawner_free(setup.spawner);
    assert_non_null(reading.error);
    assert_non_null(strstr(reading.error->message, "needs more than 32 MiB of memory"));
    reading_clear(&reading);
}

/* What a reader complains about without end is read away, and not kept. */
static void keeps_few_complaints(void **state)
{
    (void)state;
    struct reading reading;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    read_with(complains_for_ever, NULL, 1, false, &reading);
    getrusage(RUSAGE_SELF, &after);
    assert_non_null(reading.error);
    assert_true(is_sanitized() || after.ru_maxrss - before.ru_maxrss < 16 * 1024); /* KiB; it complains of megabytes in that time */
    reading_clear(&reading);
}

static void reads(void **state)
{
    bool spawned = *(const bool *)*state;
    struct reading reading;
    read_with(NULL, NULL, 30, spawned, &reading);
    assert_null(reading.error);
    assert_int_equal(reading.items->len, 1);
    const struct read_item *item = &g_array_index(reading.items, struct read_item, 0);
    assert_non_null(strstr(item->doc->text->str, "Some 10,000 people"));
    assert_int_equal(mentions_of(item->mentions, MENTION_FIGURE)->len, 1);
    g_autofree char *hash = g_strdup(reading.sha256);
    reading_clear(&reading);
    read_with(NULL, hash, 30, spawned, &reading);
    assert_true(reading.same);
    reading_clear(&reading);
}

static bool hang; /* the next process that is forked never comes to itself */

static void hang_if_asked(void)
{
    if (hang)
        raise(SIGSTOP);
}

static void reads_without_a_spawner_that_hangs(void **state)
{
    (void)state;
    struct worker_setup setup = {extractor, sandbox, NULL, OCR_NEVER, false, 512, 1, 20, NULL, NULL};
    hang = true;
    setup.spawner = spawner_new(&setup);
    hang = false;
    assert_non_null(setup.spawner);
    for (int i = 0; i < 2; i++) {
        struct reading reading;
        read_to_the_end(&setup, NULL, &reading);
        assert_null(reading.error);
        assert_int_equal(reading.items->len, 1);
        reading_clear(&reading);
    }
    spawner_free(setup.spawner);
}

static void ends_a_spawner_that_hangs(void **state)
{
    (void)state;
    struct worker_setup setup = {extractor, sandbox, NULL, OCR_NEVER, false, 512, 1, 20, NULL, NULL};
    hang = true;
    setup.spawner = spawner_new(&setup);
    hang = false;
    spawner_free(setup.spawner);
}

/* Two lines with edges of characters: one that a figure begins on, and one that has none. */
static void sends_edges_of_figures_alone(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct mentions *mentions = mentions_new(), *came_mentions;
    struct document *doc = document_with(mentions), *came;
    DOCUMENT_AT(doc->lines, struct line, 0) = (struct line){{0, 11}, 1, 9, {10, 10, 21, 20}};
    struct line second = {{12, 19}, 1, 0, {10, 30, 18, 40}};
    g_array_append_val(doc->lines, second);
    for (int i = 0; i < 9 + 12; i++) {
        float edge = (float)i + 1;
        g_array_append_val(doc->edges, edge);
    }
    frame_write(bytes, doc, mentions);
    assert_true(frame_read(slice_make((const char *)bytes->data, bytes->len), "x.pdf", &came, &came_mentions, NULL));
    assert_int_equal(came->edges->len, 12);
    assert_int_equal(DOCUMENT_AT(came->lines, struct line, 1).edges, NONE);
    g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page)), came_boxes = g_array_new(FALSE, FALSE, sizeof(struct place_on_page));
    document_boxes(doc, (struct span){5, 11}, boxes);
    document_boxes(came, (struct span){5, 11}, came_boxes);
    assert_true(boxes->len == 1 && came_boxes->len == 1 && memcmp(boxes->data, came_boxes->data, sizeof(struct place_on_page)) == 0);
    assert_true(g_array_index(came_boxes, struct place_on_page, 0).box.x0 == 15);
    document_free(doc);
    document_free(came);
    mentions_free(mentions);
    mentions_free(came_mentions);
}

int main(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    file = g_file_open_tmp("citable-XXXXXX", &path, NULL);
    if (file < 0 || write(file, text, sizeof text - 1) < 0 || !extractor_new(NULL, &extractor, &error))
        return 1;
    g_unlink(path);
    sandbox = sandbox_new();
    pthread_atfork(NULL, NULL, hang_if_asked);
    static bool spawned = true, forked = false;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_edges_of_figures_alone),
        cmocka_unit_test(keeps_few_complaints),
        cmocka_unit_test(misbehaves),
        cmocka_unit_test(knows_the_last_page),
        cmocka_unit_test(cannot_take_steps_away),
        cmocka_unit_test(small_memory_is_a_limit),
        {"reads, started by the spawner", reads, NULL, NULL, &spawned},
        {"reads, forked by the caller", reads, NULL, NULL, &forked},
        cmocka_unit_test(reads_without_a_spawner_that_hangs),
        cmocka_unit_test(ends_a_spawner_that_hangs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sandbox_free(sandbox);
    extractor_free(extractor);
    close(file);
    return failed;
}
