-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO identifiers (document, scheme, value, hash) VALUES (?1, ?2, ?3, row_hash(?1, ?2, ?3))
