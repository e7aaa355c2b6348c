/** The dialog in which decisions are put by in a file, and taken up again. */
import { fill, h } from "../dom.js";
import { download } from "../save/download.js";
import { canSeal, seal, unseal } from "./sealed.js";

/** @import {Translator} from "../i18n.js" */

/** Characters of a passphrase at least. */
const SHORTEST = 8;

/**
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {object} given
 * @param {(() => Promise<string>) | null} given.write   what is to be sealed; null where there is nothing
 * @param {() => void} given.written
 * @param {(text: string) => boolean} given.read         takes up what was sealed; false if it is damaged
 */
export function openWork(dialog, tr, { write, written, read }) {
  const password = () => /** @type {HTMLInputElement} */ (h("input.entry-field", { type: "password", autocomplete: "off", required: true }));
  const first = password();
  const second = password();
  const opening = password();
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: ".caviard,application/json", required: true }));
  const note = h("p.notice.bad", { role: "alert", hidden: true });
  const say = (/** @type {string} */ key) => {
    note.hidden = key === "";
    note.textContent = key === "" ? "" : tr.t(key, { n: SHORTEST });
  };
  const busy = async (/** @type {HTMLFormElement} */ form, /** @type {() => Promise<void>} */ task) => {
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
    button.disabled = true;
    say("");
    await task().catch(() => say("work.failed"));
    button.disabled = false;
  };
  const onSave = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (first.value.length < SHORTEST) return say("work.short");
    if (first.value !== second.value) return say("work.differ");
    busy(/** @type {HTMLFormElement} */ (event.currentTarget), async () => {
      const sealed = await seal(write ? await write() : "", first.value);
      download(new Blob([sealed], { type: "application/json" }), "caviard-decisions.caviard");
      dialog.close();
      written();
    });
  };
  const onLoad = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    busy(/** @type {HTMLFormElement} */ (event.currentTarget), async () => {
      const opened = await unseal((await file.files?.[0]?.text()) ?? "", opening.value);
      if ("error" in opened) return say(opened.error === "format" ? "work.format" : "work.wrong");
      if (!read(opened.text)) return say("work.format");
      dialog.close();
    });
  };
  const field = (/** @type {string} */ key, /** @type {HTMLInputElement} */ input) => h("label.field-list", {}, h("span.legend", {}, tr.t(key)), input);
  const able = canSeal();
  fill(
    dialog,
    h("div.sheet-form", {},
      h("header.sheet-head", {}, h("h2", { id: "work-title" }, tr.t("work.title")), h("p.faint", {}, tr.t("work.lead")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "work-title" },
        note,
        able ? null : h("p.notice.warn", {}, tr.t("work.unable")),
        able && write ? h("form.work-form", { onsubmit: onSave }, h("h3", {}, tr.t("work.save")),
          h("div.lists", {}, field("work.passphrase", first), field("work.again", second)),
          h("button.button.primary", { type: "submit" }, tr.t("work.save.go"))) : null,
        able ? h("form.work-form", { onsubmit: onLoad }, h("h3", {}, tr.t("work.load")), h("p.faint", {}, tr.t("work.load.hint")),
          h("div.lists", {}, field("work.file", file), field("work.passphrase", opening)),
          h("button.button", { type: "submit" }, tr.t("work.load.go"))) : null)),
  );
  dialog.showModal();
}
