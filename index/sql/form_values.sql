-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT kind, qualifier, unit, unit_text, period_scope, place_scope, rule, minor FROM forms WHERE id = ?1
