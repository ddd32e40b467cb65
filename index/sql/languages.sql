-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT DISTINCT language FROM documents WHERE language IS NOT NULL ORDER BY language
