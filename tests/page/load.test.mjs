import assert from "node:assert/strict";
import { test } from "node:test";
import { asScript, fromBase64 } from "../../www/core/load.js";

test("the glue becomes a script that defines the same", () => {
  const glue = [
    "let wasm;", "export class Core { run() { return 7; } }", "export function initSync() {}",
    "async function __wbg_init(path) { if (path === undefined) path = new URL('x.wasm', import.meta.url); }",
    "export { initSync as other, __wbg_init as default };", "",
  ].join("\n");
  const make = new Function(`${asScript(glue)}; return { Core, initSync };`);
  assert.equal(new (make().Core)().run(), 7);
});

test("glue that imports or exports in a way that is not known is refused", () => {
  for (const line of ["import x from './snippet.js';", "export default 1;", "export * from './x.js';", "f(import.meta.env);"]) {
    assert.throws(() => asScript(`class Core {}\n${line}\n`), line);
  }
});

test("base64 gives its bytes", () => {
  assert.deepEqual(fromBase64("AGFzbQEAAAA="), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
});
