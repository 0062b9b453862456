import type { NumberedCommand } from '../../shared/command.ts';
import { MAX_SAMPLES_PER_COMMAND } from '../../shared/limits.ts';
import type { Replica } from '../../shared/replica.ts';
import { countSamples, type Samples } from '../../shared/samples.ts';

/**
 * The replica with its last command joined to the one before it, where both go on with the same stroke and no server
 * can have seen either: their numbers are above `everSent`. Minutes of drawing offline are then a few hundred commands
 * instead of many thousand, to keep, to send and to decide again at every commit of others.
 */
export function coalesced(replica: Replica, everSent: number): Replica {
  const { pending } = replica;
  const [before, last] = pending.slice(-2);
  if (!before || !last || before.number <= everSent) return replica;
  const joined = joinedCommand(before, last);
  return joined ? { ...replica, pending: [...pending.slice(0, -2), joined] } : replica;
}

function joinedCommand({ number, command: first }: NumberedCommand, { command: second }: NumberedCommand) {
  if (first.type !== 'ExtendStroke' || second.type !== 'ExtendStroke') return null;
  if (countSamples(first.samples) + countSamples(second.samples) > MAX_SAMPLES_PER_COMMAND) return null;
  const samples = new Uint8Array(first.samples.length + second.samples.length) as Samples;
  // A run is differences from where the run before it ended, so that two runs in a row are one.
  samples.set(first.samples);
  samples.set(second.samples, first.samples.length);
  return { number, command: { type: 'ExtendStroke', samples } as const };
}
