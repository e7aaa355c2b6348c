/** Keyboard, names and contrast. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { FIREFOX, downloaded, dropFiles, launch, openPage } from "./browser.mjs";
import { PHONE, REFUSING, mail, slowly } from "./fixtures.mjs";

import { KEYS } from "../../www/keys.js";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const LOOKS = /** @type {const} */ ([
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 360, height: 740 } }],
  ["forced colours", { forcedColors: "active" }],
]);

for (const [look, context] of LOOKS) {
  test(`axe-core finds nothing in any state, ${look}`, { skip: FIREFOX && "axe-core runs in Chromium" }, async () => {
    const opened = await openPage(browser, { context, patch: REFUSING });
    const { page } = opened;
    try {
      await check(page, "empty");
      await page.getByRole("button", { name: "Policy" }).click();
      await check(page, "policy");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Go on with earlier decisions" }).click();
      await check(page, "load decisions");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Help" }).click();
      await check(page, "help");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Try it with three sample messages" }).click();
      await page.locator(".doc .finding").first().waitFor();
      await check(page, "review");
      await page.locator(".of-original .finding").first().click();
      await page.locator(".card-value").waitFor();
      await check(page, "card");
      for (const mode of ["Original", "Redacted"]) {
        await page.locator(".doc-tools label", { hasText: mode }).click();
        await check(page, mode);
      }
      await page.locator(".card").getByRole("button", { name: "Range" }).click();
      await page.locator(".range").waitFor();
      await check(page, "range");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Mark missed text" }).click();
      await page.locator("#missed input").fill("Ma");
      await page.locator("#missed").getByText(/times in \d messages/).waitFor();
      await check(page, "missed");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "How to check" }).click();
      await check(page, "how to check");
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: "To look at" }).check();
      await page.locator("#queue h1").waitFor();
      await check(page, "queue");
      await page.getByRole("button", { name: "Decisions" }).click();
      await page.getByLabel("Passphrase", { exact: true }).first().fill("short");
      await page.getByLabel("Passphrase again").fill("short");
      await page.getByRole("button", { name: "Save decisions" }).click();
      await page.getByText("8 characters at least").waitFor();
      await check(page, "decisions");
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: "Entities" }).check();
      await page.getByRole("searchbox", { name: "Search a name" }).fill("ma");
      await page.locator(".entity-list > li").first().waitFor();
      await page.getByRole("button", { name: "Count it in all messages" }).click();
      await page.locator(".entity-word").getByText(/times? in \d+ messages?/).waitFor();
      await page.locator(".entity-row input").first().check();
      await check(page, "entities");
      await page.locator(".entity-more").first().click();
      await check(page, "entity");
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: "Messages" }).check();
      await dropFiles(page, [{ name: "leaky.eml", text: mail() }]);
      await page.locator(".messages > li:nth-child(4) [data-status=read]").waitFor();
      await page.getByRole("button", { name: "Save copies" }).click();
      await check(page, "save");
      await downloaded(page, () => page.getByRole("button", { name: "Save all as ZIP" }).click());
      await page.getByText(/\d+ messages? (was|were) refused/).waitFor();
      await check(page, "saved");
    } finally {
      await opened.close();
    }
  });
}

test("ten messages are reviewed by keyboard alone", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    // From the first Tab on, no pointer: the samples' button stands behind three stops of the bar.
    const reach = async (/** @type {string} */ selector) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      }
      assert.fail(`${selector} cannot be reached by Tab`);
    };
    await reach(".drop .plain");
    await dropFiles(page, Array.from({ length: 10 }, (_, i) => ({ name: `${i}.eml`, text: mail({ subject: `Brief ${i}` }) })));
    await page.locator(".messages > li:nth-child(10) [data-status=read]").waitFor();
    await reach(".doc");
    const current = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    for (let i = 0; i < 10; i++) {
      await page.getByRole("heading", { name: `Brief ${i}`, exact: true }).waitFor();
      for (let step = 0; !(await current()).includes(PHONE); step++) {
        assert.ok(step < 30, "the phone number is among the findings");
        await page.keyboard.press("j");
      }
      await page.keyboard.press("x");
      await page.locator(".of-copy", { hasText: PHONE }).waitFor();
      await page.keyboard.press("z");
      await page.locator(".of-copy", { hasText: PHONE }).waitFor({ state: "hidden" });
      await page.keyboard.press("Shift+Z");
      await page.locator(".of-copy", { hasText: PHONE }).waitFor();
      if (i < 9) await page.keyboard.press("Shift+J");
    }
    assert.match((await page.locator("#live").textContent()) ?? "", /Done again|Kept/);
    await page.keyboard.press("s");
    await page.locator("#save[open]").waitFor();
    const zip = await downloaded(page, () => page.keyboard.press("Enter"));
    assert.ok(zip.bytes.length > 1000);
    await page.locator("#save").getByText("10 copies were checked and saved").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#save[open]").waitFor({ state: "hidden" });
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
});

test("missed text is marked, and an entity decided, by keyboard alone", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    await dropFiles(page, [{ name: "a.eml", text: mail({ subject: "Projet Tamaris" }) }]);
    await page.locator(".doc .finding").first().waitFor();
    await page.locator(".doc").focus();
    await page.keyboard.press("m");
    await page.keyboard.type("Tamaris");
    await page.keyboard.press("Enter");
    await page.locator(".of-copy", { hasText: "Tamaris" }).waitFor({ state: "hidden" });
    await page.locator(".of-original .finding", { hasText: "Tamaris" }).waitFor();
    await page.locator(".doc").focus();
    await page.keyboard.press("g");
    await page.waitForFunction(() => document.activeElement?.closest("#entities"));
    for (let i = 0; i < 12 && !(await page.evaluate(() => document.activeElement?.matches("[data-what=keep]"))); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".entity-list [data-what=keep][aria-pressed=true]").waitFor();
    assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-what=keep]")), "the focus stays on the row");
    await page.keyboard.press("z");
    await page.locator(".entity-list [data-what=keep][aria-pressed=true]").waitFor({ state: "hidden" });
  } finally {
    await opened.close();
  }
});

test("a mark says what it is, what becomes of it, and changes on Space", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    await dropFiles(page, [{ name: "a.eml", text: mail() }]);
    await page.locator(".doc .finding").first().waitFor();
    const mark = page.locator(".of-original").getByRole("button", { name: PHONE });
    assert.match((await mark.getAttribute("aria-label")) ?? "", /^Telephone number, \w+: 06 39 98 12 34\. Redacted\.$/);
    assert.equal(await mark.getAttribute("aria-pressed"), "true");
    await mark.click();
    await page.locator(".card-value").waitFor();
    await page.keyboard.press("Space");
    await page.waitForFunction((phone) => document.activeElement?.getAttribute("aria-label")?.endsWith(`${phone}. Kept.`), PHONE);
    assert.equal(await mark.getAttribute("aria-pressed"), "false");
    await page.locator("#live", { hasText: /^Kept/ }).waitFor({ state: "attached" });
  } finally {
    await opened.close();
  }
});

test("single keys can be switched off, and then type nothing into the review", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByLabel("Single-key shortcuts").uncheck();
    await page.keyboard.press("Escape");
    await dropFiles(page, [{ name: "a.eml", text: mail() }]);
    await page.locator(".of-original .finding").first().click();
    await page.locator(".card-value").waitFor();
    await page.keyboard.press("x");
    await page.waitForTimeout(200);
    assert.equal(await page.locator(".bar-tools").getByRole("button", { name: "Undo" }).isDisabled(), true);
  } finally {
    await opened.close();
  }
});

test("every key is also a button that can be seen", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    await dropFiles(page, [1, 2].map((n) => ({ name: `${n}.eml`, text: mail({ subject: `Brief ${n}` }) })));
    await page.locator(".messages > li:nth-child(2) [data-status=read]").waitFor();
    await page.locator(".message").first().click();
    await page.locator(".of-original .finding", { hasText: PHONE }).click();
    await page.getByRole("button", { name: "Redact everywhere" }).waitFor();
    /** @type {Record<string, string>} */
    const elsewhere = { toggle: ".finding[data-current]", help: "#help-open", queue: "[data-verb='pane.queue'] + span", entities: "[data-verb='pane.entities'] + span", messages: "[data-verb='pane.messages'] + span" };
    for (const { verb } of KEYS) {
      const button = page.locator(elsewhere[verb] ?? `[data-verb="${verb}"]`).first();
      const segment = ["original", "both", "redacted"].includes(verb);
      assert.ok(await (segment ? button.locator("+ span") : button).isVisible(), verb);
    }
  } finally {
    await opened.close();
  }
});

test("what has the focus is never hidden behind the card, in any width", async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 720, height: 450 }, { width: 1000, height: 700 }]) {
    const opened = await openPage(browser, { context: { viewport } });
    const { page } = opened;
    try {
      await page.getByRole("button", { name: "Try it with three sample messages" }).click();
      await page.locator(".messages > li:nth-child(3) [data-status=read]").waitFor();
      await page.locator(".of-original .finding").first().click();
      await page.locator(".card-value").waitFor();
      for (const key of [..."jjjjjjjjjjjjkkkkkkkkkkkk"]) {
        const [name, seen] = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
          const mark = /** @type {HTMLElement} */ (document.activeElement);
          const seen = [...mark.getClientRects()].some(({ x, y, width, height }) => mark.contains(document.elementFromPoint(x + width / 2, y + height / 2)));
          resolve([mark.textContent, seen]);
        }))));
        assert.ok(seen, `${name} at ${viewport.width}`);
        await page.keyboard.press(key);
      }
    } finally {
      await opened.close();
    }
  }
});

test("the live region says little while much is read, and the focus goes from left to right", async () => {
  const opened = await openPage(browser, { patch: slowly(20) });
  const { page } = opened;
  try {
    await page.evaluate(() => {
      const said = /** @type {string[]} */ ([]);
      Object.assign(globalThis, { said });
      new MutationObserver(() => said.push(document.getElementById("live")?.textContent ?? "")).observe(/** @type {Node} */ (document.getElementById("live")), { childList: true, characterData: true, subtree: true });
    });
    await dropFiles(page, Array.from({ length: 60 }, (_, i) => ({ name: `${i}.eml`, text: mail({ subject: `Brief ${i}` }) })));
    await page.locator("#live", { hasText: "60 messages read" }).waitFor({ state: "attached" });
    const said = await page.evaluate(() => /** @type {any} */ (globalThis).said);
    assert.ok(said.length <= 2, said.join(" | "));
    await page.locator(".of-original .finding").first().click();
    await page.locator(".card-value").waitFor();
    await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector(".skip")).focus());
    /** @type {string[]} */
    const order = [];
    for (let i = 0; i < 80; i++) {
      const region = await page.evaluate(() => ["skip", "bar", "list-pane", "doc-pane", "card-pane", "foot"].find((name) => document.activeElement?.closest(`.${name}`)));
      if (region && order.at(-1) !== region) order.push(region);
      if (region === "foot") break;
      await page.keyboard.press("Tab");
    }
    assert.deepEqual(order, ["skip", "bar", "list-pane", "doc-pane", "card-pane", "foot"]);
  } finally {
    await opened.close();
  }
});

test("who wants less motion sees none", { skip: FIREFOX && "it cannot be told what is preferred" }, async () => {
  for (const [reducedMotion, moving] of /** @type {const} */ ([["no-preference", true], ["reduce", false]])) {
    const opened = await openPage(browser, { context: { reducedMotion } });
    try {
      const moves = await opened.page.evaluate(() => [...document.querySelectorAll("*")].some((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
        return /[1-9]/.test(transitionDuration) || (animationName !== "none" && /[1-9]/.test(animationDuration));
      }));
      assert.equal(moves, moving, reducedMotion);
    } finally {
      await opened.close();
    }
  }
});

test("at 200 % zoom and in a narrow window nothing runs out of the page sideways", async () => {
  for (const width of [720, 360, 320]) {
    const opened = await openPage(browser, { context: { viewport: { width, height: 600 }, locale: "de-DE" } });
    const { page } = opened;
    try {
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok((await overflow()) <= 0, `empty at ${width}`);
      await page.getByRole("button", { name: /Beispielnachrichten/ }).click();
      await page.locator(".of-original .finding").first().click();
      await page.locator(".card-value").waitFor();
      assert.ok((await overflow()) <= 0, `review at ${width}`);
      await page.getByRole("radio", { name: "Entitäten" }).check();
      await page.locator(".entity-list > li").first().waitFor();
      assert.ok((await overflow()) <= 0, `entities at ${width}`);
    } finally {
      await opened.close();
    }
  }
});

test("the tools stand in one row at 1440 pixels, in each language", async () => {
  for (const locale of ["de-DE", "fr-FR", "en-GB"]) {
    const opened = await openPage(browser, { context: { locale } });
    const { page } = opened;
    try {
      await dropFiles(page, [{ name: "a.eml", text: mail() }]);
      await page.locator(".doc .finding").first().waitFor();
      const height = await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().height);
      assert.ok(height < 72, `${locale}: ${height}`);
    } finally {
      await opened.close();
    }
  }
});

test("a dialog keeps the focus, and gives it back", async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    const help = page.getByRole("button", { name: "Help" });
    await help.focus();
    await page.keyboard.press("Enter");
    await page.locator("#help[open]").waitFor();
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null));
    }
    await page.keyboard.press("Escape");
    assert.ok(await help.evaluate((button) => button === document.activeElement));
  } finally {
    await opened.close();
  }
});
