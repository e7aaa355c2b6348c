//! `caviard detect`: findings as JSON.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Write},
    process::ExitCode,
};

use caviard::{
    finding::Confidence,
    session::{Session, find_in_text},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::arguments::Options;

pub fn run(options: &Options) -> ExitCode {
    let done = if options.jsonl { lines(options) } else { messages(options) };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("caviard: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One line of the input.
#[derive(Deserialize)]
struct Document {
    id: Value,
    #[serde(default)]
    lang: String,
    text: String,
}

/// Plain texts, one JSON object a line. Returns whether every line could be read.
fn lines(options: &Options) -> io::Result<bool> {
    let input: Box<dyn BufRead> = match options.files.first() {
        Some(file) if file.as_os_str() != "-" => Box::new(BufReader::new(File::open(file)?)),
        _ => Box::new(io::stdin().lock()),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut clean = true;
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let document: Document = match serde_json::from_str(&line) {
            Ok(document) => document,
            Err(error) => {
                eprintln!("caviard: line {}: {error}", number + 1);
                clean = false;
                continue;
            }
        };
        let threshold = options.threshold.unwrap_or(Confidence::Possible);
        let session = Session::new(options.policy.clone(), [0; 32]);
        let mut points = CodePoints::new(&document.text);
        let spans: Vec<Value> = find_in_text(&session, &document.text, &document.lang)
            .into_iter()
            .filter(|c| !c.keep)
            .filter(|c| c.confidence >= threshold)
            .map(|c| {
                let (start, end) = (points.at(c.span.start), points.at(c.span.end));
                match options.rules {
                    true => json!([start, end, c.entity.code(), c.confidence, c.explanation.rule]),
                    false => json!([start, end, c.entity.code(), c.confidence]),
                }
            })
            .collect();
        serde_json::to_writer(&mut out, &json!({ "id": document.id, "spans": spans }))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(clean)
}

/// Turns byte offsets, asked for in growing order, into code points.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text.get(self.byte..byte).map_or(0, |t| t.chars().count());
        self.byte = byte;
        self.point
    }
}

/// Messages: one line a view that has findings. Offsets are bytes of the view's text.
fn messages(options: &Options) -> io::Result<bool> {
    let mut session = Session::new(options.policy.clone(), [0; 32]);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut clean = true;
    for file in &options.files {
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("caviard: {}: {error}", file.display());
                clean = false;
                continue;
            }
        };
        let analysis = session.analyze(&bytes);
        for view in analysis.document.views() {
            let findings: Vec<Value> = analysis
                .findings
                .iter()
                .filter(|f| f.site.layer == view.layer)
                .map(|f| {
                    json!({
                        "type": f.entity.code(),
                        "start": f.site.span.start,
                        "end": f.site.span.end,
                        "text": analysis.text(f),
                        "confidence": f.confidence,
                        "rule": f.explanation.rule,
                        "evidence": f.explanation.evidence,
                        "label": f.label.to_string(),
                        "decision": f.decision,
                    })
                })
                .collect();
            if !findings.is_empty() {
                let part = analysis.document.parts().get(view.part).map_or("", |p| &p.path);
                let line = json!({
                    "file": file.display().to_string(),
                    "part": part,
                    "place": view.place,
                    "findings": findings,
                });
                serde_json::to_writer(&mut out, &line)?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    Ok(clean)
}
