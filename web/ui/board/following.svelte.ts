import type { ClientId } from '../../../shared/ids.ts';
import type { Presence } from '../../../shared/wire/message.ts';
import { type Camera, sameCamera, seeing } from '../../canvas/camera.ts';
import type { Desk } from './desk.svelte.ts';

/** Seeing what somebody else sees, until one looks elsewhere oneself. */
export class Following {
  readonly #desk: Desk;
  readonly #people: () => readonly Presence[];
  #client = $state<ClientId | null>(null);
  /** Where the camera was put last: anywhere else it was moved by hand. */
  #put: Camera | null = null;

  readonly person: Presence | null = $derived.by(
    () => this.#people().find(({ client }) => client === this.#client) ?? null,
  );

  constructor(desk: Desk, people: () => readonly Presence[]) {
    this.#desk = desk;
    this.#people = people;
  }

  get client(): ClientId | null {
    return this.#client;
  }

  set client(client: ClientId | null) {
    this.#put = null;
    this.#client = client;
  }

  /** To be run whenever something of it changed. */
  follow(): void {
    const { camera, size } = this.#desk;
    const sight = this.person?.sight;
    if (this.#client === null || !sight || size.width === 0) return;
    if (this.#put && !sameCamera(this.#put, camera)) {
      this.client = null;
      return;
    }
    const next = seeing(sight, size);
    this.#put = next;
    if (!sameCamera(next, camera)) this.#desk.camera = next;
  }
}
