"""Maps draw the town's own outlines. Pictures of streets come only from an address that the town names here."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.security import CONTENT_SECURITY_POLICY


def tiles(address: str) -> str:
    """Return the address of tiles; anything but https://…{z}…{x}…{y}… (or a path of this site) stops the start."""
    if address and not all(part in address for part in ("{z}", "{x}", "{y}")):
        raise ImproperlyConfigured("MAP_TILES_URL must hold {z}, {x} and {y}.")
    parts = urlsplit(address)
    if address and not (address.startswith("/") or (parts.scheme in ("https", "http") and parts.hostname)):
        raise ImproperlyConfigured("MAP_TILES_URL must be an https:// address or a path of this site.")
    if "{" in parts.netloc or any(sign in parts.netloc for sign in "*;, '"):
        raise ImproperlyConfigured("MAP_TILES_URL must name one server, without placeholders in its name.")
    return address


MAP_TILES_URL = tiles(env.text("MAP_TILES_URL"))
# Who made the map, as Markdown: © [OpenStreetMap](https://www.openstreetmap.org/copyright)
MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION")
_server = urlsplit(MAP_TILES_URL)
# Empty when the tiles come from this site: then nobody outside learns who looks.
MAP_TILES_HOST = _server.hostname or ""
if MAP_TILES_HOST:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"{_server.scheme}://{_server.netloc}")
