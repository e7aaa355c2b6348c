import assert from "node:assert/strict";
import { test } from "node:test";
import { Corpus, formsOf } from "../../www/corpus.js";
import { everywhere, initialState, reduce } from "../../www/state.js";

/** @import {Action, Summary} from "../../www/state.js" */

/**
 * @param {[string, string, "redact" | "keep"][]} findings   label, text, proposal
 * @returns {Summary}
 */
function summary(findings) {
  const all = findings.map(([label, text, decision], i) => ({
    key: `v:${i}-${i + 1}:person`, id: `${i}`, entity: "person", confidence: /** @type {import("../../www/core/types.js").Confidence} */ (decision === "keep" ? "possible" : "likely"),
    entityKey: label.slice(1, -1), label, text, place: { kind: "plain-body" }, rule: "person", decision, by: "policy",
  }));
  return { subject: "", from: "", flags: [], parts: [], findings: all, unsure: all.filter((one) => one.confidence === "possible") };
}

const ACTIONS = /** @type {Action[]} */ ([
  { type: "add", files: ["a", "b"].map((key) => ({ key, name: key, size: 1 })) },
  { type: "read", key: "a", summary: summary([["[PERSON-1]", "Ada Quill", "redact"], ["[PERSON-1]", "Quill", "redact"], ["[PERSON-2]", "Bo", "keep"]]) },
  { type: "read", key: "b", summary: summary([["[PERSON-1]", "Ada\n Quill", "redact"]]) },
]);

/** @param {...Action} more */
function followed(...more) {
  const corpus = new Corpus();
  let state = initialState("en");
  for (const action of [...ACTIONS, ...more]) {
    state = reduce(state, action);
    corpus.follow(state);
  }
  const row = (/** @type {string} */ label) => corpus.entities.get(label.slice(1, -1));
  const standing = (/** @type {string} */ label) => corpus.standing(state, /** @type {any} */ (row(label)));
  return { corpus, state, row, standing };
}

test("one row per entity: forms, messages and count over all messages", () => {
  const { row, corpus } = followed();
  const ada = row("[PERSON-1]");
  assert.ok(ada);
  assert.deepEqual([ada.messages, ada.redact, ada.keep], [2, 3, 0]);
  assert.deepEqual(formsOf(ada), ["Ada Quill", "Quill"]);
  assert.equal(corpus.entities.size, 2);
});

test("a message that is read again or taken out is counted anew", () => {
  const { row, corpus } = followed({ type: "read", key: "a", summary: summary([["[PERSON-1]", "Quill", "redact"]]) }, { type: "remove", key: "b" });
  assert.deepEqual(row("[PERSON-1]")?.forms, new Map([["Quill", 1]]));
  assert.equal(corpus.entities.size, 1);
});

test("a row says what becomes of its findings", () => {
  assert.deepEqual(followed().standing("[PERSON-2]"), { verdict: "keep", undecided: true, byHand: false });
  const single = followed({ type: "decide", changes: [{ file: "a", what: "finding", item: "v:1-2:person", to: "keep" }] });
  assert.equal(single.standing("[PERSON-1]").verdict, "mixed");
  const all = followed({ type: "decide", changes: everywhere(single.state, "PERSON-1", "keep") });
  assert.deepEqual(all.standing("[PERSON-1]"), { verdict: "keep", undecided: false, byHand: true });
  assert.equal(followed({ type: "decide", changes: [{ file: "a", what: "finding", item: "v:2-3:person", to: "keep" }] }).standing("[PERSON-2]").undecided, false);
});
