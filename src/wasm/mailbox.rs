//! Mailboxes of the page: a file of the browser is read piece by piece, so that one of any size is taken
//! apart by the same rules as everywhere.

use std::io::{self, BufReader, Read};

use wasm_bindgen::prelude::*;
use web_sys::{Blob, FileReaderSync};

use crate::mime::mbox::{Mail, Mails};

/// Bytes that are read from a file at once: a call to the browser costs more than the bytes.
const CHUNK: usize = 4 << 20;

/// A mailbox is gone through in stretches of this many bytes or messages, whichever are reached first.
const STRETCH: (u64, usize) = (64 << 20, 5_000);

/// A file of the browser. Can be read in a worker only.
struct BlobReader {
    blob: Blob,
    reader: FileReaderSync,
    at: f64,
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let failed = |_| io::Error::other("the file cannot be read");
        // Sizes of files are whole numbers that a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "a buffer is far smaller than 2^53")]
        let end = (self.at + buffer.len() as f64).min(self.blob.size());
        if end <= self.at {
            return Ok(0);
        }
        let slice = self.blob.slice_with_f64_and_f64(self.at, end).map_err(failed)?;
        let bytes = self.reader.read_as_array_buffer(&slice).map_err(failed)?;
        let bytes = js_sys::Uint8Array::new(&bytes);
        let read = bytes.length() as usize;
        let buffer = buffer.get_mut(..read);
        bytes.copy_to(buffer.ok_or_else(|| io::Error::other("more than asked for"))?);
        self.at = end;
        Ok(read)
    }
}

/// Where the messages of a mailbox are, from byte `from` on, at which one begins: for each four bytes of the
/// file, at which its separator line begins, itself begins, itself ends, and the next entry begins. Ends after
/// a stretch: the last of them tells where the next call goes on, until that is the size of the file.
///
/// # Errors
/// What the browser says, if the file cannot be read.
pub(super) fn entries(blob: &Blob, from: f64) -> Result<Vec<f64>, JsValue> {
    let reader = BlobReader { blob: blob.clone(), reader: FileReaderSync::new()?, at: from };
    let mut mails = Mails::new(BufReader::with_capacity(CHUNK, reader));
    let mut entries = Vec::new();
    let mut start = 0;
    while start < STRETCH.0 && entries.len() < 4 * STRETCH.1 {
        let Some(mail) = mails.next().map_err(|e| JsValue::from_str(&e.to_string()))? else {
            break;
        };
        let end = mails.position();
        let Mail { separator, message, gap } = mail;
        // One that is too large is a message as a whole, and fails by itself.
        let inner = match message {
            Some(_) => [start + separator.len() as u64, end - gap.len() as u64],
            None => [start, end],
        };
        #[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
        entries.extend([start, inner[0], inner[1], end].map(|at| from + at as f64));
        start = end;
    }
    Ok(entries)
}
