-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO pages (document, number, label, width, height, flags, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, row_hash(?2, ?3))
