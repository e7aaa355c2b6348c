/** Marks: one finding in the original, and what stands in its place in the copy. */
import { h, visibleText } from "../dom.js";

/** @import {Category, Finding, Verdict} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */

/**
 * @typedef {object} Mark
 * @property {string} key
 * @property {Finding} finding
 * @property {string} text            the value
 * @property {HTMLElement} original
 * @property {HTMLElement} copy
 */

/**
 * @param {string} key
 * @param {Finding} finding
 * @param {string} text
 * @param {Category} category
 * @param {Translator} tr
 * @returns {Mark}
 */
export function makeMark(key, finding, text, category, tr) {
  const properties = { role: "button", tabindex: -1, "data-finding": key, "data-category": category };
  return {
    key,
    finding,
    text,
    original: h("mark.finding", { ...properties, "data-letter": tr.code("letter", category) }, visibleText(text)),
    copy: h("mark.finding.copy", properties),
  };
}

/**
 * Shows what will be done with a finding. Idempotent.
 * @param {Mark} mark
 * @param {{verdict: Verdict, undecided: boolean, current: boolean, label: string}} is
 * @param {Translator} tr
 */
export function paintMark(mark, { verdict, undecided, current, label }, tr) {
  const { finding, original, copy } = mark;
  const text = mark.text.replace(/\s+/g, " ");
  const type = tr.code("entity", finding.entity);
  const confidence = tr.code("confidence", finding.confidence);
  for (const element of [original, copy]) {
    element.dataset.verdict = verdict;
    element.toggleAttribute("data-undecided", undecided);
    element.toggleAttribute("data-current", current);
    element.setAttribute("aria-pressed", String(verdict === "redact"));
  }
  original.setAttribute("aria-label", tr.t(`mark.${verdict}`, { type, confidence, text }));
  copy.setAttribute("aria-label", tr.t(`mark.${verdict}`, { type, confidence, text: verdict === "redact" ? label : text }));
  const shown = verdict === "redact" ? label : visibleText(mark.text);
  if (copy.textContent !== shown) copy.textContent = shown;
}
