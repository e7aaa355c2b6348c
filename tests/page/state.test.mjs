import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, countsOf, decisionsFor, entriesOf, everywhere, findingKey, initialState, isUndecided, reduce, summarise, verdictOf } from "../../www/state.js";

/** @import {Action} from "../../www/state.js" */

/** @param {Partial<import("../../www/core/types.js").Finding>} [given] */
function finding(given = {}) {
  return /** @type {import("../../www/core/types.js").Finding} */ ({
    id: "f1", entity: "phone", start: 0, end: 5, confidence: "certain", rule: "phone", evidence: [],
    label: "[PHONE-1]", text: "01234", decision: "redact", by: "policy", ...given,
  });
}

/** @param {import("../../www/core/types.js").Finding[]} findings */
function message(...findings) {
  return {
    name: "a.eml", size: 9, subject: "s", from: "f", date: "d", digest: "", flags: [],
    views: [{ id: "v1", part: "1", place: { kind: "plain-body" }, text: "x".repeat(99), findings }],
    parts: [{ id: "p2", path: "2", mediaType: "image/png", size: "under 10 kB", inspected: false, action: /** @type {const} */ ("remove"), reason: "not-text" }],
  };
}

/** @param {...Action} actions */
function after(...actions) {
  return actions.reduce(reduce, initialState("en"));
}

const ADD = /** @type {Action} */ ({ type: "add", files: [{ key: "m1", name: "a.eml", size: 9 }, { key: "m2", name: "b.eml", size: 9 }] });
const SURE = finding();
const UNSURE = finding({ id: "f2", start: 10, end: 15, confidence: "possible", decision: "keep", label: "[PHONE-2]" });
const READ = /** @type {Action} */ ({ type: "read", key: "m1", summary: summarise(message(SURE, UNSURE)) });

/** @param {string} item @param {string} to @returns {Action} */
function decide(item, to) {
  return { type: "decide", changes: [{ file: "m1", what: "finding", item, to }] };
}

const KEY = findingKey("v1", SURE);

test("the first message that is read is shown, the later ones do not take its place", () => {
  const state = after(ADD, READ, { type: "read", key: "m2", summary: summarise(message()) });
  assert.equal(state.selected, "m1");
});

test("cancelling keeps what is read and marks the rest", () => {
  const state = after(ADD, READ, { type: "reading", key: "m2" }, { type: "cancel" });
  assert.deepEqual(entriesOf(state).map((entry) => entry.status), ["read", "cancelled"]);
  assert.equal(reduce(state, { type: "resume" }).entries.get("m2")?.status, "waiting");
});

test("an answer about a file that was taken out changes nothing", () => {
  const state = after(ADD, { type: "remove", key: "m1" });
  assert.equal(reduce(state, READ), state);
});

test("a decision overrules the policy and is undone and done again", () => {
  const item = { key: KEY, label: SURE.label, decision: SURE.decision };
  const kept = after(ADD, READ, decide(KEY, "keep"));
  assert.deepEqual(verdictOf(kept, "m1", item), { verdict: "keep", byHand: true });
  const undone = reduce(kept, { type: "undo" });
  assert.deepEqual(verdictOf(undone, "m1", item), { verdict: "redact", byHand: false });
  assert.deepEqual(verdictOf(reduce(undone, { type: "redo" }), "m1", item), { verdict: "keep", byHand: true });
  assert.equal(reduce(undone, { type: "undo" }), undone);
});

test("a new decision ends what could be done again", () => {
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "undo" }, decide(KEY, "redact"));
  assert.deepEqual(state.future, []);
});

test("deciding what is decided already leaves no step to undo", () => {
  const state = after(ADD, READ, decide(KEY, "keep"), decide(KEY, "keep"));
  assert.equal(state.past.length, 1);
});

test("one step undoes a decision on many findings", () => {
  const changes = [KEY, findingKey("v1", UNSURE)].map((item) => ({ file: "m1", what: /** @type {const} */ ("finding"), item, to: "keep" }));
  const state = after(ADD, READ, { type: "decide", changes }, { type: "undo" });
  assert.equal(state.decisions.size, 0);
});

test("only what was decided by hand goes to the core, by its own numbers", () => {
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "decide", changes: [{ file: "m1", what: "part", item: "p2", to: "keep" }] });
  assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.get("m1"))), { findings: { f1: "keep" }, parts: { p2: "keep" } });
});

test("decisions survive another policy, though the core numbers its findings anew", () => {
  const renumbered = summarise(message(finding({ id: "f77" })));
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "policy", policy: { ...initialState("en").policy, threshold: "certain" } }, { type: "read", key: "m1", summary: renumbered });
  assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.get("m1"))).findings, { f77: "keep" });
});

test("what is not sure is to be looked at until somebody decides", () => {
  const [, unsure] = summarise(message(SURE, UNSURE)).findings;
  assert.ok(unsure);
  const state = after(ADD, READ);
  assert.ok(isUndecided(state, "m1", unsure));
  assert.ok(!isUndecided(reduce(state, decide(unsure.key, "keep")), "m1", unsure));
});

test("counts follow the decisions", () => {
  const state = after(ADD, READ, decide(KEY, "keep"));
  assert.deepEqual(countsOf(state, /** @type {any} */ (state.entries.get("m1"))), { redact: 0, keep: 2, undecided: 1, removed: 1, uninspected: 0 });
});

test("a part is kept on request", () => {
  const state = after(ADD, READ, { type: "decide", changes: [{ file: "m1", what: "part", item: "p2", to: "keep" }] });
  const part = state.entries.get("m1")?.summary?.parts[0];
  assert.equal(part && actionOf(state, "m1", part), "keep");
});

test("a copy counts as saved only until something about it is decided otherwise", () => {
  const saved = /** @type {Action} */ ({ type: "saved", key: "m1", saved: { status: "clean", name: "a-redacted.eml", failures: [] } });
  const state = after(ADD, READ, saved);
  assert.equal(state.saved.get("m1")?.status, "clean");
  assert.equal(reduce(state, decide(KEY, "keep")).saved.get("m1"), undefined);
});

test("a decision everywhere holds for every message, for those that come later, and over single ones", () => {
  const late = summarise(message(SURE));
  const before = after(ADD, READ, decide(KEY, "redact"));
  const all = reduce(before, { type: "decide", changes: everywhere(before, SURE.label, "keep") });
  const state = reduce(all, { type: "read", key: "m2", summary: late });
  for (const key of ["m1", "m2"]) {
    assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.get(key))).findings, { f1: "keep" }, key);
  }
  const single = reduce(state, decide(KEY, "redact"));
  assert.deepEqual(decisionsFor(single, /** @type {any} */ (single.entries.get("m1"))).findings, { f1: "redact" });
  const undone = reduce(reduce(single, { type: "undo" }), { type: "undo" });
  assert.deepEqual(decisionsFor(undone, /** @type {any} */ (undone.entries.get("m1"))).findings, { f1: "redact" });
  assert.deepEqual(decisionsFor(undone, /** @type {any} */ (undone.entries.get("m2"))).findings, {});
});

test("a decision everywhere makes stale only what was saved with its label", () => {
  const saved = (/** @type {string} */ key) => /** @type {Action} */ ({ type: "saved", key, saved: { status: "clean", name: "x", failures: [] } });
  const other = summarise(message(finding({ label: "[PHONE-9]" })));
  const state = after(ADD, READ, { type: "read", key: "m2", summary: other }, saved("m1"), saved("m2"));
  const decided = reduce(state, { type: "decide", changes: everywhere(state, SURE.label, "keep") });
  assert.deepEqual([decided.saved.has("m1"), decided.saved.has("m2")], [false, true]);
});

test("another policy is undone like any decision, and everything is read again", () => {
  const policy = { ...initialState("en").policy, always: ["x"] };
  const state = after(ADD, READ, { type: "policy", policy });
  assert.deepEqual([state.policy, state.entries.get("m1")?.status], [policy, "waiting"]);
  assert.ok(state.entries.get("m1")?.summary, "what is known stays in sight");
  assert.deepEqual(reduce(state, { type: "undo" }).policy, initialState("en").policy);
});

test("the tally of states is that of the entries", () => {
  const actions = /** @type {Action[]} */ ([ADD, READ, { type: "reading", key: "m2" }, { type: "cancel" }, { type: "resume" }, { type: "duplicate", key: "m2", digest: "d" }, { type: "remove", key: "m1" }]);
  let state = initialState("en");
  for (const action of actions) {
    state = reduce(state, action);
    for (const status of /** @type {const} */ (["waiting", "reading", "read", "failed", "cancelled", "duplicate"])) {
      assert.equal(state.tally[status], entriesOf(state, status).length, `${action.type} ${status}`);
    }
  }
});

test("twenty thousand messages are read and decided on quickly", () => {
  const files = Array.from({ length: 20_000 }, (_, i) => ({ key: `m${i}`, name: `${i}.eml`, size: 1 }));
  const summary = summarise(message(SURE, UNSURE));
  const began = performance.now();
  let state = after({ type: "add", files });
  for (const { key } of files) state = reduce(reduce(state, { type: "reading", key }), { type: "read", key, summary });
  const read = performance.now();
  state = reduce(state, { type: "decide", changes: everywhere(state, SURE.label, "keep") });
  const decided = performance.now();
  assert.ok(read - began < 4000, `read in ${read - began} ms`);
  assert.ok(decided - read < 100, `decided in ${decided - read} ms`);
  assert.equal(state.tally.read, 20_000);
});

test("starting over forgets everything but the policy", () => {
  const policy = { ...initialState("en").policy, always: ["x"] };
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "policy", policy }, { type: "reset" });
  assert.deepEqual(state, { ...initialState("en"), policy });
});

test("no action changes the state that it is given", () => {
  /** @param {any} value */
  const freeze = (value) => {
    if (value && typeof value === "object" && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const actions = /** @type {Action[]} */ ([ADD, READ, { type: "reading", key: "m2" }, decide(KEY, "keep"), { type: "undo" }, { type: "redo" }, { type: "cancel" }, { type: "resume" }, { type: "delivered" }, { type: "remove", key: "m1" }, { type: "reset" }]);
  actions.reduce((state, action) => freeze(reduce(state, action)), freeze(initialState("en")));
});
