//! Serves the page on this machine only. Small on purpose: it answers GET and HEAD with files of
//! one folder, and every answer carries the page's own security policy.

use crate::run::{Outcome, read};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Where the search for a free port starts, and how many are tried.
const PORT: u16 = 8000;
const PORTS: u16 = 100;

/// Longest head of a request, in bytes.
const MAX_HEAD: u64 = 16 << 10;

/// Most connections at a time, and how long one may keep silent.
const MAX_CONNECTIONS: usize = 64;
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder that is served, and the policy of its page.
struct Site {
    root: PathBuf,
    policy: String,
}

/// Serves `dir` until the process is ended; at `port`, or else at the first free one.
pub fn serve(dir: &Path, port: Option<u16>) -> Outcome {
    let page = dir.join("index.html");
    let policy = policy_of(&read(&page)?)
        .ok_or_else(|| format!("{}: no Content-Security-Policy to be served", page.display()))?;
    let root = dir.canonicalize().map_err(|error| crate::run::about(dir, &error))?;
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|error| format!("own address: {error}"))?;
    println!("\nCaviard is at http://{address}/  (Ctrl+C ends it)");

    let site = Arc::new(Site { root, policy });
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (site, open) = (Arc::clone(&site), Arc::clone(&open));
        std::thread::spawn(move || {
            // A browser that goes away in mid-answer is no concern of anyone.
            let _ = converse(&site, &stream);
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
    Ok(())
}

fn listen(port: Option<u16>) -> Outcome<TcpListener> {
    let mut ports = port.map_or(PORT..=PORT + PORTS, |port| port..=port);
    ports.find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).ok_or_else(|| {
        match port {
            Some(port) => format!("port {port} of 127.0.0.1 is taken"),
            None => format!("ports {PORT} and the next {PORTS} are taken; name one with --port"),
        }
    })
}

fn converse(site: &Site, stream: &TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(MAX_HEAD));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // No header decides anything, but a browser wants to have sent them all.
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut to = stream;
    answer(site, &request).send(&mut to)
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// Whether the body is held back: the answer to HEAD.
    head_only: bool,
}

impl Answer {
    fn send(&self, to: &mut impl Write) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        to.write_all(head.as_bytes())?;
        if !self.head_only {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

/// Answers a request, given its first line.
fn answer(site: &Site, request: &str) -> Answer {
    let mut words = request.split_ascii_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (status, media_type, body) = if !words.next().is_some_and(|it| it.starts_with("HTTP/1.")) {
        ("400 Bad Request", "text/plain; charset=utf-8", b"bad request\n".to_vec())
    } else if !matches!(method, "GET" | "HEAD") {
        ("405 Method Not Allowed", "text/plain; charset=utf-8", b"GET and HEAD only\n".to_vec())
    } else if let Some((path, bytes)) = file(site, target) {
        ("200 OK", media_type(&path), bytes)
    } else {
        ("404 Not Found", "text/plain; charset=utf-8", b"not found\n".to_vec())
    };
    let mut headers = vec![
        ("Content-Type", media_type.to_owned()),
        ("Content-Length", body.len().to_string()),
        ("Content-Security-Policy", site.policy.clone()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        // A policy in a `<meta>` cannot say this itself.
        ("X-Frame-Options", "DENY".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        // What is built next must be seen at once.
        ("Cache-Control", "no-store".to_owned()),
        ("Connection", "close".to_owned()),
    ];
    if status.starts_with("405") {
        headers.push(("Allow", "GET, HEAD".to_owned()));
    }
    Answer { status, headers, body, head_only: method == "HEAD" }
}

/// The file that a request asks for. Nothing but plain names is looked up, so that no path leads
/// out of the folder, and what a link leads to must lie in it as well.
fn file(site: &Site, target: &str) -> Option<(PathBuf, Vec<u8>)> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = if path.is_empty() { "index.html" } else { path };
    if !path.split('/').all(is_plain_name) {
        return None;
    }
    let found = site.root.join(path).canonicalize().ok()?;
    if !found.starts_with(&site.root) || !found.is_file() {
        return None;
    }
    let bytes = std::fs::read(&found).ok()?;
    Some((found, bytes))
}

/// ASCII letters, digits and `.`, `-`, `_`, not beginning with a dot: no `..`, no hidden file, no
/// escape, no separator of any system.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|it| it.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The policy in a page's `<meta http-equiv="Content-Security-Policy" content="…">`. Its line
/// breaks become spaces, which a header needs and the meaning allows.
fn policy_of(html: &str) -> Option<String> {
    let at = html.find("http-equiv=\"Content-Security-Policy\"")?;
    let start = html.get(..at)?.rfind('<')?;
    let element = html.get(start..)?;
    let content = element.split_once("content=\"")?.1.split_once('"')?.0;
    let inside = element.find('>')? > element.find("content=\"")?;
    let policy = content.split_whitespace().collect::<Vec<_>>().join(" ");
    (inside && !policy.is_empty() && policy.is_ascii() && !policy.contains('&')).then_some(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "default-src 'none'; script-src 'self'";

    /// A site in a folder of its own, beside a file that must never be served.
    fn site(name: &str) -> Site {
        let above = crate::run::target_dir().unwrap().join("serve-tests").join(name);
        let root = above.join("www");
        std::fs::create_dir_all(root.join("pkg")).unwrap();
        std::fs::write(above.join("secret.txt"), "secret").unwrap();
        std::fs::write(root.join("index.html"), "<p>page").unwrap();
        std::fs::write(root.join(".hidden"), "hidden").unwrap();
        std::fs::write(root.join("pkg/core.js"), "export {}").unwrap();
        Site { root: root.canonicalize().unwrap(), policy: POLICY.to_owned() }
    }

    fn sent(site: &Site, request: &str) -> String {
        let mut bytes = Vec::new();
        answer(site, request).send(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn files_of_the_folder_are_served_with_their_types() {
        let site = site("files");
        for (target, media_type, body) in [
            ("/", "text/html; charset=utf-8", "<p>page"),
            ("/index.html?x=1", "text/html; charset=utf-8", "<p>page"),
            ("/pkg/core.js", "text/javascript; charset=utf-8", "export {}"),
        ] {
            let answer = sent(&site, &format!("GET {target} HTTP/1.1\r\n"));
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert!(answer.contains(&format!("\r\nContent-Type: {media_type}\r\n")), "{answer}");
            assert!(answer.contains(&format!("\r\nContent-Length: {}\r\n", body.len())));
            assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let site = site("paths");
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.txt", site.root.join("link.txt")).ok();
        for target in [
            "/../secret.txt",
            "/pkg/../../secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e/secret.txt",
            "/..\\secret.txt",
            "//secret.txt",
            "/./index.html",
            "/pkg//core.js",
            "/.hidden",
            "/pkg",
            "/pkg/",
            "/link.txt",
            "/secret.txt",
            "secret.txt",
            "../secret.txt",
            "http://127.0.0.1/index.html",
            "/index.html%00",
            "/index.html/",
            "*",
        ] {
            let answer = sent(&site, &format!("GET {target} HTTP/1.1\r\n"));
            assert!(answer.starts_with("HTTP/1.1 404 "), "{target}: {answer}");
            assert!(!answer.contains("secret") && !answer.contains("hidden"), "{target}");
        }
    }

    #[test]
    fn every_answer_carries_the_policy_and_its_companions() {
        let site = site("headers");
        let requests = ["GET / HTTP/1.1", "GET /none HTTP/1.1", "POST / HTTP/1.1", "nonsense", ""];
        for request in requests {
            let answer = sent(&site, request);
            for header in [
                "Content-Security-Policy: default-src 'none'; script-src 'self'",
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer",
                "X-Frame-Options: DENY",
                "Cross-Origin-Opener-Policy: same-origin",
                "Cross-Origin-Resource-Policy: same-origin",
            ] {
                assert!(answer.contains(&format!("\r\n{header}\r\n")), "{request}: {header}");
            }
        }
    }

    #[test]
    fn only_get_and_head_are_answered() {
        let site = site("methods");
        let head = sent(&site, "HEAD / HTTP/1.1\r\n");
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("Content-Length: 7\r\n"));
        assert!(head.ends_with("\r\n\r\n"), "{head}");
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get"] {
            let answer = sent(&site, &format!("{method} / HTTP/1.1\r\n"));
            assert!(answer.starts_with("HTTP/1.1 405 "), "{method}: {answer}");
            assert!(answer.contains("\r\nAllow: GET, HEAD\r\n"));
        }
        for request in ["", "\r\n", "GET /\r\n", "GET / FTP/1.0\r\n"] {
            assert!(sent(&site, request).starts_with("HTTP/1.1 400 "), "{request}");
        }
    }

    #[test]
    fn the_policy_is_read_from_the_page() {
        let page = "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"\n  \
                    content=\"default-src 'none';\n    img-src data:\">";
        assert_eq!(policy_of(page).as_deref(), Some("default-src 'none'; img-src data:"));
        let turned = "<meta content=\"x-src 'self'\" http-equiv=\"Content-Security-Policy\">";
        assert_eq!(policy_of(turned).as_deref(), Some("x-src 'self'"));
        let without = "<meta http-equiv=\"Content-Security-Policy\"><meta content=\"no\">";
        assert_eq!(policy_of(without), None);
        assert_eq!(policy_of("<p>default-src</p>"), None);
    }
}
