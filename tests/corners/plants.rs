//! The plants of `tests/corners.rs`.

use encoding_rs::Encoding;

/// The listed values: Latin with marks, Cyrillic, Greek, Japanese, Chinese, Korean, a number, an address.
pub const VALUES: &[&str] = &[
    "Šárka Żółwińska",
    "Евдокия Лисогорова",
    "Ευδοκία Μαυροπέτρα",
    "葛飾小夜子",
    "歐陽靜嫻",
    "남궁설희",
    "Odalys Quernfeather",
    "odalys.quernfeather@example.net",
    "+33 6 39 98 47 12",
];

/// One value in one corner.
pub struct Plant {
    /// Which corner.
    pub name: String,
    /// The message.
    pub raw: Vec<u8>,
    /// The bytes of the value as they stand there.
    pub hidden: Vec<u8>,
    /// Bytes that must stay.
    pub beside: Vec<u8>,
}

fn octets(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).expect(label);
    let (octets, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{label} has not all of the text");
    octets.into_owned()
}

fn base64(octets: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in octets.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            out.push(if digit > group.len() { '=' } else { char::from(DIGITS[index]) });
        }
    }
    out
}

fn quoted(octets: &[u8]) -> String {
    octets.iter().map(|b| format!("={b:02X}")).collect()
}

fn message(fields: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n{fields}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A text of which the octets are in `real` and said to be in `declared`.
fn mislabelled(value: &str, real: &str, declared: &str) -> Vec<Plant> {
    let (hidden, declared) = (
        octets(real, value),
        match declared {
            "" => String::new(),
            declared => format!("; charset={declared}"),
        },
    );
    let body = [b"Before it, ".as_slice(), &hidden, b" and behind it.\r\n"].concat();
    let plant = |way: &str, raw: Vec<u8>, hidden: Vec<u8>, beside: &[u8]| Plant {
        name: format!("{real} said to be{declared}, {way}"),
        raw,
        hidden,
        beside: beside.to_vec(),
    };
    let fields = format!("Content-Type: text/plain{declared}\r\nContent-Transfer-Encoding: ");
    let qp =
        [b"Before it, ".as_slice(), quoted(&hidden).as_bytes(), b" and behind it.\r\n"].concat();
    // The value starts at a group of three bytes.
    let lead = b"Before it:  ";
    let groups = hidden.len() / 3 * 3;
    let digits = base64(&[lead, hidden.as_slice(), b" and behind it"].concat());
    vec![
        plant("8bit", message(&format!("{fields}8bit"), &body), hidden.clone(), b" and behind it."),
        plant(
            "quoted-printable",
            message(&format!("{fields}quoted-printable"), &qp),
            quoted(&hidden).into_bytes(),
            b"Before it, ",
        ),
        plant(
            "base64",
            message(&format!("{fields}base64"), digits.as_bytes()),
            base64(&hidden[..groups]).into_bytes(),
            base64(lead).as_bytes(),
        ),
    ]
}

fn one(name: &str, raw: Vec<u8>, hidden: &[u8], beside: &[u8]) -> Plant {
    Plant { name: name.to_owned(), raw, hidden: hidden.to_vec(), beside: beside.to_vec() }
}

/// All plants.
pub fn plants() -> Vec<Plant> {
    let mut all = Vec::new();
    for (value, real, declared) in [
        (VALUES[0], "iso-8859-2", "iso-8859-1"),
        (VALUES[0], "windows-1250", "koi8-r"),
        (VALUES[1], "windows-1251", "koi8-r"),
        (VALUES[1], "koi8-r", "windows-1251"),
        (VALUES[1], "ibm866", ""),
        (VALUES[1], "iso-8859-5", "utf-8"),
        (VALUES[1], "x-mac-cyrillic", "x-unheard-of"),
        (VALUES[2], "windows-1253", "iso-8859-1"),
        (VALUES[3], "shift_jis", "iso-8859-1"),
        (VALUES[3], "euc-jp", "gb18030"),
        (VALUES[4], "big5", "gb18030"),
        (VALUES[4], "gb18030", "us-ascii"),
        (VALUES[5], "euc-kr", "windows-1252"),
        (VALUES[1], "utf-8", "windows-1251"),
    ] {
        all.extend(mislabelled(value, real, declared));
    }
    all.extend(fields());
    all.extend(seven_bit());
    all.extend(structure());
    all.extend(grammar());
    all
}

fn fields() -> Vec<Plant> {
    let cyrillic = octets("windows-1251", VALUES[1]);
    let word = base64(&cyrillic);
    let percent: String = cyrillic.iter().map(|b| format!("%{b:02X}")).collect();
    let field = |line: Vec<u8>| {
        [b"From: a@example.org\r\n".as_slice(), &line, b"\r\n\r\nHello\r\n"].concat()
    };
    vec![
        one(
            "encoded word under a wrong label",
            field(format!("Subject: kept =?koi8-r?B?{word}?=").into_bytes()),
            word.as_bytes(),
            b"Subject: kept ",
        ),
        one(
            "raw bytes of another charset in a display name",
            field([b"To: ".as_slice(), &cyrillic, b" <kept@example.org>"].concat()),
            &cyrillic,
            b"To: ",
        ),
        one(
            "extended file name under a wrong label",
            field(
                format!("Content-Disposition: attachment; filename*=iso-8859-1''{percent}")
                    .into_bytes(),
            ),
            percent.as_bytes(),
            b"attachment;",
        ),
        one(
            "comment of a date",
            field(b"Date: Tue, 3 Mar 2026 10:00:00 +0100 (Odalys Quernfeather)".to_vec()),
            b"Quernfeather",
            b"3 Mar 2026",
        ),
        one(
            "group name",
            field(b"To: Odalys Quernfeather: kept@example.org;".to_vec()),
            b"Quernfeather",
            b"To: ",
        ),
        one(
            "name of a field",
            field(b"X-Odalys-Quernfeather: kept".to_vec()),
            b"Quernfeather",
            b": kept",
        ),
    ]
}

fn seven_bit() -> Vec<Plant> {
    let text = |fields: &str, body: &str, hidden: &str, beside: &str, name: &str| {
        one(name, message(fields, body.as_bytes()), hidden.as_bytes(), beside.as_bytes())
    };
    let plain = "Content-Type: text/plain; charset=us-ascii";
    vec![
        text(
            plain,
            "1+1=2, call +AE8-dalys +AFE-uernfeather now\r\n",
            "+AE8-dalys +AFE-uernfeather",
            "1+1=2, call ",
            "UTF-7 that nothing declares",
        ),
        text(
            "Content-Type: text/html; charset=utf-8",
            "<p>+33&#8239;6&#x202F;39<!-- x --> 98<b> 47</b> 12, kept</p>\r\n",
            "39<!-- x --> 98<b> 47",
            ", kept</p>",
            "number cut by comment, tags and references",
        ),
        text(
            "Content-Type: text/html; charset=utf-8",
            "<img src=\"https://t.example/o.gif?u=9f8a7c6b5d4e3f2a1b0c\"><p>Odalys Quernfeather</p>\r\n",
            "9f8a7c6b5d4e3f2a1b0c",
            "https://t.example/o.gif?u=",
            "token in a remote image",
        ),
        text(
            "Content-Type: text/plain",
            "odalys%2Equernfeather%40example%2Enet kept\r\n",
            "quernfeather%40",
            " kept",
            "percent-encoded address in text",
        ),
        text(
            "Content-Type: text/plain",
            "O\u{301}dalys Quern\u{ad}feather kept\r\n",
            "Quern\u{ad}feather",
            " kept",
            "combining accent and soft hyphen",
        ),
        text(
            "Content-Type: text/plain",
            "> Odalys\r\n> Quernfeather kept\r\n",
            "Quernfeather",
            " kept",
            "over quoted lines",
        ),
    ]
}

fn structure() -> Vec<Plant> {
    let multipart = |subtype: &str, body: &str| {
        message(&format!("Content-Type: multipart/{subtype}; boundary=b"), body.as_bytes())
    };
    let name = b"Quernfeather";
    let part = "--b\r\nContent-Type: text/plain\r\n\r\nkept\r\n";
    vec![
        one(
            "preamble",
            multipart("mixed", &format!("Odalys Quernfeather\r\n{part}--b--\r\n")),
            name,
            b"\r\n\r\nkept\r\n",
        ),
        one(
            "epilogue",
            multipart("mixed", &format!("{part}--b--\r\nOdalys Quernfeather\r\n")),
            name,
            b"\r\n\r\nkept\r\n",
        ),
        one(
            "message in base64 in a message",
            multipart(
                "mixed",
                &format!(
                    "{part}--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
                    base64(b"Subject: xy\r\n\r\nSee Odalys Quernfeather\r\n")
                ),
            ),
            base64(b" Odalys Quernfeath").as_bytes(),
            b"\r\n\r\nkept\r\n",
        ),
        one(
            "digest",
            multipart(
                "digest",
                "--b\r\n\r\nFrom: Odalys Quernfeather <x@example.org>\r\n\r\nkept\r\n--b--\r\n",
            ),
            name,
            b"\r\n\r\nkept\r\n",
        ),
        one(
            "delivery status",
            multipart(
                "report; report-type=delivery-status",
                "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; kept.example\r\n\r\nFinal-Recipient: rfc822; odalys.quernfeather@example.net\r\nAction: failed\r\n--b--\r\n",
            ),
            b"odalys.quernfeather@example.net",
            b"Action: failed",
        ),
        one(
            "calendar",
            multipart(
                "mixed",
                "--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nATTENDEE;CN=Odalys Quernfeather:mailto:odalys.quernf\r\n eather@example.net\r\nSUMMARY:kept\r\nEND:VCALENDAR\r\n--b--\r\n",
            ),
            b"CN=Odalys Quernfeather",
            b"SUMMARY:kept",
        ),
        one(
            "vCard",
            multipart(
                "mixed",
                "--b\r\nContent-Type: text/vcard\r\n\r\nBEGIN:VCARD\r\nFN:Odalys Quernfeather\r\nN:Quernfeather;Odalys;;;\r\nNOTE:kept\r\nEND:VCARD\r\n--b--\r\n",
            ),
            name,
            b"NOTE:kept",
        ),
        one(
            "RTF escapes",
            multipart(
                "mixed",
                "--b\r\nContent-Type: text/rtf\r\n\r\n{\\rtf1 Odalys Quern\\'66eather kept}\r\n--b--\r\n",
            ),
            b"Quern\\'66eather",
            b" kept}",
        ),
        one(
            "part without a blank line",
            multipart(
                "mixed",
                "--b\r\nContent-Type: text/plain\r\nOdalys Quernfeather kept\r\n--b--\r\n",
            ),
            name,
            b"--b--",
        ),
        one(
            "nested boundary that clashes",
            multipart(
                "mixed",
                "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOdalys Quernfeather, kept\r\n--b--\r\n--b--\r\n",
            ),
            name,
            b", kept\r\n",
        ),
    ]
}

/// Values that the grammar of their place cuts.
fn grammar() -> Vec<Plant> {
    let part = |kind: &str, body: &str| {
        let parts = format!("--b\r\nContent-Type: {kind}\r\n\r\n{body}\r\n--b--\r\n");
        message("Content-Type: multipart/mixed; boundary=b", parts.as_bytes())
    };
    let boundary = base64(b"Odalys Quernfeather");
    let field = |line: &str| format!("From: a@example.org\r\n{line}\r\n\r\nHello\r\n").into_bytes();
    vec![
        one(
            "comments inside an address",
            field("To: odalys(x).(y)quernfeather@example.net"),
            b"odalys(x)",
            b"To: ",
        ),
        one(
            "media type",
            field("Content-Type: text/odalys-quernfeather; charset=utf-8"),
            b"quernfeather",
            b"Content-Type: text/",
        ),
        one(
            "fold without its blank",
            field("Received: from kept\r\nby Odalys Quernfeather\r\nX-Kept: yes"),
            b"Quernfeather",
            b"X-Kept: yes",
        ),
        one(
            "rows of a table",
            part("text/csv", "kept,Odalys\r\nQuernfeather,too"),
            b"Quernfeather",
            b",too\r\n",
        ),
        one(
            "HTML in a calendar",
            part(
                "text/calendar",
                "X-ALT-DESC;FMTTYPE=text/html:<p>Oda<b>lys</b> Quern\r\n feather</p>\r\nX-KEPT:1",
            ),
            b"Oda<b>lys",
            b"X-KEPT:1",
        ),
        one(
            "text behind base64",
            message(
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64",
                format!("{}\r\nOdalys Quernfeather kept\r\n", base64(b"Hi, ")).as_bytes(),
            ),
            b"Quernfeather",
            b"SGksI",
        ),
        one(
            "boundary that is a value in base64",
            message(
                &format!("Content-Type: multipart/mixed; boundary=\"{boundary}\""),
                format!("--{boundary}\r\n\r\nkept\r\n--{boundary}--\r\n").as_bytes(),
            ),
            boundary.as_bytes(),
            b"\r\n\r\nkept\r\n--",
        ),
        one(
            "boundary without its closing quote",
            message(
                "Content-Type: multipart/mixed; boundary=\"b",
                format!(
                    "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
                    base64(b"Odalys Quernfeather")
                )
                .as_bytes(),
            ),
            boundary.as_bytes(),
            b"--b--",
        ),
    ]
}
