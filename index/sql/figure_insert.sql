-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, form, counted, period, places, boxes, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
