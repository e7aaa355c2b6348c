/**
 * What the messages have in common: one entry per label, that is per person or value, over all that
 * was read. Follows the state; only what changed since is counted again.
 */

/** @import {Proposal, State, Summary} from "./state.js" */

/**
 * @typedef {object} EntityRow
 * @property {string} label
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
  /** @type {Map<string, Summary>} */ #counted = new Map();
  /** @type {State["entries"] | null} */ #entries = null;
  /** @type {State["decisions"] | null} */ #decisions = null;
  /** @type {Map<string, {from: Proposal, to: string}[]>} Single decisions, by label. */ #single = new Map();

  /** @param {State} state */
  follow(state) {
    if (state.entries !== this.#entries) {
      this.#entries = state.entries;
      this.#follow(state);
    }
    if (state.decisions === this.#decisions) return;
    this.#decisions = state.decisions;
    this.#single = new Map();
    for (const [key, to] of state.decisions) {
      const [file = "", what, ...item] = key.split(" ");
      if (what !== "finding") continue;
      const from = state.entries.get(file)?.summary?.findings.find((finding) => finding.key === item.join(" "));
      if (from) this.#single.set(from.label, [...(this.#single.get(from.label) ?? []), { from, to }]);
    }
  }

  /**
   * @param {State} state   the one that was followed last
   * @param {EntityRow} row
   * @returns {Standing}
   */
  standing(state, row) {
    const everywhere = state.everywhere.get(row.label);
    const counts = { redact: row.redact, keep: row.keep };
    if (everywhere !== undefined) {
      counts.redact = everywhere === "redact" ? row.redact + row.keep : 0;
      counts.keep = everywhere === "keep" ? row.redact + row.keep : 0;
    }
    let unsure = everywhere === undefined ? row.unsure : 0;
    for (const { from, to } of this.#single.get(row.label) ?? []) {
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
      const summary = state.entries.get(key)?.summary ?? undefined;
      const before = this.#counted.get(key);
      gone.delete(key);
      if (summary === before) continue;
      if (before) this.#count(before, -1);
      if (summary) this.#count(summary, 1);
      if (summary) this.#counted.set(key, summary);
      else this.#counted.delete(key);
    }
    for (const key of gone) {
      this.#count(/** @type {Summary} */ (this.#counted.get(key)), -1);
      this.#counted.delete(key);
    }
  }

  /**
   * @param {Summary} summary
   * @param {1 | -1} by
   */
  #count(summary, by) {
    this.version += 1;
    /** @type {Set<string>} */
    const labels = new Set();
    for (const { label, entity, text, decision, confidence } of summary.findings) {
      let row = this.entities.get(label);
      if (!row) {
        row = { label, entity, forms: new Map(), messages: 0, redact: 0, keep: 0, unsure: 0 };
        this.entities.set(label, row);
      }
      const form = text.replace(/\s+/g, " ");
      const times = (row.forms.get(form) ?? 0) + by;
      if (times > 0) row.forms.set(form, times);
      else row.forms.delete(form);
      row[decision] += by;
      if (confidence === "possible") row.unsure += by;
      labels.add(label);
    }
    for (const label of labels) {
      const row = /** @type {EntityRow} */ (this.entities.get(label));
      row.messages += by;
      if (row.messages === 0) this.entities.delete(label);
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
