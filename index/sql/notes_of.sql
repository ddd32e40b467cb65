-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT label, page, text, hash = row_hash(number, label, page, text) FROM notes WHERE document = ?1 ORDER BY number
