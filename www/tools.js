/** The tools in the bar that act on everything loaded. */
import { fill, h } from "./dom.js";

/** @import {Translator} from "./i18n.js" */
/** @import {State} from "./state.js" */

const PANES = /** @type {const} */ (["messages", "queue", "entities"]);

export class Tools {
  /** @type {unknown[]} */ #shown = [];

  /**
   * @param {HTMLElement} element
   * @param {(verb: string, detail?: any) => void} act
   */
  constructor(element, act) {
    this.element = element;
    this.act = act;
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {number} open   findings that are still to be looked at
   */
  update(state, tr, open) {
    const { read } = state.tally;
    const shown = [state.order.length > 0, state.pane, state.past.length > 0, state.future.length > 0, read > 0, open, tr.language];
    if (shown.every((value, i) => value === this.#shown[i])) return;
    this.#shown = shown;
    const focused = /** @type {HTMLElement | null} */ (this.element.querySelector(":focus"))?.dataset.verb;
    const button = (/** @type {string} */ verb, /** @type {string} */ text, kind = "quiet", disabled = false) =>
      h("button.button", { type: "button", class: kind, disabled, "data-verb": verb, onclick: () => this.act(verb) }, text);
    const icon = (/** @type {string} */ verb, /** @type {string} */ sign, /** @type {boolean} */ disabled) =>
      h("button.icon.step", { type: "button", "aria-label": tr.t(verb), title: tr.t(verb), disabled, "data-verb": verb, onclick: () => this.act(verb) }, sign);
    if (state.order.length === 0) return fill(this.element);
    fill(
      this.element,
      h("div.segments", { role: "radiogroup", "aria-label": tr.t("pane") },
        PANES.map((pane) => h("label", {},
          h("input", { type: "radio", name: "pane", checked: state.pane === pane, "data-verb": `pane.${pane}`, onchange: () => this.act("pane", pane) }),
          h("span", {}, pane === "queue" ? tr.t("pane.queue", { n: open }) : tr.t(`pane.${pane}`))))),
      h("span.gap"),
      button("choose", tr.t("add")),
      button("choose.folder", tr.t("add.folder")),
      button("policy", tr.t("policy")),
      button("work", tr.t("work")),
      h("span.gap"),
      icon("undo", "↶", state.past.length === 0),
      icon("redo", "↷", state.future.length === 0),
      h("span.gap"),
      button("startover", tr.t("startover")),
      button("save", tr.t("save"), "primary", read === 0),
    );
    if (focused) /** @type {HTMLElement | null} */ (this.element.querySelector(`[data-verb="${focused}"]:enabled`))?.focus();
  }
}
