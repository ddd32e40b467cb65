-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM repeats WHERE passage BETWEEN ?1 AND ?2
