//! From scores to names: the stretches of a text that may hold names, their best labels, and how
//! probable these are.

use super::{
    classes::Groups,
    features::may_name,
    model::{Label, Model, Score},
    tokens::{Kind, Token},
};

/// Tokens from `start` to `end`, of which the first and the last may be names and the others may be or
/// join such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first token.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
}

/// Longest stretch; tables of names are cut.
const LONGEST: usize = 200;

/// Most tokens between two words that may be names.
const MOST_JOINS: usize = 3;

/// The next stretch from `from` on.
#[must_use]
pub fn next_stretch(tokens: &[Token], from: usize) -> Option<Stretch> {
    let start = (from..tokens.len()).find(|i| may_name(tokens, *i))?;
    let mut end = start + 1;
    let mut at = end;
    while at < tokens.len() && at - start < LONGEST && at - end <= MOST_JOINS {
        if may_name(tokens, at) {
            end = at + 1;
        } else if !joins(tokens, at) {
            break;
        }
        at += 1;
    }
    Some(Stretch { start, end })
}

/// Whether a token may stand inside a name.
fn joins(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| match t.kind {
        Kind::Word => t.groups.has(Groups::PARTICLE),
        Kind::Mark => ['.', '-', '\'', ','].iter().any(|c| t.is_mark(*c)),
        Kind::Break => t.hash == 1,
        _ => false,
    })
}

/// The likeliest labels of a stretch, when being outside costs `bias` units.
pub fn best(model: &Model, scores: &[Score], bias: i32, labels: &mut Vec<Label>) {
    const NEVER: i32 = i32::MIN / 4;
    labels.clear();
    let mut back: Vec<[u8; 3]> = Vec::with_capacity(scores.len());
    // Before a stretch, everything is outside.
    let mut sums = [0, NEVER, NEVER];
    for score in scores {
        let mut next = [NEVER; 3];
        let mut from = [0_u8; 3];
        let gain = [-bias, score[0], score[1]];
        for to in 0..3 {
            for (before, label) in (0_u8..3).enumerate() {
                let sum = sums[before] + model.transitions[before][to] + gain[to];
                if sum > next[to] {
                    next[to] = sum;
                    from[to] = label;
                }
            }
        }
        sums = next;
        back.push(from);
    }
    let ends = [0, 1, 2].map(|l| sums[l] + model.transitions[l][0]);
    let mut label = if ends[0] >= ends[1] && ends[0] >= ends[2] {
        0
    } else if ends[1] >= ends[2] {
        1
    } else {
        2
    };
    for from in back.iter().rev() {
        labels.push([Label::Outside, Label::First, Label::Inside][label]);
        label = usize::from(from[label]);
    }
    labels.reverse();
}

/// How probable it is that each token is part of a name (forward and backward sums).
pub fn probabilities(model: &Model, scores: &[Score], out: &mut Vec<f32>) {
    out.clear();
    let unit = model.unit;
    let transition = model.transitions.map(|row| row.map(|t| (t as f32 * unit).exp()));
    let gains: Vec<[f32; 3]> = scores
        .iter()
        .map(|s| {
            // The largest gain is 1, so that no sum overflows.
            let top = s[0].max(s[1]).max(0);
            [0, s[0], s[1]].map(|g| ((g - top) as f32 * unit).exp())
        })
        .collect();
    let mut forward: Vec<[f32; 3]> = Vec::with_capacity(gains.len());
    let mut sums = [1.0, 0.0, 0.0];
    for gain in &gains {
        let next = [0, 1, 2].map(|to| {
            (sums[0] * transition[0][to]
                + sums[1] * transition[1][to]
                + sums[2] * transition[2][to])
                * gain[to]
        });
        sums = scaled(next);
        forward.push(sums);
    }
    let mut behind = [transition[0][0], transition[1][0], transition[2][0]];
    for (gain, forward) in gains.iter().zip(&forward).rev() {
        let joint = [0, 1, 2].map(|l| forward[l] * behind[l]);
        let all = joint[0] + joint[1] + joint[2];
        out.push(if all > 0.0 { 1.0 - joint[0] / all } else { 0.0 });
        let next = [0, 1, 2]
            .map(|from| (0..3).map(|to| transition[from][to] * gain[to] * behind[to]).sum::<f32>());
        behind = scaled(next);
    }
    out.reverse();
}

fn scaled(sums: [f32; 3]) -> [f32; 3] {
    let all = sums[0] + sums[1] + sums[2];
    if all > 0.0 { sums.map(|s| s / all) } else { [1.0, 0.0, 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        Model::new(String::new(), 8, 0.5, [[0, 0, -99], [0, -2, 1], [0, -2, 1]], vec![[0; 2]; 256])
    }

    #[test]
    fn labels_follow_the_scores_and_the_bias() {
        let mut labels = Vec::new();
        let scores = [[3, -5], [-5, 2], [-3, -3]];
        best(&model(), &scores, 0, &mut labels);
        assert_eq!(labels, [Label::First, Label::Inside, Label::Outside]);
        best(&model(), &[[-3, -9]], 0, &mut labels);
        assert_eq!(labels, [Label::Outside]);
        best(&model(), &[[-3, -9]], 4, &mut labels);
        assert_eq!(labels, [Label::First]);
        best(&model(), &[], 0, &mut labels);
        assert!(labels.is_empty());
    }

    #[test]
    fn probabilities_are_those_of_a_sum_over_all_labels() {
        let mut all = Vec::new();
        probabilities(&model(), &[[2, -400]], &mut all);
        let odds = (2.0_f32 * 0.5).exp();
        assert!((all[0] - odds / (1.0 + odds)).abs() < 1e-4, "{all:?}");
        probabilities(&model(), &vec![[-900, 900]; 400], &mut all);
        assert!(all.iter().all(|p| p.is_finite()));
    }
}
