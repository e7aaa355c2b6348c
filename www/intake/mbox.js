/**
 * Where the messages of an mbox lie. The core says where each begins and ends, by the one rule that there is
 * (`src/mime/mbox.rs`), stretch by stretch in a worker; the bytes stay in the file until a message is read,
 * so a mailbox may be larger than memory.
 */

/**
 * @callback Entries   four numbers for each message of a stretch of a mailbox, in bytes: where its separator line
 *   begins, itself begins, itself ends, and the next one begins
 * @param {AbortSignal} signal
 * @param {Blob} blob
 * @param {number} from   where a message begins with its separator
 * @returns {Promise<Float64Array | number[]>}
 *
 * @typedef {{from: number, start: number, end: number, until: number}} Entry   the message is from `start` to `end`
 */

/**
 * @param {Blob} blob
 * @param {AbortSignal} signal
 * @param {Entries} entries
 * @returns {AsyncGenerator<Entry>}
 */
export async function* messagesOf(blob, signal, entries) {
  for (let at = 0; at < blob.size; ) {
    const found = await entries(signal, blob, at);
    if (found.length < 4) return;
    for (let i = 0; i + 3 < found.length; i += 4) {
      const [from = 0, start = 0, end = 0, until = 0] = found.slice(i, i + 4);
      yield { from, start, end, until };
      at = until;
    }
  }
}
