-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO words (text) VALUES (?1) ON CONFLICT DO NOTHING
