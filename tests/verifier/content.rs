//! Values planted in what a message says: its text, its markup, its parts and attachments.

use caviard::{entity::EntityType, verify::Secret};

use crate::{
    encode::*,
    plants::{
        ADDRESS, CYRILLIC, KANJI, LATIN, NAME, PHONE, Put, attached, body, html, mail, person,
        plain,
    },
};

pub fn text(put: Put) {
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
        ("record separator", "Oda\u{1e}lys Ferncastle"),
        ("record separator in percent", "Oda%1Elys Ferncastle"),
        ("record separator as reference", "Oda&#30;lys Fern=1Ecastle"),
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

pub fn markup(put: Put) {
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

pub fn structure(put: Put) {
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

pub fn attachments(put: Put) {
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
