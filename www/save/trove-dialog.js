/** The dialog for more mail than anybody reviews: straight from the files to copies on the disk. */
import { CoreClient } from "../core/client.js";
import { fill, h, visibleText } from "../dom.js";
import { download } from "./download.js";
import { noteOf, runOf } from "./note.js";
import { FolderSink, ZipSink } from "./sinks.js";
import { inOrder, redactTrove } from "./trove.js";

/** @import {Translator} from "../i18n.js" */
/** @import {Given} from "../intake/sources.js" */
/** @import {Policy} from "../core/types.js" */
/** @import {Result} from "./trove.js" */
/** @import {Sink} from "./sinks.js" */

/** From here on, files are too much to be reviewed one by one: bytes, or files. */
const LARGE = { bytes: 200e6, files: 20_000 };

/** Name of the archive: it tells nothing of what is in it. */
const ARCHIVE = "redacted-messages.zip";

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
  const client = new CoreClient(load);
  client.setPolicy(policy);
  dialog.addEventListener("close", () => {
    stopping.abort(new DOMException("The trove was left.", "AbortError"));
    client.stop();
  }, { once: true });
  const close = () => dialog.close();
  const button = (/** @type {string} */ key, /** @type {() => void} */ onclick, kind = "") =>
    h("button.button", { type: "button", class: kind, onclick }, tr.t(key));
  const frame = (/** @type {(Node | null)[]} */ body, /** @type {Node[]} */ buttons) => fill(dialog,
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
    frame([words, bar, h("p.faint", {}, tr.t("trove.unfinished"))], [button("cancel", close)]);
    const began = performance.now();
    let last = 0;
    try {
      const { hash } = await load();
      const note = noteOf(await runOf(files, policy, hash), await sink.kept());
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
      const blob = await sink.finish();
      if (blob) download(blob, ARCHIVE);
      finish(result);
    } catch (error) {
      if (stopping.signal.aborted) return say(tr.t("save.cancelled"));
      frame([h("p.notice.bad", { role: "alert" }, tr.t("trove.failed"))], [button("close", close)]);
    } finally {
      client.stop();
    }
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
        h("ul", {}, refused.map(({ name, code }) => h("li", {}, h("bdi", {}, visibleText(name)),
          code === "refused" ? null : h("span.block.faint", {}, tr.code("error", code)))))) : null,
    ], [button("close", close, "primary")]);
  };

  const toFolder = async () => {
    const picker = /** @type {any} */ (globalThis).showDirectoryPicker;
    return new FolderSink(await picker({ id: "caviard-copies", mode: "readwrite" }));
  };
  const toArchive = async () => {
    const picker = /** @type {any} */ (globalThis).showSaveFilePicker;
    if (!picker) return new ZipSink(null);
    const handle = await picker({ suggestedName: ARCHIVE });
    return new ZipSink(await handle.createWritable());
  };
  const folders = "showDirectoryPicker" in globalThis;
  frame(
    [
      h("p.result", {}, tr.t("trove.summary", { n: files.length, size: Math.round(size / 1e6) })),
      h("p", {}, tr.t("trove.lead")),
      folders ? h("p.faint", {}, tr.t("trove.folder.hint")) : null,
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
