-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, lengths FROM documents ORDER BY path, member
