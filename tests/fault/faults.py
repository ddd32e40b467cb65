#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets every allocation and every write fail once, and the disk be full from each write on. Whatever fails: the program ends by itself and says why in a line,
what it wrote is whole, the next run ends with what one run alone would have written, and a question is answered as ever or not at all.

faults.py CITABLE CORPUS FAIL_ONE.so [MOST-PER-KIND]      without MOST: all"""
import os
import shutil
import sqlite3
import subprocess
import sys
import time

from common import UNCOUNTED, Place, answers, check, dump

FILES = ("homicide-note.txt", "border-brief.pdf", "field-summary.docx")
ENDS = (4, -5, -6)  # a message of ours; GLib's own "failed to allocate", which ends in SIGTRAP or SIGABRT
CRASH = (-11,)  # PCRE2's compiler of patterns, libseccomp and libexttextcat do not look whether they got memory
INGEST = ("ingest", "--ocr", "never", "-j", "1", "docs")
READS = (("find", "--format", "jsonl", "displaced"), ("figures", "--format", "jsonl", "--limit", "40"), ("ask", "--format", "jsonl", "How many people were displaced?"))


class Faults:
    def __init__(self, place, library, most):
        self.place, self.library, self.most = place, os.path.abspath(library), most

    def run(self, args, what, where, at=None, stays=False, db="evidence.citable"):
        env = {"LD_PRELOAD": self.library, "FAIL_WHAT": what, "FAIL_IN": where, **UNCOUNTED}
        env.update({"FAIL_AT": str(at)} if at else {"FAIL_LIST": os.path.join(self.place.folder, "list")})
        if stays:
            env["FAIL_ON"] = "1"
        return self.place.run(*args, db=db, env=env)

    def calls(self, args, what, where, prepare=lambda: None):
        """The calls worth failing: evenly picked, when fewer are asked for."""
        path = os.path.join(self.place.folder, "list")
        if os.path.exists(path):
            os.remove(path)
        prepare()
        self.run(args, what, where)
        with open(path, encoding="ascii") as f:
            numbers = sorted({int(line) for line in f})
        check(len(numbers) > 5, f"{what} of {where} in {args[0]}: only {len(numbers)} calls were seen: is the library loaded?")
        few = numbers if not self.most or len(numbers) <= self.most else [numbers[i * (len(numbers) - 1) // (self.most - 1)] for i in range(self.most)]
        return few, len(numbers)

    def clear(self):
        for end in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(self.place.db() + end):
                os.remove(self.place.db() + end)

    def holds(self):
        """What a copy of the evidence file holds, once its log was taken in."""
        for end in ("", "-wal", "-journal"):
            if os.path.exists(self.place.db() + end):
                shutil.copy(self.place.db() + end, self.place.db("copy") + end)
        sqlite3.connect(self.place.db("copy")).execute("PRAGMA wal_checkpoint").connection.close()
        held = dump(self.place.db("copy"))
        for end in ("", "-wal", "-journal", "-shm"):
            if os.path.exists(self.place.db("copy") + end):
                os.remove(self.place.db("copy") + end)
        return held

    def told(self, run, name, more=()):
        """The program ends by itself; when it does not do what it was asked, it says so."""
        check(run.returncode in (0, 1, 3) + ENDS + more, f"{name}: exit {run.returncode}: {run.stderr.decode()[-300:]}")
        check(run.returncode not in ENDS or run.stderr.strip(), f"{name}: exit {run.returncode} without a word")
        return run.returncode


def ingest(faults, want, found, what, where, stays=False):
    place, ends = faults.place, {}
    calls, of = faults.calls(INGEST, what, where, faults.clear)
    for at in calls:
        name = f"ingest, {what} {at} of the {where} fails"
        faults.clear()
        run = faults.run(INGEST, what, where, at, stays)
        code = faults.told(run, name, CRASH if what == "memory" else ())
        ends[code] = ends.get(code, 0) + 1
        if code == 0 and b"docs/" not in run.stderr:  # no file was in doubt: all was written, and at most the log could not be put away
            check(faults.holds() == want, f"{name}: exit 0, and the evidence file holds something else")
        if os.path.exists(place.db()) and os.path.getsize(place.db()):
            status = place.run("status", "--format", "jsonl")
            unmade = b"not an evidence file" in status.stderr or b"run it again" in status.stderr
            check(status.returncode == 0 or unmade, f"{name}: status says {status.stderr.decode()}")
        run = place.run(*INGEST)
        check(run.returncode in (0, 3), f"{name}: the next run: {run.returncode} {run.stderr.decode()}")
        check(dump(place.db()) == want, f"{name}: after the next run the evidence file holds something else")
        check(answers(place) == found, f"{name}: after the next run full text finds something else")
    print(f"ingest: {len(calls)} of {of} places where {what} of the {where} fails{' and stays so' if stays else ''}; exits {ends}", flush=True)


def reads(faults):
    """A question is answered in full, or not at all and with another exit code."""
    for args in READS:
        want = faults.place.run(*args, db="whole.citable")
        calls, of = faults.calls(args, "memory", "parent", lambda: shutil.copy(faults.place.db("whole.citable"), faults.place.db()))
        ends = {}
        for at in calls:
            name = f"{args[0]}, memory {at} fails"
            run = faults.run(args, "memory", "parent", at, db="whole.citable")
            code = faults.told(run, name, CRASH)
            ends[code] = ends.get(code, 0) + 1
            check(code in ENDS + CRASH or (code == want.returncode and run.stdout == want.stdout), f"{name}: another answer, as if it were one: {run.stdout.decode()[:300]}")
        print(f"{args[0]}: {len(calls)} of {of} places where memory fails; exits {ends}", flush=True)


def full_output(place):
    """A question whose answer finds no room does not end as if it had been given."""
    for args in READS + (("export", "csv"), ("status",)):
        with open("/dev/full", "w") as full:
            run = subprocess.run(place.command(*args, db="whole.citable"), cwd=place.folder, stdout=full, stderr=-1)
        check(run.returncode not in (0, 1) and run.stderr.strip(), f"{args[0]} into a full disk: exit {run.returncode} {run.stderr.decode()}")


def main():
    program, corpus, library = sys.argv[1:4]
    began = time.time()
    with Place(program, corpus) as place:
        below = os.path.join(place.docs, "00")
        for name in os.listdir(below):
            if name not in FILES:
                os.remove(os.path.join(below, name))
        check(len(os.listdir(below)) == len(FILES), f"the corpus lacks one of {FILES}")
        place.run(*INGEST, db="whole.citable")
        want, found = dump(place.db("whole.citable")), answers(place, "whole.citable")
        check(len(want) > 50, "the whole run wrote too little")
        faults = Faults(place, library, int(sys.argv[4]) if len(sys.argv) > 4 else 0)
        full_output(place)
        ingest(faults, want, found, "write", "parent")
        ingest(faults, want, found, "write", "parent", stays=True)
        ingest(faults, want, found, "memory", "parent")
        ingest(faults, want, found, "memory", "child")
        reads(faults)
    print(f"{time.time() - began:.1f} s")


main()
