-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM figure_rows WHERE passage = ?1 AND number = ?2
