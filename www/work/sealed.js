/**
 * Decisions as a file that only its passphrase opens: PBKDF2 with SHA-256 (RFC 8018) makes the key,
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D) seals the text and notices every change to it.
 */

const FORMAT = "caviard-decisions";
const VERSION = 1;

/** OWASP asks for 600,000 at least; what a file asks for is bounded, lest it keep the browser busy. */
const ITERATIONS = { least: 600_000, ours: 1_000_000, most: 10_000_000 };

/** Whether this browser can, here: it needs a secure address, or a file. */
export function canSeal() {
  return globalThis.crypto?.subtle !== undefined;
}

/**
 * @param {string} text
 * @param {string} passphrase
 * @returns {Promise<string>}
 */
export async function seal(text, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, ITERATIONS.ours);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: context(ITERATIONS.ours) }, key, new TextEncoder().encode(text));
  return `${JSON.stringify({
    format: FORMAT, version: VERSION, iterations: ITERATIONS.ours, salt: toBase64(salt), iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)),
  })}\n`;
}

/**
 * The text, or why there is none: `format` is no such file, `passphrase` does not open it.
 * @param {string} file
 * @param {string} passphrase
 * @returns {Promise<{text: string} | {error: "format" | "passphrase"}>}
 */
export async function unseal(file, passphrase) {
  let salt, iv, sealed, iterations;
  try {
    const read = JSON.parse(file);
    iterations = read.iterations;
    if (read.format !== FORMAT || read.version !== VERSION) return { error: "format" };
    if (!Number.isInteger(iterations) || iterations < ITERATIONS.least || iterations > ITERATIONS.most) return { error: "format" };
    [salt, iv, sealed] = [fromBase64(read.salt), fromBase64(read.iv), fromBase64(read.sealed)];
    if (salt.length < 16 || iv.length !== 12) return { error: "format" };
  } catch {
    return { error: "format" };
  }
  try {
    const key = await keyOf(passphrase, salt, iterations);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: context(iterations) }, key, sealed);
    return { text: new TextDecoder().decode(text) };
  } catch {
    return { error: "passphrase" };
  }
}

/**
 * @param {string} passphrase
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {number} iterations
 */
async function keyOf(passphrase, salt, iterations) {
  // The same passphrase, however the keyboard composes its accents.
  const bytes = new TextEncoder().encode(passphrase.normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {number} iterations */
function context(iterations) {
  return new TextEncoder().encode(`${FORMAT} ${VERSION} ${iterations}`);
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
