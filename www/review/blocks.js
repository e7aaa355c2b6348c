/**
 * Cuts the text of a view into blocks that stand side by side, so that the original and the copy
 * stay level however differently their lines break. Pure functions over text and findings.
 */

/** @import {Finding} from "../core/types.js" */

/** Lines in a block at most, where no empty line ends it. */
const LINES = 12;

/** UTF-16 units in a block at most, unless a finding reaches over the cut. */
const UNITS = 4000;

/**
 * Findings in order, without those that cannot be shown: out of range, or overlapping another.
 * @param {string} text
 * @param {Finding[]} findings
 */
export function inOrder(text, findings) {
  let at = 0;
  return findings.toSorted((a, b) => a.start - b.start || a.end - b.end).filter((finding) => {
    if (finding.start < at || finding.end <= finding.start || finding.end > text.length) return false;
    at = finding.end;
    return true;
  });
}

/**
 * Ranges that together are the whole text; none cuts a finding. A range ends behind its line break.
 * @param {string} text
 * @param {Finding[]} findings   in order
 * @returns {{start: number, end: number}[]}
 */
export function blocksOf(text, findings) {
  const blocks = [];
  let start = 0;
  let lines = 0;
  let next = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    let end = newline < 0 ? text.length : newline + 1;
    if (end - start > UNITS) end = Math.max(at + 1, Math.min(end, start + UNITS));
    // A surrogate pair stays whole.
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? "")) end += 1;
    while (next < findings.length && /** @type {Finding} */ (findings[next]).end <= end) next += 1;
    const reaching = findings[next];
    lines += 1;
    const blank = text.slice(at, end).trim() === "" || /^[> \t]*$/.test(text.slice(at, end - 1));
    if (reaching && reaching.start < end) {
      at = Math.max(end, reaching.end);
      continue;
    }
    at = end;
    if (blank || lines >= LINES || at - start >= UNITS) {
      blocks.push({ start, end: at });
      start = at;
      lines = 0;
    }
  }
  if (start < text.length) blocks.push({ start, end: text.length });
  return blocks;
}

/**
 * The pieces of one range: text, and findings.
 * @param {string} text
 * @param {{start: number, end: number}} range
 * @param {Finding[]} findings   in order
 * @returns {(string | Finding)[]}
 */
export function piecesOf(text, range, findings) {
  const pieces = [];
  let at = range.start;
  for (const finding of findings) {
    if (finding.start < range.start) continue;
    if (finding.start >= range.end) break;
    if (finding.start > at) pieces.push(text.slice(at, finding.start));
    pieces.push(finding);
    at = finding.end;
  }
  const end = text[range.end - 1] === "\n" ? range.end - 1 : range.end;
  if (at < end) pieces.push(text.slice(at, end));
  return pieces;
}
