//! A synthetic trove of invented mail in the proportions of real mailboxes: threads in French, English and
//! German, half of them with an HTML twin, and attachments in base64 that hold most of the bytes. Nobody
//! needs leaked mail to measure. The same seed gives the same trove.

mod message;
mod speech;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::run::{Outcome, about, make_dir, make_empty_dir, root, write};
use message::{Dice, message};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Messages in one folder.
const FOLDER: usize = 500;

/// `cargo xtask trove --size 9G --out DIR [--seed N]`.
pub fn trove(words: &[&str]) -> Outcome {
    let (mut size, mut out, mut seed) = (None, None, SEED);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().copied().ok_or(format!("{word} needs a value"))?;
        match *word {
            "--size" => size = Some(bytes(value).ok_or(format!("{value} is no size: 200M, 9G"))?),
            "--out" => out = Some(root().join(PathBuf::from(value))),
            "--seed" => seed = value.parse().map_err(|_| format!("{value} is no seed"))?,
            _ => return Err(format!("`{word}` is unknown to `cargo xtask trove`")),
        }
    }
    let (Some(size), Some(out)) = (size, out) else {
        return Err("`cargo xtask trove` needs --size and --out".into());
    };
    if out.exists() {
        return Err(format!("{} is there already", out.display()));
    }
    let (messages, written) = write_large(&out, size, seed)?;
    println!("{}: {messages} messages, {written} bytes", out.display());
    Ok(())
}

/// A size in bytes, as `9G`, `200M`, `64k` or a number (powers of ten).
fn bytes(text: &str) -> Option<u64> {
    let unit = match text.chars().last()? {
        'k' | 'K' => 1_000,
        'M' => 1_000_000,
        'G' => 1_000_000_000,
        _ => return text.parse().ok(),
    };
    text.get(..text.len() - 1)?.parse::<u64>().ok()?.checked_mul(unit)
}

/// Dice for one message: those of one do not depend on how long the others are.
fn dice(seed: u64, number: usize) -> Dice {
    let mixed = (seed ^ number as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mut dice = Dice((mixed ^ mixed >> 31) | 1);
    dice.next();
    dice
}

/// Messages of at least `size` bytes together: one in five stands in a mailbox, the others in folders.
/// Gives their number and their bytes.
fn write_large(out: &Path, size: u64, seed: u64) -> Outcome<(usize, u64)> {
    make_dir(out)?;
    let path = out.join("archive.mbox");
    let to_text = |error: std::io::Error| about(&path, &error);
    let mut mailbox = BufWriter::new(File::create(&path).map_err(to_text)?);
    let (mut number, mut written) = (0, 0);
    while written < size {
        let text = message(number, &mut dice(seed, number));
        written += text.len() as u64;
        if number % 5 == 4 {
            let line = "From - Tue Mar  3 10:12:00 2015\r\n";
            for part in [line, &text, "\r\n"] {
                mailbox.write_all(part.as_bytes()).map_err(to_text)?;
            }
        } else {
            let folder = out.join(format!("box-{:03}", number / FOLDER));
            if !folder.is_dir() {
                make_dir(&folder)?;
            }
            write(&folder.join(format!("{number:07}.eml")), text)?;
        }
        number += 1;
    }
    mailbox.flush().map_err(to_text)?;
    Ok((number, written))
}

/// Writes `count` messages into an empty folder.
pub fn write_trove(folder: &Path, count: usize) -> Outcome {
    make_empty_dir(folder)?;
    for number in 0..count {
        let text = message(number, &mut dice(SEED, number));
        write(&folder.join(format!("{number:05}.eml")), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_bytes_of_a_trove_are_base64_and_each_message_is_always_the_same() {
        let (mut all, mut encoded) = (0, 0);
        for number in 0..400 {
            let text = message(number, &mut dice(SEED, number));
            assert_eq!(text, message(number, &mut dice(SEED, number)));
            assert!(text.starts_with("Received: ") && text.contains("\r\n\r\n"));
            all += text.len();
            let lines = text.lines().filter(|line| line.len() == 76 && !line.contains(' '));
            encoded += lines.map(str::len).sum::<usize>();
        }
        assert!(encoded * 10 > all * 8, "{encoded} of {all} bytes");
        assert!((50_000..300_000).contains(&(all / 400)), "{} bytes a message", all / 400);
        assert_ne!(message(1, &mut dice(1, 1)), message(1, &mut dice(2, 1)));
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(
            [bytes("9G"), bytes("64k"), bytes("7")],
            [Some(9_000_000_000), Some(64_000), Some(7)]
        );
        assert_eq!([bytes("G"), bytes(""), bytes("9X"), bytes("99999999999G")], [None; 4]);
    }
}
