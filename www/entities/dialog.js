/**
 * One entity: the forms in which it is written, which can be split off as another; those that were merged
 * into it; and what can be said of it: that it is public and why, that it is always or never redacted.
 */
import { formsOf } from "../corpus.js";
import { fill, h, visibleText } from "../dom.js";
import { REASONS } from "../intake/policy-file.js";
import { everywhere, unmerging } from "../state.js";
import { entityOf, findingsOf, formOf, labelOf } from "../verdicts.js";

/** @import {EntityRow} from "../corpus.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {Action, Decision, State} from "../state.js" */

/** Forms that are listed at most. */
const FORMS = 200;

/**
 * @param {HTMLDialogElement} dialog
 * @param {Translator} tr
 * @param {object} given
 * @param {EntityRow} given.row
 * @param {State} given.state
 * @param {(action: Action) => void} given.dispatch
 * @param {(text: string) => void} given.say
 * @param {(entity: string) => Promise<string>} given.fresh   a key that nobody has yet
 * @param {(list: "always" | "never", value: string) => void} given.list
 */
export function openEntity(dialog, tr, { row, state, dispatch, say, fresh, list }) {
  const forms = formsOf(row);
  const [main = ""] = forms;
  const merged = unmerging(state, row.entityKey);
  const boxes = forms.slice(0, FORMS).map((form) => ({ form, input: /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" })) }));
  const split = /** @type {HTMLButtonElement} */ (h("button.button.small", { type: "button", disabled: true, onclick: () => splitOff() }, tr.t("entity.split")));
  const choose = () => {
    const n = boxes.filter(({ input }) => input.checked).length;
    split.disabled = n === 0 || n === forms.length;
  };
  const decide = (/** @type {Decision[]} */ changes, /** @type {string} */ said) => {
    dialog.close();
    dispatch({ type: "decide", changes });
    say(tr.t(said));
  };
  const splitOff = async () => {
    const chosen = new Set(boxes.filter(({ input }) => input.checked).map(({ form }) => form));
    dialog.close();
    const to = await fresh(row.entity);
    // A form may have come in by any of the entities that were merged.
    const items = new Set();
    for (const key of state.order) {
      for (const finding of findingsOf(state, state.entries.get(key))) {
        if (entityOf(state, finding) === row.entityKey && chosen.has(formOf(finding.text))) items.add(`${finding.entityKey} ${formOf(finding.text)}`);
      }
    }
    decide([...items].map((item) => ({ file: "", what: "person", item, to })), "live.split");
  };
  const reason = /** @type {HTMLSelectElement} */ (h("select.entry-field", { "aria-label": tr.t("entity.reason") },
    h("option", { value: "" }, tr.t("entity.reason")), REASONS.map((code) => h("option", { value: code, selected: state.policy.reasons[main] === code }, tr.t(`reason.public.${code}`)))));
  const note = h("p.notice.bad", { role: "alert", hidden: true }, tr.t("entity.reason.wanted"));
  const makePublic = () => {
    note.hidden = reason.value !== "";
    if (reason.value === "") return reason.focus();
    dialog.close();
    const policy = {
      ...state.policy,
      public: [...new Set([...state.policy.public, main])],
      reasons: { ...state.policy.reasons, [main]: reason.value },
    };
    // Both at once, so that one step undoes them: kept from now on, and known as public wherever it comes.
    dispatch({ type: "decide", changes: everywhere(state, row.entityKey, "keep"), policy });
    say(tr.t("live.public"));
  };
  const put = (/** @type {"always" | "never"} */ which) => h("button.button.small", { type: "button", onclick: () => (dialog.close(), list(which, main)) }, tr.t(`entity.${which}`));
  fill(
    dialog,
    h("div.sheet-form", {},
      h("header.sheet-head", {}, h("h2", { id: "entity-title", dir: "auto" }, visibleText(main)),
        h("p.faint", {}, `${tr.code("entity", row.entity)} · ${labelOf(state, row.entity, row.entityKey)} · ${tr.t("missed.count", { n: row.redact + row.keep, messages: tr.t("missed.messages", { n: row.messages }) })}`),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "entity-title" },
        h("fieldset", {}, h("legend", {}, tr.t("entity.forms")),
          h("ul.forms", {}, boxes.map(({ form, input }) => {
            input.addEventListener("change", choose);
            return h("li", {}, h("label.check", {}, forms.length > 1 ? input : null, h("span", { dir: "auto" }, visibleText(form)), h("span.faint", {}, tr.t("values.times", { n: row.forms.get(form) ?? 0 }))));
          })),
          forms.length > 1 ? h("div.field-buttons", {}, split, h("span.faint", {}, tr.t("entity.split.hint"))) : null),
        merged.length > 0 ? h("section", {}, h("h3", {}, tr.t("entity.merged", { n: merged.length })), h("div.field-buttons", {},
          h("button.button.small", { type: "button", onclick: () => decide(merged, "live.unmerged") }, tr.t("entity.unmerge")))) : null,
        row.entity === "person" ? h("section", {}, h("h3", {}, tr.t("entity.public")), h("p.faint", {}, tr.t("entity.public.hint")), note,
          h("div.field-buttons", {}, reason, h("button.button.small", { type: "button", onclick: makePublic }, tr.t("entity.public.go")))) : null,
        h("section", {}, h("h3", {}, tr.t("entity.lists")), h("div.field-buttons", {}, put("always"), put("never"))),
      ),
      h("footer.sheet-foot", {}, h("button.button.primary", { type: "button", onclick: () => dialog.close() }, tr.t("close")))),
  );
  dialog.showModal();
}
