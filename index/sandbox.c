/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The address sanitizer reserves terabytes of addresses. */
#ifdef CITABLE_SANITIZED
#define LIMIT_ADDRESSES 0
#else
#define LIMIT_ADDRESSES 1
#endif

/* The coverage build counts what readers run, too: they may write beneath its own folder, and nowhere else. */
#ifdef CITABLE_COVERAGE
#define WRITABLE CITABLE_COVERAGE
#else
#define WRITABLE NULL
#endif

enum {
    HIGH_DESCRIPTOR = 6, /* above those that a process gets by number */
    MAY_READ = LANDLOCK_ACCESS_FS_READ_FILE,
    MAY_LIST = MAY_READ | LANDLOCK_ACCESS_FS_READ_DIR,
    MAY_WRITE = MAY_LIST | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG,
};

struct sandbox {
    int landlock;              /* a ruleset, or -1 */
    struct sock_filter *calls; /* the system call filter, or NULL */
    unsigned short n_calls;
    char *missing;
};

/* What the libraries read while they read a document. */
static const char *const readable[] = {"/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/ssl/openssl.cnf", "/var/cache/fontconfig", "/proc/self", "/sys/devices/system/cpu",
                                       "/dev/null", "/dev/urandom"};

/* Of the user's own fonts. */
static const char *const readable_home[] = {".fonts", ".local/share/fonts", ".config/fontconfig", ".cache/fontconfig"};

static void allow(int ruleset, const char *path, uint64_t access)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) { /* a single file has no directory to read */
        rule.allowed_access = MAY_READ;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

static int landlock_rules(void)
{
    /* every right that the first edition of Landlock knows */
    struct landlock_ruleset_attr attributes = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (ruleset < 0)
        return -1;
    int high = fcntl(ruleset, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
    close(ruleset);
    ruleset = high;
    for (size_t i = 0; i < G_N_ELEMENTS(readable); i++)
        allow(ruleset, readable[i], MAY_LIST);
    for (size_t i = 0; i < G_N_ELEMENTS(readable_home); i++) {
        g_autofree char *path = g_build_filename(g_get_home_dir(), readable_home[i], NULL);
        allow(ruleset, path, MAY_LIST);
    }
    const char *tessdata = g_getenv("TESSDATA_PREFIX");
    if (tessdata)
        allow(ruleset, tessdata, MAY_LIST);
    if (WRITABLE)
        allow(ruleset, WRITABLE, MAY_WRITE);
    return ruleset;
}

/* Calls that reading needs; names this kernel or architecture lacks are passed over. */
static const char *const allowed[] = {
    "read", "readv", "pread64", "preadv", "write", "writev", "close", "close_range", "fstat", "stat", "lstat", "newfstatat", "fstat64", "stat64", "fstatat64", "statx", "statfs", "fstatfs",
    "lseek", "_llseek", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "fcntl", "fcntl64", "fadvise64", "dup", "dup2", "dup3",
    "poll", "ppoll", "select", "pselect6", "pipe", "pipe2", "eventfd2", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "brk", "memfd_create", "ftruncate", "mincore",
    "futex", "futex_time64", "set_robust_list", "get_robust_list", "rseq", "set_tid_address", "exit", "exit_group", "sched_yield", "sched_getaffinity",
    "sched_getparam", "sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "membarrier", "getcpu",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "tgkill", "gettid", "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "restart_syscall",
    "clock_gettime", "clock_gettime64", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "uname", "sysinfo", "getrusage", "getrlimit", "ugetrlimit", "prlimit64",
    "getrandom", "arch_prctl", "prctl",
};

/* Calls that no document can need: whoever makes them has taken over the reader. */
static const char *const deadly[] = {"execve", "execveat", "socket", "socketpair", "connect", "bind", "ptrace", "process_vm_readv", "process_vm_writev", "mount", "bpf",
                                     "perf_event_open", "keyctl", "add_key", "unshare", "setns", "kexec_load", "init_module", "finit_module", "io_uring_setup", "userfaultfd"};

static bool add_calls(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int call = seccomp_syscall_resolve_name(names[i]);
        if (call != __NR_SCMP_ERROR && call >= 0 && seccomp_rule_add(filter, action, call, 0) != 0)
            return false;
    }
    return true;
}

/* Files may be opened for reading alone. */
static bool add_open(scmp_filter_ctx filter)
{
    const uint64_t writes = WRITABLE ? 0 : O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    int call = seccomp_syscall_resolve_name("openat");
    if (call >= 0 && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0)) != 0)
        return false;
    call = seccomp_syscall_resolve_name("open");
    return call < 0 || seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0)) == 0;
}

/* Threads, but no processes; clone3 hides its arguments, so that the C library is sent back to clone. */
static bool add_threads(scmp_filter_ctx filter)
{
    int call = seccomp_syscall_resolve_name("clone");
    if (call >= 0 && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) != 0)
        return false;
    call = seccomp_syscall_resolve_name("clone3");
    return call < 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) == 0;
}

/* The filter as the kernel takes it, so that each process only installs it. */
static bool export_calls(struct sandbox *sandbox, scmp_filter_ctx filter)
{
    int fd = memfd_create("calls", MFD_CLOEXEC);
    if (fd < 0 || seccomp_export_bpf(filter, fd) != 0) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    off_t size = lseek(fd, 0, SEEK_END);
    sandbox->calls = g_malloc((gsize)MAX(size, 1));
    bool ok = size > 0 && pread(fd, sandbox->calls, (size_t)size, 0) == size;
    sandbox->n_calls = (unsigned short)((size_t)size / sizeof *sandbox->calls);
    close(fd);
    return ok;
}

static bool make_calls(struct sandbox *sandbox)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter)
        seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* calls are found by halving: the kernel asks the filter about each of them when a process installs it */
    bool ok = filter && add_calls(filter, SCMP_ACT_ALLOW, allowed, G_N_ELEMENTS(allowed)) && add_calls(filter, SCMP_ACT_KILL_PROCESS, deadly, G_N_ELEMENTS(deadly)) &&
              add_open(filter) && add_threads(filter) && export_calls(sandbox, filter);
    seccomp_release(filter);
    return ok && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

struct sandbox *sandbox_new(void)
{
    struct sandbox *sandbox = g_new0(struct sandbox, 1);
    sandbox->landlock = landlock_rules();
    bool calls = make_calls(sandbox);
    if (!calls)
        g_clear_pointer(&sandbox->calls, g_free);
    if (sandbox->landlock < 0 || !calls)
        sandbox->missing = g_strdup_printf("this system has no %s: damaged or hostile files are read with less confinement",
                                           calls ? "Landlock" : sandbox->landlock < 0 ? "Landlock and no system call filter" : "system call filter");
    return sandbox;
}

void sandbox_free(struct sandbox *sandbox)
{
    if (!sandbox)
        return;
    if (sandbox->landlock >= 0)
        close(sandbox->landlock);
    g_free(sandbox->calls);
    g_free(sandbox->missing);
    g_free(sandbox);
}

const char *sandbox_missing(const struct sandbox *sandbox)
{
    return sandbox->missing;
}

int sandbox_descriptor(const struct sandbox *sandbox)
{
    return sandbox->landlock;
}

static void limit(int what, rlim_t value)
{
    struct rlimit limits = {value, value};
    setrlimit((__rlimit_resource_t)what, &limits);
}

void sandbox_enter_files(const struct sandbox *sandbox)
{
    static bool entered; /* by this process, or the one that it was forked from */
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (sandbox->landlock >= 0 && !entered)
        entered = syscall(SYS_landlock_restrict_self, sandbox->landlock, 0) == 0;
}

void sandbox_enter(const struct sandbox *sandbox, uint32_t memory_mb, uint32_t cpu_s)
{
    if (LIMIT_ADDRESSES)
        limit(RLIMIT_AS, (rlim_t)memory_mb << 20);
    limit(RLIMIT_CPU, cpu_s);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, WRITABLE ? RLIM_INFINITY : 0);
    limit(RLIMIT_NOFILE, 256);
    sandbox_enter_files(sandbox);
    struct sock_fprog program = {sandbox->n_calls, sandbox->calls};
    if (sandbox->calls)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
