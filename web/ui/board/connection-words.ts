import type { ConnectionStatus } from '../../board-client.ts';
import type { BoardView } from '../../board.svelte.ts';

export interface ConnectionWords {
  readonly tone: 'ok' | 'busy' | 'warn' | 'danger';
  /** Few words for the corner of the page. */
  readonly text: string;
  /** What it means for the person's drawing. */
  readonly detail: string;
  /** Reloading the page is the way out. */
  readonly reload?: true;
}

const strokes = (count: number): string => (count === 1 ? '1 stroke' : `${count} strokes`);

const notWhole: ConnectionWords = {
  tone: 'warn',
  text: 'Not all of it is shown',
  detail:
    'Some of this board was made with a newer version of Retrace than this page. Nothing of it is lost: reload to see it.',
  reload: true,
};

/** Whether there is nothing to say: what is drawn is saved, and all of the board is shown. */
export const isCalm = ({ status, confirmed }: Pick<BoardView, 'status' | 'confirmed'>): boolean =>
  status.state === 'Live' && confirmed.unknownEvents === 0;

/** The state of the connection as a person understands it. `whole`: this page knows all of the board's events. */
export function connectionWords(status: ConnectionStatus, whole: boolean): ConnectionWords {
  const { waiting } = status;
  const kept = status.stored
    ? 'kept in this browser until the server has them.'
    : 'kept only as long as this page is open: the browser refuses to store them.';
  switch (status.state) {
    case 'Live':
      if (!whole) return notWhole;
      return { tone: 'ok', text: 'Live', detail: 'Everything you draw is saved, and others see it at once.' };
    case 'Connecting':
      return waiting > 0
        ? { tone: 'busy', text: `Connecting: ${strokes(waiting)} waiting`, detail: `Your strokes are ${kept}` }
        : { tone: 'busy', text: 'Connecting…', detail: 'Looking for the server.' };
    case 'Offline':
      return waiting > 0
        ? {
            tone: 'warn',
            text: `Offline: ${strokes(waiting)} waiting`,
            detail: `Go on drawing. Your strokes are ${kept}`,
          }
        : { tone: 'warn', text: 'Offline', detail: `Go on drawing. Your strokes will be ${kept}` };
    case 'ReadOnlyServer':
      return {
        tone: 'danger',
        text: waiting > 0 ? `Cannot save: ${strokes(waiting)} waiting` : 'Cannot save just now',
        detail: `The server cannot save ${whole ? 'just now' : 'to a board that a newer version of it has drawn on'}. Your strokes are ${kept}`,
      };
    case 'Failed':
      return status.reason === 'OutdatedProtocol'
        ? {
            tone: 'danger',
            text: 'Reload this page',
            detail: `This page is of another version than the server. Your strokes are ${kept}`,
            reload: true,
          }
        : { tone: 'danger', text: 'Disconnected', detail: status.message, reload: true };
  }
}
