/**
 * The worker's whole program: answers requests with the core. It is one function without any outer
 * reference, because its source text becomes part of a blob (see `core/load.js`); everything that
 * it uses comes in as an argument.
 *
 * A request is `{id, op, …}`; its reply `{id, value}` or `{id, error: {code, detail}}`, where
 * `detail` holds what the core itself says of bad input and never text of a mail. After the code
 * `crashed` the instance must not be used again: a trap leaves its memory in any state.
 *
 * @param {WorkerScope} scope
 * @param {{Core: any, initSync: (options: {module: WebAssembly.Module}) => unknown}} glue
 *
 * @typedef {object} WorkerScope
 * @property {((event: MessageEvent) => unknown) | null} onmessage
 * @property {(message: unknown, transfer: Transferable[]) => void} postMessage
 * @property {(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void) => void} addEventListener
 */
export function serveCore(scope, { Core, initSync }) {
  /** @type {any} */
  let core = null;

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

  /** @param {{blob: Blob, deflated: boolean, size: number}} source */
  const read = async ({ blob, deflated, size }) => {
    try {
      return deflated ? await inflate(blob, size) : new Uint8Array(await blob.arrayBuffer());
    } catch {
      throw new Unreadable();
    }
  };

  // Where the browser offers none (an insecure address), no message is known again.
  const digestOf = async (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
    return digest ? Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") : "";
  };

  /** @type {Record<string, (request: any) => unknown>} */
  const operations = {
    init({ module, policy, journal }) {
      initSync({ module });
      core = new Core(policy);
      if (journal !== null) core.restore(journal);
      return core.describe();
    },
    journal: () => core.journal(),
    analyze: async ({ name, file }) => {
      const bytes = await read(file);
      const digest = await digestOf(bytes);
      const message = await core.analyze(name, bytes);
      // Strings of their own: cut out on the page's side they would hold the whole text in memory.
      for (const view of message.views ?? []) {
        for (const finding of view.findings) finding.text = view.text.slice(finding.start, finding.end);
      }
      return { ...message, digest };
    },
    label: ({ entity, value }) => core.label(entity, value),
    occurrences: async ({ file, phrase }) => core.occurrences(await read(file), phrase),
    redact: async ({ name, file, decisions }) => core.redact(name, await read(file), decisions),
  };

  scope.onmessage = async (event) => {
    const { id, op } = event.data;
    try {
      const value = /** @type {any} */ (await operations[op]?.(event.data));
      const bytes = value?.bytes;
      const whole = bytes instanceof Uint8Array && bytes.byteLength === bytes.buffer.byteLength;
      scope.postMessage({ id, value }, whole ? [/** @type {ArrayBuffer} */ (bytes.buffer)] : []);
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
