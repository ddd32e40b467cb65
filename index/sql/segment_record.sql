-- SPDX-License-Identifier: GPL-3.0-or-later
REPLACE INTO fts_data (id, block) VALUES (?1, ?2)
