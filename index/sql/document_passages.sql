-- SPDX-License-Identifier: GPL-3.0-or-later
-- No document has more passages than its lengths have bytes. Lengths that lie on the page that is read anyway come with it.
SELECT id, min(passages, length(lengths)), first_row, language, CASE WHEN length(lengths) <= 2048 THEN lengths END FROM documents ORDER BY id
