#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do BibLaTeX's own programs read what we export? biber checks the entries against its model, and LaTeX sets them in two styles; titles full of signs must stand on the page.

    latex.py CITABLE CORPUS-DOCUMENTS          Exit codes: 0 all well, 1 not, 77 no biber or LaTeX here."""
import os, pathlib, re, shutil, subprocess, sys, tempfile

TITLES = ['Salt & Sand: 100% of $5_000 #1 ~ "quoted" \\ ^caret*', "El Salvador {draft} in [brackets] 1 < 2 -- and ---", "Année 2015 : l’« état » des déplacés — ¿qué pasó?"]
SYMBOL = "A/HRC/59/25_1"
STYLES = ["authoryear", "verbose-note"]
DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[style=%s, backend=biber]{biblatex}
\addbibresource{references.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""
failures = []


def expect(true, what):
    if not true:
        failures.append(what)
        print("FAILED:", what)


def run(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")


def letters(text):
    """What is left of a text when typesetting has had its way: quotation marks, dashes, case and line ends are LaTeX's."""
    return "".join(c for c in text.replace("ﬁ", "fi").replace("ﬂ", "fl") if c.isalpha() or c in "0123456789&%$#*<>\\{}[]/_").lower()


def set_in(citable, folder, style):
    pathlib.Path(folder, "page.tex").write_text(DOCUMENT % style)
    for command in (("pdflatex", "-interaction=nonstopmode", "page"), ("biber", "page"), ("pdflatex", "-interaction=nonstopmode", "page"), ("pdflatex", "-interaction=nonstopmode", "page")):
        done = run(folder, *command)
        expect(done.returncode == 0, f"{style}: {command[0]}: {done.stdout[-800:]}")
    printed = letters(run(folder, citable, "text", "page.pdf").stdout)
    for wanted in TITLES + [SYMBOL]:
        expect(letters(wanted) in printed, f"{style}: {wanted!r} is not on the page: {printed!r}")


def main():
    if not shutil.which("biber") or not shutil.which("pdflatex") or run("/", "kpsewhich", "biblatex.sty").returncode != 0:
        print("skipped: there is no biber, LaTeX or biblatex on this machine")
        sys.exit(77)
    citable, corpus = os.path.realpath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="citable-latex-") as folder:
        os.environ["CITABLE_DB"] = str(pathlib.Path(folder, "evidence.citable"))
        names = ["border-brief.pdf", "displacement-review.pdf", "desplazamiento-mexico.pdf"]
        run(folder, citable, "ingest", *[os.path.realpath(os.path.join(corpus, name)) for name in names])
        ids = re.findall(r'"type":"document","id":"(\w+)"', run(folder, citable, "status", "--format", "jsonl").stdout.replace(": ", ":").replace(", ", ","))
        expect(len(ids) == len(TITLES), f"{len(ids)} documents read")
        for document, title in zip(ids, TITLES):
            run(folder, citable, "describe", document, "--title", title, "--authors", "Núñez & Söhne; O’Brien, Mary Ann", "--publisher", "Relief_Co, 50% Ltd", "--symbol", SYMBOL,
                "--url", "https://example.org/a_b/r%20x.pdf?x=1&y=2~z", "--date", "2015-05-04")
        pathlib.Path(folder, "references.bib").write_text(run(folder, citable, "export", "biblatex").stdout)
        checked = run(folder, "biber", "--tool", "--validate-datamodel", "references.bib")
        expect(checked.returncode == 0 and not re.search(r"^(ERROR|WARN) ", checked.stdout, re.M), f"biber: {checked.stdout}")
        for style in STYLES:
            set_in(citable, folder, style)
    sys.exit(1 if failures else 0)


main()
