# SPDX-License-Identifier: GPL-3.0-or-later
"""Web pages whose words are hard to point at, and a server for them and the corpus on this machine."""
import functools, http.server, pathlib, threading

PAGES = {
    "twice.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Wells and pumps</title></head><body><article><h1>Wells and pumps</h1>
<p>In the north the year was dry. Some 4,200 families had to leave their homes for good, the office said. Most went to the coast, where work is scarce and rents are high.</p>
<p>In the south the year was wet, and the rivers rose over their banks twice in one week. Some 4,200 families had to leave their homes for good, the office said. They are expected back in May.</p>
<p>The two offices count in the same way, with lists that the villages keep; nobody is asked for a name. The lists are open to everyone who wants to read them.</p></article></body></html>""",
    "signs.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Salt &amp; sand</title></head><body><article><h1>Salt &amp; sand</h1>
<p>The well-known firm of Salt &amp; Sand, founded in 1968, paid its 1,250 workers – and 75% of their aides – in full; the union's “count, then pay” rule held.</p>
<p>A second paragraph says what nobody doubts: that work which is counted is paid, and that work which is not counted is forgotten sooner than those who did it.</p></article></body></html>""",
    "notes.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Roads of the interior</title></head><body><article><h1>Roads of the interior</h1>
<p>Of the roads that were surveyed, 851<sup><a href="#n1">[1]</a></sup> kilometres were found closed<sup><a href="#n2">[2]</a></sup> by the end of the rains, which is more than in any year before.</p>
<p>The survey is repeated each spring by the same teams, who drive the roads as far as they go and walk the rest, so that the years can be compared with each other.</p>
<ol><li id="n1">Ministry of roads, yearbook.</li><li id="n2">Closed to lorries.</li></ol></article></body></html>""",
    "table.html": """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sheets by district</title></head><body><article><h1>Sheets by district</h1>
<p>The table gives what the districts received in the first half of the year, as the depots wrote it down. A district that is missing received nothing at all in that time.</p>
<table><tr><th>District</th><th>Sheets</th><th>Families</th></tr><tr><td>Arroyo Hondo</td><td>12,400</td><td>3,100</td></tr><tr><td>Punta Clara</td><td>8,400</td><td>2,100</td></tr></table>
<p>The depots close in July for a fortnight, in which all that is left is counted twice by different people and written down in one book that is kept in the capital.</p></article></body></html>""",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def write_pages(folder):
    for name, text in PAGES.items():
        pathlib.Path(folder, name).write_text(text, encoding="utf-8")


def serve(folder):
    """Serves a folder on a free port of 127.0.0.1; returns the server, whose address is `.address`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    server.address = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
