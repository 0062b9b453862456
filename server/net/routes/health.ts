import type { BoardId } from '../../../shared/ids.ts';
import type { Boards } from '../../boards.ts';
import type { Metrics } from '../../metrics.ts';
import { json, refuse } from '../answer.ts';
import type { Route } from '../router.ts';

/** A board that is never made: an append of nothing to it asks the log whether it writes. */
const PROBE = 'ReadinessProbe00' as BoardId;

export const healthz: Route = { method: 'GET', path: '/healthz', handle: () => json(200, { status: 'live' }) };

/** Ready: the log answers and takes appends. On a full disk only a real one tells: a board that waits for it knows. */
export const readyz = (boards: Boards): Route => ({
  method: 'GET',
  path: '/readyz',
  async handle() {
    try {
      await boards.log.append(PROBE, 0, []);
      if (boards.writable) return json(200, { status: 'ready' });
    } catch {
      // Said below.
    }
    return refuse(503, 'LogUnavailable', 'The log cannot be written.', { 'retry-after': '2' });
  },
});

export const metricsPage = (metrics: Metrics): Route => ({
  method: 'GET',
  path: '/metrics',
  async handle() {
    const { contentType, body } = await metrics.text();
    return { status: 200, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body };
  },
});
