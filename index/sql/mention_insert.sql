-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO stored_mentions (name, document, passages) SELECT c1, c2, c3 FROM gathered
