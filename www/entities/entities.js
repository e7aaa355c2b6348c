/** The entities: one row per person or value over everything that was read, each decided at once. */
import { formsOf } from "../corpus.js";
import { fill, h, visibleText } from "../dom.js";
import { Rows } from "../rows.js";

/** @import {Category, Entity} from "../core/types.js" */
/** @import {Corpus, EntityRow} from "../corpus.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */

/** @type {Record<string, (a: EntityRow, b: EntityRow) => number>} */
const ORDERS = {
  count: (a, b) => b.redact + b.keep - a.redact - a.keep,
  messages: (a, b) => b.messages - a.messages,
  type: (a, b) => (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : 0),
};

const VERDICTS = /** @type {const} */ (["redact", "keep"]);

export class Entities {
  /** @type {{state: State, tr: Translator, corpus: Corpus} | null} */ #last = null;
  /** @type {WeakMap<HTMLElement, unknown[]>} */ #painted = new WeakMap();
  /** @type {unknown[]} */ #sorted = [];
  /** @type {EntityRow[]} */ #rows = [];
  #language = "";
  #type = "";
  #order = "count";
  #undecided = false;

  /**
   * @param {HTMLElement} element
   * @param {object} given
   * @param {() => Entity[]} given.entities
   * @param {(entity: string) => Category} given.categoryOf
   * @param {(verb: string, detail?: any) => void} given.act
   */
  constructor(element, { entities, categoryOf, act }) {
    this.entities = entities;
    this.categoryOf = categoryOf;
    this.act = act;
    this.title = h("h1");
    this.search = /** @type {HTMLInputElement} */ (h("input.entry-field", { type: "search", autocomplete: "off", spellcheck: "false" }));
    this.type = /** @type {HTMLSelectElement} */ (h("select.entry-field"));
    this.order = /** @type {HTMLSelectElement} */ (h("select.entry-field"));
    this.undecided = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
    this.undecidedLabel = h("span");
    this.word = h("div.entity-word");
    this.head = h("div.entity-row.entity-names", { "aria-hidden": "true" });
    this.none = h("p.notice.calm", { hidden: true });
    this.list = h("ul.entity-list");
    this.scroller = h("div.entity-scroll", {}, this.list);
    this.search.addEventListener("input", () => this.#again());
    this.type.addEventListener("change", () => ((this.#type = this.type.value), this.#again()));
    this.order.addEventListener("change", () => ((this.#order = this.order.value), this.#again()));
    this.undecided.addEventListener("change", () => ((this.#undecided = this.undecided.checked), this.#again()));
    fill(
      element,
      h("header.entity-head", {}, this.title,
        h("div.entity-filter", {}, this.search, this.type, this.order, h("label.check", {}, this.undecided, this.undecidedLabel)),
        this.word),
      this.head, this.none, this.scroller,
    );
    /** @type {Rows<EntityRow>} */
    this.rows = new Rows(this.scroller, this.list, {
      keyOf: (row) => row.label,
      make: () => h("li.entity-row"),
      update: (item, row) => this.#update(item, row),
    });
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Corpus} corpus   that followed the state
   */
  update(state, tr, corpus) {
    this.#last = { state, tr, corpus };
    this.#translate(tr);
    this.#select(state, corpus);
    this.title.textContent = tr.t("entities.title", { n: corpus.entities.size });
    this.none.hidden = this.#rows.length > 0;
    this.none.textContent = tr.t("entities.none");
    this.head.hidden = this.#rows.length === 0;
    this.#offerWord(tr);
    this.rows.update(this.#rows);
  }

  #again() {
    if (this.#last) this.update(this.#last.state, this.#last.tr, this.#last.corpus);
  }

  /** @param {Translator} tr */
  #translate(tr) {
    const types = this.entities().length;
    if (this.#language === `${tr.language} ${types}`) return;
    this.#language = `${tr.language} ${types}`;
    for (const [input, key] of /** @type {const} */ ([[this.search, "entities.search"], [this.type, "entities.type"], [this.order, "entities.order"]])) {
      input.setAttribute("aria-label", tr.t(key));
    }
    this.search.placeholder = tr.t("entities.search");
    this.undecidedLabel.textContent = tr.t("list.kind.undecided");
    fill(this.type, h("option", { value: "" }, tr.t("entities.type.all")),
      this.entities().map(({ entity }) => h("option", { value: entity, selected: entity === this.#type }, tr.code("entity", entity))));
    fill(this.order, Object.keys(ORDERS).map((order) => h("option", { value: order, selected: order === this.#order }, tr.t(`entities.order.${order}`))));
    fill(this.head, h("span"), h("span", {}, tr.t("entities.value")), h("span.number", {}, tr.t("list.title")), h("span.number", {}, tr.t("entities.count")), h("span", {}, tr.t("card.decision")));
  }

  /**
   * @param {State} state
   * @param {Corpus} corpus
   */
  #select(state, corpus) {
    const words = this.search.value.trim().toLocaleLowerCase();
    const from = [corpus.version, words, this.#type, this.#order, this.#undecided, this.#undecided && state.decisions, this.#undecided && state.everywhere];
    if (from.every((value, i) => value === this.#sorted[i])) return;
    this.#sorted = from;
    const wanted = (/** @type {EntityRow} */ row) =>
      (this.#type === "" || row.entity === this.#type) &&
      (!this.#undecided || corpus.standing(state, row).undecided) &&
      (words === "" || row.label.toLocaleLowerCase().includes(words) || [...row.forms.keys()].some((form) => form.toLocaleLowerCase().includes(words)));
    const order = ORDERS[this.#order] ?? (() => 0);
    this.#rows = [...corpus.entities.values()].filter(wanted).sort((a, b) => order(a, b) || (a.label < b.label ? -1 : 1));
  }

  /**
   * What is searched can be redacted or kept wherever it occurs, found or not.
   * @param {Translator} tr
   */
  #offerWord(tr) {
    const word = this.search.value.trim();
    this.word.hidden = word.length < 2;
    if (this.word.hidden) return;
    const offer = (/** @type {"always" | "never"} */ list) =>
      h("button.button.small", { type: "button", onclick: () => this.act("list", { list, value: word }) }, tr.t(`entities.${list}`, { word }));
    fill(this.word, offer("always"), offer("never"), h("span.faint", {}, tr.t("entities.word")));
  }

  /**
   * @param {HTMLElement} item
   * @param {EntityRow} row
   */
  #update(item, row) {
    if (!this.#last) return;
    const { state, tr, corpus } = this.#last;
    const count = row.redact + row.keep;
    const { verdict, undecided } = corpus.standing(state, row);
    const painted = [row, count, row.messages, row.forms.size, verdict, undecided, tr.language];
    const before = this.#painted.get(item);
    if (before && painted.every((value, i) => value === before[i])) return;
    this.#painted.set(item, painted);
    const category = this.categoryOf(row.entity);
    const [main = "", ...others] = formsOf(row);
    const name = visibleText(main);
    const had = /** @type {HTMLElement | null} */ (item.querySelector(":focus"))?.dataset.what;
    fill(
      item,
      h("span.swatch", { "data-category": category, title: tr.code("entity", row.entity) }, tr.code("letter", category)),
      h("div.entity-value", {},
        h("button.entity-show", { type: "button", "data-what": "show", onclick: () => this.act("show", row.label) },
          h("span", { dir: "auto" }, name), h("span.visually-hidden", {}, `, ${tr.code("entity", row.entity)}`)),
        h("span.entity-forms", { dir: "auto" }, [`${row.label}`, ...others.slice(0, 8).map(visibleText)].join(" · "))),
      h("span.number", {}, tr.numbers.format(row.messages)),
      h("span.number", {}, tr.numbers.format(count)),
      h("div.entity-choice", { role: "group", "aria-label": tr.t("entities.decide", { name }) },
        VERDICTS.map((to) => h("button", {
          type: "button", "data-what": to, "aria-pressed": String(verdict === to && !undecided),
          onclick: () => this.act("label", { label: row.label, to }),
        }, tr.t(`card.${to}`))),
        h("span.entity-mixed", {}, undecided ? "?" : verdict === "mixed" ? tr.t("values.mixed") : "")),
    );
    if (had) /** @type {HTMLElement | null} */ (item.querySelector(`[data-what="${had}"]`))?.focus();
  }
}
