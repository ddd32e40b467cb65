#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of the words that another reader finds in PDFs, none is lost and none is read twice.

recall.py CITABLE FOLDER [--list]

The other reader is `pdftotext`. What is set apart on purpose is not lost: note marks, and lines at the edges of pages that stand there again on another page or
number it. Words that one of the two joins ("ori- gin", "8511" for 851 with note 1) are the same words."""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata

SKIPPED = 77
RECALL, TWICE = 0.999, 0.0002 # of all words together. Of 98 reports: 0.9995 and 0.00004
FEW, RECALL_OF_FEW = 100000, 0.99 # words of the sample corpus: heads that a file of two pages prints once are counted as lost here, and weigh more
JOINED = 6                    # parts of one word
EDGE = 6                      # lines at either edge of a page that may be running heads
NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff"))
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"[\W#ivxlc]*|(page|página|p\.)?\W*#(\W*(of|de|sur|/)\W*#)?", re.I)


def words_of(text):
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(NO_WIDTH)).casefold())


def running(pages):
    """Words of the lines at the edges of pages that stand on another page too, digits aside, or are a page's number."""
    edges, seen = [], collections.Counter()
    for page in pages:
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        at = sorted({*range(min(EDGE, len(lines))), *range(max(0, len(lines) - EDGE), len(lines))})
        edges.append([(re.sub(r"\d+", "#", lines[i]), lines[i]) for i in at])
        seen.update({key for key, _ in edges[-1]})
    found = collections.Counter()
    for lines in edges:
        for key, line in lines:
            if seen[key] > 1 or NUMBER.fullmatch(key):
                found.update(words_of(line))
    return found


def match_joined(sequence, parts, wholes):
    """Takes neighbours of `sequence` that are one word of `wholes` out of both."""
    at = 0
    while at < len(sequence):
        for count in range(2, JOINED + 1):
            whole = "".join(sequence[at:at + count])
            if wholes[whole] > 0 and any(parts[word] > 0 for word in sequence[at:at + count]):
                for word in sequence[at:at + count]:
                    parts[word] -= parts[word] > 0
                wholes[whole] -= 1
                at += count
                break
        else:
            at += 1


def match_marks(lost, extra, marks):
    """Takes words with a mark glued to them, and marks by themselves, out of what is lost."""
    for word in list(lost):
        for mark in [m for m in marks if word.endswith(m) and len(word) > len(m)]:
            count = min(lost[word], extra[word[:-len(mark)]], marks[mark])
            for counter, key in ((lost, word), (extra, word[:-len(mark)]), (marks, mark)):
                counter[key] -= count
    lost.subtract({word: min(lost[word], marks[word]) for word in lost if word in marks})


def compare(citable, path):
    """Words of the other reader; those lost; those too many."""
    theirs = subprocess.run(["pdftotext", path, "-"], capture_output=True, timeout=600).stdout.decode("utf-8", "replace")
    ours = subprocess.run([citable, "text", "--ocr", "never", path], capture_output=True, timeout=600).stdout.decode("utf-8", "replace")
    rows = subprocess.run([citable, "extract", "--ocr", "never", "--format", "jsonl", path], capture_output=True, timeout=600).stdout.decode().splitlines()
    marks = collections.Counter(word for row in map(json.loads, rows) if row["type"] == "note" for word in words_of(row["mark"]))
    expected, got = words_of(theirs), words_of(ours)
    lost, extra = collections.Counter(expected), collections.Counter(got)
    both = lost & extra
    lost, extra = lost - both, extra - both
    match_joined(expected, lost, extra)
    match_joined(got, extra, lost)
    match_marks(lost, extra, marks)
    return len(expected), +lost - running(theirs.split("\f")), +extra


def main():
    citable, folder = sys.argv[1:3]
    if not shutil.which("pdftotext"):
        sys.exit(SKIPPED)
    paths = [os.path.join(at, name) for at, _, names in sorted(os.walk(folder)) for name in sorted(names) if name.lower().endswith(".pdf")]
    total = missing = twice = 0
    for path in paths:
        words, lost, extra = compare(citable, path)
        total += words
        missing += lost.total()
        twice += extra.total()
        if "--list" in sys.argv and (lost or extra):
            print(os.path.basename(path), f"{words} words", "lost:", *lost.elements(), "too many:", *extra.elements())
    print(f"{total} words of {len(paths)} files, {missing} lost, {twice} too many")
    recall = RECALL_OF_FEW if total < FEW else RECALL
    sys.exit(0 if total and missing <= (1 - recall) * total and twice <= TWICE * total else 1)


main()
