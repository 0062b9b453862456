-- The log: one row for each commit, and the database itself refuses to lose, change or misplace one.

-- "RTRC": tells this file from other programs' databases.
PRAGMA application_id = 0x52545243;

CREATE TABLE store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- A random name of this store. Clients that meet another one load the board again.
  epoch TEXT NOT NULL CHECK (length(epoch) BETWEEN 8 AND 32),
  -- How often it was opened to be written: the start-up's test that a write can be read back.
  opened INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO store (one, epoch) VALUES (1, lower(hex(randomblob(12))));

-- A commit's row names its board by a number, not by its 16 characters.
CREATE TABLE boards (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

-- A rowid table with an index beside it: of the shapes tried, the one that writes fewest pages for commits of any size.
CREATE TABLE commits (
  board INTEGER NOT NULL REFERENCES boards (key),
  -- The revision that its events follow, and the revision of its last event.
  after INTEGER NOT NULL CHECK (after >= 0),
  last INTEGER NOT NULL CHECK (last > after),
  -- Milliseconds since 1970.
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (board, after)
) STRICT;

-- A board's head is what its last commit says: nowhere stored a second time, so nothing can disagree with the log.
CREATE TRIGGER commits_follow_the_head BEFORE INSERT ON commits
WHEN new.after IS NOT coalesce(
  (SELECT last FROM commits WHERE board = new.board ORDER BY after DESC LIMIT 1),
  0
)
BEGIN
  SELECT raise(ABORT, 'a commit follows the last revision of its board');
END;

-- INSERT OR REPLACE deletes what it replaces without asking the triggers on DELETE.
CREATE TRIGGER commits_are_not_replaced BEFORE INSERT ON commits
WHEN EXISTS (SELECT 1 FROM commits WHERE rowid = new.rowid)
BEGIN
  SELECT raise(ABORT, 'a commit is never replaced');
END;

CREATE TRIGGER commits_never_change BEFORE UPDATE ON commits
BEGIN
  SELECT raise(ABORT, 'a commit never changes');
END;

CREATE TRIGGER commits_stay BEFORE DELETE ON commits
BEGIN
  SELECT raise(ABORT, 'a commit is never deleted');
END;

CREATE TRIGGER boards_are_not_replaced BEFORE INSERT ON boards
WHEN EXISTS (SELECT 1 FROM boards WHERE key = new.key OR id = new.id)
BEGIN
  SELECT raise(ABORT, 'a board is never replaced');
END;

CREATE TRIGGER boards_never_change BEFORE UPDATE ON boards
BEGIN
  SELECT raise(ABORT, 'a board keeps its key and its id');
END;

CREATE TRIGGER boards_stay BEFORE DELETE ON boards
BEGIN
  SELECT raise(ABORT, 'a board is never deleted');
END;

CREATE TRIGGER store_stays BEFORE DELETE ON store
BEGIN
  SELECT raise(ABORT, 'a store keeps its name');
END;
