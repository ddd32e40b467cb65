-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT pgno FROM fts_idx WHERE segid = ?1 AND term > ?2 AND term < ?3 ORDER BY term LIMIT 1
