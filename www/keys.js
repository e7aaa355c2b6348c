/**
 * The keys of the review. The help sheet is made from this table. A key acts only while the focus is
 * in the review and not in a field, and the single ones can be switched off (WCAG 2.1.4).
 */

/**
 * @typedef {object} Key
 * @property {string[]} keys     values of `KeyboardEvent.key`; `Shift+` before those that need it
 * @property {string} verb       what it does; `key.VERB` is its text
 * @property {boolean} [onMark]  acts only while a mark has the focus, because it scrolls elsewhere
 */

/** @type {Key[]} */
export const KEYS = [
  { keys: ["j"], verb: "next" },
  { keys: ["k"], verb: "previous" },
  { keys: ["ArrowDown", "ArrowRight"], verb: "next", onMark: true },
  { keys: ["ArrowUp", "ArrowLeft"], verb: "previous", onMark: true },
  { keys: ["n"], verb: "undecided" },
  { keys: [" "], verb: "toggle", onMark: true },
  { keys: ["Enter"], verb: "redact", onMark: true },
  { keys: ["a"], verb: "redact" },
  { keys: ["x"], verb: "keep" },
  { keys: ["Shift+Enter"], verb: "redact.all", onMark: true },
  { keys: ["Shift+A"], verb: "redact.all" },
  { keys: ["Shift+X"], verb: "keep.all" },
  { keys: ["e"], verb: "range" },
  { keys: ["t"], verb: "type" },
  { keys: ["m"], verb: "missed" },
  { keys: ["Shift+J"], verb: "message.next" },
  { keys: ["Shift+K"], verb: "message.previous" },
  { keys: ["q"], verb: "queue" },
  { keys: ["g"], verb: "entities" },
  { keys: ["b"], verb: "messages" },
  { keys: ["/"], verb: "filter" },
  { keys: ["1"], verb: "original" },
  { keys: ["2"], verb: "both" },
  { keys: ["3"], verb: "redacted" },
  { keys: ["z"], verb: "undo" },
  { keys: ["Shift+Z"], verb: "redo" },
  { keys: ["s"], verb: "save" },
  { keys: ["?"], verb: "help" },
];

/**
 * The verb of a key press, or null.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {{onMark: boolean, singles: boolean}} where
 */
export function verbOf(event, { onMark, singles }) {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z") return null;
    return event.shiftKey ? "redo" : "undo";
  }
  const letter = event.key.length === 1 && event.key !== " ";
  // Digits and signs are where the layout puts them, with or without Shift.
  const shifted = event.shiftKey && (!letter || /\p{L}/u.test(event.key));
  const pressed = shifted ? `Shift+${letter ? event.key.toUpperCase() : event.key}` : event.key;
  const found = KEYS.find((key) => key.keys.includes(pressed) && (onMark || !key.onMark));
  return found && (singles || !letter) ? found.verb : null;
}

/**
 * A key as it is written on a keyboard.
 * @param {string} key
 */
export function keyCap(key) {
  const caps = /** @type {Record<string, string>} */ ({
    ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", " ": "␣", Enter: "↵",
  });
  return key.split("+").map((part) => (part === "Shift" ? "⇧" : (caps[part] ?? part.toUpperCase()))).join(" ");
}
