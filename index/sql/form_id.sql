-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id FROM forms WHERE rule IS ?7 AND unit IS ?3 AND unit_text IS ?4 AND kind = ?1 AND qualifier = ?2 AND period_scope = ?5 AND place_scope = ?6 AND minor = ?8
