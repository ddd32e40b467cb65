-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT sha256, place, field, value, text, who, at FROM reviews ORDER BY sha256, place, field
