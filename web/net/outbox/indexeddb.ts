import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { NumberedCommand } from '../../../shared/command.ts';
import { type ClientId, isClientId } from '../../../shared/ids.ts';
import { packClientMessage, unpackClientMessages } from '../../../shared/wire/codec.ts';
import { UnknownCode } from '../../../shared/wire/wire-error.ts';
import type { OutboxStore } from './outbox-store.ts';

interface Schema extends DBSchema {
  /** Packed Command messages: what is read back passes the same decoder as what comes from outside. */
  commands: { key: [board: string, client: string, number: number]; value: Uint8Array };
}

const NAME = 'retrace-outbox';
const VERSION = 1;
/** A database that does not open in so long, in ms, is refused: another tab may hold an older version of it for ever. */
const OPEN_WITHIN = 3000;
/** A transaction that takes longer, in ms, is taken for refused. Should it succeed after all, the next one repeats it. */
const DONE_WITHIN = 10_000;

/** The outbox in the browser's database. */
export function indexedDbOutboxStore(name = NAME): OutboxStore {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = (): void => {
    opening = null;
  };
  const database = (): Promise<IDBPDatabase<Schema>> => {
    if (!opening) {
      const attempt = within(OPEN_WITHIN, open(name, forget));
      opening = attempt;
      attempt.catch(forget);
    }
    return opening;
  };

  return {
    async load(board) {
      const db = await database();
      const range = IDBKeyRange.bound([board], [board, []]);
      const transaction = db.transaction('commands');
      const { store } = transaction;
      const [keys, values] = await within(DONE_WITHIN, Promise.all([store.getAllKeys(range), store.getAll(range)]));
      const waiting = new Map<ClientId, NumberedCommand[]>();
      keys.forEach(([, client], i) => {
        const command = commandOf(values[i]);
        if (!command || !isClientId(client)) return;
        const commands = waiting.get(client) ?? [];
        commands.push(command);
        waiting.set(client, commands);
      });
      return waiting;
    },
    async write(board, client, { drop, put }) {
      const db = await database();
      // What goes may come back after a power cut: it is settled, and the server knows. What comes may not go.
      const transaction = db.transaction('commands', 'readwrite', {
        durability: put.length > 0 ? 'strict' : 'relaxed',
      });
      const done = [transaction.store.delete(IDBKeyRange.bound([board, client, 0], [board, client, drop]))];
      for (const { number, command } of put) {
        const key: Schema['commands']['key'] = [board, client, number];
        done.push(transaction.store.put(packClientMessage({ type: 'Command', number, command }), key).then(() => {}));
      }
      await within(DONE_WITHIN, Promise.all([...done, transaction.done]));
    },
  };
}

/** Opens the database; it closes again for a newer page, or with the browser's own trouble, and is opened anew then. */
async function open(name: string, forget: () => void): Promise<IDBPDatabase<Schema>> {
  const db = await openDB<Schema>(name, VERSION, {
    upgrade: (upgrading) => void upgrading.createObjectStore('commands'),
    blocking: () => {
      db.close();
      forget();
    },
    terminated: forget,
  });
  return db;
}

/**
 * Undefined where a fault of the disk left something else: there is no stroke to be had from it.
 * @throws UnknownCode where a newer page left a command that this one cannot send: it is to find it here again
 */
function commandOf(value: unknown): NumberedCommand | undefined {
  try {
    const [message] = unpackClientMessages(value as Uint8Array);
    return message?.type === 'Command' ? { number: message.number, command: message.command } : undefined;
  } catch (error) {
    if (error instanceof UnknownCode) throw error;
    return undefined;
  }
}

/** The promise, or an error after so many ms. */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`IndexedDB did not answer within ${ms} ms.`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
