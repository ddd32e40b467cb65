-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT * FROM document_rows ORDER BY path, member
