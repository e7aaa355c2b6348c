/** The parts that were not inspected, each with what becomes of it. */
import { h } from "../dom.js";
import { actionOf } from "../verdicts.js";

/** @import {Message} from "../core/types.js" */
/** @import {Translator} from "../i18n.js" */
/** @import {State} from "../state.js" */

/**
 * @param {Message} message
 * @param {Translator} tr
 * @param {(verb: string, detail?: any) => void} act
 * @returns {{element: HTMLElement, paint: (state: State, tr: Translator) => void} | null}
 */
export function partsSection(message, tr, act) {
  const parts = message.parts.filter((part) => !part.inspected);
  if (parts.length === 0) return null;
  const rows = parts.map((part, i) => {
    const choices = /** @type {const} */ (["remove", "keep"]).map((to) => ({
      to,
      input: /** @type {HTMLInputElement} */ (
        h("input", { type: "radio", name: `part-${i}`, onchange: () => act("part", { id: String(part.id), to }) })
      ),
    }));
    const fate = h("p.faint");
    const element = h(
      "div.part", {},
      h("div", {},
        h("p.part-name", {}, h("strong", {}, part.mediaType), h("span.faint", {}, `${tr.code("size", part.size)} · ${tr.code("reason", part.reason)}`)),
        fate,
      ),
      h("div.segments", { role: "radiogroup", "aria-label": tr.t("parts.label", { part: part.path, type: part.mediaType }) },
        choices.map(({ to, input }) => h("label", {}, input, h("span", {}, tr.t(`parts.${to}`)))),
      ),
    );
    /** @param {State} state @param {Translator} now */
    const paint = (state, now) => {
      const action = actionOf(state, state.selected ?? "", part);
      for (const { to, input } of choices) input.checked = to === action;
      fate.textContent = action === "remove"
        ? now.t("parts.removed", { type: part.mediaType, size: part.size })
        : now.t("parts.kept");
    };
    return { element, paint };
  });
  return {
    element: h(
      "details.section.parts", { open: true },
      h("summary", {}, h("h2", {}, tr.t("parts.title")), h("span.faint", {}, tr.t("parts.lead"))),
      rows.map((row) => row.element),
    ),
    paint: (state, now) => rows.forEach((row) => row.paint(state, now)),
  };
}
