import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { messagesOf } from "../../www/intake/mbox.js";
import { kindOf, sourcesOf } from "../../www/intake/sources.js";
import { entriesOfZip, packed } from "../../www/intake/unzip.js";

const MAIL = "From: Ada <ada@quill.example>\nSubject: Hi\n\nHello.\n";

/**
 * @param {string} text
 * @param {number} [window]
 */
async function split(text, window) {
  const blob = new Blob([text]);
  const found = [];
  for await (const { start, end } of messagesOf(blob, window)) found.push(await blob.slice(start, end).text());
  return found;
}

test("an mbox is split at its separators, and only there", async () => {
  const quoted = "Subject: b\n\nFrom here on it is text.\n\n>From there too.\n\nFrom nobody knows\nwhere.\n";
  for (const end of ["\n", "\r\n"]) {
    const lines = (/** @type {string} */ text) => text.replaceAll("\n", end);
    const mbox = lines(`From ada@quill.example Thu Jan  1 00:00:00 2026\n${MAIL}\nFrom - Thu Jan  1 00:00:00 2026\n${quoted}\n`);
    assert.deepEqual(await split(mbox), [lines(MAIL), lines(`${quoted}\n`)]);
  }
  assert.deepEqual(await split(MAIL), []);
  assert.deepEqual(await split(""), []);
});

test("where the windows begin changes nothing", async () => {
  const messages = Array.from({ length: 40 }, (_, i) => `Subject: ${i}\n\n${"\nFrom x\n".repeat(i % 5)}${"text ".repeat(i)}\n`);
  const mbox = messages.map((text) => `From a Thu\n${text}`).join("\n");
  const whole = await split(mbox);
  assert.deepEqual(whole, messages);
  for (const window of [1, 2, 3, 7, 64, 100]) assert.deepEqual(await split(mbox, window), messages, String(window));
});

/** A zip made by Python. @param {string} script */
function zipBy(script) {
  const directory = mkdtempSync(join(tmpdir(), "caviard-"));
  try {
    const path = join(directory, "a.zip");
    execFileSync("python3", ["-c", `import sys, zipfile\np = sys.argv[1]\n${script}`, path]);
    return new File([readFileSync(path)], "box.zip");
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ZIP = `
with zipfile.ZipFile(p, "w") as z:
    z.writestr("in/a.eml", "From: a@quill.example\\n\\na", zipfile.ZIP_STORED)
    z.writestr("in/b.eml", "From: b@quill.example\\n\\n" + "b" * 5000, zipfile.ZIP_DEFLATED)
    z.writestr("cur/17:2,S", "From: c@quill.example\\n\\n" + "c" * 9000, zipfile.ZIP_DEFLATED)
    z.writestr("in/photo.jpg", b"\\xff\\xd8\\xff", zipfile.ZIP_STORED)
    z.writestr("mails", "From x Thu\\nSubject: 1\\n\\none\\n\\nFrom y Thu\\nSubject: 2\\n\\ntwo\\n", zipfile.ZIP_STORED)
`;

test("the entries of a zip are found, stored or deflated, with comment and ZIP64", async () => {
  for (const script of [ZIP, `${ZIP}    z.comment = b"PK" * 99\n`, ZIP.replace('z.writestr("in/a.eml", "From: a@quill.example\\n\\na", zipfile.ZIP_STORED)', 'z.open("in/a.eml", "w", force_zip64=True).close()')]) {
    const entries = [];
    const zip = zipBy(script);
    for await (const entry of entriesOfZip(zip)) entries.push(entry);
    assert.deepEqual(entries.map((entry) => entry.path), ["in/a.eml", "in/b.eml", "cur/17:2,S", "in/photo.jpg", "mails"]);
    assert.equal(entries[1]?.method, "deflated");
    const { start = 0, packedSize = 0 } = entries[1] ?? {};
    const data = await packed(zip, start, packedSize);
    const text = await new Response(data.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
    assert.ok(text.endsWith("bbb") && text.length === entries[1]?.size);
  }
});

test("what is no zip, or a broken one, is said to be so", async () => {
  const whole = new Uint8Array(await zipBy(ZIP).arrayBuffer());
  const broken = [new Uint8Array(0), new Uint8Array(99), whole.slice(50), whole.slice(0, -30)];
  for (const bytes of broken) {
    await assert.rejects(async () => {
      const zip = new Blob([bytes]);
      for await (const { start, packedSize } of entriesOfZip(zip)) await packed(zip, start, packedSize);
    }, RangeError);
  }
});

test("archives are taken apart, and what is no message is left out", async () => {
  const given = [
    { file: zipBy(ZIP), folder: "", chosen: true },
    { file: new File(["not a mail"], "odd.txt"), folder: "", chosen: true },
    { file: new File(["not a mail"], "odd.txt"), folder: "docs/", chosen: false },
    { file: new File(["PK\u0003\u0004 broken"], "broken.zip"), folder: "", chosen: true },
  ];
  const found = { sources: /** @type {string[]} */ ([]), skipped: 0, broken: 0 };
  for await (const batch of sourcesOf(given, new AbortController().signal)) {
    found.sources.push(...batch.sources.map((source) => source.folder + source.name));
    found.skipped += batch.skipped;
    found.broken += batch.broken;
  }
  assert.deepEqual(found, {
    sources: ["box/in/a.eml", "box/in/b.eml", "box/cur/17:2,S", "box/mails/000001.eml", "box/mails/000002.eml", "odd.txt"], skipped: 2, broken: 1,
  });
});

test("a file is known by how it begins", () => {
  assert.equal(kindOf("x", "PK\u0003\u0004"), "zip");
  assert.equal(kindOf("x", "From a Thu\nSubject: x\n"), "mbox");
  assert.equal(kindOf("x", MAIL), "message");
  assert.equal(kindOf("x.eml", "anything"), "message");
  assert.equal(kindOf("letter.txt", "Dear Ada: hello"), "other");
});
