/** The help sheet; its keys come from the key table. */
import { fill, h } from "./dom.js";
import { KEYS, keyCap } from "./keys.js";

/** @import {Translator} from "./i18n.js" */

/**
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {{singles: boolean}} settings   changed in place
 * @param {() => void} openSilence
 */
export function openHelp(dialog, tr, settings, openSilence) {
  const singles = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
  singles.checked = settings.singles;
  singles.addEventListener("change", () => (settings.singles = singles.checked));
  const verbs = [...new Set(KEYS.map((key) => key.verb))];
  const sample = (/** @type {string} */ verdict, undecided = false) =>
    h("mark.finding", { "data-category": "name", "data-verdict": verdict, "data-undecided": undecided, "data-letter": tr.code("letter", "name"), "aria-hidden": "true" }, "Abc");
  fill(
    dialog,
    h("div.sheet-form", {},
      h("header.sheet-head", {}, h("h2", { id: "help-title" }, tr.t("help.title")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "help-title" },
        h("section", {}, h("button.button", { type: "button", onclick: () => (dialog.close(), openSilence()) }, tr.t("silence.title"), " …")),
        h("section", {}, h("h3", {}, tr.t("help.marks")),
          h("ul.plain", {},
            h("li", {}, sample("redact"), " ", tr.t("help.marks.redact")),
            h("li", {}, sample("keep"), " ", tr.t("help.marks.keep")),
            h("li", {}, sample("keep", true), " ", tr.t("help.marks.undecided")))),
        h("section", {}, h("h3", {}, tr.t("help.keys")), h("p.faint", {}, tr.t("help.keys.lead")),
          h("label.check", {}, singles, tr.t("help.keys.on")),
          h("dl.keys", {}, verbs.map((verb) => h("div", {},
            h("dt", {}, KEYS.filter((key) => key.verb === verb).flatMap((key) => key.keys).map((key) => h("kbd", {}, keyCap(key)))),
            h("dd", {}, tr.t(`key.${verb}`)))))),
      )),
  );
  dialog.showModal();
}

/**
 * Asks a question; resolves to whether it was answered with yes.
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {{question: string, yes: string}} words
 * @returns {Promise<boolean>}
 */
export function ask(dialog, tr, { question, yes }) {
  return new Promise((resolve) => {
    let answer = false;
    const say = (/** @type {boolean} */ value) => {
      answer = value;
      dialog.close();
    };
    fill(
      dialog,
      h("div.sheet-form", {},
        h("div.sheet-body", {}, h("p", { id: "ask-title" }, question)),
        h("footer.sheet-foot", {},
          h("button.button", { type: "button", onclick: () => say(false) }, tr.t("cancel")),
          h("button.button.primary", { type: "button", onclick: () => say(true) }, yes))),
    );
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
  });
}
