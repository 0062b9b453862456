import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../board-client.ts';
import { connectionWords } from './connection-words.ts';

const kept = { stored: true, waiting: 0 } as const;
const wordsOf = (status: ConnectionStatus) => connectionWords(status, true);
const words = (status: ConnectionStatus): string => wordsOf(status).text;

describe('the connection, as a person understands it', () => {
  it('counts the strokes that wait', () => {
    expect(words({ ...kept, state: 'Live' })).toBe('Live');
    expect(words({ ...kept, state: 'Connecting' })).toBe('Connecting…');
    expect(words({ ...kept, state: 'Offline', retryAt: 0 })).toBe('Offline');
    expect(words({ ...kept, state: 'Offline', retryAt: 0, waiting: 1 })).toBe('Offline: 1 stroke waiting');
    expect(words({ ...kept, state: 'Offline', retryAt: 0, waiting: 12 })).toBe('Offline: 12 strokes waiting');
    expect(words({ ...kept, state: 'ReadOnlyServer', waiting: 3 })).toBe('Cannot save: 3 strokes waiting');
  });

  it('never promises to keep what the browser refuses to store', () => {
    const offline = { state: 'Offline', retryAt: 0, waiting: 2 } as const;
    expect(wordsOf({ ...offline, stored: true }).detail).toContain('kept in this browser');
    expect(wordsOf({ ...offline, stored: false }).detail).toContain('only as long as this page is open');
  });

  it('asks to reload only where reloading helps', () => {
    const failed = { ...kept, state: 'Failed', message: 'Why it ended.' } as const;
    expect(wordsOf({ ...failed, reason: 'OutdatedProtocol' })).toMatchObject({
      text: 'Reload this page',
      reload: true,
    });
    expect(wordsOf({ ...failed, reason: 'Replaced' }).detail).toBe('Why it ended.');
    expect(wordsOf({ ...kept, state: 'Live' }).reload).toBeUndefined();
  });

  it('[C30] says that not all is shown where events are of a newer version, and that nothing of it is lost', () => {
    const live = connectionWords({ ...kept, state: 'Live' }, false);
    expect(live).toMatchObject({
      text: 'Not all of it is shown',
      detail: expect.stringContaining('Nothing of it is lost'),
      reload: true,
    });
    const readOnly = connectionWords({ ...kept, state: 'ReadOnlyServer', waiting: 1 }, false);
    expect(readOnly).toMatchObject({
      text: 'Cannot save: 1 stroke waiting',
      detail: expect.stringMatching(/newer version.*kept in this/),
    });
  });
});
