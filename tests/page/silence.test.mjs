/**
 * The page makes no request once it has loaded: judged by the logs of the server that it came from
 * and of another one, while page and worker try to reach both by every means. The same attempts
 * without the policy do reach them, so the test can fail.
 */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { dropFiles, launch, openPage } from "./browser.mjs";
import { mail } from "./fixtures.mjs";
import { WWW, policyOf } from "./server.mjs";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A server that only counts who connects and what they say first. */
async function listen() {
  /** @type {string[]} */
  const heard = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      heard.push(data.toString("latin1").split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { heard, url: `http://127.0.0.1:${port}/`, close: () => new Promise((resolve) => server.close(resolve)) };
}

/**
 * Everything that a page can try, each on its own address. Runs in the page.
 * @param {string[]} bases
 */
async function tryFromPage(bases) {
  const attempts = /** @type {Record<string, (url: string) => unknown>} */ ({
    fetch: (url) => fetch(url).catch(() => {}),
    nocors: (url) => fetch(url, { mode: "no-cors", method: "POST", body: "x", keepalive: true }).catch(() => {}),
    xhr: (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.send();
    },
    websocket: (url) => new WebSocket(url.replace("http", "ws")),
    eventsource: (url) => new EventSource(url),
    beacon: (url) => navigator.sendBeacon(url, "x"),
    image: (url) => (new Image().src = url),
    script: (url) => document.head.append(Object.assign(document.createElement("script"), { src: url })),
    import: (url) => import(url).catch(() => {}),
    stylesheet: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url })),
    prefetch: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: url })),
    preload: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", href: url })),
    manifest: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: url })),
    css: (url) => (document.body.style.backgroundImage = `url("${url}")`),
    font: (url) => new FontFace("Canary", `url("${url}")`).load().catch(() => {}),
    video: (url) => Object.assign(document.createElement("video"), { src: url }).load(),
    frame: (url) => document.body.append(Object.assign(document.createElement("iframe"), { src: url })),
    object: (url) => document.body.append(Object.assign(document.createElement("object"), { data: url })),
    form: (url) => {
      const frame = Object.assign(document.createElement("iframe"), { name: url });
      const form = Object.assign(document.createElement("form"), { action: url, target: url, method: "post" });
      document.body.append(frame, form);
      form.submit();
    },
    worker: (url) => new Worker(url),
    track: (url) => {
      const video = document.createElement("video");
      const track = Object.assign(document.createElement("track"), { src: url, default: true });
      video.append(track);
      document.body.append(video);
      track.track.mode = "showing";
    },
  });
  for (const base of bases) {
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        attempt(`${base}canary-page-${name}`);
      } catch {
        // refused at once: the better
      }
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

/** The same for the worker: source that is put behind the core's. @param {string[]} bases */
const tryFromWorker = (bases) => `
;{ const analyze = Core.prototype.analyze;
Core.prototype.analyze = function (...given) {
  const attempts = {
    fetch: (url) => fetch(url).catch(() => {}),
    nocors: (url) => fetch(url, { mode: "no-cors", method: "POST", body: "x" }).catch(() => {}),
    xhr: (url) => { const r = new XMLHttpRequest(); r.open("GET", url); r.send(); },
    websocket: (url) => new WebSocket(url.replace("http", "ws")),
    eventsource: (url) => new EventSource(url),
    importScripts: (url) => importScripts(url),
    import: (url) => import(url).catch(() => {}),
    worker: (url) => new Worker(url),
    font: (url) => { const f = new FontFace("Canary", 'url("' + url + '")'); f.load().catch(() => {}); },
  };
  for (const base of ${JSON.stringify(bases)}) {
    for (const [name, attempt] of Object.entries(attempts)) {
      try { attempt(base + "canary-worker-" + name); } catch {}
    }
  }
  return analyze.apply(this, given);
}; }
`;

/**
 * What both servers heard after the page had loaded.
 * @param {((policy: string) => string | null) | undefined} policy
 */
async function attempt(policy) {
  const outside = await listen();
  const opened = await openPage(browser, { patch: tryFromWorker([outside.url]), ...(policy ? { policy } : {}) });
  try {
    const { page, server } = opened;
    const loaded = server.log.length;
    await dropFiles(page, [{ name: "a.eml", text: mail() }]);
    await page.locator(".doc .finding").first().waitFor();
    await page.evaluate(tryFromPage, [outside.url, server.url]);
    return { outside: outside.heard, own: server.log.slice(loaded) };
  } finally {
    await opened.close();
    await outside.close();
  }
}

test("neither page nor worker reaches any server, by any means", async () => {
  assert.deepEqual(await attempt(undefined), { outside: [], own: [] });
});

test("without the policy the same attempts do reach the servers, from the page and from the worker", async () => {
  const { outside, own } = await attempt(() => null);
  const heard = (/** @type {string} */ name) => outside.some((line) => line.includes(name));
  for (const name of ["page-fetch", "page-websocket", "page-image", "page-script", "page-frame", "page-css", "page-form", "page-beacon", "worker-fetch", "worker-xhr", "worker-websocket", "worker-import"]) {
    assert.ok(heard(`canary-${name}`), `${name} was expected among ${outside.join(", ")}`);
  }
  assert.ok(own.length > 5);
});

test("using the page makes no request: samples, review, saving, languages, dialogs", async () => {
  const opened = await openPage(browser);
  try {
    const { page, server } = opened;
    const loaded = server.log.length;
    /** @type {string[]} */
    const requests = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("blob:")) requests.push(request.url());
    });
    await page.getByRole("button", { name: "Try it with three sample messages" }).click();
    await page.locator(".doc .finding").first().waitFor();
    await page.getByLabel("Language").selectOption("fr");
    await page.getByLabel("Langue").selectOption("en");
    await page.getByRole("button", { name: "Help" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Save copies" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all as ZIP" }).click();
    await download;
    await page.waitForTimeout(300);
    assert.deepEqual(server.log.slice(loaded), []);
    assert.deepEqual(requests, []);
  } finally {
    await opened.close();
  }
});

test("the dialog counts requests since loading: none, and some where a page without the policy makes them", async () => {
  const opened = await openPage(browser);
  try {
    const { page } = opened;
    await dropFiles(page, [{ name: "a.eml", text: mail() }]);
    await page.locator(".doc .finding").first().waitFor();
    await page.getByRole("button", { name: "How to check" }).click();
    await page.locator("#silence").getByText("none", { exact: true }).waitFor();
    await page.locator("#silence").getByText("connect-src 'none'").waitFor();
    await page.evaluate(() => fetch("canary").catch(() => {}));
    await page.locator("#silence").getByText("stopped 1 attempt").waitFor();
    await page.locator("#silence").getByText("none", { exact: true }).waitFor();
  } finally {
    await opened.close();
  }
  const open = await openPage(browser, { policy: () => null });
  try {
    await open.page.getByRole("button", { name: "How to check" }).click();
    await open.page.evaluate(() => fetch("canary").catch(() => {}));
    await open.page.locator(".silence-count", { hasText: "1" }).waitFor();
  } finally {
    await open.close();
  }
});

test("the policy of the page is the expected one", () => {
  assert.equal(
    policyOf(readFileSync(join(WWW, "index.html"), "utf8")),
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types caviard-worker",
  );
});
