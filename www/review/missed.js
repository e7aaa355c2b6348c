/**
 * Marking what was missed: text that is selected in the original, or typed, goes on a list of the
 * policy and is redacted, or kept, wherever it occurs.
 */
import { fill, h, visibleText } from "../dom.js";

/** @import {Translator} from "../i18n.js" */

/** UTF-16 units of a value at most. */
const LONGEST = 200;

/**
 * The text that is selected in the original, or nothing.
 * @param {HTMLElement} doc
 */
export function selectedText(doc) {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return "";
  const node = selection.getRangeAt(0).commonAncestorContainer;
  const element = node instanceof Element ? node : node.parentElement;
  if (!element?.closest(".of-original") || !doc.contains(element)) return "";
  return tidy(selection.toString());
}

/** @param {string} text */
export function tidy(text) {
  return text.replace(/[\s\u200b\ufeff]+/g, " ").trim().slice(0, LONGEST);
}

/** The button that stands beside a selection. */
export class MissedButton {
  /**
   * @param {HTMLElement} doc
   * @param {HTMLElement} parent
   * @param {(verb: string) => void} act
   * @param {() => Translator} tr
   */
  constructor(doc, parent, act, tr) {
    this.button = h("button.button.primary.missed", { type: "button", hidden: true, onclick: () => act("missed") });
    parent.append(this.button);
    // A press on the button must not end the selection that it is about.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    const place = () => {
      const text = selectedText(doc);
      this.button.hidden = text === "";
      if (text === "") return;
      const box = getSelection()?.getRangeAt(0).getBoundingClientRect();
      if (!box) return;
      fill(this.button, tr().t("missed.button"), " ", h("kbd", { "aria-hidden": "true" }, "m"));
      const { width, height } = this.button.getBoundingClientRect();
      this.button.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
      this.button.style.top = `${box.top > height + 12 ? box.top - height - 6 : box.bottom + 6}px`;
    };
    document.addEventListener("selectionchange", place);
    doc.addEventListener("scroll", place, { passive: true });
  }
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {string} text
 * @param {(list: "always" | "never", value: string) => void} add
 */
export function openMissed(dialog, tr, text, add) {
  const input = /** @type {HTMLInputElement} */ (
    h("input.entry-field", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: LONGEST, dir: "auto", "aria-describedby": "missed-hint", required: true })
  );
  input.value = visibleText(text);
  const finish = (/** @type {"always" | "never"} */ list) => {
    const value = tidy(input.value);
    if (value.length < 2) {
      input.focus();
      return;
    }
    dialog.close();
    add(list, value);
  };
  fill(
    dialog,
    h("form.sheet-form", { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); finish("always"); } },
      h("header.sheet-head", {}, h("h2", { id: "missed-title" }, tr.t("missed.title")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", {},
        h("label.field-list", {}, h("span.legend", {}, tr.t("missed.value")), input),
        h("p.faint", { id: "missed-hint" }, tr.t("missed.hint"))),
      h("footer.sheet-foot", {},
        h("button.button", { type: "button", onclick: () => dialog.close() }, tr.t("cancel")),
        h("button.button", { type: "button", onclick: () => finish("never") }, tr.t("missed.keep")),
        h("button.button.primary", { type: "submit" }, tr.t("missed.redact"))),
    ),
  );
  dialog.showModal();
  input.focus();
  input.select();
}
