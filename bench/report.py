# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, for people: tables in the terminal, tables and a picture in docs/."""
import json
import os

import plot

COLUMNS = {"reading": "Reading the reports", "stages": "Poppler, and all that comes after it (processor time of the stages)", "index": "Indexing their passages (processor time)",
           "search": "Searching, each query a whole process", "rules": "Rules over their clean text"}


def cells(row):
    if "missing" in row:
        return [row["name"], f"needs {row['missing']}"]
    if "speed" in row:
        return [row["name"], f"{row['speed']:.1f} MB/s", f"{row.get('speed ratio', 1):.2f}"]
    out = [row["name"], f"{row['cpu']:.2f}", f"{row['wall']:.2f}" if row["wall"] else "", f"{row['memory']:.0f}" if row["memory"] else ""]
    return out + [f"{row['cpu ratio']:.2f}", f"{row['wall ratio']:.2f}" if row["wall"] else ""] if "cpu ratio" in row else out


def heads(group):
    return ["", "speed", "ratio"] if any("speed" in row for row in group) else ["", "CPU s", "wall s", "MB", "CPU ratio", "wall ratio"]


def print_group(name, group):
    print(f"\n{COLUMNS[name]}")
    lines = [heads(group)] + [cells(row) for row in group]
    for line in lines:
        print(f"  {line[0]:52}" + "".join(f"{cell:>13}" for cell in line[1:]))


def print_growth(growth):
    print("\nHow cost grows")
    for name, head in (("pages", "pages of a document, CPU s"), ("documents", "documents, CPU s"),
                       ("passages", "passages in the file: CPU s of one more document, of unchanged files, of a search")):
        print(f"  {head}")
        for row in growth[name]:
            print("   " + "".join(f"{value:>12g}" if i == 0 else f"{value:>12.3f}" for i, value in enumerate(row)))


MILLION = {"CPU median": "cpu median", "CPU p95": "cpu p95", "wall median": "wall median", "wall p95": "wall p95", "MB": "memory"}


def made_of(million):
    made = million["made"]
    return f"{million['passages']} passages: {made['cpu']:.0f} s of CPU, {made['bytes'] / 1e6:.0f} MB ({made['of its text']:.1f} of the text), {made['memory']:.0f} MB of memory"


def print_million(million):
    print(f"\n{made_of(million)}")
    print(f"  {'each a whole process, ms':52}" + "".join(f"{head:>13}" for head in MILLION))
    for row in million["rows"]:
        print(f"  {row['name']:52}" + "".join(f"{row[what]:>13.0f}" for what in MILLION.values()))


def million_markdown(million):
    lines = [f"{made_of(million)}.\n", "| each a whole process, ms | " + " | ".join(MILLION) + " |", "| --- |" + " ---: |" * len(MILLION)]
    lines += ["| " + " | ".join([row["name"], *(f"{row[what]:.0f}" for what in MILLION.values())]) + " |" for row in million["rows"]]
    return "\n".join(lines)


def markdown(group):
    head = heads(group)
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for row in group:
        line = cells(row)
        lines.append("| " + " | ".join(line + [""] * (len(head) - len(line))) + " |")
    return "\n".join(lines)


def write_docs(result, folder):
    """Puts the tables between the two marks in performance.md; the rest of it is written by hand."""
    with open(os.path.join(folder, "performance.json"), "w", encoding="utf-8") as out:
        json.dump(result, out, indent=1)
        out.write("\n")
    if "growth" in result:
        with open(os.path.join(folder, "performance.svg"), "w", encoding="utf-8") as out:
            out.write(plot.svg(result["growth"]))
    path = os.path.join(folder, "performance.md")
    with open(path, encoding="utf-8") as lines:
        text = lines.read()
    begin, end = "<!-- bench/run writes from here -->\n", "<!-- to here -->\n"
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    made = [f"{result['citable']}, {result['machine']}: {result['files']} PDFs with {result['pages']} pages, medians of {result['rounds']} rounds.\n"]
    made += [f"### {COLUMNS[name]}\n\n{markdown(group)}\n" for name, group in result["groups"].items()]
    if "million" in result:
        made.append(f"### A million passages\n\n{million_markdown(result['million'])}\n")
    with open(path, "w", encoding="utf-8") as out:
        out.write(head + begin + "\n" + "\n".join(made) + "\n" + end + tail)
