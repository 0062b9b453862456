import type { Author } from '../../../shared/board.ts';
import { participantOf } from '../../../shared/ids.ts';
import { boardLinks } from '../../access/board-links.ts';
import type { Boards } from '../../boards.ts';
import { isRefusal, json } from '../answer.ts';
import type { Route } from '../router.ts';
import { boardFor } from './board-access.ts';

export const showBoard = (boards: Boards): Route => ({
  method: 'GET',
  path: '/api/boards/:board',
  async handle(request, params) {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const { id, open, role } = allowed;
    const { title, access, revision, createdAt, at, authors, shapes, origin, marks } = open.host.board;
    return json(200, {
      id,
      title,
      access,
      role,
      revision,
      epoch: boards.log.epoch,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(at).toISOString(),
      shapes: shapes.size,
      origin,
      moments: marks.map(({ revision: mark, at: time, name }) => ({ mark, at: new Date(time).toISOString(), name })),
      participants: participantsOf(authors),
      links: boardLinks(id),
    });
  },
});

/** The people who drew here, under the name each used last: somebody may have drawn in several tabs. */
function participantsOf(authors: readonly Author[]): { id: string; name: string; color: string }[] {
  const people = new Map(
    authors.map(({ client, name, color }) => [participantOf(client), { id: participantOf(client), name, color }]),
  );
  return [...people.values()];
}
