import type { Revision } from '../../shared/ids.ts';
import type { PackedCommit } from './event-log.ts';

/**
 * Where a stream that ends at `expected` would end after these commits.
 * @throws RangeError when one does not follow the one before: a fault of the caller, of which nothing may be stored
 */
export function endOf(expected: Revision, commits: readonly PackedCommit[]): Revision {
  let head = expected;
  for (const { after, last } of commits) {
    if (after !== head || !Number.isSafeInteger(last) || last <= after) {
      throw new RangeError(`A commit of revisions ${after} to ${last} cannot follow revision ${head}.`);
    }
    head = last;
  }
  return head;
}
