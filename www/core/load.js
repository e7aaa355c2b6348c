/**
 * Loads the core and starts workers on it. The policy of the page forbids every connection from the
 * first byte on, so the WebAssembly comes as a script (`pkg/core.js`, written by the build) and the
 * worker from a `blob:` URL, which inherits the page's policy; one from its own URL would not.
 */
import { serveCore } from "../worker/worker.js";

/**
 * @typedef {object} Loaded
 * @property {WebAssembly.Module} module   compiled once, shared with each worker
 * @property {() => Worker} spawn
 */

/**
 * Fails if `pkg/core.js` is missing or the browser cannot compile it.
 * @returns {Promise<Loaded>}
 */
export async function loadCore() {
  const { glue, wasm } = await import("../pkg/core.js");
  const module = await WebAssembly.compile(fromBase64(wasm));
  const source = `${glue}\n(${serveCore})(self, { Core, initSync });\n`;
  // One URL for the life of the page: workers are restarted from it.
  const url = trusted(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return { module, spawn: () => new Worker(url, { type: "module", name: "caviard" }) };
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
