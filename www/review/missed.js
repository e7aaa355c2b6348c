/**
 * Marking what was missed: text that is selected in the original, or typed. It is redacted wherever it
 * occurs, by a list of the policy, or in this message alone, or at exactly this place.
 */
import { fill, h, visibleText } from "../dom.js";
import { scan } from "../scan.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Entity, Message} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Library} from "../library.js" */
/** @import {Place} from "../scan.js" */
/** @import {State} from "../state.js" */

/** UTF-16 units of a value at most. */
const LONGEST = 200;

/** Milliseconds of rest after which what was typed is searched. */
const REST = 350;

/**
 * The text that is selected in the original, or nothing; and where it is, if that is one place.
 * @param {HTMLElement} doc
 * @returns {{text: string, place: Place | null}}
 */
export function selectedText(doc) {
  const nothing = { text: "", place: null };
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return nothing;
  const range = selection.getRangeAt(0);
  const [from, to] = [cellOf(range.startContainer), cellOf(range.endContainer)];
  if (!from || !to || !doc.contains(from)) return nothing;
  const view = from.dataset.view ?? "";
  const text = range.cloneContents().textContent ?? "";
  const [before, behind] = [text.length - text.trimStart().length, text.length - text.trimEnd().length];
  const start = offsetIn(from, range.startContainer, range.startOffset) + before;
  const end = offsetIn(to, range.endContainer, range.endOffset) - behind;
  const place = view === to.dataset.view && start < end ? { view, start, end } : null;
  // A selection over several blocks holds their copies, too: then the text is what the browser says.
  return { text: tidy(from === to ? text : selection.toString()), place };
}

/** @param {Node} node */
function cellOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return /** @type {HTMLElement | null} */ (element?.closest(".of-original[data-view]") ?? null);
}

/**
 * UTF-16 units of the view's text before a place in a cell.
 * @param {HTMLElement} cell
 * @param {Node} node
 * @param {number} offset
 */
function offsetIn(cell, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(cell);
  before.setEnd(node, offset);
  return Number(cell.dataset.start) + before.toString().length;
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
      const { text } = selectedText(doc);
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
 * @param {object} given
 * @param {{text: string, place: Place | null}} given.selected
 * @param {Message | undefined} given.message       that is shown
 * @param {string | null} given.file                its key
 * @param {Entity[]} given.entities
 * @param {() => State} given.state
 * @param {CoreClient} given.client
 * @param {Library} given.library
 * @param {(list: "always" | "never", value: string) => void} given.add
 * @param {(places: Place[], entity: string | undefined) => void} given.mark   in the message that is shown
 */
export function openMissed(dialog, tr, { selected, message, file, entities, state, client, library, add, mark }) {
  const input = /** @type {HTMLInputElement} */ (
    h("input.entry-field", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: LONGEST, dir: "auto", "aria-describedby": "missed-count missed-hint", required: true })
  );
  input.value = visibleText(selected.text);
  const type = /** @type {HTMLSelectElement} */ (h("select.entry-field", {},
    h("option", { value: "" }, tr.t("missed.type.auto")), entities.map(({ entity }) => h("option", { value: entity }, tr.code("entity", entity)))));
  const count = h("p.missed-count", { id: "missed-count", role: "status" });
  const inMessage = h("button.button", { type: "button", hidden: true, onclick: () => markIn(places) });
  const here = h("button.button", { type: "button", hidden: true, onclick: () => selected.place && markIn([selected.place]) }, tr.t("missed.here"));
  /** @type {Place[]} */
  let places = [];
  let searching = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  dialog.addEventListener("close", () => (clearTimeout(rest), searching.abort()), { once: true });

  const viewOf = (/** @type {Place} */ { view }) => message?.views.find((one) => String(one.id) === String(view));
  const markIn = (/** @type {Place[]} */ some) => {
    // What the message shows no text of cannot be marked by itself.
    const known = some.flatMap((place) => {
      const view = viewOf(place);
      return view ? [{ ...place, view: view.id }] : [];
    });
    if (known.length === 0) return input.focus();
    dialog.close();
    mark(known, type.value || undefined);
  };
  const search = async () => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const value = tidy(input.value);
    here.hidden = selected.place === null || value !== tidy(visibleText(selected.text)) || !viewOf(selected.place);
    inMessage.hidden = true;
    count.textContent = "";
    if (value.length < 2) return;
    try {
      if (file !== null) {
        places = (await client.occurrences(signal, library.file(file), value)).filter(viewOf);
        inMessage.hidden = places.length === 0;
        inMessage.textContent = tr.t("missed.message", { n: places.length });
      }
      await scan(signal, { state, client, library }, value, ({ done, total, times, files }) => {
        count.textContent = done < total ? tr.t("missed.searching", { done, n: total }) : tr.t("missed.count", { n: times, messages: tr.t("missed.messages", { n: files.length }) });
      });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  const finish = (/** @type {"always" | "never"} */ list) => {
    const value = tidy(input.value);
    if (value.length < 2) return input.focus();
    dialog.close();
    add(list, value);
  };
  input.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(search, REST);
  });
  fill(
    dialog,
    h("form.sheet-form", { onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); finish("always"); } },
      h("header.sheet-head", {}, h("h2", { id: "missed-title" }, tr.t("missed.title")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", {},
        h("label.field-list", {}, h("span.legend", {}, tr.t("missed.value")), input),
        count,
        h("div.missed-choices", {},
          h("button.button.primary", { type: "submit" }, tr.t("missed.redact")),
          inMessage, here,
          h("button.button.plain", { type: "button", onclick: () => finish("never") }, tr.t("missed.keep"))),
        h("label.field-list.missed-type", {}, h("span.faint", {}, tr.t("missed.type")), type),
        h("p.faint", { id: "missed-hint" }, tr.t("missed.hint"))),
      h("footer.sheet-foot", {}, h("button.button", { type: "button", onclick: () => dialog.close() }, tr.t("cancel")))),
  );
  dialog.showModal();
  input.focus();
  input.select();
  search();
}
