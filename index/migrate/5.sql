-- SPDX-License-Identifier: GPL-3.0-or-later
-- From schema 5 to 6. Which passages name a place is told by the index alone. Tags that nobody asks for are no longer written; those of older documents
-- stay, until they are read again.
DROP INDEX mentions_name;
CREATE INDEX mentions_name ON mentions (name, passage);
