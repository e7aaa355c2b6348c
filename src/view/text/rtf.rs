//! Rich Text Format (RTF 1.9.1): text between control words, characters as `\'e9` and `\u233?`.

use encoding_rs::Encoding;

use crate::{
    place::Place,
    span::Span,
    view::child::{Builder, Child, Grammar, slice},
};

static RTF: Rtf = Rtf;

/// Groups whose text is not shown. (`\*` marks others.)
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "generator",
    "listtable",
    "filetbl",
    "themedata",
    "datastore",
    "latentstyles",
    "xmlnstbl",
];
/// Groups that hold hexadecimal data.
const BINARY: &[&str] =
    &["pict", "objdata", "blipuid", "themedata", "colorschememapping", "datastore"];

/// The views of a document: its text, and the text of groups that are not shown (author, fonts,
/// fields).
pub(super) fn views(text: &str, media_type: &str) -> Vec<Child> {
    let mut reader = Reader::new(text);
    reader.read();
    let place = Place::AttachmentText { media_type: media_type.to_owned() };
    let mut views = vec![Child::new(place.clone(), reader.shown.finish(), &RTF)];
    if !reader.hidden.text().trim().is_empty() {
        views.push(Child::new(place, reader.hidden.finish(), &RTF));
    }
    views
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Shown,
    Hidden,
    Nothing,
}

#[derive(Clone, Copy)]
struct Group {
    into: Into,
    /// How many characters stand behind `\u` for readers that do not know it.
    fallback: usize,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    shown: Builder,
    hidden: Builder,
    group: Group,
    outer: Vec<Group>,
    encoding: &'static Encoding,
    /// Octets of `\'xx` that stand one behind the other, and their span.
    octets: Vec<u8>,
    octets_at: Span,
    /// Fallback characters still to be skipped.
    skip: usize,
    /// The first half of a surrogate pair, and where its escape begins.
    high: Option<(u32, usize)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            shown: Builder::default(),
            hidden: Builder::default(),
            group: Group { into: Into::Shown, fallback: 1 },
            outer: Vec::new(),
            encoding: encoding_rs::WINDOWS_1252,
            octets: Vec::new(),
            octets_at: Span::new(0, 0),
            skip: 0,
            high: None,
        }
    }

    fn write(&mut self, write: impl FnOnce(&mut Builder)) {
        self.flush();
        match self.group.into {
            Into::Shown => write(&mut self.shown),
            Into::Hidden => write(&mut self.hidden),
            Into::Nothing => {}
        }
    }

    /// Writes the octets that were read: one by one in a charset of one byte, else in one piece.
    fn flush(&mut self) {
        if self.octets.is_empty() {
            return;
        }
        let (octets, at) = (std::mem::take(&mut self.octets), self.octets_at);
        let encoding = self.encoding;
        let decode = |octets: &[u8]| encoding.decode_without_bom_handling(octets).0.into_owned();
        let single = encoding.is_single_byte() && at.len() == 4 * octets.len();
        self.write(|out| {
            if !single {
                return out.atom(&decode(&octets), at);
            }
            for (i, octet) in octets.iter().enumerate() {
                let start = at.start + 4 * i;
                out.atom(&decode(&[*octet]), Span::new(start, start + 4));
            }
        });
    }

    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let start = self.at;
            match byte {
                b'{' => {
                    self.flush();
                    self.outer.push(self.group);
                    (self.at, self.skip) = (start + 1, 0);
                }
                b'}' => {
                    self.flush();
                    self.group = self.outer.pop().unwrap_or(self.group);
                    (self.at, self.skip) = (start + 1, 0);
                }
                b'\r' | b'\n' => {
                    self.at += 1;
                    self.write(|out| out.attach(Span::new(start, start + 1)));
                }
                b'\\' => self.control(),
                _ if self.skip > 0 => {
                    self.skip -= 1;
                    self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
                    self.write(|out| out.attach(Span::new(start, start)));
                }
                _ => {
                    let rest = &bytes[start..];
                    let len =
                        rest.iter().position(|b| b"{}\\\r\n".contains(b)).unwrap_or(rest.len());
                    self.at += len;
                    let text = self.text;
                    self.write(|out| out.verbatim(text, Span::new(start, start + len)));
                }
            }
        }
        self.flush();
    }

    fn control(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let Some(next) = bytes.get(start + 1) else {
            self.at += 1;
            return;
        };
        if next.is_ascii_alphabetic() {
            return self.word();
        }
        let len = self.text[start + 1..].chars().next().map_or(1, char::len_utf8);
        self.at = start + 1 + len;
        let whole = Span::new(start, self.at);
        match next {
            b'\'' => self.octet(start),
            b'*' => self.group.into = Into::Hidden.min(self.group.into),
            b'~' => self.write(|out| out.atom("\u{A0}", whole)),
            b'_' => self.write(|out| out.atom("-", whole)),
            b'-' => self.write(|out| out.attach(whole)),
            b'\\' | b'{' | b'}' => {
                let text = &self.text[start + 1..whole.end];
                self.write(|out| out.atom(text, whole));
            }
            b'\r' | b'\n' => self.write(|out| out.atom("\n", whole)),
            _ => {}
        }
    }

    fn octet(&mut self, start: usize) {
        let digits = self.text.get(start + 2..start + 4);
        let Some(octet) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
            return;
        };
        self.at = start + 4;
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.octets.is_empty() || self.octets_at.end != start {
            self.flush();
            self.octets_at = Span::new(start, start);
        }
        self.octets.push(octet);
        self.octets_at.end = start + 4;
    }

    fn word(&mut self) {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let count =
            |at: usize, is: fn(&u8) -> bool| bytes[at..].iter().take_while(|b| is(b)).count();
        let name_end = start + 1 + count(start + 1, u8::is_ascii_alphabetic);
        let minus = usize::from(bytes.get(name_end) == Some(&b'-'));
        let digits = count(name_end + minus, u8::is_ascii_digit);
        let mut end = if digits > 0 { name_end + minus + digits } else { name_end };
        let value: Option<i64> = self.text[name_end..end].parse().ok();
        end += usize::from(bytes.get(end) == Some(&b' '));
        self.at = end;
        let name = &self.text[start + 1..name_end];
        let whole = Span::new(start, end);
        match (name, value) {
            ("u", Some(code)) => return self.unicode(code, whole),
            ("uc", Some(count)) => {
                self.group.fallback = usize::try_from(count).unwrap_or(1).min(16)
            }
            ("ansicpg", Some(page)) => {
                self.flush();
                self.encoding = code_page(page).unwrap_or(self.encoding);
            }
            ("bin", Some(len)) => {
                let len = usize::try_from(len).unwrap_or(0);
                let mut end = end.saturating_add(len).min(bytes.len());
                while !self.text.is_char_boundary(end) {
                    end += 1;
                }
                self.at = end;
            }
            ("par" | "line" | "row" | "cell" | "page" | "sect", _) => {
                self.write(|out| out.synthetic("\n", end));
            }
            ("tab", _) => self.write(|out| out.atom("\t", whole)),
            ("emdash", _) => self.write(|out| out.atom("—", whole)),
            ("endash", _) => self.write(|out| out.atom("–", whole)),
            ("lquote", _) => self.write(|out| out.atom("‘", whole)),
            ("rquote", _) => self.write(|out| out.atom("’", whole)),
            _ if BINARY.contains(&name) => self.group.into = Into::Nothing,
            _ if HIDDEN.contains(&name) => self.group.into = Into::Hidden.min(self.group.into),
            _ => {}
        }
        if matches!(name, "author" | "operator" | "title" | "f" | "company" | "manager") {
            self.write(|out| {
                if !out.text().is_empty() && !out.text().ends_with('\n') && name != "f" {
                    out.synthetic("\n", end);
                }
            });
        }
    }

    fn unicode(&mut self, code: i64, whole: Span) {
        // Signed 16 bits.
        let unit = u32::try_from(code.rem_euclid(0x1_0000)).unwrap_or(0);
        self.skip = self.group.fallback;
        let high = self.high.take();
        let (c, start) = match (high, unit) {
            (_, 0xD800..=0xDBFF) => {
                self.high = Some((unit, whole.start));
                return;
            }
            (Some((high, start)), 0xDC00..=0xDFFF) => {
                (char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00)), start)
            }
            _ => (char::from_u32(unit), whole.start),
        };
        let end = self.fallback_end(whole.end);
        let text = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.write(|out| out.atom(text.encode_utf8(&mut [0; 4]), Span::new(start, end)));
        self.at = end;
    }

    /// Behind the fallback characters at `at`, which go with the escape.
    fn fallback_end(&mut self, mut at: usize) -> usize {
        while self.skip > 0 {
            let rest = slice(self.text, Span::new(at, self.text.len()));
            let len = match rest.as_bytes() {
                [b'\\', b'\'', _, _, ..] if rest.is_char_boundary(4) => 4,
                [b'\\' | b'{' | b'}' | b'\r' | b'\n', ..] | [] => break,
                _ => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += len;
            self.skip -= 1;
        }
        self.skip = 0;
        at
    }
}

impl Into {
    /// What is hidden or nothing stays so.
    fn min(self, outer: Self) -> Self {
        if outer == Self::Nothing { outer } else { self }
    }
}

fn code_page(page: i64) -> Option<&'static Encoding> {
    match page {
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        10000 => Some(encoding_rs::MACINTOSH),
        65001 => Some(encoding_rs::UTF_8),
        _ => Encoding::for_label(format!("windows-{page}").as_bytes()),
    }
}

struct Rtf;

impl Grammar for Rtf {
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 4);
        // Behind a control word, a letter or a digit would go on with it: a space ends it.
        let before = source.get(run.start.saturating_sub(34)..run.start).unwrap_or_default();
        let word =
            before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let control = word > 0
            && before.len().checked_sub(word + 1).and_then(|i| before.get(i)) == Some(&b'\\');
        out.extend(control.then_some(b' '));
        for c in String::from_utf8_lossy(text).chars() {
            match c {
                '\\' | '{' | '}' => out.extend([b'\\', c as u8]),
                '\n' => out.extend_from_slice(b"\\line "),
                ' '..='~' => out.push(c as u8),
                _ => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        out.extend(format!("\\u{}?", unit.cast_signed()).bytes());
                    }
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    fn read(source: &str) -> String {
        views(source, "text/rtf").remove(0).text
    }

    #[test]
    fn d30_escapes_and_control_words() {
        let source = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Zel Quorn}}\f0 Ren\'e9e \b Quo\b0 r\u322?n\par \{x\}\~y\-z}";
        let views = views(source, "text/rtf");
        assert_eq!(views[0].text, "Renée Quorłn\n{x}\u{A0}yz");
        assert!(views[1].text.contains("Zel Quorn"));
        let edit = Edit { span: Span::new(0, 13), with: "Né{}".into(), label: None };
        let view = &views[0];
        let put = view.codec.put(source.as_bytes(), view.text.as_bytes(), &view.map, &[edit]);
        let after = String::from_utf8(apply(source.as_bytes(), &put)).unwrap();
        assert_eq!(read(&after), "Né{}n\n{x}\u{A0}yz");
    }

    #[test]
    fn unicode_and_code_pages() {
        assert_eq!(read(r"{\rtf1\uc2 a\u-10179\'e2\'82\u-8704\'e2\'82b}"), "a😀b");
        assert_eq!(read(r"{\rtf1\ansicpg932 \'83\'65\'83\'58}"), "テス");
        assert_eq!(read(r"{\rtf1\ansicpg1251 \'c7}"), "З");
        assert_eq!(read(r"{\rtf1 a{\pict 89504e47}b{\*\x c}\bin2 {{d}"), "abd");
    }

    #[test]
    fn anything_is_read() {
        for source in
            ["\\", "{{{", "}}}", "\\'", "\\'z", "\\u", "\\u99999999999", "\\bin9", "\\u1", "é\\'éa"]
        {
            assert_eq!(views(source, "text/rtf").len().min(1), 1);
        }
    }
}
