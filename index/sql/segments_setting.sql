-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT 1 FROM fts_config WHERE k = 'usermerge'
