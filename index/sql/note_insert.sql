-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO notes (document, number, label, page, text, hash) VALUES (?1, ?2, ?3, ?4, ?5, row_hash(?2, ?3, ?4, ?5))
