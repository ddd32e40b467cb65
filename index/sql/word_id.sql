-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM words WHERE text = ?1
