import assert from "node:assert/strict";
import { test } from "node:test";
import { Translator } from "../../www/i18n.js";
import { asCsv, asHtml, asJson, reportOn } from "../../www/save/report.js";
import { initialState, reduce } from "../../www/state.js";

/** @import {Action} from "../../www/state.js" */

const SECRET = "Zacharias Quillfeather";

/** @param {Partial<import("../../www/state.js").Proposal>} given */
const finding = (given) => ({
  key: "v:0-5:person", id: "1", entity: "person", confidence: /** @type {const} */ ("certain"), label: "[PERSON-1]", entityKey: "PERSON-1", text: SECRET,
  place: { kind: "header", field: "from" }, rule: "person", decision: /** @type {const} */ ("redact"), by: "policy", ...given,
});

const FINDINGS = [
  finding({}), finding({ key: "v:6-9:person", place: { kind: "header", field: "x-quillfeather" } }),
  finding({ key: "b:1-2:phone", entity: "phone", confidence: "likely", label: "[PHONE-1]", entityKey: "PHONE-1", place: { kind: "plain-body" } }),
];

const STATE = /** @type {Action[]} */ ([
  { type: "policy", policy: { ...initialState("en").policy, always: [SECRET] } },
  { type: "add", files: [{ key: "a", name: `${SECRET}.eml`, size: 1 }, { key: "b", name: "b.eml", size: 1 }, { key: "c", name: "c.eml", size: 1 }] },
  { type: "read", key: "a", digest: "d1g357", summary: { subject: SECRET, from: SECRET, flags: ["nul"], findings: FINDINGS, unsure: [], parts: [
    { id: 2, path: "2", mediaType: "=cmd|' /C calc'!A0", size: "under 10 kB", inspected: false, action: "remove", reason: "image" },
    { id: 3, path: "3", mediaType: "image/png", size: "under 10 kB", inspected: false, action: "remove", reason: "image" }] } },
  { type: "duplicate", key: "b", digest: "d1g357" },
  { type: "failed", key: "c", error: "crashed" },
  { type: "decide", changes: [{ file: "a", what: "finding", item: "b:1-2:phone", to: "keep" }] },
  { type: "saved", key: "a", saved: { status: "refused", name: `${SECRET}-redacted.eml`, removedPlaces: 2, seals: [{ field: "dkim-signature", domain: "courrier.example", selector: "s1" }, { field: "arc-seal", domain: "", selector: "=s2" }], failures: [{ promise: 4, code: "leak.body", place: SECRET }] } },
]).reduce(reduce, initialState("en"));

const REPORT = reportOn(STATE, { version: "1.2.3", hash: "cafe" }, new Date(0));

test("the report counts what was done, where, and by whom", () => {
  const [first, second] = REPORT.messages;
  assert.deepEqual(first?.redacted, { person: { certain: 2 } });
  assert.deepEqual(first?.kept, { phone: 1 });
  assert.deepEqual(first?.places, { "header from": 1, "header other": 1 });
  assert.deepEqual(first?.decided, { hand: 1, policy: 2 });
  assert.deepEqual(first?.removed.map((part) => part.mediaType), ["unknown", "image/png"]);
  assert.deepEqual(first?.failures, [{ promise: 4, code: "leak.body" }]);
  assert.deepEqual([second?.number, second?.status], [3, "failed"]);
  assert.deepEqual(REPORT.totals, { messages: 2, redacted: 2, kept: 1, byHand: 1, duplicates: 1, statuses: { refused: 1, failed: 1 } });
  assert.deepEqual(REPORT.tool, { name: "Caviard", version: "1.2.3", coreSha256: "cafe" });
});

test("signatures that went, and what had to go as a whole, are in every form of it", () => {
  const [first, second] = REPORT.messages;
  assert.deepEqual(first?.seals, [{ field: "dkim-signature", domain: "courrier.example", selector: "s1" }, { field: "arc-seal", domain: "", selector: "=s2" }]);
  assert.deepEqual([first?.removedPlaces, second?.removedPlaces], [2, 0]);
  assert.match(asCsv(REPORT), /^1,refused,removed signature,dkim-signature,courrier\.example s1,1\r$/m);
  assert.match(asCsv(REPORT), /^1,refused,removed signature,arc-seal,'=s2,1\r$/m, "and nothing that is a formula");
  assert.match(asCsv(REPORT), /^1,refused,removed places,,,2\r$/m);
  assert.match(asHtml(REPORT, new Translator("en")), /Signatures removed: dkim-signature courrier\.example s1; arc-seal =s2/);
  assert.match(asHtml(REPORT, new Translator("en")), /2 fields or texts went as a whole/);
});

test("no form of the report holds a value, a file name or a digest", () => {
  for (const text of [asJson(REPORT), asCsv(REPORT), ...["en", "fr", "de"].map((code) => asHtml(REPORT, new Translator(code)))]) {
    assert.doesNotMatch(text, /Zacharias|quillfeather|d1g357|calc/i);
    assert.match(text, /image\/png/);
  }
});

test("every line of the table has the same cells, and every message a line", () => {
  const lines = asCsv(REPORT).trimEnd().split("\r\n");
  assert.ok(lines.every((line) => line.split(",").length === 6));
  assert.deepEqual(new Set(lines.slice(1).map((line) => line.split(",")[0])), new Set(["1", "3"]));
});
