-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO marks (document, number, at, label, note) VALUES (?1, ?2, ?3, ?4, ?5)
