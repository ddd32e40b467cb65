-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many figures the passages of a document say they have, or its rows are, whichever is more
SELECT max((SELECT coalesce(sum(figures), 0) FROM stored_passages WHERE id BETWEEN ?1 AND ?2), (SELECT count(*) FROM stored_figures WHERE id BETWEEN ?1 AND ?2))
