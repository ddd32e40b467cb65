-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR REPLACE INTO reviews (sha256, place, field, value, text, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
