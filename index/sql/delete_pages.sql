-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM pages WHERE document = ?1
