import { describe, expect, test } from 'vitest';
import type { Commit } from '../event.ts';
import { withEvents } from '../testing/newer-events.ts';
import { packCommit } from './codec.ts';
import { CommitCodec } from './commit-codec.ts';
import { flag, optional } from './field.ts';
import { count, title } from './fields.ts';
import { schemaOf } from './rows.ts';
import { upcastFrom } from './upcast.ts';

/** A type of event in three versions: its text was `words` first, then `text`, and then it got a size. */
type First = { type: 'Noted'; words: string };
type Second = { type: 'Noted'; text: string; urgent?: boolean };
type Third = { type: 'Noted'; text: string; size: number };

const first = { words: title };
const second = { text: title, urgent: optional(flag) };
const third = { text: title, size: count };

const secondOfFirst = upcastFrom<Omit<First, 'type'>, Omit<Second, 'type'>>(100, first, ({ words }) => ({
  text: words,
}));
const thirdOfSecond = upcastFrom<Omit<Second, 'type'>, Omit<Third, 'type'>>(
  101,
  second,
  ({ text, urgent }) => ({ text, size: urgent ? 40 : 20 }),
  secondOfFirst,
);

const version1 = new CommitCodec(withEvents<First>({ Noted: [100, first] }));
const version2 = new CommitCodec(withEvents<Second>({ Noted: [101, second, secondOfFirst] }));
const version3 = new CommitCodec(withEvents<Third>({ Noted: [102, third, thirdOfSecond] }));

const commitWith = (event: First | Second | Third): Commit =>
  ({ after: 4, at: 9, events: [{ revision: 5, at: 9, by: 1, settles: 2, event }] }) as unknown as Commit;
const readBy = (codec: CommitCodec, bytes: Uint8Array): unknown => codec.unpack(bytes)[0]?.events[0];

describe('[W18] an event in a form that its type had before', () => {
  const old = version1.pack(commitWith({ type: 'Noted', words: 'Buy ink' }));
  const place = { revision: 5, at: 9, by: 1, settles: 2 };

  test('is read as the event that it would be today, through every form in between', () => {
    expect(readBy(version1, old)).toEqual({ ...place, event: { type: 'Noted', words: 'Buy ink' } });
    expect(readBy(version2, old)).toEqual({ ...place, event: { type: 'Noted', text: 'Buy ink' } });
    expect(readBy(version3, old)).toEqual({ ...place, event: { type: 'Noted', text: 'Buy ink', size: 20 } });
  });

  test('of a later version is read from there on', () => {
    const urgent = version2.pack(commitWith({ type: 'Noted', text: 'Now', urgent: true }));
    expect(readBy(version3, urgent)).toEqual({ ...place, event: { type: 'Noted', text: 'Now', size: 40 } });
  });

  test('is written in the present form, which versions before it do not know', () => {
    const written = version3.pack(version3.unpack(old)[0] as Commit);
    expect(written).toEqual(version3.pack(commitWith({ type: 'Noted', text: 'Buy ink', size: 20 })));
    expect(readBy(version2, written)).toMatchObject({ ...place, event: { type: 'Unknown', tag: 102 } });
    expect(version2.pack(version2.unpack(written)[0] as Commit)).toEqual(written);
  });

  test('is in the schema, in its form of then', () => {
    const table = withEvents<Third>({ Noted: [102, third, thirdOfSecond] });
    expect(schemaOf(table).slice(-3)).toEqual([
      '100 Noted [words: title]',
      '101 Noted [text: title; urgent: flag, may be absent]',
      expect.stringMatching(/^102 Noted \[text: title; size: /),
    ]);
  });
});

test('[W18] beside it all other events are what they were', () => {
  const commit: Commit = {
    after: 0,
    at: 9,
    events: [{ revision: 1, at: 9, by: 1, settles: 1, event: { type: 'BoardRenamed', title: 'Same' } }],
  };
  for (const codec of [version1, version2, version3]) {
    expect(codec.pack(commit)).toEqual(packCommit(commit));
    expect(codec.unpack(packCommit(commit))).toEqual([commit]);
  }
});
