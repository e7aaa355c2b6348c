import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { NameSet, ZipWriter, crc32, safeName } from "../../www/save/zip.js";

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/**
 * What Python's zipfile says of an archive.
 * @param {Blob} blob
 */
async function readWithPython(blob) {
  const directory = mkdtempSync(join(tmpdir(), "caviard-zip-"));
  try {
    const path = join(directory, "a.zip");
    writeFileSync(path, new Uint8Array(await blob.arrayBuffer()));
    const script = `
import base64, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, base64.b64encode(z.read(i)).decode(), list(i.date_time)] for i in z.infolist()]))
`;
    return /** @type {[string, string, number[]][]} */ (JSON.parse(execFileSync("python3", ["-c", script, path], { encoding: "utf8", maxBuffer: 1 << 26 })));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("the check sum is that of ISO 3309", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
});

test("another program opens the archive and finds every name, byte and date", async () => {
  const zip = new ZipWriter();
  const all = new Uint8Array(256).map((_, i) => i);
  await zip.add("Ärger & Übermut – été.eml", all);
  await zip.add("empty.eml", new Uint8Array());
  await zip.add("日本語.eml", bytes("x"));
  const entries = await readWithPython(await zip.finish());
  assert.deepEqual(entries.map(([name]) => name), ["Ärger & Übermut – été.eml", "empty.eml", "日本語.eml"].map((name) => name.normalize("NFC")));
  assert.deepEqual(new Uint8Array(Buffer.from(entries[0]?.[1] ?? "", "base64")), all);
  for (const [, , date] of entries) assert.deepEqual(date, [1980, 1, 1, 0, 0, 0]);
});

test("an empty archive is an archive", async () => {
  assert.deepEqual(await readWithPython(await new ZipWriter().finish()), []);
});

test("the same copies give the same archive", async () => {
  const make = async () => {
    const zip = new ZipWriter();
    await zip.add("a.eml", bytes("one"));
    return new Uint8Array(await (await zip.finish()).arrayBuffer());
  };
  assert.deepEqual(await make(), await make());
});

test("equal names are told apart, whatever their case", async () => {
  const zip = new ZipWriter();
  for (const name of ["a.eml", "A.eml", "a.eml", "a-2.eml"]) await zip.add(name, bytes(name));
  const names = (await readWithPython(await zip.finish())).map(([name]) => name);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, 4);
  assert.equal(names[0], "a.eml");
});

test("ten thousand equal names are told apart quickly", () => {
  const names = new NameSet();
  const start = performance.now();
  for (let i = 0; i < 10_000; i++) names.claim("message.eml");
  assert.ok(performance.now() - start < 2000);
  assert.equal(names.claim("message.eml"), "message-10001.eml");
});

test("a name cannot leave its folder, hide its type or be empty", () => {
  assert.equal(safeName("../../etc/passwd"), "_.._etc_passwd");
  assert.equal(safeName("C:\\x\\y.eml"), "C__x_y.eml");
  assert.equal(safeName("a\u202egnp.eml"), "agnp.eml");
  assert.equal(safeName("\u0000\n"), "message-redacted.eml");
  assert.equal(safeName("..."), "message-redacted.eml");
  assert.ok(safeName(`${"x".repeat(999)}.eml`).length <= 128);
  assert.ok(safeName(`${"x".repeat(999)}.eml`).endsWith(".eml"));
});

test("text is deflated, what does not get smaller is stored", async () => {
  const zip = new ZipWriter();
  const noise = crypto.getRandomValues(new Uint8Array(5000));
  await zip.add("text.eml", bytes("the same words again. ".repeat(1000)));
  await zip.add("noise.eml", noise);
  const archive = await zip.finish();
  assert.ok(archive.size < 7000, `${archive.size} bytes`);
  const entries = await readWithPython(archive);
  assert.deepEqual(new Uint8Array(Buffer.from(entries[1]?.[1] ?? "", "base64")), noise);
  assert.equal(Buffer.from(entries[0]?.[1] ?? "", "base64").length, 22_000);
});

test("beyond the limits of the format it goes on with ZIP64", async () => {
  // The same fields as beyond 4 GB, at a hundred bytes.
  const zip = new ZipWriter(undefined, { entries: 3, bytes: 100 });
  for (let i = 0; i < 5; i++) await zip.add(`folder/${i}.eml`, bytes(`message ${i}\n`.repeat(9)));
  const entries = await readWithPython(await zip.finish());
  assert.deepEqual(entries.map(([name]) => name), ["folder/0.eml", "folder/1.eml", "folder/2.eml", "folder/3.eml", "folder/4.eml"]);
  assert.equal(Buffer.from(entries[4]?.[1] ?? "", "base64").toString(), "message 4\n".repeat(9));
  // And more entries than the format counts.
  const many = new ZipWriter();
  for (let i = 0; i < 65_540; i++) await many.add(`${i}`, new Uint8Array());
  assert.equal((await readWithPython(await many.finish())).length, 65_540);
});

test("what is written as it grows is what is kept", async () => {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const written = [];
  const streamed = new ZipWriter(async (some) => void written.push(new Uint8Array(await new Blob([some]).arrayBuffer())));
  const kept = new ZipWriter();
  for (const zip of [streamed, kept]) {
    await zip.add("a.eml", bytes("one ".repeat(200)));
    await zip.add("a.eml", bytes("two"));
  }
  assert.equal((await streamed.finish()).size, 0);
  assert.deepEqual(new Uint8Array(await new Blob(written).arrayBuffer()), new Uint8Array(await (await kept.finish()).arrayBuffer()));
});

test("a file that is kept by the browser is written as one in memory, stored or deflated", async () => {
  const contents = [bytes("mailbox ".repeat(20_000)), crypto.getRandomValues(new Uint8Array(3000)), bytes("x")];
  const [inMemory, kept] = [new ZipWriter(), new ZipWriter()];
  for (const [i, content] of contents.entries()) {
    await inMemory.add(`${i}.mbox`, content);
    assert.equal(await kept.add(`${i}.mbox`, new Blob([content])), `${i}.mbox`);
  }
  const whole = await kept.finish();
  assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), new Uint8Array(await (await inMemory.finish()).arrayBuffer()));
  assert.deepEqual((await readWithPython(whole)).map((entry) => Buffer.from(entry[1], "base64").length), contents.map((content) => content.length));
});

test("an entry that the format cannot hold is refused before anything of it is written", async () => {
  const zip = new ZipWriter(undefined, { entries: 9, bytes: 100 });
  await assert.rejects(zip.add("large", new Uint8Array(100)), RangeError);
  assert.equal(zip.entries, 0);
});
