//! How good the tagger is on texts that it was not trained on.

use crate::text::Text;
use caviard::detect::tagger::{Tagged, lines, model::Model, names_of, tokens};

/// Counts of names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    marked: usize,
    covered: usize,
    found: usize,
    right: usize,
}

/// How probable names were said to be, and how many of them were names.
#[derive(Clone, Debug, Default)]
pub struct Calibration([(usize, usize); 10]);

impl Calibration {
    /// The bounds of the probabilities.
    const BOUNDS: [f32; 10] = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];

    fn add(&mut self, name: &Tagged, right: bool) {
        let at = Self::BOUNDS.iter().position(|b| name.probability < *b).unwrap_or(9);
        self.0[at].0 += 1;
        self.0[at].1 += usize::from(right);
    }

    /// Prints one line for each range.
    pub fn print(&self) {
        let mut low = 0.0;
        for (bound, (found, right)) in Self::BOUNDS.iter().zip(&self.0) {
            let share = 100.0 * *right as f64 / (*found).max(1) as f64;
            println!("  {low:.2} to {:.2}: {found:>6} names, {share:5.1} % right", bound.min(1.0));
            low = *bound;
        }
    }
}

impl Counts {
    /// Prints recall and precision.
    pub fn print(&self, name: &str) {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        println!(
            "{name:<32} {:>6} names  recall {:5.1}  precision {:5.1}",
            self.marked,
            share(self.covered, self.marked),
            share(self.right, self.found)
        );
    }

    /// Adds other counts.
    pub fn add(&mut self, other: Self) {
        self.marked += other.marked;
        self.covered += other.covered;
        self.found += other.found;
        self.right += other.right;
    }
}

/// Measures on texts, taking what is at least `least` probable.
pub fn measure(model: &Model, texts: &[Text], least: f32, calibration: &mut Calibration) -> Counts {
    let mut counts = Counts::default();
    let (mut cut, mut rows) = (Vec::new(), Vec::new());
    for text in texts {
        tokens::tokenise(&text.text, &[text.language], &mut cut);
        lines::read(&mut cut, &mut rows);
        let names = names_of(model, &cut, &rows, &[text.language], 3.0);
        let mut covered = vec![false; text.text.len()];
        for name in &names {
            let right = text.names.iter().any(|(a, b)| name.span.start < *b && *a < name.span.end);
            calibration.add(name, right);
            if name.probability >= least {
                counts.found += 1;
                counts.right += usize::from(right);
                covered[name.span.start..name.span.end].fill(true);
            }
        }
        counts.marked += text.names.len();
        for (start, end) in &text.names {
            let name = &text.text[*start..*end];
            let whole =
                name.char_indices().all(|(i, c)| !c.is_alphanumeric() || covered[start + i]);
            counts.covered += usize::from(whole);
            if !whole && std::env::var("MISSES").is_ok() {
                let near = names.iter().find(|n| n.span.start < *end && *start < n.span.end);
                let from = text.text[..*start].char_indices().rev().nth(40).map_or(0, |c| c.0);
                let to =
                    text.text[*end..].char_indices().nth(30).map_or(text.text.len(), |c| end + c.0);
                eprintln!(
                    "MISS {} {:?} {}[[{name}]]{}",
                    text.id,
                    near.map(|n| n.probability),
                    text.text[from..*start].replace('\n', "/"),
                    text.text[*end..to].replace('\n', "/")
                );
            }
        }
    }
    counts
}
