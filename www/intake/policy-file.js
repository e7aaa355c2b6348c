/** The policy as a file, presets, and lists as text. Pure. */
import { DEFAULT_POLICY } from "../state.js";

/** @import {Ground, Operator, Policy} from "../core/types.js" */

/** What can replace a finding. */
export const OPERATORS = /** @type {Operator[]} */ (["pseudonym", "fixed", "mask", "keep"]);

/** Why somebody is public: codes, because the report tells them. */
export const REASONS = ["office", "candidate", "official", "known", "published", "other"];

/** The legal grounds that can stand beside a label. */
export const GROUNDS = /** @type {Ground[]} */ (["neutral", "crpa", "gdpr", "foia"]);

/** Which header fields copies have. */
export const HEADERS = /** @type {const} */ (["all", "essential"]);

/** The languages that the core can read. */
export const MAIL_LANGUAGES = ["fr", "en", "de"];

const FORMAT = "caviard-policy";
const VERSION = 1;

const TECHNICAL = { ip: "keep", login: "keep" };

/**
 * What is usually wanted; the lists stay as they are.
 * @type {Record<string, Partial<Policy>>}
 */
export const PRESETS = {
  // Everybody can read it: what is merely possible goes, too, and the traces of the way with it.
  publication: { operators: {}, threshold: "possible", keepPublic: true, keepRoles: true, attachments: "remove", headers: "essential", ground: "neutral" },
  // Access to documents: officials and offices are named, private persons are not, and each deletion says by which
  // right it was made.
  cada: { operators: {}, threshold: "likely", keepPublic: true, keepRoles: true, attachments: "remove", headers: "all", ground: "crpa" },
  foia: { operators: {}, threshold: "likely", keepPublic: true, keepRoles: true, attachments: "remove", headers: "all", ground: "foia" },
  // Somebody who works on the same matter: what is sure goes, attachments and technical traces stay.
  colleague: { operators: /** @type {Policy["operators"]} */ (TECHNICAL), threshold: "likely", keepPublic: true, keepRoles: true, attachments: "keep", headers: "all", ground: "neutral" },
};

/**
 * The values of a list, one a line, without those that are empty or twice there.
 * @param {string} text
 */
export function listOf(text) {
  return [...new Set(text.replace(/^\ufeff/, "").split(/\r?\n|\r/).map((line) => line.trim()).filter(Boolean))];
}

/** @param {Policy} policy */
export function writePolicy(policy) {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, policy }, null, 2)}\n`;
}

/**
 * The policy in a file, or null if it is none. What it does not say is as by default.
 * @param {string} text
 * @param {string[]} entities   the entity types that there are; others are left out
 * @returns {Policy | null}
 */
export function parsePolicy(text, entities) {
  /** @type {any} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (read?.format !== FORMAT || read.version !== VERSION || !isPlain(read.policy)) return null;
  const policy = { ...DEFAULT_POLICY, ...read.policy };
  const known = new Set(Object.keys(DEFAULT_POLICY));
  const sound =
    Object.keys(policy).every((key) => known.has(key)) &&
    isPlain(policy.operators) && Object.values(policy.operators).every((operator) => OPERATORS.includes(operator)) &&
    isPlain(policy.reasons) && Object.values(policy.reasons).every((reason) => REASONS.includes(/** @type {string} */ (reason))) &&
    GROUNDS.includes(policy.ground) &&
    ["possible", "likely", "certain"].includes(policy.threshold) &&
    ["remove", "keep"].includes(policy.attachments) &&
    HEADERS.includes(policy.headers) &&
    Array.isArray(policy.languages) && policy.languages.every((/** @type {unknown} */ code) => MAIL_LANGUAGES.includes(/** @type {string} */ (code))) &&
    [policy.keepPublic, policy.keepRoles].every((value) => typeof value === "boolean") &&
    [policy.always, policy.never, policy.public].every((list) => Array.isArray(list) && list.every((value) => typeof value === "string"));
  if (!sound) return null;
  return { ...policy, operators: Object.fromEntries(Object.entries(policy.operators).filter(([entity, operator]) => entities.includes(entity) && operator !== "pseudonym")) };
}

/** @param {unknown} value */
function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
