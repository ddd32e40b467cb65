-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, form, counted, period, places, boxes, hash)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 FROM gathered
