/** The dialog that saves everything: what will be done, how far it is, what came of it. */
import { fill, h, visibleText } from "../dom.js";
import { entriesOf } from "../state.js";
import { countsOf } from "../verdicts.js";
import { download } from "./download.js";
import { asCsv, asHtml, asJson, reportOn } from "./report.js";
import { writeCopy } from "./save.js";
import { ZipWriter } from "./zip.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Library} from "../library.js" */
/** @import {Action, Entry, Saved, State} from "../state.js" */

/** Name of the archive: it tells nothing of what is in it. */
const ARCHIVE = "redacted-messages.zip";

/** @type {[string, string, (report: import("./report.js").Report, tr: Translator) => string][]} */
const REPORTS = [["html", "text/html", asHtml], ["json", "application/json", asJson], ["csv", "text/csv", asCsv]];

/**
 * @typedef {object} Given
 * @property {() => State} state
 * @property {CoreClient} client
 * @property {Library} library
 * @property {(action: Action) => void} dispatch
 * @property {(verb: string) => void} act
 * @property {(text: string) => void} say
 * @property {() => {version: string, hash: string}} tool
 */

/**
 * @param {HTMLDialogElement} dialog
 * @param {Given} given
 * @param {Translator} tr
 */
export function openSave(dialog, given, tr) {
  const state = given.state();
  const entries = entriesOf(state, "read");
  const unread = entriesOf(state, "failed", "cancelled", "waiting", "reading").length;
  const counts = entries.map((entry) => countsOf(state, entry));
  const undecided = counts.reduce((sum, count) => sum + count.undecided, 0);
  const uninspected = counts.reduce((sum, count) => sum + count.uninspected, 0);
  const saving = new AbortController();
  dialog.addEventListener("close", () => saving.abort(), { once: true });
  const close = () => dialog.close();

  const frame = (/** @type {(Node | null)[]} */ body, /** @type {Node[]} */ buttons) => {
    fill(
      dialog,
      h("div.sheet-form", {},
        h("header.sheet-head", {}, h("h2", { id: "save-title" }, tr.t("save.title")),
          h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: close }, "×")),
        h("div.sheet-body", {}, body),
        h("footer.sheet-foot", {}, buttons)),
    );
  };
  const button = (/** @type {string} */ key, /** @type {() => void} */ onclick, kind = "") =>
    h("button.button", { type: "button", class: kind, onclick }, tr.t(key));

  const neutral = /** @type {HTMLInputElement} */ (h("input", { type: "radio", name: "names", value: "neutral" }));
  const asTheyAre = h("input", { type: "radio", name: "names", checked: true });

  const start = async () => {
    const bar = h("progress", { max: entries.length, value: 0, "aria-label": tr.t("save.title") });
    const words = h("p");
    frame([words, bar], [button("cancel", close)]);
    const zip = entries.length > 1 ? new ZipWriter() : null;
    /** @type {{entry: Entry, saved: Saved}[]} */
    const results = [];
    /** @type {{blob: Blob, name: string} | null} */
    let single = null;
    try {
      for (const [done, entry] of entries.entries()) {
        words.textContent = tr.t("save.progress", { done, n: entries.length });
        bar.setAttribute("value", String(done));
        const number = neutral.checked ? state.order.indexOf(entry.key) + 1 : null;
        const { saved, bytes } = await writeCopy(saving.signal, given.client, given.library, state, entry, number);
        const folder = neutral.checked ? "" : entry.folder;
        const name = bytes && zip ? await zip.add(folder + saved.name, bytes) : saved.name;
        if (bytes && !zip) single = { blob: new Blob([bytes], { type: "message/rfc822" }), name };
        results.push({ entry, saved: { ...saved, name } });
      }
    } catch (error) {
      if (saving.signal.aborted) return given.say(tr.t("save.cancelled"));
      if (!(error instanceof RangeError)) throw error;
      frame([h("p.notice.bad", {}, tr.t("save.full"))], [button("close", close)]);
      return;
    }
    if (saving.signal.aborted) return given.say(tr.t("save.cancelled"));
    if (zip && zip.entries > 0) download(await zip.finish(), ARCHIVE);
    if (single) download(single.blob, single.name);
    for (const { entry, saved } of results) given.dispatch({ type: "saved", key: entry.key, saved });
    given.dispatch({ type: "delivered" });
    finish(results);
  };

  const finish = (/** @type {{entry: Entry, saved: Saved}[]} */ results) => {
    const written = results.filter(({ saved }) => saved.status === "clean" || saved.status === "not-inspected").length;
    const notInspected = results.filter(({ saved }) => saved.status === "not-inspected").length;
    const refused = results.filter(({ saved }) => saved.status === "refused" || saved.status === "failed");
    frame(
      [
        h("p.result", { class: written > 0 ? "good" : "bad" }, written > 0 ? tr.t("save.done", { n: written }) : tr.t("save.none")),
        notInspected > 0 ? h("p", {}, tr.t("save.notinspected", { n: notInspected })) : null,
        unread > 0 ? h("p", {}, tr.t("save.unread", { n: unread })) : null,
        refused.length > 0 ? refusedList(refused, tr) : null,
        h("section", {}, h("h3", {}, tr.t("report.title")), h("p.faint", {}, tr.t("report.lead")),
          h("div.field-buttons", {}, REPORTS.map(([format, type, write]) => h("button.button.small", {
            type: "button",
            onclick: () => download(new Blob([write(reportOn(given.state(), given.tool(), new Date()), tr)], { type }), `caviard-report.${format}`),
          }, tr.t("report.save", { format: format.toUpperCase() }))))),
      ],
      [button("startover", () => { close(); given.act("startover"); }), button("close", close, "primary")],
    );
    /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
  };

  const ready = entries.length > 0;
  frame(
    [
      h("p.result", {}, ready ? tr.t("save.summary", { n: entries.length }) : tr.t("save.none")),
      undecided > 0 ? h("div.notice.warn", {}, h("p", {}, tr.t("save.undecided", { n: undecided })), h("button.button.small", { type: "button", onclick: () => (close(), given.act("queue")) }, tr.t("save.look"))) : null,
      uninspected > 0 ? h("p.notice.warn", {}, tr.t("save.uninspected", { n: uninspected })) : null,
      unread > 0 ? h("p.notice.warn", {}, tr.t("save.unread", { n: unread })) : null,
      ready ? h("fieldset", {}, h("legend", {}, tr.t("save.names")),
        h("label.check", {}, asTheyAre, tr.t("save.names.same")),
        h("label.check", {}, neutral, tr.t("save.names.neutral"))) : null,
    ],
    ready
      ? [button("cancel", close), button(entries.length > 1 ? "save.zip" : "save.one", start, "primary")]
      : [button("close", close)],
  );
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
}

/**
 * @param {{entry: Entry, saved: Saved}[]} refused
 * @param {Translator} tr
 */
function refusedList(refused, tr) {
  return h("section.refused", {},
    h("h3", {}, tr.t("save.refused", { n: refused.length })),
    h("p.faint", {}, tr.t("save.refused.lead")),
    h("ul", {}, refused.map(({ entry, saved }) => h("li", {},
      h("strong", {}, h("bdi", {}, visibleText(entry.name))),
      h("span.block.faint", {}, saved.failures.map(({ promise, code, place }) => saved.status === "failed"
        ? tr.code("error", code)
        : [tr.t("save.broken", { promise: tr.code("promise", promise) }), tr.code("failure", code), visibleText(place)].filter(Boolean).join(" · ")).join("; "))))));
}
