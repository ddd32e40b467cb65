-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM reviews WHERE sha256 = ?1 AND place = ?2
