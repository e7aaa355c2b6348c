/**
 * The page's side of the workers. Calls are queued here and handed to as many workers as there are
 * processors; one more, the registrar, gives the labels, so that a person or value has the same one
 * whoever reads the message. Labels are given in the order in which the calls were made, however
 * many workers there are and whichever ends first.
 *
 * A call that runs is withdrawn by ending its worker, the only honest way to stop WebAssembly. A crash
 * fails one call: others that were with the same worker run again. A worker knows nothing that would
 * be missed; one whose memory has grown is ended between two calls. What the registrar was told since
 * its table was last fetched (`journal`) is told again if it has to be started anew.
 */
import { Channel, CoreError, DEADLINE } from "./channel.js";

export { CoreError };

/** @import {Decisions, Description, Message, Outcome, Policy} from "./types.js" */
/** @import {WorkerLike} from "./channel.js" */
/** @import {Source} from "../intake/sources.js" */

/** Milliseconds without a call after which the workers' memory is given back. */
const IDLE = 60_000;

/** Most workers, whatever the machine has: each holds its own memory. */
const MOST = 8;

/** Calls that are with a worker: while one waits for its labels the next is read. */
const DEPTH = 2;

/** Bytes of memory from which on a worker is ended when it has nothing to do: it never gives any back. */
const GROWN = 160 << 20;

/** Bytes of a mailbox that are gone through in one call, about. */
const STRETCH = 128 << 20;

/** What the registrar may be told before its table is fetched; grows with the work done. */
const REPLAY = { least: 64, share: 1 / 8 };

/**
 * @typedef {object} Job
 * @property {Record<string, any>} request
 * @property {number} size          bytes that it works on
 * @property {boolean} ordered      whether its labels are given in the order of the calls
 * @property {boolean} alone        whether it must not share a worker: one that it shared has crashed
 * @property {Promise<void> | null} before   the labels of the call before it
 * @property {() => void} labelled  to be called when it has its labels, or will never want any
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {() => void} settle    to be called when it leaves the queue for good
 *
 * @typedef {{ready: Promise<Channel>, channel: Channel | null, jobs: Set<Job>, retiring: boolean}} Slot   a worker
 */

export class CoreClient {
  /** @type {Job[]} */ #queue = [];
  /** @type {Set<Slot>} */ #slots = new Set();
  /** @type {Promise<Channel> | null} */ #registrar = null;
  /** @type {Policy | undefined} */ #policy;
  /** @type {string | null} */ #journal = null;
  /** @type {Record<string, any>[]} */ #since = [];
  /** @type {Uint8Array} */ #seed = crypto.getRandomValues(new Uint8Array(32));
  /** @type {Description | null} */ #description = null;
  /** @type {Promise<void>} */ #last = Promise.resolve();
  #told = 0;
  #fetching = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #idleTimer;

  /**
   * @param {() => Promise<{module: WebAssembly.Module, spawn: () => WorkerLike}>} load
   * @param {{deadline?: typeof DEADLINE, idle?: number, workers?: number, grown?: number}} [limits]   for tests
   */
  constructor(load, limits = {}) {
    this.load = load;
    this.deadline = limits.deadline ?? DEADLINE;
    this.idle = limits.idle ?? IDLE;
    this.workers = limits.workers ?? Math.min(MOST, globalThis.navigator?.hardwareConcurrency ?? 2);
    this.grown = limits.grown ?? GROWN;
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
    this.#endRegistrar();
    this.#journal = journal;
    this.#since = [];
    this.#told = 0;
    const seed = journal === null ? undefined : seedOf(journal);
    this.#seed = seed ?? crypto.getRandomValues(new Uint8Array(32));
  }

  /** What keys the replacements of message ids: with it, another session writes the same bytes. */
  get seed() {
    return this.#seed;
  }

  /**
   * Goes on as the session that had this seed, with no labels given yet.
   * @param {Uint8Array} seed
   */
  beginWith(seed) {
    this.adopt(null);
    this.#seed = seed;
  }

  /**
   * Fetches the table of labels, which tells whom they stand for: personal data.
   * @returns {Promise<string>}
   */
  async checkpoint() {
    const registrar = await this.#registry();
    const known = this.#since.length;
    const journal = await registrar.post({ op: "journal" });
    this.#journal = journal;
    this.#since.splice(0, known);
    return journal;
  }

  /**
   * Starts the core, if it is not running, and says what it is.
   * @param {AbortSignal | null} signal
   * @returns {Promise<Description>}
   */
  describe(signal) {
    return this.#enqueue(signal, { op: "describe" }, { urgent: true });
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {string} name
   * @param {Source} file    read in the worker; its bytes are not kept
   * @param {{urgent?: boolean}} [options]   urgent calls overtake the others
   * @returns {Promise<Message>}
   */
  analyze(signal, name, file, { urgent = false } = {}) {
    return this.#enqueue(signal, { op: "analyze", name, file }, { size: file.size, ordered: true, urgent });
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {string} name
   * @param {Source} file
   * @param {Decisions} decisions
   * @param {{urgent?: boolean, ordered?: boolean, entry?: boolean}} [options]   `ordered`: the message was not read
   *   before; `entry`: the copy is to stand in a mailbox as the message does
   * @returns {Promise<Outcome>}
   */
  redact(signal, name, file, decisions, { urgent = false, ordered = false, entry = false } = {}) {
    return this.#enqueue(signal, { op: "redact", name, file, decisions, entry }, { size: file.size, ordered, urgent });
  }

  /**
   * Where the messages of a mailbox are, from one of them on: see `Core.entries`.
   * @param {AbortSignal | null} signal
   * @param {Blob} blob
   * @param {number} from
   * @returns {Promise<Float64Array>}
   */
  entries(signal, blob, from) {
    return this.#enqueue(signal, { op: "entries", blob, from }, { size: Math.min(blob.size - from, STRETCH), urgent: true });
  }

  /**
   * Has the labels of a message given in its turn, and nothing else.
   * @param {AbortSignal | null} signal
   * @param {Source} file
   * @returns {Promise<void>}
   */
  mention(signal, file) {
    return this.#enqueue(signal, { op: "mention", file }, { size: file.size, ordered: true });
  }

  /**
   * Who stands in the headers of some messages, for `learn`. Of each, only the start is read.
   * @param {AbortSignal | null} signal
   * @param {Source[]} files
   * @returns {Promise<string[]>}
   */
  participants(signal, files) {
    return this.#enqueue(signal, { op: "participants", files }, {});
  }

  /**
   * Makes people known before the messages are read in which they are.
   * @param {string} people
   */
  async learn(people) {
    await this.#tell({ op: "learn", people });
  }

  /**
   * The key of the entity that a value belongs to; without an entity type that is guessed, without a value it is a
   * key that nobody has yet. It is kept at once, as no message would give it again.
   * @param {string | undefined} entity
   * @param {string | undefined} value
   * @returns {Promise<string>}
   */
  async label(entity, value) {
    const key = await this.#tell({ op: "label", entity, value });
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
    return this.#enqueue(signal, { op: "occurrences", file, phrase }, { size: file.size });
  }

  /** Rejects every call as aborted and gives the workers' memory back. Labels stay. */
  stop() {
    const jobs = [...[...this.#slots].flatMap((slot) => [...slot.jobs]), ...this.#queue];
    this.#queue = [];
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const slot of slots) this.#end(slot);
    for (const job of jobs) {
      job.settle();
      job.reject(aborted());
    }
  }

  /**
   * @param {AbortSignal | null} signal
   * @param {Record<string, any>} request
   * @param {{size?: number, ordered?: boolean, urgent?: boolean}} options
   * @returns {Promise<any>}
   */
  #enqueue(signal, request, { size = 0, ordered = false, urgent = false }) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted());
      /** @type {Job} */
      const job = { request, size, ordered, alone: false, before: null, labelled: () => {}, resolve, reject, settle: () => {} };
      const withdraw = () => {
        job.settle();
        reject(aborted());
        const slot = [...this.#slots].find((candidate) => candidate.jobs.delete(job));
        this.#queue = this.#queue.filter((other) => other !== job);
        if (slot) this.#end(slot);
        this.#pump();
      };
      signal?.addEventListener("abort", withdraw, { once: true });
      job.settle = () => {
        signal?.removeEventListener("abort", withdraw);
        job.labelled();
      };
      if (urgent) this.#queue.unshift(job);
      else this.#queue.push(job);
      this.#pump();
    });
  }

  #pump() {
    clearTimeout(this.#idleTimer);
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      const slot = this.#slotFor(job);
      if (!slot) return;
      this.#queue.shift();
      if (job.ordered && !job.before) {
        job.before = this.#last;
        /** @type {Promise<void>} */
        const labelled = new Promise((resolve) => (job.labelled = resolve));
        this.#last = this.#last.then(() => labelled);
      }
      slot.jobs.add(job);
      this.#run(slot, job);
    }
    const idle = [...this.#slots].every((slot) => slot.jobs.size === 0);
    if (idle && (this.#slots.size > 0 || this.#registrar)) this.#idleTimer = setTimeout(() => this.#rest(), this.idle);
  }

  /** Gives all memory back; the table of labels is kept here meanwhile. */
  async #rest() {
    if (this.#since.length > 0) await this.checkpoint().catch(() => {});
    if (this.#queue.length > 0 || [...this.#slots].some((slot) => slot.jobs.size > 0)) return;
    for (const slot of [...this.#slots]) this.#end(slot);
    if (this.#since.length === 0) this.#endRegistrar();
  }

  /**
   * The worker that takes a call next, if one may.
   * @param {Job} job
   * @returns {Slot | null}
   */
  #slotFor(job) {
    const slots = [...this.#slots].filter((slot) => !slot.retiring);
    const free = slots.find((slot) => slot.jobs.size === 0);
    if (free) return free;
    if (this.#slots.size < this.workers) return this.#start();
    if (job.alone) return null;
    const least = slots.sort((a, b) => a.jobs.size - b.jobs.size)[0];
    const room = least && least.jobs.size < DEPTH && ![...least.jobs].some((other) => other.alone);
    return room ? least : null;
  }

  /** @returns {Slot} */
  #start() {
    /** @type {Slot} */
    const slot = { ready: Promise.reject(), channel: null, jobs: new Set(), retiring: false };
    slot.ready.catch(() => {});
    slot.ready = this.#open({ policy: this.#policy, journal: null }, (channel) => {
      slot.channel = channel;
      if (slot.retiring) channel.end();
    });
    slot.ready.catch(() => {});
    this.#slots.add(slot);
    return slot;
  }

  /**
   * A worker with a core that is ready.
   * @param {Record<string, any>} given
   * @param {(channel: Channel) => void} opened
   */
  async #open(given, opened) {
    const { module, spawn } = await this.load().catch(() => {
      throw new CoreError("unavailable");
    });
    const channel = new Channel(spawn(), this.deadline);
    opened(channel);
    try {
      this.#description = await channel.post({ op: "init", module, seed: this.#seed, ...given });
    } catch (error) {
      channel.end();
      const code = error instanceof CoreError && error.code !== "crashed" ? error.code : "unavailable";
      throw new CoreError(code, error instanceof CoreError ? error.detail : "");
    }
    return channel;
  }

  /**
   * @param {Slot} slot
   * @param {Job} job
   */
  async #run(slot, job) {
    /** @type {{value: any} | {error: unknown}} */
    let result;
    try {
      const channel = await slot.ready;
      const value = job.request.op === "describe" ? this.#description
        : await channel.post(job.request, job.size, (facts) => this.#labels(job, facts));
      result = { value };
    } catch (error) {
      result = { error };
    }
    if (!slot.jobs.delete(job)) return this.#pump(); // withdrawn meanwhile: whatever came of it is stale
    if (slot.channel && slot.channel.memory > this.grown) slot.retiring = true;
    if ((slot.channel && !slot.channel.alive) || ("error" in result && !slot.channel) || (slot.retiring && slot.jobs.size === 0)) this.#end(slot);
    if ("error" in result && result.error instanceof CoreError && result.error.shared) {
      // It was with another call in a worker that ended: that one or this is to blame, so each runs by itself.
      job.alone = true;
      const behind = this.#queue.findIndex((other) => !other.alone);
      this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, job);
    } else {
      job.settle();
      if ("value" in result) job.resolve(result.value);
      else job.reject(result.error);
    }
    this.#pump();
  }

  /** @param {Slot} slot */
  #end(slot) {
    this.#slots.delete(slot);
    slot.retiring = true;
    slot.channel?.end(new CoreError("crashed", "", true));
  }

  /**
   * The labels of a message, in its turn.
   * @param {Job} job
   * @param {string} facts
   * @returns {Promise<Uint32Array>}
   */
  async #labels(job, facts) {
    if (job.ordered) await job.before;
    return this.#tell({ op: "assign", facts }, job.labelled);
  }

  /**
   * Tells the registrar something that it must not forget.
   * @param {Record<string, any>} request
   * @param {() => void} [told]   called once it is on its way: what is told then comes after it
   */
  async #tell(request, told) {
    const registrar = await this.#registry();
    const answer = registrar.post(request);
    told?.();
    this.#since.push(request);
    this.#told += 1;
    const due = this.#since.length > Math.max(REPLAY.least, this.#told * REPLAY.share);
    if (due && !this.#fetching) {
      this.#fetching = true;
      this.checkpoint().catch(() => {}).finally(() => (this.#fetching = false));
    }
    try {
      return await answer;
    } catch (error) {
      // What it refuses it will refuse again.
      this.#since = this.#since.filter((other) => other !== request);
      throw error;
    }
  }

  /** @returns {Promise<Channel>} */
  async #registry() {
    const current = (this.#registrar ??= this.#startRegistrar());
    const channel = await current.catch((error) => {
      if (this.#registrar === current) this.#registrar = null;
      throw error;
    });
    if (channel.alive) return channel;
    if (this.#registrar === current) this.#registrar = this.#startRegistrar();
    return this.#registrar ?? this.#registry();
  }

  async #startRegistrar() {
    const channel = await this.#open({ policy: undefined, journal: this.#journal }, () => {});
    for (const request of [...this.#since]) channel.post(request).catch(() => {});
    return channel;
  }

  #endRegistrar() {
    this.#registrar?.then((channel) => channel.end(), () => {});
    this.#registrar = null;
  }
}

/** @param {string} journal */
function seedOf(journal) {
  try {
    const { seed } = JSON.parse(journal);
    return Array.isArray(seed) && seed.length === 32 ? Uint8Array.from(seed) : undefined;
  } catch {
    return undefined;
  }
}

function aborted() {
  return new DOMException("The call was withdrawn.", "AbortError");
}
