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
      analyze(/** @type {string} */ name) {
        worker.did.push(name);
        if (name.startsWith("crash")) throw new WebAssembly.RuntimeError("unreachable");
        if (name.startsWith("bad")) throw "not a mail";
        if (name.startsWith("vanish")) {
          worker.emit("error", {});
          return new Promise(() => {});
        }
        if (name.startsWith("hang")) return new Promise(() => {});
        if (!this.labels.includes(name)) this.labels.push(name);
        return { label: this.labels.indexOf(name) + 1 };
      }
      redact() {
        return { bytes: new Uint8Array(3) };
      }
    }
    serveCore(this.scope, { Core, initSync: () => {} });
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
  const spawn = () => /** @type {any} */ (new FakeWorker());
  return new CoreClient(async () => ({ module: /** @type {any} */ ({}), spawn }), limits);
}

const file = /** @type {any} */ ({ size: 10, deflated: false, blob: new Blob([new Uint8Array(10)]) });

/** @param {CoreClient} client @param {string} name @param {AbortSignal | null} [signal] */
const analyze = (client, name, signal = null) => /** @type {Promise<any>} */ (client.analyze(signal, name, file));

test("calls are answered in order by one worker", async () => {
  const client = makeClient();
  const answers = await Promise.all(["a", "b", "a"].map((name) => analyze(client, name)));
  assert.deepEqual(answers.map((answer) => answer.label), [1, 2, 1]);
  assert.equal(FakeWorker.all.length, 1);
});

test("a crash fails its own call; labels keep their meaning for the rest", async () => {
  const client = makeClient();
  const [a, b, crash, c, again] = await Promise.allSettled(["a", "b", "crash", "c", "b"].map((name) => analyze(client, name)));
  assert.equal(crash?.status === "rejected" && crash.reason.code, "crashed");
  const labels = [a, b, c, again].map((result) => result?.status === "fulfilled" && result.value.label);
  assert.deepEqual(labels, [1, 2, 3, 2]);
  assert.equal(FakeWorker.all.length, 2);
  assert.ok(FakeWorker.all[0]?.dead);
});

test("a worker that dies without an answer fails the call that it worked on", async () => {
  const client = makeClient();
  const [vanish, a] = await Promise.allSettled([analyze(client, "vanish"), analyze(client, "a")]);
  assert.equal(vanish?.status === "rejected" && vanish.reason.code, "crashed");
  assert.equal(a?.status, "fulfilled");
});

test("after many messages only those since the last journal are read again", async () => {
  const client = makeClient();
  await Promise.all(Array.from({ length: 100 }, (_, i) => analyze(client, `m${i}`)));
  await analyze(client, "crash").catch(() => {});
  const after = await analyze(client, "m0");
  assert.equal(after.label, 1);
  assert.ok((FakeWorker.all.at(-1)?.did.length ?? 0) <= 13, `read again: ${FakeWorker.all.at(-1)?.did}`);
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
  assert.deepEqual(FakeWorker.all.map((worker) => worker.dead), [true, false]);
});

test("withdrawing a call that waits leaves the worker alone", async () => {
  const client = makeClient();
  const withdrawal = new AbortController();
  const first = analyze(client, "a");
  const second = analyze(client, "b", withdrawal.signal);
  withdrawal.abort();
  await assert.rejects(second, { name: "AbortError" });
  await first;
  assert.deepEqual(FakeWorker.all[0]?.did, ["a"]);
});

test("an urgent call overtakes those that wait", async () => {
  const client = makeClient();
  /** @type {string[]} */
  const order = [];
  const calls = ["a", "b", "c"].map((name) => analyze(client, name).then(() => order.push(name)));
  calls.push(client.analyze(null, "now", file, { urgent: true }).then(() => order.push("now")));
  await Promise.all(calls);
  assert.equal(order.indexOf("now"), 1);
});

test("what the core refuses is that call's failure, and no crash", async () => {
  const client = makeClient();
  await assert.rejects(analyze(client, "bad"), { code: "rejected", detail: "not a mail" });
  await analyze(client, "a");
  assert.equal(FakeWorker.all.length, 1);
});

test("a policy that the core refuses is told to every call", async () => {
  const client = makeClient();
  client.setPolicy(/** @type {any} */ ({ threshold: "nonsense" }));
  await assert.rejects(analyze(client, "a"), { code: "rejected", detail: "unknown threshold" });
});

test("a file that cannot be read fails alone", async () => {
  const client = makeClient();
  const gone = /** @type {any} */ ({ size: 1, deflated: false, blob: { arrayBuffer: async () => { throw new DOMException("gone", "NotReadableError"); } } });
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
  assert.ok(FakeWorker.all[0]?.dead);
  assert.equal((await analyze(client, "b")).label, 2);
});

test("the worker's program needs nothing from outside itself", () => {
  const alone = new Function(`return (${serveCore})`)();
  const scope = { postMessage: () => {}, addEventListener: () => {}, onmessage: null };
  alone(scope, { Core: class {}, initSync: () => {} });
  assert.equal(typeof scope.onmessage, "function");
});
