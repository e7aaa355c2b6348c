/** The dialog that saves everything: what will be done, how far it is, what came of it. */
import { fill, h, visibleText } from "../dom.js";
import { entriesOf } from "../state.js";
import { countsOf } from "../verdicts.js";
import { deliver, filesOf } from "./deliver.js";
import { download } from "./download.js";
import { asCsv, asHtml, asJson, reportOn } from "./report.js";
import { FileSink, FolderSink, ZipSink, toArchive, toFolder } from "./sinks.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Library} from "../library.js" */
/** @import {Action, State} from "../state.js" */
/** @import {Result} from "./deliver.js" */
/** @import {Report} from "./report.js" */

/** Bytes of messages from which on an archive goes to the disk as it grows, where the browser can do that. */
const LARGE = 100e6;

/** @type {[string, string, (report: Report, tr: Translator) => string][]} */
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
 *
 * @typedef {FileSink | FolderSink | ZipSink} Target
 */

/**
 * @param {HTMLDialogElement} dialog
 * @param {Given} given
 * @param {Translator} tr
 */
export function openSave(dialog, given, tr) {
  const { client, library, say } = given;
  const state = given.state();
  const entries = entriesOf(state, "read");
  const files = filesOf(library, entries);
  const mailboxes = new Set(entries.map(({ key }) => library.file(key).mailbox)).size;
  const { failed: unread, cancelled, waiting, reading } = state.tally;
  const notYet = cancelled + waiting + reading;
  const counts = entries.map((entry) => countsOf(state, entry));
  const undecided = counts.reduce((sum, count) => sum + count.undecided, 0);
  const uninspected = counts.reduce((sum, count) => sum + count.uninspected, 0);
  const saving = new AbortController();
  let running = false;
  const close = () => (running ? saving.abort() : dialog.close());
  const onCancel = (/** @type {Event} */ event) => {
    if (!running) return;
    // Escape stops the saving first, and says what was done.
    event.preventDefault();
    saving.abort();
  };
  dialog.addEventListener("cancel", onCancel);
  dialog.addEventListener("close", () => {
    saving.abort();
    dialog.removeEventListener("cancel", onCancel);
  }, { once: true });

  const frame = (/** @type {(Node | null)[]} */ body, /** @type {(Node | null)[]} */ buttons) => {
    fill(
      dialog,
      h("div.sheet-form", {},
        h("header.sheet-head", {}, h("h2", { id: "save-title" }, tr.t("save.title")),
          h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: close }, "×")),
        h("div.sheet-body", {}, body),
        h("footer.sheet-foot", {}, buttons)),
    );
    /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
  };
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, kind = "") =>
    h("button.button", { type: "button", class: kind, onclick }, text);
  const radio = (/** @type {string} */ name, /** @type {string} */ value, /** @type {boolean} */ checked) =>
    /** @type {HTMLInputElement} */ (h("input", { type: "radio", name, value, checked }));

  const neutral = radio("names", "neutral", false);
  const folder = radio("where", "folder", false);
  const main = h("button.button.primary", { type: "button", onclick: () => start() });
  const nameMain = () => {
    main.textContent = tr.t(folder.checked ? "save.folder.go" : files === 1 ? "save.one" : "save.zip");
  };

  const start = async () => {
    const target = await (folder.checked ? toFolder() : toFile(files, entries.reduce((sum, { size }) => sum + size, 0))).catch(() => null);
    if (target === null) return; // nothing was chosen
    if (target instanceof FolderSink && (await target.holdsCopies().catch(() => false))) {
      frame([h("p.notice.warn", {}, tr.t("save.folder.taken"))], [button(tr.t("cancel"), close), button(tr.t("save.folder.other"), start), button(tr.t("save.folder.here"), () => write(target), "primary")]);
    } else await write(target);
  };

  const write = async (/** @type {Target} */ target) => {
    const bar = h("progress", { max: entries.length, value: 0, "aria-label": tr.t("save.title") });
    const words = h("p");
    const progress = (/** @type {number} */ done) => {
      words.textContent = tr.t("save.progress", { done, n: entries.length });
      bar.setAttribute("value", String(done));
    };
    progress(0);
    running = true;
    frame([words, bar], [button(tr.t("cancel"), close)]);
    /** @type {HTMLElement | null} */ (dialog.querySelector(".sheet-foot button"))?.focus();
    /** @type {Result[]} */
    let results;
    /** @type {{blob: Blob, name: string} | null} */
    let left;
    try {
      results = await deliver({ entries, state, client, library, target, neutral: neutral.checked, signal: saving.signal, progress });
      left = await target.result();
    } catch (error) {
      running = false;
      saving.abort();
      if (!dialog.open) return;
      frame([h("p.notice.bad", { role: "alert" }, tr.t(error instanceof RangeError ? "save.full" : "save.failed"))], [button(tr.t("close"), close)]);
      return;
    }
    running = false;
    if (!dialog.open) return say(tr.t("save.cancelled"));
    const stopped = saving.signal.aborted;
    // What was not finished is offered, not handed over.
    if (left && !stopped) download(left.blob, left.name);
    if (!left || !stopped) keep(results, !stopped);
    finish(results, stopped, stopped ? left : null);
  };

  const keep = (/** @type {Result[]} */ results, /** @type {boolean} */ all) => {
    for (const { entry, saved } of results) given.dispatch({ type: "saved", key: entry.key, saved });
    if (all) given.dispatch({ type: "delivered" });
  };

  const finish = (/** @type {Result[]} */ results, /** @type {boolean} */ stopped, /** @type {{blob: Blob, name: string} | null} */ offered) => {
    const written = results.filter(({ saved }) => saved.status === "clean" || saved.status === "not-inspected").length;
    const notInspected = results.filter(({ saved }) => saved.status === "not-inspected").length;
    const refused = results.filter(({ saved }) => saved.status === "refused" || saved.status === "failed");
    const take = button(tr.t("save.partial", { n: written }), () => {
      if (!offered) return;
      download(offered.blob, offered.name);
      keep(results, false);
      finish(results, true, null);
    }, "primary");
    frame(
      [
        stopped ? h("p.result", {}, tr.t("save.stopped", { done: written, n: entries.length }))
        : h("p.result", { class: written > 0 ? "good" : "bad" }, written > 0 ? tr.t("save.done", { n: written }) : tr.t("save.none")),
        notInspected > 0 ? h("p", {}, tr.t("save.notinspected", { n: notInspected })) : null,
        unread > 0 ? h("p", {}, tr.t("save.unread", { n: unread })) : null,
        notYet > 0 ? h("p", {}, tr.t("save.notyet", { n: notYet })) : null,
        refused.length > 0 ? refusedList(refused, tr) : null,
        offered ? null : h("section", {}, h("h3", {}, tr.t("report.title")), h("p.faint", {}, tr.t("report.lead")),
          h("div.field-buttons", {}, REPORTS.map(([format, type, as]) => h("button.button.small", {
            type: "button",
            onclick: () => download(new Blob([as(reportOn(given.state(), given.tool(), new Date()), tr)], { type }), `caviard-report.${format}`),
          }, tr.t("report.save", { format: format.toUpperCase() }))))),
      ],
      offered && written > 0 ? [button(tr.t("close"), close), take]
      : [button(tr.t("startover"), () => { close(); given.act("startover"); }), button(tr.t("close"), close, "primary")],
    );
  };

  const ready = entries.length > 0;
  const folders = "showDirectoryPicker" in globalThis;
  nameMain();
  frame(
    [
      h("p.result", {}, ready ? tr.t("save.summary", { n: entries.length }) : tr.t("save.none")),
      undecided > 0 ? h("div.notice.warn", {}, h("p", {}, tr.t("save.undecided", { n: undecided })), h("button.button.small", { type: "button", onclick: () => (close(), given.act("queue")) }, tr.t("save.look"))) : null,
      uninspected > 0 ? h("p.notice.warn", {}, tr.t("save.uninspected", { n: uninspected })) : null,
      unread > 0 ? h("p.notice.warn", {}, tr.t("save.unread", { n: unread })) : null,
      notYet > 0 ? h("p.notice.warn", {}, tr.t("save.notyet", { n: notYet })) : null,
      ready && folders ? h("fieldset", { onchange: nameMain }, h("legend", {}, tr.t("save.where")),
        h("label.check", {}, radio("where", "file", true), h("span", {}, tr.t(files === 1 ? "save.where.file" : "save.where.zip"), files === 1 ? null : h("span.block.faint", {}, tr.t("save.where.zip.hint")))),
        h("label.check", {}, folder, h("span", {}, tr.t("save.where.folder"), h("span.block.faint", {}, tr.t("save.where.folder.hint"))))) : null,
      ready ? h("fieldset", {}, h("legend", {}, tr.t("save.names")),
        h("label.check", {}, radio("names", "same", true), tr.t("save.names.same")),
        h("label.check", {}, neutral, tr.t("save.names.neutral")),
        mailboxes > (entries.some(({ key }) => !library.file(key).mailbox) ? 1 : 0) ? h("p.faint", {}, tr.t("save.mailbox")) : null) : null,
    ],
    ready ? [button(tr.t("cancel"), close), main] : [button(tr.t("close"), close)],
  );
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
}

/**
 * @param {number} files
 * @param {number} size   bytes of the messages
 * @returns {Promise<FileSink | ZipSink>}
 */
async function toFile(files, size) {
  if (files === 1) return new FileSink();
  return size >= LARGE ? toArchive() : new ZipSink(null);
}

/**
 * @param {Result[]} refused
 * @param {Translator} tr
 */
function refusedList(refused, tr) {
  return h("section.refused", {},
    h("h3", {}, tr.t("save.refused", { n: refused.length })),
    h("p.faint", {}, tr.t("save.refused.lead")),
    h("ul", {}, refused.map(({ entry, saved }) => h("li", {},
      h("strong", {}, h("bdi", {}, visibleText(entry.folder + entry.name))),
      h("span.block.faint", {}, saved.failures.map(({ promise, code, place }) => saved.status === "failed"
        ? tr.code("error", code)
        : [tr.t("save.broken", { promise: tr.code("promise", promise) }), tr.code("failure", code), visibleText(place)].filter(Boolean).join(" · ")).join("; "))))));
}
