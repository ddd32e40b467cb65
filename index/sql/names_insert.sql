-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT OR FAIL INTO names (id, type, name, class, code, geonames, lat, lon) SELECT c1, c2, c3, c4, c5, c6, c7, c8 FROM gathered
