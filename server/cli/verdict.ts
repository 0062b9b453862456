import { wayOut } from '../log/sqlite/advice.ts';
import type { Verdict } from '../log/verify-log.ts';
import type { ImagesVerdict } from '../images/verify-images.ts';
import { count } from './command.ts';

export const doesFit = ({ boards, structure }: Verdict): boolean =>
  structure.length === 0 && boards.every(({ misfit }) => misfit === null);

export function verdictInWords({ boards, structure }: Verdict): string[] {
  const bad = boards.filter(({ misfit }) => misfit !== null);
  const commits = boards.reduce((sum, board) => sum + board.commits, 0);
  const sum = `${count(boards.length, 'board')}, ${count(commits, 'commit')}`;
  const faults = [
    ...(structure.length > 0 ? [`${count(structure.length, 'fault')} of the file`] : []),
    ...(bad.length > 0 ? [`${count(bad.length, 'board')} that ${bad.length === 1 ? 'does' : 'do'} not`] : []),
  ];
  return [
    ...structure.map((fault) => `The file is damaged: ${fault}.`),
    ...bad.map(
      ({ board, misfit }) => `Board ${board} does not fit from revision ${misfit?.revision}: ${misfit?.message}.`,
    ),
    ...(bad.length + structure.length === 0
      ? [`${sum}: everything fits.`]
      : [`${sum} that ${commits === 1 ? 'fits' : 'fit'}; ${faults.join(', ')}. ${wayOut}`]),
  ];
}

/** Nothing where there are none. */
export function imagesInWords({ images, damaged }: ImagesVerdict): string[] {
  if (images === 0) return [];
  return [
    ...damaged.map((id) => `Image ${id} is not what was sent.`),
    damaged.length === 0
      ? `${count(images, 'image')}: all are as they were sent.`
      : `${count(images, 'image')}; ${damaged.length} damaged.`,
  ];
}
