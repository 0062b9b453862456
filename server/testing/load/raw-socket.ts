// A WebSocket client that costs next to nothing, so that the load does not hide what the server costs:
// no masking work beyond a zero mask, no events, no copies; a frame is a view that is valid during the call.

import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

const END_OF_HEADERS = Buffer.from('\r\n\r\n');

export class RawSocket {
  bytesDown = 0;
  bytesUp = 0;
  onFrame: (payload: Buffer) => void = () => {};
  onClose: () => void = () => {};
  readonly #tcp: Socket;
  #rest: Buffer | null = null;

  private constructor(tcp: Socket) {
    this.#tcp = tcp;
  }

  /** From `localAddress` where one is given: an address has no more than some 28 000 ports to go out from. */
  static open(port: number, path: string, protocol: string, localAddress?: string): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const tcp = connect({ host: '127.0.0.1', port, noDelay: true, ...(localAddress ? { localAddress } : {}) });
      const socket = new RawSocket(tcp);
      let head = Buffer.alloc(0);
      const onHead = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf(END_OF_HEADERS);
        if (end < 0) return;
        tcp.off('data', onHead);
        if (!head.toString('latin1', 0, 12).endsWith('101')) return reject(new Error(head.toString('latin1')));
        tcp.on('data', (data: Buffer) => socket.#take(data));
        resolve(socket);
        const early = head.subarray(end + 4);
        if (early.length > 0) setImmediate(() => socket.#take(early));
      };
      tcp
        .on('data', onHead)
        .on('error', reject)
        .on('close', () => socket.onClose());
      tcp.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n` +
          `${protocol === '' ? '' : `Sec-WebSocket-Protocol: ${protocol}\r\n`}\r\n`,
      );
    });
  }

  /** Sends a frame of at most 65 535 bytes: text, or bytes. */
  send(message: Uint8Array | string): void {
    const payload = typeof message === 'string' ? Buffer.from(message) : message;
    const long = payload.length > 125;
    const frame = Buffer.alloc((long ? 8 : 6) + payload.length);
    frame[0] = typeof message === 'string' ? 0x81 : 0x82;
    frame[1] = 0x80 | (long ? 126 : payload.length);
    if (long) frame.writeUInt16BE(payload.length, 2);
    frame.set(payload, long ? 8 : 6);
    this.bytesUp += frame.length;
    this.#tcp.write(frame);
  }

  pause(): void {
    this.#tcp.pause();
  }

  resume(): void {
    this.#tcp.resume();
  }

  /** Takes at most so many bytes of what has come, though it is paused. */
  sip(bytes: number): void {
    this.#tcp.read(Math.min(bytes, this.#tcp.readableLength));
  }

  close(): void {
    this.#tcp.destroy();
  }

  #take(chunk: Buffer): void {
    this.bytesDown += chunk.length;
    const data = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let offset = 0;
    for (;;) {
      if (data.length - offset < 2) break;
      const short = (data[offset + 1] as number) & 0x7f;
      const header = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (data.length - offset < header) break;
      const length =
        short === 126
          ? data.readUInt16BE(offset + 2)
          : short === 127
            ? Number(data.readBigUInt64BE(offset + 2))
            : short;
      if (data.length - offset - header < length) break;
      const opcode = (data[offset] as number) & 0x0f;
      const payload = data.subarray(offset + header, offset + header + length);
      if (opcode === 2 || opcode === 1) this.onFrame(payload);
      else if (opcode === 9) this.#pong(payload);
      offset += header + length;
    }
    this.#rest = offset < data.length ? Buffer.from(data.subarray(offset)) : null;
  }

  #pong(payload: Buffer): void {
    this.#tcp.write(Buffer.concat([Buffer.from([0x8a, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
  }
}
