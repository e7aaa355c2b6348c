import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState, reduce } from "../../www/state.js";
import { readWork, writeWork } from "../../www/work/decisions.js";
import { seal, unseal } from "../../www/work/sealed.js";

/** @import {Action} from "../../www/state.js" */

test("what is sealed is opened by its passphrase only, and any change to it is noticed", async () => {
  const file = await seal("Ada Quill", "correct horse é");
  assert.ok(!file.includes("Ada"));
  assert.deepEqual(await unseal(file, "correct horse e\u0301"), { text: "Ada Quill" }, "however the accent is typed");
  assert.deepEqual(await unseal(file, "wrong horse"), { error: "passphrase" });
  const read = JSON.parse(file);
  assert.ok(read.iterations >= 600_000);
  const turned = (/** @type {string} */ text) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
  for (const part of ["salt", "iv", "sealed"]) {
    assert.deepEqual(await unseal(JSON.stringify({ ...read, [part]: turned(read[part]) }), "correct horse é"), { error: "passphrase" }, part);
  }
  for (const wrong of [{ iterations: 1 }, { iterations: 1e12 }, { version: 9 }, { format: "x" }, { salt: "" }, { iv: "AA==" }]) {
    assert.deepEqual(await unseal(JSON.stringify({ ...read, ...wrong }), "correct horse é"), { error: "format" });
  }
  assert.deepEqual(await unseal("not json", "x"), { error: "format" });
});

test("the same text sealed twice differs", async () => {
  assert.notEqual(await seal("x", "passphrase"), await seal("x", "passphrase"));
});

const SUMMARY = { subject: "", from: "", flags: [], findings: [], unsure: [], parts: [] };
const LOAD = (/** @type {string} */ key, /** @type {string} */ digest) => /** @type {Action[]} */ ([
  { type: "add", files: [{ key, name: "a", size: 1 }] }, { type: "read", key, digest, summary: SUMMARY },
]);

test("decisions are known again on the same bytes, loaded before or after", () => {
  const made = /** @type {Action[]} */ ([
    ...LOAD("m1", "d1"), ...LOAD("m2", "d2"),
    { type: "policy", policy: { ...initialState("en").policy, always: ["Tamaris"] } },
    { type: "decide", changes: [{ file: "m2", what: "finding", item: "v:0-5:person", to: "keep" }, { file: "m1", what: "part", item: "2", to: "keep" }, { file: "", what: "entity", item: "PHONE-1", to: "keep" }] },
  ]).reduce(reduce, initialState("en"));
  const work = readWork(writeWork(made, "journal"), ["person"]);
  assert.ok(work);
  assert.equal(work.journal, "journal");
  const start = [...LOAD("x", "d2")].reduce(reduce, initialState("en"));
  const restored = [...LOAD("y", "d1")].reduce(reduce, reduce(start, { type: "restore", work }));
  assert.deepEqual(new Map(restored.decisions), new Map([["x finding v:0-5:person", "keep"], ["y part 2", "keep"]]));
  assert.deepEqual([...restored.everywhere], [["PHONE-1", "keep"]]);
  assert.deepEqual([restored.policy.always, restored.unsaved, restored.pending.size], [["Tamaris"], 0, 0]);
});

test("decisions that wait for their message are saved again", () => {
  const work = readWork(JSON.stringify({ policy: { format: "caviard-policy", version: 1, policy: {} }, journal: "", everywhere: [], people: [], messages: [["d", [["part", "1", "keep"]]]] }), []);
  assert.ok(work);
  const again = readWork(writeWork(reduce(initialState("en"), { type: "restore", work }), ""), []);
  assert.deepEqual(again?.messages, work.messages);
});

test("what is no work is refused", () => {
  const sound = { policy: { format: "caviard-policy", version: 1, policy: {} }, journal: "", everywhere: [], people: [], messages: [] };
  assert.ok(readWork(JSON.stringify(sound), []));
  for (const wrong of [{ policy: 1 }, { journal: 1 }, { everywhere: [["x", "shred"]] }, { everywhere: 3 }, { messages: [["d", [["part", "1", "redact"]]]] }, { messages: [[1, []]] }, { people: [["A-1"]] }, { people: [["A-1", "A-2"], ["A-2", "A-1"]] }, { messages: [["d", [["added", "1:0-2", { view: 1 }]]]] }]) {
    assert.equal(readWork(JSON.stringify({ ...sound, ...wrong }), []), null, JSON.stringify(wrong));
  }
  assert.equal(readWork("x", []), null);
});
