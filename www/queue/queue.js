/**
 * Everything that is still to be looked at, over all messages: what is merely possible, near-misses of
 * names among it. Each is shown with the words around it and decided in place.
 */
import { fill, h, visibleText } from "../dom.js";
import { Rows } from "../rows.js";
import { entityOf, isUndecided, unsureOf } from "../verdicts.js";

/** @import {Category} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Proposal, State} from "../state.js" */

/** @typedef {{key: string, file: string, finding: Proposal}} Item   `key` is its own */

/** What the queue can be narrowed to. @type {Record<string, (finding: Proposal) => boolean>} */
const KINDS = {
  all: () => true,
  names: (finding) => finding.entity === "person",
  near: (finding) => finding.near === true,
  others: (finding) => finding.entity !== "person",
};

/** Verbs of the review that act on the item that has the focus. */
const VERBS = new Set(["next", "previous", "redact", "keep", "redact.all", "keep.all", "undecided"]);

export class Queue {
  /** @type {Item[]} */ items = [];
  /** @type {unknown[]} */ #from = [];
  /** @type {WeakMap<HTMLElement, unknown[]>} */ #painted = new WeakMap();
  /** @type {{state: State, tr: Translator} | null} */ #last = null;
  #kind = "all";
  #language = "";
  #current = 0;
  #refocus = false;

  /**
   * @param {HTMLElement} element
   * @param {object} given
   * @param {(entity: string) => Category} given.categoryOf
   * @param {(verb: string, detail?: any) => void} given.act
   */
  constructor(element, { categoryOf, act }) {
    this.categoryOf = categoryOf;
    this.act = act;
    this.title = h("h1");
    this.lead = h("p.faint");
    this.kind = /** @type {HTMLSelectElement} */ (h("select.entry-field"));
    this.none = h("p.notice.calm", { hidden: true });
    this.list = h("ul.queue-list");
    this.scroller = h("div.entity-scroll", {}, this.list);
    this.kind.addEventListener("change", () => {
      this.#kind = this.kind.value;
      this.#current = 0;
      if (this.#last) this.update(this.#last.state, this.#last.tr);
    });
    fill(element, h("header.entity-head", {}, h("div.queue-title", {}, this.title, this.kind), this.lead), this.none, this.scroller);
    /** @type {Rows<Item>} */
    this.rows = new Rows(this.scroller, this.list, {
      keyOf: (item) => item.key,
      make: () => h("li.queue-row"),
      update: (row, item) => this.#update(row, item),
    });
    this.list.addEventListener("focusin", (event) => {
      const key = /** @type {HTMLElement} */ (event.target).closest("li")?.dataset.key;
      const at = this.items.findIndex((item) => item.key === key);
      if (at >= 0) this.#current = at;
    });
  }

  /**
   * How many are open, over everything; follows the state.
   * @param {State} state
   */
  count(state) {
    const from = [state.entries, state.decisions, state.everywhere, state.people, state.added, this.#kind];
    if (from.some((value, i) => value !== this.#from[i])) {
      this.#from = from;
      this.items = [];
      this.total = 0;
      const wanted = KINDS[this.#kind] ?? (() => true);
      for (const file of state.order) {
        for (const finding of unsureOf(state, state.entries.get(file))) {
          if (!isUndecided(state, file, finding)) continue;
          this.total += 1;
          if (wanted(finding)) this.items.push({ key: `${file} ${finding.key}`, file, finding });
        }
      }
    }
    return this.total;
  }

  total = 0;

  /**
   * @param {State} state
   * @param {Translator} tr
   */
  update(state, tr) {
    this.#last = { state, tr };
    const had = this.list.contains(document.activeElement) ? this.#current : -1;
    this.count(state);
    if (this.#language !== tr.language) {
      this.#language = tr.language;
      this.kind.setAttribute("aria-label", tr.t("queue.kind"));
      fill(this.kind, Object.keys(KINDS).map((kind) => h("option", { value: kind, selected: kind === this.#kind }, tr.t(`queue.kind.${kind}`))));
      this.lead.textContent = tr.t("queue.lead");
    }
    this.title.textContent = tr.t("queue.title", { n: this.total });
    this.none.hidden = this.items.length > 0;
    this.none.textContent = tr.t(this.total === 0 ? "queue.done" : "queue.none");
    this.#current = Math.max(0, Math.min(this.#current, this.items.length - 1));
    this.rows.update(this.items);
    if (had >= 0 || this.#refocus) this.#focus(this.#current);
    this.#refocus = false;
  }

  /**
   * Does what a key of the review asks for. Returns whether it was one for the queue.
   * @param {string} verb
   */
  does(verb) {
    if (!VERBS.has(verb)) return false;
    const item = this.items[this.#current];
    if (!item) return true;
    const entityKey = this.#last && entityOf(this.#last.state, item.finding);
    const to = verb.startsWith("redact") ? "redact" : "keep";
    if (verb === "next" || verb === "undecided") this.#focus(this.#current + 1);
    else if (verb === "previous") this.#focus(this.#current - 1);
    else {
      this.#refocus = true;
      if (verb.endsWith(".all")) this.act("entity", { entityKey, to });
      else this.act("decide.in", { key: item.file, finding: item.finding.key, to });
    }
    return true;
  }

  /** @param {number} at */
  #focus(at) {
    if (this.items.length === 0) return /** @type {HTMLElement} */ (this.kind).focus();
    this.#current = Math.max(0, Math.min(at, this.items.length - 1));
    const key = /** @type {Item} */ (this.items[this.#current]).key;
    this.rows.reveal(key);
    for (const row of this.list.children) {
      if (/** @type {HTMLElement} */ (row).dataset.key === key) /** @type {HTMLElement | null} */ (row.querySelector(".queue-words"))?.focus({ preventScroll: true });
    }
  }

  /**
   * @param {HTMLElement} row
   * @param {Item} item
   */
  #update(row, { key, file, finding }) {
    if (!this.#last) return;
    const { state, tr } = this.#last;
    const current = this.items[this.#current]?.key === key;
    const entry = state.entries.get(file);
    const painted = [finding, entry, tr.language];
    const before = this.#painted.get(row);
    if (!before || painted.some((value, i) => value !== before[i])) {
      this.#painted.set(row, painted);
      const [ahead = "", behind = ""] = finding.around ?? [];
      const name = visibleText(finding.text);
      const category = this.categoryOf(finding.entity);
      const button = (/** @type {string} */ verb, /** @type {() => void} */ onclick, kind = "") =>
        h("button.button.small", { type: "button", class: kind, tabindex: -1, "aria-label": `${tr.t(`card.${verb}`)}: ${name}`, onclick }, tr.t(`card.${verb}`));
      const decide = (/** @type {"redact" | "keep"} */ to) => () => {
        this.#current = this.items.findIndex((one) => one.key === key);
        this.#refocus = true;
        this.act("decide.in", { key: file, finding: finding.key, to });
      };
      const all = (/** @type {"redact" | "keep"} */ to) => () => {
        this.#current = this.items.findIndex((one) => one.key === key);
        this.#refocus = true;
        this.act("entity", { entityKey: entityOf(state, finding), to });
      };
      fill(
        row,
        h("button.queue-words", { type: "button", tabindex: -1, dir: "auto", onclick: () => this.act("show.finding", { key: file, finding: finding.key }) },
          visibleText(ahead), h("mark.finding", { "data-category": category, "data-verdict": "keep", "data-undecided": true, "data-letter": tr.code("letter", category) }, name), visibleText(behind)),
        h("div.queue-foot", {},
          h("span.queue-why", {}, h("span", {}, tr.code("entity", finding.entity)), finding.near ? h("strong", {}, tr.t("queue.near")) : null,
            h("span.faint", { dir: "auto" }, visibleText(entry?.summary?.subject || entry?.name || ""))),
          h("span.queue-buttons", {}, button("redact", decide("redact")), button("keep", decide("keep")), button("redact.all", all("redact"), "quiet"), button("keep.all", all("keep"), "quiet"))),
      );
    }
    for (const control of row.querySelectorAll("button")) control.tabIndex = current ? 0 : -1;
  }
}

