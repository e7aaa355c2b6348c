/** axe-core over the page as it is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { FIREFOX } from "./browser.mjs";

/** @import {Page} from "playwright-core" */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RUN = `axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? ""))])))`;

/**
 * Everything that axe-core finds, of any level. In Chromium alone: driven by WebDriver BiDi, Firefox 153 ends in
 * the middle of a dozen runs.
 * @param {Page} page
 * @param {string} state
 */
export async function check(page, state) {
  if (FIREFOX) return;
  await page.waitForTimeout(250);
  // As a debugger would: the policy of the page allows no script but its own.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { result } = await session.send("Runtime.evaluate", { expression: RUN, awaitPromise: true, returnByValue: true });
  await session.detach();
  assert.deepEqual(JSON.parse(result.value), [], state);
}
