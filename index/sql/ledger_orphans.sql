-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT DISTINCT path FROM ledger WHERE status = 'duplicate' AND document NOT IN (SELECT sha256 FROM documents) ORDER BY path
