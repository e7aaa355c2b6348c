/** The verbs of the review that decide, move and undo, in terms of actions on the state. */
import { everywhere, merging, siteOf } from "./state.js";
import { entityOf, findingKey, findingsOf, isUndecided, unsureOf, verdictOf } from "./verdicts.js";

/** @import {Verdict, View} from "./core/types.js" */
/** @import {Translator} from "./i18n.js" */
/** @import {Review} from "./review/review.js" */
/** @import {Action, Added, Decision, Mode, State} from "./state.js" */
/** @import {Mark} from "./review/marks.js" */

/**
 * @param {object} given
 * @param {() => State} given.state
 * @param {(action: Action) => void} given.dispatch
 * @param {Review} given.review
 * @param {(text: string) => void} given.say
 * @param {(entity: string | undefined, value: string | undefined) => Promise<string>} given.keyOf   asks the core whose a value is
 * @param {() => Translator} given.tr
 * @returns {Record<string, (detail?: any) => void>}
 */
export function actionsOn({ state, dispatch, review, say, keyOf, tr }) {
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
    unsureOf(state(), state().entries.get(key)).filter((finding) => isUndecided(state(), key, finding));
  const left = () => state().order.reduce((sum, key) => sum + undecidedIn(key).length, 0);

  // What is left is counted once the decision is seen.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  const tell = (/** @type {Verdict} */ to) => {
    clearTimeout(telling);
    telling = setTimeout(() => say(tr().t(`live.${to}`, { n: left() })), 60);
  };

  const decide = (/** @type {Verdict} */ to) => {
    const mark = current();
    if (!mark) return;
    dispatch({ type: "decide", changes: [{ file: file(), what: "finding", item: mark.key, to }] });
    tell(to);
  };
  const decideEntity = (/** @type {string | undefined} */ entityKey, /** @type {Verdict} */ to) => {
    if (!entityKey) return;
    dispatch({ type: "decide", changes: everywhere(state(), entityKey, to) });
    tell(to);
  };
  const entityOfCurrent = () => {
    const mark = current();
    return mark && entityOf(state(), mark.finding);
  };
  /**
   * Puts a finding of the reviewer's own in the place of those of theirs that it overlaps.
   * @param {Added[]} added
   */
  const put = (added) => {
    const before = state().added.get(file()) ?? [];
    const overlaps = (/** @type {Added} */ one) => added.some((other) => other.view === one.view && other.start < one.end && one.start < other.end);
    /** @type {Decision[]} */
    const gone = before.filter(overlaps).map((one) => ({ file: file(), what: "added", item: siteOf(one), to: undefined }));
    dispatch({ type: "decide", changes: [...gone, ...added.map((one) => /** @type {Decision} */ ({ file: file(), what: "added", item: siteOf(one), to: one }))] });
    const [first] = added;
    if (!first) return;
    dispatch({ type: "focus", finding: findingKey(first.view, first) });
    review.revealSoon();
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
    /** The next mark of an entity, from the one that has the focus on. */
    cycle: (/** @type {string} */ entityKey) => {
      const at = marks().findIndex((mark) => mark.key === state().focus);
      const same = (/** @type {Mark} */ mark) => entityOf(state(), mark.finding) === entityKey;
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
    "redact.all": () => decideEntity(entityOfCurrent(), "redact"),
    range: () => review.card.editRange(),
    type: () => review.card.chooseType(),
    "range.set": (/** @type {{mark: Mark, view: View, start: number, end: number}} */ { mark, view, start, end }) => {
      const { entity, entityKey } = mark.finding;
      put([{ view: view.id, start, end, entity, entityKey, text: view.text.slice(start, end), place: view.place }]);
      say(tr().t("live.range"));
    },
    retype: async (/** @type {{mark: Mark, view: View, entity: string}} */ { mark, view, entity }) => {
      const { start, end } = mark.finding;
      const text = view.text.slice(start, end);
      const shown = file();
      const entityKey = await keyOf(entity, text);
      if (file() !== shown) return;
      put([{ view: view.id, start, end, entity, entityKey, text, place: view.place }]);
      say(tr().t("live.type", { type: tr().code("entity", entity) }));
    },
    /** Marks these places of the message that is shown, and nothing else. */
    mark: async (/** @type {{views: View[], places: {view: number | string, start: number, end: number}[], entity: string | undefined, entityOf: (key: string) => string}} */ { views, places, entity, entityOf: typeOf }) => {
      const shown = file();
      const of = (/** @type {number | string} */ id) => views.find((view) => view.id === id);
      const [first] = places;
      if (!first) return;
      const entityKey = await keyOf(entity, of(first.view)?.text.slice(first.start, first.end) ?? "");
      if (file() !== shown) return;
      put(places.flatMap(({ view: id, start, end }) => {
        const view = of(id);
        return view ? [{ view: id, start, end, entity: typeOf(entityKey), entityKey, text: view.text.slice(start, end), place: view.place }] : [];
      }));
      say(tr().t("live.marked", { n: places.length }));
    },
    /** Takes a finding of the reviewer's own back. */
    unmark: (/** @type {Mark} */ mark) => {
      const view = mark.key.slice(0, mark.key.indexOf(":"));
      const added = state().added.get(file())?.find((one) => String(one.view) === view && one.start === mark.finding.start && one.end === mark.finding.end);
      if (!added) return;
      dispatch({ type: "decide", changes: [{ file: file(), what: "added", item: siteOf(added), to: undefined }] });
      say(tr().t("live.unmarked"));
      review.body.focus({ preventScroll: true });
    },
    say,
    pane: (pane) => dispatch({ type: "pane", pane }),
    queue: () => {
      dispatch({ type: "pane", pane: "queue" });
      requestAnimationFrame(() => requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("#queue [tabindex='0']"))?.focus()));
    },
    messages: () => {
      dispatch({ type: "pane", pane: "messages" });
      requestAnimationFrame(() => requestAnimationFrame(() => review.body.focus({ preventScroll: true })));
    },
    entities: () => {
      dispatch({ type: "pane", pane: "entities" });
      // It can take the focus once it is shown.
      requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById("entities")?.querySelector("input")?.focus()));
    },
    /** Goes to the first place of an entity, in the message that is shown if it is there. */
    show: (/** @type {string} */ entityKey) => {
      const has = (/** @type {string} */ key) => findingsOf(state(), state().entries.get(key)).find((finding) => entityOf(state(), finding) === entityKey);
      const key = has(file()) ? file() : state().order.find(has);
      if (key === undefined) return;
      dispatch({ type: "pane", pane: "messages" });
      dispatch({ type: "select", key });
      dispatch({ type: "focus", finding: has(key)?.key ?? null });
      review.revealSoon();
    },
    /** Goes to one finding of one message. */
    "show.finding": (/** @type {{key: string, finding: string}} */ { key, finding }) => {
      dispatch({ type: "pane", pane: "messages" });
      dispatch({ type: "select", key });
      dispatch({ type: "focus", finding });
      review.revealSoon();
    },
    merge: (/** @type {string[]} */ keys) => {
      dispatch({ type: "decide", changes: merging(state(), keys) });
      say(tr().t("live.merged"));
    },
    entity: ({ entityKey, to }) => decideEntity(entityKey, to),
    /** Decides one finding of any message. */
    "decide.in": (/** @type {{key: string, finding: string, to: Verdict}} */ { key, finding, to }) => {
      dispatch({ type: "decide", changes: [{ file: key, what: "finding", item: finding, to }] });
      tell(to);
    },
    "keep.all": () => decideEntity(entityOfCurrent(), "keep"),
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
      clearTimeout(telling);
      dispatch({ type: "undo" });
      say(tr().t("live.undone"));
    },
    redo: () => {
      if (state().future.length === 0) return;
      clearTimeout(telling);
      dispatch({ type: "redo" });
      say(tr().t("live.redone"));
    },
  };
}
