-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a person says, else what the document prints; NULL also where what is stored no longer matches its hash.
SELECT coalesce((SELECT value FROM corrections WHERE sha256 = ?2 AND field = 'symbol'),
                (SELECT value FROM identifiers WHERE document = ?1 AND scheme = 'symbol' AND hash = row_hash(document, scheme, value)))
