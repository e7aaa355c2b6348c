/** The dialog in which the policy is set. */
import { fill, h } from "../dom.js";
import { download } from "../save/download.js";
import { LANGUAGES } from "../i18n.js";
import { labelOf } from "../verdicts.js";
import { GROUNDS, HEADERS, MAIL_LANGUAGES, OPERATORS, PRESETS, listOf, parsePolicy, writePolicy } from "./policy-file.js";

/** @import {Entity, Operator, Policy} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */

const THRESHOLDS = /** @type {const} */ (["certain", "likely", "possible"]);
const RULES = /** @type {const} */ (["remove", "keep"]);

/** Lists of the policy, with the key of their words. */
const LISTS = /** @type {const} */ ([["always", "always"], ["never", "never"], ["public", "publiclist"]]);

/**
 * @param {HTMLDialogElement} dialog
 * @param {object} given
 * @param {Policy} given.policy
 * @param {Entity[]} given.entities
 * @param {Pick<import("../state.js").State, "grounds" | "mask">} given.signs   how labels are written
 * @param {number} given.loaded        messages that would be read again
 * @param {Translator} tr
 * @param {(policy: Policy) => void} apply
 */
export function openPolicy(dialog, { policy, entities, signs, loaded }, tr, apply) {
  const operator = (/** @type {string} */ entity) => policy.operators[entity] ?? "pseudonym";
  const types = entities.map(({ entity, label }) => {
    const name = tr.code("entity", entity);
    const input = select(OPERATORS, operator(entity), (value) => tr.t(`policy.operator.${value}`));
    return { entity, label, input, name, example: h("code.type-example") };
  });
  const every = select(["", ...OPERATORS], "", (value) => (value === "" ? tr.t("policy.operator.each") : tr.t(`policy.operator.${value}`)));
  every.addEventListener("change", () => {
    if (every.value === "") return;
    for (const { input } of types) input.value = every.value;
    paint();
  });
  const ground = radios("ground", GROUNDS, policy.ground, (value) => tr.t(`policy.ground.${value}`));
  const threshold = radios("threshold", THRESHOLDS, policy.threshold, (value) => tr.t(`policy.threshold.${value}`));
  const attachments = radios("attachments", RULES, policy.attachments, (value) => tr.t(`policy.attachments.${value}`));
  const headers = radios("headers", HEADERS, policy.headers, (value) => tr.t(`policy.headers.${value}`));
  const languages = MAIL_LANGUAGES.map((code) => ({ code, input: checkbox(policy.languages.length === 0 || policy.languages.includes(code)), name: LANGUAGES.find((one) => one.code === code)?.name ?? code }));
  const keepPublic = checkbox(policy.keepPublic);
  const keepRoles = checkbox(policy.keepRoles);
  const lists = { always: area(policy.always), never: area(policy.never), public: area(policy.public) };
  const note = h("p.notice.bad", { role: "alert", hidden: true });
  let { reasons } = policy;
  const everybody = () => {
    for (const { input } of types) if (input.value === "keep") input.value = "pseudonym";
    keepPublic.checked = false;
    keepRoles.checked = false;
    threshold.set("possible");
    paint();
  };
  /** None of them, like all of them, is no restriction. */
  const chosenLanguages = () => {
    const some = languages.filter(({ input }) => input.checked).map(({ code }) => code);
    return some.length === languages.length ? [] : some;
  };
  /** @returns {Policy} what the form says */
  const chosen = () => ({
    operators: Object.fromEntries(types.filter(({ input }) => input.value !== "pseudonym").map(({ entity, input }) => [entity, /** @type {Operator} */ (input.value)])),
    ground: ground.get(),
    reasons: Object.fromEntries(Object.entries(reasons).filter(([name]) => listOf(lists.public.value).includes(name))),
    threshold: threshold.get(),
    attachments: attachments.get(),
    headers: headers.get(),
    languages: chosenLanguages(),
    keepPublic: keepPublic.checked,
    keepRoles: keepRoles.checked,
    always: listOf(lists.always.value),
    never: listOf(lists.never.value),
    public: listOf(lists.public.value),
  });
  const show = (/** @type {Partial<Policy>} */ wanted) => {
    const { operators } = wanted;
    if (operators) for (const { entity, input } of types) input.value = operators[entity] ?? "pseudonym";
    if (wanted.ground) ground.set(wanted.ground);
    if (wanted.reasons) reasons = wanted.reasons;
    if (wanted.threshold) threshold.set(wanted.threshold);
    if (wanted.attachments) attachments.set(wanted.attachments);
    if (wanted.headers) headers.set(wanted.headers);
    const { languages: some } = wanted;
    if (some) for (const { code, input } of languages) input.checked = some.length === 0 || some.includes(code);
    keepPublic.checked = wanted.keepPublic ?? keepPublic.checked;
    keepRoles.checked = wanted.keepRoles ?? keepRoles.checked;
    for (const [list] of LISTS) if (wanted[list]) lists[list].value = wanted[list].join("\n");
    paint();
  };
  /** Shows what each type would be replaced by. */
  const paint = () => {
    const now = chosen();
    for (const { entity, label, input, example } of types) {
      example.textContent = input.value === "keep" ? "" : labelOf({ ...signs, policy: now }, entity, `${label}-1`);
    }
    every.value = "";
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.close();
    apply(chosen());
  };
  const small = (/** @type {string} */ text, /** @type {() => void} */ onclick, name = text) =>
    h("button.button.small", { type: "button", "aria-label": name, onclick }, text);
  const load = async () => {
    const text = await pickText(".json,application/json");
    if (text === null) return;
    const read = parsePolicy(text, entities.map(({ entity }) => entity));
    note.hidden = read !== null;
    note.textContent = read === null ? tr.t("policy.load.bad") : "";
    if (read !== null) show(read);
    else note.scrollIntoView({ block: "nearest" });
  };
  const save = () => download(new Blob([writePolicy(chosen())], { type: "application/json" }), "caviard-policy.json");
  const field = (/** @type {"always" | "never" | "public"} */ list, /** @type {string} */ key) => {
    const input = lists[list];
    const name = tr.t(`policy.${key}`);
    const add = async () => {
      const text = await pickText(".txt,.csv,text/plain");
      if (text !== null) input.value = listOf(`${input.value}\n${text}`).join("\n");
    };
    const out = () => download(new Blob([`${listOf(input.value).join("\n")}\n`], { type: "text/plain" }), `caviard-${list}.txt`);
    return h("div.field-list", {},
      h("label.field-list", {}, h("span.legend", {}, name), h("span.faint", {}, tr.t(`policy.${key}.hint`)), input),
      h("div.field-buttons", {}, small(tr.t("policy.import"), add, `${tr.t("policy.import")}: ${name}`), small(tr.t("policy.export"), out, `${tr.t("policy.export")}: ${name}`)));
  };
  fill(
    dialog,
    h("form.sheet-form", { onsubmit: submit },
      h("header.sheet-head", {},
        h("h2", { id: "policy-title" }, tr.t("policy")),
        h("p.faint", {}, tr.t("policy.lead")),
        h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
      h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "policy-title" },
        note,
        h("fieldset", {}, h("legend", {}, tr.t("policy.presets")),
          h("div.field-buttons", {}, Object.entries(PRESETS).map(([name, preset]) => small(tr.t(`policy.preset.${name}`), () => show(preset)))),
          h("div.field-buttons", {}, small(tr.t("policy.load"), load), small(tr.t("policy.save"), save), h("span.faint", {}, tr.t("policy.presets.hint")))),
        h("fieldset", {}, h("legend", {}, tr.t("policy.threshold")), threshold.elements),
        h("fieldset.types", { onchange: () => paint() }, h("legend", {}, tr.t("policy.types")),
          h("label.type-row.type-every", {}, h("span", {}, tr.t("policy.types.all")), every),
          types.map(({ input, name, example }) => h("label.type-row", {}, h("span", {}, name), input, example))),
        h("fieldset", { onchange: () => paint() }, h("legend", {}, tr.t("policy.ground")), h("p.faint", {}, tr.t("policy.ground.hint")), ground.elements),
        h("fieldset", {}, h("legend", {}, tr.t("policy.public")),
          h("label.check", {}, keepPublic, tr.t("policy.public.keep")),
          h("label.check", {}, keepRoles, tr.t("policy.roles.keep")),
          h("button.button.small", { type: "button", onclick: everybody }, tr.t("policy.everybody"))),
        h("fieldset", {}, h("legend", {}, tr.t("policy.attachments")), attachments.elements),
        h("fieldset", {}, h("legend", {}, tr.t("policy.headers")), headers.elements),
        h("fieldset", {}, h("legend", {}, tr.t("policy.languages")), h("p.faint", {}, tr.t("policy.languages.hint")),
          h("div.checks-inline", {}, languages.map(({ code, input, name }) => h("label.check", {}, input, h("span", { lang: code }, name))))),
        h("div.lists", {}, LISTS.map(([list, key]) => field(list, key))),
      ),
      h("footer.sheet-foot", {},
        h("span.faint", {}, loaded > 0 ? tr.t("policy.reread", { n: loaded }) : ""),
        h("button.button", { type: "button", onclick: () => dialog.close() }, tr.t("cancel")),
        h("button.button.primary", { type: "submit" }, tr.t("policy.apply"))),
    ),
  );
  paint();
  dialog.showModal();
}

/**
 * @template {string} T
 * @param {readonly T[]} values
 * @param {T} chosen
 * @param {(value: T) => string} label
 */
function select(values, chosen, label) {
  return /** @type {HTMLSelectElement} */ (h("select.entry-field", {}, values.map((value) => h("option", { value, selected: value === chosen }, label(value)))));
}

/** One for all, in the page: Firefox may forget one that is not in it before anything is chosen. */
const PICKER = /** @type {HTMLInputElement} */ (h("input", { type: "file", hidden: true }));

/**
 * The text of a file that is chosen, or null if it cannot be read. Without a choice nothing comes of it.
 * @param {string} accept
 * @returns {Promise<string | null>}
 */
function pickText(accept) {
  document.body.append(PICKER);
  PICKER.accept = accept;
  PICKER.value = "";
  return new Promise((resolve) => {
    PICKER.onchange = () => {
      const file = PICKER.files?.[0];
      if (file) file.text().then(resolve, () => resolve(null));
    };
    PICKER.click();
  });
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
