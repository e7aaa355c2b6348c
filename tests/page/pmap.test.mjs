import assert from "node:assert/strict";
import { test } from "node:test";
import { PersistentMap } from "../../www/pmap.js";

test("a persistent map does what a map does, and its former states stay", () => {
  /** @type {Map<string, number>} */
  const model = new Map();
  /** @type {PersistentMap<number>} */
  let map = new PersistentMap();
  let random = 42;
  const next = (/** @type {number} */ below) => (random = (random * 1103515245 + 12345) % 2147483648) % below;
  /** @type {[PersistentMap<number>, Map<string, number>][]} */
  const kept = [];
  for (let i = 0; i < 5000; i++) {
    const key = `k${next(700)}`;
    if (next(3) === 0) {
      map = map.delete(key);
      model.delete(key);
    } else {
      map = map.set(key, i);
      model.set(key, i);
    }
    if (i % 1000 === 0) kept.push([map, new Map(model)]);
  }
  for (const [state, expected] of [...kept, /** @type {const} */ ([map, model])]) {
    assert.equal(state.size, expected.size);
    assert.deepEqual(new Map(state), expected);
    for (const [key, value] of expected) assert.equal(state.get(key), value);
    assert.equal(state.get("nobody"), undefined);
  }
});

test("keys with the same hash are told apart", () => {
  // "costarring" and "liquid" collide in FNV-1a of 32 bits.
  const map = new PersistentMap(/** @type {any} */ ([]), 0).set("costarring", 1).set("liquid", 2);
  assert.deepEqual([map.get("costarring"), map.get("liquid"), map.size], [1, 2, 2]);
  assert.deepEqual([map.delete("costarring").get("liquid"), map.delete("costarring").size], [2, 1]);
});

test("one more value costs the same however many there are", () => {
  /** @type {PersistentMap<number>} */
  let map = new PersistentMap();
  for (let i = 0; i < 100_000; i++) map = map.set(`m${i}`, i);
  const began = performance.now();
  for (let i = 0; i < 1000; i++) map.set(`m${i}`, -1);
  const each = (performance.now() - began) / 1000;
  assert.ok(each < 0.5, `${each} ms`);
});
