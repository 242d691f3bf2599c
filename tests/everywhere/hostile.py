"""What nobody types by chance: hostile values and hostile requests, made by a seeded generator; and what an answer must never hold."""

import random
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.everywhere.met_forms import MetForm

MARK = "xq7"  # in every hostile piece of markup, so that an answer that repeats none of it need not be read
MARKUP = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg onload={MARK}()>",
    f'" onfocus="{MARK}()" autofocus x="',
    f"' onmouseover='{MARK}()' x='",
    f"javascript:{MARK}()",
    f"</textarea><script>{MARK}()</script>",
    f"</title></style><iframe srcdoc='<script>{MARK}()</script>'>",
    f"<a href='javascript:{MARK}()'>{MARK}</a>",
    f"<{MARK} hx-get='/' hx-trigger='load'>",
    f"--><script>{MARK}()</script><!--",
)
TEMPLATES = ("{{ settings.SECRET_KEY }}", "{% load xq7 %}", "{{ request.user.password }}", "%(secret)s %s %d {0} {x!r}", "${7*7}", "#{7*7}")
NUMBERS = ("0", "-1", "-0", "1e400", "NaN", "Infinity", "-Infinity", str(2**31), str(2**63), str(-(2**63) - 1), "9" * 400, "1e-999", "0x10")
NUMBERS += ("1,000", "1 000", "١٢٣", "½", "+5", "1.7976931348623157e309", ".", "1e3", "99", "0.00000000000000000001", "12345678901234.5678")
DATES = ("0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "-2026-01-01", "2026-06-09T25:61", "0001-01-01T00:00")
DATES += ("9999-12-31T23:59", "24:00", "99-99", "02-30", "2026-W01", "0000-00-00", "1970-01-01T00:00:00+99:99")
TEXTS = (
    "", " ", "\u3000", "\0", "a\0b", "\r\n", "a\r\nSet-Cookie: x=1\r\nBcc: all@example.com", "\u202ename.exe\u202c", "e" + "\u0301" * 300,
    "\ud7ff\ue000\ufffe\uffff", "\u2028\u2029", "\ufeff", "\x1b[31m\x07\x7f", "😀" * 500, "𠀀", "İıſ", "' OR 1=1 --", "'; DROP TABLE x; --",
    '" \\', "\\", "%", "_%", "$$", "../../etc/passwd", "..\\..\\x", "file:///etc/passwd",
    "http://[::1", "https://a.example/\r\nx", "//evil.example",
    "a@b", "@", "a@b.example\r\nBcc: c@d.example", "=1+1", "@SUM(A1)", "null", "None", "true", "[]", "{}", '{"$ne": null}', "[" * 2000,
    "x" * 101_000, "界" * 34_000, "<" * 5000, "((((" * 500, "a," * 3000, "\n" * 3000, "1;2;3", "on", "*",
)  # fmt: skip
HEADERS = (
    {},
    {},
    {},
    {"HX-Request": "true"},
    {"Accept": "application/json"},
    {"Accept-Language": "x" * 600},
    {"HX-Request": "true", "HX-Target": "'\"<"},
)
# What a stack trace, the database or a template would say, and nobody else.
TALE = re.compile(
    rb"Traceback \(most recent|psycopg|LINE 1:|DETAIL:|DataError|IntegrityError|ProgrammingError|TemplateSyntaxError"
    rb"|(FROM|INTO|UPDATE) &?#?\w*;?\"?(programs|organizations|documents|notifications)_\w+|/site-packages/|row-level security"
)
ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post", "srcdoc", "data")


class _Markup(HTMLParser):
    """What of an answer a browser would run because we let it in."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        bad = tag == MARK or any(
            name.startswith("on") or (name in ADDRESSES and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE))
            for name, value in attributes
        )
        if bad:
            self.found.append(self.get_starttag_text()[:200])

    def handle_data(self, data):
        if self.lasttag in ("script", "style") and self.cdata_elem and MARK in data:
            self.found.append(f"<{self.lasttag}> {data[:200]}")


def told(answer: HttpResponse) -> list[str]:
    """What this answer should not have said; empty for a good one."""
    found = [match[0].decode() for match in TALE.finditer(answer.content)]
    if settings.SECRET_KEY.encode() in answer.content:
        found.append("the secret key")
    is_page = answer.headers.get("Content-Type", "text/html").startswith("text/html")
    return found + (markup(answer.content) if is_page else [])


def markup(content: bytes) -> list[str]:
    """Tags of ours that somebody else wrote."""
    if MARK.encode() not in content:
        return []
    page = _Markup()
    page.feed(content.decode())
    return page.found


class Hostile:
    """Hostile requests, the same again for the same seed. `ids`: of another organization's rows."""

    def __init__(self, seed: int, ids: Sequence[int]):
        self.random = random.Random(seed)
        self.ids = [str(number) for number in ids]

    def value(self) -> str:
        """One hostile value."""
        choose = self.random.choice
        return choose(
            [
                choose(MARKUP),
                choose(MARKUP),
                choose(TEMPLATES),
                choose(NUMBERS),
                choose(DATES),
                choose(TEXTS),
                choose(TEXTS),
                choose(self.ids),
            ]
        )

    def file(self) -> SimpleUploadedFile:
        """A file that lies about what it is or how it is called."""
        choose = self.random.choice
        name = choose(
            [
                "a.pdf",
                "a.docx",
                "a.png",
                "...",
                "a.pdf.exe",
                "a" * 300 + ".pdf",
                "\u202egpj.pdf",
                f"<img onerror={MARK}()>.pdf",
                "a.svg",
                "a\r\nb.png",
            ]
        )
        content = choose(
            [b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 40, b"\x89PNG\r\n\x1a\n", b"<svg onload=alert(1)>", b"MZ", bytes(range(256)) * 50]
        )
        return SimpleUploadedFile(name, content, choose(["application/pdf", "image/png", "text/html", "x", ""]))

    def path(self, path: str) -> str:
        """Now and then with another organization's id, or one that no row can have, in the address."""
        if self.random.random() > 0.05:
            return path
        parts = re.split(r"(?<=/)(\d+)(?=/)", path)
        if len(parts) > 1:
            place = self.random.randrange(1, len(parts), 2)
            parts[place] = self.random.choice([*self.ids, "0", str(2**31), str(2**63), "9" * 40])
        return "".join(parts)

    def fields(self, form: MetForm) -> dict[str, object]:
        """What is sent for the form's fields: mostly one is hostile, sometimes all, missing, doubled, renamed, strange or far too many."""
        sent: dict[str, object] = {name: list(values) for name, values in form.values.items()}
        names = [*form.values, *form.files] or ["x"]
        way, name = self.random.random(), self.random.choice(names)
        if way < 0.6:
            sent[name] = [self.value()]
        elif way < 0.75:
            sent = {each: [self.value()] for each in names}
        elif way < 0.8:
            sent.pop(name, None)
        elif way < 0.85:
            sent[name] = [self.value(), self.value(), *sent.get(name, [])]
        elif way < 0.9:
            sent[self.value()[:200]] = [self.value()]
        elif way < 0.95:
            sent[re.sub(r"\d+", lambda _: self.random.choice(["-1", "99999", str(2**63), "x", ""]), name)] = [self.value()]
        elif way < 0.96:
            sent |= {f"{name}{number}": ["x"] for number in range(self.random.choice([500, 3900, 4500]))}
        elif way < 0.97:
            return {}
        for each in form.files:
            if self.random.random() < 0.5:
                sent[each] = [self.file()]
        if name not in form.files and self.random.random() < 0.02:
            sent[name] = [self.file()]
        return sent

    def body(self) -> tuple[bytes, str]:
        """A body that is no form at all, and what it says it is."""
        return self.random.choice(
            [
                (b'{"name": {"$gt": ""}}', "application/json"),
                (b"[" * 10000, "application/json"),
                (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
                (b"a=%FF%FE&%00=%00&b=%ZZ", "application/x-www-form-urlencoded"),
                (b'--x\r\nContent-Disposition: form-data; name="a"', "multipart/form-data; boundary=x"),
                (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
                (b"x", "multipart/form-data"),
                (b"x", "multipart/form-data; boundary=" + "é" * 10),
                (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "application/xml"),
                (b"a=1", "application/x-www-form-urlencoded; charset=utf-7"),
                (b"a=1", "text/plain; charset=no-such"),
            ]
        )
