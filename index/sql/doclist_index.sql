-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT block FROM fts_data WHERE id = ?1
