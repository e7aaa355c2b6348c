import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleText } from "../../www/dom.js";
import { blocksOf, inOrder, piecesOf } from "../../www/review/blocks.js";
import { placeName, sectionsOf } from "../../www/review/sections.js";

/** @param {number} start @param {number} end */
const finding = (start, end) => /** @type {any} */ ({ id: `${start}`, entity: "phone", start, end });

/** A small generator, so that a failure can be repeated. @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state % below;
  };
}

test("blocks are the whole text, in order, and cut no finding", () => {
  const next = random(7);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: next(400) }, () => ["a", "b ", "\n", "\n\n", "> ", "😀"][next(6)]).join("");
    const findings = inOrder(text, Array.from({ length: next(8) }, () => {
      const start = next(text.length + 1);
      return finding(start, start + 1 + next(30));
    }));
    const blocks = blocksOf(text, findings);
    assert.equal(blocks.map(({ start, end }) => text.slice(start, end)).join(""), text);
    for (const { start, end } of findings) {
      assert.ok(blocks.some((block) => block.start <= start && end <= block.end), `finding ${start}-${end} of ${JSON.stringify(text)}`);
    }
    const shown = blocks.flatMap((block) => piecesOf(text, block, findings)).filter((piece) => typeof piece !== "string");
    assert.deepEqual(shown, findings);
  }
});

test("a finding that reaches over lines keeps its lines in one block", () => {
  const text = "one\n\n12 rue A\n\n35000 Ville\n\nend";
  const blocks = blocksOf(text, [finding(5, 25)]);
  assert.ok(blocks.some((block) => block.start <= 5 && block.end >= 25));
});

test("a text without line breaks is cut all the same, and no character is", () => {
  const text = "😀".repeat(20_000);
  const blocks = blocksOf(text, []);
  assert.ok(blocks.length > 5);
  for (const { start, end } of blocks) assert.ok(text.slice(start, end).isWellFormed());
});

test("findings that overlap or lie outside are not shown twice", () => {
  assert.deepEqual(inOrder("0123456789", [finding(4, 8), finding(0, 5), finding(8, 20), finding(3, 3)]), [finding(0, 5)]);
});

test("what could deceive is made visible, and offsets stay", () => {
  const text = "a\u202eb\u0000c\u2066\u001b\r\n\t";
  assert.equal(visibleText(text), "a\ufffdb\u2400c\ufffd\u241b \n\t");
  assert.equal(visibleText(text).length, text.length);
});

/** @param {any} place @param {string} part @param {any[]} findings */
const view = (place, part = "", findings = []) => ({ id: `${part}${place.kind}${place.field ?? ""}${place.element ?? ""}`, part, place, text: "x", findings });

test("people and subject come first, traces of machines last and folded", () => {
  const message = /** @type {any} */ ({
    views: [
      view({ kind: "header", field: "received" }), view({ kind: "header", field: "subject" }), view({ kind: "header", field: "from" }),
      view({ kind: "plain-body" }, "1"), view({ kind: "html-text" }, "2"),
      view({ kind: "html-hidden", element: "comment" }, "2", [finding(0, 1)]), view({ kind: "html-hidden", element: "style" }, "2"),
    ],
  });
  const sections = sectionsOf(message);
  assert.deepEqual(sections.map((section) => section.title), ["section.fields", "section.plain", "section.html", "section.hidden", "section.fields.more"]);
  assert.deepEqual(sections[0]?.views.map((one) => one.place.field), ["from", "subject"]);
  assert.equal(sections.at(-1)?.open, false);
  assert.deepEqual(sections[3]?.views.map((one) => one.place.element), ["comment"], "hidden places are shown where something was found");
});

test("a place is named as it stands in the mail", () => {
  assert.equal(placeName(/** @type {any} */ ({ place: { kind: "header", field: "message-id" } })), "Message-ID");
  assert.equal(placeName(/** @type {any} */ ({ place: { kind: "html-attribute", element: "a", attribute: "href" } })), "<a href>");
});
