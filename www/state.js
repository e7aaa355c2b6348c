/**
 * The state of the page and everything that can happen to it, as one pure function. The state holds
 * no file and no text of a mail but what the list shows; those stay with the library (`library.js`).
 *
 * The reviewer's decisions are kept apart from what the core proposed, as a list of actions: undo is
 * taking back the last one. They survive a change of policy, because a finding is known by where it
 * is and what it is, not by the number that the core gave it. A decision "everywhere" is one on an
 * entity, so that it costs the same for one message and for all, and holds for those still to come.
 *
 * Nothing here may cost more the more messages are loaded, but for what concerns all of them.
 */

import { PersistentMap } from "./pmap.js";
import { decisionKey, entityOf, findingKey, findingsOf, mergedInto } from "./verdicts.js";

/** @import {Confidence, Message, Part, Place, Policy, Verdict} from "./core/types.js" */

/**
 * @typedef {object} Proposal     what must be known of a finding to count and decide it
 * @property {string} key         place, range and type
 * @property {string} id          the core's number for it
 * @property {string} entity
 * @property {Confidence} confidence
 * @property {string} entityKey   the entity that it belongs to, before the reviewer merged or split
 * @property {string} label       what the core would write
 * @property {string} text        the value, as it stands there
 * @property {Place} place
 * @property {string} rule
 * @property {Verdict} decision   by the core
 * @property {string} by          who decided, if no person did
 * @property {boolean} [near]     whether it is nearly somebody's name
 * @property {[string, string]} [around]   the text before and behind it, of those that are not sure
 *
 * @typedef {object} Added        a finding of the reviewer's own
 * @property {number | string} view
 * @property {number} start       UTF-16 units of the view's text
 * @property {number} end
 * @property {string} entity
 * @property {string} entityKey
 * @property {string} text
 * @property {Place} place
 *
 * @typedef {object} Summary
 * @property {string} subject
 * @property {string} from
 * @property {string[]} flags
 * @property {Proposal[]} findings
 * @property {Proposal[]} unsure  those findings that are merely possible
 * @property {Part[]} parts
 *
 * @typedef {"waiting" | "reading" | "read" | "failed" | "cancelled" | "duplicate"} Status
 *
 * @typedef {object} Entry        a file in the list
 * @property {string} key
 * @property {string} name
 * @property {string} folder      where it lay, `a/b/`, or empty
 * @property {number} size        bytes
 * @property {Status} status
 * @property {string} error       code, if it failed
 * @property {string} digest      SHA-256 of its bytes, in hexadecimal; empty while unknown
 * @property {Summary | null} summary   of the last reading, even while it waits for another
 *
 * @typedef {object} Decision     that somebody makes; `undefined` is "as the core proposes"
 * @property {string} file        key of the entry; empty for an entity
 * @property {"finding" | "part" | "added" | "entity" | "person"} what
 *   `person`: that an entity is another one, or that a form of it (`KEY FORM`) is
 * @property {string} item        key of the finding, id of the part, `view:start-end`, or key of the entity
 * @property {string | Added | undefined} to
 *
 * @typedef {Decision & {from: string | Added | undefined} | {what: "policy", from: Policy, to: Policy}} Change
 *
 * @typedef {"original" | "both" | "redacted"} Mode
 * @typedef {"messages" | "queue" | "entities"} Pane
 *
 * @typedef {object} Saved        what became of a copy
 * @property {"clean" | "not-inspected" | "refused" | "failed"} status
 * @property {string} name
 * @property {import("./core/types.js").Failure[]} failures
 * @property {import("./core/types.js").Seal[]} [seals]
 * @property {number} [removedPlaces]
 *
 * @typedef {object} State
 * @property {string} language
 * @property {Policy} policy
 * @property {string[]} order                       keys of the entries, as added
 * @property {PersistentMap<Entry>} entries
 * @property {Readonly<Record<Status, number>>} tally   how many entries there are of each status
 * @property {string | null} selected               key of the entry that is shown
 * @property {string | null} focus                  key of the finding that the card shows
 * @property {Mode} mode
 * @property {Pane} pane
 * @property {Record<string, string>} grounds       what is written beside labels, by legal ground
 * @property {string} mask
 * @property {PersistentMap<string>} decisions      by `decisionKey`
 * @property {PersistentMap<readonly Added[]>} added   by key of the entry
 * @property {PersistentMap<Verdict>} everywhere    by entity
 * @property {PersistentMap<string>} people         which entity, or form of one, is which other
 * @property {PersistentMap<import("./work/decisions.js").Made[]>} pending   decisions on messages that were not read yet, by digest
 * @property {Change[][]} past
 * @property {Change[][]} future
 * @property {number} unsaved                       decisions since the last save
 * @property {PersistentMap<Saved>} saved           by key of the entry
 *
 * @typedef {{type: "add", files: {key: string, name: string, folder?: string, size: number}[]}
 *   | {type: "reading", key: string}
 *   | {type: "read", key: string, summary: Summary, digest?: string}
 *   | {type: "duplicate", key: string, digest: string}
 *   | {type: "failed", key: string, error: string}
 *   | {type: "cancel"} | {type: "resume"}
 *   | {type: "remove", key: string}
 *   | {type: "select", key: string}
 *   | {type: "focus", finding: string | null}
 *   | {type: "mode", mode: Mode}
 *   | {type: "pane", pane: Pane}
 *   | {type: "described", grounds: Record<string, string>, mask: string}
 *   | {type: "language", language: string}
 *   | {type: "policy", policy: Policy}
 *   | {type: "decide", changes: Decision[], policy?: Policy}
 *   | {type: "restore", work: import("./work/decisions.js").Work}
 *   | {type: "undo"} | {type: "redo"}
 *   | {type: "saved", key: string, saved: Saved}
 *   | {type: "delivered"}
 *   | {type: "reset"}} Action
 */

/** @type {Policy} The defaults of `src/policy.rs`. */
export const DEFAULT_POLICY = {
  operators: {},
  threshold: "likely",
  always: [],
  never: [],
  public: [],
  reasons: {},
  ground: "neutral",
  keepPublic: true,
  keepRoles: true,
  attachments: "remove",
  headers: "all",
  languages: [],
};

const NOBODY = Object.freeze({ waiting: 0, reading: 0, read: 0, failed: 0, cancelled: 0, duplicate: 0 });

/**
 * @param {string} language
 * @returns {State}
 */
export function initialState(language) {
  return {
    language,
    policy: DEFAULT_POLICY,
    order: [],
    entries: new PersistentMap(),
    tally: NOBODY,
    selected: null,
    focus: null,
    mode: "both",
    pane: "messages",
    grounds: {},
    mask: "*****",
    decisions: new PersistentMap(),
    added: new PersistentMap(),
    people: new PersistentMap(),
    everywhere: new PersistentMap(),
    pending: new PersistentMap(),
    past: [],
    future: [],
    unsaved: 0,
    saved: new PersistentMap(),
  };
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "add": {
      let { entries } = state;
      for (const { key, name, folder = "", size } of action.files) {
        entries = entries.set(key, { key, name, folder, size, status: "waiting", error: "", digest: "", summary: null });
      }
      const tally = { ...state.tally, waiting: state.tally.waiting + action.files.length };
      return { ...state, entries, tally, order: [...state.order, ...action.files.map((file) => file.key)] };
    }
    case "reading":
      return patch(state, action.key, { status: "reading" });
    case "read": {
      const { key, summary, digest = "" } = action;
      const read = takeUp(patch(state, key, { status: "read", summary, error: "", digest }), key, digest);
      return read === state || read.selected !== null ? read : { ...read, selected: key };
    }
    case "duplicate":
      return patch(state, action.key, { status: "duplicate", digest: action.digest, summary: null });
    case "failed":
      return patch(state, action.key, { status: "failed", error: action.error, summary: null });
    case "cancel":
      return patchAll(state, ["waiting", "reading"], { status: "cancelled" });
    case "resume":
      return patchAll(state, ["cancelled"], { status: "waiting" });
    case "remove":
      return remove(state, action.key);
    case "select":
      return state.selected === action.key ? state : { ...state, selected: action.key, focus: null };
    case "focus":
      return { ...state, focus: action.finding };
    case "mode":
      return { ...state, mode: action.mode };
    case "pane":
      return { ...state, pane: action.pane };
    case "described":
      return { ...state, grounds: action.grounds, mask: action.mask };
    case "language":
      return { ...state, language: action.language };
    case "policy":
      return action.policy === state.policy ? state : record(state, [{ what: "policy", from: state.policy, to: action.policy }]);
    case "restore":
      return restore(state, action.work);
    case "decide":
      return decide(state, action.changes, action.policy);
    case "undo":
      return step(state, "past", "future");
    case "redo":
      return step(state, "future", "past");
    case "saved":
      return { ...state, saved: state.saved.set(action.key, action.saved) };
    case "delivered":
      return { ...state, unsaved: 0 };
    case "reset":
      return { ...initialState(state.language), policy: state.policy, mode: state.mode, grounds: state.grounds, mask: state.mask };
  }
}

/**
 * What is known of a message once its text is put away.
 * @param {Message} message
 * @returns {Summary}
 */
export function summarise(message) {
  const findings = message.views.flatMap((view) =>
    view.findings.map((finding) => /** @type {Proposal} */ ({
      key: findingKey(view.id, finding),
      id: finding.id,
      entity: same(finding.entity),
      confidence: finding.confidence,
      entityKey: same(finding.entityKey),
      label: same(finding.label),
      text: same(finding.text),
      place: view.place,
      rule: same(finding.rule),
      decision: finding.decision,
      by: same(finding.by),
      ...(finding.confidence === "possible" ? { around: aroundOf(view.text, finding), near: finding.evidence.includes("near-miss") } : {}),
    })),
  );
  const { subject, from, flags, parts } = message;
  return { subject, from, flags, parts, findings, unsure: findings.filter((finding) => finding.confidence === "possible") };
}

/** UTF-16 units around a finding that tell a reader what it is. */
const AROUND = 60;

/**
 * @param {string} text
 * @param {{start: number, end: number}} range
 * @returns {[string, string]}
 */
function aroundOf(text, { start, end }) {
  const tidy = (/** @type {string} */ part) => part.replace(/\s+/g, " ");
  let before = tidy(text.slice(Math.max(0, start - AROUND), start));
  let behind = tidy(text.slice(end, end + AROUND));
  // Words stay whole, and an ellipsis says that there is more.
  if (start > AROUND) before = before.replace(/^\S*\s?/, "… ");
  if (end + AROUND < text.length) behind = behind.replace(/\s?\S*$/, " …");
  // Strings of their own: cut out, they would hold the whole text in memory.
  return /** @type {[string, string]} */ (JSON.parse(JSON.stringify([before, behind])));
}

/** Strings that recur in every message, held once. @type {Map<string, string>} */
const STRINGS = new Map();

/** @param {string} text */
function same(text) {
  const known = STRINGS.get(text);
  if (known !== undefined) return known;
  if (STRINGS.size > 200_000) STRINGS.clear();
  STRINGS.set(text, text);
  return text;
}

/**
 * Entries in the order of the list, by status. Looks at every entry: not for what is done often.
 * @param {State} state
 * @param {Status[]} statuses
 */
export function entriesOf(state, ...statuses) {
  /** @type {Entry[]} */
  const found = [];
  for (const key of state.order) {
    const entry = state.entries.get(key);
    if (entry && (statuses.length === 0 || statuses.includes(entry.status))) found.push(entry);
  }
  return found;
}

/**
 * @param {State} state
 * @param {string} key
 * @param {Partial<Entry>} change
 * @returns {State}
 */
function patch(state, key, change) {
  const entry = state.entries.get(key);
  // A late answer about a file that was taken out is stale.
  if (!entry) return state;
  const next = { ...entry, ...change };
  const tally = { ...state.tally };
  tally[entry.status] -= 1;
  tally[next.status] += 1;
  return { ...state, entries: state.entries.set(key, next), tally };
}

/**
 * @param {State} state
 * @param {Status[]} statuses
 * @param {Partial<Entry>} change
 * @returns {State}
 */
function patchAll(state, statuses, change) {
  return entriesOf(state, ...statuses).reduce((next, entry) => patch(next, entry.key, change), state);
}

/**
 * @param {State} state
 * @param {string} key
 * @returns {State}
 */
function remove(state, key) {
  const entry = state.entries.get(key);
  if (!entry) return state;
  const tally = { ...state.tally, [entry.status]: state.tally[entry.status] - 1 };
  const order = state.order.filter((other) => other !== key);
  const next = { ...state, entries: state.entries.delete(key), order, tally };
  if (state.selected !== key) return next;
  return { ...next, selected: entriesOf(next, "read")[0]?.key ?? null, focus: null };
}

/**
 * @param {State} state
 * @param {Decision[]} wanted
 * @param {Policy} [policy]   if it changes with them
 * @returns {State}
 */
function decide(state, wanted, policy = state.policy) {
  /** @type {Change[]} */
  const changes = wanted.map((change) => ({ ...change, from: madeOn(state, change) })).filter((change) => change.from !== change.to);
  if (policy !== state.policy) changes.push({ what: "policy", from: state.policy, to: policy });
  return record(state, changes);
}

/**
 * @param {State} state
 * @param {Decision} decision
 */
function madeOn(state, { what, file, item }) {
  if (what === "entity") return state.everywhere.get(item);
  if (what === "person") return state.people.get(item);
  if (what === "added") return state.added.get(file)?.find((one) => siteOf(one) === item);
  return state.decisions.get(decisionKey(file, what, item));
}

/**
 * Where a finding of the reviewer's own is, as decisions name it.
 * @param {Pick<Added, "view" | "start" | "end">} added
 */
export function siteOf({ view, start, end }) {
  return `${view}:${start}-${end}`;
}

/**
 * @param {State} state
 * @param {Change[]} changes
 * @returns {State}
 */
function record(state, changes) {
  if (changes.length === 0) return state;
  return {
    ...apply(state, changes),
    past: [...state.past, changes],
    future: [],
    unsaved: state.unsaved + 1,
  };
}

/**
 * Takes up the decisions of an earlier session in place of those that there are.
 * @param {State} state
 * @param {import("./work/decisions.js").Work} work
 * @returns {State}
 */
function restore(state, { policy, everywhere, people, messages }) {
  /** @type {Pick<State, "decisions" | "added" | "everywhere" | "people" | "pending">} */
  const made = { decisions: new PersistentMap(), added: new PersistentMap(), everywhere: new PersistentMap(), people: new PersistentMap(), pending: new PersistentMap() };
  for (const [key, to] of everywhere) made.everywhere = made.everywhere.set(key, to);
  for (const [key, into] of people) made.people = made.people.set(key, into);
  for (const [digest, some] of messages) made.pending = made.pending.set(digest, some);
  let next = apply({ ...state, ...made, past: [], future: [], unsaved: 0 }, [{ what: "policy", from: state.policy, to: policy }]);
  for (const [key, entry] of state.entries) next = takeUp(next, key, entry.digest);
  return next;
}

/**
 * Applies the decisions that wait for a message.
 * @param {State} state
 * @param {string} key
 * @param {string} digest
 * @returns {State}
 */
function takeUp(state, key, digest) {
  const made = state.pending.get(digest);
  if (!made || !state.entries.has(key)) return state;
  let { decisions, added } = state;
  for (const [what, item, to] of made) {
    if (what === "added") added = added.set(key, [...(added.get(key) ?? []), /** @type {Added} */ (to)]);
    else decisions = decisions.set(decisionKey(key, what, item), /** @type {string} */ (to));
  }
  return { ...state, decisions, added, pending: state.pending.delete(digest) };
}

/**
 * Moves the last list of changes from one side of the history to the other.
 * @param {State} state
 * @param {"past" | "future"} source
 * @param {"past" | "future"} target
 * @returns {State}
 */
function step(state, source, target) {
  const changes = state[source].at(-1);
  if (!changes) return state;
  const reversed = changes.map((change) => /** @type {Change} */ ({ ...change, from: change.to, to: change.from })).reverse();
  return {
    ...apply(state, reversed),
    [source]: state[source].slice(0, -1),
    [target]: [...state[target], reversed],
    unsaved: state.unsaved + 1,
  };
}

/**
 * @param {State} state
 * @param {Change[]} changes
 * @returns {State}
 */
function apply(state, changes) {
  let next = state;
  for (const change of changes) {
    if (change.what === "policy") {
      const fresh = { ...next, policy: change.to, focus: null, saved: /** @type {State["saved"]} */ (new PersistentMap()) };
      next = patchAll(fresh, ["read", "reading", "failed"], { status: "waiting", error: "" });
    } else if (change.what === "entity") {
      const everywhere = next.everywhere.set(change.item, /** @type {Verdict | undefined} */ (change.to));
      next = { ...next, everywhere, saved: without(next, change.item) };
    } else if (change.what === "person") {
      const people = next.people.set(change.item, /** @type {string | undefined} */ (change.to));
      const [key = ""] = change.item.split(" ");
      next = { ...next, people, saved: without(next, mergedInto(next.people, key)) };
    } else if (change.what === "added") {
      const { file, item, to } = change;
      const others = (next.added.get(file) ?? []).filter((one) => siteOf(one) !== item);
      const added = to === undefined ? others : [...others, /** @type {Added} */ (to)];
      next = { ...next, added: next.added.set(file, added.length > 0 ? added : undefined), saved: next.saved.delete(file) };
    } else {
      const { file, what, item, to } = change;
      const decisions = next.decisions.set(decisionKey(file, what, item), /** @type {string | undefined} */ (to));
      // What was saved is no longer what would be saved.
      next = { ...next, decisions, saved: next.saved.delete(file) };
    }
  }
  return next;
}

/**
 * What was saved, but for the files in which an entity occurs.
 * @param {State} state
 * @param {string} entityKey
 */
function without(state, entityKey) {
  let { saved } = state;
  for (const [file] of state.saved) {
    if (findingsOf(state, state.entries.get(file)).some((finding) => entityOf(state, finding) === entityKey)) saved = saved.delete(file);
  }
  return saved;
}

/**
 * The decisions that make one on an entity hold for each of its findings: those made on single ones
 * of them are taken back.
 * @param {State} state
 * @param {string} entityKey
 * @param {Verdict | undefined} to
 * @returns {Decision[]}
 */
export function everywhere(state, entityKey, to) {
  /** @type {Decision[]} */
  const changes = [];
  for (const [key] of state.decisions) {
    const [file = "", what, ...rest] = key.split(" ");
    const item = rest.join(" ");
    if (what !== "finding") continue;
    const finding = findingsOf(state, state.entries.get(file)).find((candidate) => candidate.key === item);
    if (finding && entityOf(state, finding) === entityKey) changes.push({ file, what, item, to: undefined });
  }
  return [...changes, { file: "", what: "entity", item: entityKey, to }];
}

/**
 * The decisions that make several entities one: the first of them, whose decision everywhere holds for
 * all. What was decided on single findings stays.
 * @param {State} state
 * @param {string[]} keys
 * @returns {Decision[]}
 */
export function merging({ people }, keys) {
  const [first, ...others] = [...new Set(keys.map((key) => mergedInto(people, key)))];
  if (first === undefined) return [];
  return others.map((item) => ({ file: "", what: "person", item, to: first }));
}

/**
 * The decisions that undo the merging of an entity with others.
 * @param {State} state
 * @param {string} entityKey
 * @returns {Decision[]}
 */
export function unmerging({ people }, entityKey) {
  /** @type {Decision[]} */
  const changes = [];
  for (const [item, into] of people) if (into === entityKey && !item.includes(" ")) changes.push({ file: "", what: "person", item, to: undefined });
  return changes;
}
