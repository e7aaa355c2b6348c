/**
 * The state of the page and everything that can happen to it, as one pure function. The state holds
 * no file and no text of a mail but what the list shows; those stay with the library (`library.js`).
 *
 * The reviewer's decisions are kept apart from what the core proposed, as a list of actions: undo is
 * taking back the last one. They survive a change of policy, because a finding is known by where it
 * is and what it is, not by the number that the core gave it.
 */

/** @import {Confidence, Message, Part, Policy, Verdict} from "./core/types.js" */

/**
 * @typedef {object} Proposal     what must be known of a finding to count and decide it
 * @property {string} key         place, range and type
 * @property {string} id          the core's number for it
 * @property {string} entity
 * @property {Confidence} confidence
 * @property {string} label
 * @property {Verdict} decision   by the core
 *
 * @typedef {object} Summary
 * @property {string} subject
 * @property {string} from
 * @property {string[]} flags
 * @property {Proposal[]} findings
 * @property {Part[]} parts
 *
 * @typedef {"waiting" | "reading" | "read" | "failed" | "cancelled"} Status
 *
 * @typedef {object} Entry        a file in the list
 * @property {string} key
 * @property {string} name
 * @property {number} size        bytes
 * @property {Status} status
 * @property {string} error       code, if it failed
 * @property {Summary | null} summary
 *
 * @typedef {object} Change       of one decision; `undefined` is "as the core proposes"
 * @property {string} file        key of the entry
 * @property {"finding" | "part"} what
 * @property {string} item        key of the finding, or path of the part
 * @property {string | undefined} from
 * @property {string | undefined} to
 *
 * @typedef {"original" | "both" | "redacted"} Mode
 *
 * @typedef {object} Saved        what became of a copy
 * @property {"clean" | "not-inspected" | "refused" | "failed"} status
 * @property {string} name
 * @property {{promise: string, code: string, place: string}[]} failures
 *
 * @typedef {object} State
 * @property {string} language
 * @property {Policy} policy
 * @property {string[]} order                       keys of the entries, as added
 * @property {Record<string, Entry>} entries
 * @property {string | null} selected               key of the entry that is shown
 * @property {string | null} focus                  key of the finding that the card shows
 * @property {Mode} mode
 * @property {Record<string, string>} decisions     by `decisionKey`
 * @property {Change[][]} past
 * @property {Change[][]} future
 * @property {number} unsaved                       decisions since the last save
 * @property {Record<string, Saved>} saved          by key of the entry
 *
 * @typedef {{type: "add", files: {key: string, name: string, size: number}[]}
 *   | {type: "reading", key: string}
 *   | {type: "read", key: string, summary: Summary}
 *   | {type: "failed", key: string, error: string}
 *   | {type: "cancel"} | {type: "resume"}
 *   | {type: "remove", key: string}
 *   | {type: "select", key: string}
 *   | {type: "focus", finding: string | null}
 *   | {type: "mode", mode: Mode}
 *   | {type: "language", language: string}
 *   | {type: "policy", policy: Policy}
 *   | {type: "decide", changes: {file: string, what: "finding" | "part", item: string, to: string}[]}
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
  keepPublic: true,
  keepRoles: true,
  attachments: "remove",
};

/**
 * @param {string} language
 * @returns {State}
 */
export function initialState(language) {
  return {
    language,
    policy: DEFAULT_POLICY,
    order: [],
    entries: {},
    selected: null,
    focus: null,
    mode: "both",
    decisions: {},
    past: [],
    future: [],
    unsaved: 0,
    saved: {},
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
      const entries = { ...state.entries };
      for (const { key, name, size } of action.files) {
        entries[key] = { key, name, size, status: "waiting", error: "", summary: null };
      }
      return { ...state, entries, order: [...state.order, ...action.files.map((file) => file.key)] };
    }
    case "reading":
      return patch(state, action.key, { status: "reading" });
    case "read": {
      const read = patch(state, action.key, { status: "read", summary: action.summary });
      return read.selected === null ? { ...read, selected: action.key } : read;
    }
    case "failed":
      return patch(state, action.key, { status: "failed", error: action.error });
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
    case "language":
      return { ...state, language: action.language };
    case "policy":
      return patchAll(
        { ...state, policy: action.policy, focus: null, saved: {} },
        ["read", "reading", "failed"],
        { status: "waiting", error: "" },
      );
    case "decide":
      return decide(state, action.changes);
    case "undo":
      return step(state, "past", "future");
    case "redo":
      return step(state, "future", "past");
    case "saved":
      return { ...state, saved: { ...state.saved, [action.key]: action.saved } };
    case "delivered":
      return { ...state, unsaved: 0 };
    case "reset":
      return { ...initialState(state.language), policy: state.policy, mode: state.mode };
  }
}

/**
 * What is known of a message once its text is put away.
 * @param {Message} message
 * @returns {Summary}
 */
export function summarise(message) {
  return {
    subject: message.subject,
    from: message.from,
    flags: message.flags,
    parts: message.parts,
    findings: message.views.flatMap((view) =>
      view.findings.map((finding) => ({
        key: findingKey(view.id, finding),
        id: finding.id,
        entity: finding.entity,
        confidence: finding.confidence,
        label: finding.label,
        decision: finding.decision,
      })),
    ),
  };
}

/**
 * @param {string} view
 * @param {{start: number, end: number, entity: string}} finding
 */
export function findingKey(view, { start, end, entity }) {
  return `${view}:${start}-${end}:${entity}`;
}

/**
 * @param {string} file
 * @param {"finding" | "part"} what
 * @param {string} item
 */
export function decisionKey(file, what, item) {
  return `${file} ${what} ${item}`;
}

/**
 * What will be done with a finding.
 * @param {State} state
 * @param {string} file
 * @param {{key: string, decision: Verdict}} finding
 * @returns {{verdict: Verdict, byHand: boolean}}
 */
export function verdictOf(state, file, finding) {
  const made = state.decisions[decisionKey(file, "finding", finding.key)];
  return { verdict: /** @type {Verdict} */ (made ?? finding.decision), byHand: made !== undefined };
}

/**
 * What will be done with a part that was not inspected.
 * @param {State} state
 * @param {string} file
 * @param {Part} part
 */
export function actionOf(state, file, part) {
  const made = state.decisions[decisionKey(file, "part", part.path)];
  return /** @type {"keep" | "remove"} */ (made ?? part.action);
}

/**
 * Whether a person should look: the core proposes to keep it because it is not sure.
 * @param {State} state
 * @param {string} file
 * @param {Proposal} finding
 */
export function isUndecided(state, file, finding) {
  return finding.confidence === "possible" && !verdictOf(state, file, finding).byHand;
}

/**
 * @param {State} state
 * @param {Entry} entry
 */
export function countsOf(state, entry) {
  const counts = { redact: 0, keep: 0, undecided: 0, removed: 0, uninspected: 0 };
  for (const finding of entry.summary?.findings ?? []) {
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
  const decisions = { findings: {}, parts: {} };
  for (const finding of entry.summary?.findings ?? []) {
    const { verdict, byHand } = verdictOf(state, entry.key, finding);
    if (byHand) decisions.findings[finding.id] = verdict;
  }
  for (const part of entry.summary?.parts ?? []) {
    const made = state.decisions[decisionKey(entry.key, "part", part.path)];
    if (made !== undefined) decisions.parts[part.id] = /** @type {"keep" | "remove"} */ (made);
  }
  return decisions;
}

/**
 * Entries in the order of the list, by status.
 * @param {State} state
 * @param {Status[]} statuses
 */
export function entriesOf(state, ...statuses) {
  return state.order
    .map((key) => /** @type {Entry} */ (state.entries[key]))
    .filter((entry) => statuses.length === 0 || statuses.includes(entry.status));
}

/**
 * @param {State} state
 * @param {string} key
 * @param {Partial<Entry>} change
 * @returns {State}
 */
function patch(state, key, change) {
  const entry = state.entries[key];
  // A late answer about a file that was taken out is stale.
  if (!entry) return state;
  return { ...state, entries: { ...state.entries, [key]: { ...entry, ...change } } };
}

/**
 * @param {State} state
 * @param {Status[]} statuses
 * @param {Partial<Entry>} change
 * @returns {State}
 */
function patchAll(state, statuses, change) {
  const entries = { ...state.entries };
  for (const entry of entriesOf(state, ...statuses)) entries[entry.key] = { ...entry, ...change };
  return { ...state, entries };
}

/**
 * @param {State} state
 * @param {string} key
 * @returns {State}
 */
function remove(state, key) {
  const { [key]: _, ...entries } = state.entries;
  const order = state.order.filter((other) => other !== key);
  const next = { ...state, entries, order };
  if (state.selected !== key) return next;
  return { ...next, selected: entriesOf(next, "read")[0]?.key ?? null, focus: null };
}

/**
 * @param {State} state
 * @param {{file: string, what: "finding" | "part", item: string, to: string}[]} wanted
 * @returns {State}
 */
function decide(state, wanted) {
  const changes = wanted
    .map((change) => ({ ...change, from: state.decisions[decisionKey(change.file, change.what, change.item)] }))
    .filter((change) => change.from !== change.to);
  if (changes.length === 0) return state;
  return {
    ...apply(state, changes),
    past: [...state.past, changes],
    future: [],
    unsaved: state.unsaved + 1,
  };
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
  const reversed = changes.map((change) => ({ ...change, from: change.to, to: change.from }));
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
  const decisions = { ...state.decisions };
  const saved = { ...state.saved };
  for (const { file, what, item, to } of changes) {
    const key = decisionKey(file, what, item);
    if (to === undefined) delete decisions[key];
    else decisions[key] = to;
    delete saved[file]; // what was saved is no longer what would be saved
  }
  return { ...state, decisions, saved };
}
