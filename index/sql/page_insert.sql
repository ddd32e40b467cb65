-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO pages (document, number, label, width, height, flags, hash) SELECT c1, c2, c3, c4, c5, c6, c7 FROM gathered
