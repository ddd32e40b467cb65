-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, lengths, passages FROM documents ORDER BY id
