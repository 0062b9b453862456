import type { Verdict } from '../log/verify-log.ts';
import { count } from './command.ts';

export const doesFit = ({ boards, structure }: Verdict): boolean =>
  structure.length === 0 && boards.every(({ misfit }) => misfit === null);

export function verdictInWords({ boards, structure }: Verdict): string[] {
  const bad = boards.filter(({ misfit }) => misfit !== null);
  const commits = boards.reduce((sum, board) => sum + board.commits, 0);
  const sum = `${count(boards.length, 'board')}, ${count(commits, 'commit')}`;
  return [
    ...structure.map((fault) => `The file is damaged: ${fault}.`),
    ...bad.map(
      ({ board, misfit }) => `Board ${board} does not fit from revision ${misfit?.revision}: ${misfit?.message}.`,
    ),
    bad.length + structure.length === 0
      ? `${sum}: everything fits.`
      : `${sum}; ${bad.length} of the boards ${bad.length === 1 ? 'does' : 'do'} not fit.`,
  ];
}
