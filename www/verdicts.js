/**
 * What a state means for a finding: which entity it belongs to, what becomes of it, what is written in
 * its place. Pure; nothing here changes a state.
 */

/** @import {Confidence, Finding, Part, Verdict, View} from "./core/types.js" */
/** @import {Added, Entry, Proposal, State, Summary} from "./state.js" */

/**
 * What must be known of a finding to decide it.
 * @typedef {Pick<Proposal, "key" | "entityKey" | "text" | "decision">} Decidable
 */

/**
 * @param {number | string} view
 * @param {{start: number, end: number, entity: string}} finding
 */
export function findingKey(view, { start, end, entity }) {
  return `${view}:${start}-${end}:${entity}`;
}

/**
 * @param {string} file
 * @param {"finding" | "part" | "added"} what
 * @param {string} item
 */
export function decisionKey(file, what, item) {
  return `${file} ${what} ${item}`;
}

/**
 * How a form is known in decisions: the same, however its lines break.
 * @param {string} text
 */
export function formOf(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * The entity that a finding belongs to, after the reviewer merged and split.
 * @param {State} state
 * @param {{entityKey: string, text: string}} finding
 */
export function entityOf({ people }, { entityKey, text }) {
  if (people.size === 0) return entityKey;
  return mergedInto(people, people.get(`${entityKey} ${formOf(text)}`) ?? entityKey);
}

/**
 * @param {State["people"]} people
 * @param {string} key
 */
export function mergedInto(people, key) {
  // A chain is as long as there are entities at most, and merging sees to it that it has an end.
  for (let into = people.get(key); into !== undefined; into = people.get(key)) key = into;
  return key;
}

/**
 * What will be done with a finding: as decided for it, else for its entity, else as proposed.
 * @param {State} state
 * @param {string} file
 * @param {Decidable} finding
 * @returns {{verdict: Verdict, byHand: boolean}}
 */
export function verdictOf(state, file, finding) {
  const made = state.decisions.get(decisionKey(file, "finding", finding.key)) ?? state.everywhere.get(entityOf(state, finding));
  return { verdict: /** @type {Verdict} */ (made ?? finding.decision), byHand: made !== undefined };
}

/**
 * What will be done with a part that was not inspected.
 * @param {State} state
 * @param {string} file
 * @param {Part} part
 */
export function actionOf(state, file, part) {
  const made = state.decisions.get(decisionKey(file, "part", String(part.id)));
  return /** @type {"keep" | "remove"} */ (made ?? part.action);
}

/**
 * Whether a person should look: the core is not sure.
 * @param {State} state
 * @param {string} file
 * @param {Decidable & {confidence: Confidence}} finding
 */
export function isUndecided(state, file, finding) {
  return finding.confidence === "possible" && !verdictOf(state, file, finding).byHand;
}

/**
 * What is written in place of a finding, as the core does it.
 * @param {Pick<State, "policy" | "grounds" | "mask">} state
 * @param {string} entity      entity type
 * @param {string} entityKey
 */
export function labelOf({ policy, grounds, mask }, entity, entityKey) {
  const operator = policy.operators[entity] ?? "pseudonym";
  const text = operator === "mask" ? mask : operator === "fixed" ? entityKey.replace(/-\d+$/, "") : entityKey;
  const ground = grounds[policy.ground] ?? "";
  if (ground !== "") return `[${text}, ${ground}]`;
  return operator === "mask" ? text : `[${text}]`;
}

/**
 * The findings of a view as the reviewer left them: each of their own takes the place of those that it
 * overlaps.
 * @param {State} state
 * @param {string} file
 * @param {View} view
 * @returns {Finding[]}
 */
export function findingsIn(state, file, view) {
  const added = state.added.get(file)?.filter((one) => one.view === view.id) ?? [];
  if (added.length === 0) return view.findings;
  return [
    ...view.findings.filter((finding) => !added.some((one) => one.start < finding.end && finding.start < one.end)),
    ...added.map((one) => ({ ...proposalOf(one), start: one.start, end: one.end, evidence: [] })),
  ];
}

/** @type {WeakMap<readonly Added[], {summary: Summary, findings: Proposal[]}>} */
const EFFECTIVE = new WeakMap();

/**
 * The same over a whole message, from what is known of it without its text.
 * @param {State} state
 * @param {Entry | undefined} entry
 * @returns {Proposal[]}
 */
export function findingsOf(state, entry) {
  const summary = entry?.summary;
  if (!summary) return [];
  const added = state.added.get(entry.key);
  if (!added || added.length === 0) return summary.findings;
  const known = EFFECTIVE.get(added);
  if (known?.summary === summary) return known.findings;
  const places = added.map((one) => ({ view: String(one.view), start: one.start, end: one.end }));
  const kept = summary.findings.filter((finding) => {
    const [, view, start, end] = /^(.*):(\d+)-(\d+):/.exec(finding.key) ?? [];
    return !places.some((one) => one.view === view && one.start < Number(end) && Number(start) < one.end);
  });
  const findings = [...kept, ...added.map(proposalOf)];
  EFFECTIVE.set(added, { summary, findings });
  return findings;
}

/**
 * The findings that are not sure.
 * @param {State} state
 * @param {Entry | undefined} entry
 */
export function unsureOf(state, entry) {
  if (!entry?.summary) return [];
  if (!state.added.get(entry.key)?.length) return entry.summary.unsure;
  return findingsOf(state, entry).filter((finding) => finding.confidence === "possible");
}

/**
 * @param {Added} added
 * @returns {Proposal}
 */
function proposalOf(added) {
  const { entity, entityKey, text, place } = added;
  return { key: findingKey(added.view, added), id: "", entity, entityKey, text, place, confidence: "certain", label: `[${entityKey}]`, rule: "hand", decision: "redact", by: "hand" };
}

/**
 * @param {State} state
 * @param {Entry} entry
 */
export function countsOf(state, entry) {
  const counts = { redact: 0, keep: 0, undecided: 0, removed: 0, uninspected: 0 };
  for (const finding of findingsOf(state, entry)) {
    if (isUndecided(state, entry.key, finding)) counts.undecided += 1;
    counts[verdictOf(state, entry.key, finding).verdict] += 1;
  }
  for (const part of entry.summary?.parts ?? []) {
    if (part.inspected) continue;
    if (actionOf(state, entry.key, part) === "remove") counts.removed += 1;
    else counts.uninspected += 1;
  }
  return counts;
}

/**
 * The decisions on one file in the core's terms.
 * @param {State} state
 * @param {Entry} entry
 * @returns {import("./core/types.js").Decisions}
 */
export function decisionsFor(state, entry) {
  /** @type {import("./core/types.js").Decisions} */
  const decisions = { findings: {}, parts: {}, added: [], labels: {} };
  for (const finding of entry.summary?.findings ?? []) {
    const { verdict, byHand } = verdictOf(state, entry.key, finding);
    if (byHand) decisions.findings[finding.id] = verdict;
    const entityKey = entityOf(state, finding);
    if (entityKey !== finding.entityKey) decisions.labels[finding.id] = entityKey;
  }
  for (const added of state.added.get(entry.key) ?? []) {
    const proposal = proposalOf(added);
    const { view, start, end, entity } = added;
    decisions.added.push({ view, start, end, entity, entityKey: entityOf(state, proposal), decision: verdictOf(state, entry.key, proposal).verdict });
  }
  for (const part of entry.summary?.parts ?? []) {
    const made = state.decisions.get(decisionKey(entry.key, "part", String(part.id)));
    if (made !== undefined) decisions.parts[part.id] = /** @type {"keep" | "remove"} */ (made);
  }
  return decisions;
}

