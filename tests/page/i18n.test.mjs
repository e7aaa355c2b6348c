import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, TABLE, Translator, bestLanguage } from "../../www/i18n.js";
import { KEYS, verbOf } from "../../www/keys.js";
import { read, shippedFiles } from "./lint.mjs";

/** @param {import("../../www/i18n.js").Text} text */
const forms = (text) => (typeof text === "string" ? [text] : Object.values(text));

/** @param {import("../../www/i18n.js").Text} text */
const placeholders = (text) => [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

test("every text is there in every language", () => {
  for (const [key, texts] of Object.entries(TABLE)) {
    assert.equal(texts.length, LANGUAGES.length, key);
    for (const text of texts) for (const form of forms(text)) assert.ok(form.trim() !== "", key);
  }
});

test("every translation uses the values of the original", () => {
  for (const [key, [first, ...others]] of Object.entries(TABLE)) {
    for (const other of others) assert.deepEqual(placeholders(other), placeholders(first ?? ""), key);
  }
});

test("a text with plural forms has those that its language needs for whole numbers", () => {
  for (const [key, texts] of Object.entries(TABLE)) {
    texts.forEach((text, i) => {
      if (typeof text === "string") return;
      const rules = new Intl.PluralRules(LANGUAGES[i]?.code);
      for (const n of [0, 1, 2, 5, 21, 100]) {
        const category = rules.select(n);
        assert.ok(category in text || "other" in text, `${key} ${LANGUAGES[i]?.code} ${category}`);
      }
    });
  }
});

test("every text that the page asks for exists", () => {
  for (const file of shippedFiles()) {
    const source = read(file);
    for (const match of source.matchAll(/\b(?:tr|now|tr\(\))\.t\(\s*"([^"]+)"|data-t="([^"]+)"/g)) {
      const key = match[1] ?? match[2] ?? "";
      assert.ok(key in TABLE, `${file}: ${key}`);
    }
  }
});

test("no text is left over", () => {
  const sources = shippedFiles().filter((file) => !file.startsWith("i18n")).map(read).join("\n");
  // `t(`save.${x}`)` stands for every key that begins so.
  const families = [...sources.matchAll(/`([a-z.]+)\$\{/g)].map((match) => match[1] ?? "");
  const unused = Object.keys(TABLE).filter(
    (key) => !key.includes(":") && !sources.includes(`"${key}"`) && !families.some((family) => family !== "" && key.startsWith(family)),
  );
  assert.deepEqual(unused, []);
});

test("every key of the review is explained", () => {
  for (const { verb } of KEYS) assert.ok(`key.${verb}` in TABLE, verb);
});

test("a code without a text of its own takes the general one, and shows itself where there is none", () => {
  const tr = new Translator("en");
  assert.equal(tr.code("rule", "phone.national.fr"), tr.t("rule:phone.national"));
  assert.equal(tr.code("rule", "phone.unheard-of"), tr.t("rule:phone"));
  assert.equal(tr.code("rule", "quite.new"), "quite.new");
  assert.equal(tr.code("rule", ""), "");
});

test("numbers and plurals follow the language", () => {
  assert.equal(new Translator("en").t("section.findings", { n: 1 }), "1 finding");
  assert.equal(new Translator("fr").t("section.findings", { n: 0 }), "0 élément");
  assert.equal(new Translator("de").t("section.findings", { n: 1234 }), "1.234 Funde");
  assert.equal(new Translator("de").size(3500), "3,5 kB");
});

test("the page speaks the reader's first language that it knows", () => {
  assert.equal(bestLanguage(["it-IT", "de-AT", "en"]), "de");
  assert.equal(bestLanguage(["ja"]), "en");
});

test("keys act where they should, and only there", () => {
  const key = (/** @type {string} */ name, held = {}) => ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });
  const text = { onMark: false, singles: true };
  const mark = { onMark: true, singles: true };
  assert.equal(verbOf(key("ArrowDown"), text), null, "the arrow scrolls the text");
  assert.equal(verbOf(key("ArrowDown"), mark), "next");
  assert.equal(verbOf(key("X", { shiftKey: true }), text), "keep.all");
  assert.equal(verbOf(key("?", { shiftKey: true }), text), "help");
  assert.equal(verbOf(key("x"), { onMark: true, singles: false }), null, "single keys can be switched off");
  assert.equal(verbOf(key("z", { ctrlKey: true }), { onMark: false, singles: false }), "undo");
  assert.equal(verbOf(key("s", { ctrlKey: true }), text), null, "the browser keeps its own keys");
  assert.equal(verbOf(key("x", { altKey: true }), text), null);
});
