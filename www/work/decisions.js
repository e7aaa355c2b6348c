/**
 * Decisions in a form that outlives the page: messages are known again by the digest of their bytes,
 * people and values by the table of labels. All of it is personal data. Pure.
 */
import { parsePolicy } from "../intake/policy-file.js";

/** @import {Policy, Verdict} from "../core/types.js" */
/** @import {State} from "../state.js" */

/**
 * @typedef {[what: "finding" | "part", item: string, to: string]} Made
 *
 * @typedef {object} Work
 * @property {Policy} policy
 * @property {string} journal                    the core's table of labels
 * @property {[string, Verdict][]} everywhere    by label
 * @property {[string, Made[]][]} messages       by digest
 */

/**
 * @param {State} state
 * @param {string} journal
 */
export function writeWork(state, journal) {
  /** @type {Map<string, Made[]>} */
  const messages = new Map([...state.pending]);
  for (const [key, to] of state.decisions) {
    const [file = "", what, ...item] = key.split(" ");
    const digest = state.entries.get(file)?.digest;
    if (!digest) continue;
    messages.set(digest, [...(messages.get(digest) ?? []), [/** @type {"finding" | "part"} */ (what), item.join(" "), to]]);
  }
  const policy = { format: "caviard-policy", version: 1, policy: state.policy };
  return JSON.stringify({ policy, journal, everywhere: [...state.everywhere], messages: [...messages] });
}

/**
 * @param {string} text
 * @param {string[]} entities   the entity types that there are
 * @returns {Work | null}
 */
export function readWork(text, entities) {
  try {
    const read = JSON.parse(text);
    const policy = parsePolicy(JSON.stringify(read.policy), entities);
    const verdict = (/** @type {unknown} */ value) => value === "redact" || value === "keep";
    const sound =
      policy !== null && typeof read.journal === "string" &&
      read.everywhere.every((/** @type {unknown[]} */ [label, to]) => typeof label === "string" && verdict(to)) &&
      read.messages.every((/** @type {[unknown, unknown[][]]} */ [digest, made]) =>
        typeof digest === "string" && made.every(([what, item, to]) =>
          typeof item === "string" && ((what === "finding" && verdict(to)) || (what === "part" && (to === "keep" || to === "remove")))));
    return sound ? { policy, journal: read.journal, everywhere: read.everywhere, messages: read.messages } : null;
  } catch {
    return null;
  }
}
