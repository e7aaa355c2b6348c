"""Reads originals and their redacted copies with Python's email package: another reader than the two that the
program itself uses. Standard library only.

    python3 read_copies.py ORIGINALS COPIES

prints what is wrong with a copy, a line each; with nothing wrong, `N copies are fine`.
"""

import email
import email.policy
import email.utils
import sys
from pathlib import Path

STUB = "[attachment removed: "


def stub(part):
    return part.get_content_type() == "text/plain" and STUB in str(part.get_payload())


def tree(part):
    """Media types; what is replaced by a stub is left out, with all that is in it."""
    kind = part.get_content_type().replace("multipart/signed", "multipart/mixed")
    return (kind, [tree(p) for p in part.get_payload()] if part.is_multipart() else [])


def differences(before, after, path="root"):
    if stub(after):
        return
    kind = tree(before)[0]
    if kind != tree(after)[0]:
        yield f"{path}: {kind} became {after.get_content_type()}"
    elif before.is_multipart() != after.is_multipart():
        yield f"{path}: no longer has parts, or has them now"
    elif before.is_multipart():
        old, new = before.get_payload(), after.get_payload()
        if len(old) != len(new):
            yield f"{path}: {len(old)} parts became {len(new)}"
        for number, (one, other) in enumerate(zip(old, new), 1):
            yield from differences(one, other, f"{path}.{number}")


def defects(message):
    return {(type(defect).__name__) for part in message.walk() for defect in part.defects}


def address_faults(message):
    """Faults of the address fields under the strict policy, of the message and those in it."""
    faults = set()
    for part in message.walk():
        for name in ("from", "to", "cc", "reply-to", "sender"):
            for field in part.get_all(name, []):
                faults.update(f"{name}: {type(defect).__name__}" for defect in field.defects)
                for address in getattr(field, "addresses", ()):
                    if not (address.username and address.domain):
                        faults.add(f"{name}: no address")
    return faults


def check(original, copy):
    loose = lambda raw: email.message_from_bytes(raw, policy=email.policy.compat32)
    strict = lambda raw: email.message_from_bytes(raw, policy=email.policy.default)
    yield from differences(loose(original), loose(copy))
    for new in sorted(defects(loose(copy)) - defects(loose(original))):
        yield f"new defect {new}"
    for new in sorted(address_faults(strict(copy)) - address_faults(strict(original))):
        yield f"new fault in {new}"


def main(originals, copies):
    wrong, seen = 0, 0
    for copy in sorted(Path(copies).glob("*.eml")):
        seen += 1
        original = Path(originals) / (copy.stem.removesuffix("-redacted") + ".eml")
        for fault in check(original.read_bytes(), copy.read_bytes()):
            wrong += 1
            print(f"{original.stem}: {fault}")
    if not wrong:
        print(f"{seen} copies are fine")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
