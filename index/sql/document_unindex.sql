-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT language, first_row, first_hash = row_hash(sha256, first_row) FROM documents WHERE id = ?1
