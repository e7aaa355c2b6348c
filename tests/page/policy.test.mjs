import assert from "node:assert/strict";
import { test } from "node:test";
import { PRESETS, listOf, parsePolicy, writePolicy } from "../../www/intake/policy-file.js";
import { DEFAULT_POLICY } from "../../www/state.js";

const ENTITIES = ["person", "phone", "ip", "login"];

test("a policy that was saved is the one that is loaded", () => {
  const policy = { ...DEFAULT_POLICY, ...PRESETS.colleague, always: ["Tamaris", "Él"], never: ["x"] };
  assert.deepEqual(parsePolicy(writePolicy(policy), ENTITIES), policy);
});

test("what is no policy is refused, whatever part of it is wrong", () => {
  const wrong = [
    "", "{}", "[]", "null", JSON.stringify(DEFAULT_POLICY),
    ...[{ threshold: "some" }, { always: "x" }, { always: [1] }, { operators: { phone: "shred" } }, { operators: [] }, { keepPublic: 1 }, { attachments: "x" }, { surprise: 1 }]
      .map((part) => JSON.stringify({ format: "caviard-policy", version: 1, policy: part })),
    JSON.stringify({ format: "caviard-policy", version: 2, policy: {} }),
  ];
  for (const text of wrong) assert.equal(parsePolicy(text, ENTITIES), null, text);
});

test("an entity type of another version is left out", () => {
  const text = JSON.stringify({ format: "caviard-policy", version: 1, policy: { operators: { phone: "keep", aura: "keep" } } });
  assert.deepEqual(parsePolicy(text, ENTITIES)?.operators, { phone: "keep" });
});

test("a list is one value a line, each once", () => {
  assert.deepEqual(listOf("\ufeffAda\r\n\r\n Bo \nAda\rC"), ["Ada", "Bo", "C"]);
});
