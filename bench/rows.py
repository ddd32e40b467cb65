# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of each group: a name, the tool that it needs, and what it does."""
import os
import re
import shutil
import sqlite3
import subprocess

import measure
from measure import all_of, run

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = ["children", "humanitarian assistance", "violence", "women girls", "displaced people"]


class Setup:
    """What the rows share: the program, the files, a folder that goes away, and an evidence file of all files."""

    def __init__(self, citable, tuned, plain, files, folder):
        self.citable, self.tuned, self.plain, self.files, self.folder = citable, tuned, plain, files, folder
        self.runs = 0
        self.made = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def ingest(self, files, *options, db=None, program=None):
        """A whole ingest into a new evidence file. Pages without text stay unread: nothing beside it recognises characters."""
        self.runs += 1
        db = db or self.path(f"{self.runs}.citable")
        cost = run(program or self.citable, "ingest", "--quiet", "--ocr", "never", "--db", db, *options, *files, okay=(0, 3))
        return cost, db

    def read(self, *options, program=None):
        cost, db = self.ingest(self.files, *options, program=program)
        if self.made:
            os.remove(self.made)
        self.made = db
        return cost

    def evidence(self):
        if not self.made:
            self.read()
        return self.made

    def passages(self):
        """The text of every passage, one a line, for the indexes beside ours."""
        path = self.path("passages.txt")
        if not os.path.exists(path):
            with sqlite3.connect(f"file:{self.evidence()}?immutable=1", uri=True) as db, open(path, "w", encoding="utf-8") as out:
                for (text,) in db.execute("SELECT text FROM passages ORDER BY id"):
                    out.write(re.sub(r"\s+", " ", text) + "\n")
        return path


def recoll(setup):
    """An index of the same files by recollindex, made anew."""
    conf = setup.path("recoll")
    links = setup.path("pdfs")
    shutil.rmtree(conf, ignore_errors=True)
    os.makedirs(conf)
    if not os.path.isdir(links):
        os.makedirs(links)
        for i, file in enumerate(setup.files):
            shutil.copy(file, os.path.join(links, f"{i:04d}.pdf"))
    with open(os.path.join(conf, "recoll.conf"), "w", encoding="utf-8") as out:
        out.write(f"topdirs = {links}\nidxniceprio = 0\n")
    return run("recollindex", "-c", conf, okay=None)


def reading(setup):
    files = setup.files
    tuned = [("the same, tuned, --jobs 1", None, lambda: setup.read("--jobs", "1", program=setup.tuned))] if setup.tuned else []
    return [
        ("pdftotext", "pdftotext", lambda: all_of(files, "pdftotext", "{}", "/dev/null")),
        ("pdftotext -bbox-layout", "pdftotext", lambda: all_of(files, "pdftotext", "-bbox-layout", "{}", "/dev/null")),
        ("mutool draw -F stext", "mutool", lambda: all_of(files, "mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null", "{}")),
        ("recollindex", "recollindex", lambda: recoll(setup)),
        ("citable ingest --jobs 1", None, lambda: setup.read("--jobs", "1")),
        ("citable ingest --jobs 2", None, lambda: setup.read("--jobs", "2")),
        *tuned,
    ]


# ---- searching: whole processes, as a user runs them, over the same passages ----

def fts5_index(setup):
    db = setup.path("fts5.db")
    if os.path.exists(db):
        os.remove(db)
    script = f"CREATE VIRTUAL TABLE p USING fts5(text);\n.mode ascii\n.separator \"\\001\" \"\\n\"\n.import '{setup.passages()}' p\n"
    with open(setup.path("fts5.sql"), "w", encoding="utf-8") as out:
        out.write(script)
    with open(setup.path("fts5.sql"), encoding="utf-8") as lines:
        return run("sqlite3", db, stdin=lines)


def xapian_index(setup):
    db = setup.path("xapian")
    shutil.rmtree(db, ignore_errors=True)
    with open(setup.path("xapian.script"), "w", encoding="utf-8") as out:
        out.write("text : index field\n")
    dump = setup.path("xapian.dump")
    if not os.path.exists(dump):
        with open(setup.passages(), encoding="utf-8") as lines, open(dump, "w", encoding="utf-8") as out:
            out.writelines("text=" + line + "\n" for line in lines)
    return run("scriptindex", db, setup.path("xapian.script"), dump)


def times_of(setup, files, program=None):
    """What `ingest --timings` says: stage → processor seconds; "all processes" is what all of them took, what no stage sees with it."""
    setup.runs += 1
    db = setup.path(f"{setup.runs}.citable")
    command = [program or setup.citable, "ingest", "--quiet", "--ocr", "never", "--timings", "--jobs", "1", "--db", db, *files]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    os.remove(db)
    times = {stage: float(seconds) for stage, seconds in re.findall(r"^(\S.*?)\s+([\d.]+) s", said, re.M)}
    times["all processes"] = sum(map(float, re.search(r"that writes ([\d.]+) s, of those that read ([\d.]+) s", said).groups()))
    return times


# ---- after Poppler: the stages of a whole ingest, those that are Poppler's and all others ----

def is_poppler(stage):
    return stage.startswith("pdf") and stage != "pdf characters"


def poppler_of(setup, program=None):
    return measure.Cost(sum(seconds for stage, seconds in times_of(setup, setup.files, program).items() if is_poppler(stage)))


def after_poppler(setup, whole):
    times = times_of(setup, setup.files)
    return measure.Cost(times[whole] - sum(seconds for stage, seconds in times.items() if is_poppler(stage)))


def stages(setup):
    """First Poppler as it is: in a program in which nothing stands before its functions."""
    return [
        ("Poppler by itself", None if setup.plain else "--plain", lambda: poppler_of(setup, setup.plain)),
        ("Poppler as citable calls it", None, lambda: poppler_of(setup)),
        ("everything after it", None, lambda: after_poppler(setup, "all stages")),
        ("… with start, fork and exit of processes", None, lambda: after_poppler(setup, "all processes")),
    ]


def own_index(setup):
    """Of a whole ingest, the stages that write: rows, full text, commits."""
    times = times_of(setup, setup.files)
    return measure.Cost(sum(times.get(stage, 0) for stage in ("check frames", "rows", "full text", "commit")))


def index(setup):
    return [
        ("FTS5, one table", "sqlite3", lambda: fts5_index(setup)),
        ("Xapian", "scriptindex", lambda: xapian_index(setup)),
        ("citable, with figures and names", None, lambda: own_index(setup)),
    ]


def each_query(command):
    return sum((run(*command(words), okay=(0, 1)) for words in WORDS), measure.Cost())


def search(setup):
    def fts5(words):
        return ["sqlite3", setup.path("fts5.db"), f"SELECT rowid, text FROM p WHERE p MATCH '{words}' ORDER BY rank LIMIT 10"]

    return [
        ("FTS5's bm25, 5 queries", "sqlite3", lambda: each_query(fts5)),
        ("Xapian, 5 queries", "quest", lambda: each_query(lambda words: ["quest", "-d", setup.path("xapian"), "-m", "10", "-s", "english", words])),
        ("citable find, 5 queries", None, lambda: each_query(lambda words: [setup.citable, "find", "--db", setup.evidence(), words])),
        ("citable ask, 5 questions", None, lambda: each_query(lambda words: [setup.citable, "ask", "--db", setup.evidence(), f"How many {words} in 2024?"])),
    ]


# ---- rules: MB/s over the clean text ----

PASSES = ["tokens", "note", "number", "period", "actor", "location", "figure", "attribution", "link"]


def clean_text(setup):
    """The clean text of forty of the files as one."""
    path = setup.path("all.txt")
    with open(path, "wb") as out:
        for file in setup.files[:40]:
            out.write(subprocess.run([setup.citable, "text", file], capture_output=True, check=False).stdout.replace(b"\f", b"\n") + b"\n")
    return path


def quiet_texts(setup):
    """The passages of all files in which nothing was found, neither figure nor name nor date, as one text (twice, for what words around told is told anew), in
    files enough to be timed, which differ in their last empty lines."""
    db, texts = setup.evidence(), []
    for copies in (1, 16):
        with sqlite3.connect(f"file:{db}?immutable=1", uri=True) as found:
            quiet = "\n\n".join(text for (text,) in found.execute("SELECT text FROM passages WHERE figures = 0 AND id NOT IN (SELECT passage FROM mentions) ORDER BY id"))
        texts = [setup.path(f"quiet{copies}-{i}.txt") for i in range(copies)]
        for i, path in enumerate(texts):
            with open(path, "w", encoding="utf-8") as out:
                out.write(quiet + "\n" * (i + 1))
        if copies == 1:
            _, db = setup.ingest(texts)
    return texts


def rules(setup):
    text, quiet = clean_text(setup), quiet_texts(setup)
    program = setup.path("patterns")
    if measure.which("cc") and measure.which("pkg-config"):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libpcre2-8"], capture_output=True, text=True, check=False).stdout.split()
        subprocess.run(["cc", "-O2", os.path.join(HERE, "patterns.c"), "-o", program, *flags], check=False)

    def separate():
        bytes_, _, seconds = subprocess.run([program, text], capture_output=True, text=True, check=True).stdout.split()
        return int(bytes_) / 1e6 / float(seconds)

    def ours(files):
        times = times_of(setup, files)
        return sum(map(os.path.getsize, files)) / 1e6 / sum(times.get(name, 0) for name in PASSES)

    passes = os.path.join(os.path.dirname(setup.citable), "passes")
    built = None if os.path.exists(passes) else "passes, a target of the build"

    def in_memory(*options):
        """bench/passes: the files are read first, then understood again and again."""
        said = subprocess.run([passes, *options, *setup.files], capture_output=True, text=True, check=True).stdout
        return float(re.search(r"^all .* ([\d.]+) MB/s", said, re.M).group(1))

    return [
        ("sixty separate JIT patterns", None if os.path.exists(program) else "cc", separate),
        ("citable's passes, over the reports in memory", built, in_memory),
        ("… over their passages without figures and names", built, lambda: in_memory("-q")),
        ("citable's passes, one text, once, in a new process", None, lambda: ours([text])),
        ("… text without figures and names", None, lambda: ours(quiet)),
    ]
