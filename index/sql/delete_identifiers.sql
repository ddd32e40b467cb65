-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM identifiers WHERE document = ?1
