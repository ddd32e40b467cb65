-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO fts_data (id, block) SELECT c1, c2 FROM gathered
