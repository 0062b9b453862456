import { snapshotMemory } from './snapshot-memory.ts';
import { testSnapshotStore } from './snapshot-store-contract.ts';

testSnapshotStore('the memory', async () => ({ store: snapshotMemory(), end: async () => {} }));
