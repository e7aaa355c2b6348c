//! Every check there is, as named steps. The first that fails ends the run.

use crate::run::{Outcome, cargo, command, root, run, target_dir, tee};
use crate::{bundle, pack, tools};
use std::time::Instant;

struct Step {
    name: &'static str,
    /// Whether it runs without a browser and without WebAssembly.
    fast: bool,
    /// Whether it runs only if it is named.
    named: bool,
    run: fn(&mut Tally) -> Outcome,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", fast: true, named: false, run: fmt },
    Step { name: "clippy", fast: true, named: false, run: clippy },
    Step { name: "clippy-wasm", fast: false, named: false, run: clippy_wasm },
    Step { name: "native", fast: true, named: false, run: native },
    Step { name: "fuzz", fast: false, named: false, run: fuzz },
    Step { name: "build", fast: false, named: false, run: |_| bundle::build() },
    Step { name: "wasm", fast: false, named: false, run: wasm },
    Step { name: "page-check", fast: false, named: false, run: page_check },
    Step { name: "page", fast: false, named: false, run: page },
    Step { name: "twice", fast: false, named: true, run: |_| pack::twice() },
    Step { name: "firefox", fast: false, named: true, run: firefox },
];

/// The names that `cargo xtask test` knows.
pub fn step_names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Runs the named steps in their order: without a name all but those that want to be named, and the fast ones
/// for `fast`.
pub fn test(names: &[&str]) -> Outcome {
    for name in names {
        if *name != "fast" && !step_names().contains(name) {
            return Err(format!("no step `{name}`; there are {}", step_names().join(", ")));
        }
    }
    let chosen = |step: &&Step| {
        names.is_empty() && !step.named
            || names.contains(&step.name)
            || step.fast && names.contains(&"fast")
    };
    let mut total = Tally::default();
    let mut result = Ok(());
    for step in STEPS.iter().filter(chosen) {
        println!("\n── {}", step.name);
        let start = Instant::now();
        let mut tally = Tally::default();
        result = (step.run)(&mut tally);
        let seconds = start.elapsed().as_secs_f64();
        tally.close(result.is_ok());
        total.passed += tally.passed;
        total.failed += tally.failed;
        if let Err(error) = &mut result {
            *error = format!("step {} failed after {seconds:.1} s: {error}", step.name);
            break;
        }
        println!("── {}: {} passed in {seconds:.1} s", step.name, tally.passed);
    }
    if let Err(error) = &result {
        println!("\n{error}");
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    // The counts are the last line, whatever the end.
    result.map_err(|_| String::new())
}

/// How many tests passed and failed. A step that runs no tests counts as one.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Counts a line with which a test runner sums up: that of Rust and of `wasm-bindgen`,
    /// `test result: ok. 3 passed; 1 failed; …`, or those of Node, `# pass 3` and `ℹ fail 1`.
    fn look(&mut self, line: &str) {
        if let Some((_, counts)) = line.split_once("test result: ") {
            let before = |word: &str| {
                let (number, _) = counts.split_once(word)?;
                number.split_ascii_whitespace().next_back()?.parse().ok()
            };
            self.passed += before(" passed").unwrap_or(0);
            self.failed += before(" failed").unwrap_or(0);
            return;
        }
        let mut words = line.split_whitespace();
        if let (Some("#" | "ℹ"), Some(what), Some(Ok(count)), None) =
            (words.next(), words.next(), words.next().map(str::parse::<u64>), words.next())
        {
            match what {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                _ => {}
            }
        }
    }

    /// Makes the counts agree with how the step ended.
    fn close(&mut self, passed: bool) {
        if passed && self.passed == 0 {
            self.passed = 1;
        }
        if !passed && self.failed == 0 {
            self.failed = 1;
        }
    }

    /// A runner that found no test has proven nothing.
    fn needs_a_test(&self) -> Outcome {
        if self.passed > 0 { Ok(()) } else { Err("no test was run".into()) }
    }
}

fn fmt(_: &mut Tally) -> Outcome {
    tools::rust_components()?;
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(_: &mut Tally) -> Outcome {
    tools::rust_components()?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Code behind `cfg(target_arch = "wasm32")` is seen by nothing else.
fn clippy_wasm(_: &mut Tally) -> Outcome {
    tools::rust_components()?;
    tools::wasm_target()?;
    run(cargo()
        .args(["clippy", "--lib", "--test", "wasm", "--target", tools::WASM_TARGET])
        .args(["--", "-D", "warnings"]))
}

fn native(tally: &mut Tally) -> Outcome {
    tee(cargo().args(["test", "--workspace", "--no-fail-fast"]), |line| tally.look(line))?;
    tally.needs_a_test()
}

/// Compiles the targets of the fuzzer, a workspace of their own that no other step looks at.
fn fuzz(_: &mut Tally) -> Outcome {
    let mut check = cargo();
    check.args(["check", "--bins", "--locked"]).current_dir(root().join("fuzz"));
    run(check.env("CARGO_TARGET_DIR", target_dir()?.join("fuzz")))
}

/// Runs `tests/wasm.rs` in headless Chromium. Cargo calls the runner itself: `wasm-pack test` would
/// build the native tests for WebAssembly as well.
fn wasm(tally: &mut Tally) -> Outcome {
    let tools = tools::wasm()?;
    let browser = tools::browser()?;
    let mut test = tools.command(cargo().get_program());
    test.args(["test", "--test", "wasm", "--target", tools::WASM_TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", browser.chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join("tests/webdriver.json"));
    tee(&mut test, |line| tally.look(line))?;
    tally.needs_a_test()
}

/// A script of `tests/page/package.json`.
fn npm(script: &str) -> Outcome<std::process::Command> {
    let dir = root().join("tests/page");
    tools::npm_packages(&dir, &dir)?;
    let mut npm = command("npm");
    npm.args(["run", "--silent", script]).current_dir(dir);
    Ok(npm)
}

/// Types and rules of the page's source.
fn page_check(_: &mut Tally) -> Outcome {
    run(&mut npm("check")?)
}

/// The page itself, in a real browser.
fn page(tally: &mut Tally) -> Outcome {
    let packed = target_dir()?.join("pack/caviard.html");
    pack::pack(None)?;
    let browser = tools::browser()?;
    tools::python()?;
    let mut npm = npm("test")?;
    npm.env("CHROMIUM", browser.chromium).env("CAVIARD_CORE", "real").env("CAVIARD_PACK", packed);
    tee(&mut npm, |line| tally.look(line))?;
    tally.needs_a_test()
}

/// The journeys in Firefox, which must be installed.
fn firefox(tally: &mut Tally) -> Outcome {
    bundle::build()?;
    let mut npm = npm("firefox")?;
    npm.env("CAVIARD_BROWSER", "firefox").env("CAVIARD_CORE", "real");
    tee(&mut npm, |line| tally.look(line))?;
    tally.needs_a_test()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_each_runner_are_counted() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored",
            "# pass 5",
            "# fail 1",
            "ℹ pass 7",
            "ℹ cancelled 1",
            "# tests 99",
            "# pass the salt",
            "# pass 5 of 6",
            "test detect::tests::passed ... ok",
        ] {
            tally.look(line);
        }
        assert_eq!((tally.passed, tally.failed), (27, 4));
    }

    #[test]
    fn a_step_counts_at_least_once_and_as_it_ended() {
        let count = |passed, failed, ok| {
            let mut tally = Tally { passed, failed };
            tally.close(ok);
            (tally.passed, tally.failed)
        };
        assert_eq!(count(0, 0, true), (1, 0));
        assert_eq!(count(0, 0, false), (0, 1));
        assert_eq!(count(4, 0, false), (4, 1));
        assert_eq!(count(4, 2, false), (4, 2));
    }
}
