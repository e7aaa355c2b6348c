/**
 * The ways out: a mailbox as a mailbox, a folder, an archive; stopped half way; what the report tells. The
 * folder is one of the browser's own (OPFS), which has the same interface as one of the user's.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { check } from "./axe.mjs";
import { downloaded, dropFiles, journeyIn, launch, listed, mark } from "./browser.mjs";
import { AUTHOR, PHONE, mail } from "./fixtures.mjs";
import { unzip } from "./unzip.mjs";

/** @import {Page} from "playwright-core" */

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** @param {Parameters<typeof journeyIn>[1]} options @param {Parameters<typeof journeyIn>[2]} steps */
const journey = (options, steps) => journeyIn(browser, options, steps);

/** @param {number} n @param {string} text */
const entry = (n, text) => `From odile.marchais@courrier.example Thu Jan  ${n} 10:00:00 2026\r\n${text}\r\n`;

/** Makes the check of the second message fail, and every copy take a while. @param {number} milliseconds */
const refusingSecond = (milliseconds) => `
;{ const redact = Core.prototype.redact;
Core.prototype.redact = async function (name, bytes, ...given) {
  const outcome = await redact.call(this, name, bytes, ...given);
  for (const end = performance.now() + ${milliseconds}; performance.now() < end; );
  if (!new TextDecoder().decode(bytes).includes("Subject: Brief 2")) return outcome;
  return { ...outcome, status: "refused", bytes: null, failures: [{ promise: 4, code: "leak.body", place: "header subject" }] };
}; }
`;

/** Answers the question for a folder with one of the browser's own. @param {Page} page */
const lendFolder = (page) => page.evaluate(() => {
  Object.assign(globalThis, { showDirectoryPicker: async () => (await navigator.storage.getDirectory()).getDirectoryHandle("copies", { create: true }) });
});

/** What is in that folder. @param {Page} page */
const inFolder = (page) => page.evaluate(async () => {
  /** @type {Record<string, string>} */
  const files = {};
  const walk = async (/** @type {any} */ folder, /** @type {string} */ path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else files[path + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("copies", { create: true }), "");
  return files;
});

test("a mailbox comes out as a mailbox, decisions and all, without the message that was refused", async () => {
  const quoted = mail({ subject: "Brief 3", text: `From here on ${AUTHOR} writes.\r\n\r\nFrom ada@quill.example\r\nX: ${PHONE}` });
  const box = [entry(1, mail({ subject: "Brief 1" })), entry(2, mail({ subject: "Brief 2" })), entry(3, quoted.replace("From ada", ">From ada"))].join("");
  await journey({ patch: refusingSecond(0) }, async (page) => {
    await dropFiles(page, [{ name: "Box.mbox", text: box }]);
    await listed(page, 3);
    await page.locator(".message").first().click();
    await mark(page, PHONE).click();
    await page.locator(".card").getByRole("button", { name: "Keep" }).first().click();
    await page.locator(".of-copy", { hasText: PHONE }).waitFor();
    await page.getByRole("button", { name: "Save copies" }).click();
    await page.getByText("A mailbox (mbox) comes out as one").waitFor();
    const copy = await downloaded(page, () => page.getByRole("button", { name: "Save the copy" }).click());
    assert.equal(copy.name, "Box-redacted.mbox");
    const text = copy.bytes.toString("utf8");
    assert.deepEqual(text.match(/^From .*\r$/gm), ["From redacted@redacted.invalid Thu Jan  1 10:00:00 2026\r", "From redacted@redacted.invalid Thu Jan  3 10:00:00 2026\r", "From here on [PERSON-1] writes.\r"]);
    assert.deepEqual(text.match(/^Subject: .*$/gm), ["Subject: Brief 1", "Subject: Brief 3"]);
    assert.match(text, /^>From .*\r$/m);
    assert.equal(text.split(PHONE).length, 2, "the decision held for one message");
    assert.ok(!text.includes("odile.marchais") && !text.includes(AUTHOR));
    await page.locator("#save").getByText("Box/000002.eml").waitFor();
    await page.locator("#save").getByText("No redacted value is left").waitFor();
  });
});

test("mailboxes and messages go into an archive each as they came, and under numbers if that is wished", async () => {
  await journey({}, async (page) => {
    const box = (/** @type {number} */ from) => [from, from + 1].map((n) => entry(n, mail({ subject: `Brief ${n}` }))).join("");
    await dropFiles(page, [{ name: "a.mbox", text: box(1) }, { name: "b.eml", text: mail({ subject: "Brief 3" }) }, { name: "c.mbox", text: box(4) }]);
    await listed(page, 5);
    const zip = async () => {
      const archive = await downloaded(page, () => page.getByRole("button", { name: "Save all as ZIP" }).click());
      await page.locator("#save").getByText("5 copies were checked and saved").waitFor();
      await page.locator("#save").getByRole("button", { name: "Close" }).last().click();
      return unzip(archive.bytes).map(({ name, text }) => [name, text.match(/^Subject: .*/gm)?.length]);
    };
    await page.getByRole("button", { name: "Save copies" }).click();
    assert.deepEqual(await zip(), [["a-redacted.mbox", 2], ["b-redacted.eml", 1], ["c-redacted.mbox", 2]]);
    await page.getByRole("button", { name: "Save copies" }).click();
    await page.getByLabel("Numbers").check();
    assert.deepEqual(await zip(), [["0001-redacted.mbox", 2], ["0003-redacted.eml", 1], ["0004-redacted.mbox", 2]]);
  });
});

test("copies go into a folder one by one; stopped, what is there stays; a second time is asked about", async () => {
  await journey({ patch: refusingSecond(150) }, async (page) => {
    await lendFolder(page);
    await dropFiles(page, Array.from({ length: 12 }, (_, n) => ({ name: `brief-${n}.eml`, text: mail({ subject: `Brief ${n}` }) })));
    await listed(page, 12);
    const save = async () => {
      await page.getByRole("button", { name: "Save copies" }).click();
      await page.getByLabel("A folder on this device").check();
      await page.getByRole("button", { name: "Choose the folder" }).click();
    };
    await save();
    await page.locator("#save").getByText(/[3-9] of 12 written/).waitFor();
    await page.locator("#save").getByRole("button", { name: "Cancel" }).click();
    const stopped = await page.locator("#save").getByText(/Stopped\. \d+ of 12/).innerText();
    const written = Number(/\d+/.exec(stopped)?.[0]);
    const names = Object.keys(await inFolder(page));
    assert.ok(written >= 2 && written < 11, stopped);
    assert.deepEqual(names.sort(), Array.from({ length: 12 }, (_, n) => `brief-${n}-redacted.eml`).filter((_, n) => n !== 2).sort().filter((name) => names.includes(name)));
    assert.equal(names.length, written);
    await check(page, "stopped");
    await page.locator("#save").getByRole("button", { name: "Close" }).last().click();
    assert.equal(await page.locator(".message .chip[data-kind=saved]").count(), written);

    await save();
    await page.getByText("holds redacted copies already").waitFor();
    await check(page, "folder taken");
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("copies");
      await (await (await folder.getFileHandle("caviard-unfinished.json", { create: true })).createWritable()).close();
    });
    await page.getByRole("button", { name: "Save here" }).click();
    await page.locator("#save").getByText("11 copies were checked and saved").waitFor();
    await page.locator("#save").getByText("1 message was refused").waitFor();
    const { "caviard-unfinished.json": note, ...files } = await inFolder(page);
    assert.equal(note, "", "what another run needs to go on stays");
    assert.equal(Object.keys(files).length, 11);
    for (const text of Object.values(files)) assert.ok(!text.includes(PHONE) && text.includes("[PHONE-1]"));
  });
});

test("an archive that is stopped is offered as far as it came", async () => {
  await journey({ patch: refusingSecond(150) }, async (page) => {
    await dropFiles(page, Array.from({ length: 12 }, (_, n) => ({ name: `brief-${n}.eml`, text: mail({ subject: `Brief ${n}` }) })));
    await listed(page, 12);
    await page.getByRole("button", { name: "Save copies" }).click();
    await page.getByRole("button", { name: "Save all as ZIP" }).click();
    await page.locator("#save").getByText(/[3-9] of 12 written/).waitFor();
    await page.keyboard.press("Escape");
    const stopped = await page.locator("#save").getByText(/Stopped\. \d+ of 12/).innerText();
    assert.equal(await page.locator(".chip[data-kind=saved]").count(), 0, "nothing was handed over yet");
    await check(page, "stopped, with something to take");
    const zip = await downloaded(page, () => page.getByRole("button", { name: /^Save (these \d+|this one)$/ }).click());
    const copies = unzip(zip.bytes);
    assert.equal(copies.length, Number(/\d+/.exec(stopped)?.[0]));
    assert.ok(copies.every(({ defects, text }) => defects === 0 && !text.includes(PHONE)));
    await page.keyboard.press("Escape");
    await page.locator("#save[open]").waitFor({ state: "hidden" });
  });
});

test("the report names the signatures that went with the changes", async () => {
  await journey({}, async (page) => {
    const signed = `DKIM-Signature: v=1; a=rsa-sha256; d=courrier.example; s=s2026; bh=AAAA; b=BBBB\r\n${mail()}`;
    await dropFiles(page, [{ name: "a.eml", text: signed }]);
    await listed(page, 1);
    await page.getByRole("button", { name: "Save copies" }).click();
    const copy = await downloaded(page, () => page.getByRole("button", { name: "Save the copy" }).click());
    assert.doesNotMatch(copy.bytes.toString("latin1"), /dkim/i);
    const report = await downloaded(page, () => page.getByRole("button", { name: "Save as JSON" }).click());
    assert.deepEqual(JSON.parse(report.bytes.toString()).messages[0].seals, [{ field: "dkim-signature", domain: "courrier.example", selector: "s2026" }]);
    const html = await downloaded(page, () => page.getByRole("button", { name: "Save as HTML" }).click());
    assert.match(html.bytes.toString(), /Signatures removed: dkim-signature courrier\.example s2026/);
  });
});

test("a copy has only the header fields that the policy wants", async () => {
  await journey({}, async (page) => {
    const way = `Received: from host.example (192.0.2.7) by mx.example; Tue, 04 Nov 2025 09:00:00 +0100\r\nX-Mailer: Quill 3\r\nUser-Agent: Quill\r\n`;
    await dropFiles(page, [{ name: "a.eml", text: way + mail({ from: "press@ministry.example", to: "press@ministry.example", text: "Nothing personal." }) }]);
    await listed(page, 1);
    const saved = async () => (await downloaded(page, () => page.getByRole("button", { name: "Save this copy" }).click())).bytes.toString();
    await page.getByRole("button", { name: "Policy" }).click();
    await page.getByLabel("Only those of a letter").check();
    await page.getByRole("button", { name: "Apply" }).click();
    await listed(page, 1);
    const text = await saved();
    assert.deepEqual(text.split("\r\n\r\n")[0]?.match(/^[\w-]+(?=:)/gm), ["From", "To", "Subject", "Date", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Redacted-Copy"]);
  });
});
