/** Hands bytes to the browser's downloads. Only redacted copies come here; the original never does. */

/** Milliseconds until the address of a download is taken back; the browser may still be reading. */
const REVOKE = 30_000;

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE);
}
