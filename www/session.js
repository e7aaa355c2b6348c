/** The verbs of the review that decide, move and undo, in terms of actions on the state. */
import { entriesOf, everywhere, isUndecided, verdictOf } from "./state.js";

/** @import {Verdict} from "./core/types.js" */
/** @import {Translator} from "./i18n.js" */
/** @import {Review} from "./review/review.js" */
/** @import {Action, Mode, State} from "./state.js" */

/**
 * @param {object} given
 * @param {() => State} given.state
 * @param {(action: Action) => void} given.dispatch
 * @param {Review} given.review
 * @param {(text: string) => void} given.say
 * @param {() => Translator} given.tr
 * @returns {Record<string, (detail?: any) => void>}
 */
export function actionsOn({ state, dispatch, review, say, tr }) {
  const marks = () => review.pane.marks;
  const current = () => marks().find((mark) => mark.key === state().focus);
  const file = () => state().selected ?? "";

  const focus = (/** @type {string | undefined} */ key) => {
    if (key === undefined) return;
    dispatch({ type: "focus", finding: key });
    review.pane.reveal(key, state().mode);
  };
  const step = (/** @type {number} */ by) => {
    const at = marks().findIndex((mark) => mark.key === state().focus);
    const next = at < 0 ? (by > 0 ? 0 : marks().length - 1) : at + by;
    focus(marks()[next]?.key);
  };
  const select = (/** @type {string | undefined} */ key) => {
    if (key === undefined) return;
    dispatch({ type: "select", key });
    review.list.reveal(key);
  };
  const neighbour = (/** @type {number} */ by) => {
    const { keys } = review.list;
    select(keys[keys.indexOf(file()) + by]);
  };
  const undecidedIn = (/** @type {string} */ key) =>
    (state().entries.get(key)?.summary?.unsure ?? []).filter((finding) => isUndecided(state(), key, finding));
  const left = () => entriesOf(state(), "read").reduce((sum, entry) => sum + undecidedIn(entry.key).length, 0);

  const decide = (/** @type {Verdict} */ to) => {
    const mark = current();
    if (!mark) return;
    dispatch({ type: "decide", changes: [{ file: file(), what: "finding", item: mark.key, to }] });
    say(tr().t(`live.${to}`, { n: left() }));
  };
  const decideLabel = (/** @type {string | undefined} */ label, /** @type {Verdict} */ to) => {
    if (!label) return;
    dispatch({ type: "decide", changes: everywhere(state(), label, to) });
    say(tr().t(`live.${to}`, { n: left() }));
  };
  const mode = (/** @type {Mode} */ wanted) => dispatch({ type: "mode", mode: wanted });

  return {
    focus,
    next: () => step(1),
    previous: () => step(-1),
    undecided: () => {
      const order = marks();
      const at = order.findIndex((mark) => mark.key === state().focus);
      const open = new Set(undecidedIn(file()).map((finding) => finding.key));
      const found = [...order.slice(at + 1), ...order.slice(0, at + 1)].find((mark) => open.has(mark.key));
      if (found) return focus(found.key);
      const keys = state().order;
      const here = keys.indexOf(file());
      select([...keys.slice(here + 1), ...keys.slice(0, here)].find((key) => undecidedIn(key).length > 0));
    },
    /** The next mark of a label, from the one that has the focus on. */
    cycle: (/** @type {string} */ label) => {
      const at = marks().findIndex((mark) => mark.key === state().focus);
      const same = (/** @type {{finding: {label: string}}} */ mark) => mark.finding.label === label;
      focus((marks().slice(at + 1).find(same) ?? marks().find(same))?.key);
    },
    decide,
    redact: () => decide("redact"),
    keep: () => decide("keep"),
    toggle: () => {
      const mark = current();
      if (!mark) return;
      const { verdict } = verdictOf(state(), file(), { key: mark.key, ...mark.finding });
      decide(verdict === "redact" ? "keep" : "redact");
    },
    "redact.all": () => decideLabel(current()?.finding.label, "redact"),
    pane: (pane) => dispatch({ type: "pane", pane }),
    entities: () => dispatch({ type: "pane", pane: "entities" }),
    /** Goes to the first place of a label, in the message that is shown if it is there. */
    show: (/** @type {string} */ label) => {
      const has = (/** @type {string} */ key) => state().entries.get(key)?.summary?.findings.find((finding) => finding.label === label);
      const key = has(file()) ? file() : state().order.find(has);
      if (key === undefined) return;
      dispatch({ type: "pane", pane: "messages" });
      dispatch({ type: "select", key });
      dispatch({ type: "focus", finding: has(key)?.key ?? null });
      review.revealSoon();
    },
    label: ({ label, to }) => decideLabel(label, to),
    "keep.all": () => decideLabel(current()?.finding.label, "keep"),
    part: ({ id, to }) => dispatch({ type: "decide", changes: [{ file: file(), what: "part", item: id, to }] }),
    select,
    filter: () => review.list.search.focus(),
    "message.next": () => neighbour(1),
    "message.previous": () => neighbour(-1),
    original: () => mode("original"),
    both: () => mode("both"),
    redacted: () => mode("redacted"),
    undo: () => {
      if (state().past.length === 0) return;
      dispatch({ type: "undo" });
      say(tr().t("live.undone"));
    },
    redo: () => {
      if (state().future.length === 0) return;
      dispatch({ type: "redo" });
      say(tr().t("live.redone"));
    },
  };
}
