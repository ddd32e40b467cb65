#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a terminal (a pair of pseudo-terminals): tables as wide as it is, colours where they are wanted, nothing in names or quotes that acts on it, the pager and
leaving it early, the line of progress, and Ctrl-C on it.

screen.py CITABLE CORPUS"""
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import unicodedata

from common import Place, check

TABLES = {"figures": 110, "status": 80}  # columns that a table needs: on fewer the terminal folds its lines
INK = re.compile(r"\x1b\[[0-9;]*m")


class Screen:
    def __init__(self, place, *args, columns=80, env=None, db="evidence.citable"):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

        def own():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "PAGER", "CITABLE_PAGER", "CITABLE_DB")}
        self.run = subprocess.Popen(place.command(*args, db=db), cwd=place.folder, stdin=slave, stdout=slave, stderr=slave, preexec_fn=own,
                                    env={**environment, "TERM": "xterm", "CITABLE_PAGER": "", **(env or {})})
        os.close(slave)
        self.shown = b""

    def read(self, until=None, seconds=120):
        """All that is shown, or until something is."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not (until and until in self.shown):
            if not select.select([self.master], [], [], 1)[0]:
                continue
            try:
                some = os.read(self.master, 65536)
            except OSError:  # the other end is closed
                break
            if not some:
                break
            self.shown += some
        return self.shown.decode()

    def end(self):
        text = self.read()
        code = self.run.wait(60)
        os.close(self.master)
        return text.replace("\r\n", "\n"), code


def shown(place, *args, **more):
    return Screen(place, *args, **more).end()


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in INK.sub("", line))


def tables(place):
    for columns in (60, 80, 100, 132, 300):
        for args in (("figures", "people"), ("figures", "--compare"), ("status",), ("ask", "How many people were displaced?"), ("find", "people")):
            if args[0] in TABLES and columns < TABLES[args[0]]:
                continue
            text, code = shown(place, *args, columns=columns)
            check(code == 0 and len(text) > 200, f"{args}: exit {code} {text[-200:]}")
            wide = [line for line in text.split("\n") if width(line) > columns and " " in INK.sub("", line).strip()[:columns]]
            check(not wide, f"{args} on {columns} columns: {max(map(width, wide), default=0)} columns: {wide[:2]}")


def colours(place):
    for env, args, wanted in (({}, (), True), ({"NO_COLOR": "1"}, (), False), ({"NO_COLOR": ""}, (), True), ({"TERM": "dumb"}, (), False), ({}, ("--color", "never"), False),
                              ({"NO_COLOR": "1"}, ("--color=always",), True)):
        text, code = shown(place, "find", *args, "people", env=env)
        check(code == 0 and bool(INK.search(text)) == wanted, f"colours with {env} {args}: {text[:200]!r}")
        bare = INK.sub("", text)
        check("\x1b" not in bare, f"something that is no colour acts on the terminal: {bare[:200]!r}")
    piped = place.run("find", "people", env={"NO_COLOR": ""}).stdout.decode()
    check("\x1b" not in piped, "colours go into a pipe")


def pager(place):
    log = os.path.join(place.folder, "paged")
    text, code = shown(place, "find", "people", env={"CITABLE_PAGER": f"cat > {log}"})
    with open(log, encoding="utf-8") as f:
        paged = f.read()
    check(code == 0 and "people" in paged and "people" not in text, f"a pager of one's own: exit {code} {text!r}")
    text, code = shown(place, "figures", env={"CITABLE_PAGER": "head -n 1"})
    check(code == 0 and "could not" not in text, f"leaving the pager early: exit {code} {text!r}")
    text, code = shown(place, "find", "nothinghasthisword", env={"PAGER": "cat"})
    check(code == 1 and text.count("\n") == 1, f"the pager hides the exit code: {code} {text!r}")
    text, code = shown(place, "figures", "--no-pager", env={"CITABLE_PAGER": "false"})
    check(code == 0 and "people" in text, f"--no-pager: exit {code}")
    text, code = shown(place, "text", "docs/00/homicide-note.txt", env={"CITABLE_PAGER": "nowhere-is-this-program"})
    check(code == 0 and "\n" in text, f"a pager that is not there: exit {code} {text!r}")


def progress(place):
    screen = Screen(place, "ingest", "--ocr", "never", "docs", db="new", columns=60)
    text, code = screen.end()
    steps = [s for s in text.split("\r") if "[" in s and "]" in s]
    check(code == 0 and steps and re.search(r"\[[#-]{10}\] \d+/\d+  \S", steps[0]), f"no line of progress: {text!r}")
    check(all(width(s.replace("\x1b[K", "").split("\n")[0]) < 60 for s in steps), f"progress wraps: {steps}")
    last = text.rstrip("\n").split("\n")[-1]
    check(last.split("\x1b[K")[-1].startswith(place.db("new") + ": 1"), f"the summary does not stand alone: {last!r}")
    screen = Screen(place, "ingest", "--again", "docs", "-", db="new")  # it waits for what is typed, and so is not done before it is interrupted
    screen.read(until=b"] ")
    os.write(screen.master, b"\x03")
    text, code = screen.end()
    check(code == -2 and "citable: interrupted" in text, f"Ctrl-C: exit {code} {text[-200:]!r}")
    check(place.run("status", db="new").returncode == 0, "after Ctrl-C the evidence file has no status")


def names(place):
    """Names and text with escapes, line breaks and turned letters: shown as marks."""
    odd = os.path.join(place.folder, "odd")
    os.mkdir(odd)
    for i, name in enumerate(("\x1b]0;owned\x07.txt", "a\nb.txt", "\u202etxt.pdf.txt", "\x9b31m.txt")):
        with open(os.path.join(odd, name), "w", encoding="utf-8") as f:
            f.write(f"Some {i + 1},400 wanderers \x1b[2Jcame\u202e in 2014.\n")
    with open(os.path.join(os.fsencode(odd), b"\x1b[31m\xff"), "wb") as f:
        f.write(bytes(range(256)) * 20)
    with open(os.path.join(odd, "page.html"), "w", encoding="utf-8") as f:
        f.write("<html><head><title>T \x9b31m \u202e</title></head><body><p>Some 77,400 wanderers came \x9b[2J\u202e to the long valley in 2014, said the mayor.</p></body></html>")
    check(place.run("ingest", "odd", db="odd.citable").returncode in (0, 3), "odd names are not read")
    page = next(r["id"] for r in map(json.loads, place.run("find", "--format", "jsonl", "wanderers", db="odd.citable").stdout.decode().splitlines()) if r["file"].endswith("html"))
    for args in (("ingest", "--again", "odd"), ("find", "wanderers"), ("figures", "wanderers"), ("ask", "How many wanderers came in 2014?"), ("status", "--all"), ("check", "odd/a\nb.txt"),
                 ("text", "odd/a\nb.txt"), ("show", page), *(("find", "--format", kind, "wanderers") for kind in ("csv", "json", "jsonl")), ("ingest", "--again", "--format", "csv", "odd"),
                 *(("cite", "--style", style, page) for style in ("note", "apa", "markdown", "html", "biblatex", "ris", "csl-json")),
                 *(("export", kind) for kind in ("csv", "jsonl", "annotations", "facts", "biblatex", "ris", "csl-json"))):
        text, code = shown(place, *args, db="odd.citable")
        bare = INK.sub("", text).replace("\x1b[K", "")
        bad = [c for c in bare if (unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\r\t\f") or c == "\u202e"]
        check(code in (0, 1, 3) and not bad, f"{args}: exit {code}, {bad} {bare[:300]!r}")
    text, code = shown(place, "export", "xlsx", db="odd.citable")
    check(code == 2 and "terminal" in text, f"a workbook on a terminal: exit {code} {text[:200]!r}")
    check(b"\x1b[2J" in place.run("export", "csv", db="odd.citable").stdout, "what goes into a file or a pipe is not verbatim")


def main():
    with Place(sys.argv[1], sys.argv[2]) as place:
        check(place.run("ingest", "--ocr", "never", "docs").returncode == 0, "the evidence file could not be made")
        for test in (tables, colours, pager, progress, names):
            test(place)
            print(test.__name__, "ok")


main()
