/**
 * An immutable map from strings, whose copies share what did not change: setting one of a hundred
 * thousand values copies a handful of small arrays. A hash trie with sixteen branches a level.
 */

/**
 * @template V
 * @typedef {{hash: number, pairs: [string, V][]}} Leaf   pairs whose keys have the same hash
 */

/**
 * @template V
 * @typedef {(Leaf<V> | Branch<V> | undefined)[]} Branch
 */

const BITS = 4;
const WIDTH = 1 << BITS;

/** @template V */
export class PersistentMap {
  /**
   * @param {Branch<V>} [root]
   * @param {number} [size]
   */
  constructor(root = [], size = 0) {
    this.root = root;
    this.size = size;
  }

  /**
   * @param {string} key
   * @returns {V | undefined}
   */
  get(key) {
    const hash = hashOf(key);
    /** @type {Leaf<V> | Branch<V> | undefined} */
    let node = this.root;
    for (let shift = 0; Array.isArray(node); shift += BITS) node = node[(hash >>> shift) & (WIDTH - 1)];
    if (node?.hash !== hash) return undefined;
    for (const pair of node.pairs) if (pair[0] === key) return pair[1];
    return undefined;
  }

  /** @param {string} key */
  has(key) {
    return this.get(key) !== undefined;
  }

  /**
   * The map with a value under a key; `undefined` takes the key out.
   * @param {string} key
   * @param {V | undefined} value
   * @returns {PersistentMap<V>}
   */
  set(key, value) {
    const before = this.get(key);
    if (before === value) return this;
    const by = (value === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    return new PersistentMap(put(this.root, 0, hashOf(key), key, value), this.size + by);
  }

  /** @param {string} key */
  delete(key) {
    return this.set(key, undefined);
  }

  /** @returns {IterableIterator<[string, V]>} in no order that means anything */
  *[Symbol.iterator]() {
    /** @type {(Leaf<V> | Branch<V> | undefined)[]} */
    const open = [this.root];
    while (open.length > 0) {
      const node = open.pop();
      if (Array.isArray(node)) open.push(...node);
      else if (node) yield* node.pairs;
    }
  }
}

/**
 * @template V
 * @param {Branch<V>} branch
 * @param {number} shift
 * @param {number} hash
 * @param {string} key
 * @param {V | undefined} value
 * @returns {Branch<V>}
 */
function put(branch, shift, hash, key, value) {
  const slot = (hash >>> shift) & (WIDTH - 1);
  const child = branch[slot];
  const copy = branch.slice();
  if (Array.isArray(child)) {
    copy[slot] = put(child, shift + BITS, hash, key, value);
  } else if (child === undefined || child.hash === hash) {
    const pairs = (child?.pairs ?? []).filter(([other]) => other !== key);
    if (value !== undefined) pairs.push([key, value]);
    copy[slot] = pairs.length > 0 ? { hash, pairs } : undefined;
  } else if (value !== undefined) {
    /** @type {Branch<V>} */
    const below = [];
    below[(child.hash >>> (shift + BITS)) & (WIDTH - 1)] = child;
    copy[slot] = put(below, shift + BITS, hash, key, value);
  }
  return copy;
}

/**
 * FNV-1a with a final mix, 32 bits.
 * @param {string} key
 */
function hashOf(key) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
