-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM passage_rows WHERE id BETWEEN ?1 AND ?2 ORDER BY id
