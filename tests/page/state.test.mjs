import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, everywhere, initialState, merging, reduce, summarise, unmerging } from "../../www/state.js";
import { actionOf, countsOf, decisionsFor, entityOf, findingKey, findingsIn, findingsOf, isUndecided, labelOf, verdictOf } from "../../www/verdicts.js";

/** @import {Action} from "../../www/state.js" */

/** @param {Partial<import("../../www/core/types.js").Finding>} [given] */
function finding(given = {}) {
  return /** @type {import("../../www/core/types.js").Finding} */ ({
    id: "f1", entity: "phone", start: 0, end: 5, confidence: "certain", rule: "phone", evidence: [],
    label: "[PHONE-1]", entityKey: "PHONE-1", text: "01234", decision: "redact", by: "policy", ...given,
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
const UNSURE = finding({ id: "f2", start: 10, end: 15, confidence: "possible", decision: "keep", label: "[PHONE-2]", entityKey: "PHONE-2" });
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
  const item = { key: KEY, entityKey: SURE.entityKey, text: SURE.text, decision: SURE.decision };
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
  assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.get("m1"))), { findings: { f1: "keep" }, parts: { p2: "keep" }, added: [], labels: {} });
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
  const all = reduce(before, { type: "decide", changes: everywhere(before, SURE.entityKey, "keep") });
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
  const other = summarise(message(finding({ label: "[PHONE-9]", entityKey: "PHONE-9" })));
  const state = after(ADD, READ, { type: "read", key: "m2", summary: other }, saved("m1"), saved("m2"));
  const decided = reduce(state, { type: "decide", changes: everywhere(state, SURE.entityKey, "keep") });
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
  state = reduce(state, { type: "decide", changes: everywhere(state, SURE.entityKey, "keep") });
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

/** @type {import("../../www/state.js").Added} */
const ADDED = { view: "v1", start: 2, end: 8, entity: "person", entityKey: "PERSON-4", text: "xxxxxx", place: { kind: "plain-body" } };
const ADD_IT = /** @type {Action} */ ({ type: "decide", changes: [{ file: "m1", what: "added", item: "v1:2-8", to: ADDED }] });
const entry = (/** @type {import("../../www/state.js").State} */ state) => /** @type {import("../../www/state.js").Entry} */ (state.entries.get("m1"));

test("a finding of the reviewer's own takes the place of those that it overlaps, and undo brings them back", () => {
  const state = after(ADD, READ, ADD_IT);
  assert.deepEqual(findingsOf(state, entry(state)).map((one) => one.entity), ["phone", "person"]);
  const [view] = message(SURE, UNSURE).views;
  assert.deepEqual(findingsIn(state, "m1", /** @type {any} */ (view)).map((one) => [one.start, one.end]), [[10, 15], [2, 8]]);
  assert.deepEqual(decisionsFor(state, entry(state)).added, [{ view: "v1", start: 2, end: 8, entity: "person", entityKey: "PERSON-4", decision: "redact" }]);
  const undone = reduce(state, { type: "undo" });
  assert.deepEqual(findingsOf(undone, entry(undone)).map((one) => one.id), ["f1", "f2"]);
  assert.deepEqual(reduce(undone, { type: "redo" }).added.get("m1"), [ADDED]);
});

test("entities are merged, decided as one, told to the core, and separated again", () => {
  const first = after(ADD, READ);
  const state = reduce(first, { type: "decide", changes: merging(first, ["PHONE-1", "PHONE-2"]) });
  assert.equal(entityOf(state, UNSURE), "PHONE-1");
  assert.deepEqual(decisionsFor(state, entry(state)).labels, { f2: "PHONE-1" });
  const kept = reduce(state, { type: "decide", changes: everywhere(state, "PHONE-1", "keep") });
  assert.deepEqual(decisionsFor(kept, entry(kept)).findings, { f1: "keep", f2: "keep" });
  // Merging the other way round, or with itself, makes no circle.
  const twice = reduce(kept, { type: "decide", changes: merging(kept, ["PHONE-2", "PHONE-1"]) });
  assert.equal(twice, kept);
  const apart = reduce(kept, { type: "decide", changes: unmerging(kept, "PHONE-1") });
  assert.equal(entityOf(apart, UNSURE), "PHONE-2");
});

test("a form that is split off belongs to another, in every message", () => {
  const split = /** @type {Action} */ ({ type: "decide", changes: [{ file: "", what: "person", item: "PHONE-1 01234", to: "PHONE-9" }] });
  const state = after(ADD, READ, split);
  assert.equal(entityOf(state, SURE), "PHONE-9");
  assert.equal(entityOf(state, { ...SURE, text: "0 1234" }), "PHONE-1");
  assert.equal(labelOf(state, "phone", "PHONE-9"), "[PHONE-9]");
});

test("one step marks somebody as public: the decision and the policy", () => {
  const state = after(ADD, READ, { type: "decide", changes: [{ file: "", what: "entity", item: "PHONE-1", to: "keep" }], policy: { ...initialState("en").policy, public: ["Ada Quill"] } });
  assert.equal(state.past.length, 1);
  const undone = reduce(state, { type: "undo" });
  assert.deepEqual([undone.policy.public, undone.everywhere.size], [[], 0]);
});

test("labels are written as the policy says", () => {
  const state = { ...initialState("en"), grounds: { neutral: "", foia: "FOIA b(6)" } };
  const written = (/** @type {import("../../www/core/types.js").Operator} */ operator, /** @type {import("../../www/core/types.js").Ground} */ ground) =>
    labelOf({ ...state, policy: { ...state.policy, operators: { phone: operator }, ground } }, "phone", "PHONE-3");
  assert.deepEqual(
    [written("pseudonym", "neutral"), written("fixed", "foia"), written("mask", "neutral"), written("mask", "foia"), written("keep", "neutral")],
    ["[PHONE-3]", "[PHONE, FOIA b(6)]", "*****", "[*****, FOIA b(6)]", "[PHONE-3]"],
  );
});
