-- SPDX-License-Identifier: GPL-3.0-or-later
-- figure_rows_of.sql where the passage is damaged, or the file has an older schema: ?1: its id
SELECT f.* FROM figure_rows f WHERE f.passage = ?1 AND f.id BETWEEN (SELECT first FROM figure_ranges WHERE passage = ?1) AND (SELECT last FROM figure_ranges WHERE passage = ?1) ORDER BY f.id
