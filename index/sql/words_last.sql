-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT coalesce((SELECT max(id) FROM words), 0), coalesce((SELECT max(id) FROM names), 0)
