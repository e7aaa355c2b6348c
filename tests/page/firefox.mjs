/**
 * What lets `playwright-core` drive the installed Firefox by WebDriver BiDi, the protocol that Firefox itself
 * speaks. Must be imported before `playwright-core`, because it changes two things there that the Firefox of
 * Debian 12 does not have: a command about preferred colours is not sent, and a download without a number of
 * its own is known by its address.
 */
import { existsSync } from "node:fs";
import Module from "node:module";

/** @type {[RegExp, string][]} */
const CHANGES = [
  [/[\w.]+\.send\("emulation\.setMediaFeaturesOverride"/g, '((..._) => Promise.resolve())("unsent"'],
  [/!event\.download && !event\.navigation/g, "false"],
  [/event\.download \?\? event\.navigation/g, "event.download ?? event.navigation ?? event.url"],
];

const { prototype } = /** @type {any} */ (Module);
const compile = prototype._compile;
prototype._compile = function (/** @type {string} */ content, /** @type {string} */ file, /** @type {any[]} */ ...rest) {
  const source = file.endsWith("coreBundle.js") ? CHANGES.reduce((text, [from, to]) => text.replaceAll(from, to), content) : content;
  return compile.call(this, source, file, ...rest);
};

/** `FIREFOX` names the browser where it is not at the place that Debian gives it. */
export const FIREFOX_EXECUTABLE = process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);
