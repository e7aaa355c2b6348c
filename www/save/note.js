/**
 * How far the redaction of a trove came. It stands in the folder of the copies until all are written, so
 * that the same files and the same folder go on after the page was closed or has crashed. It holds no
 * name and no value: a digest of what was given, the key of what replaces message ids, and numbers.
 * The labels are found again by reading.
 */

/**
 * @typedef {object} Note
 * @property {string} run        digest of the files and the policy
 * @property {number[]} seed
 * @property {number} done       messages that were finished, in order
 * @property {number[]} without  those of them that have no copy
 * @property {Record<string, number>} counts
 */

/**
 * What a run is about: the files as they are, and what decides what is made of them. Empty where the
 * browser has no digests; then it cannot go on.
 * @param {import("../intake/sources.js").Given[]} given
 * @param {unknown} policy
 * @param {string} core   its digest
 */
export async function runOf(given, policy, core) {
  if (!globalThis.crypto?.subtle) return "";
  const lines = given.map(({ file, folder, chosen }) => `${folder}${file.name}\n${file.size} ${file.lastModified} ${chosen}\n`);
  const text = `${core}\n${JSON.stringify(policy)}\n${lines.join("")}`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A new note, or that of an earlier run over the same files.
 * @param {string} run
 * @param {string | null} text   of the file, if there is one
 * @returns {Note}
 */
export function noteOf(run, text) {
  try {
    const note = JSON.parse(text ?? "null");
    const sound = Array.isArray(note.seed) && note.seed.length === 32 && Number.isInteger(note.done) && Array.isArray(note.without);
    if (run !== "" && note.run === run && sound) return note;
  } catch {
    // None, or not one: everything is done from the start.
  }
  return { run, seed: [...crypto.getRandomValues(new Uint8Array(32))], done: 0, without: [], counts: {} };
}
