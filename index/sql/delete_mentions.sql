-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM stored_mentions WHERE document = ?1
