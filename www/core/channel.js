/**
 * One worker, and the calls that are with it. A call may ask a question before it is answered: which
 * labels the values of a message have.
 */

/** Milliseconds a call may run: a base, and an allowance per megabyte. */
export const DEADLINE = { base: 60_000, perMegabyte: 10_000 };

/** Why a call failed. `code` is `crashed`, `too-slow`, `unreadable`, `rejected` or `unavailable`. */
export class CoreError extends Error {
  /**
   * @param {string} code
   * @param {string} [detail]   what the core says of bad input; never text of a mail
   * @param {boolean} [shared]  whether another call may be to blame
   */
  constructor(code, detail = "", shared = false) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.shared = shared;
  }
}

/**
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "addEventListener">} WorkerLike
 *
 * @typedef {object} Call
 * @property {number} size                        bytes that it works on
 * @property {(facts: string) => Promise<Uint32Array>} [ask]
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {ReturnType<typeof setTimeout> | undefined} timer
 */

export class Channel {
  /** @type {Map<number, Call>} */ #calls = new Map();
  #posted = 0;
  /** Bytes of memory that the core holds. */
  memory = 0;
  alive = true;

  /**
   * @param {WorkerLike} worker
   * @param {typeof DEADLINE} deadline
   */
  constructor(worker, deadline = DEADLINE) {
    this.worker = worker;
    this.deadline = deadline;
    worker.addEventListener("message", (/** @type {any} */ event) => this.#hear(event.data));
    for (const type of /** @type {const} */ (["error", "messageerror"])) worker.addEventListener(type, () => this.end());
  }

  get busy() {
    return this.#calls.size;
  }

  /**
   * Posts a request and waits for its reply. A crash, or the end of the worker, rejects it.
   * @param {Record<string, any>} request
   * @param {number} [size]
   * @param {(facts: string) => Promise<Uint32Array>} [ask]
   * @returns {Promise<any>}
   */
  post(request, size = 0, ask = undefined) {
    if (!this.alive) return Promise.reject(new CoreError("crashed"));
    const id = ++this.#posted;
    return new Promise((resolve, reject) => {
      const call = { size, ask, resolve, reject, timer: undefined };
      this.#calls.set(id, call);
      this.#wind(call);
      this.worker.postMessage({ id, ...request });
    });
  }

  /** @param {Call} call */
  #wind(call) {
    clearTimeout(call.timer);
    // Those that came before it are worked on first.
    const size = [...this.#calls.values()].reduce((sum, other) => sum + other.size, 0);
    const limit = this.#calls.size * this.deadline.base + (size / 1e6) * this.deadline.perMegabyte;
    call.timer = setTimeout(() => this.end(new CoreError("too-slow")), limit);
  }

  /** @param {{id: number, memory?: number, value?: any, error?: {code: string, detail: string}, ask?: string}} reply */
  #hear(reply) {
    const call = this.#calls.get(reply.id);
    if (!call) return;
    this.memory = reply.memory ?? this.memory;
    if (reply.ask !== undefined) {
      // It waits for others now, for which it cannot be blamed.
      clearTimeout(call.timer);
      const answer = call.ask?.(reply.ask) ?? Promise.reject(new CoreError("rejected"));
      answer.then((labels) => {
        if (!this.alive) return;
        this.#wind(call);
        this.worker.postMessage({ id: reply.id, labels });
      }, () => this.end());
      return;
    }
    clearTimeout(call.timer);
    this.#calls.delete(reply.id);
    if (!reply.error) return call.resolve(reply.value);
    const { code, detail } = reply.error;
    if (code === "crashed") this.end(new CoreError("crashed", "", true));
    call.reject(new CoreError(code, detail));
  }

  /**
   * Ends the worker, and the calls that it works on.
   * @param {CoreError} [error]
   */
  end(error = new CoreError("crashed")) {
    if (!this.alive) return;
    this.alive = false;
    this.worker.terminate();
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    const { code, detail, shared } = error;
    for (const call of calls) {
      clearTimeout(call.timer);
      call.reject(new CoreError(code, detail, shared || calls.length > 1));
    }
  }
}
