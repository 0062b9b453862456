import type { BoardId, Millis, Revision } from '../../shared/ids.ts';

/** A sealed run of a board's commits, which never changes. */
export interface Segment {
  /** SHA-256 of its content in base64url: its address. */
  readonly hash: string;
  /** The revision that it follows, and that of its last event. */
  readonly after: Revision;
  readonly last: Revision;
  /** Of its first and its last commit. */
  readonly from: Millis;
  readonly to: Millis;
  readonly commits: number;
  /** Bytes of its commits, and bytes that they take here. */
  readonly raw: number;
  readonly packed: number;
}

/** What a log has that seals its old commits. `EventLog.read` gives them as ever. */
export interface Segments {
  /** In order, each following the one before, from the board's beginning on. @throws LogUnavailable */
  list(board: BoardId): Promise<readonly Segment[]>;
  /** The content of shared/wire/segment-codec.ts, compressed with Brotli; null where there is none. @throws LogUnavailable */
  packed(board: BoardId, hash: string): Promise<Uint8Array | null>;
}
