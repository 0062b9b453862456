import { Latencies } from './latencies.ts';
import { type Listening, newBoard, type Room, retraceRoom } from './rooms.ts';
import type { RawSocket } from './raw-socket.ts';

/** Updates a second of one hand, as a 120 Hz pen gives them. */
const PACE = 60;

interface Hand {
  readonly room: Room;
  readonly socket: RawSocket;
  /** When each update was sent that has not come back. */
  readonly sentAt: Map<number, number>;
}

/** People who draw on boards of their own: a steady load of events that is sent to nobody but who drew them. */
export class LoneDrawers {
  /** From sending an update to having it in a commit, in ms. */
  latencies = new Latencies();
  sent = 0;
  came = 0;
  readonly boards: readonly string[];
  readonly #hands: readonly Hand[];
  #stopped = false;
  #drawing: Promise<void> = Promise.resolve();

  private constructor(boards: readonly string[], rooms: readonly Room[], sockets: readonly RawSocket[]) {
    this.boards = boards;
    this.#hands = sockets.map((socket, i) => ({ socket, room: rooms[i] as Room, sentAt: new Map() }));
  }

  /** As many as make so many updates a second. */
  static async begin(server: Listening, perSecond: number): Promise<LoneDrawers> {
    const count = Math.ceil(perSecond / PACE);
    const boards: string[] = [];
    const rooms: Room[] = [];
    const sockets: RawSocket[] = [];
    for (let i = 0; i < count; i++) {
      const board = await newBoard(server);
      const room = await retraceRoom(server, board);
      sockets.push(...(await room.join(1)));
      boards.push(board);
      rooms.push(room);
    }
    const drawers = new LoneDrawers(boards, rooms, sockets);
    for (const hand of drawers.#hands) hand.socket.onFrame = (frame) => drawers.#take(hand, frame);
    drawers.#drawing = drawers.#draw();
    return drawers;
  }

  /** Stops sending, waits for what is on its way, ms at most, and leaves. */
  async stop(patience: number): Promise<void> {
    this.#stopped = true;
    await this.#drawing;
    for (let waited = 0; this.came < this.sent && waited < patience; waited += 20) await pause(20);
    for (const { socket } of this.#hands) socket.close();
  }

  #take({ room, sentAt }: Hand, frame: Buffer): void {
    const now = performance.now();
    for (const { update } of room.read(frame)) {
      this.latencies.add(now - (sentAt.get(update) ?? now));
      sentAt.delete(update);
      this.came++;
    }
  }

  async #draw(): Promise<void> {
    const began = performance.now();
    const count = this.#hands.length;
    for (let update = 0; !this.#stopped; update++) {
      for (const [i, { room, socket, sentAt }] of this.#hands.entries()) {
        const due = began + ((update + i / count) * 1000) / PACE;
        if (due > performance.now()) await pause(due - performance.now());
        sentAt.set(update, performance.now());
        for (const message of room.update(0, update)) socket.send(message);
        this.sent++;
      }
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
