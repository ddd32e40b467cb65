-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO fts (fts, rank) VALUES ('merge', ?1)
