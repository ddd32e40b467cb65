-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO figure_rest (id, high, other_low, other_high, said_by, mark, note, page) SELECT c1, c2, c3, c4, c5, c6, c7, c8 FROM gathered
