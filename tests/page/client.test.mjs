import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreClient } from "../../www/core/client.js";
import { serveCore } from "../../www/worker/worker.js";

/**
 * A worker that runs the worker's own program in this thread, on a core that keeps a table of labels
 * as the real one does. A file tells it what to do by its name.
 */
class FakeWorker {
  /** @type {FakeWorker[]} */ static all = [];
  static memory = 0;
  /** @type {Map<string, Set<(event: any) => void>>} */ listeners = new Map();
  dead = false;
  /** @type {string[]} */ did = [];

  constructor() {
    FakeWorker.all.push(this);
    const worker = this;
    this.scope = /** @type {any} */ ({
      postMessage: (/** @type {any} */ message) => queueMicrotask(() => this.emit("message", { data: message })),
      addEventListener: () => {},
    });
    class Core {
      /** @type {string[]} */ labels = [];
      constructor(/** @type {any} */ policy) {
        if (policy?.threshold === "nonsense") throw "unknown threshold";
      }
      describe() {
        return { version: "1", entities: [] };
      }
      journal() {
        return JSON.stringify(this.labels);
      }
      restore(/** @type {string} */ journal) {
        this.labels = JSON.parse(journal);
      }
      /** @type {(name: string, bytes: Uint8Array, ask: (facts: string) => Promise<Uint32Array>) => Promise<any>} */
      async analyze(name, _bytes, ask) {
        worker.did.push(name);
        if (name.startsWith("slow")) await new Promise((resolve) => setTimeout(resolve, 20));
        if (name.startsWith("crash")) throw new WebAssembly.RuntimeError("unreachable");
        if (name.startsWith("bad")) throw "not a mail";
        if (name.startsWith("vanish")) {
          worker.emit("error", {});
          return new Promise(() => {});
        }
        if (name.startsWith("hang")) return new Promise(() => {});
        const [label] = await ask(name);
        return { label };
      }
      assign(/** @type {string} */ name) {
        worker.did.push(`label ${name}`);
        if (!this.labels.includes(name)) this.labels.push(name);
        return Uint32Array.of(this.labels.indexOf(name) + 1);
      }
      redact() {
        return { bytes: new Uint8Array(3) };
      }
    }
    serveCore(this.scope, { Core, initSync: () => ({ memory: /** @type {any} */ ({ buffer: { byteLength: FakeWorker.memory } }) }) });
  }

  /** @param {string} type @param {any} event */
  emit(type, event) {
    if (this.dead) return;
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener(event);
  }
  /** @param {string} type @param {any} listener @param {any} [options] */
  addEventListener(type, listener, options) {
    const set = this.listeners.get(type) ?? new Set();
    set.add(listener);
    this.listeners.set(type, set);
    options?.signal?.addEventListener("abort", () => set.delete(listener));
  }
  /** @param {any} data */
  postMessage(data) {
    queueMicrotask(() => !this.dead && this.scope.onmessage({ data }));
  }
  terminate() {
    this.dead = true;
  }
}

/** @param {any} [limits] */
function makeClient(limits) {
  FakeWorker.all = [];
  FakeWorker.memory = 0;
  const spawn = () => /** @type {any} */ (new FakeWorker());
  return new CoreClient(async () => ({ module: /** @type {any} */ ({}), spawn }), { workers: 1, ...limits });
}

const file = /** @type {any} */ ({ size: 10, deflated: false, blob: new Blob([new Uint8Array(10)]) });

/** @param {CoreClient} client @param {string} name @param {AbortSignal | null} [signal] */
const analyze = (client, name, signal = null) => /** @type {Promise<any>} */ (client.analyze(signal, name, file));

/** The workers that read messages; the other one gives the labels. */
const readers = () => FakeWorker.all.filter((worker) => worker.did.some((done) => !done.startsWith("label ")));
const registrar = () => FakeWorker.all.findLast((worker) => worker.did.some((done) => done.startsWith("label ")));

test("calls are answered in order by one worker", async () => {
  const client = makeClient();
  const answers = await Promise.all(["a", "b", "a"].map((name) => analyze(client, name)));
  assert.deepEqual(answers.map((answer) => answer.label), [1, 2, 1]);
  assert.equal(readers().length, 1);
});

test("a crash fails its own call; labels keep their meaning for the rest", async () => {
  const client = makeClient();
  const [a, b, crash, c, again] = await Promise.allSettled(["a", "b", "crash", "c", "b"].map((name) => analyze(client, name)));
  assert.equal(crash?.status === "rejected" && crash.reason.code, "crashed");
  const labels = [a, b, c, again].map((result) => result?.status === "fulfilled" && result.value.label);
  assert.deepEqual(labels, [1, 2, 3, 2]);
  assert.ok(readers().length >= 2 && readers()[0]?.dead);
  assert.equal(registrar()?.dead, false);
});

test("labels follow the order of the calls, however many workers there are", async () => {
  const names = ["slow 1", "a", "slow 2", "bad", "b", "crash", "a", "c", "slow 3", "d"];
  /** @type {any[]} */
  const results = [];
  for (const workers of [1, 2, 4]) {
    const client = makeClient({ workers });
    const settled = await Promise.allSettled(names.map((name) => analyze(client, name)));
    results.push(settled.map((result) => (result.status === "fulfilled" ? result.value.label : result.reason.code)));
  }
  assert.deepEqual(results[0], [1, 2, 3, "rejected", 4, "crashed", 2, 5, 6, 7]);
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
});

test("many calls are read side by side", async () => {
  const client = makeClient({ workers: 3 });
  await Promise.all(Array.from({ length: 12 }, (_, i) => analyze(client, `slow ${i}`)));
  assert.equal(readers().length, 3);
  assert.ok(readers().every((worker) => worker.did.length > 1));
});

test("a worker whose memory has grown is ended between two calls", async () => {
  const client = makeClient({ grown: 100 });
  FakeWorker.memory = 101;
  const answers = await Promise.all(["a", "b", "c", "d", "a"].map((name) => analyze(client, name)));
  assert.deepEqual(answers.map((answer) => answer.label), [1, 2, 3, 4, 1]);
  assert.ok(readers().length > 1 && readers().slice(0, -1).every((worker) => worker.dead));
});

test("a worker that dies without an answer fails the call that it worked on", async () => {
  const client = makeClient();
  const [vanish, a] = await Promise.allSettled([analyze(client, "vanish"), analyze(client, "a")]);
  assert.equal(vanish?.status === "rejected" && vanish.reason.code, "crashed");
  assert.equal(a?.status, "fulfilled");
});

test("a registrar that dies is told again what it was told since its table was fetched", async () => {
  const client = makeClient();
  await Promise.all(Array.from({ length: 200 }, (_, i) => analyze(client, `m${i}`)));
  const first = registrar();
  first?.emit("error", {});
  assert.equal((await analyze(client, "m3")).label, 4);
  assert.equal((await analyze(client, "new")).label, 201);
  assert.ok(first?.dead);
  const told = registrar()?.did.length ?? 0;
  assert.ok(told > 2 && told < 100, `told again: ${told}`);
});

test("a call that takes too long is stopped, and the next one runs", async () => {
  const client = makeClient({ deadline: { base: 30, perMegabyte: 0 } });
  const [hang, a] = await Promise.allSettled([analyze(client, "hang"), analyze(client, "a")]);
  assert.equal(hang?.status === "rejected" && hang.reason.code, "too-slow");
  assert.equal(a?.status, "fulfilled");
});

test("withdrawing a running call ends the worker; the next call starts another", async () => {
  const client = makeClient();
  await analyze(client, "a");
  const withdrawal = new AbortController();
  const hang = analyze(client, "hang", withdrawal.signal);
  const next = analyze(client, "a");
  setTimeout(() => withdrawal.abort(), 5);
  await assert.rejects(hang, { name: "AbortError" });
  assert.equal((await next).label, 1);
  assert.deepEqual(readers().map((worker) => worker.dead), [true, false]);
});

test("withdrawing a call that waits leaves the worker alone", async () => {
  const client = makeClient();
  const withdrawal = new AbortController();
  const first = analyze(client, "a");
  const third = analyze(client, "a");
  const second = analyze(client, "b", withdrawal.signal);
  withdrawal.abort();
  await assert.rejects(second, { name: "AbortError" });
  await Promise.all([first, third]);
  assert.deepEqual(readers()[0]?.did, ["a", "a"]);
});

test("an urgent call overtakes those that wait", async () => {
  const client = makeClient();
  /** @type {string[]} */
  const order = [];
  const calls = ["a", "b", "c"].map((name) => analyze(client, name).then(() => order.push(name)));
  calls.push(client.analyze(null, "now", file, { urgent: true }).then(() => order.push("now")));
  await Promise.all(calls);
  assert.deepEqual(order, ["a", "b", "now", "c"]);
});

test("what the core refuses is that call's failure, and no crash", async () => {
  const client = makeClient();
  await assert.rejects(analyze(client, "bad"), { code: "rejected", detail: "not a mail" });
  await analyze(client, "a");
  assert.equal(readers().length, 1);
});

test("a policy that the core refuses is told to every call", async () => {
  const client = makeClient();
  client.setPolicy(/** @type {any} */ ({ threshold: "nonsense" }));
  await assert.rejects(analyze(client, "a"), { code: "rejected", detail: "unknown threshold" });
});

test("a file that cannot be read fails alone", async () => {
  const client = makeClient();
  const gone = /** @type {any} */ ({ size: 1, deflated: false, blob: { size: 1, slice: () => ({ arrayBuffer: async () => { throw new DOMException("gone", "NotReadableError"); } }) } });
  await assert.rejects(client.analyze(null, "gone", gone), { code: "unreadable" });
  await analyze(client, "a");
});

test("a core that cannot be loaded is said to be unavailable", async () => {
  const client = new CoreClient(async () => { throw new Error("404"); });
  await assert.rejects(client.describe(null), { code: "unavailable" });
});

test("stopping rejects every call and leaves nothing pending", async () => {
  const client = makeClient();
  const calls = [analyze(client, "hang"), analyze(client, "a")];
  client.stop();
  for (const result of await Promise.allSettled(calls)) assert.equal(result.status === "rejected" && result.reason.name, "AbortError");
});

test("an idle worker gives its memory back, and its labels come again with the next call", async () => {
  const client = makeClient({ idle: 5 });
  await analyze(client, "a");
  await analyze(client, "b");
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.ok(FakeWorker.all.every((worker) => worker.dead));
  assert.equal((await analyze(client, "b")).label, 2);
});

test("the worker's program needs nothing from outside itself", () => {
  const alone = new Function(`return (${serveCore})`)();
  const scope = { postMessage: () => {}, addEventListener: () => {}, onmessage: null };
  alone(scope, { Core: class {}, initSync: () => {} });
  assert.equal(typeof scope.onmessage, "function");
});
