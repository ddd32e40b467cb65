-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT text FROM words WHERE id = ?1
