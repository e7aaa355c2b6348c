//! `cargo xtask`: builds, serves, tests and measures Caviard, and installs what that needs.

mod base64;
mod bench;
mod bundle;
mod eval;
mod pack;
mod run;
mod serve;
mod test;
mod tools;
mod train;
mod trove;

use run::{Outcome, root};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [--port N]      build the page and serve it on this machine
cargo xtask build                 build the page's core into www/pkg
cargo xtask pack [FILE]           pack the page into one HTML file and print its SHA-256
cargo xtask test [STEP…]          run every check, or the named ones
cargo xtask test fast             run those that need no browser and no WebAssembly
cargo xtask eval [SET…] [--data DIR]
                                  measure on messages and texts, by default in ../shared/eval: identity,
                                  fidelity, refusals, mail, leaks, texts, addresses, or one marked text
cargo xtask bench [--text DIR] [--rounds N]
                                  the core's speed beside mailparse's, on a synthetic trove and on the
                                  messages in DIR, by step
cargo xtask bench --page TROVE…  the page with one and two workers beside the bare core, and the
                                  memory of its tab
cargo xtask trove --size SIZE --out DIR [--seed N]
                                  write a synthetic trove of invented mail: 200M, 9G
cargo xtask train [--data DIR]    train the tagger of persons from marked texts, by default those in
                                  ../shared/train, and write src/data/tagger.bin

What is missing on the machine is installed: into target/tools, and by the distribution's
package manager for Chromium.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("xtask: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    match words {
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}\n\nSteps of the test: {}", test::step_names().join(", "));
            Ok(())
        }
        ["serve"] => serve(None),
        ["serve", "--port", port] => {
            serve(Some(port.parse().map_err(|_| format!("{port} is not a port"))?))
        }
        ["build"] => bundle::build(),
        ["pack"] => pack::pack(None),
        ["pack", file] => pack::pack(Some(file)),
        ["test", steps @ ..] => test::test(steps),
        ["eval", words @ ..] => eval::eval(words),
        ["bench", words @ ..] => bench::bench(words),
        ["trove", words @ ..] => trove::trove(words),
        ["train", words @ ..] => train::train(words),
        _ => Err(format!("`{}` is unknown. What there is:\n\n{HELP}", words.join(" "))),
    }
}

fn serve(port: Option<u16>) -> Outcome {
    bundle::build()?;
    serve::serve(&root().join("www"), port)
}
