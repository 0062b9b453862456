-- Tamper evidence: each commit carries the SHA-256 of what it says and of the hash of the commit before it on its board.
-- The migration gives commits that were written without one theirs: `commit_hash` is the function of commit-hash.ts.

CREATE TABLE hashed_commits (
  board INTEGER NOT NULL REFERENCES boards (key),
  -- The revision that its events follow, and the revision of its last event.
  after INTEGER NOT NULL CHECK (after >= 0),
  last INTEGER NOT NULL CHECK (last > after),
  -- Milliseconds since 1970.
  at INTEGER NOT NULL,
  -- Before the bytes, so that the head's is read without theirs.
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  bytes BLOB NOT NULL,
  UNIQUE (board, after)
) STRICT;

-- Along each board's chain, whatever the order of the rows.
INSERT INTO hashed_commits (board, after, last, at, hash, bytes)
WITH RECURSIVE chain (board, id, after, last, at, hash, bytes) AS (
  SELECT board, id, after, last, at, commit_hash(zeroblob(32), id, after, last, at, bytes), bytes
  FROM commits JOIN boards ON board = key
  WHERE after = 0
  UNION ALL
  SELECT c.board, id, c.after, c.last, c.at, commit_hash(chain.hash, id, c.after, c.last, c.at, c.bytes), c.bytes
  FROM chain JOIN commits AS c ON c.board = chain.board AND c.after = chain.last
)
SELECT board, after, last, at, hash, bytes FROM chain;

-- A row that no chain reaches would be lost: then the migration fails and is taken back.
CREATE TABLE left_out (commits INTEGER CHECK (commits = 0)) STRICT;
INSERT INTO left_out SELECT (SELECT count(*) FROM commits) - (SELECT count(*) FROM hashed_commits);
DROP TABLE left_out;

DROP TABLE commits;
ALTER TABLE hashed_commits RENAME TO commits;

-- The triggers of the first migration, which went with the table.

CREATE TRIGGER commits_follow_the_head BEFORE INSERT ON commits
WHEN new.after IS NOT coalesce(
  (SELECT last FROM commits WHERE board = new.board ORDER BY after DESC LIMIT 1),
  0
)
BEGIN
  SELECT raise(ABORT, 'a commit follows the last revision of its board');
END;

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
