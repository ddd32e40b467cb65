-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO mentions (id, passage, name, first, after) VALUES (?1, ?2, ?3, ?4, ?5)
