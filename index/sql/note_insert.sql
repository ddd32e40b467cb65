-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO notes (document, number, label, page, text, hash) SELECT c1, c2, c3, c4, c5, c6 FROM gathered
