-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM corrections WHERE sha256 = ?1 AND field = ?2
