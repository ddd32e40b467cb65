-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM places WHERE figure BETWEEN ?1 AND ?2
