/** Writes copies: asks the core for each, has it checked there, and collects what came of it. */
import { CoreError } from "../core/client.js";
import { decisionsFor } from "../verdicts.js";
import { safeName } from "./zip.js";

/** @import {CoreClient} from "../core/client.js" */
/** @import {Library} from "../library.js" */
/** @import {Entry, Saved, State} from "../state.js" */

/**
 * One copy. Bytes are there exactly if the core found the copy clean, or clean but for parts that it
 * did not inspect.
 * @param {AbortSignal | null} signal
 * @param {CoreClient} client
 * @param {Library} library
 * @param {State} state
 * @param {Entry} entry
 * @param {{number?: number | null, inMailbox?: boolean}} [how]   `number` gives the copy a name that tells nothing; with
 *   `inMailbox` that of a message from a mailbox is an entry of one
 * @returns {Promise<{saved: Saved, bytes: Uint8Array<ArrayBuffer> | null}>}
 */
export async function writeCopy(signal, client, library, state, entry, { number = null, inMailbox = false } = {}) {
  const file = library.file(entry.key);
  try {
    const outcome = await client.redact(signal, file.name, file, decisionsFor(state, entry), { urgent: true, entry: inMailbox && file.mailbox !== undefined });
    const allowed = outcome.status === "clean" || outcome.status === "not-inspected";
    const bytes = allowed ? outcome.bytes : null;
    const status = bytes === null ? "refused" : outcome.status;
    const name = bytes === null ? "" : number === null ? safeName(outcome.name) : `${String(number).padStart(4, "0")}-redacted.eml`;
    const { seals = [], removedPlaces = 0 } = outcome.report;
    return { saved: { status, name, failures: outcome.failures, seals, removedPlaces }, bytes };
  } catch (error) {
    if (signal?.aborted) throw error;
    const code = error instanceof CoreError ? error.code : "crashed";
    return { saved: { status: "failed", name: "", failures: [{ promise: 0, code, place: "" }] }, bytes: null };
  }
}
