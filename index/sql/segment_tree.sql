-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO fts_idx (segid, pgno, term) SELECT c1, c2, c3 FROM gathered
