//! Builds the page's core: Rust to WebAssembly, optimised, proven to work, and packed into one
//! script. The page's policy forbids every connection, so the binary must come as a script.

use crate::base64::base64;
use crate::run::{
    Outcome, about, cargo, command, make_dir, output, read, root, run, target_dir, write,
};
use crate::tools;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// `-O3`, because time counts more here than the last percent of size. Which features of
/// WebAssembly may be used, the binary says itself in its section `target_features`.
const OPTIMISE: &[&str] = &["-O3"];

/// Writes `www/pkg/core.js`, unless it is up to date.
pub fn build() -> Outcome {
    let tools = tools::wasm()?;
    let dir = target_dir()?.join("pkg");
    make_dir(&dir)?;
    // With `no-install` wasm-pack uses the programs that were just found and downloads nothing.
    let options = ["build", "--target", "web", "--mode", "no-install", "--no-opt"];
    let mut pack = tools.command("wasm-pack");
    pack.env("RUSTFLAGS", remapped()?);
    run(pack
        .args(["--log-level", "warn"])
        .args(options)
        .args(["--no-pack", "--no-typescript", "--out-name", "caviard"])
        .arg("--out-dir")
        .arg(&dir))?;

    let (glue, plain) = (dir.join("caviard.js"), dir.join("caviard_bg.wasm"));
    let core = root().join("www/pkg/core.js");
    let optimiser = tools::optimiser()?;
    let smoke = root().join("xtask/smoke.mjs");
    let stamp = stamp(&[&glue, &plain, &smoke, &root().join("xtask/optimiser/package-lock.json")])?;
    let stamp_file = dir.join("stamp");
    if core.is_file() && std::fs::read_to_string(&stamp_file).is_ok_and(|last| last == stamp) {
        return Ok(());
    }

    let optimised = dir.join("optimised.wasm");
    println!("xtask: optimising");
    run(command("node").arg(optimiser).args(OPTIMISE).arg(&plain).arg("-o").arg(&optimised))?;
    run(command("node").arg(smoke).arg(&glue).arg(&plain).arg(&optimised))?;

    let binary = std::fs::read(&optimised).map_err(|error| about(&optimised, &error))?;
    make_dir(&root().join("www/pkg"))?;
    write(&core, script(&read(&glue)?, &binary))?;
    write(&stamp_file, stamp)
}

/// Has the next build compile the crate and optimise its binary as if they had never been.
pub fn forget() -> Outcome {
    run(cargo()
        .args(["clean", "--quiet", "--release", "--package", "caviard"])
        .args(["--target", tools::WASM_TARGET]))?;
    let stamp = target_dir()?.join("pkg/stamp");
    if stamp.exists() {
        std::fs::remove_file(&stamp).map_err(|error| about(&stamp, &error))?;
    }
    Ok(())
}

/// Flags under which the binary names no folder of this machine, in the places of its panics: it would
/// differ from machine to machine, and tell whose it was.
fn remapped() -> Outcome<String> {
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    let cargo = std::env::var_os("CARGO_HOME").map(Into::into).or(home);
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    let mut flags = Vec::new();
    for (from, to) in
        [(cargo, "cargo"), (Some(root()), "caviard"), (Some(sysroot.trim().into()), "rust")]
    {
        let Some(from) = from else { continue };
        let from = from.display().to_string();
        // Flags are parted by blanks.
        if !from.contains(' ') {
            flags.push(format!("--remap-path-prefix={from}={to}"));
        }
    }
    Ok(flags.join(" "))
}

/// A digest of everything that decides what `core.js` holds, this file among it.
fn stamp(inputs: &[&Path]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    OPTIMISE.hash(&mut hasher);
    include_str!("bundle.rs").hash(&mut hasher);
    for path in inputs {
        std::fs::read(path).map_err(|error| about(path, &error))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The module that the page imports: the source of the glue, and the binary in base64.
fn script(glue: &str, binary: &[u8]) -> String {
    format!(
        "// Written by `cargo xtask`. Do not edit.\n\
         export const glue = {};\nexport const wasm = \"{}\";\n",
        js_string(glue),
        base64(binary)
    )
}

/// A string literal of JavaScript that is also safe inside a `<script>` element.
fn js_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '<' => out.push_str("\\x3c"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_cannot_end_early_nor_close_its_script() {
        assert_eq!(js_string("a\"b\\\n</script>"), r#""a\"b\\\n\x3c/script>""#);
        assert_eq!(js_string("\r\u{2028}é`${x}"), "\"\\u000d\\u2028é`${x}\"");
    }
}
