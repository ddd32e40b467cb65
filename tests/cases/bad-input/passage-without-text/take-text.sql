PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'stored_passages';
PRAGMA writable_schema = RESET;
UPDATE stored_passages SET text = NULL;
