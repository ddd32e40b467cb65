-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM stored_figures WHERE id BETWEEN ?1 AND ?2
