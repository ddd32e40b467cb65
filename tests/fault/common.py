# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fault tests share: a folder of documents, runs of the program, and what an evidence file holds in an order that no run can change."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

# What a sanitizer finds ends a program with a status that is none of ours, so that no test takes it for an answer.
for sanitizer in ("ASAN", "UBSAN", "LSAN"):
    os.environ.setdefault(f"{sanitizer}_OPTIONS", "exitcode=99")

NOT_ROOT = os.geteuid() != 0

# For runs that can write no more than a limit, or nothing: in the coverage build they would spoil what the others have counted.
counts = tempfile.TemporaryDirectory(prefix="citable-counts-")
os.chmod(counts.name, 0o777)
UNCOUNTED = {"GCOV_PREFIX": counts.name, "GCOV_ERROR_FILE": os.devnull}


def is_unmade(run):
    """Was what `status` was asked of killed before there was anything of ours in it? The next ingest makes it anew."""
    return b"not an evidence file" in run.stderr or b"run it again" in run.stderr


class Place:
    """A temporary folder with copies of the corpus below `docs`."""

    def __init__(self, program, corpus, copies=1):
        self.program = os.path.abspath(program)
        self.folder = tempfile.mkdtemp(prefix="citable-")
        self.docs = os.path.join(self.folder, "docs")
        for copy in range(copies):
            below = os.path.join(self.docs, f"{copy:02d}")
            os.makedirs(below)
            for name in sorted(os.listdir(corpus)):
                path = os.path.join(corpus, name)
                if os.path.isfile(path):
                    shutil.copy(path, below)
                    if copy:  # other bytes, so that it is no duplicate
                        with open(os.path.join(below, name), "ab") as f:
                            f.write(b"\n" * copy)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for root, dirs, _files in os.walk(self.folder):
            for d in dirs:
                if not os.path.islink(os.path.join(root, d)):
                    os.chmod(os.path.join(root, d), 0o700)
        shutil.rmtree(self.folder, ignore_errors=True)

    def db(self, name="evidence.citable"):
        return os.path.join(self.folder, name)

    def command(self, *args, db="evidence.citable"):
        command = [self.program, args[0]]
        if args[0] not in ("text", "extract"):
            command += ["--db", self.db(db)]
        return command + list(args[1:])

    def run(self, *args, db="evidence.citable", env=None, timeout=300, **more):
        return subprocess.run(self.command(*args, db=db), cwd=self.folder, capture_output=True, timeout=timeout,
                              env={**os.environ, "NO_COLOR": "1", **(env or {})}, **more)


TABLES = {
    "documents": "sha256, file_sha256, path, member, size, reader, version, title, authors, publisher, date, url, language, pages, passages, figures, hash",
    "pages": "number, label, width, height, flags",
    "passages": "page, page_end, number, first, after, source_first, source_after, zone, flags, figure, figures, text, lines, hash",
    "figures": "number, first, after, low, high, kind, qualifier, unit, counted, period, said_by, mark, page, rule, minor, hash",
    "places": "number, name, iso, geonames, role",
    "notes": "number, label, page, text",
    "marks": "number, at, label, note",
    "warnings": "number, code, page, text",
}
OWNER = {"documents": "t.id", "passages": "t.id >> 24", "figures": "t.id >> 24", "places": "t.figure >> 24"}
ORDER = {"documents": "1", "passages": "t.id", "figures": "t.id", "places": "t.figure, t.number"}


def dump(db):
    """Everything an evidence file holds, by path and reading order."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    connection.text_factory = bytes
    rows = []
    for table, columns in TABLES.items():
        columns = ", ".join("t." + c.strip() for c in columns.split(","))
        rows += [(table, *row) for row in connection.execute(
            f"SELECT d.path, d.member, {columns} FROM {table} t JOIN documents d ON d.id = {OWNER.get(table, 't.document')} "
            f"ORDER BY d.path, d.member, {ORDER.get(table, 't.number')}")]
    rows += [("mentions", *row) for row in connection.execute(
        "SELECT d.path, d.member, n.type, n.name, n.class, n.code, n.lat, n.lon, t.passage & 16777215 FROM mentions t JOIN names n ON n.id = t.name "
        "JOIN documents d ON d.id = t.passage >> 24 ORDER BY 1, 2, 3, 4, 5, 6, 9")]
    rows += [("ledger", *row) for row in connection.execute("SELECT path, member, status, code, page, reason, document, size, sha256, version FROM ledger ORDER BY path, member")]
    connection.close()
    return rows


QUERIES = ["displaced", "homicide* honduras", "10,000", "\"armed groups\"", "desplazados", "déplacées"]


def answers(place, db="evidence.citable"):
    """What full text finds: the index itself, which dump() does not see."""
    return [place.run("find", "--format", "jsonl", "--limit", "50", query, db=db).stdout for query in QUERIES]


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")
