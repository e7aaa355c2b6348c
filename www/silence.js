/**
 * "How to check that nothing leaves": what to look at, and a count of what the page requested since it
 * was loaded. The browser keeps that count, not the page; it stays at none.
 */
import { fill, h } from "./dom.js";

/** @import {Translator} from "./i18n.js" */

export class Silence {
  requests = 0;
  blocked = 0;
  #last = { uri: "", time: -Infinity };
  /** @type {() => void} */ #changed = () => {};
  /** Milliseconds since the page began: what came before belongs to loading. */ #from = Infinity;

  constructor() {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) {
        // What the page itself made in memory is no request: the worker's program, a copy to be saved.
        if (startTime >= this.#from && !/^(blob|data):/.test(name)) this.requests += 1;
      }
      this.#changed();
    }).observe({ type: "resource", buffered: true });
    document.addEventListener("securitypolicyviolation", ({ blockedURI, timeStamp }) => {
      // Each of the policies tells of the same attempt.
      const same = this.#last.uri === blockedURI && timeStamp - this.#last.time < 50;
      this.#last = { uri: blockedURI, time: timeStamp };
      if (same) return;
      this.blocked += 1;
      this.#changed();
    });
  }

  /** From now on everything counts. */
  begin() {
    this.#from = performance.now();
  }

  /**
   * @param {HTMLDialogElement} dialog
   * @param {Translator} tr
   */
  open(dialog, tr) {
    const count = h("strong.silence-count", { role: "status" });
    const blocked = h("p.notice.warn", { hidden: true });
    this.#changed = () => {
      count.textContent = this.requests === 0 ? tr.t("silence.none") : tr.t("silence.some", { n: this.requests });
      count.classList.toggle("bad", this.requests > 0);
      blocked.hidden = this.blocked === 0;
      blocked.textContent = tr.t("silence.blocked", { n: this.blocked });
    };
    this.#changed();
    dialog.addEventListener("close", () => (this.#changed = () => {}), { once: true });
    fill(
      dialog,
      h("div.sheet-form", {},
        h("header.sheet-head", {}, h("h2", { id: "silence-title" }, tr.t("silence.title")),
          h("button.icon.sheet-close", { type: "button", "aria-label": tr.t("close"), onclick: () => dialog.close() }, "×")),
        h("div.sheet-body", { tabindex: 0, role: "group", "aria-labelledby": "silence-title" },
          h("p.silence-now", {}, h("span", {}, tr.t("silence.requests")), count), blocked,
          h("ol", {}, [1, 2, 3, 4].map((i) => h("li", {}, tr.t(`silence.step.${i}`)))),
          h("section", {}, h("h3", {}, tr.t("silence.policy")), h("pre.silence-policy", { tabindex: 0 }, policies().join("\n\n")))),
        h("footer.sheet-foot", {}, h("button.button.primary", { type: "button", onclick: () => dialog.close() }, tr.t("close")))),
    );
    dialog.showModal();
  }
}

/** The policies that the browser enforces on this page, as they stand in it. */
function policies() {
  return [...document.querySelectorAll("meta[http-equiv='Content-Security-Policy']")].map((meta) => (/** @type {HTMLMetaElement} */ (meta)).content.replaceAll("; ", ";\n"));
}
