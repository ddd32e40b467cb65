#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets every allocation and every write fail once, and the disk be full from each write on. Whatever fails: the program ends by itself, in time, and says why in a
line, no whole file is called damaged, what it wrote is whole, the next run ends with what one run alone would have written, and a question is answered as ever or not at all.

faults.py CITABLE CORPUS FAIL_ONE.so [--most N] [--share K/N] [--at-once N] [--only KIND] [--at CALL]

    --most N      of each kind, evenly picked     --share K/N   every Nth place from the Kth on     --at-once N   runs side by side (1)
    --only KIND   one kind, as printed, to be repeated     --at CALL   this call alone, to look into a failure
Every failure is told; exit 1 when there was one. Times are the clock's, and of processor time, the program's own."""
import argparse
import collections
import concurrent.futures
import os
import queue
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

from common import UNCOUNTED, Place, answers, check, dump, is_unmade

FILES = ("homicide-note.txt", "border-brief.pdf", "field-summary.docx")
ENDS = (4, -6)  # a message of ours; abort() of a library
CRASH = (-11,)  # PCRE2's compiler of patterns, libseccomp and libexttextcat do not look whether they got memory
INGEST = ("ingest", "--ocr", "never", "-j", "1", "--page-seconds", "3", "docs")
SECONDS = 60  # that no run may outlast: three files, each with a page that stalls, four times three seconds a stall, and as much again for a busy machine
READS = (("find", "--format", "jsonl", "displaced"), ("figures", "--format", "jsonl", "--limit", "40"), ("ask", "--format", "jsonl", "How many people were displaced?"))


class Kind(collections.namedtuple("Kind", "name args what where stays")):
    def env(self, more):
        return {"FAIL_WHAT": self.what, "FAIL_IN": self.where, **UNCOUNTED, **more, **({"FAIL_ON": "1"} if self.stays else {})}

    @property
    def ingests(self):
        return self.args == INGEST


# Questions first: they are what a reader would be misled by.
KINDS = (*(Kind(args[0], args, "memory", "parent", False) for args in READS), Kind("write", INGEST, "write", "parent", False), Kind("disk-full", INGEST, "write", "parent", True),
         Kind("memory-parent", INGEST, "memory", "parent", False), Kind("memory-child", INGEST, "memory", "child", False))


class Slot:
    """A folder in which one place at a time is tried."""

    def __init__(self, options):
        self.library = os.path.abspath(options.library)
        self.place = Place(options.citable, options.corpus)
        below = os.path.join(self.place.docs, "00")
        for name in os.listdir(below):
            if name not in FILES:
                os.remove(os.path.join(below, name))
        check(len(os.listdir(below)) == len(FILES), f"the corpus lacks one of {FILES}")
        run = self.place.run(*INGEST, db="whole.citable")
        check(run.returncode == 0, f"the whole run: {run.returncode} {run.stderr.decode()}")
        self.want, self.found = dump(self.place.db("whole.citable")), answers(self.place, "whole.citable")
        self.answer = {args: self.place.run(*args, db="whole.citable") for args in READS}
        check(len(self.want) > 50, "the whole run wrote too little")

    def run(self, kind, **more):
        env = {"LD_PRELOAD": self.library, **kind.env(more)}
        try:
            return self.place.run(*kind.args, db="evidence.citable" if kind.ingests else "whole.citable", env=env, timeout=SECONDS)
        except subprocess.TimeoutExpired as run:
            sys.exit(f"FAILED: ran past {SECONDS} s: {(run.stderr or b'').decode()[-300:]}")

    def calls(self, kind):
        """The calls worth failing."""
        path = os.path.join(self.place.folder, "list")
        self.clear()
        self.run(kind, FAIL_LIST=path)
        with open(path, encoding="ascii") as f:
            numbers = sorted({int(line) for line in f})
        check(len(numbers) > 5, f"{kind.name}: only {len(numbers)} calls were seen: is the library loaded?")
        return numbers

    def clear(self):
        for end in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(self.place.db() + end):
                os.remove(self.place.db() + end)

    def holds(self):
        """What a copy of the evidence file holds, once its log was taken in."""
        copy = self.place.db("copy")
        for end in ("", "-wal", "-journal"):
            if os.path.exists(self.place.db() + end):
                shutil.copy(self.place.db() + end, copy + end)
        sqlite3.connect(copy).execute("PRAGMA wal_checkpoint").connection.close()
        held = dump(copy)
        for end in ("", "-wal", "-journal", "-shm"):
            if os.path.exists(copy + end):
                os.remove(copy + end)
        return held

    def ingest(self, run, code):
        place = self.place
        if code == 0 and b"docs/" not in run.stderr:  # no file was in doubt: all was written, and at most the log could not be put away
            check(self.holds() == self.want, "exit 0, and the evidence file holds something else")
        if os.path.exists(place.db()) and os.path.getsize(place.db()):
            status = place.run("status", "--format", "jsonl")
            check(status.returncode == 0 or is_unmade(status), f"status says {status.stderr.decode()}")
        again = place.run(*INGEST)
        check(again.returncode in (0, 3), f"the next run: {again.returncode} {again.stderr.decode()}")
        check(dump(place.db()) == self.want, f"after the next run the evidence file holds something else; first {code} {run.stderr.decode()}, then {again.returncode} {again.stderr.decode()}")
        check(answers(place) == self.found, "after the next run full text finds something else")

    def question(self, kind, run, code):
        want = self.answer[kind.args]
        check(code in ENDS + CRASH or (code == want.returncode and run.stdout == want.stdout), f"another answer, as if it were one: {run.stdout.decode()[:300]}")

    def attempt(self, kind, at):
        """How the run ended in which this call failed, and after how many seconds. The program ends by itself; when it does not do what it was asked, it says so."""
        self.clear()
        began = time.monotonic()
        run = self.run(kind, FAIL_AT=str(at))
        took, code = time.monotonic() - began, run.returncode
        check(code in (0, 1, 3) + ENDS + (CRASH if kind.what == "memory" else ()), f"exit {code}: {run.stderr.decode()[-300:]}")
        check(code not in ENDS + CRASH or run.stderr.strip(), f"exit {code} without a word")
        check(b"is damaged" not in run.stderr, f"a whole file is called damaged: {run.stderr.decode()[-300:]}")
        if kind.ingests:
            self.ingest(run, code)
        else:
            self.question(kind, run, code)
        return code, took


def picked(calls, options):
    first, step = map(int, options.share.split("/"))
    share = calls[first - 1::step]
    if options.at:
        return [options.at]
    return share if not options.most or len(share) <= options.most else [share[i * (len(share) - 1) // (options.most - 1)] for i in range(options.most)]


def try_kind(kind, slots, options):
    """Tells what came of each place; returns how many went wrong."""
    free = queue.Queue()
    for slot in slots:
        free.put(slot)
    calls = slots[0].calls(kind)
    few, ends, longest, failed, began, cpu = picked(calls, options), collections.Counter(), (0, 0), 0, time.monotonic(), processor()

    def one(at):
        slot = free.get()
        try:
            return at, *slot.attempt(kind, at), None
        except SystemExit as wrong:
            return at, None, 0, str(wrong)
        finally:
            free.put(slot)

    with concurrent.futures.ThreadPoolExecutor(len(slots)) as pool:
        for at, code, took, wrong in pool.map(one, few):
            if wrong:
                failed += 1
                print(f"{kind.name} --at {at}: {wrong}", flush=True)
            else:
                ends[code] += 1
                longest = max(longest, (took, at))
    told = ", ".join(f"exit {code}: {n}" for code, n in sorted(ends.items()))
    print(f"{kind.name}: {len(few)} of {len(calls)} places, {failed} wrong; {told}; {time.monotonic() - began:.0f} s, CPU {processor() - cpu:.0f} s, "
          f"longest {longest[0]:.1f} s (call {longest[1]})", flush=True)
    return failed


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def full_output(place):
    """A question whose answer finds no room does not end as if it had been given."""
    for args in READS + (("export", "csv"), ("status",)):
        with open("/dev/full", "w") as full:
            run = subprocess.run(place.command(*args, db="whole.citable"), cwd=place.folder, stdout=full, stderr=-1)
        check(run.returncode not in (0, 1) and run.stderr.strip(), f"{args[0]} into a full disk: exit {run.returncode} {run.stderr.decode()}")


def main():
    parser = argparse.ArgumentParser()
    for name in ("citable", "corpus", "library"):
        parser.add_argument(name)
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--only", action="append", choices=[kind.name for kind in KINDS])
    parser.add_argument("--at", type=int)
    options = parser.parse_args()
    began = time.monotonic()
    slots = [Slot(options) for _ in range(options.at_once)]
    try:
        full_output(slots[0].place)
        failed = sum(try_kind(kind, slots, options) for kind in KINDS if not options.only or kind.name in options.only)
    finally:
        for slot in slots:
            slot.place.__exit__()
    print(f"{time.monotonic() - began:.0f} s in all, CPU {processor():.0f} s")
    sys.exit(1 if failed else 0)


main()
