import assert from "node:assert/strict";
import { test } from "node:test";
import { offences, read, shippedFiles } from "./lint.mjs";

const BAD = [
  "element.innerHTML = subject;",
  "element.outerHTML += x;",
  'element.insertAdjacentHTML("beforeend", text);',
  "document.write(text);",
  'new DOMParser().parseFromString(text, "text/html");',
  "range.createContextualFragment(text);",
  "frame.srcdoc = body;",
  "eval(text);",
  "new Function(text)();",
  'setTimeout("run()", 5);',
  'link.setAttribute("href", text);',
  "image.src = text;",
  'fetch("x");',
  "navigator.sendBeacon(url);",
  'localStorage.setItem("k", v);',
  "console.log(text);",
  'await import("./other.js");',
  'const home = "https://example.org/";',
];

for (const line of BAD) {
  test(`the lint forbids ${line}`, () => {
    assert.notDeepEqual(offences("review/some.js", line), []);
  });
}

test("the lint lets harmless lines pass", () => {
  for (const line of [
    "element.textContent = subject;",
    'if (link.href === "x") return;',
    'bar.setAttribute("aria-label", text);',
    "/** @type {import('./state.js').State} */",
    "setTimeout(run, 5);",
  ]) {
    assert.deepEqual(offences("review/some.js", line), [], line);
  }
});

test("what the page ships obeys the lint", () => {
  const files = shippedFiles();
  assert.ok(files.includes("main.js") && files.includes("index.html") && files.length > 30);
  assert.deepEqual(files.flatMap((file) => offences(file, read(file))), []);
});
