"""What a zip archive declares, judged before anything of it is opened for anyone. Office files are zip archives."""

import stat
import struct
import zlib
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 150
# Small parts of XML shrink a lot and harm nobody: the ratio is judged from here on.
RATIO_FROM = 5 * 1024 * 1024
PIECE = 64 * 1024

ENCRYPTED = 0x1
REFUSALS = frozenset({"broken", "bomb", "locked", "bad_entry"})


def names_in(stream: BinaryIO) -> set[str]:
    """The names of an archive's entries, once the archive has been found harmless.

    Raises:
        ValueError: "broken", it is no whole archive; "bomb", it opens to far more than it is, overlaps itself, or lies
            about its sizes; "locked", it needs a password; "bad_entry", a name that leaves the archive, comes twice, or
            is a link.
    """
    try:
        with ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_sizes(entries, _length(stream))
            _check_names(entries)
            for entry in entries:
                _read_to_the_end(archive, entry)
            return {entry.filename for entry in entries}
    except ValueError as refusal:
        raise ValueError(refusal.args[0] if refusal.args[0] in REFUSALS else "broken") from refusal
    except (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, struct.error, zlib.error) as broken:
        raise ValueError("broken") from broken


def _check_sizes(entries: list[ZipInfo], length: int) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ValueError("bomb")
    # Entries that share their compressed bytes: the flat bomb.
    if sum(entry.compress_size for entry in entries) > length:
        raise ValueError("bomb")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise ValueError("bomb")


def _check_names(entries: list[ZipInfo]) -> None:
    seen = set()
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        # Two names that one file system takes for one hide a part from whoever looks at the other.
        name = entry.filename.casefold()
        if is_link or name in seen or ".." in parts or not parts[0] or ":" in parts[0] or "\0" in entry.filename:
            raise ValueError("bad_entry")
        seen.add(name)
        if entry.flag_bits & ENCRYPTED:
            raise ValueError("locked")
        # Office writes no other methods, and the others unpack without a cap.
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError("broken")


def _read_to_the_end(archive: ZipFile, entry: ZipInfo) -> None:
    """Read an entry piece by piece, never more than it declares: a size that lies ends in a wrong checksum."""
    with archive.open(entry) as part:
        while part.read(PIECE):
            pass


def _length(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    return stream.tell()
