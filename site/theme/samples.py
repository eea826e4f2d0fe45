"""Invented content for the page that shows all parts; German, like everything citizens read."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

COLOURS = [
    "paper",
    "mist",
    "mist-2",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "river",
    "river-deep",
    "river-tint",
    "sun",
    "sun-tint",
    "brick",
    "brick-tint",
    "sky",
    "sky-tint",
    "plum",
    "plum-tint",
]
CHIPS = (
    ("sky", "Neu", "plus"),
    ("plum", "Im Gespräch", "comment"),
    ("sun", "Wird geprüft", "hourglass"),
    ("river", "Wird umgesetzt", "hammer"),
    ("done", "Umgesetzt", "check"),
    ("grey", "Nicht umsetzbar", "blocked"),
    ("sun", "Wartet auf Prüfung", "clock"),
    ("grey", "Zusammengeführt", "merge"),
    ("brick", "Ausgeblendet", "warning"),
)
ICONS_TEXT = """
heart heart-filled comment pin flag share print bell clock pencil check search person menu calendar arrow-right arrow-left plus
minus question bulb info warning danger close book hand contrast mail phone home scale euro people list map tag goal image upload
download lock eye history merge document settings hourglass hammer link trash filter save logout reply feed news blocked done
"""
ICONS = ICONS_TEXT.split()
TITLES = (
    ("Ideen sammeln", "bis 6. Dezember"),
    ("Besprechen", "7. bis 20. Dezember"),
    ("Abstimmen", "4. bis 24. Januar"),
    ("Prüfen", "bis 26. Februar"),
    ("Ergebnis", "12. März im Rat"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titel", help_text="Höchstens 90 Zeichen.", max_length=90, min_length=10)
    text = forms.CharField(label="Was schlagen Sie vor – und warum?", widget=forms.Textarea)
    district = forms.ChoiceField(
        label="Stadtteil", choices=[("", "Bitte wählen"), ("a", "Altstadt"), ("u", "Uferstadt")]
    )
    stance = forms.ChoiceField(
        label="Ihre Haltung",
        widget=forms.RadioSelect,
        choices=[("for", "Dafür"), ("against", "Dagegen"), ("ask", "Frage")],
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("s", "Spiel und Freizeit"), ("b", "Bildung")],
    )
    picture = forms.FileField(label="Bild", required=False, help_text="JPEG, PNG oder WebP, höchstens 8 MB.")
    rules = forms.BooleanField(label="Ich habe die Regeln gelesen.")


def line(now: int, progress: int = 40) -> list[dict[str, object]]:
    """Return a phase line whose station ``now`` is the current one."""
    return [
        {
            "title": title,
            "when": when,
            "state": "past" if place < now else "now" if place == now else "next",
            "progress": 100 if place < now else progress if place == now else 0,
        }
        for place, (title, when) in enumerate(TITLES, 1)
    ]


def card(title: str, *, picture: bool) -> dict[str, object]:
    """Return an idea row."""
    image = {"src": "/static/theme/sample.svg", "width": 480, "height": 320, "alt": "Zeichnung: Kinder am Fluss"}
    return {
        "url": "#karte",
        "topic": "Spiel und Freizeit",
        "district": "Nordfeld",
        "title": title,
        "teaser": "Unter der Brücke ist es trocken und laut ist es da sowieso. Beim Bauen helfen wir gern mit, "
        "einen Plan mit Maßen haben wir schon gezeichnet.",
        "chip": {"look": "sky", "text": "Neu", "icon": "plus"},
        "supports": 37,
        "comments": 6,
        "image": image if picture else None,
    }


TRAIL = [
    {"when": "5. November 2026, 19:42 Uhr", "verb": "Eingereicht", "text": "von Lippespatz", "by": "citizen"},
    {
        "when": "6. November 2026, 9:10 Uhr",
        "verb": "Veröffentlicht",
        "text": "nach Prüfung durch die Moderation",
        "by": "citizen",
        "icon": "check",
    },
    {"when": "13. November 2026", "verb": "Zugewiesen", "text": "an das Grünflächenamt", "by": "town"},
    {
        "when": "19. November 2026",
        "verb": "Antwort der Stadt:",
        "text": "ein Segel wird gebaut.",
        "by": "town",
        "icon": "comment",
        "url": "#antwort",
    },
    {
        "when": "bis 15. Januar 2027",
        "verb": "Als Nächstes:",
        "text": "Prüfung des Bodens unter der Rutsche",
        "by": "next",
    },
]
ANSWER = {
    "office": "Grünflächenamt",
    "date": dt.date(2026, 11, 19),
    "chip": {"look": "river", "text": "Wird umgesetzt", "icon": "hammer"},
    "result": "ein Segel 2027, das zweite wird geprüft",
    "html": mark_safe(
        "<p>Guten Tag,</p><p>auf dem Platz fehlt Schatten. Ende Mai 2027 hängt dort ein Segel über dem Sandkasten.</p>"
    ),
    "measure": {
        "title": "Maßnahme: Segel über dem Sandkasten",
        "text": "Schritt 1 von 4 · 16.500 Euro · bis 31. Mai 2027",
        "progress": 25,
    },
    "signed": "Es antwortet: Sabine Brandt, Leiterin des Grünflächenamts.",
}
SUPPORT: tuple[dict[str, Any], ...] = (
    {"name": "free", "number": 148, "used": 2, "words": "Sie haben noch 3 von 5 Unterstützungen."},
    {"name": "given", "number": 149, "used": 3, "words": "Danke! Sie haben noch 2 von 5."},
    {"name": "used_up", "number": 148, "used": 5, "words": "Alle 5 sind vergeben."},
    {
        "name": "signed_out",
        "number": 148,
        "used": None,
        "words": "Beim ersten Mal bitten wir um Ihre E-Mail-Adresse. Der Klick bleibt erhalten.",
    },
    {
        "name": "closed",
        "number": None,
        "used": None,
        "words": "Beendet am 24. Januar, 18 Uhr. Die Zahlen sehen Sie am 12. März.",
    },
    {"name": "busy", "number": 148, "used": 2, "words": "Bitte einen Augenblick."},
)


def dots(used: int | None) -> list[bool]:
    """Return five dots, the first ones filled."""
    return [] if used is None else [place < used for place in range(5)]


def samples() -> dict[str, object]:
    """Return everything the page shows."""
    faulty = SampleForm({"title": "Schatten", "text": "", "district": "x"})
    return {
        "colours": COLOURS,
        "chips": CHIPS,
        "icons": ICONS,
        "lines": [line(1), line(3), line(5)],
        "cards": [card("Skatemulde unter der Nordbrücke", picture=True), card("Boulebahn im Stadtpark", picture=False)],
        "trail": TRAIL,
        "answer": ANSWER,
        "support": [box | {"dots": dots(box["used"])} for box in SUPPORT],
        "form": SampleForm(auto_id="gut_%s"),
        "faulty": faulty,
        "crumbs": [("Mitmachen", "/mitmachen/"), ("Bausteine", "")],
        "markdown": "Ein Absatz mit *Betonung*, **Nachdruck** und [Link](https://example.org).\n\n- erstens\n- zweitens",
        "nav_current": "",
    }
