-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, path, member FROM documents WHERE sha256 = ?1
