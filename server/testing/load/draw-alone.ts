// A process of people who draw on boards of their own: arguments PORT UPDATES-A-SECOND. To any message it answers with an
// `AloneReport` of what was since the last one; to 'Stop' with the last, once all has come that was sent.
import { Latencies } from './latencies.ts';
import { LoneDrawers } from './lone-drawers.ts';

export interface AloneReport {
  /** From sending an update to having it in a commit, in ms. */
  readonly p99: number;
  readonly sent: number;
  readonly lost: number;
}

const PATIENCE = 60_000;

const [port, perSecond] = process.argv.slice(2).map(Number);
const drawers = await LoneDrawers.begin({ port: port ?? 0 }, perSecond ?? 0);
process.on('message', (message) => void answer(message === 'Stop'));
process.on('disconnect', () => process.exit());
process.send?.('Ready');

async function answer(stops: boolean): Promise<void> {
  if (stops) await drawers.stop(PATIENCE);
  const { sent, came, latencies } = drawers;
  process.send?.({ p99: latencies.at(0.99), sent, lost: sent - came } satisfies AloneReport);
  drawers.latencies = new Latencies();
}
