-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?2: the prefix followed by the character behind 'f'
SELECT * FROM document_rows WHERE sha256 >= ?1 AND sha256 < ?2 ORDER BY sha256 LIMIT 2
