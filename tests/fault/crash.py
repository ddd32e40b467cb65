#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `ingest` at random points; whatever is left is whole, and the next run ends with what one run alone would have written.

crash.py CITABLE CORPUS [KILLS]"""
import os
import random
import signal
import subprocess
import sys
import time

from common import Place, answers, check, dump, is_unmade

INGEST = ("ingest", "--ocr", "never", "docs")  # recognition would be most of the time, and no kill of it is another


def main():
    program, corpus, kills = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 20
    random.seed(851)
    began = time.time()
    with Place(program, corpus, copies=3) as place:
        start = time.time()
        place.run(*INGEST, db="whole.citable")
        took = max(time.time() - start, 0.05)
        want, found = dump(place.db("whole.citable")), answers(place, "whole.citable")
        check(len(want) > 500, "the whole run wrote too little")
        done = 0
        while done < kills:
            for name in ("evidence.citable", "evidence.citable-wal", "evidence.citable-shm", "evidence.citable-journal"):
                if os.path.exists(place.db(name)):
                    os.remove(place.db(name))
            for _ in range(random.randint(1, 4)):
                child = subprocess.Popen(place.command(*INGEST), cwd=place.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(random.uniform(0, took))
                child.send_signal(signal.SIGKILL)
                child.wait()
                done += 1
                if os.path.exists(place.db()) and os.path.getsize(place.db()):
                    status = place.run("status", "--format", "jsonl")
                    check(status.returncode == 0 or is_unmade(status), f"status after a kill: {status.stderr.decode()}")
            run = place.run(*INGEST)
            check(run.returncode in (0, 3), f"the run after a kill: {run.returncode} {run.stderr.decode()}")
            check(dump(place.db()) == want, f"after {done} kills the evidence file holds something else")
            check(answers(place) == found, f"after {done} kills full text finds something else")
            check(not os.path.exists(place.db("evidence.citable-wal")), "a write-ahead log is left")
    print(f"{done} kills, the same bytes after each; {time.time() - began:.1f} s")


main()
