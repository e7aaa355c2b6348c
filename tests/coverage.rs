//! Nothing is unread: the places of a message tile its file, and each of them is shown in some view, or is a
//! delimiter, or belongs to a part that is listed as not inspected. What breaks a rule is flagged on its part.

#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;
#[path = "corners/plants.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod plants;

use caviard::{
    document::Document,
    mime::tree::{Flag, PieceKind, Tree},
    span::Span,
};

/// Messages that break rules, one each, with what is flagged on which part.
const ODD: &[(&[u8], &str, Flag)] = &[
    (b" leads\r\nSubject: x\r\n\r\nbody\r\n", "1", Flag::LeadingContinuation),
    (b"\r\n\r\nSubject: x\r\n\r\nbody\r\n", "1", Flag::LeadingBlank),
    (b"Subject: x\r\nno field, no blank line\r\n", "1", Flag::NoBlankLine),
    (b"Received: from a\r\nby b; at\r\nTo: c\r\n\r\nbody\r\n", "1", Flag::NoBlankLine),
    (b"Content-Transfer-Encoding: base64\r\n\r\nQUJD!QUJ\r\n", "1", Flag::BrokenTransfer),
    (b"Content-Transfer-Encoding: x-none\r\n\r\nbody\r\n", "1", Flag::UnknownTransfer),
    (b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n", "", Flag::NoBoundary),
    (b"Content-Type: multipart/mixed; boundary=b\r\n\r\nx\r\n", "", Flag::NoDelimiter),
    (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n", "", Flag::NoCloseDelimiter),
    (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n--b--\r\n", "", Flag::GhostParts),
    (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ny\r\n--b--\r\n", "1", Flag::ClashingBoundary),
    (b"Subject: caf\xE9\r\n\r\nbody\r\n", "1", Flag::EightBitHeader),
    (b"Subject: a\r\n\r\nbody\nmore\r\n", "1", Flag::MixedLineEnds),
    (b"Subject: a\r\n\r\nbo\0dy\r\n", "1", Flag::Nul),
    (b"Content-Type: text/plain; charset=us-ascii\r\n\r\ncaf\xE9\r\n", "1", Flag::WrongCharset),
    (b"Content-Type: text/plain; charset=cp037\r\n\r\n\xC8\x85\x93\x93\x96\x6B\x40\xA6\x96\x99\x93\x84\r\n", "1", Flag::UnknownCharset),
];

/// Inputs that are hardly messages.
const STRANGE: &[&[u8]] = &[
    b"",
    b"\n",
    b"\r",
    b"x",
    b":",
    b": x\n\n",
    b"F:",
    b"\xEF\xBB\xBF",
    b"\0\0\0",
    b"From \n",
    b">From x\n\nbody",
    b"Subject: a\rTo: b\r\rbody\r",
    b"--\n--\n",
    b"Content-Type: multipart/mixed; boundary=\"b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
    b"Content-Type: multipart/mixed; boundary=b\n--b\n--b--",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nSubject: a",
];

fn inputs() -> Vec<Vec<u8>> {
    let fixtures = fixtures::all().into_iter().flat_map(|f| [fixtures::crlf(&f.raw), f.raw]);
    let deep: String = (0..80)
        .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"))
        .collect();
    fixtures
        .chain(plants::plants().into_iter().map(|plant| plant.raw))
        .chain(ODD.iter().map(|(raw, _, _)| raw.to_vec()))
        .chain(STRANGE.iter().map(|raw| raw.to_vec()))
        .chain([(deep + "\nx").into_bytes()])
        .collect()
}

#[test]
fn every_byte_belongs_to_a_place_and_every_place_is_read() {
    let inputs = inputs();
    assert!(inputs.len() > 200, "only {} inputs", inputs.len());
    for raw in inputs {
        let shown = String::from_utf8_lossy(&raw);
        let tree = Tree::parse(&raw);
        let document = Document::read(&raw);
        let mut seen: Vec<Span> = document
            .views()
            .flat_map(|view| document.to_source(view.layer, Span::new(0, view.text.len())))
            .collect();
        seen.sort_unstable();
        let mut at = 0;
        for piece in &tree.pieces {
            assert_eq!(piece.span.start, at, "a gap or an overlap in {shown}");
            at = piece.span.end;
            let part = &document.parts()[..tree.parts.len().min(document.parts().len())];
            let path = &tree.parts[piece.part].path;
            let opaque = part.iter().any(|p| &p.path == path && p.not_inspected.is_some());
            let mut bytes = &raw[piece.span.range()];
            if piece.kind == PieceKind::Field {
                let colon = bytes.iter().position(|b| *b == b':').map_or(0, |i| i + 1);
                bytes = &bytes[colon..];
            }
            let blank = bytes.iter().all(u8::is_ascii_whitespace);
            let structural = matches!(piece.kind, PieceKind::Delimiter | PieceKind::Blank);
            // Its byte order mark is nobody's.
            let mark = piece.kind == PieceKind::Leading;
            let is_read = seen.iter().any(|span| span.overlaps(piece.span));
            assert!(
                is_read || blank || structural || mark || opaque,
                "unread: {:?} in {shown}",
                piece.kind
            );
        }
        assert_eq!(at, raw.len(), "the end of {shown} belongs to no place");
    }
}

#[test]
fn what_breaks_a_rule_is_flagged_on_its_part() {
    for (raw, path, flag) in ODD {
        let document = Document::read(raw);
        assert!(document.flags().contains(flag), "{flag:?}: {:?}", document.flags());
        let flagged: Vec<&str> = document
            .parts()
            .iter()
            .filter(|part| part.flags.contains(flag))
            .map(|part| part.path.as_str())
            .collect();
        assert_eq!(flagged, [*path], "{flag:?}");
    }
}
