#!/usr/bin/env python3
"""Makes `names.tsv`, the names that fill the invented messages, from Faker (MIT). Standard library only.

    pip download --no-deps faker==40.54.0 && unzip -q faker-40.54.0-*.whl -d faker
    python3 names.py faker names.tsv

One line per origin and kind: origin, `g` (given) or `s` (surname), the names, divided by tabs. Only names
in Latin letters; at most 400 of a kind, evenly taken from the sorted list.
"""
import importlib, os, re, sys

MOST = 400
NAME = re.compile(r"[A-ZÀ-ÞĀ-ŽȘȚẠ-Ỹ][\w'’-]*(?: [\w'’-]+){0,2}")


def latin(name):
    return NAME.fullmatch(name) and all(ord(c) < 0x250 or 0x1e00 <= ord(c) < 0x1f00 or c == '’' for c in name)


def names(provider, pattern):
    found = set()
    for attribute in dir(provider):
        if re.fullmatch(pattern, attribute):
            values = getattr(provider, attribute)
            if isinstance(values, str) or not hasattr(values, '__iter__'):
                continue
            for value in values:
                # Pairs of surname and its weight, pairs of script and romanisation.
                for text in [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)]:
                    text = text.strip()
                    if 2 <= len(text) <= 24 and latin(text) and text.upper() != text:
                        found.add(text)
    found = sorted(found)
    step = max(1.0, len(found) / MOST)
    return [found[int(i * step)] for i in range(min(MOST, len(found)))]


def main(root, target):
    sys.path.insert(0, root)
    out = []
    for origin in sorted(os.listdir(os.path.join(root, 'faker/providers/person'))):
        if not re.fullmatch('[a-z]{2}_[A-Z]{2}', origin):
            continue
        provider = importlib.import_module('faker.providers.person.' + origin).Provider
        given = names(provider, r'first_names?(_(male|female|nonbinary|unisex|est))?|first_romanized_names|first_name_(male|female)')
        surname = names(provider, r'last_names?(_(male|female|unisex))?|last_romanized_names|surnames')
        if len(given) >= 12 and len(surname) >= 8:
            out += [[origin, 'g', *given], [origin, 's', *surname]]
    with open(target, 'w', encoding='utf-8', newline='\n') as file:
        for row in out:
            file.write('\t'.join(row) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:3])
