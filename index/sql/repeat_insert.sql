-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?3: the document's sha256
INSERT INTO repeats (passage, original, hash) VALUES (?1, ?2, row_hash(?3, ?1, ?2))
