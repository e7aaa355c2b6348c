//! Packs the page into one HTML file that works from `file://` on a machine without any network: styles
//! and scripts inlined, the security policy naming them by their hashes. The same sources give the same
//! bytes.

use crate::bundle;
use crate::run::{Outcome, make_dir, read, root, target_dir, write};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Where scripts may come from and styles too, in `www/index.html`; here they are named by their hashes.
const OWN_SCRIPTS: &str = "script-src 'self'";
const OWN_STYLES: &str = "style-src 'self'";

/// The only module that is imported late, because it comes from the build.
const CORE: &str = "pkg/core.js";

/// Builds the page and writes `caviard.html` into the target folder, or to `out`; prints its SHA-256 and gives it.
pub fn pack(out: Option<&str>) -> Outcome<String> {
    bundle::build()?;
    let html = page(&root().join("www"))?;
    let file = match out {
        Some(out) => PathBuf::from(out),
        None => {
            let dir = target_dir()?.join("pack");
            make_dir(&dir)?;
            dir.join("caviard.html")
        }
    };
    write(&file, &html)?;
    let digest = hex(html.as_bytes());
    println!("{digest}  {}  ({} bytes)", file.display(), html.len());
    Ok(digest)
}

/// Packs the page, and again from a core that was compiled and optimised anew. Fails if the bytes differ.
pub fn twice() -> Outcome {
    let first = pack(None)?;
    bundle::forget()?;
    let second = pack(None)?;
    if first != second {
        return Err(format!("the same sources gave {first}, then {second}"));
    }
    Ok(())
}

/// The whole page as one file.
fn page(www: &Path) -> Outcome<String> {
    let index = read(&www.join("index.html"))?;
    let (script, style) = (script(www)?, styles(www, &index)?);
    for (text, ends) in [(&script, "</script"), (&script, "<!--"), (&style, "</style")] {
        if text.to_ascii_lowercase().contains(ends) {
            return Err(format!("`{ends}` in what is inlined would end it early"));
        }
    }
    let mut html = String::with_capacity(index.len() + script.len() + style.len());
    for line in index.lines() {
        if line.contains("rel=\"stylesheet\"") {
            continue;
        }
        if line.contains("<script ") {
            html.push_str(&format!("    <style>{style}</style>\n"));
            html.push_str(&format!("    <script type=\"module\">{script}</script>\n"));
            continue;
        }
        let line = line
            .replace(OWN_SCRIPTS, &format!("script-src 'sha256-{}'", base64_of(&script)))
            .replace(OWN_STYLES, &format!("style-src 'sha256-{}'", base64_of(&style)));
        html.push_str(&line);
        html.push('\n');
    }
    if html.contains("'self'") || html.matches("'sha256-").count() != 2 {
        return Err("the policy of the page is not as expected".to_owned());
    }
    Ok(html)
}

/// The style sheets in the order of the page.
fn styles(www: &Path, index: &str) -> Outcome<String> {
    let mut all = String::new();
    for line in index.lines().filter(|line| line.contains("rel=\"stylesheet\"")) {
        let href = line.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"'));
        let (href, _) = href.ok_or("a style sheet without an address")?;
        let sheet = read(&www.join(href))?;
        if sheet.contains("@import") || sheet.contains("url(") {
            return Err(format!("{href} loads something"));
        }
        all.push_str(&sheet);
    }
    Ok(all)
}

/// All modules in one: each becomes a function that is called once and gives what it exports.
fn script(www: &Path) -> Outcome<String> {
    let mut modules = Modules { www, done: BTreeMap::new(), open: Vec::new(), out: String::new() };
    modules.add(Path::new("main.js"))?;
    Ok(modules.out)
}

struct Modules<'a> {
    www: &'a Path,
    /// The numbers of those that are written.
    done: BTreeMap<PathBuf, usize>,
    /// Those that wait for what they import.
    open: Vec<PathBuf>,
    out: String,
}

impl Modules<'_> {
    /// Writes a module behind those that it imports. Returns its number.
    fn add(&mut self, path: &Path) -> Outcome<usize> {
        if let Some(number) = self.done.get(path) {
            return Ok(*number);
        }
        if self.open.iter().any(|other| other == path) {
            return Err(format!("{} imports itself by way of others", path.display()));
        }
        self.open.push(path.to_path_buf());
        let source = read(&self.www.join(path))?;
        let mut imports = String::new();
        let mut body = String::with_capacity(source.len());
        let mut exports = Vec::new();
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if line.starts_with("import ") {
                let mut whole = line.to_owned();
                while !whole.contains(';') {
                    whole.push_str(lines.next().ok_or("an import without an end")?);
                }
                let import = parse_import(&whole)
                    .ok_or_else(|| format!("{}: `{whole}` is not understood", path.display()))?;
                let number = self.add(&join(path, import.from)?)?;
                imports.push_str(&format!("const {} = m{number};\n", import.names));
            } else if let Some(rest) = line.strip_prefix("export ") {
                if let Some(list) = rest.strip_prefix('{').and_then(|r| r.strip_suffix("};")) {
                    // A shorthand property gives a name as it is.
                    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
                    exports.extend(names.map(|name| match name.split_once(" as ") {
                        Some((own, given)) => format!("{given}: {own}"),
                        None => name.to_owned(),
                    }));
                } else {
                    let name = declared(rest)
                        .ok_or_else(|| format!("{}: `{line}` is not understood", path.display()))?;
                    exports.push(name.to_owned());
                    body.push_str(rest);
                    body.push('\n');
                }
            } else {
                body.push_str(line);
                body.push('\n');
            }
        }
        let late = format!("import(\"../{CORE}\")");
        if body.contains(&late) {
            let number = self.add(Path::new(CORE))?;
            body = body.replace(&late, &format!("Promise.resolve(m{number})"));
        }
        let number = self.done.len();
        self.out.push_str(&format!(
            "const m{number} = (() => {{\n\"use strict\";\n{imports}{body}return {{ {} }};\n}})();\n",
            exports.join(", ")
        ));
        self.open.pop();
        self.done.insert(path.to_path_buf(), number);
        Ok(number)
    }
}

struct Import<'a> {
    /// As a pattern: `{ a, b: c }`, or one name for all of it.
    names: String,
    from: &'a str,
}

/// `import { a, b as c } from "./x.js";` and `import * as x from "./x.js";`.
fn parse_import(line: &str) -> Option<Import<'_>> {
    let (names, rest) = line.strip_prefix("import ")?.split_once(" from \"")?;
    let from = rest.strip_suffix("\";")?;
    let names = match names.strip_prefix("* as ") {
        Some(name) => name.to_owned(),
        None => names
            .strip_prefix('{')?
            .strip_suffix('}')
            .map(|list| format!("{{{}}}", list.replace(" as ", ": ")))?,
    };
    Some(Import { names, from })
}

/// The name that a declaration gives to what it declares.
fn declared(declaration: &str) -> Option<&str> {
    let rest = declaration.strip_prefix("async ").unwrap_or(declaration);
    let rest = ["function ", "function* ", "const ", "class "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')?;
    (end > 0).then(|| &rest[..end])
}

/// The path below `www` of what the module at `path` calls `from`.
fn join(path: &Path, from: &str) -> Outcome<PathBuf> {
    let mut whole = path.parent().unwrap_or(Path::new("")).to_path_buf();
    for part in Path::new(from).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if whole.pop() => {}
            Component::Normal(name) => whole.push(name),
            _ => return Err(format!("{}: {from} leads out of the page", path.display())),
        }
    }
    Ok(whole)
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64_of(text: &str) -> String {
    crate::base64::base64(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn www(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dir = target_dir().unwrap().join("pack-tests").join(name);
        for (file, text) in files {
            let path = dir.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        dir
    }

    const INDEX: &str = "<head>\n<meta content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'\">\n\
        <link rel=\"stylesheet\" href=\"a.css\" />\n<script type=\"module\" src=\"main.js\"></script>\n</head>\n";

    #[test]
    fn modules_become_one_script_in_the_order_of_their_imports() {
        let www = www(
            "order",
            &[
                ("index.html", INDEX),
                ("a.css", "a { color: red }\n"),
                (
                    "main.js",
                    "import { b as c,\n  d } from \"./x/b.js\";\nimport * as e from \"./x/e.js\";\nc(d, e.f);\n",
                ),
                (
                    "x/b.js",
                    "import { f } from \"./e.js\";\nexport const d = f;\nexport async function b() {}\n",
                ),
                ("x/e.js", "class f {}\nexport { f };\nexport {};\n"),
            ],
        );
        let html = page(&www).unwrap();
        assert_eq!(html, page(&www).unwrap(), "the same bytes twice");
        let script = script(&www).unwrap();
        assert!(html.contains(&format!("'sha256-{}' 'wasm-unsafe-eval'", base64_of(&script))));
        assert!(html.contains("<style>a { color: red }\n</style>"));
        let order: Vec<_> = ["class f", "const d = f", "const { b: c,  d } = m1", "const e = m0"]
            .iter()
            .map(|part| script.find(part).unwrap_or_else(|| panic!("{part} in {script}")))
            .collect();
        assert!(order.is_sorted(), "{script}");
        assert!(!script.contains("import ") && !script.contains("export "));
    }

    #[test]
    fn what_would_break_the_page_is_refused() {
        for (name, main) in [
            ("circle", "import { a } from \"./main.js\";\n"),
            ("end", "const a = \"</script>\";\n"),
            ("unknown", "export default 3;\n"),
            ("outside", "import { a } from \"../../a.js\";\n"),
        ] {
            let www = www(name, &[("index.html", INDEX), ("a.css", ""), ("main.js", main)]);
            assert!(page(&www).is_err(), "{name}");
        }
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(b"abc"), abc);
        assert_eq!(base64_of("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
