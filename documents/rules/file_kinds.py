"""Which files may be uploaded, and what a file really is: by its bytes, its structure and its name, which must agree.

Neither the browser's type nor the name is believed. SVG and HTML are never taken: they run in whoever opens them.
Source: documents.md section 8; security.md 5.2.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

import filetype
from django.utils.translation import gettext_lazy as _

from documents.rules import archives

MEGABYTE = 1024 * 1024
# As much as `filetype` looks at.
HEAD = 8192
LONGEST_NAME = 120

MESSAGES = {
    "empty": _("This file is empty. Choose another one."),
    "too_big": _("This file is too big. %(kind)s may have %(limit)s MB at most."),
    "unknown_kind": _("This kind of file cannot be uploaded. Take one of these: %(kinds)s."),
    "markup": _("Web pages and SVG drawings cannot be uploaded. Save it as PDF or PNG."),
    "name_lies": _("The content of this file is not what its name says. Save it again in the program it came from."),
    "not_utf8": _("This text is not in UTF-8. Save it again with the encoding UTF-8."),
    "broken": _("This file is damaged and cannot be opened. Save it again and upload it once more."),
    "bomb": _("This file unpacks to far more than its size. Save it again with smaller contents."),
    "locked": _("This file is locked with a password. Take the password off and upload it once more."),
    "bad_entry": _("This file has parts that do not belong in it. Save it again in the program it came from."),
    "macros": _("This file holds macros. Save it without them."),
}


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be uploaded. `largest` in bytes; `part` is what an Office file of the kind must hold."""

    key: str
    mime: str
    extensions: tuple[str, ...]
    largest: int
    is_image: bool = False
    part: str = ""


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    Kind("pdf", "application/pdf", ("pdf",), 40 * MEGABYTE),
    Kind("docx", OFFICE + "wordprocessingml.document", ("docx",), 40 * MEGABYTE, part="word/document.xml"),
    Kind("pptx", OFFICE + "presentationml.presentation", ("pptx",), 40 * MEGABYTE, part="ppt/presentation.xml"),
    Kind("xlsx", OFFICE + "spreadsheetml.sheet", ("xlsx",), 40 * MEGABYTE, part="xl/workbook.xml"),
    Kind("png", "image/png", ("png",), 10 * MEGABYTE, is_image=True),
    Kind("jpg", "image/jpeg", ("jpg", "jpeg"), 10 * MEGABYTE, is_image=True),
    Kind("webp", "image/webp", ("webp",), 10 * MEGABYTE, is_image=True),
    Kind("mp4", "video/mp4", ("mp4",), 45 * MEGABYTE),
    Kind("txt", "text/plain", ("txt",), 40 * MEGABYTE),
    Kind("csv", "text/csv", ("csv",), 40 * MEGABYTE),
)
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
ACCEPT = ",".join(f".{extension}" for extension in BY_EXTENSION)
LARGEST = max(kind.largest for kind in KINDS)

TEXTS = frozenset({"txt", "csv"})
# Names that `filetype` gives to variants of a kind.
SNIFFED = {"image/apng": "image/png", "video/x-m4v": "video/mp4"}
MARKUP_EXTENSIONS = frozenset({"svg", "svgz", "html", "htm", "xhtml", "xht", "mht", "mhtml", "xml"})
MARKUP = re.compile(rb"\s*<(!doctype|!--|\?xml|[a-z][a-z0-9:-]*[\s/>])", re.IGNORECASE)
# Characters that write a name backwards, so that "annex\u202efdp.exe" reads as a PDF.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken."""

    code: str
    kind: str = ""
    limit: int = 0

    @property
    def text(self) -> str:
        """What happened and what to do, in the reader's language."""
        kinds = ", ".join(BY_EXTENSION)
        return str(MESSAGES[self.code]) % {"kind": self.kind.upper(), "limit": self.limit, "kinds": kinds}


def identify(stream: BinaryIO, name: str) -> Kind | Refusal:
    """What an uploaded file is, or why it is not taken. Reads the file in pieces and leaves it at its beginning."""
    extension = extension_of(name)
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    try:
        head = stream.read(HEAD)
        if size == 0:
            return Refusal("empty")
        kind = BY_EXTENSION.get(extension)
        if kind is None:
            is_markup = extension in MARKUP_EXTENSIONS or looks_like_markup(head)
            return Refusal("markup" if is_markup else "unknown_kind")
        if size > kind.largest:
            return Refusal("too_big", kind.key, kind.largest // MEGABYTE)
        code = _problem(kind, stream, head)
        return Refusal(code, kind.key) if code else kind
    finally:
        stream.seek(0)


def sniff(head: bytes) -> Kind | None:
    """What the first bytes of a file say it is, for kinds that say it there: neither texts nor Office files do."""
    found = filetype.guess(head)
    mime = SNIFFED.get(found.mime, found.mime) if found else ""
    return next((kind for kind in KINDS if kind.mime == mime and not kind.part), None)


def looks_like_markup(head: bytes) -> bool:
    """Whether a file begins as HTML, SVG or XML does, in whatever Unicode encoding it is written."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return bool(MARKUP.match(head.replace(b"\0", b"")))


def extension_of(name: str) -> str:
    """What follows the last dot of a name, in small letters; empty where there is none."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def safe_display_name(name: str) -> str:
    """A file's name as it may be shown, stored and offered for download; never used as a path.

    No folders, no control characters, nothing that turns the direction of reading, at most 120 characters with the
    extension kept.
    """
    base = unicodedata.normalize("NFC", DIRECTION.sub("", name)).replace("\\", "/").rpartition("/")[2]
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in base)
    shown = unicodedata.normalize("NFC", " ".join(shown.split())).strip(". ")
    if len(shown) > LONGEST_NAME:
        stem, dot, extension = shown.rpartition(".")
        end = dot + extension if dot and len(extension) <= 10 else ""
        shown = (stem if end else shown)[: LONGEST_NAME - len(end)].rstrip(". ") + end
    return shown or "file"


def _problem(kind: Kind, stream: BinaryIO, head: bytes) -> str:
    """The code of what is wrong with a file that claims to be of a kind; empty where nothing is."""
    if kind.key in TEXTS:
        return _text_problem(stream, head)
    if looks_like_markup(head):
        return "markup"
    if kind.part:
        return _office_problem(kind, stream, head)
    return "" if sniff(head) == kind else "name_lies"


def _text_problem(stream: BinaryIO, head: bytes) -> str:
    if looks_like_markup(head):
        return "markup"
    if filetype.guess(head) is not None:
        return "name_lies"
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    stream.seek(0)
    try:
        while piece := stream.read(archives.PIECE):
            if "\0" in decoder.decode(piece):
                return "not_utf8"
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "not_utf8"
    return ""


def _office_problem(kind: Kind, stream: BinaryIO, head: bytes) -> str:
    # An Office file under a password is no zip archive but an old compound file.
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "locked"
    if not head.startswith(b"PK\x03\x04"):
        return "name_lies"
    try:
        names = archives.names_in(stream)
    except ValueError as refusal:
        return refusal.args[0]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "macros"
    return "" if {"[Content_Types].xml", kind.part} <= names else "name_lies"
