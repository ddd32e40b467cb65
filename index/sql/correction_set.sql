-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR REPLACE INTO corrections (sha256, field, value) VALUES (?1, ?2, ?3)
