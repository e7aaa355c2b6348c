//! What the model looks at: each property of a token and its neighbours is a number, which is hashed to
//! a place in the table of weights.

use super::{
    lines::{Line, Sort},
    tokens::{Case, Kind, Token},
};
use crate::detect::Language;

/// Most features that a token has.
pub const MOST: usize = 76;

/// Raised when the features change, so that no model is read with features it was not trained for.
pub const VERSION: u32 = 1;

/// The features of one token.
pub struct Features {
    values: [u64; MOST],
    length: usize,
    /// How many of them tell which word it is. Training leaves them out now and then, so that the model
    /// learns to do without for names that it has not seen.
    pub own: usize,
}

impl Default for Features {
    fn default() -> Self {
        Self { values: [0; MOST], length: 0, own: 0 }
    }
}

impl Features {
    /// Their hashes. The upper bits are the best mixed.
    #[must_use]
    pub fn values(&self) -> &[u64] {
        self.values.get(..self.length).unwrap_or_default()
    }

    fn add(&mut self, value: u64) {
        // The number of the feature tells equal values of different features apart.
        let number = (self.length as u64 + 1).wrapping_mul(0xa24b_aed4_963e_e407);
        if let Some(slot) = self.values.get_mut(self.length) {
            let mixed = (value ^ value >> 29).wrapping_add(number);
            let mixed = (mixed ^ mixed >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *slot = mixed;
            self.length += 1;
        }
    }
}

/// Two values as one.
fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(26) ^ b).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

fn mix3(a: u64, b: u64, c: u64) -> u64 {
    mix(mix(a, b), c)
}

/// What a neighbour is to the features.
#[derive(Clone, Copy)]
struct View {
    word: u64,
    shape: u64,
    class: u64,
    groups: u64,
}

impl View {
    /// Beyond the text.
    const NONE: Self = Self { word: 7, shape: 7, class: 7, groups: 0 };

    fn of(token: &Token) -> Self {
        let case = token.case as u64;
        let word = u64::from(token.hash) << 3 | token.kind as u64;
        let shape = match token.kind {
            Kind::Word => case << 4 | u64::from(token.length.min(4)) << 8,
            Kind::Number => u64::from(token.hash) << 4 | 1,
            Kind::Mark => u64::from(token.hash) << 4 | 2,
            Kind::Break => u64::from(token.hash) << 4 | 3,
            Kind::Address => 4,
        };
        let class = match token.kind {
            Kind::Mark => 2048 + u64::from(token.hash),
            Kind::Break => 1100 + u64::from(token.hash),
            _ => token.class(),
        };
        Self { word, shape, class, groups: u64::from(token.groups.0) }
    }
}

fn view(tokens: &[Token], at: usize, by: isize) -> View {
    at.checked_add_signed(by).and_then(|i| tokens.get(i)).map_or(View::NONE, View::of)
}

/// Replaces `out` by the features of the token at `at`.
pub fn features(
    tokens: &[Token],
    lines: &[Line],
    at: usize,
    language: Option<Language>,
    out: &mut Features,
) {
    out.length = 0;
    let Some(token) = tokens.get(at) else { return };
    let me = View::of(token);
    let (b2, b1) = (view(tokens, at, -2), view(tokens, at, -1));
    let (a1, a2) = (view(tokens, at, 1), view(tokens, at, 2));
    let case = token.case as u64;
    let language = language.map_or(0, |l| l as u64 + 1);

    // Which word it is.
    let suffix = u64::from(token.suffix);
    out.add(me.word);
    out.add(me.word << 3 | case);
    out.add(u64::from(token.prefix) << 3 | case);
    out.add(u64::from(token.prefix >> 8) << 3 | case);
    out.add(suffix << 3 | case);
    out.add((suffix & 0xff_ffff) << 3 | case);
    out.add((suffix & 0xffff) << 3 | case);
    out.add(mix3(suffix & 0xff_ffff, language, case));
    out.add(mix(b1.word, me.word));
    out.add(mix(me.word, a1.word));
    out.own = out.length;

    // The words around it.
    out.add(case | language << 3);
    out.add(b1.word << 3 | case);
    out.add(a1.word << 3 | case);
    out.add(b2.word << 3 | case);
    out.add(a2.word << 3 | case);
    out.add(mix3(b1.word, a1.word, case));
    out.add(mix3(b2.word, b1.word, case));
    out.add(mix3(a1.word, a2.word, case));

    // How it and they are written.
    let glued =
        |i: isize| at.checked_add_signed(i).and_then(|i| tokens.get(i)).is_some_and(|t| t.glued);
    let glue = u64::from(glued(0)) | u64::from(glued(1)) << 1 | u64::from(glued(2)) << 2;
    out.add(mix(b1.shape, me.shape));
    out.add(mix(me.shape, a1.shape));
    out.add(mix3(b1.shape, me.shape, a1.shape));
    out.add(mix3(b2.shape, b1.shape, me.shape));
    out.add(mix3(me.shape, a1.shape, a2.shape));
    out.add(mix3(glue, me.shape, a1.shape));
    out.add(u64::from(token.length.min(14)) << 3 | case);

    // What the lexicon knows.
    let entry = token.entry;
    let (given, surname) = (u64::from(entry.given), u64::from(entry.surname));
    let common = u64::from(token.common);
    out.add(given << 3 | case);
    out.add(surname << 3 | case);
    out.add(common << 3 | case);
    out.add(given << 8 | common << 4 | case);
    out.add(surname << 8 | common << 4 | case);
    out.add(mix3(((given / 2) << 4) | (surname / 2), common / 2, case | language << 4));
    out.add(me.class << 2 | language);
    out.add(mix(b1.class, me.class));
    out.add(mix(me.class, a1.class));
    out.add(mix3(b1.class, me.class, a1.class));
    out.add(mix3(me.class, a1.class, a2.class));
    out.add(mix3(b2.class, b1.class, me.class));
    out.add(mix(me.class, b1.word));
    out.add(mix(me.class, a1.word));
    out.add(mix3(me.class, b1.word, b2.word));
    out.add(mix3(me.class, b1.word, a1.word));
    out.add(mix3(me.class, a1.word, a2.class));
    out.add(mix3(me.class, b1.word, b2.class));

    // On which lists of words they are.
    let (before, behind) = (b1.groups, a1.groups);
    out.add(mix(me.groups, me.class));
    out.add(mix(before, me.class));
    out.add(mix(behind, me.class));
    out.add(mix3(b2.groups, before, me.shape));
    out.add(mix3(behind, a2.groups, me.shape));
    out.add(mix3(before, me.class, behind));
    let b3 = view(tokens, at, -3);
    out.add(mix3(b3.groups, mix(b2.groups, b2.word & 7), mix(before, me.case_class())));

    let town = |i: isize| {
        let token = at.checked_add_signed(i).and_then(|i| tokens.get(i));
        token.map_or(0, |t| u64::from(t.town))
    };
    out.add(mix(town(0), me.class));
    out.add(mix3(town(0) | town(-1) << 2 | town(1) << 4, me.case_class(), b1.groups));
    out.add(mix3(town(0), me.shape, b1.word));

    in_line(token, lines, at, me, (a1, b1), out);
}

impl View {
    /// The class without how common the word is.
    fn case_class(self) -> u64 {
        self.class & 0x38f
    }
}

fn in_line(
    token: &Token,
    lines: &[Line],
    at: usize,
    me: View,
    (a1, b1): (View, View),
    out: &mut Features,
) {
    let line = lines.get(token.line as usize).copied().unwrap_or_default();
    let position = at.saturating_sub(line.start as usize).min(6) as u64;
    let length = match line.length {
        0..=1 => 0,
        2 => 1,
        3 => 2,
        4..=5 => 3,
        6..=9 => 4,
        10..=20 => 5,
        _ => 6,
    };
    let last = u64::from(at + 1 == (line.start + line.length) as usize);
    let sort = line.sort as u64;
    let sorts = sort | (line.before as u64) << 4;
    let place = position | length << 3 | last << 6 | u64::from(line.opens) << 7;
    let closing = u64::from(line.behind_closing);
    out.add(sort << 3 | position);
    out.add(mix(sort << 3 | position, me.class));
    out.add(mix(u64::from(line.key), me.class));
    out.add(mix3(u64::from(line.key), me.shape, a1.shape));
    out.add(mix(sort << 8 | place, me.class));
    out.add(mix(sorts << 3 | position.min(3), me.class));
    out.add(mix3(closing, place | u64::from(line.title) << 8, me.class));
    out.add(mix(u64::from(line.capitals), me.class));
    out.add(mix3(u64::from(line.title), place, me.shape));
    out.add(mix3(sort, b1.shape, mix(me.class, a1.shape)));
    let field = line.sort == Sort::PeopleField;
    out.add(mix3(u64::from(field), b1.class, mix(me.class, a1.class)));
}

/// Whether a token may be a name or begin one.
#[must_use]
pub fn may_name(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|t| t.kind == Kind::Word) else { return false };
    let entry = token.entry;
    if token.case != Case::Lower {
        // `The`, `Ich` and `Nous` begin sentences.
        return token.common < 9 || entry.given >= 2 || entry.surname >= 5 || token.length == 1;
    }
    if token.length < 2 {
        return false;
    }
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let called = before.is_some_and(|b| {
        use super::classes::Groups;
        b.groups.has(Groups::GREETING) || b.groups.has(Groups::TITLE)
    });
    let known = entry.given > 0 || entry.surname > 0 || entry.words == [0; 3];
    known && token.common < if called { 9 } else { 6 }
}
