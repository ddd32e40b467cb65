#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Things that are no documents, places where nobody may write, two writers, questions beside a writer, a full disk, files that change meanwhile,
streams that are closed, few descriptors: one right line each, and nothing lost.

odd.py CITABLE CORPUS [TEST…]"""
import fcntl
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import termios
import threading
import time

from common import UNCOUNTED, NOT_ROOT, QUERIES, Place, answers, check, dump


MASK = os.umask(0)
os.umask(MASK)


def lines(run):
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def odd_things(place):
    odd = os.path.join(place.folder, "odd")
    os.makedirs(os.path.join(odd, "folder.pdf", "deep"))
    name = lambda *parts: os.path.join(odd, *parts)
    os.mkfifo(name("fifo.pdf"))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(name("socket.pdf"))
    os.symlink("loop", name("loop"))
    os.symlink(".", name("here"))
    os.symlink(os.path.join(place.docs, "00", "homicide-note.txt"), name("link.txt"))
    shutil.copy(os.path.join(place.docs, "00", "homicide-note.txt"), name("folder.pdf", "deep", "note.txt"))
    open(name("empty.pdf"), "w").close()
    with open(name("binary.txt"), "wb") as f:
        f.write(bytes(range(256)) * 40)
    with open(name("line\nbreak.txt"), "w") as f:
        f.write("Some 31 people came in 2014.\n")
    with open(os.fsencode(odd) + b"/\xff\xfe.txt", "w") as f:
        f.write("Some 32 people came in 2014.\n")
    with open(name("sparse.txt"), "wb") as f:
        f.truncate(600 << 20)
    with open(name("locked.txt"), "w") as f:
        f.write("Some 33 people came in 2014.\n")
    os.chmod(name("locked.txt"), 0)
    run = place.run("ingest", "--format", "jsonl", "odd", "odd/nothing.pdf")
    got = {os.path.basename(r["file"]): (r["status"], r["code"]) for r in lines(run)}
    want = {
        "fifo.pdf": ("skipped", "fifo"), "socket.pdf": ("skipped", "socket"), "loop": ("skipped", "symlink"), "here": ("skipped", "symlink"), "link.txt": ("skipped", "symlink"),
        "note.txt": ("added", None), "empty.pdf": ("failed", "empty"), "binary.txt": ("skipped", "unknown-format"), "line\nbreak.txt": ("added", None), "��.txt": ("added", None),
        "sparse.txt": ("failed", "limit"), "nothing.pdf": ("failed", "missing"),
    }
    if NOT_ROOT:
        want["locked.txt"] = ("failed", "read")
    for key, value in want.items():
        check(got.get(key) == value, f"{key!r}: {got.get(key)} instead of {value}")
    check(len(got) == len(want) + (not NOT_ROOT), f"other things were found: {sorted(got)}")
    check(all(r["reason"] for r in lines(run) if r["status"] in ("failed", "skipped")), "a thing without a reason")
    check(run.returncode == 3, f"exit {run.returncode}")
    status = lines(place.run("status", "--format", "jsonl"))[0]
    check(status["seen"] == sum(status["ledger"].values()) == len(got) - 1, f"the ledger does not add up: {status}")
    check(place.run("ingest", "odd/fifo.pdf").returncode == 3, "a FIFO that was named is no success")
    os.remove(name("fifo.pdf"))
    os.mkdir(name("fifo.pdf"))
    place.run("ingest", "odd")
    after = lines(place.run("status", "--format", "jsonl"))[0]
    check(after["seen"] == status["seen"] - 1, f"what is an open folder now is still told as skipped: {after}")
    check(place.run("ingest", "/dev/null").returncode == 3, "a device that was named is no success")
    os.mkfifo(name("named.pdf"))
    for command, code in (("text", 3), ("extract", 3), ("check", 3), ("verify", 3)):
        one_line(place.run(command, "odd/named.pdf", timeout=60), code, f"{command} of a named pipe")
    check(place.run("ingest", "nowhere.pdf", db="none").returncode == 3 and not os.path.exists(place.db("none")), "a slip of the pen made an evidence file")
    listener.close()


def standard_input(place):
    for text in (b"Some 4,100 people came in 2015.", b"Some 4,200 people came in 2016.", b"Some 4,100 people came in 2015."):
        run = place.run("ingest", "-", db="input", input=text)
        check(run.returncode == 0, f"standard input: {run.stderr.decode()}")
    check(len([r for r in lines(place.run("status", "--format", "jsonl", db="input")) if r["type"] == "document"]) == 2, "two texts on standard input are not two documents")


def removed(place):
    """An evidence file that is removed while it is written is told: nothing of the run is left."""
    run = subprocess.Popen(place.command("ingest", "-"), cwd=place.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (os.path.exists(place.db()) and os.path.getsize(place.db())):
        time.sleep(0.05)
    os.remove(place.db())
    out, err = run.communicate(b"Some 4,100 people came in 2015.", timeout=300)
    check(run.returncode == 4 and b"removed" in err and not out, f"a removed evidence file: exit {run.returncode} {out.decode()} {err.decode()}")


def other_files(place):
    with open(place.db("text"), "w") as f:
        f.write("This is no database, but a letter of some length that nobody wants to lose.\n" * 50)
    before = open(place.db("text"), "rb").read()
    for args in (("ingest", "docs"), ("find", "a"), ("status",), ("verify",), ("describe", "abcdef", "--title", "x")):
        check(place.run(*args, db="text").returncode == 4, f"{args[0]} does not refuse a file that is no evidence file")
    check(open(place.db("text"), "rb").read() == before, "a file of somebody else was changed")
    check(place.run("status", db="missing").returncode == 4, "a missing evidence file is not told")


def one_line(run, code, what):
    check(run.returncode == code and run.stderr.count(b"\n") == 1, f"{what}: exit {run.returncode} {run.stderr.decode()}")


def no_evidence_file(place):
    """What can be no evidence file is told at once: SQLite would wait at a named pipe."""
    os.mkfifo(place.db("fifo"))
    os.mkdir(place.db("folder"))
    for db in ("fifo", "folder", "/dev/null"):
        for args in (("ingest", "docs"), ("find", "a"), ("status",)):
            one_line(place.run(*args, db=db, timeout=60), 4, f"{args[0]} with {db} as evidence file")
    one_line(place.run("ingest", "docs", db="nowhere/evidence.citable"), 4, "an evidence file in a folder that is not there")
    for rules in ("own.rules", os.path.join("names", "own.tsv")):
        path = os.path.join(place.folder, "rules", rules)
        os.makedirs(os.path.dirname(path))
        os.mkfifo(path)
        one_line(place.run("ingest", "--rules", "rules", "docs", timeout=60), 2, f"a named pipe as {rules}")
        shutil.rmtree(os.path.join(place.folder, "rules"))


def closed_streams(place):
    """What is opened next takes the number of a closed stream: nothing may be read or written there for it."""
    place.run("ingest", "docs", db="open")
    want = dump(place.db("open"))
    for closed in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)):
        db = "closed" + "".join(map(str, closed))
        run = subprocess.run(place.command("ingest", "docs", db=db), cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
                             preexec_fn=lambda: [os.close(fd) for fd in closed])
        check(run.returncode == (3 if 1 in closed else 0), f"streams {closed} closed: exit {run.returncode} {run.stderr.decode()}")
        check(dump(place.db(db)) == want, f"streams {closed} closed: the evidence file holds something else")
    run = place.run("ingest", "-", db="open", preexec_fn=lambda: os.close(0))
    one_line(run, 3, "a closed standard input that was named")


def few_descriptors(place):
    """As many readers as files may be open for, or a word; never a file of another number."""
    place.run("ingest", "docs", db="many")
    want = dump(place.db("many"))
    for limit in (4, 6, 8, 12, 16, 20, 24, 28, 34, 48, 64):
        db = f"few{limit}"
        run = place.run("ingest", "-j", "16", "docs", db=db, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
        if run.returncode == 0:
            check(dump(place.db(db)) == want, f"{limit} descriptors: the evidence file holds something else")
        else:
            one_line(run, 4, f"{limit} descriptors")
            check(limit < 28 and b"open" in run.stderr, f"{limit} descriptors: {run.stderr.decode()}")


def changing(place):
    """Files that are written, cut and removed while they are read: what was hashed is what was read, or a line says why not; and in the end all is right again."""
    os.mkdir(os.path.join(place.folder, "changing"))
    path = lambda name: os.path.join(place.folder, "changing", name)
    done = threading.Event()

    def change():
        turn = 0
        while not done.is_set():
            turn += 1
            with open(path("rewritten.txt"), "w") as f:
                f.write(f"Some {turn} people came in 2014.\n" * (1 + turn % 2000))
            with open(path("growing.txt"), "a") as f:
                f.write("More than 10,000 people came in 2015.\n" * 50)
            if turn % 200 == 0:
                os.truncate(path("growing.txt"), 10)
            if turn % 3:
                shutil.copy(path("growing.txt"), path("going.txt"))
            else:
                os.remove(path("going.txt"))
            time.sleep(0.002)

    thread = threading.Thread(target=change)
    thread.start()
    for _ in range(4):
        run = place.run("ingest", "--format", "jsonl", "changing")
        check(run.returncode in (0, 3), f"files that change: exit {run.returncode} {run.stderr.decode()}")
        check(all(r["reason"] for r in lines(run) if r["status"] in ("failed", "skipped")), f"files that change: one without a reason: {run.stdout.decode()}")
    done.set()
    thread.join()
    shutil.copy(path("rewritten.txt"), path("going.txt"))
    check(place.run("ingest", "changing").returncode == 0, "files that changed once are not read now")
    run = place.run("verify")
    check(run.returncode == 0, f"files that changed: {run.stdout.decode()}")


def exchanged(place):
    """Files that hold now what others did: nothing of what they held is left, and nothing of it is lost."""
    name = lambda letter: os.path.join(place.folder, letter + ".txt")
    texts = [f"Some {number} people came to the north in 2014.\n" for number in ("1,100", "2,200", "3,300")]

    def holds(*numbers):
        for letter, number in zip("abc", numbers):
            with open(name(letter), "w") as f:
                f.write(texts[number] if number is not None else "")
        run = place.run("ingest", "a.txt", "b.txt", "c.txt")
        check(run.returncode == (3 if None in numbers else 0), f"{numbers}: exit {run.returncode} {run.stderr.decode()}")
        verify = place.run("verify")
        check(verify.returncode == 0, f"{numbers}: {verify.stdout.decode()}")
        quotes = sorted(r["quote"] for r in lines(place.run("find", "--format", "jsonl", "people")))
        check(quotes == sorted({texts[n].strip() for n in numbers if n is not None}), f"{numbers}: found is {quotes}")

    for numbers in ((0, 1, 2), (1, 0, 2), (1, 2, 0), (0, 0, 2), (0, 0, 0), (2, 1, 1), (1, 1, 2), (2, None, 1), (None, 2, 2), (0, 1, 2)):
        holds(*numbers)


def lost_output(place):
    """Whatever it was to be, what finds no room is no success."""
    place.run("ingest", "--ocr", "never", "docs")
    names = sorted(n for n in os.listdir(os.path.join(place.docs, "00")) if n.startswith("news-"))
    two = [os.path.join("docs", "00", n) for n in names[:2]]
    for args in (("find", "people"), ("diff", *two), ("text", "docs/00/homicide-note.txt"), ("rules", "list"), ("find", "--help"), ("export", "--list-kinds")):
        with open("/dev/full", "w") as full:
            run = subprocess.run(place.command(*args) if args[0] not in ("rules", "export") and "--help" not in args else [place.program, *args], cwd=place.folder, stdout=full, stderr=-1)
        one_line(run, 3, f"{args} into a full disk")
    for args in (("--help",), ("--version",)):
        with open("/dev/full", "w") as full:
            one_line(subprocess.run([place.program, *args], stdout=full, stderr=-1), 3, f"{args} into a full disk")


def sanitized(place):
    with open(place.program, "rb") as program:
        return b"__asan_init" in program.read()


def slow_pdf(path):
    """A page of so many words that a reader is long in it."""
    words = b"BT /F 4 Tf " + b"1 0 0 1 50 50 Tm (so many words) Tj " * 200000 + b"ET"
    bodies = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
              b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words))
    with open(path, "wb") as f:
        f.write(b"%PDF-1.4\n")
        at = []
        for number, body in enumerate(bodies, 1):
            at.append(f.tell())
            f.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        table = f.tell()
        f.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in at))
        f.write(b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)


def last_words_in_quiet(place):
    """While a library is kept quiet standard error leads nowhere; the last words do not go there."""
    slow_pdf(place.db("slow.pdf"))
    run = subprocess.Popen(place.command("text", "slow.pdf"), cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **UNCOUNTED})
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None and os.readlink(f"/proc/{run.pid}/fd/2") != os.devnull:
        time.sleep(0.001)
    run.send_signal(signal.SIGSEGV)
    _, err = run.communicate(timeout=60)
    check(run.returncode == -signal.SIGSEGV and err.count(b"\n") == 1 and b"not complete" in err, f"a fault within a library: exit {run.returncode} {err.decode()}")


def last_words(place):
    """Without memory, or with too small a stack, it does not end without a word; a reader that ends so is its document's row alone."""
    if sanitized(place):  # they need terabytes of address space, and have last words of their own
        return
    last_words_in_quiet(place)
    place.run("ingest", "--ocr", "never", "docs")
    question = ("ask", "How many people were displaced?")
    small = lambda what, size: lambda: resource.setrlimit(what, (size, size))
    want = place.run(*question)
    said = 0
    for kilobytes in (16, 24, 32, 48, 64, 96):
        run = place.run(*question, env=UNCOUNTED, preexec_fn=small(resource.RLIMIT_STACK, kilobytes << 10))
        check(run.returncode in (want.returncode, -11), f"a stack of {kilobytes} KiB: exit {run.returncode} {run.stderr.decode()}")
        if run.returncode == -11 and run.stderr:  # with the least of stacks it does not come as far as main
            one_line(run, -11, f"a stack of {kilobytes} KiB")
            said += 1
    check(said > 0, "no stack was too small: try smaller ones")
    for megabytes in (80, 90, 100, 110, 120, 140, 160):
        run = place.run("check", "docs/00/homicide-note.txt", env=UNCOUNTED, preexec_fn=small(resource.RLIMIT_AS, megabytes << 20))
        check(run.returncode in (0, 1, 4, 127, -11), f"{megabytes} MiB: exit {run.returncode} {run.stderr.decode()}")
        check(run.returncode in (0, 1) or run.stderr.count(b"\n") == 1, f"{megabytes} MiB: {run.stderr.decode()}")


def interrupted(place):
    """Ctrl-C: one line, what was read is kept, and of a pack nothing is left."""
    ready = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    place.run("ingest", "docs", db="whole")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        run = subprocess.Popen(place.command("ingest", "-"), cwd=place.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=ready)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (os.path.exists(place.db()) and os.path.getsize(place.db())):
            time.sleep(0.05)
        time.sleep(0.3)
        run.send_signal(number)
        out, err = run.communicate(timeout=60)
        check(run.returncode == -number and err.count(b"\n") == 1 and b"interrupted" in err and not out, f"{number.name}: exit {run.returncode} {err.decode()}")
        os.remove(place.db())
    run = subprocess.Popen(place.command("export", "--bag", "pack", db="whole"), cwd=place.folder, stderr=subprocess.PIPE, preexec_fn=ready)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None and not [n for n in os.listdir(place.folder) if n.startswith(".citable-bag")]:
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    left = [n for n in os.listdir(place.folder) if "bag" in n or n == "pack"]
    check(run.returncode == 3 and b"interrupted" in err and not left, f"a pack: exit {run.returncode} {err.decode()} {left}")
    interrupted_export(place)


def interrupted_export(place):
    """What goes into a pipe is not complete; of a file nothing is left."""
    ready = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.mkfifo(place.db("pipe"))
    end = os.open(place.db("pipe"), os.O_RDONLY | os.O_NONBLOCK)
    room = fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, 4096)
    run = subprocess.Popen(place.command("export", "jsonl", "--force", "-o", "pipe", db="whole"), cwd=place.folder, stderr=subprocess.PIPE, preexec_fn=ready)
    waiting = lambda: struct.unpack("i", fcntl.ioctl(end, termios.FIONREAD, b"\0" * 4))[0]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None and waiting() < room:
        time.sleep(0.05)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    os.close(end)
    check(run.returncode == -signal.SIGINT and err == b"citable: interrupted: the export is not complete\n", f"an export into a pipe: exit {run.returncode} {err.decode()}")


def half_installed(place):
    """The other program is missing, or of another version: a line, and nothing is read."""
    alone = shutil.copy(place.program, place.folder)
    env = {**os.environ, **UNCOUNTED}
    if not os.path.exists("/usr/local/libexec/citable/citable-read") and not os.path.exists("/usr/libexec/citable/citable-read"):
        run = subprocess.run([alone, "text", "docs/00/homicide-note.txt"], cwd=place.folder, env=env, capture_output=True)
        one_line(run, 4, "no program with the readers")
    run = subprocess.run([place.program + "-read", "text", "docs/00/homicide-note.txt"], cwd=place.folder, env={**env, "CITABLE_READ_FOR": "0"}, capture_output=True)
    one_line(run, 4, "a program with the readers of another version")
    check(not run.stdout and b"version" in run.stderr, f"another version: {run.stderr.decode()}")


def as_nobody():
    """Root may write anywhere: step down first."""
    if not NOT_ROOT:
        os.setgid(65534)
        os.setuid(65534)


def logged(place, want, bare):
    """Beside it lies the log of a run that did not end: SQLite reads neither where nobody may write."""
    folder = os.path.join(place.folder, "logged")
    os.mkdir(folder)
    shutil.copy(place.db(), place.db("open"))
    connection = sqlite3.connect(place.db("open"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("INSERT INTO corrections VALUES ('nothing', 'title', 'of this is read')")
    for end in ("", "-wal"):
        os.chmod(shutil.copy(place.db("open") + end, os.path.join(folder, "evidence.citable" + end)), 0o444)
    connection.close()
    os.chmod(folder, 0o555)
    runs = [place.run("find", "--format", "jsonl", "--limit", "50", query, db="logged/evidence.citable", env=UNCOUNTED, preexec_fn=as_nobody) for query in QUERIES]
    check(bare([run.stdout for run in runs]) == bare(want), "a read-only evidence file with a log beside it finds something else")
    one_line(runs[0], 0, "a log that cannot be read")


def read_only(place):
    folder = os.path.join(place.folder, "closed")
    os.mkdir(folder)
    place.run("ingest", "docs")
    shutil.copy(place.db(), os.path.join(folder, "evidence.citable"))
    want = answers(place)
    os.chmod(place.folder, 0o755)
    os.chmod(os.path.join(folder, "evidence.citable"), 0o444)
    os.chmod(folder, 0o555)
    shutil.copy(place.program + "-read", place.folder)
    place.program = shutil.copy(place.program, place.folder)  # the checkout may lie where nobody else may look
    closed = "closed/evidence.citable"
    have = [place.run("find", "--format", "jsonl", "--limit", "50", query, db=closed, env=UNCOUNTED, preexec_fn=as_nobody).stdout for query in QUERIES]
    bare = lambda outputs: [[(r["id"], r["quote"]) for r in map(json.loads, o.decode().splitlines())] for o in outputs]
    check(bare(have) == bare(want), "a read-only evidence file finds something else")
    check(place.run("status", db=closed, env=UNCOUNTED, preexec_fn=as_nobody).returncode == 0, "a read-only evidence file has no status")
    logged(place, want, bare)
    one_line(place.run("ingest", "docs", db=closed, env=UNCOUNTED, preexec_fn=as_nobody), 4, "ingest into a read-only file")
    run = place.run("ingest", "docs", db="closed/new", env=UNCOUNTED, preexec_fn=as_nobody)
    one_line(run, 4, "ingest into a read-only folder")
    check(b"ermission" in run.stderr, f"a read-only folder is told as: {run.stderr.decode()}")


def two_writers(place):
    place.run("ingest", "docs", db="alone")
    runs = [subprocess.Popen(place.command("ingest", "docs", db="both"), cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        out, err = run.communicate(timeout=300)
        check(run.returncode in (0, 3), f"a second writer: {run.returncode} {err.decode()}")
    check(dump(place.db("both")) == dump(place.db("alone")), "several writers wrote something else")
    check(answers(place, "both") == answers(place, "alone"), "after several writers full text finds something else")


def asked_meanwhile(place):
    """A question is answered from one moment, whatever another program writes then."""
    many, stop = os.path.join(place.folder, "many"), threading.Event()
    os.mkdir(many)
    for name in ("one", "two"):  # one behind the other they are never written where they were
        with open(os.path.join(many, name + ".md"), "w") as f:
            f.write("\n\n".join(f"In {name} camp {i}, {i + 1000} people were displaced." for i in range(200)))
    place.run("ingest", "many")
    questions = [(asked[0], "--format", "jsonl", "--limit", "1000", *asked[1:]) for asked in (("find", "displaced"), ("figures",))]
    want = [sorted(place.run(*question).stdout.splitlines()) for question in questions]

    def write():
        while not stop.is_set():
            place.run("ingest", "--again", "many")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        check(len(want[0]) == 400, "too few passages to ask for")
        for i in range(30):
            run = place.run(*questions[i % 2])
            check(sorted(run.stdout.splitlines()) == want[i % 2], f"{questions[i % 2][0]} while it is written: exit {run.returncode}, another answer {run.stderr.decode()}")
    finally:
        stop.set()
        writer.join()


def full_disk(place):
    """A limit on the size of files stands in for a full disk; every step of it, then room again."""
    place.run("ingest", "--ocr", "never", "docs", db="roomy")
    size = os.path.getsize(place.db("roomy"))
    for step in range(1, 7): # how large the file becomes hangs a little on its commits, which come by the second
        limit = size * step // 8
        run = place.run("ingest", "--ocr", "never", "docs", db="tight", env=UNCOUNTED, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        check(run.returncode == 4, f"a full disk: exit {run.returncode} {run.stderr.decode()}")
        check(b"full" in run.stderr or b"written" in run.stderr, f"a full disk is told as: {run.stderr.decode()}")
    run = place.run("ingest", "--ocr", "never", "docs", db="tight")
    check(run.returncode in (0, 3) and dump(place.db("tight")) == dump(place.db("roomy")), f"with room again: {run.returncode} {run.stderr.decode()}")


def full_pictures(place):
    """What is asked for beside an answer and finds no room is told, and half of it is not left."""
    place.run("ingest", "--ocr", "never", "docs")
    passage = next(r["id"] for r in lines(place.run("find", "--format", "jsonl", "people")) if r["file"].endswith(".pdf"))
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
    with open(os.path.join(place.folder, "leaks"), "w") as leaks:
        leaks.write("leak:libfontconfig\n")  # it keeps what it found out about fonts; sanitized builds would call that a leak of ours
    kept = {**UNCOUNTED, "LSAN_OPTIONS": f"suppressions={leaks.name}:print_suppressions=0"}
    run = place.run("show", passage, "--image", "page.png", env=kept, preexec_fn=small)
    one_line(run, 3, "a picture on a full disk")
    check(not os.path.exists(os.path.join(place.folder, "page.png")), "half a picture is left")
    for what in ("csv", "xlsx"):
        path = os.path.join(place.folder, "figures." + what)
        one_line(place.run("export", what, "-o", path, env=UNCOUNTED, preexec_fn=small), 3, f"{what} on a full disk")
        check(not os.path.exists(path), f"half of {what} is left")
        check(place.run("export", what, "-o", path, "--place", "HN").returncode == 0, f"{what} cannot be written")
        with open(path, "rb") as f:
            before = f.read()
        one_line(place.run("export", what, "--force", "-o", path, env=UNCOUNTED, preexec_fn=small), 3, f"another {what} on a full disk")
        with open(path, "rb") as f:
            check(f.read() == before, f"{what} that was there is lost")
        check(os.stat(path).st_mode & 0o777 == 0o666 & ~MASK, f"{what} has odd permissions")
    check(not [n for n in os.listdir(place.folder) if n.startswith(".citable")], "something is left of what was not written")
    os.symlink("figures.csv", place.db("link.csv"))
    check(place.run("export", "csv", "--force", "-o", "link.csv").returncode == 0 and os.path.islink(place.db("link.csv")), "a link was replaced, not the file")
    one_line(run := place.run("export", "csv", "--force", "-o", "/dev/full"), 3, "a device that is full")
    check(b"not complete" in run.stderr, f"a device that is full: {run.stderr.decode()}")
    os.mkfifo(place.db("pipe"))
    with subprocess.Popen(["cat", place.db("pipe")], stdout=subprocess.PIPE) as cat:
        check(place.run("export", "csv", "--force", "-o", "pipe").returncode == 0 and cat.communicate()[0].count(b"\n") > 10, "a named pipe gets nothing")
    run = place.run("export", "--bag", "bag", env=kept, preexec_fn=small)
    one_line(run, 3, "a pack on a full disk")


def replaced(place):
    """Of a file that is replaced nothing changes but what it holds: not who may read it, nor its other names."""
    place.run("ingest", "--ocr", "never", "docs")
    want = place.run("export", "csv").stdout
    path = place.db("figures.csv")

    def old(mode=0o644, name="figures.csv"):
        with open(place.db(name), "wb") as f:
            f.write(b"old" * len(want))
        os.chmod(f.name, mode)

    def export(name, holds=want, **more):
        run = place.run("export", "csv", "--force", "-o", name, **more)
        check(run.returncode == 0, f"{name}: exit {run.returncode} {run.stderr.decode()}")
        with open(place.db("figures.csv"), "rb") as f:
            check(f.read() == holds, f"{name} does not hold the export")

    for mode in (0o600, 0o640, 0o666):
        old(mode)
        export("figures.csv")
        check(os.stat(path).st_mode & 0o777 == mode, f"a file of mode {mode:o} is {os.stat(path).st_mode:o} now")
    os.link(path, place.db("other.csv"))
    old()
    export("other.csv")
    check(os.path.samefile(path, place.db("other.csv")), "a second name of a file is one no more")
    os.remove(place.db("other.csv"))
    with open(path, "wb") as f:
        f.write(b"before\n")
        f.flush()
        run = subprocess.run(place.command("export", "csv", "--force", "-o", "/dev/stdout"), cwd=place.folder, stdout=f)
        check(run.returncode == 0 and os.fstat(f.fileno()).st_size == len(want) + 7 and os.path.sameopenfile(f.fileno(), os.open(path, os.O_RDONLY)), "standard output by its name was replaced or cut")
    closed_to_others(place, old, export)


def without_proc(place):
    """A workbook is written where there is no /proc, too, and nothing is left beside it."""
    hidden = lambda *args, **more: subprocess.run(["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh", *args], cwd=place.folder, capture_output=True, **more)
    if not shutil.which("unshare") or hidden("true").returncode != 0 or sanitized(place):  # sanitizers look for leaks in /proc
        return
    place.run("ingest", "--ocr", "never", "docs")
    os.mkdir(place.db("temporary"))
    run = hidden(place.program + "-read", "export", "--db", place.db(), "xlsx", "-o", "figures.xlsx", env={**os.environ, **UNCOUNTED, "TMPDIR": place.db("temporary")})
    check(run.returncode == 0 and os.path.getsize(place.db("figures.xlsx")) > 5000, f"a workbook without /proc: exit {run.returncode} {run.stderr.decode()}")
    check(not os.listdir(place.db("temporary")), "a workbook without /proc leaves something")


def closed_to_others(place, old, export):
    """A folder where nobody may make a file, a file that nobody may write."""
    os.chmod(place.folder, 0o755)
    for name in ("citable", "citable-read"):
        shutil.copy(os.path.join(os.path.dirname(place.program), name), place.folder)
    place.program = place.db("citable")
    nobody = {"env": UNCOUNTED, "preexec_fn": as_nobody}
    old(0o666)
    os.chmod(place.folder, 0o555)
    export("figures.csv", **nobody)
    old(0o444)
    one_line(place.run("export", "csv", "--force", "-o", "figures.csv", **nobody), 3, "a file that nobody may write")
    os.chmod(place.folder, 0o755)
    if not NOT_ROOT:
        os.mkdir(place.db("open"))
        os.chmod(place.db("open"), 0o777)
        old(0o666, "open/figures.csv")
        check(place.run("export", "csv", "--force", "-o", "open/figures.csv", **nobody).returncode == 0, "a file of somebody else that everybody may write")
        check(os.stat(place.db("open/figures.csv")).st_uid == os.geteuid(), "a file has another owner")


def main():
    tests = (odd_things, standard_input, removed, other_files, no_evidence_file, closed_streams, few_descriptors, changing, exchanged, read_only, two_writers, asked_meanwhile, full_disk, full_pictures,
             replaced, without_proc, lost_output, last_words, interrupted, half_installed)
    for test in [t for t in tests if len(sys.argv) < 4 or t.__name__ in sys.argv[3:]]:
        with Place(sys.argv[1], sys.argv[2]) as place:
            test(place)
        print(test.__name__.replace("_", " "), "ok")


main()
