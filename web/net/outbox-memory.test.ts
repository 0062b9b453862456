import { memoryOutboxStore } from './outbox-memory.ts';
import { testOutboxStore } from './outbox-store-contract.ts';

testOutboxStore('memory', () => {
  const store = memoryOutboxStore();
  return { open: () => store };
});
