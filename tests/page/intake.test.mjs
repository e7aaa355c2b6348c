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
 * In place of the core: separators are lines `From x`, and a call gives at most two messages.
 * @type {import("../../www/intake/mbox.js").Entries}
 */
async function entries(_, blob, from) {
  const text = await blob.slice(from).text();
  const at = [...text.matchAll(/^From x.*\n/gm)].map((match) => ({ from: match.index, start: match.index + match[0].length }));
  const ends = at.slice(1).map((one) => one.from).concat(text.length);
  return at.slice(0, 2).flatMap((one, i) => {
    const until = /** @type {number} */ (ends[i]);
    return [one.from, one.start, until < text.length ? until - 1 : until, until].map((place) => from + place);
  });
}

test("a mailbox is gone through stretch by stretch, to its end and not beyond", async () => {
  const messages = Array.from({ length: 5 }, (_, i) => `Subject: ${i}\n\n${"text ".repeat(i)}\n`);
  const blob = new Blob([messages.map((text) => `From x\n${text}`).join("\n")]);
  /** @type {string[]} */
  const found = [];
  let calls = 0;
  for await (const { start, end } of messagesOf(blob, new AbortController().signal, (...call) => (calls++, entries(...call)))) found.push(await blob.slice(start, end).text());
  assert.deepEqual(found, messages);
  assert.equal(calls, 3);
  for await (const _ of messagesOf(new Blob([]), new AbortController().signal, entries)) assert.fail("an empty file has no messages");
});

test("a mailbox keeps the places around its messages, and a stray separator makes none", async () => {
  const sources = async (/** @type {string} */ name, /** @type {string} */ text) => {
    const found = [];
    for await (const batch of sourcesOf([{ file: new File([text], name), folder: "post/", chosen: true }], new AbortController().signal, entries)) found.push(...batch.sources);
    return found;
  };
  const box = `From x\n${MAIL}\nFrom x\n${MAIL}`;
  const two = await sources("box.mbox", box);
  assert.deepEqual(two.map(({ name, folder }) => folder + name), ["post/box/000001.eml", "post/box/000002.eml"]);
  assert.deepEqual(two[0]?.mailbox, { name: "box.mbox", folder: "post/" });
  assert.equal(two[0]?.mailbox, two[1]?.mailbox, "the same object");
  assert.equal(box.slice(two[1]?.from, two[1]?.start), "From x\n");
  assert.equal(box.slice(two[0]?.end, two[0]?.until), "\n");
  assert.deepEqual((await sources("one.mbox", `From x\n${MAIL}`)).map((one) => one.mailbox?.name), ["one.mbox"]);
  assert.deepEqual((await sources("one.eml", `From x\n${MAIL}`)).map((one) => [one.name, one.mailbox, one.start]), [["one.eml", undefined, undefined]]);
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
    z.writestr("mails", "From x Thu\\nSubject: 1\\n\\none\\n\\nFrom x Thu\\nSubject: 2\\n\\ntwo\\n", zipfile.ZIP_STORED)
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
  for await (const batch of sourcesOf(given, new AbortController().signal, entries)) {
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
  assert.equal(kindOf("x.msg", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "outlook");
  assert.equal(kindOf("x.pst", "!BDN"), "outlook");
  assert.equal(kindOf("Inbox.mbox", "From nobody"), "mbox");
  assert.equal(kindOf("x", MAIL), "message");
  assert.equal(kindOf("x.eml", "anything"), "message");
  assert.equal(kindOf("letter.txt", "Dear Ada: hello"), "other");
});
