-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM passage_rows WHERE id = ?1
