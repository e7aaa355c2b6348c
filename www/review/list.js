/** The list of messages, each with its state in words; a filter above it. */
import { fill, h, visibleText } from "../dom.js";
import { Rows } from "../rows.js";
import { countsOf, isUndecided, unsureOf } from "../verdicts.js";

/** @import {Translator} from "../i18n.js" */
/** @import {Entry, State} from "../state.js" */

/** What the list can be narrowed to. @type {Record<string, (state: State, entry: Entry) => boolean>} */
const KINDS = {
  all: () => true,
  undecided: (state, entry) => unsureOf(state, entry).some((finding) => isUndecided(state, entry.key, finding)),
  damaged: (_, entry) => (entry.summary?.flags.length ?? 0) > 0,
  failed: (state, entry) => entry.status === "failed" || ["refused", "failed"].includes(state.saved.get(entry.key)?.status ?? ""),
  uninspected: (_, entry) => entry.summary?.parts.some((part) => !part.inspected) ?? false,
};

export class MessageList {
  /** @type {WeakMap<HTMLElement, unknown[]>} What each row was painted from. */ #painted = new WeakMap();
  /** @type {unknown[]} */ #filtered = [];
  /** @type {string[]} Keys of the entries that are listed, in order. */ keys = [];
  /** @type {{state: State, tr: Translator} | null} */ #last = null;
  #kind = "all";
  #language = "";
  /** @type {{files: Set<string>, word: string} | null} The messages in which a word was found, if only they are listed. */ #only = null;

  /**
   * @param {HTMLElement} element
   * @param {(verb: string, detail?: any) => void} act
   */
  constructor(element, act) {
    this.act = act;
    this.title = h("h2.small-title");
    this.search = /** @type {HTMLInputElement} */ (h("input", { type: "search", autocomplete: "off", spellcheck: "false", "data-verb": "filter" }));
    this.kind = /** @type {HTMLSelectElement} */ (h("select"));
    this.resume = h("button.button.small.list-resume", { type: "button", hidden: true, onclick: () => act("resume") });
    this.only = h("button.button.small.list-only", { type: "button", hidden: true, onclick: () => this.show(null) });
    this.none = h("p.faint.list-none", { hidden: true });
    this.list = h("ul.messages");
    this.scroller = h("div.list-scroll", {}, this.list);
    this.search.addEventListener("input", () => this.#again());
    this.kind.addEventListener("change", () => {
      this.#kind = this.kind.value;
      this.#again();
    });
    fill(element, h("div.list-head", {}, this.title, h("div.list-filter", {}, this.search, this.kind), this.only, this.resume), this.none, this.scroller);
    /** @type {Rows<string>} */
    this.rows = new Rows(this.scroller, this.list, {
      keyOf: (key) => key,
      make: (key) => h("li", {}, h("button.message", { type: "button", onclick: () => this.act("select", key) })),
      update: (item, key) => this.#update(item, key),
    });
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   */
  update(state, tr) {
    this.#last = { state, tr };
    this.#translate(tr);
    this.#filter(state);
    const all = state.order.length - state.tally.duplicate;
    this.title.textContent = [
      this.keys.length < all ? tr.t("list.some", { i: this.keys.length, n: all }) : `${tr.t("list.title")} ${tr.numbers.format(all)}`,
      state.tally.duplicate > 0 ? tr.t("list.duplicates", { n: state.tally.duplicate }) : "",
    ].filter(Boolean).join(" · ");
    this.only.hidden = this.#only === null;
    fill(this.only, tr.t("list.only", { word: this.#only?.word ?? "" }), " ", h("span", { "aria-hidden": "true" }, "×"));
    this.resume.hidden = state.tally.cancelled === 0;
    this.resume.textContent = tr.t("resume", { n: state.tally.cancelled });
    this.none.hidden = this.keys.length > 0;
    this.none.textContent = tr.t("list.none");
    this.rows.update(this.keys);
  }

  /** @param {string} key */
  reveal(key) {
    this.rows.reveal(key);
  }

  /**
   * Lists only some messages, because a word was found in them, or all again.
   * @param {{files: string[], word: string} | null} found
   */
  show(found) {
    this.#only = found && { files: new Set(found.files), word: found.word };
    this.#again();
    if (!found) this.search.focus();
  }

  #again() {
    if (this.#last) this.update(this.#last.state, this.#last.tr);
  }

  /** @param {State} state */
  #filter(state) {
    const words = this.search.value.trim().toLocaleLowerCase();
    const from = [state.order, words, this.#kind, words || this.#kind !== "all" || this.#only || state.tally.duplicate > 0 ? state.entries : null,
      this.#kind !== "all" ? state.decisions : null, this.#kind !== "all" ? state.everywhere : null, this.#kind !== "all" ? state.saved : null, this.#only];
    if (from.every((value, i) => value === this.#filtered[i])) return;
    this.#filtered = from;
    if (from[3] === null) {
      this.keys = state.order;
      return;
    }
    const wanted = KINDS[this.#kind] ?? (() => true);
    this.keys = state.order.filter((key) => {
      const entry = state.entries.get(key);
      if (!entry || entry.status === "duplicate" || !wanted(state, entry) || this.#only?.files.has(key) === false) return false;
      const { summary } = entry;
      return words === "" || [entry.folder, entry.name, summary?.from ?? "", summary?.subject ?? ""].some((text) => text.toLocaleLowerCase().includes(words));
    });
  }

  /** @param {Translator} tr */
  #translate(tr) {
    if (this.#language === tr.language) return;
    this.#language = tr.language;
    this.search.setAttribute("aria-label", tr.t("list.filter"));
    this.search.placeholder = tr.t("list.filter");
    this.kind.setAttribute("aria-label", tr.t("list.kind"));
    fill(this.kind, Object.keys(KINDS).map((kind) => h("option", { value: kind, selected: kind === this.#kind }, tr.t(`list.kind.${kind}`))));
  }

  /**
   * @param {HTMLElement} item
   * @param {string} key
   */
  #update(item, key) {
    if (!this.#last) return;
    const { state, tr } = this.#last;
    const entry = state.entries.get(key);
    if (!entry) return;
    const button = /** @type {HTMLElement} */ (item.firstElementChild);
    const painted = [entry, state.decisions, state.everywhere, state.added.get(key), state.people, state.saved.get(key), tr.language];
    if (painted.some((value, i) => value !== this.#painted.get(item)?.[i])) {
      this.#painted.set(item, painted);
      this.#paint(button, state, entry, tr);
    }
    if (state.selected === key) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  /**
   * @param {HTMLElement} button
   * @param {State} state
   * @param {Entry} entry
   * @param {Translator} tr
   */
  #paint(button, state, entry, tr) {
    const { summary } = entry;
    const title = summary ? summary.subject || tr.t("list.nosubject") : entry.name;
    const from = summary ? summary.from.replace(/\s*<[^>]*>/, "").replace(/^"|"$/g, "") : "";
    button.dataset.status = entry.status;
    button.replaceChildren(
      h("span.message-from", { dir: "auto" }, visibleText(from || entry.name)),
      h("span.message-subject", { dir: "auto" }, visibleText(title)),
      h("span.chips", {}, chips(state, entry, tr).map(([kind, text]) => h("span.chip", { "data-kind": kind }, text))),
    );
  }
}

/**
 * @param {State} state
 * @param {Entry} entry
 * @param {Translator} tr
 * @returns {[string, string][]}
 */
function chips(state, entry, tr) {
  if (entry.status !== "read") return [[entry.status, tr.t(`list.${entry.status}`)]];
  const counts = countsOf(state, entry);
  const saved = state.saved.get(entry.key)?.status;
  /** @type {[string, string][]} */
  const found = [];
  if (saved === "refused" || saved === "failed") found.push(["failed", tr.t("list.refused")]);
  else if (saved) found.push(["saved", tr.t("list.saved")]);
  if (entry.summary?.flags.length) found.push(["damaged", tr.t("list.damaged")]);
  if (counts.undecided > 0) found.push(["undecided", tr.t("list.undecided", { n: counts.undecided })]);
  if (counts.redact > 0) found.push(["redact", tr.t("list.redact", { n: counts.redact })]);
  if (found.length === 0) found.push(["nothing", tr.t("list.nothing")]);
  // There is room for two; what needs somebody comes first.
  const urgent = (/** @type {string} */ kind) => ["failed", "damaged", "undecided", "saved"].indexOf(kind) >>> 0;
  return found.sort(([a], [b]) => urgent(a) - urgent(b)).slice(0, 2);
}
