import { markSent, sendable } from '../../shared/replica.ts';
import { AnswerWatch } from './answer-watch.ts';
import type { Link } from './connection.ts';
import type { Follower } from './follower.ts';
import { Outflow } from './outflow.ts';

/** Sends what a replica has pending, over one connection after another, as fast as server and network take it. */
export class Sender {
  readonly #follower: Follower;
  readonly #answers = new AnswerWatch(() => this.#link?.drop('Commands were not answered.'));
  /** Some server may have commands up to this number: they are what they are. */
  everSent = 0;
  #link: Link | null = null;
  #outflow = new Outflow(0);
  #writable = true;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #soon = false;

  constructor(follower: Follower) {
    this.#follower = follower;
  }

  start(link: Link): void {
    this.#link = link;
    this.#outflow = new Outflow(Date.now());
  }

  stop(): void {
    this.#link = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#answers.stop();
    this.#writable = true;
  }

  /** A server that waits for its disk answers nobody, and holds what it was sent. */
  setWritable(writable: boolean): void {
    this.#writable = writable;
    this.#watch();
  }

  /** What is proposed in one task goes in one frame. Never an animation frame: a hidden page has none. */
  sendSoon(): void {
    if (this.#soon) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.send();
    });
  }

  /** To be called whenever answers came: they make room for more. */
  send(): void {
    const { replica, live } = this.#follower;
    if (!replica || !live || !this.#link) return;
    const waiting = sendable(replica);
    const unanswered = replica.sent - replica.settled;
    const { count, again } = this.#outflow.take(waiting.length, unanswered, this.#link.buffered, Date.now());
    const going = waiting.slice(0, count);
    const last = going.at(-1);
    if (last) {
      this.#link.send(going.map((command) => ({ type: 'Command', ...command })));
      this.#follower.set(markSent(replica, last.number));
      this.everSent = Math.max(this.everSent, last.number);
    }
    this.#watch();
    if (again === null || waiting.length === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.send();
    }, again);
  }

  #watch(): void {
    const { replica } = this.#follower;
    if (this.#writable && replica) this.#answers.update(replica.sent, replica.settled);
    else this.#answers.stop();
  }
}
