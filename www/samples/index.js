/**
 * Three invented messages to try the page with: nobody in them exists, and their numbers, domains
 * and addresses are taken from ranges that are kept for fiction and documentation.
 */
import * as english from "./en.js";
import * as french from "./fr.js";
import * as german from "./de.js";

/** @returns {File[]} */
export function sampleFiles() {
  return [french, english, german].map(
    ({ name, source }) => new File([source.replaceAll("\n", "\r\n")], name, { type: "message/rfc822" }),
  );
}
