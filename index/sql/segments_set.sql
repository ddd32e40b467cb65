-- SPDX-License-Identifier: GPL-3.0-or-later
-- As schema.sql does.
INSERT INTO fts (fts, rank) VALUES ('usermerge', 8)
