import { WebSocket } from 'ws';

/** Somebody who draws with a program: the JSON subprotocol, no cursor, no browser. */
export class JsonPen {
  readonly #socket: WebSocket;
  #number = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static open(url: string, board: string, name: string): Promise<JsonPen> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/boards/${board}/live`, 'retrace.json.v1');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string };
        if (message.type === 'Joined') resolve(new JsonPen(socket));
      });
      socket.once('open', () => {
        const secret = `secret-of-${name}-${Math.random().toString(36).slice(2)}`;
        socket.send(JSON.stringify({ type: 'Hello', secret, slot: 1, name, color: 'red', after: 0, settled: 0 }));
      });
    });
  }

  /** Draws through the points, one every `ms`. */
  async draw(points: readonly (readonly [x: number, y: number])[], ms = 16): Promise<void> {
    for (const [i, [x, y]] of points.entries()) {
      this.#command({ type: i === 0 ? 'StartStroke' : 'ExtendStroke', points: [[x, y, 0.5, i === 0 ? 0 : ms]] });
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    this.#command({ type: 'EndStroke' });
  }

  undo(): void {
    this.#command({ type: 'Undo' });
  }

  mark(moment: number, name: string): void {
    this.#command({ type: 'MarkMoment', moment, name });
  }

  rename(title: string): void {
    this.#command({ type: 'RenameBoard', title });
  }

  close(): void {
    this.#socket.close();
  }

  #command(command: object): void {
    this.#socket.send(JSON.stringify({ type: 'Command', number: ++this.#number, command }));
  }
}
