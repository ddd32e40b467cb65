-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT edtf, first, last FROM periods WHERE id = ?1
