/**
 * The words of the page in each language. A text is looked up by its key; `{name}` in it stands for
 * a value, and a text that depends on a number `n` has one form per plural category.
 */
import { CODES } from "./i18n/codes.js";
import { TROVE } from "./i18n/trove.js";
import { WORDS } from "./i18n/words.js";

/** @typedef {string | {[category: string]: string}} Text */
/** @typedef {Record<string, Text[]>} Table   one text per language, in the order of `LANGUAGES` */

/** The languages, each with its own name for itself. */
export const LANGUAGES = [
  { code: "en", name: "English" },
  { code: "fr", name: "Français" },
  { code: "de", name: "Deutsch" },
];

/** @type {Table} */
export const TABLE = { ...WORDS, ...TROVE, ...CODES };

/**
 * The first of the wanted languages that the page speaks.
 * @param {readonly string[]} wanted   BCP 47 tags, best first
 */
export function bestLanguage(wanted) {
  const codes = LANGUAGES.map((language) => language.code);
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => codes.includes(tag)) ?? "en";
}

/** Texts, numbers and dates of one language. */
export class Translator {
  /** @param {string} code */
  constructor(code) {
    this.language = code;
    this.column = Math.max(0, LANGUAGES.findIndex((language) => language.code === code));
    this.plurals = new Intl.PluralRules(code);
    this.numbers = new Intl.NumberFormat(code);
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]   `n` chooses the plural form
   */
  t(key, values = {}) {
    const text = TABLE[key]?.[this.column];
    if (text === undefined) throw new Error(`no text ${key}`);
    const form =
      typeof text === "string" ? text : (text[this.plurals.select(Number(values.n))] ?? text.other ?? "");
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? this.numbers.format(value) : (value ?? "");
    });
  }

  /**
   * The text of a code of the core. Codes have dots, general before special: where the special one
   * has no text, the general one's is taken, and the code itself where there is none at all.
   * @param {string} group   `rule`, `evidence`, `flag`, …
   * @param {string | number | null} code   nothing has no text
   */
  code(group, code) {
    if (code === null) return "";
    code = String(code);
    for (let known = code; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf(".")))) {
      const key = `${group}:${known}`;
      if (key in TABLE) return this.t(key);
    }
    return code;
  }

  /**
   * A time of seconds or minutes, roughly.
   * @param {number} seconds
   */
  duration(seconds) {
    const minutes = seconds >= 90;
    return new Intl.NumberFormat(this.language, {
      style: "unit", unit: minutes ? "minute" : "second", unitDisplay: "long", maximumFractionDigits: 0,
    }).format(minutes ? seconds / 60 : Math.ceil(seconds / 5) * 5);
  }

  /**
   * A size in decimal units, as file managers show it.
   * @param {number} bytes
   */
  size(bytes) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return new Intl.NumberFormat(this.language, {
      style: "unit",
      unit: units[power],
      unitDisplay: power === 0 ? "long" : "short",
      maximumFractionDigits: power === 0 ? 0 : 1,
    }).format(bytes / 1000 ** power);
  }
}
