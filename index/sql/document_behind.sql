-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM documents WHERE id > ?1 ORDER BY id LIMIT 1
