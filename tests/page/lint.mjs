/**
 * Forbids, in everything that the page ships, what could turn text of a mail into markup, code or a
 * request. `node lint.mjs` prints each offence and fails; the rules are tested in `lint.test.mjs`.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const WWW = fileURLToPath(new URL("../../www/", import.meta.url));

/**
 * @typedef {object} Rule
 * @property {RegExp} pattern
 * @property {string} why
 * @property {string[]} [except]   files that may, each for the reason that its own comments give
 */

/** @type {Rule[]} */
export const RULES = [
  { pattern: /\b(inner|outer)HTML\b/, why: "markup from text" },
  { pattern: /\binsertAdjacentHTML\b|\bcreateContextualFragment\b|\bsetHTML(Unsafe)?\b|\bparseHTMLUnsafe\b/, why: "markup from text" },
  { pattern: /\bdocument\s*\.\s*(write|writeln|open)\b/, why: "markup from text" },
  { pattern: /\bDOMParser\b|\bXSLTProcessor\b|\bsrcdoc\b/, why: "markup from text", except: ["dom.js"] },
  { pattern: /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/, why: "code from text" },
  { pattern: /\bset(Timeout|Interval)\s*\(\s*["'`]/, why: "code from text" },
  { pattern: /\bsetAttribute(NS)?\s*\((?!"(aria-[a-z]+|value|max)",)/, why: "attributes go through h(), which refuses those that run or load", except: ["dom.js"] },
  { pattern: /\.(href|src|srcset|action|formAction|cssText)\s*=(?!=)/, why: "something that loads", except: ["save/download.js"] },
  { pattern: /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\bRTCPeerConnection\b|\bWebTransport\b|\bimportScripts\b/, why: "a connection" },
  { pattern: /\b(local|session)Storage\b|\bindexedDB\b|\bdocument\s*\.\s*cookie\b|\bcaches\s*\./, why: "something stored" },
  { pattern: /\bconsole\s*\./, why: "mail content must not reach a log" },
  { pattern: /^(?!\s*\/?\*).*\bimport\s*\(/, why: "code that is loaded late", except: ["core/load.js"] },
  { pattern: /https?:\/\/(?!www\.w3\.org\/2000\/svg)/, why: "an address outside", except: ["samples/de.js", "samples/en.js", "samples/fr.js"] },
];

/**
 * @param {string} file      path below `www`
 * @param {string} source
 * @returns {string[]}
 */
export function offences(file, source) {
  return source.split("\n").flatMap((line, i) =>
    RULES.filter(({ pattern, except }) => pattern.test(line) && !except?.includes(file)).map(
      ({ why }) => `${file}:${i + 1}: ${why}: ${line.trim().slice(0, 80)}`,
    ),
  );
}

/** Every file that the page ships, but for what the build writes. */
export function shippedFiles() {
  return readdirSync(WWW, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|html|css)$/.test(entry.name))
    .map((entry) => relative(WWW, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("pkg/"));
}

/** @param {string} file */
export function read(file) {
  return readFileSync(join(WWW, file), "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = shippedFiles().flatMap((file) => offences(file, read(file)));
  for (const offence of found) process.stderr.write(`${offence}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
