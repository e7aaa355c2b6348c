/** The first state of the page: what it does, where to drop, and a specimen of what comes out. */
import { fill, h } from "../dom.js";

/** @import {Translator} from "../i18n.js" */

/**
 * A letter in which invented people become labels; a string is text, a pair what was found and its
 * label. One per language, because the order of words differs.
 * @type {Record<string, (string | [string, string, string])[]>}
 */
const SPECIMEN = {
  en: ["Dear ", ["Ms Larkwood", "[PERSON-1]", "name"], ",\n", ["Edmund Pell", "[PERSON-2]", "name"], " can be reached on ", ["01632 960 144", "[PHONE-1]", "contact"], " or at ", ["9 Thistle Lane, Bath", "[ADDRESS-1]", "contact"], ". The vote is on Monday."],
  fr: ["Chère ", ["Mme Alouette", "[PERSON-1]", "name"], ",\n", ["Edmond Perrel", "[PERSON-2]", "name"], " est joignable au ", ["01 99 00 14 44", "[PHONE-1]", "contact"], " ou au ", ["9, rue du Chardon, Pau", "[ADDRESS-1]", "contact"], ". Le vote aura lieu lundi."],
  de: ["Liebe ", ["Frau Lerchenau", "[PERSON-1]", "name"], ",\n", ["Edmund Pellheim", "[PERSON-2]", "name"], " ist unter ", ["030 23125 144", "[PHONE-1]", "contact"], " oder im ", ["Distelweg 9, Bamberg", "[ADDRESS-1]", "contact"], " zu erreichen. Abgestimmt wird am Montag."],
};

/**
 * @param {HTMLElement} element
 * @param {Translator} tr
 * @param {(verb: string, detail?: any) => void} act
 */
export function fillEmpty(element, tr, act) {
  const specimen = SPECIMEN[tr.language] ?? [];
  fill(
    element,
    h("div.hero", {},
      h("div.hero-words", {},
        h("h1", {}, tr.t("empty.title")),
        h("p.lead", {}, tr.t("empty.lead")),
      ),
      h("figure.specimen", { "aria-hidden": "true" },
        h("figcaption", {}, tr.t("specimen.before")),
        h("p.paper", {}, specimen.map((piece) => typeof piece === "string" ? piece : h("mark.finding", { "data-category": piece[2], "data-verdict": "redact" }, piece[0]))),
        h("figcaption", {}, tr.t("specimen.after")),
        h("p.paper", {}, specimen.map((piece) => typeof piece === "string" ? piece : h("mark.finding.copy", { "data-category": piece[2], "data-verdict": "redact" }, piece[1]))),
      ),
    ),
    h("div.drop", {},
      h("div", {}, h("p.drop-title", {}, tr.t("empty.drop")), h("p.faint", {}, tr.t("empty.paste"))),
      h("div.drop-buttons", {},
        h("button.button.primary", { type: "button", onclick: () => act("choose") }, tr.t("empty.choose")),
        h("button.button", { type: "button", onclick: () => act("choose.folder") }, tr.t("empty.folder")),
        h("button.button.plain", { type: "button", onclick: () => act("samples") }, tr.t("empty.samples")),
      ),
    ),
    h("div.below", {}, h("button.button.small", { type: "button", onclick: () => act("policy") }, tr.t("policy"), " …"), h("span.faint", {}, tr.t("policy.lead")),
      h("button.button.plain", { type: "button", onclick: () => act("work") }, tr.t("work.open"))),
    h("ul.promises", {}, [1, 2, 3].map((i) =>
      h("li", {}, h("h2", {}, tr.t(`empty.promise${i}`)), h("p", {}, tr.t(`empty.promise${i}.more`))))),
    h("p.faint.limits", {}, tr.t("empty.limits")),
  );
}
