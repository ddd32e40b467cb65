#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One worker or four, another locale and time zone, in two steps, twice: the same evidence. Then what changes, moves and doubles.

determinism.py CITABLE CORPUS"""
import os
import shutil
import sys

import json

from common import Place, answers, check, dump


def results(run):
    return {os.path.basename(r["file"]): r for r in map(json.loads, run.stdout.decode().splitlines())}


def same_whatever_the_order(place):
    place.run("ingest", "--jobs", "1", "docs", db="one")
    want, found = dump(place.db("one")), answers(place, "one")
    place.run("ingest", "--jobs", "4", "docs", db="four", env={"LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"})
    check(dump(place.db("four")) == want, "four workers wrote something else")
    check(answers(place, "four") == found, "four workers find something else")
    names = sorted(os.listdir(os.path.join(place.docs, "00")), reverse=True)
    for name in names:
        place.run("ingest", os.path.join("docs/00", name), db="steps")
    check(dump(place.db("steps")) == want, "one file after the other, backwards, wrote something else")
    check(answers(place, "steps") == found, "one file after the other, backwards, finds something else")
    again = place.run("ingest", "--format", "jsonl", "docs", db="one")
    check(all(r["status"] in ("unchanged", "skipped", "failed") for r in results(again).values()), "a second run read something again")
    place.run("ingest", "--again", "docs", db="one")
    check(dump(place.db("one")) == want and answers(place, "one") == found, "reading all again wrote something else")


def follows_changes(place):
    first = os.path.join(place.docs, "00", "news-haiti.html")
    os.utime(first)
    touched = results(place.run("ingest", "--format", "jsonl", "docs"))["news-haiti.html"]
    check(touched["status"] == "added", "the first run did not read")
    os.utime(first, (1, 1))
    touched = results(place.run("ingest", "--format", "jsonl", "docs"))["news-haiti.html"]
    check(touched["status"] == "unchanged", "a file that was only touched was read again")
    place.run("describe", touched["id"], "--title", "What a person knows")
    twin = os.path.join(place.docs, "00", "zz-twin.html")
    shutil.copy(first, twin)
    run = results(place.run("ingest", "--format", "jsonl", "docs"))
    check(run["zz-twin.html"]["code"] == "duplicate" and "news-haiti.html" in run["zz-twin.html"]["reason"], "a duplicate was not told")
    with open(first, "a", encoding="utf-8") as f:
        f.write("<p>Some 12,345 others came later, said the mayor.</p>\n")
    run = place.run("ingest", "--format", "jsonl", "docs")
    lines = [json.loads(line) for line in run.stdout.decode().splitlines()]
    check([r["status"] for r in lines if r["file"].endswith("zz-twin.html")][-1] == "added", "a duplicate whose original changed was not read")
    check([r["status"] for r in lines if r["file"].endswith("news-haiti.html")] == ["added"], "a changed file was not read again")
    os.rename(twin, os.path.join(place.docs, "00", "moved.html"))
    verify = place.run("verify", "--format", "jsonl")
    moved = [r for r in map(json.loads, verify.stdout.decode().splitlines()) if r["status"] == "moved"]
    check(len(moved) == 1 and moved[0]["where"].endswith("moved.html") and moved[0]["lost"] == 0 and verify.returncode == 0, "verify does not find a moved file")
    run = results(place.run("ingest", "--format", "jsonl", "docs"))
    check(run["moved.html"]["status"] == "added", "a moved file is not taken over")
    titles = [json.loads(line).get("title") for line in place.run("status", "--format", "jsonl").stdout.decode().splitlines()]
    check("What a person knows" in titles, "a correction was lost")
    os.remove(os.path.join(place.docs, "00", "moved.html"))
    with open(first, "a", encoding="utf-8") as f:
        f.write("<p>More.</p>")
    verify = place.run("verify", "--format", "jsonl")
    states = sorted(r["status"] for r in map(json.loads, verify.stdout.decode().splitlines()) if r["status"] != "unchanged")
    check(states == ["changed", "gone"] and verify.returncode == 1, f"verify says {states}")


def main():
    with Place(sys.argv[1], sys.argv[2]) as place:
        same_whatever_the_order(place)
    with Place(sys.argv[1], sys.argv[2]) as place:
        follows_changes(place)
    print("the same evidence in every order; changes, moves and duplicates followed")


main()
