-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO periods (edtf, first, last) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
