/**
 * The HTML of a copy renders as the original would with the labels in it: invented mails, rendered by
 * Chromium beside the same markup in which the values were replaced by hand, and compared dot by dot and box by box.
 * Nothing of this goes through the page, which never renders a message.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asScript, fromBase64 } from "../../www/core/load.js";
import { launch } from "./browser.mjs";
import { REAL_CORE, WWW } from "./server.mjs";

const NAME = "Odalys Quernfeather";
const PHONE = "+33 6 39 98 47 12";
const MAIL = "odalys.quernfeather@courrier.example";
const TOKEN = "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c";

/** A red dot. */
const DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/**
 * `[value, label]` in the markup becomes `value` in the original and `label` where it was replaced by hand.
 * @type {Record<string, string>}
 */
const MAILS = {
  "tables with inline styles": `
    <table width="600" cellpadding="8" style="border-collapse:collapse;font:14px Arial">
      <tr><td style="border:1px solid #c00;width:200px">Nom</td><td style="border:1px solid #c00;background:#eef">{{${NAME}|[PERSON-1]}}</td></tr>
      <tr><td colspan="2"><table style="margin-left:40px"><tr><td style="color:#060">Tél. {{${PHONE}|[PHONE-1]}}</td><td align="right"><b>42,00 €</b></td></tr></table></td></tr>
    </table>`,
  "a hidden preheader and a style sheet": `
    <style>.lead::first-letter{font-size:200%} p[title]{margin:2em} #x > b{color:#00c}</style>
    <div style="display:none;max-height:0;overflow:hidden">{{${NAME}|[PERSON-1]}} vous attend &zwnj;&nbsp;&zwnj;</div>
    <p class="lead" title="{{${NAME}|[PERSON-1]}}">Bonjour {{${NAME}|[PERSON-1]}}, voici la suite.</p><p id="x">et <b>encore</b></p>`,
  "conditional comments": `
    <!--[if mso]><table><tr><td>{{${NAME}|[PERSON-1]}}</td></tr></table><![endif]-->
    <!--[if !mso]><!--><div style="background:#ffd;padding:1em">{{${NAME}|[PERSON-1]}}</div><!--<![endif]-->
    <p>derrière</p>`,
  "an inline drawing": `
    <svg width="300" height="80" viewBox="0 0 300 80"><title>{{${NAME}|[PERSON-1]}}</title><rect width="300" height="80" fill="#def"/>
    <text x="10" y="50" font-size="20" fill="#036">{{${NAME}|[PERSON-1]}}</text></svg><p>sous le dessin</p>`,
  "pictures that are data": `
    <p><img src="${DOT}" width="40" height="40" alt="{{${NAME}|[PERSON-1]}}"> à côté</p>
    <div style="background:url(${DOT});height:30px;width:90px"></div><a href="data:text/plain,bonjour">note</a>`,
  "links of every kind": `
    <p><a href="tel:{{+33639984712|[PHONE-1]}}" style="color:#a0a">{{${PHONE}|[PHONE-1]}}</a> ·
    <a href="mailto:{{${MAIL}|email-1@redacted.invalid}}">{{${MAIL}|[EMAIL-1]}}</a></p>
    <ul><li>un</li><li>deux <a href="https://t.example/l?u=${TOKEN}">trois</a></li></ul><img src="https://t.example/o.gif?u=${TOKEN}" width="1" height="1" alt="">`,
  "values cut by tags, comments and references": `
    <p><b>{{Odalys|[PERSON-1]}}</b><i>{{ Quern|}}<!-- x -->{{feather|}}</i> puis <u>la suite</u></p>
    <p>+33 6 39 98 <span style="letter-spacing:3px">en face</span></p>`,
  "lists, rules, quotations and forms": `
    <blockquote style="border-left:3px solid #999;padding-left:1em">{{${NAME}|[PERSON-1]}} a écrit :<ol><li>ceci</li><li>cela</li></ol></blockquote>
    <hr><form><input value="{{${NAME}|[PERSON-1]}}" size="40"> <select><option>un</option></select><textarea>{{${NAME}|[PERSON-1]}}</textarea></form><pre>  deux   blancs</pre>`,
};

/** @param {string} markup @param {1 | 2} side */
const filled = (markup, side) => markup.replaceAll(/\{\{([^|}]*)\|([^}]*)\}\}/g, (_, value, label) => (side === 1 ? value : label));

/** Labels with the numbers that the copy has. @param {string} html @param {string} copy */
const numbered = (html, copy) => html.replaceAll(/\[([A-Z]+)-\d+\]/g, (label, type) => copy.match(new RegExp(`\\[${type}-\\d+\\]`))?.[0] ?? label);

/** @param {string} html */
const documentOf = (html) => `<!DOCTYPE html><html><body>${html}</body></html>`;

/** @param {string} html */
const message = (html) => [
  "From: a@redacted.invalid", "Subject: x", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: 8bit", "", documentOf(html), "",
].join("\r\n");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {any} */
let Core;

const without = REAL_CORE ? false : "needs the built core";

before(async () => {
  if (without) return;
  browser = await launch();
  const { glue, wasm } = await import(`${WWW}pkg/core.js`);
  const made = new Function(`${asScript(glue)}; return { Core, initSync };`)();
  made.initSync({ module: await WebAssembly.compile(fromBase64(wasm)) });
  Core = made.Core;
});

after(() => browser?.close());

/** The HTML of the copy. @param {string} html */
async function redacted(html) {
  const core = new Core({ always: [NAME, PHONE, MAIL] }, new Uint8Array(32).fill(7));
  const bytes = new TextEncoder().encode(message(html));
  const outcome = await core.redact("x.eml", bytes, { findings: {}, parts: {}, added: [], labels: {} });
  assert.equal(outcome.status, "clean", JSON.stringify(outcome.failures));
  const copy = new TextDecoder().decode(outcome.bytes);
  return copy.slice(copy.indexOf("\r\n\r\n") + 4);
}

/** What Chromium makes of it without any connection: its picture, its boxes, and their styles. @param {string} html */
async function rendered(html) {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, javaScriptEnabled: true, offline: true });
  const page = await context.newPage();
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.route("**", (route) => (route.request().url().startsWith("data:") ? route.continue() : route.abort()));
  await page.setContent(html, { waitUntil: "load" });
  const picture = (await page.screenshot({ fullPage: true })).toString("base64");
  const elements = await page.evaluate(() => Array.from(document.querySelectorAll("body, body *"), (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { display, color, backgroundColor, fontFamily, fontSize, fontWeight, borderTopWidth } = getComputedStyle(element);
    return { box: [element.tagName, x, y, width, height].join(" "), look: [element.tagName, display, color, backgroundColor, fontFamily, fontSize, fontWeight, borderTopWidth].join(" ") };
  }));
  await context.close();
  return { picture, boxes: elements.map(({ box }) => box), looks: elements.map(({ look }) => look), asked };
}

for (const [name, markup] of Object.entries(MAILS)) {
  test(`${name}: the copy looks as the original with labels in it`, { skip: without }, async () => {
    const original = filled(markup, 1);
    const copy = await redacted(original);
    for (const value of [NAME, "Quernfeather", PHONE, MAIL, TOKEN]) {
      assert.ok(!original.includes(value) || !copy.includes(value), `${value} is left:\n${copy}`);
    }
    const [was, expected, is] = await Promise.all([
      rendered(documentOf(original)), rendered(documentOf(numbered(filled(markup, 2), copy))), rendered(copy),
    ]);
    assert.deepEqual(is.looks, was.looks);
    assert.deepEqual(is.boxes, expected.boxes);
    assert.ok(is.picture === expected.picture, `another picture:\n${copy}`);
    assert.ok(!is.asked.some((url) => url.includes(TOKEN)), "a token goes out");
  });
}

test("a copy that looks otherwise is noticed", { skip: without }, async () => {
  const html = filled(MAILS["tables with inline styles"] ?? "", 2);
  const whole = await rendered(html);
  for (const damaged of [html.replace(' colspan="2"', ""), html.replace("#c00", "#c01"), html.replace("<b>", ""), html.replace("[PERSON-1]", "[PERSON-2]")]) {
    assert.notEqual(damaged, html);
    assert.ok((await rendered(damaged)).picture !== whole.picture, damaged);
  }
  assert.ok((await rendered(html)).picture === whole.picture);
});
