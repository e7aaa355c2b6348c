/** Files come in: dropped anywhere on the window, or chosen. Both ways end in the same call. */

/**
 * @param {{window: Window, overlay: HTMLElement, picker: HTMLInputElement}} elements
 * @param {(files: File[]) => void} add
 */
export function acceptFiles({ window, overlay, picker }, add) {
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
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    over.clear();
    show();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) add(files);
  });

  picker.addEventListener("change", () => {
    const files = [...(picker.files ?? [])];
    picker.value = ""; // so that the same file can be chosen again
    if (files.length > 0) add(files);
  });
}
