/**
 * A zip file (PKWARE APPNOTE 6.3.10) that is written entry by entry, to wherever its bytes go: larger
 * than 4 GB and with more than 65,535 entries by ZIP64. What deflating does not make smaller is
 * stored. Every entry bears the same date, so that the archive tells nothing of when it was made and
 * the same copies give the same bytes.
 */

/** What does not fit into the fields of the format without ZIP64. */
export const LIMITS = { entries: 0xffff, bytes: 0xffff_ffff };

const UTF8_NAMES = 0x0800;
const STORED = 0;
const DEFLATED = 8;
const VERSION = 20;
const VERSION_64 = 45;
/** 1 January 1980, the first day that the format knows. */
const DATE = (1 << 5) | 1;
const TIME = 0;

/** Bytes below which deflating is not tried, and the share of them that it must leave at most. */
const WORTH = { least: 256, share: 0.9 };

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/**
 * CRC-32 (ISO 3309).
 * @param {Uint8Array} bytes
 * @param {number} [before]   that of the bytes before them
 */
export function crc32(bytes, before = 0) {
  let crc = before ^ 0xffffffff;
  for (const byte of bytes) crc = /** @type {number} */ (CRC_TABLE[(crc ^ byte) & 0xff]) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export class ZipWriter {
  /** @type {BlobPart[]} */ #chunks = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */ #directory = [];
  #offset = 0;
  #names = new NameSet();

  /**
   * @param {(bytes: Uint8Array<ArrayBuffer> | Blob) => Promise<void>} [write]   where the bytes go; without it, `finish`
   *   gives them all
   * @param {typeof LIMITS} [limits]   for tests
   */
  constructor(write, limits = LIMITS) {
    this.write = write;
    this.limits = limits;
  }

  get entries() {
    return this.#directory.length;
  }

  /**
   * Adds an entry; its bytes are handed on at once. One entry must be written before the next. Fails with a
   * RangeError if it is larger than an entry may be.
   * @param {string} name     with folders, if any; made safe and unique; the name used is returned
   * @param {Uint8Array<ArrayBuffer> | Blob} bytes
   */
  async add(name, bytes) {
    const size = sizeOf(bytes);
    if (size >= this.limits.bytes) throw new RangeError("entry");
    const unique = this.#names.claim(safePath(name));
    const encoded = new TextEncoder().encode(unique);
    const packed = await deflated(bytes);
    const data = packed ?? bytes;
    // Shared by the local header and the directory: version … length of the name.
    const common = new Uint8Array(24);
    const view = new DataView(common.buffer);
    view.setUint16(0, VERSION, true);
    view.setUint16(2, UTF8_NAMES, true);
    view.setUint16(4, packed ? DEFLATED : STORED, true);
    view.setUint16(6, TIME, true);
    view.setUint16(8, DATE, true);
    view.setUint32(10, bytes instanceof Blob ? await crcOf(bytes) : crc32(bytes), true);
    view.setUint32(14, sizeOf(data), true);
    view.setUint32(18, size, true);
    view.setUint16(22, encoded.length, true);
    const offset = this.#offset;
    // A place that does not fit stands in the extra field 1.
    const far = offset >= this.limits.bytes;
    const extra = new Uint8Array(far ? 12 : 0);
    if (far) {
      const field = new DataView(extra.buffer);
      field.setUint16(0, 1, true);
      field.setUint16(2, 8, true);
      field.setBigUint64(4, BigInt(offset), true);
    }
    const tail = new Uint8Array(16); // extra, comment, disk, attributes, place
    new DataView(tail.buffer).setUint16(0, extra.length, true);
    new DataView(tail.buffer).setUint32(12, far ? 0xffff_ffff : offset, true);
    const made = Uint8Array.of(far ? VERSION_64 : VERSION, 0);
    this.#directory.push(concat([signature("PK\x01\x02"), made, common, tail, encoded, extra]));
    await this.#put([signature("PK\x03\x04"), common, new Uint8Array(2), encoded, data]);
    return unique;
  }

  /** Writes the directory. The archive, if its bytes did not go elsewhere. */
  async finish() {
    const start = this.#offset;
    const count = this.#directory.length;
    const length = this.#directory.reduce((sum, entry) => sum + entry.length, 0);
    await this.#put(this.#directory);
    const { entries, bytes } = this.limits;
    const large = count >= entries || length >= bytes || start >= bytes;
    if (large) {
      const end = new Uint8Array(56 + 20);
      const view = new DataView(end.buffer);
      end.set(signature("PK\x06\x06"));
      view.setBigUint64(4, 44n, true);
      view.setUint16(12, VERSION_64, true);
      view.setUint16(14, VERSION_64, true);
      view.setBigUint64(24, BigInt(count), true);
      view.setBigUint64(32, BigInt(count), true);
      view.setBigUint64(40, BigInt(length), true);
      view.setBigUint64(48, BigInt(start), true);
      end.set(signature("PK\x06\x07"), 56);
      view.setBigUint64(56 + 8, BigInt(this.#offset), true);
      view.setUint32(56 + 16, 1, true);
      await this.#put([end]);
    }
    const end = new Uint8Array(22);
    end.set(signature("PK\x05\x06"));
    const view = new DataView(end.buffer);
    view.setUint16(8, large ? 0xffff : count, true);
    view.setUint16(10, large ? 0xffff : count, true);
    view.setUint32(12, large ? 0xffff_ffff : length, true);
    view.setUint32(16, large ? 0xffff_ffff : start, true);
    await this.#put([end]);
    return new Blob(this.#chunks, { type: "application/zip" });
  }

  /** @param {(Uint8Array<ArrayBuffer> | Blob)[]} parts */
  async #put(parts) {
    this.#offset += parts.reduce((sum, part) => sum + sizeOf(part), 0);
    // The browser keeps blobs where it has room, on the disk if need be.
    if (!this.write) this.#chunks.push(new Blob(parts));
    else for (const part of parts) await this.write(part);
  }
}

/** @param {Uint8Array | Blob} bytes */
function sizeOf(bytes) {
  return bytes instanceof Blob ? bytes.size : bytes.length;
}

/** @param {Blob} blob */
async function crcOf(blob) {
  let crc = 0;
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) crc = crc32(part.value, crc);
  return crc;
}

/**
 * The bytes deflated (RFC 1951), or null if that is not worth it.
 * @param {Uint8Array<ArrayBuffer> | Blob} bytes
 */
async function deflated(bytes) {
  if (sizeOf(bytes) < WORTH.least || typeof CompressionStream === "undefined") return null;
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  const result = bytes instanceof Blob ? await packed.blob() : new Uint8Array(await packed.arrayBuffer());
  return sizeOf(result) < sizeOf(bytes) * WORTH.share ? result : null;
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
export function safePath(path) {
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
