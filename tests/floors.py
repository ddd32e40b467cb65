#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the measures over labelled material and fails when one falls below its floor.

  floors.py MEASURE.PY CITABLE

A floor is what the program has reached, a little rounded down; it is raised with the work and never lowered to pass.
"""
import json
import subprocess
import sys

# measure → path of keys in its JSON → floor. The F1 of the note marks is held where it is: the labelled half lists 105 of the report's 232
# marks, so that every other mark read rightly counts as wrong; recall says how well they are read.
FLOORS = {
    "report": {("figure", "f1"): 0.97, ("figure", "fields", "kind"): 0.95, ("figure", "fields", "qualifier"): 0.95, ("figure", "fields", "period"): 0.90,
               ("figure", "fields", "places"): 0.80, ("figure", "fields", "note"): 0.95, ("figure", "fields", "counted"): 0.90,
               ("note", "f1"): 0.99, ("location", "f1"): 0.97, ("actor", "f1"): 0.95},
    "news": {("value", "F1"): 0.88, ("value+qualifier", "F1"): 0.86, ("value+unit", "F1"): 0.85},
    "displacement": {("figure found with its value",): 0.92, ("people or households right, of those",): 0.94},
    "places": {("F1",): 0.94, ("on the map within 161 km, of those found",): 0.94},
    "articles": {("F1",): 0.97},
    "notes": {("paragraphs verbatim",): 0.88, ("marks", "R"): 0.95, ("marks", "F1"): 0.59, ("note text right, of all marks",): 0.88},
    "ask": {("top 1, all that are stated",): 0.85},
    "check": {("verdict right",): 0.93, ("precision of 'supported'",): 0.95, ("precision of 'differs'",): 0.90, ("passage right, of those",): 0.94},
    "hostile": {},
}

# measure → keys in its JSON that must be exactly this
EXACTLY = {"hostile": {"lost": (0,), "exit status (0 or 3 is right)": (0, 3)}, "check": {"not read at all": (0,)}}


def rows(what, result):
    """(name, value, what is wanted, is it so?)"""
    for keys, floor in FLOORS[what].items():
        value = result
        for key in keys:
            value = value[key]
        yield " ".join(keys), value, f"floor {floor}", value >= floor
    for key, right in EXACTLY.get(what, {}).items():
        yield key, result[key], " or ".join(map(str, right)), result[key] in right


def main():
    measure, program = sys.argv[1:3]
    failed = 0
    for what in FLOORS:
        run = subprocess.run([sys.executable, measure, what, "--json", "--bin", program], capture_output=True, text=True)
        if run.returncode != 0:
            print(f"{what}: the measure itself failed: {run.stderr.strip()[-300:]}")
            failed += 1
            continue
        result = json.loads(run.stdout)[what]
        for name, value, wanted, ok in rows(what, result):
            failed += not ok
            print(f"{'ok  ' if ok else 'FAIL'} {what} {name}: {value} ({wanted})")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
