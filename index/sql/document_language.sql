-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT language FROM documents WHERE id = ?1
