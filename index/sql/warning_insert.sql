-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO warnings (document, number, code, page, text) VALUES (?1, ?2, ?3, ?4, ?5)
