/** Files come in: dropped anywhere on the window, chosen, or pasted. All ways end in the same call. */
import { looksLikeMail } from "./sources.js";

/** @import {Given} from "./sources.js" */

/**
 * @param {{window: Window, overlay: HTMLElement, pickers: HTMLInputElement[]}} elements
 * @param {(files: Given[]) => void} add
 * @param {() => void} refuse   a text was pasted that is no message
 */
export function acceptFiles({ window, overlay, pickers }, add, refuse) {
  // The targets that the pointer is over; empty once it left the window. A counter would be thrown
  // off by elements that go away under the pointer.
  /** @type {Set<EventTarget | null>} */
  const over = new Set();
  const carriesFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = () => {
    overlay.hidden = over.size === 0;
  };

  window.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    over.add(event.target);
    show();
  });
  window.addEventListener("dragleave", (event) => {
    over.delete(event.target);
    show();
  });
  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  // Without this the browser would show a dropped mail in place of the page.
  window.addEventListener("drop", async (event) => {
    event.preventDefault();
    over.clear();
    show();
    // The list is gone once this function has waited for anything.
    const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === "file");
    const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
    /** @type {Given[]} */
    const given = [];
    for (const { entry, file } of dropped) {
      if (entry?.isDirectory) await walk(/** @type {FileSystemDirectoryEntry} */ (entry), `${entry.name}/`, given);
      else if (file) given.push({ file, folder: "", chosen: true });
    }
    if (given.length > 0) add(given);
  });

  window.addEventListener("paste", (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) return add(files.map((file) => ({ file, folder: "", chosen: true })));
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.trim() === "") return;
    if (!looksLikeMail(text)) return refuse();
    add([{ file: new File([text.trimStart()], "pasted.eml", { type: "message/rfc822" }), folder: "", chosen: true }]);
  });

  for (const picker of pickers) {
    picker.addEventListener("change", () => {
      const files = [...(picker.files ?? [])].sort((a, b) => (a.webkitRelativePath < b.webkitRelativePath ? -1 : a.webkitRelativePath > b.webkitRelativePath ? 1 : 0));
      picker.value = ""; // so that the same file can be chosen again
      if (files.length === 0) return;
      add(files.map((file) => {
        const path = file.webkitRelativePath;
        return { file, folder: path.slice(0, path.lastIndexOf("/") + 1), chosen: path === "" };
      }));
    });
  }
}

/**
 * Everything in a folder, in the order of names. What cannot be read is left out.
 * @param {FileSystemDirectoryEntry} directory
 * @param {string} path
 * @param {Given[]} given   filled
 */
async function walk(directory, path, given) {
  const reader = directory.createReader();
  /** @type {FileSystemEntry[]} */
  const entries = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) break;
    entries.push(...some);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.isDirectory) {
      await walk(/** @type {FileSystemDirectoryEntry} */ (entry), `${path}${entry.name}/`, given);
      continue;
    }
    /** @type {File | null} */
    const file = await new Promise((resolve) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, () => resolve(null)));
    if (file) given.push({ file, folder: path, chosen: false });
  }
}
