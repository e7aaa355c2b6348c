"""Recall, precision and calibration of persons in marked texts, by confidence and language.

    calibration.py [--paths] GOLD.jsonl FOUND.jsonl [GOLD.jsonl FOUND.jsonl ...]

Several pairs are pooled. A person is covered when all its letters and digits are; a finding is right when it touches a
marked person. `right` is the share of the findings of one confidence, recall and precision are those of all findings
that are at least so sure. With --paths the same for each rule that found something.
"""

import json
import sys
from collections import defaultdict

LEVELS = ["certain", "likely", "possible"]


class Counts:
    def __init__(self):
        self.found, self.right, self.covered, self.persons = [0] * 3, [0] * 3, [0] * 3, 0

    def print(self, title):
        percent = lambda a, b: 100 * a / max(1, b)
        print(f"{title:<10} {self.persons:>5} persons   found    right   recall  precision")
        found = right = 0
        for level, name in enumerate(LEVELS):
            found, right = found + self.found[level], right + self.right[level]
            print(
                f"  {name:<18} {self.found[level]:>10} {percent(self.right[level], self.found[level]):>7.1f}%"
                f" {percent(self.covered[level], self.persons):>7.1f}% {percent(right, found):>9.1f}%"
            )


def read(path):
    with open(path, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return {json.dumps(d["id"]): d for d in documents}


def count(gold, found, languages, paths):
    found = read(found)
    for id_, document in read(gold).items():
        text, counts = document["text"], languages[document.get("lang", "")]
        marked = [s for s in document["spans"] if s[2] == "PER"]
        is_marked, sure = bytearray(len(text)), [9] * len(text)
        for start, end, *_ in marked:
            is_marked[start:end] = b"\1" * (end - start)
        for start, end, type_, confidence, *rule in found.get(id_, {"spans": []})["spans"]:
            if type_ != "PER":
                continue
            level, right = LEVELS.index(confidence), any(is_marked[start:end])
            counts.found[level] += 1
            counts.right[level] += right
            path = paths[level, rule[0] if rule else ""]
            path[0] += right
            path[1] += 1
            for at in range(start, end):
                sure[at] = min(sure[at], level)
        counts.persons += len(marked)
        for start, end, *_ in marked:
            worst = max((sure[at] for at in range(start, end) if text[at].isalnum()), default=0)
            for level in range(3):
                counts.covered[level] += worst <= level


def main():
    words = [word for word in sys.argv[1:] if word != "--paths"]
    languages, paths = defaultdict(Counts), defaultdict(lambda: [0, 0])
    for gold, found in zip(words[::2], words[1::2]):
        count(gold, found, languages, paths)
    for language, counts in sorted(languages.items()):
        if counts.persons:
            counts.print(language or "-")
    if "--paths" in sys.argv:
        for (level, rule), (right, every) in sorted(paths.items()):
            print(f"  {LEVELS[level]:<9} {rule:<24} {right:>6} of {every:<6} {100 * right / every:>5.1f}% right")


main()
