/**
 * What was dropped, chosen or pasted becomes messages: an `.mbox` or a `.zip` is taken apart, a folder
 * loses what is no mail. Nothing is read as a whole here.
 */
import { messagesOf } from "./mbox.js";
import { entriesOfZip, packed } from "./unzip.js";

/**
 * @typedef {object} Source      a message that was not read yet; can be posted to the worker
 * @property {string} name       of the file, without folders
 * @property {string} folder     where it lay, `a/b/`, or empty
 * @property {number} size       bytes of the message
 * @property {Blob} blob         the file that it is in
 * @property {number} [start]    where it lies there; from the start if it is not said
 * @property {number} [end]
 * @property {boolean} [local]   whether the header of an entry of a zip stands before it, at `start`
 * @property {Mailbox} [mailbox] the mailbox that it is in; the same object for all its messages
 * @property {number} [from]     where its separator line begins in that
 * @property {number} [until]    where the next one begins
 * @property {boolean} deflated  whether it must be inflated first
 *
 * @typedef {{name: string, folder: string}} Mailbox
 *
 * @typedef {{file: File, folder: string, chosen: boolean}} Given
 *   `chosen`: by name, not with the folder that it is in
 *
 * @typedef {{sources: Source[], skipped: number, broken: number, outlook: number}} Batch   `outlook`: of those skipped
 */

/** Messages that are handed on together. */
const BATCH = 200;

/** How files that are mailboxes are called. */
const MAILBOX = /\.(mbox|mbx)$/i;

/** Archives in archives are opened to this depth. */
const DEPTH = 2;

/**
 * @param {Given[]} given
 * @param {AbortSignal} signal
 * @param {import("./mbox.js").Entries} entries
 * @returns {AsyncGenerator<Batch>}
 */
export async function* sourcesOf(given, signal, entries) {
  /** @type {Batch} */
  let batch = { sources: [], skipped: 0, broken: 0, outlook: 0 };
  const full = () => batch.sources.length >= BATCH;
  for (const { file, folder, chosen } of given) {
    const source = { name: file.name, folder, size: file.size, blob: file, deflated: false };
    try {
      for await (const found of unpack(source, chosen, 0, { signal, entries })) {
        if (signal.aborted) return;
        if (typeof found === "object" && found) batch.sources.push(found);
        else batch.skipped += 1;
        if (found === "outlook") batch.outlook += 1;
        if (!full()) continue;
        yield batch;
        batch = { sources: [], skipped: 0, broken: 0, outlook: 0 };
      }
    } catch {
      if (signal.aborted) return;
      // A file that went away, or an archive that is none.
      batch.broken += 1;
    }
  }
  yield batch;
}

/**
 * The messages in a source; null for each file that is none, or the kind of mail that cannot be read.
 * @param {Source} source
 * @param {boolean} chosen
 * @param {number} depth
 * @param {{signal: AbortSignal, entries: import("./mbox.js").Entries}} by
 * @returns {AsyncGenerator<Source | "outlook" | null>}
 */
async function* unpack(source, chosen, depth, by) {
  // The names that mail programs give tell enough; anything else is looked into.
  const told = source.deflated && /\.(eml|zip|mbox|mbx)$/i.test(source.name);
  const kind = kindOf(source.name, told ? "" : await head(source));
  if (kind === "outlook") return yield kind;
  if (kind === "other" && !chosen) {
    yield null;
    return;
  }
  const inner = `${source.folder}${source.name.replace(/\.(zip|mbox|mbx)$/i, "")}/`;
  if (kind === "zip" && depth < DEPTH) {
    const blob = await whole(source);
    for await (const entry of entriesOfZip(blob)) {
      const cut = entry.path.lastIndexOf("/") + 1;
      const name = entry.path.slice(cut);
      if (entry.method === "unsupported" || name === "" || /(^|\/)(__MACOSX\/|\.)/.test(entry.path)) {
        yield null;
        continue;
      }
      const found = {
        name, folder: inner + entry.path.slice(0, cut), size: entry.size, blob, start: entry.start, end: entry.start + entry.packedSize, local: true,
        deflated: entry.method === "deflated",
      };
      yield* unpack(found, false, depth + 1, by);
    }
    return;
  }
  if (kind === "mbox") {
    const blob = await whole(source);
    const mailbox = { name: source.name, folder: source.folder };
    /** @type {Source | null} */
    let first = null;
    let number = 0;
    for await (const place of messagesOf(blob, by.signal, by.entries)) {
      number += 1;
      const found = { name: `${String(number).padStart(6, "0")}.eml`, folder: inner, size: place.end - place.start, blob, ...place, mailbox, deflated: false };
      if (number === 1) first = found;
      else {
        if (first) yield first;
        first = null;
        yield found;
      }
    }
    // A single message under another name is one with a stray line before its header.
    if (number > 1) return;
    if (first && MAILBOX.test(source.name)) return yield first;
  }
  yield source;
}

/**
 * What a file is, by its first bytes and, where these say nothing, by its name.
 * @param {string} name
 * @param {string} start   one character per byte; empty if not known
 * @returns {"message" | "mbox" | "zip" | "outlook" | "other"}
 */
export function kindOf(name, start) {
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06")) return "zip";
  if (/^From [^\r\n]+[\r\n]+([!-9;-~]{1,80}[ \t]*:|>From )/.test(start)) return "mbox";
  if (start.startsWith("From ") && MAILBOX.test(name)) return "mbox";
  // A compound file (MS-CFB 2.2), as a .msg is, and a folder file (MS-PST 2.2.2.6).
  if (start.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") || start.startsWith("!BDN")) return "outlook";
  if (looksLikeMail(start)) return "message";
  if (/\.(eml|emlx|msg\.txt)$/i.test(name)) return "message";
  if (start === "" && /\.zip$/i.test(name)) return "zip";
  if (start === "" && MAILBOX.test(name)) return "mbox";
  return "other";
}

/** Fields that a message begins with: one of them must be near. */
const FIELDS = /^(from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|dkim-signature|reply-to|sender|x-[\w-]+):/im;

/**
 * Whether a text begins with the header of a message.
 * @param {string} start
 */
export function looksLikeMail(start) {
  return /^\s*[!-9;-~]{1,80}[ \t]*:/.test(start) && FIELDS.test(start.slice(0, 4096));
}

/**
 * The first bytes, one character each.
 * @param {Source} source
 */
async function head(source) {
  const { deflated } = source;
  const blob = await placeOf(source);
  if (!deflated) return new TextDecoder("latin1").decode(await blob.slice(0, 4096).arrayBuffer());
  const reader = blob.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let text = "";
  for (let read = await reader.read(); !read.done && text.length < 4096; read = await reader.read()) {
    text += new TextDecoder("latin1").decode(read.value);
  }
  reader.cancel().catch(() => {});
  return text.slice(0, 4096);
}

/**
 * The bytes of a source as they lie in its file.
 * @param {Source} source
 */
async function placeOf({ blob, start = 0, end = blob.size, local = false }) {
  return local ? packed(blob, start, end - start) : blob.slice(start, end);
}

/** Bytes of an archive within an archive at most: it is inflated in memory. */
const LARGEST = 1 << 30;

/** @param {Source} source */
async function whole(source) {
  const { deflated, size } = source;
  const blob = await placeOf(source);
  if (!deflated) return blob;
  if (size > LARGEST) throw new RangeError("too large");
  const parts = [];
  let left = size;
  const reader = blob.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    left -= read.value.byteLength;
    if (left < 0) throw new RangeError("larger than it says");
    parts.push(read.value);
  }
  return new Blob(parts);
}
