/**
 * The range of a finding, to be moved: by keys while it has the focus, and by buttons. What it is at
 * each moment stands in it with some text around.
 */
import { fill, h, visibleText } from "../dom.js";

/** @import {Translator} from "../i18n.js" */

/** UTF-16 units that are shown on each side. */
const AROUND = 32;

/** @typedef {"start" | "end"} Side */

/**
 * @param {HTMLElement} element   filled; takes the focus
 * @param {Translator} tr
 * @param {{text: string, start: number, end: number}} given   a view's text, UTF-16 units
 * @param {{apply: (start: number, end: number) => void, cancel: () => void, say: (text: string) => void}} verbs
 */
export function editRange(element, tr, given, { apply, cancel, say }) {
  const { text } = given;
  let { start, end } = given;
  const shown = h("p.range-text", { dir: "auto" });
  const paint = () => {
    fill(shown, `${start > AROUND ? "…" : ""}${visibleText(text.slice(Math.max(0, start - AROUND), start))}`,
      h("mark.range-mark", {}, visibleText(text.slice(start, end))),
      `${visibleText(text.slice(end, end + AROUND))}${end + AROUND < text.length ? "…" : ""}`);
  };
  const move = (/** @type {Side} */ side, /** @type {1 | -1} */ by, word = false) => {
    const from = side === "start" ? start : end;
    const to = word ? wordFrom(text, from, by) : unitFrom(text, from, by);
    if (side === "start") start = Math.max(0, Math.min(to, end - 1));
    else end = Math.min(text.length, Math.max(to, start + 1));
    paint();
    say(text.slice(start, end));
  };
  const button = (/** @type {Side} */ side, /** @type {1 | -1} */ by, word = false) =>
    h("button.icon.range-step", {
      type: "button", "aria-label": tr.t(`range.${side}.${by < 0 ? "left" : "right"}${word ? ".word" : ""}`), title: tr.t(`range.${side}.${by < 0 ? "left" : "right"}${word ? ".word" : ""}`),
      onclick: () => move(side, by, word),
    }, word ? (by < 0 ? "⇤" : "⇥") : by < 0 ? "←" : "→");
  const side = (/** @type {Side} */ name) =>
    h("div.range-side", { role: "group", "aria-label": tr.t(`range.${name}`) },
      h("span.faint", {}, tr.t(`range.${name}`)), button(name, -1, true), button(name, -1), button(name, 1), button(name, 1, true));
  const box = h("div.range", { tabindex: -1, role: "group", "aria-label": tr.t("range.title"), "aria-describedby": "range-keys" },
    h("h3.small-title", {}, tr.t("range.title")), shown, side("start"), side("end"),
    h("p.faint.range-keys", { id: "range-keys" }, tr.t("range.keys")),
    h("div.field-buttons", {},
      h("button.button.small.primary", { type: "button", onclick: () => apply(start, end) }, tr.t("range.apply")),
      h("button.button.small", { type: "button", onclick: cancel }, tr.t("cancel"))));
  box.addEventListener("keydown", (event) => {
    const onButton = event.target instanceof HTMLButtonElement;
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (by !== 0 && !event.altKey && !event.metaKey) move(event.shiftKey ? "start" : "end", by, event.ctrlKey);
    else if (event.key === "Enter" && !onButton) apply(start, end);
    else if (event.key === "Escape") cancel();
    else {
      // No key of the review acts while its finding is in the making.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  paint();
  fill(element, box);
  box.focus();
}

/**
 * The next place between two characters; a surrogate pair is one.
 * @param {string} text
 * @param {number} at
 * @param {1 | -1} by
 */
export function unitFrom(text, at, by) {
  const to = Math.max(0, Math.min(text.length, at + by));
  const inside = /[\ud800-\udbff]/.test(text[to - 1] ?? "") && /[\udc00-\udfff]/.test(text[to] ?? "");
  return inside ? to + by : to;
}

/**
 * The next edge of a word.
 * @param {string} text
 * @param {number} at
 * @param {1 | -1} by
 */
export function wordFrom(text, at, by) {
  const isWord = (/** @type {number} */ i) => /[\p{L}\p{N}\ud800-\udfff]/u.test(text[by > 0 ? i : i - 1] ?? "");
  const inside = (/** @type {number} */ i) => (by > 0 ? i < text.length : i > 0);
  while (inside(at) && !isWord(at)) at += by;
  while (inside(at) && isWord(at)) at += by;
  return at;
}
