/**
 * The files and, for the messages last looked at, their texts. A text that was put away is read
 * again from its file when it is wanted: what stays in memory is bounded, however many files there
 * are.
 */

/** @import {CoreClient} from "./core/client.js" */
/** @import {Message} from "./core/types.js" */

/** UTF-16 units of text that are kept. */
const BUDGET = 16_000_000;

export class Library {
  /** @type {Map<string, File>} */ #files = new Map();
  /** @type {Map<string, Message>} Least recently used first. */ #messages = new Map();
  /** @type {Map<string, Promise<Message>>} */ #opening = new Map();
  /** @type {Map<string, string>} Which message has which bytes. */ #digests = new Map();
  #units = 0;
  #added = 0;

  /**
   * @param {CoreClient} client
   * @param {number} [budget]
   */
  constructor(client, budget = BUDGET) {
    this.client = client;
    this.budget = budget;
  }

  /**
   * @param {File[]} files
   * @returns {{key: string, name: string, size: number}[]}
   */
  add(files) {
    return files.map((file) => {
      const key = `m${++this.#added}`;
      this.#files.set(key, file);
      return { key, name: file.name, size: file.size };
    });
  }

  /**
   * Whether a message is the first one of its bytes. Without a digest nobody knows, and it is.
   * @param {string} key
   * @param {string} digest
   */
  claim(key, digest) {
    if (digest === "") return true;
    const first = this.#digests.get(digest);
    if (first !== undefined && first !== key && this.#files.has(first)) return false;
    this.#digests.set(digest, key);
    return true;
  }

  /** @param {string} key */
  file(key) {
    const file = this.#files.get(key);
    if (!file) throw new Error("no such file");
    return file;
  }

  /**
   * @param {string} key
   * @param {Message} message
   */
  keep(key, message) {
    this.forget(key);
    this.#messages.set(key, message);
    this.#units += unitsOf(message);
    for (const oldest of this.#messages.keys()) {
      if (this.#units <= this.budget || oldest === key) break;
      this.forget(oldest);
    }
  }

  /**
   * The message, if its text is at hand.
   * @param {string} key
   */
  peek(key) {
    return this.#messages.get(key);
  }

  /**
   * The message; read again if its text was put away.
   * @param {string} key
   * @returns {Promise<Message>}
   */
  open(key) {
    const message = this.#messages.get(key);
    if (message) {
      this.#messages.delete(key);
      this.#messages.set(key, message);
      return Promise.resolve(message);
    }
    let opening = this.#opening.get(key);
    if (!opening) {
      const file = this.file(key);
      opening = this.client.analyze(null, file.name, file, { urgent: true }).finally(() => this.#opening.delete(key));
      this.#opening.set(key, opening);
      opening.then((read) => this.keep(key, read)).catch(() => {});
    }
    return opening;
  }

  /** @param {string} key */
  forget(key) {
    const message = this.#messages.get(key);
    if (message) this.#units -= unitsOf(message);
    this.#messages.delete(key);
  }

  /** @param {string} key */
  remove(key) {
    this.forget(key);
    this.#files.delete(key);
  }

  /**
   * Puts the texts away, because another policy gives other findings; but for one, which stays in
   * sight until it is read again.
   * @param {string | null} [but]
   */
  forgetTexts(but = null) {
    for (const key of [...this.#messages.keys()]) if (key !== but) this.forget(key);
  }

  clear() {
    this.forgetTexts();
    this.#files.clear();
    this.#digests.clear();
  }
}

/** @param {Message} message */
function unitsOf(message) {
  return message.views.reduce((sum, view) => sum + view.text.length + 64 * view.findings.length, 0);
}
