"""Under which circumstances somebody votes, as far as it helps to find odd votes: keyed hashes, and new account or not.

A network is a neighbourhood, not a connection: /24 of IPv4, /48 of IPv6. Networks of schools and libraries
(``KNOWN_NETWORKS``) and mail providers that everybody uses say nothing and are left out.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from voting.trace_key import key_of_week

if TYPE_CHECKING:
    from accounts.models import User

FRESH = timedelta(hours=24)
BIG_PROVIDERS = frozenset(
    (Path(__file__).parent / "big_mail_providers.txt").read_text(encoding="ascii").split(),
)
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Circumstances:
    """What is kept of a vote for seven days. Empty: nothing to be said."""

    network: str
    mail_domain: str
    is_fresh: bool


def circumstances(account: "User | None", address: str, at: datetime) -> Circumstances:
    """Return the circumstances of a vote; ``account`` is None for who holds a code, ``address`` empty where unknown."""
    domain = account.email.rpartition("@")[2].lower() if account else ""
    return Circumstances(
        network=_hashed("network", network_of(address), at),
        mail_domain=_hashed("domain", "" if domain in BIG_PROVIDERS else domain, at),
        is_fresh=account is not None and at - account.date_joined < FRESH,
    )


def network_of(address: str) -> str:
    """Return the neighbourhood of an address in words; empty for none, and for those of schools and libraries."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if any(
        found in network
        for network in known_networks(tuple(settings.KNOWN_NETWORKS))
        if network.version == found.version
    ):
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


@lru_cache(maxsize=8)
def known_networks(words: tuple[str, ...]) -> tuple[Network, ...]:
    """Return the networks of a setting; what is none is refused at the start (``voting.E003``) and left out here."""
    return tuple(ipaddress.ip_network(word, strict=False) for word in words if is_network(word))


def is_network(word: str) -> bool:
    """Tell whether the word names a network, such as 192.0.2.0/24."""
    try:
        ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False
    return True


def _hashed(kind: str, words: str, at: datetime) -> str:
    if not words:
        return ""
    return hmac.new(key_of_week(at), f"{kind}:{words}".encode(), hashlib.sha256).hexdigest()[:32]
