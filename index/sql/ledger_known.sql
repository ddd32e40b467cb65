-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT path, member, status, code, page, reason, document, size, changed, sha256, version FROM ledger WHERE path = ?1 AND member = ''
