-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM documents ORDER BY path, member
