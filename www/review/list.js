/** The list of messages, each with its state in words. */
import { h, keyed, visibleText } from "../dom.js";
import { countsOf } from "../state.js";

/** @import {Translator} from "../i18n.js" */
/** @import {Entry, State} from "../state.js" */

export class MessageList {
  /** @type {WeakMap<HTMLElement, unknown[]>} What each row was painted from. */ #painted = new WeakMap();

  /**
   * @param {HTMLElement} element
   * @param {(verb: string, detail?: any) => void} act
   */
  constructor(element, act) {
    this.act = act;
    this.title = h("h2.small-title");
    this.list = h("ul.messages");
    element.replaceChildren(this.title, this.list);
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   */
  update(state, tr) {
    this.title.textContent = `${tr.t("list.title")} ${tr.numbers.format(state.order.length)}`;
    keyed(
      this.list,
      state.order.map((key) => /** @type {Entry} */ (state.entries[key])),
      (entry) => entry.key,
      (entry) => h("li", {}, h("button.message", { type: "button", onclick: () => this.act("select", entry.key) })),
      (item, entry) => {
        const button = /** @type {HTMLElement} */ (item.firstElementChild);
        const selected = state.selected === entry.key;
        const painted = [entry, state.decisions, state.saved[entry.key], tr.language];
        if (painted.some((value, i) => value !== this.#painted.get(item)?.[i])) {
          this.#painted.set(item, painted);
          this.#paint(button, state, entry, tr);
        }
        if (selected) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      },
    );
  }

  /** @param {string} key */
  reveal(key) {
    const item = [...this.list.children].find((child) => /** @type {HTMLElement} */ (child).dataset.key === key);
    item?.scrollIntoView({ block: "nearest" });
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
  const saved = state.saved[entry.key]?.status;
  /** @type {[string, string][]} */
  const found = [];
  if (saved === "refused" || saved === "failed") found.push(["failed", tr.t("list.refused")]);
  else if (saved) found.push(["saved", tr.t("list.saved")]);
  if (entry.summary?.flags.length) found.push(["damaged", tr.t("list.damaged")]);
  if (counts.undecided > 0) found.push(["undecided", tr.t("list.undecided", { n: counts.undecided })]);
  if (counts.redact > 0) found.push(["redact", tr.t("list.redact", { n: counts.redact })]);
  if (found.length === 0) found.push(["nothing", tr.t("list.nothing")]);
  return found;
}
