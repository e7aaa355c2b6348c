/**
 * Building and updating elements. Text only ever enters as text nodes and attribute values that
 * cannot run, so whatever a mail holds stays inert.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/** Attributes that a browser may load or run something from: never set from here. */
const FORBIDDEN = /^(on.*|src|srcdoc|srcset|href|action|formaction|style|data)$/i;

/**
 * `h("p.note", {title: "x", onclick: run}, "text")`. A property `on…` is a listener, one that is
 * true or false is present or absent, `class` is added to those of the name.
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(name, properties = {}, ...children) {
  const [tag = "div", ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (FORBIDDEN.test(key)) throw new Error(`attribute ${key}`);
    else if (key === "class") element.classList.add(...value.split(" ").filter(Boolean));
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {(Child | Child[])[]} children
 */
export function append(element, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * Replaces everything in an element.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/**
 * Makes the children of an element those of the keys, in order. Children that are there already are
 * updated and moved, not made again, so that focus and scrolling stay.
 * @template T
 * @param {Element} element
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} make
 * @param {(child: HTMLElement, item: T) => void} update
 */
export function keyed(element, items, keyOf, make, update) {
  const present = new Map(
    [...element.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, /** @type {HTMLElement} */ (child)]),
  );
  let before = element.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const child = present.get(key) ?? make(item);
    child.dataset.key = key;
    present.delete(key);
    update(child, item);
    if (child === before) before = before.nextElementSibling;
    else element.insertBefore(child, before);
  }
  for (const child of present.values()) child.remove();
}

/**
 * The element with an id, which must be there.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

/**
 * Text of a mail with everything made visible that could deceive: control characters, and those
 * that change the direction of writing. Each character stays one UTF-16 unit, so offsets hold.
 * @param {string} text
 */
export function visibleText(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\r") return " ";
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
}
