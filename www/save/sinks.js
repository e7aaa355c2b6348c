/** Where the copies of a trove go, one after the other: into a folder, or into an archive. */
import { NameSet, ZipWriter, safePath } from "./zip.js";

/** The note of a run that is not finished: see `note.js`. */
const NOTE = "caviard-unfinished.json";

/**
 * @typedef {object} Sink
 * @property {(name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>} write
 * @property {(name: string) => void} claim    takes a name that an earlier run gave away
 * @property {() => Promise<Blob | null>} finish   what is left to be handed to the user
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

  /** @param {FileSystemDirectoryHandle} root */
  constructor(root) {
    this.root = root;
    this.#folders.set("", Promise.resolve(root));
  }

  async kept() {
    const handle = await this.root.getFileHandle(NOTE).catch(() => null);
    return handle ? (await handle.getFile()).text() : null;
  }

  /** @param {string} note */
  async keep(note) {
    await put(this.root, NOTE, note);
  }

  /** @param {string} name */
  claim(name) {
    return this.#names.claim(safePath(name));
  }

  /**
   * @param {string} name   with folders
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  async write(name, bytes) {
    const path = this.claim(name);
    const cut = path.lastIndexOf("/");
    const folder = await this.#folder(path.slice(0, Math.max(0, cut)));
    await put(folder, path.slice(cut + 1), bytes);
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

  async finish() {
    await this.root.removeEntry(NOTE).catch(() => {});
    return null;
  }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @param {string | Uint8Array<ArrayBuffer>} content
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
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  async write(name, bytes) {
    await this.zip.add(name, bytes);
  }

  async finish() {
    const blob = await this.zip.finish();
    await this.file?.close();
    return this.file ? null : blob;
  }
}
