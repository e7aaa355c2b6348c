//! Encoders for planting values, none of them the verifier's.

use encoding_rs::Encoding;

/// Base64 with the given last two digits.
pub fn base64_with(bytes: &[u8], last: &[u8; 2]) -> String {
    let digit = |v: u32| match v {
        0..26 => b'A' + v as u8,
        26..52 => b'a' + (v - 26) as u8,
        52..62 => b'0' + (v - 52) as u8,
        _ => last[v as usize - 62],
    };
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let mut word = 0u32;
        for i in 0..3 {
            word = word << 8 | u32::from(*group.get(i).unwrap_or(&0));
        }
        for i in 0..4 {
            let c = if i <= group.len() { digit(word >> (18 - 6 * i) & 63) } else { b'=' };
            out.push(char::from(c));
        }
    }
    out
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64_with(bytes.as_ref(), b"+/")
}

/// Base64 in lines of `width`.
pub fn base64_lines(bytes: impl AsRef<[u8]>, width: usize) -> String {
    let all = base64(bytes);
    all.as_bytes().chunks(width).map(|l| format!("{}\r\n", str::from_utf8(l).unwrap())).collect()
}

/// Each byte as `before` and two hexadecimal digits and `after`.
pub fn each_byte(bytes: impl AsRef<[u8]>, before: &str, after: &str) -> String {
    bytes.as_ref().iter().map(|b| format!("{before}{b:02x}{after}")).collect()
}

/// Each character by `form`.
pub fn each_char(text: &str, form: impl Fn(char) -> String) -> String {
    text.chars().map(form).collect()
}

/// The text in a charset that has all its characters.
pub fn charset(label: &str, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!lossy, "{label} lacks a character");
    bytes.into_owned()
}

pub fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// UTF-7 with every character shifted.
pub fn utf7(text: &str) -> String {
    format!("+{}-", base64(utf16(text, true)).trim_end_matches('='))
}

pub fn uuencode(bytes: &[u8]) -> String {
    let mut out = String::from("begin 644 note.txt\r\n");
    for line in bytes.chunks(45) {
        out.push(char::from(b' ' + line.len() as u8));
        for group in line.chunks(3) {
            let mut word = 0u32;
            for i in 0..3 {
                word = word << 8 | u32::from(*group.get(i).unwrap_or(&0));
            }
            for i in 0..4 {
                let sextet = (word >> (18 - 6 * i) & 63) as u8;
                out.push(char::from(if sextet == 0 { b'`' } else { sextet + b' ' }));
            }
        }
        out.push_str("\r\n");
    }
    out + "`\r\nend\r\n"
}

pub fn yenc(bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("=ybegin line=128 size={} name=x\r\n", bytes.len()).into_bytes();
    for b in bytes.iter().map(|b| b.wrapping_add(42)) {
        match b {
            0 | b'\n' | b'\r' | b'=' => out.extend([b'=', b.wrapping_add(64)]),
            _ => out.push(b),
        }
    }
    [out.as_slice(), b"\r\n=yend\r\n"].concat()
}

/// A zip archive of one member.
pub fn zip(name: &str, contents: &[u8], deflate: bool) -> Vec<u8> {
    let packed = miniz_oxide::deflate::compress_to_vec(contents, 6);
    let body = if deflate { packed.as_slice() } else { contents };
    let mut out = b"PK\x03\x04\x14\0\0\0".to_vec();
    out.extend([if deflate { 8 } else { 0 }, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.extend((body.len() as u32).to_le_bytes());
    out.extend((contents.len() as u32).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    [out.as_slice(), name.as_bytes(), body, b"PK\x01\x02 and so on"].concat()
}

pub fn gzip(contents: &[u8]) -> Vec<u8> {
    let body = miniz_oxide::deflate::compress_to_vec(contents, 6);
    [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &body, &[0; 8]].concat()
}

pub fn zlib(contents: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(contents, 6)
}
