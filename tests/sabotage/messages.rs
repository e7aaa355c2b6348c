//! Messages in which invented values stand in every kind of place that a message has. One value may stand
//! in several places of one message: each is left as it was in turn.

use super::Case;
use crate::encode::{base64, base64_lines, charset, each_byte, utf7, utf16, uuencode};

const NAME: &str = "Odalys Ferncastle";
const ACCENTED: &str = "Jörg Größwexel";
const EMAIL: &str = "odalys.ferncastle@example.org";
const PHONE: &str = "+33 6 39 98 47 13";
const STREET: &str = "48 impasse Quenouille, 99138 Vauxmesnil";
/// Made of letters that no bank has; its check digits are not right.
const IBAN: &str = "FR00 9999 9999 99ZZ ZZZZ ZZZZ Z00";

const VALUES: &[&str] = &[NAME, ACCENTED, EMAIL, PHONE, STREET, IBAN];

/// Kinds of places that must be among those that were left: what the count is by, or how it begins.
pub const KINDS: &[&str] = &[
    "attachment application/json",
    "attachment text/calendar",
    "attachment text/csv",
    "attachment text/rtf",
    "attachment text/vcard",
    "attribute a href",
    "attribute a title",
    "attribute img alt",
    "attribute meta content",
    "attribute p data-",
    "delimiter",
    "dropped arc-seal",
    "dropped authentication-results",
    "dropped dkim-signature",
    "dropped received",
    "dropped x-originating-ip",
    "embedded backslash",
    "embedded base64",
    "embedded character-reference",
    "embedded encoded-word",
    "embedded hex",
    "embedded percent",
    "embedded quoted-printable",
    "embedded reversed",
    "embedded uuencode",
    "header bcc",
    "header from",
    "header list-id",
    "header message-id",
    "header references",
    "header subject",
    "header to",
    "header x-unheard-of",
    "hidden comment",
    "hidden markup",
    "hidden script",
    "hidden style",
    "html",
    "parameter boundary",
    "parameter filename",
    "parameter name",
    "part application/pdf",
    "part application/pgp-encrypted",
    "part application/ms-tnef",
    "part image/png",
    "plain",
    "structure epilogue",
    "structure field-name",
    "structure junk",
    "structure mbox-from",
    "structure preamble",
];

fn case(name: &str, raw: impl Into<Vec<u8>>) -> Case {
    let always = VALUES.iter().map(|value| (*value).to_owned()).collect();
    Case { name: name.to_owned(), always, raw: raw.into() }
}

/// A message of one part.
fn mail(fields: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = "From: desk@example.net\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: minutes\nMIME-Version: 1.0\n";
    [head.as_bytes(), fields.as_bytes(), b"\n\n", body.as_ref(), b"\n"].concat()
}

fn part(kind: &str, encoding: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    mail(&format!("Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}"), body)
}

/// `body` as the second of two parts.
fn attached(fields: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let first = format!("--b0\nContent-Type: text/plain\n\nhello\n--b0\n{fields}\n\n");
    let body = [first.as_bytes(), body.as_ref(), b"\n--b0--"].concat();
    mail("Content-Type: multipart/mixed; boundary=b0", body)
}

pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for (n, value) in VALUES.iter().enumerate() {
        bodies(n, value, &mut cases);
        headers(n, value, &mut cases);
        html(n, value, &mut cases);
        embedded(n, value, &mut cases);
    }
    structure(&mut cases);
    attachments(&mut cases);
    removed(&mut cases);
    cases
}

fn bodies(n: usize, value: &str, cases: &mut Vec<Case>) {
    let text = format!("Please ask {value} before noon, as we said.\n");
    let utf8 = "text/plain; charset=utf-8";
    let mut put = |what: &str, raw: Vec<u8>| cases.push(case(&format!("{what} {n}"), raw));
    put("8bit", part(utf8, "8bit", &text));
    put("flowed", part(&format!("{utf8}; format=flowed"), "8bit", text.replace(' ', " \n")));
    put("quoted", part(utf8, "8bit", text.replace(' ', "\n> ")));
    let escaped = each_byte(&text, "=", "").to_uppercase();
    let lines: Vec<&[u8]> = escaped.as_bytes().chunks(72).collect();
    put("qp", part(utf8, "quoted-printable", lines.join(b"=\n".as_slice())));
    for before in ["", "x", "xy"] {
        let digits = base64_lines(format!("{before}{text}"), 76).replace("\r\n", "\n");
        put(&format!("base64 behind {before:?}"), part(utf8, "base64", digits));
    }
    for label in ["iso-8859-1", "windows-1252", "utf-16", "utf-7", "gb18030"] {
        let (encoding, body) = match label {
            "utf-16" => ("base64", base64_lines(utf16(&format!("\u{feff}{text}"), true), 76)),
            "utf-7" => ("7bit", format!("Please ask {} before noon.", utf7(value))),
            _ => ("base64", base64_lines(charset(label, &text), 76)),
        };
        let body = body.replace("\r\n", "\n");
        put(label, part(&format!("text/plain; charset={label}"), encoding, body));
    }
}

fn headers(n: usize, value: &str, cases: &mut Vec<Case>) {
    let word = format!("=?utf-8?B?{}?=", base64(value));
    let q_word = format!("=?utf-8?Q?{}?=", each_byte(value, "=", "").to_uppercase());
    let phrase = if value.is_ascii() && !value.contains('@') { value } else { "desk" };
    let quoted = format!("\"{phrase}\" <d{n}@example.net>");
    let address = if value.contains('@') { value } else { "desk@example.net" };
    for (what, fields) in [
        ("words", format!("X-Unheard-Of: {word}\nComments: {q_word}\nThread-Topic: {word}")),
        (
            "to",
            format!(
                "To: {quoted}, {address}\nCc: {q_word} <d@example.net>\nBcc: {word} <{address}>"
            ),
        ),
        ("folded", format!("X-Unheard-Of: {}\nKeywords: {}", value.replace(' ', "\n "), value)),
        ("list", format!("List-Id: {phrase} <list.example.net>\nOrganization: {word}")),
        (
            "parameters",
            format!(
                "Content-Type: text/plain; name=\"{word}\"\nContent-Disposition: attachment;\n filename*=utf-8''{}",
                each_byte(value, "%", "").to_uppercase()
            ),
        ),
        (
            "trail",
            format!(
                "Received: from x (helo {phrase}) by y for <{address}>; Mon, 1 Jan 2024 10:00:00 +0000\nX-Received: by z for {address}\nAuthentication-Results: x; spf=pass smtp.mailfrom={address}\nDKIM-Signature: v=1; d=example.net; s=k; bh=YWJj; b=ZGVm\nARC-Seal: i=1; b=ZGVm\nX-Originating-IP: [192.0.2.7]\nContent-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\nAutocrypt: addr={address}; keydata=YWJj\nX-Face: abc\nFace: YWJj\nThread-Index: AdXyz"
            ),
        ),
    ] {
        cases.push(case(&format!("field {what} {n}"), mail(&fields, format!("Ask {value}."))));
    }
    let own = value.split(|c: char| !c.is_ascii_alphanumeric()).collect::<Vec<_>>().join("-");
    if value.is_ascii() && n != 5 {
        let fields = format!(
            "Message-ID: <1.{own}@example.net>\nIn-Reply-To: <2.{own}@example.net>\nReferences: <3.{own}@example.net>\n <4.{own}@example.net>\nX-{own}: yes"
        );
        cases.push(case(&format!("ids {n}"), mail(&fields, format!("Ask {value}."))));
    }
}

fn html(n: usize, value: &str, cases: &mut Vec<Case>) {
    let percent = each_byte(value, "%", "");
    let references: String = value.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    let escapes: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let split = value.chars().map(|c| format!("<i>{c}</i>")).collect::<String>();
    for (what, source) in [
        (
            "flow",
            format!("<p>Ask {value} <b>now</b>.</p><p>Ask {references}.</p><p>Ask {split}.</p>"),
        ),
        (
            "comment",
            format!("<p>x</p><!-- by {value} --><!--[if mso]><p>by {value}</p><![endif]-->"),
        ),
        (
            "attributes",
            format!(
                "<img alt=\"{value}\"><a title='{references}'>x</a><p data-who=\"{value}\">x</p><meta name=author content=\"{value}\">"
            ),
        ),
        (
            "links",
            format!(
                "<a href=\"https://example.net/?who={percent}\">x</a><a href=\"mailto:x@example.net?subject={percent}\">y</a>"
            ),
        ),
        (
            "head",
            format!(
                "<head><title>{value}</title><style>p:after{{content:\"{value}\"}}</style><script>var who = '{escapes}';</script></head><p>x</p>"
            ),
        ),
        (
            "data",
            format!(
                "<a href=\"data:text/plain;base64,{}\">x</a>",
                base64(format!("Please ask {value} about it"))
            ),
        ),
        ("svg", format!("<svg><text>{value}</text></svg><noscript><p>{value}</p></noscript>")),
        (
            "classes",
            format!(
                "<p class=\"odalys-ferncastle\">x</p><odalys-ferncastle>y</odalys-ferncastle>{value}"
            ),
        ),
        ("open", format!("<p>x</p><!-- {value}")),
    ] {
        let source = format!("<html>{source}</html>");
        let kind = "text/html; charset=utf-8";
        cases.push(case(&format!("html {what} {n}"), part(kind, "8bit", &source)));
        let digits = base64_lines(&source, 76).replace("\r\n", "\n");
        cases.push(case(&format!("html {what} in base64 {n}"), part(kind, "base64", digits)));
    }
}

fn embedded(n: usize, value: &str, cases: &mut Vec<Case>) {
    let sentence = format!("Please ask {value} about the minutes of the meeting");
    let backwards: String = value.chars().rev().collect();
    for (what, text) in [
        ("percent", format!("https://example.net/?q={}", each_byte(value, "%", "").to_uppercase())),
        ("twice percent", format!("https://example.net/?q={}", each_byte(value, "%25", ""))),
        ("references", value.chars().map(|c| format!("&#x{:x};", u32::from(c))).collect()),
        (
            "escapes",
            format!(
                "{{\"who\":\"{}\"}}",
                value.encode_utf16().map(|u| format!("\\u{u:04x}")).collect::<String>()
            ),
        ),
        ("qp", format!("Ask {}", each_byte(value, "=", "").to_uppercase())),
        ("word", format!("Ask =?utf-8?B?{}?=", base64(value))),
        ("base64", base64_lines(&sentence, 60)),
        ("base64 in base64", base64_lines(base64_lines(&sentence, 60), 60)),
        ("hex", each_byte(&sentence, "", "")),
        ("uuencode", uuencode(sentence.as_bytes())),
        ("reversed", format!("Ask \u{202e}{backwards}\u{202c} now")),
        ("soft hyphens", value.chars().map(|c| format!("{c}\u{ad}")).collect()),
        ("no-break spaces", value.replace(' ', "\u{a0}")),
    ] {
        let text = format!("Hello,\n\n{}\n\nbye\n", text.replace("\r\n", "\n"));
        cases.push(case(
            &format!("embedded {what} {n}"),
            part("text/plain; charset=utf-8", "8bit", text),
        ));
    }
}

fn structure(cases: &mut Vec<Case>) {
    let mixed = |inner: &str| mail("Content-Type: multipart/mixed; boundary=b0", inner);
    let mut put = |what: &str, raw: Vec<u8>| cases.push(case(what, raw));
    put("preamble", mixed(&format!("For {NAME}\n{PHONE}\n--b0\n\nx\n--b0--\n{EMAIL}\nby {NAME}")));
    put(
        "boundary",
        mail(
            "Content-Type: multipart/mixed; boundary=\"odalys-ferncastle\"",
            "--odalys-ferncastle\n\nx\n--odalys-ferncastle\n\ny\n--odalys-ferncastle--",
        ),
    );
    put(
        "mbox",
        [format!("From {EMAIL} Mon Jan  1 10:00:00 2024\n").as_bytes(), &mail("X-A: y", "x")]
            .concat(),
    );
    put(
        "junk",
        [format!("From: {EMAIL}\nby {NAME} of the desk\nContent-Type: text/plain\n\nx\n")
            .as_bytes()]
        .concat(),
    );
    put("leading", [format!(" {NAME}\n").as_bytes(), &mail("X-A: y", "x")].concat());
    put("ghost", mixed(&format!("--b0\n\nx\n--b0--\n--b0\n\nby {NAME}, {PHONE}\n--b0--")));
    put("no blank line", format!("From: d@example.net\nSubject: x\nAsk {NAME} now\n").into_bytes());
    let inner = |text: &str| {
        format!(
            "From: {NAME} <{EMAIL}>\nMessage-ID: <7.{EMAIL}>\nReceived: from {PHONE}\nSubject: =?utf-8?B?{}?=\n\n{text}\n",
            base64(ACCENTED)
        )
    };
    let plain = inner(&format!("Call {PHONE}, at {STREET}."));
    put("nested", attached("Content-Type: message/rfc822", &plain));
    let encoded = base64_lines(&plain, 76).replace("\r\n", "\n");
    put(
        "nested in base64",
        attached("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", &encoded),
    );
    let twice = String::from_utf8(attached(
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
        &encoded,
    ))
    .unwrap_or_default();
    put("nested twice", attached("Content-Type: message/rfc822", &twice));
    put(
        "digest",
        mail(
            "Content-Type: multipart/digest; boundary=b0",
            format!("--b0\n\n{plain}\n--b0\n\n{plain}--b0--"),
        ),
    );
    put(
        "delivery status",
        attached(
            "Content-Type: message/delivery-status",
            format!("Final-Recipient: rfc822; {EMAIL}\nDiagnostic-Code: smtp; no {NAME}\n"),
        ),
    );
}

fn attachments(cases: &mut Vec<Case>) {
    let card = format!(
        "BEGIN:VCARD\nVERSION:3.0\nFN:{ACCENTED}\nN:Ferncastle;Odalys;;;\nTEL:{PHONE}\nEMAIL:{EMAIL}\nADR:;;48 impasse Quenouille;Vauxmesnil;;99138;\nNOTE:ask {NAME} \\, now\nPHOTO;ENCODING=b:{}\nEND:VCARD\n",
        base64(format!("made by {NAME} for the desk of the house"))
    );
    let calendar = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;CN=\"{NAME}\":mailto:{EMAIL}\nORGANIZER;CN=Odal\n ys Ferncastle:mailto:desk@example.net\nLOCATION:{}\nEND:VEVENT\nEND:VCALENDAR\n",
        STREET.replace(',', "\\,")
    );
    let csv = format!("id;who;phone\n1;\"{NAME}\";{PHONE}\n2;{ACCENTED};\"{IBAN}\"\n");
    let json =
        format!("{{\"who\":\"\\u004fdalys Ferncastle\",\"mail\":\"{EMAIL}\",\"at\":\"{STREET}\"}}");
    let rtf = format!(
        "{{\\rtf1\\ansi Ask Odal{{\\b ys}} Ferncastle or J\\'f6rg Gr\\'f6\\'dfwexel, {PHONE}.\\par {{\\info{{\\author {NAME}}}}}}}"
    );
    let enriched = format!("<bold>Ask</bold> Oda<italic>lys</italic> Ferncastle, {PHONE}\n");
    for (kind, text) in [
        ("text/vcard", card),
        ("text/calendar", calendar),
        ("text/csv", csv),
        ("application/json", json),
        ("text/rtf", rtf),
        ("text/enriched", enriched),
        ("text/xml", format!("<a who=\"{NAME}\"><b>{PHONE}</b><!-- {EMAIL} --></a>")),
        ("image/svg+xml", format!("<svg><title>{NAME}</title><text>{PHONE}</text></svg>")),
        ("text/plain", format!("Ask {NAME}, {PHONE}, {IBAN}.")),
    ] {
        let fields = format!(
            "Content-Type: {kind}; charset=utf-8\nContent-Disposition: attachment; filename=\"Odalys Ferncastle.txt\""
        );
        cases.push(case(kind, attached(&fields, &text)));
        let digits = base64_lines(&text, 76).replace("\r\n", "\n");
        let fields =
            format!("Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: base64");
        cases.push(case(&format!("{kind} in base64"), attached(&fields, digits)));
    }
}

/// Parts that cannot be inspected and must go.
fn removed(cases: &mut Vec<Case>) {
    for kind in [
        "application/pdf",
        "application/ms-tnef",
        "application/zip",
        "application/octet-stream",
        "application/pgp-encrypted",
        "application/pkcs7-mime",
        "image/png",
        "image/jpeg",
        "audio/mpeg",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "message/partial",
        "message/external-body",
    ] {
        let noise: Vec<u8> =
            (0..900u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let digits = base64_lines(&noise, 76).replace("\r\n", "\n");
        let fields =
            format!("Content-Type: {kind}; name=\"scan.bin\"\nContent-Transfer-Encoding: base64");
        cases.push(case(&format!("removed {kind}"), attached(&fields, &digits)));
        cases.push(case(&format!("removed {kind} as the message"), mail(&fields, digits)));
    }
}
