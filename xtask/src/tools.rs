//! Installs what a bare machine lacks. A tool of the right version that is already there is used;
//! everything else goes to `target/tools`, never into the user's own folders. Only Chromium and
//! its driver come from the distribution.

use crate::run::{Outcome, cargo, command, make_dir, output, read, root, run, which, write};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The tested version of `wasm-pack`.
const WASM_PACK: &str = "0.15.1";

/// What the core is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The tools that make WebAssembly, found by a search path of their own.
pub struct Tools {
    path: OsString,
}

impl Tools {
    /// A program that is run with the tools in front of the search path.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = command(program);
        command.env("PATH", &self.path);
        command
    }
}

/// Folder of everything that is installed here.
pub fn tools_dir() -> PathBuf {
    root().join("target/tools")
}

/// The target, `wasm-pack` and the `wasm-bindgen` that fits the crate in `Cargo.lock`.
pub fn wasm() -> Outcome<Tools> {
    wasm_target()?;
    cargo_tool("wasm-pack", WASM_PACK, &["wasm-pack"])?;
    let version = locked_version(&read(&root().join("Cargo.lock"))?, "wasm-bindgen")
        .ok_or("Cargo.lock does not name wasm-bindgen")?;
    cargo_tool("wasm-bindgen-cli", &version, &["wasm-bindgen", "wasm-bindgen-test-runner"])?;
    Ok(Tools { path: search_path()? })
}

/// `target/tools/bin` comes first: it holds only what the search path lacks in the right version.
fn search_path() -> Outcome<OsString> {
    let own = std::env::var_os("PATH").unwrap_or_default();
    let dirs = [tools_dir().join("bin")].into_iter().chain(std::env::split_paths(&own));
    std::env::join_paths(dirs).map_err(|error| format!("search path: {error}"))
}

/// The part of Rust that compiles to WebAssembly.
pub fn wasm_target() -> Outcome {
    let mut ask = command("rustc");
    ask.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    if Path::new(output(&mut ask)?.trim()).is_dir() {
        return Ok(());
    }
    announce(WASM_TARGET);
    run(command("rustup").args(["target", "add", WASM_TARGET])).map_err(|error| {
        format!(
            "{error}\nThe Rust of this machine cannot compile to WebAssembly; with rustup it can."
        )
    })
}

/// The parts of Rust that its smallest installation leaves out.
pub fn rust_components() -> Outcome {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(cargo().args([tool, "--version"])).is_err() {
            announce(component);
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Installs a package of crates.io, unless all its programs are there in this version.
fn cargo_tool(package: &str, version: &str, programs: &[&str]) -> Outcome {
    let tools = Tools { path: search_path()? };
    // Looked up by hand, because a child's search path does not decide where it is itself found.
    let has = |dir: &Path| {
        programs.iter().all(|program| {
            let file = dir.join(program);
            file.is_file()
                && output(tools.command(file).arg("--version"))
                    .is_ok_and(|said| said.split_whitespace().nth(1) == Some(version))
        })
    };
    // The first folder that holds one of them decides, as it does when they are run.
    let first = std::env::split_paths(&tools.path).find(|dir| dir.join(programs[0]).is_file());
    if first.is_some_and(|dir| has(&dir)) {
        return Ok(());
    }
    announce(&format!("{package} {version} (compiled here, once; a few minutes)"));
    let build = tools_dir().join("build");
    let install = || {
        let mut install = cargo();
        install.args(["install", package, "--version", &format!("={version}"), "--force"]);
        install.arg("--root").arg(tools_dir()).arg("--target-dir").arg(&build);
        // They run for seconds: what counts is how soon they are there.
        install
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        install
    };
    // A mirror of the registry may lack a version that the package's own lock file names.
    if run(install().arg("--locked")).is_err() {
        println!("xtask: not with its own lock file; once more, with what the registry offers");
        run(&mut install())?;
    }
    // Kept when the installation fails, so that the next try goes on from there.
    let _ = std::fs::remove_dir_all(build);
    Ok(())
}

/// The version of a package in a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

/// `wasm-opt`, as a program for Node. Its version and digest stand in `xtask/optimiser`.
pub fn optimiser() -> Outcome<PathBuf> {
    let dir = tools_dir().join("npm");
    npm_packages(&root().join("xtask/optimiser"), &dir)?;
    Ok(dir.join("node_modules/binaryen/bin/wasm-opt"))
}

/// Installs exactly what the lock file in `from` names into `dir/node_modules`, unless it is there.
/// Both may be one folder. No package may run a script of its own.
pub fn npm_packages(from: &Path, dir: &Path) -> Outcome {
    let lock = read(&from.join("package-lock.json"))?;
    let stamp = dir.join("node_modules/.installed-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    announce(&format!(
        "the npm packages of {}",
        from.strip_prefix(root()).unwrap_or(from).display()
    ));
    make_dir(dir)?;
    if from != dir {
        write(&dir.join("package.json"), read(&from.join("package.json"))?)?;
        write(&dir.join("package-lock.json"), &lock)?;
    }
    let options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    run(command("npm").args(options).current_dir(dir))?;
    write(&stamp, lock)
}

/// A browser to test in.
pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

/// Chromium and its driver, from the distribution where they are missing.
pub fn browser() -> Outcome<Browser> {
    let find = || {
        let chromium = which(&["chromium", "chromium-browser", "google-chrome"])?;
        Some(Browser { chromium, chromedriver: which(&["chromedriver"])? })
    };
    if find().is_none() {
        apt_install(&["chromium", "chromium-driver"])?;
    }
    find().ok_or_else(|| "chromium and chromedriver are still not on the search path".into())
}

/// Python, by which the page's tests read what the page wrote.
pub fn python() -> Outcome {
    if which(&["python3"]).is_none() { apt_install(&["python3"]) } else { Ok(()) }
}

fn apt_install(packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    let by_hand = format!("{list} missing; as root: apt-get update && apt-get install {list}");
    if which(&["apt-get"]).is_none() {
        return Err(format!("{list} missing, and no apt-get: install Chromium and chromedriver"));
    }
    let root = output(command("id").arg("-u"))?.trim() == "0";
    if !root {
        let free = which(&["sudo"]).is_some()
            && (std::io::stdin().is_terminal()
                || output(command("sudo").args(["-n", "true"])).is_ok());
        if !free {
            return Err(by_hand);
        }
    }
    announce(&list);
    let apt = |words: &[&str]| {
        let mut apt = if root { command("env") } else { command("sudo") };
        if !root {
            apt.arg("env");
        }
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(words);
        run(&mut apt)
    };
    // The lists may be stale or absent; if they cannot be fetched, the old ones may still do.
    let _ = apt(&["update"]);
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    apt(&words).map_err(|error| format!("{error}\n{by_hand}"))
}

fn announce(what: &str) {
    println!("xtask: installing {what}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_the_version_of_exactly_this_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.7\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.7"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
