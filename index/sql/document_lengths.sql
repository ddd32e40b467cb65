-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, lengths FROM documents WHERE id BETWEEN ?1 AND ?2 ORDER BY id
