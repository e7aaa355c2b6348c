//! Messages with one invented value planted in one corner each.

use caviard::{entity::EntityType, verify::Secret};

use crate::encode::*;

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

fn body(kind: &str, encoding: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    mail(&format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}"), body)
}

fn plain(text: impl AsRef<[u8]>) -> Vec<u8> {
    body("text/plain; charset=utf-8", "8bit", text)
}

fn html(text: impl AsRef<[u8]>) -> Vec<u8> {
    body(
        "text/html; charset=utf-8",
        "8bit",
        [b"<html><body>", text.as_ref(), b"</body></html>"].concat(),
    )
}

fn attached(kind: &str, contents: &[u8]) -> Vec<u8> {
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
    text(&mut plant);
    markup(&mut plant);
    structure(&mut plant);
    attachments(&mut plant);
    plants
}

type Put<'a> = &'a mut dyn FnMut(&str, Secret, Vec<u8>);

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

fn text(put: Put) {
    let n = || person(NAME);
    for (what, source) in [
        ("quoted over lines", "> > Odalys\r\n> > Ferncastle"),
        ("flowed with delsp", "Oda \r\nlys Fern \r\ncastle"),
        ("hyphenated", "Odalys Fern-\r\ncastle"),
        ("capitals", "ODALYS FERNCASTLE"),
        ("spaced out", "O d a l y s  F e r n c a s t l e"),
        ("surname first", "FERNCASTLE Odalys"),
        ("accents added", "Ödalÿs Férncàstle"),
        ("zero width", "Oda\u{200b}lys Fern\u{feff}castle"),
        ("soft hyphens", "Oda\u{ad}lys Fern\u{ad}castle"),
        ("no-break spaces", "Odalys\u{a0}\u{202f}Ferncastle"),
        ("homoglyphs", "Оdаlуs Fеrncаstlе"),
        ("full width", "Ｏｄａｌｙｓ　Ｆｅｒｎｃａｓｔｌｅ"),
        ("mathematical", "𝐎𝐝𝐚𝐥𝐲𝐬 𝑭𝑒𝓇𝔫𝕔𝖆𝗌𝘁𝙡𝚎"),
        ("reversed", "\u{202e}eltsacnreF syladO"),
        ("rot13", "Bqnylf Sreapnfgyr"),
        ("camel case", "from OdalysFerncastle2024"),
        ("underscores", "odalys__ferncastle"),
        ("percent", "%4Fdalys%20%46erncastle"),
        ("percent twice", "%254Fdalys%2520%2546erncastle"),
        ("percent three times", "%25254Fdalys%252520%252546erncastle"),
        ("percent with plus", "q=Odalys+Fern%63astle"),
        ("quoted-printable in a quote", "> =4Fdalys Fern=\r\n> castle"),
        ("encoded word in text", "> Subject: =?utf-8?Q?=4Fdalys_Ferncastle?="),
        ("json", "{\"n\":\"\\u004fdalys \\u0046erncastle\"}"),
        ("script", "'\\x4fdalys\\u{20}Ferncastle'"),
        ("octal", "\\117dalys \\106erncastle"),
        ("rtf", "{\\rtf1 {\\b Oda}\\i0 lys \\'46ern\\u99?astle}"),
        ("enriched", "<bold>Oda</bold>lys <italic>Fern</italic>castle"),
        ("vcard", "N:Ferncastle;Odalys;;;"),
        ("folded calendar", "ATTENDEE;CN=Odalys Fern\r\n castle:mailto:x"),
    ] {
        put(what, n(), plain(format!("Hello,\r\n{source}\r\nbye")));
    }
    let p = || Secret::strict(PHONE, EntityType::Phone);
    for source in [
        "06 39 98 47 13",
        "06.39.98.47.13",
        "0639984713",
        "+33639984713",
        "0033 (0)6 39-98-47-13",
        "(06) 39 98\r\n47 13",
        "06\u{a0}39\u{202f}98\u{2012}47\u{2011}13",
        "０６３９９８４７１３",
        "٠٦٣٩٩٨٤٧١٣",
        "tel:+33-6-39-98-47-13",
        "6 3 9 9 8 4 7 1 3",
        "MDYzOTk4NDcxMw==",
    ] {
        put(&format!("phone {source}"), p(), plain(format!("Tel. {source} .")));
    }
    let a = || Secret::strict(ADDRESS, EntityType::Address);
    for source in [
        "48 impasse\r\nQuenouille\r\n99138 Vauxmesnil",
        "48, IMPASSE QUENOUILLE",
        "impasse Quenouille 48",
        "48+impasse+Quenouille,+99138+Vauxmesnil",
        "48%20impasse%20Quenouille",
        "> 48 impasse Quenouille\r\n> 99138 Vauxmesnil",
    ] {
        put(&format!("address {source}"), a(), plain(format!("I live at {source} .")));
    }
}

fn markup(put: Put) {
    let n = || person(NAME);
    let numeric = each_char(NAME, |c| format!("&#{};", u32::from(c)));
    let hex = each_char(NAME, |c| format!("&#x{:x}", u32::from(c))).replace("&#x20", " ");
    let spans = each_char(NAME, |c| format!("<span class=\"k\">{c}</span>"));
    for (what, source) in [
        ("inline tags", "<b>Oda</b>lys <i>Fern</i>castle".to_owned()),
        ("tags with signs in attributes", "Oda<a title=\"x > y\">lys</a> Fern<b>castle".to_owned()),
        ("comment inside", "Oda<!-- x > y -->lys Ferncastle".to_owned()),
        ("numbers", numeric.clone()),
        ("hexadecimal numbers without semicolon", hex),
        ("numbers twice", numeric.replace('&', "&amp;")),
        ("no-break reference", "Odalys&nbsp;Ferncastle".to_owned()),
        ("reference without semicolon", "Odalys&nbspFerncastle".to_owned()),
        ("invisible references", "Oda&shy;lys Fern&zwnj;castle&#8203;".to_owned()),
        ("comment", "<!-- Odalys Ferncastle -->".to_owned()),
        ("conditional comment", "<!--[if mso]><b>Oda</b>lys Ferncastle<![endif]-->".to_owned()),
        ("alt", "<img alt=\"Odalys Ferncastle\">".to_owned()),
        ("alt with references", "<img alt='&#79;dalys Ferncastle'>".to_owned()),
        ("link", "<a href=\"https://x.example/?n=Odalys%20Fern%63astle\">x</a>".to_owned()),
        ("data attribute", "<p data-x='{\"n\":\"Odalys \\u0046erncastle\"}'>".to_owned()),
        ("hidden", "<div style=\"display:none\">Odalys Ferncastle</div>".to_owned()),
        ("title", "<title>Odalys Ferncastle</title>".to_owned()),
        ("style", "<style>p:after{content:\"\\4f dalys \\46 erncastle\"}</style>".to_owned()),
        ("script", "<script>var n='\\u004fdalys Ferncastle'</script>".to_owned()),
        (
            "data url",
            format!("<a href=\"data:text/plain;base64,{}\">", base64(format!("I am {NAME}"))),
        ),
        (
            "data url in percent",
            format!("<a href=\"data:text/html,{}\">", each_byte(NAME, "%", "")),
        ),
        ("letters in spans", spans),
        ("table cells", "<tr>\r\n  <td>Odalys</td>\r\n     <td>Ferncastle</td></tr>".to_owned()),
        ("line break", "Odalys<br />Ferncastle".to_owned()),
        ("broken tag", "<a href=\"Odalys Ferncastle".to_owned()),
        ("open comment", "<!-- Odalys Ferncastle".to_owned()),
        ("tag name", "<odalys-ferncastle>".to_owned()),
        ("svg", "<svg><text>Oda<tspan>lys</tspan> Ferncastle</text></svg>".to_owned()),
        ("noscript", "<noscript>Oda<b>lys</b> Ferncastle</noscript>".to_owned()),
        ("direction trick", "<bdo dir=rtl>eltsacnreF syladO</bdo>".to_owned()),
        ("word break", "Oda<wbr>lys Fern<wbr/>castle".to_owned()),
        ("style between", "Oda<style>b{}</style>lys Ferncastle".to_owned()),
        (
            "smart tag",
            "<st1:PersonName>Odalys <st1:Sn>Ferncastle</st1:Sn></st1:PersonName>".to_owned(),
        ),
    ] {
        put(&format!("html {what}"), n(), html(&source));
    }
    let soft = "<p>Oda<s=\r\npan>lys</sp=\r\nan> Fern&#x=\r\n63;astle";
    put("html soft breaks in tags", n(), body("text/html", "quoted-printable", soft));
    put(
        "html in base64",
        n(),
        body("text/html", "base64", base64_lines("<p>Oda<b>lys</b> Fern&#99;astle</p>", 76)),
    );
    put(
        "html in utf-16",
        n(),
        body(
            "text/html",
            "base64",
            base64_lines(utf16("<p>Oda<b>lys</b> Fern&#99;astle</p>", false), 76),
        ),
    );
    put("html names of letters", person(LATIN), html("J&ouml;rg Gr&ouml;&szlig;wexel"));
    put(
        "html cyrillic names of letters",
        person("Яна Лебедь"),
        html("&YAcy;&ncy;&acy; &Lcy;&iecy;&bcy;&iecy;&dcy;&softcy;"),
    );
    put(
        "html koi8-r with tags",
        person(CYRILLIC),
        body(
            "text/html",
            "8bit",
            [charset("koi8-r", "<p>Яро"), b"<b>".to_vec(), charset("koi8-r", "слав</b> Дубровин")]
                .concat(),
        ),
    );
}

fn structure(put: Put) {
    let n = || person(NAME);
    let mixed = |inner: &str| mail("Content-Type: multipart/mixed; boundary=b0", inner);
    let hidden = base64_lines(format!("Dear {NAME}, this is what you asked for."), 76);
    let encoded = format!("Content-Transfer-Encoding: base64\r\n\r\n{hidden}");
    put("preamble", n(), mixed("Odalys Ferncastle\r\n--b0\r\n\r\nx\r\n--b0--"));
    put("epilogue", n(), mixed("--b0\r\n\r\nx\r\n--b0--\r\nOdalys Ferncastle"));
    put(
        "part behind the end",
        n(),
        mixed(&format!("--b0\r\n\r\nx\r\n--b0--\r\n--b0\r\n{encoded}")),
    );
    put("delimiter line", n(), mixed("--b0 Odalys Ferncastle\r\n\r\nx\r\n--b0--"));
    put(
        "boundary",
        n(),
        mail(
            "Content-Type: multipart/mixed; boundary=\"odalys-ferncastle\"",
            "--odalys-ferncastle\r\n\r\nx\r\n--odalys-ferncastle--",
        ),
    );
    put(
        "no boundary",
        n(),
        mail("Content-Type: multipart/mixed", format!("--b0\r\n{encoded}--b0--")),
    );
    put(
        "boundary that never occurs",
        n(),
        mail("Content-Type: multipart/mixed; boundary=zz", format!("--b0\r\n{encoded}--b0--")),
    );
    put("no end", n(), mixed(&format!("--b0\r\n{encoded}")));
    put("delimiter with blanks", n(), mixed(&format!("--b0  \r\n{encoded}--b0--")));
    put(
        "nested message",
        n(),
        mixed(
            "--b0\r\nContent-Type: message/rfc822\r\n\r\nSubject: Odalys Ferncastle\r\n\r\nx\r\n--b0--",
        ),
    );
    let message = format!("From: {NAME} <x@example.net>\r\nSubject: hello\r\n\r\nSee you.\r\n");
    put("nested message in base64", n(), attached("message/rfc822", message.as_bytes()));
    put("message as bytes", n(), attached("application/octet-stream", &plain(&hidden)));
    let deep = base64_lines(
        attached("message/rfc822", &attached("message/rfc822", message.as_bytes())),
        76,
    );
    put("message in message in base64", n(), attached("application/octet-stream", deep.as_bytes()));
    put(
        "digest",
        n(),
        mail(
            "Content-Type: multipart/digest; boundary=b0",
            "--b0\r\n\r\nSubject: Odalys Ferncastle\r\n\r\nx\r\n--b0--",
        ),
    );
    put(
        "delivery status",
        n(),
        body(
            "message/delivery-status",
            "7bit",
            "Final-Recipient: rfc822; x\r\nDiagnostic-Code: smtp; no Odalys Ferncastle",
        ),
    );
    put(
        "external body",
        n(),
        body("message/external-body; name=\"Odalys Ferncastle\"", "7bit", "x"),
    );
    put(
        "partial",
        n(),
        body("message/partial; id=x; number=1", "7bit", format!("Subject: {NAME}")),
    );
    put(
        "two content types",
        n(),
        mail(
            "Content-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=b0",
            format!("--b0\r\n{encoded}--b0--"),
        ),
    );
    put(
        "no blank line",
        n(),
        format!("From: x@example.net\r\nSubject: x\r\nHello {NAME}\r\n").into_bytes(),
    );
    put("leading blank lines", n(), [b"\r\n\r\n".as_slice(), &plain(NAME)].concat());
    put("byte order mark", n(), [b"\xef\xbb\xbf".as_slice(), &plain(NAME)].concat());
    let mut nested = format!("{encoded}\r\n");
    for level in 0..70 {
        nested = format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n{nested}\r\n--b{level}--\r\n"
        );
    }
    put("seventy levels", n(), nested.into_bytes());
    put(
        "encoded multipart",
        n(),
        mail(
            "Content-Type: multipart/mixed; boundary=b0\r\nContent-Transfer-Encoding: base64",
            base64_lines(format!("--b0\r\n\r\n{NAME}\r\n--b0--"), 76),
        ),
    );
}

fn attachments(put: Put) {
    let n = || person(NAME);
    let noise: Vec<u8> =
        (0..3000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let long = format!("I, {NAME}, wrote this to you.");
    let between = |bytes: &[u8]| [noise.as_slice(), bytes, &noise].concat();
    put("csv", n(), attached("text/csv", b"id;first;last\r\n1;Odalys;Ferncastle\r\n"));
    put("zip", n(), attached("application/zip", &zip("a.txt", long.as_bytes(), true)));
    put("zip stored", n(), attached("application/zip", &zip("a.txt", long.as_bytes(), false)));
    put(
        "zip member's name",
        n(),
        attached("application/zip", &zip("Odalys Ferncastle.txt", &noise, true)),
    );
    put(
        "zip in zip",
        n(),
        attached("application/zip", &zip("a.zip", &zip("a.txt", long.as_bytes(), true), true)),
    );
    put("docx with runs", n(), attached("application/x", &zip("word/document.xml", b"<w:p><w:r><w:t>Oda</w:t></w:r><w:r><w:rPr/><w:t>lys Fern</w:t></w:r><w:r><w:t>castle</w:t></w:r></w:p>", true)));
    put("gzip", n(), attached("application/gzip", &gzip(long.as_bytes())));
    put("gzip in noise", n(), attached("application/x", &between(&gzip(long.as_bytes()))));
    put(
        "pdf stream",
        n(),
        attached("application/pdf", &between(&zlib(format!("BT ({NAME}) Tj ET").as_bytes()))),
    );
    put(
        "pdf kerned",
        n(),
        attached(
            "application/pdf",
            &between(&zlib(b"BT [(Od)-20(alys F)12(erncas)-3(tle)] TJ ET")),
        ),
    );
    put("binary with ascii", n(), attached("image/jpeg", &between(NAME.as_bytes())));
    put("binary with utf-16", n(), attached("application/ms-tnef", &between(&utf16(NAME, false))));
    put(
        "binary with big-endian utf-16",
        n(),
        attached("application/x", &between(&utf16(NAME, true))),
    );
    put(
        "binary with cyrillic utf-16",
        person(CYRILLIC),
        attached("application/x", &between(&utf16(CYRILLIC, false))),
    );
    put(
        "binary with kanji utf-16",
        person(KANJI),
        attached("application/x", &between(&utf16(KANJI, true))),
    );
    put(
        "xmp",
        n(),
        attached(
            "image/jpeg",
            &between(b"<x:xmpmeta><dc:creator>Oda<b/>lys Fern&#99;astle</dc:creator></x:xmpmeta>"),
        ),
    );
    put(
        "svg",
        n(),
        attached("image/svg+xml", b"<svg><text>Oda<tspan>lys</tspan> Ferncastle</text></svg>"),
    );
    put(
        "json",
        n(),
        attached(
            "application/json",
            br#"{"first":"\u004fdalys","x":"\u004fdalys \u0046erncastle"}"#,
        ),
    );
    put(
        "short name in text of an attachment",
        Secret::word("Fern", EntityType::Person, 0),
        attached("text/plain", b"Dear Fern, hello."),
    );
    put(
        "image bytes in 8bit",
        n(),
        [mail(
            "Content-Type: image/png\r\nContent-Transfer-Encoding: binary",
            between(NAME.as_bytes()),
        )]
        .concat(),
    );
}
