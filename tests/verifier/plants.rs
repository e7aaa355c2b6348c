//! Messages with one invented value planted in one corner each.

use caviard::{entity::EntityType, verify::Secret};

use crate::{content, encode::*};

pub const NAME: &str = "Odalys Ferncastle";
pub const LATIN: &str = "Jörg Größwexel";
pub const CYRILLIC: &str = "Ярослав Дубровин";
pub const KANJI: &str = "佐倉朔太";
pub const HANZI: &str = "李明德";
pub const HANGUL: &str = "박서연";
pub const EMAIL: &str = "odalys.ferncastle@example.org";
pub const PHONE: &str = "+33 6 39 98 47 13";
pub const ADDRESS: &str = "48 impasse Quenouille, 99138 Vauxmesnil";

/// A planted message.
pub struct Plant {
    pub what: String,
    pub secret: Secret,
    pub message: Vec<u8>,
}

pub fn person(value: &str) -> Secret {
    Secret::strict(value, EntityType::Person)
}

/// A message of one part.
pub fn mail(fields: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = "From: a@example.net\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
    [head.as_bytes(), fields.as_bytes(), b"\r\n\r\n", body.as_ref(), b"\r\n"].concat()
}

pub fn body(kind: &str, encoding: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    mail(&format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}"), body)
}

pub fn plain(text: impl AsRef<[u8]>) -> Vec<u8> {
    body("text/plain; charset=utf-8", "8bit", text)
}

pub fn html(text: impl AsRef<[u8]>) -> Vec<u8> {
    body(
        "text/html; charset=utf-8",
        "8bit",
        [b"<html><body>", text.as_ref(), b"</body></html>"].concat(),
    )
}

pub fn attached(kind: &str, contents: &[u8]) -> Vec<u8> {
    let fields = "Content-Type: multipart/mixed; boundary=b0";
    let part = format!(
        "--b0\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}--b0--",
        base64_lines(contents, 76)
    );
    mail(fields, part)
}

/// Every planted message.
pub fn all() -> Vec<Plant> {
    let mut plants = Vec::new();
    let mut plant = |what: &str, secret: Secret, message: Vec<u8>| {
        plants.push(Plant { what: what.to_owned(), secret, message });
    };
    transfer(&mut plant);
    charsets(&mut plant);
    headers(&mut plant);
    content::text(&mut plant);
    content::markup(&mut plant);
    content::structure(&mut plant);
    content::attachments(&mut plant);
    crate::adversary::all(&mut plant);
    plants
}

pub type Put<'a> = &'a mut dyn FnMut(&str, Secret, Vec<u8>);

fn transfer(put: Put) {
    let n = || person(NAME);
    let t = "text/plain; charset=utf-8";
    put("7bit", n(), plain(format!("Hi {NAME}!")));
    put("qp soft break", n(), body(t, "quoted-printable", "Hi Oda=\r\nlys Fern=\r\ncastle!"));
    put(
        "qp soft break with blanks",
        n(),
        body(t, "quoted-printable", "Oda= \t\r\nlys Fern=  \ncastle"),
    );
    put("qp every byte, lower case", n(), body(t, "quoted-printable", each_byte(NAME, "=", "")));
    put("qp undeclared", n(), plain(each_byte(NAME, "=", "")));
    put("qp twice", n(), body(t, "quoted-printable", each_byte(each_byte(NAME, "=", ""), "=", "")));
    put(
        "qp with raw 8-bit",
        person(LATIN),
        body("text/plain; charset=iso-8859-1", "quoted-printable", b"J\xf6rg Gr=F6=DFwexel"),
    );
    for before in ["", "x", "xy", "xyz", "wxyz"] {
        let long = format!(
            "{before}Dear {NAME}, this is what you asked for, and some more text to fill the line."
        );
        put(&format!("base64 after {before:?}"), n(), body(t, "base64", base64_lines(&long, 76)));
        put(&format!("base64 undeclared after {before:?}"), n(), plain(base64_lines(&long, 60)));
        put(
            &format!("base64 token behind {before:?}"),
            n(),
            plain(format!("https://x.example/?k={before}{}", base64(&long))),
        );
    }
    let long = format!("Dear {NAME}, this is what you asked for, and then some more.");
    put("base64 in lines of five", n(), body(t, "base64", base64_lines(&long, 5)));
    put("base64 in quoted lines", n(), plain(base64_lines(&long, 40).replace("\r\n", "\r\n> ")));
    put(
        "base64 with junk",
        n(),
        body(t, "base64", base64_lines(&long, 30).replacen("ZX", "Z*X", 1)),
    );
    put(
        "base64 with footer",
        n(),
        body(t, "base64", base64_lines(&long, 60) + "____________\r\nlist info\r\n"),
    );
    put(
        "base64 concatenated",
        n(),
        body(t, "base64", base64("abcd") + "\r\n" + &base64_lines(&long, 60)),
    );
    put(
        "base64 url-safe",
        n(),
        body(t, "base64", base64_with(format!("\u{3ff}?>{long}").as_bytes(), b"-_")),
    );
    put("base64 without padding", n(), body(t, "base64", base64(&long).trim_end_matches('=')));
    put("base64 cut short", n(), body(t, "base64", &base64(&long)[..61]));
    put("base64 twice", n(), body(t, "base64", base64_lines(base64_lines(&long, 76), 76)));
    put(
        "base64 three times",
        n(),
        body(t, "base64", base64_lines(base64_lines(base64_lines(&long, 76), 76), 76)),
    );
    put(
        "qp of base64",
        n(),
        body(t, "quoted-printable", base64_lines(&long, 60).replace('=', "=3D")),
    );
    put("declared base64 but plain", n(), body(t, "base64", &long));
    put("encoding with a comment", n(), body(t, "base64 (really)", base64_lines(&long, 76)));
    put(
        "encoding given twice",
        n(),
        mail(
            "Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64",
            base64_lines(&long, 76),
        ),
    );
    put("uuencode declared", n(), body(t, "x-uuencode", uuencode(long.as_bytes())));
    put("uuencode in text", n(), plain(format!("See:\r\n\r\n{}", uuencode(long.as_bytes()))));
    put(
        "uuencode without begin",
        n(),
        plain(uuencode(long.as_bytes()).split_once("\r\n").unwrap().1),
    );
    put("yenc", n(), plain(yenc(long.as_bytes())));
    put("hex", n(), plain(each_byte(NAME, "", "")));
    put("hex in capitals with colons", n(), plain(each_byte(NAME, "", ":").to_uppercase()));
    put(
        "hex dump",
        n(),
        plain(
            "00000000  4f 64 61 6c 79 73 20 46  65 72 6e 63 61 73 74 6c  |Od|\r\n00000010  65 0a  |e|",
        ),
    );
    put("base32", n(), plain("token J5SGC3DZOMQEMZLSNZRWC43UNRSQ===="));
    put("character codes", n(), plain(each_char(NAME, |c| format!("{},", u32::from(c)))));
    put("nul bytes", n(), plain("Oda\0lys F\0ernc\0astle"));
    put("lone cr", n(), mail("X: y", format!("one\rDear {NAME}\rtwo").replace('\n', "\r")));
}

fn charsets(put: Put) {
    for (label, value) in [
        ("iso-8859-1", LATIN),
        ("windows-1252", LATIN),
        ("macintosh", LATIN),
        ("iso-8859-2", LATIN),
        ("gb18030", LATIN),
        ("koi8-r", CYRILLIC),
        ("windows-1251", CYRILLIC),
        ("ibm866", CYRILLIC),
        ("iso-8859-5", CYRILLIC),
        ("x-mac-cyrillic", CYRILLIC),
        ("shift_jis", KANJI),
        ("euc-jp", KANJI),
        ("iso-2022-jp", KANJI),
        ("gb18030", HANZI),
        ("big5", HANZI),
        ("euc-kr", HANGUL),
        ("gbk", HANZI),
        ("windows-1253", "Ιωάννης Καρτεράκης"),
        ("iso-8859-7", "Ιωάννης Καρτεράκης"),
        ("windows-1255", "נועם כרמלי"),
        ("windows-1256", "ليلى الحداد"),
        ("windows-874", "สมชาย ใจดี"),
    ] {
        let bytes = charset(label, &format!("- {value} -"));
        put(
            &format!("{label} declared"),
            person(value),
            body(&format!("text/plain; charset={label}"), "8bit", &bytes),
        );
        put(&format!("{label} undeclared"), person(value), mail("X: y", &bytes));
        let other = body("text/plain; charset=utf-8", "base64", base64_lines(&bytes, 76));
        put(&format!("{label} in base64 as utf-8"), person(value), other);
    }
    let seven = |label: &str, text: &str| -> Vec<u8> {
        charset(label, text).iter().map(|b| b & 0x7f).collect()
    };
    put(
        "hz",
        person(HANZI),
        mail("X: y", [b"~{".as_slice(), &seven("gbk", HANZI), b"~}"].concat()),
    );
    put(
        "iso-2022-kr",
        person(HANGUL),
        mail("X: y", [b"\x1b$)C\r\n\x0e".as_slice(), &seven("euc-kr", HANGUL), b"\x0f"].concat()),
    );
    put("cp850", person("André Vauxmesnil"), mail("X: y", b"Andr\x82 Vauxmesnil"));
    put("cp437", person(LATIN), mail("X: y", b"J\x94rg Gr\x94\xe1wexel"));
    put("utf-7", person(LATIN), body("text/plain; charset=utf-7", "7bit", utf7(LATIN)));
    put(
        "utf-7 of half a name",
        person(NAME),
        body("text/plain; charset=utf-7", "7bit", format!("Odal{} Ferncastle", utf7("ys"))),
    );
    for (what, big, mark) in [
        ("le", false, "\u{feff}"),
        ("be", true, "\u{feff}"),
        ("le unmarked", false, ""),
        ("be unmarked", true, ""),
    ] {
        for value in [NAME, LATIN, CYRILLIC, KANJI] {
            let bytes = utf16(&format!("{mark}Hello {value}, good day to you"), big);
            put(
                &format!("utf-16 {what} {}", value.len()),
                person(value),
                body("text/plain; charset=utf-16", "base64", base64_lines(bytes, 76)),
            );
        }
    }
    let wide: Vec<u8> =
        format!("Hi {LATIN}").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    put(
        "utf-32",
        person(LATIN),
        body("text/plain; charset=utf-32", "base64", base64_lines(wide, 76)),
    );
    let twice = |text: &str| -> String { text.bytes().map(char::from).collect() };
    put("mojibake", person(LATIN), plain(twice(LATIN)));
    put("mojibake twice", person(LATIN), plain(twice(&twice(LATIN))));
    put("nfd", person(LATIN), plain("Jo\u{308}rg Gro\u{308}ßwexel"));
    put(
        "unknown label",
        person(LATIN),
        body("text/plain; charset=x-klingon", "8bit", charset("iso-8859-1", LATIN)),
    );
}

fn headers(put: Put) {
    let n = || person(NAME);
    let field = |f: &str| mail(f, "hello");
    put("display name", n(), field("Cc: Odalys Ferncastle <x@example.net>"));
    put("surname first", n(), field("Cc: \"Ferncastle, Odalys\" <x@example.net>"));
    put("folded", n(), field("X-A: Odalys\r\n Ferncastle"));
    put("folded inside a word", n(), field("X-A: Oda\r\n lys Fern\r\n castle"));
    put("q word", n(), field("X-A: =?utf-8?Q?Odalys_=46erncastle?="));
    put("b word", n(), field(&format!("X-A: =?utf-8?B?{}?=", base64(NAME))));
    put(
        "b words split in a name",
        n(),
        field(&format!(
            "X-A: =?utf-8?B?{}?=\r\n =?utf-8?B?{}?=",
            base64("Odalys Fe"),
            base64("rncastle")
        )),
    );
    put(
        "q words split in a character",
        person(LATIN),
        field("X-A: =?utf-8?Q?J=C3?= =?utf-8?Q?=B6rg_Gr=C3=B6=C3=9Fwexel?="),
    );
    put("word with language", n(), field("X-A: =?utf-8*fr?Q?Odalys=20Ferncastle?="));
    put("word glued and quoted", n(), field("X-A: \"x=?utf-8?Q?=4Fdalys_Ferncastle?=y\""));
    put("word with raw blanks", n(), field("X-A: =?utf-8?Q?=4Fdalys Ferncastle?="));
    put("word of unknown charset", n(), field("X-A: =?x-none?Q?=4Fdalys_Ferncastle?="));
    put(
        "word in utf-7",
        person(LATIN),
        field(&format!("X-A: =?utf-7?Q?{}?=", utf7(LATIN).replace('=', "=3D"))),
    );
    put(
        "word in iso-2022-jp",
        person(KANJI),
        field(&format!("X-A: =?iso-2022-jp?B?{}?=", base64(charset("iso-2022-jp", KANJI)))),
    );
    put(
        "word in koi8-r as latin",
        person(CYRILLIC),
        field(&format!("X-A: =?iso-8859-1?B?{}?=", base64(charset("koi8-r", CYRILLIC)))),
    );
    put(
        "raw 8-bit",
        person(LATIN),
        [b"X-A: ".as_slice(), &charset("iso-8859-1", LATIN), b"\r\n\r\nx"].concat(),
    );
    put("field name", n(), field("X-Odalys-Ferncastle: 1"));
    put("quoted pairs", n(), field("Cc: \"Od\\alys F\\erncastle\" <x@example.net>"));
    put("comment", n(), field("Cc: x@example.net (Odalys Ferncastle)"));
    put("group", n(), field("Cc: Odalys Ferncastle: x@example.net;"));
    put("junk line", n(), field("Odalys Ferncastle without colon"));
    put(
        "first line with a blank",
        n(),
        [b" Odalys Ferncastle\r\n".as_slice(), &field("X: y")].concat(),
    );
    put(
        "mbox line",
        n(),
        [b"From Odalys.Ferncastle@x Mon Jan  1 10:00:00 2024\r\n".as_slice(), &field("X: y")]
            .concat(),
    );
    put("file name", n(), field("Content-Type: application/pdf; name=\"odalys_ferncastle.pdf\""));
    put(
        "continued file name",
        n(),
        field(
            "Content-Disposition: attachment;\r\n filename*0*=utf-8''Oda;\r\n filename*1*=lys%20Fern;\r\n filename*2=\"castle.pdf\"",
        ),
    );
    put(
        "file name as word",
        n(),
        field(&format!(
            "Content-Type: text/plain; name=\"=?utf-8?B?{}?=\"",
            base64("Odalys Ferncastle.txt")
        )),
    );
    let e = || Secret::strict(EMAIL, EntityType::Email);
    for f in [
        "Message-ID: <1.odalys.ferncastle@example.org>",
        "Return-Path: <bounce-odalys.ferncastle=example.org@lists.example>",
        "Return-Path: <SRS0=ab=cd=example.org=odalys.ferncastle@fwd.example>",
        "List-Unsubscribe: <https://x.example/u?e=odalys.ferncastle%40example.org>",
        "List-Unsubscribe: <https://x.example/u?e=odalys.ferncastle%2540example.org>",
        "Received: from x by y for <odalys.ferncastle@example.org>; Mon, 1 Jan 2024 10:00:00 +0000",
        "DKIM-Signature: v=1; z=To:odalys.ferncastle=40example.org|x; bh=x; b=y",
        "Authentication-Results: x; spf=pass smtp.mailfrom=odalys.ferncastle@example.org",
        "X-Sender: ODALYS.FERNCASTLE@EXAMPLE.ORG",
        "X-A: odalys.ferncastle at example dot org",
        "X-A: odalys.ferncastle (at) example.org",
        "X-A: c=odalys.ferncastle",
    ] {
        put(f, e(), field(f));
    }
    put(
        "address in a base64 token",
        e(),
        field(&format!(
            "List-Unsubscribe: <https://x.example/u/{}>",
            base64(format!("7|{EMAIL}|9"))
        )),
    );
    put(
        "address in punycode",
        Secret::strict("odalys@bücher.example", EntityType::Email),
        field("X-A: odalys@xn--bcher-kva.example"),
    );
    put(
        "address as unicode of punycode",
        Secret::strict("odalys@xn--bcher-kva.example", EntityType::Email),
        field("X-A: odalys@bücher.example"),
    );
    use sha2::Digest as _;
    let digests = [
        md5::Md5::digest(EMAIL).to_vec(),
        sha1::Sha1::digest(EMAIL).to_vec(),
        sha2::Sha256::digest(EMAIL).to_vec(),
    ];
    for digest in digests {
        let hex = each_byte(&digest, "", "");
        put(
            &format!("digest of {} bytes", digest.len()),
            e(),
            html(format!("<img src=\"https://x.example/avatar/{hex}?s=80\">")),
        );
        put(
            &format!("digest of {} bytes in base64", digest.len()),
            e(),
            field(&format!("X-Hash: {}", base64(&digest))),
        );
    }
    put(
        "ip",
        Secret::strict("192.0.2.174", EntityType::Ip),
        field("X-Originating-IP: [192.0.2.174]"),
    );
    put(
        "ip in a host name",
        Secret::strict("192.0.2.174", EntityType::Ip),
        field("X-A: host-192-0-2-174.example.net"),
    );
    put(
        "ip reversed",
        Secret::strict("192.0.2.174", EntityType::Ip),
        field("X-A: 174.2.0.192.in-addr.arpa"),
    );
    put(
        "iban",
        Secret::strict("FR76 3000 4999 1234 5678 9014 385", EntityType::Iban),
        field("X-A: fr7630004999123456789014385"),
    );
}
