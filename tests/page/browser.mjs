/** Starts the installed Chromium, kept silent itself, or Firefox, and opens the page in it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { FIREFOX_EXECUTABLE } from "./firefox.mjs";
import { chromium, firefox } from "playwright-core";
import { servePage } from "./server.mjs";

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** `CHROMIUM` names the browser where it is not at the place that Debian gives it. */
const EXECUTABLE = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

/** Which browser the tests drive: `CAVIARD_BROWSER=firefox` or Chromium. */
export const FIREFOX = process.env.CAVIARD_BROWSER === "firefox";

export function launch() {
  if (FIREFOX) {
    if (!FIREFOX_EXECUTABLE) throw new Error("no Firefox found: set FIREFOX");
    return firefox.launch({ channel: "moz-firefox", executablePath: FIREFOX_EXECUTABLE });
  }
  if (!EXECUTABLE) throw new Error("no Chromium found: set CHROMIUM");
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, ignoreDefaultArgs: ["--headless"] });
}

/**
 * A page of its own server, ready for use, and what went wrong in it.
 * @param {import("playwright-core").Browser} browser
 * @param {Parameters<typeof servePage>[0] & {context?: import("playwright-core").BrowserContextOptions}} [options]
 */
export async function openPage(browser, { context: contextOptions, ...options } = {}) {
  const server = await servePage(options);
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, acceptDownloads: true, ...contextOptions });
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.setDefaultTimeout(15_000);
  await page.goto(server.url);
  await page.locator("#core-state[data-core=ready]").waitFor();
  return {
    page,
    server,
    errors,
    close: async () => {
      // A browser that has gone must not hide why.
      await context.close().catch(() => {});
      await server.close();
    },
  };
}

/**
 * Drops files on the window, as a hand would.
 * @param {import("playwright-core").Page} page
 * @param {{name: string, text: string}[]} files
 */
export async function dropFiles(page, files) {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, text } of given) data.items.add(new File([text], name, { type: "message/rfc822" }));
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("main", type, { dataTransfer: transfer });
  }
}

/**
 * The bytes of the download that an action starts.
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<unknown>} action
 */
export async function downloaded(page, action) {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/**
 * Opens the page, runs the journey, and sees to it that nothing went wrong unseen.
 * @param {import("playwright-core").Browser} browser
 * @param {Parameters<typeof openPage>[1]} options
 * @param {(page: import("playwright-core").Page, opened: Awaited<ReturnType<typeof openPage>>) => Promise<void>} steps
 */
export async function journeyIn(browser, options, steps) {
  const opened = await openPage(browser, options);
  try {
    await steps(opened.page, opened);
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
}

/** A mark in the original. @param {import("playwright-core").Page} page @param {string} text */
export const mark = (page, text) => page.locator(".of-original .finding", { hasText: text });

/** @param {import("playwright-core").Page} page */
export const shown = (page) => page.locator(".doc .finding").first().waitFor();

/** @param {import("playwright-core").Page} page @param {number} n */
export const listed = (page, n) => page.locator(`.messages > li:nth-child(${n}) [data-status=read]`).waitFor();

/**
 * Selects a word of the text, as a hand would.
 * @param {import("playwright-core").Page} page
 * @param {string} word
 */
export const selectWord = (page, word) => page.evaluate((wanted) => {
  for (const cell of document.querySelectorAll(".text .of-original")) {
    const nodes = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const at = /** @type {Text} */ (node).data.indexOf(wanted);
      if (at < 0) continue;
      getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
  }
  throw new Error("no such word");
}, word);
