/** Where the copies of a trove go, one after the other: into a folder, or into an archive. */
import { NameSet, ZipWriter, safePath } from "./zip.js";

/** Name of the archive: it tells nothing of what is in it. */
export const ARCHIVE = "redacted-messages.zip";

/** The note of a run that is not finished: see `note.js`. */
const NOTE = "caviard-unfinished.json";

/**
 * @typedef {object} Sink
 * @property {boolean} resumes                 whether an interrupted run can go on where it stopped
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer> | Blob) => Promise<string>} write   gives the name that was used
 * @property {(name: string) => void} claim    takes a name that an earlier run gave away
 * @property {() => Promise<{blob: Blob, name: string} | null>} result   ends it; what is left to be handed to the user
 * @property {() => Promise<string | null>} kept        the note of an earlier run
 * @property {(note: string) => Promise<void>} keep     keeps a note beside the copies
 */

/**
 * A folder of the user's. A file appears in it when all its bytes are written.
 * @implements {Sink}
 */
export class FolderSink {
  /** @type {Map<string, Promise<FileSystemDirectoryHandle>>} */ #folders = new Map();
  #names = new NameSet();
  /** Whether the note is this run's: that of another stays. */ #noted = false;
  resumes = true;

  /** @param {FileSystemDirectoryHandle} root */
  constructor(root) {
    this.root = root;
    this.#folders.set("", Promise.resolve(root));
  }

  async kept() {
    this.#noted = true;
    const handle = await this.root.getFileHandle(NOTE).catch(() => null);
    return handle ? (await handle.getFile()).text() : null;
  }

  /** @param {string} note */
  async keep(note) {
    this.#noted = true;
    await put(this.root, NOTE, note);
  }

  /** @param {string} name */
  claim(name) {
    return this.#names.claim(safePath(name));
  }

  /**
   * @param {string} name   with folders
   * @param {Uint8Array<ArrayBuffer> | Blob} bytes
   */
  async write(name, bytes) {
    const path = this.claim(name);
    const cut = path.lastIndexOf("/");
    const folder = await this.#folder(path.slice(0, Math.max(0, cut)));
    await put(folder, path.slice(cut + 1), bytes);
    return path;
  }

  /** Whether anything in it bears the name of a copy: it would be written over by one of the same name. */
  async holdsCopies() {
    for await (const name of /** @type {any} */ (this.root).keys()) if (/-redacted(-\d+)?(\.[^.]*)?$/.test(name)) return true;
    return false;
  }

  /**
   * @param {string} path
   * @returns {Promise<FileSystemDirectoryHandle>}
   */
  #folder(path) {
    let folder = this.#folders.get(path);
    if (!folder) {
      const cut = path.lastIndexOf("/");
      folder = this.#folder(path.slice(0, Math.max(0, cut))).then((above) => above.getDirectoryHandle(path.slice(cut + 1), { create: true }));
      this.#folders.set(path, folder);
    }
    return folder;
  }

  async result() {
    if (this.#noted) await this.root.removeEntry(NOTE).catch(() => {});
    return null;
  }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @param {string | Uint8Array<ArrayBuffer> | Blob} content
 */
async function put(folder, name, content) {
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await handle.createWritable();
  await file.write(content);
  await file.close();
}

/**
 * An archive, written to a file of the user's as it grows, or kept by the browser until it is done.
 * @implements {Sink}
 */
export class ZipSink {
  /** The browser shows a file that it writes only once it is closed: of an interrupted archive nothing is left. */
  resumes = false;

  /** @param {FileSystemWritableFileStream | null} file */
  constructor(file) {
    this.file = file;
    this.zip = new ZipWriter(file ? (bytes) => file.write(bytes) : undefined);
  }

  claim() {}

  async kept() {
    return null;
  }

  async keep() {}

  /**
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer> | Blob} bytes
   */
  write(name, bytes) {
    return this.zip.add(name, bytes);
  }

  async result() {
    const blob = await this.zip.finish();
    await this.file?.close();
    return this.file || this.zip.entries === 0 ? null : { blob, name: ARCHIVE };
  }
}

/** A single file, kept by the browser until it is done. */
export class FileSink {
  /** @type {{blob: Blob, name: string} | null} */ #file = null;

  /**
   * @param {string} name
   * @param {Uint8Array<ArrayBuffer> | Blob} bytes
   */
  async write(name, bytes) {
    const last = name.slice(name.lastIndexOf("/") + 1);
    this.#file = { blob: new Blob([bytes], { type: "message/rfc822" }), name: last };
    return last;
  }

  async result() {
    return this.#file;
  }
}

/** A folder that the user chooses; fails if none is. */
export async function toFolder() {
  const picker = /** @type {any} */ (globalThis).showDirectoryPicker;
  return new FolderSink(await picker({ id: "caviard-copies", mode: "readwrite" }));
}

/** An archive on the disk, as it grows, where the browser can do that; fails if no place is chosen. */
export async function toArchive() {
  const picker = /** @type {any} */ (globalThis).showSaveFilePicker;
  if (!picker) return new ZipSink(null);
  const handle = await picker({ suggestedName: ARCHIVE });
  return new ZipSink(await handle.createWritable());
}
