/** The card of a finding: what it is, why it was found, what becomes of it; and the message's values. */
import { fill, h, keyed, visibleText } from "../dom.js";
import { entityOf, isUndecided, labelOf, verdictOf } from "../verdicts.js";
import { editRange } from "./range.js";
import { placeName } from "./sections.js";

/** @import {Category, Entity, Message, View} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */
/** @import {Mark} from "./marks.js" */

export class Card {
  /** @type {unknown[]} */ #shown = [];
  /** @type {(() => void) | null} What opens the range of the finding that is shown. */ #open = null;

  /**
   * @param {HTMLElement} element
   * @param {object} given
   * @param {(entity: string) => Category} given.categoryOf
   * @param {() => Entity[]} given.entities
   * @param {(verb: string, detail?: any) => void} given.act
   */
  constructor(element, { categoryOf, entities, act }) {
    this.categoryOf = categoryOf;
    this.entities = entities;
    this.act = act;
    this.card = h("section.card", { "aria-labelledby": "card-title" });
    this.values = h("ul.values");
    this.valuesTitle = h("h2.small-title");
    fill(element, this.card, h("section.values-box", {}, this.valuesTitle, this.values));
  }

  /** Has the range of the finding edited. */
  editRange() {
    this.#open?.();
  }

  /** Has the type of the finding chosen. */
  chooseType() {
    const select = this.card.querySelector("select");
    select?.focus();
    try {
      select?.showPicker();
    } catch {
      // It is not shown yet, or the browser has none: it has the focus all the same.
    }
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Message} message
   * @param {Mark[]} marks            of the message, in order
   * @param {(entityKey: string) => number} timesOf   how often an entity occurs in everything loaded
   */
  update(state, tr, message, marks, timesOf) {
    const mark = marks.find((candidate) => candidate.key === state.focus);
    const file = state.selected ?? "";
    const decision = mark && verdictOf(state, file, { key: mark.key, ...mark.finding });
    const shown = [message, mark?.key, mark?.finding, decision?.verdict, decision?.byHand, state.people, state.policy, tr.language];
    if (shown.some((value, i) => value !== this.#shown[i])) {
      this.#shown = shown;
      this.#fillCard(state, tr, message, mark, timesOf);
    }
    this.#fillValues(state, tr, marks);
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Message} message
   * @param {Mark | undefined} mark
   * @param {(entityKey: string) => number} timesOf
   */
  #fillCard(state, tr, message, mark, timesOf) {
    const { act } = this;
    this.card.toggleAttribute("data-filled", mark !== undefined);
    this.#open = null;
    if (!mark) {
      fill(this.card, h("h2.small-title", { id: "card-title" }, tr.t("card.title")), h("p.faint", {}, tr.t("card.none")));
      return;
    }
    const { finding } = mark;
    const proposal = { key: mark.key, ...finding };
    const { verdict, byHand } = verdictOf(state, state.selected ?? "", proposal);
    const undecided = isUndecided(state, state.selected ?? "", proposal);
    const view = message.views.find((candidate) => mark.key.startsWith(`${candidate.id}:`));
    const entityKey = entityOf(state, finding);
    const times = timesOf(entityKey);
    const isHand = finding.rule === "hand";
    const range = h("div.card-range");
    this.#open = view === undefined ? null : () => editRange(range, tr, { text: view.text, start: finding.start, end: finding.end }, {
      apply: (start, end) => act("range.set", { mark, view, start, end }),
      cancel: () => {
        fill(range);
        /** @type {HTMLElement | null} */ (this.card.querySelector("[data-verb=range]"))?.focus();
      },
      say: (text) => act("say", text),
    });
    const type = /** @type {HTMLSelectElement} */ (h("select.entry-field.card-type", { "data-verb": "type", "aria-keyshortcuts": "t", onchange: () => act("retype", { mark, view, entity: type.value }) },
      this.entities().map(({ entity }) => h("option", { value: entity, selected: entity === finding.entity }, tr.code("entity", entity)))));
    const had = this.card.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.verb : null;
    const choice = (/** @type {"redact" | "keep"} */ to, /** @type {string} */ key) =>
      h("button", {
        type: "button", "aria-pressed": String(verdict === to && !undecided), "data-verb": to, "aria-keyshortcuts": key,
        onclick: () => act("decide", to),
      }, tr.t(`card.${to}`), h("kbd", { "aria-hidden": "true" }, key));
    const evidence = finding.evidence.map((code) => tr.code("evidence", code)).join("; ");
    fill(
      this.card,
      h("div.card-head", {},
        h("h2", { id: "card-title" },
          h("span.swatch", { "data-category": this.categoryOf(finding.entity), "aria-hidden": "true" }, tr.code("letter", this.categoryOf(finding.entity))),
          tr.code("entity", finding.entity)),
        h("span.card-steps", {},
          h("button.icon", { type: "button", "aria-label": tr.t("card.previous"), title: tr.t("card.previous"), "data-verb": "previous", onclick: () => act("previous") }, "↑"),
          h("button.icon", { type: "button", "aria-label": tr.t("card.next"), title: tr.t("card.next"), "data-verb": "next", onclick: () => act("next") }, "↓"),
          h("button.icon", { type: "button", "aria-label": tr.t("key.undecided"), title: tr.t("key.undecided"), "data-verb": "undecided", onclick: () => act("undecided") }, "?"),
        ),
      ),
      h("blockquote.card-value", { dir: "auto" }, visibleText(mark.text)),
      h("p.card-becomes", {},
        h("span", {}, verdict === "redact" ? [tr.t("card.becomes"), " ", h("code", {}, labelOf(state, finding.entity, entityKey))] : tr.t(undecided ? "card.undecided" : "card.stays")),
        h("span.confidence", { "data-confidence": finding.confidence }, tr.code("confidence", finding.confidence))),
      h("div.choice", { role: "group", "aria-label": tr.t("card.decision") }, choice("redact", "a"), choice("keep", "x")),
      h("dl.facts", {},
        h("dt", {}, tr.t("card.why")),
        h("dd", {}, tr.code("rule", finding.rule), evidence ? h("span.block.faint", {}, evidence) : null),
        h("dt", {}, tr.t("card.by")),
        h("dd", {}, tr.code("by", byHand ? "hand" : finding.by)),
        h("dt", {}, tr.t("card.where")),
        h("dd", {}, whereOf(view, tr)),
      ),
      h("div.card-change", {},
        h("label.card-type-label", {}, h("span.faint", {}, tr.t("card.type")), type),
        h("button.button.small", { type: "button", "data-verb": "range", "aria-keyshortcuts": "e", onclick: () => act("range") }, tr.t("card.range"), " ", h("kbd", { "aria-hidden": "true" }, "e")),
        isHand ? h("button.button.small", { type: "button", "data-verb": "unmark", onclick: () => act("unmark", mark) }, tr.t("card.unmark")) : null),
      range,
      times > 1
        ? h("div.everywhere", {},
            h("p.faint", {}, tr.t("card.everywhere", { n: times })),
            h("div.everywhere-buttons", {},
              h("button.button.small", { type: "button", "data-verb": "redact.all", onclick: () => act("redact.all") }, tr.t("card.redact.all")),
              h("button.button.small", { type: "button", "data-verb": "keep.all", onclick: () => act("keep.all") }, tr.t("card.keep.all")),
            ))
        : null,
    );
    if (had) /** @type {HTMLElement | null} */ (this.card.querySelector(`[data-verb="${had}"]`))?.focus();
  }

  /**
   * One row for each entity of the message.
   * @param {State} state
   * @param {Translator} tr
   * @param {Mark[]} marks
   */
  #fillValues(state, tr, marks) {
    const file = state.selected ?? "";
    /** @type {Map<string, Mark[]>} */
    const groups = new Map();
    for (const mark of marks) {
      const key = entityOf(state, mark.finding);
      groups.set(key, [...(groups.get(key) ?? []), mark]);
    }
    this.valuesTitle.textContent = tr.t(groups.size > 0 ? "values.title" : "values.none");
    keyed(
      this.values, [...groups], ([key]) => key,
      () => h("li", {}, h("button.value", {
        type: "button",
        onclick: (/** @type {Event} */ event) => this.act("cycle", /** @type {HTMLElement} */ (event.currentTarget).dataset.entity),
      })),
      (item, [key, group]) => {
        // The longest form tells most about whom or what it is.
        const first = group.reduce((best, mark) => (mark.text.length > best.text.length ? mark : best));
        const button = /** @type {HTMLElement} */ (item.firstElementChild);
        const verdicts = new Set(group.map((mark) => verdictOf(state, file, { key: mark.key, ...mark.finding }).verdict));
        const undecided = group.some((mark) => isUndecided(state, file, { key: mark.key, ...mark.finding }));
        const what = verdicts.size > 1 ? "mixed" : verdicts.has("redact") ? "redact" : "keep";
        const category = this.categoryOf(first.finding.entity);
        button.dataset.entity = key;
        button.dataset.what = what;
        button.toggleAttribute("data-current", group.some((mark) => mark.key === state.focus));
        fill(
          button,
          h("span.swatch", { "data-category": category, "aria-hidden": "true" }, tr.code("letter", category)),
          h("span.value-text", { dir: "auto" }, visibleText(first.text.replace(/\s+/g, " "))),
          h("span.value-times", {}, group.length > 1 ? tr.t("values.times", { n: group.length }) : ""),
          h("span.value-what", {}, what === "redact" ? labelOf(state, first.finding.entity, key) : `${tr.t(`values.${what}`)}${undecided ? " ?" : ""}`),
        );
      },
    );
  }
}

/**
 * @param {View | undefined} view
 * @param {Translator} tr
 */
function whereOf(view, tr) {
  if (!view) return "";
  const name = placeName(view);
  const part = view.part ? `, ${tr.t("section.part", { part: view.part })}` : "";
  return `${tr.code("place", view.place.kind)}${name ? ` ${name}` : ""}${part}`;
}
