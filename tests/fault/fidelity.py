#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every quote that is shown stands in its file, at the place that is named: read again by another command, byte for byte; `verify` says the same.

fidelity.py CITABLE CORPUS"""
import json
import os
import shutil
import sqlite3
import sys

from common import Place, check

DAMAGES = (  # of one figure each
    "UPDATE stored_figures SET low = low + 1 WHERE id = (SELECT min(id) FROM stored_figures)",
    "UPDATE figure_rest SET high = 8 WHERE id = (SELECT min(id) FROM figure_rest WHERE high IS NOT NULL)",
    "DELETE FROM figure_rest WHERE id = (SELECT min(id) FROM figure_rest WHERE high IS NOT NULL)",
    "DELETE FROM stored_figures WHERE id = (SELECT max(id) FROM stored_figures)",
)


def main():
    with Place(sys.argv[1], sys.argv[2]) as place:
        run = place.run("ingest", "docs")
        check(run.returncode == 0, f"ingest: {run.returncode} {run.stderr.decode()}")
        texts, quotes, pages = {}, 0, 0
        for args in (("figures", "--limit", "100000"), ("find", "--limit", "100000", "a*"), ("find", "--limit", "100000", "1*")):
            for line in place.run(args[0], "--format", "jsonl", *args[1:]).stdout.decode().splitlines():
                r = json.loads(line)
                if r.get("member"):
                    continue  # of a file that holds several: its text is printed with theirs
                if r["file"] not in texts:
                    texts[r["file"]] = place.run("text", os.path.join(place.folder, r["file"])).stdout
                text = texts[r["file"]]
                quote = r["quote"].encode()
                check(text[r["quote_start"]:r["quote_end"]] == quote, f"{r['id']}: {r['quote']!r} does not stand at its place in {r['file']}: {text[r['quote_start']:r['quote_end']]!r}")
                quotes += 1
                if r["type"] == "figure":
                    check(text[r["start"]:r["end"]] == r["text"].encode(), f"{r['id']}: {r['text']!r} does not stand at its place")
                if r["page"] is not None and b"\f" in text:
                    begins = int(r["id"].split(".")[1])  # a passage may go on on the next page, and its figures with it
                    check(text[:r["quote_start"]].count(b"\f") + 1 == begins, f"{r['id']}: does not begin on page {begins}")
                    check(not r["boxes"] or r["boxes"][0]["page"] == r["page"], f"{r['id']}: is on page {r['page']}, and marked on {r['boxes'][0]['page']}")
                    pages += 1
        check(quotes > 100 and pages > 20, f"too little to compare: {quotes} quotes, {pages} on pages")
        run = place.run("verify")
        check(run.returncode == 0, f"verify: {run.returncode} {run.stdout.decode()[-300:]}")
        for sql in DAMAGES:
            shutil.copy(place.db(), place.db("damaged"))
            with sqlite3.connect(place.db("damaged")) as db:
                check(db.execute(sql).rowcount == 1, f"nothing to damage: {sql}")
            db.close()
            run = place.run("verify", "--format", "jsonl", db="damaged")
            lost = [r["lost_figures"] for r in map(json.loads, run.stdout.decode().splitlines()) if r["status"] == "damaged"]
            check(run.returncode == 1 and lost == [1], f"verify passes over a figure that is another: {sql}: {run.returncode} {lost}")
        changed = os.path.join(place.docs, "00", "homicide-note.txt")
        with open(changed, "ab") as f:
            f.write(b"Another line.\n")
        run = place.run("verify")
        check(run.returncode == 1 and b"homicide-note.txt" in run.stdout, f"verify passes over a changed file: {run.returncode} {run.stdout.decode()[-300:]}")
    print(f"{quotes} quotes stand at their places, {pages} of them on the pages that are named")


main()
