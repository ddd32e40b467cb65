#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Things that are no documents, places where nobody may write, two writers, a full disk: one right line each, and nothing lost.

odd.py CITABLE CORPUS"""
import json
import os
import resource
import shutil
import socket
import subprocess
import sys

from common import UNCOUNTED, NOT_ROOT, QUERIES, Place, answers, check, dump


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
    check(place.run("ingest", "nowhere.pdf", db="none").returncode == 3 and not os.path.exists(place.db("none")), "a slip of the pen made an evidence file")
    listener.close()


def standard_input(place):
    for text in (b"Some 4,100 people came in 2015.", b"Some 4,200 people came in 2016.", b"Some 4,100 people came in 2015."):
        run = place.run("ingest", "-", db="input", input=text)
        check(run.returncode == 0, f"standard input: {run.stderr.decode()}")
    check(len([r for r in lines(place.run("status", "--format", "jsonl", db="input")) if r["type"] == "document"]) == 2, "two texts on standard input are not two documents")


def other_files(place):
    with open(place.db("text"), "w") as f:
        f.write("This is no database, but a letter of some length that nobody wants to lose.\n" * 50)
    before = open(place.db("text"), "rb").read()
    for args in (("ingest", "docs"), ("find", "a"), ("status",), ("verify",), ("describe", "abcdef", "--title", "x")):
        check(place.run(*args, db="text").returncode == 4, f"{args[0]} does not refuse a file that is no evidence file")
    check(open(place.db("text"), "rb").read() == before, "a file of somebody else was changed")
    check(place.run("status", db="missing").returncode == 4, "a missing evidence file is not told")


def as_nobody():
    """Root may write anywhere: step down first."""
    if not NOT_ROOT:
        os.setgid(65534)
        os.setuid(65534)


def read_only(place):
    folder = os.path.join(place.folder, "closed")
    os.mkdir(folder)
    place.run("ingest", "docs")
    shutil.copy(place.db(), os.path.join(folder, "evidence.citable"))
    want = answers(place)
    os.chmod(place.folder, 0o755)
    os.chmod(os.path.join(folder, "evidence.citable"), 0o444)
    os.chmod(folder, 0o555)
    place.program = shutil.copy(place.program, place.folder)  # the checkout may lie where nobody else may look
    closed = "closed/evidence.citable"
    have = [place.run("find", "--format", "jsonl", "--limit", "50", query, db=closed, env=UNCOUNTED, preexec_fn=as_nobody).stdout for query in QUERIES]
    bare = lambda outputs: [[(r["id"], r["quote"]) for r in map(json.loads, o.decode().splitlines())] for o in outputs]
    check(bare(have) == bare(want), "a read-only evidence file finds something else")
    check(place.run("status", db=closed, env=UNCOUNTED, preexec_fn=as_nobody).returncode == 0, "a read-only evidence file has no status")
    run = place.run("ingest", "docs", db=closed, env=UNCOUNTED, preexec_fn=as_nobody)
    check(run.returncode == 4 and run.stderr.count(b"\n") == 1, f"ingest into a read-only file: {run.returncode} {run.stderr.decode()}")


def two_writers(place):
    place.run("ingest", "docs", db="alone")
    runs = [subprocess.Popen(place.command("ingest", "docs", db="both"), cwd=place.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        out, err = run.communicate(timeout=300)
        check(run.returncode in (0, 3), f"a second writer: {run.returncode} {err.decode()}")
    check(dump(place.db("both")) == dump(place.db("alone")), "several writers wrote something else")
    check(answers(place, "both") == answers(place, "alone"), "after several writers full text finds something else")


def full_disk(place):
    """A limit on the size of files stands in for a full disk; every step of it, then room again."""
    place.run("ingest", "docs", db="roomy")
    size = os.path.getsize(place.db("roomy"))
    for step in range(1, 8):
        limit = size * step // 8
        run = place.run("ingest", "docs", db="tight", env=UNCOUNTED, preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)), __import__("signal").signal(25, 1)))
        check(run.returncode == 4, f"a full disk: exit {run.returncode} {run.stderr.decode()}")
        check(b"full" in run.stderr or b"written" in run.stderr, f"a full disk is told as: {run.stderr.decode()}")
    run = place.run("ingest", "docs", db="tight")
    check(run.returncode in (0, 3) and dump(place.db("tight")) == dump(place.db("roomy")), f"with room again: {run.returncode} {run.stderr.decode()}")


def main():
    for test in (odd_things, standard_input, other_files, read_only, two_writers, full_disk):
        with Place(sys.argv[1], sys.argv[2]) as place:
            test(place)
        print(test.__name__.replace("_", " "), "ok")


main()
