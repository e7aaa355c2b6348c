import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, countsOf, decisionsFor, entriesOf, findingKey, initialState, isUndecided, reduce, summarise, verdictOf } from "../../www/state.js";

/** @import {Action} from "../../www/state.js" */

/** @param {Partial<import("../../www/core/types.js").Finding>} [given] */
function finding(given = {}) {
  return /** @type {import("../../www/core/types.js").Finding} */ ({
    id: "f1", entity: "phone", start: 0, end: 5, confidence: "certain", rule: "phone", evidence: [],
    label: "[PHONE-1]", decision: "redact", by: "policy", ...given,
  });
}

/** @param {import("../../www/core/types.js").Finding[]} findings */
function message(...findings) {
  return {
    name: "a.eml", size: 9, subject: "s", from: "f", date: "d", flags: [],
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
  assert.equal(reduce(state, { type: "resume" }).entries.m2?.status, "waiting");
});

test("an answer about a file that was taken out changes nothing", () => {
  const state = after(ADD, { type: "remove", key: "m1" });
  assert.equal(reduce(state, READ), state);
});

test("a decision overrules the policy and is undone and done again", () => {
  const item = { key: KEY, decision: SURE.decision };
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
  assert.deepEqual(state.decisions, {});
});

test("only what was decided by hand goes to the core, by its own numbers", () => {
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "decide", changes: [{ file: "m1", what: "part", item: "2", to: "keep" }] });
  assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.m1)), { findings: { f1: "keep" }, parts: { p2: "keep" } });
});

test("decisions survive another policy, though the core numbers its findings anew", () => {
  const renumbered = summarise(message(finding({ id: "f77" })));
  const state = after(ADD, READ, decide(KEY, "keep"), { type: "policy", policy: { ...initialState("en").policy, threshold: "certain" } }, { type: "read", key: "m1", summary: renumbered });
  assert.deepEqual(decisionsFor(state, /** @type {any} */ (state.entries.m1)).findings, { f77: "keep" });
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
  assert.deepEqual(countsOf(state, /** @type {any} */ (state.entries.m1)), { redact: 0, keep: 2, undecided: 1, removed: 1, uninspected: 0 });
});

test("a part is kept on request", () => {
  const state = after(ADD, READ, { type: "decide", changes: [{ file: "m1", what: "part", item: "2", to: "keep" }] });
  const part = state.entries.m1?.summary?.parts[0];
  assert.equal(part && actionOf(state, "m1", part), "keep");
});

test("a copy counts as saved only until something about it is decided otherwise", () => {
  const saved = /** @type {Action} */ ({ type: "saved", key: "m1", saved: { status: "clean", name: "a-redacted.eml", failures: [] } });
  const state = after(ADD, READ, saved);
  assert.equal(state.saved.m1?.status, "clean");
  assert.equal(reduce(state, decide(KEY, "keep")).saved.m1, undefined);
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
