-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, text FROM stored_passages WHERE id BETWEEN ?1 AND ?2
