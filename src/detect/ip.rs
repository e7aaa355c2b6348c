//! IP addresses: IPv4 (RFC 791, dotted decimal) and IPv6 (RFC 4291 2.2, RFC 5952), as the standard
//! library parses them.
//!
//! What identifies nobody is left alone: unspecified, loopback, broadcast and multicast addresses,
//! netmasks, version numbers. Private and link-local addresses (RFC 1918, RFC 4193, RFC 3927) tell a
//! person's machine only within their network: `Possible`, in prose as in trace fields.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::{
    detect::{Context, Detector, Prefilter, support::words},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Words before digits with dots that are a version or a section, folded.
#[rustfmt::skip]
const VERSIONS: &[&str] = &[
    "version", "versions", "v", "ver", "release", "build", "rev", "firmware", "revision", "kernel",
    "driver", "update", "chapitre", "chapter", "section", "kapitel", "abschnitt", "article",
    "paragraphe", "oid", "smtpsvc", "ssl", "esmtp", "exim", "sendmail", "postfix", "x", "mailer",
    "client",
];

/// Finds IP addresses.
pub struct Ip;

impl Detector for Ip {
    fn name(&self) -> &'static str {
        "ip"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(1)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let bytes = text.as_bytes();
        let mut free = 0;
        for at in memchr::memchr2_iter(b'.', b':', bytes) {
            if at < free {
                continue;
            }
            let address = if bytes.get(at) == Some(&b'.') { v4(text, at) } else { v6(text, at) };
            if let Some(candidate) = address {
                free = candidate.span.end;
                found.push(candidate);
            }
        }
    }
}

/// The dotted quad whose first dot is at `dot`.
fn v4(text: &str, dot: usize) -> Option<Candidate> {
    let bytes = text.as_bytes();
    let digits_before =
        bytes.get(..dot)?.iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
    // Cheap way out: most dots end sentences.
    if !(1..=3).contains(&digits_before) || !bytes.get(dot + 1)?.is_ascii_digit() {
        return None;
    }
    let start = dot - digits_before;
    let tail = bytes.get(start..)?;
    let length = tail.iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let quad = text.get(start..start + length)?.trim_end_matches('.');
    let address: Ipv4Addr = quad.parse().ok()?;
    let end = start + quad.len();
    let before = words::char_before(text, start);
    let behind = words::char_at(text, end);
    if before.is_some_and(|c| c.is_alphanumeric() || "._-".contains(c))
        && !follows_embedding(text, start)
        || behind.is_some_and(|c| c.is_alphanumeric() || c == '_')
        || behind == Some('-') && words::char_at(text, end + 1).is_some_and(char::is_alphabetic)
        || behind == Some('.') && words::char_at(text, end + 1).is_some_and(|c| c.is_ascii_digit())
    {
        return None;
    }
    let near = words::before(text, start, 24);
    let version = near.first().is_some_and(|w| VERSIONS.contains(&w.as_str()))
        || behind == Some('/') && before == Some('/');
    if version
        || address.is_unspecified()
        || address.is_loopback()
        || address.is_broadcast()
        || address.is_multicast()
        || is_netmask(address)
    {
        return None;
    }
    let told = near.iter().take(4).any(|w| w.starts_with("ip") || w == "adresse" || w == "address");
    // "from mail.exemple.example ([192.0.2.7])": a server that passes mail on, nobody's connection.
    let relay = before == Some('[') && names_server(text, start);
    // "1.2.3.4" and "10.0.0.1" in prose: sections and versions are written so.
    let small = address.octets().iter().all(|o| *o < 20);
    let confidence = if address.is_private()
        || address.is_link_local()
        || address.octets()[0] == 0
        || small && !told
        || relay
    {
        Confidence::Possible
    } else {
        Confidence::Certain
    };
    Some(Candidate::new(
        EntityType::Ip,
        Span::new(start, end),
        confidence,
        Explanation::new("ip.v4"),
    ))
}

/// Whether the host before an address in brackets has the name of a mail server.
fn names_server(text: &str, start: usize) -> bool {
    const SERVERS: &[&str] =
        &["mail", "smtp", "mx", "out", "relay", "mta", "mout", "mx1", "mx2", "send", "post"];
    let head = text.get(..start).unwrap_or_default().trim_end_matches(['[', '(', ' ', ':', '\t']);
    let host = head.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let first = host.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let name = first.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    host.contains('.')
        && (SERVERS.contains(&name) || SERVERS.iter().any(|s| s.len() > 3 && name.starts_with(s)))
}

/// Whether the quad is the tail of an IPv6 address or of a tag such as `[IPv6:::ffff:1.2.3.4`: found there.
fn follows_embedding(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|head| head.ends_with("ip-") || head.ends_with("IP-"))
}

fn is_netmask(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    bits.leading_ones() + bits.trailing_zeros() >= 32 && bits.leading_ones() >= 8
}

/// The IPv6 address that the colon at `colon` is the first of.
fn v6(text: &str, colon: usize) -> Option<Candidate> {
    let bytes = text.as_bytes();
    // Cheap way out: what stands behind the first colon is a colon, or up to four hexadecimal digits and
    // a colon.
    let near = bytes.get(colon + 1..)?;
    let hex = near.iter().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    if hex > 4 || near.get(hex) != Some(&b':') {
        return None;
    }
    let before =
        bytes.get(..colon)?.iter().rev().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    let start = colon - before;
    if before > 4
        || words::char_before(text, start)
            .is_some_and(|c| c.is_alphanumeric() || c == ':' && before > 0)
            && !is_tagged(text, start)
    {
        return None;
    }
    let length = bytes
        .get(start..)?
        .iter()
        .take(46)
        .take_while(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
        .count();
    let raw = text.get(start..start + length)?.trim_end_matches('.');
    let raw = if raw.ends_with(':') && !raw.ends_with("::") { raw.strip_suffix(':')? } else { raw };
    let address: Ipv6Addr = raw.parse().ok()?;
    let end = start + raw.len();
    let groups = raw.split(':').filter(|g| !g.is_empty()).count();
    // "::", "a::b", "std::fmt": code and punctuation; times such as 12::30.
    if groups < 3 && address.to_ipv4_mapped().is_none() || !raw.bytes().any(|b| b.is_ascii_digit())
    {
        return None;
    }
    if words::char_at(text, end).is_some_and(|c| c.is_alphanumeric() || c == ':' || c == '_')
        || address.is_unspecified()
        || address.is_loopback()
        || address.is_multicast()
        || address.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback())
    {
        return None;
    }
    let first = address.segments()[0];
    let local = first & 0xFE00 == 0xFC00
        || first & 0xFFC0 == 0xFE80
        || address.to_ipv4_mapped().is_some_and(|v4| v4.is_private());
    let confidence = if local { Confidence::Possible } else { Confidence::Certain };
    Some(Candidate::new(
        EntityType::Ip,
        Span::new(start, end),
        confidence,
        Explanation::new("ip.v6"),
    ))
}

/// `[IPv6:2001:db8::1]` (RFC 5321 4.1.3).
fn is_tagged(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|head| {
        let tag = head.len().saturating_sub(5);
        head.get(tag..).is_some_and(|t| t.eq_ignore_ascii_case("ipv6:"))
    })
}
