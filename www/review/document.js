/**
 * The message in the middle: its places in order, original and copy side by side. Built once for a
 * message; decisions only repaint the marks.
 */
import { fill, h, visibleText } from "../dom.js";
import { entityOf, findingKey, findingsIn, isUndecided, labelOf, verdictOf } from "../verdicts.js";
import { blocksOf, inOrder, piecesOf } from "./blocks.js";
import { makeMark, paintMark } from "./marks.js";
import { partsSection } from "./parts.js";
import { placeName, sectionsOf } from "./sections.js";

/** @import {Category, Finding, Message, View} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */
/** @import {Mark} from "./marks.js" */
/** @import {Section} from "./sections.js" */

/** Blocks of one view that are built at first; the rest follow on request or when a finding is there. */
const FIRST = 300;

export class DocumentPane {
  /** @type {Mark[]} In the order of the document. */ marks = [];
  /** @type {Map<string, Mark>} */ #byKey = new Map();
  /** @type {Map<HTMLElement, () => void>} */ #unbuilt = new Map();
  /** @type {{message: Message, language: string, added: unknown} | null} */ #shown = null;
  /** @type {((state: State, tr: Translator) => void)[]} */ #painters = [];

  /**
   * @param {HTMLElement} element
   * @param {(entity: string) => Category} categoryOf
   * @param {(verb: string, detail?: any) => void} act
   */
  constructor(element, categoryOf, act) {
    this.element = element;
    this.categoryOf = categoryOf;
    this.act = act;
    element.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target).closest("[data-finding]");
      if (!(target instanceof HTMLElement) || String(getSelection()) !== "") return;
      const key = target.dataset.finding ?? "";
      // The first click shows what it is, the next one changes it.
      if (target.hasAttribute("data-current")) act("toggle");
      else act("focus", key);
    });
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Message} message
   */
  update(state, tr, message) {
    const added = state.added.get(state.selected ?? "");
    if (this.#shown?.message !== message || this.#shown.language !== tr.language || this.#shown.added !== added) {
      const stays = this.#shown?.message === message;
      const { scrollTop } = this.element;
      this.#build(message, tr, (view) => findingsIn(state, state.selected ?? "", view));
      this.element.scrollTop = stays ? scrollTop : 0;
      this.#shown = { message, language: tr.language, added };
    }
    this.element.dataset.mode = state.mode;
    const file = state.selected ?? "";
    for (const mark of this.marks) {
      const proposal = { ...mark.finding, key: mark.key };
      paintMark(mark, {
        verdict: verdictOf(state, file, proposal).verdict,
        undecided: isUndecided(state, file, proposal),
        current: state.focus === mark.key,
        label: labelOf(state, mark.finding.entity, entityOf(state, mark.finding)),
      }, tr);
    }
    for (const paint of this.#painters) paint(state, tr);
    const reachable = this.#byKey.get(state.focus ?? "") ?? this.marks[0];
    for (const mark of this.marks) {
      mark.original.tabIndex = mark === reachable ? 0 : -1;
      mark.copy.tabIndex = mark === reachable && state.mode === "redacted" ? 0 : -1;
    }
  }

  /** Forgets the message, so that the next is built even if it is the same. */
  clear() {
    this.#shown = null;
    this.marks = [];
    this.#byKey.clear();
  }

  /**
   * Brings a finding into sight and gives it the focus.
   * @param {string} key
   * @param {string} mode
   * @returns {boolean} whether it is there
   */
  reveal(key, mode) {
    const mark = this.#byKey.get(key);
    if (!mark) return false;
    const element = mode === "redacted" ? mark.copy : mark.original;
    this.#unbuilt.get(element)?.();
    const details = element.closest("details");
    if (details) details.open = true;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  /**
   * Brings a finding into what is left of the room, once the card has taken its part of it.
   * @param {string} key
   * @param {string} mode
   */
  uncover(key, mode) {
    const mark = this.#byKey.get(key);
    const element = mode === "redacted" ? mark?.copy : mark?.original;
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /**
   * @param {Message} message
   * @param {Translator} tr
   * @param {(view: View) => Finding[]} findingsOfView
   */
  #build(message, tr, findingsOfView) {
    message = { ...message, views: message.views.map((view) => ({ ...view, findings: findingsOfView(view) })) };
    this.marks = [];
    this.#byKey.clear();
    this.#unbuilt.clear();
    this.#painters = [];
    const known = sectionsOf(message);
    const more = known.at(-1)?.id === "more";
    const sections = known.map((section) => this.#section(section, tr));
    const parts = partsSection(message, tr, this.act);
    if (parts) {
      sections.splice(more ? -1 : sections.length, 0, parts.element);
      this.#painters.push(parts.paint);
    }
    fill(
      this.element,
      h("div.columns", { "aria-hidden": "true" }, h("span.of-original", {}, tr.t("doc.original")), h("span.of-copy", {}, tr.t("doc.copy"))),
      sections,
    );
  }

  /**
   * @param {Section} section
   * @param {Translator} tr
   */
  #section(section, tr) {
    const count = section.views.reduce((sum, view) => sum + view.findings.length, 0);
    const title = h(
      "summary", {},
      h("h2", {}, tr.t(section.title, section.values)),
      section.part && section.shape === "text" ? h("span.faint", {}, tr.t("section.part", { part: section.part })) : null,
      count > 0 ? h("span.count", {}, tr.t("section.findings", { n: count })) : null,
    );
    const rows = section.views.flatMap((view) =>
      section.shape === "text" ? this.#text(view, tr) : [this.#field(view, section.shape, tr)],
    );
    return h("details", { class: `section ${section.shape}`, open: section.open }, title, rows);
  }

  /**
   * One row: the name of the place, its value, and the value in the copy.
   * @param {View} view
   * @param {string} shape
   * @param {Translator} tr
   */
  #field(view, shape, tr) {
    const findings = inOrder(view.text, view.findings);
    const range = shape === "hidden" ? excerpt(view.text, findings) : { start: 0, end: view.text.length };
    const [original, copy] = this.#pair(view, range, findings, tr);
    const name = placeName(view);
    return h(
      "div.row.field", {},
      h("div.field-name", {}, shape === "hidden" ? h("span.faint.block", {}, tr.code("place", view.place.kind)) : null, name),
      original, copy,
    );
  }

  /**
   * @param {View} view
   * @param {Translator} tr
   * @returns {HTMLElement[]}
   */
  #text(view, tr) {
    const findings = inOrder(view.text, view.findings);
    const blocks = blocksOf(view.text, findings);
    if (blocks.length === 0) return [h("p.faint", {}, tr.t("doc.empty"))];
    const rows = (/** @type {typeof blocks} */ some) => {
      const built = [];
      let next = 0;
      for (const block of some) {
        while (next < findings.length && /** @type {Finding} */ (findings[next]).start < block.start) next += 1;
        let last = next;
        while (last < findings.length && /** @type {Finding} */ (findings[last]).start < block.end) last += 1;
        built.push(h("div.row", {}, this.#pair(view, block, findings.slice(next, last), tr)));
        next = last;
      }
      return built;
    };
    const first = rows(blocks.slice(0, FIRST));
    const rest = blocks.slice(FIRST);
    if (rest.length === 0) return first;
    // The marks of what is not shown yet exist, so that they are counted, painted and found.
    const later = rows(rest);
    const more = h("button.button.more", { type: "button" }, tr.t("doc.rest", { n: rest.length }));
    const show = () => {
      for (const row of later) for (const mark of row.querySelectorAll("[data-finding]")) this.#unbuilt.delete(/** @type {HTMLElement} */ (mark));
      more.replaceWith(...later);
    };
    more.addEventListener("click", show);
    for (const row of later) for (const mark of row.querySelectorAll("[data-finding]")) this.#unbuilt.set(/** @type {HTMLElement} */ (mark), show);
    return [...first, more];
  }

  /**
   * The two columns of a range.
   * @param {View} view
   * @param {{start: number, end: number}} range
   * @param {Finding[]} findings   in order
   * @param {Translator} tr
   */
  #pair(view, range, findings, tr) {
    const original = h("div.cell.of-original", { dir: "auto", "data-view": view.id, "data-start": range.start });
    const copy = h("div.cell.of-copy", { dir: "auto" });
    for (const piece of piecesOf(view.text, range, findings)) {
      if (typeof piece === "string") {
        original.append(visibleText(piece));
        copy.append(visibleText(piece));
        continue;
      }
      const key = findingKey(view.id, piece);
      const mark = makeMark(key, piece, view.text.slice(piece.start, piece.end), this.categoryOf(piece.entity), tr);
      this.marks.push(mark);
      this.#byKey.set(key, mark);
      original.append(mark.original);
      copy.append(mark.copy);
    }
    return [original, copy];
  }
}

/**
 * The part of a long hidden text that has findings in it, with something around them.
 * @param {string} text
 * @param {Finding[]} findings   in order
 */
function excerpt(text, findings) {
  const around = 80;
  const start = Math.max(0, (findings[0]?.start ?? 0) - around);
  const end = Math.min(text.length, (findings.at(-1)?.end ?? text.length) + around);
  return { start, end };
}
