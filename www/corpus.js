/**
 * What the messages have in common: one row per entity, that is per person or value, over all that
 * was read. Follows the state; only what changed since is counted again.
 */

import { entityOf, findingsOf, formOf } from "./verdicts.js";

/** @import {Proposal, State} from "./state.js" */

/**
 * @typedef {object} EntityRow
 * @property {string} entityKey
 * @property {string} entity              entity type
 * @property {Map<string, number>} forms  how it is written, and how often so
 * @property {number} messages
 * @property {number} redact              findings that the core proposes to redact
 * @property {number} keep                findings that it proposes to keep
 * @property {number} unsure              findings that are merely possible
 *
 * @typedef {object} Standing             of an entity
 * @property {"redact" | "keep" | "mixed"} verdict
 * @property {boolean} undecided          whether somebody should look at one of its findings
 * @property {boolean} byHand             whether somebody decided on it everywhere
 */

export class Corpus {
  /** @type {Map<string, EntityRow>} */ entities = new Map();
  /** Grows with every change. */ version = 0;
  /** @type {Map<string, Proposal[]>} */ #counted = new Map();
  /** @type {unknown[]} What was followed last. */ #seen = [];
  /** @type {State["people"] | null} */ #people = null;
  /** @type {State["decisions"] | null} */ #decisions = null;
  /** @type {Map<string, {from: Proposal, to: string}[]>} Single decisions, by entity. */ #single = new Map();

  /** @param {State} state */
  follow(state) {
    if (state.people !== this.#people) {
      // Who is who has changed: all is counted anew.
      this.#people = state.people;
      this.entities.clear();
      this.#counted.clear();
      this.#seen = [];
    }
    const seen = [state.entries, state.added, state.people];
    if (seen.some((value, i) => value !== this.#seen[i])) {
      this.#seen = seen;
      this.#follow(state);
      this.#decisions = null;
    }
    if (state.decisions === this.#decisions) return;
    this.#decisions = state.decisions;
    this.#single = new Map();
    for (const [key, to] of state.decisions) {
      const [file = "", what, ...item] = key.split(" ");
      if (what !== "finding") continue;
      const from = findingsOf(state, state.entries.get(file)).find((finding) => finding.key === item.join(" "));
      if (!from) continue;
      const entityKey = entityOf(state, from);
      this.#single.set(entityKey, [...(this.#single.get(entityKey) ?? []), { from, to }]);
    }
  }

  /**
   * @param {State} state   the one that was followed last
   * @param {EntityRow} row
   * @returns {Standing}
   */
  standing(state, row) {
    const everywhere = state.everywhere.get(row.entityKey);
    const counts = { redact: row.redact, keep: row.keep };
    if (everywhere !== undefined) {
      counts.redact = everywhere === "redact" ? row.redact + row.keep : 0;
      counts.keep = everywhere === "keep" ? row.redact + row.keep : 0;
    }
    let unsure = everywhere === undefined ? row.unsure : 0;
    for (const { from, to } of this.#single.get(row.entityKey) ?? []) {
      counts[everywhere ?? from.decision] -= 1;
      counts[/** @type {"redact" | "keep"} */ (to)] += 1;
      if (everywhere === undefined && from.confidence === "possible") unsure -= 1;
    }
    const verdict = counts.redact > 0 && counts.keep > 0 ? "mixed" : counts.redact > 0 ? "redact" : "keep";
    return { verdict, undecided: unsure > 0, byHand: everywhere !== undefined };
  }

  /** @param {State} state */
  #follow(state) {
    const gone = new Set(this.#counted.keys());
    for (const key of state.order) {
      const entry = state.entries.get(key);
      const findings = entry?.summary ? findingsOf(state, entry) : undefined;
      const before = this.#counted.get(key);
      gone.delete(key);
      if (findings === before) continue;
      if (before) this.#count(state, before, -1);
      if (findings) this.#count(state, findings, 1);
      if (findings) this.#counted.set(key, findings);
      else this.#counted.delete(key);
    }
    for (const key of gone) {
      this.#count(state, /** @type {Proposal[]} */ (this.#counted.get(key)), -1);
      this.#counted.delete(key);
    }
  }

  /**
   * @param {State} state
   * @param {Proposal[]} findings   of one message
   * @param {1 | -1} by
   */
  #count(state, findings, by) {
    this.version += 1;
    /** @type {Set<string>} */
    const keys = new Set();
    for (const finding of findings) {
      const { entity, text, decision, confidence } = finding;
      const entityKey = entityOf(state, finding);
      let row = this.entities.get(entityKey);
      if (!row) {
        row = { entityKey, entity, forms: new Map(), messages: 0, redact: 0, keep: 0, unsure: 0 };
        this.entities.set(entityKey, row);
      }
      const form = formOf(text);
      const times = (row.forms.get(form) ?? 0) + by;
      if (times > 0) row.forms.set(form, times);
      else row.forms.delete(form);
      row[decision] += by;
      if (confidence === "possible") row.unsure += by;
      keys.add(entityKey);
    }
    for (const key of keys) {
      const row = /** @type {EntityRow} */ (this.entities.get(key));
      row.messages += by;
      if (row.messages === 0) this.entities.delete(key);
    }
  }
}

/**
 * The forms of an entity, the one that tells most of it first: the longest of a name, the commonest
 * of anything else.
 * @param {EntityRow} row
 */
export function formsOf({ entity, forms }) {
  return [...forms].sort((a, b) => (entity === "person" ? b[0].length - a[0].length : 0) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([form]) => form);
}
