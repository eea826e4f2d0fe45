"""Places in a list, as opaque signed words in an address."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from common.errors import Refused

_signer = signing.Signer(salt="ideas.list")


def seal(place: dict[str, Any]) -> str:
    """Return the word for a place."""
    return _signer.sign_object(place, compress=False)


def unseal(word: str, sort: str) -> dict[str, Any]:
    """Return the place; raises ``Refused`` (400) for a word we did not give, or gave for another order."""
    try:
        place = _signer.unsign_object(word)
    except Exception as error:  # broken base64, JSON, signature, surrogates: all the same to us
        raise _refusal() from error
    if not isinstance(place, dict) or place.get("s") != sort:
        raise _refusal()
    return place


def _refusal() -> Refused:
    return Refused(_("This place in the list does not exist."), code="bad_cursor", status=400)
