/**
 * Reads the directory of a zip file (PKWARE APPNOTE 6.3.10, with ZIP64). Entries are slices of the
 * file; what is deflated stays so until it is read in the worker.
 */

const END = 0x06054b50;
const END64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** Most entries that are taken from one archive. */
const MOST = 1_000_000;

/**
 * @typedef {object} ZipEntry
 * @property {string} path
 * @property {number} size        bytes, unpacked, as the directory says
 * @property {"stored" | "deflated" | "unsupported"} method
 * @property {number} start       where its own header lies, in bytes of the file
 * @property {number} packedSize  bytes, as they lie behind that
 */

/**
 * Fails with a RangeError if it is no zip file or is broken.
 * @param {Blob} blob
 * @returns {AsyncGenerator<ZipEntry>}
 */
export async function* entriesOfZip(blob) {
  const { offset, length, count } = await directory(blob);
  if (count > MOST || offset + length > blob.size) throw new RangeError("zip");
  const view = await read(blob, offset, length);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > length || view.getUint32(at, true) !== ENTRY) throw new RangeError("zip");
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    let packed = view.getUint32(at + 20, true);
    let size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    let local = view.getUint32(at + 42, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > length) throw new RangeError("zip");
    const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength);
    // Sizes and places that do not fit stand in the extra field 1, in this order.
    for (let extra = at + 46 + nameLength; extra + 4 <= at + 46 + nameLength + extraLength; ) {
      const fieldEnd = extra + 4 + view.getUint16(extra + 2, true);
      if (view.getUint16(extra, true) === 1 && fieldEnd <= next) {
        let field = extra + 4;
        const big = () => {
          if (field + 8 > fieldEnd) throw new RangeError("zip");
          field += 8;
          return Number(view.getBigUint64(field - 8, true));
        };
        if (size === 0xffffffff) size = big();
        if (packed === 0xffffffff) packed = big();
        if (local === 0xffffffff) local = big();
      }
      extra = fieldEnd;
    }
    at = next;
    const path = decodeName(name, (flags & 0x0800) !== 0);
    if (path.endsWith("/")) continue;
    const [start, packedSize] = [local, packed];
    const known = method === 0 ? "stored" : method === 8 ? "deflated" : "unsupported";
    yield {
      path,
      size,
      method: flags & 1 ? "unsupported" : known,
      start,
      packedSize,
    };
  }
}

/**
 * The bytes of an entry as they lie in the file. Fails with a RangeError if they do not.
 * @param {Blob} blob
 * @param {number} start
 * @param {number} packedSize
 */
export async function packed(blob, start, packedSize) {
  const header = await read(blob, start, 30);
  if (header.getUint32(0, true) !== LOCAL) throw new RangeError("zip");
  const data = start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (data + packedSize > blob.size) throw new RangeError("zip");
  return blob.slice(data, data + packedSize);
}

/**
 * Where the directory lies.
 * @param {Blob} blob
 */
async function directory(blob) {
  const from = Math.max(0, blob.size - 22 - 0xffff);
  const tail = await read(blob, from, blob.size - from);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const found = { count: tail.getUint16(at + 10, true), length: tail.getUint32(at + 12, true), offset: tail.getUint32(at + 16, true) };
    if (found.count !== 0xffff && found.length !== 0xffffffff && found.offset !== 0xffffffff) return found;
    if (at < 20) return found;
    const where = Number(tail.getBigUint64(at - 20 + 8, true));
    if (where + 56 > blob.size) return found;
    const end = await read(blob, where, 56);
    if (end.getUint32(0, true) !== END64) return found;
    return { count: Number(end.getBigUint64(32, true)), length: Number(end.getBigUint64(40, true)), offset: Number(end.getBigUint64(48, true)) };
  }
  throw new RangeError("zip");
}

/**
 * @param {Blob} blob
 * @param {number} start
 * @param {number} length
 */
async function read(blob, start, length) {
  const buffer = await blob.slice(start, start + length).arrayBuffer();
  if (buffer.byteLength < length) throw new RangeError("zip");
  return new DataView(buffer);
}

/**
 * @param {Uint8Array} bytes
 * @param {boolean} utf8
 */
function decodeName(bytes, utf8) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(utf8 ? "utf-8" : "latin1").decode(bytes);
  }
}
