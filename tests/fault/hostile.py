#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damaged and hostile files in one run: each ends in one line, none stops the run, none is lost, and none is without text in silence.

hostile.py CITABLE CORPUS"""
import collections
import io
import json
import os
import random
import sqlite3
import sys
import tarfile
import time
import zipfile
import zlib

from common import Place, check
from pages import pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD = f"<w:document {W}><w:body><w:p><w:r><w:t>Some 851 people came.</w:t></w:r></w:p></w:body></w:document>"


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in members:
            z.writestr(name, content)
    return out.getvalue()


def tar(*members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as t:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
    return out.getvalue()


def stream_bomb():
    """A page whose content is 64 MB of operators in 64 kB."""
    body = zlib.compress(b"q Q " * (16 << 20), 9)
    return pdf(()).replace(b"endobj\n", b"endobj\n300 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(body), body), 1).replace(
        b"/Contents 101 0 R", b"/Contents 300 0 R", 1)


def nested(depth):
    inner = zipped(("note.txt", "Some 851 people came in 2014."))
    for level in range(depth):
        inner = zipped((f"{level}.zip", inner))
    return inner


def made():
    """name → bytes, and the code of its row where it can only be one."""
    row = lambda content, code=None: (content, code)
    return {
        "empty.pdf": row(b"", "empty"),
        "zeros.txt": row(bytes(5000)),
        "no-pages.pdf": row(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n", "empty"),
        "endless-form.pdf": row(pdf((2,)), "page-unfinished"),
        "stream-bomb.pdf": row(stream_bomb()),
        "bomb.docx": row(zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", WORD.replace("851", "8" * (300 << 20)))), "limit"),
        "bomb.zip": row(zipped(("zeros.txt", "0" * (300 << 20)))),
        "twins.docx": row(zipped(("word/document.xml", WORD), ("word/documenx.xml", WORD)).replace(b"documenx", b"document"), "format"),
        "nested.zip": row(nested(12)),
        "climbing.zip": row(zipped(("../../../../etc/passwd.txt", "Some 851 people came in 2014."))),
        "climbing.tgz": row(tar(("/etc/passwd.txt", b"Some 851 people came in 2014."))),
        "cut.tgz": row(tar(("note.txt", b"Some 851 people came in 2014."), ("noise.txt", random.Random(1).randbytes(200000)))[:-100000]),
        "entities.xml": row(b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title><item><title>x</title></item></channel></rss>', "format"),
        "outside.xml": row(b'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]><article><body><p>&a; 851 people</p></body></article>', "format"),
        "deep.html": row(b"<html><body>" + b"<div>" * 200000 + b"Some 851 people came in 2014."),
        "deep.json": row(b'{"articleBody":' + b"[" * 200000),
        "deep.xml": row(b"<rss><channel>" + b"<a>" * 100000 + b"</channel></rss>"),
        "wide.html": row(b"<html><body><p>" + b"<b>8</b>" * 200000 + b"</p></body></html>"),
        "one-line.txt": row(b"851 people " * 200000),
        "marks.md": row(b"[" * 60000 + b"*" * 60000 + b"> " * 30000),
        "bars.md": row(b"|" * 100000 + b"\n" + b"|-" * 50000),
        "digits.txt": row(b"8" * 1000000 + b" people"),
        "surrogates.txt": row("Some 851 people \U0001f600 came.".encode("utf-16-le") * 2000 + b"\xd8\xd8"),
        "bidi.txt": row("\u202e158 elpoep\u202c came; 8\u200b51 people, 8\u00ad51, ８５１.\n".encode() * 200),
    }


def damaged(name, content, chance):
    """Cut short, overwritten, with a hole, and under another name."""
    for part in (1, 3, 6, 9):
        yield f"cut-{part}-{name}", content[:len(content) * part // 10]
    for number in range(6):
        changed = bytearray(content)
        for _ in range(1 << number):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield f"bytes-{number}-{name}", bytes(changed)
    middle = len(content) // 2
    yield f"hole-{name}", content[:middle // 2] + content[middle:]
    yield f"twice-{name}", content + content
    yield f"{name}.{'pdf' if not name.endswith('.pdf') else 'html'}", content[:-1] + b"\n "


def main():
    began, chance = time.time(), random.Random(851)
    with Place(sys.argv[1], sys.argv[2]) as place:
        sources = os.path.join(place.docs, "00")
        odd = os.path.join(place.folder, "hostile")
        os.makedirs(odd)
        expected = made()
        files = {name: content for name, (content, _) in expected.items()}
        for name in sorted(os.listdir(sources)):
            with open(os.path.join(sources, name), "rb") as f:
                files.update(damaged(name, f.read(), chance))
        for name, content in files.items():
            with open(os.path.join(odd, name), "wb") as f:
                f.write(content)
        run = place.run("ingest", "--ocr", "never", "--page-seconds", "4", "--format", "jsonl", "hostile")
        rows = [json.loads(line) for line in run.stdout.decode().splitlines()]
        check(run.returncode in (0, 3), f"exit {run.returncode}: {run.stderr.decode()[-400:]}")
        seen = {os.path.basename(r["file"]) for r in rows}
        check(seen == set(files), f"lost: {sorted(set(files) - seen)}; not ours: {sorted(seen - set(files))}")
        for r in rows:
            name = os.path.basename(r["file"])
            check(r["status"] in ("added", "failed", "skipped"), f"{name}: {r['status']}")
            check(r["reason"] or (r["status"] == "added" and not r["partial"]), f"{name}: {r['status']} without a reason")
            check(not r["reason"] or "\n" not in r["reason"], f"{name}: more than a line: {r['reason']}")
            check(not r["reason"] or "root:" not in r["reason"], f"{name}: reads other files")
        for name, (_, code) in expected.items():
            codes = [r["code"] for r in rows if os.path.basename(r["file"]) == name]
            check(not code or code in codes, f"{name}: {codes} instead of {code}")
        records = [json.loads(line) for line in place.run("status", "--format", "jsonl").stdout.decode().splitlines()]
        check(records[0]["seen"] == sum(records[0]["ledger"].values()), f"the ledger does not add up: {records[0]}")
        connection = sqlite3.connect(place.db())
        kept = {os.path.basename(path) for path, in connection.execute("SELECT path FROM ledger")}
        check(set(files) <= kept and records[0]["seen"] >= len(files), f"the ledger lacks {sorted(set(files) - kept)}: {records[0]}")
        silent = connection.execute("SELECT d.path FROM documents d JOIN ledger l ON l.document = d.sha256 WHERE d.passages = 0 AND l.reason IS NULL").fetchall()
        connection.close()
        check(not silent, f"no text, and not a word of it: {silent}")
        check(b"root:" not in place.run("find", "--format", "jsonl", "root").stdout, "a file of the system was read")
        counts = collections.Counter(r["status"] for r in rows)
    print(f"{len(files)} damaged and hostile files, {dict(counts)}, none lost; {time.time() - began:.1f} s")


main()
