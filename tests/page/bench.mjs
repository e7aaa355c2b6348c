/**
 * Measures what the page makes of the core: `node bench.mjs TROVE [TROVE …]`, each a folder of messages and
 * mailboxes (`cargo xtask trove`). Printed are a table of the first trove, medians of five rounds in
 * which all ways take turns, and for every trove the time and the most memory that the tab had.
 *
 * The page writes into a folder of the browser's own; the bare core does the same messages one after
 * the other in Node, which runs the same engine, with nothing around it. Needs Linux for the memory.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./browser.mjs";
import { WWW } from "./server.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** @param {string} folder @returns {string[]} */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** Whether a process was started by this one. @param {string} pid */
function isOurs(pid) {
  for (let at = pid; at !== "0"; at = /\) \S (\d+)/.exec(readFileSync(`/proc/${at}/stat`, "utf8"))?.[1] ?? "0") {
    if (at === String(process.pid)) return true;
  }
  return false;
}

/** Memory of the tab in bytes: of the largest of the browser's renderers. */
function tab() {
  let most = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (!command.includes("--type=renderer") || !isOurs(pid)) continue;
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      most = Math.max(most, Number(/^Pss: +(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024);
    } catch {
      // It has ended meanwhile.
    }
  }
  return most;
}

/** The bare core: seconds for some files. @param {string[]} files */
async function bare(files) {
  const { glue, wasm } = await import(join(WWW, "pkg/core.js"));
  const { Core, initSync } = await import(`data:text/javascript;base64,${Buffer.from(`${glue}\n//${Math.random()}`).toString("base64")}`);
  initSync({ module: new WebAssembly.Module(Buffer.from(wasm, "base64")) });
  const core = new Core();
  const began = performance.now();
  for (const file of files) {
    const bytes = readFileSync(file);
    if (!file.endsWith(".mbox")) {
      await core.redact(file, bytes, undefined);
      continue;
    }
    for (const [start, end] of core.split(bytes)) await core.redact(file, bytes.subarray(start, end), undefined);
  }
  return (performance.now() - began) / 1000;
}

/** The page: seconds, and the most memory of its tab. @param {string} trove @param {number} workers */
async function inPage(trove, workers) {
  const browser = await launch();
  const opened = await openPage(browser);
  const { page } = opened;
  try {
    await page.evaluate((n) => {
      Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n });
      Object.assign(globalThis, { showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle("copies", { create: true }) });
    }, workers);
    await page.locator("#folder-picker").setInputFiles(trove);
    await page.getByRole("button", { name: "Write into a folder" }).waitFor({ timeout: 120_000 });
    let memory = tab();
    const sampling = setInterval(() => (memory = Math.max(memory, tab())), 250);
    const began = performance.now();
    await page.getByRole("button", { name: "Write into a folder" }).click();
    await page.locator("#trove .result").filter({ hasText: /copies|copy/ }).waitFor({ timeout: 0 });
    const seconds = (performance.now() - began) / 1000;
    clearInterval(sampling);
    return { seconds, memory };
  } finally {
    await opened.close();
    await browser.close();
  }
}

const troves = process.argv.slice(2);
const [first] = troves;
if (!first) throw new Error(`usage: node ${fileURLToPath(import.meta.url)} TROVE …`);
const sizeOf = (/** @type {string} */ trove) => filesOf(trove).reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;

/** @type {{bare: number[], one: number[], two: number[]}} */
const times = { bare: [], one: [], two: [] };
for (let round = 0; round < ROUNDS; round++) {
  times.bare.push(await bare(filesOf(first)));
  times.one.push((await inPage(first, 1)).seconds);
  times.two.push((await inPage(first, 2)).seconds);
}
const size = sizeOf(first);
const [core, one, two] = [median(times.bare), median(times.one), median(times.two)];
const row = (/** @type {(string | number)[]} */ ...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
row("way", "MB/s", "times the bare core");
row("---", "---:", "---:");
row("bare core, WebAssembly, one thread", (size / core).toFixed(1), 1);
row("page, one worker", (size / one).toFixed(1), (core / one).toFixed(2));
row("page, two workers", (size / two).toFixed(1), (core / two).toFixed(2));
process.stdout.write(`\nTwo workers: ${(one / two).toFixed(2)} times one. Medians of ${ROUNDS}.\n\n`);
row("trove", "seconds", "most memory of the tab, MB");
row("---:", "---:", "---:");
for (const trove of troves) {
  const { seconds, memory } = await inPage(trove, 2);
  row(`${Math.round(sizeOf(trove))} MB`, seconds.toFixed(1), Math.round(memory / 1e6));
}
