"""Judges the copies that `tests/fidelity.rs` writes, with Python's email package as another reader.

For every copy: the same tree of parts; the same header fields, less those that go and with ids replaced; in
every text leaf exactly the words replaced; every other leaf the same octets.
"""

import base64
import collections
import email
import email.policy
import quopri
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LABEL = "[X-1]"
WORD = re.compile(r"[A-Za-z]{3,}")
DROPPED = re.compile(
    r"arc-|authentication-results|autocrypt|bimi-|content-md5$|dkim-signature$|domainkey-signature$|face$|"
    r"feedback-id$|list-subscribe$|list-unsubscribe|openpgp$|received(-spf)?$|thread-index$|x-face$|x-gm-message-state$|"
    r"x-gnupg-|x-google-(dkim-signature|smtp-source)$|x-mailgun-|x-microsoft-antispam|x-ms-exchange-|"
    r"x-originating-ip$|x-pgp-|x-received$|x-sender-ip$|x-ses-|x-sg-|x-source-"
)
INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
REMOVED = re.compile(r"\[removed: [^\]]*\]")
SIGNED = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\r?\n(Hash: .*\r?\n)*\r?\n")
# Read as one text, which the judge splits into fields.
STATUS = {
    "message/delivery-status", "message/disposition-notification", "message/feedback-report",
    "message/global-delivery-status", "message/global-headers",
}
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


def visible(text):
    """Characters that are not seen go with the word before them."""
    return INVISIBLE.sub("", text)


def compare_text(old, new):
    new = visible(new)
    expected = visible(old)
    if REMOVED.search(new):
        expected = SIGNED.sub("", expected)
    expected = WORD.sub(LABEL, expected)
    if expected == new:
        return None
    # Blocks that no one can read are taken out whole; what stands around them stays.
    first, *others = REMOVED.split(new)
    if not others or not expected.startswith(first):
        return "text: other than the words"
    at = len(first)
    for piece in others:
        at = expected.find(piece, at)
        if at < 0:
            return "text: other than the words"
        at += len(piece)
    return None if expected.endswith(others[-1]) else "text: other than the words"


class Tokens(HTMLParser):
    """Markup in order, without the values of attributes, and the text between."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.markup, self.text, self.hidden, self.raw = [], [], [], None

    def handle_starttag(self, tag, attrs):
        self.markup.append((tag, [name for name, _ in attrs]))
        if tag in ("script", "style"):
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
    bare = lambda data: re.sub(r"[A-Za-z\s]+", "", visible("".join(data)).replace(LABEL, ""))
    if bare(before.text) != bare(after.text):
        return "html: other characters"
    left = any(WORD.search(data.replace(LABEL, " ")) for data in after.text)
    return "html: words left" if left else None


def decode(part):
    """Octets, and their text where words cannot be told in the octets."""
    octets = part.get_payload(decode=True) or b""
    charset = (part.get_content_charset() or "").lower()
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    if WIDE.search(charset) or re.search(rb"\x1b\$", octets):
        try:
            return octets.decode(charset if WIDE.search(charset) else "iso-2022-jp", "replace")
        except LookupError:
            return None
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def compare_leaf(before, after):
    kind = before.get_content_type()
    if not (kind.startswith("text/") or kind in TEXT):
        same = before.get_payload(decode=True) == after.get_payload(decode=True)
        return None if same else "opaque leaf changed"
    old, new = decode(before), decode(after)
    if kind == "text/rfc822-headers":
        return compare_fields(email.message_from_string(old), email.message_from_string(new))
    if old is None:
        return "undecodable to the judge"
    if new is None:
        return "no longer decodable"
    if kind in HTML:
        return compare_html(old, new)
    return compare_text(old, new)


def inner(part):
    """The message in a transfer-encoded message part, which the judge takes for a text of its own."""
    if part.get_content_maintype() != "message" or not part.is_multipart():
        return None
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    decoders = {"base64": base64.b64decode, "quoted-printable": quopri.decodestring}
    if coding not in decoders:
        return None
    text = part.get_payload(0).as_bytes()
    return parse(decoders[coding](text.lstrip(b"\r\n")))


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def compare(before, after):
    if tree(before) != tree(after):
        return "tree"
    if defects(before) != defects(after):
        return "defects"
    return compare_parts(before, after)


def compare_parts(before, after):
    kind = before.get_content_type()
    found = compare_fields(before, after)
    for edge in ("preamble", "epilogue"):
        if getattr(before, edge) != getattr(after, edge):
            found = found or edge
    if found:
        return found
    if not before.is_multipart():
        return compare_leaf(before, after)
    if kind in STATUS:
        fields = lambda part: "".join(map(str, part.get_payload()))
        return compare_text(fields(before), fields(after))
    if inner(before) is not None:
        return compare(inner(before), inner(after))
    for old, new in zip(before.get_payload(), after.get_payload()):
        found = compare_parts(old, new)
        if found:
            return found
    return None


def main(directory):
    directory = Path(directory)
    classes = collections.defaultdict(list)
    for line in (directory / "manifest.tsv").read_text().splitlines():
        name, words, opaque, path = line.split("\t")
        before, after = Path(path).read_bytes(), (directory / name).read_bytes()
        try:
            if words == "0":
                found = None if before == after else "changed without a word"
            else:
                found = compare(parse(before), parse(after))
        except Exception as error:  # The judge itself gives up on some messages.
            found = "judge: " + type(error).__name__
        if found and opaque:
            found += " (not inspected: " + opaque + ")"
        classes[found or "right"].append((name, path))
    for found, files in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"{len(files):6} {found}")
        for name, path in files if found != "right" and "-v" in sys.argv else []:
            print(f"         {name} {path}")


if __name__ == "__main__":
    main(sys.argv[1])
