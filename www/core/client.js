/**
 * The page's side of the worker. Calls are queued here and posted one at a time, so that a call can
 * be withdrawn before it runs; a call that runs is withdrawn by terminating the worker, the only
 * honest way to stop WebAssembly.
 *
 * A crash fails one call. The worker is started again, its table of labels restored, and the queue
 * goes on. The table is fetched now and then (`journal`), because a crashed core cannot be asked;
 * what was analysed since then is analysed again, in the same order, so that every label keeps its
 * meaning.
 */

/** @import {Decisions, Description, Message, Outcome, Policy} from "./types.js" */

/** Milliseconds a call may run: a base, and an allowance per megabyte. */
const DEADLINE = { base: 60_000, perMegabyte: 10_000 };

/** Milliseconds without a call after which the worker's memory is given back. */
const IDLE = 60_000;

/** Milliseconds without a call after which the table of labels is fetched. */
const REST = 200;

/** Calls that may follow a journal before the next is fetched; grows with the work done. */
const REPLAY = { least: 8, share: 1 / 8 };

/** Why a call failed. `code` is `crashed`, `too-slow`, `unreadable`, `rejected` or `unavailable`. */
export class CoreError extends Error {
  /**
   * @param {string} code
   * @param {string} [detail]   what the core says of bad input; never text of a mail
   */
  constructor(code, detail = "") {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * @typedef {object} Job
 * @property {Record<string, any>} request
 * @property {number} size          bytes that it works on
 * @property {boolean} assigns      whether it may assign labels
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {() => void} settle    to be called when it leaves the queue for good
 *
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "addEventListener">} WorkerLike
 * @typedef {{blob: Blob, deflated: boolean, size: number}} Source   what the worker reads
 */

export class CoreClient {
  /** @type {Job[]} */ #queue = [];
  /** @type {Job | null} */ #running = null;
  /** @type {WorkerLike | null} */ #worker = null;
  /** @type {((error: CoreError) => void) | null} */ #abandon = null;
  /** @type {Policy | undefined} */ #policy;
  /** @type {string | null} */ #journal = null;
  /** @type {Record<string, any>[]} */ #sinceJournal = [];
  /** @type {Description | null} */ #description = null;
  #done = 0;
  #posted = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #idleTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #restTimer;

  /**
   * @param {() => Promise<{module: WebAssembly.Module, spawn: () => WorkerLike}>} load
   * @param {{deadline?: typeof DEADLINE, idle?: number}} [limits]   for tests
   */
  constructor(load, limits = {}) {
    this.load = load;
    this.deadline = limits.deadline ?? DEADLINE;
    this.idle = limits.idle ?? IDLE;
  }

  /**
   * Uses a policy for every call from now on; labels keep their meaning.
   * Calls that wait or run are rejected as aborted.
   * @param {Policy | undefined} policy
   */
  setPolicy(policy) {
    this.stop();
    this.#policy = policy;
  }

  /**
   * Takes over a table of labels, or forgets all: labels start again from 1.
   * Calls that wait or run are rejected as aborted.
   * @param {string | null} journal
   */
  adopt(journal) {
    this.stop();
    this.#journal = journal;
    this.#sinceJournal = [];
  }

  /**
   * Fetches the table of labels, which tells whom they stand for: personal data.
   * @returns {Promise<string>}
   */
  async checkpoint() {
    const journal = await this.#enqueue(null, { op: "journal" }, 0, false, true);
    // Nothing was analysed since: the next call is posted, but not answered.
    this.#journal = journal;
    this.#sinceJournal = [];
    return journal;
  }

  /**
   * Starts the core, if it is not running, and says what it is.
   * @param {AbortSignal | null} signal
   * @returns {Promise<Description>}
   */
  describe(signal) {
    return this.#enqueue(signal, { op: "describe" }, 0, false, true);
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {string} name
   * @param {Source} file    read in the worker; its bytes are not kept
   * @param {{urgent?: boolean}} [options]   urgent calls overtake the others
   * @returns {Promise<Message>}
   */
  analyze(signal, name, file, { urgent = false } = {}) {
    return this.#enqueue(signal, { op: "analyze", name, file }, file.size, true, urgent);
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {string} name
   * @param {Source} file
   * @param {Decisions} decisions
   * @param {{urgent?: boolean}} [options]
   * @returns {Promise<Outcome>}
   */
  redact(signal, name, file, decisions, { urgent = false } = {}) {
    return this.#enqueue(signal, { op: "redact", name, file, decisions }, file.size, true, urgent);
  }

  /**
   * The key of the entity that a value belongs to; without an entity type that is guessed, without a value it is a
   * key that nobody has yet. It is kept at once, as no message would give it again.
   * @param {string | undefined} entity
   * @param {string | undefined} value
   * @returns {Promise<string>}
   */
  async label(entity, value) {
    const key = await this.#enqueue(null, { op: "label", entity, value }, 0, false, true);
    await this.checkpoint();
    return key;
  }

  /**
   * Where a phrase stands in a message, found or not.
   * @param {AbortSignal | null} signal
   * @param {Source} file
   * @param {string} phrase
   * @returns {Promise<{view: number | string, start: number, end: number}[]>}
   */
  occurrences(signal, file, phrase) {
    return this.#enqueue(signal, { op: "occurrences", file, phrase }, file.size, false, false);
  }

  /** Rejects every call as aborted and gives the worker's memory back. */
  stop() {
    const jobs = this.#running ? [this.#running, ...this.#queue] : this.#queue;
    this.#queue = [];
    this.#running = null;
    this.#kill();
    for (const job of jobs) {
      job.settle();
      job.reject(aborted());
    }
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {Record<string, any>} request
   * @param {number} size
   * @param {boolean} assigns
   * @param {boolean} urgent
   * @returns {Promise<any>}
   */
  #enqueue(signal, request, size, assigns, urgent) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted());
      /** @type {Job} */
      const job = { request, size, assigns, resolve, reject, settle: () => {} };
      const withdraw = () => {
        job.settle();
        reject(aborted());
        if (this.#running === job) {
          this.#running = null;
          this.#kill();
          this.#pump();
        } else {
          this.#queue = this.#queue.filter((other) => other !== job);
        }
      };
      signal?.addEventListener("abort", withdraw, { once: true });
      job.settle = () => signal?.removeEventListener("abort", withdraw);
      if (urgent) this.#queue.unshift(job);
      else this.#queue.push(job);
      this.#pump();
    });
  }

  async #pump() {
    if (this.#running) return;
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#restTimer);
    const job = this.#queue.shift();
    if (!job) {
      if (this.#worker && this.#sinceJournal.length > 0) this.#restTimer = setTimeout(() => this.checkpoint().catch(() => {}), REST);
      if (this.#worker) this.#idleTimer = setTimeout(() => this.#kill(), this.idle);
      return;
    }
    this.#running = job;
    /** @type {{value: any} | {error: unknown}} */
    let result;
    try {
      await this.#ready(job);
      result = { value: await this.#perform(job) };
    } catch (error) {
      result = { error };
    }
    if (this.#running !== job) return; // withdrawn meanwhile: whatever came of it is stale
    job.settle();
    if ("value" in result) job.resolve(result.value);
    else job.reject(result.error);
    if ("value" in result && job.assigns) await this.#remember(job);
    if (this.#running !== job) return;
    this.#running = null;
    this.#pump();
  }

  /** @param {Job} job */
  async #perform(job) {
    if (job.request.op === "describe") return this.#description;
    return this.#post(job.request, job.size);
  }

  /**
   * Takes a journal if enough was analysed since the last.
   * @param {Job} job
   */
  async #remember(job) {
    this.#done += 1;
    const { name, file } = job.request;
    this.#sinceJournal.push({ op: "analyze", name, file });
    const due = this.#sinceJournal.length >= Math.max(REPLAY.least, this.#done * REPLAY.share);
    if (!due) return;
    try {
      const journal = await this.#post({ op: "journal" }, 0);
      if (this.#running !== job) return;
      this.#journal = journal;
      this.#sinceJournal = [];
    } catch {
      // The worker died; what was analysed since the last journal will be analysed again.
    }
  }

  /**
   * Starts the worker if there is none.
   * @param {Job} job   the call that waits for it
   */
  async #ready(job) {
    while (!this.#worker) {
      const { module, spawn } = await this.load().catch(() => {
        throw new CoreError("unavailable");
      });
      if (this.#running !== job) throw aborted();
      this.#watch(spawn());
      try {
        this.#description = await this.#post(
          { op: "init", module, policy: this.#policy, journal: this.#journal },
          0,
        );
      } catch (error) {
        if (this.#running === job) this.#kill();
        const code = error instanceof CoreError && error.code !== "crashed" ? error.code : "unavailable";
        throw new CoreError(code, error instanceof CoreError ? error.detail : "");
      }
      await this.#replay(job);
    }
  }

  /** @param {Job} job */
  async #replay(job) {
    for (const request of [...this.#sinceJournal]) {
      try {
        await this.#post(request, request.file.size);
      } catch {
        if (this.#running !== job) throw aborted();
        // It worked once and does not now: leave it out, and start again if the worker died.
        this.#sinceJournal = this.#sinceJournal.filter((other) => other !== request);
        if (!this.#worker) return;
      }
    }
  }

  /** @param {WorkerLike} worker */
  #watch(worker) {
    this.#worker = worker;
    const died = () => {
      if (this.#worker === worker) this.#kill(new CoreError("crashed"));
    };
    worker.addEventListener("error", died);
    worker.addEventListener("messageerror", died);
  }

  /**
   * Posts one request and waits for its reply; a crash, or the end of the worker, rejects it.
   * @param {Record<string, any>} request
   * @param {number} size
   * @returns {Promise<any>}
   */
  #post(request, size) {
    const worker = this.#worker;
    if (!worker) return Promise.reject(aborted());
    const id = ++this.#posted;
    return new Promise((resolve, reject) => {
      const limit = this.deadline.base + (size / 1e6) * this.deadline.perMegabyte;
      const timer = setTimeout(() => this.#kill(new CoreError("too-slow")), limit);
      const listener = (/** @type {any} */ event) => {
        if (event.data.id !== id) return;
        finish();
        if (!("error" in event.data)) return resolve(event.data.value);
        const { code, detail } = event.data.error;
        if (code === "crashed") this.#kill();
        reject(new CoreError(code, detail));
      };
      const ending = new AbortController();
      const finish = () => {
        clearTimeout(timer);
        ending.abort();
        this.#abandon = null;
      };
      this.#abandon = (error) => {
        finish();
        reject(error);
      };
      worker.addEventListener("message", listener, { signal: ending.signal });
      worker.postMessage({ id, ...request });
    });
  }

  /**
   * Ends the worker, and the call that it works on.
   * @param {CoreError} [error]
   */
  #kill(error = new CoreError("crashed")) {
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#restTimer);
    this.#worker?.terminate();
    this.#worker = null;
    const abandon = this.#abandon;
    this.#abandon = null;
    abandon?.(error);
  }
}

function aborted() {
  return new DOMException("The call was withdrawn.", "AbortError");
}
