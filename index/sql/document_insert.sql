-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO documents (id, sha256, file_sha256, path, member, size, reader, version, title, authors, publisher, date, url, language, period, pages, passages, figures, lengths, first_row,
                       first_hash, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, row_hash(?2, ?20),
        row_hash(?2, ?3, ?4, ?5, ?6, ?9, ?10, ?11, ?12, ?13, ?14, ?15))
