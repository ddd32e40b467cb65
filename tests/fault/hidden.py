#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that is not what the page shows is flagged, and clean pages are not.

hidden.py CITABLE CORPUS

Each page prints one sentence with a figure, in a way of its own. The pages are made here, byte by byte: plain objects, standard fonts."""
import json
import os
import sys
import zlib

from common import Place, check

SENTENCE = b"Some 61,947 people were counted in the valley last year."
HONEST = b"BT /T 12 Tf 72 640 Td (All of them were at home when the teams came by.) Tj ET "


def cmap(pairs):
    """A map from codes to Unicode that says what `pairs` say and the truth for all else."""
    lines = b"".join(b"<%02x> <%04x>\n" % (code, pairs.get(code, code)) for code in range(32, 127))
    return b"/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar\n%sendbfchar endcmap end" % lines


def text(how=b"", sentence=SENTENCE, size=12, x=72, y=700, font=b"T"):
    return b"BT %s /%s %d Tf %d %d Td (%s) Tj ET " % (how, font, size, x, y, sentence)


NO_FIGURE = "no figure"  # the library that reads pages leaves out what lies beyond them

# what the page draws beside an honest sentence · flag wanted: by itself, and when every page is looked at
PAGES = {
    "plain": (text(), None, None),
    "bold, twice a little apart": (text() + text(x=72.3), None, None),
    "white on dark": (b"0.1 0.2 0.5 rg 60 690 480 30 re f 1 1 1 rg " + text() + b"0 0 0 rg ", None, None),
    "on a pale ground": (b"0.9 0.95 0.9 rg 60 690 480 30 re f 0 0 0 rg " + text(), None, None),
    "outlined": (text(b"1 Tr"), None, None),
    "invisible": (text(b"3 Tr"), "hidden", "hidden"),
    "invisible, by a clip": (text(b"7 Tr"), "hidden", "hidden"),
    "white": (b"1 1 1 rg " + text() + b"0 0 0 rg ", "hidden", "hidden"),
    "tiny": (text(size=1), "hidden", "hidden"),
    "off the page": (text(y=-300), NO_FIGURE, NO_FIGURE),
    "covered": (text() + b"1 1 1 rg 60 690 480 30 re f 0 0 0 rg ", None, "hidden"),
    "covered in black": (text() + b"60 690 480 30 re f ", None, "hidden"),
    "of its ground's colour": (b"0.2 0.4 0.2 rg 60 690 480 30 re f " + text() + b"0 0 0 rg ", None, "hidden"),
    "digits of another font map": (text(font=b"L"), "doubtful", "doubtful"),
    "digits that stand for others": (b"/Span << /ActualText (Some 81,247 people were counted in the valley last year.) >> BDC " + text() + b"EMC ", "doubtful", "doubtful"),
    "digits for others, in hexadecimal": (b"/Span << /ActualText <FEFF%s> >> BDC " % b"".join(b"%04x" % c for c in b"Some 81,247 people were counted in the valley last year.") + text() + b"EMC ",
                                          "doubtful", "doubtful"),
    "invisible over a picture": (b"q 600 0 0 800 0 0 cm /P Do Q " + text(b"3 Tr"), "doubtful", "doubtful"),
}


def stream(body, dictionary=b"", packed=True):
    body = zlib.compress(body) if packed else body
    return b"<< %s /Length %d %s >>\nstream\n%s\nendstream" % (dictionary, len(body), b"/Filter /FlateDecode" if packed else b"", body)


def pdf(body, packed=True):
    picture = bytes((x * 7 + y * 13) % 251 for y in range(40) for x in range(30))
    mapped = b"/L 6 0 R" if b"/L " in body else b""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /T 5 0 R %s >> /XObject << /P 8 0 R >> >> >>" % mapped,
        4: stream(HONEST + body, packed=packed),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 7 0 R >>",
        7: stream(cmap({ord("6"): ord("8"), ord("9"): ord("2")}), packed=packed),
        8: stream(picture, b"/Type /XObject /Subtype /Image /Width 30 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8", packed),
    }
    if not mapped:
        del objects[6], objects[7]
    out, places = bytearray(b"%PDF-1.5\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    return bytes(out + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start))


def flags_of(place):
    """By file: the flags with which its figure is quoted; None: there is no figure."""
    found = {}
    for line in place.run("figures", "--format", "jsonl").stdout.decode().splitlines():
        figure = json.loads(line)
        if "counted" in figure and "people" in (figure["counted"] or ""):
            found[os.path.basename(figure["file"])] = figure["flags"]
    return found


def main():
    with Place(sys.argv[1], sys.argv[2], copies=0) as place:
        os.makedirs(place.docs)
        names = {}
        for i, (name, (body, by_itself, looked)) in enumerate(PAGES.items()):
            for packed in (True, False):
                file = "%02d%s.pdf" % (i, "p" if packed else "")
                names[file] = (name, by_itself, looked)
                with open(os.path.join(place.docs, file), "wb") as f:
                    f.write(pdf(body, packed))
        for which, options in ((1, []), (2, ["--look", "--again"])):
            run = place.run("ingest", *options, "docs")
            found, wrong = flags_of(place), []
            for file, row in names.items():
                got = found.get(file, [NO_FIGURE])
                if not (row[which] in got if row[which] else got == []):  # over a picture a part may be hidden, too
                    wrong.append((file, row[0], "wanted", row[which], "got", got))
            check(not wrong, "flags of ingest %s: %s\n%s" % (" ".join(options), "\n".join(map(str, wrong)), run.stderr.decode()))
    print("%d ways of printing a figure: what the page does not show is flagged, what it shows is not" % len(PAGES))


main()
