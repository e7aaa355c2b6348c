/**
 * A list of which only the rows in sight are built, however long it is. All rows have the height that
 * the style sheet gives them; the list is as high as all of them together, so the scroll bar is true.
 */
import { keyed } from "./dom.js";

/** Rows that are built above and below those in sight, so that Tab finds the next one. */
const MARGIN = 6;

/**
 * @template T
 */
export class Rows {
  /** @type {T[]} */ #items = [];
  #height = 0;
  #queued = false;

  /**
   * @param {HTMLElement} scroller   a positioned ancestor that scrolls
   * @param {HTMLElement} list
   * @param {object} given
   * @param {(item: T) => string} given.keyOf
   * @param {(item: T) => HTMLElement} given.make
   * @param {(element: HTMLElement, item: T) => void} given.update
   */
  constructor(scroller, list, { keyOf, make, update }) {
    this.scroller = scroller;
    this.list = list;
    this.keyOf = keyOf;
    this.make = make;
    this.paint = update;
    list.classList.add("rows");
    scroller.addEventListener("scroll", () => this.#soon(), { passive: true });
    new ResizeObserver(() => {
      this.#height = 0;
      this.#soon();
    }).observe(scroller);
  }

  /** @param {T[]} items */
  update(items) {
    this.#items = items;
    this.#render();
  }

  /**
   * Scrolls until a row is in sight.
   * @param {string} key
   */
  reveal(key) {
    const at = this.#items.findIndex((item) => this.keyOf(item) === key);
    if (at < 0 || this.#height === 0) return;
    const top = this.list.offsetTop + at * this.#height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top - this.#height / 2;
    else if (top + this.#height > scrollTop + clientHeight) this.scroller.scrollTop = top + this.#height * 1.5 - clientHeight;
    this.#render();
  }

  #soon() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => {
      this.#queued = false;
      this.#render();
    });
  }

  #render() {
    const items = this.#items;
    if (items.length === 0 || this.scroller.clientHeight === 0) {
      if (items.length === 0) this.list.replaceChildren();
      this.list.style.height = "0";
      return;
    }
    if (this.#height === 0) {
      this.#show([0]);
      this.#height = this.list.firstElementChild?.getBoundingClientRect().height || 1;
    }
    this.list.style.height = `${items.length * this.#height}px`;
    const above = Math.max(0, this.scroller.scrollTop - this.list.offsetTop);
    const first = Math.max(0, Math.floor(above / this.#height) - MARGIN);
    const last = Math.min(items.length, Math.ceil((above + this.scroller.clientHeight) / this.#height) + MARGIN);
    const shown = [];
    for (let i = first; i < last; i++) shown.push(i);
    // The row that has the focus stays, wherever it is, lest the focus be lost.
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.closest(".rows > *") : null;
    if (focused?.parentElement === this.list) {
      const key = /** @type {HTMLElement} */ (focused).dataset.key;
      const at = items.findIndex((item) => this.keyOf(item) === key);
      if (at >= 0 && at < first) shown.unshift(at);
      else if (at >= last) shown.push(at);
    }
    this.#show(shown);
  }

  /** @param {number[]} indices */
  #show(indices) {
    keyed(
      this.list, indices, (i) => this.keyOf(/** @type {T} */ (this.#items[i])),
      (i) => this.make(/** @type {T} */ (this.#items[i])),
      (element, i) => {
        element.style.top = `${i * this.#height}px`;
        element.setAttribute("aria-posinset", String(i + 1));
        element.setAttribute("aria-setsize", String(this.#items.length));
        this.paint(element, /** @type {T} */ (this.#items[i]));
      },
    );
  }
}
