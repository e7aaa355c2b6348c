/**
 * A zip file (PKWARE APPNOTE 6.3.10) whose entries are stored, not compressed, written entry by
 * entry. Every entry bears the same date, so that the archive tells nothing of when it was made and
 * the same copies give the same bytes.
 */

/** Most entries and most bytes of an archive without the ZIP64 extension. */
export const LIMITS = { entries: 0xffff, bytes: 0xffff_ffff };

const UTF8_NAMES = 0x0800;
const VERSION = 20;
/** 1 January 1980, the first day that the format knows. */
const DATE = (1 << 5) | 1;
const TIME = 0;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/**
 * CRC-32 (ISO 3309).
 * @param {Uint8Array} bytes
 */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = /** @type {number} */ (CRC_TABLE[(crc ^ byte) & 0xff]) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export class ZipWriter {
  /** @type {Blob[]} */ #chunks = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */ #directory = [];
  #directoryBytes = 0;
  #offset = 0;
  #names = new NameSet();

  get entries() {
    return this.#directory.length;
  }

  /**
   * Adds an entry; its bytes are handed to the browser's blob storage at once.
   * Throws a RangeError with message `zip-full` if the archive has no room for it.
   * @param {string} name     with folders, if any; made safe and unique; the name used is returned
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  add(name, bytes) {
    const unique = this.#names.claim(safePath(name));
    const encoded = new TextEncoder().encode(unique);
    const size = 30 + encoded.length + bytes.length;
    const end = this.#offset + size + this.#directoryBytes + 46 + encoded.length + 22;
    if (this.#directory.length >= LIMITS.entries || end > LIMITS.bytes) throw new RangeError("zip-full");
    // Shared by the local header and the directory: version … length of the extra field.
    const common = new Uint8Array(26);
    const view = new DataView(common.buffer);
    view.setUint16(0, VERSION, true);
    view.setUint16(2, UTF8_NAMES, true);
    view.setUint16(6, TIME, true);
    view.setUint16(8, DATE, true);
    view.setUint32(10, crc32(bytes), true);
    view.setUint32(14, bytes.length, true);
    view.setUint32(18, bytes.length, true);
    view.setUint16(22, encoded.length, true);
    this.#chunks.push(new Blob([signature("PK\x03\x04"), common, encoded, bytes]));
    const tail = new Uint8Array(14); // comment, disk, attributes: none
    new DataView(tail.buffer).setUint32(10, this.#offset, true);
    const entry = concat([signature("PK\x01\x02"), Uint8Array.of(VERSION, 0), common, tail, encoded]);
    this.#directory.push(entry);
    this.#directoryBytes += entry.length;
    this.#offset += size;
    return unique;
  }

  /** The archive. */
  finish() {
    const directory = concat(this.#directory);
    const end = new Uint8Array(22);
    end.set(signature("PK\x05\x06"));
    const view = new DataView(end.buffer);
    view.setUint16(8, this.#directory.length, true);
    view.setUint16(10, this.#directory.length, true);
    view.setUint32(12, directory.length, true);
    view.setUint32(16, this.#offset, true);
    return new Blob([...this.#chunks, directory, end], { type: "application/zip" });
  }
}

/**
 * A file name without anything that a file system or an unpacker could take for more than a name.
 * @param {string} name
 */
export function safeName(name) {
  const safe = name
    .normalize("NFC")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\\/:*?"<>|]/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "");
  const characters = Array.from(safe);
  const dot = characters.lastIndexOf(".");
  const extension = dot > 0 && characters.length - dot <= 8 ? characters.slice(dot) : [];
  const stem = characters.slice(0, characters.length - extension.length).slice(0, 120);
  return [...stem, ...extension].join("") || "message-redacted.eml";
}

/**
 * A path of safe names, which cannot lead out of the folder it is unpacked in.
 * @param {string} path   with `/`
 */
function safePath(path) {
  const names = path.split("/").filter((name) => !/^[. ]*$/.test(name));
  return names.slice(-20).map(safeName).join("/") || safeName("");
}

/** File names that were given away; they count as equal without regard to case. */
export class NameSet {
  /** @type {Set<string>} */ #taken = new Set();
  /** @type {Map<string, number>} */ #last = new Map();

  /**
   * The name itself, or the name with a number before its extension.
   * @param {string} name
   */
  claim(name) {
    const dot = name.lastIndexOf(".");
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
    let number = this.#last.get(name.toLowerCase()) ?? 1;
    let candidate = name;
    while (this.#taken.has(candidate.toLowerCase())) candidate = `${stem}-${++number}${extension}`;
    this.#last.set(name.toLowerCase(), number);
    this.#taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** @param {string} text */
function signature(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** @param {Uint8Array[]} arrays */
function concat(arrays) {
  const all = new Uint8Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
