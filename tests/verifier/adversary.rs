//! What somebody would try who wants a value to get through: encodings in encodings, disguises of letters and digits,
//! bytes written as text in rarer ways.

use caviard::{entity::EntityType, verify::Secret};

use crate::{
    encode::*,
    plants::{ADDRESS, EMAIL, LATIN, NAME, PHONE, Put, attached, body, html, mail, person, plain},
};

pub fn all(put: Put) {
    nested(put);
    letters(put);
    digits(put);
    codes(put);
    containers(put);
}

/// One encoding in another.
fn nested(put: Put) {
    let n = || person(NAME);
    let l = || person(LATIN);
    let long = format!("Dear {NAME}, this is what you asked for, and then some more.");
    let percent = each_byte(NAME, "%", "");
    let escapes = each_char(NAME, |c| format!("\\u{:04x}", u32::from(c)));
    let references = each_char(NAME, |c| format!("&#{};", u32::from(c)));
    for before in ["x", "xy", "xyz"] {
        let shifted = [before.as_bytes(), &utf16(&long, false)].concat();
        put(&format!("utf-16 behind {before:?} in base64"), n(), plain(base64_lines(&shifted, 76)));
    }
    put("utf-16 in hexadecimal", n(), plain(each_byte(utf16(NAME, true), "", "")));
    put("utf-16 in percent", n(), plain(each_byte(utf16(NAME, false), "%", "")));
    put(
        "utf-16 of accents in base64",
        l(),
        plain(base64_lines(utf16(&format!("Dear {LATIN}, hello to you"), true), 60)),
    );
    let inner = base64_lines(&percent, 76);
    let quoted = inner.replace('=', "=3D");
    put(
        "percent in base64 in quoted-printable",
        n(),
        body("text/plain", "quoted-printable", &quoted),
    );
    put("base64 in percent", n(), plain(base64(&long).replace('=', "%3D").replace('T', "%54")));
    put("base64 in references", n(), html(base64(&long).replace('T', "&#84;")));
    put("base64 in escapes", n(), plain(format!("\"{}\"", base64(&long).replace('T', "\\u0054"))));
    put(
        "base64 with escaped slashes",
        n(),
        plain(format!("\"{}\"", base64(format!("~~~???{long}")).replace('/', "\\/"))),
    );
    put(
        "base64 with escaped line ends",
        n(),
        plain(base64_lines(&long, 20).replace("\r\n", "\\n")),
    );
    put(
        "base64 in strings that are joined",
        n(),
        plain(base64_lines(&long, 20).replace("\r\n", "\"\r\n  \"")),
    );
    put("base64 in a comment of html", n(), html(format!("<!-- {} -->", base64(&long))));
    put("base64 split by tags", n(), html(base64(&long).replace('R', "<b>R</b>")));
    put("hexadecimal in base64", n(), plain(base64_lines(each_byte(&long, "", ""), 76)));
    put("base64 in hexadecimal", n(), plain(each_byte(base64(&long), "", "")));
    put("escapes in base64", n(), plain(base64_lines(format!("{{\"n\":\"{escapes}\"}}"), 76)));
    put(
        "references in base64 in base64",
        n(),
        plain(base64_lines(base64_lines(&references, 76), 76)),
    );
    put("references of percent", n(), html(percent.replace('%', "&#37;")));
    put("percent of references", n(), plain(each_byte(&references, "%", "")));
    put("references three times", n(), html(references.replace('&', "&amp;amp;")));
    put("escapes of references", n(), plain(references.replace('&', "\\u0026")));
    put("escaped escapes", n(), plain(escapes.replace('\\', "\\\\")));
    put(
        "quoted-printable of references",
        n(),
        body("text/html", "quoted-printable", each_byte(&references, "=", "").to_uppercase()),
    );
    put(
        "encoded word in base64",
        n(),
        plain(base64_lines(
            format!("Subject: =?utf-8?Q?{}?= and so on", each_byte(NAME, "=", "").to_uppercase()),
            76,
        )),
    );
    put(
        "encoded word of percent",
        n(),
        mail(&format!("X-A: =?utf-8?B?{}?=", base64(&percent)), "x"),
    );
    put(
        "encoded word of references",
        n(),
        mail(&format!("X-A: =?utf-8?B?{}?=", base64(&references)), "x"),
    );
    put(
        "encoded word of a token of base64",
        n(),
        mail(&format!("X-A: =?utf-8?Q?{}?=", base64(&long).replace('=', "=3D")), "x"),
    );
    put(
        "utf-7 in base64",
        l(),
        plain(base64_lines(format!("Hello {} and good bye", utf7(LATIN)), 76)),
    );
    put(
        "utf-7 in quoted-printable",
        l(),
        body(
            "text/plain; charset=utf-7",
            "quoted-printable",
            utf7(LATIN).replace('=', "=3D").replace('+', "=2B"),
        ),
    );
    put("uuencode in base64", n(), plain(base64_lines(uuencode(long.as_bytes()), 76)));
    put("base64 in uuencode", n(), plain(uuencode(base64(&long).as_bytes())));
    put(
        "html in json",
        n(),
        plain("{\"h\":\"\\u003cp\\u003eOda\\u003cb\\u003elys\\u003c/b\\u003e Ferncastle\"}"),
    );
    put(
        "html in references in html",
        n(),
        html(
            "<p srcdoc=\"&lt;i&gt;Oda&lt;/i&gt;&lt;b&gt;lys&lt;/b&gt; Fern&lt;i class=&quot;a very long class of nothing&quot;&gt;castle\">",
        ),
    );
    put(
        "literal stretches",
        n(),
        html(
            "<svg><x><![CDATA[Oda]]></x><y class=\"none of it\"><![CDATA[lys Fern]]></y><z><![CDATA[castle]]></z></svg>",
        ),
    );
    put(
        "rtf in base64",
        n(),
        attached("text/rtf", format!("{{\\rtf1 {}}}", each_byte(NAME, "\\'", "")).as_bytes()),
    );
    put(
        "rtf of characters",
        l(),
        attached(
            "text/rtf",
            format!("{{\\rtf1\\uc1 {}}}", each_char(LATIN, |c| format!("\\u{}?", u32::from(c))))
                .as_bytes(),
        ),
    );
    put(
        "parameter in percent in quoted-printable",
        n(),
        mail(
            &format!(
                "Content-Disposition: attachment;\r\n filename*0*=utf-8''{};\r\n filename*1*={}",
                each_byte("Odalys Fe", "%", ""),
                each_byte("rncastle", "%", "")
            ),
            "x",
        ),
    );
    put(
        "bytes of an encoded word that removes itself",
        n(),
        mail("X-A: Oda=?*x?Q??=lys Fern=?utf-8?Q??=castle", "x"),
    );
}

/// Letters that look otherwise.
fn letters(put: Put) {
    let n = || person(NAME);
    let l = || person(LATIN);
    let shifted = |from: u32, c: char| match c.to_ascii_lowercase() {
        c @ 'a'..='z' => char::from_u32(from + u32::from(c) - 97).unwrap().to_string(),
        c => c.to_string(),
    };
    for (what, from) in [
        ("circles", 0x24d0),
        ("black circles", 0x1f150),
        ("squares", 0x1f130),
        ("black squares", 0x1f170),
        ("flags", 0x1f1e6),
        ("parentheses", 0x249c),
        ("fraktur", 0x1d586),
    ] {
        put(&format!("letters in {what}"), n(), plain(each_char(NAME, |c| shifted(from, c))));
    }
    put("small capitals", n(), plain("ᴏᴅᴀʟʏꜱ ꜰᴇʀɴᴄᴀꜱᴛʟᴇ"));
    put("no accents", l(), plain("for JORG GROSSWEXEL"));
    put("umlauts spelt", l(), plain("for Joerg Groesswexel"));
    put("umlauts spelt, surname first", l(), plain("GROESSWEXEL, Joerg"));
    put("accents of two kinds", l(), plain("Jo\u{308}rg Gröss\u{200d}wexel"));
    put("one letter a line", n(), plain(each_char(NAME, |c| format!("{c}\r\n"))));
    put("one letter a quoted line", n(), plain(each_char(NAME, |c| format!("> {c}\r\n"))));
    put("letters in table cells", n(), html(each_char(NAME, |c| format!("<td>{c}</td>"))));
    put(
        "words in cells of html, surname first",
        n(),
        html("<tr><td>Ferncastle</td>\r\n<td>Odalys</td></tr>"),
    );
    put("words in cells of text, surname first", n(), plain("| Ferncastle | Odalys |\r\n"));
    put("words in columns, surname first", n(), plain("Ferncastle\tOdalys\r\n"));
    put("words in lines, surname first", n(), plain("Ferncastle\r\nOdalys\r\n"));
    put("joined by a script", n(), plain("var n = 'Oda' + 'lys' + ' Fern' + 'castle';"));
    put("hyphens at every place", n(), plain("O-d-a-l-y-s F-e-r-n-c-a-s-t-l-e"));
    put(
        "combining marks on every letter",
        n(),
        plain(each_char(NAME, |c| format!("{c}\u{336}\u{20e3}"))),
    );
    put(
        "marks of direction in between",
        n(),
        plain(each_char(NAME, |c| format!("\u{2066}{c}\u{2069}"))),
    );
    let tags = each_char(NAME, |c| char::from_u32(u32::from(c) + 0xe0000).unwrap().to_string());
    put("tags that do not show", n(), plain(format!("A flag: \u{1f3f4}{tags}\u{e007f}.")));
    let selectors = NAME.bytes().map(|b| match b {
        0..16 => char::from_u32(0xfe00 + u32::from(b)).unwrap(),
        _ => char::from_u32(0xe0100 + u32::from(b) - 16).unwrap(),
    });
    put(
        "variation selectors as bytes",
        n(),
        plain(format!("\u{1f642}{} hi", selectors.collect::<String>())),
    );
    let email = || Secret::strict(EMAIL, EntityType::Email);
    put("address with blanks", email(), plain("odalys . ferncastle @ example . org"));
    put("address with words", email(), plain("odalys [dot] ferncastle [at] example [dot] org"));
    put("address backwards", email(), plain("gro.elpmaxe@eltsacnref.sylado"));
    put("address in a path", email(), plain("https://example.net/org/example/odalys.ferncastle/"));
    let a = || Secret::strict(ADDRESS, EntityType::Address);
    put(
        "street behind its number, in a query",
        a(),
        plain("?s=quenouille&t=impasse+quenouille+48"),
    );
    put("address over cells", a(), html("<td>48</td><td>impasse</td><td>Quenouille</td>"));
}

/// Digits that look or are grouped otherwise.
fn digits(put: Put) {
    let p = || Secret::strict(PHONE, EntityType::Phone);
    let circles = |c: char| match c.to_digit(10) {
        Some(0) => "\u{24ea}".to_owned(),
        Some(d) => char::from_u32(0x245f + d).unwrap().to_string(),
        None => c.to_string(),
    };
    for (what, text) in [
        ("in threes", "639 984 713".to_owned()),
        ("with slashes", "06/39/98/47/13".to_owned()),
        ("with an odd prefix", "0 (0)33-6.39984713".to_owned()),
        ("over three lines", "06 39\r\n> 98\r\n> 47 13".to_owned()),
        ("in a link", "<a href=\"tel:%2B33%36%339984713\">x</a>".to_owned()),
        ("circles", "0639984713".chars().map(circles).collect()),
        ("superscripts", "⁰⁶³⁹⁹⁸⁴⁷¹³".to_owned()),
        ("mathematical", "𝟎𝟔𝟛𝟡𝟿𝟪𝟦𝟕𝟏𝟑".to_owned()),
        ("keycaps", "0639984713".chars().map(|c| format!("{c}\u{fe0f}\u{20e3}")).collect()),
        ("backwards", "3174899360".to_owned()),
        ("in base64", base64("call 06 39 98 47 13 now")),
        ("as references", "0639984713".chars().map(|c| format!("&#{};", u32::from(c))).collect()),
        ("in cells", "0639984713".chars().map(|c| format!("<td>{c}</td>")).collect()),
    ] {
        put(&format!("digits {what}"), p(), html(text));
    }
    let short = || Secret::strict("00225-075-03684", EntityType::Phone);
    put("few digits behind a prefix", short(), plain("Tel. 00225-075-03684."));
    put("few digits behind a trunk zero", short(), plain("Tel. 07503684."));
}

/// Bytes as numbers and in odd digits.
fn codes(put: Put) {
    let n = || person(NAME);
    let list =
        |form: fn(u8) -> String, gap: &str| NAME.bytes().map(form).collect::<Vec<_>>().join(gap);
    for (what, text) in [
        ("decimal", list(|b| b.to_string(), " ")),
        ("decimal with semicolons", list(|b| b.to_string(), "; ")),
        ("decimal, one a line", list(|b| b.to_string(), "\r\n")),
        ("hexadecimal with 0x", format!("x = [{}];", list(|b| format!("0x{b:02x}"), ", "))),
        ("hexadecimal amid text", format!("the key is {} .", list(|b| format!("{b:02X}"), " "))),
        ("code points", list(|b| format!("U+{b:04X}"), " ")),
        ("binary", list(|b| format!("{b:08b}"), " ")),
        ("octal", list(|b| format!("{b:03o}"), " ")),
    ] {
        put(&format!("codes {what}"), n(), plain(text));
    }
    let ascii85 = |bytes: &[u8]| -> String {
        bytes.chunks(4).fold(String::new(), |mut out, group| {
            let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
            let word = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
            let digit = |power: u32| char::from((word / power % 85) as u8 + b'!');
            out.extend([52_200_625, 614_125, 7225, 85, 1].map(digit).iter().take(group.len() + 1));
            out
        })
    };
    put("ascii85", n(), plain(format!("<~{}~>", ascii85(NAME.as_bytes()))));
    let packed = ascii85(&zlib(format!("BT ({NAME}) Tj ET").as_bytes()));
    let pdf = format!(
        "%PDF-1.4\n1 0 obj <</Filter [/ASCII85Decode /FlateDecode]>> stream\n{packed}~>\nendstream"
    );
    put("ascii85 of a page", n(), attached("application/pdf", pdf.as_bytes()));
    put("base32 in lower case", n(), plain("k=j5sgc3dzomqemzlsnzrwc43unrsq"));
    let ebcdic = |c: char| match c {
        'a'..='i' => c as u8 - b'a' + 0x81,
        'j'..='r' => c as u8 - b'j' + 0x91,
        's'..='z' => c as u8 - b's' + 0xa2,
        'A'..='I' => c as u8 - b'A' + 0xc1,
        'J'..='R' => c as u8 - b'J' + 0xd1,
        'S'..='Z' => c as u8 - b'S' + 0xe2,
        _ => 0x40,
    };
    let bytes: Vec<u8> = format!("Dear {NAME} hello").chars().map(ebcdic).collect();
    put("ebcdic", n(), body("text/plain; charset=cp037", "8bit", &bytes));
    put(
        "ebcdic in base64",
        n(),
        body("text/plain; charset=cp037", "base64", base64_lines(&bytes, 76)),
    );
}

/// Files in files.
fn containers(put: Put) {
    let n = || person(NAME);
    let long = format!("I, {NAME}, wrote this to you.");
    // Bytes of every value, among them the one that the verifier separates texts by.
    let filler: String = (0..4000u32)
        .map(|i| char::from_digit(i.wrapping_mul(2_654_435_761) >> 27, 36).unwrap_or('x'))
        .collect();
    let wordy = format!("{filler}\r\n{long}\r\n{filler}");
    put("gzip of much in lines of text", n(), plain(base64_lines(gzip(wordy.as_bytes()), 76)));
    put(
        "zip of much in lines of text",
        n(),
        plain(base64_lines(zip("a.txt", wordy.as_bytes(), true), 76)),
    );
    put(
        "gzip of much in a token",
        n(),
        plain(format!("{{\"data\":\"{}\"}}", base64(gzip(wordy.as_bytes())))),
    );
    put("zlib in a token", n(), plain(format!("d={}", base64(zlib(long.as_bytes())))));
    put("gzip in gzip", n(), attached("application/gzip", &gzip(&gzip(wordy.as_bytes()))));
    put(
        "gzip in zip",
        n(),
        attached("application/zip", &zip("a.gz", &gzip(wordy.as_bytes()), true)),
    );
    put("gzip in hexadecimal", n(), plain(each_byte(gzip(long.as_bytes()), "", "")));
    put("gzip of utf-16", n(), attached("application/gzip", &gzip(&utf16(&long, false))));
    put(
        "gzip in quoted-printable",
        n(),
        body(
            "application/gzip",
            "quoted-printable",
            each_byte(gzip(long.as_bytes()), "=", "")
                .to_uppercase()
                .as_bytes()
                .chunks(72)
                .map(|l| String::from_utf8_lossy(l).into_owned())
                .collect::<Vec<_>>()
                .join("=\r\n"),
        ),
    );
    put(
        "record separator in a zip",
        n(),
        attached("application/zip", &zip("a.txt", b"see Oda\x1elys Fern\x1ecastle there", true)),
    );
    put(
        "html in zip in a message in base64",
        n(),
        attached(
            "message/rfc822",
            &attached(
                "application/zip",
                &zip("a.html", b"<p>Oda<b>lys</b> Fern&#99;astle</p>", true),
            ),
        ),
    );
    put(
        "zip member's name in percent",
        n(),
        attached("application/zip", &zip("Odalys%20Fern%63astle.txt", b"nothing", true)),
    );
    put(
        "json in gzip",
        n(),
        attached("application/gzip", &gzip(br#"{"n":"\u004fdalys \u0046erncastle"}"#)),
    );
    put(
        "mail in zip",
        n(),
        attached(
            "application/zip",
            &zip(
                "a.eml",
                &body("text/plain", "quoted-printable", "Oda=\r\nlys Fern=63astle"),
                true,
            ),
        ),
    );
}
