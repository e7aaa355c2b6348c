/** The entities: one row per person or value over everything that was read, each decided at once. */
import { formsOf } from "../corpus.js";
import { fill, h, visibleText } from "../dom.js";
import { Rows } from "../rows.js";
import { labelOf } from "../verdicts.js";

/** @import {Category, Entity} from "../core/types.js" */
/** @import {Corpus, EntityRow} from "../corpus.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Scan} from "../scan.js" */
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
  /** @type {Set<string>} Keys of the rows that are chosen, to be merged. */ #chosen = new Set();
  /** @type {{word: string, stop: AbortController, scan: Scan | null} | null} */ #search = null;

  /**
   * @param {HTMLElement} element
   * @param {object} given
   * @param {() => Entity[]} given.entities
   * @param {(entity: string) => Category} given.categoryOf
   * @param {(verb: string, detail?: any) => void} given.act
   * @param {(signal: AbortSignal, phrase: string, tell: (scan: Scan) => void) => Promise<void>} given.search
   */
  constructor(element, { entities, categoryOf, act, search }) {
    this.scan = search;
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
    this.merge = h("div.entity-merge", { role: "region" });
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
      this.head, this.none, this.scroller, this.merge,
    );
    /** @type {Rows<EntityRow>} */
    this.rows = new Rows(this.scroller, this.list, {
      keyOf: (row) => row.entityKey,
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
    this.#offerWord(state, tr);
    this.#offerMerge(tr, corpus);
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
    fill(this.head, h("span"), h("span"), h("span", {}, tr.t("entities.value")), h("span.number", {}, tr.t("list.title")), h("span.number", {}, tr.t("entities.count")), h("span", {}, tr.t("card.decision")), h("span"));
    this.merge.setAttribute("aria-label", tr.t("entities.merge.title"));
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
      (words === "" || (words.includes("-") && row.entityKey.toLocaleLowerCase().startsWith(words.replace(/^\[|\]$/g, ""))) || [...row.forms.keys()].some((form) => form.toLocaleLowerCase().includes(words)));
    const order = ORDERS[this.#order] ?? (() => 0);
    this.#rows = [...corpus.entities.values()].filter(wanted).sort((a, b) => order(a, b) || (a.entityKey < b.entityKey ? -1 : 1));
  }

  /**
   * What is searched can be counted in all messages, and redacted or kept wherever it occurs, found or not.
   * @param {State} state
   * @param {Translator} tr
   */
  #offerWord(state, tr) {
    const word = this.search.value.trim();
    if (this.#search && this.#search.word !== word) {
      this.#search.stop.abort();
      this.#search = null;
    }
    this.word.hidden = word.length < 2;
    if (this.word.hidden) return;
    const offer = (/** @type {"always" | "never"} */ list) =>
      h("button.button.small", { type: "button", "data-offer": list, onclick: () => this.act("list", { list, value: word }) }, tr.t(`entities.${list}`, { word }));
    const scan = this.#search?.scan;
    const had = /** @type {HTMLElement | null} */ (this.word.querySelector(":focus"))?.dataset.offer;
    const messages = (scan?.files ?? []).slice(0, 12).map((key) => {
      const entry = state.entries.get(key);
      return h("button.button.plain.small", { type: "button", onclick: () => (this.act("select", key), this.act("messages")) }, visibleText(entry?.summary?.subject || entry?.name || ""));
    });
    fill(this.word,
      offer("always"), offer("never"),
      this.#search === null ? h("button.button.small", { type: "button", "data-offer": "search", onclick: () => this.#count(word) }, tr.t("entities.find")) : null,
      h("span.faint", { role: "status" }, !this.#search ? tr.t("entities.word")
        : !scan ? tr.t("missed.searching", { done: 0, n: state.order.length })
        : scan.done < scan.total ? tr.t("missed.searching", { done: scan.done, n: scan.total })
        : [tr.t("missed.count", { n: scan.times, messages: tr.t("missed.messages", { n: scan.files.length }) }), scan.times > 0 ? tr.t("entities.open", { n: scan.open }) : ""].filter(Boolean).join(" · ")),
      messages.length > 0 ? h("div.entity-places", {}, messages,
        h("button.button.small", { type: "button", "data-offer": "only", onclick: () => this.act("only", { files: scan?.files ?? [], word }) }, tr.t("entities.only", { n: scan?.files.length ?? 0 }))) : null);
    if (had) /** @type {HTMLElement | null} */ (this.word.querySelector(`[data-offer="${had}"]`))?.focus();
  }

  /** @param {string} word */
  #count(word) {
    const search = { word, stop: new AbortController(), scan: /** @type {Scan | null} */ (null) };
    this.#search = search;
    this.#again();
    this.scan(search.stop.signal, word, (scan) => {
      if (this.#search !== search) return;
      search.scan = scan;
      this.#again();
    }).catch(() => {
      // It was stopped: another word is searched, or nothing is loaded any more.
    });
  }

  /**
   * @param {Translator} tr
   * @param {Corpus} corpus
   */
  #offerMerge(tr, corpus) {
    const rows = [...this.#chosen].flatMap((key) => corpus.entities.get(key) ?? []);
    if (rows.length < this.#chosen.size) this.#chosen = new Set(rows.map((row) => row.entityKey));
    this.merge.hidden = rows.length === 0;
    if (rows.length === 0) return fill(this.merge);
    const [first] = rows;
    const same = rows.every((row) => row.entity === first?.entity);
    const leave = () => {
      this.#chosen.clear();
      this.#again();
      this.search.focus();
    };
    const had = this.merge.contains(document.activeElement);
    fill(this.merge,
      h("span", {}, tr.t("entities.chosen", { n: rows.length })),
      rows.length < 2 ? h("span.faint", {}, tr.t("entities.merge.more"))
      : same ? h("button.button.small.primary", { type: "button", onclick: () => {
        this.act("merge", rows.sort((a, b) => b.redact + b.keep - a.redact - a.keep).map((row) => row.entityKey));
        leave();
      } }, tr.t(first?.entity === "person" ? "entities.merge.people" : "entities.merge", { n: rows.length }))
      : h("span.faint", {}, tr.t("entities.merge.types")),
      h("button.button.small", { type: "button", onclick: leave }, tr.t("cancel")));
    if (had) this.merge.querySelector("button")?.focus();
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
    const chosen = this.#chosen.has(row.entityKey);
    const painted = [row, count, row.messages, row.forms.size, verdict, undecided, chosen, state.policy, tr.language];
    const before = this.#painted.get(item);
    if (before && painted.every((value, i) => value === before[i])) return;
    this.#painted.set(item, painted);
    const category = this.categoryOf(row.entity);
    const [main = "", ...others] = formsOf(row);
    const name = visibleText(main);
    const had = /** @type {HTMLElement | null} */ (item.querySelector(":focus"))?.dataset.what;
    const box = h("input", { type: "checkbox", checked: chosen, "data-what": "choose", "aria-label": tr.t("entities.choose", { name }), onchange: () => {
      if (!this.#chosen.delete(row.entityKey)) this.#chosen.add(row.entityKey);
      this.#again();
    } });
    fill(
      item,
      box,
      h("span.swatch", { "data-category": category, title: tr.code("entity", row.entity) }, tr.code("letter", category)),
      h("div.entity-value", {},
        h("button.entity-show", { type: "button", "data-what": "show", onclick: () => this.act("show", row.entityKey) },
          h("span", { dir: "auto" }, name), h("span.visually-hidden", {}, `, ${tr.code("entity", row.entity)}`)),
        h("span.entity-forms", { dir: "auto" }, [labelOf(state, row.entity, row.entityKey), ...others.slice(0, 8).map(visibleText)].join(" · "))),
      h("span.number", {}, tr.numbers.format(row.messages)),
      h("span.number", {}, tr.numbers.format(count)),
      h("div.entity-choice", { role: "group", "aria-label": tr.t("entities.decide", { name }) },
        VERDICTS.map((to) => h("button", {
          type: "button", "data-what": to, "aria-pressed": String(verdict === to && !undecided),
          onclick: () => this.act("entity", { entityKey: row.entityKey, to }),
        }, tr.t(`card.${to}`))),
        h("span.entity-mixed", {}, undecided ? "?" : verdict === "mixed" ? tr.t("values.mixed") : "")),
      h("button.icon.entity-more", { type: "button", "data-what": "more", "aria-label": tr.t("entities.more", { name }), title: tr.t("entities.more", { name }), onclick: () => this.act("entity.open", row.entityKey) }, "⋯"),
    );
    if (had) /** @type {HTMLElement | null} */ (item.querySelector(`[data-what="${had}"]`))?.focus();
  }
}
