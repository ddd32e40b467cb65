#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what citable reads in the sample corpus with what a reader found in it, and fails below the floors.

  gold.py CITABLE CORPUS-FOLDER [--list]

corpus/gold/NAME.jsonl holds the figures of corpus/documents/NAME, one a line, in reading order. A figure is found when one of the same value is
printed for that document and neither has another partner. What is printed beyond them counts as wrong, unless it is marked minor. An
"optional" one is neither missed nor wrong. A field is compared where the gold states it; a note also where there is none.
--list names each miss, each surplus figure and each field that differs. Exit status: 0 at or above every floor, 1 below one.
"""
import argparse
import json
import os
import subprocess
import sys

# A floor is what the program has reached, a little rounded down; it is raised with the work and never lowered to pass.
FLOORS = {"recall": 0.99, "precision": 0.99, "kind": 0.94, "unit": 0.90, "qualifier": 0.98, "period": 0.93, "places": 0.96, "note": 0.90}


def bounds(figure):
    value = figure["value"]
    return (value[0], value[-1]) if isinstance(value, list) else (value, value)


def same_value(a, b):
    return all(abs(x - y) <= 1e-9 * max(1.0, abs(x), abs(y)) for x, y in zip(bounds(a), bounds(b)))


def names(figure):
    return {p["name"] if isinstance(p, dict) else p for p in figure["places"]}


def same_period(a, b):
    """Equal, or one of them says the same more closely: 2014 and 2014-12."""
    return bool(b) and (a == b or b.startswith(a + "-") or a.startswith(b + "-"))


# field → (is it stated?, do they agree?)
FIELDS = {
    "kind": (lambda g: g["kind"], lambda g, p: g["kind"] == p["kind"]),
    "unit": (lambda g: g["unit"], lambda g, p: g["unit"] == p["unit"]),
    "qualifier": (lambda g: True, lambda g, p: g["qualifier"] == p["qualifier"]),
    "period": (lambda g: g["period"], lambda g, p: same_period(g["period"], p["period"])),
    "places": (lambda g: g["places"], lambda g, p: bool(names(g) & names(p))),
    "note": (lambda g: True, lambda g, p: (g["note"] or "") == (p["note"] or "")),
}


def read(program, path):
    run = subprocess.run([program, "extract", "--format", "jsonl", path], capture_output=True, text=True, check=True)
    return [m for m in map(json.loads, run.stdout.splitlines()) if m["type"] == "figure"]


def pair(gold, printed):
    """Partners in reading order where possible: (gold, printed) and what is left of both."""
    pairs, missed, left = [], [], list(printed)
    at = 0
    for g in gold:
        order = list(range(at, len(left))) + list(range(at))
        hit = next((i for i in order if same_value(g, left[i])), None)
        if hit is None:
            missed.append(g)
        else:
            pairs.append((g, left.pop(hit)))
            at = hit
    return pairs, missed, left


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("corpus")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    found = wanted = surplus = 0
    stated, right = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0)
    folder = os.path.join(args.corpus, "gold")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as lines:
            gold = [json.loads(line) for line in lines]
        document = name[: -len(".jsonl")]
        pairs, missed, left = pair([g for g in gold if not g.get("optional")], read(args.program, os.path.join(args.corpus, "documents", document)))
        left = pair([g for g in gold if g.get("optional")], left)[2]
        wrong = [p for p in left if not p["minor"]]
        found, wanted, surplus = found + len(pairs), wanted + len(pairs) + len(missed), surplus + len(wrong)
        for g, p in pairs:
            for field, (asks, agree) in FIELDS.items():
                if not asks(g):
                    continue
                stated[field] += 1
                right[field] += agree(g, p)
                if args.list and not agree(g, p):
                    print(f"  {document}: {g['text']!r}: {field}: want {g[field]!r}, got {p[field]!r}  [{p['rule']}]")
        for g in missed if args.list else []:
            print(f"  {document}: missed {g['text']!r} = {g['value']}")
        for p in wrong if args.list else []:
            print(f"  {document}: surplus {p['text']!r} = {p['value']}  [{p['rule']}]  {p.get('sentence', '')[:90]}")
    score = {"recall": found / wanted, "precision": found / (found + surplus), **{f: right[f] / stated[f] for f in FIELDS}}
    below = [k for k, floor in FLOORS.items() if score[k] < floor]
    for key, value in score.items():
        print(f"{'FAIL' if key in below else 'ok  '} {key:10} {value:.3f} (floor {FLOORS[key]:.2f})")
    print(f"{found} of {wanted} figures found, {surplus} beyond them")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
