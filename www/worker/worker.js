/**
 * The worker's whole program: answers requests with the core. It is one function without any outer
 * reference, because its source text becomes part of a blob (see `core/load.js`); everything that
 * it uses comes in as an argument.
 *
 * A request is `{id, op, …}`; its reply `{id, value}` or `{id, error: {code, detail}}`. Before it
 * replies it may ask which labels a message has, `{id, ask}`, and is told `{id, labels}`. Of an error,
 * `detail` holds what the core itself says of bad input and never text of a mail. After the code
 * `crashed` the instance must not be used again: a trap leaves its memory in any state.
 *
 * @param {WorkerScope} scope
 * @param {{Core: any, initSync: (options: {module: WebAssembly.Module}) => {memory?: WebAssembly.Memory} | void}} glue
 *
 * @typedef {import("../intake/sources.js").Source} Source
 *
 * @typedef {object} WorkerScope
 * @property {((event: MessageEvent) => unknown) | null} onmessage
 * @property {(message: unknown, transfer: Transferable[]) => void} postMessage
 * @property {(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void) => void} addEventListener
 */
export function serveCore(scope, { Core, initSync }) {
  /** @type {any} */
  let core = null;
  /** @type {WebAssembly.Memory | undefined} */
  let memory;

  class Unreadable extends Error {}

  /** Bytes that are inflated at most, whatever a directory says. */
  const LARGEST = 1 << 28;

  /**
   * @param {Blob} blob
   * @param {number} size   bytes, as the directory of the archive says
   */
  const inflate = async (blob, size) => {
    const bytes = new Uint8Array(Math.min(size, LARGEST));
    const reader = blob.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    let at = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes.set(part.value, at); // throws if it is more than was said
      at += part.value.byteLength;
    }
    return bytes.subarray(0, at);
  };

  /**
   * The bytes of a message as they lie in its file. In an archive a header of its own stands before them.
   * @param {Source} source
   */
  const place = async ({ blob, start = 0, end = blob.size, local = false }) => {
    if (!local) return blob.slice(start, end);
    const header = new DataView((await bytesOf(blob.slice(start, start + 30))).buffer);
    if (header.getUint32(0, true) !== 0x04034b50) throw new Unreadable();
    const data = start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    if (data + end - start > blob.size) throw new Unreadable();
    return blob.slice(data, data + end - start);
  };

  // Read at once and in one piece: of many small files, twice as fast as by a promise for each.
  const { FileReaderSync } = /** @type {{FileReaderSync?: new () => {readAsArrayBuffer: (blob: Blob) => ArrayBuffer}}} */ (globalThis);
  const bytesOf = async (/** @type {Blob} */ blob) =>
    new Uint8Array(FileReaderSync ? new FileReaderSync().readAsArrayBuffer(blob) : await blob.arrayBuffer());

  /** @param {Source} source */
  const read = async (source) => {
    try {
      const bytes = await place(source);
      return source.deflated ? await inflate(bytes, source.size) : await bytesOf(bytes);
    } catch {
      throw new Unreadable();
    }
  };

  /** Bytes in which the header of a message ends, or it tells too much anyway. */
  const HEAD = 1 << 16;

  /**
   * The first bytes of a message; none if it cannot be read, as whoever reads the whole of it will notice.
   * @param {Source} source
   */
  const head = async (source) => {
    try {
      const bytes = await place(source);
      if (!source.deflated) return await bytesOf(bytes.slice(0, HEAD));
      const start = new Uint8Array(HEAD);
      const reader = bytes.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
      let at = 0;
      for (let part = await reader.read(); !part.done && at < HEAD; part = await reader.read()) {
        const some = part.value.subarray(0, HEAD - at);
        start.set(some, at);
        at += some.byteLength;
      }
      reader.cancel().catch(() => {});
      return start.subarray(0, at);
    } catch {
      return new Uint8Array();
    }
  };

  // Where the browser offers none (an insecure address), no message is known again.
  const digestOf = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
    return digest ? Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") : "";
  };

  /** @type {Map<number, (labels: Uint32Array) => void>} */
  const questions = new Map();

  const asking = (/** @type {number} */ id) => (/** @type {string} */ facts) =>
    new Promise((resolve) => {
      questions.set(id, resolve);
      scope.postMessage({ id, ask: facts, memory: memory?.buffer.byteLength }, []);
    });

  /** @type {Record<string, (request: any) => unknown>} */
  const operations = {
    init({ module, policy, seed, journal }) {
      memory = /** @type {{memory?: WebAssembly.Memory} | undefined} */ (initSync({ module }))?.memory;
      core = new Core(policy, seed);
      if (journal !== null) core.restore(journal);
      return core.describe();
    },
    journal: () => core.journal(),
    assign: ({ facts }) => core.assign(facts),
    learn: ({ people }) => core.learn(people),
    participants: async ({ files }) => Promise.all(files.map(async (/** @type {Source} */ file) => core.participants(await head(file)))),
    mention: async ({ id, file }) => core.mention(await read(file), asking(id)),
    analyze: async ({ id, name, file }) => {
      const bytes = await read(file);
      const digest = await digestOf(bytes);
      const message = await core.analyze(name, bytes, asking(id));
      // Strings of their own: cut out on the page's side they would hold the whole text in memory.
      for (const view of message.views ?? []) {
        for (const finding of view.findings) finding.text = view.text.slice(finding.start, finding.end);
      }
      return { ...message, digest };
    },
    label: ({ entity, value }) => core.label(entity, value),
    occurrences: async ({ file, phrase }) => core.occurrences(await read(file), phrase),
    entries: ({ blob, from }) => core.entries(blob, from),
    redact: async ({ id, name, file, decisions, entry }) => {
      const edge = async (/** @type {number} */ start, /** @type {number} */ end) => bytesOf(file.blob.slice(start, end));
      const edges = entry ? [await edge(file.from, file.start), await edge(file.end, file.until)] : [];
      return core.redact(name, await read(file), decisions, asking(id), ...edges);
    },
  };

  scope.onmessage = async (event) => {
    const { id, op, labels } = event.data;
    if (labels) {
      questions.get(id)?.(labels);
      questions.delete(id);
      return;
    }
    try {
      const value = /** @type {any} */ (await operations[op]?.(event.data));
      const bytes = value?.bytes;
      const whole = bytes instanceof Uint8Array && bytes.byteLength === bytes.buffer.byteLength;
      scope.postMessage({ id, value, memory: memory?.buffer.byteLength }, whole ? [/** @type {ArrayBuffer} */ (bytes.buffer)] : []);
    } catch (error) {
      const code =
        typeof error === "string" ? "rejected" : error instanceof Unreadable ? "unreadable" : "crashed";
      scope.postMessage({ id, error: { code, detail: code === "rejected" ? error : "" } }, []);
    }
  };

  // A rejection that nobody handles would be silent in the page: make it the worker's error.
  scope.addEventListener("unhandledrejection", () => {
    throw new Error("unhandled rejection");
  });
}
