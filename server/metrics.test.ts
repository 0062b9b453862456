import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

const lines = async (metrics: Metrics): Promise<string[]> =>
  (await metrics.text()).body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('[N15] what happens is counted, under its code', async () => {
  const metrics = new Metrics({ process: false });
  metrics.opened();
  metrics.opened();
  metrics.opened();
  metrics.opened();
  metrics.ended(1006);
  metrics.ended(4413);
  metrics.ended(4999);
  metrics.received(3, 120);
  metrics.received(1, 4);
  metrics.sent(1000);
  metrics.rejected('NotAllowed');
  metrics.closed('Malformed');
  metrics.closed('Malformed');
  metrics.refused('WrongOrigin');
  metrics.committed(7, 1.5);
  metrics.answered('/api/boards', 201, 4);
  metrics.gauge('boards', 'Boards open now.', () => 5);
  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'retrace_connections 1',
      'retrace_connections_total 4',
      'retrace_ends_total{code="1006"} 1',
      'retrace_ends_total{code="4413"} 1',
      'retrace_ends_total{code="other"} 1',
      'retrace_messages_total 4',
      'retrace_received_bytes_total 124',
      'retrace_sent_bytes_total 1000',
      'retrace_rejections_total{code="NotAllowed"} 1',
      'retrace_closes_total{reason="Malformed"} 2',
      'retrace_http_refusals_total{code="WrongOrigin"} 1',
      'retrace_commits_total 1',
      'retrace_events_total 7',
      'retrace_commit_seconds_bucket{le="0.001"} 0',
      'retrace_commit_seconds_bucket{le="0.002"} 1',
      'retrace_http_seconds_count{route="/api/boards",status="201"} 1',
      'retrace_boards 5',
    ]),
  );
});

test('[N15] reading the metrics twice counts nothing twice', async () => {
  const metrics = new Metrics({ process: false });
  metrics.received(2, 10);
  await metrics.text();
  expect(await lines(metrics)).toContain('retrace_messages_total 2');
});

test("[N15] the process's own numbers come along where they are wanted", async () => {
  const names = (await lines(new Metrics({ process: true }))).join('\n');
  expect(names).toContain('process_resident_memory_bytes');
  expect(names).toContain('nodejs_eventloop_lag_seconds');
});
