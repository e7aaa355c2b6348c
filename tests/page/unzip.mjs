import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What Python finds in a zip: names, bytes, and the defects of each message.
 * @param {Buffer} zip
 * @returns {{name: string, text: string, defects: number}[]}
 */
export function unzip(zip) {
  const directory = mkdtempSync(join(tmpdir(), "caviard-"));
  const script = `
import email, email.policy, json, sys, zipfile
def defects(m):
    return len(m.defects) + sum(defects(p) for p in m.iter_parts())
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    out = []
    for i in z.infolist():
        b = z.read(i)
        m = email.message_from_bytes(b, policy=email.policy.default)
        out.append({"name": i.filename, "text": b.decode("latin-1"), "defects": defects(m)})
    print(json.dumps(out))
`;
  try {
    writeFileSync(join(directory, "a.zip"), zip);
    return JSON.parse(execFileSync("python3", ["-c", script, join(directory, "a.zip")], { encoding: "utf8", maxBuffer: 1 << 28 }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
