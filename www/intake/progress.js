/** The strip that shows how far reading is. It stays away for half a second: most reading is over by then. */
import { fill, h } from "../dom.js";

/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */

const DELAY = 500;

export class Progress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #due = false;
  /** @type {{time: number, n: number, open: number} | null} */ #since = null;

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
    const { tally } = state;
    const open = tally.waiting + tally.reading;
    if (open === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#due = false;
      this.#since = null;
      this.element.hidden = true;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#due = true;
      this.redraw();
    }, DELAY);
    this.element.hidden = !this.#due;
    if (!this.#due) return;
    const n = state.order.length - tally.cancelled;
    const done = n - open;
    const rate = this.#rate(n, open);
    this.title.textContent = tr.t("reading.title", { n });
    this.counts.textContent = [
      tr.t("reading.count", { done, n }),
      rate.persecond >= 1 ? tr.t("reading.rate", { n: Math.round(rate.persecond) }) : "",
      rate.left > 5 ? tr.t("reading.left", { time: tr.duration(rate.left) }) : "",
      tally.failed > 0 ? tr.t("reading.failed", { n: tally.failed }) : "",
      tally.read > 0 ? tr.t("reading.now") : "",
    ].filter(Boolean).join(" · ");
    this.bar.setAttribute("max", String(n));
    this.bar.setAttribute("value", String(done));
    this.bar.setAttribute("aria-label", this.title.textContent);
    this.cancel.textContent = tr.t("cancel");
  }

  /**
   * Messages a second and seconds left, judged by what was read since the last files came.
   * @param {number} n
   * @param {number} open
   */
  #rate(n, open) {
    const time = performance.now();
    if (this.#since?.n !== n) this.#since = { time, n, open };
    const seconds = (time - this.#since.time) / 1000;
    const persecond = seconds < 2 ? 0 : (this.#since.open - open) / seconds;
    return { persecond, left: persecond > 0 ? open / persecond : 0 };
  }
}
