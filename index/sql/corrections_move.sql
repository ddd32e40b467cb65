-- SPDX-License-Identifier: GPL-3.0-or-later
-- A file that changed in its place keeps what a person said of it.
UPDATE OR IGNORE corrections SET sha256 = ?2 WHERE sha256 = ?1
