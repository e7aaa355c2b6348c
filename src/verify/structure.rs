//! Whether the redacted message is still the same message: the tree of its parts, its damage, and that
//! nothing is left that was computed from the original text.

use std::collections::{BTreeSet, HashSet};

use mail_parser::{Message, MimeHeaders, PartType};

use super::{Failure, Options, gone};
use crate::limits::MAX_DEPTH;

/// Fields that hold a signature or digest of the text, or a key that names its owner. A digest of the body
/// lets anyone confirm a guess of what was redacted.
const SIGNATURE_FIELDS: [&str; 13] = [
    "dkim-signature",
    "x-google-dkim-signature",
    "domainkey-signature",
    "arc-seal",
    "arc-message-signature",
    "arc-authentication-results",
    "content-md5",
    "content-digest",
    "repr-digest",
    "autocrypt",
    "autocrypt-gossip",
    "x-pgp-signature",
    "x-me-proxy-signature",
];

/// Media types of detached and enveloped signatures.
const SIGNATURE_TYPES: [&str; 4] = [
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "multipart/signed",
];

/// The code of a body that can no longer be decoded.
pub const ENCODING: &str = "structure.encoding";

/// Fields that no profile drops.
const KEPT_FIELDS: [&str; 4] = ["date", "from", "mime-version", "content-type"];

/// One part, as far as structure goes.
#[derive(Default)]
pub struct Node {
    /// Media type in lower case.
    pub kind: String,
    /// The parts in it.
    pub children: Vec<Node>,
    /// The transfer encoding could not be decoded.
    pub undecodable: bool,
    /// Characters that the charset does not have.
    pub replaced: usize,
    /// A multipart without its closing delimiter.
    pub unclosed: bool,
    /// Names of its fields in lower case.
    pub fields: BTreeSet<String>,
    /// An inline signature of OpenPGP.
    pub signed_text: bool,
    /// Whether its type names an algorithm or a protocol of a signature.
    pub promises: bool,
    /// Fields with an id that was not replaced.
    pub ids: Vec<String>,
    /// Nothing but the stub of a removed part.
    pub is_stub: bool,
}

impl Node {
    /// Whether it has a field of this name, in lower case.
    fn has(&self, name: &str) -> bool {
        self.fields.contains(name)
    }
}

/// Appends what is wrong with the structure of `redacted`.
pub fn compare(
    original: (&[u8], Option<&Message>),
    redacted: (&[u8], Option<&Message>),
    options: &Options,
    failures: &mut Vec<Failure>,
) {
    if header_damage(redacted.0) > header_damage(original.0) {
        failures.push(Failure::damage("structure.header", "header block"));
    }
    let before = original.1.map(|m| tree(m, 0));
    let after = redacted.1.map(|m| tree(m, 0));
    let (Some(before), Some(after)) = (before, after) else {
        if original.1.is_some() {
            failures.push(Failure::damage("structure.unreadable", "message"));
        }
        return;
    };
    for field in KEPT_FIELDS {
        if before.has(field) && !after.has(field) {
            failures.push(Failure::damage("structure.field", &format!("field {field}")));
        }
    }
    let mut removed = options.removed_parts;
    same(&before, &after, "part 0", &mut removed, failures);
    signatures(&after, "part 0", failures);
}

/// Appends a failure if fewer stubs were added than parts had to be removed.
pub fn removals(
    original: (&[u8], Option<&Message>),
    redacted: (&[u8], Option<&Message>),
    options: &Options,
    failures: &mut Vec<Failure>,
) {
    let stubs = gone::stubs(redacted.0, redacted.1);
    if stubs < gone::stubs(original.0, original.1) + options.removed_parts {
        let place = "message".to_owned();
        failures.push(Failure { promise: 8, code: "structure.kept", place, secret: None });
    }
}

fn tree(message: &Message, depth: usize) -> Node {
    let closings = closing_lines(&message.raw_message);
    node(message, 0, &closings, depth)
}

fn node(message: &Message, id: usize, closings: &HashSet<&[u8]>, depth: usize) -> Node {
    let mut node = Node::default();
    let Some(part) = message.parts.get(id).filter(|_| depth <= MAX_DEPTH) else { return node };
    let declared = part.content_type();
    node.kind = match (declared, &part.body) {
        (Some(kind), _) => {
            format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or_default())
        }
        (None, PartType::Message(_)) => "message/rfc822".to_owned(),
        (None, _) => "text/plain".to_owned(),
    }
    .to_ascii_lowercase();
    let attribute = |name| declared.is_some_and(|kind| kind.attribute(name).is_some());
    node.promises = attribute("micalg") || attribute("protocol");
    node.undecodable = part.is_encoding_problem;
    for header in &part.headers {
        let name = header.name.as_str().to_ascii_lowercase();
        let span = header.offset_start as usize..header.offset_end as usize;
        if gone::holds_ids(&name) && message.raw_message.get(span).is_some_and(gone::has_id) {
            node.ids.push(name.clone());
        }
        node.fields.insert(name);
    }
    match &part.body {
        PartType::Multipart(children) => {
            node.children = children
                .iter()
                .map(|c| self::node(message, *c as usize, closings, depth + 1))
                .collect();
            let boundary = declared.and_then(|kind| kind.attribute("boundary")).unwrap_or_default();
            node.unclosed = !closings.contains(boundary.as_bytes());
        }
        PartType::Message(inner) => node.children = vec![tree(inner, depth + 1)],
        PartType::Text(text) | PartType::Html(text) => {
            node.replaced = text.matches('\u{fffd}').count();
            node.signed_text = text.contains("-----BEGIN PGP SIGNATURE-----");
            node.is_stub = gone::is_stub(text);
        }
        PartType::Binary(_) | PartType::InlineBinary(_) => {}
    }
    node
}

/// The boundaries of which a closing line (`--boundary--`) occurs.
fn closing_lines(raw: &[u8]) -> HashSet<&[u8]> {
    // Each line that begins with hyphens begins with the first two of them.
    let closing = |at: usize| {
        let starts = at == 0 || matches!(raw.get(at - 1), Some(b'\n' | b'\r'));
        let rest = raw.get(at + 2..).filter(|_| starts)?;
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        rest.get(..end)?.trim_ascii_end().strip_suffix(b"--")
    };
    memchr::memmem::find_iter(raw, b"--").filter_map(closing).collect()
}

/// Compares two trees. `removed` is how many parts may still be missing or replaced by a stub.
pub fn same(
    before: &Node,
    after: &Node,
    place: &str,
    removed: &mut usize,
    failures: &mut Vec<Failure>,
) {
    let unsigned = before.kind == "multipart/signed" && after.kind == "multipart/mixed";
    if before.kind != after.kind && !unsigned && !is_renamed(&before.kind, &after.kind) {
        if *removed > 0 && after.children.is_empty() {
            *removed -= 1;
        } else {
            failures.push(Failure::damage("structure.type", place));
        }
        return;
    }
    if unsigned && after.promises {
        failures.push(Failure::leak(
            "signature.field",
            format!("{place} > field content-type"),
            None,
        ));
    }
    if after.undecodable && !before.undecodable {
        failures.push(Failure::damage(ENCODING, place));
    }
    if after.replaced > before.replaced {
        failures.push(Failure::damage("structure.charset", place));
    }
    if after.unclosed && !before.unclosed {
        failures.push(Failure::damage("structure.delimiter", place));
    }
    let mut rest = before.children.iter();
    for (number, child) in after.children.iter().enumerate() {
        // Where parts are missing, the next of the same kind is the one that stayed.
        let missing = rest.len().saturating_sub(after.children.len() - number);
        let ahead = rest.as_slice().iter().take(missing.min(*removed) + 1);
        let skip = ahead.clone().position(|c| c.kind == child.kind).unwrap_or(0);
        *removed -= skip.min(*removed);
        rest.by_ref().take(skip).for_each(drop);
        match rest.next() {
            Some(twin) => same(twin, child, &format!("{place}.{}", number + 1), removed, failures),
            // What was no part to this reader, because its header had no end, is one as a stub.
            None if child.is_stub => {}
            None => failures.push(Failure::damage("structure.parts", place)),
        }
    }
    let missing = rest.len();
    if missing > *removed {
        failures.push(Failure::damage("structure.parts", place));
    }
    *removed -= missing.min(*removed);
}

/// Whether a type was replaced because it named somebody: its first half stays if it is one that there is.
fn is_renamed(before: &str, after: &str) -> bool {
    let kind = |media_type: &str| media_type.split('/').next().unwrap_or_default().to_owned();
    let kept = kind(before) == kind(after);
    after.ends_with("/x-redacted") && (kept || after.starts_with("application/"))
}

/// Reports what of signatures is left.
fn signatures(node: &Node, place: &str, failures: &mut Vec<Failure>) {
    for field in SIGNATURE_FIELDS {
        if node.has(field) {
            failures.push(Failure::leak(
                "signature.field",
                format!("{place} > field {field}"),
                None,
            ));
        }
    }
    let trail = node.fields.iter().filter(|field| gone::is_trail(field));
    for (field, code) in
        trail.map(|f| (f, "trail.field")).chain(node.ids.iter().map(|f| (f, "trail.id")))
    {
        failures.push(Failure::leak(code, format!("{place} > field {field}"), None));
    }
    if SIGNATURE_TYPES.contains(&node.kind.as_str()) {
        failures.push(Failure::leak("signature.part", place.to_owned(), None));
    }
    if node.signed_text {
        failures.push(Failure::leak("signature.text", place.to_owned(), None));
    }
    for (number, child) in node.children.iter().enumerate() {
        signatures(child, &format!("{place}.{}", number + 1), failures);
    }
}

/// Lines of the first header block that are neither a field nor its continuation, and 1 more if no blank line
/// ends it.
fn header_damage(raw: &[u8]) -> usize {
    let mut damage = 0;
    let mut first = true;
    for line in super::decode::split_at(raw, b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            if first {
                continue;
            }
            return damage;
        }
        let continues = !first && matches!(line.first(), Some(b' ' | b'\t'));
        let name =
            memchr::memchr(b':', line).and_then(|colon| line.get(..colon)).unwrap_or_default();
        let is_field =
            !name.is_empty() && name.trim_ascii_end().iter().all(|b| !b.is_ascii_whitespace());
        damage += usize::from(!continues && !is_field);
        first = false;
    }
    damage + 1
}
