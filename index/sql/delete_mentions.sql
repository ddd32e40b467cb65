-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM mentions WHERE id BETWEEN ?1 AND ?2
