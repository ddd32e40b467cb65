# SPDX-License-Identifier: GPL-3.0-or-later
"""An evidence file of a million passages: what it costs to make, to add to, to pass over and to ask; each question a whole process, as a person asks."""
import collections
import os
import re
import sqlite3
import statistics
import time

import growth
import measure

PASSAGES = int(os.environ.get("CITABLE_BENCH_PASSAGES", "1000000")) # fewer, to try the bench itself
FILES = PASSAGES // 100 # that are unchanged
QUESTIONS = 40    # of each kind
STATISTICS = 100  # of the draft
COUNTED = ["people", "children", "women", "countries", "cases", "deaths", "families"]
NAMED = ["Guinea", "Honduras", "Mexico", "Liberia", "South Sudan", "Afghanistan", "Sierra Leone", "El Salvador", "Haiti"]
STOP = set("with that from this have were which their been also will other more than these such into through would should between about under where para como pour dans".split())


def words_of(setup):
    """The words that most passages have: the hardest ones to rank."""
    counts = collections.Counter()
    with open(setup.passages(), encoding="utf-8") as lines:
        for line in lines:
            counts.update(set(re.findall(r"[a-z]{4,}", line)))
    return [word for word, _ in counts.most_common(QUESTIONS * 2) if word not in STOP][:QUESTIONS]


def draft(setup, db):
    """Passages of the file, until they have a hundred statistics that each may be held against it."""
    path, left = setup.path("draft.md"), STATISTICS
    with sqlite3.connect(f"file:{db}?immutable=1", uri=True) as store, open(path, "w", encoding="utf-8") as out:
        rows = store.execute("SELECT p.text, count(*) FROM figures f JOIN passages p ON p.id = f.passage WHERE NOT f.minor AND f.counted IS NOT NULL GROUP BY p.id HAVING count(*) <= 3 ORDER BY p.id")
        while left > 0 and (passage := rows.fetchone()):
            out.write(re.sub(r"^\d+ ", "", passage[0]) + "\n\n")
            left -= passage[1]
    return path


def forget(db):
    """Out of the system's page cache, as on the first question of a day."""
    with open(db, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def series(commands, db, cold):
    costs = []
    for command in commands:
        if cold:
            forget(db)
        costs.append(measure.run(*command, okay=(0, 1)))
    return costs


def row(name, costs):
    def point(values, share):
        return sorted(values)[min(len(values) - 1, int(len(values) * share))]
    return {"name": name, "n": len(costs), "memory": max(c.memory for c in costs),
            **{f"{what} {label}": 1000 * (statistics.median(values) if label == "median" else point(values, .95))
               for what, values in (("cpu", [c.cpu for c in costs]), ("wall", [c.wall for c in costs])) for label in ("median", "p95")}}


def kinds_of(setup, db):
    words = words_of(setup)
    places = ["SV", "HN", "GT", "MX", "AF", "GN", "LR", "SL", "FR", "ES"]

    def ask(i):
        return [setup.citable, "ask", "--db", db, f"How many {COUNTED[i % len(COUNTED)]} were there in {NAMED[i % len(NAMED)]} in {2012 + i % 12}?"]

    return {
        "find, a common word": [[setup.citable, "find", "--db", db, word] for word in words],
        "find, two common words": [[setup.citable, "find", "--db", db, f"{a} {b}"] for a, b in zip(words, words[1:] + words[:1])],
        "find, five common words, any of them": [[setup.citable, "find", "--any", "--db", db, *(words[(i + j) % len(words)] for j in range(5))] for i in range(len(words))],
        "figures, a place and years": [[setup.citable, "figures", "--db", db, "--place", places[i % len(places)], "--period", f"{2005 + i % 15}..2024", word]
                                       for i, word in enumerate(words)],
        "ask": [ask(i) for i in range(QUESTIONS)],
        "check, a draft of 100 statistics": [[setup.citable, "check", "--db", db, draft(setup, db)]] * 3,
    }


def unchanged(setup):
    """Small files, read once and passed over the second time. Their times are set back: files that changed within two seconds before they were read are read again."""
    folder = setup.path("unchanged")
    os.makedirs(folder)
    made = time.time() - 3600
    for i in range(FILES):
        path = os.path.join(folder, f"{i:05d}.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"In May 2021, some {1000 + i:,} people fled the district, the mayor said.\n")
        os.utime(path, (made, made))
    db = setup.path("unchanged.citable")
    setup.ingest([folder], db=db)
    return [setup.ingest([folder], db=db)[0] for _ in range(3)]


def measure_all(setup, rounds):
    db = setup.path("million.citable")
    began = time.perf_counter()
    made, _ = setup.ingest(growth.write_volumes(setup, PASSAGES), db=db)
    text = sqlite3.connect(f"file:{db}?immutable=1", uri=True).execute("SELECT sum(length(CAST(text AS BLOB))) FROM passages").fetchone()[0]
    result = {"passages": PASSAGES, "rows": [],
              "made": {"cpu": made.cpu, "wall": time.perf_counter() - began, "memory": made.memory, "bytes": os.path.getsize(db), "of its text": os.path.getsize(db) / text}}
    one_more = []
    for i in range(max(rounds, 5)):
        path = setup.path(f"more-{i}.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"In May 2021, some {9000 + i:,} people fled the district, the mayor said.\n")
        one_more.append(setup.ingest([path], db=db)[0])
    result["rows"].append(row("ingest, one document more", one_more))
    for name, commands in kinds_of(setup, db).items():
        series(commands, db, False) # the series before ended cold: what these ask for must lie in memory, too
        result["rows"].append(row(name, series(commands, db, False)))
        result["rows"].append(row(name + ", cold", series(commands[:10], db, True)))
    result["rows"].append(row(f"ingest, {FILES} unchanged files", unchanged(setup)))
    return result
