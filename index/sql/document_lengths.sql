-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT lengths FROM documents WHERE id = ?1
