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
