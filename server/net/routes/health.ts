import type { BoardId } from '../../../shared/ids.ts';
import type { EventLog } from '../../log/event-log.ts';
import type { Metrics } from '../../metrics.ts';
import { json, refuse } from '../answer.ts';
import type { Route } from '../router.ts';

/** A board that is never made: an append of nothing to it asks the log whether it writes. */
const PROBE = 'ReadinessProbe00' as BoardId;

export const healthz: Route = { method: 'GET', path: '/healthz', handle: () => json(200, { status: 'live' }) };

/** Ready: the log answers and takes appends. */
export const readyz = (log: EventLog): Route => ({
  method: 'GET',
  path: '/readyz',
  async handle() {
    try {
      await log.append(PROBE, 0, []);
      return json(200, { status: 'ready' });
    } catch {
      return refuse(503, 'LogUnavailable', 'The log cannot be written.', { 'retry-after': '2' });
    }
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
