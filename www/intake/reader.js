/** Reads the waiting files, one after the other; the one that is looked at before the others. */
import { CoreError } from "../core/client.js";
import { summarise } from "../state.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Library} from "../library.js" */
/** @import {Action, State} from "../state.js" */

export class Reader {
  /** @type {{abort: AbortController, left: boolean} | null} */ #reading = null;
  /** Place in the order before which nothing waits. */
  #next = 0;

  /**
   * @param {CoreClient} client
   * @param {Library} library
   * @param {() => State} state
   * @param {(action: Action) => void} dispatch
   */
  constructor(client, library, state, dispatch) {
    this.client = client;
    this.library = library;
    this.state = state;
    this.dispatch = dispatch;
  }

  /** Reads until nothing waits. Returns whether it came to the end. */
  async run() {
    this.#next = 0;
    if (this.#reading) return false;
    const reading = { abort: new AbortController(), left: false };
    this.#reading = reading;
    try {
      for (;;) {
        const key = this.#choose();
        if (key === null) return true;
        await this.#read(key, reading);
        if (reading.left) return false;
      }
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  /** Stops at once; what was read stays. */
  cancel() {
    this.stop();
    this.dispatch({ type: "cancel" });
  }

  /** Stops without a word, because everything is to be read again. */
  stop() {
    const reading = this.#reading;
    this.leave();
    reading?.abort.abort();
  }

  /** Reads no further; what is being read ends by itself, and nothing comes of it. */
  leave() {
    if (this.#reading) this.#reading.left = true;
    this.#reading = null;
  }

  /** @returns {string | null} */
  #choose() {
    const { order, entries, selected, tally } = this.state();
    if (tally.waiting === 0) return null;
    if (selected !== null && entries.get(selected)?.status === "waiting") return selected;
    for (; this.#next < order.length; this.#next += 1) {
      const key = order[this.#next] ?? "";
      if (entries.get(key)?.status === "waiting") return key;
    }
    // Something came to wait again behind the place that was reached.
    this.#next = 0;
    return order.find((key) => entries.get(key)?.status === "waiting") ?? null;
  }

  /**
   * @param {string} key
   * @param {{abort: AbortController, left: boolean}} reading
   */
  async #read(key, reading) {
    const file = this.library.file(key);
    this.dispatch({ type: "reading", key });
    try {
      const message = await this.client.analyze(reading.abort.signal, file.name, file);
      if (reading.left) return;
      const { digest } = message;
      if (!this.library.claim(key, digest)) {
        this.dispatch({ type: "duplicate", key, digest });
        return;
      }
      this.library.keep(key, message);
      this.dispatch({ type: "read", key, summary: summarise(message), digest });
    } catch (error) {
      if (reading.left) return;
      this.dispatch({ type: "failed", key, error: error instanceof CoreError ? error.code : "crashed" });
    }
  }
}
