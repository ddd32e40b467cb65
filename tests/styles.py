#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do the citation styles say to pandoc what they say to us? Titles and names full of signs go through each style and through pandoc, and must come back as they were.

    styles.py CITABLE CORPUS-DOCUMENTS          Exit codes: 0 all well, 1 not, 77 no pandoc here."""
import html.parser, json, os, pathlib, re, shutil, subprocess, sys, tempfile

TITLES = [
    'Salt & Sand: 100% of $5_000 #1 ~ "quoted" \\ ^caret* @home “curly” – n’est pas',
    "El Salvador {draft} and UNHCR in [brackets] <b>bold</b> 1 < 2 > 0; a*b*c, `code`, $x$, ^up^, ~down~, -- and ---",
    "Année 2015 : l’« état » des déplacés — ¿qué pasó?",
]
AUTHORS, PUBLISHER = "Núñez & Söhne; O’Brien, Mary Ann", "Relief_Co & Partners, 50% Ltd"
failures = []


def same(got, wanted, what):
    if got != wanted:
        failures.append(what)
        print(f"FAILED: {what}\n   got    {got!r}\n   wanted {wanted!r}")


def pandoc(text, *arguments):
    return subprocess.run(["pandoc", "--wrap=none", *arguments], input=text, capture_output=True, text=True, check=True).stdout


class Text(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.text, self.links = "", []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.text += data


def check(citable, figure, other, title, folder):
    cite = lambda style, *ids: subprocess.run([citable, "cite", "--style", style, *ids], capture_output=True, text=True, check=True).stdout  # noqa: E731
    subprocess.run([citable, "describe", figure["document"], "--title", title, "--authors", AUTHORS, "--publisher", PUBLISHER, "--url", "https://example.org/a_b/r%20x.pdf?x=1&y=2~z",
                    "--date", "2015-05-04"], check=True, stdout=subprocess.DEVNULL)
    ours = json.loads(cite("csl-json", figure["id"]))[0]
    same(ours["title"], title, "CSL-JSON: title")
    same((ours["custom"]["quote"], ours["custom"]["sha256"]), (figure["quote"], figure["sha256"]), "CSL-JSON: quote and hash")

    entry = json.loads(pandoc(cite("biblatex", figure["id"], other["id"]), "-f", "biblatex", "-t", "csljson"))
    same(len(entry), 1, "BibLaTeX: one entry for two quotes of a document")
    plain = re.sub(r"</?span[^>]*>", "", entry[0]["title"])  # CSL's own signs for "keep the letters' case"
    same(plain, title.replace("<b>", "").replace("</b>", "") if "<b>" in title and "<b>" not in plain else title, "BibLaTeX: title")
    same((entry[0]["publisher"], entry[0]["URL"], entry[0]["issued"]), (PUBLISHER, ours["URL"], ours["issued"]), "BibLaTeX: publisher, address, date")
    same(entry[0]["author"], ours["author"], "BibLaTeX: authors")

    bibliography = pathlib.Path(folder, "references.json")
    bibliography.write_text(cite("csl-json", figure["id"], other["id"]))
    key = cite("pandoc", figure["id"]).strip()
    cited = pandoc(key, "--citeproc", "--bibliography", str(bibliography), "-t", "plain")
    same(bool(re.match(r"\(.*2015, " + re.escape(figure["label"] or str(figure["page"])) + r"\)\n", cited)), True, f"pandoc: {cited!r}")

    for reader in ("markdown", "commonmark", "gfm"):
        page = Text(pandoc(cite("markdown", figure["id"]), "-f", reader + ("-smart" if reader == "markdown" else ""), "-t", "html"))
        same(figure["quote"] in page.text and title in page.text, True, f"Markdown read as {reader}: {page.text!r}")
        same(page.links, [ours["URL"]], f"Markdown read as {reader}: link")
    page = Text(cite("html", figure["id"]))
    same(figure["quote"] in page.text and title in page.text and page.links == [ours["URL"]], True, f"HTML: {page.text!r}")
    sheet = Text(pandoc(subprocess.run([citable, "export", "facts"], capture_output=True, text=True, check=True).stdout, "-f", "commonmark", "-t", "html"))
    same(f"“{figure['quote']}”" in sheet.text and title in sheet.text and ours["URL"] in sheet.links, True, "fact sheet")


def main():
    if not shutil.which("pandoc"):
        print("skipped: there is no pandoc on this machine")
        sys.exit(77)
    citable = os.path.realpath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="citable-styles-") as folder:
        os.environ["CITABLE_DB"] = str(pathlib.Path(folder, "evidence.citable"))
        subprocess.run([citable, "ingest", str(pathlib.Path(sys.argv[2], "border-brief.pdf"))], check=True, capture_output=True)
        rows = [json.loads(line) for line in subprocess.run([citable, "export", "jsonl"], capture_output=True, text=True, check=True).stdout.splitlines()]
        for title in TITLES:
            check(citable, rows[0], rows[5], title, folder)
    sys.exit(1 if failures else 0)


main()
