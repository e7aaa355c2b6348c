"""Puts addresses that stand alone into mail: `carriers.py < MARKED.jsonl > CARRIED.jsonl`.

Reads and writes marked texts, one JSON object a line: {"id", "lang", "text", "spans"}. Each text goes into the next of
its language's carriers in turn: a label, the middle of a sentence, a block of its own, a signature, brackets, a quoted
line. Texts of countries that the detector is not for are left out. Offsets count code points.
"""

import json
import sys

# What stands before and behind. No carrier holds an address, a number or a name.
CARRIERS = {
    "fr": [
        ("Bonjour,\n\nVoici l'adresse : ", "\n\nBien à vous,\n"),
        ("Je passerai vers midi au ", " avec les clefs."),
        ("Merci d'envoyer le courrier ici :\n\n", "\n\nÀ bientôt\n"),
        ("Bonne journée !\n--\n", "\nwww.exemple.example\n"),
        ("Le rendez-vous est maintenu (", ") sauf contrordre."),
        ("> Merci de livrer chez nous, ", ", avant vendredi.\n"),
    ],
    "en": [
        ("Hello,\n\nHere is the address: ", "\n\nBest wishes,\n"),
        ("I'll come round at noon to ", " with the keys."),
        ("Please send the post here:\n\n", "\n\nSee you soon\n"),
        ("Have a good day!\n--\n", "\nwww.example.example\n"),
        ("The meeting takes place (", ") unless cancelled."),
        ("> Please deliver to us, ", ", before Friday.\n"),
    ],
    "de": [
        ("Hallo,\n\nhier die Adresse: ", "\n\nViele Grüße\n"),
        ("Ich komme gegen Mittag in die ", " mit den Schlüsseln."),
        ("Bitte die Post hierher senden:\n\n", "\n\nBis bald\n"),
        ("Schönen Tag!\n--\n", "\nwww.beispiel.example\n"),
        ("Der Termin bleibt (", ") wie besprochen."),
        ("> Bitte liefern Sie an uns, ", ", vor Freitag.\n"),
    ],
}

COUNTRIES = {
    **dict.fromkeys(["fr", "mc", "gp", "re", "mq", "gf", "yt", "lu", "be"], "fr"),
    **dict.fromkeys(["de", "at", "ch", "li"], "de"),
    **dict.fromkeys(["gb", "ie", "us", "ca", "im", "je", "gg"], "en"),
}


def language(text):
    if "country" in text:
        return COUNTRIES.get(text["country"])
    return text["lang"] if text["lang"] in CARRIERS else None


count = 0
for line in sys.stdin:
    marked = json.loads(line)
    lang = language(marked)
    if lang is None:
        continue
    before, behind = CARRIERS[lang][count % len(CARRIERS[lang])]
    count += 1
    spans = [[a + len(before), b + len(before), kind] for a, b, kind in marked["spans"]]
    carried = {"id": marked["id"], "lang": lang, "text": before + marked["text"] + behind, "spans": spans}
    print(json.dumps(carried, ensure_ascii=False))
