import { authorWith } from '../../shared/board.ts';
import type { Command } from '../../shared/command.ts';
import { clientId, type Epoch } from '../../shared/ids.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import {
  createReplica,
  markSent,
  nextGesture,
  propose,
  receive,
  reconnected,
  type Replica,
  reset,
  RevisionGap,
  sendable,
  settle,
} from '../../shared/replica.ts';
import { samplesAt, startStroke } from '../../shared/testing/peers.ts';
import { SnapshotReader } from '../../shared/wire/board-codec.ts';
import { packClientMessage, unpackServerMessages } from '../../shared/wire/codec.ts';
import type { ServerMessage } from '../../shared/wire/message.ts';
import { participantOfSecret } from '../auth/participant.ts';
import type { Simulation } from './simulation.ts';
import type { Wire } from './wire.ts';

/** A person with a replica, a connection that may break, and an outbox that does not. */
export class SimulatedClient {
  replica: Replica;
  wire: Wire | null = null;
  /** Numbers of commands that were confirmed to this client, in order. */
  readonly #secret: string;
  readonly #simulation: Simulation;
  #epoch: Epoch | null = null;
  #joined = false;
  #snapshot: SnapshotReader | null = null;

  constructor(secret: string, simulation: Simulation) {
    this.#secret = secret;
    this.#simulation = simulation;
    const client = clientId(participantOfSecret(secret), 1);
    this.replica = createReplica({ client, name: 'Simulated', color: 'blue', role: 'editor' });
  }

  /** Does something a person might do. */
  act(): void {
    const command = this.#command();
    const result = propose(this.replica, command);
    if ('replica' in result) this.replica = result.replica;
    this.send();
  }

  /** Connects where it is not, and sends what is due. */
  send(): void {
    if (!this.wire) return this.#connect();
    if (!this.#joined) return;
    const commands = sendable(this.replica);
    for (const command of commands) this.wire.send(packClientMessage({ type: 'Command', ...command }));
    this.replica = markSent(this.replica, commands.at(-1)?.number ?? this.replica.sent);
  }

  disconnect(): void {
    this.wire?.cut();
    this.#forgetWire();
  }

  #command(): Command {
    const { random } = this.#simulation;
    const board = this.replica.optimistic;
    const author = authorWith(board, this.replica.author.client);
    const what = random();
    if (author?.stroke && what < 0.5) {
      return {
        type: 'ExtendStroke',
        samples: samplesAt(...[0, 1].map(() => [random() - 0.5, random() - 0.5] as const)),
      };
    }
    if (author?.stroke && what < 0.65) return { type: 'EndStroke' };
    if (what < 0.75) return startStroke(nextGesture(this.replica), samplesAt([random() * 500, random() * 500]));
    if (what < 0.85) {
      const shapes = [...valuesOf(board.shapes)].map((shape) => shape.id).filter(() => random() < 0.3);
      return { type: 'EraseShapes', gesture: nextGesture(this.replica), shapes: shapes.slice(0, 5) };
    }
    if (what < 0.92) return { type: 'Undo' };
    if (what < 0.97) return { type: 'Redo' };
    return { type: 'RenameBoard', title: `Title ${Math.floor(random() * 4)}` };
  }

  #connect(): void {
    const wire = this.#simulation.connect();
    this.wire = wire;
    wire.received = (frame) => this.#receive(frame);
    wire.broken = () => this.#forgetWire();
    const { author, confirmed, settled } = this.replica;
    wire.send(
      packClientMessage({
        type: 'Hello',
        secret: this.#secret,
        slot: 1,
        name: author.name,
        color: author.color,
        after: confirmed.revision,
        ...(this.#epoch ? { epoch: this.#epoch } : {}),
        settled,
      }),
    );
  }

  #forgetWire(): void {
    this.wire = null;
    this.#joined = false;
    this.#snapshot = null;
    this.replica = reconnected(this.replica);
  }

  #receive(frame: Uint8Array): void {
    try {
      for (const message of unpackServerMessages(frame)) this.#take(message);
    } catch (error) {
      if (!(error instanceof RevisionGap)) throw error;
      this.disconnect();
    }
    this.send();
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'Joined':
        this.#joined = true;
        this.#epoch = message.epoch;
        this.replica = settle(this.replica, message.settled, message.head);
        return;
      case 'SnapshotBegan':
        this.#snapshot = new SnapshotReader(message);
        return this.#takeSnapshot();
      case 'SnapshotPart':
        this.#snapshot?.add(message);
        return this.#takeSnapshot();
      case 'Commit':
        // A frame of a snapshot was lost: its board never came.
        if (this.#snapshot) throw new RevisionGap(0, message.after);
        this.replica = receive(this.replica, [message]);
        return;
      case 'Settled':
        this.replica = settle(this.replica, message.through, message.at);
        return;
      default:
        return;
    }
  }

  #takeSnapshot(): void {
    const board = this.#snapshot?.board;
    if (!board) return;
    this.replica = reset(this.replica, board);
    this.#snapshot = null;
  }
}
