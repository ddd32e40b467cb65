-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?8 to ?10, ?15 to ?18: what figure_rest_insert.sql writes; ?20: the document's sha256; ?21: the figure's number in its passage; from ?22 on what is written elsewhere: of its form, the words and the period. The hash knows
-- which figure of which passage this is, and all that is said of it, with the days of its period as they are written.
INSERT INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, form, counted, period, places, boxes, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?11, ?12, ?13, ?14, ?19,
        row_hash(?20, ?2, ?21, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?16, ?17, ?18, ?32, ?33, ?19,
                 (SELECT first FROM periods WHERE id = ?13), (SELECT last FROM periods WHERE id = ?13)))
