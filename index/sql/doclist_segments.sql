-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT (SELECT block FROM fts_data WHERE id = 10), (SELECT v FROM fts_config WHERE k = 'version')
