/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/last_words.h"

#include "base/quiet.h"
#include "cli/command.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { STACK = 1 << 16 };

static const int interrupts[] = {SIGINT, SIGTERM, SIGHUP}, faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
static const char fault_line[] = "ended by a fault of its own or of a library, as where memory or the stack is too small; what it printed is not complete";

static pid_t self;
static const char *interrupt_line;
static volatile sig_atomic_t came;

/* Only what a signal handler may do. */
static void say(const char *line)
{
    static const char begin[] = "citable: ", clear[] = "\r\033[K";
    int to = quiet_standard_error();
    bool ok = !isatty(to) || write(to, clear, sizeof clear - 1) > 0; /* a line of progress may stand there */
    ok = ok && write(to, begin, sizeof begin - 1) > 0 && write(to, line, strlen(line)) > 0 && write(to, "\n", 1) > 0;
    (void)ok;
}

static void on_fault(int number)
{
    if (getpid() == self)
        say(fault_line);
    raise(number); /* no longer handled: it ends the program */
}

static void on_interrupt(int number)
{
    if (getpid() == self && interrupt_line)
        say(interrupt_line);
    raise(number);
}

static void on_remembered(int number)
{
    (void)number;
    came = 1;
}

/* Where somebody else handles the signal already (a sanitizer, nohup), it stays theirs. */
static void handle(const int *numbers, size_t n, void (*handler)(int))
{
    for (size_t i = 0; i < n; i++) {
        struct sigaction before, action = {.sa_handler = handler, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
        sigemptyset(&action.sa_mask);
        if (sigaction(numbers[i], NULL, &before) == 0 && (before.sa_handler == SIG_DFL || before.sa_handler == on_interrupt))
            sigaction(numbers[i], &action, NULL);
    }
}

/* GLib ends programs that ask for memory and get none. In readers the line is for their parent, which knows it. */
static void on_log(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
    if (!(level & G_LOG_LEVEL_ERROR) || getpid() != self || !strstr(message, "failed to allocate")) {
        g_log_default_handler(domain, level, message, data);
        return;
    }
    say("there is not enough memory; what it printed is not complete");
    _exit(EXIT_UNUSABLE);
}

void last_words_prepare(void)
{
    static char stack[STACK];
    const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    self = getpid();
    g_log_set_default_handler(on_log, NULL);
    if (sigaltstack(&alternate, NULL) == 0)
        handle(faults, G_N_ELEMENTS(faults), on_fault);
}

void last_words_of_interrupt(const char *line)
{
    interrupt_line = line;
    handle(interrupts, G_N_ELEMENTS(interrupts), on_interrupt);
}

void interrupt_remember(void)
{
    handle(interrupts, G_N_ELEMENTS(interrupts), on_remembered);
}

bool interrupt_came(void)
{
    return came;
}
