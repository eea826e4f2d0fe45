#!/usr/bin/env python3
"""Prüft das öffentliche Verzeichnis der Abstimmungen und, wenn gewünscht, eine Quittung – ohne die Anwendung.

    python3 pruefe_verzeichnis.py https://mitwirken.example.org/abstimmungen/
    python3 pruefe_verzeichnis.py ordner/                      # verzeichnis.json und verzeichnis/1.json, 2.json …
    python3 pruefe_verzeichnis.py ordner/ --quittung           # fragt nach der Quittung
    python3 pruefe_verzeichnis.py ordner/ --frueher alt.json   # mit einem früher gespeicherten Verzeichnis vergleichen

Braucht nur Python (ab 3.8) und keine weiteren Pakete. Ende mit 0: alles stimmt; mit 1: etwas stimmt nicht; mit 2:
das Verzeichnis ließ sich nicht lesen. Die Bäume folgen RFC 6962, Abschnitt 2.1.
"""

import argparse
import getpass
import json
import sys
import urllib.error
import urllib.request
from hashlib import sha256
from pathlib import Path

ZEICHEN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INHALT = ("campaign", "kind", "phase", "idea", "comment", "change", "value")
GEHEIM = "die Zahlen der Kampagne sind noch verborgen"


class Fehler(Exception):
    """Das Verzeichnis ist nicht lesbar."""


def lies(ort, name):
    """Liest einen Teil des Verzeichnisses aus einem Ordner oder von einer Adresse."""
    try:
        if ort.startswith(("http://", "https://")):
            with urllib.request.urlopen(ort.rstrip("/") + "/" + name, timeout=60) as antwort:
                return json.load(antwort)
        return json.loads((Path(ort) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, urllib.error.URLError) as grund:
        raise Fehler(f"{name} ist nicht lesbar: {grund}") from grund


def blatt(zeile):
    return sha256(b"\x00" + zeile.encode("utf-8")).digest()


def wurzel(reihe):
    """Rechnet die Wurzel eines Baums aus; ein Blatt ohne Partner rückt unverändert nach oben."""
    while len(reihe) > 1:
        paare = [sha256(b"\x01" + reihe[i] + reihe[i + 1]).digest() for i in range(0, len(reihe) - 1, 2)]
        reihe = paare + ([reihe[-1]] if len(reihe) % 2 else [])
    return reihe[0].hex()


def siegel(eintrag):
    """Rechnet das Siegel des Inhalts aus."""
    teile = ["" if eintrag["content"][name] is None else str(eintrag["content"][name]) for name in INHALT]
    return sha256((eintrag["salt"] + "|" + "|".join(teile)).encode("utf-8")).hexdigest()


def zeile(eintrag):
    return "{}|{}|{}|{}".format(eintrag["number"], eintrag["hour"], eintrag["commitment"], eintrag["seal"])


def pruefe_wurzel(eine, eintraege, vorige):
    """Nennt alles, was an einer Wurzel nicht stimmt."""
    nummer = eine["number"]
    if nummer != (vorige["number"] + 1 if vorige else 1):
        yield f"Wurzel {nummer}: davor fehlt eine Wurzel."
    if eine["former"] != (vorige["root"] if vorige else ""):
        yield f"Wurzel {nummer} schließt nicht an die vorige an."
    if vorige and eine["first"] <= vorige["last"]:
        yield f"Wurzel {nummer} überschneidet sich mit der vorigen."
    zahlen = [eintrag["number"] for eintrag in eintraege]
    if len(zahlen) != eine["count"]:
        yield "Wurzel {}: {} Einträge angekündigt, {} gefunden.".format(nummer, eine["count"], len(zahlen))
    if zahlen != sorted(set(zahlen)) or (zahlen and (zahlen[0], zahlen[-1]) != (eine["first"], eine["last"])):
        yield f"Wurzel {nummer}: die Einträge stehen nicht in ihrer Reihenfolge."
    for eintrag in eintraege:
        if "content" in eintrag and siegel(eintrag) != eintrag["seal"]:
            yield "Eintrag {}: der Inhalt passt nicht zum Siegel.".format(eintrag["number"])
    blaetter = [blatt("root|{}|{}".format(nummer, eine["former"]))] + [blatt(zeile(eintrag)) for eintrag in eintraege]
    if wurzel(blaetter) != eine["root"]:
        yield (
            f"Wurzel {nummer} passt nicht zu ihren Einträgen: etwas wurde geändert, entfernt, ergänzt oder vertauscht."
        )


def pruefe_ergebnis(eins):
    text = json.dumps(eins["snapshot"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if sha256(text.encode("utf-8")).hexdigest() != eins["sha256"]:
        yield "Ergebnis von Abstimmung {} passt nicht zu seiner Prüfsumme.".format(eins["phase"])


def vergleiche(jetzt, frueher):
    """Nennt Wurzeln und Ergebnisse, die früher anders waren oder fehlen."""
    neu = {eine["number"]: eine["root"] for eine in jetzt["roots"]}
    for eine in frueher["roots"]:
        if neu.get(eine["number"]) != eine["root"]:
            yield "Wurzel {} war früher eine andere.".format(eine["number"])
    summen = {eins["sha256"] for eins in jetzt["results"]}
    for eins in frueher["results"]:
        if eins["sha256"] not in summen:
            yield "Das frühere Ergebnis von Abstimmung {} fehlt.".format(eins["phase"])


def lies_quittung(text):
    """Gibt die 64 Zeichen der Quittung zurück, aus Gruppen oder so; leer, wenn sie keine sein kann."""
    zeichen = "".join(z for z in text.upper() if z.isalnum())
    if len(zeichen) == 64 and set(zeichen) <= set("0123456789ABCDEF"):
        return zeichen.lower()
    zeichen = zeichen.translate(str.maketrans("OIL", "011"))
    if len(zeichen) != 52 or set(zeichen) - set(ZEICHEN):
        return ""
    zahl = 0
    for z in zeichen:
        zahl = zahl << 5 | ZEICHEN.index(z)
    quittung = "%064x" % (zahl >> 4)
    pruef = sha256(("mitwirk:" + quittung).encode()).digest()[0] >> 4
    return quittung if len(quittung) == 64 and pruef == zahl & 15 else ""


def suche(quittung, alle):
    """Gibt den Eintrag zurück, zu dem die Quittung passt."""
    gesucht = sha256(quittung.encode()).hexdigest()
    return next((eintrag for eintrag in alle if eintrag["commitment"] == gesucht), None)


def pruefe(ort, frueher):
    """Prüft alles; gibt die Fehler und alle Einträge zurück."""
    liste, fehler, alle, vorige = lies(ort, "verzeichnis.json"), [], [], None
    for eine in liste["roots"]:
        eintraege = lies(ort, "verzeichnis/{}.json".format(int(eine["number"])))["entries"]
        fehler += pruefe_wurzel(eine, eintraege, vorige)
        alle += eintraege
        vorige = eine
    for eins in liste["results"]:
        fehler += pruefe_ergebnis(eins)
    if frueher:
        fehler += vergleiche(liste, json.loads(Path(frueher).read_text(encoding="utf-8")))
    print(
        "{} Wurzeln, {} Einträge, {} Ergebnisse gelesen.".format(len(liste["roots"]), len(alle), len(liste["results"]))
    )
    return fehler, alle


def pruefe_quittung(text, alle):
    """Sagt, ob die Quittung zu einem Eintrag passt; gibt einen Fehler zurück, wenn nicht."""
    quittung = lies_quittung(text)
    if not quittung:
        return ["Das kann keine Quittung sein: Zeichen fehlen oder sind vertippt."]
    eintrag = suche(quittung, alle)
    if eintrag is None:
        return [
            "Zu dieser Quittung steht kein Eintrag im Verzeichnis. (Neue Einträge stehen nach spätestens einer Stunde darin.)"
        ]
    inhalt = eintrag.get("content")
    was = (
        "{}, Idee {}, {}".format(
            inhalt["kind"], inhalt["idea"], "abgegeben" if inhalt["change"] > 0 else "zurückgenommen"
        )
        if inhalt
        else GEHEIM
    )
    print("Die Quittung passt zu Eintrag {}, Stunde {}: {}.".format(eintrag["number"], eintrag["hour"], was))
    return []


def main():
    """Liest die Befehlszeile und prüft."""
    fragen = argparse.ArgumentParser(description="Prüft das öffentliche Verzeichnis der Abstimmungen.")
    fragen.add_argument("ort", help="Adresse (endet mit /abstimmungen/) oder Ordner mit verzeichnis.json")
    fragen.add_argument("--quittung", nargs="?", const="", help="Quittung prüfen; ohne Angabe wird nach ihr gefragt")
    fragen.add_argument("--frueher", help="früher gespeicherte verzeichnis.json zum Vergleich")
    wunsch = fragen.parse_args()
    try:
        fehler, alle = pruefe(wunsch.ort, wunsch.frueher)
    except (Fehler, KeyError, TypeError, ValueError, OSError) as grund:
        print(f"Das Verzeichnis ist nicht zu prüfen: {grund}")
        return 2
    if wunsch.quittung is not None:
        fehler += pruefe_quittung(wunsch.quittung or getpass.getpass("Quittung: "), alle)
    for satz in fehler:
        print("FEHLER: " + satz)
    print(f"{len(fehler)} Fehler." if fehler else "Alles stimmt.")
    return 1 if fehler else 0


if __name__ == "__main__":
    sys.exit(main())
