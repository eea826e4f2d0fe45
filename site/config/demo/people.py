"""The people of the town: accounts to try out, staff, citizens with a public name of their own."""

import random
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.text import slugify

from accounts.models import User
from accounts.names import skeleton
from config.demo.clock import ago
from config.demo.texts import Entry, read
from ideas.content import UMLAUTS

PASSWORD = "Mitwirk-Demo-2026"  # noqa: S105 – printed by the command, and only there where nothing is real
CROWD = 250
GROUPS = {"moderation": "Moderation", "editing": "Redaktion", "office": "Fachamt"}
SPACE = uuid.UUID("6a1f0a52-3f0e-4d55-9c0a-5b1d2f7e9c11")


def make_people() -> None:
    """Make everybody who is not there yet."""
    known = set(User.objects.values_list("email", flat=True))
    people, password = read("people"), make_password(PASSWORD)
    new = [known_person(entry, password) for entry in people["accounts"]]
    new += [known_person(entry, password) for entry in people["staff"]]
    new += [citizen(name, number) for number, name in enumerate([*read("citizens")["citizens"], *crowd()])]
    User.objects.bulk_create([person for person in new if person.email not in known])
    verify_addresses()
    for entry in [*people["accounts"], *people["staff"]]:
        give_role(entry)


def known_person(entry: Entry, password: str) -> User:
    """Return somebody who can sign in with the password everybody knows."""
    fields = {"email": entry["email"], "display_name": entry["name"], "office": entry.get("office", "")}
    return made(password=password, is_superuser=entry["role"] == "admin", days=200.0, **fields)


def citizen(name: str, number: int) -> User:
    """Return somebody who takes part under a public name; nobody can sign in as them."""
    mail = f"{slugify(name.translate(UMLAUTS)) or f'person-{number}'}@musterstadt.example"
    return made(email=mail, display_name=name, password="!", days=195.0 - (number * 37 % 1500) / 100)  # noqa: S106


def made(*, days: float, **fields: Any) -> User:
    """Return an unsaved person."""
    name = fields["display_name"]
    staff = bool(fields.get("office"))
    return User(
        person_id=uuid.uuid5(SPACE, fields["email"]),
        name_key=skeleton(name),
        is_staff=staff,
        date_joined=ago(days),
        **fields,
    )


def crowd() -> list[str]:
    """Return the names of those who mostly read and support: always the same ones, none twice."""
    draw, texts = random.Random(1848), read("citizens")  # noqa: S311
    taken = {skeleton(name) for name in texts["citizens"]}
    names: list[str] = list(texts["nicknames"])
    while len(names) < CROWD:
        name = f"{draw.choice(texts['first_names'])} {draw.choice('ABCDEFGHIJKLMNOPRSTUVWZ')}."
        if name not in names:
            names.append(name)
    return [name for name in names if skeleton(name) not in taken][:CROWD]


def verify_addresses() -> None:
    """Let everybody's address count as confirmed."""
    known = set(EmailAddress.objects.values_list("user_id", flat=True))
    people = User.objects.exclude(pk__in=known).only("pk", "email")
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )


def give_role(entry: Entry) -> None:
    """Put staff into their group."""
    if group := GROUPS.get(entry["role"]):
        User.objects.get(email=entry["email"]).groups.add(Group.objects.get(name=group))


class People:
    """Everybody by public name, and the offices by their short name."""

    def __init__(self) -> None:
        self.by_name = {person.display_name: person for person in User.objects.all()}
        entries = [*read("people")["accounts"], *read("people")["staff"]]
        self.staff = [self.by_name[entry["name"]] for entry in entries if entry["role"] != "citizen"]
        self.moderators = [self.by_name[entry["name"]] for entry in entries if entry["role"] == "moderation"]
        self.named = [self.by_name[name] for name in read("citizens")["citizens"]]
        self.trying = [self.by_name[entry["name"]] for entry in entries if entry["role"] == "citizen"]
        self.crowd = [self.by_name[name] for name in crowd()]
        offices = {office["slug"]: office["name"] for office in read("town")["offices"]}
        answering = {person.office: person for person in reversed(self.staff) if person not in self.moderators}
        self.offices = {slug: answering[name] for slug, name in offices.items() if name in answering}

    def who(self, name: str) -> User:
        """Return a person by name; ``@gruen`` is whoever speaks for that office."""
        return self.offices[name[1:]] if name.startswith("@") else self.by_name[name]
