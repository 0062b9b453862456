import { expect, test } from 'vitest';
import { Trace } from './trace.ts';

const PAGE = 1;
const event = (name: string, ph: string, ms: number, local?: string, pid = PAGE) => ({
  name,
  ph,
  pid,
  ts: ms * 1000,
  ...(local === undefined ? {} : { id2: { local } }),
});
const shownFrame = (local: string, committed: number, presented: number, pid = PAGE) => [
  event('PipelineReporter', 'b', committed - 5, local, pid),
  event('Commit', 'e', committed, local, pid),
  event('SubmitCompositorFrameToPresentationCompositorFrame', 'e', presented, local, pid),
  event('PipelineReporter', 'e', presented, local, pid),
];
const droppedFrame = (local: string, at: number) => [
  event('PipelineReporter', 'b', at, local),
  event('Commit', 'e', at + 1, local),
  event('PipelineReporter', 'e', at + 9, local),
];

test('a trace has the frames of the page that came onto the screen, though their numbers are used again', () => {
  const trace = new Trace([
    event('clock', 'I', 0),
    ...shownFrame('0x1', 10, 26),
    ...shownFrame('0x1', 12, 300, 2),
    ...droppedFrame('0x1', 30),
    ...shownFrame('0x2', 45, 60),
    ...shownFrame('0x1', 62, 76),
    event('ink', 'I', 11),
  ]);
  expect(trace.frames).toEqual([
    { committed: 10, presented: 26 },
    { committed: 45, presented: 60 },
    { committed: 62, presented: 76 },
  ]);
  expect(trace.gaps(0, 100)).toEqual([34, 16]);
  expect(trace.gaps(50, 100)).toEqual([16]);
  expect(trace.marks('ink')).toEqual([11]);
  // Drawn after the first frame was handed over: it is in the next that came.
  expect(trace.shown(11)).toBe(60);
  expect(trace.shown(70)).toBeUndefined();
});

test('a movement of the pen that left no ink counts for nothing', () => {
  const trace = new Trace([
    event('clock', 'I', 0),
    event('pen', 'I', 5),
    event('ink', 'I', 8),
    ...shownFrame('0x1', 10, 26),
    event('pen', 'I', 30),
    event('pen', 'I', 40),
    event('ink', 'I', 44),
    ...shownFrame('0x1', 45, 60),
  ]);
  expect(trace.untilShown('pen', 'ink')).toEqual([21, 20]);
});
