-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?29: the document's sha256. The hash knows which figure of its document this is, and of which passage: one that changed its number would take the places of another.
INSERT INTO figures (id, passage, number, first, after, sentence_first, sentence_after, low, high, other_low, other_high, kind, qualifier, unit, unit_text, counted,
                     period, period_first, period_last, period_scope, place_scope, said_by, mark, note, page, rule, minor, boxes, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28,
        row_hash(?29, ?1 & 16777215, ?2 & 16777215, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28))
