#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the measures over labelled material and fails when one falls below its floor.

  floors.py MEASURE.PY CITABLE

A floor is what the program has reached, a little rounded down; it is raised with the work and never lowered to pass.
"""
import json
import subprocess
import sys

# measure → path of keys in its JSON → floor
FLOORS = {
    "report": {("figure", "f1"): 0.85, ("note", "f1"): 0.97, ("location", "f1"): 0.90, ("actor", "f1"): 0.75},
    "news": {("value", "F1"): 0.80},
    "displacement": {("figure found with its value",): 0.88},
    "places": {("F1",): 0.70},
    "articles": {("F1",): 0.90},
    "notes": {("paragraphs verbatim",): 0.85, ("marks", "F1"): 0.90},
}


def main():
    measure, program = sys.argv[1:3]
    failed = 0
    for what, floors in FLOORS.items():
        run = subprocess.run([sys.executable, measure, what, "--json", "--bin", program], capture_output=True, text=True)
        if run.returncode != 0:
            print(f"{what}: the measure itself failed: {run.stderr.strip()[-300:]}")
            failed += 1
            continue
        result = json.loads(run.stdout)[what]
        for keys, floor in floors.items():
            value = result
            for key in keys:
                value = value[key]
            ok = value >= floor
            failed += not ok
            print(f"{'ok  ' if ok else 'FAIL'} {what} {' '.join(keys)}: {value} (floor {floor})")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
