/** The only thing that decoding throws: the message names the field and what it must be. It ends at the border. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** The `CloseReason` for whoever sent it. */
  readonly reason: 'Malformed' | 'TooLarge';

  constructor(message: string, reason: 'Malformed' | 'TooLarge' = 'Malformed') {
    super(message);
    this.reason = reason;
  }
}

/** A code that stands for nothing here. A newer version may know it: in an event, it is no fault. */
export class UnknownCode extends WireError {}

/** What is thrown for a code that is none of these. No version has codes below 0. */
export const noSuchCode = (code: number, message: string): WireError =>
  code < 0 ? new WireError(message) : new UnknownCode(message);
