#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do the links of citations open the page and mark the words, in real browsers?

    links.py CITABLE CORPUS-DOCUMENTS chromium|firefox [--all] [--keep FOLDER]

Serves the corpus and a few pages of its own on this machine, reads them, and opens the links of figures in each document: a few, or all.
A PDF must be at the right page with marks on the passage's own lines, a web page must have the quote marked and nothing else.
--keep writes a picture of each page that was opened. Exit codes: 0 all well, 1 not, 77 no such browser here."""
import base64, functools, json, os, pathlib, re, shutil, subprocess, sys, tempfile, time, urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pages import serve, write_pages  # noqa: E402

SECONDS = 6      # without a change, after which a page stays as it is
TRIES = 3        # a link is opened, each time in a new tab: about once in 200 times Chromium scrolls to the page and to the words at once, and draws the page where it is not
MOST = 120       # seconds for a page to be read, searched and marked, however busy the machine is
EACH = 3         # links of a document, unless --all
SLACK = 2.5      # points that a mark may lie outside the printed line

# Pixels of Chromium's mark, in the picture and in each list of rectangles: all, those inside one of `lines`, those inside one of `words`.
COUNT = """(async () => {
  const image = new Image(); image.src = "data:image/png;base64,%s"; await image.decode();
  const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data, lines = %s, words = %s;
  const inside = (list, x, y) => list.some(([x0, y0, x1, y1]) => x >= x0 && x < x1 && y >= y0 && y < y1);
  let all = 0, right = 0, figure = 0;
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) {
    const at = 4 * (y * image.width + x);
    if (Math.abs(data[at] - 233) > 3 || Math.abs(data[at + 1] - 210) > 3 || Math.abs(data[at + 2] - 253) > 3) continue;
    all++; right += inside(lines, x, y); figure += inside(words, x, y);
  }
  return [all, right, figure]; })()"""

# Rectangles of a text on a web page, wherever elements part it; white space of any kind is one space.
RANGES = """((wanted, skip) => {
  if (document.readyState !== "complete") return null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), places = []; let text = "";
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest(skip || "script, style")) continue;
    for (let i = 0; i < node.data.length; i++) {
      const space = /\\s/.test(node.data[i]);
      if (space && text.endsWith(" ")) continue;
      text += space ? " " : node.data[i]; places.push([node, i]);
    }
    if (getComputedStyle(node.parentElement).display !== "inline" && !text.endsWith(" ")) { text += " "; places.push([node, node.data.length - 1]); }
  }
  const at = text.indexOf(wanted, %d);
  if (at < 0) return null;
  const range = document.createRange(); range.setStart(...places[at]); const last = places[at + wanted.length - 1]; range.setEnd(last[0], last[1] + 1);
  return [...range.getClientRects()].map(r => [r.left - 1, r.top - 1, r.right + 1, r.bottom + 1]); })(%s, %s)"""


def run(citable, *arguments):
    result = subprocess.run([citable, *arguments], capture_output=True, text=True)
    if result.returncode not in (0, 3):
        sys.exit(f"citable {' '.join(arguments)}: {result.stderr}")
    return [json.loads(line) for line in result.stdout.splitlines()]


def figures(citable, folder, address):
    """Every figure of a PDF or web page, each document with the address at which it is served."""
    run(citable, "ingest", "--format", "jsonl", str(folder))
    for row in run(citable, "status", "--format", "jsonl"):
        if row["type"] == "document" and not row["member"]:
            subprocess.run([citable, "describe", row["id"], "--url", address + os.path.basename(row["file"])], check=True, stdout=subprocess.DEVNULL)
    return [row for row in run(citable, "export", "jsonl") if row["link"] and re.search(r"\.(pdf|html)(#|$)", row["link"])]


def sample(rows, everything):
    documents = {}
    for row in rows:
        documents.setdefault(row["file"], []).append(row)
    for name in sorted(documents):
        rows = documents[name]
        step = 1 if everything else max(1, len(rows) // EACH)
        yield from rows[::step] if everything else rows[step // 2::step][:EACH]


def parts(link):
    """The page, search phrase and text directive of a link."""
    fragment = urllib.parse.urlsplit(link).fragment
    head, _, directive = fragment.partition(":~:text=")
    values = dict(item.split("=", 1) for item in head.split("&") if "=" in item)
    return values.get("page"), urllib.parse.unquote(values["search"]) if "search" in values else None, directive or None


def settle(look):
    """Asks what is wrong until nothing is, or nothing has changed for SECONDS: pages are read, searched and scrolled while we look. look() gives what is wrong and what was seen."""
    began = changed = time.monotonic()
    before = None
    while True:
        wrong, seen = look()
        now = time.monotonic()
        if seen != before:
            before, changed = seen, now
        if wrong is None or now - changed > SECONDS or now - began > MOST:
            return wrong
        time.sleep(0.15)


def boxes(row, page):
    return [place["box"] for place in row["boxes"] if place["page"] == page]


class InChromium:
    def __init__(self):
        from chromium import Chromium
        self.browser = Chromium()
        self.blank = self.browser.open("about:blank")

    def close(self):
        self.browser.close()

    def marks(self, lines, words):
        return self.blank.evaluate(COUNT % (base64.b64encode(self.picture).decode(), json.dumps(lines), json.dumps(words)))

    def open(self, row, passage):
        self.tab, self.viewer, self.picture = self.browser.open(row["link"]), None, None

        def look():
            return self.pdf(row, passage) if row["page"] else self.web(row), self.picture
        try:
            return settle(look)
        finally:
            self.tab.close()

    def place(self, row):
        """The page that the viewer shows, and where the row's page lies on the screen; None: it is not loaded yet."""
        self.viewer = self.viewer or self.browser.frame("chrome-extension://")
        state = self.viewer and self.viewer.evaluate_now("""(() => { try {
            const viewer = document.querySelector("pdf-viewer"), port = viewer.viewport, page = port.getPageScreenRect(%d);
            const box = viewer.shadowRoot.querySelector("#plugin, embed").getBoundingClientRect();
            return {page: port.getMostVisiblePage() + 1, scale: port.getZoom() * 96 / 72, x: box.left + page.x, y: box.top + page.y};
            } catch { return null; } /* not loaded yet */ })()""" % (row["page"] - 1))
        self.viewer = self.viewer if state else None
        return state

    def pdf(self, row, passage):
        state = self.place(row)
        self.picture = self.tab.screenshot()
        if not state:
            return "the viewer did not open"
        if self.place(row) != state:  # what was asked is not what the picture shows
            return "the page still moves"
        if state["page"] != row["page"]:
            return f"page {state['page']} is shown"
        if not parts(row["link"])[2]:
            return None
        x, y, scale = state["x"], state["y"], state["scale"]

        def on_screen(places, slack):
            return [[x + (b[0] - slack) * scale, y + (b[1] - slack) * scale, x + (b[2] + slack) * scale, y + (b[3] + slack) * scale] for b in places]
        marked, right, figure = self.marks(on_screen(boxes(passage, row["page"]), SLACK), on_screen(boxes(row, row["page"]), 0))
        if marked == 0:
            return "nothing is marked"
        if right < 0.95 * marked:
            return f"{marked - right} of {marked} marked pixels lie outside the passage"
        return None if figure else "the figure itself is not marked"

    def web(self, row):
        if not parts(row["link"])[2]:
            return "no text directive"
        ranges = RANGES % (row.get("from", 0), json.dumps(row["quote"].replace("\t", " ")), json.dumps(row.get("skip")))
        lines = self.tab.evaluate(ranges)
        self.picture = self.tab.screenshot()
        if lines is None:
            return "the quote is not on the page"
        if self.tab.evaluate(ranges) != lines:
            return "the page still moves"
        marked, right, _ = self.marks(lines, [])
        if marked == 0:
            return "nothing is marked"
        return None if right >= 0.95 * marked else f"{marked - right} of {marked} marked pixels lie outside the quote"


class InFirefox:
    def __init__(self):
        from firefox import Firefox
        self.browser = Firefox()

    def close(self):
        self.browser.close()

    def open(self, row, passage):
        self.browser.open(row["link"])

        def look():
            self.picture = self.browser.screenshot()
            return self.pdf(row, passage) if row["page"] else self.web(row), self.picture
        try:
            return settle(look)
        finally:
            self.browser.close_tab()

    def pdf(self, row, passage):
        _, phrase, _ = parts(row["link"])
        state = self.browser.evaluate("""
            const viewer = window.wrappedJSObject.PDFViewerApplication, find = viewer && viewer.findController;
            if (!find || !viewer.pdfDocument || !viewer.pdfViewer.pagesCount) return null;
            const mark = document.querySelector(".textLayer .highlight.selected"), page = viewer.pdfViewer.getPageView(arguments[0] - 1);
            if (!page || !page.viewport) return null;
            const sheet = page.div.getBoundingClientRect(), view = page.viewport.viewBox, scale = page.viewport.width / (view[2] - view[0]), box = mark && mark.getBoundingClientRect();
            const left = sheet.left + page.div.clientLeft, top = sheet.top + page.div.clientTop;
            return {page: viewer.page, seen: box && box.top >= 0 && box.bottom <= window.innerHeight, found: find.selected.pageIdx + 1, query: String(find._rawQuery),
                    on_page: (find.pageMatches[arguments[0] - 1] || []).length,
                    mark: box && [(box.left - left) / scale, (box.top - top) / scale, (box.right - left) / scale, (box.bottom - top) / scale]};""", row["page"])
        if not state:
            return "the viewer did not open"
        if not phrase:
            return None if state["page"] == row["page"] else f"page {state['page']} is shown"
        if state["query"] != phrase:
            return f"it looked for {state['query']!r}"
        if state["found"] != row["page"] or not state["mark"]:
            return "nothing is marked on the page"
        if not state["seen"]:
            return "the mark is not on the screen"
        if state["on_page"] != 1:
            return f"{state['on_page']} places on the page are marked"
        x, y = (state["mark"][0] + state["mark"][2]) / 2, (state["mark"][1] + state["mark"][3]) / 2
        if any(b[0] - SLACK <= x <= b[2] + SLACK and b[1] - SLACK <= y <= b[3] + SLACK for b in boxes(passage, row["page"])):
            return None
        return f"the mark at {x:.0f}, {y:.0f} lies outside the passage"

    def web(self, row):
        if not parts(row["link"])[2]:
            return "no text directive"
        marked = self.browser.evaluate("""
            const display = window.docShell.QueryInterface(Ci.nsIInterfaceRequestor).getInterface(Ci.nsISelectionDisplay).QueryInterface(Ci.nsISelectionController);
            const selection = display.getSelection(Ci.nsISelectionController.SELECTION_TARGET_TEXT), skip = arguments[0];
            return Array.from({length: selection.rangeCount}, (_, i) => {
                const range = selection.getRangeAt(i), part = range.cloneContents();
                if (skip) for (const element of part.querySelectorAll(skip)) element.remove();
                const before = document.createRange(); before.setStart(document.body, 0); before.setEnd(range.startContainer, range.startOffset);
                return [part.textContent.replace(/\\s+/g, " ").trim(), before.toString().length]; });""", row.get("skip"))
        if not marked:
            return "nothing is marked"
        if len(marked) > 1:
            return f"{len(marked)} places are marked"
        text, before = marked[0]
        squeezed = lambda words: re.sub(r"\s+", "", words)  # noqa: E731
        if squeezed(text) not in squeezed(row["quote"]) or len(text) < row.get("least", 0.9) * len(row["quote"]):
            return f"marked is {text!r}"
        return None if before >= row.get("from", 0) else "an earlier place is marked"


def open_link(browser, row, passage):
    """What is wrong with it, and how often it was opened: as a reader would, once more where the words are not marked."""
    for tries in range(1, TRIES + 1):
        wrong = browser.open(row, passage)
        if wrong is None:
            break
    return wrong, tries


# What a reader would say of the pages of pages.py: words of the figure → what the test must know of it.
OWN = {
    ("twice.html", 2): {"from": 200},       # the same sentence stands in the first paragraph
    ("notes.html", 0): {"skip": "sup"},
    ("table.html", None): {"least": 0.1},
}


def special(rows):
    seen = {}
    for row in rows:
        name = os.path.basename(row["file"])
        number = seen[name] = seen.get(name, -1) + 1
        row.update(OWN.get((name, number), OWN.get((name, None), {})))
    return rows


def wrong_links(rows):
    """Links that lead to another passage than their row's: on the page, on another page, on a web page. What does not see them sees nothing."""
    def other(row, fits):
        apart = lambda one: one["id"].split("#")[0] != row["id"].split("#")[0] and one["quote"] not in row["quote"] and row["quote"] not in one["quote"]  # noqa: E731
        return next((one for one in rows if one["file"] == row["file"] and parts(one["link"])[2] and apart(one) and fits(one)), None)

    for kind, of, fits in (("another line", True, lambda row, one: row["page"] == one["page"]), ("another page", True, lambda row, one: row["page"] != one["page"]),
                           ("another sentence of a web page", False, lambda row, one: True)):
        for row in rows:
            one = other(row, functools.partial(fits, row)) if bool(row["page"]) == of else None
            if one:
                yield kind, dict(row, link=one["link"])
                break


def main():
    citable, corpus, name = os.path.realpath(sys.argv[1]), sys.argv[2], sys.argv[3]
    keep = pathlib.Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    try:
        browser = {"chromium": InChromium, "firefox": InFirefox}[name]()
    except FileNotFoundError as missing:
        print(f"skipped: there is no {missing} on this machine (scripts/deps --browsers installs it)")
        sys.exit(77)
    folder = tempfile.mkdtemp(prefix="citable-links-")
    failed = opened = again = unseen = 0
    try:
        documents = pathlib.Path(folder, "documents")
        shutil.copytree(corpus, documents)
        write_pages(documents)
        os.environ["CITABLE_DB"] = str(pathlib.Path(folder, "evidence.citable"))
        server = serve(documents)
        rows = special(figures(citable, documents, server.address))
        for row in sample(rows, "--all" in sys.argv):
            passage = run(citable, "show", row["id"].split("#")[0], "--format", "jsonl")[0]
            wrong, tries = open_link(browser, row, passage)
            opened += 1
            again += tries > 1 and not wrong
            failed += wrong is not None
            if wrong or keep:
                print(f"{'wrong' if wrong else 'right'}  {row['id']}  {os.path.basename(row['file'])}  {row['text']!r}{': ' + wrong if wrong else ''}\n       {urllib.parse.unquote(row['link'])}", flush=True)
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{name}-{opened:03}.png").write_bytes(browser.picture or b"")
        for kind, row in wrong_links(rows):
            wrong, _ = open_link(browser, row, run(citable, "show", row["id"].split("#")[0], "--format", "jsonl")[0])
            print(f"a link to {kind}: {wrong or 'nothing was seen'}", flush=True)
            unseen += wrong is None
        server.shutdown()
    finally:
        browser.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{name}: {opened} links opened, {opened - failed} right, {again} of them only when opened again{f'; {unseen} wrong ones were not seen' if unseen else ''}")
    sys.exit(1 if failed or unseen or not opened else 0)


if __name__ == "__main__":
    main()
