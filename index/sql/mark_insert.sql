-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO marks (document, number, at, label, note) SELECT c1, c2, c3, c4, c5 FROM gathered
