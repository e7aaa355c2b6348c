/**
 * Loads the core and starts workers on it. The policy of the page forbids every connection from the
 * first byte on, so the WebAssembly comes as a script (`pkg/core.js`, written by the build) and the
 * worker from a `blob:` URL, which inherits the page's policy; one from its own URL would not.
 *
 * While it loads, the page must allow scripts and styles of its own server. Once the core is there
 * nothing more is wanted from it, and a second policy closes that way too. Policies only add up:
 * what one forbids, none can allow again.
 */
import { serveCore } from "../worker/worker.js";

const SEALED = "default-src 'none'; script-src 'wasm-unsafe-eval'; img-src data:; worker-src blob:; form-action 'none'; base-uri 'none'";

/**
 * @typedef {object} Loaded
 * @property {WebAssembly.Module} module   compiled once, shared with each worker
 * @property {() => Worker} spawn
 * @property {string} hash                SHA-256 of the WebAssembly, in hexadecimal; empty where the browser has none
 */

/** @type {Promise<Loaded> | null} Loaded once: after that the page is sealed. */
let loading = null;

/**
 * Fails if `pkg/core.js` is missing or the browser cannot compile it.
 * @returns {Promise<Loaded>}
 */
export function loadCore() {
  return (loading ??= load());
}

/** @returns {Promise<Loaded>} */
async function load() {
  const { glue, wasm } = await import("../pkg/core.js");
  seal();
  const bytes = fromBase64(wasm);
  const module = await WebAssembly.compile(bytes);
  const digest = await crypto.subtle?.digest("SHA-256", bytes);
  const hash = digest ? Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") : "";
  const source = `(() => {\n"use strict";\n${asScript(glue)}\n(${serveCore})(self, { Core, initSync });\n})();\n`;
  // One URL for the life of the page: workers are restarted from it.
  const url = trusted(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return { module, hash, spawn: () => new Worker(url, { name: "caviard" }) };
}

/**
 * A module's source without what only modules may hold. Chromium starts no module worker from a
 * `blob:` URL on a page from `file://`, but it does start a classic one.
 * Fails if anything of a module is left.
 * @param {string} source
 */
export function asScript(source) {
  const script = source
    .replace(/^export (?=(async )?(class|function|const|let)\b)/gm, "")
    .replace(/^export \{[^}]*\};?$/gm, "")
    .replaceAll("import.meta.url", '""');
  if (/^(export|import)\b|\bimport\.meta\b/m.test(script)) throw new Error("the glue is not as expected");
  return script;
}

/** From here on nothing is requested, not even from the page's own server; before any worker starts. */
function seal() {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = SEALED;
  document.head.append(meta);
}

/**
 * Under `require-trusted-types-for 'script'` only this policy may name a script.
 * @param {string} url
 * @returns {string}
 */
function trusted(url) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return url;
  const policy = types.createPolicy("caviard-worker", {
    createScriptURL: (/** @type {string} */ candidate) => {
      if (candidate !== url) throw new TypeError("not the worker");
      return candidate;
    },
  });
  return policy.createScriptURL(url);
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
