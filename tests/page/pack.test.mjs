/** The page as one file, opened from `file://` as on a machine without any network. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FIREFOX, downloaded, dropFiles, launch, mark } from "./browser.mjs";
import { AUTHOR, PHONE, mail } from "./fixtures.mjs";

/** `cargo xtask pack` writes it, and `cargo xtask test` names it. */
const PACK = process.env.CAVIARD_PACK ?? fileURLToPath(new URL("../../target/pack/caviard.html", import.meta.url));

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  assert.ok(existsSync(PACK), "no packed page: run `cargo xtask pack` first");
  browser = await launch();
});
after(() => browser.close());

/** @param {Buffer | string} text */
const sha256 = (text) => createHash("sha256").update(text).digest("base64");

test("the file holds everything, and its policy names what may run by hash", () => {
  const html = readFileSync(PACK, "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  assert.equal(
    policy,
    `default-src 'none'; script-src 'sha256-${sha256(script)}' 'wasm-unsafe-eval'; style-src 'sha256-${sha256(style)}'; img-src data:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types caviard-worker`,
  );
  assert.ok(!/<(script|link|img|iframe)\b[^>]*\b(src|href)="(?!data:)/.test(html.replace(script, "")), "nothing is loaded");
  assert.doesNotMatch(html, /\/root\/|\/home\/|\/Users\//, "no folder of the machine that built it");
});

test("from file://, without a network: a message comes in, is decided, and its copy goes out, without a request", async () => {
  const context = await browser.newContext({ locale: "en-GB", acceptDownloads: true, offline: true });
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const requests = [];
    /** @type {string[]} */
    const errors = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    const address = pathToFileURL(PACK).href;
    await page.goto(address);
    await page.locator("#core-state[data-core=ready]").waitFor({ timeout: 60_000 });
    await dropFiles(page, [{ name: "a.eml", text: mail() }]);
    await mark(page, PHONE).click();
    await page.locator(".card").getByRole("button", { name: "Keep" }).first().click();
    await page.locator(".of-copy", { hasText: PHONE }).waitFor();
    const copy = await downloaded(page, () => page.getByRole("button", { name: "Save this copy" }).click());
    assert.ok(copy.bytes.includes(PHONE) && !copy.bytes.includes(AUTHOR));
    await page.getByRole("button", { name: "Decisions" }).click();
    await page.getByLabel("Passphrase", { exact: true }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "How to check" }).click();
    await page.locator("#silence").getByText("none", { exact: true }).waitFor();
    // Firefox does not tell of the file itself.
    assert.deepEqual(requests.filter((url) => !url.startsWith("blob:")), FIREFOX ? [] : [address]);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
  }
});
