-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, first, last FROM periods WHERE edtf = ?1
