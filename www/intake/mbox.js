/**
 * Where the messages of an mbox lie (RFC 4155 and its kin). Only the places are found; the bytes stay
 * in the file until a message is read, so a mailbox may be larger than memory.
 */

/**
 * A separator: an empty line (or the start), a line `From …`, and behind it the first field of a
 * header. The last is asked for because some programs do not quote a paragraph that begins so.
 */
const SEPARATOR = /(?:^|\r?\n)(?:\r?\n|^)From [^\r\n]{1,900}\r?\n(?=[!-9;-~]{1,80}[ \t]*:|>From )/g;

/** Bytes that are looked at in one go, and how far a separator may reach at most. */
const WINDOW = 4 << 20;
const REACH = 2048;

/**
 * Half-open byte ranges of the messages, without the separators.
 * @param {Blob} blob
 * @param {number} [window]   bytes; for tests
 * @returns {AsyncGenerator<{start: number, end: number}>}
 */
export async function* messagesOf(blob, window = WINDOW) {
  /** @type {number | null} */
  let start = null;
  let searched = 0;
  for (let from = 0; from < blob.size; from += window) {
    const end = Math.min(blob.size, from + window + REACH);
    // One character per byte, whatever the bytes are.
    const text = new TextDecoder("latin1").decode(await blob.slice(from, end).arrayBuffer());
    for (const match of text.matchAll(SEPARATOR)) {
      const at = from + match.index;
      // The start of a window is not that of a line; what lies in the reach belongs to the next one.
      if ((from > 0 && match.index === 0 && !/^\r?\n\r?\nFrom/.test(match[0])) || at < searched) continue;
      if (match.index >= window && end < blob.size) break;
      const line = match[0].indexOf("From ");
      // The line end before the empty line is the message's own.
      const own = /^\r?\n/.exec(match[0].slice(0, line))?.[0].length ?? 0;
      if (start !== null) yield { start, end: at + own };
      start = at + match[0].length;
      searched = start;
    }
  }
  if (start !== null && start < blob.size) yield { start, end: blob.size };
}
