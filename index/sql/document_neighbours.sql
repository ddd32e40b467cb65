-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT (SELECT max(sha256) FROM documents WHERE sha256 < ?1), (SELECT min(sha256) FROM documents WHERE sha256 > ?1)
