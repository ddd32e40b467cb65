#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page that never ends costs that page: the others are read, and the row says which is missing.

pages.py CITABLE CORPUS"""
import json
import os
import sys

from common import Place, check


def pdf(endless):
    """Pages of one sentence each; the `endless` ones draw a form that draws ten forms that draw ten forms …"""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}

    def stream(dictionary, body):
        return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(body), body)

    depth = 12
    for level in range(depth):
        inner = b"/F Do " * 10 if level + 1 < depth else b"BT /T 9 Tf 10 10 Td (x) Tj ET"
        objects[10 + level] = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /F %d 0 R >> /Font << /T 3 0 R >> >>" % (11 + level), inner)
    kids = []
    places = (b"in Choluteca", b"along the river", b"near the border", b"in the capital", b"on the coast", b"in the hills")  # no two alike, or they are running heads
    for number in range(1, 7):
        text = b"BT /T 12 Tf 72 %d Td (%s some %d000 people were counted last year.) Tj ET" % (700 - 60 * number, places[number - 1].capitalize(), number + 40)
        objects[100 + number] = stream(b"", b"/F Do" if number in endless else text)
        objects[200 + number] = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /T 3 0 R >> /XObject << /F 10 0 R >> >> >>" % (100 + number))
        kids.append(b"%d 0 R" % (200 + number))
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = bytearray(b"%PDF-1.5\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    return bytes(out + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start))


def main():
    with Place(sys.argv[1], sys.argv[2], copies=0) as place:
        os.makedirs(place.docs)
        for name, endless in (("good", ()), ("two", (2,)), ("many", (1, 3, 4, 5))):
            with open(os.path.join(place.docs, name + ".pdf"), "wb") as f:
                f.write(pdf(endless))
        run = place.run("ingest", "--page-seconds", "1", "--format", "jsonl", "docs")
        got = {os.path.basename(r["file"]): r for r in map(json.loads, run.stdout.decode().splitlines())}
        figures = {name: r["figures"] for name, r in got.items()}
        check(figures == {"good.pdf": 6, "two.pdf": 5, "many.pdf": 1}, f"figures of the pages that can be read: {figures} {run.stdout.decode()}")
        check(got["two.pdf"]["partial"] and "page 2 stalled" in got["two.pdf"]["reason"] and got["two.pdf"]["page"] == 2, f"a page left out is not told: {got['two.pdf']}")
        check(got["many.pdf"]["partial"] and "those behind it" in got["many.pdf"]["reason"], f"pages left out are not told: {got['many.pdf']}")
        check(got["good.pdf"]["reason"] is None and run.returncode == 0, f"a good file is in doubt: {got['good.pdf']}")
        # what stopped a reader may be gone the next time: it is read once more, and then no more
        statuses = [[r["status"] for r in map(json.loads, place.run("ingest", "--page-seconds", "1", "--format", "jsonl", "docs").stdout.decode().splitlines())] for _ in range(2)]
        check(statuses == [["unchanged", "added", "added"], ["unchanged"] * 3], f"pages left out are read once more: {statuses}")
    print("endless pages are left out, the others read")


if __name__ == "__main__":
    main()
