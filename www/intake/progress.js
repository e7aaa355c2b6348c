/** The strip that shows how far reading is. It stays away for half a second: most reading is over by then. */
import { fill, h } from "../dom.js";
import { entriesOf } from "../state.js";

/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */

const DELAY = 500;

export class Progress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #due = false;

  /**
   * @param {HTMLElement} element
   * @param {(verb: string) => void} act
   * @param {() => void} redraw
   */
  constructor(element, act, redraw) {
    this.element = element;
    this.redraw = redraw;
    this.title = h("strong");
    this.counts = h("span.faint");
    this.bar = h("progress");
    this.cancel = h("button.button.small", { type: "button", onclick: () => act("cancel") });
    fill(element, h("div.progress-words", {}, this.title, this.counts), this.bar, this.cancel);
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   */
  update(state, tr) {
    const open = entriesOf(state, "waiting", "reading").length;
    if (open === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#due = false;
      this.element.hidden = true;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#due = true;
      this.redraw();
    }, DELAY);
    this.element.hidden = !this.#due;
    if (!this.#due) return;
    const n = entriesOf(state).length - entriesOf(state, "cancelled").length;
    const done = n - open;
    const failed = entriesOf(state, "failed").length;
    const read = entriesOf(state, "read");
    const findings = read.reduce((sum, entry) => sum + (entry.summary?.findings.length ?? 0), 0);
    this.title.textContent = tr.t("reading.title", { n });
    this.counts.textContent = [
      tr.t("reading.count", { done, n }),
      tr.t("reading.findings", { n: findings }),
      failed > 0 ? tr.t("reading.failed", { n: failed }) : "",
      read.length > 0 ? tr.t("reading.now") : "",
    ].filter(Boolean).join(" · ");
    this.bar.setAttribute("max", String(n));
    this.bar.setAttribute("value", String(done));
    this.bar.setAttribute("aria-label", this.title.textContent);
    this.cancel.textContent = tr.t("cancel");
  }
}
