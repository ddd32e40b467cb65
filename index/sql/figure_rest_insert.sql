-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO figure_rest (id, high, other_low, other_high, said_by, mark, note, page) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
