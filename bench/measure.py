# SPDX-License-Identifier: GPL-3.0-or-later
"""How a row is measured: its commands run as processes of their own, and the kernel says what they cost."""
import os
import statistics
import subprocess
import sys
import time


class Cost:
    """CPU and wall seconds, and the memory (MB) of the largest process."""

    def __init__(self, cpu=0.0, wall=0.0, memory=0.0):
        self.cpu, self.wall, self.memory = cpu, wall, memory

    def __add__(self, other):
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.memory, other.memory))


def run(*command, okay=(0,), stdin=None, env=None):
    """Runs a command to its end, its output thrown away; dies when it fails in another way than the row expects."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if okay and code not in okay:
        sys.exit(f"bench: {' '.join(command[:4])} … ended with {code}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def all_of(files, *command, **kwargs):
    """The command once for each file; "{}" is the file. A tool that cannot read one of them has cost what it has cost."""
    return sum((run(*(file if word == "{}" else word for word in command), okay=None, **kwargs) for file in files), Cost())


def compare(rows, rounds):
    """rows: [(name, tool that it needs or None, function → Cost or number)]; the first is what the others are measured against."""
    results = [{"name": name, "missing": tool} if tool and not which(tool) else {"name": name, "costs": []} for name, tool, _ in rows]
    for _ in range(rounds):
        for result, (_, _, function) in zip(results, rows):
            if "costs" in result:
                result["costs"].append(function())
    base = results[0].get("costs")
    return [finish(result, base) for result in results]


def finish(result, base):
    costs = result.pop("costs", None)
    if costs is None:
        return result
    if isinstance(costs[0], Cost):
        for what in ("cpu", "wall", "memory"):
            result[what] = statistics.median(getattr(c, what) for c in costs)
            if base and what != "memory":
                result[what + " ratio"] = statistics.median(getattr(c, what) / max(getattr(b, what), 1e-9) for c, b in zip(costs, base))
    else:
        result["speed"] = statistics.median(costs)
        if base:
            result["speed ratio"] = statistics.median(c / b for c, b in zip(costs, base))
    return result


def which(tool):
    return any(os.access(os.path.join(folder, tool), os.X_OK) for folder in os.environ["PATH"].split(":"))


def pages_of(file):
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, errors="replace", check=False).stdout
    return next((int(line.split()[1]) for line in info.splitlines() if line.startswith("Pages:")), 0)


def version(citable):
    return subprocess.run([citable, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def machine():
    """In general words: cores and system."""
    with open("/etc/os-release", encoding="utf-8") as lines:
        system = dict(line.rstrip().split("=", 1) for line in lines if "=" in line)
    return f"{os.cpu_count()} cores, {system.get('NAME', '').strip(chr(34)).replace(' GNU/Linux', '')} {system.get('VERSION_ID', '').strip(chr(34))}"
