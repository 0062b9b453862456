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

/** Is told a key whose value differs; `before` or `after` is undefined where the key is absent. `false`: no more of it. */
type Changed<V> = (key: string, before: V | undefined, after: V | undefined) => void | false;

/**
 * Calls `changed` with each key whose value differs between two maps, skipping all they share: cost follows the
 * difference, not the maps. False if that was ended before all was told.
 */
export const differences = <V>(before: PersistentMap<V>, after: PersistentMap<V>, changed: Changed<V>): boolean =>
  compare(before.root, after.root, changed);

function compare<V>(a: Node<V> | undefined, b: Node<V> | undefined, changed: Changed<V>): boolean {
  if (a === b) return true;
  if (a && b && 'children' in a && 'children' in b) {
    for (let i = 0; i < WIDTH; i++) if (!compare(a.children[i], b.children[i], changed)) return false;
    return true;
  }
  return compareLists(listOf(a), listOf(b), changed);
}

type List<V> = Pick<Leaf<V>, 'keys' | 'values'>;

/** Of two nodes that are not both branches, one has a few entries at most: the other is small too, as a rule. */
function listOf<V>(node: Node<V> | undefined): List<V> {
  if (node && !('children' in node)) return node;
  const list: List<V> = { keys: [], values: [] };
  if (node) addEntries(node, list);
  return list;
}

function addEntries<V>(node: Node<V>, list: List<V>): void {
  if ('children' in node) {
    for (const child of node.children) if (child) addEntries(child, list);
  } else {
    list.keys.push(...node.keys);
    list.values.push(...node.values);
  }
}

function compareLists<V>(a: List<V>, b: List<V>, changed: Changed<V>): boolean {
  // What came later stands behind: as a rule one begins as the other does, and little has to be looked for.
  const shorter = Math.min(a.keys.length, b.keys.length);
  let same = 0;
  for (; same < shorter && a.keys[same] === b.keys[same]; same++) {
    const [before, after] = [a.values[same], b.values[same]];
    if (before !== after && changed(a.keys[same] as string, before, after) === false) return false;
  }
  for (let i = same; i < a.keys.length; i++) {
    const key = a.keys[i] as string;
    const at = b.keys.indexOf(key, same);
    const after = at < 0 ? undefined : b.values[at];
    if (a.values[i] !== after && changed(key, a.values[i], after) === false) return false;
  }
  for (let i = same; i < b.keys.length; i++) {
    const key = b.keys[i] as string;
    if (a.keys.indexOf(key, same) < 0 && changed(key, undefined, b.values[i]) === false) return false;
  }
  return true;
}

/**
 * What there is to say about the values of maps. Maps that come of each other share most of their parts: each part is
 * looked at once, and remembered as long as some map has it.
 */
export class MapSurvey<V, Found> {
  readonly #look: (values: readonly V[]) => Found;
  readonly #join: (parts: readonly Found[]) => Found;
  #known = new WeakMap<Node<V>, Found>();

  /** `look` is given some of a map's values, `join` what was found in some of its parts, in no order that means anything. */
  constructor(look: (values: readonly V[]) => Found, join: (parts: readonly Found[]) => Found) {
    this.#look = look;
    this.#join = join;
  }

  of({ root }: PersistentMap<V>): Found {
    return root ? this.#of(root) : this.#look([]);
  }

  /** Looks at all anew the next time. */
  forget(): void {
    this.#known = new WeakMap();
  }

  #of(node: Node<V>): Found {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = 'children' in node ? this.#ofBranch(node) : this.#look(node.values);
    this.#known.set(node, found);
    return found;
  }

  /** The leaves of a branch are one part: to remember each would take more than it saves. */
  #ofBranch({ children }: Branch<V>): Found {
    const values: V[] = [];
    const parts: Found[] = [];
    for (const child of children) {
      if (!child) continue;
      if ('children' in child) parts.push(this.#of(child));
      else for (const value of child.values) values.push(value);
    }
    if (values.length > 0) parts.push(this.#look(values));
    return parts.length === 1 ? (parts[0] as Found) : this.#join(parts);
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
