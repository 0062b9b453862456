import { memoryOutboxStore } from './memory.ts';
import { testOutboxStore } from './contract.ts';

testOutboxStore('memory', () => {
  const store = memoryOutboxStore();
  return { open: () => store };
});
