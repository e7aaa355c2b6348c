/**
 * A trove from files to copies without a stop: nobody looks at its messages here, and none stays in
 * memory. A first pass learns who stands in the headers; the second redacts message after message,
 * several at once, and writes the copies in the order of the messages.
 */
import { CoreError } from "../core/client.js";
import { sourcesOf } from "../intake/sources.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Given, Source} from "../intake/sources.js" */
/** @import {Note} from "./note.js" */
/** @import {Sink} from "./sinks.js" */

/** @type {import("../core/types.js").Decisions} By the policy alone. */
const NO_DECISIONS = { findings: {}, parts: {}, added: [], labels: {} };

/** Messages whose headers are read in one call. */
const HEADS = 64;

/** Most bytes of messages that are in work together; one message may be more. */
const IN_WORK = 48 << 20;

/** Most refused messages that are told by name. */
const TOLD = 500;

/** Messages after which the progress is noted. */
const NOTE_EVERY = 20;

/**
 * @typedef {object} Progress
 * @property {"people" | "copies"} pass
 * @property {number} bytes       of the files, as they lie, that were passed in this pass
 * @property {number} messages    that were finished
 *
 * @typedef {object} Result
 * @property {Record<string, number>} counts   messages by what became of them
 * @property {{name: string, code: string, failures: import("../core/types.js").Failure[]}[]} refused
 * @property {number} skipped     files that are no message
 * @property {number} broken      archives that could not be opened
 */

/**
 * The files in an order that does not depend on the order in which they came.
 * @param {Given[]} given
 */
export function inOrder(given) {
  const path = (/** @type {Given} */ { file, folder }) => folder + file.name;
  return given.map((one) => ({ one, path: path(one) })).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map(({ one }) => one);
}

/**
 * Rejects with an AbortError if it is stopped; what was written stays.
 * @param {object} trove
 * @param {Given[]} trove.given     in order
 * @param {CoreClient} trove.client one of its own
 * @param {Sink} trove.sink
 * @param {Note} trove.note         of where to begin; follows what is done
 * @param {AbortSignal} trove.signal
 * @param {(progress: Progress) => void} trove.progress
 * @returns {Promise<Result>}
 */
export async function redactTrove({ given, client, sink, note, signal, progress }) {
  client.beginWith(Uint8Array.from(note.seed));
  await learnPeople(given, client, signal, progress);
  /** @type {Result} */
  const result = { counts: { ...note.counts }, refused: [], skipped: 0, broken: 0 };
  const without = new Set(note.without);
  const begin = note.done;
  /** @type {{source: Source, number: number, outcome: Promise<any>}[]} */
  const open = [];
  let [inWork, bytes, number] = [0, 0, 0];
  const oldest = async () => {
    const { source, number: at, outcome } = /** @type {typeof open[0]} */ (open.shift());
    inWork -= source.size;
    const { name, copy, code, failures } = await outcome;
    if (signal.aborted) throw signal.reason;
    bytes += weightOf(source);
    const before = at < begin;
    if (before && !without.has(at)) sink.claim(source.folder + name);
    if (!before) {
      if (copy) await sink.write(source.folder + name, copy);
      else note.without.push(at);
      result.counts[code] = (result.counts[code] ?? 0) + 1;
      if (!copy && result.refused.length < TOLD) result.refused.push({ name: source.folder + source.name, code, failures });
      note.done = at + 1;
      note.counts = result.counts;
      if (note.done % NOTE_EVERY === 0) await sink.keep(JSON.stringify(note));
    }
    progress({ pass: "copies", bytes, messages: at + 1 });
  };
  const most = 2 * client.workers + 2;
  for await (const batch of sourcesOf(given, signal, (...call) => client.entries(...call))) {
    result.skipped += batch.skipped;
    result.broken += batch.broken;
    for (const source of batch.sources) {
      while (open.length > 0 && (open.length >= most || inWork + source.size > IN_WORK)) await oldest();
      const outcome = number < begin ? mention(client, source, signal) : redact(client, source, signal);
      outcome.catch(() => {});
      open.push({ source, number, outcome });
      inWork += source.size;
      number += 1;
    }
  }
  while (open.length > 0) await oldest();
  if (signal.aborted) throw signal.reason;
  return result;
}

/**
 * @param {CoreClient} client
 * @param {Source} source
 * @param {AbortSignal} signal
 */
async function redact(client, source, signal) {
  try {
    const { status, bytes, name, failures } = await client.redact(signal, source.name, source, NO_DECISIONS, { ordered: true });
    const allowed = status === "clean" || status === "not-inspected";
    return { name, copy: allowed ? bytes : null, code: status, failures };
  } catch (error) {
    if (signal.aborted) throw error;
    return { name: source.name, copy: null, code: error instanceof CoreError ? error.code : "crashed", failures: [] };
  }
}

/**
 * A message whose copy is there already has its labels all the same.
 * @param {CoreClient} client
 * @param {Source} source
 * @param {AbortSignal} signal
 */
async function mention(client, source, signal) {
  await client.mention(signal, source).catch((error) => {
    if (signal.aborted) throw error;
  });
  const dot = source.name.lastIndexOf(".");
  // As the core names its copies.
  const name = dot > 0 ? `${source.name.slice(0, dot)}-redacted${source.name.slice(dot)}` : `${source.name}-redacted.eml`;
  return { name, copy: null, code: "" };
}

/**
 * @param {Given[]} given
 * @param {CoreClient} client
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} progress
 */
async function learnPeople(given, client, signal, progress) {
  /** @type {{sources: Source[], people: Promise<string[]>}[]} */
  const open = [];
  let [bytes, messages] = [0, 0];
  const oldest = async () => {
    const { sources, people } = /** @type {typeof open[0]} */ (open.shift());
    // Each is a list in JSON, and so are all of them together.
    const all = (await people).map((list) => list.slice(1, -1)).filter((list) => list !== "");
    if (all.length > 0) await client.learn(`[${all.join(",")}]`);
    bytes += sources.reduce((sum, source) => sum + weightOf(source), 0);
    messages += sources.length;
    progress({ pass: "people", bytes, messages });
  };
  for await (const { sources } of sourcesOf(given, signal, (...call) => client.entries(...call))) {
    for (let at = 0; at < sources.length; at += HEADS) {
      const some = sources.slice(at, at + HEADS);
      while (open.length >= 2 * client.workers) await oldest();
      const people = client.participants(signal, some);
      people.catch(() => {});
      open.push({ sources: some, people });
    }
  }
  while (open.length > 0) await oldest();
}

/**
 * Bytes of the given file that a message takes.
 * @param {Source} source
 */
function weightOf({ start, end, size }) {
  return start !== undefined && end !== undefined ? end - start : size;
}
