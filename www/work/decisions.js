/**
 * Decisions in a form that outlives the page: messages are known again by the digest of their bytes,
 * people and values by the table of labels. All of it is personal data. Pure.
 */
import { parsePolicy } from "../intake/policy-file.js";
import { siteOf } from "../state.js";

/** @import {Policy, Verdict} from "../core/types.js" */
/** @import {State} from "../state.js" */

/**
 * @typedef {[what: "finding" | "part" | "added", item: string, to: string | import("../state.js").Added]} Made
 *
 * @typedef {object} Work
 * @property {Policy} policy
 * @property {string} journal                    the core's table of labels
 * @property {[string, Verdict][]} everywhere    by entity
 * @property {[string, string][]} people         which entity, or form of one, is which other
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
  for (const [file, some] of state.added) {
    const digest = state.entries.get(file)?.digest;
    if (!digest) continue;
    messages.set(digest, [...(messages.get(digest) ?? []), ...some.map((one) => /** @type {Made} */ (["added", siteOf(one), one]))]);
  }
  const policy = { format: "caviard-policy", version: 1, policy: state.policy };
  return JSON.stringify({ policy, journal, everywhere: [...state.everywhere], people: [...state.people], messages: [...messages] });
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
      read.people.every((/** @type {unknown[]} */ pair) => pair.length === 2 && pair.every((key) => typeof key === "string")) &&
      read.messages.every((/** @type {[unknown, unknown[][]]} */ [digest, made]) =>
        typeof digest === "string" && made.every(([what, item, to]) =>
          typeof item === "string" && ((what === "finding" && verdict(to)) || (what === "part" && (to === "keep" || to === "remove")) || (what === "added" && isAdded(to)))));
    return sound && endsAll(read.people) ? { policy, journal: read.journal, everywhere: read.everywhere, people: read.people, messages: read.messages } : null;
  } catch {
    return null;
  }
}

/** @param {any} value */
function isAdded(value) {
  return typeof value?.entity === "string" && typeof value.entityKey === "string" && typeof value.text === "string" && typeof value.place?.kind === "string" &&
    ["number", "string"].includes(typeof value.view) && Number.isInteger(value.start) && Number.isInteger(value.end) && value.start < value.end;
}

/**
 * Whether no chain of entities that are other ones leads back to where it began.
 * @param {[string, string][]} people
 */
function endsAll(people) {
  const into = new Map(people);
  return people.every(([key]) => {
    let at = /** @type {string | undefined} */ (key);
    for (let steps = 0; at !== undefined; steps++, at = into.get(at)) if (steps > people.length) return false;
    return true;
  });
}
