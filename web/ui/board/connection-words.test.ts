import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../board-client.ts';
import { connectionWords } from './connection-words.ts';

const kept = { stored: true, waiting: 0 } as const;
const words = (status: ConnectionStatus): string => connectionWords(status).text;

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
    expect(connectionWords({ ...offline, stored: true }).detail).toContain('kept in this browser');
    expect(connectionWords({ ...offline, stored: false }).detail).toContain('only as long as this page is open');
  });

  it('asks to reload only where reloading helps', () => {
    const failed = { ...kept, state: 'Failed', message: 'Why it ended.' } as const;
    expect(connectionWords({ ...failed, reason: 'OutdatedProtocol' })).toMatchObject({
      text: 'Reload this page',
      reload: true,
    });
    expect(connectionWords({ ...failed, reason: 'Replaced' }).detail).toBe('Why it ended.');
    expect(connectionWords({ ...kept, state: 'Live' }).reload).toBeUndefined();
  });
});
