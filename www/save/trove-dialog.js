/** The dialog for more mail than anybody reviews: straight from the files to copies on the disk. */
import { CoreClient } from "../core/client.js";
import { fill, h, visibleText } from "../dom.js";
import { download } from "./download.js";
import { noteOf, runOf } from "./note.js";
import { toArchive, toFolder } from "./sinks.js";
import { inOrder, redactTrove } from "./trove.js";

/** @import {Translator} from "../i18n.js" */
/** @import {Given} from "../intake/sources.js" */
/** @import {Policy} from "../core/types.js" */
/** @import {Note} from "./note.js" */
/** @import {Result} from "./trove.js" */
/** @import {Sink} from "./sinks.js" */

/** From here on, files are too much to be reviewed one by one: bytes, or files. */
const LARGE = { bytes: 200e6, files: 20_000 };

/** @param {Given[]} given */
export function isTrove(given) {
  return given.length >= LARGE.files || sizeOf(given) >= LARGE.bytes;
}

/** @param {Given[]} given */
function sizeOf(given) {
  return given.reduce((sum, { file }) => sum + file.size, 0);
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {object} trove
 * @param {Given[]} trove.given
 * @param {Policy} trove.policy
 * @param {() => Promise<import("../core/load.js").Loaded>} trove.load
 * @param {() => void} trove.review   has the messages reviewed one by one all the same
 * @param {(text: string) => void} trove.say
 */
export function openTrove(dialog, tr, { given, policy, load, review, say }) {
  const files = inOrder(given);
  const size = sizeOf(files);
  const stopping = new AbortController();
  let running = false;
  const client = new CoreClient(load);
  client.setPolicy(policy);
  const stop = () => stopping.abort(new DOMException("The trove was left.", "AbortError"));
  const close = () => (running ? stop() : dialog.close());
  const onCancel = (/** @type {Event} */ event) => {
    if (!running) return;
    // Escape stops the run first, and says what was done.
    event.preventDefault();
    stop();
  };
  dialog.addEventListener("cancel", onCancel);
  dialog.addEventListener("close", () => {
    stop();
    client.stop();
    dialog.removeEventListener("cancel", onCancel);
  }, { once: true });
  const button = (/** @type {string} */ key, /** @type {() => void} */ onclick, kind = "") =>
    h("button.button", { type: "button", class: kind, onclick }, tr.t(key));
  const frame = (/** @type {(Node | null)[]} */ body, /** @type {(Node | null)[]} */ buttons) => fill(dialog,
    h("div.sheet-form", {},
      h("header.sheet-head", {}, h("h2", { id: "trove-title" }, tr.t("trove.title")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: close }, "×")),
      h("div.sheet-body", {}, body),
      h("footer.sheet-foot", {}, buttons)));

  const start = async (/** @type {() => Promise<Sink>} */ open) => {
    /** @type {Sink} */
    let sink;
    try {
      sink = await open();
    } catch {
      return; // nothing was chosen
    }
    const bar = h("progress", { max: 2, value: 0, "aria-label": tr.t("trove.title") });
    const words = h("p");
    running = true;
    frame([words, bar, h("p.faint", {}, tr.t(sink.resumes ? "trove.unfinished" : "trove.zip.hint"))], [button("cancel", close)]);
    /** @type {HTMLElement | null} */ (dialog.querySelector(".sheet-foot button"))?.focus();
    const began = performance.now();
    let last = 0;
    /** @type {Note | null} */
    let note = null;
    try {
      const { hash } = await load();
      note = noteOf(await runOf(files, policy, hash), await sink.kept());
      if (note.done > 0) say(tr.t("trove.resumed", { n: note.done }));
      const result = await redactTrove({ given: files, client, sink, note, signal: stopping.signal, progress: ({ pass, bytes, messages }) => {
        const now = performance.now();
        if (now - last < 250) return;
        last = now;
        const share = size > 0 ? Math.min(1, bytes / size) : 1;
        bar.setAttribute("value", String((pass === "people" ? 0 : 1) + share));
        const seconds = (now - began) / 1000;
        const left = pass === "copies" && share > 0.02 ? (seconds / share) * (1 - share) : 0;
        words.textContent = [
          tr.t(pass === "people" ? "trove.people" : "trove.copies", { n: messages }),
          tr.t("trove.bytes", { done: Math.round(bytes / 1e6), all: Math.round(size / 1e6) }),
          left > 5 ? tr.t("reading.left", { time: tr.duration(left) }) : "",
        ].filter(Boolean).join(" · ");
      } });
      const left = await sink.result();
      if (left) download(left.blob, left.name);
      running = false;
      finish(result);
    } catch {
      running = false;
      if (stopping.signal.aborted) await stopped(sink, note);
      else frame([h("p.notice.bad", { role: "alert" }, tr.t("trove.failed"))], [button("close", close)]);
    } finally {
      running = false;
      client.stop();
    }
  };

  /** What is done stays: in a folder it can be gone on with, an archive is ended as it is. */
  const stopped = async (/** @type {Sink} */ sink, /** @type {Note | null} */ note) => {
    const n = note ? note.done - note.without.length : 0;
    let left = null;
    try {
      if (sink.resumes && note && note.done > 0) await sink.keep(JSON.stringify(note));
      else left = await sink.result();
    } catch {
      // The folder is gone, and what was written is there or not.
    }
    say(tr.t("trove.stopped", { n }));
    if (!dialog.open) return;
    frame(
      [h("p.result", {}, tr.t("trove.stopped", { n })), h("p", {}, tr.t(sink.resumes ? "trove.folder.hint" : "trove.zip.stopped")),
        sink.resumes && n > 0 ? h("p.faint", {}, tr.t("trove.unfinished")) : null],
      [left ? h("button.button", { type: "button", onclick: () => download(left.blob, left.name) }, tr.t("save.partial", { n })) : null, button("close", close, "primary")],
    );
    /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
  };

  const finish = (/** @type {Result} */ { counts, refused, skipped, broken }) => {
    const clean = (counts.clean ?? 0) + (counts["not-inspected"] ?? 0);
    const failed = Object.entries(counts).filter(([code]) => code !== "clean" && code !== "not-inspected").reduce((sum, [, n]) => sum + n, 0);
    frame([
      h("p.result", { class: clean > 0 ? "good" : "bad" }, tr.t("save.done", { n: clean })),
      counts["not-inspected"] ? h("p", {}, tr.t("save.notinspected", { n: counts["not-inspected"] })) : null,
      skipped > 0 ? h("p", {}, tr.t("intake.skipped", { n: skipped })) : null,
      broken > 0 ? h("p.notice.warn", {}, tr.t("intake.broken", { n: broken })) : null,
      failed > 0 ? h("section.refused", {}, h("h3", {}, tr.t("save.refused", { n: failed })), h("p.faint", {}, tr.t("save.refused.lead")),
        h("ul", {}, refused.map(({ name, code, failures }) => h("li", {}, h("strong", {}, h("bdi", {}, visibleText(name))),
          h("span.block.faint", {}, code === "refused" ? failures.map(({ promise, code: why }) => `${tr.t("save.broken", { promise: tr.code("promise", promise) })} · ${tr.code("failure", why)}`).join("; ") : tr.code("error", code)))))) : null,
    ], [button("close", close, "primary")]);
    /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
  };

  const folders = "showDirectoryPicker" in globalThis;
  frame(
    [
      h("p.result", {}, tr.t("trove.summary", { n: files.length, size: Math.round(size / 1e6) })),
      h("p", {}, tr.t("trove.lead")),
      folders ? h("p.faint", {}, tr.t("trove.folder.hint")) : null,
      h("p.faint", {}, tr.t("trove.zip.hint")),
    ],
    [
      button("trove.review", () => { close(); review(); }),
      button("trove.zip", () => start(toArchive), folders ? "" : "primary"),
      ...(folders ? [button("trove.folder", () => start(toFolder), "primary")] : []),
    ],
  );
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
}
