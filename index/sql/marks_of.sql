-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT at FROM marks WHERE document = ?1 ORDER BY at
