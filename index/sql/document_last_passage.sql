-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT max(id) FROM passages WHERE id BETWEEN ?1 AND ?2
