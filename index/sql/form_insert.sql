-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO forms (kind, qualifier, unit, unit_text, period_scope, place_scope, rule, minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
