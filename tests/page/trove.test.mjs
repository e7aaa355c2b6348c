/**
 * More mail than anybody reviews: straight from a mailbox, an archive and a folder to copies in a
 * folder; cancelled and resumed; the same bytes with one worker and with several. The folder is one of
 * the browser's own (OPFS), which has the same interface as one of the user's.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { downloaded, launch, openPage } from "./browser.mjs";
import { REAL_CORE } from "./server.mjs";
import { unzip } from "./unzip.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/**
 * Runs in the page: redacts a trove of `count` messages into the folder `name`, and gives what is in it.
 * @param {{count: number, name: string, workers: number, stopAt?: number, seed: number[]}} given
 */
async function run({ count, name, workers, stopAt, seed }) {
  const load = (/** @type {string} */ path) => import(path);
  const [{ CoreClient }, { loadCore }, { inOrder, redactTrove }, { noteOf }, { FolderSink }] = await Promise.all(
    ["/core/client.js", "/core/load.js", "/save/trove.js", "/save/note.js", "/save/sinks.js"].map(load),
  );
  const people = ["Odile Marchais", "Bastien Rouvray", "Duncan Ashdowne", "Leyla Hollenstede"];
  const address = (/** @type {string} */ who) => `${who.toLowerCase().replace(" ", ".")}@courrier.example`;
  const mail = (/** @type {number} */ n) => {
    const [from, to] = [people[n % 4] ?? "", people[(n + 1 + (n >> 2)) % 4] ?? ""];
    // Some are known by their address alone, and by name only in other messages.
    const sender = n % 5 === 0 ? address(from) : `${from} <${address(from)}>`;
    return `From: ${sender}\nTo: ${to} <${address(to)}>\nMessage-ID: <${n}.${address(from)}>\nSubject: note ${n}\n\nBonjour ${to},\n\nappelez le 06 39 98 ${10 + (n % 90)} 34.\n\n${from}\n`;
  };
  const third = Math.floor(count / 3);
  const box = Array.from({ length: third }, (_, n) => `From x@y.example Thu Jan  1 00:00:00 2026\n${mail(n)}`).join("\n");
  const files = Array.from({ length: third }, (_, n) => ({ file: new File([mail(third + n)], `${n}.eml`, { lastModified: 1 }), folder: `in${n % 3}/`, chosen: false }));
  const given = inOrder([{ file: new File([box], "old.mbox", { lastModified: 1 }), folder: "", chosen: true }, ...files].reverse());
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  const sink = new FolderSink(root);
  const client = new CoreClient(loadCore, { workers });
  const kept = await sink.kept();
  const note = noteOf("the same run", kept);
  if (kept === null) note.seed = seed;
  const begin = note.done;
  const stopping = new AbortController();
  let stopped = false;
  /** @type {any} */
  let result = null;
  try {
    result = await redactTrove({ given, client, sink, note, signal: stopping.signal, progress: (/** @type {any} */ { pass, messages }) => {
      if (pass === "copies" && messages === stopAt) stopping.abort(new DOMException("", "AbortError"));
    } });
    await sink.result();
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    stopped = true;
  }
  client.stop();
  /** @type {Record<string, string>} */
  const tree = {};
  const walk = async (/** @type {any} */ folder, /** @type {string} */ path) => {
    for await (const [child, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${child}/`);
      else tree[path + child] = await (await handle.getFile()).text();
    }
  };
  await walk(root, "");
  return { begin, stopped, result, tree };
}

const SEED = Array.from({ length: 32 }, (_, i) => i);

test("a trove goes into a folder; cancelled it goes on, and any number of workers writes the same bytes", { skip: !REAL_CORE }, async () => {
  const opened = await openPage(browser);
  const { page } = opened;
  page.setDefaultTimeout(60_000);
  try {
    const whole = await page.evaluate(run, { count: 120, name: "whole", workers: 2, seed: SEED });
    assert.deepEqual(whole.result.counts, { clean: 80 });
    assert.equal(Object.keys(whole.tree).length, 80);
    const text = Object.values(whole.tree).join("\n");
    for (const value of ["Marchais", "rouvray", "Ashdowne", "06 39"]) assert.ok(!text.includes(value), value);
    // Who is known by an address in one message has the label of the name in another.
    const first = whole.tree["old/000001-redacted.eml"] ?? "";
    assert.equal(/From: .*email-(\d+)@/.exec(first)?.[1], /\[PERSON-(\d+)\]\n$/.exec(first)?.[1], first);

    const single = await page.evaluate(run, { count: 120, name: "single", workers: 1, seed: SEED });
    assert.deepEqual(single.tree, whole.tree);

    const cut = await page.evaluate(run, { count: 120, name: "cut", workers: 2, stopAt: 50, seed: SEED });
    assert.ok(cut.stopped && "caviard-unfinished.json" in cut.tree);
    assert.ok(!/Marchais|06 39|\.eml/.test(cut.tree["caviard-unfinished.json"] ?? ""), "the note holds a value or a name");
    const resumed = await page.evaluate(run, { count: 120, name: "cut", workers: 2, seed: SEED });
    assert.equal(resumed.begin, 40);
    assert.deepEqual(resumed.tree, whole.tree);
    assert.deepEqual(resumed.result.counts, { clean: 80 });
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
});

/** Drops four messages of 54 MB each, and answers the question for a folder. @param {import("playwright-core").Page} page */
const dropLarge = (page) => page.evaluate(() => {
  Object.assign(globalThis, { showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle("chosen", { create: true }) });
  const attachment = `${"QUJD".repeat(19)}\r\n`.repeat(700_000);
  const mail = (/** @type {number} */ n) => new File([
    `From: Odile Marchais <odile@courrier.example>\r\nSubject: ${n}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n06 39 98 12 34\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
    attachment, "--b--\r\n"], `${n}.eml`, { lastModified: 1 });
  const data = new DataTransfer();
  for (let n = 0; n < 4; n++) data.items.add(mail(n));
  const target = /** @type {HTMLElement} */ (document.querySelector("main"));
  for (const type of ["dragenter", "dragover", "drop"]) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
});

/** What is in that folder. @param {import("playwright-core").Page} page */
const names = (page) => page.evaluate(async () => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("chosen", { create: true });
  const found = [];
  for await (const name of /** @type {any} */ (root).keys()) found.push(name);
  return /** @type {string[]} */ (found.sort());
});

/** Every copy takes a while. */
const SLOW = `
;{ const redact = Core.prototype.redact;
Core.prototype.redact = async function (...given) {
  const outcome = await redact.apply(this, given);
  for (const end = performance.now() + 900; performance.now() < end; );
  return outcome;
}; }
`;

test("a large drop asks what to do, writes into the chosen folder and tells what came of it", { skip: !REAL_CORE }, async () => {
  const opened = await openPage(browser);
  const { page, server } = opened;
  try {
    const loaded = server.log.length;
    await dropLarge(page);
    await page.getByRole("heading", { name: "A large collection" }).waitFor();
    await check(page, "trove");
    await page.getByRole("button", { name: "Write into a folder" }).click();
    await page.locator("#trove .result.good").waitFor({ timeout: 60_000 });
    await check(page, "trove done");
    const sizes = await page.evaluate(async () => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("chosen");
      const found = [];
      for await (const [name, handle] of /** @type {any} */ (root).entries()) found.push(`${name} ${(await handle.getFile()).size < 2000}`);
      return found.sort();
    });
    assert.deepEqual(sizes, [0, 1, 2, 3].map((n) => `${n}-redacted.eml true`));
    assert.deepEqual(server.log.slice(loaded), [], "a request");
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
});

test("a large drop that is stopped keeps its copies, and into the same folder it goes on", { skip: !REAL_CORE }, async () => {
  const opened = await openPage(browser, { patch: SLOW });
  const { page } = opened;
  const dialog = page.locator("#trove");
  try {
    await dropLarge(page);
    await dialog.getByText("A ZIP cannot be gone on with").waitFor();
    await page.getByRole("button", { name: "Write into a folder" }).click();
    await dialog.getByText(/[1-3] messages? done/).waitFor({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    const stopped = await dialog.getByText(/^Stopped\. \d cop(y is|ies are) written and checked/).innerText();
    const done = Number(/\d/.exec(stopped)?.[0]);
    assert.ok(done >= 1 && done < 4, stopped);
    assert.deepEqual(await names(page), [...Array.from({ length: done }, (_, n) => `${n}-redacted.eml`), "caviard-unfinished.json"]);
    await check(page, "trove stopped");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await dropLarge(page);
    await page.getByRole("button", { name: "Write into a folder" }).click();
    await page.locator("#live", { hasText: /Going on after [1-3] messages?/ }).waitFor({ state: "attached" });
    await dialog.locator(".result.good", { hasText: "4 copies" }).waitFor({ timeout: 60_000 });
    assert.deepEqual(await names(page), [0, 1, 2, 3].map((n) => `${n}-redacted.eml`));
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
});

test("a large archive that is stopped ends as it is, and is offered so", { skip: !REAL_CORE }, async () => {
  const opened = await openPage(browser, { patch: SLOW });
  const { page } = opened;
  const dialog = page.locator("#trove");
  try {
    await page.evaluate(() => Object.assign(globalThis, { showSaveFilePicker: undefined }));
    await dropLarge(page);
    await page.getByRole("button", { name: "Write a ZIP" }).click();
    await dialog.getByText(/[1-3] messages? done/).waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.getByText("The archive was ended there and holds them").waitFor();
    const { bytes } = await downloaded(page, () => dialog.getByRole("button", { name: /^Save th(ese|is)/ }).click());
    const copies = unzip(bytes);
    assert.ok(copies.length >= 1 && copies.length < 4 && copies.every(({ defects }) => defects === 0));
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
  }
});
