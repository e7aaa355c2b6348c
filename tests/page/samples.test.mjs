import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { sampleFiles } from "../../www/samples/index.js";

test("each sample is a sound message with an HTML twin, a reply and an attachment", async () => {
  const script = `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(m.walk())
print(json.dumps({
  "defects": sum(len(p.defects) for p in parts),
  "types": [p.get_content_type() for p in parts],
  "plain": m.get_body(("plain",)).get_content(),
}))
`;
  const files = sampleFiles();
  assert.equal(files.length, 3);
  for (const file of files) {
    const bytes = Buffer.from(await file.arrayBuffer());
    assert.ok(bytes.every((byte) => byte < 0x80), "ASCII only");
    assert.ok(!/[^\r]\n/.test(bytes.toString("latin1")), "lines end in CRLF");
    const found = JSON.parse(execFileSync("python3", ["-c", script], { input: bytes, encoding: "utf8" }));
    assert.equal(found.defects, 0, file.name);
    assert.deepEqual(found.types, ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]);
    assert.match(found.plain, /^> /m);
  }
});
