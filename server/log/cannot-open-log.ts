/** A store that cannot be used as it is. The message says why and what to do; `cause` is what the system said. */
export class CannotOpenLog extends Error {
  override readonly name = 'CannotOpenLog';
}
