/**
 * Invented messages for the journeys. What they hold is found by any core worth its name: people in
 * the headers, e-mail addresses, French mobile numbers from the range kept for fiction.
 */

/**
 * @param {object} given
 * @param {string} [given.from]
 * @param {string} [given.to]
 * @param {string} [given.subject]
 * @param {string} [given.text]
 */
export function mail({
  from = "Odile Marchais <odile.marchais@courrier.example>",
  to = "Bastien Rouvray <bastien.rouvray@courrier.example>",
  subject = "Le compte rendu",
  text = "Bonjour Bastien Rouvray,\r\n\r\nmon téléphone : 06 39 98 12 34.\r\n\r\nOdile Marchais",
} = {}) {
  return [
    `From: ${from}`, `To: ${to}`, `Subject: ${subject}`, "Date: Tue, 04 Nov 2025 09:00:00 +0100",
    "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", text, "",
  ].join("\r\n");
}

export const PHONE = "06 39 98 12 34";
export const AUTHOR = "Odile Marchais";

/** A name that is markup, where a page that pastes it would run it. */
export const HOSTILE_NAME = `"><img src=x onerror="window.hacked=1">.eml`;

const ATTACK = `<script>window.hacked=1</script><img src="/hacked.png" onerror="window.hacked=1"><form action="/hacked"><input name=q></form><meta http-equiv="refresh" content="0;url=/hacked"><iframe src="/hacked"></iframe><link rel=stylesheet href="/hacked.css"><a href="javascript:window.hacked=1">x</a><svg onload="window.hacked=1">`;

/** A message that tries everything. */
export const HOSTILE = [
  `From: "${ATTACK.replaceAll('"', "'").slice(0, 160)}" <odile.marchais@courrier.example>`,
  "To: Bastien Rouvray <bastien.rouvray@courrier.example>",
  `Subject: <img src=x onerror=window.hacked=1><b>bold</b> \u202egnp.exe`,
  "Date: Tue, 04 Nov 2025 09:00:00 +0100", "MIME-Version: 1.0",
  `Content-Type: multipart/mixed; boundary="b"`, "",
  "--b", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
  `Plain: ${ATTACK}`, `Tel. ${PHONE}`,
  "--b", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
  `<html><body>${ATTACK}<p>Odile Marchais, ${PHONE}</p>&lt;img src=x onerror=window.hacked=1&gt;</body></html>`,
  "--b", `Content-Type: image/png; name="<img src=x onerror=window.hacked=1>.png"`,
  `Content-Disposition: attachment; filename="<img src=x onerror=window.hacked=1>.png"`,
  "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=",
  "--b--", "",
].join("\r\n");

/** Makes every analysis take a while, so that progress can be seen. @param {number} milliseconds */
export const slowly = (milliseconds) => `
;{ const analyze = Core.prototype.analyze;
Core.prototype.analyze = function (...given) {
  for (const end = performance.now() + ${milliseconds}; performance.now() < end; );
  return analyze.apply(this, given);
}; }
`;

/** Makes some files end the core: `trap.eml` as a panic does, `vanish.eml` without any answer. */
export const CRASHING = `
;{ const analyze = Core.prototype.analyze;
Core.prototype.analyze = async function (name, bytes, ...given) {
  if (name === "trap.eml") { await analyze.call(this, name, bytes, ...given); throw new WebAssembly.RuntimeError("unreachable"); }
  if (name === "vanish.eml") { setTimeout(() => { throw new Error("gone"); }); return new Promise(() => {}); }
  return analyze.call(this, name, bytes, ...given);
}; }
`;

/** Makes the check of `leaky.eml` fail, as the verifier does when a value is left. */
export const REFUSING = `
;{ const redact = Core.prototype.redact;
Core.prototype.redact = async function (name, ...given) {
  const outcome = await redact.call(this, name, ...given);
  if (name !== "leaky.eml") return outcome;
  return { ...outcome, status: "refused", bytes: null, failures: [{ promise: 4, code: "leak.body", place: "header subject" }] };
}; }
`;
