#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What another reader finds in a figure's boxes is the figure's printed text: the boxes are at its place, and hold nothing else.

boxes.py CITABLE FOLDER [--list]

The other reader is `pdftotext -bbox`: each word with its box. A note mark that was taken out may stand in the boxes, a word divided at a line's end keeps its hyphen there."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata

SKIPPED = 77
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.S)


def words_of(path):
    """Words of each page: (x0, y0, x1, y1, text)."""
    out = subprocess.run(["pdftotext", "-bbox", "-cropbox", path, "-"], capture_output=True, timeout=300).stdout.decode("utf-8", "replace")
    return [[(*map(float, m.groups()[:4]), html.unescape(m[5])) for m in WORD.finditer(page)] for page in out.split("<page ")[1:]]


def plain(text):
    """Letters and digits alone, compatibility forms unfolded, so that ligatures and spaces of either reader do not count."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum() or c in "%$€£").casefold()


def under(box, words):
    """The characters whose middle is in the box; a word's share its width alike."""
    x0, y0, x1, y1 = box
    found = []
    for a0, b0, a1, b1, text in sorted(words):
        if a1 <= x0 or a0 >= x1 or not y0 - 1 <= (b0 + b1) / 2 <= y1 + 1:
            continue
        step = (a1 - a0) / max(1, len(text))
        found.append("".join(c for i, c in enumerate(text) if x0 - 1 <= a0 + (i + 0.5) * step <= x1 + 1))
    return "".join(found)


def touched(box, words):
    """The whole words that the box touches; those of a box that stands upright are printed up the page."""
    x0, y0, x1, y1 = box
    upright = y1 - y0 > 1.5 * (x1 - x0)
    order = sorted(words, key=lambda word: -word[3]) if upright else sorted(words)
    return "".join(text for a0, b0, a1, b1, text in order
                   if a1 > x0 + 0.5 and a0 < x1 - 0.5 and (y0 - 1 <= (b0 + b1) / 2 <= y1 + 1))


def same(figure, marks, pages):
    """None: the same; else what the other reader finds. Words of uneven letters are not cut at the right place: then the whole words that the boxes touch
    must hold the text. marks: the note marks that were taken out of it or stand at its end, and may stand in its boxes."""
    wanted = plain(figure["text"])
    at = figure.get("box_pages") or [figure["page"]] * len(figure["boxes"])
    for find in (under, touched):
        got = plain("".join(find(box, pages[page - 1] if page <= len(pages) else []) for box, page in zip(figure["boxes"], at)))
        with_marks = "".join(".*?" + re.escape(c) for c in wanted) if marks else None
        if wanted == got or (find is touched and wanted in got):
            return None
        if marks and (match := re.search(with_marks, got)) and sorted(left_over(match.group(), wanted)) == sorted(left_over(plain("".join(marks)), "")):
            return None
    return got


def left_over(got, wanted):
    """The characters of `got` beside those of `wanted`, which stand in it in this order."""
    rest, at = [], 0
    for c in got:
        if at < len(wanted) and c == wanted[at]:
            at += 1
        else:
            rest.append(c)
    return rest


def main():
    citable, folder = sys.argv[1:3]
    if not shutil.which("pdftotext"):
        sys.exit(SKIPPED)
    paths = [os.path.join(at, name) for at, _, names in sorted(os.walk(folder)) for name in sorted(names) if name.lower().endswith(".pdf")]
    checked, wrong = 0, []
    for path in paths:
        run = subprocess.run([citable, "extract", "--ocr", "never", "--format", "jsonl", path], capture_output=True, timeout=600)
        rows = [json.loads(line) for line in run.stdout.decode().splitlines()]
        notes = [row for row in rows if row["type"] == "note"]
        pages = words_of(path)
        for figure in rows:
            if figure["type"] != "figure":
                continue
            checked += 1
            found = same(figure, [note["mark"] for note in notes if figure["start"] < note["start"] <= figure["end"]], pages)
            if found is not None:
                wrong.append((os.path.basename(path), figure["page"], figure["text"], found, figure["boxes"]))
    for row in wrong:
        print(*row, sep="\t")
    print(f"{checked} figures, {len(wrong)} whose boxes hold another text")
    sys.exit(1 if wrong or not checked else 0)


main()
