#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flips single bytes of an evidence file: no passage or figure is ever shown with other text or another value unless it is marked as damaged.

bitrot.py CITABLE CORPUS [FLIPS]"""
import json
import random
import shutil
import sys
import time

from common import Place, check

FACTS = ("quote", "value", "other_value", "qualifier", "unit", "counted", "period", "page", "label", "text", "sentence", "places")
HEADING = "heading"  # left out where it is damaged itself; never another one


def records(place, db):
    """Figures and passages as users get them: id → what is said; damaged ones apart."""
    out = {}
    for args in (("figures", "--limit", "100000"), ("find", "--limit", "100000", "a*"), ("find", "--limit", "100000", "1*")):
        run = place.run(args[0], "--format", "jsonl", *args[1:], db=db)
        check(run.returncode in (0, 1, 3, 4), f"{args[0]}: exit {run.returncode}: {run.stderr.decode()[-300:]}")
        for line in filter(None, run.stdout.decode().split("\n")): # a flipped bit may be a line separator of Unicode: text within a line
            record = json.loads(line)
            out[args[0], record["id"]] = None if record.get("damaged") or record.get("intact") is False else (json.dumps([record.get(k) for k in FACTS]), record.get(HEADING))
    return out


def main():
    program, corpus, flips = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 60
    random.seed(851)
    began = time.time()
    told = shown = refused = 0
    with Place(program, corpus) as place:
        place.run("ingest", "docs")
        want = records(place, "evidence.citable")
        check(len(want) > 100, "too little to compare")
        for _ in range(flips):
            shutil.copy(place.db(), place.db("rot"))
            with open(place.db("rot"), "r+b") as f:
                size = f.seek(0, 2)
                f.seek(random.randrange(size))
                byte = f.read(1)
                f.seek(-1, 1)
                f.write(bytes([byte[0] ^ 1 << random.randrange(8)]))
            have = records(place, "rot")
            refused += not have
            for key, said in have.items():
                if said is None:
                    told += 1
                elif key in want:
                    shown += 1
                    check(said[0] == want[key][0] and said[1] in (None, want[key][1]), f"{key} shown altered:\n  {want[key]}\n  {said}")
    print(f"{flips} flips: {shown} records as written, {told} told as damaged, {refused} times the file was refused; {time.time() - began:.1f} s")


main()
