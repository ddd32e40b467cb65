#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wraps one grey JPEG into a PDF page of A4 size without any text: what a scanner delivers.   picture_pdf.py IN.jpg OUT.pdf"""
import struct
import sys


def size(jpeg):
    at = 2
    while jpeg[at] == 0xFF:
        kind, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if 0xC0 <= kind <= 0xC3:
            return *struct.unpack(">HH", jpeg[at + 5:at + 9])[::-1], jpeg[at + 9]
        at += 2 + length
    raise SystemExit("not a JPEG")


def main():
    jpeg = open(sys.argv[1], "rb").read()
    width, height, colours = size(jpeg)  # pdftoppm writes three colours even for grey
    draw = b"q 595 0 0 842 0 0 cm /P Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /P 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n"
        % (width, height, b"DeviceGray" if colours == 1 else b"DeviceRGB", len(jpeg)) + jpeg + b"\nendstream",
        b"<< /Length %d >>\nstream\n" % len(draw) + draw + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)
    open(sys.argv[2], "wb").write(out)


if __name__ == "__main__":
    main()
