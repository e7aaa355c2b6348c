/**
 * What the codes of the core mean: English, French, German. A code has dots, general before
 * special; what has no text of its own takes the general one's (see `Translator.code`).
 */

/** @type {import("../i18n.js").Table} */
export const CODES = {
  // Entity types
  "entity:person": ["Person", "Personne", "Person"],
  "entity:phone": ["Telephone number", "Numéro de téléphone", "Telefonnummer"],
  "entity:address": ["Postal address", "Adresse postale", "Postanschrift"],
  "entity:email": ["E-mail address", "Adresse électronique", "E-Mail-Adresse"],
  "entity:iban": ["Bank account", "Compte bancaire", "Bankkonto"],
  "entity:payment-card": ["Payment card", "Carte de paiement", "Zahlungskarte"],
  "entity:national-id": ["National number", "Numéro national", "Nationale Kennnummer"],
  "entity:document": ["Identity document", "Pièce d’identité", "Ausweisnummer"],
  "entity:birth-date": ["Date of birth", "Date de naissance", "Geburtsdatum"],
  "entity:licence-plate": ["Licence plate", "Plaque d’immatriculation", "Kennzeichen"],
  "entity:profile-url": ["Profile address", "Adresse de profil", "Profiladresse"],
  "entity:login": ["Login", "Identifiant", "Anmeldename"],
  "entity:ip": ["IP address", "Adresse IP", "IP-Adresse"],
  "entity:listed": ["From your list", "De votre liste", "Aus Ihrer Liste"],

  // The letter on a mark, by category
  "letter:name": ["N", "N", "N"],
  "letter:contact": ["C", "C", "K"],
  "letter:financial": ["F", "F", "F"],
  "letter:identity": ["I", "I", "I"],
  "letter:technical": ["T", "T", "T"],
  "letter:listed": ["L", "L", "L"],

  "confidence:possible": ["possible", "possible", "möglich"],
  "confidence:likely": ["likely", "probable", "wahrscheinlich"],
  "confidence:certain": ["certain", "certain", "sicher"],

  // Who decided
  "by:policy": ["the policy", "les règles", "den Regeln"],
  "by:public": ["the list of public figures", "la liste des personnalités publiques", "der Liste öffentlicher Personen"],
  "by:role": ["the policy: address of an office", "les règles : adresse de service", "den Regeln: Adresse einer Stelle"],
  "by:never": ["your “never redact” list", "votre liste « ne jamais caviarder »", "Ihrer Liste „Nie schwärzen“"],
  "by:always": ["your “always redact” list", "votre liste « toujours caviarder »", "Ihrer Liste „Immer schwärzen“"],
  "by:hand": ["you", "vous", "Ihnen"],

  // Rules
  "rule:person": ["Looks like the name of a person.", "Ressemble au nom d’une personne.", "Sieht aus wie der Name einer Person."],
  "rule:person.header": ["The name of somebody who wrote or received this message.", "Le nom d’une personne qui a écrit ou reçu ce message.", "Der Name von jemandem, der diese Nachricht schrieb oder empfing."],
  "rule:person.known": ["The name of somebody who is known from the headers.", "Le nom d’une personne connue par les en-têtes.", "Der Name von jemandem, der aus den Kopfzeilen bekannt ist."],
  "rule:person.title": ["A name behind a form of address.", "Un nom après une civilité.", "Ein Name hinter einer Anrede."],
  "rule:phone": ["Has the form of a telephone number.", "A la forme d’un numéro de téléphone.", "Hat die Form einer Telefonnummer."],
  "rule:phone.international": ["An international telephone number.", "Un numéro de téléphone international.", "Eine internationale Telefonnummer."],
  "rule:phone.labelled": ["A number that is called a telephone number.", "Un numéro désigné comme téléphone.", "Eine Nummer, die als Telefon bezeichnet ist."],
  "rule:phone.national": ["A telephone number in national form.", "Un numéro de téléphone sous forme nationale.", "Eine Telefonnummer in nationaler Schreibweise."],
  "rule:phone.conference-code": ["The code of a telephone conference.", "Le code d’une conférence téléphonique.", "Der Code einer Telefonkonferenz."],
  "rule:address": ["Has the form of a postal address.", "A la forme d’une adresse postale.", "Hat die Form einer Postanschrift."],
  "rule:address.postcode": ["A postcode with its town.", "Un code postal et sa commune.", "Eine Postleitzahl mit ihrem Ort."],
  "rule:address.postcode-unit": ["A postcode that names a few houses only.", "Un code postal qui ne désigne que quelques maisons.", "Eine Postleitzahl, die nur wenige Häuser bezeichnet."],
  "rule:email": ["An e-mail address.", "Une adresse électronique.", "Eine E-Mail-Adresse."],
  "rule:iban": ["Has the form of an international bank account number.", "A la forme d’un numéro de compte international.", "Hat die Form einer internationalen Kontonummer."],
  "rule:payment-card": ["Has the form of a card number.", "A la forme d’un numéro de carte.", "Hat die Form einer Kartennummer."],
  "rule:national-id": ["Has the form of a national number of a person.", "A la forme d’un numéro national d’identification.", "Hat die Form einer nationalen Kennnummer."],
  "rule:document": ["Has the form of the number of an identity document.", "A la forme d’un numéro de pièce d’identité.", "Hat die Form einer Ausweisnummer."],
  "rule:birth-date": ["A date that is given as a date of birth.", "Une date donnée comme date de naissance.", "Ein Datum, das als Geburtsdatum angegeben ist."],
  "rule:licence-plate": ["Has the form of a licence plate.", "A la forme d’une plaque d’immatriculation.", "Hat die Form eines Kennzeichens."],
  "rule:profile-url": ["The address of somebody’s profile.", "L’adresse du profil de quelqu’un.", "Die Adresse eines persönlichen Profils."],
  "rule:login": ["A name under which somebody logs in.", "Un nom de connexion.", "Ein Anmeldename."],
  "rule:ip": ["The address of a machine on the internet.", "L’adresse d’une machine sur internet.", "Die Adresse eines Rechners im Internet."],
  "rule:listed": ["It is on your “always redact” list.", "Figure sur votre liste « toujours caviarder ».", "Steht auf Ihrer Liste „Immer schwärzen“."],

  // Evidence
  "evidence:context-word": ["a word beside it says so", "un mot voisin le dit", "ein Wort daneben sagt es"],
  "evidence:label": ["it is labelled as such", "il est désigné comme tel", "es ist so bezeichnet"],
  "evidence:other-label": ["it is labelled as something else", "il est désigné comme autre chose", "es ist anders bezeichnet"],
  "evidence:check-digits": ["its check digits are right", "ses chiffres de contrôle sont justes", "seine Prüfziffern stimmen"],
  "evidence:unassigned-range": ["its range is not assigned", "sa tranche n’est pas attribuée", "sein Bereich ist nicht vergeben"],
  "evidence:numbering-plan": ["it fits the numbering plan", "il suit le plan de numérotation", "es passt zum Nummernplan"],
  "evidence:form-of-address": ["a form of address precedes it", "une civilité le précède", "eine Anrede geht voraus"],
  "evidence:full-name": ["the full name", "le nom complet", "der volle Name"],
  "evidence:part-of-name": ["a part of the name", "une partie du nom", "ein Teil des Namens"],

  // Places
  "place:header": ["header", "en-tête", "Kopfzeile"],
  "place:plain-body": ["text", "texte", "Text"],
  "place:html-text": ["HTML text", "texte HTML", "HTML-Text"],
  "place:html-attribute": ["HTML attribute", "attribut HTML", "HTML-Attribut"],
  "place:html-hidden": ["HTML that is not shown", "HTML non affiché", "HTML, nicht angezeigt"],
  "place:parameter": ["parameter", "paramètre", "Parameter"],
  "place:attachment-text": ["attached text", "texte joint", "angehängter Text"],
  "place:structure": ["between the parts", "entre les parties", "zwischen den Teilen"],
  "place:embedded": ["text inside text", "texte dans le texte", "Text im Text"],

  // Parts that were not inspected
  "reason:not-text": ["not text", "pas du texte", "kein Text"],
  "reason:encrypted": ["encrypted", "chiffré", "verschlüsselt"],
  "reason:signature": ["a signature", "une signature", "eine Signatur"],
  "reason:unknown-charset": ["unknown character set", "jeu de caractères inconnu", "unbekannter Zeichensatz"],
  "reason:unknown-encoding": ["unknown encoding", "encodage inconnu", "unbekannte Kodierung"],
  "reason:limit": ["too deep or too large", "trop profond ou trop grand", "zu tief oder zu groß"],

  // Damage
  "flag:no-body": ["It has no body.", "Il n’a pas de corps.", "Sie hat keinen Inhalt."],
  "flag:no-closing-delimiter": ["It ends before its last part does.", "Il s’arrête avant la fin de la dernière partie.", "Sie endet vor ihrem letzten Teil."],

  // Promises that a refused copy would break, and codes of failures
  "promise:1": ["Without edits, nothing changes", "Sans modification, rien ne change", "Ohne Änderung bleibt alles gleich"],
  "promise:2": ["What is not redacted stays the same", "Ce qui n’est pas caviardé reste identique", "Was nicht geschwärzt wird, bleibt gleich"],
  "promise:4": ["No redacted value is left", "Aucune valeur caviardée ne reste", "Kein geschwärzter Wert bleibt übrig"],
  "promise:5": ["Redacting twice changes nothing", "Caviarder deux fois ne change rien", "Zweimal schwärzen ändert nichts"],
  "promise:7": ["Every file ends in a result", "Chaque fichier aboutit", "Jede Datei führt zu einem Ergebnis"],
  "promise:8": ["What was not inspected is listed", "Ce qui n’a pas été examiné est listé", "Nicht Untersuchtes ist aufgeführt"],

  // Errors of a single file
  "error:crashed": ["The core failed on this file. The other files are not affected.", "Le moteur a échoué sur ce fichier. Les autres ne sont pas touchés.", "Der Kern ist an dieser Datei gescheitert. Die anderen sind nicht betroffen."],
  "error:too-slow": ["It took too long and was stopped.", "Le traitement a trop duré et a été arrêté.", "Es dauerte zu lange und wurde beendet."],
  "error:unreadable": ["The browser could not read the file. It may have been moved or changed.", "Le navigateur n’a pas pu lire le fichier. Il a peut-être été déplacé ou modifié.", "Der Browser konnte die Datei nicht lesen. Vielleicht wurde sie verschoben oder geändert."],
  "error:rejected": ["The core does not accept this file.", "Le moteur n’accepte pas ce fichier.", "Der Kern nimmt diese Datei nicht an."],
  "error:unavailable": ["The core could not be started.", "Le moteur n’a pas pu démarrer.", "Der Kern konnte nicht gestartet werden."],
  "error:too-large": ["It is larger than Caviard can read.", "Il est trop grand pour Caviard.", "Sie ist größer, als Caviard lesen kann."],
};
