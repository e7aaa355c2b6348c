/**
 * The report on what was done: counts and places, never a value that was found, a file name or a
 * digest of a message. Pure.
 */
import { actionOf, findingsOf, verdictOf } from "../verdicts.js";

/** @import {Translator} from "../i18n.js" */
/** @import {Entry, State} from "../state.js" */

/**
 * @typedef {Record<string, number>} Counts
 *
 * @typedef {object} MessageReport
 * @property {number} number          place in the list, from 1; so are neutral file names numbered
 * @property {string} status          `clean`, `not-inspected`, `refused`, `failed`, `not-saved`, …
 * @property {Record<string, Counts>} redacted   by entity type and confidence
 * @property {Counts} kept            by entity type
 * @property {Counts} places          of what was redacted
 * @property {{hand: number, policy: number}} decided
 * @property {string[]} flags
 * @property {{mediaType: string, size: string, reason: string}[]} removed
 * @property {{mediaType: string, size: string, reason: string}[]} notInspected
 * @property {{field: string, domain: string, selector: string}[]} seals   signatures of domains that went with the changes
 * @property {number} removedPlaces   fields and texts that went as a whole, because a value could not be removed alone
 * @property {{promise: number, code: string}[]} failures
 *
 * @typedef {object} Report
 * @property {"caviard-report"} format
 * @property {1} version
 * @property {string} created         date and time, UTC
 * @property {{name: string, version: string, coreSha256: string}} tool
 * @property {Record<string, any>} policy    its lists as counts, and why somebody is on that of public figures
 * @property {{messages: number, redacted: number, kept: number, byHand: number, duplicates: number, statuses: Counts}} totals
 * @property {MessageReport[]} messages
 */

/** Fields whose name is told; any other is "other", because a name can hold anything. */
const FIELDS = new Set([
  "from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "received", "return-path", "delivered-to", "message-id", "references",
  "in-reply-to", "content-type", "content-disposition", "content-id", "authentication-results", "dkim-signature", "user-agent", "x-mailer",
]);

/**
 * @param {State} state
 * @param {{version: string, hash: string}} tool
 * @param {Date} now
 * @returns {Report}
 */
export function reportOn(state, tool, now) {
  /** @type {MessageReport[]} */
  const messages = [];
  state.order.forEach((key, i) => {
    const entry = state.entries.get(key);
    if (entry && entry.status !== "duplicate") messages.push(messageReport(state, entry, i + 1));
  });
  const { operators, threshold, ground, keepPublic, keepRoles, attachments, headers, languages } = state.policy;
  /** @type {Counts} */
  const publicReasons = {};
  for (const name of state.policy.public) count(publicReasons, state.policy.reasons[name] ?? "listed");
  /** @type {Counts} */
  const statuses = {};
  const totals = { messages: messages.length, redacted: 0, kept: 0, byHand: 0, duplicates: state.tally.duplicate, statuses };
  for (const message of messages) {
    count(statuses, message.status);
    totals.redacted += sum(Object.values(message.redacted).map((counts) => sum(Object.values(counts))));
    totals.kept += sum(Object.values(message.kept));
    totals.byHand += message.decided.hand;
  }
  return {
    format: "caviard-report",
    version: 1,
    created: now.toISOString(),
    tool: { name: "Caviard", version: tool.version, coreSha256: tool.hash },
    policy: {
      operators, threshold, ground, keepPublic, keepRoles, attachments, headers, languages, publicReasons,
      always: state.policy.always.length, never: state.policy.never.length, public: state.policy.public.length,
    },
    totals,
    messages,
  };
}

/**
 * @param {State} state
 * @param {Entry} entry
 * @param {number} number
 * @returns {MessageReport}
 */
function messageReport(state, entry, number) {
  const saved = state.saved.get(entry.key);
  /** @type {MessageReport} */
  const report = {
    number,
    status: entry.status !== "read" ? entry.status : (saved?.status ?? "not-saved"),
    redacted: {}, kept: {}, places: {}, decided: { hand: 0, policy: 0 },
    flags: entry.summary?.flags ?? [],
    removed: [], notInspected: [],
    seals: (saved?.seals ?? []).map(({ field, domain, selector }) => ({ field, domain, selector })),
    removedPlaces: saved?.removedPlaces ?? 0,
    failures: (saved?.failures ?? []).map(({ promise, code }) => ({ promise, code })),
  };
  // What an earlier reading found says nothing of a copy that was not written under this policy.
  const summary = entry.status === "read" ? entry.summary : null;
  for (const finding of summary ? findingsOf(state, entry) : []) {
    const { verdict, byHand } = verdictOf(state, entry.key, finding);
    report.decided[byHand ? "hand" : "policy"] += 1;
    if (verdict === "keep") {
      count(report.kept, finding.entity);
      continue;
    }
    count((report.redacted[finding.entity] ??= {}), finding.confidence);
    const { kind, field } = finding.place;
    const known = field !== undefined && FIELDS.has(field.toLowerCase()) ? field.toLowerCase() : "other";
    count(report.places, kind === "header" || kind === "parameter" ? `${kind} ${known}` : kind);
  }
  for (const part of summary?.parts ?? []) {
    if (part.inspected) continue;
    const told = { mediaType: /^[a-z0-9.+-]{1,40}\/[a-z0-9.+-]{1,60}$/.test(part.mediaType) ? part.mediaType : "unknown", size: part.size, reason: part.reason ?? "" };
    (actionOf(state, entry.key, part) === "remove" ? report.removed : report.notInspected).push(told);
  }
  return report;
}

/** @param {Report} report */
export function asJson(report) {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/**
 * One line per count (RFC 4180), so that any table program can add them up.
 * @param {Report} report
 */
export function asCsv(report) {
  const lines = [["message", "status", "what", "type", "detail", "count"]];
  for (const message of report.messages) {
    const add = (/** @type {string} */ what, /** @type {string} */ type, /** @type {string} */ detail, /** @type {number} */ n) => {
      if (n > 0) lines.push([String(message.number), message.status, what, type, detail, String(n)]);
    };
    for (const [entity, counts] of Object.entries(message.redacted)) {
      for (const [confidence, n] of Object.entries(counts)) add("redacted", entity, confidence, n);
    }
    for (const [entity, n] of Object.entries(message.kept)) add("kept", entity, "", n);
    for (const [place, n] of Object.entries(message.places)) add("place", place, "", n);
    add("decided", "hand", "", message.decided.hand);
    add("decided", "policy", "", message.decided.policy);
    for (const flag of message.flags) add("damage", flag, "", 1);
    for (const part of message.removed) add("removed part", part.mediaType, part.size, 1);
    for (const part of message.notInspected) add("not inspected", part.mediaType, part.size, 1);
    for (const { field, domain, selector } of message.seals) add("removed signature", field, `${domain} ${selector}`.trim(), 1);
    add("removed places", "", "", message.removedPlaces);
    for (const { promise, code } of message.failures) add("failure", code, `promise ${promise}`, 1);
    if (lines.at(-1)?.[0] !== String(message.number)) add("nothing", "", "", 1);
  }
  return lines.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/**
 * A page to print, in the language of the reader.
 * @param {Report} report
 * @param {Translator} tr
 */
export function asHtml(report, tr) {
  const e = (/** @type {unknown} */ text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const list = (/** @type {[string, number][]} */ pairs) => pairs.map(([what, n]) => `${e(what)}&nbsp;${e(tr.numbers.format(n))}`).join(", ");
  const place = (/** @type {string} */ code) => {
    const [kind = "", field] = code.split(" ");
    return `${tr.code("place", kind)}${field ? ` ${field === "other" ? tr.t("report.other") : field}` : ""}`;
  };
  const status = (/** @type {string} */ code) => tr.t(`report.status.${code}`);
  const parts = (/** @type {MessageReport["removed"]} */ some) => some.map((part) => `${e(part.mediaType)}, ${e(tr.code("size", part.size))}`).join("; ");
  const row = (/** @type {MessageReport} */ m) => {
    const redacted = Object.entries(m.redacted).map(([entity, counts]) => /** @type {[string, number]} */ ([tr.code("entity", entity), sum(Object.values(counts))]));
    const notes = [
      m.flags.length ? `${e(tr.t("list.damaged"))}: ${m.flags.map((flag) => e(tr.code("flag", flag))).join(" ")}` : "",
      m.removed.length ? `${e(tr.t("report.removed"))}: ${parts(m.removed)}` : "",
      m.notInspected.length ? `${e(tr.t("parts.title"))}: ${parts(m.notInspected)}` : "",
      m.removedPlaces > 0 ? e(tr.t("report.places", { n: m.removedPlaces })) : "",
      m.seals.length ? `${e(tr.t("report.seals"))}: ${m.seals.map(({ field, domain, selector }) => e([field, domain, selector].filter(Boolean).join(" "))).join("; ")}` : "",
      ...m.failures.map(({ promise, code }) => (m.status === "failed" ? e(tr.code("error", code)) : e(`${tr.t("save.broken", { promise: tr.code("promise", promise) })}: ${tr.code("failure", code)}`))),
    ].filter(Boolean).join("<br>");
    return `<tr><th scope="row">${m.number}</th><td>${e(status(m.status))}</td><td>${list(redacted)}</td><td>${list(Object.entries(m.places).map(([code, n]) => [place(code), n]))}</td><td>${list(Object.entries(m.kept).map(([entity, n]) => [tr.code("entity", entity), n]))}</td><td>${m.decided.hand}</td><td>${notes}</td></tr>`;
  };
  const { policy, totals, tool } = report;
  const facts = [
    [tr.t("report.created"), report.created],
    [tr.t("report.tool"), `${tool.name} ${tool.version}`],
    ["SHA-256", tool.coreSha256],
    [tr.t("list.title"), tr.numbers.format(totals.messages)],
    ...Object.entries(totals.statuses).map(([code, n]) => [status(code), tr.numbers.format(n)]),
    [tr.t("report.redacted"), tr.numbers.format(totals.redacted)],
    [tr.t("report.kept"), tr.numbers.format(totals.kept)],
    [tr.t("report.hand"), tr.numbers.format(totals.byHand)],
    [tr.t("policy.threshold"), tr.t(`policy.threshold.${policy.threshold}`)],
    [tr.t("policy.attachments"), tr.t(`policy.attachments.${policy.attachments}`)],
    [tr.t("policy.headers"), tr.t(`policy.headers.${policy.headers}`)],
    ...(policy.languages.length > 0 ? [[tr.t("policy.languages"), policy.languages.join(", ")]] : []),
    [tr.t("policy.always"), String(policy.always)],
    [tr.t("policy.never"), String(policy.never)],
    [tr.t("policy.publiclist"), String(policy.public)],
    ...Object.entries(policy.publicReasons).filter(([code]) => code !== "listed").map(([code, n]) => [tr.t(`reason.public.${code}`), tr.numbers.format(Number(n))]),
    [tr.t("policy.ground"), tr.t(`policy.ground.${policy.ground}`)],
    ...Object.entries(policy.operators).map(([entity, operator]) => [tr.code("entity", entity), tr.t(`policy.operator.${operator}`)]),
  ];
  const heads = ["report.number", "report.status", "report.redacted", "card.where", "report.kept", "report.hand", "report.notes"].map((key) => `<th scope="col">${e(tr.t(key))}</th>`).join("");
  return `<!doctype html>
<html lang="${e(tr.language)}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${e(tr.t("report.title"))}</title>
<style>body{font:11pt/1.45 system-ui,sans-serif;margin:2rem;color:#1d1b17}h1{font:600 20pt/1.2 Georgia,serif}dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1.5rem}dt{color:#635d52}dd{margin:0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%;margin-top:1.5rem;font-size:9.5pt}th,td{padding:.35rem .5rem;border-bottom:1px solid #ccc;text-align:start;vertical-align:top}thead{display:table-header-group}tr{break-inside:avoid}</style></head>
<body><h1>${e(tr.t("report.title"))}</h1><p>${e(tr.t("report.lead"))}</p>
<dl>${facts.map(([name, value]) => `<dt>${e(name)}</dt><dd>${e(value)}</dd>`).join("")}</dl>
<table><thead><tr>${heads}</tr></thead><tbody>
${report.messages.map(row).join("\n")}
</tbody></table></body></html>
`;
}

/**
 * @param {Counts} counts
 * @param {string} key
 */
function count(counts, key) {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

/**
 * A cell that no table program takes for a formula.
 * @param {string} text
 */
function cell(text) {
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
