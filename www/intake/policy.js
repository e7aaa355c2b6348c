/** The dialog in which the policy is set. */
import { fill, h } from "../dom.js";

/** @import {Entity, Policy} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */

const THRESHOLDS = /** @type {const} */ (["certain", "likely", "possible"]);
const RULES = /** @type {const} */ (["remove", "keep"]);

/**
 * The values of a list, one a line, without those that are empty.
 * @param {string} text
 */
export function listOf(text) {
  return [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {object} given
 * @param {Policy} given.policy
 * @param {Entity[]} given.entities
 * @param {number} given.loaded        messages that would be read again
 * @param {Translator} tr
 * @param {(policy: Policy) => void} apply
 */
export function openPolicy(dialog, { policy, entities, loaded }, tr, apply) {
  const types = entities.map(({ entity }) => ({
    entity,
    input: checkbox(policy.operators[entity] !== "keep"),
  }));
  const threshold = radios("threshold", THRESHOLDS, policy.threshold, (value) => tr.t(`policy.threshold.${value}`));
  const attachments = radios("attachments", RULES, policy.attachments, (value) => tr.t(`policy.attachments.${value}`));
  const keepPublic = checkbox(policy.keepPublic);
  const keepRoles = checkbox(policy.keepRoles);
  const always = area(policy.always);
  const never = area(policy.never);
  const publicList = area(policy.public);
  const everybody = () => {
    for (const { input } of types) input.checked = true;
    keepPublic.checked = false;
    keepRoles.checked = false;
    threshold.set("possible");
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.close();
    apply({
      operators: Object.fromEntries(types.filter(({ input }) => !input.checked).map(({ entity }) => [entity, "keep"])),
      threshold: threshold.get(),
      attachments: attachments.get(),
      keepPublic: keepPublic.checked,
      keepRoles: keepRoles.checked,
      always: listOf(always.value),
      never: listOf(never.value),
      public: listOf(publicList.value),
    });
  };
  const field = (/** @type {string} */ key, /** @type {HTMLTextAreaElement} */ input) =>
    h("label.field-list", {}, h("span.legend", {}, tr.t(`policy.${key}`)), h("span.faint", {}, tr.t(`policy.${key}.hint`)), input);
  fill(
    dialog,
    h("form.sheet-form", { onsubmit: submit },
      h("header.sheet-head", {},
        h("h2", { id: "policy-title" }, tr.t("policy")),
        h("p.faint", {}, tr.t("policy.lead")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "policy-title" },
        h("fieldset.types", {}, h("legend", {}, tr.t("policy.types")), types.map(({ entity, input }) => h("label.check", {}, input, tr.code("entity", entity)))),
        h("fieldset", {}, h("legend", {}, tr.t("policy.threshold")), threshold.elements),
        h("fieldset", {}, h("legend", {}, tr.t("policy.public")),
          h("label.check", {}, keepPublic, tr.t("policy.public.keep")),
          h("label.check", {}, keepRoles, tr.t("policy.roles.keep")),
          h("button.button.small", { type: "button", onclick: everybody }, tr.t("policy.everybody"))),
        h("fieldset", {}, h("legend", {}, tr.t("policy.attachments")), attachments.elements),
        h("div.lists", {}, field("always", always), field("never", never), field("publiclist", publicList)),
      ),
      h("footer.sheet-foot", {},
        h("span.faint", {}, loaded > 0 ? tr.t("policy.reread", { n: loaded }) : ""),
        h("button.button", { type: "button", onclick: () => dialog.close() }, tr.t("cancel")),
        h("button.button.primary", { type: "submit" }, tr.t("policy.apply"))),
    ),
  );
  dialog.showModal();
}

/** @param {boolean} checked */
function checkbox(checked) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
  input.checked = checked;
  return input;
}

/** @param {string[]} values */
function area(values) {
  const input = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: 4, spellcheck: "false", autocomplete: "off" }));
  input.value = values.join("\n");
  return input;
}

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly T[]} values
 * @param {T} chosen
 * @param {(value: T) => string} label
 */
function radios(name, values, chosen, label) {
  const inputs = values.map((value) => {
    const input = /** @type {HTMLInputElement} */ (h("input", { type: "radio", name }));
    input.checked = value === chosen;
    return { value, input };
  });
  return {
    elements: inputs.map(({ value, input }) => h("label.check", {}, input, label(value))),
    get: () => inputs.find(({ input }) => input.checked)?.value ?? chosen,
    set: (/** @type {T} */ wanted) => inputs.forEach(({ value, input }) => (input.checked = value === wanted)),
  };
}
