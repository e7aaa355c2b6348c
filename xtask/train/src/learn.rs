//! Learns the weights: gradient descent on the likelihood of the labels (AdaGrad, Duchi et al. 2011), with
//! features left out at random. All arithmetic is that of IEEE 754, so that every machine gets the same
//! weights.

use crate::{rng::Rng, text::Text};
use caviard::detect::tagger::{
    decode::next_stretch,
    features::{Features, features},
    lines,
    model::Model,
    tokens::{self, Token},
};

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Bits of an index into the weights.
    pub bits: u32,
    /// How often every text is seen.
    pub epochs: usize,
    /// Features that occur less often are not learned.
    pub seldom: u8,
    /// Per cent of the tokens whose own word is hidden.
    pub hide_word: usize,
    /// Per cent of the features that are left out.
    pub leave_out: usize,
    /// Per cent of the names that the lexicon is made not to know.
    pub unknown: usize,
    /// The first step of a weight.
    pub rate: f32,
    /// How strongly weights are pulled to 0.
    pub pull: f32,
    /// Weights are rounded to multiples of this, so that the file packs better.
    pub step: i32,
    /// Weights below this many units are left out.
    pub least: f32,
    /// The seed of everything random.
    pub seed: u64,
}

/// The tokens of a stretch, ready to be learned.
#[derive(Default)]
struct Examples {
    /// Hashes of the features of all tokens.
    values: Vec<u32>,
    /// Where each token's begin, and how many of them are its own word's.
    tokens: Vec<(usize, u8)>,
    /// 0 outside, 1 first, 2 inside.
    labels: Vec<u8>,
    /// First token of each stretch.
    stretches: Vec<usize>,
}

const SEEN_BITS: u32 = 24;

fn prepare(texts: &[Text], settings: &Settings, rng: &mut Rng) -> Examples {
    let mut all = Examples::default();
    let mut seen = vec![0_u8; 1 << SEEN_BITS];
    let mut hashes: Vec<u64> = Vec::new();
    let mut buffer = Features::default();
    let (mut cut, mut rows) = (Vec::new(), Vec::new());
    let mut own = Vec::new();
    for text in texts {
        let languages = [text.language];
        tokens::tokenise(&text.text, &languages, &mut cut);
        lines::read(&mut cut, &mut rows);
        let labels = labels(&cut, &text.names);
        for (token, label) in cut.iter_mut().zip(&labels) {
            if *label > 0 && rng.percent(settings.unknown) {
                token.entry = caviard::lexicon::Entry::default();
                token.common = 0;
            }
        }
        let mut from = 0;
        while let Some(stretch) = next_stretch(&cut, from) {
            from = stretch.end;
            all.stretches.push(all.labels.len());
            for at in stretch.start..stretch.end {
                features(&cut, &rows, at, Some(text.language), &mut buffer);
                for value in buffer.values() {
                    let count = &mut seen[(value >> (64 - SEEN_BITS)) as usize];
                    *count = count.saturating_add(1);
                }
                own.push((hashes.len(), buffer.own as u8));
                hashes.extend(buffer.values());
                all.labels.push(labels[at]);
            }
        }
    }
    // Only what occurs often enough stays.
    own.push((hashes.len(), 0));
    for pair in own.windows(2) {
        let (start, mine) = (all.values.len(), usize::from(pair[0].1));
        let mut kept = 0;
        for (i, value) in hashes[pair[0].0..pair[1].0].iter().enumerate() {
            if seen[(value >> (64 - SEEN_BITS)) as usize] >= settings.seldom {
                all.values.push((value >> (64 - settings.bits)) as u32);
                kept += u8::from(i < mine);
            }
        }
        all.tokens.push((start, kept));
    }
    all.tokens.push((all.values.len(), 0));
    all.stretches.push(all.labels.len());
    all
}

/// The label of each token.
pub fn labels(tokens: &[Token], names: &[(usize, usize)]) -> Vec<u8> {
    let mut labels = vec![0; tokens.len()];
    let mut at = 0;
    for (start, end) in names {
        while tokens.get(at).is_some_and(|t| (t.end as usize) <= *start) {
            at += 1;
        }
        let mut label = 1;
        while tokens.get(at).is_some_and(|t| (t.start as usize) < *end) {
            let address = tokens[at].kind == tokens::Kind::Address;
            labels[at] = if address { 0 } else { label };
            label = 2;
            at += 1;
        }
    }
    labels
}

/// e^x, the same on every machine; about seven digits.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 80.0)) * std::f64::consts::LOG2_E;
    let whole = x.floor();
    let t = (x - whole) * std::f64::consts::LN_2;
    let series = 1.0
        + t * (1.0
            + t / 2.0
                * (1.0
                    + t / 3.0
                        * (1.0 + t / 4.0 * (1.0 + t / 5.0 * (1.0 + t / 6.0 * (1.0 + t / 7.0))))));
    (series * f64::from_bits(((whole as i64 + 1023) as u64) << 52)) as f32
}

struct Learner {
    weights: Vec<[f32; 2]>,
    squares: Vec<[f32; 2]>,
    transitions: [[f32; 3]; 3],
    transition_squares: [[f32; 3]; 3],
}

/// Learns a model.
pub fn learn(texts: &[Text], settings: &Settings, recipe: String) -> Model {
    let mut rng = Rng::new(settings.seed);
    let all = prepare(texts, settings, &mut rng);
    eprintln!(
        "{} tokens, {} stretches, {} features",
        all.labels.len(),
        all.stretches.len() - 1,
        all.values.len()
    );
    let places = 1 << settings.bits;
    let mut learner = Learner {
        weights: vec![[0.0; 2]; places],
        squares: vec![[0.02; 2]; places],
        transitions: [[0.0, 0.0, -6.0], [0.0; 3], [0.0; 3]],
        transition_squares: [[1.0; 3]; 3],
    };
    let mut order: Vec<usize> = (0..all.stretches.len() - 1).collect();
    for epoch in 0..settings.epochs {
        rng.shuffle(&mut order);
        let rate = settings.rate * (1.0 - 0.75 * epoch as f32 / settings.epochs as f32);
        let mut loss = 0.0;
        for &stretch in &order {
            loss += learner.step(&all, stretch, settings, rate, &mut rng);
        }
        eprintln!("epoch {}: wrong by {:.4} a token", epoch + 1, loss / all.labels.len() as f64);
    }
    learner.rounded(settings, recipe)
}

impl Learner {
    /// Learns one stretch; returns by how much the probabilities of its tokens were wrong.
    fn step(
        &mut self,
        all: &Examples,
        stretch: usize,
        settings: &Settings,
        rate: f32,
        rng: &mut Rng,
    ) -> f64 {
        let (start, end) = (all.stretches[stretch], all.stretches[stretch + 1]);
        let key = (rng.next() >> 32) as u32 | 1;
        let limit = (settings.leave_out * 65_536 / 100) as u32;
        let kept = |value: u32, token: usize| {
            let mixed = (value ^ (token as u32).wrapping_mul(0x85eb_ca6b)).wrapping_mul(key);
            mixed.wrapping_mul(0x9e37_79b1) >> 16 >= limit
        };
        let mut ranges = Vec::with_capacity(end - start);
        let mut gains: Vec<[f32; 3]> = Vec::with_capacity(end - start);
        for token in start..end {
            let (from, own) = all.tokens[token];
            let skip = if rng.percent(settings.hide_word) { usize::from(own) } else { 0 };
            let range = from + skip..all.tokens[token + 1].0;
            let mut score = [0.0_f32; 2];
            for &value in &all.values[range.clone()] {
                if kept(value, token) {
                    let [first, inside] = self.weights[value as usize];
                    score[0] += first;
                    score[1] += inside;
                }
            }
            ranges.push(range);
            let top = score[0].max(score[1]).max(0.0);
            gains.push([exp(-top), exp(score[0] - top), exp(score[1] - top)]);
        }
        let (marginals, pairs) = self.sums(&gains);
        let labels = &all.labels[start..end];
        self.learn_transitions(labels, &pairs, rate);
        let mut loss = 0.0;
        for ((i, range), marginal) in ranges.into_iter().enumerate().zip(marginals) {
            let gold = usize::from(labels[i]);
            loss += f64::from(1.0 - marginal[gold]);
            let error = [1, 2].map(|l| marginal[l] - if gold == l { 1.0 } else { 0.0 });
            if error[0].abs() < 0.003 && error[1].abs() < 0.003 {
                continue;
            }
            for &value in &all.values[range] {
                if !kept(value, start + i) {
                    continue;
                }
                let (weight, square) =
                    (&mut self.weights[value as usize], &mut self.squares[value as usize]);
                for l in 0..2 {
                    let gradient = error[l] + settings.pull * weight[l];
                    square[l] += gradient * gradient;
                    weight[l] -= rate * gradient / square[l].sqrt();
                }
            }
        }
        loss
    }

    /// Probabilities of the labels of each token, and expected numbers of the transitions. Outside is before
    /// and behind a stretch.
    fn sums(&self, gains: &[[f32; 3]]) -> (Vec<[f32; 3]>, [[f32; 3]; 3]) {
        let moves = self.transitions.map(|row| row.map(exp));
        let scaled = |v: [f32; 3]| {
            let all = v[0] + v[1] + v[2];
            v.map(|x| x / all)
        };
        let mut forward = vec![[1.0, 0.0, 0.0]];
        for gain in gains {
            let before = forward[forward.len() - 1];
            let next = [0, 1, 2].map(|to| {
                (before[0] * moves[0][to] + before[1] * moves[1][to] + before[2] * moves[2][to])
                    * gain[to]
            });
            forward.push(scaled(next));
        }
        let mut behind = [moves[0][0], moves[1][0], moves[2][0]];
        let mut marginals = vec![[0.0; 3]; gains.len()];
        let mut pairs = [[0.0; 3]; 3];
        let last = scaled([0, 1, 2].map(|l| forward[gains.len()][l] * behind[l]));
        (0..3).for_each(|l| pairs[l][0] += last[l]);
        for i in (0..gains.len()).rev() {
            marginals[i] = scaled([0, 1, 2].map(|l| forward[i + 1][l] * behind[l]));
            let mut joint = [[0.0; 3]; 3];
            let mut all = 0.0;
            for from in 0..3 {
                for to in 0..3 {
                    joint[from][to] =
                        forward[i][from] * moves[from][to] * gains[i][to] * behind[to];
                    all += joint[from][to];
                }
            }
            for from in 0..3 {
                for to in 0..3 {
                    pairs[from][to] += joint[from][to] / all;
                }
            }
            behind = scaled([0, 1, 2].map(|from| joint_row(&moves[from], &gains[i], &behind)));
        }
        (marginals, pairs)
    }

    fn learn_transitions(&mut self, labels: &[u8], pairs: &[[f32; 3]; 3], rate: f32) {
        let mut gradient = *pairs;
        let mut before = 0;
        for label in labels.iter().map(|l| usize::from(*l)).chain([0]) {
            gradient[before][label] -= 1.0;
            before = label;
        }
        for from in 0..3 {
            for to in 0..3 {
                if (from, to) == (0, 0) {
                    continue;
                }
                let g = gradient[from][to];
                self.transition_squares[from][to] += g * g;
                self.transitions[from][to] -= rate * g / self.transition_squares[from][to].sqrt();
            }
        }
    }

    /// Whole numbers for the file. One in 2,000 weights is so large that it is cut.
    fn rounded(&self, settings: &Settings, recipe: String) -> Model {
        let mut sizes: Vec<f32> =
            self.weights.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let largest = sizes.get(sizes.len() * 1999 / 2000).copied().unwrap_or(1.0);
        let unit = largest / 127.0;
        let step = settings.step as f32;
        let weights = self.weights.iter().map(|pair| {
            pair.map(|w| {
                let units = if (w / unit).abs() < settings.least { 0.0 } else { w / unit };
                ((units / step).round() * step).clamp(-127.0, 127.0) as i8
            })
        });
        let transitions = self.transitions.map(|row| row.map(|t| (t / unit).round() as i32));
        Model::new(recipe, settings.bits, unit, transitions, weights.collect())
    }
}

fn joint_row(moves: &[f32; 3], gain: &[f32; 3], behind: &[f32; 3]) -> f32 {
    moves[0] * gain[0] * behind[0] + moves[1] * gain[1] * behind[1] + moves[2] * gain[2] * behind[2]
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn powers_are_right() {
        for x in [-70.0, -3.3, -0.01, 0.0, 0.5, 1.0, 20.0_f32] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-6, "{x}");
        }
    }
}
