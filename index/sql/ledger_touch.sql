-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE ledger SET size = ?2, changed = ?3 WHERE path = ?1
