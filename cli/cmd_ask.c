/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timing.h"
#include "cli/command.h"
#include "query/ask/ask.h"
#include "query/print/answer.h"

static char **words, *language;
static int limit = 5;
static gboolean explain;

static const GOptionEntry options[] = {
    {"limit", 'n', 0, G_OPTION_ARG_INT, &limit, "answers to print (5)", "N"},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &language, "the question's language: en, es, fr", "LANG"},
    {"explain", 0, 0, G_OPTION_ARG_NONE, &explain, "how the question was read, and how each answer meets it", NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "\"QUESTION\""},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static const char details[] = "Prints the figures that meet what the question asks for, best first, each with its passage. Exit code 1: not in the evidence.\n"
                              "Who, where, when and why are not answered (exit code 1, too): the passages with most of the question's words are shown.\n"
                              "Example: citable ask \"How many people were displaced by violence in Honduras in 2014?\"";

/* Text of the evidence may stand in it: shown without what could steer a terminal. */
static void print_lines(const char *before, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_autofree char *safe = terminal_safe(*line);
        printf("%s%s\n", before, safe);
    }
}

static void print_answers(const GPtrArray *answers, struct printer *printer)
{
    for (guint i = 0; i < answers->len; i++) {
        struct answer *answer = g_ptr_array_index(answers, i);
        if (printer) {
            printer_add(printer, answer_json(answer, NULL));
            continue;
        }
        g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct span));
        uint32_t base = answer_quote_span(answer).start;
        if (answer->figure) {
            struct span figure = {answer->figure->span.start - base, answer->figure->span.end - base};
            g_array_append_val(marks, figure);
        }
        answer_print(answer, marks, i + 1, command_terminal(), stdout);
        if (answer->fails)
            print_lines("    no answer: ", answer->fails);
        if (explain && answer->why)
            print_lines("    ", answer->why);
        if (answer->fails || (explain && answer->why))
            putchar('\n');
    }
}

/* What a person rejected is left out, but not in silence. */
static void tell_rejected(const GPtrArray *rejected)
{
    if (rejected->len == 0)
        return;
    fflush(stdout);
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < rejected->len; i++)
        g_string_append_printf(ids, "%s%s", i ? ", " : "", ((const struct answer *)g_ptr_array_index(rejected, i))->figure->id);
    fprintf(stderr, "citable: %u rejected %s left out: %s\n", rejected->len, rejected->len == 1 ? "figure is" : "figures are", ids->str);
}

static void print_reply(const struct reply *reply, const struct subject *question)
{
    struct printer *printer = command_format() == FORMAT_TEXT ? NULL : printer_new(command_format(), figure_columns, stdout);
    print_answers(reply->answers, printer);
    if (printer) {
        printer_close(printer);
        return;
    }
    if (reply->answers->len > 0)
        return;
    if (question->beyond)
        printf("Only questions for a figure are answered; this one asks %s.\n", question->asked);
    else
        fputs("Not in the evidence.\n", stdout);
    if (reply->nearest->len > 0) {
        fputs(question->beyond ? "The passages with most of its words:\n\n" : "The nearest, which do not answer it:\n\n", stdout);
        print_answers(reply->nearest, NULL);
    }
}

static int answer_question(struct store *store, const struct subject *question)
{
    g_autoptr(GError) error = NULL;
    struct library *library = library_new(store);
    struct pool *pool = pool_new(library);
    struct reply *reply = NULL;
    int code;
    timing_enter("answer");
    if (explain && command_format() == FORMAT_TEXT) {
        g_autofree char *read = subject_explain(question);
        puts(read);
    }
    if (ask(pool, question, (uint32_t)limit, &reply, &error)) {
        command_page();
        print_reply(reply, question);
        tell_rejected(reply->rejected);
        code = reply->answers->len ? EXIT_DONE : EXIT_NO;
    } else {
        code = give_up(error);
    }
    reply_free(reply);
    pool_free(pool);
    library_free(library);
    return code;
}

int cmd_ask(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!command_parse_evidence(&argc, &argv, options, details, &error))
        return give_up(error);
    if (!words)
        return wrong_use("ask a question");
    if (limit < 1)
        return wrong_use("--limit is 1 or more");
    for (char **word = words; *word; word++) /* "-n2" would be looked for, and nothing found */
        if (**word == '-')
            return wrong_use("a question has no word with a '-' before it; an option's value stands apart from it, as in '-n 2'");
    g_autofree char *text = g_strjoinv(" ", words);
    struct extractor *extractor = NULL;
    struct subject *question = NULL;
    struct store *store = NULL;
    int code;
    timing_enter("question");
    if (!extractor_new_brief(&extractor, &error) || !subject_of_question(extractor, text, language, &question, &error))
        code = give_up(error);
    else if (!command_open(STORE_READ, &store, &error))
        code = give_up_evidence(error);
    else
        code = answer_question(store, question);
    store_close(store);
    subject_free(question);
    extractor_free(extractor);
    return code;
}
