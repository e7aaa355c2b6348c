"""Judges the copies that `tests/fidelity.rs` writes, with Python's email package as another reader.

For every copy: the same tree of parts; the same header fields, less those that go and with ids replaced; in
every text leaf exactly the words replaced; every other leaf the same octets.
"""

import collections
import email
import email.policy
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LABEL = "[X-1]"
WORD = re.compile(r"[A-Za-z]{3,}")
DROPPED = re.compile(
    r"arc-|authentication-results|autocrypt|bimi-|content-md5$|dkim-|domainkey-|face$|feedback-id$|"
    r"list-(un)?subscribe|openpgp$|received(-spf)?$|thread-index$|x-face$|x-gm-message-state$|x-gnupg-|x-google-|"
    r"x-mailgun-|x-microsoft-antispam|x-ms-exchange-|x-originating-ip$|x-pgp-|x-received$|x-sender-ip$|"
    r"x-ses-|x-sg-|x-source-"
)
IDS = {"message-id", "in-reply-to", "references", "content-id", "resent-message-id", "supersedes", "original-message-id"}
TEXT = {
    "application/ecmascript", "application/ics", "application/javascript", "application/json",
    "application/ld+json", "application/sql", "application/vcard", "application/x-javascript",
    "application/x-sh", "application/x-yaml", "application/xhtml+xml", "application/xml", "application/yaml",
    "image/svg+xml", "message/feedback-report",
}
HTML = {"text/html", "text/x-amp-html", "application/xhtml+xml", "image/svg+xml"}
WIDE = re.compile(r"utf-?(16|32|7)|unicode|iso-2022|hz|shift|sjis|jis|big5|gb|euc|cp9|ks_c")


def tree(part):
    kind = part.get_content_type().replace("multipart/signed", "multipart/mixed")
    children = [tree(child) for child in part.get_payload()] if part.is_multipart() else []
    return (kind, children)


def defects(part):
    return sorted(type(defect).__name__ for p in part.walk() for defect in p.defects)


def fields(part):
    return [(name.lower(), str(value)) for name, value in part._headers]


def compare_fields(before, after):
    kept = [field for field in fields(before) if not DROPPED.match(field[0])]
    now = fields(after)
    if [name for name, _ in kept] != [name for name, _ in now]:
        return "header names"
    for (name, old), (_, new) in zip(kept, now):
        if name not in IDS and old != new and "multipart/signed" not in old.lower():
            return "header " + name
    return None


class Tokens(HTMLParser):
    """Markup in order, without the values of attributes, and the text between."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.markup, self.text, self.hidden, self.raw = [], [], [], None

    def handle_starttag(self, tag, attrs):
        self.markup.append((tag, [name for name, _ in attrs]))
        if tag in ("script", "style", "title", "textarea"):
            self.raw = tag

    def handle_endtag(self, tag):
        self.markup.append("/" + tag)
        if tag == self.raw:
            self.raw = None

    def handle_data(self, data):
        (self.hidden if self.raw else self.text).append(data)

    def handle_comment(self, data):
        self.hidden.append(data)

    def handle_decl(self, decl):
        self.hidden.append(decl)

    unknown_decl = handle_pi = handle_decl


def compare_html(old, new):
    before, after = Tokens(), Tokens()
    before.feed(old), before.close()
    after.feed(new), after.close()
    if before.markup != after.markup:
        return "html: markup"
    if before.hidden != after.hidden:
        return "html: hidden text"
    # What is left besides letters and labels must be the same; white space may have gone with a word.
    bare = lambda data: re.sub(r"[A-Za-z\s\xad\u200b-\u200f\u2060\ufeff]+", "", "".join(data).replace(LABEL, ""))
    if bare(before.text) != bare(after.text):
        return "html: other characters"
    left = sum(len(WORD.findall(data.replace(LABEL, " "))) for data in after.text)
    return f"html: words left" if left else None


def decode(part):
    """Octets, and their text where words cannot be told in the octets."""
    octets = part.get_payload(decode=True) or b""
    charset = (part.get_content_charset() or "").lower()
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    if WIDE.search(charset) or re.search(rb"\x1b\$", octets):
        try:
            return octets.decode(charset if WIDE.search(charset) else "iso-2022-jp")
        except (LookupError, UnicodeDecodeError):
            return None
    return octets.decode("latin-1")


def compare_leaf(before, after):
    kind = before.get_content_type()
    if not (kind.startswith("text/") or kind in TEXT):
        same = before.get_payload(decode=True) == after.get_payload(decode=True)
        return None if same else "opaque leaf changed"
    old, new = decode(before), decode(after)
    if old is None:
        return "undecodable to the judge"
    if new is None:
        return "no longer decodable"
    if kind in HTML:
        return compare_html(old, new)
    return None if WORD.sub(LABEL, old) == new else f"text: other than the words"


def compare_structure(before, after):
    """A transfer-encoded message is a leaf to the judge."""
    if tree(before) != tree(after):
        return "tree"
    if defects(before) != defects(after):
        return "defects"
    for old, new in zip(before.walk(), after.walk()):
        for found in (compare_fields(old, new), None if old.is_multipart() else compare_leaf(old, new)):
            if found:
                return found
        for edge in ("preamble", "epilogue"):
            if getattr(old, edge) != getattr(new, edge):
                return edge
    return None


def main(directory):
    directory = Path(directory)
    classes = collections.defaultdict(list)
    for line in (directory / "manifest.tsv").read_text().splitlines():
        name, _, path = line.split("\t")
        parse = lambda raw: email.message_from_bytes(raw, policy=email.policy.compat32)
        try:
            before = parse(Path(path).read_bytes())
            found = compare_structure(before, parse((directory / name).read_bytes()))
        except Exception as error:  # The judge itself gives up on some messages.
            found = "judge: " + type(error).__name__
        classes[found or "right"].append((name, path))
    for found, files in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"{len(files):6} {found}")
        for name, path in files if found != "right" and "-v" in sys.argv else []:
            print(f"         {name} {path}")


main(sys.argv[1])
