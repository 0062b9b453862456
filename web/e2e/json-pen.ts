import { WebSocket } from 'ws';

/** What a pen must hear of. */
type Heard =
  | { readonly type: 'Settled'; readonly through: number }
  | {
      readonly type: 'Commit';
      readonly events: readonly { readonly author: string | null; readonly settles: number }[];
    }
  | { readonly type: 'Joined' };

/** Somebody who draws with a program: the JSON subprotocol, no cursor, no browser. */
export class JsonPen {
  readonly #socket: WebSocket;
  readonly #client: string;
  #number = 0;
  /** Commands up to this number are in the log, or came to nothing. */
  #settled = 0;
  #told: (() => void) | null = null;

  private constructor(socket: WebSocket, client: string) {
    this.#socket = socket;
    this.#client = client;
    socket.on('message', (data) => this.#hear(JSON.parse(String(data)) as Heard));
  }

  static open(url: string, board: string, name: string): Promise<JsonPen> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/boards/${board}/live`, 'retrace.json.v1');
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', (code, reason) => reject(new Error(`Nobody let ${name} in: ${code} ${String(reason)}`)));
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; client: string };
        if (message.type === 'Joined') resolve(new JsonPen(socket, message.client));
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

  /** Once all that was sent is settled. */
  async confirmed(): Promise<void> {
    while (this.#settled < this.#number) await new Promise<void>((resolve) => (this.#told = resolve));
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

  #hear(message: Heard): void {
    if (message.type === 'Settled') this.#settled = Math.max(this.#settled, message.through);
    if (message.type === 'Commit')
      for (const { author, settles } of message.events) if (author === this.#client) this.#settled += settles;
    this.#told?.();
  }

  #command(command: object): void {
    this.#socket.send(JSON.stringify({ type: 'Command', number: ++this.#number, command }));
  }
}
