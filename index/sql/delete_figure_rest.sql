-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM figure_rest WHERE id BETWEEN ?1 AND ?2
