/**
 * The controller: holds the state, turns what the components ask for (verbs) into actions, and has
 * the components show each new state.
 */
import { CoreClient } from "./core/client.js";
import { loadCore } from "./core/load.js";
import { byId, fill, h } from "./dom.js";
import { ask, openHelp } from "./help.js";
import { LANGUAGES, Translator, bestLanguage } from "./i18n.js";
import { acceptFiles } from "./intake/drop.js";
import { fillEmpty } from "./intake/empty.js";
import { openPolicy } from "./intake/policy.js";
import { Progress } from "./intake/progress.js";
import { Reader } from "./intake/reader.js";
import { sourcesOf } from "./intake/sources.js";
import { verbOf } from "./keys.js";
import { Corpus } from "./corpus.js";
import { Entities } from "./entities/entities.js";
import { openEntity } from "./entities/dialog.js";
import { Library } from "./library.js";
import { Queue } from "./queue/queue.js";
import { MissedButton, openMissed, selectedText, tidy } from "./review/missed.js";
import { Review } from "./review/review.js";
import { sampleFiles } from "./samples/index.js";
import { scan } from "./scan.js";
import { openSave } from "./save/dialog.js";
import { download } from "./save/download.js";
import { writeCopy } from "./save/save.js";
import { isTrove, openTrove } from "./save/trove-dialog.js";
import { actionsOn } from "./session.js";
import { entriesOf, initialState, reduce } from "./state.js";
import { Silence } from "./silence.js";
import { Tools } from "./tools.js";
import { readWork, writeWork } from "./work/decisions.js";
import { openWork } from "./work/dialog.js";

/** @import {Category, Entity} from "./core/types.js" */
/** @import {Action} from "./state.js" */

let state = initialState(bestLanguage(navigator.languages));
let tr = new Translator(state.language);
/** @type {Entity[]} */
let entities = [];
let drawing = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
const settings = { singles: true };
const silence = new Silence();

/** @type {Promise<import("./core/load.js").Loaded> | null} */
let loading = null;
const client = new CoreClient(() => (loading ??= loadCore()));
const library = new Library(client);
const corpus = new Corpus();
const reader = new Reader(client, library, () => state, dispatch);

const dialog = (/** @type {string} */ id) => /** @type {HTMLDialogElement} */ (byId(id));
const picker = /** @type {HTMLInputElement} */ (byId("picker"));
const folderPicker = /** @type {HTMLInputElement} */ (byId("folder-picker"));
const language = /** @type {HTMLSelectElement} */ (byId("language"));
const review = new Review(byId("review"), { categoryOf, entities: () => entities, act });
const queue = new Queue(byId("queue"), { categoryOf, act });
const entityPane = new Entities(byId("entities"), { entities: () => entities, categoryOf, act, search: (signal, phrase, tell) => scan(signal, { state: () => state, client, library }, phrase, tell) });
const progress = new Progress(byId("progress"), act, draw);
const tools = new Tools(byId("tools"), act);
new MissedButton(review.body, byId("review"), act, () => tr);

/** @param {Action} action */
function dispatch(action) {
  const { policy } = state;
  state = reduce(state, action);
  if (state.policy !== policy) applying = applyPolicy();
  // Reading goes faster than anybody looks: it is drawn a few times a second, all else at once.
  if (action.type !== "reading" && action.type !== "read") draw();
  else soon ??= setTimeout(draw, 120);
}

/** Draws once before the next frame, however often it is called. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(drawNow);
}

function drawNow() {
  drawing = false;
  clearTimeout(soon);
  soon = undefined;
  const empty = state.order.length === 0;
  document.body.dataset.phase = empty ? "empty" : "review";
  byId("empty").hidden = !empty;
  progress.update(state, tr);
  tools.update(state, tr, queue.count(state));
  const selected = state.entries.get(state.selected ?? "");
  // Until the first message is read there is nothing to review; a file that failed is worth a look.
  const pane = empty ? null : state.pane;
  byId("review").hidden = pane !== "messages";
  byId("queue").hidden = pane !== "queue";
  byId("entities").hidden = pane !== "entities";
  if (empty) {
    review.pane.clear();
    return;
  }
  const message = selected ? library.peek(selected.key) : undefined;
  if (selected?.status === "read" && !message) open(selected.key);
  corpus.follow(state);
  if (pane === "queue") return queue.update(state, tr);
  if (pane === "entities") return entityPane.update(state, tr, corpus);
  review.update(state, tr, message, times);
}

/** @param {string} entityKey */
function times(entityKey) {
  const row = corpus.entities.get(entityKey);
  return row ? row.redact + row.keep : 0;
}

/** @param {string} key */
function open(key) {
  library.open(key).then(draw, (error) => {
    if (error?.name === "AbortError") return;
    dispatch({ type: "failed", key, error: error?.code ?? "crashed" });
  });
}

/** @param {string} entity */
function categoryOf(entity) {
  return /** @type {Category} */ (entities.find((known) => known.entity === entity)?.category ?? "listed");
}

/**
 * The entity type that a key names.
 * @param {string} entityKey
 */
function typeOf(entityKey) {
  const word = entityKey.replace(/-\d+$/, "");
  return entities.find((known) => known.label === word)?.entity ?? "listed";
}

/** Settles when the policy of the state is that of the workers. @type {Promise<void>} */
let applying = Promise.resolve();

/** Ends what is still being looked for in folders and archives. */
let intake = new AbortController();

/** @param {import("./intake/sources.js").Given[]} given */
function add(given) {
  if (!isTrove(given)) return addForReview(given);
  openTrove(dialog("trove"), tr, { given, policy: state.policy, load: () => (loading ??= loadCore()), review: () => addForReview(given), say });
}

/** @param {import("./intake/sources.js").Given[]} given */
async function addForReview(given) {
  const { signal } = intake;
  let skipped = 0;
  let broken = 0;
  let outlook = 0;
  for await (const batch of sourcesOf(given, signal, (...call) => client.entries(...call))) {
    if (signal.aborted) return;
    skipped += batch.skipped;
    broken += batch.broken;
    outlook += batch.outlook;
    if (batch.sources.length === 0) continue;
    dispatch({ type: "add", files: library.add(batch.sources) });
    read();
  }
  const words = [skipped > 0 ? tr.t("intake.skipped", { n: skipped }) : "", outlook > 0 ? tr.t("intake.outlook") : "", broken > 0 ? tr.t("intake.broken", { n: broken }) : ""];
  inform(words.filter(Boolean).join(" "));
}

/**
 * Says something about what came in, to be read and not only heard.
 * @param {string} text
 */
function inform(text) {
  const note = byId("notice");
  note.hidden = text === "";
  fill(note, text === "" ? null : [h("span", {}, text), h("button.icon", { type: "button", "aria-label": tr.t("close"), onclick: () => inform("") }, "×")]);
}

function stopIntake() {
  intake.abort();
  intake = new AbortController();
}

async function read() {
  // What comes in while the workers still have another policy would be searched under that.
  for (let waited; waited !== applying; ) await (waited = applying);
  if (!(await reader.run())) return;
  if (state.selected === null) {
    const [first] = entriesOf(state, "failed");
    if (first) dispatch({ type: "select", key: first.key });
  }
  say(tr.t("live.read", { n: state.tally.read }));
  const { failed } = state.tally;
  if (failed > 0) alarm(tr.t("reading.failed", { n: failed }));
}

/** @param {string} text */
function say(text) {
  byId("live").textContent = text;
}

/** @param {string} text */
function alarm(text) {
  byId("alert").textContent = text;
}

/** @param {string} key */
async function saveOne(key) {
  const entry = state.entries.get(key);
  if (entry?.status !== "read") return;
  const { saved, bytes } = await writeCopy(null, client, library, state, entry);
  if (bytes) download(new Blob([bytes], { type: "message/rfc822" }), saved.name);
  dispatch({ type: "saved", key, saved });
  const failed = saved.status === "refused" || saved.status === "failed";
  if (failed) alarm(tr.t("save.refused.one"));
  else say(tr.t(saved.status === "clean" ? "save.saved.one" : "save.saved.uninspected", { name: saved.name }));
}

/** Has everything read again under the policy of the state; labels and decisions stay. */
async function applyPolicy() {
  const { policy } = state;
  reader.leave();
  try {
    // The labels are fetched under the policy that they were given under. Read again under another,
    // the messages since the last time might give them to others, and decisions go by them.
    await client.checkpoint().catch(() => client.checkpoint());
    if (state.policy !== policy) return; // another one came meanwhile
    client.setPolicy(policy);
    library.forgetTexts(state.selected);
    await client.describe(null);
  } catch (error) {
    if (/** @type {any} */ (error)?.name === "AbortError") return;
    alarm(tr.t("policy.rejected"));
    if (state.policy === policy) dispatch({ type: "undo" });
    return;
  }
  if (state.policy === policy) read();
}

/**
 * Adds a value to a list of the policy, and takes it off the opposite one.
 * @param {"always" | "never"} list
 * @param {string} value
 */
function addToList(list, value) {
  const wanted = tidy(value);
  if (wanted.length < 2 || state.policy[list].includes(wanted)) return;
  const other = list === "always" ? "never" : "always";
  const policy = { ...state.policy, [list]: [...state.policy[list], wanted], [other]: state.policy[other].filter((one) => one !== wanted) };
  dispatch({ type: "policy", policy });
  say(tr.t(`live.${list}`, { n: state.order.length }));
}

/**
 * Goes on with the decisions of an earlier session. Returns false if they cannot be read.
 * @param {string} text
 */
function resumeWork(text) {
  const work = readWork(text, entities.map(({ entity }) => entity));
  if (!work) return false;
  reader.leave();
  client.adopt(work.journal);
  dispatch({ type: "restore", work });
  inform(tr.t("work.loaded", { n: work.messages.length }));
  return true;
}

async function startOver() {
  const yes = await ask(dialog("ask"), tr, { question: tr.t("startover.ask"), yes: tr.t("startover.go") });
  if (!yes) return;
  stopIntake();
  inform("");
  reader.stop();
  client.adopt(null);
  library.clear();
  review.list.show(null);
  dispatch({ type: "reset" });
  byId("content").focus();
}

/** @type {Record<string, (detail?: any) => void>} What the components and keys can ask for. */
const verbs = {
  ...actionsOn({ state: () => state, dispatch, review, say, keyOf: (entity, value) => client.label(entity, value), tr: () => tr }),
  choose: () => picker.click(),
  "choose.folder": () => folderPicker.click(),
  samples: () => add(sampleFiles().map((file) => ({ file, folder: "", chosen: true }))),
  cancel: () => {
    stopIntake();
    reader.cancel();
    say(tr.t("live.cancelled"));
  },
  resume: () => {
    dispatch({ type: "resume" });
    read();
  },
  remove: (key) => {
    dispatch({ type: "remove", key });
    library.remove(key);
  },
  policy: () => openPolicy(dialog("policy"), { policy: state.policy, entities, signs: state, loaded: state.order.length }, tr, (policy) => dispatch({ type: "policy", policy })),
  list: ({ list, value }) => addToList(list, value),
  only: (found) => {
    review.list.show(found);
    act("select", found.files[0]);
    act("messages");
  },
  missed: () => openMissed(dialog("missed"), tr, {
    selected: selectedText(review.body), message: library.peek(state.selected ?? ""), file: state.selected, entities, state: () => state, client, library, add: addToList,
    mark: (places, entity) => act("mark", { views: library.peek(state.selected ?? "")?.views ?? [], places, entity, entityOf: typeOf }),
  }),
  "entity.open": (entityKey) => {
    const row = corpus.entities.get(entityKey);
    if (row) openEntity(dialog("entity"), tr, { row, state, dispatch, say, fresh: (entity) => client.label(entity, undefined), list: addToList });
  },
  work: () => openWork(dialog("work"), tr, {
    write: state.order.length === 0 ? null : async () => writeWork(state, await client.checkpoint()),
    written: () => {
      dispatch({ type: "delivered" });
      say(tr.t("work.saved"));
    },
    read: resumeWork,
  }),
  save: () => openSave(dialog("save"), { state: () => state, client, library, dispatch, act, say, tool: () => (typeof core === "string" ? { version: "", hash: "" } : core) }, tr),
  "save.one": saveOne,
  startover: startOver,
  help: () => openHelp(dialog("help"), tr, settings, () => act("silence")),
  silence: () => silence.open(dialog("silence"), tr),
};

/**
 * @param {string} verb
 * @param {any} [detail]
 */
function act(verb, detail) {
  verbs[verb]?.(detail);
}

/** @param {string} code */
function speak(code) {
  tr = new Translator(code);
  document.documentElement.lang = code;
  document.title = `Caviard · ${tr.t("app.tagline")}`;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = tr.t(/** @type {HTMLElement} */ (element).dataset.t ?? "");
  }
  language.value = code;
  fillEmpty(byId("empty"), tr, act);
  drawFoot();
  dispatch({ type: "language", language: code });
}

/** @type {"loading" | "unavailable" | {version: string, hash: string}} */
let core = "loading";

function drawFoot() {
  const text =
    core === "loading" ? tr.t("app.loading")
    : core === "unavailable" ? tr.t("app.unavailable")
    : tr.t("app.core", core);
  fill(byId("foot"), h("span", {}, tr.t("app.private"), " · ", h("button.foot-link", { type: "button", onclick: () => act("silence") }, tr.t("silence.open"))), h("span", { id: "core-state", "data-core": typeof core === "string" ? core : "ready" }, text));
}

fill(language, LANGUAGES.map(({ code, name }) => h("option", { value: code, lang: code }, name)));
language.addEventListener("change", () => speak(language.value));
byId("help-open").addEventListener("click", () => act("help"));
acceptFiles({ window, overlay: byId("overlay"), pickers: [picker, folderPicker] }, add, () => inform(tr.t("intake.nomail")));

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest("input:not([type=radio]), textarea, select")) return;
  const verb = verbOf(event, { onMark: target.matches("[data-finding]"), singles: settings.singles });
  if (!verb) return;
  if (state.pane === "queue" && queue.does(verb)) return event.preventDefault();
  if (state.pane !== "messages" && !ANYWHERE.includes(verb)) return;
  event.preventDefault();
  act(verb);
}

/** Verbs that act in every pane. */
const ANYWHERE = ["undo", "redo", "save", "help", "queue", "entities", "messages"];

for (const id of ["review", "queue", "entities"]) byId(id).addEventListener("keydown", onKey);

window.addEventListener("beforeunload", (event) => {
  if (state.unsaved > 0 && state.order.length > 0) event.preventDefault();
});

speak(state.language);
client.describe(null).then(
  async (description) => {
    entities = description.entities;
    dispatch({ type: "described", grounds: Object.fromEntries(description.grounds), mask: description.mask });
    core = { version: description.version, hash: (await loading)?.hash ?? "" };
    silence.begin();
    performance.mark("caviard-ready");
  },
  () => {
    core = "unavailable";
    alarm(tr.t("app.unavailable"));
  },
).finally(() => {
  drawFoot();
  draw();
});
