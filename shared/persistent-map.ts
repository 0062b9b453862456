// A map that is a value: setting returns another map and leaves the first as it was, sharing all but one path.
//
// A hash trie, 32-way, as in P. Bagwell, "Ideal Hash Trees" (2001), without the bitmap compression: a leaf is a short
// list that splits when it grows. One `set` copies about log32(size) nodes of 32, whatever the size of the map.
// Inside a batch a draft changes its own nodes in place, which is invisible outside.

const BITS = 5;
const WIDTH = 1 << BITS;
const LEAF_SIZE = 8;
const MAX_DEPTH = 6;

/** Marks the nodes that a draft has made itself and may therefore change in place. */
interface Owner {
  readonly draft: true;
}

interface Leaf<V> {
  readonly owner: Owner | null;
  readonly keys: string[];
  readonly values: V[];
}

interface Branch<V> {
  readonly owner: Owner | null;
  readonly children: (Node<V> | undefined)[];
}

type Node<V> = Leaf<V> | Branch<V>;

export interface PersistentMap<V> {
  readonly size: number;
  readonly root: Node<V> | undefined;
}

const empty: PersistentMap<never> = { size: 0, root: undefined };
export const emptyMap = <V>(): PersistentMap<V> => empty;

export function getFrom<V>(map: PersistentMap<V>, key: string): V | undefined {
  let node = map.root;
  let hash = hashOf(key);
  while (node && 'children' in node) {
    node = node.children[hash & (WIDTH - 1)];
    hash >>>= BITS;
  }
  if (!node) return undefined;
  const at = node.keys.indexOf(key);
  return at < 0 ? undefined : node.values[at];
}

export function setIn<V>(map: PersistentMap<V>, key: string, value: V): PersistentMap<V> {
  const draft = draftOf(map);
  draft.set(key, value);
  return draft.done();
}

export function deleteFrom<V>(map: PersistentMap<V>, key: string): PersistentMap<V> {
  const draft = draftOf(map);
  draft.delete(key);
  return draft.done();
}

/** All values, in no order that means anything. */
export function* valuesOf<V>(map: PersistentMap<V>): Generator<V, void, undefined> {
  const stack: Node<V>[] = map.root ? [map.root] : [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ('children' in node) {
      for (const child of node.children) if (child) stack.push(child);
    } else {
      yield* node.values;
    }
  }
}

/**
 * Calls `changed` with each key whose value differs between two maps, skipping all they share: cost follows the
 * difference, not the maps. `before` or `after` is undefined where the key is absent.
 */
export function differences<V>(
  before: PersistentMap<V>,
  after: PersistentMap<V>,
  changed: (key: string, before: V | undefined, after: V | undefined) => void,
): void {
  compare(before.root, after.root, changed);
}

function compare<V>(
  a: Node<V> | undefined,
  b: Node<V> | undefined,
  changed: (key: string, before: V | undefined, after: V | undefined) => void,
): void {
  if (a === b) return;
  if (a && b && 'children' in a && 'children' in b) {
    for (let i = 0; i < WIDTH; i++) compare(a.children[i], b.children[i], changed);
    return;
  }
  if (a && 'children' in a) return compareWithList(a, b as Leaf<V> | undefined, changed);
  compareWithList(b, a, (key, after, before) => changed(key, before, after));
}

/** Of two nodes, one is a short list at most: what has to be looked for is looked for there. */
function compareWithList<V>(
  node: Node<V> | undefined,
  list: Leaf<V> | undefined,
  changed: (key: string, inNode: V | undefined, inList: V | undefined) => void,
): void {
  const met: boolean[] = [];
  eachEntry(node, (key, value) => {
    const at = list ? list.keys.indexOf(key) : -1;
    if (at >= 0) met[at] = true;
    const other = at < 0 ? undefined : list?.values[at];
    if (other !== value) changed(key, value, other);
  });
  list?.keys.forEach((key, i) => {
    if (!met[i]) changed(key, undefined, list.values[i]);
  });
}

function eachEntry<V>(node: Node<V> | undefined, visit: (key: string, value: V) => void): void {
  if (!node) return;
  if ('children' in node) {
    for (const child of node.children) eachEntry(child, visit);
  } else {
    for (let i = 0; i < node.keys.length; i++) visit(node.keys[i] as string, node.values[i] as V);
  }
}

/** A map being built, which reads as the map so far. It must not be changed after `done`. */
export class MapDraft<V> implements PersistentMap<V> {
  root: Node<V> | undefined;
  size: number;
  readonly #map: PersistentMap<V>;
  readonly #owner: Owner = { draft: true };

  constructor(map: PersistentMap<V>) {
    this.root = map.root;
    this.size = map.size;
    this.#map = map;
  }

  get(key: string): V | undefined {
    return getFrom(this, key);
  }

  set(key: string, value: V): void {
    this.root = setAt(this.root, key, value, hashOf(key), 0, this.#owner, this);
  }

  delete(key: string): void {
    this.root = deleteAt(this.root, key, hashOf(key), this.#owner, this);
  }

  done(): PersistentMap<V> {
    if (this.size === 0) return emptyMap();
    return this.root === this.#map.root ? this.#map : { root: this.root, size: this.size };
  }
}

export const draftOf = <V>(map: PersistentMap<V>): MapDraft<V> => new MapDraft(map);

function setAt<V>(
  node: Node<V> | undefined,
  key: string,
  value: V,
  hash: number,
  depth: number,
  owner: Owner,
  counted: { size: number },
): Node<V> {
  if (!node) {
    counted.size++;
    return { owner, keys: [key], values: [value] };
  }
  if ('children' in node) {
    const slot = hash & (WIDTH - 1);
    const child = setAt(node.children[slot], key, value, hash >>> BITS, depth + 1, owner, counted);
    if (child === node.children[slot]) return node;
    const own = node.owner === owner ? node : { owner, children: node.children.slice() };
    own.children[slot] = child;
    return own;
  }
  const at = node.keys.indexOf(key);
  if (at >= 0 && node.values[at] === value) return node;
  if (at < 0 && node.keys.length >= LEAF_SIZE && depth < MAX_DEPTH) {
    return setAt(split(node, depth, owner), key, value, hash, depth, owner, counted);
  }
  const own = node.owner === owner ? node : { owner, keys: node.keys.slice(), values: node.values.slice() };
  if (at >= 0) {
    own.values[at] = value;
  } else {
    counted.size++;
    own.keys.push(key);
    own.values.push(value);
  }
  return own;
}

function split<V>(leaf: Leaf<V>, depth: number, owner: Owner): Branch<V> {
  const children: (Leaf<V> | undefined)[] = new Array(WIDTH).fill(undefined);
  leaf.keys.forEach((key, i) => {
    const slot = (hashOf(key) >>> (depth * BITS)) & (WIDTH - 1);
    const child = (children[slot] ??= { owner, keys: [], values: [] });
    child.keys.push(key);
    child.values.push(leaf.values[i] as V);
  });
  return { owner, children };
}

function deleteAt<V>(
  node: Node<V> | undefined,
  key: string,
  hash: number,
  owner: Owner,
  counted: { size: number },
): Node<V> | undefined {
  if (!node) return undefined;
  if ('children' in node) {
    const slot = hash & (WIDTH - 1);
    const child = deleteAt(node.children[slot], key, hash >>> BITS, owner, counted);
    if (child === node.children[slot]) return node;
    const own = node.owner === owner ? node : { owner, children: node.children.slice() };
    own.children[slot] = child;
    return child === undefined && own.children.every((other) => other === undefined) ? undefined : own;
  }
  const at = node.keys.indexOf(key);
  if (at < 0) return node;
  counted.size--;
  if (node.keys.length === 1) return undefined;
  const own = node.owner === owner ? node : { owner, keys: node.keys.slice(), values: node.values.slice() };
  own.keys.splice(at, 1);
  own.values.splice(at, 1);
  return own;
}

/** FNV-1a with a final mix (the last steps of MurmurHash3), so that the low bits that pick a slot depend on all. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
