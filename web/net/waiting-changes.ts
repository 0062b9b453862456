import type { NumberedCommand } from '../../shared/command.ts';

/** How many changes wait, as a person counts them: a stroke is one, however many commands it takes. */
export function waitingChanges(pending: readonly NumberedCommand[]): number {
  let changes = 0;
  let gesture = 0;
  for (const { command } of pending) {
    if (command.type === 'ExtendStroke' || command.type === 'EndStroke') continue;
    if (command.type === 'EraseShapes' && command.gesture === gesture) continue;
    if (command.type === 'EraseShapes') gesture = command.gesture;
    changes++;
  }
  return changes === 0 && pending.length > 0 ? 1 : changes;
}
