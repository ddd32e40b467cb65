-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM conditions WHERE name = ?1
