-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, passages FROM documents ORDER BY id
