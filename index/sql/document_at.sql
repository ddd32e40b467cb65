-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, sha256, version FROM documents WHERE path = ?1 AND member = ?2
