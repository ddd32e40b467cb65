-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT path, member, status, code, page, reason, document FROM ledger ORDER BY path, member
