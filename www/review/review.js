/** The review: list, message and card in one region, and the head of the message above them. */
import { fill, h, visibleText } from "../dom.js";
import { Card } from "./card.js";
import { DocumentPane } from "./document.js";
import { MessageList } from "./list.js";

/** @import {Category, Message} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Entry, Mode, State} from "../state.js" */

const MODES = /** @type {Mode[]} */ (["original", "both", "redacted"]);

export class Review {
  /** @type {unknown[]} */ #head = [];
  #refocus = false;
  /** @type {string | null} The finding that was brought into sight last. */ #uncovered = null;
  #reveal = false;

  /**
   * @param {HTMLElement} element
   * @param {object} given
   * @param {(entity: string) => Category} given.categoryOf
   * @param {() => import("../core/types.js").Entity[]} given.entities
   * @param {(verb: string, detail?: any) => void} given.act
   */
  constructor(element, { categoryOf, entities, act }) {
    this.element = element;
    this.act = act;
    const aside = h("nav.list-pane");
    this.head = h("header.doc-head");
    this.body = h("div.doc", { role: "region", tabindex: 0 });
    this.note = h("div.doc-note");
    const card = h("aside.card-pane");
    fill(element, aside, h("article.doc-pane", {}, this.head, this.note, this.body), card);
    this.aside = aside;
    this.cardPane = card;
    this.list = new MessageList(aside, act);
    this.pane = new DocumentPane(this.body, categoryOf, act);
    this.card = new Card(card, { categoryOf, entities, act });
  }

  /** Has the finding of the card, and its row in the list, come into sight as soon as they are there. */
  revealSoon() {
    this.#reveal = true;
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Message | undefined} message   of the selected entry, if its text is at hand
   * @param {(entityKey: string) => number} timesOf   how often an entity occurs in everything loaded
   */
  update(state, tr, message, timesOf) {
    this.list.update(state, tr);
    this.aside.setAttribute("aria-label", tr.t("list.title"));
    this.body.setAttribute("aria-label", tr.t("doc.region"));
    this.cardPane.setAttribute("aria-label", tr.t("card.title"));
    const entry = state.entries.get(state.selected ?? "");
    this.#updateHead(state, tr, entry);
    // While it waits to be read again, under another policy, what is known of it stays in sight.
    const open = entry?.summary !== null && entry?.status !== "failed" && message !== undefined;
    this.#refocus ||= this.body.contains(document.activeElement);
    this.body.hidden = !open;
    this.cardPane.hidden = !open;
    if (open) {
      this.pane.update(state, tr, message);
      this.card.update(state, tr, message, this.pane.marks, timesOf);
      if (state.focus !== null && state.focus !== this.#uncovered) this.pane.uncover(state.focus, state.mode);
      this.#uncovered = state.focus;
      // Whoever works by keyboard stays in the text when another message takes its place.
      if (this.#refocus && document.activeElement === document.body) this.body.focus({ preventScroll: true });
      this.#refocus = false;
      if (this.#reveal && state.focus !== null && this.pane.reveal(state.focus, state.mode)) {
        this.#reveal = false;
        this.list.reveal(state.selected ?? "");
      }
    }
    fill(this.note, this.#notes(state, tr, entry, open));
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Entry | undefined} entry
   */
  #updateHead(state, tr, entry) {
    const { keys } = this.list;
    const shown = [entry, state.mode, keys, tr.language];
    if (shown.every((value, i) => value === this.#head[i])) return;
    this.#head = shown;
    const { act } = this;
    const place = keys.indexOf(entry?.key ?? "");
    const readable = entry?.status === "read";
    const step = (/** @type {string} */ verb, /** @type {string} */ sign, /** @type {string} */ key, /** @type {boolean} */ off) =>
      h("button.icon", { type: "button", "aria-label": tr.t(key), title: tr.t(key), disabled: off, "data-verb": verb, onclick: () => act(verb) }, sign);
    fill(
      this.head,
      h("div.doc-title", {},
        h("h1", { dir: "auto", id: "doc-title" }, visibleText(entry?.summary ? entry.summary.subject || tr.t("list.nosubject") : (entry?.name ?? ""))),
        h("p.faint", {}, h("bdi", {}, visibleText(`${entry?.folder ?? ""}${entry?.name ?? ""}`)), entry ? ` · ${tr.size(entry.size)}` : ""),
      ),
      h("div.doc-tools", {},
        h("div.steps", {},
          step("message.previous", "←", "doc.previous", place <= 0),
          h("span.faint", {}, tr.t("doc.position", { i: place + 1, n: keys.length })),
          step("message.next", "→", "doc.next", place >= keys.length - 1),
        ),
        h("div.segments", { role: "radiogroup", "aria-label": tr.t("doc.mode"), "data-modes": "" },
          MODES.map((mode) => h("label", { "data-mode": mode },
            h("input", { type: "radio", name: "mode", checked: state.mode === mode, "data-verb": mode, onchange: () => act(mode) }),
            h("span", {}, tr.t(`doc.${mode}`))))),
        readable ? h("button.button.small", { type: "button", "data-verb": "missed", onclick: () => act("missed") }, tr.t("missed.open")) : null,
        readable ? h("button.button.small", { type: "button", onclick: () => act("save.one", entry.key) }, tr.t("doc.save")) : null,
      ),
    );
  }

  /**
   * @param {State} state
   * @param {Translator} tr
   * @param {Entry | undefined} entry
   * @param {boolean} open
   */
  #notes(state, tr, entry, open) {
    if (!entry) return [];
    if (entry.status === "failed") {
      return [h("div.notice.bad", {},
        h("p", {}, h("strong", {}, tr.t("doc.failed"))),
        h("p", {}, tr.code("error", entry.error)),
        h("button.button.small", { type: "button", onclick: () => this.act("remove", entry.key) }, tr.t("list.remove", { name: visibleText(entry.name) })))];
    }
    if (entry.status === "cancelled") return [h("p.notice", {}, tr.t("list.cancelled"))];
    if (!open) return [h("p.notice.calm", {}, tr.t("doc.opening"))];
    const notes = [];
    const saved = state.saved.get(entry.key);
    if (saved?.status === "clean") notes.push(h("p.notice.good", {}, tr.t("save.saved.one", { name: saved.name })));
    if (saved?.status === "not-inspected") notes.push(h("p.notice.good", {}, tr.t("save.saved.uninspected", { name: saved.name })));
    if (saved?.status === "refused") notes.push(refusal(saved, tr));
    if (saved?.status === "failed") notes.push(h("p.notice.bad", {}, tr.code("error", saved.failures[0]?.code ?? "crashed")));
    const flags = entry.summary?.flags ?? [];
    if (flags.length > 0) {
      notes.push(h("div.notice.warn", {}, h("p", {}, h("strong", {}, tr.t("doc.damage"))), h("ul", {}, flags.map((flag) => h("li", {}, tr.code("flag", flag))))));
    }
    return notes;
  }
}

/**
 * @param {import("../state.js").Saved} saved
 * @param {Translator} tr
 */
export function refusal(saved, tr) {
  return h("div.notice.bad", {},
    h("p", {}, h("strong", {}, tr.t("save.refused.one"))),
    h("ul", {}, saved.failures.map(({ promise, code, place }) =>
      h("li", {}, tr.t("save.broken", { promise: tr.code("promise", promise) }),
        h("span.block.faint", {}, [tr.code("failure", code), visibleText(place)].filter(Boolean).join(" · "))))),
  );
}
