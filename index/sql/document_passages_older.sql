-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of a file whose full text has rows with the ids of passages.
SELECT id, min(passages, length(lengths)), id << 24, language, CASE WHEN length(lengths) <= 2048 THEN lengths END FROM documents ORDER BY id
