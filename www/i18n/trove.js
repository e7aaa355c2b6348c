/** What the page says of troves that nobody reviews message by message: English, French, German. */

/** @type {import("../i18n.js").Table} */
export const TROVE = {
  "trove.title": ["A large collection", "Un grand ensemble", "Eine große Sammlung"],
  "trove.summary": [{ one: "{n} file, {size} MB", other: "{n} files, {size} MB" }, { one: "{n} fichier, {size} Mo", other: "{n} fichiers, {size} Mo" }, { one: "{n} Datei, {size} MB", other: "{n} Dateien, {size} MB" }],
  "trove.lead": ["This is more than one reviews message by message. Caviard can write checked copies straight to the disk, by the settings as they are; nothing of it stays in memory. What is merely possible is kept: read the copies before you publish them.", "C’est plus qu’on ne peut relire message par message. Caviard peut écrire les copies vérifiées directement sur le disque, selon les réglages actuels ; rien ne reste en mémoire. Ce qui n’est que possible est gardé : relisez les copies avant de les publier.", "Das ist mehr, als man Nachricht für Nachricht durchsieht. Caviard kann geprüfte Kopien nach den jetzigen Einstellungen direkt auf die Platte schreiben; nichts davon bleibt im Speicher. Was nur möglich ist, bleibt stehen: Lesen Sie die Kopien, bevor Sie sie veröffentlichen."],
  "trove.folder.hint": ["If it is interrupted, drop the same files again and choose the same folder: it goes on from there.", "En cas d’interruption, déposez les mêmes fichiers et choisissez le même dossier : le travail reprend où il en était.", "Wird es unterbrochen, legen Sie dieselben Dateien noch einmal ab und wählen denselben Ordner: Es geht dort weiter."],
  "trove.folder": ["Write into a folder", "Écrire dans un dossier", "In einen Ordner schreiben"],
  "trove.zip": ["Write a ZIP", "Écrire un ZIP", "ZIP schreiben"],
  "trove.review": ["Review one by one", "Relire un par un", "Einzeln durchsehen"],
  "trove.people": [{ one: "Reading who is who: {n} message", other: "Reading who is who: {n} messages" }, { one: "Repérage des personnes : {n} message", other: "Repérage des personnes : {n} messages" }, { one: "Wer ist wer: {n} Nachricht gelesen", other: "Wer ist wer: {n} Nachrichten gelesen" }],
  "trove.copies": [{ one: "{n} message done", other: "{n} messages done" }, { one: "{n} message traité", other: "{n} messages traités" }, { one: "{n} Nachricht fertig", other: "{n} Nachrichten fertig" }],
  "trove.bytes": ["{done} of {all} MB", "{done} sur {all} Mo", "{done} von {all} MB"],
  "trove.unfinished": ["Until it is done, the folder holds a file caviard-unfinished.json. Delete it before you share copies of an interrupted run.", "Jusqu’à la fin, le dossier contient un fichier caviard-unfinished.json. Supprimez-le avant de partager les copies d’un travail interrompu.", "Bis alles fertig ist, liegt im Ordner eine Datei caviard-unfinished.json. Löschen Sie sie, bevor Sie Kopien eines abgebrochenen Laufs weitergeben."],
  "trove.resumed": [{ one: "Going on after {n} message", other: "Going on after {n} messages" }, { one: "Reprise après {n} message", other: "Reprise après {n} messages" }, { one: "Weiter nach {n} Nachricht", other: "Weiter nach {n} Nachrichten" }],
  "trove.failed": ["The copies could not be written. What was written stays; is there room on the disk, and is the folder still there?", "Les copies n’ont pas pu être écrites. Ce qui est écrit reste ; y a-t-il de la place sur le disque, et le dossier est-il toujours là ?", "Die Kopien konnten nicht geschrieben werden. Was geschrieben ist, bleibt; ist noch Platz auf der Platte und der Ordner noch da?"],
};
