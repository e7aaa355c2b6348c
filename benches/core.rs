//! How fast the core is, beside what `mailparse` alone needs for the same bytes, and where its time
//! goes. Run by `cargo xtask bench`.
//!
//! `core ROUNDS NAME=FOLDER…`: each folder holds messages (`.eml`), however deep. In every round all
//! measures run one after the other over all messages, so that whatever else the machine does
//! meets them alike; printed are the medians over the rounds.

#![allow(clippy::print_stdout)]

use std::{
    collections::BTreeSet,
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use caviard::{
    detect::{
        self, Contents, Context, Language, REGISTRY,
        people::{People, Reading},
    },
    document::{Document, Edits, IdKey, ViewRef},
    policy::Policy,
    search::Skeleton,
    session::{Decision, Decisions, Session},
    view::Edit,
};

/// Time that this program has had a processor, where the system tells; else the time that went by.
struct Clock(Instant);

impl Clock {
    fn now(&self) -> Duration {
        let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let on_processor = stat.as_deref().and_then(|s| s.split(' ').next()?.parse().ok());
        on_processor.map_or_else(|| self.0.elapsed(), Duration::from_nanos)
    }
}

fn collect(folder: &Path, messages: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, messages);
        } else if path.extension().is_some_and(|e| e == "eml") {
            messages.extend(fs::read(&path));
        }
    }
}

/// Parses and decodes everything with `mailparse`: fields, transfer encodings, charsets of texts.
fn mailparse_alone(part: &mailparse::ParsedMail) -> usize {
    let fields: usize = part.headers.iter().map(|field| field.get_value().len()).sum();
    let body = match part.subparts.as_slice() {
        [] if part.ctype.mimetype.starts_with("text/") => part.get_body().map_or(0, |b| b.len()),
        [] => part.get_body_raw().map_or(0, |b| b.len()),
        parts => parts.iter().map(mailparse_alone).sum(),
    };
    fields + body
}

type Measure = (String, Box<dyn Fn(&[Vec<u8>])>);

fn each_view(raw: &[u8], mut work: impl FnMut(&ViewRef)) {
    let document = Document::read(raw);
    document.views().filter(|view| view.detect).for_each(|view| work(&view));
}

/// Steps by name. All but the first of each group hold the reading of the message as well, which
/// [`shares`] takes off again.
fn measures() -> Vec<Measure> {
    let mut all: Vec<Measure> = Vec::new();
    #[expect(clippy::type_complexity, reason = "a table of steps, read once")]
    let mut add = |name: &str, work: Box<dyn Fn(&[Vec<u8>])>| all.push((name.to_owned(), work));
    add(
        "mailparse",
        Box::new(|messages| {
            for raw in messages {
                black_box(mailparse::parse_mail(raw).map_or(0, |mail| mailparse_alone(&mail)));
            }
        }),
    );
    add(
        "redaction",
        Box::new(|messages| {
            let mut session = Session::new(Policy::default(), [1; 32]);
            for raw in messages {
                let analysis = session.analyze(raw);
                black_box(session.redact(&analysis, &Decisions::default()).bytes.map(|b| b.len()));
            }
        }),
    );
    add(
        "analysis",
        Box::new(|messages| {
            let mut session = Session::new(Policy::default(), [1; 32]);
            messages.iter().for_each(|raw| {
                black_box(session.analyze(raw).findings.len());
            });
        }),
    );
    add(
        "analysis and edits",
        Box::new(|messages| {
            let mut session = Session::new(Policy::default(), [1; 32]);
            let key = IdKey::new([1; 32]);
            for raw in messages {
                let analysis = session.analyze(raw);
                let mut edits = Edits::new();
                for finding in analysis.findings.iter().filter(|f| f.decision == Decision::Redact) {
                    edits.entry(finding.site.layer).or_default().push(Edit {
                        span: finding.site.span,
                        with: finding.label.to_string().into_bytes(),
                        label: Some(finding.label),
                    });
                }
                let parts = analysis.document.parts();
                let removed: BTreeSet<usize> =
                    (0..parts.len()).filter(|i| parts[*i].not_inspected.is_some()).collect();
                black_box(analysis.document.apply(&edits, &removed, &key).len());
            }
        }),
    );
    add(
        "reading",
        Box::new(|messages| {
            messages.iter().for_each(|raw| {
                black_box(Document::read(raw).views().count());
            });
        }),
    );
    add(
        "people",
        Box::new(|messages| {
            for raw in messages {
                let document = Document::read(raw);
                let mut people = People::new();
                people.set_languages(LANGUAGES);
                for mailbox in document.mailboxes() {
                    people.learn_mailbox(&mailbox.display, &mailbox.address);
                }
                let views: Vec<_> = document.views().filter(|view| view.detect).collect();
                let readings: Vec<_> = views
                    .iter()
                    .map(|view| Reading::of(view.text, LANGUAGES, view.place))
                    .collect();
                readings.iter().for_each(|reading| people.learn(reading));
                let finder = people.finder();
                let mut found = Vec::new();
                for (view, reading) in views.iter().zip(&readings) {
                    let skeleton = Skeleton::of(view.text);
                    finder.find_in(reading, &skeleton, &context(view), &mut found);
                }
                black_box(found.len());
            }
        }),
    );
    add(
        "prefilter",
        Box::new(|messages| {
            for raw in messages {
                each_view(raw, |view| {
                    black_box(Contents::of(view.text));
                });
            }
        }),
    );
    for detector in REGISTRY {
        add(
            detector.name(),
            Box::new(move |messages| {
                let mut found = Vec::new();
                for raw in messages {
                    each_view(raw, |view| {
                        if Contents::of(view.text).admit(detector.prefilter()) {
                            detector.detect(view.text, &context(view), &mut found);
                        }
                    });
                    found.clear();
                }
            }),
        );
    }
    all
}

const LANGUAGES: &[Language] = &[Language::English, Language::French, Language::German];

fn context<'a>(view: &ViewRef<'a>) -> Context<'a> {
    static REGIONS: std::sync::LazyLock<Vec<&'static str>> =
        std::sync::LazyLock::new(|| detect::language::regions(LANGUAGES, &[], None));
    Context { place: view.place, languages: LANGUAGES, regions: &REGIONS }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

fn shares(of: impl Fn(&str) -> f64) -> Vec<(String, f64)> {
    let reading = of("reading");
    let mut steps = vec![("reading: layers, views".to_owned(), reading)];
    let mut found = (of("people") - reading).max(0.0);
    steps.push(("people: learning, finding".to_owned(), found));
    let prefilter = of("prefilter");
    found += (prefilter - reading).max(0.0);
    steps.push(("prefilter of detectors".to_owned(), (prefilter - reading).max(0.0)));
    for detector in REGISTRY {
        let time = (of(detector.name()) - prefilter).max(0.0);
        found += time;
        steps.push((format!("detector {}", detector.name()), time));
    }
    let (analysis, edits) = (of("analysis"), of("analysis and edits"));
    let rest = (analysis - reading - found).max(0.0);
    steps.push(("known values, overlaps, labels".to_owned(), rest));
    steps.push(("rewriting".to_owned(), (edits - analysis).max(0.0)));
    steps.push(("proof".to_owned(), (of("redaction") - edits).max(0.0)));
    steps
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with("--")).collect();
    let [rounds, sets @ ..] = words.as_slice() else { return };
    let rounds: usize = rounds.parse().unwrap_or(5);
    let clock = Clock(Instant::now());
    let measures = measures();
    for set in sets {
        let Some((name, folder)) = set.split_once('=') else { continue };
        let mut messages = Vec::new();
        collect(Path::new(folder), &mut messages);
        let bytes: usize = messages.iter().map(Vec::len).sum();
        let megabytes = bytes as f64 / 1e6;
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); measures.len()];
        // The first round fills caches and tables that are built once.
        for round in 0..=rounds {
            for ((_, work), times) in measures.iter().zip(&mut times) {
                let start = clock.now();
                work(&messages);
                let time = clock.now().saturating_sub(start);
                if round > 0 {
                    times.push(time);
                }
            }
        }
        let medians: Vec<f64> = times.into_iter().map(median).collect();
        let of = |name: &str| {
            let at = measures.iter().position(|(n, _)| n == name);
            at.and_then(|at| medians.get(at)).copied().unwrap_or(0.0)
        };
        let (whole, alone) = (of("redaction"), of("mailparse"));
        println!("### {name}: {} messages, {megabytes:.1} MB\n", messages.len());
        println!("| measure | MB/s | times mailparse |\n|---|---:|---:|");
        println!("| mailparse alone | {:.1} | 1 |", megabytes / alone);
        for (label, time) in [
            ("reading into views", of("reading")),
            ("finding", of("analysis")),
            ("redaction with proof", whole),
        ] {
            println!("| {label} | {:.1} | {:.1} |", megabytes / time, time / alone);
        }
        println!("\n| step | share of the redaction |\n|---|---:|");
        for (step, time) in shares(of) {
            println!("| {step} | {:.1} % |", 100.0 * time / whole);
        }
        println!();
    }
}
