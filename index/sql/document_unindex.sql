-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT language, first_row FROM documents WHERE id = ?1
