"""How much of what is called certain, likely and possible is right, for persons in a marked text.

    calibration.py GOLD.jsonl FOUND.jsonl

Right is what touches a marked person; recall counts persons whose letters and digits are all covered by what is
at least so sure.
"""

import json
import sys

LEVELS = ["certain", "likely", "possible"]


def spans(path):
    with open(path, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return {json.dumps(d["id"]): d for d in documents}


gold, found = spans(sys.argv[1]), spans(sys.argv[2])
right, every, covered, persons = [0] * 3, [0] * 3, [0] * 3, 0
for id_, document in gold.items():
    text = document["text"]
    marked = [s for s in document["spans"] if s[2] == "PER"]
    predicted = [s for s in found.get(id_, {"spans": []})["spans"] if s[2] == "PER"]
    is_marked = bytearray(len(text))
    for start, end, *_ in marked:
        is_marked[start:end] = b"\1" * (end - start)
    sure = [9] * len(text)
    for start, end, _, confidence, *_ in predicted:
        level = LEVELS.index(confidence)
        every[level] += 1
        right[level] += any(is_marked[start:end])
        for at in range(start, end):
            sure[at] = min(sure[at], level)
    persons += len(marked)
    for start, end, *_ in marked:
        worst = max((sure[at] for at in range(start, end) if text[at].isalnum()), default=0)
        for level in range(3):
            covered[level] += worst <= level

if persons:
    print("persons    found    right   recall with all that are at least so sure")
    for level, name in enumerate(LEVELS):
        share = 100 * right[level] / max(1, every[level])
        print(f"{name:<9} {every[level]:>6} {share:>7.1f}% {100 * covered[level] / persons:>7.1f}%")
