-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT n.type, n.name, n.code, m.passages FROM stored_mentions m JOIN names n ON n.id = m.name WHERE m.document = ?1
