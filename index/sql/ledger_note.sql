-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR REPLACE INTO ledger (path, member, status, code, page, reason, document, size, changed, sha256, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
