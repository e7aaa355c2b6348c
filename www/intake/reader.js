/** Reads the waiting files, one after the other. */
import { CoreError } from "../core/client.js";
import { entriesOf, summarise } from "../state.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Library} from "../library.js" */
/** @import {Action, State} from "../state.js" */

export class Reader {
  /** @type {AbortController | null} */ #reading = null;

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

  get busy() {
    return this.#reading !== null;
  }

  /** Reads until nothing waits. Returns whether it came to the end. */
  async run() {
    if (this.#reading) return false;
    const reading = new AbortController();
    this.#reading = reading;
    try {
      for (;;) {
        const [entry] = entriesOf(this.state(), "waiting");
        if (!entry) return true;
        await this.#read(entry.key, reading.signal);
        if (reading.signal.aborted) return false;
      }
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  /** Stops at once; what was read stays. */
  cancel() {
    this.#reading?.abort();
    this.#reading = null;
    this.dispatch({ type: "cancel" });
  }

  /** Stops without a word, because everything is to be read again. */
  stop() {
    this.#reading?.abort();
    this.#reading = null;
  }

  /**
   * @param {string} key
   * @param {AbortSignal} signal
   */
  async #read(key, signal) {
    const file = this.library.file(key);
    this.dispatch({ type: "reading", key });
    try {
      const message = await this.client.analyze(signal, file.name, file);
      if (signal.aborted) return;
      this.library.keep(key, message);
      this.dispatch({ type: "read", key, summary: summarise(message) });
    } catch (error) {
      if (signal.aborted) return;
      this.dispatch({ type: "failed", key, error: error instanceof CoreError ? error.code : "crashed" });
    }
  }
}
