# SPDX-License-Identifier: GPL-3.0-or-later
"""How cost grows: with the pages of a document, with documents, with the passages that are in the evidence file already."""
import os
import random
import statistics

import measure

STEPS = [1000, 4000, 16000, 64000]  # passages
VOLUME = 1000                       # passages of one file


def median_of(rounds, function):
    return statistics.median(function() for _ in range(rounds))


def pages(setup, rounds):
    """One document into a new evidence file: [pages, CPU seconds]."""
    step = max(1, len(setup.files) // 24)
    chosen = setup.files[::step]
    return sorted([measure.pages_of(f), median_of(rounds, lambda f=f: setup.ingest([f], "--jobs", "1")[0].cpu)] for f in chosen)


def documents(setup, rounds):
    """The first so many documents: [documents, CPU seconds]."""
    counts = sorted({max(1, len(setup.files) * i // 6) for i in range(1, 7)})
    return [[n, median_of(rounds, lambda n=n: setup.ingest(setup.files[:n], "--jobs", "1")[0].cpu)] for n in counts]


def write_volumes(setup, total):
    """Files of passages, shuffled from those of the real documents, each with a number of its own; returns their paths."""
    with open(setup.passages(), encoding="utf-8") as lines:
        real = [line for line in lines if 40 < len(line) < 600]
    order = random.Random(7)
    paths = []
    for volume in range(0, total, VOLUME):
        paths.append(setup.path(f"volume-{volume}.txt"))
        with open(paths[-1], "w", encoding="utf-8") as out:
            for i in range(min(VOLUME, total - volume)):
                out.write(f"{volume + i} {order.choice(real)}\n")
    return paths


def passages(setup, rounds):
    """[passages, CPU of one more document, of a run over unchanged files, of a search]."""
    db, series = setup.path("grown.citable"), []
    volumes = write_volumes(setup, STEPS[-1])
    for size in STEPS:
        setup.ingest(volumes[:size // VOLUME], db=db)
        one_more = []
        for i in range(rounds):
            path = setup.path(f"more-{size}-{i}.txt")
            with open(path, "w", encoding="utf-8") as out:
                out.write(f"In May 2021, some {size + i:,} people fled the district, the mayor said.\n")
            one_more.append(setup.ingest([path], db=db)[0].cpu)
        same = median_of(rounds, lambda: setup.ingest(volumes[:size // VOLUME], db=db)[0].cpu)
        find = median_of(rounds, lambda: measure.run(setup.citable, "find", "--db", db, "children", okay=(0, 1)).cpu)
        series.append([size, statistics.median(one_more), same, find])
    os.remove(db)
    return series


def measure_all(setup, rounds):
    return {"pages": pages(setup, rounds), "documents": documents(setup, rounds), "passages": passages(setup, rounds)}
