-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?20: the document's sha256; ?21: the figure's number in its passage; from ?22 on what is written elsewhere: of its form, the words and the period. The hash knows
-- which figure of which passage this is, and all that is said of it, with the days of its period as they are written.
INSERT INTO stored_figures (id, passage, first, length, sentence_first, sentence_after, low, high, other_low, other_high, form, counted, period, places, said_by, mark, note,
                            page, boxes, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        row_hash(?20, ?2, ?21, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?16, ?17, ?18, ?32, ?33, ?19,
                 (SELECT first FROM periods WHERE id = ?13), (SELECT last FROM periods WHERE id = ?13)))
