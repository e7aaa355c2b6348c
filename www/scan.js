/** Searching a phrase in everything that was read, found or not. */
import { findingsOf, verdictOf } from "./verdicts.js";

/** @import {CoreClient} from "./core/client.js" */
/** @import {Library} from "./library.js" */
/** @import {Entry, State} from "./state.js" */

/**
 * @typedef {{view: number | string, start: number, end: number}} Place
 *
 * @typedef {object} Scan
 * @property {number} done       messages that were searched
 * @property {number} total
 * @property {number} times      how often the phrase stands there
 * @property {number} open       how often so where nothing is redacted
 * @property {string[]} files    keys of the messages in which it stands
 */

/**
 * Searches message by message; `tell` is called now and then, and at the end.
 * @param {AbortSignal} signal
 * @param {{state: () => State, client: CoreClient, library: Library}} given
 * @param {string} phrase
 * @param {(scan: Scan) => void} tell
 */
export async function scan(signal, { state, client, library }, phrase, tell) {
  const { order } = state();
  /** @type {Scan} */
  const found = { done: 0, total: 0, times: 0, open: 0, files: [] };
  const keys = order.filter((key) => state().entries.get(key)?.summary);
  found.total = keys.length;
  let told = performance.now();
  // As many at once as there are workers, and one more each so that none waits.
  const together = 2 * client.workers;
  for (let at = 0; at < keys.length; at += together) {
    const some = keys.slice(at, at + together);
    const places = await Promise.all(some.map((key) => client.occurrences(signal, library.file(key), phrase).catch((error) => {
      if (signal.aborted) throw error;
      // A message that cannot be read any more holds nothing that could be redacted in it.
      return [];
    })));
    for (const [i, key] of some.entries()) {
      const entry = state().entries.get(key);
      const here = entry?.summary ? (places[i] ?? []) : [];
      if (!entry || here.length === 0) continue;
      found.files.push(key);
      found.times += here.length;
      found.open += here.filter((place) => !isRedacted(state(), entry, place)).length;
    }
    found.done += some.length;
    if (performance.now() - told > 250) {
      told = performance.now();
      tell({ ...found });
    }
  }
  tell({ ...found });
}

/**
 * Whether any of a place is redacted.
 * @param {State} state
 * @param {Entry} entry
 * @param {Place} place
 */
function isRedacted(state, entry, place) {
  return findingsOf(state, entry).some((finding) => {
    const [, view, start, end] = /^(.*):(\d+)-(\d+):/.exec(finding.key) ?? [];
    return view === String(place.view) && Number(start) < place.end && place.start < Number(end) && verdictOf(state, entry.key, finding).verdict === "redact";
  });
}
