-- Old commits of a board, sealed: a run of them packed, compressed and never changed. The live table keeps the tail.

CREATE TABLE segments (
  key INTEGER PRIMARY KEY,
  board INTEGER NOT NULL REFERENCES boards (key),
  -- The revision that its events follow, and the revision of its last event.
  after INTEGER NOT NULL CHECK (after >= 0),
  last INTEGER NOT NULL CHECK (last > after),
  -- Of its first and of its last commit, in milliseconds since 1970.
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  commits INTEGER NOT NULL CHECK (commits > 0),
  -- Bytes of its commits, as they were.
  raw INTEGER NOT NULL CHECK (raw >= 0),
  -- SHA-256 of the content (shared/wire/segment-codec.ts), by which it is addressed.
  content BLOB NOT NULL CHECK (length(content) = 32),
  -- The hash of its last commit: the chain goes on from here.
  chain BLOB NOT NULL CHECK (length(chain) = 32),
  -- The content, compressed with Brotli.
  packed BLOB NOT NULL,
  UNIQUE (board, after)
) STRICT;

-- A segment is of commits that are there, all of them, behind the segment before it.
CREATE TRIGGER segments_are_of_commits BEFORE INSERT ON segments
WHEN new.after IS NOT coalesce(
    (SELECT last FROM segments WHERE board = new.board ORDER BY after DESC LIMIT 1),
    0
  )
  OR new.commits IS NOT
    (SELECT count(*) FROM commits WHERE board = new.board AND after >= new.after AND after < new.last)
  OR new.raw IS NOT
    (SELECT sum(length(bytes)) FROM commits WHERE board = new.board AND after >= new.after AND after < new.last)
  OR NOT EXISTS (SELECT 1 FROM commits WHERE board = new.board AND after = new.after AND at = new.first_at)
  OR NOT EXISTS (
    SELECT 1 FROM commits
    WHERE board = new.board AND after >= new.after AND last = new.last AND at = new.last_at AND hash = new.chain
  )
BEGIN
  SELECT raise(ABORT, 'a segment is of the commits that follow the segment before it');
END;

CREATE TRIGGER segments_are_not_replaced BEFORE INSERT ON segments
WHEN EXISTS (SELECT 1 FROM segments WHERE key = new.key)
BEGIN
  SELECT raise(ABORT, 'a segment is never replaced');
END;

CREATE TRIGGER segments_never_change BEFORE UPDATE ON segments
BEGIN
  SELECT raise(ABORT, 'a segment never changes');
END;

CREATE TRIGGER segments_stay BEFORE DELETE ON segments
BEGIN
  SELECT raise(ABORT, 'a segment is never deleted');
END;

-- A commit may go when a segment has it, from the beginning of its board on; the head stays where heads are looked for.
DROP TRIGGER commits_stay;
CREATE TRIGGER commits_stay BEFORE DELETE ON commits
WHEN NOT EXISTS (
    SELECT 1 FROM segments WHERE board = old.board AND after <= old.after AND last >= old.last
  )
  OR NOT EXISTS (SELECT 1 FROM commits WHERE board = old.board AND after > old.after)
  OR EXISTS (SELECT 1 FROM commits WHERE board = old.board AND after < old.after)
BEGIN
  SELECT raise(ABORT, 'a commit is never deleted but where a segment has it');
END;
