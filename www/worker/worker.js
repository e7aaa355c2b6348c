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

  /** @param {Blob} file */
  const read = async (file) => {
    try {
      return new Uint8Array(await file.arrayBuffer());
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
