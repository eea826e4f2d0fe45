"""Office files are ZIP packages: opened with care, and packed anew with nothing but the parts that stay."""

import zipfile
import zlib
from io import BytesIO

from ideas.files.limits import MOST_UNPACKED, Budget, is_locked, too_complex, unreadable

MOST_PARTS, MOST_TIMES = 1000, 150
START = b"PK\x03\x04"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
MEGA = 1024 * 1024


class Package:
    """The parts of an office file, each read when it is asked for."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        if not data.startswith(START):
            raise unreadable()
        try:
            self.archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise unreadable() from error
        self.parts = {info.filename: info for info in self.archive.infolist() if not info.is_dir()}
        self._check()

    def _check(self) -> None:
        """Raise ``Refused`` for bombs, doubles and names that lead out of the package."""
        found = self.archive.infolist()
        if len(found) > MOST_PARTS or sum(info.file_size for info in found) > MOST_UNPACKED:
            raise too_complex()
        if len({info.filename for info in found}) < len(found):
            raise unreadable()
        for info in found:
            if info.flag_bits & 1:
                raise is_locked()
            if info.filename.startswith("/") or "\\" in info.filename or ".." in info.filename.split("/"):
                raise unreadable()
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise unreadable()
            if info.file_size > MEGA and info.file_size > MOST_TIMES * info.compress_size:
                raise too_complex()

    def read(self, name: str) -> bytes:
        """Return a part; what it says about its size is not believed."""
        self.budget.check()
        info = self.parts.get(name)
        if info is None:
            raise unreadable()
        try:
            with self.archive.open(info) as handle:
                data = handle.read(info.file_size + 1)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
            raise unreadable() from error
        if len(data) != info.file_size:
            raise unreadable()
        return data


def packed(parts: dict[str, bytes], *, first: str, plain: bool = False) -> bytes:
    """Return a package of these parts, ``first`` in front (``plain``: not compressed), without times or makers."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in [first, *(name for name in parts if name != first)]:
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_STORED if plain and name == first else zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name], compresslevel=6)
    return out.getvalue()
