//! Inputs as the messages in them, in order, a handful at a time: whatever their size, what is in memory
//! is bounded.

use std::{
    fs::File,
    io::{self, BufReader, Read},
};

use caviard::{
    limits::MAX_MESSAGE,
    mime::mbox::{Mail, Mails, is_mbox},
    session::is_mailbox,
};

use super::inputs::Input;

/// One message.
pub struct Unit {
    /// Index of its file.
    pub input: usize,
    pub source: Source,
}

pub enum Source {
    /// A file of its own, read when it is its turn.
    File,
    /// A message of a mailbox, and its number, from 1.
    Mail(usize, Mail),
    /// The end of a mailbox that had so many messages.
    End(usize),
    /// A file that could not be read further.
    Error(String),
}

impl Unit {
    pub fn is_message(&self) -> bool {
        matches!(self.source, Source::File | Source::Mail(..))
    }
}

/// Most messages, and about most bytes, that are in work together.
const CHUNK: (usize, u64) = (256, 48 << 20);

/// The messages of all inputs.
pub struct Units<'a> {
    inputs: &'a [Input],
    next: usize,
    open: Option<Open>,
}

/// A mailbox that is being read.
struct Open {
    mails: Mails<BufReader<File>>,
    /// What was read of it to see that it is a mailbox.
    ahead: std::vec::IntoIter<Mail>,
    number: usize,
}

impl<'a> Units<'a> {
    pub fn new(inputs: &'a [Input]) -> Self {
        Self { inputs, next: 0, open: None }
    }

    /// The next messages; none at the end.
    pub fn chunk(&mut self) -> Vec<Unit> {
        let (mut units, mut bytes) = (Vec::new(), 0);
        while units.len() < CHUNK.0 && bytes < CHUNK.1 {
            let Some(unit) = self.unit() else { break };
            bytes += match &unit.source {
                Source::File => self.inputs.get(unit.input).map_or(0, |input| input.size),
                Source::Mail(_, mail) => mail.message.as_ref().map_or(0, |m| m.len() as u64),
                _ => 0,
            };
            units.push(unit);
        }
        units
    }

    /// Whether anything may be left.
    pub fn more(&self) -> bool {
        self.open.is_some() || self.next < self.inputs.len()
    }

    fn unit(&mut self) -> Option<Unit> {
        if let Some(open) = &mut self.open {
            let input = self.next - 1;
            let next = match open.ahead.next() {
                Some(mail) => Ok(Some(mail)),
                None => open.mails.next(),
            };
            let source = match next {
                Ok(Some(mail)) => {
                    open.number += 1;
                    Source::Mail(open.number, mail)
                }
                Ok(None) => Source::End(open.number),
                Err(error) => Source::Error(error.to_string()),
            };
            if !matches!(source, Source::Mail(..)) {
                self.open = None;
            }
            return Some(Unit { input, source });
        }
        let input = self.inputs.get(self.next)?;
        self.next += 1;
        match open_mailbox(input) {
            Ok(None) => Some(Unit { input: self.next - 1, source: Source::File }),
            Ok(open) => {
                self.open = open;
                self.unit()
            }
            Err(error) => {
                Some(Unit { input: self.next - 1, source: Source::Error(error.to_string()) })
            }
        }
    }
}

/// A file as a mailbox, if it is one: by its name, or because it holds several messages.
fn open_mailbox(input: &Input) -> io::Result<Option<Open>> {
    let named = is_mailbox(&input.path.to_string_lossy(), &[]);
    if !named {
        let mut head = Vec::new();
        File::open(&input.path)?.take(2048).read_to_end(&mut head)?;
        if !is_mbox(&head) {
            return Ok(None);
        }
    }
    let mut mails = Mails::new(BufReader::new(File::open(&input.path)?));
    let mut ahead = Vec::new();
    while ahead.len() < 2
        && let Some(mail) = mails.next()?
    {
        ahead.push(mail);
    }
    if !named && ahead.len() < 2 {
        return Ok(None);
    }
    Ok(Some(Open { mails, ahead: ahead.into_iter(), number: 0 }))
}

/// The bytes of a message, or why there are none.
pub fn bytes_of<'u>(
    unit: &'u Unit,
    inputs: &[Input],
) -> Result<std::borrow::Cow<'u, [u8]>, String> {
    let too_large = || format!("larger than {} MB", MAX_MESSAGE >> 20);
    match &unit.source {
        Source::Mail(_, mail) => mail.message.as_deref().map(Into::into).ok_or_else(too_large),
        Source::File => {
            let Some(input) = inputs.get(unit.input) else { return Ok((&[][..]).into()) };
            if input.size > MAX_MESSAGE as u64 {
                return Err(too_large());
            }
            let bytes = std::fs::read(&input.path).map_err(|error| error.to_string())?;
            if bytes.len() > MAX_MESSAGE { Err(too_large()) } else { Ok(bytes.into()) }
        }
        Source::Error(why) => Err(why.clone()),
        Source::End(_) => Ok((&[][..]).into()),
    }
}

/// As [`bytes_of`], but of a file no more than its header needs.
pub fn head_of<'u>(unit: &'u Unit, inputs: &[Input]) -> std::borrow::Cow<'u, [u8]> {
    const HEAD: u64 = 64 << 10;
    match &unit.source {
        Source::Mail(..) => bytes_of(unit, inputs).unwrap_or_default(),
        Source::File => {
            let mut head = Vec::new();
            if let Some(file) = inputs.get(unit.input).and_then(|i| File::open(&i.path).ok()) {
                // What cannot be read is told when the whole of it is read.
                let _ = file.take(HEAD).read_to_end(&mut head);
            }
            head.into()
        }
        _ => (&[][..]).into(),
    }
}
