/** The client went away while its request was being read. Nobody is left to answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
  constructor() {
    super('The client has gone.');
  }
}
