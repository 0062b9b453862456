import { describe, expect, test } from 'vitest';
import { fold } from './board.ts';
import { getFrom } from './persistent-map.ts';
import { propose, receive, reset, RevisionGap, sendable } from './replica.ts';
import { author, peers, startStroke } from './testing/peers.ts';

describe('a replica', () => {
  test('[R1] shows what its person draws at once, and others once it was delivered', () => {
    const { clients, converge } = peers('Ada', 'Bram');
    const [ada, bram] = clients as [(typeof clients)[0], (typeof clients)[0]];
    const stroke = ada.draw([0, 0], [5, 5]);
    expect(getFrom(ada.replica.optimistic.shapes, stroke)).toBeDefined();
    expect(getFrom(ada.replica.confirmed.shapes, stroke)).toBeUndefined();
    converge();
    expect(getFrom(bram.replica.optimistic.shapes, stroke)).toBeDefined();
    expect(ada.replica.pending).toEqual([]);
  });

  test('[R1] keeps what is refused at once to itself', () => {
    const { clients } = peers('Ada');
    const ada = clients[0] as (typeof clients)[0];
    expect(ada.do({ type: 'Undo' })).toBe(false);
    expect(sendable(ada.replica)).toEqual([]);
  });

  test('[R2] refuses a commit that does not follow, unchanged', () => {
    const { authority, clients, converge } = peers('Ada', 'Bram');
    clients[0]?.draw([0, 0]);
    clients[0]?.send().deliver();
    clients[0]?.draw([1, 1]);
    clients[0]?.send().deliver();
    const bram = clients[1] as (typeof clients)[0];
    const before = bram.replica;
    expect(() => receive(bram.replica, authority.commits.slice(2))).toThrow(RevisionGap);
    expect(bram.replica).toBe(before);
    converge();
  });

  test('[R3] passes over commits that it has, also the first part of one', () => {
    const { authority, clients, converge } = peers('Ada');
    const ada = clients[0] as (typeof clients)[0];
    ada.draw([0, 0]);
    converge();
    expect(receive(ada.replica, authority.commits)).toBe(ada.replica);
    const events = authority.commits.flatMap((commit) => commit.events);
    const whole = [{ after: 0, at: 0, events }];
    expect(receive(ada.replica, whole)).toBe(ada.replica);
    const half = { ...ada.replica, confirmed: fold(reset(ada.replica, ada.replica.confirmed).confirmed, []) };
    expect(receive(half, whole).confirmed.revision).toBe(events.length);
  });

  test('[R4] an answer that overtakes the events settles nothing yet', () => {
    const { clients } = peers('Ada', 'Bram');
    const [ada, bram] = clients as [(typeof clients)[0], (typeof clients)[0]];
    const theirs = bram.draw([0, 0]);
    bram.send().deliver().hear();
    ada.hear();
    const mine = ada.draw([9, 9]);
    ada.send().deliver();
    bram.erase(theirs);
    bram.send().deliver();
    ada.erase(theirs);
    ada.send().deliver();
    ada.hear(0);
    expect(getFrom(ada.replica.optimistic.shapes, mine)).toBeDefined();
    expect(getFrom(ada.replica.optimistic.shapes, theirs)).toBeUndefined();
    expect(ada.replica.pending.length).toBeGreaterThan(0);
    ada.hear();
    expect(ada.replica.pending).toEqual([]);
  });

  test('[R5] sends again what was lost with the connection, and the server applies it once', () => {
    const { authority, clients, converge } = peers('Ada');
    const ada = clients[0] as (typeof clients)[0];
    ada.draw([0, 0]);
    ada.send().deliver(1).reconnect();
    ada.draw([1, 1]);
    converge();
    expect(authority.board.shapes.size).toBe(2);
    expect(ada.replica.pending).toEqual([]);
  });

  test('[R6] keeps what is pending when the whole board is replaced', () => {
    const { authority, clients } = peers('Ada', 'Bram');
    const [ada, bram] = clients as [(typeof clients)[0], (typeof clients)[0]];
    bram.draw([0, 0]);
    bram.send().deliver();
    const mine = ada.draw([9, 9]);
    ada.replica = reset(ada.replica, authority.board);
    expect(ada.replica.confirmed).toBe(authority.board);
    expect(ada.replica.optimistic.shapes.size).toBe(2);
    expect(getFrom(ada.replica.optimistic.shapes, mine)).toBeDefined();
  });

  test('[R7] is what the log says when nothing is pending', () => {
    const { clients, converge } = peers('Ada');
    const ada = clients[0] as (typeof clients)[0];
    ada.draw([0, 0], [1, 1]);
    converge();
    expect(ada.replica.optimistic).toBe(ada.replica.confirmed);
  });

  test('two people erase the same stroke: it goes once, and both are settled', () => {
    const { authority, clients, converge } = peers('Ada', 'Bram');
    const [ada, bram] = clients as [(typeof clients)[0], (typeof clients)[0]];
    const stroke = ada.draw([0, 0]);
    converge();
    ada.erase(stroke);
    bram.erase(stroke);
    converge();
    expect(authority.commits.at(-1)?.events.map((one) => one.event.type)).toEqual(['ShapesErased']);
    expect([ada, bram].map((peer) => peer.replica.pending.length)).toEqual([0, 0]);
    expect(bram.replica.confirmed.shapes.size).toBe(0);
  });

  test('a viewer proposes nothing', () => {
    const { clients } = peers('Ada');
    const replica = { ...(clients[0] as (typeof clients)[0]).replica, author: author('Vera', 'viewer') };
    expect(propose(replica, startStroke(1))).toHaveProperty('rejection.code', 'NotAllowed');
  });
});
