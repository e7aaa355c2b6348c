/**
 * Writes the copies of what was reviewed to where they go, several at once, in the order of the list. A
 * mailbox comes out as a mailbox: its messages are collected and written together.
 */
import { safeName } from "./zip.js";
import { writeCopy } from "./save.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Mailbox} from "../intake/sources.js" */
/** @import {Library} from "../library.js" */
/** @import {Entry, Saved, State} from "../state.js" */

/**
 * @typedef {object} Target       where copies go
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer> | Blob) => Promise<string>} write   gives the name that was used
 *
 * @typedef {{entry: Entry, saved: Saved}} Result
 */

/**
 * The files that would be written: each is a message, or a mailbox of them.
 * @param {Library} library
 * @param {Entry[]} entries
 */
export function filesOf(library, entries) {
  return new Set(entries.map((entry) => library.file(entry.key).mailbox ?? entry)).size;
}

/**
 * Stops where it is when it is aborted; what is finished by then is written.
 * @param {object} given
 * @param {Entry[]} given.entries
 * @param {State} given.state
 * @param {CoreClient} given.client
 * @param {Library} given.library
 * @param {Target} given.target
 * @param {boolean} given.neutral   names that tell nothing
 * @param {AbortSignal} given.signal
 * @param {(done: number) => void} given.progress
 * @returns {Promise<Result[]>}
 */
export async function deliver({ entries, state, client, library, target, neutral, signal, progress }) {
  /** @type {Result[]} */
  const results = [];
  const numbers = new Map(state.order.map((key, i) => [key, i + 1]));
  /** @type {{mailbox: Mailbox, number: number, file: MailboxFile, results: Result[]} | null} */
  let open = null;
  const close = async () => {
    if (!open) return;
    const { mailbox, number, file, results: inside } = open;
    open = null;
    if (file.size === 0) return;
    const path = neutral ? `${numbered(number)}.mbox` : mailbox.folder + safeName(mailboxName(mailbox.name));
    const name = await target.write(path, file.whole());
    for (const { saved } of inside) if (saved.name !== "") saved.name = name;
  };
  /** @type {{entry: Entry, copy: ReturnType<typeof writeCopy>}[]} */
  const ahead = [];
  const most = 2 * client.workers;
  let next = 0;
  const fill = () => {
    while (next < entries.length && ahead.length < most && !signal.aborted) {
      const entry = /** @type {Entry} */ (entries[next]);
      const copy = writeCopy(signal, client, library, state, entry, { number: neutral ? (numbers.get(entry.key) ?? 0) : null, inMailbox: true });
      copy.catch(() => {});
      ahead.push({ entry, copy });
      next += 1;
    }
  };
  for (fill(); ahead.length > 0; fill()) {
    const { entry, copy } = /** @type {typeof ahead[0]} */ (ahead.shift());
    let written;
    try {
      written = await copy;
    } catch (error) {
      if (!signal.aborted) throw error;
      break;
    }
    const { saved, bytes } = written;
    const { mailbox } = library.file(entry.key);
    if (open && open.mailbox !== mailbox) await close();
    const result = { entry, saved };
    if (mailbox) {
      open ??= { mailbox, number: numbers.get(entry.key) ?? 0, file: new MailboxFile(), results: [] };
      if (bytes) open.file.add(bytes);
      open.results.push(result);
    } else if (bytes) {
      saved.name = await target.write((neutral ? "" : entry.folder) + saved.name, bytes);
    }
    results.push(result);
    progress(results.length);
  }
  await close();
  return results;
}

/** @param {number} number */
export function numbered(number) {
  return `${String(number).padStart(4, "0")}-redacted`;
}

/**
 * As the core names copies.
 * @param {string} name
 */
function mailboxName(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}-redacted${name.slice(dot)}` : `${name}-redacted.mbox`;
}

/** The entries of a mailbox, one behind the other. */
class MailboxFile {
  /** @type {BlobPart[]} */ #parts = [];
  #endsLine = true;
  size = 0;

  /** @param {Uint8Array<ArrayBuffer>} entry   as the core makes it, with its separator line */
  add(entry) {
    // The separator must begin a line, whatever stood before.
    if (!this.#endsLine) this.#parts.push("\n");
    // The browser keeps blobs where it has room, on the disk if need be.
    this.#parts.push(new Blob([entry]));
    this.#endsLine = entry.at(-1) === 10 || entry.at(-1) === 13;
    this.size += entry.length;
  }

  whole() {
    return new Blob(this.#parts, { type: "application/mbox" });
  }
}
