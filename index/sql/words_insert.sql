-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO words (id, text) SELECT c1, c2 FROM gathered
