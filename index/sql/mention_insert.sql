-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO stored_mentions (name, document, passages) VALUES (?1, ?2, ?3)
