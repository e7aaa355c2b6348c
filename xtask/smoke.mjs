// The core must do the same before and after it was optimised:
//
//     node smoke.mjs GLUE PLAIN.wasm OPTIMISED.wasm
//
// Each binary is loaded through the glue as the page's worker does it and takes one message all the
// way. Ends with status 1 if one of them fails or the two differ. Prints the optimised binary's size.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const SECRET = "maud.lenclos@example.org";

const MESSAGE = [
  `From: =?utf-8?q?Maud_Lencl=C3=B4s?= <${SECRET}>`,
  "To: archive@example.org",
  `Message-ID: <1.${SECRET}>`,
  "Subject: Le dossier",
  "MIME-Version: 1.0",
  'Content-Type: multipart/alternative; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  `Rappelez-moi au 01 99 00 12 34 ou =C3=A9crivez =C3=A0 ${SECRET}.`,
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from(`<p>Écrivez à <a href="mailto:${SECRET}">Maud Lenclôs</a>.</p>`).toString("base64"),
  "--b--",
  "",
].join("\r\n");

// The core keys some of its labels at random. Both binaries must draw the same.
globalThis.crypto.getRandomValues = (array) => array.fill(7);

const [gluePath, ...binaries] = process.argv.slice(2);
const glue = readFileSync(gluePath, "utf8");
const input = new TextEncoder().encode(MESSAGE);

/** @param {string} path  @param {number} turn */
async function pass(path, turn) {
  // The number makes a second module of the same text: each binary gets an instance of its own.
  const url = `data:text/javascript;base64,${Buffer.from(`${glue}\n//${turn}`).toString("base64")}`;
  const { Core, initSync } = await import(url);
  initSync({ module: new WebAssembly.Module(readFileSync(path)) });
  const core = new Core({ always: [SECRET] });
  const message = await core.analyze("smoke.eml", input);
  const outcome = await core.redact("smoke.eml", input, { findings: {}, parts: {} });
  const copy = Buffer.from(outcome.bytes ?? "").toString("latin1");
  if (outcome.status !== "clean") throw new Error(`the copy is ${outcome.status}`);
  if (copy.includes(SECRET)) throw new Error("the copy still holds the planted address");
  return JSON.stringify([core.describe(), message, { ...outcome, bytes: copy }]);
}

const results = [];
for (const [turn, path] of binaries.entries()) {
  try {
    results.push(await pass(path, turn));
  } catch (error) {
    console.error(`smoke test: ${path}: ${error}`);
    process.exit(1);
  }
}
if (results.some((result) => result !== results[0])) {
  console.error("smoke test: the optimised binary gives another result than the plain one");
  process.exit(1);
}

const [before, after] = [binaries[0], binaries.at(-1)].map((path) => readFileSync(path));
console.log(
  `core: ${after.length} bytes (${before.length} before optimising), ` +
    `${gzipSync(after, { level: 9 }).length} gzipped`,
);
