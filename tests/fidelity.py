"""Judges the copies that `tests/fidelity.rs` writes, with Python's email package as another reader.

For every copy: the same tree of parts; the same header fields, less those that go and with ids replaced; in
every text leaf exactly the words replaced; every other leaf the same octets.

Where the email package reads a message otherwise than its standard says, or stops reading where other programs go on,
the judge helps it: see `sound`, `decode`, `Tokens` and `compare_damaged`. What the program changes on purpose besides
words is named in `TOKEN`, `REMOVED` and `opened`. Everything else counts against the program.
"""

import base64
import collections
import email
import email.policy
import html
import quopri
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LABEL = "[X-1]"
NOTE = "x-redacted-copy"
WORD = re.compile(r"[A-Za-z]{3,}")
DROPPED = re.compile(
    r"arc-|authentication-results|autocrypt|bimi-|content-length$|content-md5$|dkim-signature$|domainkey-signature$|face$|"
    r"feedback-id$|lines$|list-subscribe$|list-unsubscribe|openpgp$|received(-spf)?$|thread-index$|x-face$|x-gm-message-state$|"
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
    "message/global-delivery-status",
}
IDS = {"message-id", "in-reply-to", "references", "content-id", "resent-message-id", "supersedes", "original-message-id"}
TEXT = {
    "application/ecmascript", "application/ics", "application/javascript", "application/json",
    "application/ld+json", "application/sql", "application/vcard", "application/x-javascript",
    "application/x-sh", "application/x-yaml", "application/xhtml+xml", "application/xml", "application/yaml",
    "image/svg+xml", "message/feedback-report",
}
HTML = {"application/xhtml+xml", "application/xml", "image/svg+xml", "text/html", "text/x-amp-html", "text/xml"}
CARDS = {"application/ics", "application/vcard", "text/calendar", "text/directory", "text/vcard", "text/x-vcalendar", "text/x-vcard"}
# Pieces of messages: the program does not read them (and by default removes them), the email package does.
FRAGMENTS = {"message/external-body", "message/partial"}
# What in the address of something remote may be a token of the recipient, which goes with any change.
TOKEN = re.compile(r"[\w%~.+@-]{8,}")
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
    noted = any(name == NOTE for name, _ in kept)
    now = [field for field in fields(after) if noted or field[0] != NOTE]
    if [name for name, _ in kept] != [name for name, _ in now]:
        return "header names"
    for (name, old), (_, new) in zip(kept, now):
        same = old == new or same_pieces(old, REMOVED.split(new))
        if name not in IDS and not same and "multipart/signed" not in old.lower():
            return "header " + name
    return None


def visible(text):
    """Characters that are not seen go with the word before them."""
    return INVISIBLE.sub("", text)


def opened(kind, text):
    """A text as its format says it is read: lines joined, markup and escapes set apart from words."""
    if kind in CARDS:
        text = re.sub(r"\r?\n[ \t]", "", text)
        # Pictures and keys go; of a key that is a link the link stays.
        text = re.sub(r"(?im)^((?:ATTACH|KEY|LOGO|PHOTO|SOUND)\b[^:\r\n]*):(?!https?:|cid:|mailto:)[^\r\n]*", r"\1:", text)
    if kind == "text/rtf":
        text = re.sub(r"[\r\n]", "", text)
    return text


def same_lines(old, new):
    """Whether each line is the other with its words replaced; one with control characters is no text and the same."""
    old, new = old.split("\n"), new.split("\n")
    control = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffd]")
    same = lambda before, after: WORD.sub(LABEL, before) == after or control.search(before) and before == after
    return len(old) == len(new) and all(map(same, old, new))


def replaced(kind, text):
    """A text with its words replaced."""
    if kind in ("text/enriched", "text/richtext"):
        return "".join(WORD.sub(LABEL, piece) if i % 2 == 0 else piece for i, piece in enumerate(re.split(r"(<[^<>]*>)", text)))
    if kind in CARDS:
        return "".join(WORD.sub(LABEL, piece) if i % 2 == 0 else piece for i, piece in enumerate(re.split(r"(\\[nN])", text)))
    return WORD.sub(LABEL, text)


def same_pieces(old, pieces):
    """Whether a text is these pieces with something else between them."""
    first, *others = pieces
    if not others or not old.startswith(first):
        return False
    at = len(first)
    for piece in others:
        at = old.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return old.endswith(others[-1])


def compare_text(old, new, kind="text/plain"):
    new = opened(kind, visible(new))
    expected = opened(kind, visible(old))
    if REMOVED.search(new):
        expected = SIGNED.sub("", expected)
    if same_lines(expected, new):
        return None
    expected = replaced(kind, expected)
    if expected == new:
        return None
    # Blocks that no one can read are taken out whole; what stands around them stays.
    return None if same_pieces(expected, REMOVED.split(new)) else "text: other than the words"


def compare_damaged(old, new, goes=False):
    """Where a header is damaged the email package stops and calls the rest text; others read on to the blank line, as
    the program does. Fields among its lines may go, with the lines that continue them; of all other lines
    each is the same, or has its words replaced, or an id."""
    field = re.compile(r"([!-9;-~]+)[ \t]*:")
    now = [line for line in new.splitlines() if not line.lower().startswith(NOTE + ":")][::-1]
    for before in old.splitlines():
        name = field.match(before)
        if name or not before:
            goes = bool(name) and bool(DROPPED.match(name[1].lower()))
        after = now[-1] if now else None
        expected = (before, WORD.sub(LABEL, visible(before)))
        is_id = name and name[1].lower() in IDS and after and after.startswith(name[0])
        is_same = after is not None and (after in expected or visible(after) == expected[1] or is_id)
        if is_same or after and REMOVED.search(after) and same_pieces(before, REMOVED.split(after)):
            now.pop()
        elif not goes:
            return "damaged header: other than the words"
    return "damaged header: lines" if now else None


class Tokens(HTMLParser):
    """Markup in order, without the values of attributes, and the text between."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.markup, self.text, self.hidden, self.raw = [], [], [], None

    def handle_starttag(self, tag, attrs):
        self.markup.append((tag, [name for name, _ in attrs]))
        if tag in ("script", "style"):
            self.raw = tag
        elif tag in ("textarea", "title"):
            # Text without tags (HTML 13.2.5.2), which this parser does not know.
            self.set_cdata_mode(tag)

    def parse_html_declaration(self, i):
        # A comment that ends with the first bracket (HTML 13.2.5.41), where this parser may give up.
        if self.rawdata.startswith("<![", i):
            end = self.rawdata.find(">", i)
            if end < 0:
                return -1
            self.hidden.append(self.rawdata[i + 3 : end])
            return end + 1
        return super().parse_html_declaration(i)

    def handle_endtag(self, tag):
        self.markup.append("/" + tag)
        if tag == self.raw:
            self.raw = None

    def handle_data(self, data):
        if self.cdata_elem in ("textarea", "title"):
            data = html.unescape(data)
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
    if len(before.hidden) != len(after.hidden) or not all(map(same_hidden, before.hidden, after.hidden)):
        return "html: hidden text"
    # What is left besides letters and labels must be the same; white space may have gone with a word.
    bare = lambda text: re.sub(r"[A-Za-z\s]+", "", visible(text).replace(LABEL, ""))
    old, pieces = bare("".join(before.text)), [bare(piece) for piece in REMOVED.split("".join(after.text))]
    if [old] != pieces and not same_pieces(old, pieces):
        return "html: other characters"
    # A tag without its end is no text (HTML 13.2.5, eof-in-tag).
    text = re.sub(r"<\n?[A-Za-z/!][\w-]*\s[^<]*(?:<[^<]*)?$", "", "\n".join(after.text))
    left = WORD.search(REMOVED.sub(" ", text).replace(LABEL, " "))
    return "html: words left" if left else None


def same_hidden(old, new):
    """Hidden text is the same but for tokens."""
    first, *others = new.split("redacted")
    if not old.startswith(first):
        return False
    at = len(first)
    for piece in others:
        token = TOKEN.match(old, at)
        # A token is as long as what follows it leaves it.
        end = old.find(piece, at) if piece else len(old)
        if not token or end < at or not TOKEN.fullmatch(old[at:end]):
            return False
        at = end + len(piece)
    return at == len(old)


def base64_octets(text):
    """Base64 with whatever is in it besides digits left out (RFC 2045 6.8), in pieces where there is padding."""
    octets = b""
    for piece in re.findall(rb"[A-Za-z0-9+/]+", re.sub(rb"[^A-Za-z0-9+/=]", b"", text)):
        octets += base64.b64decode(piece[: len(piece) - (len(piece) % 4 == 1)] + b"==")
    return octets


def is_no_base64(part):
    """Whether a body is said to be in base64 and is not. The email package tells only when it decodes."""
    part.get_payload(decode=True)
    return any(type(defect).__name__.startswith("InvalidBase64") for defect in part.defects)


def decode(part):
    """Octets, and their text where words cannot be told in the octets."""
    coding = str(part.get("content-transfer-encoding", "")).split(";")[0].strip().lower()
    if coding == "base64":
        octets = base64_octets(part.get_payload().encode("utf-8", "surrogateescape"))
    elif coding == "quoted-printable":
        octets = quopri.decodestring(part.get_payload().encode("utf-8", "surrogateescape"))
    else:
        octets = part.get_payload(decode=True) or b""
    charset = (part.get_content_charset() or "").lower()
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    elif octets[1:8:2] == b"\0\0\0\0":
        charset = "utf-16-le"
    elif octets[0:8:2] == b"\0\0\0\0":
        charset = "utf-16-be"
    if WIDE.search(charset) or re.search(rb"\x1b\$", octets):
        try:
            return octets.decode(charset if WIDE.search(charset) else "iso-2022-jp", "replace")
        except LookupError:
            pass
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
    found = compare_html(old, new) if kind in HTML else compare_text(old, new, kind)
    if found and kind in ("text/enriched", "text/richtext"):
        # Words that are cut by markup are replaced whole.
        markup, bare = (lambda text: re.findall(r"<[^<>]*>", text)), (lambda text: re.sub(r"<[^<>]*>|[A-Za-z\s]+", "", text))
        same = markup(old) == markup(new) and bare(old) == bare(new.replace(LABEL, ""))
        found = None if same and not WORD.search(re.sub(r"<[^<>]*>", "", new.replace(LABEL, ""))) else found
    if found and is_no_base64(before):
        # Compared as it stands.
        found = compare_text(before.get_payload(), after.get_payload())
    if found and (not before._headers or "MissingHeaderBodySeparatorDefect" in defects(before)):
        last = before.keys()[-1].lower() if before._headers else ""
        found = compare_damaged(old, new, bool(DROPPED.match(last)))
    return found


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


def sound(raw):
    """What the email package does not know: lone returns as line ends, a quote that is not closed."""
    raw = raw.replace(b"\r", b"\n") if b"\n" not in raw else raw
    return re.sub(rb"(?i)(\bboundary=)\"([^\"\r\n]+)(?=\r?\n[^ \t])", rb'\1"\2"', raw)


def parse(raw):
    raw = sound(raw)
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
        old, new = getattr(before, edge) or "", getattr(after, edge) or ""
        # Parts behind the end, which many readers show, have their words replaced.
        if old != new and compare_damaged(old, new):
            found = found or edge
    if found:
        return found
    if not before.is_multipart():
        return compare_leaf(before, after)
    if kind in FRAGMENTS:
        old, new = ("".join(map(str, part.get_payload())) for part in (before, after))
        return None if old == new or same_pieces(old, REMOVED.split(new)) else "fragment changed"
    if kind in STATUS:
        def fields(part):
            text = "".join(map(str, part.get_payload()))
            octets = text.encode("utf-8", "surrogateescape")
            return octets.decode("iso-2022-jp", "replace") if b"\x1b$" in octets else text

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
                if found and "MissingHeaderBodySeparatorDefect" in defects(parse(before)):
                    # What was read as text before may be read as fields now that the broken ones are gone.
                    found = found and compare_damaged(before.decode("latin-1"), after.decode("latin-1"))
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
