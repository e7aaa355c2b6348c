/**
 * Serves the page as the build's server does (same policy as header and in the page), and keeps a
 * log of every request and connection, so that a test can see that there was none.
 */
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const WWW = fileURLToPath(new URL("../../www/", import.meta.url));

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
});

/** Whether the real core is tested: where the build wrote one, unless `CAVIARD_CORE=fake`. */
export const REAL_CORE =
  process.env.CAVIARD_CORE !== "fake" &&
  (process.env.CAVIARD_CORE === "real" || existsSync(join(WWW, "pkg/core.js")));

/**
 * @typedef {object} PageServer
 * @property {string} url
 * @property {string[]} log          `METHOD path` of each request, `CONNECT` for each bare connection
 * @property {() => Promise<void>} close
 */

/**
 * @param {{patch?: string, policy?: (policy: string) => string | null}} [options]
 *   `patch`: source that is put behind the core's, with `Core` in scope, to make it misbehave;
 *   `policy`: replaces the security policy in header and page (null: none), to prove that a test of
 *   silence can fail
 * @returns {Promise<PageServer>}
 */
export async function servePage({ patch = "", policy = (same) => same } = {}) {
  const core = coreModule(patch);
  /** @type {string[]} */
  const log = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    log.push(`${request.method} ${request.url}`);
    const index = await readFile(join(WWW, "index.html"), "utf8");
    const own = policyOf(index);
    const sent = policy(own);
    const headers = {
      ...(sent === null ? {} : { "Content-Security-Policy": `${sent}; frame-ancestors 'none'` }),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cache-Control": "no-store",
    };
    const file = normalize(path === "/" ? "/index.html" : path);
    try {
      const body =
        file === "/pkg/core.js" ? core
        : file === "/index.html" ? index.replace(own, sent ?? "img-src *")
        : await readFile(join(WWW, file));
      response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  server.on("upgrade", (request, socket) => {
    log.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * The policy that the page itself declares.
 * @param {string} index
 */
export function policyOf(index) {
  const match = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(index);
  if (!match?.[1]) throw new Error("index.html declares no policy");
  return match[1];
}

/** @param {string} patch */
function coreModule(patch) {
  if (!REAL_CORE) {
    const glue = readFileSync(new URL("fake-core.js", import.meta.url), "utf8");
    // The smallest WebAssembly module there is: eight bytes.
    return module(glue + patch, "AGFzbQEAAAA=");
  }
  const built = join(WWW, "pkg/core.js");
  if (!existsSync(built)) throw new Error("www/pkg/core.js is missing: build it first");
  const source = readFileSync(built, "utf8");
  return patch === "" ? source : patched(source, patch);
}

/**
 * @param {string} glue
 * @param {string} wasm
 */
function module(glue, wasm) {
  return `export const glue = ${JSON.stringify(glue)};\nexport const wasm = ${JSON.stringify(wasm)};\n`;
}

/**
 * @param {string} source   of `pkg/core.js`
 * @param {string} patch
 */
function patched(source, patch) {
  const renamed = source.replace("export const glue", "const builtGlue");
  return `${renamed}\nexport const glue = builtGlue + ${JSON.stringify(patch)};\n`;
}
