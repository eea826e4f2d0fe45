"""The checks: what each looks for, in words for the people who switch it on and off."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Check:
    """One check, by its short name."""

    name: str
    label: Promise
    looks_for: Promise


CHECKS = {
    check.name: check
    for check in (
        Check("words", _("Words of a list"), _("Words of the lists below, in every inflection and disguise.")),
        Check("links", _("Many links"), _("More than two links in one text.")),
        Check("copy", _("Copied text"), _("Nearly the same words as another contribution, of the same or another person.")),
        Check("first", _("First contribution"), _("The person has sent nothing before.")),
        Check("burst", _("Much in a short time"), _("More than five contributions of one person in ten minutes.")),
        Check("capitals", _("Only capitals"), _("A text that shouts.")),
        Check(
            "personal",
            _("Personal data"),
            _("Telephone number, bank account, mail address, or somebody's street and house number."),
        ),
    )
}  # fmt: skip
